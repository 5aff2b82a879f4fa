// The app for every reader: each view and dialog by axe-core in both themes and
// languages, what a screen reader is told of it, the keyboard alone, forced
// colours, no motion, a page at 200 % and at 320 pixels, roomy text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWPORTS, assertAccessible, launch, started, visit } from "./app.mjs";
import { SPEECH, cut, everywhere, onSmall, stage, tab } from "./places.mjs";

for (const locale of ["en-GB", "zh-CN"]) {
  test(`every view and dialog is accessible in both themes: ${locale}`, async (t) => {
    const { page, say } = await stage(t, { locale });
    await everywhere(page, say, async (name) => {
      for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page).catch((error) => {
          throw new Error(`${name}, ${colorScheme}: ${error.message}`);
        });
      }
    });
  });
}

// ---- What a screen reader is told ----

/** The accessibility tree as the browser hands it to assistive technology. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes
    .filter((node) => !node.ignored)
    .map((node) => ({
      role: node.role?.value ?? "",
      name: (node.name?.value ?? "").trim(),
      level: node.properties?.find(({ name }) => name === "level")?.value?.value,
    }));
}

const ACTIVE = new Set([
  "button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "switch", "slider", "spinbutton", "tab", "menuitem",
]);

test("a screen reader is told the name of everything, and where it is", async (t) => {
  const { page, say } = await stage(t);
  await everywhere(page, say, async (place) => {
    const nodes = await tree(page);
    const nameless = nodes.filter(({ role, name }) => ACTIVE.has(role) && name === "");
    assert.deepEqual(nameless, [], `${place}: something to use has no name`);
    const pictures = nodes.filter(({ role, name }) => ["img", "image"].includes(role) && name === "");
    assert.deepEqual(pictures, [], `${place}: a picture has no words`);
    const levels = nodes.filter(({ role }) => role === "heading").map(({ level }) => level);
    assert.ok(levels.includes(1) || (await page.locator("dialog[open]").count()) > 0, `${place}: no main heading`);
    levels.reduce((above, level) => {
      assert.ok(level <= above + 1, `${place}: headings skip from ${above} to ${level}: ${levels}`);
      return level;
    }, Math.max(0, levels[0] - 1));
    const landmarks = nodes.filter(({ role }) => ["banner", "navigation", "main", "complementary", "region", "form"].includes(role));
    const named = landmarks.map(({ role, name }) => `${role} ${name}`);
    assert.equal(new Set(named).size, named.length, `${place}: landmarks that cannot be told apart: ${named}`);
    if (!(await page.locator("dialog[open]").count())) {
      assert.equal(landmarks.filter(({ role }) => role === "main").length, 1, `${place}: one main part`);
    }
  });
});

test("what happens is said as it happens, and what is hidden is in no tree", async (t) => {
  const { page } = await visit(t);
  const caption = page.locator(".caption");
  assert.equal(await caption.getAttribute("aria-live"), "polite");
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("Home");
  const said = new Set();
  for (let beat = 0; beat < 4; beat += 1) {
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((before) => !before.includes(document.querySelector(".caption").innerText), [...said]);
    said.add(await caption.innerText());
  }
  assert.ok([...said].some((it) => it.includes("Alice paid Noodles 12.50")), [...said].join("\n"));
  // The board's picture has words: who has what.
  const names = (await tree(page)).map(({ name }) => name).join("\n");
  assert.match(names, /Alice[^]*487\.50/);
  await page.getByLabel("Seen as").selectOption({ label: "Summit" });
  await page.locator(".card .redacted").first().waitFor();
  const hidden = (await tree(page)).filter(({ role }) => !["option", "menuListOption", "MenuListPopup"].includes(role));
  const told = hidden.map(({ name }) => name).join("\n");
  assert.doesNotMatch(told, /487\.50/);
});

// ---- The keyboard alone ----

/** What has the focus: its words, whether it can be seen, whether a ring shows it. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    // A field that is drawn by what is around it has its ring there.
    const hasRing = [element, element.parentElement, element.parentElement?.parentElement].some((it) => {
      const { outlineStyle, outlineWidth } = it ? getComputedStyle(it) : {};
      return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
    });
    const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
    return {
      tag: element.tagName,
      name: element.getAttribute("aria-label") ?? element.innerText ?? "",
      isSeen: width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
      hasRing,
    };
  });

/** Tabs on until what has the focus is what is looked for; every stop can be seen. */
async function tabTo(page, matches, { back = false, most = 80 } = {}) {
  for (let stop = 0; stop < most; stop += 1) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const now = await focused(page);
    if (now.tag === "BODY") continue;
    assert.ok(now.isSeen, `the focus went out of sight: ${JSON.stringify(now)}`);
    assert.ok(now.hasRing, `nothing shows the focus: ${JSON.stringify(now)}`);
    if (await page.evaluate(matches)) return now;
  }
  assert.fail(`never reached: ${matches}`);
}

const isNamed = (name) => `(() => {
  const it = document.activeElement;
  const words = it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText ?? "";
  return words.trim() === ${JSON.stringify(name)};
})()`;
const isIn = (selector) => `document.activeElement.closest(${JSON.stringify(selector)}) !== null`;

test("a newcomer plays, answers, looks closer, acts and takes it back by keyboard alone", async (t) => {
  const { page } = await visit(t);
  // Play to the question, answer it, see what happened.
  await tabTo(page, isNamed("Play"));
  await tabTo(page, isNamed("Pace"));
  await page.keyboard.press("End");
  await tabTo(page, isNamed("Play"), { back: true });
  await page.keyboard.press("Enter");
  const question = page.getByRole("region", { name: "Question" });
  await question.waitFor();
  await tabTo(page, isIn(".question input"), { back: true });
  for (let choice = 0; choice < 3 && !(await page.getByLabel("Refused").isChecked()); choice += 1) {
    await page.keyboard.press("ArrowDown");
  }
  assert.ok(await page.getByLabel("Refused").isChecked());
  await tabTo(page, isNamed("See what happens"));
  await page.keyboard.press("Enter");
  await page.getByText("limit.payment").first().waitFor();

  // Scrub back and on.
  await tabTo(page, isNamed("Timeline"));
  await page.keyboard.press("Home");
  await page.locator(".caption", { hasText: "" }).waitFor();
  await page.keyboard.press("End");
  await page.getByText("limit.payment").first().waitFor();

  // Somebody's details, and an act of theirs.
  await tabTo(page, `${isIn(".board .card")} && document.activeElement.innerText.includes("Alice")`, { back: true });
  await page.keyboard.press("Enter");
  await page.locator(".panel-details").waitFor();
  await tabTo(page, isNamed("Do…"));
  await page.keyboard.press("Enter");
  await page.locator(".doing-form").waitFor();
  await tabTo(page, isNamed("What"));
  await page.keyboard.type("Pay");
  await page.getByLabel("To", { exact: true }).waitFor();
  await tabTo(page, isNamed("To"));
  await page.keyboard.type("Noodles");
  await tabTo(page, isNamed("Amount"));
  await page.keyboard.type("3.00");
  await tabTo(page, isNamed("Do it"));
  await page.keyboard.press("Enter");
  await page.locator(".caption", { hasText: "3.00" }).waitFor();
  await page.keyboard.press("Control+z");
  await page.locator(".caption", { hasText: "3.00" }).waitFor({ state: "detached" });

  // The script, a word in it, and out of it again by Tab.
  await tabTo(page, isNamed("See the script"), { back: true });
  await page.keyboard.press("Enter");
  await tabTo(page, "document.activeElement.tagName === 'TEXTAREA'");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# a word\n");
  assert.match(await page.getByLabel("The scenario as a script").inputValue(), /# a word\n$/);
  await page.keyboard.press("Escape");
  await tabTo(page, "document.activeElement.tagName !== 'TEXTAREA'");

  // Views by arrows.
  await tabTo(page, `${isIn("[role=tab]")}`, { back: true });
  await page.keyboard.press("ArrowRight");
  await page.locator(".passage").first().waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator(".books").first().waitFor();
});

test("dialogs and menus take the focus, keep it, and give it back", async (t) => {
  const { page } = await visit(t);
  await tabTo(page, isNamed("Share"));
  await page.keyboard.press("Enter");
  await page.locator(".exports").waitFor();
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press("Tab");
    const out = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest("dialog"));
    assert.equal(out, false, "the focus left the dialog for the page behind it");
  }
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  assert.ok(await page.evaluate(isNamed("Share")), "the focus did not come back to Share");

  await tabTo(page, isNamed("More"));
  await page.keyboard.press("Enter");
  await tabTo(page, `${isIn(".menu-item")} && document.activeElement.innerText.includes("Lessons")`);
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  await tabTo(page, `${isIn("dialog[open]")} && document.activeElement.innerText.includes("Payday")`);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Payday" }).waitFor();
});

// ---- Other ways of looking ----

test("with forced colours everything that is drawn is still there", async (t) => {
  const { page, say } = await stage(t, { forcedColors: "active" });
  await everywhere(page, say, async (place) => {
    // What is chosen or pressed differs by more than its colour from what is not.
    const same = await page.evaluate(() => {
      const looks = (element) => {
        const { outline, border, borderBlockEnd, backgroundColor, textDecorationLine, fontWeight, color } = getComputedStyle(element);
        const own = [outline, border, borderBlockEnd, backgroundColor, textDecorationLine, fontWeight, color].join();
        return [own, ...[...element.children].map(looks)].join();
      };
      const pairs = [["[role=tab][aria-selected=true]", "[role=tab][aria-selected=false]"], ["[aria-pressed=true]", "[aria-pressed=false]"]];
      return pairs.filter(([on, off]) => {
        const [is, not] = [document.querySelector(on), document.querySelector(off)];
        return is && not && is.offsetParent && not.offsetParent && looks(is) === looks(not);
      });
    });
    assert.deepEqual(same, [], `${place}: what is on looks like what is off`);
  });
  await tab("view-board")(page, say);
  const lines = await page.evaluate(() => {
    const ground = getComputedStyle(document.body).backgroundColor;
    const drawn = [...document.querySelectorAll(".board svg path, .board svg line")].filter((it) => it.getBoundingClientRect().width + it.getBoundingClientRect().height > 0);
    return { count: drawn.length, lost: drawn.filter((it) => getComputedStyle(it).stroke === ground && getComputedStyle(it).fill === ground).length };
  });
  assert.ok(lines.count > 0 && lines.lost === 0, JSON.stringify(lines));
});

test("without motion nothing moves, and sums stand at both ends", async (t) => {
  const { page } = await visit(t, { reducedMotion: "reduce" });
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("Home");
  for (let beat = 0; beat < 4; beat += 1) {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(100);
    const moving = await page.evaluate(() =>
      document.getAnimations().filter((it) => it.playState === "running" && it.effect.getKeyframes().some((frame) => "transform" in frame || "offsetDistance" in frame || "left" in frame)).length,
    );
    assert.equal(moving, 0, "something moves");
  }
  await page.locator(".caption", { hasText: "Alice paid Noodles 12.50" }).waitFor();
  await page.locator(".board").getByText(/[−-]12\.50/).first().waitFor();
  await page.locator(".board").getByText("+12.50").first().waitFor();
});

const CLOSE = [
  ["1280 pixels at 200 %", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ["320 pixels", { viewport: { width: 320, height: 640 } }],
];

for (const [name, options] of CLOSE) {
  test(`everything can be reached and read at ${name}`, async (t) => {
    const { page } = await visit(t, options);
    await onSmall(page, SPEECH["en-GB"], async (place) => assert.deepEqual(await cut(page), [], place));
  });
}

test("text may be set with more room, and nothing of it is lost", async (t) => {
  const { page, say } = await stage(t);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets = [sheet];
  });
  await everywhere(page, say, async (place) => assert.deepEqual(await cut(page), [], place));
});

test("what is pressed is large enough for a finger, or far enough from the next", async (t) => {
  for (const viewport of [VIEWPORTS.laptop, VIEWPORTS.phone]) {
    const context = await (await launch()).newContext({ viewport });
    const page = await context.newPage();
    const { host } = await visit(t);
    await page.goto(host.url);
    await started(page);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, a[href], input, select, summary, [role=tab]")]
        .filter((it) => it.checkVisibility?.() && !it.closest("p, li p"))
        .map((it) => [it, it.getBoundingClientRect()])
        .filter(([, { width, height }]) => width > 1 && height > 1 && (width < 24 || height < 24))
        .map(([it, { width, height }]) => `${it.tagName} ${it.className} ${it.innerText?.slice(0, 20)} ${width}×${height}`),
    );
    assert.deepEqual(small, []);
    await context.close();
  }
});
