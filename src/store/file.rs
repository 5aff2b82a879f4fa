//! Scenarios as files: opened by a button or dropped on the page, saved as
//! `.exq`.

use exchequer::script::FILE_BYTES;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;
use yew::props;

use crate::browser::composed;
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, Tone, button, notice};
use crate::words::{Say, Speech, use_words};

/// A file's name and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Why a file could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is larger than a scenario can be. It was not read.
    #[error("the file has {bytes} bytes; a scenario has at most {FILE_BYTES}")]
    TooLarge {
        /// How large it is.
        bytes: u64,
    },
    /// It is not UTF-8 text.
    #[error("not UTF-8 text: line {line}, byte {byte} of it")]
    NotText {
        /// The line, from 1, where it stops being text.
        line: usize,
        /// The byte of that line, from 1.
        byte: usize,
    },
    /// The browser could not read it.
    #[error("the file could not be read")]
    Unreadable,
}

/// The text in a file's bytes: without a byte order mark, its lines ended as
/// everywhere here.
pub fn text_of(bytes: &[u8]) -> Result<String, FileError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = good
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        FileError::NotText {
            line,
            byte: good.len() - start + 1,
        }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Reads a file, unless it is too large to be a scenario.
pub async fn read(file: &File) -> Result<Opened, FileError> {
    let bytes = file.size() as u64;
    if bytes > FILE_BYTES as u64 {
        return Err(FileError::TooLarge { bytes });
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| FileError::Unreadable)?;
    let text = composed(&text_of(&js_sys::Uint8Array::new(&buffer).to_vec())?);
    Ok(Opened {
        name: file.name(),
        text,
    })
}

/// A name for the file of a scenario of this title: `birth-of-a-yuan.exq`.
pub fn file_name(title: &str) -> String {
    let mut name = String::new();
    for letter in title.chars().flat_map(char::to_lowercase).take(80) {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    format!("{}.exq", if name.is_empty() { "scenario" } else { name })
}

/// What came of opening a file.
pub type OnFile = Callback<Result<Opened, FileError>>;

fn open(file: File, onfile: &OnFile) {
    let onfile = onfile.clone();
    spawn_local(async move { onfile.emit(read(&file).await) });
}

/// Properties of [`OpenFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct OpenFileProps {
    /// Called with the file chosen.
    pub onfile: OnFile,
}

/// A button that opens a file.
#[component]
pub fn OpenFile(props: &OpenFileProps) -> Html {
    let words = use_words();
    let input = use_node_ref();
    let onclick = {
        let input = input.clone();
        move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    let onchange = {
        let onfile = props.onfile.clone();
        move |event: Event| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(input) = input else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                open(file, &onfile);
            }
            // So that choosing the same file again is a change too.
            input.set_value("");
        }
    };
    html! {
        <>
            { button(&props!(ButtonProps { onclick, says: words.say("file-open") })) }
            <input ref={input} class="file-input" type="file" accept=".exq,text/plain" tabindex="-1"
                aria-label={words.say("file-open")} hidden=true {onchange} />
        </>
    }
}

/// Properties of [`DropFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct DropFileProps {
    /// Called with the file dropped.
    pub onfile: OnFile,
    /// What a file can be dropped on.
    pub children: Html,
}

/// A part of the page on which a file can be dropped.
#[component]
pub fn DropFile(props: &DropFileProps) -> Html {
    let words = use_words();
    let over = use_state_eq(|| false);
    let brings_files = |event: &DragEvent| {
        let types = event.data_transfer().map(|transfer| transfer.types());
        types.is_some_and(|types| types.includes(&"Files".into(), 0))
    };
    let ondragover = {
        let over = over.clone();
        move |event: DragEvent| {
            if brings_files(&event) {
                event.prevent_default();
                over.set(true);
            }
        }
    };
    let ondragleave = {
        let over = over.clone();
        move |event: DragEvent| {
            // Moving on to something inside is no leaving.
            if event.related_target().is_none() {
                over.set(false);
            }
        }
    };
    let ondrop = {
        let (over, onfile) = (over.clone(), props.onfile.clone());
        move |event: DragEvent| {
            if !brings_files(&event) {
                return;
            }
            event.prevent_default();
            over.set(false);
            let files = event.data_transfer().and_then(|transfer| transfer.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                open(file, &onfile);
            }
        }
    };
    html! {
        <div class={classes!("drop", over.then_some("is-over"))} {ondragover} {ondragleave} {ondrop}>
            { props.children.clone() }
            if *over {
                <p class="drop-here" aria-hidden="true">{ words.say("file-drop-here") }</p>
            }
        </div>
    }
}

/// Properties of [`file_trouble`].
#[derive(Clone, PartialEq, Properties)]
pub struct FileTroubleProps {
    /// Why the file could not be opened.
    pub error: FileError,
    /// Puts the notice away.
    pub onclose: Callback<()>,
}

/// Says why a file could not be opened. The reader's own text is untouched.
pub fn file_trouble(words: &Speech, props: &FileTroubleProps) -> Html {
    let text = match &props.error {
        FileError::TooLarge { bytes } => {
            let mebibytes = i64::try_from(bytes.div_ceil(1 << 20)).unwrap_or(i64::MAX);
            words.tell("file-too-large", &[("size", Say::Count(mebibytes))])
        }
        FileError::NotText { line, byte } => words.tell(
            "file-not-text",
            &[("line", (*line).into()), ("byte", (*byte).into())],
        ),
        FileError::Unreadable => words.say("file-unreadable"),
    };
    notice(&props!(NoticeProps {
        tone: Tone::Trouble,
        text,
        children: button(&props!(ButtonProps {
            kind: ButtonKind::Plain,
            onclick: props.onclose.reform(|_: MouseEvent| ()),
            says: words.say("close")
        }))
    }))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_as_it_is_meant() {
        assert_eq!(text_of(b"a\nb"), Ok("a\nb".to_owned()));
        assert_eq!(
            text_of("\u{feff}a\r\nb\rc".as_bytes()),
            Ok("a\nb\nc".to_owned())
        );
        assert_eq!(text_of(b""), Ok(String::new()));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        for (bytes, line, byte) in [
            (&b"\xff"[..], 1, 1),
            (b"ab\n\xc3(", 2, 1),
            (b"one\ntwo\nth\xed\xa0\x80ree", 3, 3),
            (b"cut \xe4\xb8", 1, 5),
        ] {
            assert_eq!(text_of(bytes), Err(FileError::NotText { line, byte }));
        }
    }

    #[test]
    fn a_file_is_named_after_its_scenario() {
        for (title, name) in [
            ("Birth of a yuan", "birth-of-a-yuan.exq"),
            ("一元钱的诞生", "一元钱的诞生.exq"),
            ("../../etc/passwd", "etc-passwd.exq"),
            ("  ", "scenario.exq"),
        ] {
            assert_eq!(file_name(title), name);
        }
    }

    #[tokio::test]
    async fn a_file_too_large_is_refused_with_its_size() {
        let props = FileTroubleProps {
            error: FileError::TooLarge { bytes: 50 << 20 },
            onclose: Callback::noop(),
        };
        let html = crate::fixture::drawn(move |words| file_trouble(words, &props)).await;
        assert!(html.contains("50 MB") && html.contains("1 MB"), "{html}");
    }
}
