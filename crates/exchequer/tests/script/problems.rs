//! What is wrong with a text: the code and the place of every problem.

use exchequer::script::{Problem, Severity};

use crate::support::{CAST, read};

/// Where the lines below the cast begin.
const FIRST: u32 = 9;

/// Reads a text and holds its problems against `LINE:COLUMN-END CODE`, with
/// ` -> REPLACEMENT` where something is offered.
#[track_caller]
fn check_text(text: &str, wanted: &[&str]) {
    let found: Vec<String> = read(text)
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place;
            let offered = diagnostic
                .suggestion
                .as_ref()
                .map(|suggestion| format!(" -> {}", suggestion.replacement))
                .unwrap_or_default();
            format!(
                "{}:{}-{} {}{offered}",
                place.line,
                place.column,
                place.end_column,
                diagnostic.code()
            )
        })
        .collect();
    assert_eq!(found, wanted, "in\n{text}");
}

/// Reads lines below the cast and holds their problems, of which the lines
/// count from 1, against what is wanted.
#[track_caller]
fn check(lines: &str, wanted: &[&str]) {
    let text = format!("{CAST}{lines}\n");
    let wanted: Vec<String> = wanted
        .iter()
        .map(|problem| {
            let (line, rest) = problem.split_once(':').unwrap();
            let line: u32 = line.parse().unwrap();
            format!("{}:{rest}", line + FIRST - 1)
        })
        .collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    check_text(&text, &wanted);
}

#[test]
fn good_lines_have_no_problem() {
    check(
        "\
09:05 Alice: exchange 500.00
09:05:30 Bob: pay to=Noodles amount=12.5 memo=\"tea # no comment\" # a comment
+30s Bob : pay \"Noodle Bar\" 12.50 CNY
+1d1h wait
2025-11-10T09:00:00.500 Alice: open-sub cap=10.00CNY as shop
Alice/shop: pay Noodles 1
shop: pay Noodles 1
\"Noodle Bar\": redeem 0.01
wallet BobB owner=Bob at=Harbour type=I
Summit: freeze BobB fraud for=1h30m
wallet Bob/card owner=Bob at=Harbour
Bob/card: contract.claim \"Gym year\"
network: network.lose Summit count=9_007_199_254_740_992
expect Bob.wallet >= -1_000.00
+1m expect Summit.books.deposits != 0
expect ok
expect holds in-issue
expect refused
note \"\\\"quoted\\\" \\\\ and\\nbroken\" id=first",
        &[],
    );
}

#[test]
fn words_that_nothing_goes_by_are_told_with_the_nearest() {
    check("Alice: pya Noodles 1", &["1:8-11 unknown-verb -> pay"]);
    check(
        "Alice: contract.clam X",
        &["1:8-21 unknown-verb -> contract.claim"],
    );
    check("Alice: dance", &["1:8-13 unknown-verb"]);
    check("Alcie: pay Noodles 1", &["1:1-6 unknown-actor -> Alice"]);
    check(
        "Alice: pay \"Noodle Baz\" 1",
        &["1:12-24 unknown-actor -> \"Noodle Bar\""],
    );
    check("Alice/card: pay Noodles 1", &["1:1-11 unknown-actor"]);
    check("persn Carol at=Harbour", &["1:1-6 unknown-kind -> person"]);
    check("exepct Alice.wallet = 1", &["1:1-7 unknown-kind -> expect"]);
    check("hello", &["1:1-6 unknown-statement"]);
    check(
        "Alice: pay Noodles 1 mem=\"x\"",
        &["1:22-25 unknown-field -> memo"],
    );
    check(
        "person Carol at=Harbor",
        &["1:17-23 unknown-actor -> Harbour"],
    );
    check(
        "person Carol at=Harbour type=VI",
        &["1:30-32 unknown-wallet-type -> I"],
    );
    check(
        "person Carol at=Harbour type=Gold",
        &["1:30-34 unknown-wallet-type"],
    );
    check(
        "Summit: freeze Bob frad",
        &["1:20-24 unknown-choice -> fraud"],
    );
    check(
        "Bob: redeem 1\nexpect refused limit.paymnt",
        &["2:16-28 unknown-refusal -> limit.payment"],
    );
    check("expect holds book", &["1:14-18 unknown-invariant -> books"]);
    check(
        "expect Alice.walet = 1",
        &["1:14-19 unknown-account -> wallet"],
    );
    check("expect Alice.reserves = 1", &["1:14-22 unknown-account"]);
    check("expect Alice.wallet.more = 1", &["1:21-25 unknown-account"]);
    check(
        "expect Alcie.wallet = 1",
        &["1:8-13 unknown-actor -> Alice"],
    );
    check_text("use cny-2052@1\n", &["1:5-13 unknown-preset -> cny-2025"]);
    check_text("use cny-2025@9\n", &["1:14-15 unknown-version -> 2"]);
    check_text("use cny-2025\n", &["1:5-13 unpinned-preset -> @2"]);
    check_text(
        "use cny-2025@1\nset card.balanse=1.00\n",
        &["2:5-17 unknown-path -> card.balance"],
    );
}

#[test]
fn a_name_used_above_its_declaration_is_told_with_its_line() {
    check(
        "Carol: redeem 1\nperson Carol at=Harbour",
        &["1:1-6 declared-later"],
    );
    let outcome = read(format!("{CAST}Carol: redeem 1\nperson Carol at=Harbour\n"));
    let wanted = Problem::DeclaredLater {
        name: "Carol".to_owned(),
        line: FIRST + 1,
    };
    assert_eq!(outcome.diagnostics[0].problem, wanted);
}

#[test]
fn a_name_that_a_wrong_line_means_to_declare_is_known_below() {
    check(
        "person Carol at= Harbour\npersn Dave\nCarol: redeem 1\nDave: redeem 1",
        &["1:16-17 spaced-equals -> =", "2:1-6 unknown-kind -> person"],
    );
    check(
        "Alice: open-sub cap=1,000.00 as shop\nshop: redeem 1",
        &["1:22-23 comma-in-number -> _"],
    );
}

#[test]
fn fields_are_given_once_and_none_is_missing() {
    check("Alice: pay Noodles", &["1:8-11 missing-field"]);
    check(
        "Alice: pay",
        &["1:8-11 missing-field", "1:8-11 missing-field"],
    );
    check("person Carol", &["1:1-7 missing-field"]);
    check("Alice: pay Noodles 1 amount=2", &["1:22-28 field-twice"]);
    check("Alice: pay Noodles 1 2", &["1:22-23 too-many-values"]);
    check(
        "central-bank: issue 1.00 Harbour",
        &["1:15-20 missing-field", "1:26-33 too-many-values -> to="],
    );
    check(
        "Alice: pay to=Noodles 1",
        &["1:8-11 missing-field", "1:23-24 value-after-named"],
    );
    check(
        "person Carol Harbour",
        &["1:1-7 missing-field", "1:14-21 too-many-values -> at="],
    );
    check(
        "Alice: pay Noodles 1 memo =\"x\"",
        &["1:27-28 spaced-equals -> ="],
    );
    check(
        "Alice: pay Noodles 1 memo= \"x\"",
        &["1:26-27 spaced-equals -> ="],
    );
    check("Alice: pay Noodles 1 memo=", &["1:27-27 expected"]);
}

#[test]
fn values_are_of_their_fields_types() {
    check("Alice: redeem \"5.00\"", &["1:15-21 wrong-type -> 5.00"]);
    check("Alice: redeem Bob", &["1:15-18 wrong-type"]);
    check("Alice: redeem 5%", &["1:15-17 wrong-type"]);
    check("Alice: redeem 5/s", &["1:15-18 wrong-type"]);
    check("Alice: redeem 1..2", &["1:15-19 wrong-type"]);
    check("Alice: redeem [1, 2]", &["1:15-21 wrong-type"]);
    check("Alice: redeem {a=1}", &["1:15-20 wrong-type"]);
    check("Alice: redeem 2025-11-03T10:00", &["1:15-31 wrong-type"]);
    check(
        "Alice: pay Noodles 1 memo=lunch",
        &["1:27-32 wrong-type -> \"lunch\""],
    );
    check("Alice: pay Noodles 1 memo=true", &["1:27-31 wrong-type"]);
    check(
        "Alice: pay 12.50 Noodles",
        &["1:12-17 wrong-type", "1:18-25 wrong-type"],
    );
    check(
        "Summit: freeze Bob fraud for=30",
        &["1:30-32 wrong-type -> 30s"],
    );
    check(
        "merchant Tea at=Summit category=58.12",
        &["1:33-38 not-a-count"],
    );
    check(
        "merchant Tea at=Summit category=-1",
        &["1:33-35 not-a-count"],
    );
    check(
        "merchant Tea at=Summit category=9_007_199_254_740_993",
        &["1:33-54 number-too-large"],
    );
    check("merchant Tea at=Alice", &["1:17-22 wrong-kind"]);
    check("Alice: pay Harbour 1", &["1:12-19 wrong-kind"]);
    check(
        "person Carol at=Harbour online=yes",
        &["1:32-35 wrong-type"],
    );
    check("expect Alice.wallet = lunch", &["1:23-28 wrong-type"]);
}

#[test]
fn amounts_are_of_the_currency_and_within_bounds() {
    check("Alice: redeem 1.234", &["1:15-20 too-many-decimals"]);
    check("Alice: redeem -1.00", &["1:15-20 negative-amount -> "]);
    check(
        "Alice: redeem 10000000000000000000000000000000000000000",
        &["1:15-56 number-too-large"],
    );
    check("Alice: redeem 10^40", &["1:15-20 bad-number"]);
    check("Alice: redeem 90_000_000_000_000.00", &[]);
    check(
        "Alice: redeem 90_000_000_000_000.01",
        &["1:15-36 number-too-large"],
    );
    check("Alice: redeem 1__0", &["1:15-19 bad-number"]);
    check("Alice: redeem 1_", &["1:15-17 bad-number"]);
    check("Alice: redeem 1.2.3", &["1:15-20 bad-number"]);
    check("Alice: redeem 1e5", &["1:15-18 bad-number"]);
    check("Alice: redeem 5. ", &["1:16-17 expected"]);
    check("Alice: redeem .5", &["1:15-16 expected"]);
    check("Alice: redeem 2,500.00", &["1:16-17 comma-in-number -> _"]);
    check("Alice: redeem 5.00 EUR", &["1:15-23 wrong-currency"]);
    check("Alice: redeem 5.00EUR", &["1:15-22 wrong-currency"]);
    check(
        "person Carol at=Harbour cash=5.00 EUR deposit=1.00 CNY",
        &["1:30-38 wrong-currency"],
    );
    check(
        "expect Alice.wallet = 0.001",
        &["1:23-28 too-many-decimals"],
    );
}

#[test]
fn time_runs_forward_only() {
    check("08:59 Alice: redeem 1", &["1:1-6 time-backward -> +1d"]);
    check("09:00 Alice: redeem 1", &[]);
    check(
        "+2h wait\n10:59 wait\n11:00 wait",
        &["2:1-6 time-backward -> +1d"],
    );
    check("2025-11-03T08:59 wait", &["1:1-17 time-backward"]);
    check(
        "10:00 expect Alice.wallet = 0\n09:00 wait",
        &["2:1-6 time-backward -> +1d"],
    );
    check(
        "+1d wait\n08:59 wait\n09:00 wait",
        &["2:1-6 time-backward -> +1d"],
    );
    // A `try` plays after the last line.
    check(
        "try \"early\" 09:30 Alice: redeem 1\n10:00 wait",
        &["1:13-18 time-backward -> +1d"],
    );
    check("10:00 wait\ntry \"late\" 10:00 Alice: redeem 1", &[]);
}

#[test]
fn times_that_cannot_be_are_told() {
    check("25:00 wait", &["1:1-6 bad-time"]);
    check("9:05 wait", &["1:1-5 bad-time -> 09:05"]);
    check("2025-02-29T09:00 wait", &["1:1-17 bad-time"]);
    check("2025-12-01 wait", &["1:1-11 bad-time -> 2025-12-01T00:00"]);
    check(
        "2025-12-01T09:00Z wait",
        &["1:1-18 bad-time -> 2025-12-01T09:00"],
    );
    check("2201-01-01T00:00 wait", &["1:1-17 bad-time"]);
    check("+100000d wait", &["1:1-9 bad-time"]);
    check("+99999999999999999999d wait", &["1:2-23 bad-time"]);
    check("+5x wait", &["1:2-4 bad-time"]);
    check("+ 5s wait", &["1:3-5 expected"]);
    check("30s Alice: redeem 1", &["1:1-4 expected -> +"]);
    check("wait", &["1:1-5 missing-time -> +1d "]);
    check("09:30 note \"x\"", &["1:1-6 time-not-taken"]);
    check("09:30 person Carol at=Harbour", &["1:1-6 time-not-taken"]);
    check("09:30", &["1:6-6 expected"]);
    check_text("use cny-2025@1\nstart tomorrow\n", &["2:7-15 expected"]);
    check_text(
        "use cny-2025@1\nstart 1899-01-01T00:00\n",
        &["2:7-23 bad-time"],
    );
}

#[test]
fn a_name_is_declared_once_and_is_a_name() {
    check("person Alice at=Harbour", &["1:8-13 name-taken"]);
    check("Alice: open-sub as Bob", &["1:20-23 name-taken"]);
    check(
        "Alice: open-sub as shop\nBob: open-sub as shop",
        &["2:18-22 name-taken"],
    );
    check("person central-bank at=Harbour", &["1:8-20 reserved-name"]);
    check("person true at=Harbour", &["1:8-12 reserved-name"]);
    check("person \"false\" at=Harbour", &["1:8-15 reserved-name"]);
    check("person \"\" at=Harbour", &["1:8-10 blank-name"]);
    check("person \"a/b\" at=Harbour", &["1:8-13 name-character"]);
    check(
        "person Zoe\u{301} at=Harbour",
        &["1:8-12 name-not-composed"],
    );
    check(
        &format!("person {} at=Harbour", "a".repeat(65)),
        &["1:8-73 name-too-long"],
    );
    let memo = |length: usize| format!("Alice: pay Noodles 1 memo=\"{}\"", "a".repeat(length));
    check(&memo(512), &[]);
    check(&memo(513), &["1:27-542 text-too-long"]);
    check("Alice: pay Noodles 0.00", &["1:20-24 zero-amount"]);
    check(
        "wallet Carol/card owner=Alice at=Harbour",
        &["1:8-18 unknown-actor"],
    );
    check("note \"a\" id=x\nnote \"b\" id=x", &["2:1-5 name-taken"]);
    let text = format!("{CAST}note \"a\" id=x\ntry \"b\" id=x Alice: pay Noodles 1\n");
    let outcome = read(&text);
    assert_eq!(outcome.errors().count(), 1);
    assert!(
        outcome.script.waits_for().is_some(),
        "an error spoils its line"
    );
    let outcome = read(format!("{CAST}person Bob at=Harbour\n"));
    let wanted = Problem::NameTaken {
        name: "Bob".to_owned(),
        line: 6,
    };
    assert_eq!(outcome.diagnostics[0].problem, wanted);
}

#[test]
fn verbs_are_for_certain_kinds() {
    check("Harbour: pay Noodles 1", &["1:10-13 verb-not-allowed"]);
    check("Alice: issue 1.00 to=Harbour", &["1:8-13 verb-not-allowed"]);
    check("outside: redeem 1", &["1:10-16 verb-not-allowed"]);
    // What an act creates may be anything.
    check("Alice: open-sub as x\nx: issue 1 to=Harbour", &[]);
}

#[test]
fn headers_stand_first_and_once() {
    check("seed 7", &["1:1-5 header-late"]);
    check("use cny-2025@1", &["1:1-4 header-late"]);
    check_text("", &["1:1-1 missing-use"]);
    check_text("# nothing\n\n", &["1:1-1 missing-use"]);
    check_text("title \"x\"\n", &["1:1-1 missing-use"]);
    check_text("title \"x\"\noperator Harbour\n", &["2:1-9 missing-use"]);
    check_text("seed 1\nuse cny-2025@1\nseed 2\n", &["3:1-5 header-twice"]);
    check_text("use cny-2025@1\nuse cny-2025@1\n", &["2:1-4 header-twice"]);
    check_text(
        "use cny-2025@1\nset latency=1s\nset latency=2s\n",
        &["3:1-4 header-twice"],
    );
    check_text("set latency=1s source=\"a test\"\nuse cny-2025@1\n", &[]);
    check_text(
        "use cny-2025@1\nset latency=1.00\nset card.balance=1_000.00 CNY source=\"x\"\n",
        &["2:13-17 wrong-type"],
    );
    check_text(
        "use cny-2025@1\nset latency=none\nset card.balance=none\n",
        &["2:13-17 wrong-type"],
    );
    check_text(
        "use cny-2025@1\nset card.balance=1.00 stops=[1.00]\n",
        &["2:30-34 too-few-stops"],
    );
    check_text(
        "use cny-2025@1\nset card.balance=1.00 stops=[1.00, none, 1]\n",
        &[],
    );
    check_text(
        "use cny-2025@1\nset card.balance=1.00 stops=[1.00, none, 1.00]\n",
        &["2:42-46 stop-twice"],
    );
    check_text(
        "use cny-2025@1\nset card.balance=1.00 stops=[1.00, 5s]\n",
        &["2:36-38 wrong-type"],
    );
    check_text(
        "use cny-2025@1\nset card.balance=1.00 stops=1.00\n",
        &["2:29-33 expected"],
    );
    let many: Vec<String> = (0..17).map(|stop| stop.to_string()).collect();
    check_text(
        &format!(
            "use cny-2025@1\nset card.balance=1 stops=[{}]\n",
            many.join(",")
        ),
        &["2:65-67 too-many-stops"],
    );
    check_text(
        "use cny-2025@1\nset latency =1s\n",
        &["2:13-14 spaced-equals -> ="],
    );
    check_text(
        "use cny-2025@1\nlang english!\n",
        &["2:13-14 stray-character"],
    );
    check_text("use cny-2025@1\nlang x\n", &["2:6-7 bad-lang"]);
    check_text("use cny-2025@1\nsigning maybe\n", &["2:9-14 expected"]);
    check_text("use cny-2025@1\nseed 1.5\n", &["2:6-9 expected"]);
    check_text("use cny-2025@1\nseed -1\n", &["2:6-8 expected"]);
    check_text(
        "use cny-2025@1\nseed 18446744073709551616\n",
        &["2:6-26 number-too-large"],
    );
    check_text("use cny-2025 @1\n", &["1:14-15 expected"]);
    check_text(
        "title Lunch time\nuse cny-2025@1\n",
        &["1:7-12 expected -> \"Lunch time\""],
    );
}

#[test]
fn questions_have_answers_of_which_one_is_right() {
    check(
        "ask \"?\"\n\n# a comment\nchoice \"a\"\nchoice \"b\" right id=b\nAlice: redeem 1\nreveal \"!\"",
        &[],
    );
    check("choice \"a\" right", &["1:1-7 choice-without-ask"]);
    check("ask \"?\"", &["1:1-4 ask-without-choice"]);
    check(
        "ask \"?\"\nnote \"x\"\nchoice \"a\" right",
        &["1:1-4 ask-without-choice", "3:1-7 choice-without-ask"],
    );
    check(
        "ask \"?\"\nchoice \"a\"\nchoice \"b\"",
        &["1:1-4 no-right-choice"],
    );
    check(
        "ask \"?\"\nchoice \"a\" right\nchoice \"b\" right",
        &["3:12-17 two-right-choices"],
    );
    check("reveal \"!\"", &["1:1-7 reveal-without-ask"]);
    check(
        "ask \"?\"\nchoice \"a\" right\nreveal \"!\"\nreveal \"!\"",
        &["4:1-7 reveal-without-ask"],
    );
    // Of a question that cannot be read whole, the answers are not judged.
    check("ask \"?\"\nchoice a", &["2:8-9 expected -> \"a\""]);
    check("ask ?\nchoice \"a\"", &["1:5-6 stray-character"]);
}

#[test]
fn expectations_need_something_to_expect_of() {
    check("expect refused", &["1:1-7 nothing-to-expect-of"]);
    check("expect ok", &["1:1-7 nothing-to-expect-of"]);
    let outcome = read(format!("{CAST}expect ok\n"));
    assert_eq!(outcome.diagnostics[0].severity, Severity::Warning);
    assert_eq!(outcome.errors().count(), 0);
    check(
        "expect Alice.wallet=1",
        &["1:20-21 unspaced-operator ->  = "],
    );
    check("expect Alice.wallet <= 1", &[]);
    check(
        "expect Alice.wallet == 1",
        &["1:21-22 unspaced-operator ->  = "],
    );
    check("expect Alice.wallet", &["1:20-20 expected"]);
    check("expect Alice", &["1:13-13 expected"]);
    check("expect Alice.wallet =", &["1:22-22 expected"]);
    check("expect", &["1:7-7 expected"]);
}

#[test]
fn what_is_wrong_in_a_block_is_told_at_its_place() {
    // A good block, and its name from then on.
    check(
        "contract Gift\n  parties giver=Alice receiver=Noodles\n  hold 5.00 from giver\n  step wait until 1d\n    else: pay all to receiver\nend\nAlice: redeem 1",
        &[],
    );
    // Lines and columns are the file's.
    check(
        "contract Gift\n  parties giver=Alice receiver=Noodles\n  hold 5.00 from giver\n  step wait until 1d\n    else: pay all to reciever\nend",
        &["5:22-30 in-block -> receiver"],
    );
    check(
        "contract Gift\n  parties giver=Alise receiver=Noodles\n  hold 5.00 from giver\n  step wait until 1d\n    else: pay all to receiver\nend",
        &["2:17-22 unknown-actor -> Alice"],
    );
    check(
        "contract Gift\n  parties giver=Alice receiver\n  hold 5.00 from giver\n  step wait until 1d\n    else: pay all to receiver\nend",
        &["2:23-31 nobody-plays"],
    );
    check(
        "condition Lunch\n  payee in [Noodels]\nend",
        &["2:13-20 unknown-actor -> Noodles"],
    );
    check(
        "condition Lunch\n  amount at moist 5.00\nend",
        &["2:13-18 in-block -> most"],
    );
    // The first `end` ends it, and what is below is read on.
    check(
        "condition x\n  before 2025-12-31T00:00\nend\nAlice: dance",
        &["4:8-13 unknown-verb"],
    );
    check("condition x\nAlice: dance", &["1:1-10 unended-block"]);
    check("condition", &["1:10-10 expected"]);
    check(
        "condition Alice\n  amount at most 5.00\nend",
        &["1:11-16 name-taken"],
    );
    check("end", &["1:1-4 end-of-nothing"]);
}

#[test]
fn texts_and_characters_are_sound() {
    check("note \"open", &["1:6-11 unterminated-text -> \""]);
    check("note \"open\\\"", &["1:6-13 unterminated-text -> \""]);
    check("note \"a\\tb\"", &["1:8-10 bad-escape -> \\"]);
    check("note \"a\" b", &["1:10-11 expected"]);
    check("note", &["1:5-5 expected"]);
    check("Alice： pay Noodles 1", &["1:6-7 stray-character -> :"]);
    check("note “quoted”", &["1:6-7 stray-character -> \""]);
    check("Alice:　redeem 1", &["1:7-8 stray-character ->  "]);
    check("Alice: redeem １", &["1:15-16 stray-character -> 1"]);
    check("Alice: redeem 1 ;", &["1:17-18 stray-character"]);
    check("note \"ab\u{202E}cd\"", &["1:9-10 bidi-control -> "]);
    check("# ab\u{2066}cd", &["1:5-6 bidi-control -> "]);
    check("note \"a\u{7}b\"", &["1:8-9 control-character -> "]);
    check("note \"a\u{2028}b\"", &["1:8-9 control-character -> "]);
    check("note \"a\tb\"", &[]);
    check("Alice redeem 1", &["1:1-6 missing-colon -> :"]);
    check("Alice:", &["1:7-7 expected"]);
    check(": redeem 1", &["1:1-2 expected"]);
    check("Alice: redeem [1", &["1:17-17 expected"]);
    check("Alice: redeem []", &["1:16-17 expected"]);
    check("Alice: redeem {a=1, a=2}", &["1:21-22 field-twice"]);
    check("try \"x\"", &["1:8-8 expected"]);
    check("try \"x\" Alice redeem 1", &["1:15-21 expected"]);
}

#[test]
fn nesting_is_bounded() {
    let nested =
        |depth: usize| format!("Alice: redeem {}1{}", "[".repeat(depth), "]".repeat(depth));
    check(&nested(8), &["1:15-32 wrong-type"]);
    check(&nested(9), &["1:23-24 too-deep"]);
    check(&nested(2_000), &["1:23-24 too-deep"]);
}

#[test]
fn bytes_that_are_no_text_are_told_at_their_place() {
    let mut text = format!("{CAST}note \"\u{e9}").into_bytes();
    text.extend(b"\xFF\"\nAlice: dance\n");
    let outcome = read(&text);
    let [first, second] = &outcome.diagnostics[..] else {
        panic!("{:?}", outcome.diagnostics);
    };
    assert_eq!((first.code(), first.place.line), ("invalid-utf8", FIRST));
    assert_eq!((first.place.column, first.place.end_column), (8, 9));
    assert_eq!(
        (second.code(), second.place.line),
        ("unknown-verb", FIRST + 1)
    );
    assert_eq!(outcome.script.waits_for(), Some(FIRST));
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let text = format!("{CAST}Alice: dance\nnote \"a\"");
    let plain = read(&text);
    let other = read(format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
    assert_eq!(plain.diagnostics.len(), 1);
    for (plain, other) in plain.diagnostics.iter().zip(&other.diagnostics) {
        assert_eq!(plain.problem, other.problem);
        assert_eq!(plain.place.column, other.place.column);
        assert_eq!(plain.place.line, other.place.line);
        // Three bytes of the mark, and one of each line's end above.
        assert_eq!(plain.place.start + 3 + 8, other.place.start);
    }
    let statements = |outcome: &exchequer::script::Outcome| {
        let statements = outcome.script.statements();
        statements.map(|(_, s)| s.clone()).collect::<Vec<_>>()
    };
    assert_eq!(statements(&plain), statements(&other));
}

#[test]
fn what_stands_above_the_first_error_is_good_to_play() {
    let outcome = read(format!(
        "{CAST}Alice: redeem 1\nAlice: dance\nAlice: redeem 2\n"
    ));
    assert_eq!(outcome.script.waits_for(), Some(FIRST + 1));
    assert_eq!(outcome.script.playable().count(), 9);
    assert_eq!(outcome.script.statements().count(), 11);
}
