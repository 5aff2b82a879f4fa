//! What is asked for, and what messages say of it.

use super::tagged;

tagged! {
    /// What was asked for: the verb that an order, its messages and its
    /// postings belong to.
    Purpose {
        /// Opening balances.
        Opening = 0 "opening",
        /// The central bank issues.
        Issue = 1 "issue",
        /// A bank returns.
        Return = 2 "return",
        /// Deposit to wallet.
        Exchange = 3 "exchange",
        /// Wallet to deposit.
        Redeem = 4 "redeem",
        /// Banknotes to wallet.
        CashIn = 5 "cash-in",
        /// Wallet to banknotes.
        CashOut = 6 "cash-out",
        /// Wallet to wallet.
        Pay = 7 "pay",
        /// A fault of the network.
        Fault = 8 "fault",
        /// What a wallet may not hold flows on to the bank account.
        Waterfall = 9 "waterfall",
        /// What a payment is short of is pulled from the bank account.
        ReverseWaterfall = 10 "reverse-waterfall",
        /// A payee asks to be paid.
        Request = 11 "request",
        /// A payer will not pay what it was asked for.
        Decline = 12 "decline",
        /// A payee gives back what it was paid.
        Refund = 13 "refund",
        /// A payment is ordered for later.
        Schedule = 14 "schedule",
        /// A wallet moves to another type.
        Upgrade = 15 "upgrade",
        /// A holder lowers its own limits.
        Limit = 16 "limit",
        /// A wallet may not pay or be paid.
        Freeze = 17 "freeze",
        /// It may again.
        Unfreeze = 18 "unfreeze",
        /// A wallet is given up.
        Close = 19 "close",
        /// A wallet gets a handle of its own.
        OpenSub = 20 "open-sub",
        /// A bank reckons interest.
        Accrue = 21 "accrue",
        /// Messages that never arrived are sent again.
        Retry = 22 "retry",
        /// What waits for a message that never arrived is undone.
        Reverse = 23 "reverse",
        /// A crowd's people pay each other.
        Trade = 24 "trade",
        /// A crowd's people take their deposits out.
        Run = 25 "run",
        /// A wallet gets a name in the directory.
        Alias = 26 "alias",
        /// A payer asks whose name it is.
        LookUp = 27 "look-up",
        /// A bank lets a type of wallet do less.
        Restrict = 28 "restrict",
        /// A payer reads a payment code.
        Scan = 29 "scan",
        /// A payer pays a list.
        PayMany = 30 "pay-many",
        /// Deposit to a balance at an agent.
        TopUp = 31 "top-up",
        /// A balance at an agent to deposit.
        Withdraw = 32 "withdraw",
        /// From balance to balance at an agent.
        Transfer = 33 "transfer",
        /// A bank has failed: insured deposits go to another.
        Resolve = 34 "resolve",
        /// A currency comes onto the common platform.
        BridgeIssue = 40 "bridge-issue",
        /// A currency leaves the common platform.
        BridgeRedeem = 41 "bridge-redeem",
        /// A bank offers another to swap currencies.
        BridgeQuote = 42 "bridge-quote",
        /// The other takes it: payment versus payment.
        BridgeAccept = 43 "bridge-accept",
        /// The other does not.
        BridgeDecline = 44 "bridge-decline",
        /// A bank pays another on the common platform.
        BridgePay = 45 "bridge-pay",
        /// A bank pays another through correspondents.
        CorrespondentPay = 46 "correspondent-pay",
        /// A contract is opened, or money wrapped for a purpose.
        ContractOpen = 35 "contract-open",
        /// A party puts money into a contract.
        ContractDeposit = 36 "contract-deposit",
        /// A party says something that a contract waits for.
        ContractSay = 37 "contract-say",
        /// A party signs.
        ContractSign = 38 "contract-sign",
        /// Somebody shows a secret.
        ContractShow = 39 "contract-show",
        /// A party names an amount.
        ContractName = 60 "contract-name",
        /// The central bank says that something has happened to a party.
        ContractEvent = 61 "contract-event",
        /// A contract pays out; somebody pays with money for a purpose.
        ContractPay = 62 "contract-pay",
        /// Money for a purpose is handed on, wrapped as it is.
        ContractHand = 63 "purpose-hand",
        /// A payment with money for a purpose is signed beforehand by somebody else.
        ContractApprove = 58 "purpose-sign",
        /// Value for a device.
        OfflineLoad = 48 "offline-load",
        /// Proofs of the mint's that nobody but one payee can redeem.
        OfflineLock = 47 "offline-lock",
        /// A payment from device to device.
        OfflinePay = 49 "offline-pay",
        /// Value that a device received, brought to its wallet.
        OfflineClaim = 50 "offline-claim",
        /// Value that a device gives back.
        OfflineUnload = 51 "offline-unload",
        /// A device reports to its bank.
        OfflineSync = 52 "offline-sync",
        /// A device sends again what waits for an answer.
        OfflineAgain = 53 "offline-again",
        /// A bank puts a device on its list.
        OfflineRevoke = 54 "offline-revoke",
        /// A holder's phones have no network, or have it again.
        OfflineSwitch = 55 "offline-switch",
        /// Something is done to a device that it is not meant for.
        OfflineTamper = 56 "offline-tamper",
        /// Time has passed at a bank: ceilings are settled, old devices shut.
        OfflineSettle = 57 "offline-settle",
        /// A crowd's people go through a time without a network.
        Blackout = 59 "blackout",
    }
}

tagged! {
    /// What a message says. The states an order passes through are drawn in
    /// [`crate::cbdc`].
    Subject {
        /// A holder asks its bank.
        Ask = 0 "ask",
        /// A holder hands banknotes over with its request.
        AskWithNotes = 1 "ask-with-notes",
        /// Central bank to bank: issued to your vault.
        Issued = 2 "issued",
        /// Bank to central bank: returned from my vault.
        Returned = 3 "returned",
        /// Bank to central bank: from my repository to this wallet.
        Convert = 4 "convert",
        /// Central bank to bank: the wallet has it.
        Converted = 5 "converted",
        /// Bank to central bank: from this wallet to my repository.
        Withdraw = 6 "withdraw",
        /// Central bank to bank: your repository has it.
        Withdrawn = 7 "withdrawn",
        /// Payer's bank to payee's bank: can you take it?
        Offer = 8 "offer",
        /// Payee's bank to the central bank's register: I can, move it.
        Accept = 9 "accept",
        /// A bank of both to the central bank's register: move it.
        Order = 10 "order",
        /// Register to a bank: moved, final.
        Settled = 11 "settled",
        /// Bank to central bank: reserves to that bank.
        Transfer = 12 "transfer",
        /// Central bank to bank: reserves came for you.
        Transferred = 13 "transferred",
        /// Bank to central bank: send these reserves back.
        SendBack = 14 "send-back",
        /// Central bank to bank: your reserves are back.
        SentBack = 15 "sent-back",
        /// Turned down.
        Rejected = 16 "rejected",
        /// Bank to holder: here are banknotes.
        HandNotes = 17 "hand-notes",
        /// Bank to holder: done.
        Receipt = 18 "receipt",
        /// Bank to holder: you were paid.
        Notice = 19 "notice",
        /// Bank to holder: turned down.
        Declined = 20 "declined",
        /// Central bank to bank: your reserves were not moved.
        TransferRefused = 21 "transfer-refused",
        /// Bank to bank: whom your reserves were for has the money.
        Credited = 22 "credited",
        /// Payee's bank to payer's bank, and on to the payer: please pay.
        PleasePay = 23 "please-pay",
        /// Payer's bank to payee's bank, and on to the payee: it will not.
        WillNotPay = 24 "will-not-pay",
        /// Payee's bank to payer's bank, and on to the payer: no longer wanted.
        Lapsed = 25 "lapsed",
        /// Bank to the directory: whose name is this?
        LookUp = 26 "look-up",
        /// Directory to bank, and on to the holder: this wallet's.
        Found = 27 "found",
        /// Directory to bank, and on to the holder: nobody's.
        NotFound = 28 "not-found",
        /// Bank to the directory: enter this name for this wallet.
        Enrol = 29 "enrol",
        /// Directory to bank: entered.
        Enrolled = 30 "enrolled",
        /// Central bank to a bank: you have failed.
        Resolve = 31 "resolve",
        /// Failed bank to the central bank: so much of this depositor's is
        /// insured.
        Insured = 32 "insured",
        /// Bank to a central bank: bring this much onto the platform for me.
        BridgeAsk = 60 "bridge-ask",
        /// Central bank to platform: issued for this bank.
        BridgeIssued = 61 "bridge-issued",
        /// Platform to bank: you hold it.
        BridgeHeld = 62 "bridge-held",
        /// Bank to a central bank: take this much back for me.
        BridgeGiveBack = 63 "bridge-give-back",
        /// Central bank to platform: take it out of what this bank holds.
        BridgeRetire = 64 "bridge-retire",
        /// Platform to central bank: taken out.
        BridgeRetired = 65 "bridge-retired",
        /// Central bank to bank: your reserves have it.
        BridgeRedeemed = 66 "bridge-redeemed",
        /// Bank to bank: I would swap at this rate.
        BridgeQuoted = 67 "bridge-quoted",
        /// Bank to platform: agreed, post both legs.
        BridgeAgreed = 68 "bridge-agreed",
        /// Bank to platform: from what I hold to that bank.
        BridgeOrder = 69 "bridge-order",
        /// Platform to bank: posted, final.
        BridgeSettled = 70 "bridge-settled",
        /// Bank to bank: I will not swap.
        BridgeDeclined = 71 "bridge-declined",
        /// Turned down: nothing was posted.
        BridgeRefused = 72 "bridge-refused",
        /// Bank to bank: pay this on.
        CorrespondentOrder = 73 "correspondent-order",
        /// Bank to bank: it could not be paid on, here it is back.
        CorrespondentReturn = 74 "correspondent-return",
        /// Device to device: please pay me.
        OfflineRequest = 80 "offline-request",
        /// Device to device: here it is.
        OfflinePayment = 81 "offline-payment",
        /// Device to device: I have it.
        OfflineReceipt = 82 "offline-receipt",
        /// Device to its bank.
        OfflineAsk = 83 "offline-ask",
        /// Bank to a device of its customer's.
        OfflineAnswer = 84 "offline-answer",
        /// Bank to bank: your customer's device paid mine; and the answer.
        OfflineClear = 85 "offline-clear",
        /// Bank to central bank: this of the wallet's goes into a device.
        FloatIn = 86 "float-in",
        /// Central bank to bank: it is in the float.
        FloatHeld = 87 "float-held",
        /// Bank to central bank: this comes out of a device into the wallet.
        FloatOut = 88 "float-out",
        /// Central bank to bank: it is in the wallet.
        FloatPaid = 89 "float-paid",
        /// Bank to central bank: somebody has made this up, and it is honoured.
        FloatHonour = 90 "float-honour",
        /// Bank to central bank: reserves for what my customer's device paid at another bank.
        FloatTransfer = 91 "float-transfer",
        /// Central bank to bank: reserves for what your customer's device received.
        FloatTransferred = 92 "float-transferred",
        /// Central bank to bank: these reserves you do not have.
        FloatRefused = 93 "float-refused",
        /// Bank to bank: these devices of my customers are not to be taken any more.
        OfflineList = 94 "offline-list",
        /// Bank to whoever keeps a contract: my customer does this.
        ContractCall = 100 "contract-call",
        /// Keeper to bank: taken.
        ContractDone = 101 "contract-done",
        /// Keeper to bank: turned down.
        ContractRefused = 102 "contract-refused",
        /// Register to bank: a contract has paid your customer.
        ContractPaid = 103 "contract-paid",
    }
}

impl Purpose {
    /// Whether it is between two wallets, whose numbers its messages bear.
    pub fn is_between_wallets(self) -> bool {
        self.is_payment()
            || matches!(
                self,
                Purpose::Request
                    | Purpose::Decline
                    | Purpose::Schedule
                    | Purpose::OpenSub
                    | Purpose::LookUp
                    | Purpose::Transfer
                    | Purpose::ContractPay
                    | Purpose::ContractHand
                    | Purpose::ContractApprove
            )
    }

    /// Whether a contract, or money for a purpose, is what it is about.
    pub fn is_contract(self) -> bool {
        matches!(
            self,
            Purpose::ContractOpen
                | Purpose::ContractDeposit
                | Purpose::ContractSay
                | Purpose::ContractSign
                | Purpose::ContractShow
                | Purpose::ContractName
                | Purpose::ContractEvent
                | Purpose::ContractPay
                | Purpose::ContractHand
                | Purpose::ContractApprove
        )
    }

    /// Whether a wallet's own money goes into a contract for it.
    pub fn funds_contract(self) -> bool {
        matches!(self, Purpose::ContractOpen | Purpose::ContractDeposit)
    }

    /// Whether what is asked for by it counts towards what a wallet may spend.
    pub fn is_spending(self) -> bool {
        self == Purpose::Pay || self.funds_contract()
    }

    /// Whether what is asked for by it ends in a payment, if nothing is in its
    /// way.
    pub fn leads_to_payment(self) -> bool {
        matches!(self, Purpose::Pay | Purpose::LookUp | Purpose::Scan)
    }

    /// Whether money goes from one wallet to another for it.
    pub fn is_payment(self) -> bool {
        matches!(self, Purpose::Pay | Purpose::Refund)
    }

    /// Whether it is about devices that pay without a network.
    pub fn is_offline(self) -> bool {
        (Purpose::OfflineLock as u8..=Purpose::OfflineSettle as u8).contains(&(self as u8))
    }
}

impl Subject {
    /// Whether it goes from one device to another, hand to hand.
    pub fn is_between_devices(self) -> bool {
        matches!(
            self,
            Subject::OfflineRequest | Subject::OfflinePayment | Subject::OfflineReceipt
        )
    }

    /// Whether a device, or what a bank runs for devices, decides on it.
    pub fn is_for_offline(self) -> bool {
        self.is_between_devices()
            || matches!(
                self,
                Subject::OfflineAsk
                    | Subject::OfflineAnswer
                    | Subject::OfflineClear
                    | Subject::OfflineList
            )
            || self.is_of_float()
    }

    /// Whether the central bank tells a bank what it did with the float.
    pub fn is_of_float(self) -> bool {
        matches!(
            self,
            Subject::FloatHeld
                | Subject::FloatPaid
                | Subject::FloatTransferred
                | Subject::FloatRefused
        )
    }
}
