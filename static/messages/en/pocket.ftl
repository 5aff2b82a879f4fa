# A wallet of one's own, and the room of such wallets on the Stage.

pocket-title = Pocket
pocket-what = A wallet of your own on this device. It pays and is paid with no network.
pocket-simulation = Simulation: no real money
pocket-home = To the Stage
pocket-opening = Looking for your wallet…

pocket-new = Make a key
pocket-new-what = This device makes a key by chance and keeps it here. A Stage then certifies it and loads the purse.
pocket-join = Join a room
pocket-join-what = A room has sixty seats. Each holds { $amount } to begin with.
pocket-room-field = Link or code of the room
pocket-seat-field = Seat, 1 to 60
pocket-sit = Take the seat
pocket-in-room = Room { $code }

pocket-seat = Seat { $number }
pocket-wallet = Wallet { $number }
pocket-unknown = New wallet
pocket-stage = the Stage
pocket-toy = Toy key: it follows from the room's code and the seat, so anyone in the room can work it out.
pocket-own = This key was made here by chance, and only this browser has it.

pocket-holds = In the purse
pocket-limbo = { $amount } is paid and not acknowledged
pocket-queue = { $count ->
    [one] One payment is not reported yet
   *[other] { $count } payments are not reported yet
  }
pocket-queue-by = Report to the Stage by { $time }
pocket-queue-late = The time to report was { $time }: until then nothing can be paid.

pocket-do = What to do
pocket-pay = Pay
pocket-ask = Ask for money
pocket-load = Get money
pocket-sync = Report
pocket-sum = How much
pocket-ask-what = You show a code, the payer reads it.
pocket-ask-now = Show the request
pocket-load-what = The Stage moves it from your account into the purse: up to { $amount } in all.
pocket-load-now = Show the question
pocket-back = Back
pocket-done = Done

pocket-bill = Pay { $amount } to { $payee }?
pocket-bill-again = Paid already. The same payment is shown again.
pocket-bill-no = This cannot be paid:
pocket-bill-pay = Pay { $amount }
pocket-bill-show = Show the payment

pocket-show-hello = Show this to the Stage: it asks for a certificate
pocket-show-request = Show this to the payer
pocket-show-pay = Show this payment to the payee
pocket-show-ack = Show this receipt to the payer
pocket-show-ask = Show this question to the Stage
pocket-show-sync = Show this report to the Stage
pocket-show-welcome = Show this certificate to { $who }
pocket-show-answer = Show this answer to { $who }
pocket-kind-hello = a new wallet's question
pocket-kind-welcome = a certificate
pocket-kind-request = a request
pocket-kind-pay = a payment
pocket-kind-ack = a receipt
pocket-kind-ask = a question for money
pocket-kind-sync = a report
pocket-kind-answer = an answer
pocket-next-hello = Then read the certificate
pocket-next-request = Then read the payment
pocket-next-pay = Then read the receipt
pocket-next-ack = Read another code
pocket-next-ask = Then read the answer
pocket-next-sync = Then read the answer
pocket-code-of = Code { $number } of { $count }: { $what }
pocket-code-number = Code { $number } of { $count }
pocket-code-before = Code before
pocket-code-after = Next code
pocket-code-turn = Turn by itself
pocket-code-text = The same as text
pocket-copy = Copy
pocket-copied = Copied.
pocket-copy-by-hand = Select the text and copy it by hand.
pocket-kept = Stored on this device before it was shown.

pocket-read = Read a code
pocket-read-what = A request is shown to you before it is paid; all else is taken at once.
pocket-paste = Paste the text of a code
pocket-take = Read the text
pocket-camera = Use the camera
pocket-camera-off = Stop the camera
pocket-camera-starting = Asking for the camera…
pocket-camera-on = Hold the other screen before the camera.
pocket-camera-none = No camera can be used here. Paste the text instead.
pocket-camera-picture = What the camera sees
pocket-progress = { $seen } of { $count } codes read. Read the next one.

pocket-history = History
pocket-history-none = Nothing yet.
pocket-story-loaded = From the Stage
pocket-story-asked = Asked for
pocket-story-paid = To { $who }
pocket-story-received = From { $who }
pocket-stage-waiting = waiting for a payer
pocket-stage-pending = pending
pocket-stage-arrived = received by the payee, pending
pocket-stage-settled = settled
pocket-stage-returned = came back
pocket-stage-closed = closed
pocket-show-again = Show again
pocket-asking = A question to the Stage waits for its answer.
pocket-others = Wallets on this device
pocket-another = Another wallet

pocket-elsewhere = Another tab has changed this wallet. This is how it is now; please try again.
pocket-no-store = This browser keeps nothing, and a pocket shows only what is stored. Allow storage, or use another browser. ({ $why })
pocket-store-full = This device has no room left to store the payment. Nothing was shown; free some space and try again.
pocket-store-failed = This browser could not store it, so nothing was shown. Please try again. ({ $why })
pocket-damaged = What is stored of this wallet is damaged and was left as it is.
pocket-damaged-save = Save it as a file
pocket-damaged-again = Begin again
pocket-no-chance = This browser offers no random numbers to make a key from.
pocket-no-sum = Write a sum such as 12.50.
pocket-no-seat = A seat is a number from 1 to 60.
pocket-no-room = This is not the link or code of a room.
pocket-has-seat = This wallet has its key already. Open another wallet to join a room.
pocket-unreadable = This is not the code of a pocket.
pocket-cut = The code is damaged or cut short. Read it again.

pocket-no = It was turned down: { $code }.
pocket-no-bytes-malformed = The code is damaged or cut short. Read it again.
pocket-no-bytes-object = This code is for somebody else: the Stage, or another wallet.
pocket-no-bytes-field = The code is damaged or cut short. Read it again.
pocket-no-device-unknown = This code is for another wallet.
pocket-no-device-shut = The Stage has shut this wallet.
pocket-no-online-waiting = A question waits for the Stage's answer first.
pocket-no-online-not-asked = No question of this wallet waits for this answer.
pocket-no-online-turn-used = Another copy of this wallet has asked with this number already.
pocket-no-online-turn-gap = A copy of this wallet has asked before with numbers that are missing here.
pocket-no-operator-unknown = It comes from another room, whose bank is not known here.
pocket-no-signature-invalid = The signature does not fit: this code was changed or made up.
pocket-no-certificate-not-yet = The certificate is not valid yet. Is the clock of this device right?
pocket-no-certificate-expired = The certificate is no longer valid. Is the clock of this device right?
pocket-no-certificate-revoked = The certificate was revoked: this wallet was copied and caught.
pocket-no-request-unknown = No request of this wallet asked for this payment.
pocket-no-request-closed = This was paid or closed already: it is claimed.
pocket-no-request-other = This answers another wallet's request.
pocket-no-request-self = This is your own request.
pocket-no-payment-unknown = No payment of this wallet waits for this receipt.
pocket-no-amount-invalid = The amount cannot be paid.
pocket-no-limit-payment = One payment may be at most { $bound }.
pocket-no-limit-payments = So many payments need a report to the Stage first.
pocket-no-limit-purse = The purse may hold at most { $bound }.
pocket-no-limit-hops = The money has gone through as many hands as it may: report to the Stage first.
pocket-no-sync-overdue = The last report is too long ago: report to the Stage first.
pocket-no-log-full = The purse has no room for more: report to the Stage first.
pocket-no-funds-short = There is not enough in the purse or the account.
pocket-no-log-counter = The report does not follow on the last one: there is a copy of this wallet.
pocket-no-log-chain = The report does not follow on the last one: there is a copy of this wallet.
pocket-no-log-shadow = The sums of the report are not what was loaded, paid and received.

room-what = Wallets on real phones pay each other with no network. Who wants to reports here, and what was spent twice is found.
room-none = A room has sixty seats with certificates and { $amount } each, made from the seed of this scenario and the minute.
room-open = Open a room
room-another = Open a new room
room-which = Rooms
room-enter = Scan this to take a seat
room-link = Link of the room
room-toy = Toy keys: whoever has this link can work out every key of the room. That is how copies can be tried.
room-own = A wallet with a key of its own opens { $link } and shows its question here.
room-read = Read what a wallet shows
room-answered-hello = { $who } is new here and gets its certificate.
room-answered-ask = { $who } asked for money.
room-answered-sync = { $who } has reported.
room-answered-again = { $who } showed this before and gets the same answer.
room-answered-no = { $who } is turned down.
room-found-now = { $count ->
    [one] Something was found by it.
   *[other] { $count } things were found by it.
  }
room-found = Found
room-found-none = Nothing was spent twice, as far as is reported.
room-honoured = { $amount } was paid for value that nobody issued.
room-seats = Wallets
room-seat-who = Wallet
room-seat-holds = Holds
room-seat-reported = Reported
room-seat-state = State
room-seat-good = in order
room-seat-revoked = caught, revoked
room-seat-never = not yet
room-quiet = { $count ->
    [one] One seat has not reported.
   *[other] { $count } seats have not reported.
  }
room-stored = Stored in this browser: { $count } messages.
room-damaged = A room that is stored here is damaged and was left as it is.
