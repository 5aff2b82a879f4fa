# Books, balances, limits, checks.

balance-sheet = Balance sheet
holdings = What it has
owns = Owns
owes = Owes
total = Total
becomes = becomes
account-of = { $account } · { $subject }
mirror = The other side of the account marked { $mark }

account-securities = Securities
account-reserves = Reserves
account-repository = Digital cash
account-circulation = Digital cash
account-notes = Banknotes
account-own-reserves = Reserves
account-vault = Bank’s digital cash
account-cash = Banknotes
account-loans = Loans
account-deposits = Deposits
account-deposit = Deposit
account-wallet = Wallet
account-to-return = To be sent back
account-wallets = Wallets
account-to-settle = Payments to settle
account-accrued = Interest owed
account-interest-expense = Interest paid
account-funds = Own funds

holding-in-issue = { $unit } in issue
holding-vault = Bank’s digital cash
holding-reserves = Reserves
holding-cash = Banknotes
holding-deposit = Deposit
holding-reserves-of-banks = Reserves of banks
holding-wallet = Wallet

wallet-of-type = Wallet type { $type } at { $bank }
no-limits = No limits.
limit-payment = One payment
limit-day = In a day
limit-year = In a year
limit-balance = Held
used-of = { $used } of { $allowed }

journal = Journal
journal-empty = No book changed in this event.
journal-book = Book
journal-debit = Debit
journal-credit = Credit
journal-amount = Amount
journal-finality = Finality
final = final
provisional = provisional

accounted = Every { $unit } accounted for
accounted-short = Every yuan accounted for
not-accounted = Not every { $unit } accounted for
accounted-title = Is everything accounted for?
messages-count = { $count ->
    [one] 1 message on the way
   *[other] { $count } messages on the way
}
check = Check
check-left = One side
check-right = Other side
check-on-the-way = On the way
check-holds = Result
holds = holds
broken = does not hold
check-books = Every book balances
check-in-issue = In issue = held
check-vaults = Banks’ digital cash matches
check-reserves = Banks’ reserves match
check-notes = Banknotes match
check-wallets = Wallets match the register
messages-on-the-way = Messages on the way
messages-none = None: everything sent has arrived.
message-line = { $kind }, { $from } to { $to }, { $amount }, sent at { $time }
unreconciled = unreconciled

# Phones and registers.
status-open = Open
status-frozen = Frozen
status-closed = Closed
outcome-paid = paid
outcome-declined = declined
outcome-expired = expired
entry-pay = Payment
entry-refund = Refund
entry-exchange = Swapped from deposit
entry-redeem = Swapped back
entry-cash-in = Banknotes in
entry-cash-out = Banknotes out
entry-request = Request to be paid
entry-decline = Declined
entry-schedule = Ordered for later
entry-upgrade = Other type of wallet
entry-limit = Own limit
entry-close = Closed
entry-open-sub = Sub-wallet
entry-alias = Name in the directory
entry-look-up = Looked up
entry-freeze = Frozen
entry-unfreeze = Free again
entry-accrue = Interest
entry-waterfall = Flowed on to the account
entry-reverse-waterfall = Pulled from the account
centre-authentication = Authentication centre
centre-authentication-what = who each wallet belongs to
centre-registration = Registration centre
centre-registration-what = what each wallet holds
centre-big-data = Big-data centre
centre-big-data-what = what is paid
hidden-name = ▮▮▮▮ (name not known here)
hidden-small = ▮▮▮▮ (below the traceable sum)

# What became of all money, and figures of the real world beside it.
series-reserves = Reserves
series-vaults = Banks’ digital cash
series-deposits = Deposits
series-wallets = Wallets
series-in-issue = In issue
series-payments = Payments
series-paid = Paid
series-refused = Refused
series-velocity = Velocity
series-owed = Owes customers
series-held = Holds
series-required = Has to hold
series-deficiency = Lacks
series-outflow = Outflow
series-shortage = Shortage by the formula
series-turned-away = Asked for in vain
series-average-stock = Average in wallets
series-seigniorage = Seigniorage a year, before costs
series-refused-for = Refused: { $code }
series-a-crowd = people of a crowd
monitor-reserve-ratio = Reserve ratio
monitor-liquidity = Liquidity
monitor-fine = kept
monitor-breached = breached: { $needs } needed, { $has } held
calibration = In the real world
calibration-euro-outflow = Digital euro, everyone holding 3,000: outflow
calibration-euro-outflow-share = of retail sight deposits
calibration-euro-banks-short = banks below their liquidity requirement
calibration-euro-banks = of so many banks
calibration-pound-uncapped = Digital pound, severe stress, no cap: central bank lending needed
calibration-pound-capped = with a cap of 20,000
calibration-ecny-payments = e-CNY: payments so far
calibration-ecny-value = their value
calibration-ecny-mean = mean of a payment
calibration-ecny-personal-wallets = personal wallets
calibration-ecny-corporate-wallets = corporate wallets
