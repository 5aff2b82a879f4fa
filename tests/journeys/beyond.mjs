// What surrounds a story: a shared run that differs, a new version, a link into
// the middle, a phone that scans, an investigator, other rules beside it.

import assert from "node:assert/strict";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { DIST, VIEWPORTS, assertAccessible, started, stored, visit } from "./app.mjs";

const caption = (page) => page.locator(".caption");
const script = (page) => page.getByLabel("The scenario as a script");

/** The checksum of links: CRC-32. */
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** As far as the story goes without an answer. */
async function toTheEnd(page) {
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("End");
}

/** The link as another engine would have made it: another digest, and another trail from `from` on. */
function elsewhere(link, from) {
  const [address, payload] = link.split("#s=1.");
  const bytes = Buffer.from(payload, "base64url");
  let at = 1;
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  // The checksum covers flags, digest and body. What a change of the digest does
  // to it does not depend on the rest.
  const zeros = Buffer.alloc(1 + 16 + length);
  const change = Buffer.from(zeros);
  change[1] = 1;
  const sum = (bytes.readUInt32LE(at) ^ crc32(change) ^ crc32(zeros)) >>> 0;
  bytes.writeUInt32LE(sum, at);
  bytes[at + 4] ^= 1;
  const start = trailOf(bytes);
  for (let mark = start + 1 + from; mark < bytes.length - 2; mark += 1) bytes[mark] ^= 0x55;
  bytes.writeUInt16LE(crc32(bytes.subarray(start, -2)) & 0xffff, bytes.length - 2);
  return `${address}#s=1.${bytes.toString("base64url")}`;
}

/** Where the trail begins: a count, so many marks, and half a checksum. */
function trailOf(bytes) {
  for (let start = bytes.length - 4; start > 0; start -= 1) {
    const fits = bytes[start] === bytes.length - start - 3;
    const whole = bytes.subarray(start, -2);
    if (fits && (crc32(whole) & 0xffff) === bytes.readUInt16LE(bytes.length - 2)) return start;
  }
  throw new Error("the link has no trail");
}

test("where a shared run parts from the one here is named and shown", async (t) => {
  const { page, context } = await visit(t);
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByRole("dialog").getByRole("textbox", { name: "Link" });
  await field.waitFor();
  let link = "";
  for (let tries = 0; tries < 50; tries += 1) {
    link = await field.inputValue();
    try {
      trailOf(Buffer.from(link.split("#s=1.")[1], "base64url"));
      break;
    } catch {
      await page.waitForTimeout(50);
    }
  }
  const other = await context.newPage();
  await other.goto(elsewhere(link, 8));
  await started(other);
  await other.getByText("This run differs from the one shared.").waitFor();
  await other.getByRole("button", { name: "See where" }).click();
  await other.getByText(/Line \d+ is the first to come out differently/).waitFor();
  await assertAccessible(other);
  await other.getByRole("button", { name: "All right" }).click();
  assert.equal(await other.getByText("This run differs").count(), 0);
  // The link as it was made has nothing to say.
  const same = await context.newPage();
  await same.goto(link);
  await started(same);
  await caption(same).waitFor();
  assert.equal(await same.getByText("This run differs").count(), 0);
});

test("a new version is offered, and taking it loses nothing", async (t) => {
  const dist = await mkdtemp(join(tmpdir(), "exchequer-"));
  t.after(() => rm(dist, { recursive: true }));
  await cp(DIST, dist, { recursive: true });
  const { page } = await visit(t, { dist });
  await stored(page);
  await page.reload();
  await started(page);
  await page.getByRole("button", { name: "See the script" }).click();
  await script(page).fill((await script(page).inputValue()).replace("Birth of a yuan", "Kept across versions"));
  await page.getByText(/^(Kept|Saved)/).first().waitFor();
  assert.equal(await page.getByText("A new version is ready.").count(), 0);
  await appendFile(join(dist, "sw.js"), "\n// Another version.\n");
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.getByText("A new version is ready.").waitFor();
  await assertAccessible(page);
  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Reload" }).click();
  await reloaded;
  await started(page);
  await page.getByRole("heading", { level: 1, name: "Kept across versions" }).waitFor();
});

test("a short link goes to its step, past what is asked before", async (t) => {
  const { page } = await visit(t, { at: "#/l/who-sees-what/4" });
  await page.getByText("Step 4 of 10").waitFor();
});

test("a shop's code is scanned by another phone, and a statement tells of it", async (t) => {
  const { page } = await visit(t);
  await toTheEnd(page);
  await page.getByRole("tab", { name: "Phones" }).click();
  await page.getByLabel("Phone of", { exact: true }).selectOption("Noodles");
  await page.getByRole("img", { name: "Payment code of Noodles" }).waitFor();
  await page.getByLabel("Sum on the code").fill("4.20");
  await page.locator(".phone-code-text").getByText("54044.20").waitFor();
  await assertAccessible(page);
  await page.getByLabel("Phone of", { exact: true }).selectOption("Alice");
  await page.getByRole("heading", { name: "Alice" }).waitFor();
  await page.getByLabel("Do", { exact: true }).selectOption("scan");
  await page.getByLabel("Code on screen").selectOption({ label: "Noodles’s code" });
  await page.getByText("Pays Noodles 4.20.").waitFor();
  await page.getByRole("button", { name: "Do it" }).click();
  await page.locator(".phone-balance").getByText("483.30").waitFor();
  await page.getByRole("button", { name: "Statement" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Opening balance").waitFor();
  await dialog.getByRole("row", { name: /Noodles.*4\.20.*483\.30/ }).waitFor();
  await assertAccessible(page);
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save as CSV" }).click();
  assert.match((await saved).suggestedFilename(), /^EX\d+\.csv$/);
});

test("an investigator sees the one person of the warrant, from its time on", async (t) => {
  const { page } = await visit(t);
  await toTheEnd(page);
  // A warrant begins at what is shown, so it has to be the end that is shown.
  await page.locator("#app .caption").getByText(/2,600/).first().waitFor();
  await page.getByLabel("Seen as").selectOption("investigator");
  await page.getByLabel("by a warrant for").selectOption({ label: "Alice" });
  await page.getByText(/^from .*09:07:00 on$/).waitFor();
  await page.locator(".card", { hasText: "Alice" }).first().waitFor();
  assert.equal(await page.locator(".card", { hasText: "Bob" }).count(), 0);
  await assertAccessible(page);
});

for (const [name, viewport] of Object.entries(VIEWPORTS)) {
  test(`two presets stand side by side and say what differs: ${name}`, async (t) => {
    const { page } = await visit(t, { viewport, at: "#/l/flip-to-2026/4" });
    if (name === "phone") {
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("button", { name: "The rules in use" }).click();
    } else {
      await page.locator(".chip").click();
    }
    await page.getByLabel("Compare with…").selectOption("cny-2025@1");
    await page.getByRole("region", { name: "2025 rules" }).waitFor();
    await page.getByRole("region", { name: "2026 rules" }).first().waitFor();
    const list = page.getByRole("region", { name: "What differs" });
    await list.getByText("Alice: pay Noodles 3_500.00").waitFor();
    await page.locator(".placed-differs").first().waitFor();
    // What is still asked is not told.
    await list.getByText(/after the question/).waitFor();
    await assertAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, "the page is wider than the window");
  });
}

test("the sequence tells what happened up to now, and goes back to any of it", async (t) => {
  const { page } = await visit(t);
  await toTheEnd(page);
  await page.locator("#app .caption").getByText(/2,600/).first().waitFor();
  await page.getByRole("tab", { name: "Sequence", exact: true }).click();
  const events = page.locator(".passage");
  await page.locator(".passage", { hasText: "Alice" }).first().waitFor();
  const now = page.locator(".passage[aria-current=step]");
  await now.getByText(/2,600/).first().waitFor();
  assert.ok((await events.count()) > 3, "what was before is there too");
  await assertAccessible(page);
  const before = events.nth(-2).getByRole("button");
  const said = await before.innerText();
  await before.press("Enter");
  await page.waitForTimeout(100);
  await page.locator(".passage[aria-current=step]").getByText(said.split("\n").at(-1)).waitFor();
});

test("messages and money are two kinds of lines, each of which can be switched off", async (t) => {
  const { page } = await visit(t);
  await toTheEnd(page);
  await page.locator("#app .caption").getByText(/2,600/).first().waitFor();
  const messages = page.getByRole("button", { name: "Messages", exact: true });
  const money = page.getByRole("button", { name: "Money", exact: true });
  await page.locator(".line-information").first().waitFor({ state: "attached" });
  await messages.press("Space");
  assert.equal(await messages.getAttribute("aria-pressed"), "false");
  assert.equal(await page.locator(".board-lines g.line-information").count(), 0);
  assert.ok((await page.locator(".board-lines g.line-central-bank").count()) > 0);
  await money.press("Space");
  assert.equal(await page.locator(".board-lines g.line-central-bank").count(), 0);
  await messages.press("Space");
  await page.locator(".board-lines g.line-information").first().waitFor({ state: "attached" });
  await assertAccessible(page);
});
