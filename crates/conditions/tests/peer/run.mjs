// Runs contracts and inputs through Marlowe core v1 and prints what was paid.
// Called by tests/peer.rs with EXCHEQUER_PEER=1. Usage:
//
//   node run.mjs CASES.json     from a folder with @marlowe.io/language-core-v1
//
// Each case is {contract, accounts, transactions}; each answer is, for each
// transaction, whether it was taken and the payments it made.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.cwd(), "package.json"));
const entry = require.resolve("@marlowe.io/language-core-v1/semantics");
// The package's CommonJS build is named in `require`; it exports the same.
const { computeTransaction } = (await import(pathToFileURL(entry))).default ?? (await import(pathToFileURL(entry)));

/** Numbers are integers of any size there. */
const whole = (value) => {
  if (typeof value === "number") return BigInt(value);
  if (Array.isArray(value)) return value.map(whole);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
};

const payment = ({ payment_from, to, amount }) => ({
  from: payment_from.role_token,
  to: (to.party ?? to.account).role_token,
  held: "account" in to,
  amount: Number(amount),
});

const answers = whole(JSON.parse(readFileSync(process.argv[2], "utf8"))).map((given) => {
  let contract = given.contract;
  let state = { accounts: given.accounts, choices: [], boundValues: [], minTime: 0n };
  return given.transactions.map((transaction) => {
    const result = computeTransaction(transaction, state, contract);
    if (!("payments" in result)) {
      return { taken: false, payments: [] };
    }
    ({ contract, state } = result);
    return { taken: true, payments: result.payments.map(payment).filter(({ amount }) => amount > 0) };
  });
});
process.stdout.write(JSON.stringify(answers));
