// The program comes in parts: what the opening story needs first, the rest
// behind it. A part that is late is waited for; one that does not come says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isLaterPart, stored, visit } from "./app.mjs";

const failed = "This part of the app could not be loaded.";

test("the opening story plays before the engine and every other part are there", async (t) => {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const gate = (file) => (isLaterPart(file) ? released.then(() => true) : true);
  const { page } = await visit(t, { gate, serviceWorkers: "block" });
  await page.getByLabel("Pace").selectOption("Clock max");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  const question = page.getByRole("region", { name: "Question" });
  await question.waitFor();
  await page.locator(".card", { hasText: "Alice" }).first().getByText("487.50").waitFor();
  await page.getByLabel("Refused").check();
  await page.getByRole("button", { name: "See what happens" }).click();
  await page.getByText("limit.payment").first().waitFor();

  // What needs another part says, after a moment, that it comes.
  await page.getByRole("tab", { name: "Books" }).click();
  await page.getByRole("tabpanel").getByText("Getting this ready…").waitFor();
  release();
  await page.locator(".books").first().waitFor();
  await page.getByText("limit.payment").first().waitFor();
  await page.getByRole("tab", { name: "Phones" }).click();
  await page.locator(".phone").waitFor();
});

test("a picture that cannot be loaded says so, and comes when it is tried again", async (t) => {
  let there = false;
  const gate = (file) => there || !file.endsWith("-page.wasm");
  const { page, problems } = await visit(t, { gate, serviceWorkers: "block" });
  await page.getByRole("tab", { name: "Books" }).click();
  const picture = page.getByRole("tabpanel");
  await picture.getByText(failed).waitFor();
  await picture.getByRole("button", { name: "Try again" }).click();
  await picture.getByText(failed).waitFor();
  there = true;
  await picture.getByRole("button", { name: "Try again" }).click();
  await picture.locator(".books").waitFor();
  assert.equal(await picture.getByText(failed).count(), 0);
  problems.length = 0;
});

test("a part comes also where another stood before", async (t) => {
  const { page } = await visit(t, { at: "#/l/gym-goes-bankrupt" });
  await page.getByRole("tab", { name: "Registers" }).click();
  await page.locator(".register").first().waitFor();
  await page.getByRole("tab", { name: "Studio" }).click();
  await page.locator(".studio").waitFor();
});

test("an answer that the engine lacks a part for comes when it is tried again", async (t) => {
  let there = false;
  const gate = (file) => there || !file.endsWith("-desk.wasm");
  const { page, problems } = await visit(t, { gate, serviceWorkers: "block" });
  await page.getByRole("tab", { name: "Phones" }).click();
  const news = page.locator(".news");
  await news.getByText(failed).waitFor();
  there = true;
  await news.getByRole("button", { name: "Try again" }).click();
  await page.locator(".phone").waitFor();
  assert.equal(await page.getByText(failed).count(), 0);
  problems.length = 0;
});

test("an engine that cannot be loaded says so, and starts when it is told to", async (t) => {
  let there = false;
  const gate = (file) => there || !file.endsWith("-engine.wasm");
  const { page, problems } = await visit(t, { gate, serviceWorkers: "block" });
  await page.getByText("The engine stopped. Your text is safe.").waitFor();
  there = true;
  await page.getByRole("button", { name: "Restart" }).click();
  await page.getByRole("tab", { name: "Phones" }).click();
  await page.locator(".phone").waitFor();
  problems.length = 0;
});

test("another language is spoken once it has come, and until then the one before", async (t) => {
  let there = false;
  const gate = (file) => there || !file.endsWith("-chinese.wasm");
  const { page, problems } = await visit(t, { gate, serviceWorkers: "block" });
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByLabel("Language", { exact: true }).selectOption("zh-CN");
  const news = page.locator(".news");
  await news.getByText(failed).waitFor();
  there = true;
  await page.keyboard.press("Escape");
  await news.getByRole("button", { name: "Try again" }).click();
  await page.locator("html[lang=zh-CN]").waitFor({ state: "attached" });
  await page.getByText("模拟：没有真钱").waitFor();
  problems.length = 0;
});

test("without a network every part is there once the app is stored", async (t) => {
  const { page, context } = await visit(t);
  await stored(page);
  await context.setOffline(true);
  await page.reload();
  for (const [tab, shown] of [["Books", ".books"], ["Phones", ".phone"], ["Registers", ".registers"]]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.locator(shown).first().waitFor();
  }
});
