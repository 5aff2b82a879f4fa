// Measures the engine and the app beside their peers in one run and prints one
// table. Called by `cargo xtask bench`, which builds what is measured and sets
// EXCHEQUER_CLI, EXCHEQUER_DIST and EXCHEQUER_BROWSER.
//
//   --json    prints the figures as one object instead
//
// Figures are medians. This says how they compare on this machine now, and
// nothing about another machine.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { chromium } from "playwright-core";
import { frames } from "./frames.mjs";
import { serve } from "./serve.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
const DIST = process.env.EXCHEQUER_DIST ?? path.join(ROOT, "dist");
const CLI = process.env.EXCHEQUER_CLI ?? path.join(ROOT, "target/release/exchequer");
const BROWSER = process.env.EXCHEQUER_BROWSER ?? "/usr/bin/chromium";
const CACHE = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "exchequer", "bench");
const SIMPY = "4.1.1";
const ROUNDS = 7;
// Nine facts a payment: more than a million facts.
const PAYMENTS = 115_000;

const note = (words) => process.stderr.write(`${words}\n`);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function run(program, args, options = {}) {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], cwd: ROOT, ...options });
}

/** Where Cargo puts what it builds. */
function target() {
  return JSON.parse(run("cargo", ["metadata", "--no-deps", "--format-version", "1"])).target_directory;
}

function native() {
  note("Native engine …");
  const { figures: all } = JSON.parse(run(CLI, ["bench", "--json"]));
  const value = (key) => all.find((figure) => figure.key === key).value;
  const models = all.filter((figure) => figure.key.startsWith("transfers-")).map((figure) => figure.key.slice("transfers-".length));
  const offline = models.map((model) => ({ model, rate: value(`transfers-${model}`), fifty: value(`fifty-${model}`) }));
  return {
    payments: value("payments"),
    bytesPerFact: value("fact-bytes"),
    signedBytes: value("fact-bytes-signed"),
    verify: value("verify"),
    offline,
    unsigned: value("fifty-unsigned"),
  };
}

function simpy() {
  note("SimPy …");
  const venv = path.join(CACHE, `simpy-${SIMPY}`);
  const python = path.join(venv, "bin", "python");
  if (!existsSync(python)) {
    mkdirSync(CACHE, { recursive: true });
    const unfinished = `${venv}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const made = spawnSync("python3", ["-m", "venv", "--copies", venv], { stdio: "inherit" });
    const installed = made.status === 0 && spawnSync(python, ["-m", "pip", "install", "--quiet", `simpy==${SIMPY}`], { stdio: "inherit" });
    if (!installed || installed.status !== 0) {
      rmSync(venv, { recursive: true, force: true });
      note("SimPy cannot be installed (python3 with venv and pip, and the network, are needed); it is left out.");
      return null;
    }
  }
  const rate = (model) => median(Array.from({ length: 3 }, () => Number(run(python, [path.join(HERE, "simpy_model.py"), model, "100000"]))));
  return { same: rate("same"), bare: rate("bare") };
}

function buildEngine(folder) {
  note("Building the engine for the worker …");
  run("cargo", ["build", "--profile", "small", "--locked", "--target", "wasm32-unknown-unknown", "-p", "exchequer-bench-engine", "--lib"]);
  const module = path.join(target(), "wasm32-unknown-unknown/small/exchequer_bench_engine.wasm");
  run("wasm-bindgen", ["--target", "web", "--out-dir", path.join(folder, "engine"), module]);
}

function buildCounter(folder) {
  note("Building the bare counter …");
  run("trunk", ["build", "--release", "--dist", folder], { cwd: path.join(HERE, "counter") });
}

async function inBrowser(browser) {
  const folder = mkdtempSync(path.join(tmpdir(), "exchequer-bench-"));
  try {
    buildEngine(folder);
    await bundle({ entryPoints: [path.join(HERE, "worker.mjs")], bundle: true, format: "esm", outfile: path.join(folder, "worker.js"), logLevel: "error" });
    writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>bench</title>");
    const host = await serve(folder);
    const page = await browser.newPage();
    await page.goto(host.url);
    note("Engine, Marlowe, noble, libsodium and WebCrypto in a worker …");
    const measured = await page.evaluate((payments) => new Promise((resolve) => {
      const worker = new Worker("worker.js", { type: "module" });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => resolve({ error: event.message });
      worker.postMessage({ payments });
    }), PAYMENTS);
    note("Verifying in one worker and in two …");
    const together = (count) => page.evaluate(async (workers) => {
      const rates = await Promise.all(Array.from({ length: workers }, () => new Promise((resolve, reject) => {
        const worker = new Worker("worker.js", { type: "module" });
        worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.rate));
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage({ verify: true });
      })));
      return rates.reduce((sum, one) => sum + one, 0);
    }, count);
    measured.together = [await together(1), await together(2)];
    await page.close();
    await host.stop();
    if (measured.error) throw new Error(measured.error);
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds to the first picture, and until `ready` is on the page. */
async function start(browser, url, sign) {
  const first = [];
  const answers = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    await page.addInitScript((selector) => {
      const look = () => {
        if (document.querySelector(selector)) globalThis.answersAt ??= performance.now();
        else setTimeout(look, 4);
      };
      look();
    }, sign);
    await page.goto(url);
    // Asked again and again from outside: the page's policy forbids evaluating text inside.
    const ready = () => page.evaluate(() => Boolean(globalThis.answersAt && performance.getEntriesByName("first-contentful-paint")[0]));
    for (let tries = 0; !(await ready()); tries += 1) {
      if (tries > 300) throw new Error(`${url} did not start`);
      await page.waitForTimeout(50);
    }
    const [paint, answer] = await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0].startTime, globalThis.answersAt]);
    first.push(paint);
    answers.push(answer);
    await context.close();
  }
  return { first: median(first), answers: median(answers) };
}

/**
 * The files with which the opening story plays: all that a first visit fetches
 * until its first event is told, while every later part is kept back.
 */
async function needed(browser) {
  const fetched = new Set();
  const gate = (file) => {
    if (file.endsWith(".wasm") && !file.endsWith("_bg.wasm")) return false;
    return fetched.add(file);
  };
  const host = await serve(DIST, "/", gate);
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(host.url);
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
  const caption = page.locator("#app .caption");
  const before = await caption.textContent();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  for (let tries = 0; (await caption.textContent()) === before; tries += 1) {
    if (tries > 200) throw new Error("the opening story does not play with what comes first");
    await page.waitForTimeout(50);
  }
  await context.close();
  await host.stop();
  return [...fetched];
}

/** Every file that the app's screens are made of. */
function whole(folder) {
  const names = readdirSync(folder).filter((name) => /\.(html|js|css|wasm)$/.test(name) && name !== "sw.js");
  return names.map((name) => path.join(folder, name)).filter((file) => statSync(file).isFile());
}

/** Bytes of files: raw, gzip, Brotli. */
function download(files) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    sum.raw += bytes.length;
    sum.gzip += gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  }
  return sum;
}

const figures = { native: native(), simpy: simpy() };
const browser = await chromium.launch({
  executablePath: BROWSER,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
});
const counterFolder = mkdtempSync(path.join(tmpdir(), "exchequer-counter-"));
try {
  figures.worker = await inBrowser(browser);
  buildCounter(counterFolder);
  note("Starting the app and the counter …");
  const [app, counter] = [await serve(DIST), await serve(counterFolder)];
  figures.start = { app: await start(browser, app.url, "html[data-start=done]"), counter: await start(browser, counter.url, "button") };
  await app.stop();
  await counter.stop();
  note("Watching a busy town …");
  const town = await serve(DIST);
  figures.frames = await frames(browser, town.url);
  await town.stop();
  figures.download = { first: download(await needed(browser)), app: download(whole(DIST)), counter: download(whole(counterFolder)) };
} finally {
  await browser.close();
  rmSync(counterFolder, { recursive: true, force: true });
}

if (process.argv.includes("--json")) {
  console.log(JSON.stringify(figures, null, 2));
} else {
  const rounded = (number) => Math.round(number).toLocaleString("en");
  const times = (number) => `${number.toFixed(number < 10 ? 2 : 0)} ×`;
  const kib = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`;
  const { native: it, simpy: peer, worker, start: begun, download: load, frames: { app: town, bare } } = figures;
  const others = [["noble", worker.noble], ["libsodium", worker.libsodium], ["WebCrypto", worker.webCrypto]];
  const peers = (what) => others.map(([name, peer]) => `${name} ${rounded(peer[what])}`).join(", ");
  const ratios = (ours, what) => others.map(([, peer]) => times(ours / peer[what])).join(", ");
  const rows = [
    ["unsigned payments a second, native", rounded(it.payments), peer ? `SimPy doing the same ${rounded(peer.same)}, one process without messages or digest ${rounded(peer.bare)}` : "SimPy not installed", peer ? `${times(it.payments / peer.same)}, ${times(it.payments / peer.bare)}` : "–", "≥ 1,000,000 and ≥ 10 × the same"],
    ["the same in a web worker", rounded(worker.engine.payments), `native ${rounded(it.payments)}`, times(worker.engine.payments / it.payments), "≥ 0.4 ×"],
    ["Ed25519 sign a second, worker", rounded(worker.engine.sign), peers("sign"), ratios(worker.engine.sign, "sign"), "–"],
    ["Ed25519 verify a second, worker", rounded(worker.engine.verify), peers("verify"), ratios(worker.engine.verify, "verify"), "≥ 4 × noble, ≥ libsodium"],
    ["the same in batches of 64", rounded(worker.engine.batch), `${peers("verify")}, one by one`, ratios(worker.engine.batch, "verify"), "≥ 1.1 × WebCrypto"],
    ["the same in two workers at once", rounded(worker.together[1]), `one ${rounded(worker.together[0])}`, times(worker.together[1] / worker.together[0]), "with the cores"],
    ["contract steps a second, worker", rounded(worker.engine.steps), `Marlowe core v1 ${rounded(worker.marlowe.steps)}`, times(worker.engine.steps / worker.marlowe.steps), "≥ 20 ×"],
    [`analysis of a catalogue entry, worker, ms, the longest (${worker.engine.analysis.key})`, worker.engine.analysis.took.toFixed(1), "–", "–", "≤ 100"],
    ["download until the story plays, Brotli", kib(load.first.brotli), `bare counter ${kib(load.counter.brotli)}`, times(load.first.brotli / load.counter.brotli), "≤ 300 KiB"],
    ["the same, gzip / raw", `${kib(load.first.gzip)} / ${kib(load.first.raw)}`, `bare counter ${kib(load.counter.gzip)} / ${kib(load.counter.raw)}`, times(load.first.gzip / load.counter.gzip), "–"],
    ["download, the whole app, Brotli", kib(load.app.brotli), `bare counter ${kib(load.counter.brotli)}`, times(load.app.brotli / load.counter.brotli), "≤ 400 KiB"],
    ["first picture, ms", rounded(begun.app.first), `bare counter ${rounded(begun.counter.first)}`, times(begun.app.first / begun.counter.first), "prerendered"],
    ["Play answers, ms", rounded(begun.app.answers), `bare counter ${rounded(begun.counter.answers)}`, times(begun.app.answers / begun.counter.answers), "≤ 3 ×"],
    ["frames a second, 200 people, 100 payments a second", town.rate.toFixed(0), `bare page, as many boxes and tokens ${bare.rate.toFixed(0)}`, times(town.rate / bare.rate), "–"],
    ["the same, ms: one in twenty frames takes longer / the longest", `${town.slow.toFixed(0)} / ${town.longest.toFixed(0)}`, `${bare.slow.toFixed(0)} / ${bare.longest.toFixed(0)}`, "–", "–"],
    [`seek in ${rounded(worker.engine.facts)} facts, worker, ms (median / most)`, `${worker.engine.seek.median.toFixed(1)} / ${worker.engine.seek.most.toFixed(1)}`, "–", "–", "≤ 100"],
    ["memory a fact, unsigned / signed, bytes", `${rounded(it.bytesPerFact)} / ${rounded(it.signedBytes)}`, "–", "–", "≤ 64 / ≤ 400"],
    [`wasm heap at ${rounded(worker.engine.facts)} facts`, kib(worker.engine.heap), "–", "–", "≤ 150 MiB"],
  ];
  console.log("\n| what | Exchequer | beside it | ratio | goal |\n|---|---|---|---|---|");
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
  console.log("\n| model | offline transfers a second, worker / native | 50 devices, 20 payments each, ms, worker / native | a payment in QR codes |\n|---|---|---|---|");
  for (const [number, { model, rate, fifty, bytes, codes, version }] of worker.engine.transfers.each.entries()) {
    const beside = it.offline[number];
    console.log(`| ${model} | ${rounded(rate)} / ${rounded(beside.rate)} | ${rounded(fifty)} / ${rounded(beside.fifty)} | ${rounded(bytes)} B in ${codes}, version ${version} |`);
  }
  console.log(`| rules of a purse, unsigned | – | ${worker.engine.transfers.unsigned.toFixed(3)} / ${it.unsigned.toFixed(3)} | – |`);
}
