# What a beat did: one sentence. Arguments: actor, payee, amount, bank, time,
# code (why it was refused), count.

caption-start = Nothing has happened yet. Everyone has what they start with.
caption-later = Time passes until { $time }.
caption-overdue = { $count ->
    [one] A message is overdue at { $time }: the books no longer agree.
   *[other] { $count } messages are overdue at { $time }: the books no longer agree.
}

caption-issue = The central bank issued { $amount } of digital yuan to { $bank }, in exchange for reserves.
caption-return = { $bank } gave { $amount } of digital yuan back to the central bank and got reserves.
caption-exchange = { $actor } swapped { $amount } of bank deposit into digital yuan.
caption-redeem = { $actor } swapped { $amount } of digital yuan back into a bank deposit.
caption-cash-in = { $actor } paid { $amount } in banknotes into the wallet.
caption-cash-out = { $actor } took { $amount } out of the wallet in banknotes.
caption-pay = { $actor } paid { $payee } { $amount } in digital yuan: final at { $time }.
caption-limit = { $actor } set a limit of { $amount }.
caption-freeze = The wallet of { $actor } was frozen.
caption-unfreeze = The wallet of { $actor } can be used again.
caption-close = { $actor } closed the wallet.
caption-upgrade = { $actor } has a wallet with higher limits.

caption-asked-issue = { $bank } asked for { $amount } of digital yuan, and has not got it yet.
caption-asked-return = { $bank } asked to give { $amount } of digital yuan back; it is not done yet.
caption-asked-exchange = { $actor } asked to swap { $amount } of bank deposit into digital yuan; it is not done yet.
caption-asked-redeem = { $actor } asked to swap { $amount } of digital yuan back; it is not done yet.
caption-asked-cash-in = { $actor } handed in { $amount } in banknotes; the wallet has not got it yet.
caption-asked-cash-out = { $actor } asked for { $amount } in banknotes, and has not got them yet.
caption-asked-pay = { $actor } asked to pay { $amount } in digital yuan; it has not arrived yet.

caption-refused-issue = { $amount } of digital yuan was asked for. Refused: { $code }.
caption-refused-return = { $amount } of digital yuan was to be given back. Refused: { $code }.
caption-refused-exchange = { $actor } wanted to swap { $amount } into digital yuan. Refused: { $code }.
caption-refused-redeem = { $actor } wanted to swap { $amount } back. Refused: { $code }.
caption-refused-cash-in = { $actor } wanted to pay in { $amount } in banknotes. Refused: { $code }.
caption-refused-cash-out = { $actor } wanted { $amount } in banknotes. Refused: { $code }.
caption-refused-pay = { $actor } wanted to pay { $amount }. Refused: { $code }.
caption-refused-limit = { $actor } wanted another limit. Refused: { $code }.
caption-refused-freeze = The wallet of { $actor } was to be frozen. Refused: { $code }.
caption-refused-unfreeze = The wallet of { $actor } was to be freed. Refused: { $code }.
caption-refused-close = { $actor } wanted to close the wallet. Refused: { $code }.
caption-refused-upgrade = { $actor } wanted higher limits. Refused: { $code }.

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
