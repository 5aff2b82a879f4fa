// Generated from the language's JSON Schema; renewed by `cargo xtask bless`.

/** A scenario, one object a line. Its text form is .exq. */
export type Scenario = {
  "$schema"?: string;
  /** The version of this form. */
  exq: 1;
  lines: Line[];
};
export type Act = ActIssue | ActReturn | ActExchange | ActRedeem | ActCashIn | ActCashOut | ActPay | ActPayTo | ActScan | ActPayMany | ActAlias | ActSchedule | ActRequest | ActAccept | ActDecline | ActRefund | ActUpgrade | ActLimit | ActClose | ActOpenSub | ActFreeze | ActRestrict | ActUnfreeze | ActAccrue | ActTopUp | ActWithdraw | ActTransfer | ActResolve | ActRetry | ActReverse | ActBridgeIssue | ActBridgeRedeem | ActBridgeQuote | ActBridgeAccept | ActBridgeDecline | ActBridgePay | ActCorrespondentPay | ActOfflineLoad | ActOfflinePay | ActOfflineTopUp | ActOfflineLock | ActOfflineClaim | ActOfflineUnload | ActOfflineSync | ActOfflineAgain | ActOfflineDisconnect | ActOfflineConnect | ActOfflineRevoke | ActOfflineCopy | ActOfflineBreakChip | ActOfflineRollBack | ActOfflineSetClock | ActOfflineAlter | ActOfflineForge | ActOfflineDropChecks | ActOfflineSwapCode | ActContractOpen | ActContractClaim | ActContractSay | ActContractDeposit | ActContractSign | ActContractShow | ActContractName | ActContractEvent | ActPurposeWrap | ActPurposeHand | ActPurposeSign | ActPurposePay | ActTrade | ActRun | ActBlackout | ActLose | ActDouble | ActDelay;
/** Pays what one was asked for.

As text: `Alice: accept Bill` */
export type ActAccept = {
  actor: Name;
  as?: Name;
  verb: "accept";
  when?: When;
  with: {
    /** The request to be paid. */
    request: Name;
  };
};
/** Posts the interest that wallets have earned up to today, where wallets earn interest.

As text: `Harbour: accrue pay=true` */
export type ActAccrue = {
  actor: Name;
  as?: Name;
  verb: "accrue";
  when?: When;
  with?: {
    /** Whether it is paid out into the wallets; if left out, it is only owed. */
    pay?: boolean;
  };
};
/** Gives the wallet a name in the central bank's directory, by which it can be paid.

As text: `Bob: alias "bob@summit"` */
export type ActAlias = {
  actor: Name;
  as?: Name;
  verb: "alias";
  when?: When;
  with: {
    /** The name: a telephone number, an address, any word without blanks. */
    name: Text;
  };
};
/** A time without a network: everybody loads a phone, pays the others and the merchants that have devices from hand to hand, and reports when it is over. A cheat pays each time from a copy of the phone as well.

As text: `Town: blackout load=200.00 mean=15.00 every=12h for=7d cheats=5%` */
export type ActBlackout = {
  actor: Name;
  as?: Name;
  verb: "blackout";
  when?: When;
  with: {
    /** The share of people who have copied their phone; none if left out. */
    cheats?: Rate;
    /** How often each of them wants to pay. */
    every: Duration;
    /** For how long there is no network. */
    for: Duration;
    /** How much each loads before, or half of what a device may hold, if that is less: the other half is room to be paid. */
    load: Amount;
    /** The mean of the sums, which are drawn evenly between nothing and twice as much. */
    mean: Amount;
    /** The share of the payments that go to merchants, where there are any with a device; half if left out. */
    merchants?: Rate;
  };
};
/** Takes a quote: the platform posts both legs, or neither.

As text: `Siam: bridge.accept Q` */
export type ActBridgeAccept = {
  actor: Name;
  as?: Name;
  verb: "bridge.accept";
  when?: When;
  with: {
    /** The quote. */
    quote: Name;
  };
};
/** Does not take a quote.

As text: `Siam: bridge.decline Q` */
export type ActBridgeDecline = {
  actor: Name;
  as?: Name;
  verb: "bridge.decline";
  when?: When;
  with: {
    /** The quote. */
    quote: Name;
  };
};
/** A bank asks a central bank to turn some of its reserves into that central bank's currency on the common platform. Each central bank serves its own banks only.

As text: `Harbour: bridge.issue 1_000.00` */
export type ActBridgeIssue = {
  actor: Name;
  as?: Name;
  verb: "bridge.issue";
  when?: When;
  with: {
    /** How much, in the central bank's currency. */
    amount: Amount;
    /** The central bank that is asked; the bank's own if left out. */
    at?: Name;
  };
};
/** Pays another bank with what one holds on the platform.

As text: `Harbour: bridge.pay Siam 4_950.00 of=Bangkok` */
export type ActBridgePay = {
  actor: Name;
  as?: Name;
  verb: "bridge.pay";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The central bank whose currency it is; that of the bank that is paid if left out. */
    of?: Name;
    /** The bank that is paid. */
    to: Name;
  };
};
/** A bank offers another to swap what both hold on the platform, at a rate that they have agreed off it.

As text: `Harbour: bridge.quote Siam sell=1_000.00 rate=4.95 for=30m as Q` */
export type ActBridgeQuote = {
  actor: Name;
  as?: Name;
  verb: "bridge.quote";
  when?: When;
  with: {
    /** The central bank whose currency is bought; the buyer's own if left out. */
    against?: Name;
    /** For how long the offer stands. */
    for: Duration;
    /** The central bank whose currency is sold; the seller's own if left out. */
    of?: Name;
    /** What one unit of it buys. The sum is rounded to the nearest minor unit, a half to the even one. */
    rate: string;
    /** How much is sold. */
    sell: Amount;
    /** The bank it is offered to. */
    to: Name;
  };
};
/** A bank asks a central bank to take its currency off the platform again and give reserves for it.

As text: `Siam: bridge.redeem 4_950.00` */
export type ActBridgeRedeem = {
  actor: Name;
  as?: Name;
  verb: "bridge.redeem";
  when?: When;
  with: {
    /** How much, in the central bank's currency. */
    amount: Amount;
    /** The central bank that is asked; the bank's own if left out. */
    at?: Name;
  };
};
/** Brings banknotes to the wallet's bank and gets digital currency for them.

As text: `Bob: cash-in 2_600.00` */
export type ActCashIn = {
  actor: Name;
  as?: Name;
  verb: "cash-in";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
  };
};
/** Takes digital currency out of the wallet as banknotes.

As text: `Bob: cash-out 100.00` */
export type ActCashOut = {
  actor: Name;
  as?: Name;
  verb: "cash-out";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
  };
};
/** Gives an empty wallet up.

As text: `Bob: close` */
export type ActClose = {
  actor: Name;
  as?: Name;
  verb: "close";
  when?: When;
  with?: Record<string, never>;
};
/** Claims: the word that most contracts wait for. The same as `contract.say … claims`.

As text: `Gym: contract.claim MyGym` */
export type ActContractClaim = {
  actor: Name;
  as?: Name;
  verb: "contract.claim";
  when?: When;
  with: {
    /** The open contract. */
    contract: Name;
  };
};
/** Puts money into an open contract: exactly what it waits for.

As text: `Bob: contract.deposit Swap 80.00` */
export type ActContractDeposit = {
  actor: Name;
  as?: Name;
  verb: "contract.deposit";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The open contract. */
    contract: Name;
    /** Whose it is from then on, as the contract calls that party; the depositor's if left out. */
    for?: Name;
  };
};
/** The central bank says that something has happened to a party, which ends what a contract waits for.

As text: `central-bank: contract.event MyGym insolvency of=seller` */
export type ActContractEvent = {
  actor: Name;
  as?: Name;
  verb: "contract.event";
  when?: When;
  with: {
    /** The open contract. */
    contract: Name;
    /** What has happened, as the contract has it. */
    event: Name;
    /** To whom, as the contract calls that party. */
    of: Name;
  };
};
/** Names an amount that a contract leaves open.

As text: `Gazette: contract.name MyPaper price 12.00` */
export type ActContractName = {
  actor: Name;
  as?: Name;
  verb: "contract.name";
  when?: When;
  with: {
    /** The open contract. */
    contract: Name;
    /** The amount. */
    sum: Amount;
    /** What the amount is called in the contract. */
    value: Name;
  };
};
/** Opens a contract. Whoever puts in what it holds opens it, and puts it in.

As text: `Alice: contract.open GymYear as MyGym` */
export type ActContractOpen = {
  actor: Name;
  as?: Name;
  verb: "contract.open";
  when?: When;
  with: {
    /** The contract as it is written above. */
    contract: Name;
  };
};
/** Says a word that a contract waits for: that one confirms, cancels, delivers.

As text: `Alice: contract.say MyDeal confirms` */
export type ActContractSay = {
  actor: Name;
  as?: Name;
  verb: "contract.say";
  when?: When;
  with: {
    /** The open contract. */
    contract: Name;
    /** The word, as the contract has it. */
    what: Name;
  };
};
/** Shows a secret that a contract waits for.

As text: `Bob: contract.show MyLock preimage="open sesame"` */
export type ActContractShow = {
  actor: Name;
  as?: Name;
  verb: "contract.show";
  when?: When;
  with: {
    /** The open contract. */
    contract: Name;
    /** The secret. */
    preimage: Text;
  };
};
/** Signs something that a contract wants signatures for.

As text: `Alice: contract.sign MyDeal release` */
export type ActContractSign = {
  actor: Name;
  as?: Name;
  verb: "contract.sign";
  when?: When;
  with: {
    /** The open contract. */
    contract: Name;
    /** What is signed, as the contract has it. */
    what: Name;
  };
};
/** Pays a bank in another country through correspondent banks. Each keeps a fee and takes its time; the last of them changes the money.

As text: `Harbour: correspondent.pay Siam 1_000.00 rate=4.95 via=[Peak]` */
export type ActCorrespondentPay = {
  actor: Name;
  as?: Name;
  verb: "correspondent.pay";
  when?: When;
  with: {
    /** How much, in the payer's currency. */
    amount: Amount;
    /** What one unit of it buys, before the spread. */
    rate: string;
    /** The bank that is paid. */
    to: Name;
    /** The correspondents on the way, in their order; without any, the two banks have an account with each other. */
    via?: Name | Name[];
  };
};
/** Says that one will not pay what one was asked for.

As text: `Alice: decline Bill` */
export type ActDecline = {
  actor: Name;
  as?: Name;
  verb: "decline";
  when?: When;
  with: {
    /** The request to be paid. */
    request: Name;
  };
};
/** The next message that fits arrives late.

As text: `network: delay 30s from=central-bank to=Summit` */
export type ActDelay = {
  actor: Name;
  as?: Name;
  verb: "delay";
  when?: When;
  with: {
    /** How many fitting messages pass first; 0 if left out. */
    after?: Count;
    /** How much later. */
    by: Duration;
    /** How many messages; 1 if left out. */
    count?: Count;
    /** Only messages from this party. */
    from?: Name;
    /** Only messages to this party. */
    to?: Name;
  };
};
/** The next message that fits arrives twice.

As text: `network: double to=Summit count=3` */
export type ActDouble = {
  actor: Name;
  as?: Name;
  verb: "double";
  when?: When;
  with?: {
    /** How many fitting messages pass first; 0 if left out. */
    after?: Count;
    /** How many messages; 1 if left out. */
    count?: Count;
    /** Only messages from this party. */
    from?: Name;
    /** Only messages to this party. */
    to?: Name;
  };
};
/** Swaps bank deposit into digital currency in the wallet.

As text: `Alice: exchange 500.00` */
export type ActExchange = {
  actor: Name;
  as?: Name;
  verb: "exchange";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
  };
};
/** An operator stops a wallet, as the law orders: it may neither pay nor be paid.

As text: `Harbour: freeze Alice` */
export type ActFreeze = {
  actor: Name;
  as?: Name;
  verb: "freeze";
  when?: When;
  with: {
    /** The wallet. */
    wallet: Name;
  };
};
/** The central bank turns some of a bank's reserves into digital currency in that bank's vault.

As text: `central-bank: issue 1_000.00 to=Harbour` */
export type ActIssue = {
  actor: Name;
  as?: Name;
  verb: "issue";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The bank that receives it. */
    to: Name;
  };
};
/** Sets the holder's own limits, up to those of the wallet's type.

As text: `Alice: limit payment=100.00 day=300.00` */
export type ActLimit = {
  actor: Name;
  as?: Name;
  verb: "limit";
  when?: When;
  with?: {
    /** The most the wallet may hold. */
    balance?: Amount;
    /** The most it may pay in a day. */
    day?: Amount;
    /** The most it may pay at a time. */
    payment?: Amount;
    /** The most it may pay in a calendar year. */
    year?: Amount;
  };
};
/** The next message that fits never arrives.

As text: `network: lose from=Harbour to=central-bank` */
export type ActLose = {
  actor: Name;
  as?: Name;
  verb: "lose";
  when?: When;
  with?: {
    /** How many fitting messages pass first; 0 if left out. */
    after?: Count;
    /** How many messages; 1 if left out. */
    count?: Count;
    /** Only messages from this party. */
    from?: Name;
    /** Only messages to this party. */
    to?: Name;
  };
};
/** Sends again, in the same bytes, what waits for an answer.

As text: `Alice: offline.again` */
export type ActOfflineAgain = {
  actor: Name;
  as?: Name;
  verb: "offline.again";
  when?: When;
  with?: Record<string, never>;
};
/** An attack: changes the device's next payment on its way.

As text: `Mallory: offline.alter` */
export type ActOfflineAlter = {
  actor: Name;
  as?: Name;
  verb: "offline.alter";
  when?: When;
  with?: Record<string, never>;
};
/** An attack: breaks the chip, which no longer tells an older state from the latest.

As text: `Mallory: offline.break-chip` */
export type ActOfflineBreakChip = {
  actor: Name;
  as?: Name;
  verb: "offline.break-chip";
  when?: When;
  with?: Record<string, never>;
};
/** Brings what the device received and cannot hand on to its wallet.

As text: `Bob: offline.claim` */
export type ActOfflineClaim = {
  actor: Name;
  as?: Name;
  verb: "offline.claim";
  when?: When;
  with?: Record<string, never>;
};
/** The holder's phones have the network back.

As text: `Alice: offline.connect` */
export type ActOfflineConnect = {
  actor: Name;
  as?: Name;
  verb: "offline.connect";
  when?: When;
  with?: Record<string, never>;
};
/** An attack: copies the device with its keys and all that is in it.

As text: `Mallory: offline.copy as Twin` */
export type ActOfflineCopy = {
  actor: Name;
  as?: Name;
  verb: "offline.copy";
  when?: When;
  with?: Record<string, never>;
};
/** The holder's phones lose the network.

As text: `Alice: offline.disconnect` */
export type ActOfflineDisconnect = {
  actor: Name;
  as?: Name;
  verb: "offline.disconnect";
  when?: When;
  with?: Record<string, never>;
};
/** An attack: changes the device's software, which then keeps to no limits and takes whatever it is paid.

As text: `Mallory: offline.drop-checks` */
export type ActOfflineDropChecks = {
  actor: Name;
  as?: Name;
  verb: "offline.drop-checks";
  when?: When;
  with?: Record<string, never>;
};
/** An attack: breaks the device open and writes value into it that nobody issued.

As text: `Mallory: offline.forge 32.00` */
export type ActOfflineForge = {
  actor: Name;
  as?: Name;
  verb: "offline.forge";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
  };
};
/** Moves digital currency from the wallet into the device, over the network.

As text: `Alice: offline.load 200.00` */
export type ActOfflineLoad = {
  actor: Name;
  as?: Name;
  verb: "offline.load";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The money for a purpose that it is taken from; the wallet's plain money if left out. */
    purpose?: Name;
  };
};
/** Has the mint make value over, over the network, so that nobody but this payee can redeem it.

As text: `Alice: offline.lock Bob 12.50` */
export type ActOfflineLock = {
  actor: Name;
  as?: Name;
  verb: "offline.lock";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** Whose device it is for. */
    to: Name;
  };
};
/** Pays from device to device, with no network: request, payment, receipt.

As text: `Alice: offline.pay Bob 12.50` */
export type ActOfflinePay = {
  actor: Name;
  as?: Name;
  verb: "offline.pay";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The number that the payer types in. */
    pin?: Count;
    /** Whose device is paid. */
    to: Name;
  };
};
/** A bank puts a device on its list: it was lost, or its holder cheats.

As text: `Harbour: offline.revoke Alice/phone` */
export type ActOfflineRevoke = {
  actor: Name;
  as?: Name;
  verb: "offline.revoke";
  when?: When;
  with: {
    /** The device. */
    device: Name;
  };
};
/** An attack: sets the device's memory back to before its last payment, or before its last report.

As text: `Mallory: offline.roll-back` */
export type ActOfflineRollBack = {
  actor: Name;
  as?: Name;
  verb: "offline.roll-back";
  when?: When;
  with?: {
    /** Before its last payment if left out. Before its last report, what it received since is brought home again. */
    to?: "payment" | "report";
  };
};
/** An attack: sets the device's clock back.

As text: `Mallory: offline.set-clock back=90d` */
export type ActOfflineSetClock = {
  actor: Name;
  as?: Name;
  verb: "offline.set-clock";
  when?: When;
  with: {
    /** How far behind the true time it is from now on. */
    back: Duration;
  };
};
/** An attack: whoever pays the device next is shown another's request instead: by a code that is pasted over, or relayed from afar.

As text: `Bob: offline.swap-code Mallory` */
export type ActOfflineSwapCode = {
  actor: Name;
  as?: Name;
  verb: "offline.swap-code";
  when?: When;
  with: {
    /** Whose request is shown. */
    other: Name;
  };
};
/** Reports to the bank, and learns of revoked devices and new limits.

As text: `Bob: offline.sync` */
export type ActOfflineSync = {
  actor: Name;
  as?: Name;
  verb: "offline.sync";
  when?: When;
  with?: Record<string, never>;
};
/** Puts value out of the purse of an agent on a card or phone, for banknotes over the counter and with no network.

As text: `Corner: offline.top-up Alice/card 50.00` */
export type ActOfflineTopUp = {
  actor: Name;
  as?: Name;
  verb: "offline.top-up";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** Whose device is topped up. */
    to: Name;
  };
};
/** Gives value in the device back to its wallet.

As text: `Alice: offline.unload 20.00` */
export type ActOfflineUnload = {
  actor: Name;
  as?: Name;
  verb: "offline.unload";
  when?: When;
  with?: {
    /** How much; everything if left out. */
    amount?: Amount;
  };
};
/** Opens a sub-wallet: a person's private, capped handle for one payee, or one more that a firm is paid by.

As text: `Alice: open-sub for=Noodles cap=200.00 as Lunches` */
export type ActOpenSub = {
  actor: Name;
  as?: Name;
  verb: "open-sub";
  when?: When;
  with?: {
    /** The most it may pay in a day. */
    cap?: Amount;
    /** The only wallet it pays; left out, it pays any. */
    for?: Name;
  };
};
/** Pays another wallet, at the same bank or another.

As text: `Alice: pay Noodles 12.50 memo="lunch"` */
export type ActPay = {
  actor: Name;
  as?: Name;
  verb: "pay";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The sender's own number: of requests that have the same, one counts. */
    key?: Text;
    /** Words for the payee. */
    memo?: Text;
    /** Who is paid. */
    to: Name;
  };
};
/** Pays many at once, each its own sum; each is a payment of its own.

As text: `Noodles: pay-many {Alice=100.00, Bob=250.00} memo="wages"` */
export type ActPayMany = {
  actor: Name;
  as?: Name;
  verb: "pay-many";
  when?: When;
  with: {
    /** Words for the payees. */
    memo?: Text;
    /** Who is paid, and how much. */
    to: {
      amount: Amount;
      to: Name;
    }[];
  };
};
/** Pays whoever has an account number, or a name in the central bank's directory.

As text: `Alice: pay-to "bob@summit" 12.50` */
export type ActPayTo = {
  actor: Name;
  as?: Name;
  verb: "pay-to";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The sender's own number: of requests that have the same, one counts. */
    key?: Text;
    /** Words for the payee. */
    memo?: Text;
    /** The account number, as the payee's phone shows it, or the alias. */
    to: Text;
  };
};
/** Hands money for a purpose on, wrapped as it is.

As text: `City: purpose.hand Vouchers Alice 50.00` */
export type ActPurposeHand = {
  actor: Name;
  as?: Name;
  verb: "purpose.hand";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The money. */
    money: Name;
    /** To whom. */
    to: Name;
  };
};
/** Pays with money for a purpose. If its condition holds, the payee has plain money.

As text: `Alice: purpose.pay Vouchers Noodles 12.50` */
export type ActPurposePay = {
  actor: Name;
  as?: Name;
  verb: "purpose.pay";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The money. */
    money: Name;
    /** The secret that the condition wants to be shown. */
    preimage?: Text;
    /** Who is paid. */
    to: Name;
  };
};
/** Signs a payment with money for a purpose that somebody else will make, for conditions that want signatures.

As text: `Bob: purpose.sign Vouchers Noodles 12.50` */
export type ActPurposeSign = {
  actor: Name;
  as?: Name;
  verb: "purpose.sign";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The money. */
    money: Name;
    /** Who is to be paid. */
    to: Name;
  };
};
/** Wraps money for a purpose: it can be handed on, and spent only as the condition says.

As text: `City: purpose.wrap LunchOnly 500.00 for=30d as Vouchers` */
export type ActPurposeWrap = {
  actor: Name;
  as?: Name;
  verb: "purpose.wrap";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The condition as it is written above. */
    condition: Name;
    /** For how long it can be spent. What is left then goes back. */
    for: Duration;
  };
};
/** Swaps digital currency in the wallet back into bank deposit.

As text: `Alice: redeem 400.00` */
export type ActRedeem = {
  actor: Name;
  as?: Name;
  verb: "redeem";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
  };
};
/** Gives back a payment that has a name, in part or whole.

As text: `Noodles: refund Lunch 5.00` */
export type ActRefund = {
  actor: Name;
  as?: Name;
  verb: "refund";
  when?: When;
  with: {
    /** How much of it; all that is left of it if left out. */
    amount?: Amount;
    /** The payment. */
    payment: Name;
  };
};
/** Asks another wallet to pay.

As text: `Noodles: request Alice 12.50 expires=10m as Bill` */
export type ActRequest = {
  actor: Name;
  as?: Name;
  verb: "request";
  when?: When;
  with: {
    /** For how much. */
    amount: Amount;
    /** For how long it may be paid; left out, it does not end. */
    expires?: Duration;
    /** Who is asked. */
    from: Name;
    /** Words for the payer. */
    memo?: Text;
  };
};
/** The central bank declares that a bank has failed: what is insured of its depositors' money goes to another bank.

As text: `central-bank: resolve Summit to=Harbour` */
export type ActResolve = {
  actor: Name;
  as?: Name;
  verb: "resolve";
  when?: When;
  with: {
    /** The bank that has failed. */
    bank: Name;
    /** The bank that takes its insured depositors. */
    to: Name;
  };
};
/** Lets the bank's wallets of a type do less than the rules do, up to what they allow.

As text: `Harbour: restrict IV payment=500.00` */
export type ActRestrict = {
  actor: Name;
  as?: Name;
  verb: "restrict";
  when?: When;
  with: {
    /** The most such a wallet may hold. */
    balance?: Amount;
    /** The most it may pay in a day. */
    day?: Amount;
    /** The most it may pay at a time. */
    payment?: Amount;
    /** The type. */
    type: Name;
    /** The most it may pay in a calendar year. */
    year?: Amount;
  };
};
/** Sends messages again that have never arrived.

As text: `Harbour: retry` */
export type ActRetry = {
  actor: Name;
  as?: Name;
  verb: "retry";
  when?: When;
  with?: Record<string, never>;
};
/** A bank gives digital currency from its vault back to the central bank and gets reserves for it.

As text: `Harbour: return 200.00` */
export type ActReturn = {
  actor: Name;
  as?: Name;
  verb: "return";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
  };
};
/** Calls the oldest message off that has never arrived, and undoes what waits for it.

As text: `Harbour: reverse` */
export type ActReverse = {
  actor: Name;
  as?: Name;
  verb: "reverse";
  when?: When;
  with?: Record<string, never>;
};
/** A bank run: people swap their deposits into their wallets, up to what a wallet may hold, the more of them the more have gone before.

As text: `Town: run from=Harbour chance=1% contagion=20% every=10m for=1d` */
export type ActRun = {
  actor: Name;
  as?: Name;
  verb: "run";
  when?: When;
  with: {
    /** The chance that somebody runs whom nobody else alarms, each time. */
    chance: Rate;
    /** What is added to that chance when all others have gone, and in proportion when only some have. */
    contagion?: Rate;
    /** The most that each may swap in a local day, who then goes on the day after; no limit if left out. */
    daily?: Amount;
    /** How often each of them thinks about it. */
    every: Duration;
    /** For how long. */
    for: Duration;
    /** The bank they run from; all of the crowd's banks if left out. */
    from?: Name;
  };
};
/** Pays what a merchant's payment code says: an EMV code, or a BR Code where money is Brazil's.

As text: `Alice: scan "00020101..." 12.50` */
export type ActScan = {
  actor: Name;
  as?: Name;
  verb: "scan";
  when?: When;
  with: {
    /** How much; left out where the code says it. */
    amount?: Amount;
    /** The text of the code, as the merchant's phone shows it. */
    code: Text;
    /** The sender's own number: of requests that have the same, one counts. */
    key?: Text;
  };
};
/** Orders a payment for later, once or again and again.

As text: `Alice: schedule Noodles 30.00 in=1d every=7d times=4` */
export type ActSchedule = {
  actor: Name;
  as?: Name;
  verb: "schedule";
  when?: When;
  with: {
    /** How much each time. */
    amount: Amount;
    /** How long after that each further one; left out for a single payment. */
    every?: Duration;
    /** How long from now the first payment is made. */
    in: Duration;
    /** How often in all; 1 if left out. */
    times?: Count;
    /** Who is paid. */
    to: Name;
  };
};
/** Moves bank deposit into a balance that an agent keeps for the holder: its customers' money is at the central bank.

As text: `Alice: top-up 200.00 at=Corner` */
export type ActTopUp = {
  actor: Name;
  as?: Name;
  verb: "top-up";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The agent. */
    at: Name;
  };
};
/** The crowd's people pay each other and the merchants, at even intervals.

As text: `Town: trade rate=100/s for=1h mean=25.00 refill=200.00` */
export type ActTrade = {
  actor: Name;
  as?: Name;
  verb: "trade";
  when?: When;
  with: {
    /** For how long. */
    for: Duration;
    /** The mean of the sums, which are drawn evenly between nothing and twice as much. */
    mean: Amount;
    /** The share of the payments that go to merchants, where there are any; half if left out. */
    merchants?: Rate;
    /** How many payments a second. */
    rate: Frequency;
    /** How much bank deposit a payer swaps first whose wallet is short; none if left out. */
    refill?: Amount;
  };
};
/** Pays from the balance at an agent into another's balance there.

As text: `Alice: transfer Bob 20.00 at=Corner` */
export type ActTransfer = {
  actor: Name;
  as?: Name;
  verb: "transfer";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The agent. */
    at: Name;
    /** Who is paid. */
    to: Name;
  };
};
/** Lets a frozen wallet pay and be paid again.

As text: `Harbour: unfreeze Alice` */
export type ActUnfreeze = {
  actor: Name;
  as?: Name;
  verb: "unfreeze";
  when?: When;
  with: {
    /** The wallet. */
    wallet: Name;
  };
};
/** Moves the wallet to another type, as better papers allow. It keeps its balance and history.

As text: `Bob: upgrade II` */
export type ActUpgrade = {
  actor: Name;
  as?: Name;
  verb: "upgrade";
  when?: When;
  with: {
    /** The type. */
    to: Name;
  };
};
/** Takes money back from an agent into the bank account.

As text: `Alice: withdraw 50.00 from=Corner` */
export type ActWithdraw = {
  actor: Name;
  as?: Name;
  verb: "withdraw";
  when?: When;
  with: {
    /** How much. */
    amount: Amount;
    /** The agent. */
    from: Name;
  };
};
/** A sum in the preset's currency as a decimal string, "12.50". */
export type Amount = string;
/** A sum or a range of sums, "100.00..500.00". */
export type Amounts = string;
/** A whole number. */
export type Count = number;
/** A date with a time in the preset's zone, "2025-11-03T09:00". */
export type DateTime = string;
export type Declare = DeclareOperator | DeclareAgent | DeclarePerson | DeclareVisitor | DeclareMerchant | DeclareFirm | DeclareWallet | DeclareCrowd | DeclarePlatform | DeclareAuthority | DeclareForeignBank | DeclareNostro | DeclareDevice;
/** A payment firm or bank that runs no wallets: through it people reach the operator behind it, and it keeps balances for them. Money of its own, from which it tops up cards, it has with `deposit` or `cash`.

As text: `agent Corner at=Harbour` */
export type DeclareAgent = {
  kind: "agent";
  name: Name;
  with: {
    /** The operator behind it. */
    at: Name;
    /** Banknotes in its till to begin with, likewise. */
    cash?: Amount;
    /** Bank deposit of its own to begin with: with it come an account and a wallet for businesses. */
    deposit?: Amount;
  };
};
/** The central bank of another country, with its currency.

As text: `authority Bangkok currency=THB` */
export type DeclareAuthority = {
  kind: "authority";
  name: Name;
  with: {
    /** Its currency: three letters of ISO 4217, which says how many decimals it has. */
    currency: string;
  };
};
/** Many people as one actor, each with a bank account and a wallet, called Town-1, Town-2 and so on. Their sums come from the crowd's own random numbers, and their requests bear no signatures.

As text: `crowd Town count=10_000 at=[Harbour, Summit] type=IV deposit=100.00..5_000.00` */
export type DeclareCrowd = {
  kind: "crowd";
  name: Name;
  with: {
    /** The banks that run their wallets and keep their accounts, in turn. */
    at: Name | Name[];
    /** Banknotes of each to begin with, likewise. */
    cash?: Amounts;
    /** How many people. */
    count: Count;
    /** Bank deposit of each to begin with: a sum, or a range in which all are as likely. */
    deposit?: Amounts;
    /** The wallets' type. */
    type: Name;
  };
};
/** A phone or card of a holder's that pays without a network. It is called after its holder.

As text: `device Alice/phone pin=4321` */
export type DeclareDevice = {
  kind: "device";
  name: Name;
  with?: {
    /** After how long it pays no more; what the preset says if left out. */
    expires?: Duration;
    /** A phone, or a card, whose clock is that of the reader it is held to; a phone if left out. */
    form?: "phone" | "card";
    /** Whether that stays in the wallet, or goes on into its holder's bank account; the wallet if left out. */
    into?: "wallet" | "deposit";
    /** The number without which it pays no larger sums. */
    pin?: Count;
    /** The wallet, run by the same bank, that gets what is on it when it has expired; its holder's if left out. */
    return?: Name;
  };
};
/** A firm with a wallet and a bank account.

As text: `firm Weavers at=Harbour deposit=50_000.00` */
export type DeclareFirm = {
  kind: "firm";
  name: Name;
  with: {
    /** The bank that runs the wallet and keeps the account. */
    at: Name;
    /** Banknotes to begin with. */
    cash?: Amount;
    /** Bank deposit to begin with. */
    deposit?: Amount;
    /** The wallet's type, if not the preset's for businesses. */
    type?: Name;
    /** The agent through which it reaches that bank. */
    via?: Name;
  };
};
/** A bank in another country.

As text: `foreign-bank Siam at=Bangkok reserves=1_000_000.00` */
export type DeclareForeignBank = {
  kind: "foreign-bank";
  name: Name;
  with: {
    /** The central bank of its country. */
    at: Name;
    /** Its reserves there to begin with, in that country's currency. */
    reserves?: Amount;
  };
};
/** A merchant with a wallet and a bank account.

As text: `merchant Noodles at=Summit category=5812` */
export type DeclareMerchant = {
  kind: "merchant";
  name: Name;
  with: {
    /** Where its shop is, as its certificate says, for money that may be spent in some places only. */
    area?: Text;
    /** The bank that runs the wallet and keeps the account. */
    at: Name;
    /** Banknotes to begin with. */
    cash?: Amount;
    /** What it sells, as a merchant category code (ISO 18245). */
    category?: Count;
    /** Bank deposit to begin with. */
    deposit?: Amount;
    /** The wallet's type, if not the preset's for businesses. */
    type?: Name;
    /** The agent through which it reaches that bank. */
    via?: Name;
  };
};
/** An account that a bank has at a bank in another country: a nostro to the one, a vostro to the other.

As text: `nostro PeakAtSiam of=Peak at=Siam balance=100_000.00` */
export type DeclareNostro = {
  kind: "nostro";
  name: Name;
  with: {
    /** The bank that keeps it, in its own country's currency. */
    at: Name;
    /** What is in it to begin with. */
    balance?: Amount;
    /** Whose account it is. */
    of: Name;
  };
};
/** A bank that runs wallets and keeps accounts.

As text: `operator Harbour reserves=10_000.00` */
export type DeclareOperator = {
  kind: "operator";
  name: Name;
  with?: {
    /** Banknotes in its tills to begin with. */
    cash?: Amount;
    /** Its reserves at the central bank to begin with. */
    reserves?: Amount;
  };
};
/** A person with a wallet, and a bank account where `deposit` is given.

As text: `person Alice at=Harbour type=II deposit=1_000.00` */
export type DeclarePerson = {
  kind: "person";
  name: Name;
  with: {
    /** The bank that runs the wallet and keeps the account. */
    at: Name;
    /** Banknotes to begin with. */
    cash?: Amount;
    /** Bank deposit to begin with. */
    deposit?: Amount;
    /** The wallet's type. */
    type: Name;
    /** The agent through which it reaches that bank. */
    via?: Name;
  };
};
/** The central banks' common platform; there is one at most.

As text: `platform mBridge` */
export type DeclarePlatform = {
  kind: "platform";
  name: Name;
  with?: Record<string, never>;
};
/** A visitor from abroad with a wallet and no bank account.

As text: `visitor Maya at=Summit type=V cash=500.00` */
export type DeclareVisitor = {
  kind: "visitor";
  name: Name;
  with: {
    /** The bank that runs the wallet. */
    at: Name;
    /** Banknotes to begin with. */
    cash?: Amount;
    /** The wallet's type. */
    type: Name;
    /** The agent through which it reaches that bank. */
    via?: Name;
  };
};
/** Another wallet of somebody who exists, an actor of its own.

As text: `wallet AliceB owner=Alice at=Summit type=IV` */
export type DeclareWallet = {
  kind: "wallet";
  name: Name;
  with: {
    /** The bank that runs it. */
    at: Name;
    /** Whose it is. */
    owner: Name;
    /** Its type. */
    type: Name;
  };
};
/** A length of time, "1h30m". */
export type Duration = string;
export type Expect = {
  op: "=" | "!=" | "<" | "<=" | ">" | ">=";
  /** What is looked at, "Alice.wallet". */
  path: string;
  value: Value;
  when?: When;
} | {
  /** The last act was refused, with this code or, if true, any. */
  refused: true | string;
  when?: When;
} | {
  /** The last act was not refused. */
  ok: true;
  when?: When;
} | {
  /** This invariant holds. */
  holds: string;
  when?: When;
};
/** So many times a second, "100/s". */
export type Frequency = string;
/** The key of a text's translations. */
export type Id = string;
export type Line = {
  comment?: Text;
} | {
  comment?: Text;
  title: Text;
} | {
  comment?: Text;
  use: {
    preset: string;
    version?: number;
  };
} | {
  comment?: Text;
  seed: Count | string;
} | {
  comment?: Text;
  start: DateTime;
} | {
  comment?: Text;
  lang: string;
} | {
  comment?: Text;
  signing: boolean;
} | {
  comment?: Text;
  set: {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: (Amount | "none")[];
    value: Amount | "none";
  } | {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: (Rate | "none")[];
    value: Rate | "none";
  } | {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: (boolean | "none")[];
    value: boolean | "none";
  } | {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: (Duration | "none")[];
    value: Duration | "none";
  } | {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: (string | "none")[];
    value: string | "none";
  } | {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: ("purse" | "coins" | "blind" | "mint" | "promise" | "none")[];
    value: "purse" | "coins" | "blind" | "mint" | "promise" | "none";
  } | {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: ("fully" | "intermittently" | "staged" | "none")[];
    value: "fully" | "intermittently" | "staged" | "none";
  } | {
    path: string;
    source?: Text;
    /** What a reader is offered to set it to, in the order of a slider. */
    stops?: (string | "none")[];
    value: string | "none";
  };
} | {
  comment?: Text;
  declare: Declare;
} | {
  act: Act;
  comment?: Text;
} | {
  comment?: Text;
  wait: When;
} | {
  comment?: Text;
  expect: Expect;
} | {
  comment?: Text;
  step: Tell;
} | {
  comment?: Text;
  note: Tell;
} | {
  ask: Tell;
  comment?: Text;
} | {
  choice: {
    id?: Id;
    right?: boolean;
    text: Text;
  };
  comment?: Text;
} | {
  comment?: Text;
  reveal: Tell;
} | {
  comment?: Text;
  contract: {
    endComment?: Text;
    lines: string[];
    name: string;
  } | unknown;
} | {
  comment?: Text;
  condition: {
    endComment?: Text;
    lines: string[];
    name: string;
  } | unknown;
} | {
  comment?: Text;
  try: {
    act: Act;
    id?: Id;
    text: Text;
  };
};
/** A name, "Alice", or that of a thing of a party's, "Alice/card". */
export type Name = string;
/** A share or a rate a year, "0.05%" or "0.0005". */
export type Rate = string;
export type Tell = {
  id?: Id;
  text: Text;
};
/** A text. */
export type Text = string;
/** A time of day, "20:00". */
export type TimeOfDay = string;
/** A value whose type the path decides. A string holds it as a script writes it. */
export type Value = string | boolean | number | Value[] | {
  [key: string]: Value;
};
/** A time on the current date, "09:05"; a span after the statement before, "+30s"; or a date with a time. */
export type When = string;
