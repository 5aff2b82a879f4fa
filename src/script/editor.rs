//! The script editor: a text field with a drawing under it.
//!
//! The field is the real control, so selection, input methods and assistive
//! technology work as everywhere. It is transparent; what is seen is the
//! drawing, which wraps and scrolls with it. Everything typed or clicked goes
//! through the one history, which is also what undo and redo take back.

use std::ops::Range;
use std::rc::Rc;

use exchequer::script::Completion;
use yew::prelude::*;
use yew::props;

use super::field::{self, Report};
use super::paint::{PaintedLine, line_id, marks_by_line};
use super::place::{line_of, moved};
use super::{Offers, Remark, Remarks, Severity};
use crate::browser;
use crate::history::{Action, History, Origin};
use crate::ui::{ButtonKind, ButtonProps, button, hidden};
use crate::words::{Say, Words, use_words};

/// Beyond so many lines tokens are no longer told apart, so that a huge text
/// stays quick to type in.
const PLAIN_ABOVE: usize = 3_000;

const FIELD: &str = "script-field";
const OFFERS: &str = "script-offers";

/// A question about the text at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The text.
    pub text: Rc<str>,
    /// The place, in bytes.
    pub at: usize,
}

/// What the editor needs to know, and whom it tells.
#[derive(Clone, PartialEq, Properties)]
pub struct EditorProps {
    /// The text with its past.
    pub history: UseReducerHandle<History>,
    /// What was found wrong with it.
    #[prop_or_default]
    pub remarks: Remarks,
    /// What could stand at the caret, as last answered.
    #[prop_or_default]
    pub offers: Option<Rc<Offers>>,
    /// Asks for what could stand at the caret.
    #[prop_or_default]
    pub on_offers: Callback<Ask>,
    /// The word at the caret or pointer and what it means, as last answered.
    #[prop_or_default]
    pub help: Option<(String, String)>,
    /// Asks what a word means.
    #[prop_or_default]
    pub on_help: Callback<Ask>,
    /// The first line that cannot be played; those below wait for it.
    #[prop_or_default]
    pub waits_for: Option<u32>,
    /// The line of the beat being shown.
    #[prop_or_default]
    pub playing: Option<u32>,
    /// Puts the text into its canonical form.
    #[prop_or_default]
    pub on_format: Option<Callback<()>>,
}

/// Whether offers are wanted, and which of them is chosen.
#[derive(Clone, Copy, PartialEq)]
enum Offering {
    No,
    /// While typing: only if something was begun.
    Typing(usize),
    /// On request.
    Asked(usize),
}

/// The script editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let EditorProps {
        history,
        remarks,
        offers,
        help,
        waits_for,
        playing,
        ..
    } = props;
    let words = use_words();
    let node = use_node_ref();
    let list = use_node_ref();
    let anchor = use_node_ref();
    let offering = use_state_eq(|| Offering::No);
    // What is being composed: shown, but no edit yet.
    let draft = use_state_eq(|| None::<Rc<str>>);
    let composing = use_mut_ref(|| false);
    let typed = use_mut_ref(|| false);
    // The history as of now, for listeners set up once.
    let latest = use_mut_ref(|| history.clone());
    latest.replace(history.clone());

    let text = history.text().clone();
    let shown = (*draft).clone().unwrap_or_else(|| text.clone());
    let caret = history.selection().end;
    // The field's own; later texts are put into it.
    let first = use_memo((), |()| AttrValue::from(text.to_string()));

    // Takes over what the field says now.
    let take = {
        let (node, latest, typed) = (node.clone(), latest.clone(), typed.clone());
        Callback::from(move |()| {
            let Some(field) = field::field(&node) else {
                return;
            };
            let (text, selection) = field::composed(&field);
            let history = latest.borrow().clone();
            typed.replace(text != **history.text());
            history.dispatch(Action::Change {
                text: text.into(),
                selection,
                origin: Origin::Typed(js_sys::Date::now() as i64),
            });
        })
    };

    {
        let (node, latest, composing) = (node.clone(), latest.clone(), composing.clone());
        let (take, draft) = (take.clone(), draft.setter());
        use_effect_with((), move |()| {
            let listeners = field::field(&node).map(|field| {
                let heard = field.clone();
                field::listen(&field, move |report| {
                    let history = latest.borrow().clone();
                    match report {
                        Report::Before(kind) => {
                            match kind.as_str() {
                                "historyUndo" => history.dispatch(Action::Undo),
                                "historyRedo" => history.dispatch(Action::Redo),
                                _ => {
                                    let selection = field::selection(&heard, history.text());
                                    if !*composing.borrow() && selection != history.selection() {
                                        history.dispatch(Action::Select(selection));
                                    }
                                    return false;
                                }
                            }
                            true
                        }
                        Report::Composing => {
                            composing.replace(true);
                            false
                        }
                        Report::Composed => {
                            composing.replace(false);
                            draft.set(None);
                            take.emit(());
                            false
                        }
                    }
                })
            });
            move || drop(listeners)
        });
    }

    let oninput = {
        let (node, composing, take, draft) = (
            node.clone(),
            composing.clone(),
            take.clone(),
            draft.setter(),
        );
        Callback::from(move |_: InputEvent| {
            if !*composing.borrow() {
                take.emit(());
            } else if let Some(field) = field::field(&node) {
                draft.set(Some(field.value().into()));
            }
        })
    };

    // After every change: the field shows the text, and what could stand at
    // the caret is asked for.
    {
        let (node, composing, typed) = (node.clone(), composing.clone(), typed.clone());
        let (history, offering, on_offers) =
            (history.clone(), offering.clone(), props.on_offers.clone());
        use_effect_with(history.revision(), move |_| {
            let typed = typed.replace(false);
            let selection = history.selection();
            if !*composing.borrow()
                && let Some(field) = field::field(&node)
                && field::show(&field, history.text(), &selection)
            {
                browser::reveal(&line_id(line_of(history.text(), selection.end)));
            }
            if typed && selection.is_empty() {
                offering.set(Offering::Typing(0));
                on_offers.emit(Ask {
                    text: history.text().clone(),
                    at: selection.end,
                });
            } else {
                offering.set(Offering::No);
            }
        });
    }

    let shows = showing(*offering, offers.as_deref(), &text, caret);
    // The popup opens where the word begun begins.
    let opens_at = shows
        .as_ref()
        .map(|(offers, chosen)| offers.list[*chosen].replace.start);
    {
        let (anchor, list) = (anchor.clone(), list.clone());
        let chosen = shows.as_ref().map(|(_, chosen)| *chosen);
        use_effect_with((opens_at, chosen), move |(_, chosen)| {
            if let (Some((left, top)), Some(list)) =
                (field::below(&anchor), list.cast::<web_sys::Element>())
            {
                browser::style(
                    &list,
                    &[
                        ("--left", format!("{left}px")),
                        ("--top", format!("{top}px")),
                    ],
                );
            }
            if let Some(chosen) = chosen {
                browser::reveal(&offer_id(*chosen));
            }
        });
    }

    use_effect_with(*playing, {
        let node = node.clone();
        move |playing: &Option<u32>| {
            // Whoever is writing is not carried off by what is playing.
            let writing = field::field(&node).is_some_and(|field| field::has_focus(&field));
            if let Some(line) = playing.filter(|_| !writing) {
                browser::reveal(&line_id(line as usize));
            }
        }
    });

    let click = {
        let history = history.clone();
        Callback::from(move |(range, with): (Range<usize>, String)| {
            let text = history.text();
            let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..))
            else {
                return;
            };
            let caret = range.start + with.len();
            let text = [before, &with, after].concat().into();
            let origin = Origin::Clicked;
            history.dispatch(Action::Change {
                text,
                selection: caret..caret,
                origin,
            });
        })
    };

    let accept = {
        let (click, node, offers) = (click.clone(), node.clone(), offers.clone());
        Callback::from(move |chosen: usize| {
            if let Some(offers) = &offers
                && let Some(offer) = offers.list.get(chosen)
            {
                click.emit((offer.replace.clone(), offer.insert.clone()));
            }
            if let Some(field) = field::field(&node) {
                let _ = field.focus();
            }
        })
    };

    let onkeydown = {
        let (history, offering, accept) = (history.clone(), offering.clone(), accept.clone());
        let (node, on_offers, on_format) = (
            node.clone(),
            props.on_offers.clone(),
            props.on_format.clone(),
        );
        let shows = shows
            .as_ref()
            .map(|(offers, chosen)| (offers.list.len(), *chosen));
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let control = event.ctrl_key() || event.meta_key();
            let taken = match (event.key().as_str(), control, shows) {
                ("z", true, _) => {
                    history.dispatch(Action::Undo);
                    true
                }
                ("Z" | "y", true, _) => {
                    history.dispatch(Action::Redo);
                    true
                }
                (" ", true, _) => {
                    if let Some(field) = field::field(&node) {
                        let selection = field::selection(&field, history.text());
                        let at = selection.end;
                        history.dispatch(Action::Select(selection));
                        offering.set(Offering::Asked(0));
                        on_offers.emit(Ask {
                            text: history.text().clone(),
                            at,
                        });
                    }
                    true
                }
                ("F", false, _) if event.alt_key() && event.shift_key() => {
                    if let Some(on_format) = &on_format {
                        on_format.emit(());
                    }
                    true
                }
                ("ArrowDown", false, Some((count, chosen))) => {
                    offering.set(Offering::Asked((chosen + 1) % count));
                    true
                }
                ("ArrowUp", false, Some((count, chosen))) => {
                    offering.set(Offering::Asked((chosen + count - 1) % count));
                    true
                }
                ("Enter" | "Tab", false, Some((_, chosen))) if !event.shift_key() => {
                    accept.emit(chosen);
                    true
                }
                ("Escape", _, Some(_)) => {
                    offering.set(Offering::No);
                    true
                }
                _ => false,
            };
            if taken {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };

    // The caret went somewhere without an edit.
    let onmoved = {
        let (node, history, offering, on_help, composing) = (
            node.clone(),
            history.clone(),
            offering.clone(),
            props.on_help.clone(),
            composing.clone(),
        );
        Callback::from(move |()| {
            let Some(field) = field::field(&node) else {
                return;
            };
            let text = history.text();
            // A key's own edit has been taken over already.
            if *composing.borrow() || field.value() != **text {
                return;
            }
            let selection = field::selection(&field, text);
            if selection != history.selection() {
                offering.set(Offering::No);
                on_help.emit(Ask {
                    text: text.clone(),
                    at: selection.end,
                });
                history.dispatch(Action::Select(selection));
            }
        })
    };

    let onpointermove = {
        let (history, on_help) = (history.clone(), props.on_help.clone());
        Callback::from(move |event: PointerEvent| {
            if event.buttons() == 0
                && let Some(at) = field::byte_at(history.text(), event.client_x(), event.client_y())
            {
                on_help.emit(Ask {
                    text: history.text().clone(),
                    at,
                });
            }
        })
    };

    let go_to = {
        let (node, history) = (node.clone(), history.clone());
        Callback::from(move |range: Range<usize>| {
            let Some(field) = field::field(&node) else {
                return;
            };
            let _ = field.focus();
            field::select(&field, history.text(), &range);
            browser::reveal(&line_id(line_of(history.text(), range.start)));
            history.dispatch(Action::Select(range));
        })
    };

    let current = remarks.on(&shown);
    let marks = marks_by_line(&shown, &current);
    let tokens = marks.len() <= PLAIN_ABOVE;
    let mut start = 0;
    let lines: Html = shown
        .split('\n')
        .zip(marks)
        .zip(1..)
        .map(|((line, marks), number)| {
            let here = start..=start + line.len();
            let cut = opens_at.filter(|at| here.contains(at)).map(|at| at - start);
            start += line.len() + 1;
            html! {
                <PaintedLine
                    key={number}
                    text={line.to_owned()}
                    {number}
                    {marks}
                    {tokens}
                    playing={playing.is_some_and(|line| line as usize == number)}
                    waiting={waits_for.is_some_and(|line| number > line as usize)}
                    {cut}
                    anchor={anchor.clone()}
                />
            }
        })
        .collect();

    let errors = current
        .iter()
        .filter(|remark| remark.severity == Severity::Error)
        .count();
    let summary = match (errors, *waits_for) {
        (0, _) if current.is_empty() => words.say("script-fine"),
        (0, _) => words.tell("script-warnings", &[("count", current.len().into())]),
        (_, Some(line)) => words.tell(
            "script-waits",
            &[("count", errors.into()), ("line", Say::Count(line.into()))],
        ),
        (_, None) => words.tell("script-errors", &[("count", errors.into())]),
    };

    html! {
        <section class="script-editor" aria-label={words.say("script-title")}>
            <div class="script-tools">
                <p id="script-summary" class={classes!("script-summary", (errors > 0).then_some("is-wrong"))} role="status">
                    { summary }
                </p>
                { button(&props!(ButtonProps {
                    disabled: !history.can_undo(),
                    shortcut: "Ctrl+Z",
                    onclick: does(history, Action::Undo),
                    says: words.say("script-undo"),
                })) }
                { button(&props!(ButtonProps {
                    disabled: !history.can_redo(),
                    shortcut: "Ctrl+Shift+Z",
                    onclick: does(history, Action::Redo),
                    says: words.say("script-redo"),
                })) }
                if let Some(on_format) = props.on_format.clone() {
                    { button(&props!(ButtonProps {
                        shortcut: "Alt+Shift+F",
                        onclick: on_format.reform(|_: MouseEvent| ()),
                        says: words.say("script-format"),
                    })) }
                }
            </div>
            <div class="script-scroll">
                <div class="script-page">
                    <div class="script-paint" aria-hidden="true">{ lines }</div>
                    <textarea
                        ref={node.clone()}
                        id={FIELD}
                        class="script-field"
                        aria-label={words.say("script-label")}
                        aria-describedby="script-summary script-keys"
                        aria-invalid={(errors > 0).then_some("true")}
                        aria-autocomplete="list"
                        aria-controls={shows.is_some().then_some(OFFERS)}
                        aria-activedescendant={shows.as_ref().map(|(_, chosen)| offer_id(*chosen))}
                        autocapitalize="off"
                        autocomplete="off"
                        autocorrect="off"
                        spellcheck="false"
                        translate="no"
                        defaultvalue={(*first).clone()}
                        {oninput}
                        {onkeydown}
                        onkeyup={onmoved.reform(|_| ())}
                        onpointerup={onmoved.reform(|_| ())}
                        onfocus={onmoved.reform(|_| ())}
                        {onpointermove}
                        onblur={let offering = offering.clone(); move |_| offering.set(Offering::No)}
                    />
                    if let Some((offers, chosen)) = &shows {
                        <ul ref={list} id={OFFERS} class="script-offers" role="listbox" aria-label={words.say("script-offers")}>
                            { for offers.list.iter().enumerate().map(|(index, offer)| drawn_offer(index, offer, index == *chosen, &accept)) }
                        </ul>
                    }
                </div>
            </div>
            <div id="script-keys">{ hidden(words.say("script-keys")) }</div>
            <p class="script-help">
                if let Some((word, means)) = help {
                    <code>{ word.clone() }</code>{ " " }{ means.clone() }
                } else {
                    { words.say("script-help") }
                }
            </p>
            if !current.is_empty() {
                <ol class="script-remarks" aria-label={words.say("script-remarks")}>
                    { for current.iter().map(|remark| drawn_remark(&words, &shown, remark, &go_to, &click)) }
                </ol>
            }
        </section>
    }
}

fn does(history: &UseReducerHandle<History>, action: Action) -> Callback<MouseEvent> {
    let history = history.clone();
    Callback::from(move |_| history.dispatch(action.clone()))
}

fn drawn_remark(
    words: &Words,
    text: &str,
    remark: &Remark,
    go_to: &Callback<Range<usize>>,
    replace: &Callback<(Range<usize>, String)>,
) -> Html {
    let class = match remark.severity {
        Severity::Error => "script-remark is-error",
        Severity::Warning => "script-remark",
    };
    let line = line_of(text, remark.range.start);
    let range = remark.range.clone();
    let suggestion = remark.suggestion.as_ref().map(|suggestion| {
        let onclick = {
            let (replace, suggestion) = (replace.clone(), suggestion.clone());
            move |_: MouseEvent| replace.emit(suggestion.clone())
        };
        button(&props!(ButtonProps {
            onclick,
            says: suggested(words, &suggestion.1)
        }))
    });
    html! {
        <li {class}>
            { button(&props!(ButtonProps {
                kind: ButtonKind::Quiet,
                onclick: go_to.reform(move |_: MouseEvent| range.clone()),
                says: words.tell("script-line", &[("line", line.into())]),
            })) }
            <span>{ remark.message.clone() }</span>
            { for suggestion }
        </li>
    }
}

/// What the button of a suggestion says.
fn suggested(words: &Words, with: &str) -> String {
    let with = with.trim();
    if with.is_empty() {
        words.say("script-take-out")
    } else {
        words.tell("script-use", &[("text", with.into())])
    }
}

fn offer_id(index: usize) -> String {
    format!("script-offer-{index}")
}

fn drawn_offer(index: usize, offer: &Completion, chosen: bool, accept: &Callback<usize>) -> Html {
    let accept = accept.clone();
    html! {
        <li
            key={index}
            id={offer_id(index)}
            class="script-offer"
            role="option"
            aria-selected={if chosen { "true" } else { "false" }}
            // The field keeps the focus.
            onpointerdown={move |event: PointerEvent| {
                event.prevent_default();
                accept.emit(index);
            }}
        >
            <code>{ &offer.label }</code>
            <span>{ &offer.doc }</span>
        </li>
    }
}

/// The offers to be shown, and which of them is chosen: only if they are for
/// this place of this text, and would change something.
fn showing(
    offering: Offering,
    offers: Option<&Offers>,
    text: &str,
    caret: usize,
) -> Option<(Offers, usize)> {
    let offers = offers.filter(|offers| *offers.text == *text && offers.at == caret)?;
    let begun = text.get(offers.list.first()?.replace.start..caret)?;
    let says_it = matches!(&offers.list[..], [only] if only.insert.trim_end() == begun);
    let chosen = match offering {
        Offering::Typing(chosen) if !begun.is_empty() && !says_it => chosen,
        Offering::Asked(chosen) => chosen,
        Offering::No | Offering::Typing(_) => return None,
    };
    let last = offers.list.len().checked_sub(1)?;
    Some((offers.clone(), chosen.min(last)))
}

impl Remarks {
    /// The remarks as they stand in this text; those touched since are left out.
    fn on(&self, text: &str) -> Vec<Remark> {
        let moved = self.list.iter().filter_map(|remark| {
            let range = moved(&self.text, text, &remark.range)?;
            let suggestion = match &remark.suggestion {
                Some((at, with)) => moved(&self.text, text, at).map(|at| (at, with.clone())),
                None => None,
            };
            Some(Remark {
                range,
                suggestion,
                ..remark.clone()
            })
        });
        moved.collect()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use exchequer::script::CompletionKind;
    use yew::LocalServerRenderer;

    #[derive(Clone, PartialEq, Properties)]
    struct HostProps {
        text: AttrValue,
        remarks: Remarks,
        waits_for: Option<u32>,
    }

    #[component]
    fn Host(props: &HostProps) -> Html {
        let text = props.text.clone();
        let history = use_reducer(move || History::new(&text));
        html! {
            <Editor {history} remarks={props.remarks.clone()} waits_for={props.waits_for} playing={1} />
        }
    }

    async fn drawn(text: &'static str, remarks: &[Remark], waits_for: Option<u32>) -> String {
        let remarks = Remarks {
            text: text.into(),
            list: remarks.into(),
        };
        let props = HostProps {
            text: text.into(),
            remarks,
            waits_for,
        };
        LocalServerRenderer::<Host>::with_props(props)
            .hydratable(false)
            .render()
            .await
    }

    fn wrong_verb() -> Remark {
        Remark {
            severity: Severity::Error,
            range: 7..10,
            message: "There is no verb “pya”.".to_owned(),
            suggestion: Some((7..10, "pay".to_owned())),
        }
    }

    #[tokio::test]
    async fn the_field_is_the_control_and_the_drawing_is_silent() {
        let html = drawn("use cny-2025@1 # here", &[], None).await;
        assert!(
            html.contains(r#"aria-label="The scenario as a script""#),
            "{html}"
        );
        assert!(html.contains(">use cny-2025@1 # here</textarea>"), "{html}");
        assert!(
            html.contains(r#"aria-hidden="true" class="script-paint""#),
            "{html}"
        );
        assert!(
            html.contains(r#"<span class="token-comment"># here</span>"#),
            "{html}"
        );
        assert!(html.contains("Every line can be played."), "{html}");
        assert!(!html.contains("aria-invalid"), "{html}");
    }

    #[tokio::test]
    async fn an_error_is_marked_in_place_listed_with_its_line_and_can_be_mended() {
        let html = drawn(
            "Alice: pya Bob 1.00\nBob: pay Alice 1.00",
            &[wrong_verb()],
            Some(1),
        )
        .await;
        assert!(html.contains(r#"script-error">pya</span>"#), "{html}");
        assert!(
            html.contains("has-error") && html.contains(r#"aria-invalid="true""#),
            "{html}"
        );
        assert!(html.contains("Line 1</button>"), "{html}");
        assert!(html.contains("There is no verb “pya”."), "{html}");
        assert!(html.contains("Use pay</button>"), "{html}");
        assert!(
            html.contains("What stands below waits for line 1."),
            "{html}"
        );
        assert_eq!(html.matches("is-waiting").count(), 1, "{html}");
        assert_eq!(html.matches("is-playing").count(), 1, "{html}");
    }

    #[tokio::test]
    async fn a_script_cannot_write_into_the_page() {
        let html = drawn("note \"</textarea><script>alert(1)</script>\"", &[], None).await;
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn offers_show_only_for_their_place_and_only_if_they_add_something() {
        let offer = |insert: &str, replace: Range<usize>| Completion {
            label: insert.to_owned(),
            insert: insert.to_owned(),
            doc: String::new(),
            kind: CompletionKind::Verb,
            replace,
        };
        let text = "Bob: pa";
        let offers = |list| Offers {
            text: text.into(),
            at: 7,
            list,
        };
        let two = offers(vec![offer("pay ", 5..7), offer("payback ", 5..7)]);
        let chosen = |offering, offers: &Offers, text: &str, caret| {
            showing(offering, Some(offers), text, caret).map(|(_, chosen)| chosen)
        };
        assert_eq!(chosen(Offering::Typing(0), &two, text, 7), Some(0));
        assert_eq!(chosen(Offering::Asked(9), &two, text, 7), Some(1));
        assert_eq!(chosen(Offering::No, &two, text, 7), None);
        // The caret or the text has moved on.
        assert_eq!(chosen(Offering::Typing(0), &two, text, 6), None);
        assert_eq!(chosen(Offering::Typing(0), &two, "Bob: pay", 7), None);
        // Nothing was begun: only on request.
        let fresh = offers(vec![offer("pay ", 7..7)]);
        assert_eq!(chosen(Offering::Typing(0), &fresh, text, 7), None);
        assert_eq!(chosen(Offering::Asked(0), &fresh, text, 7), Some(0));
        // It stands there already.
        assert_eq!(
            chosen(
                Offering::Typing(0),
                &offers(vec![offer("pa", 5..7)]),
                text,
                7
            ),
            None
        );
        assert_eq!(
            chosen(Offering::Asked(0), &offers(Vec::new()), text, 7),
            None
        );
    }
}
