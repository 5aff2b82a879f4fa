// For whoever teaches: the gallery, short links, the story before a room with
// a remote, the code to scan, and the app in a frame of another page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../benches/serve.mjs";
import { DIST, VIEWPORTS, assertAccessible, launch, started, visit } from "./app.mjs";

const EXAMPLES = fileURLToPath(new URL("../../crates/npm/examples", import.meta.url));

/** The two shapes of projectors. */
const SCREENS = { "16:9": { width: 1920, height: 1080 }, "4:3": { width: 1024, height: 768 } };

for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [VIEWPORTS.phone, VIEWPORTS.laptop]) {
    const where = `${viewport.width} ${colorScheme}`;
    test(`a lesson is chosen by keyboard, and gone on with where one was: ${where}`, async (t) => {
      const { page, host } = await visit(t, { viewport, colorScheme });
      await page.keyboard.press("l");
      const gallery = page.getByRole("dialog", { name: "Lessons" });
      await gallery.getByRole("heading", { name: "Without a network" }).waitFor();
      assert.equal(await gallery.locator(".lesson").count(), 17);
      await assertAccessible(page);
      await gallery.getByRole("button", { name: /^Payday/ }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("Step 1 of 10").waitFor();
      await page.evaluate(() => (location.hash = "#/l/payday/3"));
      await page.getByText("Step 3 of 10").waitFor();
      await page.goto("about:blank");
      await page.goto(host.url);
      await started(page);
      await page.keyboard.press("l");
      await gallery.getByText("Where you were").waitFor();
      await gallery.getByText("Step 3 of 10").first().waitFor();
      await assertAccessible(page);
      await gallery.getByRole("button", { name: "Go on" }).click();
      await page.getByText("Step 3 of 10").waitFor();
      assert.equal(await gallery.count(), 0);
    });
  }
}

test("the gallery speaks Chinese", async (t) => {
  const { page } = await visit(t, { locale: "zh-CN" });
  await page.keyboard.press("l");
  const gallery = page.getByRole("dialog", { name: "课程" });
  await gallery.getByRole("heading", { name: "没有网络的时候" }).waitFor();
  await gallery.getByRole("button", { name: /^一元钱的诞生/ }).waitFor();
});

test("a short link that names nothing says so, and the gallery is offered", async (t) => {
  const { page } = await visit(t, { at: "#/l/pay-day" });
  const told = page.getByRole("alert").filter({ hasText: "No lesson is called “pay-day”" });
  await told.waitFor();
  await assertAccessible(page);
  await told.getByRole("button", { name: "See all lessons" }).click();
  await page.getByRole("dialog", { name: "Lessons" }).waitFor();
  await page.keyboard.press("Escape");
  // The page stays open while its address changes.
  await page.evaluate(() => (location.hash = "#/l/payday/99"));
  await page.getByText("has the steps 1 to 10, and no step “99”").waitFor();
  await page.getByRole("button", { name: "Begin it at its start" }).click();
  await page.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
  await page.evaluate(() => (location.hash = "#/l/who-sees-what/4"));
  await page.getByText("Step 4 of 10").waitFor();
});

test("a short link leaves one's own work as it was", async (t) => {
  const { page } = await visit(t);
  await page.getByRole("button", { name: "See the script" }).click();
  const script = page.getByLabel("The scenario as a script");
  await script.fill((await script.inputValue()).replace("Birth of a yuan", "My own story"));
  await page.getByText(/^(Kept|Saved)/).first().waitFor();
  await page.evaluate(() => (location.hash = "#/l/payday/2"));
  await page.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Your work" }).click();
  const work = page.getByRole("dialog", { name: "Your work" });
  await work.getByRole("listitem").filter({ hasText: "My own story" }).getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { level: 1, name: "My own story" }).waitFor();
});

test("Share offers a lesson's short link at its step, and its code for a room", async (t) => {
  const { page } = await visit(t, { at: "#/l/payday/2" });
  await page.getByText("Step 2 of 10").waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByLabel("Address of this lesson", { exact: true }).and(page.locator("input"));
  assert.match(await field.inputValue(), /\/#\/l\/payday\/2$/);
  await assertAccessible(page);
  await page.getByRole("button", { name: "Show the room a code" }).click();
  const code = page.getByRole("dialog", { name: "Code for the room" });
  await code.getByRole("img", { name: /QR code that opens/ }).waitFor();
  assert.match(await code.locator(".room-code-link").textContent(), /#\/l\/payday$/);
  await code.getByRole("button", { name: "At step 2" }).click();
  await code.getByText(/#\/l\/payday\/2$/).waitFor();
  const { width, height } = await code.getByRole("img").boundingBox();
  assert.ok(Math.min(width, height) > 500, `the code is ${width} × ${height}`);
  await assertAccessible(page);
});

/** Everything before a room that is cut off, or lies over something else. */
function faults(page) {
  return page.evaluate(() => {
    const found = [];
    const root = document.querySelector(".present");
    const there = (it) => it.getClientRects().length > 0;
    for (const it of root.querySelectorAll("h1, p, li, .card, .present-caption")) {
      if (!there(it)) continue;
      const { left, top, right, bottom } = it.getBoundingClientRect();
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) {
        found.push(`${it.className || it.tagName} leaves the screen`);
      }
    }
    for (const it of root.querySelectorAll(".present-question, .present-caption, .fit .board")) {
      if (there(it) && (it.scrollHeight > it.clientHeight + 2 || it.scrollWidth > it.clientWidth + 2)) {
        found.push(`${it.className} is cut off: ${it.scrollWidth} × ${it.scrollHeight} in ${it.clientWidth} × ${it.clientHeight}`);
      }
    }
    const parts = [".present-head", ".fit", ".present-question", ".present-caption"]
      .map((name) => root.querySelector(name))
      .filter((it) => it && there(it));
    parts.forEach((one, index) => {
      const a = one.getBoundingClientRect();
      for (const other of parts.slice(index + 1)) {
        const b = other.getBoundingClientRect();
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 1) found.push(`${one.className} lies over ${other.className}`);
      }
    });
    return found;
  });
}

for (const [shape, viewport] of Object.entries(SCREENS)) {
  for (const [colorScheme, locale] of [["light", "en-GB"], ["dark", "zh-CN"]]) {
    test(`a story is told to a room with a remote: ${shape} ${colorScheme} ${locale}`, async (t) => {
      const { page } = await visit(t, { viewport, colorScheme, locale, reducedMotion: "reduce" });
      await page.keyboard.press("p");
      const stage = page.locator(".present");
      await stage.waitFor();
      assert.equal(await page.locator(".app").count(), 0, "nothing else is there");
      const caption = page.locator(".present-caption");
      const before = await caption.textContent();
      await page.keyboard.press("PageDown");
      for (let presses = 0; presses < 30; presses += 1) {
        await page.waitForTimeout(250);
        assert.deepEqual(await faults(page), [], `after ${presses} presses`);
        if (await page.locator(".present-asked").count()) break;
        await page.keyboard.press("PageDown");
      }
      assert.notEqual(await caption.textContent(), before);
      await page.locator(".present-asked").waitFor();
      const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".present")).fontSize));
      assert.ok(size >= 24, `letters of ${size} px`);
      // Hands go up; the room sees how many only when it is told to.
      for (const key of ["a", "b", "b", "B", "b"]) await page.keyboard.press(key);
      await page.keyboard.press("Shift+B");
      assert.equal(await page.locator(".present-count").count(), 0);
      await page.keyboard.press("h");
      const counts = await page.locator(".present-count").allTextContents();
      assert.deepEqual(counts.map((it) => parseInt(it, 10)), [1, 3, 0]);
      await page.waitForTimeout(200);
      assert.deepEqual(await faults(page), [], "at the question");
      await assertAccessible(page);
      await page.keyboard.press("PageDown");
      await page.locator(".present-right").waitFor();
      await page.locator(".present-reveal").waitFor();
      await page.waitForTimeout(400);
      assert.deepEqual(await faults(page), [], "at what happened");
      await assertAccessible(page);
      // Black and back; the code for the room; from the start; back to the app.
      await page.keyboard.press("b");
      await page.locator(".present-blank").waitFor();
      await page.keyboard.press("PageDown");
      await page.locator(".present-blank").waitFor({ state: "detached" });
      await page.locator(".present-told").waitFor();
      await page.keyboard.press("q");
      await page.locator(".room-code .qr").waitFor();
      await assertAccessible(page);
      await page.keyboard.press("Escape");
      await page.locator(".room-code").waitFor({ state: "detached" });
      await page.keyboard.press("Home");
      await page.locator(".present-telling").waitFor();
      await page.keyboard.press("Escape");
      await page.locator(".app").waitFor();
      assert.equal(await stage.count(), 0);
    });
  }
}

test("the controls rest until the pointer moves, and the button leads there", async (t) => {
  const { page } = await visit(t);
  await page.getByRole("button", { name: "Present", exact: true }).click();
  const bar = page.locator(".present-bar");
  await bar.waitFor();
  const opacity = () => bar.evaluate((it) => Number(getComputedStyle(it).opacity));
  await page.locator(".present-resting").waitFor();
  await page.waitForTimeout(300);
  assert.equal(await opacity(), 0);
  await page.mouse.move(300, 300);
  await page.mouse.move(320, 300);
  await page.waitForTimeout(300);
  assert.equal(await opacity(), 1);
  await bar.getByRole("button", { name: "Black" }).click();
  await page.getByRole("button", { name: "Show the picture again" }).click();
  await bar.getByRole("button", { name: "Leave" }).click();
  await page.locator(".app").waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Next event; at a question, what happened").waitFor();
});

/** The example page on another port than the app's, in a tab of its own. */
async function embedded(t, options = {}) {
  const [app, page] = await Promise.all([serve(DIST), serve(EXAMPLES)]);
  const context = await (await launch()).newContext({ viewport: VIEWPORTS.laptop, ...options });
  t.after(async () => {
    await context.close();
    await Promise.all([app.stop(), page.stop()]);
  });
  const tab = await context.newPage();
  const problems = [];
  tab.on("pageerror", (error) => problems.push(error.message));
  tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  t.after(() => assert.deepEqual(problems, []));
  await tab.goto(`${page.url}embed.html?app=${encodeURIComponent(app.url)}`);
  return { tab, app, frame: tab.frameLocator("iframe"), log: tab.locator("#log") };
}

for (const colorScheme of ["light", "dark"]) {
  test(`a page of another origin drives a story in its frame: ${colorScheme}`, async (t) => {
    const { tab, frame, log } = await embedded(t, { colorScheme });
    await log.getByText('"type":"ready"').waitFor();
    const state = tab.locator("#state");
    await state.getByText("Birth of a yuan, step 1 of 4, standing.").waitFor();
    await tab.getByRole("button", { name: "Payday, step 3" }).click();
    await state.getByText("Payday, step 3 of 10").waitFor();
    await frame.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
    await tab.getByRole("button", { name: "Birth of a yuan" }).click();
    await state.getByText("Birth of a yuan, step 1 of 4").waitFor();
    await tab.getByRole("button", { name: "Play", exact: true }).click();
    await state.getByText("playing").waitFor();
    await frame.getByRole("button", { name: "Pause" }).click();
    await state.getByText("standing").waitFor();
    await tab.getByRole("button", { name: "Step 4" }).click();
    await state.getByText("step 4 of 4").waitFor();
    for (let presses = 0; presses < 5; presses += 1) {
      if ((await state.textContent()).includes("It asks:")) break;
      await tab.getByRole("button", { name: "Next" }).click();
      await tab.waitForTimeout(300);
    }
    await state.getByText("It asks: Bob's wallet knows only his phone number.").waitFor();
    await tab.getByRole("button", { name: "Just show" }).click();
    await frame.getByText("limit.payment").first().waitFor();
    await tab.getByRole("button", { name: "Something it does not know" }).click();
    await log.getByText('"code":"type"').waitFor();
    // To be watched, not edited.
    for (const name of ["See the script", "Share", "More", "Pay 2,000 instead"]) {
      assert.equal(await frame.getByRole("button", { name }).count(), 0, name);
    }
    const whole = await frame.getByRole("link", { name: "Open in Exchequer" }).getAttribute("href");
    assert.match(whole, /^http:\/\/127\.0\.0\.1:\d+\/#\/l\/birth-of-a-yuan\/4$/);
    await assertAccessible(tab.frames()[1]);
  });
}

test("a frame neither hears nor answers a page that its address does not name", async (t) => {
  const { tab, app, frame, log } = await embedded(t);
  await log.getByText('"type":"ready"').waitFor();
  for (const origin of ["https://elsewhere.example", "*", ""]) {
    await tab.evaluate(
      ([address, origin]) => {
        document.querySelector("#log").textContent = "";
        document.querySelector("iframe").src = `${address}?embed=1&origin=${encodeURIComponent(origin)}#/l/payday`;
      },
      [app.url, origin],
    );
    await frame.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
    await tab.getByRole("button", { name: "Step 4" }).click();
    await tab.getByRole("button", { name: "Something it does not know" }).click();
    await tab.waitForTimeout(500);
    await frame.getByText("Step 1 of 10").waitFor();
    assert.equal(await log.textContent(), "", origin);
  }
});
