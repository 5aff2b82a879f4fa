//! The room on the Stage: a code to take a seat by, what pockets report, and
//! what was spent twice.

use std::rc::Rc;

use exchequer::pocket::{
    Answer, Brought, FIRST_OWN, Found, Kind, LOADED, Room as Desk, RoomCode, SEATS, Seat,
};
use exchequer::views::Handover;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew::props;

use super::phones::found;
use crate::pocket::{
    Drawer, ROOMS, Reading, ReadingProps, Shown, ShownProps, Trouble, ahead, now, shelf,
    trouble_of, who,
};
use crate::share::{QrCode, QrProps, page_address, qr_view};
use crate::store::{Shelf, StoreError, local};
use crate::ui::{
    ButtonKind, ButtonProps, Choice, NoticeProps, SelectProps, Tone, button, notice, select,
};
use crate::words::{Glossary, Speech, use_words};

/// Properties of [`Room`].
#[derive(Clone, PartialEq, Properties)]
pub struct RoomProps {
    /// The scenario's seed, from which a new room's keys come.
    pub seed: u64,
}

/// The rooms of this browser.
#[derive(Clone)]
enum Rooms {
    /// The store has not answered yet.
    Opening,
    /// It cannot be used.
    None(StoreError),
    /// The shelf, the codes of all rooms, and the one that is open.
    Here {
        shelf: Rc<dyn Shelf>,
        codes: Rc<[RoomCode]>,
        open: Option<(Rc<Drawer>, Rc<Desk>)>,
        damaged: bool,
    },
}

fn key_of(code: RoomCode) -> String {
    format!("{ROOMS}{}", code.text())
}

/// Looks up the rooms, and opens the one of this code, or the latest.
async fn look(shelf: Rc<dyn Shelf>, wanted: Option<RoomCode>) -> Result<Rooms, StoreError> {
    let found = shelf.scan(ROOMS).await?;
    let mut codes: Vec<RoomCode> = found
        .iter()
        .filter_map(|(key, _)| RoomCode::read(key))
        .collect();
    codes.sort_by_key(|code| std::cmp::Reverse(code.opened));
    let wanted = wanted.or_else(|| codes.first().copied());
    let text = wanted.and_then(|code| found.into_iter().find(|(key, _)| *key == key_of(code)));
    let mut damaged = false;
    let open = text.and_then(|(key, text)| match Desk::from_text(&text) {
        Ok(room) => {
            let drawer = Drawer::new(shelf.clone(), key, Some(text));
            Some((Rc::new(drawer), Rc::new(room)))
        }
        Err(_) => {
            damaged = true;
            None
        }
    });
    Ok(Rooms::Here {
        shelf,
        codes: codes.into(),
        open,
        damaged,
    })
}

/// The room's operator: it reads what pockets show, and stores before it
/// answers.
#[component]
pub fn Room(props: &RoomProps) -> Html {
    let words = use_words();
    let says = Glossary::of_pockets(&words);
    let rooms = use_state(|| Rooms::Opening);
    let answer = use_state_eq(|| None::<Answer>);
    let trouble = use_state_eq(|| None::<Trouble>);
    let busy = use_state_eq(|| false);
    {
        let rooms = rooms.setter();
        use_effect_with((), move |()| {
            spawn_local(async move {
                let looked = match shelf().await {
                    Ok(shelf) => look(shelf, None).await,
                    Err(error) => Err(error),
                };
                rooms.set(looked.unwrap_or_else(Rooms::None));
            });
        });
    }
    let (shelf, codes, open, damaged) = match &*rooms {
        Rooms::Opening => return Html::default(),
        Rooms::None(error) => {
            return notice(&props!(NoticeProps {
                tone: Tone::Trouble,
                text: trouble_of(&says, &Trouble::Store(error.clone())),
            }));
        }
        Rooms::Here {
            shelf,
            codes,
            open,
            damaged,
        } => (shelf, codes, open, *damaged),
    };
    // Another room, new or known.
    let goto = {
        let (rooms, shelf) = (rooms.setter(), shelf.clone());
        let (answer, trouble) = (answer.setter(), trouble.setter());
        move |code: RoomCode, made: Option<String>| {
            let (rooms, shelf, trouble) = (rooms.clone(), shelf.clone(), trouble.clone());
            answer.set(None);
            trouble.set(None);
            spawn_local(async move {
                let stored = match made {
                    Some(text) => {
                        let drawer = Drawer::new(shelf.clone(), key_of(code), None);
                        drawer.put(text).await.map(drop)
                    }
                    None => Ok(()),
                };
                let looked = match stored {
                    Ok(()) => look(shelf, Some(code)).await,
                    Err(error) => Err(error),
                };
                match looked {
                    Ok(looked) => rooms.set(looked),
                    Err(error) => trouble.set(Some(error.into())),
                }
            });
        }
    };
    let onopen = {
        let (goto, trouble, seed) = (goto.clone(), trouble.setter(), props.seed);
        move |_: MouseEvent| {
            let code = RoomCode::new(seed, now());
            match Desk::open(code) {
                Ok(room) => goto(code, Some(room.to_text())),
                Err(refusal) => trouble.set(Some(refusal.into())),
            }
        }
    };
    let onread = {
        let (rooms, open, answer) = (rooms.clone(), open.clone(), answer.setter());
        let (trouble, busy) = (trouble.setter(), busy.clone());
        Callback::from(move |brought: Brought| {
            let (Brought::Message(bytes), Some((drawer, room)), false) = (brought, &open, *busy)
            else {
                return trouble.set(Some(Trouble::Plain("pocket-unreadable")));
            };
            match room.read(&bytes, now()) {
                Err(refusal) => {
                    answer.set(None);
                    trouble.set(Some(refusal.into()));
                }
                Ok((next, given)) => {
                    busy.set(true);
                    let (drawer, rooms, busy) = (drawer.clone(), rooms.clone(), busy.setter());
                    let (answer, trouble) = (answer.clone(), trouble.clone());
                    spawn_local(async move {
                        match drawer.put(next.to_text()).await {
                            Ok(true) => {
                                trouble.set(None);
                                answer.set(Some(given));
                                if let Rooms::Here { shelf, codes, .. } = &*rooms {
                                    rooms.set(Rooms::Here {
                                        shelf: shelf.clone(),
                                        codes: codes.clone(),
                                        open: Some((drawer, Rc::new(next))),
                                        damaged: false,
                                    });
                                }
                            }
                            Ok(false) => {
                                trouble.set(Some(Trouble::Plain("pocket-elsewhere")));
                                if let Rooms::Here { shelf, .. } = &*rooms {
                                    let looked = look(shelf.clone(), Some(next.code())).await;
                                    rooms.set(looked.unwrap_or_else(Rooms::None));
                                }
                            }
                            Err(error) => trouble.set(Some(error.into())),
                        }
                        busy.set(false);
                    });
                }
            }
        })
    };
    let trouble = trouble.as_ref().map(|trouble| {
        notice(&props!(NoticeProps {
            tone: Tone::Trouble,
            text: trouble_of(&says, trouble),
        }))
    });
    let another = |kind: ButtonKind, key: &str| {
        button(&props!(ButtonProps {
            kind,
            onclick: onopen.clone(),
            says: says.say(key),
        }))
    };
    let Some((_, room)) = open else {
        let each = words.figures().amount(LOADED);
        return html! {
            <div class="room">
                <p class="register-what">{ says.say("room-what") }</p>
                if damaged {
                    <p class="field-error">{ says.say("room-damaged") }</p>
                }
                <p>{ says.tell("room-none", &[("amount", (&each).into())]) }</p>
                { for trouble }
                { another(ButtonKind::Primary, "room-open") }
            </div>
        };
    };
    let onchange = {
        let goto = goto.clone();
        move |code: AttrValue| {
            if let Some(code) = RoomCode::read(&code) {
                goto(code, None);
            }
        }
    };
    let opened = |code: &RoomCode| words.figures().moment(&local(code.opened, ahead()));
    html! {
        <div class="room">
            <p class="register-what">{ says.say("room-what") }</p>
            <div class="room-bar">
                if codes.len() > 1 {
                    { select(&props!(SelectProps {
                        id: "room-which",
                        label: says.say("room-which"),
                        value: room.code().text(),
                        choices: codes.iter().map(|code| Choice {
                            value: code.text().into(),
                            label: opened(code).into(),
                        }).collect::<Vec<_>>(),
                        onchange,
                    })) }
                }
                { another(ButtonKind::Plain, "room-another") }
            </div>
            <div class="room-desk">
                { entrance(&says, room.code()) }
                <div class="room-read">
                    { for trouble }
                    if let Some(answer) = &*answer {
                        { given(&says, answer) }
                    }
                    <Reading ..props!(ReadingProps { title: says.say("room-read"), onread }) />
                </div>
                { told(&words, room, ahead()) }
            </div>
        </div>
    }
}

/// The code by which a seat is taken.
fn entrance(says: &Glossary<'_>, code: RoomCode) -> Html {
    let address = page_address();
    let link = format!("{address}#/pocket/room/{}", code.text());
    let own = format!("{address}#/pocket");
    let picture = QrCode::of(&link);
    html! {
        <section class="room-enter" aria-label={says.say("room-enter")}>
            <h3>{ says.say("room-enter") }</h3>
            { for picture.map(|code| qr_view(&props!(QrProps { code, label: says.say("room-enter") }))) }
            <p>{ says.say("room-link") }<br /><a class="room-link" href={link.clone()} target="_blank" rel="noopener">{ link.clone() }</a></p>
            <p class="pocket-toy">{ says.say("room-toy") }</p>
            <p class="pocket-aside">{ says.tell("room-own", &[("link", (&own).into())]) }</p>
        </section>
    }
}

/// What a pocket gets, and what was found by what it showed.
fn given(says: &Glossary<'_>, answer: &Answer) -> Html {
    let whose = who(says, answer.serial);
    let key = match (answer.again, answer.refused, answer.kind) {
        (true, ..) => "room-answered-again",
        (_, true, _) => "room-answered-no",
        (.., Kind::Hello) => "room-answered-hello",
        (.., Kind::Sync) => "room-answered-sync",
        _ => "room-answered-ask",
    };
    let kind = if answer.kind == Kind::Hello {
        "welcome"
    } else {
        "answer"
    };
    let named = [("who", (&whose).into())];
    html! {
        <div class="room-answer">
            <p role="status">
                <strong>{ says.tell(key, &named) }</strong>
                if answer.found > 0 {
                    { " " }{ says.tell("room-found-now", &[("count", answer.found.into())]) }
                }
            </p>
            <Shown ..props!(ShownProps {
                title: says.tell(&format!("pocket-show-{kind}"), &named),
                what: says.say(&format!("pocket-kind-{kind}")),
                bytes: Rc::<[u8]>::from(&*answer.bytes),
            }) />
        </div>
    }
}

/// What the room knows: what was found, and how each pocket stands.
fn told(words: &Speech, room: &Desk, ahead: i32) -> Html {
    let says = Glossary::of_pockets(words);
    let figures = words.figures();
    let known = |seat: &&Seat| seat.serial >= FIRST_OWN || seat.syncs > 0 || seat.revoked;
    let seats: Vec<&Seat> = room.seats().filter(known).collect();
    let quiet = room.seats().filter(|seat| seat.syncs == 0);
    let quiet = quiet.filter(|seat| seat.serial <= SEATS).count();
    let lost = figures.amount(room.honoured());
    html! {
        <div class="room-told">
            <section class="room-found" aria-label={says.say("room-found")}>
                <h3>{ says.say("room-found") }</h3>
                if room.found().is_empty() {
                    <p class="empty">{ says.say("room-found-none") }</p>
                }
                <ul>{ for room.found().iter().map(|it| html! { <li class="finding">{ finding(words, &says, it) }</li> }) }</ul>
                if room.honoured() > 0 {
                    <p>{ says.tell("room-honoured", &[("amount", (&lost).into())]) }</p>
                }
            </section>
            <section class="room-seats" aria-label={says.say("room-seats")}>
                <h3>{ says.say("room-seats") }</h3>
                if !seats.is_empty() {
                    <table class="room-table">
                        <thead><tr>
                            { for ["room-seat-who", "room-seat-holds", "room-seat-reported", "room-seat-state"].iter().map(|key| html! {
                                <th scope="col">{ says.say(key) }</th>
                            }) }
                        </tr></thead>
                        <tbody>{ for seats.into_iter().map(|seat| {
                            let state = if seat.revoked { "room-seat-revoked" } else { "room-seat-good" };
                            let reported = match seat.synced {
                                Some(at) => figures.moment(&local(at, ahead)),
                                None => says.say("room-seat-never"),
                            };
                            html! {
                                <tr key={seat.serial} class={classes!(seat.revoked.then_some("room-caught"))}>
                                    <th scope="row">{ who(&says, seat.serial) }</th>
                                    <td class="number">{ figures.amount(seat.balance) }</td>
                                    <td>{ reported }</td>
                                    <td>{ says.say(state) }</td>
                                </tr>
                            }
                        }) }</tbody>
                    </table>
                }
                <p class="pocket-aside">
                    { says.tell("room-quiet", &[("count", quiet.into())]) }{ " " }
                    { says.tell("room-stored", &[("count", room.taken().into())]) }
                </p>
            </section>
        </div>
    }
}

fn finding(words: &Speech, says: &Glossary<'_>, it: &Found) -> Html {
    let trace: Vec<Handover> = it
        .finding
        .trace
        .iter()
        .map(|hop| Handover {
            from: who(says, hop.from),
            to: who(says, hop.to),
            amount: hop.amount,
            is_twice: hop.twice,
        })
        .collect();
    let what = words.say(&format!("found-{}", it.finding.what.key()));
    let named = it.finding.named.map(|serial| who(says, serial));
    found(words, &what, it.finding.amount, named.as_deref(), &trace)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::figures::Figures;
    use crate::fixture::drawn;
    use crate::store::Memory;
    use crate::words::{Language, Words};
    use exchequer::pocket::{Act, Moment, Pocket};

    const MORNING: i64 = 1_793_523_600_000;

    fn code() -> RoomCode {
        RoomCode::new(7, MORNING)
    }

    fn does(pocket: &Pocket, act: Act, minute: i64) -> Pocket {
        let at = Moment {
            now: MORNING + minute * 60_000,
            entropy: [u8::try_from(minute).unwrap(); 32],
        };
        pocket.step(act, at).unwrap().pocket
    }

    /// Seat 7 on two phones pays two others, who both report.
    fn cheated() -> Desk {
        let mut room = Desk::open(code()).unwrap();
        let seat = |number| Pocket::toy(code(), number).unwrap();
        for (payee, minute) in [(1, 1), (2, 11)] {
            let payee = does(&seat(payee), Act::Request { amount: 3_000 }, minute);
            let request = payee.shown().unwrap().to_vec();
            let payer = does(&seat(7), Act::Pay { request }, minute + 1);
            let paid = payer.shown().unwrap().to_vec();
            let payee = does(&payee, Act::Read(paid), minute + 2);
            let payee = does(&payee, Act::Sync, minute + 3);
            let report = payee.shown().unwrap();
            room = room
                .read(report, MORNING + (minute + 4) * 60_000)
                .unwrap()
                .0;
        }
        room
    }

    async fn shown(language: Language, room: Desk) -> String {
        drawn(move |_| {
            let words = Speech::new(Words::new(language, Figures::plain(2)));
            told(&words, &room, 480)
        })
        .await
    }

    #[tokio::test]
    async fn a_double_spend_names_the_seat_and_the_way_of_the_value() {
        let html = shown(Language::English, cheated()).await;
        for expected in [
            "trace-twice",
            "Seat 7",
            "Seat 2",
            "30.00",
            "caught, revoked",
            "58 seats have not reported",
        ] {
            assert!(html.contains(expected), "{expected}: {html}");
        }
        let quiet = shown(Language::English, Desk::open(code()).unwrap()).await;
        assert!(quiet.contains("Nothing was spent twice"), "{quiet}");
    }

    #[tokio::test]
    async fn every_word_is_there_in_both_languages() {
        for language in Language::BUILT_IN {
            let html = shown(language, cheated()).await;
            let bare = html
                .split('>')
                .any(|it| it.starts_with("room-") || it.starts_with("pocket-"));
            assert!(!bare, "{language:?}: {html}");
        }
    }

    #[tokio::test]
    async fn the_latest_room_opens_and_a_damaged_one_is_told() {
        let shelf = Rc::new(Memory::default());
        let earlier = RoomCode::new(7, MORNING - 86_400_000);
        for code in [earlier, code()] {
            shelf.put(&key_of(code), &Desk::open(code).unwrap().to_text());
        }
        let opened = async |wanted| match look(shelf.clone(), wanted).await.unwrap() {
            Rooms::Here {
                open,
                damaged,
                codes,
                ..
            } => {
                assert_eq!(codes.len(), 2);
                (open.map(|(_, room)| room.code()), damaged)
            }
            Rooms::Opening | Rooms::None(_) => (None, false),
        };
        assert_eq!(opened(None).await, (Some(code()), false));
        assert_eq!(opened(Some(earlier)).await, (Some(earlier), false));
        shelf.put(&key_of(code()), "exchequer-room 1 7-0 00");
        assert_eq!(opened(None).await, (None, true));
    }
}
