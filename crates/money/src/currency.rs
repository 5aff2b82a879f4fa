//! Currencies: three letters and how many decimals their minor unit has.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most decimals a currency may have. ISO 4217 uses at most four.
pub const MAX_DECIMALS: u8 = 8;

/// A currency: its ISO 4217 style code and the decimals of its minor unit.
///
/// ```
/// use money::Currency;
/// let yuan = Currency::new("CNY", 2)?;
/// assert_eq!((yuan.code(), yuan.decimals()), ("CNY", 2));
/// # Ok::<(), money::CurrencyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

/// Why something is not a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CurrencyError {
    /// The code is not three capital letters A–Z.
    #[error("a currency code is three capital letters, like CNY")]
    Code,
    /// More decimals than [`MAX_DECIMALS`].
    #[error("a currency has at most {MAX_DECIMALS} decimals, not {found}")]
    Decimals {
        /// How many were asked for.
        found: u8,
    },
}

impl Currency {
    /// A currency from its code and the decimals of its minor unit.
    pub fn new(code: &str, decimals: u8) -> Result<Self, CurrencyError> {
        let code: [u8; 3] = code
            .as_bytes()
            .try_into()
            .map_err(|_| CurrencyError::Code)?;
        Self::from_bytes(code, decimals)
    }

    /// The same from the code's three bytes, as signed objects carry it.
    pub fn from_bytes(code: [u8; 3], decimals: u8) -> Result<Self, CurrencyError> {
        if !code.iter().all(u8::is_ascii_uppercase) {
            return Err(CurrencyError::Code);
        }
        if decimals > MAX_DECIMALS {
            return Err(CurrencyError::Decimals { found: decimals });
        }
        Ok(Self { code, decimals })
    }

    /// A currency from its ISO 4217 code: the standard gives most two decimals,
    /// and names those that have none, three or four.
    ///
    /// ```
    /// use money::Currency;
    /// let decimals = |code| Currency::iso(code).map(|it| it.decimals());
    /// assert_eq!([decimals("THB")?, decimals("JPY")?, decimals("KWD")?], [2, 0, 3]);
    /// # Ok::<(), money::CurrencyError>(())
    /// ```
    pub fn iso(code: &str) -> Result<Self, CurrencyError> {
        let decimals = match code {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        };
        Self::new(code, decimals)
    }

    /// The three letters, such as `CNY`.
    #[must_use]
    pub fn code(&self) -> &str {
        // Always ASCII, as the constructors make sure.
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// The three letters as bytes.
    #[must_use]
    pub const fn bytes(&self) -> [u8; 3] {
        self.code
    }

    /// How many decimals the minor unit has: 2 for the yuan, 0 for the yen.
    #[must_use]
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.code(), self.decimals)
    }
}

/// The form a currency takes in files.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    code: String,
    decimals: u8,
}

impl TryFrom<Plain> for Currency {
    type Error = CurrencyError;

    fn try_from(plain: Plain) -> Result<Self, CurrencyError> {
        Self::new(&plain.code, plain.decimals)
    }
}

impl From<Currency> for Plain {
    fn from(currency: Currency) -> Self {
        Self {
            code: currency.code().to_owned(),
            decimals: currency.decimals,
        }
    }
}
