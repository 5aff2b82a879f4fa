// How evenly the board moves: 200 people at four banks who make 100 payments a
// second, beside a bare page that moves as many tokens between as many boxes.

/** Seconds until the measuring begins, and how long it lasts. */
const [WARM, LONG] = [3, 10];

const BANKS = ["Harbour", "Summit", "Meadow", "Quarry"];
const people = Array.from({ length: 200 }, (_, at) => `P${at}`);
const TOWN = [
  'title "A busy town"',
  "use cny-2025@1",
  ...BANKS.map((bank) => `operator ${bank} reserves=1_000_000.00`),
  ...people.map((name, at) => `person ${name} at=${BANKS[at % 4]} type=II deposit=1_000.00`),
  ...BANKS.map((bank) => `central-bank: issue 100_000.00 to=${bank}`),
  ...people.map((name) => `${name}: exchange 500.00`),
  'step "Everybody pays"',
  // A payment every 10 ms, for as long as it is looked at and some more.
  ...Array.from({ length: (WARM + LONG) * 130 }, (_, at) => `+10ms ${people[(at * 7) % 200]}: pay ${people[(at * 13 + 5) % 200]} 1.00`),
  "",
].join("\n");

/** The bare page's script: boxes, and a token from one to another, 100 times a second. */
const BARE = `
  const boxes = Array.from({ length: 200 }, (_, at) => {
    const box = document.body.appendChild(document.createElement("div"));
    box.textContent = "0.00";
    box.style.cssText = "position:absolute;width:56px;height:24px;border:1px solid;left:" + (at % 20) * 62 + "px;top:" + Math.floor(at / 20) * 60 + "px";
    return box;
  });
  let turn = 0;
  setInterval(() => {
    const [from, to] = [boxes[(turn * 7) % 200], boxes[(turn * 13 + 5) % 200]];
    const token = document.body.appendChild(document.createElement("div"));
    token.textContent = "20.00";
    token.style.cssText = "position:absolute;left:0;top:0;border-radius:12px;border:1px solid;padding:2px";
    const at = (box) => "translate(" + box.style.left + "," + box.style.top + ")";
    token.animate([{ transform: at(from) }, { transform: at(to) }], 640).onfinish = () => token.remove();
    to.textContent = (turn += 1).toFixed(2);
  }, 10);
`;

/** Frames a second and the length of the slow ones, in milliseconds. */
function measured(page) {
  return page.evaluate(
    ([warm, long]) =>
      new Promise((resolve) => {
        const lengths = [];
        let before;
        const begin = performance.now() + warm * 1_000;
        const frame = (now) => {
          if (now >= begin && before !== undefined) lengths.push(now - before);
          if (now >= begin) before = now;
          if (now < begin + long * 1_000) return requestAnimationFrame(frame);
          lengths.sort((one, other) => one - other);
          resolve({
            rate: lengths.length / long,
            slow: lengths[Math.floor(lengths.length * 0.95)],
            longest: lengths.at(-1),
          });
        };
        requestAnimationFrame(frame);
      }),
    [WARM, LONG],
  );
}

/** Both, one after the other. */
export async function frames(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("html[data-start=done]").waitFor({ state: "attached" });
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "town.exq", { type: "text/plain" }));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.querySelector(".app").dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    }
  }, TOWN);
  await page.getByRole("heading", { level: 1, name: "A busy town" }).waitFor();
  await page.getByLabel("Pace").selectOption("Clock 1×");
  // Past what comes before the payments.
  const timeline = page.locator(".timeline input");
  await timeline.fill(String(Math.round(Number(await timeline.getAttribute("max")) * 0.3)));
  await page.getByRole("button", { name: "Play", exact: true }).click();
  const seconds = async () => {
    const [hours, minutes, rest] = (await page.locator(".clock").textContent()).match(/\d\d:\d\d:\d\d/)[0].split(":").map(Number);
    return hours * 3_600 + minutes * 60 + rest;
  };
  await page.waitForTimeout(1_000);
  const begun = await seconds();
  const app = await measured(page);
  // What is measured has to have happened: a second of the story each second.
  const told = (await seconds()) - begun;
  if (told < (WARM + LONG) * 0.8) throw new Error(`the clock came ${told} s far in ${WARM + LONG} s`);
  await page.goto("about:blank");
  await page.setContent("<!doctype html><body>");
  await page.addScriptTag({ content: BARE });
  const bare = await measured(page);
  await context.close();
  return { app, bare };
}
