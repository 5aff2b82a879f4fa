# What a beat did: one sentence. Arguments: actor, payee, amount, bank, time,
# code (why it was refused), count.

caption-start = Nothing has happened yet. Everyone has what they start with.
caption-unseen = Nothing happened that could be seen from here.
caption-later = Time passes until { $time }.
caption-correspondents = { $count ->
    [one] By { $time } a correspondent bank passed the payment on.
   *[other] By { $time } correspondent banks passed payments on { $count } times.
}
caption-quotes-expired = { $count ->
    [one] At { $time } a quote ended that nobody took.
   *[other] By { $time } { $count } quotes ended that nobody took.
}
caption-overdue = { $count ->
    [one] A message is overdue at { $time }: the books no longer agree.
   *[other] { $count } messages are overdue at { $time }: the books no longer agree.
}

caption-issue = The central bank issued { $amount } of { $money } to { $bank }, in exchange for reserves.
caption-return = { $bank } gave { $amount } of { $money } back to the central bank and got reserves.
caption-exchange = { $actor } swapped { $amount } of bank deposit into { $money }.
caption-redeem = { $actor } swapped { $amount } of { $money } back into a bank deposit.
caption-cash-in = { $actor } paid { $amount } in banknotes into the wallet.
caption-cash-out = { $actor } took { $amount } out of the wallet in banknotes.
caption-pay = { $actor } paid { $payee } { $amount } in { $money }: final at { $time }.
caption-told-issue = The central bank was to issue { $amount }. Under these rules nobody holds a stock of { $money }: it was noted, and that is all.
caption-told-return = { $bank } reported { $amount }. Under these rules there is no stock of { $money } to give back: it was noted, and that is all.
caption-schedule = { $actor } ordered a payment of { $amount } to { $payee } for later.
caption-request = { $actor } asked { $payee } for { $amount }.
caption-decline = { $actor } will not pay { $payee } the { $amount } that was asked for.
caption-refund = { $actor } gave { $payee } { $amount } back.
caption-upgrade = { $actor } moved the wallet to another type. Balance and history stay.
caption-limit = { $actor } set limits of its own.
caption-close = { $actor } closed the wallet.
caption-open-sub = { $actor } opened a sub-wallet: whoever is paid from it sees its name, not the wallet behind it.
caption-alias = { $actor } got a name in the central bank’s directory, by which the wallet can be paid.
caption-pay-many = { $actor } paid { $asked ->
    [one] one person
   *[other] { $asked } people
} at once: { $amount } in all.
caption-restrict = { $actor } lets wallets of one type do less than the rules allow.
caption-top-up = { $actor } put { $amount } of bank deposit into a balance at { $bank }.
caption-withdraw = { $actor } took { $amount } back from an agent into the bank account.
caption-transfer = { $actor } paid { $payee } { $amount } from balance to balance, at the same agent.
caption-resolve = { $bank } has failed. What is insured of its depositors’ money goes to another bank.
caption-freeze = The wallet of { $actor } was frozen: it can neither pay nor be paid.
caption-unfreeze = The wallet of { $actor } can be used again.
caption-accrue = { $actor } reckoned the interest that wallets have earned.
caption-retry = { $actor } sent again what had never arrived.
caption-reverse = { $actor } called off what had never arrived, and undid what waited for it.
caption-bridge-issue = { $actor } brought { $amount } onto the common platform, out of its reserves at { $payee }.
caption-bridge-redeem = { $actor } took { $amount } off the common platform and got reserves for it from { $payee }.
caption-bridge-quote = { $actor } offered { $payee } { $amount } for { $back }. Nothing has moved.
caption-bridge-accept = { $actor } took the quote of { $payee }: { $amount } against { $back }, both posted in one step.
caption-bridge-decline = { $actor } will not swap with { $payee }.
caption-bridge-pay = { $actor } paid { $payee } { $amount } on the common platform: final at { $time }.
caption-correspondent-pay = { $actor } paid { $payee } { $amount } through an account between them.
caption-offline-load = { $actor } loaded { $amount } into the device: it can be paid with no network now.
caption-offline-lock = { $actor } had { $amount } in the device locked to one payee: nobody else can redeem it now.
caption-offline-top-up = { $actor } put { $amount } on the card of { $payee } out of its own purse, for banknotes and with no network.
caption-offline-pay = { $actor } paid { $payee } { $amount } from device to device, with no network.
caption-offline-claim = { $actor } brought what the device had received to the bank.
caption-offline-load-purpose = { $actor } loaded { $amount } of { $contract } into the device: its chip judges the condition from now on.
caption-offline-unload-purpose = { $actor } gave { $amount } of { $contract } back out of the device, wrapped as it was.
caption-offline-unload = { $actor } took { $amount } out of the device, back into the wallet.
caption-offline-sync = The device of { $actor } reported to { $bank }.
caption-offline-again = The device of { $actor } sent again what waited for an answer, in the same bytes.
caption-offline-revoke = { $bank } put { $device } on its list of revoked devices.
caption-offline-disconnect = The phone of { $actor } has no network.
caption-offline-connect = The phone of { $actor } has its network back.
caption-offline-copy = { $device } was copied, with its keys and all that is in it. Nobody can tell.
caption-offline-break-chip = The chip of { $device } was broken: it no longer tells an older state from the latest.
caption-offline-roll-back = The memory of { $device } was set back to before its last payment.
caption-offline-set-clock = The clock of { $device } was set back.
caption-offline-alter = The next payment of { $device } will be changed on its way.
caption-offline-roll-back-report = The memory of { $device } was set back to before its last report.
caption-offline-forge = Value that nobody issued was written into { $device }.
caption-offline-drop-checks = The software of { $device } was changed: it keeps to no limits and takes whatever it is paid.
caption-offline-swap-code = Whoever pays { $device } next is shown another’s request.
caption-offline-limbo = { $actor } paid { $payee } { $amount }, and nothing came back: until one of them reports, it is in limbo.
caption-offline-found = { $bank } found out: { $what }, { $amount }.
caption-offline-found-named = { $bank } found out: { $what }, { $amount }. It was { $device }.
caption-offline-settle = Time has passed for devices: what was reserved is settled, and what expired goes home.
caption-contract-open = { $actor } opened { $contract } and put in { $amount }. The money belongs to nobody else until the contract says so.
caption-contract-open-paid = { $actor } opened { $contract } and put in { $amount }. It paid { $paid } at once.
caption-contract-deposit = { $actor } put { $amount } into { $contract }.
caption-contract-deposit-paid = { $actor } put { $amount } into { $contract }. With that it paid { $paid }.
caption-contract-say = { $actor } says “{ $what }” to { $contract }.
caption-contract-say-paid = { $actor } says “{ $what }” to { $contract }: it pays { $payee } { $paid }.
caption-contract-sign = { $actor } signs “{ $what }” in { $contract }. More must sign.
caption-contract-sign-paid = { $actor } signs “{ $what }” in { $contract }: it pays { $payee } { $paid }.
caption-contract-show = { $actor } shows { $contract } the secret.
caption-contract-show-paid = { $actor } shows { $contract } the secret: it pays { $payee } { $paid }.
caption-contract-name = { $actor } names { $amount } in { $contract }.
caption-contract-name-paid = { $actor } names { $amount } in { $contract }: it pays { $payee } { $paid }.
caption-contract-event = The central bank says what has happened: { $what }. { $contract } takes note.
caption-contract-event-paid = The central bank says what has happened: { $what }. { $contract } pays { $payee } { $paid }.
caption-purpose-wrap = { $actor } wrapped { $amount } for a purpose: { $contract }. What is not spent in time comes back.
caption-purpose-pay = { $actor } paid { $payee } { $amount } with money of { $contract }. Its condition holds: { $payee } has plain money.
caption-purpose-hand = { $actor } handed { $payee } { $amount } of { $contract }, wrapped as it is.
caption-purpose-sign = { $actor } signs that { $payee } may be paid { $amount } of { $contract }.
caption-contract-passed = { $count ->
    [one] Nobody acted in time: { $contract } goes on by itself.
   *[other] Nobody acted in time: contracts go on by themselves.
}
caption-contract-passed-paid = { $count ->
    [one] Nobody acted in time: { $contract } pays { $payee } { $paid } by itself.
   *[other] Nobody acted in time: contracts pay { $paid } by themselves, { $payee } first.
}
caption-trade = The { $count } people of { $actor } begin to pay each other and the merchants.
caption-blackout = The { $count } people of { $actor } load their phones; then the network is gone until { $until }.
caption-run = Some of the { $count } people of { $actor } begin to run: they want their deposits in their wallets.
caption-crowd = By { $time } people had asked their banks { $asked ->
    [one] once
   *[other] { $asked } times
}; { $count ->
    [0] nothing was refused
    [one] one request was refused
   *[other] { $count } requests were refused
}.
caption-standing = { $count ->
    [one] At { $time } a payment was made that had been ordered before.
   *[other] By { $time } { $count } payments were made that had been ordered before.
}
caption-expired = { $count ->
    [one] At { $time } a request to be paid ended unpaid.
   *[other] By { $time } { $count } requests to be paid ended unpaid.
}

caption-asked-issue = { $bank } asked for { $amount } of { $money }, and has not got it yet.
caption-asked-return = { $bank } asked to give { $amount } of { $money } back; it is not done yet.
caption-asked-exchange = { $actor } asked to swap { $amount } of bank deposit into { $money }; it is not done yet.
caption-asked-redeem = { $actor } asked to swap { $amount } of { $money } back; it is not done yet.
caption-asked-cash-in = { $actor } handed in { $amount } in banknotes; the wallet has not got it yet.
caption-asked-cash-out = { $actor } asked for { $amount } in banknotes, and has not got them yet.
caption-asked-pay = { $actor } asked to pay { $amount } in { $money }; it has not arrived yet.
caption-asked-refund = { $actor } asked to give { $amount } back; it is not done yet.
caption-asked-top-up = { $actor } asked to put { $amount } of bank deposit into a balance; it is not done yet.
caption-asked-withdraw = { $actor } asked for { $amount } back from an agent; it is not done yet.
caption-asked-transfer = { $actor } asked to pay { $amount } from a balance; it is not done yet.
caption-asked-bridge-issue = { $actor } asked { $payee } to bring { $amount } onto the common platform; it is not there yet.
caption-asked-bridge-redeem = { $actor } asked { $payee } to take { $amount } back; it is not done yet.
caption-asked-bridge-accept = { $actor } said yes to { $amount } against { $back }; neither has been posted yet.
caption-asked-bridge-pay = { $actor } asked to pay { $payee } { $amount } on the common platform; it is not done yet.
caption-asked-correspondent-pay = { $actor } sent { $amount } to { $payee } through correspondent banks; it is on its way.
caption-asked-purpose-pay = { $actor } asked to pay { $payee } { $amount } with money of { $contract }; it is not done yet.

caption-refused-issue = { $amount } of { $money } was asked for. Refused: { $code }.
caption-refused-return = { $amount } of { $money } was to be given back. Refused: { $code }.
caption-refused-exchange = { $actor } wanted to swap { $amount } into { $money }. Refused: { $code }.
caption-refused-redeem = { $actor } wanted to swap { $amount } back. Refused: { $code }.
caption-refused-cash-in = { $actor } wanted to pay in { $amount } in banknotes. Refused: { $code }.
caption-refused-cash-out = { $actor } wanted { $amount } in banknotes. Refused: { $code }.
caption-refused-pay = { $actor } wanted to pay { $amount }. Refused: { $code }.
caption-refused-schedule = { $actor } wanted to order a payment of { $amount } for later. Refused: { $code }.
caption-refused-request = { $actor } wanted to ask for { $amount }. Refused: { $code }.
caption-refused-decline = { $actor } wanted to decline. Refused: { $code }.
caption-refused-refund = { $actor } wanted to give { $amount } back. Refused: { $code }.
caption-refused-upgrade = { $actor } wanted another type of wallet. Refused: { $code }.
caption-refused-limit = { $actor } wanted another limit. Refused: { $code }.
caption-refused-close = { $actor } wanted to close the wallet. Refused: { $code }.
caption-refused-open-sub = { $actor } wanted a sub-wallet. Refused: { $code }.
caption-refused-alias = { $actor } wanted a name in the directory. Refused: { $code }.
caption-refused-pay-many = { $actor } wanted to pay { $asked } people at once, { $amount } in all. { $count ->
    [one] One payment was refused.
   *[other] { $count } payments were refused.
}
caption-refused-restrict = { $actor } wanted other limits for a type of wallet. Refused: { $code }.
caption-refused-top-up = { $actor } wanted to put { $amount } into a balance. Refused: { $code }.
caption-refused-withdraw = { $actor } wanted { $amount } back from an agent. Refused: { $code }.
caption-refused-transfer = { $actor } wanted to pay { $amount } from a balance. Refused: { $code }.
caption-refused-resolve = A bank was to be declared failed. Refused: { $code }.
caption-refused-freeze = A wallet was to be frozen. Refused: { $code }.
caption-refused-unfreeze = A wallet was to be freed. Refused: { $code }.
caption-refused-accrue = Interest was to be reckoned. Refused: { $code }.
caption-refused-retry = { $actor } wanted to send again what never arrived. Refused: { $code }.
caption-refused-reverse = { $actor } wanted to undo what waits. Refused: { $code }.
caption-refused-bridge-issue = { $actor } wanted { $amount } on the common platform. Refused: { $code }.
caption-refused-bridge-redeem = { $actor } wanted { $amount } taken back. Refused: { $code }.
caption-refused-bridge-quote = { $actor } wanted to offer { $payee } { $amount }. Refused: { $code }.
caption-refused-bridge-accept = { $actor } took the quote of { $payee }: { $amount } against { $back }. Neither was posted: { $code }.
caption-refused-bridge-decline = { $actor } wanted to decline. Refused: { $code }.
caption-refused-bridge-pay = { $actor } wanted to pay { $payee } { $amount } on the common platform. Refused: { $code }.
caption-refused-correspondent-pay = { $actor } wanted to send { $payee } { $amount } through correspondent banks. Refused: { $code }.
caption-refused-offline-load = { $actor } wanted to load { $amount } into the device. Refused: { $code }.
caption-refused-offline-lock = { $actor } wanted to lock { $amount } to a payee. Refused: { $code }.
caption-refused-offline-top-up = { $actor } wanted to top up a card with { $amount }. Refused: { $code }.
caption-refused-offline-pay = { $actor } wanted to pay { $amount } with no network. Refused: { $code }.
caption-refused-offline-claim = { $actor } wanted to claim what the device received. Refused: { $code }.
caption-refused-offline-unload = { $actor } wanted to take { $amount } out of the device. Refused: { $code }.
caption-refused-offline-sync = The device of { $actor } wanted to report. Refused: { $code }.
caption-refused-offline-again = The device of { $actor } had nothing to send again, or it was refused: { $code }.
caption-refused-offline-tamper = { $actor } has no device to tamper with. Refused: { $code }.
found-value-twice = the same value was spent twice
found-negative = more was paid than was ever there
found-log = a log that does not hold
found-payee = a payee showed one payment twice
found-identity = coins that hide another name
found-short = a settlement that does not cover a promise
found-unpaid = a claim that another bank did not pay
found-purpose = money for a purpose that a chip paid against its condition
caption-refused-contract-open = { $actor } wanted to open { $contract } with { $amount }. Refused: { $code }.
caption-refused-contract-deposit = { $actor } wanted to put { $amount } into { $contract }. Refused: { $code }.
caption-refused-contract-say = { $actor } said “{ $what }” to { $contract }. Refused: { $code }.
caption-refused-contract-sign = { $actor } wanted to sign “{ $what }” in { $contract }. Refused: { $code }.
caption-refused-contract-show = { $actor } showed { $contract } a secret. Refused: { $code }.
caption-refused-contract-name = { $actor } named { $amount } in { $contract }. Refused: { $code }.
caption-refused-contract-event = The central bank wanted to say what has happened in { $contract }. Refused: { $code }.
caption-refused-purpose-wrap = { $actor } wanted to wrap { $amount } for a purpose. Refused: { $code }.
caption-refused-purpose-pay = { $actor } wanted to pay { $payee } { $amount } with money of { $contract }. Refused: { $code }.
caption-refused-purpose-hand = { $actor } wanted to hand { $payee } { $amount } of { $contract }. Refused: { $code }.
caption-refused-purpose-sign = { $actor } wanted to sign that { $payee } may be paid { $amount } of { $contract }. Refused: { $code }.

caption-network-lose = { $count ->
    [one] The network will lose the next message.
   *[other] The network will lose the next { $count } messages.
}
caption-network-double = { $count ->
    [one] The network will deliver the next message twice.
   *[other] The network will deliver the next { $count } messages twice.
}
caption-network-delay = { $count ->
    [one] The network will hold the next message up.
   *[other] The network will hold the next { $count } messages up.
}

# What the money of the rules is called in a sentence.
money-CNY = digital yuan
money-EUR = digital euro
money-GBP = digital pounds
money-NGN = eNaira
money-INR = digital rupees
money-BRL = reais
