//! The code by which a wallet is paid: one for every payment, or one with a sum.

use exchequer::picture::code_to_show;
use exchequer::views::Address;
use yew::prelude::*;
use yew::props;

use crate::share::{QrCode, QrProps, qr_view};
use crate::ui::{EntryProps, entry};
use crate::words::use_words;

/// Properties of [`Code`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CodeProps {
    /// By what the wallet is paid.
    pub(super) address: Address,
    /// Whether it is shown at once, as at a till.
    pub(super) open: bool,
    /// The currency's code and decimals.
    pub(super) currency: (String, u8),
    /// Told whose code is shown, and which.
    pub(super) onshow: Callback<(String, String)>,
}

/// The code, to be scanned by another phone.
#[component]
pub(super) fn Code(props: &CodeProps) -> Html {
    let words = use_words();
    let sum = use_state_eq(String::new);
    let (currency, decimals) = &props.currency;
    let code = code_to_show(&props.address, (currency, *decimals), &sum);
    {
        let shown = code.clone().filter(|_| props.open || !sum.is_empty());
        let (onshow, name) = (props.onshow.clone(), props.address.name.clone());
        use_effect_with(shown, move |shown| {
            if let Some(code) = shown.clone() {
                onshow.emit((name, code));
            }
        });
    }
    let oninput = {
        let sum = sum.setter();
        Callback::from(move |value| sum.set(value))
    };
    let label = words.tell(
        "code-label",
        &[("name", (&words.name(&props.address.name)).into())],
    );
    let error = (code.is_none() && !sum.is_empty()).then(|| words.say("code-no-sum"));
    let picture = code.as_ref().and_then(|text| QrCode::of(text));
    html! {
        <details class="phone-code" open={props.open}>
            <summary>{ words.say("code-show") }</summary>
            { for picture.map(|code| qr_view(&props!(QrProps { code, label: label.clone() }))) }
            { entry(&props!(EntryProps {
                label: words.say("code-sum"),
                id: "code-sum",
                value: (*sum).clone(),
                hint: Some(AttrValue::from(words.say("code-sum-hint"))),
                error: error.map(AttrValue::from),
                oninput,
            })) }
            <p class="phone-aside">{ words.tell("code-account", &[("number", props.address.account.as_str().into())]) }
                if let Some(alias) = &props.address.alias { { " · " }{ alias.clone() } }
            </p>
            if let Some(code) = code {
                <code class="phone-code-text">{ code }</code>
            }
        </details>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture;

    #[tokio::test]
    async fn a_till_shows_its_code_as_a_picture_and_as_text() {
        let props = CodeProps {
            address: Address {
                name: "Noodles".to_owned(),
                account: "EX40000001".to_owned(),
                alias: Some("noodles@summit".to_owned()),
                code: None,
            },
            open: true,
            currency: ("CNY".to_owned(), 2),
            onshow: Callback::noop(),
        };
        let html = fixture::drawn(move |_| html! { <Code ..props.clone() /> }).await;
        assert!(
            html.contains("role=\"img\"") && html.contains("qr-dark"),
            "{html}"
        );
        assert!(
            html.contains("noodles@summit") && html.contains(">000201"),
            "{html}"
        );
        assert!(html.contains("EX40000001"), "{html}");
    }
}
