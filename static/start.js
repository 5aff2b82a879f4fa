// Starts the app. The build writes the names of the app's two files, which
// change with their content, into the page: the ids `app-module` and `app-wasm`.
// The page shows `[data-start="failed"]` when they cannot be loaded or run.

const address = (id) => document.getElementById(id).href;

try {
  const { default: init } = await import(address("app-module"));
  await init({ module_or_path: address("app-wasm") });
  document.documentElement.dataset.start = "done";
} catch (error) {
  document.documentElement.dataset.start = "failed";
  throw error;
}

// Once there is a picture, the app is stored whole, and opens without a network
// from then on. Where there is no service worker (a private window, a development
// server), it simply needs one.
const root = document.documentElement;
const drawn = new Promise((resolve) => {
  const look = () => root.hasAttribute("data-ready") && resolve();
  new MutationObserver(look).observe(root, { attributeFilter: ["data-ready"] });
  look();
});
if ("serviceWorker" in navigator) {
  await drawn;
  navigator.serviceWorker.register(new URL("sw.js", document.baseURI)).catch(() => {});
}
