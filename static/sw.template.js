// Keeps the app on the device, so that it opens without a network.
//
// `cargo xtask build` turns this template into sw.js: the version names the
// content of all files together, the files are listed with the digest of each.
//
// A new version is fetched whole or not at all, and waits until no page uses the
// old one, so that a page never meets parts of another version. A page that wants
// it sooner sends the message "replace" and reloads on `controllerchange`.

const VERSION = "{{version}}";
const FILES = "{{files}}";

const HOME = self.registration.scope;
// The address is part of the name: other apps on this host keep caches too.
const FAMILY = `exchequer ${HOME} `;
const CACHE = FAMILY + VERSION;

self.addEventListener("install", (event) => event.waitUntil(fetchAll()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("message", (event) => {
  if (event.data === "replace") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(HOME)) {
    event.respondWith(answer(request));
  }
});

async function fetchAll() {
  const cache = await caches.open(CACHE);
  const requests = Object.entries(FILES).map(
    ([path, integrity]) => new Request(new URL(path, HOME), { cache: "no-cache", integrity }),
  );
  try {
    await cache.addAll(requests);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith(FAMILY) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  const options = { ignoreSearch: true, ignoreVary: true };
  const kept = await cache.match(request, options);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    // Another address below the app's: without a network, home is what there is.
    if (request.mode === "navigate") return Response.redirect(HOME);
    throw error;
  }
}
