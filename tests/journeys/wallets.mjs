// Wallets as somebody uses and somebody else sees them: a phone that writes
// script, the centres' registers, the same moment seen as another, lessons.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWPORTS, assertAccessible, visit } from "./app.mjs";

const caption = (page) => page.locator(".caption");

/** A scenario's lines at their end: every act has happened. */
async function toTheEnd(page) {
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("End");
}

test("what is done on a phone writes a line of script, and one undo takes it back", async (t) => {
  const { page } = await visit(t, { at: "#/l/who-sees-what" });
  await page.getByRole("heading", { level: 1, name: "Who sees what" }).waitFor();
  await page.getByRole("tab", { name: "Phones" }).click();
  const phone = page.locator(".phone");
  await phone.waitFor();
  const owner = await page.getByLabel("Phone of", { exact: true }).inputValue();
  await page.getByLabel("Do", { exact: true }).selectOption("exchange");
  await page.getByLabel("How much").fill("1.00");
  await page.getByText(`${owner}: exchange 1.00`).waitFor();
  await page.getByRole("button", { name: "Do it" }).click();
  await caption(page).getByText(owner).first().waitFor();
  await page.getByRole("button", { name: "See the script" }).click();
  const script = page.getByLabel("The scenario as a script");
  assert.match(await script.inputValue(), new RegExp(`^${owner}: exchange 1.00$`, "m"));
  await script.focus();
  await page.keyboard.press("Control+z");
  assert.doesNotMatch(await script.inputValue(), new RegExp(`^${owner}: exchange 1.00$`, "m"));
});

test("seen as another, what is hidden is not in the page", async (t) => {
  const { page } = await visit(t);
  await toTheEnd(page);
  await page.locator(".card", { hasText: "Alice" }).first().waitFor();
  await page.getByLabel("Seen as").selectOption({ label: "Summit" });
  await page.locator(".card .redacted").first().waitFor();
  assert.equal(await page.locator(".card", { hasText: "Alice" }).count(), 0);
  await page.getByLabel("Seen as").selectOption({ label: "Everyone" });
  await page.locator(".card", { hasText: "Alice" }).first().waitFor();
});

for (const [name, size] of Object.entries(VIEWPORTS).filter(([name]) => name !== "phone")) {
  test(`phones and registers are accessible on a ${name}`, async (t) => {
    const { page } = await visit(t, { viewport: size });
    await toTheEnd(page);
    await page.getByRole("tab", { name: "Phones" }).click();
    await page.locator(".phone").waitFor();
    await assertAccessible(page);
    await page.getByRole("tab", { name: "Registers" }).click();
    await page.locator(".register").first().waitFor();
    await assertAccessible(page);
  });
}

test("a lesson is chosen from the list, and told in the reader's language", async (t) => {
  const { page } = await visit(t, { locale: "zh-CN" });
  await page.getByRole("button", { name: "更多" }).click();
  await page.getByRole("button", { name: "课程" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await assertAccessible(page);
  await dialog.locator(".lesson").nth(1).click();
  await page.locator(".panel-story[lang='zh-CN']").waitFor();
});

test("a value that a lesson offers to slide is written into its script, and the run answers", async (t) => {
  const { page } = await visit(t, { at: "#/l/bank-run" });
  await page.getByRole("heading", { level: 1, name: "Bank-run slider" }).waitFor();
  await page.getByRole("tab", { name: "Charts" }).click();
  const cap = page.getByRole("slider", { name: "The most a personal wallet may hold" }).first();
  await cap.waitFor();
  assert.equal(await cap.getAttribute("aria-valuetext"), "3,000");
  await cap.focus();
  await page.keyboard.press("End");
  await page.locator('input[type="range"][aria-valuetext="no limit"]').first().waitFor();
  await page.getByText("In the real world").waitFor();
  await page.getByRole("button", { name: "See the script" }).click();
  const script = page.getByLabel("The scenario as a script");
  assert.match(await script.inputValue(), /^set wallet\.personal\.balance=none stops=/m);
});

test("who slid a value at the end of a story, and takes it back, is at its end still", async (t) => {
  const { page } = await visit(t, { at: "#/l/bank-run" });
  await page.getByRole("heading", { level: 1, name: "Bank-run slider" }).waitFor();
  const cap = page.locator(".story").getByRole("slider", { name: "The most a personal wallet may hold" });
  const show = page.getByRole("button", { name: "Just show me" });
  for (;;) {
    await toTheEnd(page);
    await cap.or(show).first().waitFor();
    if (!(await show.isVisible())) break;
    await show.click();
    await show.waitFor({ state: "hidden" });
  }
  await cap.waitFor();
  await cap.focus();
  await page.keyboard.press("End");
  await page.locator('.story input[aria-valuetext="no limit"]').waitFor();
  // The run has answered.
  await page.locator(".story").getByText("609", { exact: true }).waitFor();
  await page.keyboard.press("Control+z");
  await page.locator('.story input[aria-valuetext="3,000"]').waitFor();
});
