/** What a run may be told from outside its text. */
export interface RunOptions {
  /** A seed instead of the text's own. */
  seed?: number;
  /** The most events the run may have; a run that reaches it throws. */
  ceiling?: number;
}

/** What a run came to. */
export interface Report {
  title: string;
  engine: string;
  /** BLAKE3 digest of the log: the same text and seed give the same everywhere. */
  digest: string;
  events: number;
  refusals: Refusal[];
  expectations: { passed: number; failed: number };
  /** By the path that `expect` and `get` use: `{ "Alice.wallet": "487.50 CNY" }`. */
  balances: Record<string, string>;
  /** Whether each invariant holds. */
  invariants: Record<string, boolean>;
  /** What may be breached, bank by bank, and whether it is. */
  monitors: Monitor[];
}

/** Something that may be breached, and then is said to be. */
export interface Monitor {
  /** Stable: `reserve-ratio` or `liquidity`. */
  key: string;
  /** The bank's number in the run. */
  party: number;
  name: string;
  /** What it holds at the central bank, minor units. */
  has: number;
  /** What it would need to hold, minor units. */
  needs: number;
  breached: boolean;
}

/** A request that was turned down. */
export interface Refusal {
  line: number;
  at: string;
  /** Stable: `limit.payment`. */
  code: string;
  by: string;
  party: string;
  asked: string;
  allowed: string;
  used: string;
  /** Whether trying the same again later can help. */
  retryable: boolean;
  /** Whether a line of the script expects it. */
  expected: boolean;
}

/** A place in a text; lines and columns count from 1. */
export interface Place {
  start: number;
  end: number;
  line: number;
  column: number;
  endColumn: number;
}

/** A problem of a text. */
export interface Diagnostic {
  severity: "error" | "warning";
  place: Place;
  /** `code` is stable; what its sentence needs stands beside it. */
  problem: { code: string; [detail: string]: unknown };
  suggestion?: { place: Place; replacement: string };
  /** In the JSON form, the JSON Pointer of the value at fault. */
  pointer?: string;
}

/** A fact of the log. */
export interface ExchequerEvent {
  position: number;
  /** Local date and time in the preset's zone. */
  at: string;
  cause: { line: number } | { message: number } | { timer: number };
  kind: "posted" | "sent" | "changed" | "scheduled" | "refused";
  /** What this kind says of itself: names, and sums as decimal strings. */
  [detail: string]: unknown;
}
