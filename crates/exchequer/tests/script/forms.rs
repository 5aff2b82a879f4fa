//! One text, other forms: canonical text, JSON, what changed.

use exchequer::script::{Script, Statement, changed_from, format, from_json, parse, to_json};
use serde_json::{Value, json};

use crate::support::{CAST, OPENING, Shelf, VOCABULARY, good, read};

/// Holds the canonical form of lines below the cast against what is wanted,
/// and that it reads back as the same.
#[track_caller]
fn check(lines: &str, wanted: &str) {
    let outcome = good(&format!("{CAST}{lines}"));
    let text = format(&outcome.script);
    assert_eq!(text, format!("{CAST}{wanted}"));
    assert_eq!(format(&good(&text).script), text);
}

#[test]
fn words_stand_one_space_apart() {
    check(
        "  09:30\tAlice :pay   Noodles  12.50   memo=\"a  b\"  #  why \n",
        "09:30 Alice: pay Noodles 12.50 memo=\"a  b\"  # why\n",
    );
    check("note \"x\" #\n#   a\n#b", "note \"x\"  #\n# a\n# b\n");
}

#[test]
fn blank_lines_are_kept_one_at_a_time() {
    check(
        "\n\n\n# a\n\n \t\nnote \"x\"\n\n\n",
        "\n# a\n\nnote \"x\"\n",
    );
    assert_eq!(format(&read("\n\n# a\n\n").script), "# a\n");
    assert_eq!(format(&read("").script), "");
    assert_eq!(format(&read("\n \n").script), "");
}

#[test]
fn arguments_stand_in_the_order_of_their_fields() {
    check(
        "Alice: pay memo=\"m\" amount=1 to=Noodles\n",
        "Alice: pay Noodles 1 memo=\"m\"\n",
    );
    check(
        "person Carol cash=1.00 type=I at=Harbour\n",
        "person Carol at=Harbour type=I cash=1.00\n",
    );
    check(
        "Summit: freeze wallet=Bob for=90m\n",
        "Summit: freeze Bob for=1h30m\n",
    );
    check(
        "Summit: freeze reason=court wallet=Bob for=0ms\n",
        "Summit: freeze Bob court for=0s\n",
    );
}

#[test]
fn digits_stand_in_groups() {
    check("Alice: redeem 1000\n", "Alice: redeem 1_000\n");
    check(
        "Alice: redeem 0001234567.5\n",
        "Alice: redeem 1_234_567.5\n",
    );
    check("Alice: redeem 1_2_3.00\n", "Alice: redeem 123.00\n");
    check("Alice: redeem 12.50 CNY\n", "Alice: redeem 12.50\n");
    check("Alice: redeem 12.50CNY\n", "Alice: redeem 12.50\n");
    check(
        "merchant Tea at=Summit category=58_12\nmerchant Ale at=Summit category=58120\n",
        "merchant Tea at=Summit category=5812\nmerchant Ale at=Summit category=58_120\n",
    );
    check(
        "expect Alice.wallet > -5000.00\n",
        "expect Alice.wallet > -5_000.00\n",
    );
}

#[test]
fn names_have_quotes_where_they_need_them() {
    check(
        "person \"Carol\" at=\"Harbour\"\nperson \"7 Dwarfs\" at=Harbour\nCarol: pay \"7 Dwarfs\" 1\n",
        "person Carol at=Harbour\nperson \"7 Dwarfs\" at=Harbour\nCarol: pay \"7 Dwarfs\" 1\n",
    );
    check(
        "person as at=Harbour\n\"as\": pay Bob 1\nBob: pay \"as\" 1\nexpect as.wallet = 0\n",
        "person \"as\" at=Harbour\n\"as\": pay Bob 1\nBob: pay \"as\" 1\nexpect \"as\".wallet = 0\n",
    );
    check(
        "person \"St. Mary\" at=Harbour\nexpect \"St. Mary\".wallet = 0\n",
        "person \"St. Mary\" at=Harbour\nexpect \"St. Mary\".wallet = 0\n",
    );
}

#[test]
fn times_stand_in_their_shortest_form() {
    check(
        "09:30:00 wait\n+90s wait\n+1_000ms wait\n",
        "09:30 wait\n+1m30s wait\n+1s wait\n",
    );
    check(
        "2025-11-03T09:30:00.000 wait\n09:30:00.500 wait\n",
        "2025-11-03T09:30 wait\n09:30:00.500 wait\n",
    );
}

#[test]
fn wrong_lines_stay_as_they_are() {
    let outcome = read(format!(
        "{CAST}  Alice:   dance  # why\nAlice:  redeem  1\n"
    ));
    assert_eq!(
        format(&outcome.script),
        format!("{CAST}Alice:   dance  # why\nAlice: redeem 1\n")
    );
}

/// Reads JSON that must have no error.
#[track_caller]
fn imported(json: &Value) -> Script {
    let imported = from_json(json.to_string(), &VOCABULARY, &Shelf);
    assert_eq!(
        imported.outcome.errors().count(),
        0,
        "{:?}",
        imported.outcome.diagnostics
    );
    imported.outcome.script
}

#[test]
fn text_to_json_to_text_gives_the_canonical_text() {
    let everything = format!(
        "{CAST}\n# a comment\nask \"?\"\nchoice \"a\" id=a\nchoice \"b\" right id=b\nreveal \"\\\"!\\\"\\n\"\n\
         09:30 Alice: pay \"Noodle Bar\" 12.50 memo=\"\"  # lunch\n\
         Alice: open-sub cap=10.00 as shop\nAlice/shop: redeem 1\n\
         Summit: freeze Bob fraud for=1h\nperson \"7 D\" at=Harbour online=true\n\
         Alice: contract.claim \"as\" share=1\n+1d wait\n+1s expect refused funds.short\n\
         expect refused\nexpect ok\nexpect holds books\nexpect \"7 D\".books.x != -5.00\n\
         step \"s\" id=s\nnote \"n\"\ntry \"t\" id=t +5m Bob: redeem 1.00\n"
    );
    let headers = "title \"T\"\nuse cny-2025@2  # newest\nseed 18446744073709551615\nlang zh-CN\n\
                   signing off\nset card.balance=1_000.00 source=\"Card terms v3\"\n\
                   set latency=5ms\nset wallet.IV.count=5 stops=[1, 5, 10_000]\n";
    let slid = "use cny-2025@2\nset card.balance=none stops=[0.00, 1_000.00, none] source=\"x\"\n";
    for text in [OPENING, &everything, headers, slid] {
        let script = good(text).script;
        let canonical = format(&script);
        let json = to_json(&script);
        assert_eq!(format(&imported(&json)), canonical);
        assert_eq!(to_json(&imported(&json)), json);
    }
}

#[test]
fn the_json_form_is_as_it_is_written_down() {
    let text = "use cny-2025@1 # rules\nseed 7\n\nset card.balance=1_000.00 stops=[0.00,1_000.00,none]\noperator Harbour\n\
                person Alice at=Harbour deposit=1_000.00\nmerchant Tea at=Harbour category=5812\n\
                09:30 Alice: pay Tea 12.50 memo=\"x\"\nexpect Alice.wallet >= 487.50\nexpect refused\n\
                try \"t\" +1m Alice: open-sub as s\n";
    let wanted = json!({"exq": 1, "lines": [
        {"use": {"preset": "cny-2025", "version": 1}, "comment": "rules"},
        {"seed": 7},
        {},
        {"set": {"path": "card.balance", "value": "1000.00", "stops": ["0.00", "1000.00", "none"]}},
        {"declare": {"kind": "operator", "name": "Harbour"}},
        {"declare": {"kind": "person", "name": "Alice", "with": {"at": "Harbour", "deposit": "1000.00"}}},
        {"declare": {"kind": "merchant", "name": "Tea", "with": {"at": "Harbour", "category": 5812}}},
        {"act": {"when": "09:30", "actor": "Alice", "verb": "pay",
                 "with": {"to": "Tea", "amount": "12.50", "memo": "x"}}},
        {"expect": {"path": "Alice.wallet", "op": ">=", "value": "487.50"}},
        {"expect": {"refused": true}},
        {"try": {"text": "t", "act": {"when": "+1m", "actor": "Alice", "verb": "open-sub", "as": "s"}}},
    ]});
    assert_eq!(to_json(&good(text).script), wanted);
}

#[test]
fn untyped_values_are_written_as_a_script_writes_them() {
    let vocabulary = exchequer::script::Vocabulary {
        accounts: &[],
        ..VOCABULARY
    };
    let text = format!(
        "{CAST}expect Alice.x = \"a \\\"b\\\"\"\nexpect Alice.x = Bob\nexpect Alice.x = true\n\
         expect Alice.x = 10_000\nexpect Alice.x = 5%\nexpect Alice.x = 100/s\nexpect Alice.x = 12.50CNY\n\
         expect Alice.x = 1..2\nexpect Alice.x = [1, \"7 D\", {{a=1h, b=2025-11-03T09:00}}]\n"
    );
    let outcome = parse(&text, &vocabulary, &Shelf);
    assert_eq!(outcome.diagnostics, []);
    assert_eq!(format(&outcome.script), text);
    let json = to_json(&outcome.script);
    let values: Vec<&Value> = json["lines"].as_array().unwrap()[8..]
        .iter()
        .map(|line| &line["expect"]["value"])
        .collect();
    assert_eq!(
        values,
        [
            &json!("\"a \\\"b\\\"\""),
            &json!("Bob"),
            &json!(true),
            &json!("10000"),
            &json!("5%"),
            &json!("100/s"),
            &json!("12.50CNY"),
            &json!("1..2"),
            &json!(["1", "\"7 D\"", {"a": "1h", "b": "2025-11-03T09:00"}]),
        ]
    );
    let imported = from_json(json.to_string(), &vocabulary, &Shelf);
    assert_eq!(imported.outcome.diagnostics, []);
    assert_eq!(format(&imported.outcome.script), text);
}

/// Holds the problems of lines in JSON, below a good cast, against
/// `POINTER CODE`.
#[track_caller]
fn check_json(line: Value, wanted: &[&str]) {
    let mut json = to_json(&good(CAST).script);
    let lines = json["lines"].as_array_mut().unwrap();
    let index = lines.len();
    lines.push(line);
    check_document(
        &json
            .to_string()
            .replace("/lines/N", &format!("/lines/{index}")),
        wanted,
        index,
    );
}

#[track_caller]
fn check_document(json: &str, wanted: &[&str], index: usize) {
    let found: Vec<String> = from_json(json, &VOCABULARY, &Shelf)
        .outcome
        .diagnostics
        .iter()
        .map(|d| format!("{} {}", d.pointer.as_deref().unwrap_or("-"), d.code()))
        .map(|found| found.replace(&format!("/lines/{index}"), "N"))
        .collect();
    assert_eq!(found, wanted, "{json}");
}

#[test]
fn problems_in_json_have_the_pointer_of_the_value_at_fault() {
    let pay = |with: Value| json!({"act": {"actor": "Alice", "verb": "pay", "with": with}});
    check_json(pay(json!({"to": "Noodles", "amount": "1.00"})), &[]);
    check_json(
        pay(json!({"to": "Noodels", "amount": "1.00"})),
        &["N/act/with/to unknown-actor"],
    );
    check_json(
        pay(json!({"to": "Noodles", "amount": "1.234"})),
        &["N/act/with/amount too-many-decimals"],
    );
    check_json(
        pay(json!({"to": "Noodles", "amount": 1.5})),
        &["N/act/with/amount json-form"],
    );
    check_json(
        pay(json!({"to": "Noodles", "amount": "1 2"})),
        &["N/act/with/amount expected"],
    );
    check_json(
        pay(json!({"to": "Noodles", "amount": null})),
        &["N/act/with/amount json-form"],
    );
    check_json(pay(json!({"to": "Noodles"})), &["N/act/verb missing-field"]);
    check_json(
        pay(json!({"to": "Noodles", "amount": "1", "mem": true})),
        &["N/act/with/mem unknown-field"],
    );
    check_json(
        pay(json!({"to": "Noodles", "amount": "1", "a b/c": "x"})),
        &["N/act/with/a b~1c json-key"],
    );
    check_json(pay(json!([])), &["N/act/with json-form"]);
    check_json(json!({"act": {"verb": "pay"}}), &["N/act json-missing"]);
    check_json(
        json!({"act": {"actor": "Alice", "verb": "dance"}}),
        &["N/act/verb unknown-verb"],
    );
    check_json(
        json!({"act": {"actor": "Alice", "verb": "pay Noodles 1\nnote"}}),
        &["N/act/verb stray-character"],
    );
    check_json(
        json!({"act": {"actor": "Al\nice", "verb": "redeem"}}),
        &["N/act/actor name-character"],
    );
    check_json(
        json!({"act": {"actor": "", "verb": "redeem"}}),
        &["N/act/actor blank-name"],
    );
    check_json(json!({"wait": "9:00"}), &["N/wait bad-time"]);
    check_json(json!({"wait": "soon"}), &["N/wait expected"]);
    check_json(json!({"wait": 5}), &["N/wait json-form"]);
    check_json(
        json!({"act": {"when": "08:00", "actor": "Alice", "verb": "redeem", "with": {"amount": "1"}}}),
        &["N/act/when time-backward"],
    );
    check_json(
        json!({"declare": {"kind": "lang", "name": "en"}}),
        &["N/declare/kind unknown-kind"],
    );
    check_json(
        json!({"declare": {"kind": "person", "name": "Bob", "with": {"at": "Harbour"}}}),
        &["N/declare/name name-taken"],
    );
    check_json(
        json!({"note": {"text": "a\u{202E}"}}),
        &["N/note/text bidi-control"],
    );
    check_json(
        json!({"note": {"text": "a", "id": "a b"}}),
        &["N/note/id json-form"],
    );
    check_json(json!({"note": "a"}), &["N/note json-form"]);
    check_json(
        json!({"note": {"text": "a"}, "step": {"text": "b"}}),
        &["N/step json-key"],
    );
    check_json(
        json!({"comment": "a\nAlice: redeem 1"}),
        &["N/comment control-character"],
    );
    check_json(json!({"comment": 1}), &["N/comment json-form"]);
    check_json(json!({"wrong": "x"}), &["N/wrong json-key"]);
    check_json(json!("note"), &["N json-form"]);
    check_json(
        json!({"expect": {"path": "Alice.walet", "op": "=", "value": "1"}}),
        &["N/expect/path unknown-account"],
    );
    check_json(
        json!({"expect": {"path": "Alice", "op": "=", "value": "1"}}),
        &["N/expect/path expected"],
    );
    check_json(
        json!({"expect": {"path": "Alice.wallet", "op": "~", "value": "1"}}),
        &["N/expect/op expected"],
    );
    check_json(
        json!({"expect": {"path": "Alice.wallet", "op": "="}}),
        &["N/expect json-missing"],
    );
    check_json(
        json!({"expect": {"ok": true, "value": "1"}}),
        &["N/expect/value json-key"],
    );
    check_json(json!({"expect": {"ok": false}}), &["N/expect/ok json-form"]);
    check_json(json!({"expect": {}}), &["N/expect json-missing"]);
    check_json(json!({"seed": 1}), &["N/seed header-late"]);
}

#[test]
fn the_document_has_its_form_too() {
    check_document("[]", &[" json-form"], 0);
    check_document("{\"exq\": 2, \"lines\": []}", &["/exq json-form"], 0);
    check_document("{\"lines\": []}", &[" json-missing"], 0);
    check_document("{\"exq\": 1, \"lines\": {}}", &["/lines json-form"], 0);
    check_document("{\"exq\": 1, \"lines\": [], \"x\": 1}", &["/x json-key"], 0);
    check_document("{\"exq\": 1, \"lines\": []}", &[" missing-use"], 0);
    check_document("{\"exq\": 1,\n \"lines\": [}", &["- json-syntax"], 0);
    check_document("", &["- json-syntax"], 0);
    check_document(&"[".repeat(100_000), &["- json-syntax"], 0);
    check_document(
        &" ".repeat(exchequer::script::JSON_BYTES + 1),
        &["- too-large"],
        0,
    );
    let deep = format!(
        "{{\"exq\":1,\"lines\":[{{\"set\":{{\"path\":\"a\",\"value\":{}1{}}}}}]}}",
        "[".repeat(20),
        "]".repeat(20)
    );
    let nested = "/0".repeat(9);
    check_document(&deep, &[&format!("N/set/value{nested} too-deep")], 0);
    let imported = from_json("{\"exq\": 1,\n \"lines\": [}", &VOCABULARY, &Shelf);
    let place = imported.outcome.diagnostics[0].place;
    assert_eq!((place.line, place.column), (2, 12));
}

#[test]
fn a_json_line_that_stands_for_nothing_keeps_its_place() {
    let json = json!({"exq": 1, "lines": [
        {"use": {"preset": "cny-2025", "version": 1}},
        {"declare": {"kind": "operator", "name": "Harbour"}},
        {"declare": {"kind": "operator"}},
        {"declare": {"kind": "operator", "name": "Summit"}},
    ]});
    let imported = from_json(json.to_string(), &VOCABULARY, &Shelf);
    assert_eq!(imported.outcome.script.waits_for(), Some(3));
    assert_eq!(imported.outcome.script.lines.len(), 4);
    assert_eq!(imported.text.lines().count(), 4);
    let [problem] = &imported.outcome.diagnostics[..] else {
        panic!("{:?}", imported.outcome.diagnostics);
    };
    assert_eq!(problem.place.line, 3);
}

/// Where two texts begin to play differently.
fn changed(old: &str, new: &str) -> Option<usize> {
    changed_from(&read(old).script, &read(new).script)
}

#[test]
fn what_changed_is_found_by_what_plays() {
    let acts = |lines: &str| format!("{CAST}{lines}");
    let base = acts("Alice: redeem 1\n09:30 Bob: redeem 2\n");
    // The cast is eight statements.
    for (new, from) in [
        (acts("Alice: redeem 1\n09:30 Bob: redeem 2\n"), None),
        (
            acts("# a\n\nAlice:  redeem 1 # b\nnote \"x\"\n09:30 Bob: redeem 2\n"),
            None,
        ),
        (
            acts("Alice: redeem 1\n09:30 Bob: redeem 2\ntry \"t\" Bob: redeem 1\n"),
            None,
        ),
        (format!("title \"x\"\nlang en\n{base}"), None),
        (acts("Alice: redeem 1\n09:30 Bob: redeem 3\n"), Some(9)),
        (acts("Alice: redeem 1\n09:31 Bob: redeem 2\n"), Some(9)),
        (acts("Alice: redeem 1\n"), Some(9)),
        (
            acts("Alice: redeem 1\n09:30 Bob: redeem 2\nAlice: redeem 3\n"),
            Some(10),
        ),
        (acts("Alice: redeem 2\n09:30 Bob: redeem 2\n"), Some(8)),
        (acts("Alice: dance\n09:30 Bob: redeem 2\n"), Some(8)),
        (base.replace("start", "seed 1\nstart"), Some(1)),
        (String::new(), Some(0)),
    ] {
        assert_eq!(changed(&base, &new), from, "{new}");
        assert_eq!(changed(&new, &base), from, "{new}");
    }
}

#[test]
fn statements_that_play_are_told_from_those_that_tell() {
    let script = good(OPENING).script;
    let telling = script
        .statements()
        .filter(|(_, statement)| !statement.acts());
    assert_eq!(telling.count(), 1 + 4 + 3 + 1 + 3 + 1 + 3);
    assert!(Statement::Wrong(String::new()).acts());
}
