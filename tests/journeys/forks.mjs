// Texts beside the one at hand: a line written in the past and kept as a fork,
// two texts on one timeline, versions that are looked at.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWPORTS, assertAccessible, visit } from "./app.mjs";

/** Alice pays Noodles 450 before the story has her pay for lunch. */
async function payEarly(page) {
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("Home");
  for (let beat = 0; beat < 3; beat += 1) await page.keyboard.press("ArrowRight");
  await page.locator(".card").first().click();
  await page.getByRole("button", { name: "Do…", exact: true }).click();
  await page.getByLabel("Who acts").selectOption("Alice");
  await page.getByLabel("What", { exact: true }).selectOption("pay");
  await page.getByLabel("To", { exact: true }).selectOption("Noodles");
  await page.getByLabel("Amount", { exact: true }).fill("450.00");
  await page.getByRole("button", { name: "Do it" }).click();
  await page.locator(".doing-form").waitFor({ state: "detached" });
}

for (const [name, size] of Object.entries(VIEWPORTS)) {
  test(`what was changed in the past is kept beside the text and compared on a ${name}`, async (t) => {
    const { page } = await visit(t, { viewport: size });
    await payEarly(page);
    const added = page.locator(".notice", { hasText: "added" });
    await added.getByText("Which lines").click();
    const lines = await added.locator("li code").allTextContents();
    assert.ok(lines.length > 0, "later lines end differently");
    await assertAccessible(page);
    await added.getByRole("button", { name: "Keep as fork" }).click();
    const kept = page.locator(".notice", { hasText: "Kept as a text of its own" });
    await kept.getByText("Birth of a yuan (2)").waitFor();
    await kept.getByRole("button", { name: "Compare" }).click();
    const sides = page.locator(".compare-side");
    await sides.nth(1).getByRole("heading", { name: "Birth of a yuan (2)" }).waitFor();
    await sides.nth(0).getByRole("heading", { name: "This text" }).waitFor();
    // What only the other text says is missing here, and what follows from it is told.
    const rows = page.locator(".differences tbody tr");
    await rows.filter({ hasText: "Alice: pay Noodles 450.00" }).getByText("did not take place").waitFor();
    await assertAccessible(page);
  });
}

test("an earlier version is looked at, compared, and stays what it is", async (t) => {
  const { page } = await visit(t, { viewport: VIEWPORTS.laptop });
  await payEarly(page);
  await page.locator(".notice", { hasText: "added" }).getByRole("button", { name: "Keep as fork" }).click();
  const kept = page.locator(".notice", { hasText: "Kept as a text of its own" });
  await kept.getByRole("button", { name: "Open" }).click();
  await kept.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Your work" }).click();
  const documents = page.locator(".work-item");
  const fork = documents.filter({ hasText: "Birth of a yuan (2)" });
  assert.equal(await fork.getAttribute("aria-current"), "true");
  await assertAccessible(page);
  const story = documents.filter({ hasText: "Birth of a yuan", hasNotText: "(2)" });
  await story.getByRole("button", { name: "Compare with: Birth of a yuan" }).click();
  await page.locator(".compare-side").nth(1).getByRole("heading", { name: "Birth of a yuan", exact: true }).waitFor();
});
