# What is tried in the attack lab, under which model, and what came of it.

attack-attack = Attack
attack-model = Model
attack-noticed = Noticed
attack-noticed-by = By
attack-as = As
attack-culprit = Culprit
attack-loss-by = Loss borne by
attack-amount = Amount
attack-named = named
attack-unnamed = not named
attack-in-limbo = a payment in limbo

attack-cloned-device = Copied device
attack-cloned-device-how = Mallory copies the device, its memory and its key, and both copies pay with the same money.
attack-replay = Same payment brought twice
attack-replay-how = Bob, who was paid once, sets his memory back and brings the same payment to the operator again.
attack-tampered-amount = Changed amount
attack-tampered-amount-how = Somebody changes the amount while the payment is on its way from device to device.
attack-expired-certificate = Expired certificate
attack-expired-certificate-how = Mallory’s certificate is over; she sets her clock back and pays all the same.
attack-revoked-device = Revoked device
attack-revoked-device-how = Mallory’s device is on the list of revoked ones, and pays a payee who has the new list.
attack-rolled-back-state = Memory set back
attack-rolled-back-state-how = After paying, Mallory puts the memory of before back and pays again. Her chip is sound.
attack-rolled-back-weak-chip = Memory set back, broken chip
attack-rolled-back-weak-chip-how = After paying, Mallory puts the memory of before back and pays again, with a chip she has broken.
attack-hop-limit-passed = One hand too many
attack-hop-limit-passed-how = Value goes from hand to hand offline, once more than it may before somebody reports.
attack-stolen-device = Stolen device
attack-stolen-device-how = A thief pays with Mallory’s device, without knowing its number, until it is reported.
attack-torn-transfer = Devices pulled apart
attack-torn-transfer-how = The payer’s device has sent the payment, and the devices are pulled apart before it arrives.
attack-clock-moved = Two clocks set back
attack-clock-moved-how = Mallory’s certificate is over, and both her clock and the payee’s are set back, so that neither sees it.
attack-relay = Paying a stranger’s bill
attack-relay-how = A thief passes messages on, so that a stranger who means to pay Carol pays the thief’s bill at Bob’s.
attack-swapped-qr = Code pasted over
attack-swapped-qr-how = Dan pastes his own code over that of Bob’s shop, and the customer pays Dan.
attack-withheld-sync = Copied device, late reports
attack-withheld-sync-how = A copied device pays, and everybody reports as late as they may.
attack-splitting = Large payment in small ones
attack-splitting-how = What is too large for one payment is paid as several small ones.
attack-counterfeit = Made-up money
attack-counterfeit-how = Dan’s broken device makes up money that nobody issued, and pays an honest payee with it.
attack-colluding-counterfeit-sink = Made-up money, payee in league
attack-colluding-counterfeit-sink-how = The same, but the payee is in league with Dan, accepts everything, and brings it to the operator.
attack-starved-list = Stolen device, stale list
attack-starved-list-how = A stolen device has been revoked, but the payee’s list is old and does not say so.

attack-model-purse = Purse
attack-model-purse-how = A balance in a chip; the payer’s chip signs each payment.
attack-model-coins = Coins
attack-model-coins-how = Signed coins; each owner endorses them to the next.
attack-model-blind = Blind coins
attack-model-blind-how = Coins signed unseen: nobody knows whose they are, unless they are spent twice.
attack-model-mint = Mint
attack-model-mint-how = Proofs from a mint that are like cash: whoever holds them owns them, and nobody is ever named.
attack-model-promise = Promise
attack-model-promise-how = Money is reserved in the account beforehand, and the device promises parts of it.

attack-stage-transfer = between the devices
attack-stage-load = at loading
attack-stage-deposit = at deposit
attack-stage-sync = at a report
attack-stage-settlement = at settlement
attack-stage-never = never

attack-by-payer = Payer’s device
attack-by-payee = Payee’s device
attack-by-operator = Operator
attack-by-nobody = Nobody

attack-bearer-payer = Payer
attack-bearer-payee = Payee
attack-bearer-issuer = Issuer
attack-bearer-nobody = Nobody
