// What is taken along: pictures of every view, files for other programs, and
// the pack for reviewers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { VIEWPORTS, assertAccessible, visit } from "./app.mjs";

async function toTheEnd(page) {
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("End");
}

/** What Share saves under a name. */
async function taken(page, name) {
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name, exact: true }).click();
  const file = await saved;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** A saved SVG's words in order, of a document that a parser takes without an error. */
function words(page, svg) {
  return page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, "image/svg+xml");
    if (read.querySelector("parsererror")) throw new Error(read.documentElement.textContent);
    const inside = [...read.documentElement.attributes].map(({ name }) => name);
    if (!inside.includes("viewBox")) throw new Error("it has no size of its own");
    return [...read.querySelectorAll("text")].map((it) => it.textContent).join(" ");
  }, svg);
}

/** Width and height of a PNG, and how many colours its middle row has. */
async function pixels(page, bytes) {
  assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const brush = canvas.getContext("2d");
    brush.drawImage(image, 0, 0);
    const { data: all } = brush.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < all.length; at += 4) colours.add((all[at] << 16) | (all[at + 1] << 8) | all[at + 2]);
    return { width: image.naturalWidth, height: image.naturalHeight, colours: colours.size };
  }, bytes.toString("base64"));
}

const VIEWS = [
  ["Board", ".card", /Alice.*487\.50/],
  ["Sequence", ".passage", /Alice/],
  ["Books", ".books", /Reserves/],
  ["Phones", ".phone", /487\.50/],
  ["Charts", ".chart", /./],
  ["Registers", ".register", /Registration centre/],
];

for (const colorScheme of ["light", "dark"]) {
  test(`every view is saved as vectors and as points: ${colorScheme}`, async (t) => {
    const { page } = await visit(t, { colorScheme });
    await toTheEnd(page);
    for (const [view, shown, expected] of VIEWS) {
      await page.getByRole("tab", { name: view, exact: true }).click();
      await page.locator(shown).first().waitFor();
      await page.getByRole("button", { name: "Share", exact: true }).click();
      const svg = await taken(page, "Picture (SVG)");
      assert.equal(svg.name, "birth-of-a-yuan.svg");
      const said = await words(page, svg.bytes.toString());
      assert.match(said, expected, view);
      assert.match(said, /Birth of a yuan.*Simulation: no real money/s, view);
      const png = await taken(page, "Picture (PNG)");
      const { width, height, colours } = await pixels(page, png.bytes);
      assert.ok(width > 900 && height > 400 && colours > 20, `${view}: ${width}×${height}, ${colours}`);
      await page.keyboard.press("Escape");
    }
  });
}

test("a picture tells no more than the view does, and what tells all is not to be had", async (t) => {
  const { page } = await visit(t);
  await toTheEnd(page);
  await page.locator(".card", { hasText: "Alice" }).first().waitFor();
  await page.getByLabel("Seen as").selectOption({ label: "Summit" });
  await page.locator(".card .redacted").first().waitFor();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const svg = await taken(page, "Picture (SVG)");
  const said = await words(page, svg.bytes.toString());
  assert.match(said, /Bob/);
  assert.doesNotMatch(svg.bytes.toString(), /Alice|487\.50/);
  for (const name of ["Hand-off", "Events", "Journal", "Sequence diagram", "Review pack"]) {
    assert.ok(await page.getByRole("button", { name, exact: true }).isDisabled(), name);
  }
  await page.getByText("Choose “Seen as: Everyone” first.").first().waitFor();
  const messages = await taken(page, "ISO 20022 messages");
  assert.equal(messages.bytes.subarray(0, 2).toString(), "PK");
});

test("what happened is taken along for other programs", async (t) => {
  const { page } = await visit(t);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await assertAccessible(page);
  const handOff = await taken(page, "Hand-off");
  assert.equal(handOff.name, "birth-of-a-yuan.zip");
  for (const file of ["scenario.exq", "events.schema.json", "tests/replay.rs"]) {
    assert.ok(handOff.bytes.includes(file), file);
  }
  const events = await taken(page, "Events");
  assert.equal(events.name, "birth-of-a-yuan.json");
  assert.ok(JSON.parse(events.bytes.toString()).events.length > 10);
  const journal = await taken(page, "Journal");
  assert.match(journal.bytes.toString(), /Alice/);
  const diagram = await taken(page, "Sequence diagram");
  assert.match(diagram.bytes.toString(), /sequenceDiagram[^]*Alice/);
  const messages = await taken(page, "ISO 20022 messages");
  assert.ok(messages.bytes.includes("camt.053"));
  const script = await taken(page, "Script");
  assert.equal(script.name, "birth-of-a-yuan.exq");
  assert.match(script.bytes.toString(), /^use cny-2025/m);
  await page.getByText("Saved as birth-of-a-yuan.exq.").waitFor();
});

for (const [name, viewport] of Object.entries(VIEWPORTS)) {
  for (const [locale, colorScheme] of [["en-GB", "light"], ["zh-CN", "dark"]]) {
    test(`the review pack can be read, and printed: ${name} ${locale} ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { viewport, locale, colorScheme });
      await page.evaluate(() => (location.hash = "#/review"));
      await page.locator(".review-known td").first().waitFor();
      await assertAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, "the page is wider than the window");
      const said = await page.locator("main").innerText();
      assert.match(said, /limit\.payment/);
      assert.match(said, /use cny-2025/);
      assert.doesNotMatch(said, /review-|setting-|simplified-/);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      assert.equal(pdf.subarray(0, 4).toString(), "%PDF");
      await page.locator(".review-bar a").click();
      await page.locator(".app").waitFor();
    });
  }
}
