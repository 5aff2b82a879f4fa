# What is said to classes: in the gallery, before a room, in a frame.

gallery-resume = Where you were
gallery-go-on = Go on
gallery-step = Step { $step } of { $steps }
gallery-done = Done
gallery-open-now = Open now
gallery-steps = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
gallery-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
gallery-again = Begin “{ $title }” from its start
gallery-start = Digital cash, day by day
gallery-start-about = How it is made, held, seen and spent.
gallery-banks = Banks, and other countries
gallery-banks-about = Who owes the money, and what that does to everybody’s books.
gallery-offline = Without a network
gallery-offline-about = Phones that pay in a tunnel, and what cheats can do with that.
gallery-conditions = Money with conditions
gallery-conditions-about = Contracts that hold money, and money for a purpose.

no-lesson = No lesson is called “{ $name }”: the link may be mistyped, or from another version. Your own work is as it was.
no-step = “{ $title }” has the steps 1 to { $steps }, and no step “{ $step }”. Your own work is as it was.
no-step-start = Begin it at its start
no-lesson-gallery = See all lessons

share-lesson = Address of this lesson
share-lesson-what = This is a lesson that ships: its address is short, and opens it at the step you are at.
code-title = Code for the room
code-open = Show the room a code
code-of-lesson = QR code that opens “{ $title }”
code-how = Scan it, or type the address. The lesson plays in the page; nothing is sent anywhere.
code-at-step = At step { $step }

present-bar = Controls
present-counts = Show hands
present-blank = Black
present-unblank = Show the picture again
present-leave = Leave
present-hands = { $count ->
    [one] 1 hand
   *[other] { $count } hands
}
present-more = One hand more for { $letter }: +
present-less = One hand less for { $letter }: −
key-forward = Next event; at a question, what happened
key-back = One event back
key-play = Play or pause
key-hand = At a question: one hand for A, B, C, D; with Shift, one less
key-counts = Show or hide how many hands there are
key-blank = Black screen, or the picture again; at a question, only the full stop
key-code = Code for the room
key-again = From the start, with all answers forgotten
key-leave = Back to the app

embed-open = Open in Exchequer
embed-no-link = The address of this frame opens nothing: its link is mistyped, cut short or of another version. This is the opening story.
