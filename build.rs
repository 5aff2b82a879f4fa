//! Prepares the program to be taken apart. `cargo xtask build` sets
//! `EXCHEQUER_SPLIT`: what is not needed first is then left behind doors
//! (`src/part.rs`), and the linker says where everything refers to, so that
//! what is behind each door can be moved to a file of its own. Without it the
//! program is one piece.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=EXCHEQUER_SPLIT");
    let wasm = std::env::var_os("CARGO_CFG_TARGET_ARCH").is_some_and(|it| it == "wasm32");
    if wasm && std::env::var_os("EXCHEQUER_SPLIT").is_some() {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
