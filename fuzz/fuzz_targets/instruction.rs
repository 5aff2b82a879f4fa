//! Signed instructions: what is read has one encoding, the one it was read
//! from, and a signature is accepted or refused without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::{Instruction, KeyPair, SignedInstruction};
use std::sync::LazyLock;

static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::derive(1, "fuzz", "Alice"));

fuzz_target!(|bytes: &[u8]| {
    if let Ok(instruction) = Instruction::decode(bytes) {
        assert_eq!(instruction.encode().as_deref(), Ok(bytes));
        // What decodes can be signed, and the signature holds.
        let signed = instruction.sign(&KEY).and_then(|signed| {
            signed.verify(&KEY.public())?;
            SignedInstruction::decode(&signed.encode()?)
        });
        assert!(signed.is_ok_and(|signed| signed.verify(&KEY.public()).is_ok()));
    }
    if let Ok(signed) = SignedInstruction::decode(bytes) {
        assert_eq!(signed.encode().as_deref(), Ok(bytes));
        // The seeds hold one that was signed with this key; most others were not.
        let _ = signed.verify(&KEY.public());
    }
});
