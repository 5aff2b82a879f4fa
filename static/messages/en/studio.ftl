# Contracts and conditions where they are worked on.

studio-block = Working on
studio-block-contract = Contract { $name }
studio-block-condition = Condition { $name }
studio-none = This script has no contract yet. Choose one from the catalogue, or write one.
studio-text = Text
studio-text-label = The lines of the block
studio-form = Form
studio-diagram = States
studio-diagram-wrong = The diagram comes back once the text is right.
studio-diagram-label = State diagram of { $name }, { $count ->
    [one] one state
   *[other] { $count } states
}. { $now }
studio-diagram-now = It waits in step { $step }.
studio-diagram-ended = It has ended.
studio-any-time = At any time
studio-at-once = At once
studio-nobody = Nobody in time
studio-again = then the next turn
studio-end = The end: nothing is held
studio-here = now
studio-turn = now: turn { $turn } of { $turns }
studio-problem = Line { $line }: { $says }
studio-words = In plain words
studio-judges = Without a network
studio-judges-note = A purpose can be loaded into a chip’s purse if the chip can judge every rule of it: offline.load … purpose=NAME. The payer’s chip and the payee’s device judge at the tap, and the bank again. Of a deadline they know the day. One rule that only the network can judge, and the bank refuses to load it.
studio-proof = Before anybody signs
studio-proof-wrong = Nothing can be proven of a contract that cannot run.
studio-proving = Playing it in every way there is…
studio-found-nothing = Nothing was found that may not be meant.
studio-risk = Risk:
studio-note = Note:
studio-or = or: { $says }
studio-play = Play it
studio-play-label = Play it: { $says }
studio-sign = Sign and open
studio-now = Now
studio-now-none = Nothing has been opened from it at this moment.
studio-unnamed = Without a name
studio-funded = Put in
studio-released = Paid out
studio-refunded = Gone back
studio-held = Held
studio-until = Waits until { $time }.
studio-let-pass = Let time pass until then
studio-ended = It has ended and holds nothing.
studio-secret = The secret
studio-catalogue = From the catalogue
studio-template = Entry
studio-insert = Put it into this script
studio-begin = Begin a new script with it
studio-fill-failed = These values make no sense together. Check amounts, times and names.
studio-unfit = This does not fit here. An example: { $example }
studio-add-step = Add a step
studio-add-action = Add an action
studio-remove = Remove the action
studio-add-payment = Add a payment
studio-remove-payment = Remove the payment: { $payment }
studio-row-parties = Who takes part
studio-row-secret = A secret, known by its SHA-256 image
studio-row-hold = What is put in
studio-row-step = A step
studio-row-when = An action
studio-row-else = If nobody acts in time
studio-row-do = What is done at once
studio-row-on = If something is declared
studio-field-amount = Amount
studio-field-amount-from = From
studio-field-amount-to = At most
studio-field-duration = How long
studio-field-duration-from = Not before
studio-field-duration-until = Until
studio-field-duration-every = Every
studio-field-count = How many
studio-field-count-repeat = Turns
studio-field-count-times = Times
studio-field-share = Share
studio-field-moment = Date
studio-field-moment-before = Before
studio-field-moment-after = From
studio-field-image = SHA-256 image
studio-field-party = Party
studio-field-party-from = From
studio-field-party-to = To
studio-field-party-for = For
studio-field-party-when = Who
studio-field-category = Category
studio-field-name = Name
studio-field-step = What the step is called
template-prepaid-card = Prepaid card
template-prepaid-card-note = A card with limits of its own, set by the script, that expires, is topped up, and pays without a network.
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
