# What one knows at the end of a lesson.

lesson-birth-of-a-yuan-goal = See how a digital yuan is made, changes hands, and is refused.
lesson-four-wallets-goal = Know what each wallet type shows of you, and what it may pay for that.
lesson-who-sees-what-goal = Say of a payment who learns the name, who a number, and who nothing.
lesson-before-the-flip-goal = Know digital cash: the central bank owes it, and it earns nothing.
lesson-flip-to-2026-goal = See what changes when banks owe the same money: reserves move, interest is paid, insurance counts.
lesson-payday-goal = Follow a wage through cap and waterfall into tax, sofa and allowance.
lesson-bank-run-goal = Judge what a holding cap does to a run on a bank, and what it cannot do.
lesson-cross-border-goal = Compare a payment abroad through correspondent banks with one on a common platform, and know why both legs move or neither.
lesson-tunnel-payment-goal = See how a phone pays with no network, what its chip does first, and who knows of it.
lesson-pull-the-phone-away-goal = Say where the money is when a payment is cut off, and why nothing is ever paid twice.
lesson-clone-wars-goal = Follow a copied phone to the place where it is caught, and name who bears the loss in each design.
lesson-blackout-week-goal = Weigh what limits without a network cost those who pay against what cheats cost the issuer.
lesson-stolen-phone-goal = Judge what a number, a list and a limit do against a thief, and what they cannot do.
lesson-gym-goes-bankrupt-goal = Know what a contract that holds money saves you from when the shop you paid in advance goes under.
lesson-coupon-three-ways-goal = Tell a rule beside the money, inside it and around it apart.
lesson-escrow-quarrel-goal = Say before anybody signs who has the money if somebody keeps silent.
lesson-prepaid-card-goal = Give a card limits of its own, top it up, and know who has what is left when it expires.

lessons = Lessons
lesson-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
