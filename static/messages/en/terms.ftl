# The field's terms, defined on focus.

term-securities = What the central bank bought when it created money: here, safe bonds.
term-reserves = A bank’s account at the central bank. Banks pay each other with it; the public cannot hold it.
term-repository = Digital cash that banks hold ready to hand out, as the central bank registers it.
term-circulation = Digital cash in the public’s wallets, as the central bank registers it.
term-vault = Digital cash that a bank holds ready to hand out, owed by the central bank.
term-cash = Notes owed by the central bank.
term-notes = Notes owed by the central bank.
term-loans = What borrowers owe the bank.
term-deposits = What the bank owes its customers.
term-deposit = Money a bank owes you.
term-wallet = Digital money that is owed to you: by the central bank, or under some rules by your bank. The operator looks after the wallet.
term-to-return = Money received for somebody who could not be credited; it goes back.
term-funds = What is left when everything owed is taken from everything owned.
term-journal = What was written into the books, each sum once as debit and once as credit.
term-refusal = A request turned down, with a code that never changes and the numbers that decided it.
term-check-books = In every book, what is owned equals what is owed.
term-check-in-issue = What the central bank has issued equals what banks and the public hold.
term-check-vaults = What each bank says it holds equals what the central bank has registered.
term-check-reserves = What each bank says it has at the central bank equals what the central bank says.
term-check-notes = Notes issued equal the notes in tills and pockets.
term-check-wallets = What wallets show equals what the register says.
term-wallets = Digital money that the bank owes the holders of wallets.
term-to-settle = Payments to other banks whose reserves are on their way.
term-accrued = Interest that the bank owes and has not paid out.
term-interest-expense = What interest has cost the bank. It lessens its own funds.
