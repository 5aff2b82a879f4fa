# Why something was turned down. `refusal-` is the reason in a few words, for
# captions; `reason-` is the sentence with its numbers: party, asked, allowed,
# used, available.

refusal = Refusal
refused = Refused
refused-by = Turned down by { $party }.
rule-and-source = Rule and source
refusal-can-retry = Trying the same again later can help.
refusal-is-final = Trying the same again will not help.

refusal-party-unknown = nobody of that name is known
refusal-address-invalid = the account number, alias or code cannot be read
refusal-address-unknown = nobody has this account number or alias
refusal-address-taken = another wallet has this alias
refusal-code-amount = the code and the payer do not name one sum
refusal-bank-failed = the bank has failed
refusal-signature-invalid = the signature does not fit
refusal-payee-self = payer and payee are the same wallet
refusal-limit-payment = more than this wallet may pay at a time
refusal-limit-day = more than this wallet may pay in a day
refusal-limit-year = more than this wallet may pay in a year
refusal-limit-balance = more than this wallet may hold
refusal-account-missing = there is no bank account for it
refusal-funds-short = there is not enough money
refusal-liquidity-short = the bank has not enough digital cash
refusal-duplicate = the same request was taken on before
refusal-order-unknown = there is no such request or payment between these two
refusal-request-over = the request is over
refusal-refund-late = the time for giving it back is over
refusal-refund-excess = more than is left of the payment
refusal-nothing-missing = no message is missing
refusal-wallet-closed = the wallet has been closed
refusal-wallet-frozen = the wallet is frozen
refusal-wallet-not-empty = there is still money in the wallet
refusal-limit-type = above the limit of this type of wallet
refusal-payee-other = this sub-wallet pays somebody else only
refusal-limit-night = more than may be paid at a time at night
refusal-limit-parent = more than this sub-wallet may pay in a day
refusal-payee-closed = the payee’s wallet has been closed
refusal-payee-frozen = the payee’s wallet is frozen

reason-party-unknown = The one it was meant for is not known.
reason-address-invalid = The account number, alias or payment code cannot be read: a digit or a part of it is wrong.
reason-address-unknown = The directory knows nobody of this name, or no wallet has this account number.
reason-address-taken = Another wallet has this alias. An alias belongs to one wallet only.
reason-code-amount = A code without a sum needs one from the payer; where the code names a sum, the payer cannot name another.
reason-bank-failed = The bank has failed. What is insured of the money there is at another bank; the rest is frozen.
reason-signature-invalid = The signature is not that of { $party }.
reason-payee-self = Payer and payee are the same wallet.
reason-limit-payment = The wallet of { $party } may pay { $allowed } at a time; { $asked } was asked for.
reason-limit-day = The wallet of { $party } may pay { $allowed } a day and has paid { $used }; { $asked } more was asked for.
reason-limit-year = The wallet of { $party } may pay { $allowed } a year and has paid { $used }; { $asked } more was asked for.
reason-limit-balance = The wallet of { $party } may hold { $allowed } and holds { $used }; { $asked } more was to come in.
reason-account-missing = { $party } has no bank account for it.
reason-funds-short = { $party } has { $available }; { $asked } was asked for.
reason-liquidity-short = { $party } has { $available } of digital cash at hand; { $asked } was asked for.
reason-duplicate = A request with the same number was taken on before; nothing is paid twice.
reason-order-unknown = There is no such request or payment, or it is not between these two.
reason-request-over = The request to be paid is over: paid, declined or expired.
reason-refund-late = The time in which the payment could be given back is over.
reason-refund-excess = The payment was { $allowed }, and { $used } of it has been given back; { $asked } more was asked for.
reason-nothing-missing = { $party } has no message on its way for too long that this could be done with.
reason-wallet-closed = The wallet of { $party } has been closed. What is left in it can only be taken out.
reason-wallet-frozen = The wallet of { $party } is frozen until its operator frees it.
reason-wallet-not-empty = The wallet of { $party } still holds { $available }, or money is on its way to it.
reason-limit-type = The type of the wallet of { $party } allows { $allowed }; { $asked } was asked for.
reason-payee-other = This sub-wallet of { $party } was opened for another payee.
reason-limit-night = At night { $allowed } may be paid at a time; { $asked } was asked for.
reason-limit-parent = This sub-wallet of { $party } may pay { $allowed } a day and has paid { $used }; { $asked } more was asked for.
reason-payee-closed = The wallet of { $party } has been closed.
reason-payee-frozen = The wallet of { $party } is frozen.
reason-other = The rule { $code } says no.

number-asked = Asked for
number-allowed = Allowed
number-used = Used so far
number-available = Available

source = Source: { $source } ({ $date }, { $mark })
source-ours = Set in this scenario. Source: { $source }
source-ours-plain = Set in this scenario.
source-holder = Set by the wallet’s holder.
source-operator = Set by the wallet’s bank, below what the rules allow.
mark-v = verified
mark-p = secondary source
mark-m = from memory
mark-d = our own choice
