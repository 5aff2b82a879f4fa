//! Takes a linked program apart at the doors of its parts (`src/part.rs` of the
//! app): `split PROGRAM FOLDER NAME` writes into the folder
//!
//! - `main.wasm`, what the program begins with, for wasm-bindgen;
//! - `NAME-PART.wasm` for each part, and for what several parts share;
//! - `NAME-parts.js`, which `main.wasm` imports and which fetches the parts.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_split_cli_support::{Options, transform};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [program, folder, name] = arguments.as_slice() else {
        bail!("split PROGRAM FOLDER NAME");
    };
    let folder = Path::new(folder);
    let program = fs::read(program).with_context(|| format!("cannot read {program}"))?;
    let (main, loader) = (folder.join("main.wasm"), format!("{name}-parts.js"));
    let (module, link) = (format!("./{name}.js"), format!("./{loader}"));
    let mut options = Options::new(&program);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &module;
    options.link_name = &link;
    let made = transform(options).map_err(|error| anyhow!("{error:#}"))?;
    let mut script = fs::read_to_string(folder.join(&loader))?;
    for part in made.split_modules {
        // A part that holds nothing has no file to be fetched.
        let old = file_name(&part);
        if script.contains(&quoted(&old)) {
            let new = format!("{name}-{}", old.trim_start_matches("split_"));
            script = script.replace(&quoted(&old), &quoted(&new));
            fs::write(folder.join(new), compact(&fs::read(&part)?)?)?;
        }
        fs::remove_file(part)?;
    }
    fs::write(folder.join(loader), script)?;
    Ok(())
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().map(PathBuf::from);
    name.unwrap_or_default().to_string_lossy().into_owned()
}

fn quoted(file: &str) -> String {
    format!("\"./{file}\"")
}

/// The same module with every number as short as it can be: the linker leaves
/// room in those that it may have to change.
fn compact(module: &[u8]) -> Result<Vec<u8>> {
    let mut made = wasm_encoder::Module::new();
    RoundtripReencoder
        .parse_core_module(&mut made, wasmparser::Parser::new(0), module)
        .map_err(|error| anyhow!("a part is no module that can be read: {error}"))?;
    Ok(made.finish())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn numbers_lose_the_room_that_the_linker_left() {
        let header = b"\0asm\x01\0\0\0";
        // One function type without parameters, its count in five bytes or one.
        let roomy = [&header[..], &[1, 8, 0x81, 0x80, 0x80, 0x80, 0, 0x60, 0, 0]].concat();
        let short = [&header[..], &[1, 4, 1, 0x60, 0, 0]].concat();
        assert_eq!(compact(&roomy).unwrap(), short);
        assert_eq!(compact(&short).unwrap(), short);
        assert!(compact(&short[..10]).is_err(), "cut short");
    }
}
