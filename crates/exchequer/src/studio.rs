//! Contracts and conditions of a text to be worked on: where their blocks stand,
//! and texts to begin with.

use std::ops::Range;

use conditions::Name;
use conditions::catalogue::{self, Kind, Template};

/// A block of a text, whether it is right or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw<'t> {
    /// The word that it begins with.
    pub word: &'static str,
    /// What it is called.
    pub name: String,
    /// The number of its first line.
    pub line: u32,
    /// Its lines but the first and its `end`, in bytes of the text.
    pub body: Range<usize>,
    /// These lines.
    pub text: &'t str,
}

/// The blocks of a text, in order. A block without its `end` goes to where the
/// text ends.
#[must_use]
pub fn blocks(text: &str) -> Vec<Raw<'_>> {
    let mut found: Vec<Raw<'_>> = Vec::new();
    let mut open: Option<(&'static str, String, u32, usize)> = None;
    let mut at = 0;
    let mut close = |open: (&'static str, String, u32, usize), to: usize| {
        let (word, name, line, from) = open;
        found.push(Raw {
            word,
            name,
            line,
            body: from..to,
            text: text.get(from..to).unwrap_or_default(),
        });
    };
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        let next = at + line.len();
        let said = line.trim();
        match open.take() {
            None => open = begun(said).map(|(word, name)| (word, name, number, next)),
            Some(block) if is_end(said) => close(block, at),
            Some(block) => open = Some(block),
        }
        at = next;
    }
    if let Some(block) = open {
        close(block, text.len());
    }
    found
}

fn is_end(line: &str) -> bool {
    let said = line.split('#').next().unwrap_or_default();
    said.trim() == "end"
}

/// The word and the name that a block begins with.
fn begun(line: &str) -> Option<(&'static str, String)> {
    let word = ["contract", "condition"]
        .into_iter()
        .find(|word| line.starts_with(word))?;
    let rest = line.get(word.len()..)?;
    let rest = rest.strip_prefix([' ', '\t'])?.trim();
    let name = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split(['#', ' ', '\t']).next()?,
    };
    let name = name.trim();
    (!name.is_empty() && !name.contains([':', '='])).then(|| (word, name.to_owned()))
}

/// What a thing of this kind could be called in a text that has others: the
/// first of `Sale`, `Sale2`, `Sale3` … that does not stand in it.
#[must_use]
pub fn free_name(text: &str, wanted: &str) -> String {
    let stands = |name: &str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
            .any(|word| word == name)
    };
    let mut name = wanted.to_owned();
    let mut number = 2_u32;
    while stands(&name) {
        name = format!("{wanted}{number}");
        number = number.saturating_add(1);
    }
    name
}

/// The name of an entry's block: `refund-window` gives `RefundWindow`.
#[must_use]
pub fn block_name(key: &str) -> String {
    let mut name = String::new();
    for word in key.split('-') {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

/// The block of an entry with these parameters, to be put into a text.
#[must_use]
pub fn filled(
    text: &str,
    template: &Template,
    given: &[(&str, &str)],
    decimals: u8,
) -> Option<String> {
    let name = Name::new(free_name(text, &block_name(template.key))).ok()?;
    let filled = template.fill(&name, given, decimals).ok()?;
    Some(filled.text().trim_end().to_owned())
}

/// A text to begin with: an entry of the catalogue, everybody who plays a part
/// in it, and money in their wallets.
#[must_use]
pub fn starter(key: &str, title: &str) -> Option<String> {
    let template = catalogue::find(key)?;
    let mut people: Vec<String> = Vec::new();
    let parties = template
        .params
        .iter()
        .filter(|param| matches!(param.kind, Kind::Party | Kind::Parties));
    // A bank has no wallet: whoever plays one here is a firm of another name.
    let player = |name: &str| match name {
        "Harbour" => "Savings".to_owned(),
        name => name.to_owned(),
    };
    let mut given: Vec<(&str, String)> = Vec::new();
    for param in parties {
        let names: Vec<String> = param.default.split(", ").map(player).collect();
        given.push((param.key, names.join(", ")));
        for name in names.into_iter().chain(["Alice".to_owned()]) {
            if !people.contains(&name) {
                people.push(name);
            }
        }
    }
    if people.is_empty() {
        people.push("Alice".to_owned());
    }
    if template.block == catalogue::Block::Condition && !people.iter().any(|it| it == "City") {
        people.push("City".to_owned());
    }
    let given: Vec<(&str, &str)> = given.iter().map(|(key, it)| (*key, it.as_str())).collect();
    let name = block_name(key);
    let block = template.fill(&Name::new(name.as_str()).ok()?, &given, 2);
    let block = block.ok()?.text();
    let title = title.replace(['"', '\\', '\n'], " ");
    let mut text = format!(
        "title \"{title}\"\nuse cny-2025@1\n\
         operator Harbour reserves=1_000_000.00\noperator Summit reserves=1_000_000.00\n"
    );
    for (name, number) in people.iter().zip(0..) {
        let bank = if number % 2 == 0 { "Harbour" } else { "Summit" };
        text.push_str(&format!(
            "person {name} at={bank} type=I deposit=40_000.00\n"
        ));
    }
    text.push_str("merchant Noodles at=Summit category=5812\n");
    text.push_str(&block);
    text.push_str("central-bank: issue 500_000.00 to=Harbour\n");
    text.push_str("central-bank: issue 500_000.00 to=Summit\n");
    for name in &people {
        text.push_str(&format!("09:00 {name}: exchange 20_000.00\n"));
    }
    if template.block == catalogue::Block::Condition {
        text.push_str(&format!(
            "City: purpose.wrap {name} 500.00 for=30d as Vouchers\n\
             City: purpose.hand Vouchers Alice 50.00\n"
        ));
    }
    Some(text)
}
