// Plays a scenario and prints what happened: node play.mjs checkout.exq
import { readFile } from "node:fs/promises";
import init, { Run } from "exchequer";

const wasm = new URL(import.meta.resolve("exchequer/wasm"));
await init({ module_or_path: await readFile(wasm) });

const file = process.argv[2];
if (file === undefined) {
  console.error("usage: node play.mjs SCENARIO.exq");
  process.exit(2);
}
try {
  const run = new Run(await readFile(file, "utf8"));
  run.subscribe((event) => {
    const { at, kind, book, amount, debit, credit } = event;
    if (kind === "posted") console.log(`${at} ${book}: ${amount} ${debit.title} ← ${credit.title}`);
  });
  run.toEnd();
  const { title, balances, expectations, digest } = run.report();
  console.log(`\n${title}`);
  for (const [path, sum] of Object.entries(balances)) console.log(`  ${path} ${sum}`);
  console.log(`\n${expectations.passed} expectations held, ${expectations.failed} did not`);
  console.log(digest);
  process.exitCode = expectations.failed > 0 ? 1 : 0;
} catch (error) {
  for (const { place, problem } of error.diagnostics ?? []) {
    console.error(`${file}:${place.line}:${place.column}: ${problem.code}`);
  }
  if (error.diagnostics === undefined) console.error(error.message);
  process.exitCode = 2;
}
