//! Merchants' codes: any text is read or refused, and what is read is written
//! as a text that says the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::merchant_qr::{MerchantQr, MerchantQrError, Pix};

/// Reads a text, and what it says once more from the text of that.
fn twice(text: &str) -> Result<(), MerchantQrError> {
    let code = MerchantQr::decode(text)?;
    let again = code.encode().and_then(|text| MerchantQr::decode(&text));
    assert_eq!(again.as_ref(), Ok(&code));
    if let Ok(Some(pix)) = Pix::of(&code) {
        let amount = code.amount.as_deref();
        let asked = pix.code(&code.name, &code.city, amount);
        assert!(asked.is_ok_and(|asked| Pix::of(&asked) == Ok(Some(pix))));
    }
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    // Few texts have their own checksum: give each the one it needs.
    if let Err(MerchantQrError::Checksum { computed, .. }) = twice(&text) {
        let body = text.get(..text.len() - 4).unwrap_or_default();
        let _ = twice(&format!("{body}{computed:04X}"));
    }
});
