//! What an editor shows of a text that is being written.

use exchequer::script::{
    Completion, CompletionKind, TokenClass, complete, highlight, hover, parse, render,
};

use crate::support::{CAST, OPENING, Shelf, VOCABULARY};

/// The completions at `|` in lines below the cast.
fn offered(lines: &str) -> Vec<Completion> {
    let text = format!("{CAST}{lines}");
    let offset = text.find('|').unwrap();
    complete(&text.replace('|', ""), offset, &VOCABULARY, &Shelf)
}

/// Holds the labels offered at `|` against what is wanted.
#[track_caller]
fn check(lines: &str, wanted: &[&str]) {
    let offered = offered(lines);
    let labels: Vec<&str> = offered.iter().map(|offer| offer.label.as_str()).collect();
    assert_eq!(labels, wanted, "{lines}");
}

/// What a text becomes when the only thing offered at `|` is taken.
fn taken(lines: &str) -> String {
    let offered = offered(lines);
    assert_eq!(offered.len(), 1, "{offered:?}");
    let mut text = format!("{CAST}{lines}").replace('|', "");
    text.replace_range(offered[0].replace.clone(), &offered[0].insert);
    text[CAST.len()..].to_owned()
}

const VERBS_OF_ALICE: &[&str] = &[
    "exchange",
    "redeem",
    "cash-in",
    "cash-out",
    "pay",
    "open-sub",
    "contract.claim",
];
const HOLDERS: &[&str] = &["Alice", "Bob", "\"Noodle Bar\"", "Noodles"];

#[test]
fn a_line_begins_with_who_acts_or_with_a_word() {
    check("A|", &["Alice", "ask"]);
    check(
        "09:30 |",
        &[
            "Alice",
            "Bob",
            "Harbour",
            "\"Noodle Bar\"",
            "Noodles",
            "Summit",
            "central-bank",
            "network",
            "expect",
            "wait",
        ],
    );
    check("09:30 w|", &["wait"]);
    check("+1h w|", &["wait"]);
    check("p|", &["person"]);
    check("se|", &[]);
    check("try \"x\" B|", &["Bob"]);
    check("try \"x\" id=y 09:30 B|", &["Bob"]);
    assert_eq!(taken("Al|"), "Alice: ");
    assert_eq!(taken("per|son Carol"), "person  Carol");
}

#[test]
fn headers_are_offered_while_they_can_stand() {
    let labels = |text: &str| {
        let offers = complete(text, text.len(), &VOCABULARY, &Shelf);
        let labels = offers.into_iter().map(|offer| offer.label);
        labels.collect::<Vec<_>>()
    };
    assert_eq!(labels("u"), ["use"]);
    assert_eq!(labels("seed 1\nse"), ["set"]);
    assert_eq!(labels("use "), ["cny-2025@2", "cny-2025@1"]);
    assert_eq!(labels("use cny-2025@"), ["cny-2025@2", "cny-2025@1"]);
    assert_eq!(labels("use cny-2025@1\nset c"), ["card.balance"]);
    assert_eq!(labels("use cny-2025@1\nset wallet.I"), ["wallet.IV.count"]);
    assert_eq!(labels("use cny-2025@1\nset card.balance="), ["none"]);
    assert_eq!(
        labels("use cny-2025@1\nset card.balance=1 "),
        ["stops", "source"]
    );
    assert_eq!(
        labels("use cny-2025@1\nset card.balance=1 stops=[1, n"),
        ["none"]
    );
    assert_eq!(
        labels("use cny-2025@1\nset card.balance=1 stops=[1, 2] "),
        ["source"]
    );
    assert_eq!(labels("set c"), Vec::<String>::new());
    assert_eq!(labels("signing o"), ["on", "off"]);
}

#[test]
fn verbs_are_those_of_the_actor() {
    check("Alice: |", VERBS_OF_ALICE);
    check("09:30 Alice: |", VERBS_OF_ALICE);
    check("Alice:|", VERBS_OF_ALICE);
    check("Alice: c|", &["cash-in", "cash-out", "contract.claim"]);
    check("Alice: contract.c|", &["contract.claim"]);
    check("Harbour: |", &["freeze"]);
    check("central-bank: |", &["issue"]);
    check("network: |", &["network.lose"]);
    check("Alice: dance |", &[]);
    assert_eq!(taken("Alice: contract.c|"), "Alice: contract.claim ");
    assert_eq!(taken("Alice: con|tract 1"), "Alice: contract.claim  1");
}

#[test]
fn arguments_are_values_that_fit_and_fields_that_are_left() {
    let with = |more: &[&'static str]| [HOLDERS, more].concat();
    check("Alice: pay |", &with(&["to", "amount", "memo", "as"]));
    check("Alice: pay N|", &["Noodles"]);
    check("Alice: pay Noodles |", &["amount", "memo", "as"]);
    check("Alice: pay Noodles 1 |", &["memo", "as"]);
    check("Alice: pay Noodles 1 memo=|", &[]);
    check("Alice: pay to=|", HOLDERS);
    check("Alice: pay to=N|", &["Noodles"]);
    check("Alice: pay to=Noodles |", &["amount", "memo", "as"]);
    check("Alice: pay Noodles 1|", &[]);
    check(
        "person Carol |",
        &["at", "type", "deposit", "cash", "online"],
    );
    check("person Carol at=|", &["Harbour", "Summit"]);
    check("person Carol type=I|", &["I", "II", "III", "IV"]);
    check("person Carol online=|", &["true", "false"]);
    check("person |", &[]);
    check(
        "Summit: freeze Bob |",
        &["court", "fraud", "request", "reason", "for", "as"],
    );
    check("Summit: freeze Bob f|", &["fraud", "for"]);
    assert_eq!(taken("person Carol a|"), "person Carol at=");
}

#[test]
fn expectations_are_completed_piece_by_piece() {
    check("expect A|", &["Alice"]);
    check("expect r|", &["refused"]);
    check("expect Alice.|", &["wallet", "deposit", "cash", "books"]);
    check("expect central-bank.i|", &["in-issue"]);
    check("expect Alice.w|", &["wallet"]);
    check("expect Alice.wallet |", &["=", "!=", "<", "<=", ">", ">="]);
    check("expect Alice.wallet = |", &[]);
    check(
        "expect refused |",
        &["limit.payment", "limit.day", "funds.short"],
    );
    check("expect refused limit.p|", &["limit.payment"]);
    check("expect holds |", &["books", "in-issue"]);
    assert_eq!(taken("expect refused f|"), "expect refused funds.short");
    assert_eq!(taken("+1m expect Bo|"), "+1m expect Bob.");
}

#[test]
fn nothing_is_offered_within_texts_and_comments() {
    check("note \"A|", &[]);
    check("note \"A|lice\"", &[]);
    check("# A|", &[]);
    check("note \"a\" # A|", &[]);
    check("choice \"a\" |", &["right"]);
}

#[test]
fn what_an_act_creates_is_offered_below_it() {
    check("Alice: open-sub as shop\nsh|", &["shop"]);
    check("sh|\nAlice: open-sub as shop", &[]);
    // Also where the line that names it is wrong.
    check("Alice: dance as shop\nsh|", &["shop"]);
}

/// The help at `|`: the words it is about, and what it says.
fn help(lines: &str) -> Option<(String, String)> {
    let text = format!("{CAST}{lines}");
    let offset = text.find('|').unwrap();
    let text = text.replace('|', "");
    let hover = hover(&text, offset, &VOCABULARY, &Shelf)?;
    Some((text[hover.range].to_owned(), hover.doc))
}

#[test]
fn words_are_explained() {
    for (lines, word, doc) in [
        ("Alice: p|ay Noodles 1", "pay", "Does something."),
        (
            "Alice: contract.cl|aim x",
            "contract.claim",
            "Does something.",
        ),
        (
            "Alice: |contract.claim x",
            "contract.claim",
            "Does something.",
        ),
        ("per|son Carol at=Harbour", "person", "Does something."),
        ("person Carol a|t=Harbour", "at", "A field."),
        ("Alice: pay Noodles 1 memo|=\"x\"", "memo", "A field."),
        ("expect Alice.wa|llet = 1", "wallet", "Something of theirs."),
        ("expect refused limit.pay|ment", "payment", "A word."),
        ("expect holds boo|ks", "books", "A word."),
        ("Al|ice: pay Noodles 1", "Alice", "person: Does something."),
        (
            "Alice: pay \"Noodle| Bar\" 1",
            "\"Noodle Bar\"",
            "merchant: Does something.",
        ),
        (
            "expect Al|ice.wallet = 1",
            "Alice",
            "person: Does something.",
        ),
    ] {
        assert_eq!(
            help(lines),
            Some((word.to_owned(), doc.to_owned())),
            "{lines}"
        );
    }
    for word in ["note", "try", "expect", "ask", "09:30 expect", "+1d wait"] {
        let (explained, doc) = help(&format!("{word}| \"x\"")).unwrap();
        assert!(word.ends_with(&explained));
        assert!(doc.ends_with('.'), "{doc}");
    }
    for lines in [
        "Alice: da|nce",
        "12|.50",
        "| ",
        "# no|te",
        "note \"no|te\"",
        "Alice: pay Noodles 12|.50",
    ] {
        assert_eq!(help(lines), None, "{lines}");
    }
}

/// The pieces of a line with their classes, as `piece/class`.
fn colours(line: &str) -> String {
    let piece = |(range, class): (std::ops::Range<usize>, TokenClass)| {
        let class = serde_json::to_value(class).unwrap();
        format!("{}/{}", &line[range], class.as_str().unwrap())
    };
    let pieces: Vec<String> = highlight(line).into_iter().map(piece).collect();
    pieces.join(" ")
}

#[test]
fn pieces_of_a_line_have_their_colours() {
    for (line, wanted) in [
        (
            "09:06 Alice: pay Noodles 12.50 memo=\"x\" # y",
            "09:06/time Alice/name :/sign pay/verb Noodles/name 12.50/number memo/field =/sign \"x\"/text # y/comment",
        ),
        (
            "+30s Alice/card: contract.claim X as Y",
            "+/time 30s/time Alice/name //sign card/name :/sign contract/verb ./sign claim/verb X/name as/keyword Y/name",
        ),
        (
            "person Carol at=Harbour online=true",
            "person/kind Carol/name at/field =/sign Harbour/name online/field =/sign true/keyword",
        ),
        (
            "expect central-bank.in-issue = 4_000.00",
            "expect/keyword central-bank/name ./sign in-issue/field =/sign 4_000.00/number",
        ),
        ("expect refused", "expect/keyword refused/keyword"),
        (
            "choice \"a\" right",
            "choice/keyword \"a\"/text right/keyword",
        ),
        (
            "try \"t\" id=x Bob: redeem 1",
            "try/keyword \"t\"/text id/field =/sign x/name Bob/name :/sign redeem/verb 1/number",
        ),
        (
            "use cny-2025@1",
            "use/keyword cny-2025/name @/sign 1/number",
        ),
        ("signing off", "signing/keyword off/keyword"),
        ("note \"open", "note/keyword \"open/wrong"),
        ("Alice ; ", "Alice/kind ;/wrong"),
    ] {
        assert_eq!(colours(line), wanted);
    }
}

#[test]
fn colours_cover_all_but_blanks_and_stand_in_order() {
    let pieces = highlight(OPENING);
    let mut covered = String::new();
    let mut last = 0;
    for (range, class) in pieces {
        assert!(last <= range.start && range.start < range.end);
        assert_ne!(class, TokenClass::Wrong);
        last = range.end;
        covered.push_str(&OPENING[range]);
    }
    let solid = |text: &str| text.replace([' ', '\n'], "");
    assert_eq!(solid(&covered), solid(OPENING));
}

#[test]
fn a_problem_is_printed_with_its_line_and_a_caret() {
    let text = "use cny-2025@1\noperator 湖岸\n湖岸: isue\t1.00 to=湖岸 # \u{202A}\nBob redeem 1";
    let outcome = parse(text, &VOCABULARY, &Shelf);
    let printed: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(|diagnostic| render(diagnostic, "x.exq", text.as_bytes()))
        .collect();
    assert_eq!(
        printed.concat(),
        "\
x.exq:3:23: error: the invisible character U+202A makes text look different from what it says; delete it [bidi-control]
  |
3 | 湖岸: isue    1.00 to=湖岸 # \u{FFFD}
  |                              ^
  = help: leave this out
x.exq:4:1: error: a `:` is missing behind `Bob`, who acts [missing-colon]
  |
4 | Bob redeem 1
  | ^^^
  = help: write `:` here
"
    );
}

#[test]
fn a_suggestion_is_printed_as_what_to_do() {
    for (line, help) in [
        ("Alice: pya Noodles 1", "did you mean `pay`?"),
        ("Alice redeem 1", "write `:` here"),
        ("Alice: redeem -1", "leave this out"),
    ] {
        let text = format!("{CAST}{line}\n");
        let outcome = parse(&text, &VOCABULARY, &Shelf);
        let printed = render(&outcome.diagnostics[0], "x.exq", text.as_bytes());
        assert!(
            printed.ends_with(&format!("  = help: {help}\n")),
            "{printed}"
        );
    }
}

#[test]
fn of_a_long_line_the_part_at_fault_is_printed() {
    let text = format!(
        "{CAST}note \"{}\" x {}\n",
        "a".repeat(1_000),
        "# b".repeat(100)
    );
    let outcome = parse(&text, &VOCABULARY, &Shelf);
    let printed = render(&outcome.diagnostics[0], "x.exq", text.as_bytes());
    let lines: Vec<&str> = printed.lines().collect();
    assert!(
        lines.iter().all(|line| line.chars().count() < 140),
        "{printed}"
    );
    let caret = lines[3].chars().position(|c| c == '^').unwrap();
    assert_eq!(lines[2].chars().nth(caret), Some('x'), "{printed}");
    assert!(
        lines[2].ends_with('…') && lines[2].contains("| …a"),
        "{printed}"
    );
}

#[test]
fn completions_know_what_they_are() {
    let kinds = |lines: &str| {
        let offers = offered(lines);
        offers
            .into_iter()
            .map(|offer| offer.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds("person Carol type=V|"), [CompletionKind::WalletType]);
    assert_eq!(kinds("expect refused fu|"), [CompletionKind::Code]);
    assert_eq!(kinds("Alice: ex|"), [CompletionKind::Verb]);
    assert_eq!(offered("Alice: ex|")[0].doc, "Does something.");
}
