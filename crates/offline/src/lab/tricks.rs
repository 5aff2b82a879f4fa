//! What an attacker does to the inside of a device: the lab and scenarios share it.

use seal::KeyPair;

use crate::blind::BlindCoin;
use crate::code::{Checked, Code};
use crate::device::{Device, Holding, Promises};
use crate::object::{Ceiling, Chain, Coin, Evidence, Mode, Model, Payment, Proof};
use crate::wire::Signed;

const DAY: i64 = 86_400_000;

/// Writes value that nobody issued into a device, in the form of its model. What needs an
/// issuer's signature is signed by a key that is none.
///
/// # Errors
/// If more than a device can hold would be on it.
pub fn forge(device: &mut Device, amount: i64, now: i64) -> Checked {
    let (serial, key) = (device.serial(), device.cert.body.key);
    let operator = device.cert.body.operator;
    let epoch = (operator << 16) + 1;
    let forger = KeyPair::from_bytes([99; 32]);
    // Two forgeries are two pieces: what is on the device already tells them apart.
    let held = device.spendable().to_be_bytes();
    let point = || crate::group::bytes(&crate::group::point_of("forged", &[&held]));
    let scalar = || crate::group::scalar_of("forged", &[&held]).to_bytes();
    match (&mut device.holding, device.model) {
        (Holding::Purse(purse), _) => {
            let sum = purse.balance.checked_add(amount);
            purse.balance = sum.ok_or(Code::LimitPurse)?;
        }
        (Holding::Coins(chains), _) => {
            let mut id = [9; 16];
            id[8..].copy_from_slice(&held);
            let coin = Coin {
                id,
                operator,
                amount,
                owner: serial,
                key,
                not_after: now.saturating_add(DAY),
            };
            chains.push(Chain {
                coin: Signed::sign(&forger, coin),
                links: Vec::new(),
            });
        }
        (Holding::Blind(coins), _) => coins.push(BlindCoin {
            epoch,
            amount,
            owner: serial,
            seed: [9; 32],
            r: point(),
            s: scalar(),
        }),
        (Holding::Mint(proofs), _) => {
            let mut nonce = [9; 32];
            nonce[24..].copy_from_slice(&held);
            proofs.push(Proof {
                epoch,
                amount,
                nonce,
                lock: None,
                c: point(),
                e: scalar(),
                s: scalar(),
                r: scalar(),
            });
        }
        (Holding::Promise(promises), _) => {
            let ceiling = Ceiling {
                operator,
                payer: serial,
                key,
                amount,
                from: now,
                to: now.saturating_add(DAY),
                start: 1,
            };
            *promises = Promises {
                ceiling: Some(Signed::sign(&forger, ceiling)),
                sequence: 1,
                remaining: amount,
            };
        }
    }
    Ok(())
}

/// Changed software: the device keeps to no limits of its own.
pub const fn lift_limits(device: &mut Device) {
    device.mode = Mode::Fully;
}

/// Changed software: the device takes a payment that its checks turned down. Whether there was
/// anything to be taken; a purse's word is its signature, and there is nothing to be skipped.
pub fn take_unchecked(device: &mut Device, bytes: &[u8]) -> bool {
    let Ok(pay) = Payment::decode(bytes) else {
        return false;
    };
    let (.., request) = pay.terms();
    let found = device.open.iter().find(|(_, open)| open.hash == request);
    let Some((nonce, open)) = found else {
        return false;
    };
    if device.model == Model::Purse {
        return false;
    }
    let (nonce, request) = (*nonce, open.bytes.clone());
    device.open.remove(&nonce);
    let pay = crate::wire::Bytes(bytes.to_vec());
    device.deposits.push(Evidence { request, pay });
    true
}

/// Sets a device's memory back to what it was. The numbers of its requests over the network go on,
/// as a bank answers a number it has seen only as it did then.
pub fn set_back(device: &mut Device, before: Device) {
    let turn = device.turn;
    *device = before;
    device.turn = turn;
}
