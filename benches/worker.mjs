// What is measured inside the browser, in a module worker as the app's engine
// is. Bundled by run.mjs.

import { computeTransaction } from "@marlowe.io/language-core-v1/semantics";
import { ed25519 } from "@noble/curves/ed25519.js";
import sodium from "libsodium-wrappers";

const seconds = async (work) => {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
};

/** Operations a second: the median of five rounds after one to warm up. */
async function rate(times, work) {
  const rates = [];
  for (let round = 0; round < 6; round += 1) rates.push(times / (await seconds(() => work(times))));
  return rates.slice(1).sort((a, b) => a - b)[2];
}

/** Signatures verified together. */
const BATCH = 64;

const message = new Uint8Array(128).fill(0x5a);

async function repeat(times, work) {
  for (let number = 0; number < times; number += 1) {
    message[0] = number;
    await work(message);
  }
}

async function noble() {
  const { secretKey, publicKey } = ed25519.keygen();
  const signature = ed25519.sign(message, secretKey);
  return {
    sign: await rate(400, (times) => repeat(times, (it) => ed25519.sign(it, secretKey))),
    verify: await rate(300, async (times) => {
      for (let n = 0; n < times; n += 1) ed25519.verify(signature, message, publicKey);
    }),
  };
}

async function libsodium() {
  await sodium.ready;
  const { privateKey, publicKey } = sodium.crypto_sign_keypair();
  const signature = sodium.crypto_sign_detached(message, privateKey);
  return {
    sign: await rate(2000, (times) => repeat(times, (it) => sodium.crypto_sign_detached(it, privateKey))),
    verify: await rate(1000, (times) => {
      for (let n = 0; n < times; n += 1) sodium.crypto_sign_verify_detached(signature, message, publicKey);
    }),
  };
}

async function webCrypto() {
  const keys = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  const signature = await crypto.subtle.sign("Ed25519", keys.privateKey, message);
  return {
    sign: await rate(2000, (times) => repeat(times, (it) => crypto.subtle.sign("Ed25519", keys.privateKey, it))),
    verify: await rate(2000, async (times) => {
      for (let n = 0; n < times; n += 1) {
        await crypto.subtle.verify("Ed25519", keys.publicKey, signature, message);
      }
    }),
  };
}

/** A sale with an arbiter in Marlowe core v1, as benches/engine has it: three steps. */
async function marlowe() {
  const role = (name) => ({ role_token: name });
  const token = { currency_symbol: "", token_name: "" };
  const day = 86_400_000n;
  const says = (owner, name, then) => ({
    case: { for_choice: { choice_name: name, choice_owner: role(owner) }, choose_between: [{ from: 0n, to: 0n }] },
    then,
  });
  const paid = { pay: 25_000n, token, from_account: role("buyer"), to: { party: role("seller") }, then: "close" };
  const quarrel = {
    when: [says("arbiter", "pays-seller", paid), says("arbiter", "pays-buyer", "close")],
    timeout: 28n * day,
    timeout_continuation: "close",
  };
  const delivery = {
    when: [says("buyer", "confirms", paid), says("seller", "refunds", "close"), says("buyer", "disputes", quarrel)],
    timeout: 14n * day,
    timeout_continuation: paid,
  };
  const deposit = { party: role("buyer"), deposits: 25_000n, of_token: token, into_account: role("buyer") };
  const sale = { when: [{ case: deposit, then: delivery }], timeout: day, timeout_continuation: "close" };
  const chosen = (owner, name) => ({ for_choice_id: { choice_name: name, choice_owner: role(owner) }, input_that_chooses_num: 0n });
  const inputs = [
    { input_from_party: role("buyer"), that_deposits: 25_000n, of_token: token, into_account: role("buyer") },
    chosen("buyer", "disputes"),
    chosen("arbiter", "pays-seller"),
  ];
  const step = (times) => {
    for (let done = 0; done < times; done += inputs.length) {
      let contract = sale;
      let state = { accounts: [], choices: [], boundValues: [], minTime: 0n };
      let payments = [];
      for (const [at, input] of inputs.entries()) {
        const time = BigInt(at + 1) * 1000n;
        const result = computeTransaction({ tx_interval: { from: time, to: time }, tx_inputs: [input] }, state, contract);
        if (!("payments" in result)) throw new Error(`the peer refuses step ${at}: ${JSON.stringify(result)}`);
        ({ contract, state, payments } = result);
      }
      if (contract !== "close" || payments.length !== 1) throw new Error("the peer did not pay the seller");
    }
  };
  return { steps: await rate(15_000, step) };
}

async function load() {
  const all = await import(new URL("/engine/exchequer_bench_engine.js", self.location.href).href);
  const module = await all.default();
  return { ...all, module };
}

/** Transfers without a network, model by model. */
async function transfers({ Transfers, models, fifty, fiftyUnsigned, payment }) {
  const each = [];
  for (const [number, model] of models().entries()) {
    const rates = [];
    for (let round = 0; round < 5; round += 1) {
      const pairs = new Transfers(number, 5);
      let made = 0;
      const took = await seconds(() => (made = pairs.make(20)));
      pairs.free();
      rates.push(made / took);
    }
    const times = [];
    for (let round = 0; round < 3; round += 1) times.push((await seconds(() => fifty(number))) * 1000);
    const [bytes, codes, version] = payment(number);
    each.push({ model, rate: rates.sort((a, b) => a - b)[2], fifty: times.sort((a, b) => a - b)[1], bytes, codes, version });
  }
  const unsigned = 1000 / (await rate(200, (times) => fiftyUnsigned(times)));
  return { each, unsigned };
}

async function engine(payments) {
  const all = await load();
  const { module, Payments, Signatures, Batch, Contracts, entries, analyse } = all;
  const signatures = new Signatures();
  const result = {
    sign: await rate(2000, (times) => signatures.sign(times)),
    verify: await rate(1000, (times) => signatures.verify(times)),
  };
  const batch = new Batch(BATCH);
  result.batch = await rate(BATCH * 20, (times) => {
    if (!batch.verify(times / BATCH)) throw new Error("a good batch is refused");
  });
  result.transfers = await transfers(all);
  const contracts = new Contracts();
  result.steps = await rate(600_000, (times) => contracts.step(times));
  const analyses = [];
  for (const key of entries()) {
    const took = [];
    for (let round = 0; round < 3; round += 1) took.push((await seconds(() => analyse(key))) * 1000);
    analyses.push({ key, took: took.sort((a, b) => a - b)[1] });
  }
  result.analysis = analyses.sort((a, b) => b.took - a.took)[0];
  const rates = [];
  for (let round = 0; round < 3; round += 1) {
    const run = new Payments(1000);
    rates.push(payments / (await seconds(() => run.make(payments))));
    if (round === 2) {
      result.facts = run.facts();
      result.heap = module.memory.buffer.byteLength;
      const places = Array.from({ length: 40 }, (_, n) => Math.floor((result.facts * ((n * 17) % 40)) / 40));
      const seeks = [];
      for (const place of places) seeks.push((await seconds(() => run.seek(place))) * 1000);
      seeks.sort((a, b) => a - b);
      result.seek = { median: seeks[20], most: seeks[39] };
    }
    run.free();
  }
  result.payments = rates.sort((a, b) => a - b)[1];
  return result;
}

/** Verifying alone, for as many workers as run at once. */
async function verify() {
  const { Signatures } = await load();
  const signatures = new Signatures();
  return rate(3000, (times) => signatures.verify(times));
}

self.onmessage = async ({ data }) => {
  try {
    if (data.verify) self.postMessage({ rate: await verify() });
    else self.postMessage({ engine: await engine(data.payments), marlowe: await marlowe(), noble: await noble(), libsodium: await libsodium(), webCrypto: await webCrypto() });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
