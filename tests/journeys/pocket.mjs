// A wallet of one's own: certified and loaded by the Stage, paying with no
// network, and reporting back; what was spent twice is found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VIEWPORTS, assertAccessible, launchWith, started, stored, visit } from "./app.mjs";

const PHONE = { viewport: VIEWPORTS.phone };

/** The Stage with a room that is open. */
async function teacher(t, options) {
  const { page } = await visit(t, options);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Room", exact: true }).click();
  const room = page.getByRole("dialog", { name: "Room" });
  await room.getByRole("button", { name: "Open a room" }).click();
  await room.getByRole("heading", { name: "Scan this to take a seat" }).waitFor();
  const link = await room.locator("a.room-link").innerText();
  return { page, room, at: link.slice(link.indexOf("#")) };
}

/** A phone that takes a seat in a room. */
async function seat(t, at, number) {
  const phone = await visit(t, { at, ...PHONE });
  await phone.page.getByLabel("Seat, 1 to 60").fill(String(number));
  await phone.page.getByRole("button", { name: "Take the seat" }).click();
  await phone.page.getByRole("heading", { level: 1, name: `Seat ${number}` }).waitFor();
  return phone;
}

const shown = (at) => at.locator(".pocket-shown textarea").inputValue();

/** One screen's message is pasted into another. */
async function read(text, to) {
  await to.getByLabel("Paste the text of a code").fill(text);
  await to.getByRole("button", { name: "Read the text" }).click();
}

async function asks(page, sum) {
  await page.getByRole("button", { name: "Ask for money" }).click();
  await page.getByLabel("How much").fill(sum);
  await page.getByRole("button", { name: "Show the request" }).click();
  await page.getByRole("heading", { name: "Show this to the payer" }).waitFor();
  return shown(page);
}

/** Pays a request up to the payment on the payer's screen. */
async function pays(page, request, sum, payee) {
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  await read(request, page);
  await page.getByRole("heading", { name: `Pay ${sum} to ${payee}?` }).waitFor();
  await page.getByRole("button", { name: `Pay ${sum}`, exact: true }).click();
  await page.getByRole("heading", { name: "Show this payment to the payee" }).waitFor();
  return shown(page);
}

async function takes(page, pay) {
  await read(pay, page);
  await page.getByRole("heading", { name: "Show this receipt to the payer" }).waitFor();
  return shown(page);
}

/** A report, and the Stage's answer. */
async function reports(page, room) {
  await page.getByRole("button", { name: "Report", exact: true }).click();
  await page.getByRole("heading", { name: "Show this report to the Stage" }).waitFor();
  const before = await room.locator(".pocket-shown textarea").count();
  const last = before ? await shown(room) : "";
  await read(await shown(page), room);
  for (let tries = 0; tries < 100; tries += 1) {
    const now = await room.locator(".pocket-shown textarea").count();
    if (now && (await shown(room)) !== last) break;
    await page.waitForTimeout(50);
  }
  return shown(room);
}

const balance = (page, sum) => page.locator(".pocket-balance", { hasText: sum }).waitFor();

test("a wallet makes its key, is loaded by QR, pays with no network and settles", async (t) => {
  const { room, at } = await teacher(t);
  const { page: alice, context: hers } = await visit(t, { at: "#/pocket", ...PHONE });
  await alice.getByRole("button", { name: "Make a key" }).click();
  await alice.getByRole("heading", { name: "Show this to the Stage" }).waitFor();
  await read(await shown(alice), room);
  await room.getByText("Wallet 101 is new here and gets its certificate.").waitFor();
  await read(await shown(room), alice);
  await alice.getByRole("heading", { level: 1, name: "Wallet 101" }).waitFor();

  await alice.getByRole("button", { name: "Get money" }).click();
  await alice.getByLabel("How much").fill("80");
  await alice.getByRole("button", { name: "Show the question" }).click();
  await alice.getByRole("heading", { name: "Show this question to the Stage" }).waitFor();
  await read(await shown(alice), room);
  await room.getByText("Wallet 101 asked for money.").waitFor();
  await read(await shown(room), alice);
  await balance(alice, "80.00");

  const { page: bob, context: his } = await seat(t, at, 7);
  await balance(bob, "200.00");
  await bob.getByText("Toy key: it follows from the room's code").waitFor();

  await stored(alice);
  await stored(bob);
  await hers.setOffline(true);
  await his.setOffline(true);
  await alice.reload();
  await started(alice);
  const request = await asks(bob, "30");
  await bob.reload();
  await started(bob);
  assert.equal(await shown(bob), request, "a request stands there after a reload");
  const pay = await pays(alice, request, "30.00", "Seat 7");
  await alice.reload();
  await started(alice);
  assert.equal(await shown(alice), pay, "a payment stands there after a reload, in the same bytes");
  const receipt = await takes(bob, pay);
  await bob.getByRole("button", { name: "Done" }).click();
  await balance(bob, "230.00");
  await bob.locator(".pocket-line", { hasText: "From Wallet 101" }).getByText("pending").waitFor();
  await read(receipt, alice);
  await balance(alice, "50.00");
  await alice.getByText("received by the payee, pending").waitFor();
  await assertAccessible(alice);

  // What is claimed already says so, and nothing moves.
  await alice.getByRole("button", { name: "Pay", exact: true }).click();
  await read(request, alice);
  await alice.getByText("This was paid or closed already: it is claimed.").waitFor();
  await alice.getByRole("button", { name: "Back" }).click();
  await balance(alice, "50.00");

  await read(await reports(alice, room), alice);
  await alice.locator(".pocket-line", { hasText: "To Seat 7" }).getByText("settled").waitFor();
  await read(await reports(bob, room), bob);
  await bob.locator(".pocket-line", { hasText: "From Wallet 101" }).getByText("settled").waitFor();
  await room.getByText("Nothing was spent twice").waitFor();
});

test("a seat on two phones that both pay is found and named", async (t) => {
  const { page, room, at } = await teacher(t);
  const [one, two] = [await seat(t, at, 7), await seat(t, at, 7)];
  const [kiosk, noodles] = [await seat(t, at, 1), await seat(t, at, 2)];
  for (const [payer, payee, name] of [[one, kiosk, "Seat 1"], [two, noodles, "Seat 2"]]) {
    const pay = await pays(payer.page, await asks(payee.page, "32"), "32.00", name);
    await takes(payee.page, pay);
    await payee.page.getByRole("button", { name: "Done" }).click();
    await balance(payee.page, "232.00");
    await payer.page.getByRole("button", { name: "Done" }).click();
    await balance(payer.page, "168.00");
  }
  await read(await reports(kiosk.page, room), kiosk.page);
  await room.getByText("Nothing was spent twice").waitFor();
  await read(await reports(noodles.page, room), noodles.page);
  await room.getByText("Something was found by it.").waitFor();
  const found = room.getByRole("region", { name: "Found" });
  await found.getByText("given away already").waitFor();
  await found.getByText("32.00 was paid for value that nobody issued.").waitFor();
  await room.getByRole("row", { name: /Seat 7.*caught, revoked/ }).waitFor();
  await assertAccessible(page);

  // The room is stored: it is there after a reload, with what was found.
  await page.reload();
  await started(page);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Room", exact: true }).click();
  await room.getByText("given away already").waitFor();
  // The copy is told when it reports.
  const answer = await reports(one.page, room);
  await room.getByText("Seat 7 is turned down.").waitFor();
  await read(answer, one.page);
  await one.page.getByText("this wallet was copied and caught").waitFor();
});

test("two tabs of one wallet never overwrite each other, and two wallets stay apart", async (t) => {
  const { at } = await teacher(t);
  const { page, context } = await seat(t, at, 3);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole("heading", { level: 1, name: "Seat 3" }).waitFor();
  await asks(page, "5");
  await other.getByRole("button", { name: "Ask for money" }).click();
  await other.getByLabel("How much").fill("6");
  await other.getByRole("button", { name: "Show the request" }).click();
  await other.getByText("Another tab has changed this wallet.").waitFor();
  assert.equal(await shown(other), await shown(page), "both show what is stored");

  await other.getByRole("link", { name: "Another wallet" }).click();
  await other.getByRole("button", { name: "Make a key" }).click();
  await other.getByRole("heading", { level: 1, name: "New wallet" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Seat 3" }).waitFor();
});

test("what is no code of a pocket, or another's, is told and changes nothing", async (t) => {
  const { at } = await teacher(t);
  const { page } = await seat(t, at, 4);
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  for (const [text, says] of [
    ["https://example.org", "This is not the code of a pocket."],
    ["XQ1:ABC", "The code is damaged or cut short."],
  ]) {
    await read(text, page);
    await page.getByText(says).waitFor();
  }
  const { page: own } = await visit(t, { at: "#/pocket", ...PHONE });
  await own.getByRole("button", { name: "Make a key" }).click();
  await own.getByRole("heading", { name: "Show this to the Stage" }).waitFor();
  await read(await shown(own), page);
  await page.getByText("This code is for somebody else").waitFor();
  await page.getByRole("button", { name: "Back" }).click();
  await balance(page, "200.00");
});

/** The code on a screen as the one frame of a video, as a camera would see it. */
async function filmed(page) {
  const side = Number((await page.locator(".pocket-shown .qr").getAttribute("viewBox")).split(" ")[2]);
  const path = await page.locator(".pocket-shown .qr-dark").getAttribute("d");
  const [width, height] = [640, 640];
  const scale = Math.floor(600 / side);
  const edge = Math.floor((width - side * scale) / 2);
  const light = Buffer.alloc(width * height, 225);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = 0; row < scale; row += 1) {
      const at = (edge + Number(y) * scale + row) * width + edge + Number(x) * scale;
      light.fill(30, at, at + Number(run) * scale);
    }
  }
  const grey = Buffer.alloc((width * height) / 2, 128);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`);
  const folder = await mkdtemp(join(tmpdir(), "pocket-"));
  const file = join(folder, "code.y4m");
  await writeFile(file, Buffer.concat([head, light, grey]));
  return { file, folder };
}

test("a camera reads a request off another screen", async (t) => {
  const at = `#/pocket/room/7-${Math.floor(Date.now() / 60_000).toString(16)}`;
  const { page: payee, host } = await seat(t, at, 1);
  await asks(payee, "12.50");
  const { file, folder } = await filmed(payee);
  const seeing = await launchWith(
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${file}`,
  );
  t.after(async () => {
    await seeing.close();
    await rm(folder, { recursive: true });
  });
  const context = await seeing.newContext({ locale: "en-GB", ...PHONE });
  const payer = await context.newPage();
  await payer.goto(host.url + at);
  await started(payer);
  await payer.getByLabel("Seat, 1 to 60").fill("2");
  await payer.getByRole("button", { name: "Take the seat" }).click();
  await payer.getByRole("button", { name: "Pay", exact: true }).click();
  await payer.getByRole("button", { name: "Use the camera" }).click();
  await payer.getByRole("heading", { name: "Pay 12.50 to Seat 1?" }).waitFor();
  await payer.getByRole("button", { name: "Pay 12.50", exact: true }).click();
  await payer.getByRole("heading", { name: "Show this payment to the payee" }).waitFor();
  await takes(payee, await shown(payer));
});

for (const colorScheme of ["light", "dark"]) {
  for (const [locale, seatField, sit, ask] of [
    ["en-GB", "Seat, 1 to 60", "Take the seat", "Ask for money"],
    ["zh-CN", "座位，1 到 60", "坐下", "收款"],
  ]) {
    test(`every screen of a wallet can be reached and read: ${locale}, ${colorScheme}`, async (t) => {
      const at = `#/pocket/room/7-${Math.floor(Date.now() / 60_000).toString(16)}`;
      const { page } = await visit(t, { at, locale, colorScheme, ...PHONE });
      await page.getByLabel(seatField).fill("9");
      await assertAccessible(page);
      await page.getByRole("button", { name: sit }).click();
      await page.locator(".pocket-balance").waitFor();
      await assertAccessible(page);
      await page.getByRole("button", { name: ask }).click();
      await page.locator("#pocket-sum").fill("12.50");
      await assertAccessible(page);
      await page.locator(".pocket-card .button-primary").click();
      await page.locator(".pocket-shown").waitFor();
      await assertAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, "nothing is wider than the phone");
    });
  }
}
