// The guide: read from its start to its end in both languages, at every width,
// by keyboard alone, and left for the Stage with one of its scenarios.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, VIEWPORTS, visit } from "./app.mjs";

const CHAPTERS = ["", "/concepts", "/verbs", "/lessons", "/products", "/developers"];

/** What is cut off or leaves the screen. */
function faults(page) {
  return page.evaluate(() => {
    const found = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
    for (const it of document.querySelectorAll(".guide *")) {
      const { left, right, width } = it.getBoundingClientRect();
      if (width > 0 && (left < -1 || right > innerWidth + 1)) {
        found.push(`${it.className || it.tagName} “${it.textContent.slice(0, 40)}” leaves the screen`);
      }
    }
    return found;
  });
}

/** The heading that the focus is on. */
const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? "");

for (const [width, viewport] of Object.entries(VIEWPORTS)) {
  for (const [colorScheme, locale] of [["light", "en-GB"], ["dark", "zh-CN"]]) {
    test(`every chapter can be read: ${width} ${colorScheme} ${locale}`, async (t) => {
      const { page } = await visit(t, { viewport, colorScheme, locale, at: "#/guide" });
      for (const [at, chapter] of CHAPTERS.entries()) {
        const here = page.locator(`.guide-chapters [aria-current][href="#/guide${chapter}"]`);
        await here.waitFor();
        const title = page.getByRole("heading", { level: 1 });
        assert.equal(await title.count(), 1);
        assert.equal(await title.textContent(), await here.textContent());
        assert.equal(await focused(page), await title.textContent(), "the focus is at the title");
        assert.deepEqual(await faults(page), [], chapter);
        assert.match(await page.title(), /Exchequer$/);
        await assertAccessible(page);
        if (at + 1 < CHAPTERS.length) await page.locator(".guide-next").click();
      }
    });
  }
}

test("the menu leads to the guide and back to the work that was left", async (t) => {
  const { page } = await visit(t);
  await page.locator("html[data-start=done]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("button", { name: /^Payday/ }).click();
  await page.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Guide", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "The guide to Exchequer" }).waitFor();
  assert.equal(await page.locator(".app").count(), 0, "nothing else is there");
  // Keys of the Stage do nothing here.
  await page.keyboard.press("p");
  await page.keyboard.press("l");
  assert.equal(await page.locator(".present, dialog[open]").count(), 0);
  await page.getByRole("link", { name: "Back to the Stage" }).click();
  await page.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
  assert.match(await page.title(), /^Payday/);
  assert.equal(new URL(page.url()).hash, "");
});

test("going back in the browser finds the work as it was left, not a lesson's beginning", async (t) => {
  const { page } = await visit(t, { at: "#/l/payday/3" });
  const step = page.locator(".step-title").first();
  await step.waitFor();
  await page.getByLabel("Pace").selectOption("Clock max");
  await page.locator(".transport").getByRole("button", { name: "Next" }).click();
  const clock = page.locator(".caption");
  await page.waitForTimeout(500);
  const left = await clock.textContent();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Guide", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "The guide to Exchequer" }).waitFor();
  await page.goBack();
  await page.locator(".app").waitFor();
  assert.equal(await clock.textContent(), left);
});

test("the gallery leads to the chapter for teachers, and that to a lesson", async (t) => {
  const { page } = await visit(t);
  await page.keyboard.press("l");
  await page.getByRole("link", { name: "How to teach with these: the guide" }).click();
  await page.getByRole("heading", { level: 1, name: "Lessons" }).waitFor();
  await page.locator(".guide-text").getByRole("link", { name: "Payday" }).click();
  await page.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
  assert.equal(await page.locator(".guide, dialog[open]").count(), 0);
});

test("a scenario of the guide opens in the Stage and holds what it expects", async (t) => {
  const { page } = await visit(t, { at: "#/guide/concepts" });
  await page.getByRole("button", { name: "Open in the Stage: limit.exq" }).click();
  await page.getByRole("heading", { level: 1, name: "A lower limit" }).waitFor();
  await page.getByLabel("Pace").selectOption("Clock max");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.getByText("limit.payment").first().waitFor();
});

test("a verb has an address, and the keyboard is enough to get there and back", async (t) => {
  const { page } = await visit(t, { at: "#/guide/verbs/offlinepay" });
  await page.getByRole("heading", { level: 3, name: "offline.pay", exact: true }).waitFor();
  assert.equal(await focused(page), "offline.pay");
  const top = await page.evaluate(() => document.activeElement.getBoundingClientRect().top);
  assert.ok(top > 40 && top < 200, `below the bar: ${top}`);
  // The whole way back by Tab from the start of the page.
  await page.evaluate(() => document.activeElement.blur());
  await page.goto(page.url().replace(/#.*/, "#/guide/verbs"));
  await page.getByRole("heading", { level: 1, name: "Verbs" }).waitFor();
  await page.keyboard.press("Shift+Tab");
  let steps = 0;
  while ((await focused(page)) !== "Back to the Stage" && steps < 40) {
    await page.keyboard.press("Shift+Tab");
    steps += 1;
  }
  await page.keyboard.press("Enter");
  await page.locator(".app").waitFor();
});

test("an address of no chapter says so", async (t) => {
  const { page } = await visit(t, { at: "#/guide/nothing" });
  await page.getByText("The guide has no chapter at this address.").waitFor();
  await page.getByRole("heading", { level: 1, name: "The guide to Exchequer" }).waitFor();
});
