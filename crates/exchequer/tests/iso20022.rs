//! ISO 20022 messages of every scenario: which there are, what they sum to, and
//! who is sent what. Their form is checked against the published schemas in
//! `tests/journeys/iso20022.mjs`.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use exchequer::export::iso20022::{Message, messages};
use exchequer::run::Run;
use world::describe::{Actor, Scope};
use world::visible::{Centre, Viewer};

fn played(name: &str) -> Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let text = fs::read_to_string(root.join(format!("{name}.exq"))).unwrap();
    of_text(&text)
}

fn of_text(text: &str) -> Run {
    let mut run = Run::load(text).unwrap();
    run.to_end().unwrap();
    run
}

fn viewer(run: &Run, name: &str) -> Viewer {
    match run.simulation().actor(name) {
        Some(Actor::Party(party)) => Viewer::Party(party),
        other => panic!("{name}: {other:?}"),
    }
}

fn transfers(run: &Run, viewer: Viewer) -> Vec<Message> {
    let mut all = messages(run, viewer);
    all.retain(|it| it.name.starts_with("pacs.008"));
    all
}

/// What stands between an element's tags, the first time.
fn inside<'a>(text: &'a str, name: &str) -> &'a str {
    let opens = [format!("<{name}>"), format!("<{name} ")];
    let begun = opens.iter().find_map(|tag| Some(text.split_once(tag)?.1));
    let within = begun.and_then(|rest| rest.split_once(&format!("</{name}>")));
    let content = within.map_or("", |(found, _)| found);
    // Past the only attribute there is.
    content
        .strip_prefix("Ccy=")
        .and_then(|rest| Some(rest.split_once('>')?.1))
        .unwrap_or(content)
}

/// Payer's bank, payee's bank and sum of each transfer.
fn told(run: &Run) -> Vec<(String, String, String)> {
    let told = |it: &Message| {
        let nm = |name| inside(inside(&it.text, name), "Nm").to_owned();
        let sum = inside(&it.text, "IntrBkSttlmAmt").to_owned();
        (nm("DbtrAgt"), nm("CdtrAgt"), sum)
    };
    transfers(run, Viewer::Everyone).iter().map(told).collect()
}

fn between(from: &str, to: &str, sum: &str) -> (String, String, String) {
    (from.to_owned(), to.to_owned(), sum.to_owned())
}

#[test]
fn a_payment_between_banks_is_a_transfer_in_every_regime_and_on_every_rail() {
    // In the register.
    let run = played("who-may-know-what");
    assert_eq!(
        told(&run),
        [
            between("Harbour", "Summit", "61.37"),
            between("Harbour", "Summit", "1234.56"),
            between("Harbour", "Summit", "43.21"),
            between("Summit", "Harbour", "21.43"),
        ]
    );
    // Reserves follow digital deposit money, each time that a standing order is done.
    let run = played("deposit-money");
    assert_eq!(told(&run).len(), 4);
    assert_eq!(told(&run)[0], between("Harbour", "Summit", "3000.00"));
    // Reserves follow what a device was paid, and the banks are not told by whom.
    let run = played("paid-in-a-tunnel-where-banks-owe-it");
    assert_eq!(
        told(&run),
        [
            between("Harbour", "Summit", "120.00"),
            between("Harbour", "Summit", "12.50"),
        ]
    );
    for message in transfers(&run, Viewer::Everyone) {
        for name in ["Alice", "Bob", "Noodles"] {
            assert!(!message.text.contains(name), "{}", message.text);
        }
    }
    // A contract is paid into, and pays out; what is sent back is no transfer.
    let run = played("contract-between-banks");
    let sent = told(&run);
    assert_eq!(sent[0], between("Summit", "Harbour", "70.00"));
    assert_eq!(sent[1], between("Summit", "Harbour", "80.00"));
    assert!(
        sent.contains(&between("Harbour", "Summit", "100.00")),
        "{sent:?}"
    );
    assert!(
        !sent.contains(&between("Harbour", "Summit", "70.00")),
        "{sent:?}"
    );
    // From a wallet to the same person's account at another bank.
    let run = played("a-wallet-at-another-bank");
    assert!(told(&run).contains(&between("Summit", "Harbour", "50.00")));
}

#[test]
fn the_entries_of_a_statement_lead_from_its_opening_to_its_closing_balance() {
    for name in ["who-may-know-what", "deposit-money", "paid-in-a-tunnel"] {
        let run = played(name);
        let decimals = run.simulation().rules().currency.decimals();
        let sum = |element: &str| {
            let minor = money::parse_minor(inside(element, "Amt"), decimals).unwrap();
            match inside(element, "CdtDbtInd") {
                "DBIT" => -minor,
                _ => minor,
            }
        };
        let mut entries = 0;
        for message in messages(&run, Viewer::Everyone) {
            if !message.name.starts_with("camt.053") {
                continue;
            }
            let balances: Vec<i64> = message.text.split("<Bal>").skip(1).map(sum).collect();
            let moved: Vec<i64> = message.text.split("<Ntry>").skip(1).map(sum).collect();
            assert_eq!(
                balances[0] + moved.iter().sum::<i64>(),
                balances[1],
                "{name}"
            );
            entries += moved.len();
        }
        assert!(entries > 0, "{name}");
    }
}

#[test]
fn there_is_a_statement_for_every_wallet() {
    for name in ["who-may-know-what", "cross-border"] {
        let text = match name {
            "cross-border" => include_str!("../../../static/scenarios/cross-border.exq").to_owned(),
            _ => include_str!("../../../tests/scenarios/who-may-know-what.exq").to_owned(),
        };
        let run = of_text(&text);
        let all = messages(&run, Viewer::Everyone);
        let statements = all.iter().filter(|it| it.name.starts_with("camt.053"));
        assert_eq!(
            statements.count(),
            run.simulation().world().wallets().count()
        );
    }
}

/// Words and sums, and who may be sent them in a message.
const CANARIES: &[(&str, &[&str])] = &[
    ("Ximena", &["Ximena", "Harbour"]),
    ("Yolanda", &["Yolanda", "Harbour"]),
    ("zebra", &["Ximena", "Kiosk"]),
    ("Lunches", &[]),
    (
        "1234.56",
        &[
            "Ximena",
            "Kiosk",
            "Harbour",
            "Summit",
            "central-bank",
            "registration",
        ],
    ),
    ("991.11", &["Tito"]),
    ("3210.98", &["Ximena"]),
];

fn leaks(tamper: &dyn Fn(&mut String)) -> Vec<String> {
    let run = played("who-may-know-what");
    let mut wrong = Vec::new();
    let parties = [
        "central-bank",
        "Harbour",
        "Summit",
        "Quay",
        "Ximena",
        "Yolanda",
        "Tito",
        "Walter",
        "Kiosk",
    ];
    let lookers = parties
        .map(|name| (name, viewer(&run, name)))
        .into_iter()
        .chain(Centre::ALL.map(|centre| (centre.key(), Viewer::Centre(centre))));
    for (name, viewer) in lookers {
        let mut sent: String = messages(&run, viewer)
            .iter()
            .map(|it| it.text.as_str())
            .collect();
        tamper(&mut sent);
        for (canary, may) in CANARIES {
            if sent.contains(canary) && !may.contains(&name) {
                wrong.push(format!("{name} is sent {canary}"));
            }
        }
    }
    wrong
}

#[test]
fn nobody_is_sent_what_is_hidden_from_it() {
    assert_eq!(leaks(&|_| {}), Vec::<String>::new());
    let run = played("who-may-know-what");
    // The payer's bank knows its customer, and the payee's bank its own; the
    // register knows wallets and no names; other banks hear nothing.
    let seen = |name: &str| {
        let sent = transfers(&run, viewer(&run, name));
        sent.first().map(|it| it.text.clone()).unwrap_or_default()
    };
    let nm = |name: &str, element: &str| inside(inside(&seen(name), element), "Nm").to_owned();
    assert_eq!(
        (
            nm("Harbour", "Dbtr").as_str(),
            nm("Harbour", "Cdtr").as_str()
        ),
        ("Ximena", "")
    );
    assert_eq!(
        (nm("Summit", "Dbtr").as_str(), nm("Summit", "Cdtr").as_str()),
        ("", "Kiosk")
    );
    assert_eq!(
        (
            nm("central-bank", "Dbtr").as_str(),
            nm("central-bank", "Cdtr").as_str()
        ),
        ("", "")
    );
    assert!(seen("central-bank").contains("<DbtrAcct>"));
    assert_eq!(seen("Quay"), "");
    let statements = messages(&run, viewer(&run, "Harbour"));
    assert!(statements.iter().all(|it| it.name.starts_with("pacs.008")));
}

#[test]
fn a_planted_leak_is_found() {
    let found = leaks(&|sent| sent.push_str("<Nm>Yolanda</Nm>"));
    assert!(
        found.contains(&"Walter is sent Yolanda".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_name_is_shortened_and_can_be_nothing_but_a_name() {
    let long = "Ä".repeat(200);
    let text = include_str!("../../../tests/scenarios/who-may-know-what.exq")
        .replace("memo=\"zebra\"", &format!("memo=\"<&]]> {long}\""));
    let run = of_text(&text);
    let sent = transfers(&run, Viewer::Everyone);
    let memo = inside(&sent[0].text, "Ustrd");
    assert_eq!(memo, format!("&lt;&amp;]]&gt; {}", "Ä".repeat(134)));
}
