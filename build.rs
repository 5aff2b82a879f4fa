//! With the feature `parts`, which `cargo xtask build` asks for, the program is
//! made to be taken apart: what is not needed first is left behind doors
//! (`src/part.rs`), and the linker notes what refers to what, so that all that
//! is behind a door can be moved to a file of its own. The engine is behind one
//! too: until it comes, the opening story is shown from a recording, which is
//! made here by playing it. Without the feature the program is one piece.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "parts")]
    parts()?;
    Ok(())
}

#[cfg(feature = "parts")]
fn parts() -> Result<(), Box<dyn std::error::Error>> {
    use exchequer::session::Session;

    /// The story that the app opens with.
    const OPENING: &str = "static/scenarios/birth-of-a-yuan.exq";

    let folder = std::path::PathBuf::from(std::env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={OPENING}");
    let mut session = Session::open(std::fs::read_to_string(OPENING)?);
    for language in ["en", "zh-CN"] {
        let program = session.program_in(language);
        let file = folder.join(format!("opening.{language}.postcard"));
        std::fs::write(file, postcard::to_allocvec(&program)?)?;
    }
    // Every place that playing or stepping comes to.
    let program = session.program();
    let steps = program.steps.iter().flat_map(|it| [it.from, it.to]);
    let beats = program.beats.iter().flat_map(|it| [it.from, it.to]);
    let mut positions: Vec<u32> = steps.chain(beats).chain([0, program.length]).collect();
    positions.sort_unstable();
    positions.dedup();
    let moments = positions.into_iter().map(|at| session.moment(at));
    let moments: Vec<_> = moments.collect();
    let file = folder.join("opening.moments.postcard");
    std::fs::write(file, postcard::to_allocvec(&moments)?)?;

    if std::env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    Ok(())
}
