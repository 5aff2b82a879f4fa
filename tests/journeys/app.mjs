// What journeys share: the built app on a free port, a browser that visits it,
// and the accessibility check.
//
//   import { test } from "node:test";
//   import { visit, assertAccessible } from "./app.mjs";
//
//   test("a first visitor sees …", async (t) => {
//     const { page } = await visit(t);
//     await page.getByRole("button", { name: "Play" }).click();
//     await assertAccessible(page);
//   });
//
// `cargo xtask test --only journeys` builds the app and names the browser; for
// one journey by hand: `cargo xtask build`, then `node --test tests/journeys/X.mjs`.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../benches/serve.mjs";

/** The built app. */
export const DIST =
  process.env.EXCHEQUER_DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

/** The widths that the pictures are drawn for. */
export const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  laptop: { width: 1280, height: 800 },
  desktop: { width: 1920, height: 1080 },
};

const BROWSERS = [
  process.env.EXCHEQUER_BROWSER,
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

let browser;

/** The browser that all journeys of one file share. */
export function launch() {
  browser ??= launchWith();
  return browser;
}

/** A browser of its own with more flags; who launches it closes it. */
export function launchWith(...flags) {
  return chromium.launch({ executablePath: BROWSERS.find(isThere), args: [...FLAGS, ...flags] });
}

function isThere(file) {
  return file !== undefined && existsSync(file);
}

after(async () => {
  if (browser) await (await browser).close();
});

/**
 * Opens the app as a visitor who has never been here. Options are those of a
 * Playwright context (`viewport`, `colorScheme`, `locale`, …), and besides:
 *
 * - `dist`: another build than the one under test;
 * - `base`: the path the app is found under;
 * - `gate`: which files there are, as `serve` asks it;
 * - `at`: what follows the app's address, such as `#/l/birth-of-a-yuan/3`.
 *
 * The journey fails at its end if the page reported an error that the journey
 * has not taken out of `problems`.
 */
export async function visit(t, { dist = DIST, base, at = "", gate, ...options } = {}) {
  const host = await serve(dist, base, gate);
  const context = await (await launch()).newContext({ viewport: VIEWPORTS.laptop, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  t.after(async () => {
    await context.close();
    await host.stop();
    assert.deepEqual(problems, [], "the page reported errors");
  });
  await page.goto(host.url + at);
  await started(page);
  return { page, context, host, problems };
}

/** Whether a file is a part of the program that comes after the first picture. */
export function isLaterPart(file) {
  return file.endsWith(".wasm") && !file.endsWith("_bg.wasm");
}

/** Waits until the app runs and has taken the place of the still picture. */
export async function started(page) {
  await page.locator("html[data-start=done]").waitFor({ state: "attached" });
  await page.locator("#still").waitFor({ state: "detached" });
}

/** Waits until the service worker has stored the app and answers for the page. */
export async function stored(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => {
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
    });
  });
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Waits until no part of the page is on its way and nothing appears or moves any more. */
async function settled(page) {
  await page.waitForFunction(() => !document.querySelector(".later"));
  await page.evaluate(() => {
    const running = document.getAnimations().filter(
      (it) => it.playState === "running" && it.effect.getComputedTiming().endTime !== Infinity,
    );
    return Promise.allSettled(running.map((it) => it.finished));
  });
}

/** Fails with every place where axe-core finds WCAG 2.2 AA broken. */
export async function assertAccessible(page) {
  await settled(page);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }),
  );
  const places = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  at ${target}\n  ${failureSummary}`),
  );
  assert.deepEqual(places, [], "not accessible");
}
