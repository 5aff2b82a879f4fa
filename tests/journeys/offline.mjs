// Phones without a network: two side by side, held together, and what crosses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWPORTS, assertAccessible, visit } from "./app.mjs";

/** The lesson's first step at its end: 300 are in Alice's phone. */
async function loaded(t, options) {
  const { page } = await visit(t, { at: "#/l/tunnel-payment", ...options });
  await page.getByRole("heading", { level: 1, name: "Tunnel payment" }).waitFor();
  await page.getByRole("slider", { name: "Timeline" }).focus();
  await page.keyboard.press("End");
  await page.getByRole("tab", { name: "Phones" }).click();
  await page.locator(".device").first().waitFor();
  return page;
}

test("two phones are held together, and the payment is a line of script", async (t) => {
  const page = await loaded(t);
  const tap = page.locator(".tap");
  await tap.getByLabel("How much").fill("400");
  await tap.getByText("there is less in the device").waitFor();
  await tap.getByLabel("How much").fill("12.50");
  await tap.getByText("This can go offline.").waitFor();
  await tap.getByText("Alice: offline.pay Kiosk 12.50").waitFor();
  await tap.getByRole("button", { name: "Hold it to the phone of Kiosk" }).click();
  await page.locator(".caption").getByText("with no network").waitFor();
  const crossed = tap.locator(".crossed li");
  await crossed.nth(2).waitFor();
  assert.equal(await crossed.count(), 3, "request, payment and receipt");
  await crossed.nth(1).locator("summary").click();
  await crossed.nth(1).locator(".qr").first().waitFor();
  await page.getByRole("button", { name: "See the script" }).click();
  const script = page.getByLabel("The scenario as a script");
  assert.match(await script.inputValue(), /^Alice: offline\.pay Kiosk 12\.50$/m);
});

test("without a network the bank cannot be reached, and the switch says so", async (t) => {
  const page = await loaded(t);
  // The switch follows the script, which has the line first.
  await page.getByLabel("No network").first().click();
  await page.getByText("The bank cannot be reached without a network.").waitFor();
  const report = page.locator(".tap").getByRole("button", { name: "Report" });
  assert.equal(await report.isDisabled(), true);
});

for (const [name, size] of Object.entries(VIEWPORTS).filter(([name]) => name !== "phone")) {
  test(`two phones are accessible on a ${name}`, async (t) => {
    const page = await loaded(t, { viewport: size });
    await assertAccessible(page);
  });
}

for (const [name, size] of Object.entries(VIEWPORTS)) {
  test(`every attack is played under every model, and tells how it was found, on a ${name}`, async (t) => {
    const { page } = await visit(t, { viewport: size });
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("button", { name: "Attack lab" }).click();
    const lab = page.getByRole("dialog", { name: "Attack lab" });
    await lab.getByRole("rowheader", { name: "Stolen device, stale list" }).waitFor({ timeout: 60_000 });
    assert.equal(await lab.locator(".lab-cell").count(), 18 * 5);
    await lab.getByRole("button", { name: /Copied device, Coins:.*Payee loses 32\.00/ }).click();
    await lab.getByText("Named: Mallory. Its own signatures say so.").first().waitFor();
    await lab.getByText("given away already").first().waitFor();
    await assertAccessible(page);
  });
}
