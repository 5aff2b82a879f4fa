// A first visit as a newcomer makes it: watch, guess, look back, change the
// text, undo, share, and come back without a network.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWPORTS, assertAccessible, started, stored, visit } from "./app.mjs";

const question = (page) => page.getByRole("region", { name: "Question" });
const caption = (page) => page.locator(".caption");
const script = (page) => page.getByLabel("The scenario as a script");

/** Plays as fast as the app can until it stops at the question. */
async function playToTheQuestion(page) {
  await page.getByLabel("Pace").selectOption("Clock max");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await question(page).waitFor();
}

test("a newcomer plays the story, guesses, and sees what happened and why", async (t) => {
  const { page } = await visit(t);
  await page.getByRole("heading", { level: 1, name: "Birth of a yuan" }).waitFor();
  await page.getByText("Simulation: no real money").waitFor();

  await page.getByRole("button", { name: "Play", exact: true }).click();
  await caption(page).getByText("Harbour").waitFor();
  await page.getByLabel("Pace").selectOption("Clock max");
  await question(page).waitFor();

  // Nothing of the answer is on the page yet.
  assert.equal(await page.getByText("limit.payment").count(), 0);
  await page.getByLabel("Refused").check();
  await page.getByRole("button", { name: "See what happens" }).click();
  await page.getByText("limit.payment").first().waitFor();
  await question(page).getByText("Your pick").waitFor();
  await page.getByText("Fewer papers, lower limits.").waitFor();
  await page.getByText("Every yuan accounted for").first().waitFor();
});

test("looking back shows what was", async (t) => {
  const { page } = await visit(t);
  await playToTheQuestion(page);
  const alice = page.locator(".card", { hasText: "Alice" }).first();
  await alice.getByText("487.50").waitFor();
  const timeline = page.getByRole("slider", { name: "Timeline" });
  await timeline.focus();
  await page.keyboard.press("Home");
  await alice.getByText("0.00").first().waitFor();
  assert.equal(await alice.getByText("487.50").count(), 0);
});

test("a wrong line is named, the rest waits, and one undo takes it back", async (t) => {
  const { page } = await visit(t);
  await page.getByRole("button", { name: "See the script" }).click();
  const text = await script(page).inputValue();
  const at = text.indexOf("Noodles 12.50");
  await script(page).focus();
  await script(page).evaluate((field, place) => field.setSelectionRange(place, place + 1), at);
  await page.keyboard.type("Q");
  await page.getByText("waits for line").first().waitFor();
  await page.getByRole("button", { name: /Use .*Noodles/ }).first().click();
  await page.getByText("Every line can be played.").waitFor();
  assert.equal(await script(page).inputValue(), text);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("waits for line").first().waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Every line can be played.").waitFor();
  assert.equal(await script(page).inputValue(), text);
});

test("a shared link opens the same scenario for somebody else, and leaves their work alone", async (t) => {
  const { page, context, host } = await visit(t);
  await page.getByRole("button", { name: "See the script" }).click();
  const opening = await script(page).inputValue();
  // The opening story alone makes so short a link that half of it says nothing.
  const remarks = Array.from({ length: 40 }, (_, n) => `# remark ${n}: ${(n * 7919 + 104729) ** 2}`);
  await script(page).fill(`${opening.replace("Birth of a yuan", "A link that travelled")}\n${remarks.join("\n")}\n`);
  await page.getByRole("heading", { level: 1, name: "A link that travelled" }).waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.getByRole("dialog").getByRole("textbox", { name: "Link" }).inputValue();
  assert.ok(link.startsWith(host.url) && link.includes("#s=1."), link);
  await page.getByRole("img", { name: "QR code of the link" }).waitFor();

  const other = await context.browser().newContext();
  const theirs = await other.newPage();
  await theirs.goto(link);
  await started(theirs);
  await theirs.getByRole("heading", { level: 1, name: "A link that travelled" }).waitFor();

  // Half a link says so, and offers what can be read.
  const cut = await other.newPage();
  await cut.goto(link.slice(0, Math.floor(link.length * 0.7)));
  await started(cut);
  await cut.getByText("This link is cut short.").waitFor();
  await cut.getByRole("button", { name: "Open what is readable" }).waitFor();
  await other.close();
  await context.clearCookies();
});

test("what was written is there after a reload without a network", async (t) => {
  const { page, context } = await visit(t);
  await page.getByRole("button", { name: "See the script" }).click();
  await script(page).fill((await script(page).inputValue()).replace("Birth of a yuan", "Kept offline"));
  await page.getByRole("heading", { level: 1, name: "Kept offline" }).waitFor();
  await page.getByText(/^Kept/).first().waitFor();
  await stored(page);
  await context.setOffline(true);
  await page.reload();
  await started(page);
  await page.getByRole("heading", { level: 1, name: "Kept offline" }).waitFor();
  await playToTheQuestion(page);
});

for (const [name, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`everything can be reached and read: ${name}, ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { viewport, colorScheme });
      await assertAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, "the page is wider than the window");
      await page.getByRole("button", { name: "Play", exact: true }).click();
      await page.getByLabel("Pace").selectOption("Clock max", { timeout: 1_000 }).catch(() => {});
      await question(page).waitFor({ timeout: 60_000 });
      await assertAccessible(page);
    });
  }
}

test("the page speaks Chinese to a Chinese browser", async (t) => {
  const { page } = await visit(t, { locale: "zh-CN" });
  await page.getByText("模拟：没有真钱").first().waitFor();
  await assertAccessible(page);
});
