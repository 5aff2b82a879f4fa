// The studio: one contract as text, form and diagram, proven before anybody
// signs, played step by step, and put together from the catalogue.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWPORTS, assertAccessible, visit } from "./app.mjs";

/** The lesson of the quarrel at its end, in the studio. */
async function quarrel(t, options) {
  const { page } = await visit(t, { at: "#/l/escrow-quarrel", ...options });
  await page.getByRole("heading", { level: 1, name: "Escrow quarrel" }).waitFor();
  await page.getByRole("tab", { name: "Studio" }).click();
  await page.locator(".diagram").waitFor();
  return page;
}

async function script(page) {
  await page.getByRole("button", { name: "See the script" }).click();
  return page.getByLabel("The scenario as a script").inputValue();
}

test("text, form and diagram are one block of the script", async (t) => {
  const page = await quarrel(t);
  const lines = page.getByLabel("The lines of the block");
  const until = page.locator(".studio-row-step").first().getByLabel("Until");
  assert.equal(await until.inputValue(), "14d");
  await until.fill("21d");
  await until.press("Enter");
  await page.locator(".diagram").getByText("21 days").waitFor();
  assert.match(await lines.inputValue(), /step delivery until 21d/);
  // What makes no sense is said beside the field and does not reach the script.
  await until.fill("soon");
  await until.press("Tab");
  await page.getByText("This does not fit here. An example: 21d").waitFor();
  assert.match(await lines.inputValue(), /step delivery until 21d/);
  const text = await lines.inputValue();
  await lines.fill(text.replace("hold 250.00", "hold 300.00"));
  await page.locator(".studio-row-hold").getByText("300.00").waitFor();
  assert.equal(await page.locator(".studio-row-hold").getByLabel("Amount").inputValue(), "300.00");
  // A wrong line is told at its place, and the form is there to mend it.
  await lines.fill(text.replace("hold 250.00", "hold all of it"));
  await page.locator(".studio-problems li").first().waitFor();
  await page.getByText("The diagram comes back once the text is right.").waitFor();
  await lines.fill(text);
  await page.locator(".diagram").waitFor();
  assert.match(await script(page), /step delivery until 21d/);
});

test("a step is renamed wherever it is named, and payments are put in and taken out", async (t) => {
  const page = await quarrel(t);
  const lines = page.getByLabel("The lines of the block");
  const before = await lines.inputValue();
  const name = page.locator(".studio-row-step").first().getByLabel("What the step is called");
  const was = await name.inputValue();
  await name.fill("arrival");
  await name.press("Enter");
  await page.locator(".diagram").getByText("arrival", { exact: true }).waitFor();
  assert.equal(await lines.inputValue(), before.replaceAll(`step ${was} `, "step arrival ").replaceAll(`go ${was}`, "go arrival"));
  const renamed = await lines.inputValue();
  const row = page.locator(".studio-row-when").first();
  await row.getByRole("button", { name: "Add a payment" }).click();
  await row.getByRole("button", { name: /Remove the payment: pay 1\.00/ }).waitFor();
  assert.match(await lines.inputValue(), /: pay 1\.00 to \w+ from \w+, /);
  await row.getByRole("button", { name: /Remove the payment: pay 1\.00/ }).click();
  await page.waitForTimeout(300);
  assert.equal(await lines.inputValue(), renamed);
});

test("what is guaranteed stands there before anybody signs, and is signed with a line", async (t) => {
  const { page } = await visit(t, { at: "#/studio/escrow" });
  await page.getByRole("heading", { level: 1, name: "Escrow" }).waitFor();
  const proof = page.locator(".studio-proof");
  await proof.getByText("Whatever happens, it has ended 28 days after its opening").waitFor();
  await page.getByText("Nothing has been opened from it at this moment.").waitFor();
  await proof.getByRole("button", { name: "Sign and open" }).click();
  const deal = page.locator(".studio-deal").first();
  await deal.getByText("MyEscrow").waitFor();
  await page.locator(".diagram-lit").getByText("delivery", { exact: true }).waitFor();
  await deal.getByRole("button", { name: "Alice: Say: disputes" }).click();
  await page.locator(".diagram-lit").getByText("quarrel", { exact: true }).waitFor();
  await deal.getByRole("button", { name: "Carol: Say: pays-seller" }).waitFor();
  await deal.getByRole("button", { name: "Let time pass until then" }).click();
  await deal.getByText("It has ended and holds nothing.").waitFor();
  const text = await script(page);
  assert.match(text, /^Alice: contract\.open Escrow as MyEscrow$/m);
  assert.match(text, /^Alice: contract\.say MyEscrow disputes$/m);
});

test("a finding is played, and the diagram follows", async (t) => {
  const { page } = await visit(t, { at: "#/studio/time-lock" });
  await page.getByRole("heading", { level: 1, name: "Not before" }).waitFor();
  const found = page.locator(".studio-found li").first();
  await found.waitFor();
  await found.getByRole("button").click();
  await page.locator(".diagram-lit").first().waitFor();
  const text = await script(page);
  assert.match(text, /contract\.open TimeLock as Played/);
});

test("an entry of the catalogue is put into the script", async (t) => {
  const page = await quarrel(t);
  await page.getByText("From the catalogue").click();
  await page.getByLabel("Entry").selectOption({ label: "Refund window" });
  await page.getByLabel("Days to return").fill("3d");
  await page.getByLabel("Days to return").press("Enter");
  await page.getByRole("button", { name: "Put it into this script" }).click();
  await page.locator(".diagram").getByText("3 days").waitFor();
  assert.equal(await page.getByLabel("Working on").inputValue(), "RefundWindow");
  assert.match(await script(page), /^contract RefundWindow$/m);
});

test("a scenario without contracts finds the studio in the menu", async (t) => {
  const { page } = await visit(t);
  assert.equal(await page.getByRole("tab", { name: "Studio" }).count(), 0);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Contract studio" }).click();
  await page.getByText("This script has no contract yet.").waitFor();
  await page.getByLabel("Entry").selectOption({ label: "Prepaid card" });
  await page.getByRole("button", { name: "Begin a new script with it" }).click();
  await page.getByRole("heading", { level: 1, name: "Prepaid card" }).waitFor();
});

test("a block's faults are told in Chinese too", async (t) => {
  const { page } = await visit(t, { at: "#/studio/escrow", locale: "zh-CN" });
  await page.locator(".diagram").waitFor();
  await page.getByText("用平常的话说").waitFor();
  const lines = page.getByLabel("这一段的各行");
  const text = await lines.inputValue();
  await lines.fill(text.replace("until 14d", "until never"));
  await page.locator(".studio-problems").getByText("时长").waitFor();
});

for (const [name, viewport] of Object.entries(VIEWPORTS)) {
  test(`the studio is accessible on a ${name}`, async (t) => {
    const { page } = await visit(t, { at: "#/studio/escrow", viewport });
    await page.locator(".diagram").waitFor();
    await page.locator(".studio-proof .studio-sign").waitFor();
    await assertAccessible(page);
    const { scroll, width } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      width: innerWidth,
    }));
    assert.ok(scroll <= width, `${scroll} px in ${width}`);
  });
}
