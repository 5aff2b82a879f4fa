//! What may be typed after `cargo xtask`.

use lexopt::prelude::*;
use std::ffi::OsString;

/// Cases a property test tries under `soak`, where the default is 64.
const SOAK_CASES: u32 = 4096;
/// Seconds each fuzz target runs under `soak`.
const SOAK_SECONDS: u32 = 600;
/// Seconds each fuzz target runs otherwise.
pub(crate) const FUZZ_SECONDS: u32 = 20;

/// One command with its options.
#[derive(Debug, PartialEq)]
pub(crate) enum Task {
    Help(&'static str),
    Setup,
    Serve { port: u16 },
    Build,
    Test { layers: Vec<Layer> },
    Bless,
    Bench { arguments: Vec<OsString> },
    Soak { cases: u32, seconds: u32 },
    Fuzz { targets: Vec<String>, seconds: u32 },
}

/// One layer of the tests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Layer {
    Fmt,
    Lint,
    Licence,
    Native,
    Browser,
    Journeys,
    Fuzz,
}

impl Layer {
    /// Every layer, quickest verdict first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Fmt,
        Self::Licence,
        Self::Lint,
        Self::Native,
        Self::Browser,
        Self::Journeys,
        Self::Fuzz,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Lint => "lint",
            Self::Licence => "licence",
            Self::Native => "native",
            Self::Browser => "browser",
            Self::Journeys => "journeys",
            Self::Fuzz => "fuzz",
        }
    }

    fn parse(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|layer| layer.name() == name)
            .ok_or_else(|| {
                let known = Self::ALL.map(Self::name).join(", ");
                format!("no layer is called `{name}`; there are: {known}")
            })
    }
}

const OVERVIEW: &str = "\
Set-up and tasks of Exchequer.

Usage: cargo xtask COMMAND [OPTIONS]

  setup   install what is missing (the other commands do so by themselves)
  serve   build the release app and serve it on 127.0.0.1
  build   make dist/ (static files for any host) and target/npm/ (the package)
  test    format, licences, lints, native and browser tests, journeys, fuzzing
  bless   renew the recorded digests and other golden files
  bench   measure, and print one table with ratios
  soak    long seeds, many cases, long fuzzing
  fuzz    run the fuzz targets for a while

`cargo xtask COMMAND --help` says more about one of them.
";

const SETUP: &str = "\
Install what building and testing need, and only what is missing.

Usage: cargo xtask setup

  1. the wasm32-unknown-unknown target, rustfmt and clippy: through rustup, or,
     where rustup cannot download, from Debian's rustc-web packages together
     with a standard library compiled from their source (about 2 minutes)
  2. wasm-bindgen in the version Cargo.lock names, and Trunk: from the PATH if
     they fit, else by `cargo install` (about 3 and 5 minutes on two cores)
  3. Chromium or Chrome with its driver: what is installed, else by apt-get
  4. Node.js 20 or later (checked; by apt-get where that is new enough) and the
     journeys' two packages, by `npm ci`

Nothing is half-installed: each tool is made aside and moved into place last.
A second run only looks, which takes about a second.

Environment:
  EXCHEQUER_CACHE      where tools go (default: exchequer in the user's cache)
  EXCHEQUER_TOOLCHAIN  `ordinary` or `debian`, to choose the way of step 1
  CHROME, CHROMEDRIVER a browser and driver of your own
";

const SERVE: &str = "\
Build the release app into dist/ and serve it on 127.0.0.1.

Usage: cargo xtask serve [--port N]

  --port N   the port to listen on (default 8080; 0 takes any free one)

Prints the address when the app is ready. Stop it with Ctrl+C.
";

const BUILD: &str = "\
Make the files to publish.

Usage: cargo xtask build

  dist/         the app, static files with relative addresses only: copy them to
                any host, at its root or below a path
  target/npm/   the engine as an npm package with TypeScript types
";

const TEST: &str = "\
Check everything that a change must keep true.

Usage: cargo xtask test [--only LAYER]...

  --only LAYER   run this layer alone; may be given more than once

Layers, in the order they run:
  fmt        formatting, by rustfmt
  licence    every dependency's licence is permissive
  lint       clippy and rustdoc with warnings denied, native and wasm
  native     unit, property, scenario and component tests of the workspace
  browser    tests/*.rs as wasm-bindgen-tests in headless Chromium (and in
             Firefox, if firefox and geckodriver are on the PATH)
  journeys   tests/journeys/*.mjs: the built app, driven as a person would
  fuzz       each target under fuzz/ for 20 seconds

Each step is printed with its duration; the last line sums up what ran.
";

const BLESS: &str = "\
Renew the golden files: run the native tests with EXCHEQUER_BLESS=1, so that
tests write what they would otherwise compare. Review the difference, and say in
the commit why it changed.

Usage: cargo xtask bless
";

const BENCH: &str = "\
Measure on this machine and print one table with ratios.

Usage: cargo xtask bench [ARGUMENTS...]

Builds the app and the `exchequer` command, installs the peers that are measured
beside them, and runs benches/run.mjs. Arguments are handed on to it.
";

const SOAK: &str = "\
The slow tests: native tests in release with EXCHEQUER_SOAK=1, then fuzzing.

Usage: cargo xtask soak [--cases N] [--seconds N]

  --cases N     cases of each property test (default 4096)
  --seconds N   seconds of each fuzz target (default 600)
";

const FUZZ: &str = "\
Run fuzz targets on the stable toolchain, with libFuzzer.

Usage: cargo xtask fuzz [--seconds N] [TARGET...]

  --seconds N   seconds of each target (default 20)
  TARGET        a file name under fuzz/fuzz_targets, without .rs (default: all)

Committed seeds are in fuzz/seeds/TARGET, the grown corpus in fuzz/corpus/TARGET,
inputs that failed in fuzz/artifacts/TARGET. To try one again:
  cargo xtask fuzz --seconds 0 TARGET
";

/// Reads the arguments after `cargo xtask`.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Task, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let command = match parser.next().map_err(|error| error.to_string())? {
        None | Some(Short('h') | Long("help")) => return Ok(Task::Help(OVERVIEW)),
        Some(Value(command)) => command.to_string_lossy().into_owned(),
        Some(option) => return Err(option.unexpected().to_string()),
    };
    let (help, task) = match command.as_str() {
        "help" => return Ok(Task::Help(OVERVIEW)),
        "setup" => (SETUP, Task::Setup),
        "serve" => (SERVE, Task::Serve { port: 8080 }),
        "build" => (BUILD, Task::Build),
        "test" => (TEST, Task::Test { layers: Vec::new() }),
        "bless" => (BLESS, Task::Bless),
        "bench" => {
            let arguments: Vec<OsString> = parser
                .raw_args()
                .map_err(|error| error.to_string())?
                .collect();
            let asks = |word: &OsString| word == "--help" || word == "-h";
            return Ok(if arguments.first().is_some_and(asks) {
                Task::Help(BENCH)
            } else {
                Task::Bench { arguments }
            });
        }
        "soak" => {
            let (cases, seconds) = (SOAK_CASES, SOAK_SECONDS);
            (SOAK, Task::Soak { cases, seconds })
        }
        "fuzz" => {
            let (targets, seconds) = (Vec::new(), FUZZ_SECONDS);
            (FUZZ, Task::Fuzz { targets, seconds })
        }
        unknown => return Err(format!("no command is called `{unknown}`")),
    };
    options(parser, help, task).map_err(|error| error.to_string())
}

/// Reads the options of one command into it.
fn options(
    mut parser: lexopt::Parser,
    help: &'static str,
    mut task: Task,
) -> Result<Task, lexopt::Error> {
    while let Some(argument) = parser.next()? {
        match (argument, &mut task) {
            (Short('h') | Long("help"), _) => return Ok(Task::Help(help)),
            (Long("port"), Task::Serve { port }) => *port = parser.value()?.parse()?,
            (Long("only"), Task::Test { layers }) => {
                layers.push(Layer::parse(&parser.value()?.string()?)?);
            }
            (Long("cases"), Task::Soak { cases, .. }) => *cases = parser.value()?.parse()?,
            (Long("seconds"), Task::Soak { seconds, .. } | Task::Fuzz { seconds, .. }) => {
                *seconds = parser.value()?.parse()?;
            }
            (Value(target), Task::Fuzz { targets, .. }) => targets.push(target.string()?),
            (argument, _) => return Err(argument.unexpected()),
        }
    }
    Ok(task)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Task, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn every_command_is_listed_and_explains_itself() {
        let names = [
            "setup", "serve", "build", "test", "bless", "bench", "soak", "fuzz",
        ];
        for name in names {
            assert!(OVERVIEW.contains(&format!("\n  {name} ")), "{name}");
            let Ok(Task::Help(text)) = typed(&format!("{name} --help")) else {
                panic!("{name} --help");
            };
            assert!(text.contains(&format!("cargo xtask {name}")), "{name}");
        }
    }

    #[test]
    fn a_port_is_a_number_that_fits() {
        assert_eq!(typed("serve"), Ok(Task::Serve { port: 8080 }));
        assert_eq!(typed("serve --port 0"), Ok(Task::Serve { port: 0 }));
        assert_eq!(typed("serve --port=65535"), Ok(Task::Serve { port: 65535 }));
        for wrong in ["65536", "-1", "http", ""] {
            assert!(typed(&format!("serve --port={wrong}")).is_err(), "{wrong}");
        }
        assert!(typed("serve --port").is_err());
    }

    #[test]
    fn layers_are_named_or_refused_with_the_list() {
        let layers = vec![Layer::Fmt, Layer::Native];
        assert_eq!(
            typed("test --only fmt --only native"),
            Ok(Task::Test { layers })
        );
        let refusal = typed("test --only unit").unwrap_err();
        assert!(refusal.contains("journeys"), "{refusal}");
        for layer in Layer::ALL {
            assert!(TEST.contains(&format!("\n  {} ", layer.name())));
        }
    }

    #[test]
    fn an_option_of_another_command_is_refused() {
        for line in [
            "setup --port 1",
            "test native",
            "serve --only fmt",
            "deploy",
            "--fast",
        ] {
            assert!(typed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn bench_hands_every_argument_on() {
        let arguments = vec!["--quick".into(), "seek".into()];
        assert_eq!(typed("bench --quick seek"), Ok(Task::Bench { arguments }));
    }

    #[test]
    fn fuzz_takes_targets_and_time() {
        let targets = vec!["cbor".to_owned()];
        assert_eq!(
            typed("fuzz --seconds 5 cbor"),
            Ok(Task::Fuzz {
                targets,
                seconds: 5
            })
        );
    }
}
