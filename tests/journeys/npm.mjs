// The npm package as somebody else uses it: its examples in a fresh project, the
// page of one file, the sample of its README, and its reference, which is made
// of the types that ship. EXCHEQUER_BLESS=1 renews the reference.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "../../benches/serve.mjs";
import { assertAccessible, launch } from "./app.mjs";
import { reference } from "../../crates/npm/reference.mjs";

const CRATE = fileURLToPath(new URL("../../crates/npm", import.meta.url));
const EXAMPLES = path.join(CRATE, "examples");
const PACKAGE =
  process.env.EXCHEQUER_NPM ?? fileURLToPath(new URL("../../target/npm", import.meta.url));

/** A project of its own with the package installed and the examples in it. */
async function project(t) {
  const folder = await mkdtemp(path.join(tmpdir(), "exchequer-npm-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  await cp(PACKAGE, path.join(folder, "node_modules", "exchequer"), { recursive: true });
  for (const name of ["checkout.exq", "flow.test.mjs", "play.mjs"]) {
    await cp(path.join(EXAMPLES, name), path.join(folder, name));
  }
  const edit = async (name, from, to) => {
    const file = path.join(folder, name);
    const text = await readFile(file, "utf8");
    assert.ok(text.includes(from), `${name} has ${from}`);
    await writeFile(file, text.replace(from, to));
  };
  return { folder, edit };
}

/** What a run of Node in a folder came to. */
async function node(folder, ...args) {
  // A test that starts tests is no part of them.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    return { code: error.code, said: `${error.stdout}${error.stderr}` };
  }
}

test("the test of the guide is green in a fresh project, and red when the flow breaks", async (t) => {
  const { folder, edit } = await project(t);
  const green = await node(folder, "--test");
  assert.equal(green.code, 0, green.said);
  assert.match(green.said, /pass 2/);
  await edit("checkout.exq", "pay Noodles 12.50", "pay Noodles 13.50");
  const red = await node(folder, "--test");
  assert.notEqual(red.code, 0);
  assert.match(red.said, /486\.50 CNY/);
});

test("the script plays a scenario, and says which line is wrong", async (t) => {
  const { folder, edit } = await project(t);
  const played = await node(folder, "play.mjs", "checkout.exq");
  assert.equal(played.code, 0, played.said);
  assert.match(played.said, /Alice\.wallet 487\.50 CNY/);
  assert.match(played.said, /2 expectations held, 0 did not/);
  assert.match(played.said, /12\.50/);
  assert.doesNotMatch(played.said, /undefined/);
  await edit("checkout.exq", "pay Noodles", "payy Noodles");
  const wrong = await node(folder, "play.mjs", "checkout.exq");
  assert.equal(wrong.code, 2, wrong.said);
  assert.match(wrong.said, /checkout\.exq:\d+:\d+: unknown-verb/);
});

/** A page of a folder, with the package where the folder's pages look for it. */
async function open(t, folder, name) {
  const host = await serve(folder);
  const context = await (await launch()).newContext();
  const page = await context.newPage();
  t.after(async () => {
    await context.close();
    await host.stop();
  });
  await page.route(/\/(target\/npm|package)\//, async (route) => {
    const file = new URL(route.request().url()).pathname.replace(/^.*\/(target\/npm|package)\//, "");
    await route.fulfill({ path: path.join(PACKAGE, file) });
  });
  await page.goto(host.url + name);
  return page;
}

test("the page of one file plays what is written in it", async (t) => {
  const page = await open(t, path.dirname(path.dirname(CRATE)), "crates/npm/examples/page.html");
  await page.getByRole("button", { name: "Play" }).click();
  const result = page.getByRole("status");
  await result.getByText('"Alice.wallet": "487.50 CNY"').waitFor();
  await assertAccessible(page);
  await page.getByLabel("Scenario").fill("use cny-2025@1\nAlice: payy");
  await page.getByRole("button", { name: "Play" }).click();
  await result.getByText(/line 2: /).waitFor();
});

test("the sample of the README runs as it stands", async (t) => {
  const text = await readFile(path.join(CRATE, "README.md"), "utf8");
  const sample = text.match(/```js\n(.*?)```/s)[1];
  const folder = await mkdtemp(path.join(tmpdir(), "exchequer-readme-"));
  t.after(() => rm(folder, { recursive: true }));
  const map = '{ "imports": { "exchequer": "./package/web/exchequer.js" } }';
  const script = `${sample}\ndocument.title = run.get("Alice.wallet") + " " + run.digest.length;`;
  await writeFile(
    path.join(folder, "index.html"),
    `<!doctype html><script type="importmap">${map}</script><script type="module">${script}</script>`,
  );
  const page = await open(t, folder, "index.html");
  await page.waitForFunction(() => document.title !== "");
  assert.equal(await page.title(), "487.50 CNY 64");
});

test("the reference is that of the types that ship", async () => {
  const types = await readFile(path.join(PACKAGE, "web", "exchequer.d.ts"), "utf8");
  const made = reference(types);
  const file = path.join(CRATE, "REFERENCE.md");
  if (process.env.EXCHEQUER_BLESS) await writeFile(file, made);
  for (const name of ["toEnd(): void", "subscribe(", "RunOptions", "expectations: { passed: number; failed: number }", "fromJson(", "init("]) {
    assert.ok(made.includes(name), name);
  }
  const shipped = await readFile(file, "utf8");
  assert.ok(shipped === made, "EXCHEQUER_BLESS=1 node --test tests/journeys/npm.mjs renews it");
});
