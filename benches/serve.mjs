// A folder on a free port of this machine, as a plain static host serves it.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * `base` is the path that the folder is found under, with a slash at both ends.
 * `gate` is asked about every file and may take its time: what it does not let
 * through is not there.
 */
export async function serve(folder, base = "/", gate = () => true) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const below = path.normalize(decodeURIComponent(pathname.slice(base.length)));
    let file = path.join(folder, below);
    const inside = pathname.startsWith(base) && !below.startsWith("..");
    try {
      if (!inside) throw new Error("outside");
      if ((await stat(file)).isDirectory()) file = path.join(file, "index.html");
      const body = await readFile(file);
      if (!(await gate(file))) throw new Error("kept back");
      const type = TYPES[path.extname(file)] ?? "text/plain";
      response.writeHead(200, { "content-type": type, "x-content-type-options": "nosniff" });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("There is no such file.\n");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
