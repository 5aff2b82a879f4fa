// What somebody is made to do from their details: a form that writes script.

import { test } from "node:test";
import { VIEWPORTS, assertAccessible, visit } from "./app.mjs";

/** All has happened that the opening story tells. */
async function toTheEnd(page) {
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("End");
}

/** Opens the form in the details of the first who is drawn, and has somebody act. */
async function select(page, name) {
  await page.locator(".card").first().click();
  await page.getByRole("button", { name: "Do…", exact: true }).click();
  await page.getByLabel("Who acts").selectOption(name);
}

for (const [name, size] of Object.entries(VIEWPORTS)) {
  test(`a form in somebody's details writes a line on a ${name}`, async (t) => {
    const { page } = await visit(t, { viewport: size });
    await toTheEnd(page);
    await select(page, "Alice");
    await page.getByLabel("What", { exact: true }).selectOption("pay");
    await assertAccessible(page);
    // What is missing or wrong is said at its field.
    await page.getByRole("button", { name: "Do it" }).click();
    await page.getByText("Fill this in.").first().waitFor();
    await page.getByLabel("To", { exact: true }).selectOption("Noodles");
    await page.getByLabel("Amount", { exact: true }).fill("1,000");
    await page.getByText("Thousands are separated by").waitFor();
    await assertAccessible(page);
    await page.getByLabel("Amount", { exact: true }).fill("1.25");
    await page.locator(".doing-line code", { hasText: "Alice: pay Noodles 1.25" }).waitFor();
    await page.getByRole("button", { name: "Do it" }).click();
    await page.locator(".doing-form").waitFor({ state: "detached" });
    await page.locator(".notice", { hasText: "added" }).getByRole("button", { name: "Undo" }).click();
    await page.locator(".notice", { hasText: "added" }).waitFor({ state: "detached" });
  });
}

test("who has no card can be chosen to act, in the reader's language", async (t) => {
  const { page } = await visit(t, { locale: "zh-CN" });
  await page.locator(".card").first().click();
  await page.getByRole("button", { name: "操作…", exact: true }).click();
  await page.getByLabel("谁来做").selectOption("network");
  await page.getByLabel("做什么", { exact: true }).selectOption({ label: "丢失消息" });
  await page.locator(".doing-line code", { hasText: "network: lose" }).waitFor();
  await page.getByRole("button", { name: "执行" }).click();
  await page.locator(".doing-form").waitFor({ state: "detached" });
});
