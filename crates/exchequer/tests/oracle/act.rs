//! What can be asked for, as the model and the script both read it.

/// What somebody asks for.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Issue(&'static str, i64),
    Return(&'static str, i64),
    Exchange(String, i64),
    Redeem(String, i64),
    CashIn(String, i64),
    CashOut(String, i64),
    Pay {
        payer: String,
        payee: String,
        amount: i64,
        /// What the payment is called, if it can be given back.
        name: Option<String>,
    },
    /// By a name in the directory.
    PayTo(String, String, i64),
    /// By a payment code that has a name of the directory in it.
    Scan(String, String, i64),
    PayMany(String, Vec<(String, i64)>),
    Schedule(String, String, i64, u32),
    Request(String, String, i64, i64, String),
    Accept(String),
    Decline(String),
    Refund(String, i64),
    Alias(String, String),
    OpenSub(String, Option<i64>, String),
    Close(String),
    Upgrade(String, usize),
    Limit(String, usize, i64),
    Restrict(&'static str, usize, usize, i64),
    Freeze(&'static str, String),
    Unfreeze(&'static str, String),
    Accrue(&'static str, bool),
    TopUp(&'static str, i64),
    Withdraw(&'static str, i64),
    Transfer(&'static str, &'static str, i64),
    Resolve,
}
