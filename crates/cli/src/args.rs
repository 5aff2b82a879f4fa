//! What may be typed after `exchequer`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Plays, checks, formats, shows and exports scenarios of money (.exq).
#[derive(Debug, Parser)]
#[command(
    name = "exchequer",
    version,
    about,
    after_help = "Exit codes: 0 all held, 1 an expectation or invariant failed, 2 the input was bad."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Play scenarios and check what they expect.
    Run(Run),
    /// Read scenarios and list everything that is wrong with them.
    Check(Check),
    /// Bring scenarios into the one canonical form.
    Fmt(Fmt),
    /// Print one view of a played scenario.
    Show(Show),
    /// Write a played scenario in a form for other programs.
    Export(Export),
    /// Pack a scenario for those who build it: script, events, diagram, and a test that replays it.
    HandOff(HandOff),
    /// List every kind of thing, every verb, and what expectations can name.
    Verbs(Verbs),
    /// List the presets, or every value of one with its mark, date and source.
    Preset(Preset),
    /// List the lessons with minutes and goal, or print the text of one.
    Lessons(Lessons),
    /// Play every attack on offline transfers: who notices, and who bears the loss.
    Attacks(Attacks),
    /// Print the JSON Schema of the JSON form of scenarios.
    Schema,
    /// Measure the engine on this machine.
    Bench(Bench),
}

const FILES: &str =
    "Scenarios, as text (.exq) or in their JSON form (.json); - reads text from standard input";

#[derive(Args, Debug)]
pub(crate) struct Run {
    #[arg(required = true, value_name = "FILE", help = FILES)]
    pub(crate) files: Vec<PathBuf>,
    /// Print one JSON object a scenario.
    #[arg(long, conflicts_with = "digest")]
    pub(crate) json: bool,
    /// Play with this seed instead of the scenario's own.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Print only the digest of the log.
    #[arg(long)]
    pub(crate) digest: bool,
    /// Fail if anything is refused that no line expects.
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[arg(required = true, value_name = "FILE", help = FILES)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// Scenarios, rewritten in place; - goes from standard input to standard output.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Change nothing; fail if anything would be changed.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// Which view.
    pub(crate) view: View,
    #[arg(value_name = "FILE", help = FILES)]
    pub(crate) file: PathBuf,
    /// When: after N events, or at a time such as 09:06, +2m or 2025-11-03T09:06; the end if left out.
    #[arg(long, value_name = "N|TIME")]
    pub(crate) at: Option<String>,
    /// Only what this party may see.
    #[arg(long = "as", value_name = "PARTY")]
    pub(crate) viewer: Option<String>,
    /// For the differences: the other preset, such as cny-2026 or cny-2026@1.
    #[arg(long, value_name = "PRESET", required_if_eq("view", "differences"))]
    pub(crate) with: Option<String>,
    /// Print JSON: the series only.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// What everyone owns and owes.
    BalanceSheet,
    /// Every posting in every book.
    Journal,
    /// Every message and movement, in order.
    Sequence,
    /// How much money went from whom to whom.
    Flows,
    /// What was turned down, and why.
    Refusals,
    /// All money as time passed, and figures of the real world beside it.
    Series,
    /// What the central bank's three centres have on file.
    Registers,
    /// What comes out differently by the rules of another preset (--with).
    Differences,
    /// By what each wallet can be paid: account number, alias, payment code.
    Addresses,
    /// What each open contract holds, and who can do what now.
    Contracts,
    /// What can be proven of the text's contracts before anybody signs.
    Analysis,
}

#[derive(Args, Debug)]
pub(crate) struct Export {
    /// Which form.
    pub(crate) format: Format,
    #[arg(value_name = "FILE", help = FILES)]
    pub(crate) file: PathBuf,
    /// Where to: a file, and for iso20022 a folder; standard output if left out, or -.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,
    /// Only what this party may see: iso20022 only.
    #[arg(long = "as", value_name = "PARTY")]
    pub(crate) viewer: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A Mermaid sequence diagram.
    Mermaid,
    /// Every posting as comma-separated values.
    Csv,
    /// Every event as JSON.
    Json,
    /// ISO 20022: a pacs.008 for each payment between banks, a camt.053 for each wallet.
    Iso20022,
}

#[derive(Args, Debug)]
pub(crate) struct HandOff {
    #[arg(value_name = "FILE", help = FILES)]
    pub(crate) file: PathBuf,
    /// The zip archive to write.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Verbs {
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Preset {
    /// Which, such as cny-2025, or cny-2025@1 for a version; all if left out.
    pub(crate) name: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Lessons {
    /// Which, such as payday; all if left out.
    pub(crate) name: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Attacks {
    /// Under this model only: purse, coins, blind, mint or promise.
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<String>,
    /// Print JSON, with the way of the value as the operator finds it.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Bench {
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Do a small part of the work: to see that it runs, not how fast.
    #[arg(long)]
    pub(crate) quick: bool,
}
