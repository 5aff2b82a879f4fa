//! The page of a wallet: it opens what is stored, and stores each step before
//! it shows it.

use std::rc::Rc;

use exchequer::pocket::{Act, Brought, Code, Kind, Moment, Pocket, RoomCode, sum};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew::props;

use super::Place;
use super::drawer::{Drawer, POCKETS, shelf};
use super::phone::{ahead, chance, now};
use super::told::{Trouble, trouble_of};
use super::view::{Doing, Field, ViewProps, name, seat_of, view};
use crate::browser;
use crate::settings::{Set, Settings};
use crate::share::page_fragment;
use crate::store::{Shelf, StoreError};
use crate::ui::{
    ButtonKind, ButtonProps, Choice, NoticeProps, SelectProps, Tone, button, notice, select,
};
use crate::words::{Glossary, Language, use_words};

/// Properties of [`Wallet`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct WalletProps {
    /// The reader's settings.
    pub(super) settings: UseReducerHandle<Settings>,
}

/// What is in the store.
#[derive(Clone)]
enum Stored {
    /// It has not answered yet.
    Opening,
    /// It cannot be used.
    None(StoreError),
    /// It holds this under the wallet's number.
    Here {
        drawer: Rc<Drawer>,
        pocket: Option<Rc<Pocket>>,
    },
    /// It holds what cannot be read.
    Damaged { drawer: Rc<Drawer>, text: Rc<str> },
}

/// Another wallet on this device: its number, and whose it is.
type Other = (u32, Option<Rc<Pocket>>);

fn number_of(key: &str) -> Option<u32> {
    key.strip_prefix(POCKETS)?.parse().ok()
}

/// The number of the wallet that an address means, among those there are.
fn number_at(place: &Place, others: &[Other]) -> u32 {
    let code = match place {
        Place::Number(number) => return *number,
        Place::Room(code) => RoomCode::read(code),
    };
    let seated = others.iter().find(|(_, pocket)| {
        let room = pocket.as_ref().and_then(|it| it.toy_of());
        room.is_some() && room == code
    });
    seated.map_or_else(|| free_among(others), |(number, _)| *number)
}

/// The lowest number that no wallet has.
fn free_among(others: &[Other]) -> u32 {
    let taken = |number: &u32| others.iter().any(|(it, _)| it == number);
    (1..=99).find(|number| !taken(number)).unwrap_or(99)
}

/// Looks up what an address means.
async fn open(shelf: Rc<dyn Shelf>, place: &Place) -> Result<(Stored, Vec<Other>), StoreError> {
    let found = shelf.scan(POCKETS).await?;
    let others: Vec<Other> = found
        .iter()
        .filter_map(|(key, text)| {
            Some((number_of(key)?, Pocket::from_text(text).ok().map(Rc::new)))
        })
        .collect();
    let number = number_at(place, &others);
    let key = format!("{POCKETS}{number:04}");
    let text = found.into_iter().find(|(known, _)| *known == key);
    let text = text.map(|(_, text)| text);
    let drawer = Rc::new(Drawer::new(shelf, key, text.clone()));
    Ok((read(drawer, text), others))
}

fn read(drawer: Rc<Drawer>, text: Option<String>) -> Stored {
    match text.as_deref().map(Pocket::from_text) {
        None => Stored::Here {
            drawer,
            pocket: None,
        },
        Some(Ok(pocket)) => Stored::Here {
            drawer,
            pocket: Some(Rc::new(pocket)),
        },
        Some(Err(_)) => Stored::Damaged {
            drawer,
            text: text.unwrap_or_default().into(),
        },
    }
}

/// A wallet of one's own.
#[component]
pub(super) fn Wallet(props: &WalletProps) -> Html {
    let words = use_words();
    let says = Glossary::of_pockets(&words);
    let place = use_memo((), |()| Place::of(&page_fragment()));
    let stored = use_state(|| Stored::Opening);
    let others = use_state(Vec::<Other>::new);
    let doing = use_state_eq(Doing::default);
    let trouble = use_state_eq(|| None::<Trouble>);
    let busy = use_state_eq(|| false);
    let amount = use_state_eq(String::new);
    let room = use_state_eq(|| match &*place {
        Place::Room(code) => code.clone(),
        Place::Number(_) => String::new(),
    });
    let seat = use_state_eq(String::new);
    {
        let (stored, others, place) = (stored.setter(), others.setter(), place.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                let opened = match shelf().await {
                    Ok(shelf) => open(shelf, &place).await,
                    Err(error) => Err(error),
                };
                match opened {
                    Ok((found, all)) => {
                        others.set(all);
                        stored.set(found);
                    }
                    Err(error) => stored.set(Stored::None(error)),
                }
            });
        });
    }

    // The one way in which anything changes: stored first, shown then.
    let keep = {
        let (stored, busy, trouble) = (stored.setter(), busy.clone(), trouble.setter());
        let (doing, others) = (doing.setter(), others.clone());
        move |drawer: &Rc<Drawer>, next: Pocket, refused: Option<Trouble>| {
            if *busy {
                return;
            }
            busy.set(true);
            let (drawer, stored, busy) = (drawer.clone(), stored.clone(), busy.setter());
            let (trouble, doing, others) = (trouble.clone(), doing.clone(), others.clone());
            spawn_local(async move {
                match drawer.put(next.to_text()).await {
                    Ok(true) => {
                        let pocket = Rc::new(next);
                        let mut all = (*others).clone();
                        let number = number_of(drawer.key()).unwrap_or(1);
                        all.retain(|(it, _)| *it != number);
                        all.push((number, Some(pocket.clone())));
                        all.sort_by_key(|(it, _)| *it);
                        others.set(all);
                        doing.set(Doing::Nothing);
                        trouble.set(refused);
                        stored.set(Stored::Here {
                            drawer,
                            pocket: Some(pocket),
                        });
                    }
                    // Nothing was stored, so nothing happened: what the other
                    // tab made of it is looked at first.
                    Ok(false) => match drawer.look().await {
                        Ok(text) => {
                            stored.set(read(drawer, text));
                            doing.set(Doing::Nothing);
                            trouble.set(Some(Trouble::Plain("pocket-elsewhere")));
                        }
                        Err(error) => trouble.set(Some(error.into())),
                    },
                    Err(error) => trouble.set(Some(error.into())),
                }
                busy.set(false);
            });
        }
    };
    let here = match &*stored {
        Stored::Here { drawer, pocket } => Some((drawer.clone(), pocket.clone())),
        _ => None,
    };
    let onact = {
        let (keep, here, trouble) = (keep.clone(), here.clone(), trouble.setter());
        Callback::from(move |act: Act| {
            let Some((drawer, Some(pocket))) = &here else {
                return;
            };
            let Some(entropy) = chance() else {
                return trouble.set(Some(Trouble::Plain("pocket-no-chance")));
            };
            let at = Moment {
                now: now(),
                entropy,
            };
            match pocket.step(act, at) {
                Ok(next) => keep(drawer, next.pocket, next.refused.map(Trouble::from)),
                Err(refusal) => trouble.set(Some(refusal.into())),
            }
        })
    };
    let ondoing = {
        let (doing, trouble, amount) = (doing.setter(), trouble.setter(), amount.setter());
        Callback::from(move |next| {
            trouble.set(None);
            amount.set(String::new());
            doing.set(next);
        })
    };
    let onread = {
        let (here, onact, doing) = (here.clone(), onact.clone(), doing.setter());
        let (trouble, room) = (trouble.setter(), room.setter());
        Callback::from(move |brought: Brought| {
            let pocket = here.as_ref().and_then(|(_, pocket)| pocket.clone());
            match (brought, pocket) {
                (Brought::Part(_), _) => {}
                (Brought::Room(code), None) => room.set(code.text()),
                (Brought::Room(_), Some(_)) => {
                    trouble.set(Some(Trouble::Plain("pocket-has-seat")));
                }
                (Brought::Message(bytes), Some(pocket)) => match Kind::of(&bytes) {
                    Ok(Kind::Request) => match pocket.bill(&bytes, now()) {
                        Ok(bill) => {
                            trouble.set(None);
                            doing.set(Doing::Bill(bytes.into(), bill));
                        }
                        Err(refusal) => trouble.set(Some(refusal.into())),
                    },
                    Ok(_) => onact.emit(Act::Read(bytes)),
                    Err(refusal) => trouble.set(Some(refusal.into())),
                },
                (Brought::Message(_), None) => trouble.set(Some(Code::Device.into())),
            }
        })
    };
    let onsum = {
        let (doing, amount, trouble, onact) = (
            doing.clone(),
            amount.clone(),
            trouble.setter(),
            onact.clone(),
        );
        Callback::from(move |()| {
            let Some(sum) = sum(&amount) else {
                return trouble.set(Some(Trouble::Plain("pocket-no-sum")));
            };
            match &*doing {
                Doing::Asking => onact.emit(Act::Request { amount: sum }),
                Doing::Loading => onact.emit(Act::Load { amount: sum }),
                _ => {}
            }
        })
    };
    let onnew = {
        let (keep, here, trouble) = (keep.clone(), here.clone(), trouble.setter());
        Callback::from(move |()| match (&here, chance()) {
            (Some((drawer, None)), Some(secret)) => keep(drawer, Pocket::new(secret), None),
            (_, None) => trouble.set(Some(Trouble::Plain("pocket-no-chance"))),
            _ => {}
        })
    };
    let onsit = {
        let (keep, here, trouble) = (keep.clone(), here.clone(), trouble.setter());
        let (room, seat) = (room.clone(), seat.clone());
        Callback::from(move |()| {
            let Some((drawer, None)) = &here else {
                return;
            };
            let Some(code) = RoomCode::read(&room) else {
                return trouble.set(Some(Trouble::Plain("pocket-no-room")));
            };
            let Some(number) = seat_of(&seat) else {
                return trouble.set(Some(Trouble::Plain("pocket-no-seat")));
            };
            match Pocket::toy(code, number) {
                Ok(pocket) => keep(drawer, pocket, None),
                Err(refusal) => trouble.set(Some(refusal.into())),
            }
        })
    };
    let onwrite = {
        let (amount, room, seat) = (amount.setter(), room.setter(), seat.setter());
        Callback::from(move |(field, text)| match field {
            Field::Sum => amount.set(text),
            Field::Room => room.set(text),
            Field::Seat => seat.set(text),
        })
    };

    let body = match &*stored {
        Stored::Opening => {
            html! { <p class="later" role="status">{ says.say("pocket-opening") }</p> }
        }
        Stored::None(error) => notice(&props!(NoticeProps {
            tone: Tone::Trouble,
            text: trouble_of(&says, &Trouble::Store(error.clone())),
        })),
        Stored::Damaged { drawer, text } => {
            let save = {
                let text = text.clone();
                move |_: MouseEvent| browser::download("pocket.txt", &text)
            };
            let again = {
                let (stored, drawer) = (stored.setter(), drawer.clone());
                move |_: MouseEvent| {
                    stored.set(Stored::Here {
                        drawer: drawer.clone(),
                        pocket: None,
                    });
                }
            };
            notice(&props!(NoticeProps {
                tone: Tone::Trouble,
                text: says.say("pocket-damaged"),
                children: html! { <>
                    { button(&props!(ButtonProps { kind: ButtonKind::Primary, onclick: save, says: says.say("pocket-damaged-save") })) }
                    { button(&props!(ButtonProps { onclick: again, says: says.say("pocket-damaged-again") })) }
                </> }
            }))
        }
        Stored::Here { pocket, .. } => view(
            &words,
            &props!(ViewProps {
                pocket: pocket.clone(),
                doing: (*doing).clone(),
                trouble: (*trouble).clone(),
                busy: *busy,
                sum: (*amount).clone(),
                room: (*room).clone(),
                seat: (*seat).clone(),
                clock: (now(), ahead()),
                ondoing,
                onact,
                onread,
                onwrite,
                onsum,
                onnew,
                onsit,
            }),
        ),
    };
    let own = here.as_ref().and_then(|(_, pocket)| pocket.clone());
    let title = own.as_ref().map(|pocket| name(&says, pocket));
    {
        let title = title.clone().unwrap_or_else(|| says.say("pocket-title"));
        use_effect_with(title, |title| {
            browser::set_title(&format!("{title} · Exchequer"))
        });
    }
    let number = here
        .as_ref()
        .and_then(|(drawer, _)| number_of(drawer.key()));
    html! {
        <div class="pocket">
            <header class="pocket-head">
                <h1>{ title.unwrap_or_else(|| says.say("pocket-title")) }</h1>
                <span class="toy">{ says.say("pocket-simulation") }</span>
            </header>
            <main class="pocket-body">
                if let Some(pocket) = &own {
                    if let Some(code) = pocket.toy_of() {
                        <p class="pocket-toy">
                            <strong>{ says.tell("pocket-in-room", &[("code", (&code.text()).into())]) }</strong><br />
                            { says.say("pocket-toy") }
                        </p>
                    } else {
                        <p class="pocket-aside">{ says.say("pocket-own") }</p>
                    }
                }
                { body }
            </main>
            <footer class="pocket-foot">
                if !others.is_empty() {
                    <nav aria-label={says.say("pocket-others")}>
                        <h2>{ says.say("pocket-others") }</h2>
                        <ul>
                            { for others.iter().map(|(it, pocket)| {
                                let whose = pocket.as_ref().map_or_else(|| it.to_string(), |it| name(&says, it));
                                let here = (Some(*it) == number).then_some("page");
                                html! { <li key={*it}><a href={format!("#/pocket/{it}")} aria-current={here}>{ whose }</a></li> }
                            }) }
                            if own.is_some() {
                                <li><a href={format!("#/pocket/{}", free_among(&others))}>{ says.say("pocket-another") }</a></li>
                            }
                        </ul>
                    </nav>
                }
                <div class="pocket-settings">
                    { languages(&words.say("language"), &words.say("language-browser"), &props.settings) }
                    <a href="#">{ says.say("pocket-home") }</a>
                </div>
            </footer>
        </div>
    }
}

/// The choice of a language.
fn languages(label: &str, follow: &str, settings: &UseReducerHandle<Settings>) -> Html {
    let onlanguage = settings.dispatcher();
    let browsers = Choice {
        value: "".into(),
        label: follow.to_owned().into(),
    };
    let choices: Vec<_> = [browsers]
        .into_iter()
        .chain(Language::all().map(|language| Choice {
            value: language.tag().into(),
            label: language.name().into(),
        }))
        .collect();
    select(&props!(SelectProps {
        id: "language",
        label: label.to_owned(),
        value: settings.language.map_or("", Language::tag),
        choices,
        onchange: move |tag: AttrValue| onlanguage.dispatch(Set::Language(Language::of(&tag))),
    }))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::store::Memory;

    fn code() -> RoomCode {
        RoomCode::new(7, 1_793_523_600_000)
    }

    #[tokio::test]
    async fn an_address_finds_its_wallet_and_a_room_the_seat_taken_in_it() {
        let shelf = Rc::new(Memory::default());
        let toy = Pocket::toy(code(), 7).unwrap();
        shelf.put("pocket/0001", &Pocket::new([3; 32]).to_text());
        shelf.put("pocket/0003", &toy.to_text());
        shelf.put("pocket/0004", "what is this");
        let opened = async |place: Place| {
            let (stored, others) = open(shelf.clone(), &place).await.unwrap();
            assert_eq!(others.len(), 3);
            match stored {
                Stored::Here { drawer, pocket } => (drawer.key().to_owned(), pocket),
                Stored::Damaged { drawer, .. } => (drawer.key().to_owned(), None),
                Stored::Opening | Stored::None(_) => (String::new(), None),
            }
        };
        let (key, pocket) = opened(Place::Room(code().text())).await;
        assert_eq!((&*key, pocket), ("pocket/0003", Some(Rc::new(toy))));
        let (key, pocket) = opened(Place::Room("8-1".to_owned())).await;
        assert_eq!(
            (&*key, pocket),
            ("pocket/0002", None),
            "a new seat overwrites nobody"
        );
        let (key, pocket) = opened(Place::Number(1)).await;
        assert_eq!((&*key, pocket.is_some()), ("pocket/0001", true));
        assert_eq!(opened(Place::Number(4)).await.0, "pocket/0004");
    }

    #[tokio::test]
    async fn a_damaged_wallet_is_told_and_left_as_it_is() {
        let shelf = Rc::new(Memory::default());
        shelf.put("pocket/0001", "exchequer-pocket 1 00");
        let (stored, _) = open(shelf.clone(), &Place::Number(1)).await.unwrap();
        assert!(
            matches!(&stored, Stored::Damaged { text, .. } if &**text == "exchequer-pocket 1 00")
        );
        assert_eq!(shelf.records().len(), 1);
    }
}
