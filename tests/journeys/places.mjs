// Every view and dialog of the app with the way there, for journeys that go
// to all of them.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { visit } from "./app.mjs";

const CATALOGUES = new URL("../../static/messages/", import.meta.url);

/** A language's plain messages by their keys. */
export async function speech(language) {
  const messages = new Map();
  const folder = new URL(`${language}/`, CATALOGUES);
  for (const file of await readdir(folder)) {
    for (const [, key, text] of (await readFile(new URL(file, folder), "utf8")).matchAll(/^([a-z][\w-]*) = (.+)$/gm)) {
      messages.set(key, text);
    }
  }
  return (key) => messages.get(key) ?? assert.fail(`no message ${key} in ${language}`);
}

export const SPEECH = { "en-GB": await speech("en"), "zh-CN": await speech("zh-CN") };

/** A scenario that has something to show on every view. */
const TEXT = `title "Every view"
use cny-2025@1
operator Harbour reserves=10_000.00
operator Summit  reserves=10_000.00
person   Alice   at=Harbour type=II deposit=1_000.00
person   Bob     at=Summit  type=IV cash=500.00
merchant Noodles at=Summit  category=5812
device   Alice/phone
device   Noodles/phone
contract Year
  parties buyer=Alice seller=Noodles
  hold 10.00 from buyer
  step once until 1d
    when seller claims: pay 10.00 to seller
    else: pay 10.00 to buyer
end
central-bank: issue 1_000.00 to=Harbour
09:05 Alice: exchange 500.00
09:06 Alice: pay Noodles 12.50 memo="lunch"
09:07 Alice: contract.open Year as Deal
09:08 Alice: offline.load 50.00
09:09 Bob: pay Noodles 2_500.00
`;

/** The scenario at its end, in a reader's language. */
export async function stage(t, { say, ...options } = {}) {
  const { page } = await visit(t, options);
  say ??= SPEECH[options.locale ?? "en-GB"];
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "every-view.exq", { type: "text/plain" }));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.querySelector(".app").dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    }
  }, TEXT);
  await page.getByRole("heading", { level: 1, name: "Every view" }).waitFor();
  await page.locator(".transport input[type=range], [role=slider]").first().focus();
  await page.keyboard.press("End");
  await page.getByText("limit.payment").first().waitFor();
  return { page, say };
}

const inMenu = (key) => async (page, say) => {
  await page.getByRole("button", { name: say("menu"), exact: true }).click();
  await page.locator(".menu-item", { hasText: say(key) }).first().click();
};
export const tab = (key) => (page, say) => page.getByRole("tab", { name: say(key), exact: true }).click();
const escape = (page) => page.keyboard.press("Escape");
const toHash = (hash) => (page) => page.evaluate((to) => (location.hash = to), hash);
const home = (page) => page.evaluate(() => (location.hash = ""));

/** Every view and dialog: its name, the way there, what is there then, the way back. */
const PLACES = [
  ["board", tab("view-board"), ".board .card"],
  ["sequence", tab("view-sequence"), ".passage"],
  ["books", tab("view-books"), ".books"],
  ["phones", tab("view-phones"), ".phone"],
  ["charts", tab("view-charts"), ".chart"],
  ["registers", tab("view-registers"), ".register"],
  ["studio", tab("view-studio"), ".studio"],
  ["details", async (page, say) => {
    await tab("view-board")(page, say);
    await page.locator(".board .card").first().click();
  }, ".panel-details"],
  ["script", (page, say) => page.getByRole("button", { name: say("see-script"), exact: true }).click(), ".panel-script, .script"],
  ["share", (page, say) => page.getByRole("button", { name: say("share"), exact: true }).click(), ".exports", escape],
  ["rules", (page) => page.locator(".top .chip").click(), ".rules", escape],
  ["invariants", (page) => page.locator(".pill").first().click(), ".invariants", escape],
  ["menu", (page, say) => page.getByRole("button", { name: say("menu"), exact: true }).click(), ".menu-item", escape],
  ["shortcuts", inMenu("shortcuts"), "dialog[open]", escape],
  ["about", inMenu("about-run"), "dialog[open]", escape],
  ["work", inMenu("work-title"), "dialog[open]", escape],
  ["lessons", inMenu("lessons"), "dialog[open]", escape],
  ["lab", inMenu("lab-title"), "dialog[open]", escape],
  ["room", inMenu("room-title"), "dialog[open]", escape],
  ["present", (page, say) => page.getByRole("button", { name: say("present"), exact: true }).click(), ".present", escape],
  ["guide", toHash("#/guide/concepts"), ".guide-text", home],
  ["review", toHash("#/review"), ".review-known", home],
];

/** Goes to each place, lets something be done there, and comes back. */
export async function everywhere(page, say, visitPlace) {
  for (const [name, go, there, back] of PLACES) {
    await go(page, say);
    await page.locator(there).first().waitFor();
    await visitPlace(name);
    if (back) {
      await back(page);
      await page.locator(there).first().waitFor({ state: "hidden" });
    }
  }
}

/** The same on a small screen, where most of it is in the menu. */
export async function onSmall(page, say, visitPlace) {
  await page.locator(".board .card").first().waitFor();
  await visitPlace("story");
  for (const key of ["view-sequence", "view-books", "view-phones", "view-charts", "view-registers"]) {
    await inMenu(key)(page, say);
    await page.locator("#picture").waitFor();
    await visitPlace(key);
  }
  for (const key of ["share", "lessons", "work-title", "shortcuts", "about-run", "rules-title"]) {
    await inMenu(key)(page, say);
    await page.locator("dialog[open]").waitFor();
    await page.locator(".later").first().waitFor({ state: "detached" });
    await visitPlace(key);
    await escape(page);
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  }
  for (const hash of ["#/guide", "#/review"]) {
    await toHash(hash)(page);
    await page.locator("main h1").first().waitFor();
    await visitPlace(hash);
  }
}

/** What is cut off or goes beyond the window. */
export const cut = (page) =>
  page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth + 1) {
      found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${innerWidth}`);
    }
    for (const element of document.querySelectorAll("button, h1, h2, h3, label, p, summary, th, .card-name")) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      if (width <= 1 || height <= 1 || element.closest(".hidden")) continue;
      // Lines are set with more room than letters take.
      const hides = overflowX !== "visible" || overflowY !== "visible";
      const cutShort = element.scrollWidth > element.clientWidth + 1 && textOverflow !== "ellipsis";
      if (hides && overflowX !== "auto" && overflowX !== "scroll" && (cutShort || element.scrollHeight > element.clientHeight + 4)) {
        found.push(`${element.tagName}.${element.className}: ${element.innerText.slice(0, 40)}`);
      }
    }
    return found;
  });
