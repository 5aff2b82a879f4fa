// Every view at every width, in both themes, beside how it looked when somebody
// last looked at it: `cargo xtask soak`. What is kept of a picture is how light
// it is at 48 by 30 places, so that another machine's letters do no harm and a
// thing that is lost, or in another place, is seen. The pictures themselves are
// written to `target/pictures`, to be looked at; with EXCHEQUER_BLESS=1 what
// they are is what they shall be.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { VIEWPORTS } from "../journeys/app.mjs";
import { SPEECH, everywhere, onSmall, stage } from "../journeys/places.mjs";

const KEPT = new URL("kept.json", import.meta.url);
const OUT = process.env.EXCHEQUER_PICTURES ?? fileURLToPath(new URL("../../target/pictures", import.meta.url));
const BLESS = process.env.EXCHEQUER_BLESS === "1";

/** How far, of 255, pictures may be apart on the whole and at a place. */
const [WHOLE, PLACE] = [6, 96];

const kept = JSON.parse(readFileSync(KEPT, "utf8"));
const found = {};

/** How light a PNG is at each place, as two digits each. */
function lightness(page, png) {
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [48, 30];
    const brush = canvas.getContext("2d");
    brush.imageSmoothingQuality = "high";
    brush.drawImage(image, 0, 0, 48, 30);
    const { data: all } = brush.getImageData(0, 0, 48, 30);
    let digits = "";
    for (let at = 0; at < all.length; at += 4) {
      const light = Math.round(0.3 * all[at] + 0.59 * all[at + 1] + 0.11 * all[at + 2]);
      digits += light.toString(16).padStart(2, "0");
    }
    return digits;
  }, png.toString("base64"));
}

/** How far two are apart: on the whole, and where it is most. */
function apart(one, other) {
  const at = (digits, index) => parseInt(digits.slice(index, index + 2), 16);
  const all = [];
  for (let index = 0; index < one.length; index += 2) all.push(Math.abs(at(one, index) - at(other, index)));
  return { whole: all.reduce((sum, it) => sum + it, 0) / all.length, place: Math.max(...all) };
}

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every view looks as it did: ${size} ${colorScheme}`, async (t) => {
      const options = { viewport, colorScheme, reducedMotion: "reduce", serviceWorkers: "block" };
      const { page, say } = await stage(t, options);
      const changed = [];
      const look = async (place) => {
        await page.waitForFunction(() => !document.querySelector(".later"));
        await page.waitForTimeout(400);
        const name = `${size}-${colorScheme}-${place.replace(/\W+/g, "-")}`;
        const png = await page.screenshot({ animations: "disabled", caret: "hide" });
        mkdirSync(OUT, { recursive: true });
        writeFileSync(`${OUT}/${name}.png`, png);
        found[name] = await lightness(page, png);
        const { whole, place: most } = kept[name] ? apart(found[name], kept[name]) : { whole: 255, place: 255 };
        if (whole > WHOLE || most > PLACE) changed.push(`${name}: ${whole.toFixed(1)}, at a place ${most}`);
      };
      await (size === "phone" ? onSmall(page, SPEECH["en-GB"], look) : everywhere(page, say, look));
      if (!BLESS) assert.deepEqual(changed, [], `look at them in ${OUT}`);
    });
  }
}

after(() => {
  if (BLESS) writeFileSync(KEPT, `${JSON.stringify(found, null, 1)}\n`);
});
