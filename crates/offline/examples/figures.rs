//! Figures of the five models: bytes and QR codes of every message, whole transfers a second, the
//! workload of the Python offline simulator (50 devices, 20 payments each), and seeds for the
//! fuzz targets.
//!
//! `cargo run -p offline --release --example figures [seeds FOLDER]`

#![allow(clippy::inconsistent_digit_grouping, clippy::disallowed_types)]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use offline::crowd::Crowd;
use offline::lab::{Cut, Room, sent};
use offline::object::Class;
use offline::{Act, Command, Form, Input, Limits, Mode, Model, Output, Refusal, To};
use qrcodegen::{QrCode, QrCodeEcc};
use seal::parts;

type Named = (String, Vec<u8>);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, folder] = arguments.as_slice()
        && command == "seeds"
    {
        return seeds(Path::new(folder));
    }
    println!("## Bytes and QR codes of every message\n");
    println!("| model | message | bytes | codes | version |\n|---|---|---|---|---|");
    for model in Model::ALL {
        for (name, bytes) in messages(*model)? {
            let codes = parts::split(&bytes, parts::READABLE)?;
            let longest = codes.iter().max_by_key(|code| code.len());
            let code = QrCode::encode_text(longest.map_or("", |it| it), QrCodeEcc::Medium)
                .map_err(|_| "too long")?;
            let version = code.version().value();
            let (model, length) = (model.key(), bytes.len());
            println!(
                "| {model} | {name} | {length} | {} | {version} |",
                codes.len()
            );
        }
    }
    println!("\n## Whole transfers a second: request, payment, collected, acknowledged\n");
    println!("| model | transfers | a second |\n|---|---|---|");
    for model in Model::ALL {
        let (count, seconds) = transfers(*model)?;
        println!(
            "| {} | {count} | {:.0} |",
            model.key(),
            f64::from(count) / seconds
        );
    }
    println!("\n## 50 devices, 20 payments each\n");
    println!("| model | payments | seconds | accounts |\n|---|---|---|---|");
    for model in Model::ALL {
        let (count, seconds, sum) = workload(*model)?;
        println!(
            "| {} | {count} | {seconds:.3} | {} |",
            model.key(),
            &sum[..16]
        );
    }
    let (count, seconds) = crowd()?;
    println!("| rules of the purse alone, unsigned | {count} | {seconds:.6} | |");
    Ok(())
}

/// The same payments by the rules of a purse alone, many times over; the seconds of one run.
fn crowd() -> Result<(u32, f64), Refusal> {
    const RUNS: u32 = 1_000;
    let started = Instant::now();
    let mut paid = 0;
    for run in 0..RUNS {
        let mut crowd = Crowd::new(wide(), Mode::Fully, 50, 0);
        (0..50).try_for_each(|place| crowd.load(place, 819_00))?;
        let mut state = u64::from(run);
        for _ in 0..20 {
            for payer in 0..50 {
                let payee = drawn(&mut state, payer, 50);
                paid += u32::from(crowd.pay(payer, payee, 50, 0).is_ok());
            }
        }
    }
    Ok((
        paid / RUNS,
        started.elapsed().as_secs_f64() / f64::from(RUNS),
    ))
}

/// Somebody else than the payer.
fn drawn(state: &mut u64, payer: usize, devices: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    let other = usize::try_from(*state >> 33).unwrap_or(0) % (devices - 1);
    if other < payer { other } else { other + 1 }
}

fn mode(model: Model) -> Mode {
    if model.can_hand_on() {
        Mode::Fully
    } else {
        Mode::Staged
    }
}

/// Limits that let a bench run.
fn wide() -> Limits {
    Limits {
        payment: 0,
        payments: 0,
        purse: 0,
        pin_from: 0,
        ..Limits::default()
    }
}

/// Every message of a life, with its name.
fn messages(model: Model) -> Result<Vec<Named>, Box<dyn Error>> {
    let mode = if model.can_hand_on() {
        Mode::Intermittently
    } else {
        Mode::Staged
    };
    let mut room = Room::new(model, mode, Limits::default(), 1)?;
    for _ in 0..2 {
        room.join(Class::Person, Form::Phone, 1_000_00, None)?;
    }
    let mut all = Vec::new();
    online(
        &mut room,
        0,
        Input::Load { amount: 200_00 },
        "load",
        &mut all,
    )?;
    let amount = if model == Model::Blind { 8_00 } else { 12_50 };
    let request = room.step(
        1,
        Input::Request {
            amount,
            category: 5812,
        },
    )?;
    let request = sent(&request).ok_or("no request")?;
    let pay = Input::Pay {
        request: request.clone(),
        payee: None,
        pin: None,
    };
    let pay = sent(&room.step(0, pay)?).ok_or("no payment")?;
    let ack = sent(&room.step(1, Input::Receive(pay.clone()))?).ok_or("no answer")?;
    room.step(0, Input::Receive(ack.clone()))?;
    all.push(("request".to_owned(), request));
    all.push(("pay".to_owned(), pay));
    all.push(("acknowledge".to_owned(), ack));
    if mode == Mode::Staged {
        online(&mut room, 1, Input::Claim, "claim", &mut all)?;
    }
    online(&mut room, 1, Input::Sync, "sync", &mut all)?;
    let amount = room.device(0).spendable();
    online(&mut room, 0, Input::Unload { amount }, "unload", &mut all)?;
    Ok(all)
}

fn online(
    room: &mut Room,
    place: usize,
    input: Input,
    name: &str,
    all: &mut Vec<Named>,
) -> Result<(), Box<dyn Error>> {
    let mut asked = sent(&room.step(place, input)?);
    while let Some(bytes) = asked {
        all.push((format!("{name}, asked"), bytes.clone()));
        let acts = room.operate(Command::Receive {
            bytes,
            funds: i64::MAX,
        })?;
        let answer = acts.iter().find_map(|act| match act {
            Act::Send { bytes, .. } => Some(bytes.clone()),
            _ => None,
        });
        let bytes = answer.ok_or("no answer")?;
        all.push((format!("{name}, answered"), bytes.clone()));
        let outputs = room.step(place, Input::Receive(bytes))?;
        let again = |it: &Output| {
            matches!(
                it,
                Output::Send {
                    to: To::Operator,
                    ..
                }
            )
        };
        asked = outputs.iter().any(again).then(|| sent(&outputs)).flatten();
    }
    Ok(())
}

/// What a payer can pay next: the smallest coin it has, or a fixed sum.
fn next_amount(room: &Room, payer: usize) -> Option<i64> {
    let amounts = (0..16).map(|power| 50 << power);
    let mut payable = amounts.filter(|it| room.device(payer).can_pay(*it, None, room.now).is_ok());
    payable.next()
}

fn transfers(model: Model) -> Result<(u32, f64), Refusal> {
    let (mut count, mut seconds) = (0, 0.0);
    while count < 300 && seconds < 3.0 {
        let mut room = Room::new(model, mode(model), wide(), u64::from(count))?;
        for _ in 0..2 {
            room.join(Class::Person, Form::Phone, 10_000_00, None)?;
        }
        room.online(0, Input::Load { amount: 819_00 })?;
        for _ in 0..20 {
            let Some(amount) = next_amount(&room, 0) else {
                break;
            };
            let started = Instant::now();
            room.tap(0, 1, amount)?;
            seconds += started.elapsed().as_secs_f64();
            count += 1;
        }
    }
    Ok((count, seconds))
}

/// Fifty devices load, make twenty payments each to others, and bring everything home.
fn workload(model: Model) -> Result<(u32, f64, String), Refusal> {
    const DEVICES: usize = 50;
    let mut room = Room::new(model, mode(model), wide(), 50)?;
    let started = Instant::now();
    for place in 0..DEVICES {
        room.join(Class::Person, Form::Phone, 2_000_00, None)?;
        room.online(place, Input::Load { amount: 819_00 })?;
    }
    let mut count = 0;
    let mut state: u64 = 50;
    for round in 0..20 {
        for payer in 0..DEVICES {
            let payee = drawn(&mut state, payer, DEVICES);
            if let Some(amount) = next_amount(&room, payer) {
                room.tap_cut(payer, payee, amount, None, &mut Cut::never())?;
                count += 1;
            }
        }
        if round % 5 == 4 {
            for place in 0..DEVICES {
                room.online(place, Input::Sync)?;
            }
        }
    }
    for place in 0..DEVICES {
        room.bring_home(place)?;
    }
    room.wait(2 * 86_400_000)?;
    let seconds = started.elapsed().as_secs_f64();
    let accounts: Vec<u8> = room
        .accounts
        .values()
        .flat_map(|it| it.to_le_bytes())
        .collect();
    let digest = offline::hash(&accounts);
    let sum = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((count, seconds, sum))
}

/// One seed of each kind for the fuzz targets.
fn seeds(folder: &Path) -> Result<(), Box<dyn Error>> {
    for model in Model::ALL {
        for (name, bytes) in messages(*model)? {
            let name = format!("{}-{}", model.key(), name.replace(", ", "-"));
            if bytes.len() < 2_500 {
                fs::write(folder.join("offline").join(&name), &bytes)?;
            }
            if name == "purse-pay" {
                fs::write(folder.join("cose").join("pay"), &bytes)?;
                let codes = parts::split(&bytes, 300)?.join("\n");
                fs::write(folder.join("codes").join("pay"), codes)?;
            }
        }
    }
    fs::write(folder.join("codes").join("rfc9285"), "QED8WEX0")?;
    Ok(())
}
