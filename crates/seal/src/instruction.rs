//! What a wallet's holder asks for, as the bytes the holder signs.

use crate::cbor::{self, Value};
use crate::{KeyPair, PublicKey, SealError, Signature};

/// The first field of every instruction, so that its signature fits nothing else.
pub const INSTRUCTION_TAG: &str = "exchequer/pay/1";

/// The most bytes a kind may have.
pub const MAX_KIND_BYTES: usize = 32;

/// The most bytes a memo may have.
pub const MAX_MEMO_BYTES: usize = 512;

/// An amount in an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Minor units, at least one.
    pub minor: i64,
    /// The currency's three capital letters.
    pub currency: [u8; 3],
}

/// What the holder of a wallet asks for.
///
/// Encoded as a CBOR array of nine: tag, run, kind, wallet, target or null, [minor units,
/// currency] or null, time, sequence, memo or null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Which run of which scenario it belongs to, so that it cannot be replayed in another.
    pub run: [u8; 16],
    /// The verb: `pay`, `redeem`, `offline.load`. Small letters, digits, `-` and `.`.
    pub kind: String,
    /// The wallet whose holder asks; in a payment, the payer's.
    pub wallet: u32,
    /// The wallet it is about, where there is one; in a payment, the payee's.
    pub target: Option<u32>,
    /// How much, where there is an amount.
    pub amount: Option<Amount>,
    /// When it was asked, in milliseconds of virtual UTC since 1970.
    pub time_ms: i64,
    /// Which of the wallet's instructions this is: none counts twice.
    pub sequence: u64,
    /// Words for the other side.
    pub memo: Option<String>,
}

/// An instruction with its holder's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedInstruction {
    /// What is asked for.
    pub instruction: Instruction,
    /// The signature over [`Instruction::encode`].
    pub signature: Signature,
}

impl Instruction {
    /// The bytes to sign. Refused if a field is too long or not of its form.
    pub fn encode(&self) -> Result<Vec<u8>, SealError> {
        self.check()?;
        let amount = self.amount.map_or(Value::Null, |amount| {
            // Checked to be three letters, so this is the text as it stands.
            let currency = String::from_utf8_lossy(&amount.currency).into_owned();
            Value::Array(vec![Value::from(amount.minor), Value::Text(currency)])
        });
        let value = Value::Array(vec![
            Value::text(INSTRUCTION_TAG),
            Value::Bytes(self.run.to_vec()),
            Value::text(&self.kind),
            Value::Unsigned(self.wallet.into()),
            self.target
                .map_or(Value::Null, |target| Value::Unsigned(target.into())),
            amount,
            Value::from(self.time_ms),
            Value::Unsigned(self.sequence),
            self.memo.as_deref().map_or(Value::Null, Value::text),
        ]);
        Ok(cbor::encode(&value)?)
    }

    /// The instruction of these bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        let value = cbor::decode(bytes)?;
        let Some([tag, run, kind, wallet, target, amount, time, sequence, memo]) = value.as_array()
        else {
            return Err(field("shape"));
        };
        if tag.as_text() != Some(INSTRUCTION_TAG) {
            return Err(field("tag"));
        }
        let instruction = Self {
            run: run
                .as_bytes()
                .and_then(|run| run.try_into().ok())
                .ok_or(field("run"))?,
            kind: kind.as_text().ok_or(field("kind"))?.to_owned(),
            wallet: id(wallet).ok_or(field("wallet"))?,
            target: optional(target, "target", id)?,
            amount: optional(amount, "amount", Amount::from_value)?,
            time_ms: time.as_i64().ok_or(field("time"))?,
            sequence: sequence.as_u64().ok_or(field("sequence"))?,
            memo: optional(memo, "memo", |memo| memo.as_text().map(str::to_owned))?,
        };
        instruction.check()?;
        Ok(instruction)
    }

    /// Signs the instruction with the holder's key.
    pub fn sign(self, key: &KeyPair) -> Result<SignedInstruction, SealError> {
        let signature = key.sign(&self.encode()?);
        Ok(SignedInstruction {
            instruction: self,
            signature,
        })
    }

    /// What the types alone do not say.
    fn check(&self) -> Result<(), SealError> {
        let of_a_verb = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b);
        if self.kind.is_empty()
            || self.kind.len() > MAX_KIND_BYTES
            || !self.kind.bytes().all(of_a_verb)
        {
            return Err(field("kind"));
        }
        if let Some(amount) = self.amount
            && (amount.minor < 1 || !amount.currency.iter().all(u8::is_ascii_uppercase))
        {
            return Err(field("amount"));
        }
        if self
            .memo
            .as_ref()
            .is_some_and(|memo| memo.len() > MAX_MEMO_BYTES)
        {
            return Err(field("memo"));
        }
        Ok(())
    }
}

impl SignedInstruction {
    /// Whether the holder of this key signed exactly this instruction.
    pub fn verify(&self, key: &PublicKey) -> Result<(), SealError> {
        key.verify(&self.instruction.encode()?, &self.signature)
    }

    /// The bytes that travel: an array of the instruction's bytes and the signature's.
    pub fn encode(&self) -> Result<Vec<u8>, SealError> {
        let parts = vec![
            Value::Bytes(self.instruction.encode()?),
            Value::Bytes(self.signature.0.to_vec()),
        ];
        Ok(cbor::encode(&Value::Array(parts))?)
    }

    /// The signed instruction of these bytes. The signature is not yet verified.
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        let value = cbor::decode(bytes)?;
        let Some([Value::Bytes(instruction), Value::Bytes(signature)]) = value.as_array() else {
            return Err(field("shape"));
        };
        let signature = signature
            .as_slice()
            .try_into()
            .map_err(|_| field("signature"))?;
        Ok(Self {
            instruction: Instruction::decode(instruction)?,
            signature: Signature(signature),
        })
    }
}

impl Amount {
    fn from_value(value: &Value) -> Option<Self> {
        let [minor, currency] = value.as_array()? else {
            return None;
        };
        Some(Self {
            minor: minor.as_i64()?,
            currency: currency.as_text()?.as_bytes().try_into().ok()?,
        })
    }
}

const fn field(field: &'static str) -> SealError {
    SealError::Field { field }
}

fn id(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|id| id.try_into().ok())
}

/// Null for nothing, or what `read` makes of the value.
fn optional<T>(
    value: &Value,
    name: &'static str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Option<T>, SealError> {
    match value {
        Value::Null => Ok(None),
        value => read(value).map(Some).ok_or(field(name)),
    }
}
