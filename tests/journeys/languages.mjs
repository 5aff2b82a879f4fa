// A further language is one file. The proof is a made-up one: English with
// accents, a third longer and in brackets, so that what is not translated, or
// has no room, is seen; once written from left to right, once from right to left.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { DIST, VIEWPORTS, assertAccessible } from "./app.mjs";
import { cut, everywhere, onSmall, stage } from "./places.mjs";

const ENGLISH = new URL("../../static/messages/en/", import.meta.url);
const ACCENTS = { a: "á", c: "ç", e: "é", i: "í", n: "ñ", o: "ó", s: "š", u: "ú", y: "ý", z: "ž" };

/** A text that is not English any more, with its placeables as they were. */
function disguised(text) {
  if (text.trim() === "") return text;
  const letters = text.replace(/\{[^}]*\}|[aceinosuyz]/g, (it) => ACCENTS[it] ?? it);
  const length = text.replace(/\{[^}]*\}/g, "").length;
  return `⟦${letters}${" ~~~~".repeat(Math.ceil(length / 15))}⟧`;
}

/** The file of the language: every English message in disguise. */
async function madeUp(direction) {
  const lines = ["language-name = Made up", "language-plural = one", `language-direction = ${direction}`];
  for (const file of await readdir(ENGLISH)) {
    for (const line of (await readFile(new URL(file, ENGLISH), "utf8")).split("\n")) {
      const plain = line.match(/^([a-z][\w-]* = )([^]*)$/);
      const variant = line.match(/^(\s+\*?\[[^\]]+\] ?)(.*)$/);
      if (variant) lines.push(variant[1] + disguised(variant[2]));
      else if (plain && !plain[2].endsWith("->")) lines.push(plain[1] + disguised(plain[2]));
      else lines.push(line);
    }
  }
  return lines.join("\n");
}

const folder = await mkdtemp(join(tmpdir(), "exchequer-languages-"));
after(() => rm(folder, { recursive: true, force: true }));

/** The built app with one more file beside it, named in its page as the build names it. */
async function built(direction) {
  const dist = join(folder, direction);
  await cp(DIST, dist, { recursive: true });
  await mkdir(join(dist, "messages"));
  await writeFile(join(dist, "messages", "eo.ftl"), await madeUp(direction));
  const page = join(dist, "index.html");
  const link = `<link rel="alternate" class="language" type="text/plain" href="./messages/eo.ftl" hreflang="eo" title="Made up" data-plural="one" data-direction="${direction}" data-pace="">`;
  await writeFile(page, (await readFile(page, "utf8")).replace("</head>", `${link}\n</head>`));
  return dist;
}

/** What the page says that is not in disguise. Scripts and what people wrote are theirs. */
const undisguised = (page) =>
  page.evaluate(() => {
    const theirs = new Set(["phone", "buyer", "seller", "once", "Alice", "Bob", "Harbour", "Summit", "Noodles", "Every", "view", "Year", "Deal", "lunch", "Exchequer", "exchequer", "CNY"]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!element.checkVisibility() || element.closest("code, kbd, pre, textarea, script, style, [lang=en], .script-paint, .lesson-title, article, .review-script, .studio svg")) continue;
      // What is put together has one in another; codes, presets and zones are not translated.
      let rest = node.textContent;
      for (let before = ""; before !== rest; ) [before, rest] = [rest, rest.replace(/⟦[^⟦⟧]*⟧/g, " ")];
      rest = rest.replace(/[a-z]+(\.[a-z-]+)+|[a-z\d-]+@\d|[A-Z][a-z]+\/[A-Z][a-z]+/g, " ");
      const words = (rest.match(/\p{L}{3,}/gu) ?? []).filter((word) => !theirs.has(word) && !/^[A-Z]{3}$/.test(word) && !/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun|Nov)$/.test(word));
      if (words.length > 0) found.add(`${element.className || element.tagName}: ${rest.trim().slice(0, 60)}`);
    }
    return [...found];
  });

for (const direction of ["ltr", "rtl"]) {
  test(`one file more is one language more, on every view: ${direction}`, async (t) => {
    const messages = await madeUp(direction);
    const say = (key) => messages.match(new RegExp(`^${key} = (.+)$`, "m"))[1];
    const options = { dist: await built(direction), locale: "eo", serviceWorkers: "block", say };
    const { page } = await stage(t, options);
    assert.equal(await page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`), `eo ${direction}`);
    await everywhere(page, say, async (place) => {
      if (direction === "ltr") {
        // The guide and what lessons say are texts of their own, not messages.
        if (!["guide"].includes(place)) assert.deepEqual(await undisguised(page), [], `${place}: not translated`);
      } else {
        await assertAccessible(page);
      }
      assert.deepEqual(await cut(page), [], place);
    });
    const small = await stage(t, { ...options, viewport: VIEWPORTS.phone });
    await onSmall(small.page, say, async (place) => assert.deepEqual(await cut(small.page), [], place));
  });
}
