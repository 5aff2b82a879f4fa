//! Contracts as they are worked on: what is shown of a block, what a form
//! writes, and that what was found can be played.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use conditions::catalogue::{Block, TEMPLATES};
use exchequer::session::Session;
use exchequer::studio::{blocks, filled, free_name, starter};
use exchequer::views::Seen;
use exchequer::views::studio::{FieldKind, Sketch};

const ESCROW: &str = include_str!("../../../static/scenarios/escrow-quarrel.exq");
const GYM: &str = include_str!("../../../static/scenarios/gym-goes-bankrupt.exq");

fn shown(text: &str, position: u32) -> Sketch {
    let mut session = Session::open(text);
    let studio = session.studio(position, 0, Seen::Everyone);
    studio.shown.unwrap()
}

#[test]
fn blocks_are_found_in_right_and_in_wrong_texts() {
    let text = "use x\ncontract A # one\n  parties a=B\nend # of it\ncondition \"Lunch only\"\nend\n\
                Alice: contract.open A\ncontract Open\n step x";
    let found: Vec<_> = blocks(text)
        .into_iter()
        .map(|it| (it.word, it.name, it.line, it.text))
        .collect();
    assert_eq!(
        found,
        [
            ("contract", "A".to_owned(), 2, "  parties a=B\n"),
            ("condition", "Lunch only".to_owned(), 5, ""),
            ("contract", "Open".to_owned(), 8, " step x"),
        ]
    );
    assert!(blocks("contract.open x\ncontracts y\ncondition\n").is_empty());
    for cut in (0..ESCROW.len()).filter(|at| ESCROW.is_char_boundary(*at)) {
        for block in blocks(&ESCROW[..cut]) {
            assert_eq!(&ESCROW[..cut][block.body.clone()], block.text);
        }
    }
}

#[test]
fn an_entry_of_the_catalogue_begins_a_text_that_plays() {
    for template in TEMPLATES {
        let text = starter(template.key, "It \"is\" one").unwrap();
        let mut session = Session::open(&text);
        assert_eq!(session.diagnostics(), [], "{}: {text}", template.key);
        assert!(session.program().unexpected.is_empty(), "{}", template.key);
        let studio = session.studio(u32::MAX, 0, Seen::Everyone);
        let shown = studio.shown.unwrap();
        assert_eq!(shown.problems, [], "{}", template.key);
        assert_eq!(shown.is_contract, template.block == Block::Contract);
        if shown.is_contract {
            let open = shown.open.unwrap();
            let after = Session::open(format!("{text}{open}\n"));
            assert_eq!(after.diagnostics(), [], "{open}");
            assert!(after.program().unexpected.is_empty(), "{open}");
        } else {
            assert!(!shown.judges.is_empty());
        }
    }
    assert_eq!(starter("nothing", ""), None);
}

#[test]
fn what_was_found_of_every_entry_can_be_played() {
    let mut played = 0;
    for template in TEMPLATES.iter().filter(|it| it.block == Block::Contract) {
        let text = starter(template.key, template.key).unwrap();
        let mut session = Session::open(&text);
        let proof = session.proof(0).unwrap();
        assert!(!proof.says.is_empty());
        for found in proof.found {
            let play = found.play.unwrap();
            let after = Session::open(format!("{text}{play}\n"));
            assert_eq!(after.diagnostics(), [], "{play}");
            // Of a race, whoever is second is turned down.
            if found.or.is_empty() {
                assert!(after.program().unexpected.is_empty(), "{play}");
            }
            played += 1;
        }
    }
    assert!(played > 3);
}

#[test]
fn what_can_be_done_now_is_a_line_that_does_it() {
    for template in TEMPLATES.iter().filter(|it| it.block == Block::Contract) {
        let text = starter(template.key, template.key).unwrap();
        let open = shown(&text, u32::MAX).open.unwrap();
        let text = format!("{text}{open}\n");
        let sketch = shown(&text, u32::MAX);
        let Some(deal) = sketch.deals.first() else {
            panic!("{}: nothing is open", template.key);
        };
        for offer in &deal.offers {
            for (by, line) in &offer.lines {
                let line = match offer.wants {
                    None => line.clone(),
                    Some(_) => format!("{line}1.00"),
                };
                let after = Session::open(format!("{text}{line}\n"));
                assert_eq!(after.diagnostics(), [], "{line}");
                assert!(after.program().unexpected.is_empty(), "{by}: {line}");
            }
        }
        if let Some(waits) = &deal.waits {
            let text = format!("{text}{}\n", waits.line);
            let later = shown(&text, u32::MAX);
            assert_ne!(
                later.deals[0].waits, deal.waits,
                "{}: nothing happened at {}",
                template.key, waits.line
            );
        }
    }
}

#[test]
fn a_form_changes_its_field_and_nothing_else() {
    let mut session = Session::open(GYM);
    let sketch = session.studio(0, 0, Seen::Everyone).shown.unwrap();
    let amount = sketch
        .rows
        .iter()
        .flat_map(|row| &row.fields)
        .find(|it| it.kind == FieldKind::Amount)
        .unwrap();
    assert_eq!(&GYM[amount.from..amount.to], amount.text);
    let mut text = GYM.to_owned();
    text.replace_range(amount.from..amount.to, "90.00");
    let after = shown(&text, 0);
    let says = |sketch: &Sketch| sketch.says.len();
    assert_eq!(says(&after), says(&sketch));
    assert_ne!(after.says, sketch.says);
    for (one, other) in after.rows.iter().zip(&sketch.rows) {
        assert_eq!(one.line, other.line);
        assert!(!one.says.is_empty() || one.word == "parties" || one.word == "secret");
    }
}

#[test]
fn states_lead_forward_to_the_end() {
    let sketch = shown(ESCROW, 0);
    let names: Vec<&str> = sketch.states.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["delivery", "quarrel"]);
    let goes = |state: usize| -> Vec<Vec<usize>> {
        let ways = &sketch.states[state].ways;
        ways.iter().map(|way| way.goes.clone()).collect()
    };
    assert_eq!(goes(0), [[2], [2], [1], [2]]);
    assert_eq!(goes(1), [[2], [2], [2]]);
    for template in TEMPLATES.iter().filter(|it| it.block == Block::Contract) {
        let sketch = shown(&starter(template.key, "x").unwrap(), 0);
        for (at, state) in sketch.states.iter().enumerate() {
            for to in state.ways.iter().flat_map(|way| &way.goes) {
                assert!(*to > at && *to <= sketch.states.len(), "{}", template.key);
            }
        }
    }
}

#[test]
fn a_wrong_block_is_shown_with_what_is_wrong() {
    let text = GYM.replace("until 30d", "until never");
    let sketch = shown(&text, 0);
    assert_eq!(sketch.problems.len(), 1);
    assert!(sketch.states.is_empty() && sketch.open.is_none());
    assert!(sketch.rows.iter().any(|row| !row.fields.is_empty()));
    assert_eq!(Session::open(&text).proof(0), None);
}

#[test]
fn only_who_takes_part_sees_an_open_contract() {
    let text = format!("{ESCROW}person Dora at=Harbour type=I\n");
    let mut session = Session::open(&text);
    let program = session.program();
    let end = program.length;
    let no = |name: &str| {
        let at = program.parties.iter().position(|it| it == name);
        Seen::Party(u32::try_from(at.unwrap()).unwrap())
    };
    let mut deals = |seen: Seen| session.studio(end, 0, seen).shown.unwrap().deals.len();
    assert_eq!(deals(Seen::Everyone), 3);
    assert_eq!(deals(no("Alice")), 3);
    assert_eq!(deals(no("Dora")), 0);
}

#[test]
fn an_entry_can_be_put_into_a_text_under_a_free_name() {
    let template = conditions::catalogue::find("refund-window").unwrap();
    let given = [("buyer", "Alice"), ("seller", "Bob")];
    let block = filled(ESCROW, template, &given, 2).unwrap();
    assert!(block.starts_with("contract RefundWindow\n") && block.ends_with("\nend"));
    let text = format!("{ESCROW}{block}\n");
    assert_eq!(Session::open(&text).diagnostics(), []);
    assert_eq!(free_name(&text, "RefundWindow"), "RefundWindow2");
    assert_eq!(filled(ESCROW, template, &[("price", "much")], 2), None);
}
