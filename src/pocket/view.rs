//! The wallet as it is drawn: what it holds, what it did, what can be done.

use std::rc::Rc;

use exchequer::pocket::{
    Act, Bill, Brought, Kind, LOADED, Line, Pocket, RoomCode, SEATS, Stage, Story,
};
use yew::prelude::*;
use yew::props;

use super::reading::{Reading, ReadingProps};
use super::shown::{Shown, ShownProps};
use super::told::{Trouble, trouble_of, who};
use crate::store::local;
use crate::ui::{
    ButtonKind, ButtonProps, EntryProps, NoticeProps, Tone, button, entry, hidden, notice,
};
use crate::words::{Glossary, Speech};

/// What the owner is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Doing {
    /// Looking at the purse.
    #[default]
    Nothing,
    /// Saying how much to ask for.
    Asking,
    /// Saying how much to load.
    Loading,
    /// Reading a code.
    Reading,
    /// Looking at a request before it is paid.
    Bill(Rc<[u8]>, Bill),
}

/// What a wallet's page shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ViewProps {
    /// The wallet; none before there is one.
    pub(super) pocket: Option<Rc<Pocket>>,
    /// What the owner is doing.
    pub(super) doing: Doing,
    /// What went wrong last.
    pub(super) trouble: Option<Trouble>,
    /// Whether a step is being stored.
    pub(super) busy: bool,
    /// What stands in the field for a sum.
    pub(super) sum: AttrValue,
    /// What stands in the fields for a room and its seat.
    pub(super) room: AttrValue,
    /// The seat.
    pub(super) seat: AttrValue,
    /// The clock, and how many minutes it is ahead of UTC.
    pub(super) clock: (i64, i32),
    /// Changes what the owner is doing.
    pub(super) ondoing: Callback<Doing>,
    /// Does something.
    pub(super) onact: Callback<Act>,
    /// Something was read.
    pub(super) onread: Callback<Brought>,
    /// A field was written in: sum, room or seat.
    pub(super) onwrite: Callback<(Field, String)>,
    /// The sum is meant.
    pub(super) onsum: Callback<()>,
    /// Makes a key.
    pub(super) onnew: Callback<()>,
    /// Takes the seat.
    pub(super) onsit: Callback<()>,
}

/// A field to write in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// A sum.
    Sum,
    /// A room's link or code.
    Room,
    /// A seat.
    Seat,
}

fn field(props: &ViewProps, which: Field) -> Callback<String> {
    props.onwrite.reform(move |text| (which, text))
}

fn to(props: &ViewProps, doing: Doing) -> Callback<MouseEvent> {
    props.ondoing.reform(move |_| doing.clone())
}

fn act(props: &ViewProps, act: Act) -> Callback<MouseEvent> {
    props.onact.reform(move |_| act.clone())
}

fn wide(kind: ButtonKind, disabled: bool, onclick: Callback<MouseEvent>, says: String) -> Html {
    button(&props!(ButtonProps {
        kind,
        disabled,
        class: "pocket-wide",
        onclick,
        says,
    }))
}

/// The wallet.
pub(super) fn view(words: &Speech, props: &ViewProps) -> Html {
    let says = Glossary::of_pockets(words);
    let trouble = props.trouble.as_ref().map(|trouble| {
        notice(&props!(NoticeProps {
            tone: Tone::Trouble,
            text: trouble_of(&says, trouble),
        }))
    });
    let body = match &props.pocket {
        None => beginning(&says, props),
        Some(pocket) => match &props.doing {
            Doing::Asking => sum_to(&says, props, "pocket-ask"),
            Doing::Loading => sum_to(&says, props, "pocket-load"),
            Doing::Reading => reading(&says, props, "pocket-read"),
            Doing::Bill(request, bill) => bill_to_pay(&says, props, request, bill),
            Doing::Nothing => match pocket.shown() {
                Some(bytes) => showing(&says, props, pocket, bytes),
                None => purse(&says, props, pocket),
            },
        },
    };
    html! { <>{ for trouble }{ body }</> }
}

/// Before there is a key.
fn beginning(says: &Glossary<'_>, props: &ViewProps) -> Html {
    let each = says.words().figures().amount(LOADED);
    let in_room = RoomCode::read(&props.room);
    let join = html! {
        <section class="pocket-card">
            <h2>{ says.say("pocket-join") }</h2>
            <p>{ says.tell("pocket-join-what", &[("amount", (&each).into())]) }</p>
            { entry(&props!(EntryProps {
                label: says.say("pocket-room-field"),
                id: "pocket-room",
                is_number: false,
                value: props.room.clone(),
                oninput: field(props, Field::Room),
            })) }
            { entry(&props!(EntryProps {
                label: says.say("pocket-seat-field"),
                id: "pocket-seat",
                value: props.seat.clone(),
                oninput: field(props, Field::Seat),
            })) }
            <p class="pocket-toy">{ says.say("pocket-toy") }</p>
            { wide(
                if in_room.is_some() { ButtonKind::Primary } else { ButtonKind::Plain },
                props.busy,
                props.onsit.reform(|_| ()),
                says.say("pocket-sit"),
            ) }
        </section>
    };
    let own = html! {
        <section class="pocket-card">
            <h2>{ says.say("pocket-new") }</h2>
            <p>{ says.say("pocket-new-what") }</p>
            { wide(
                if in_room.is_some() { ButtonKind::Plain } else { ButtonKind::Primary },
                props.busy,
                props.onnew.reform(|_| ()),
                says.say("pocket-new"),
            ) }
        </section>
    };
    html! {
        <>
            <p class="pocket-what">{ says.say("pocket-what") }</p>
            // Who came by a room's link is asked for a seat first.
            if in_room.is_some() { { join }{ own } } else { { own }{ join } }
        </>
    }
}

/// Asks how much.
fn sum_to(says: &Glossary<'_>, props: &ViewProps, key: &str) -> Html {
    let limits = props.pocket.as_ref().and_then(|it| it.device());
    let purse = limits.map_or(0, |it| it.limits().purse);
    let most = says.words().figures().amount(purse);
    html! {
        <section class="pocket-card">
            <h2>{ says.say(key) }</h2>
            <p>{ says.tell(&format!("{key}-what"), &[("amount", (&most).into())]) }</p>
            { entry(&props!(EntryProps {
                label: says.say("pocket-sum"),
                id: "pocket-sum",
                value: props.sum.clone(),
                oninput: field(props, Field::Sum),
            })) }
            { wide(ButtonKind::Primary, props.busy, props.onsum.reform(|_| ()), says.say(&format!("{key}-now"))) }
            { wide(ButtonKind::Quiet, false, to(props, Doing::Nothing), says.say("pocket-back")) }
        </section>
    }
}

fn reading(says: &Glossary<'_>, props: &ViewProps, key: &str) -> Html {
    html! {
        <>
            <section class="pocket-card">
                <Reading ..props!(ReadingProps { title: says.say(key), onread: props.onread.clone() }) />
                <p class="pocket-aside">{ says.say("pocket-read-what") }</p>
            </section>
            { wide(ButtonKind::Quiet, false, to(props, Doing::Nothing), says.say("pocket-back")) }
        </>
    }
}

/// A request, before it is paid.
fn bill_to_pay(says: &Glossary<'_>, props: &ViewProps, request: &Rc<[u8]>, bill: &Bill) -> Html {
    let (sum, payee) = (
        says.words().figures().amount(bill.amount),
        who(says, bill.payee),
    );
    let asks = says.tell(
        "pocket-bill",
        &[("amount", (&sum).into()), ("payee", (&payee).into())],
    );
    let pay = Act::Pay {
        request: request.to_vec(),
    };
    let does = if bill.again {
        says.say("pocket-bill-show")
    } else {
        says.tell("pocket-bill-pay", &[("amount", (&sum).into())])
    };
    html! {
        <section class="pocket-card">
            <h2>{ asks }</h2>
            if bill.again {
                <p>{ says.say("pocket-bill-again") }</p>
            }
            if let Some(refusal) = bill.refused {
                <p class="field-error" role="alert">
                    { says.say("pocket-bill-no") }{ " " }{ trouble_of(says, &Trouble::Refused(refusal)) }
                </p>
            } else {
                { wide(ButtonKind::Primary, props.busy, act(props, pay), does) }
            }
            { wide(ButtonKind::Quiet, false, to(props, Doing::Nothing), says.say("pocket-back")) }
        </section>
    }
}

/// A message for somebody else, and what comes after it.
fn showing(says: &Glossary<'_>, props: &ViewProps, pocket: &Pocket, bytes: &[u8]) -> Html {
    let kind = Kind::of(bytes).map_or("answer", Kind::key);
    html! {
        <>
            <section class="pocket-card">
                <Shown ..props!(ShownProps {
                    title: says.say(&format!("pocket-show-{kind}")),
                    what: says.say(&format!("pocket-kind-{kind}")),
                    bytes: Rc::<[u8]>::from(bytes),
                }) />
            </section>
            <section class="pocket-card">
                <Reading ..props!(ReadingProps {
                    title: says.say(&format!("pocket-next-{kind}")),
                    onread: props.onread.clone(),
                }) />
            </section>
            if pocket.device().is_some() {
                { wide(ButtonKind::Plain, props.busy, act(props, Act::Done), says.say("pocket-done")) }
            }
        </>
    }
}

/// The purse, what can be done with it, and what it did.
fn purse(says: &Glossary<'_>, props: &ViewProps, pocket: &Pocket) -> Html {
    let figures = says.words().figures();
    let Some(device) = pocket.device() else {
        return Html::default();
    };
    let sum = |minor: i64| figures.amount(minor);
    let (limbo, open) = (device.in_limbo(), pocket.unsettled().count());
    let late = device.sync_by().filter(|_| open > 0).map(|by| {
        let time = figures.moment(&local(by, props.clock.1));
        let is_late = props.clock.0 > by;
        let key = if is_late { "pocket-queue-late" } else { "pocket-queue-by" };
        let class = is_late.then_some("pocket-late");
        html! { <span class={classes!(class)}>{ says.tell(key, &[("time", (&time).into())]) }</span> }
    });
    let does = |key: &str, kind: ButtonKind, onclick: Callback<MouseEvent>| {
        wide(kind, props.busy, onclick, says.say(key))
    };
    html! {
        <>
            <section class="pocket-purse" aria-labelledby="pocket-holds">
                <h2 id="pocket-holds">{ says.say("pocket-holds") }</h2>
                <p class="pocket-balance number">{ sum(device.spendable()) }</p>
                if limbo > 0 {
                    <p>{ says.tell("pocket-limbo", &[("amount", (&sum(limbo)).into())]) }</p>
                }
                if open > 0 {
                    <p class="pocket-queue">
                        { says.tell("pocket-queue", &[("count", open.into())]) }{ " · " }{ for late }
                    </p>
                }
            </section>
            <div class="pocket-do" role="group" aria-label={says.say("pocket-do")}>
                { does("pocket-pay", ButtonKind::Primary, to(props, Doing::Reading)) }
                { does("pocket-ask", ButtonKind::Plain, to(props, Doing::Asking)) }
                { does("pocket-load", ButtonKind::Plain, to(props, Doing::Loading)) }
                { does("pocket-sync", ButtonKind::Plain, act(props, Act::Sync)) }
            </div>
            if pocket.is_asking() {
                <p class="pocket-asking">
                    { says.say("pocket-asking") }{ " " }
                    { button(&props!(ButtonProps {
                        disabled: props.busy,
                        onclick: act(props, Act::ShowAsked),
                        says: says.say("pocket-show-again"),
                    })) }
                </p>
            }
            <section class="pocket-history" aria-labelledby="pocket-history">
                <h2 id="pocket-history">{ says.say("pocket-history") }</h2>
                if pocket.lines().is_empty() {
                    <p class="empty">{ says.say("pocket-history-none") }</p>
                }
                <ol>
                    { for pocket.lines().iter().rev().map(|it| line(says, props, pocket, it)) }
                </ol>
            </section>
        </>
    }
}

/// A line of the history.
fn line(says: &Glossary<'_>, props: &ViewProps, pocket: &Pocket, it: &Line) -> Html {
    let figures = says.words().figures();
    let other = who(says, it.other);
    let story = says.tell(
        &format!("pocket-story-{}", it.story.key()),
        &[("who", (&other).into())],
    );
    let time = figures.moment(&local(it.time, props.clock.1));
    let sum = figures.amount(it.amount);
    let (sign, class) = match (it.story, it.stage) {
        (_, Stage::Returned | Stage::Closed) => ("", "pocket-void"),
        (Story::Paid, _) => ("−", "pocket-out"),
        (Story::Asked, _) => ("", "pocket-out"),
        (Story::Loaded | Story::Received, _) => ("+", "pocket-in"),
    };
    let is_settled = it.stage == Stage::Settled;
    let again = (!is_settled && pocket.can_show(it)).then(|| {
        html! {
            <button type="button" class="button button-quiet" disabled={props.busy}
                onclick={act(props, Act::Show(it.id))}>
                { says.say("pocket-show-again") }{ hidden(format!(" {story} {sum}")) }
            </button>
        }
    });
    html! {
        <li class="pocket-line">
            <span class="pocket-story">{ story }</span>
            <span class={classes!("number", class)}>{ sign }{ sum }</span>
            <span class={classes!("pocket-stage", it.is_unsettled().then_some("pocket-pending"))}>
                { says.say(&format!("pocket-stage-{}", it.stage.key())) }{ " · " }<time>{ time }</time>
            </span>
            { for again }
        </li>
    }
}

/// Whose wallet it is, and what its key is worth.
pub(super) fn name(says: &Glossary<'_>, pocket: &Pocket) -> String {
    match pocket.device() {
        Some(device) => who(says, device.serial()),
        None => says.say("pocket-unknown"),
    }
}

/// The seat that was written, if it is one.
pub(super) fn seat_of(text: &str) -> Option<u64> {
    text.trim()
        .parse()
        .ok()
        .filter(|it| (1..=SEATS).contains(it))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::figures::Figures;
    use crate::fixture::drawn;
    use crate::words::{Language, Words};
    use exchequer::pocket::RoomCode;
    use exchequer::pocket::{Code, Moment, Refusal};

    const MORNING: i64 = 1_793_523_600_000;
    const DAY: i64 = 86_400_000;

    fn at(minute: i64, chance: u8) -> Moment {
        Moment {
            now: MORNING + minute * 60_000,
            entropy: [chance; 32],
        }
    }

    fn seat(number: u64) -> Pocket {
        Pocket::toy(RoomCode::new(7, MORNING), number).unwrap()
    }

    fn does(pocket: &Pocket, act: Act, minute: i64) -> Pocket {
        let chance = u8::try_from(minute).unwrap();
        pocket.step(act, at(minute, chance)).unwrap().pocket
    }

    /// Seats 1 and 2 after the first has paid the second 30.00, without the receipt.
    fn paid() -> (Pocket, Pocket, Vec<u8>) {
        let payee = does(&seat(2), Act::Request { amount: 3_000 }, 1);
        let request = payee.shown().unwrap().to_vec();
        let pay = Act::Pay {
            request: request.clone(),
        };
        let payer = does(&seat(1), pay, 2);
        let payee = does(&payee, Act::Read(payer.shown().unwrap().to_vec()), 3);
        (payer, payee, request)
    }

    fn props(pocket: Option<Pocket>, doing: Doing, now: i64) -> ViewProps {
        ViewProps {
            pocket: pocket.map(Rc::new),
            doing,
            trouble: None,
            busy: false,
            sum: AttrValue::default(),
            room: AttrValue::default(),
            seat: AttrValue::default(),
            clock: (now, 480),
            ondoing: Callback::noop(),
            onact: Callback::noop(),
            onread: Callback::noop(),
            onwrite: Callback::noop(),
            onsum: Callback::noop(),
            onnew: Callback::noop(),
            onsit: Callback::noop(),
        }
    }

    async fn page(language: Language, props: ViewProps) -> String {
        drawn(move |_| {
            let words = Speech::new(Words::new(language, Figures::plain(2)));
            html! {
                <ContextProvider<Speech> context={words.clone()}>{ view(&words, &props) }</ContextProvider<Speech>>
            }
        })
        .await
    }

    async fn english(props: ViewProps) -> String {
        page(Language::English, props).await
    }

    #[tokio::test]
    async fn before_there_is_a_key_one_is_made_or_a_seat_taken() {
        let html = english(props(None, Doing::Nothing, MORNING)).await;
        let (own, join) = (html.find("Make a key"), html.find("Join a room"));
        assert!(own < join && own.is_some(), "{html}");
        let mut invited = props(None, Doing::Nothing, MORNING);
        invited.room = RoomCode::new(7, MORNING).text().into();
        let html = english(invited).await;
        assert!(html.find("Join a room") < html.find("Make a key"), "{html}");
        assert!(html.contains("Toy key"), "{html}");
    }

    #[tokio::test]
    async fn what_is_paid_is_pending_until_it_is_settled_and_can_be_shown_again() {
        let (payer, payee, _) = paid();
        let away = |pocket: &Pocket| does(pocket, Act::Done, 9);
        let html = english(props(Some(away(&payer)), Doing::Nothing, MORNING)).await;
        for expected in [
            "170.00",
            "−30.00",
            "To Seat 2",
            "pending",
            "30.00 is paid and not acknowledged",
            "Show again",
        ] {
            assert!(html.contains(expected), "{expected}: {html}");
        }
        let html = english(props(Some(away(&payee)), Doing::Nothing, MORNING)).await;
        for expected in [
            "230.00",
            "+30.00",
            "From Seat 1",
            "pending",
            "One payment is not reported yet",
            "Report to the Stage by",
        ] {
            assert!(html.contains(expected), "{expected}: {html}");
        }
        let late = english(props(Some(away(&payee)), Doing::Nothing, MORNING + 8 * DAY)).await;
        assert!(late.contains("pocket-late"), "{late}");
    }

    #[tokio::test]
    async fn a_payment_stands_on_the_screen_as_a_code_and_as_text() {
        let (payer, ..) = paid();
        let html = english(props(Some(payer), Doing::Nothing, MORNING)).await;
        for expected in [
            "Show this payment to the payee",
            "role=\"img\"",
            "XQ1:",
            "Then read the receipt",
            "Stored on this device before it was shown",
        ] {
            assert!(html.contains(expected), "{expected}: {html}");
        }
        assert!(html.contains("aria-label=\"a payment\""), "{html}");
    }

    #[tokio::test]
    async fn a_request_is_asked_about_before_it_is_paid_and_says_why_not() {
        let (payer, _, request) = paid();
        let fresh = seat(3);
        for (pocket, expected) in [
            (fresh, "Pay 30.00 to Seat 2?"),
            (
                payer.clone(),
                "Paid already. The same payment is shown again.",
            ),
            (seat(2), "This is your own request."),
        ] {
            let bill = pocket.bill(&request, MORNING + 60_000).unwrap();
            let doing = Doing::Bill(request.clone().into(), bill);
            let html = english(props(Some(pocket), doing, MORNING)).await;
            assert!(html.contains(expected), "{expected}: {html}");
        }
    }

    #[tokio::test]
    async fn every_word_is_there_in_both_languages() {
        let (payer, payee, request) = paid();
        let bill = payer.bill(&request, MORNING).unwrap();
        for language in Language::BUILT_IN {
            for it in [
                props(None, Doing::Nothing, MORNING),
                props(Some(Pocket::new([5; 32])), Doing::Nothing, MORNING),
                props(Some(payer.clone()), Doing::Nothing, MORNING),
                props(Some(payee.clone()), Doing::Asking, MORNING),
                props(Some(payee.clone()), Doing::Loading, MORNING),
                props(Some(payee.clone()), Doing::Reading, MORNING),
                props(
                    Some(payee.clone()),
                    Doing::Bill(request.clone().into(), bill.clone()),
                    MORNING,
                ),
                props(Some(does(&payee, Act::Done, 5)), Doing::Nothing, MORNING),
            ] {
                let html = page(language, it).await;
                let bare = html.split('>').any(|it| it.starts_with("pocket-"));
                assert!(!bare, "{language:?}: {html}");
            }
        }
    }

    #[tokio::test]
    async fn every_refusal_has_a_sentence() {
        for code in Code::ALL {
            let refusal = Refusal::of(*code, 2, 100);
            let mut it = props(Some(seat(1)), Doing::Reading, MORNING);
            it.trouble = Some(Trouble::Refused(refusal));
            let html = english(it).await;
            assert!(
                html.contains("role=\"alert\"") && !html.contains(">pocket-no"),
                "{html}"
            );
        }
    }
}
