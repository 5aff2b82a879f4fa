import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import init, { Run } from "exchequer";

const wasm = new URL(import.meta.resolve("exchequer/wasm"));
await init({ module_or_path: await readFile(wasm) });
const text = await readFile(new URL("checkout.exq", import.meta.url), "utf8");

test("lunch is paid at the checkout", () => {
  const run = new Run(text);
  run.to("09:06");
  assert.equal(run.get("Alice.wallet"), "487.50 CNY");
  run.act("Alice: pay Noodles 3.00");
  assert.equal(run.get("Noodles.wallet"), "15.50 CNY");

  const { expectations, refusals } = run.report();
  assert.equal(expectations.failed, 0);
  assert.deepEqual(refusals, []);
});

test("nobody pays what they do not have", () => {
  const run = new Run(text);
  run.toEnd();
  run.act("Alice: pay Noodles 10_000.00");
  assert.equal(run.report().refusals.length, 1);
  assert.equal(run.get("Alice.wallet"), "487.50 CNY");
});
