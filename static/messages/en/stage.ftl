# The frame: bars, tabs, transport, the engine's state.

simulation = Simulation: no real money
simulation-short = No real money
menu = More
close = Close
download = Download
restart = Restart
share = Share
script = Script
story = Story
details = Details
views = Ways to look at it
pages = Pages
view-board = Board
view-sequence = Sequence
view-books = Books
page-story = Story
page-picture = Board
page-script = Script
page-details = Details

preset-cny-2025 = 2025 rules
preset-ended = { $name }, ended { $day }

transport = Playback
play = Play
pause = Pause
play-again = Replay
next = Next
next-beat = Next event
back = Back one event
to-start = To the start
timeline = Timeline
pace = Pace
pace-story = Story
pace-clock-1 = Clock 1×
pace-clock-2 = Clock 2×
pace-clock-8 = Clock 8×
pace-clock-max = Clock max

engine-loading = Getting the engine ready…
part-loading = Getting this ready…
part-failed = This part of the app could not be loaded. Your work is safe.
try-again = Try again
engine-busy = Working…
engine-stopped = The engine stopped. Your text is safe.
engine-last-words = What it said last
new-version = A new version is ready.
reload = Reload

board = Board
door-authentication = Authentication
door-registration = Registration
door-big-data = Big data
registration = Registration · who owns what
held-all = held { $amount } ✓
held-not-all = held { $amount } ✕
merchant-at = merchant at { $bank }
kind-merchant = merchant
limit-payment-short = payment limit { $amount }
limit-day-short = limit a day { $amount }
limit-year-short = limit a year { $amount }
limit-balance-short = holding limit { $amount }
others = { $count ->
    [one] +1 other
   *[other] +{ $count } others
}
group = { $count ->
    [one] 1 more
   *[other] { $count } more
}
party-central-bank = Central bank
party-network = Network
party-outside = Outside

unit = yuan
unit-digital = Digital yuan
glyph = { $form }, owed by { $owed }
form-reserves = reserves
form-digital = digital cash
form-banknote = banknotes
form-account = account balance
form-purse = offline purse
owed-by-central-bank = the central bank
owed-by-bank = a bank
owed-by-firm = a payment firm
owed-by-nobody = nobody
fate-lost = lost
fate-doubled = arrived twice
fate-on-the-way = on the way

sequence-empty = Nothing has moved yet. Press Play.
sequence-nothing = No message and no money went anywhere in this step.
sequence-line = { $from } to { $to }: { $what }
message-ask = request
message-ask-with-notes = request with banknotes
message-issued = issued
message-returned = returned
message-convert = swap at the register
message-converted = swapped
message-withdraw = swap back at the register
message-withdrawn = swapped back
message-offer = may it be paid in?
message-accept = yes, it may be paid in
message-order = payment order
message-settled = settled
message-transfer = transfer of reserves
message-transferred = reserves transferred
message-send-back = send back
message-sent-back = sent back
message-rejected = turned down
message-hand-notes = banknotes handed over
message-receipt = receipt
message-notice = notice
message-declined = declined
message-transfer-refused = transfer refused
message-credited = credited
message-please-pay = please pay
message-will-not-pay = will not pay
message-lapsed = no longer wanted
message-offline-request = please pay me
message-offline-payment = signed payment
message-offline-receipt = I have it
message-offline-ask = device asks its bank
message-offline-answer = bank answers the device
message-offline-clear = clearing between banks
message-float-in = into the float
message-float-held = in the float
message-float-out = out of the float
message-float-paid = out of the float, paid
message-float-honour = made up, and honoured
message-float-transfer = reserves for an offline payment
message-float-transferred = reserves for an offline payment, moved
message-float-refused = no reserves for it
message-look-up = whose name is this?
message-found = this wallet’s
message-not-found = nobody’s
message-enrol = enter this name
message-enrolled = entered
message-resolve = you have failed
message-insured = insured deposit
message-bridge-ask = bring it onto the platform
message-bridge-issued = issued on the platform
message-bridge-held = held for you
message-bridge-give-back = take it back
message-bridge-retire = take it off the platform
message-bridge-retired = taken off the platform
message-bridge-redeemed = your reserves have it
message-bridge-quoted = quote
message-bridge-agreed = agreed
message-bridge-order = payment on the platform
message-bridge-settled = posted, final
message-bridge-declined = no swap
message-bridge-refused = turned down
message-correspondent-order = pay this on
message-correspondent-return = could not be paid on
message-contract-call = for a contract
message-contract-done = the contract took it
message-contract-refused = the contract says no
message-contract-paid = paid by a contract

# Who looks; phones; the centres' registers.
view-phones = Phones
view-registers = Registers
view-studio = Studio
studio-open = Contract studio
view-charts = Charts
chart-label = { $name }: from { $first } to { $last }, at most { $most }
seen-as = Seen as
seen-by-everyone = Everyone
phone-of = Phone of
phone-label = Phone of { $name }
phone-type = Wallet type { $type }
phone-writes = What you do here writes a line of the script.
phone-hidden = This phone cannot be looked into from here.
phones-none = There is no wallet to look at from here.
phone-subs = Sub-wallets
phone-only = for { $name }
phone-later = Ordered for later
phone-history = What was done
phone-nothing = Nothing yet.
phone-do = Do
phone-whom = Whom
phone-sum = How much
phone-go = Do it
findings = What banks found out
finding-named = Named: { $device }. Its own signatures say so.
finding-unnamed = Nobody can be named: this design does not tell who.
finding-trace = The way of the value
trace-twice = given away already
tap = Hold two phones together
tap-pin = Number of the device, if it asks for one
tap-drop = Drag the device here, or press: it pays the phone of { $name }, with no network.
tap-pay = Hold it to the phone of { $name }
tap-bank = With the bank
tap-no-network = The bank cannot be reached without a network. Paying works.
phone-with = Next to the phone of
airplane = No network
device-card = card
device-limbo = Pending, in limbo:
device-to-claim = Received, pending until claimed:
device-revoked = revoked
device-copy = a copy
device-payments = Payments since the last report
device-hops = Hands it went through
device-sync-by = Report by
device-load = Load
device-sync = Report
device-claim = Claim
device-unload = Give back
device-again = Send again
offline-can = This can go offline.
offline-no-sum = Type a sum to see whether it can go offline.
offline-not-revoked = No: the device has been revoked.
offline-not-payment = No: a device may pay { $amount } at a time.
offline-not-payments = No: the device has to report before it pays again.
offline-not-sync = No: the device should have reported by now.
offline-not-hops = No: this value has gone through as many hands as it may. Report first.
offline-not-funds = No: there is less in the device. Load it while there is a network.
crossed = What crossed the gap
crossed-size = { $size } bytes in { $count ->
    [one] one code
   *[other] { $count } codes
}
crossed-lost = never arrived
phone-asks = { $name } asks for { $amount }
act-pay = Pay
act-request = Ask to be paid
act-exchange = Swap deposit in
act-redeem = Swap back
act-cash-in = Pay banknotes in
act-cash-out = Take banknotes out
act-accept = Pay it
act-decline = Decline
registers-none = From here none of the registers can be seen.
register-empty = Nothing on file.
register-more = The latest of { $count }.
traceable-from = Names from { $amount } on.

unit-EUR = cent
unit-GBP = penny
unit-NGN = naira
unit-INR = rupee
unit-BRL = real
unit-digital-EUR = Digital euro
unit-digital-GBP = Digital pounds
unit-digital-NGN = eNaira
unit-digital-INR = Digital rupees
unit-digital-BRL = Reais
preset-cny-2020-test = Test of 2020
preset-cny-2026 = 2026 rules
preset-digital-euro = Digital euro
preset-digital-pound = Digital pound
preset-enaira = eNaira
preset-e-rupee = e-rupee
preset-pix = Pix
preset-upi-lite = UPI Lite
preset-mbridge = mBridge
rule = Value
rule-value = Is
rule-source = From
rules-title = The rules in use
lab-title = Attack lab
room-title = Room
issuance-stocked = banks hold a stock of it
issuance-on-demand = issued when asked for
issuance-deposit = owed by banks
keep = Keep
line-added = Line { $line } added.
line-added-differs = { $count ->
    [one] Line { $line } added; one later line ends differently.
   *[other] Line { $line } added; { $count } later lines end differently.
}
customers-of = { $bank }’s customers
ribbons = What moved, summed up
crowd-count = { $count ->
    [one] 1 person
   *[other] { $number } people
}
page-before = Earlier
page-after = Later
page-of = { $from } to { $to } of { $count }
act-scan = Scan a code
scan-which = Code on screen
scan-paste = Paste its text below
scan-code-of = { $name }’s code
scan-text = Text of the code
scan-says = Pays { $name }; you say how much.
scan-says-sum = Pays { $name } { $amount }.
code-unreadable = This is no payment code, or part of it is missing.
code-currency = This code is for another currency.
code-scheme = This code names no account that can be paid here.
code-show = A code to be paid by
code-label = Payment code of { $name }
code-sum = Sum on the code
code-sum-hint = Empty: one code for every payment, and the payer says how much.
code-no-sum = A sum above zero, such as 12.50.
code-account = Account { $number }
statement = Statement
statement-of = Statement of { $name }
statement-when = When
statement-what = What
statement-change = In or out
statement-balance = Balance
statement-opening = Opening balance
statement-closing = Closing balance
statement-print = Print
statement-csv = Save as CSV
entry-other = Other
seen-by-investigator = An investigator
warrant-for = by a warrant for
warrant-from = from { $time } on
warrant-now = Begin here
view-compare = Compare
compare-with = Compare with…
compare-choose = Choose other rules
compare-what = The same text plays by other rules beside these; what differs is lit and listed.
compare-story = Compare with: { $name }
compare-working = Playing the text by the other rules…
compare-waits = From line { $line } on it cannot be played by these rules.
differences = What differs
differences-count = { $count ->
    [0] No difference
    [one] One event comes out differently
   *[other] { $count } events come out differently
}
differences-none = Every event comes to the same by both rules.
differences-held = { $count ->
    [one] One more after the question.
   *[other] { $count } more after the question.
}
differences-cut = Only the first 500 events were compared.
difference-event = Event
difference-line = Line { $line }
difference-missing = did not take place
difference-same = unchanged
books-none = From here nobody’s books can be seen.
