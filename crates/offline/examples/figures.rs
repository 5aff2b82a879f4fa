//! Bytes and QR codes of every message of the five models, and seeds for the fuzz targets. How fast
//! they are is what `cargo xtask bench` says.
//!
//! `cargo run -p offline --release --example figures [seeds FOLDER]`

use std::error::Error;
use std::fs;
use std::path::Path;

use offline::Model;
use offline::workload::messages;
use qrcodegen::{QrCode, QrCodeEcc};
use seal::parts;

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
    Ok(())
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
