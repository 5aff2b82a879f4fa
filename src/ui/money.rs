//! Money as it is written and drawn: colour says who owes it, shape says its
//! form.

use exchequer::views::{Currency, Form, Minor, Owed};
use yew::prelude::*;

use crate::words::Speech;

/// A sum: exact to twelve characters, then short, with the exact one on focus.
pub fn amount(words: &Speech, minor: Minor) -> Html {
    let (shown, exact) = words.figures().short_amount(minor);
    match exact {
        None => html! { <span class="amount">{ shown }</span> },
        Some(exact) => html! {
            <span class="amount amount-short" tabindex="0" title={exact.clone()} aria-label={exact}>
                { shown }
            </span>
        },
    }
}

/// A sum of another currency with its letters; of the run's where none is
/// named.
pub fn amount_in(words: &Speech, minor: Minor, other: Option<Currency>) -> Html {
    match other {
        Some(_) => html! {
            <span class="amount">{ words.figures().amount_in(minor, other) }</span>
        },
        None => amount(words, minor),
    }
}

/// The class of a debtor's colour.
pub const fn owed_class(owed: Owed) -> &'static str {
    match owed {
        Owed::CentralBank => "owed-central-bank",
        Owed::Bank => "owed-bank",
        Owed::Firm => "owed-firm",
        Owed::Nobody => "owed-nobody",
    }
}

/// The key of who owes it.
pub const fn owed_word(owed: Owed) -> &'static str {
    match owed {
        Owed::CentralBank => "owed-by-central-bank",
        Owed::Bank => "owed-by-bank",
        Owed::Firm => "owed-by-firm",
        Owed::Nobody => "owed-by-nobody",
    }
}

/// The key of its form.
pub const fn form_word(form: Form) -> &'static str {
    match form {
        Form::Reserves => "form-reserves",
        Form::Digital => "form-digital",
        Form::Banknote => "form-banknote",
        Form::Account => "form-account",
        Form::Purse => "form-purse",
    }
}

/// A kind of money as a small shape.
pub fn glyph(words: &Speech, form: Form, owed: Owed) -> Html {
    let label = words.tell(
        "glyph",
        &[
            ("form", (&words.say(form_word(form))).into()),
            ("owed", (&words.say(owed_word(owed))).into()),
        ],
    );
    let shape = match form {
        Form::Reserves => html! { <rect x="2" y="2" width="10" height="10" rx="1" /> },
        Form::Digital => html! { <circle cx="7" cy="7" r="5.5" /> },
        Form::Banknote => html! { <rect x="0.5" y="3.5" width="13" height="7" rx="1" /> },
        Form::Account => html! { <path d="M7 .8 13.2 7 7 13.2.8 7z" /> },
        Form::Purse => html! {
            <path fill-rule="evenodd" d="M7 .8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 7 .8zm0 2a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4zm0 1.8a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z" />
        },
    };
    html! {
        <svg class={classes!("glyph", owed_class(owed))} viewBox="0 0 14 14" role="img" aria-label={label.clone()}>
            <title>{ label }</title>
            { shape }
        </svg>
    }
}
