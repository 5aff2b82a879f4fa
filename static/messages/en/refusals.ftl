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
refusal-signature-invalid = the signature does not fit
refusal-payee-self = payer and payee are the same wallet
refusal-limit-payment = more than this wallet may pay at a time
refusal-limit-day = more than this wallet may pay in a day
refusal-limit-year = more than this wallet may pay in a year
refusal-limit-balance = more than this wallet may hold
refusal-account-missing = there is no bank account for it
refusal-funds-short = there is not enough money
refusal-liquidity-short = the bank has not enough digital cash

reason-party-unknown = The one it was meant for is not known.
reason-signature-invalid = The signature is not that of { $party }.
reason-payee-self = Payer and payee are the same wallet.
reason-limit-payment = The wallet of { $party } may pay { $allowed } at a time; { $asked } was asked for.
reason-limit-day = The wallet of { $party } may pay { $allowed } a day and has paid { $used }; { $asked } more was asked for.
reason-limit-year = The wallet of { $party } may pay { $allowed } a year and has paid { $used }; { $asked } more was asked for.
reason-limit-balance = The wallet of { $party } may hold { $allowed } and holds { $used }; { $asked } more was to come in.
reason-account-missing = { $party } has no bank account for it.
reason-funds-short = { $party } has { $available }; { $asked } was asked for.
reason-liquidity-short = { $party } has { $available } of digital cash at hand; { $asked } was asked for.
reason-other = The rule { $code } says no.

number-asked = Asked for
number-allowed = Allowed
number-used = Used so far
number-available = Available

source = Source: { $source } ({ $date }, { $mark })
source-ours = Set in this scenario. Source: { $source }
source-ours-plain = Set in this scenario.
source-holder = Set by the wallet’s holder.
mark-v = verified
mark-p = secondary source
mark-m = from memory
mark-d = our own choice
