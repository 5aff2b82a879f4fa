// The engine's worker: the same program as the page's, in a thread of its own.
// The page sends the address of the program's module and what it has compiled.

onmessage = async ({ data: [address, compiled] }) => {
  const { default: init } = await import(address);
  await init({ module_or_path: compiled });
};
