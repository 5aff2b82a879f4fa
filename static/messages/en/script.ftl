script-title = Script
script-label = The scenario as a script
script-keys = Suggestions appear while you type: choose with the arrow keys, take one with Tab or Enter, close them with Escape. Ctrl+Space asks for them. Otherwise Tab leaves the script.
script-help = Put the caret on a word to see what it means. Ctrl+Space suggests what can stand here.
script-offers = Suggestions
script-remarks = What is wrong
script-undo = Undo
script-redo = Redo
script-format = Tidy up
script-line = Line { $line }
script-use = Use { $text }
script-take-out = Take it out
script-fine = Every line can be played.
script-errors = { $count ->
    [one] One line is wrong.
   *[other] { $count } places are wrong.
}
script-warnings = { $count ->
    [one] One remark.
   *[other] { $count } remarks.
}
script-waits = { $count ->
    [one] What stands below waits for line { $line }.
   *[other] { $count } places are wrong. What stands below waits for line { $line }.
}

script-list-comma = { $list }, { $next }
script-list-or = { $list } or { $last }
problem-nothing = the end of the line
problem-quoted = “{ $text }”

problem-too-large = The file has { $found } bytes; a scenario has at most { $limit }.
problem-too-many-statements = A scenario has at most { $limit } statements; nothing from here on was read.
problem-too-many-lines = A scenario has at most { $limit } lines; nothing from here on was read.
problem-too-many-problems = Too many problems; only the first { $limit } are listed.
problem-line-too-long = A line has at most { $limit } characters.
problem-too-deep = This is nested more than { $limit } levels deep.
problem-invalid-utf8 = This is not UTF-8 text; save the file as UTF-8.
problem-control-character = The control character { $character } cannot stand in a scenario; delete it.
problem-bidi-control = The invisible character { $character } makes text look different from what it says; delete it.
problem-stray-character = “{ $character }” has no meaning here.
problem-unterminated-text = The closing quote of this text is missing.
problem-bad-escape = “{ $escape }” is not an escape; a text knows \" and \\ and \n.
problem-expected = Expected here: { $expected }. Found: { $found }.
problem-spaced-equals = An argument's “=” stands without spaces around it.
problem-unspaced-operator = A comparison stands between spaces.
problem-comma-in-number = Thousands are separated by “_”, not by a comma.
problem-unknown-statement = No statement begins with “{ $word }”.
problem-unknown-kind = There is no kind of thing called “{ $kind }”.
problem-missing-colon = Behind “{ $actor }”, who acts, stands a “:”.
problem-unknown-verb = There is no verb “{ $verb }”.
problem-verb-not-allowed = “{ $actor }” cannot “{ $verb }”: that is for { $kinds }, and this is a { $kind }.
problem-unknown-field = “{ $of }” has no field “{ $field }”.
problem-missing-field = “{ $of }” needs “{ $field }”.
problem-field-twice = “{ $field }” is given twice.
problem-too-many-values = “{ $of }” takes { $most } values without a name; this one is too many.
problem-value-after-named = Values without a name stand before those that have one.
problem-too-few-stops = A slider has two stops at least.
problem-too-many-stops = A slider has { $most } stops at most.
problem-stop-twice = The stop { $stop } is given twice.
problem-wrong-type = “{ $field }” takes { $expected }, and this is { $found }.
problem-bad-number = “{ $text }” is not a number; numbers look like 1_234.50.
problem-number-too-large = This is too large; the most is { $most }.
problem-too-many-decimals = { $currency } has { $allowed } decimals, and this has { $found }.
problem-negative-amount = An amount cannot be negative here.
problem-wrong-currency = Amounts here are in { $expected }, not in { $found }.
problem-bad-rate = “{ $field }” takes a rate from 0% to 1000% with at most nine decimals, such as 0.05% or 0.0005.
problem-bad-frequency = “{ $field }” takes so many a second, such as 100/s or 0.5/s: more than nothing and at most 1,000,000/s.
problem-range-reversed = “{ $field }” takes a range such as 100.00..500.00, the lower sum first.
problem-too-many-listed = “{ $field }” names at most { $most }.
problem-listed-twice = “{ $field }” names “{ $name }” twice.
problem-crowd-size = A crowd has at least one member, and a run at most { $most } parties.
problem-too-often = People would have to decide more than { $most } times. Let there be fewer of them, or less often.
problem-not-a-count = “{ $field }” takes a whole number such as 12.
problem-bad-time = “{ $text }” { $fault }.
problem-time-backward = { $written } is earlier than { $now }, the time of the statement before; time runs forward only.
problem-time-not-taken = “{ $word }” has no time of its own.
problem-missing-time = Say how long to wait, like “+1d wait”.
problem-unknown-actor = Nobody is called “{ $name }”.
problem-declared-later = “{ $name }” is declared only later, on line { $line }.
problem-wrong-kind = “{ $field }” takes { $kinds }, and “{ $name }” is a { $kind }.
problem-name-taken = The name “{ $name }” is taken since line { $line }.
problem-reserved-name = “{ $name }” has a meaning of its own and cannot be a name.
problem-blank-name = A name is not empty and neither begins nor ends with a space.
problem-name-too-long = A name has at most { $limit } characters.
problem-text-too-long = A text that goes with a request has at most { $limit } bytes.
problem-name-not-composed = With { $character } this name has a second spelling; use letters in their composed form (NFC), such as é as one character.
problem-name-character = A name cannot hold “{ $character }”.
problem-unknown-preset = There is no preset “{ $name }”.
problem-unknown-version = The preset “{ $name }” has no version { $version }; the newest is { $newest }.
problem-unpinned-preset = Without a version, this file changes its results when “{ $name }” gets a newer one than { $newest }.
problem-unknown-wallet-type = The preset “{ $preset }” has no wallet type “{ $walletType }”; it has { $types }.
problem-unknown-choice = “{ $field }” takes { $choices }, not “{ $word }”.
problem-unknown-refusal = Nothing is ever refused with the code “{ $refusal }”.
problem-unknown-invariant = There is no invariant “{ $name }”.
problem-unknown-account = “{ $name }” has no “{ $account }”.
problem-unknown-path = The preset “{ $preset }” has nothing at “{ $path }” that a scenario can set.
problem-missing-use = A scenario names its preset before anything happens, like “use cny-2025@1”.
problem-header-late = “{ $header }” belongs to the headers, above all else.
problem-header-twice = “{ $header }” stands on line { $line } already.
problem-bad-lang = “{ $tag }” is not a language tag; they look like “en” or “zh-CN”.
problem-ask-without-choice = The lines below a question offer its answers, like “choice "Refused" right”.
problem-choice-without-ask = An answer stands below its “ask”, or below another answer to it.
problem-no-right-choice = One answer of a question is marked “right”.
problem-two-right-choices = A question has one right answer, and that is on line { $line }.
problem-reveal-without-ask = “reveal” answers an “ask” above it, once.
problem-nothing-to-expect-of = Nobody has done anything yet that could be refused.
problem-zero-amount = An amount to move is more than zero.
problem-stopped = This line could not be played: { $why }.
problem-in-block = { $says }
problem-nobody-plays = Nobody plays “{ $role }”. Write who does, as in “{ $role }=Alice”.
problem-unended-block = The “end” of this “{ $word }” is missing.
problem-end-of-nothing = There is no block here to end.
problem-json-syntax = This is not JSON: { $reason }.
problem-json-form = Expected here: { $expected }.
problem-json-key = The key “{ $key }” has no meaning here.
problem-json-missing = The key “{ $key }” is missing here.

expected-statement = a statement
expected-act-wait-or-expect = an act, “wait” or “expect”
expected-actor = the name of who acts
expected-colon = “:”
expected-verb = a verb
expected-text = a text in quotes
expected-name = a name
expected-value = a value
expected-whole-number = a whole number
expected-when = a time such as 09:05 or +30s
expected-duration = a duration such as 1h30m
expected-date-time = a date with a time such as 2025-11-03T09:00
expected-preset = the name of a preset
expected-on-or-off = “on” or “off”
expected-language-tag = a language tag such as “en”
expected-path = a path such as “card.balance”
expected-account = “.” and what is looked at, such as “.wallet”
expected-operator = one of = != < <= > >=
expected-equals = “=”
expected-refusal-code = a refusal code such as “limit.payment”
expected-invariant = the name of an invariant
expected-list = a list such as [0.00, 500.00, none]
expected-comma = “,” or the closing bracket
expected-end = the end of the line

value-type-amount = an amount such as 12.50
value-type-actor = a party's name
value-type-name = a name
value-type-text = a text in quotes
value-type-count = a whole number
value-type-wallet-type = a wallet type
value-type-duration = a duration such as 1h30m
value-type-share = a rate such as 0.05%
value-type-amounts = an amount or a range of amounts, such as 100.00..500.00
value-type-actors = a party’s name or a list of them, such as [Harbour, Summit]
value-type-frequency = so many a second, such as 100/s
value-type-shares = names with sums in braces, such as Alice=100.00, Bob=250.00
value-type-exchange = what one unit buys, such as 4.95
value-type-currency = a currency’s three letters, such as THB
value-type-time-of-day = a time of day in quotes, such as "20:00"
value-type-bool = “true” or “false”
value-type-choice = one of certain words
value-type-number = a number
value-type-percent = a percentage
value-type-rate = a number a second
value-type-range = a range
value-type-date-time = a date with a time
value-type-list = a list
value-type-record = a record

time-fault-syntax = is not a time; times look like 09:05, +1h30m or 2025-11-03T09:00
time-fault-no-such-date = is no date of the calendar
time-fault-no-such-time = is no time of day
time-fault-skipped = never comes: clocks are put forward over it
time-fault-out-of-range = lies outside the years 1900 to 2200
time-fault-too-long = is too long
time-fault-zone = names a zone; times are always in the preset's zone

json-form-document = an object with “exq” and “lines”
json-form-version = 1, the version of this form
json-form-lines = a list of lines
json-form-line = an object with one statement
json-form-object = an object
json-form-text = a string
json-form-whole-number = a whole number
json-form-bool = true or false
json-form-value = a string, number, true, false, list or object
json-form-word = a single word
json-form-when = a time as a script writes it, such as "09:05" or "+30s"
json-form-written = a value as a script writes it
json-form-shallower = less nesting
