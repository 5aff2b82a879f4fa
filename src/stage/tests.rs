//! The stage in words: components rendered natively over the opening scenario
//! as the engine plays it.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use exchequer::series;
use exchequer::session::Session;
use exchequer::views::{Moment, Program, Seen};
use yew::LocalServerRenderer;
use yew::prelude::*;

use super::Shown;
use super::accounted::{PillProps, invariants, pill};
use super::board::layout::View;
use super::board::{Board, BoardProps};
use super::books::{BooksProps, books};
use super::charts::charts;
use super::details::{DetailsProps, details};
use super::phones::phone_view;
use super::registers::registers_view;
use super::rules::sheet_view;
use super::sequence::{Sequence, SequenceProps};
use super::slide::Slides;
use super::story::{StoryProps, story_panel};
use super::transport::{TransportProps, transport};
use crate::app::OPENING;
use crate::fixture::drawn;
use crate::state::{Answer, Motion, Playback, Step, asked, key_of};

/// The opening scenario played, and a way to any moment of it.
struct Run {
    session: Session,
    program: Rc<Program>,
}

impl Run {
    fn new() -> Self {
        let session = Session::open(OPENING);
        let program = Rc::new(session.program());
        Self { session, program }
    }

    /// The moment after this many beats.
    fn after(&mut self, beats: usize) -> Rc<Moment> {
        let position = match beats.checked_sub(1) {
            Some(last) => self.program.beats[last].to,
            None => Playback::first(&self.program),
        };
        Rc::new(self.session.moment(position))
    }

    fn playback(&self, steps: &[Step]) -> Playback {
        steps
            .iter()
            .fold(Playback::default().over(&self.program), |playback, step| {
                playback.after(step, &self.program)
            })
    }

    fn question(&self) -> String {
        key_of(asked(&self.program).next().unwrap().question).to_owned()
    }
}

/// What a reader reads: the text between the tags.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => {
                in_tag = true;
                text.push(' ');
            }
            '>' => in_tag = false,
            _ if !in_tag => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn story(run: &mut Run, steps: &[Step]) -> String {
    let playback = run.playback(steps);
    let moment = Rc::new(run.session.moment(playback.position));
    {
        let props = StoryProps {
            program: run.program.clone(),
            playback,
            moment,
            fork: None,
            onstep: Callback::noop(),
            ontry: Callback::noop(),
            onreturn: Callback::noop(),
            onscript: Callback::noop(),
            oncompare: Callback::noop(),
            onslide: Callback::noop(),
            text: Rc::default(),
            read_only: false,
            engine: None,
        };
        drawn(move |words| story_panel(words, &props))
    }
    .await
}

async fn board(moment: Rc<Moment>, motion: Motion, view: View) -> String {
    LocalServerRenderer::<Board>::with_props(BoardProps {
        moment,
        motion,
        view,
        seen: Seen::Everyone,
        engine: None,
        selected: None,
        differs: Rc::from([]),
        shown: Shown::default(),
        onselect: Callback::noop(),
    })
    .hydratable(false)
    .render()
    .await
}

#[tokio::test]
async fn the_first_picture_is_the_first_step_with_everybody_at_their_place() {
    let mut run = Run::new();
    let told = text(&story(&mut run, &[]).await);
    assert!(told.contains("Step 1 of 4"), "{told}");
    assert!(
        told.contains("Each bank swaps reserves for digital yuan."),
        "{told}"
    );
    let seen = text(&board(run.after(0), Motion::Still, View::Whole).await);
    for words in [
        "Central bank",
        "Harbour",
        "Summit",
        "Alice",
        "Bob",
        "Noodles",
        "3,000.00",
    ] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
}

#[tokio::test]
async fn every_party_is_a_button_and_tells_its_balance() {
    let mut run = Run::new();
    let html = board(run.after(4), Motion::Still, View::Whole).await;
    assert_eq!(html.matches("aria-pressed=\"false\"").count(), 6, "{html}");
    assert!(text(&html).contains("487.50"), "{html}");
}

#[tokio::test]
async fn a_number_that_is_about_to_change_says_both_while_it_plays() {
    let mut run = Run::new();
    let moment = run.after(4);
    let playing = board(moment.clone(), Motion::Playing, View::Whole).await;
    assert!(
        playing.contains("sum-before") && playing.contains("500.00"),
        "{playing}"
    );
    let still = board(moment, Motion::Still, View::Whole).await;
    assert!(!still.contains("sum-before"), "{still}");
}

#[tokio::test]
async fn a_phone_shows_the_events_parties_and_counts_the_others() {
    let mut run = Run::new();
    let seen = text(&board(run.after(4), Motion::Still, View::Spotlight).await);
    assert!(seen.contains("Alice") && seen.contains("Noodles"), "{seen}");
    assert!(!seen.contains("Bob") && seen.contains("+1 other"), "{seen}");
}

#[tokio::test]
async fn a_question_offers_its_choices_and_tells_nothing_of_what_comes() {
    let mut run = Run::new();
    let html = story(&mut run, &[Step::End]).await;
    let told = text(&html);
    assert_eq!(html.matches("type=\"radio\"").count(), 3, "{html}");
    assert!(
        told.contains("Just show me") && told.contains("It waits for his bank"),
        "{told}"
    );
    assert!(
        !told.contains("Fewer papers") && !told.contains("limit.payment"),
        "{told}"
    );
    assert!(html.contains("disabled"), "nothing is picked yet: {html}");
}

#[tokio::test]
async fn an_answer_stands_beside_what_happened_with_the_reason_and_its_numbers() {
    let mut run = Run::new();
    let answer = Step::Answer(run.question(), Answer::Choice(0));
    let told = text(&story(&mut run, &[Step::End, answer, Step::End]).await);
    for words in [
        "Your pick Paid: he has 2,600",
        "What happened Refused",
        "Fewer papers, lower limits.",
        "The wallet of Bob may pay 2,000.00 at a time; 2,500.00 was asked for.",
        "Rule and source",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[tokio::test]
async fn just_show_me_picks_nothing() {
    let mut run = Run::new();
    let answer = Step::Answer(run.question(), Answer::Shown);
    let told = text(&story(&mut run, &[Step::End, answer, Step::End]).await);
    assert!(
        !told.contains("Your pick") && told.contains("What happened Refused"),
        "{told}"
    );
}

#[tokio::test]
async fn the_end_offers_what_can_be_tried() {
    let mut run = Run::new();
    let answer = Step::Answer(run.question(), Answer::Shown);
    let before = text(&story(&mut run, &[Step::End]).await);
    assert!(!before.contains("Alice overspends"), "{before}");
    let told = text(&story(&mut run, &[Step::End, answer, Step::End]).await);
    for words in [
        "Pay 2,000 instead",
        "Alice goes back to her bank",
        "Alice overspends",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[tokio::test]
async fn nothing_after_an_unanswered_question_is_on_the_timeline() {
    let mut run = Run::new();
    let playback = run.playback(&[Step::End]);
    let moment = run.session.moment(playback.position);
    let props = TransportProps {
        program: run.program.clone(),
        playback,
        at: moment.at.clone().into(),
        caption: "".into(),
        onstep: Callback::noop(),
    };
    let html = {
        let props = props.clone();
        drawn(move |words| transport(words, &props))
    }
    .await;
    assert!(!html.contains("tick-refusal"), "{html}");
    let shown = Step::Answer(run.question(), Answer::Shown);
    let playback = run.playback(&[Step::End, shown, Step::End]);
    let html = {
        let props = TransportProps { playback, ..props };
        drawn(move |words| transport(words, &props))
    }
    .await;
    assert!(html.contains("tick-refusal"), "{html}");
    assert!(html.contains("aria-valuetext=\"2025-11-03"), "{html}");
}

#[tokio::test]
async fn details_show_the_live_balance_sheet_with_what_changed() {
    let mut run = Run::new();
    let moment = run.after(4);
    let html = {
        let props = DetailsProps {
            moment: moment.clone(),
            selected: Some(0),
            onchoose: None,
            bare: false,
            place: None,
            onclose: Callback::noop(),
        };
        drawn(move |words| details(words, &props))
    }
    .await;
    let told = text(&html);
    assert!(told.contains("Balance sheet Central bank"), "{told}");
    assert!(
        told.contains("500.00 → 487.50") && told.contains("0.00 → 12.50"),
        "{told}"
    );
    assert_eq!(html.matches("row-changed").count(), 2, "{html}");
    let nobody = DetailsProps {
        moment,
        selected: None,
        onchoose: None,
        bare: false,
        place: None,
        onclose: Callback::noop(),
    };
    assert!(text(&drawn(move |words| details(words, &nobody)).await).contains("Select anyone"));
}

#[tokio::test]
async fn books_stand_side_by_side_balanced_and_joined() {
    let mut run = Run::new();
    let moment = run.after(1);
    let html = {
        let props = BooksProps {
            moment: moment.clone(),
            docked: false,
        };
        drawn(move |words| books(words, &props))
    }
    .await;
    let told = text(&html);
    for book in &moment.books {
        assert_eq!(book.total_owns, book.total_owes);
    }
    assert!(told.contains("Journal") && told.contains("Debit"), "{told}");
    assert!(told.contains("10,000.00 → 9,000.00"), "{told}");
    assert!(
        told.contains("The other side of the account marked 1"),
        "{told}"
    );
}

#[tokio::test]
async fn the_pill_opens_the_sums_behind_it() {
    let mut run = Run::new();
    let moment = run.after(6);
    let props = PillProps {
        moment: moment.clone(),
        onopen: Callback::noop(),
    };
    assert!(
        text(&drawn(move |words| pill(words, &props)).await).contains("Every yuan accounted for")
    );
    let told = text(&drawn(move |words| invariants(words, &moment)).await);
    assert!(
        told.contains("In issue = held") && told.contains("4,000.00 4,000.00"),
        "{told}"
    );
    assert!(told.contains("everything sent has arrived"), "{told}");
}

#[tokio::test]
async fn what_a_lost_message_keeps_apart_is_named_in_red() {
    let text_of = include_str!("../../tests/scenarios/lost-and-repaired.exq");
    let mut session = Session::open(text_of);
    let beats = session.program().beats;
    let late = beats.iter().find_map(|beat| {
        let moment = session.moment(beat.to);
        let is_late = moment.accounted.messages.iter().any(|it| it.overdue);
        is_late.then(|| Rc::new(moment))
    });
    let moment = late.unwrap();
    let props = PillProps {
        moment: moment.clone(),
        onopen: Callback::noop(),
    };
    let html = drawn(move |words| pill(words, &props)).await;
    assert!(html.contains("pill-broken"), "{html}");
    assert!(
        text(&html).contains("Unreconciled: 1 message is overdue"),
        "{html}"
    );
    let told = text(&drawn(move |words| invariants(words, &moment)).await);
    assert!(told.contains("490.00 500.00 -10.00 unreconciled"), "{told}");
}

async fn sequence_of(moment: Rc<Moment>, shown: Shown) -> String {
    LocalServerRenderer::<Sequence>::with_props(SequenceProps {
        moment,
        digest: String::new(),
        seen: Seen::Everyone,
        shown,
        engine: None,
        onstep: Callback::noop(),
    })
    .hydratable(false)
    .render()
    .await
}

#[tokio::test]
async fn the_sequence_reads_as_a_list() {
    let moment = Run::new().after(4);
    let flows = moment.flows.len();
    let html = sequence_of(moment, Shown::default()).await;
    assert_eq!(html.matches("<li>").count(), flows);
    assert!(text(&html).contains("Alice to Noodles: 12.50"), "{html}");
    assert!(html.contains("aria-current=\"step\""), "{html}");
}

#[tokio::test]
async fn messages_and_money_are_two_kinds_of_lines_that_can_be_left_out() {
    let moment = Run::new().after(4);
    let money = moment
        .flows
        .iter()
        .filter(|it| super::board::motion::is_money(it))
        .count();
    let messages = moment.flows.len() - money;
    assert!(money > 0 && messages > 0);
    for (information, shown_money, count) in [
        (true, false, messages),
        (false, true, money),
        (false, false, 0),
    ] {
        let shown = Shown {
            information,
            money: shown_money,
        };
        let html = sequence_of(moment.clone(), shown).await;
        assert_eq!(html.matches("<li>").count(), count, "{shown:?}");
        assert_eq!(html.contains("switched off"), count == 0, "{shown:?}");
    }
}

#[test]
fn every_key_the_engine_names_has_words() {
    let words = crate::words::Words::new(
        crate::words::Language::English,
        crate::figures::Figures::plain(2),
    );
    let mut run = Run::new();
    for position in 0..=run.program.length {
        let moment = run.session.moment(position);
        let rows = moment
            .books
            .iter()
            .flat_map(|book| book.owns.iter().chain(&book.owes));
        let mut keys: Vec<String> = rows.map(|row| row.key.clone()).collect();
        keys.extend(moment.caption.iter().map(|caption| caption.key.clone()));
        keys.extend(
            moment
                .accounted
                .checks
                .iter()
                .map(|check| check.key.clone()),
        );
        keys.extend(
            moment
                .accounted
                .messages
                .iter()
                .map(|message| message.key.clone()),
        );
        keys.extend(
            moment
                .refusal
                .iter()
                .map(|it| format!("reason-{}", it.code.replace('.', "-"))),
        );
        for party in &moment.parties {
            keys.extend(party.holdings.iter().map(|holding| holding.key.clone()));
            let limits = party.wallets.iter().flat_map(|wallet| &wallet.limits);
            keys.extend(limits.map(|limit| limit.key.clone()));
        }
        keys.extend(moment.flows.iter().filter_map(|flow| match &flow.what {
            exchequer::views::Moved::Information { key, .. } => Some(key.clone()),
            _ => None,
        }));
        for key in keys {
            assert!(words.try_tell(&key, &[]).is_some(), "{key} at {position}");
        }
        if let Some(caption) = &moment.caption {
            let sentence = words.caption(caption);
            assert!(!sentence.contains('{'), "{sentence}");
        }
    }
}

#[tokio::test]
async fn a_phone_shows_its_balance_limits_and_history_and_no_one_else_s() {
    let mut run = Run::new();
    let end = run.program.length;
    let alice = run.session.phone(end, "Alice", Seen::Everyone).unwrap();
    let shown = text(&drawn(move |words| phone_view(words, &alice, &Html::default())).await);
    for part in [
        "Alice",
        "487.50",
        "One payment",
        "50,000.00",
        "Noodles",
        "lunch",
        "500.00",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // Bob's refusal is Bob's to see.
    assert!(!shown.contains("2,500.00"), "{shown}");
    assert!(run.session.phone(end, "Bob", Seen::Party(3)).is_none());
    let bob = run.session.phone(end, "Bob", Seen::Party(4)).unwrap();
    let shown = text(&drawn(move |words| phone_view(words, &bob, &Html::default())).await);
    assert!(
        shown.contains("more than this wallet may pay at a time"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_centres_registers_divide_names_balances_and_payments() {
    let mut run = Run::new();
    let end = run.program.length;
    let all = run.session.registers(end, Seen::Everyone);
    let html = drawn(move |words| registers_view(words, &all)).await;
    let shown = text(&html);
    for part in [
        "Authentication centre",
        "Alice",
        "Registration centre",
        "487.50",
        "12.50",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // A small payment's payer is a bar in the page, not a name.
    assert!(html.contains("class=\"redacted\""), "{html}");
    for (seen, hidden) in [
        (Seen::Authentication, "487.50"),
        (Seen::Registration, "Alice"),
        (Seen::BigData, "Alice"),
        (Seen::Party(1), "Alice"),
    ] {
        let registers = run.session.registers(end, seen);
        let shown = drawn(move |words| registers_view(words, &registers)).await;
        assert!(!shown.contains(hidden), "{seen:?} sees {hidden}: {shown}");
    }
}

#[tokio::test]
async fn a_card_of_somebody_unknown_bears_a_bar_and_no_name() {
    let mut run = Run::new();
    let end = run.program.length;
    let summit = Rc::new(run.session.moment_as(end, Seen::Party(2)));
    let html = board(summit, Motion::Still, View::Whole).await;
    assert!(
        html.contains("redacted") && !html.contains("Alice"),
        "{html}"
    );
    assert!(html.contains("Bob") && html.contains("2,600.00"), "{html}");
}

#[tokio::test]
async fn the_rules_are_shown_with_mark_date_and_source() {
    let run = Run::new();
    let played = run.session.run().unwrap();
    let sheet = played.preset().sheet(played.ours());
    let shown = text(&drawn(move |words| sheet_view(words, &sheet)).await);
    for part in [
        "cny-2025@1",
        "wallet.IV.payment",
        "2,000.00",
        "verified",
        "from memory",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[tokio::test]
async fn charts_show_what_moved_and_leave_out_what_did_not() {
    let run = Run::new();
    let series = series::series(run.session.run().unwrap(), 20);
    let end = run.program.length;
    let html = drawn(move |words| charts(words, &series, end)).await;
    let shown = text(&html);
    for part in ["Wallets", "3,100.00", "Paid", "e-CNY: payments so far"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for part in [
        "Velocity 0.0244",
        "Average in wallets 512.50",
        "Harbour 500.00 9,500.00",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // These rules ask for no reserves.
    assert!(!shown.contains("Has to hold"), "{shown}");
    // Nobody asked in vain, so there is no chart of it.
    assert!(!html.contains("aria-label=\"Asked for in vain"), "{html}");
    assert!(html.contains("aria-label=\"Wallets: from"), "{html}");
}

#[tokio::test]
async fn what_can_be_slid_stands_at_its_stop_with_words_for_every_stop() {
    let lesson = exchequer::lessons::find("bank-run").unwrap();
    let program = Session::open(lesson.text).program();
    let (slides, digest) = (program.slides.clone(), program.digest.clone());
    let (line, other) = (slides[0].line, slides[0].stops[1].text.clone());
    let at = |script: String| {
        let (slides, digest) = (slides.clone(), digest.clone());
        drawn(move |_| {
            html! {
                <Slides
                    slides={slides.clone()}
                    digest={digest.clone()}
                    engine={None}
                    script={Rc::<str>::from(script.as_str())}
                    onslide={Callback::noop()}
                />
            }
        })
    };
    // What the script says, though the run does not tell of it yet.
    let rewritten = crate::tries::with_line(lesson.text, line, &other);
    let html = at(rewritten).await;
    assert!(html.contains("aria-valuetext=\"500\""), "{html}");
    let html = at(lesson.text.to_owned()).await;
    assert!(html.contains("type=\"range\""), "{html}");
    assert!(html.contains("aria-valuetext=\"3,000\""), "{html}");
    let shown = text(&html);
    for part in [
        "The most a personal wallet may hold",
        "0",
        "500",
        "10,000",
        "no limit",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn every_value_that_a_preset_can_hold_has_a_name() {
    let words = crate::words::Words::new(
        crate::words::Language::English,
        crate::figures::Figures::plain(2),
    );
    for it in exchequer::presets::settings() {
        let key = format!("setting-{}", it.path.replace("*.", "").replace('.', "-"));
        assert!(words.try_tell(&key, &[]).is_some(), "{key}");
    }
}

#[tokio::test]
async fn the_way_of_value_given_away_twice_is_offered_on_the_board() {
    let text_of = include_str!("../../tests/scenarios/the-way-of-a-copied-coin.exq");
    let mut session = Session::open(text_of);
    let end = session.program().length;
    let moment = Rc::new(session.moment(end));
    let (number, finding) = super::board::way::known(&moment)[0];
    let hops = finding.trace.len();
    assert!(hops >= 2, "{finding:?}");
    let shown = moment.clone();
    let html =
        drawn(move |words| super::board::way::ways(words, &shown, None, &Callback::noop())).await;
    assert!(html.contains("Show the way of the"), "{html}");
    assert!(!html.contains("trace-step"), "{html}");
    let html = drawn(move |words| {
        super::board::way::ways(words, &moment, Some(number), &Callback::noop())
    })
    .await;
    assert_eq!(html.matches("trace-end").count(), 2 * hops, "{html}");
    assert!(html.contains("Hide the way of the"), "{html}");
}
