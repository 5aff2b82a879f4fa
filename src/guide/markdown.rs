//! A chapter's Markdown as elements of the page. HTML in it is left out, so
//! nothing gets on the page but what is made here.

use std::rc::Rc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use yew::prelude::*;
use yew::props;

use super::chapter::Chapter;
use crate::ui::{ButtonKind, ButtonProps, Icon, button};
use crate::words::Glossary;

/// A section of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// What names it in addresses.
    pub(super) id: String,
    /// Its heading.
    pub(super) title: String,
}

/// A chapter as it is drawn.
pub(super) struct Article {
    /// Its sections of the first rank, in their order.
    pub(super) sections: Vec<Section>,
    /// What it says.
    pub(super) body: Html,
}

/// The id of the element with a section's heading; that of the title for none.
pub(super) fn heading_id(section: &str) -> String {
    if section.is_empty() {
        "guide-title".to_owned()
    } else {
        format!("guide-at-{section}")
    }
}

/// Where a link of a chapter leads in the app; nowhere if to a file that is not
/// part of it.
fn destination(chapter: Chapter, written: &str) -> Option<String> {
    if let Some(section) = written.strip_prefix('#') {
        return Some(chapter.link(section));
    }
    let name = written.rsplit('/').next()?;
    if let Some(slug) = name.strip_suffix(".exq") {
        return exchequer::lessons::find(slug).map(|lesson| lesson.link(1));
    }
    let beside = Chapter::of_file(name).filter(|_| written == name)?;
    Some(beside.link(""))
}

/// What a heading's code is called in addresses: as forges that show Markdown
/// name it.
fn slug(code: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    code.chars()
        .filter(kept)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// An element that is being filled.
struct Open {
    end: TagEnd,
    children: Vec<Html>,
    /// What stands in it, as text.
    text: String,
    /// The code in it, if that is all there is.
    code: Option<String>,
    /// The words behind a block's fence, or the address of a link.
    about: String,
}

struct Writer<'a> {
    chapter: Chapter,
    says: &'a Glossary<'a>,
    onplay: &'a Callback<Rc<str>>,
    open: Vec<Open>,
    /// Sections of every rank so far, to number those without a name.
    headings: usize,
    sections: Vec<Section>,
    in_head: bool,
}

/// A chapter's text as elements; `onplay` opens a scenario of it.
pub(super) fn article(
    text: &str,
    chapter: Chapter,
    says: &Glossary<'_>,
    onplay: &Callback<Rc<str>>,
) -> Article {
    let root = Open {
        end: TagEnd::HtmlBlock,
        children: Vec::new(),
        text: String::new(),
        code: None,
        about: String::new(),
    };
    let mut writer = Writer {
        chapter,
        says,
        onplay,
        open: vec![root],
        headings: 0,
        sections: Vec::new(),
        in_head: false,
    };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        writer.take(event);
    }
    let body = writer.open.pop().map(|it| it.children).unwrap_or_default();
    Article {
        sections: writer.sections,
        body: html! { <>{ for body }</> },
    }
}

impl Writer<'_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.put(html! { text.to_string() }, &text),
            Event::Code(code) => {
                if let Some(top) = self.open.last_mut() {
                    top.code = top.text.is_empty().then(|| code.to_string());
                }
                self.put(html! { <code>{ code.to_string() }</code> }, &code);
            }
            Event::SoftBreak => self.put(html! { " " }, " "),
            Event::HardBreak => self.put(html! { <br /> }, " "),
            Event::Rule => self.put(html! { <hr /> }, ""),
            _ => {}
        }
    }

    fn put(&mut self, html: Html, text: &str) {
        if let Some(top) = self.open.last_mut() {
            top.children.push(html);
            top.text.push_str(text);
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let about = match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => info.to_string(),
            Tag::Link { dest_url, .. } => dest_url.to_string(),
            _ => String::new(),
        };
        self.in_head |= matches!(tag, Tag::TableHead);
        self.open.push(Open {
            end: tag.to_end(),
            children: Vec::new(),
            text: String::new(),
            code: None,
            about,
        });
    }

    fn end(&mut self, end: TagEnd) {
        // What was begun is ended in its order; the root is never ended.
        let Some(done) = self.open.pop_if(|top| top.end == end) else {
            return;
        };
        let text = done.text.clone();
        let html = match end {
            TagEnd::Heading(level) => self.heading(level, done),
            TagEnd::CodeBlock => self.code_block(&done),
            _ => self.element(end, done),
        };
        self.in_head &= end != TagEnd::TableHead;
        self.put(html, &text);
    }

    fn element(&self, end: TagEnd, done: Open) -> Html {
        let inside = done.children;
        match end {
            TagEnd::Paragraph => html! { <p>{ for inside }</p> },
            TagEnd::BlockQuote(_) => html! { <blockquote>{ for inside }</blockquote> },
            TagEnd::List(true) => html! { <ol>{ for inside }</ol> },
            TagEnd::List(false) => html! { <ul>{ for inside }</ul> },
            TagEnd::Item => html! { <li>{ for inside }</li> },
            TagEnd::Table => html! { <table>{ for inside }</table> },
            TagEnd::TableHead => html! { <thead><tr>{ for inside }</tr></thead> },
            TagEnd::TableRow => html! { <tr>{ for inside }</tr> },
            TagEnd::TableCell if self.in_head => html! { <th scope="col">{ for inside }</th> },
            TagEnd::TableCell => html! { <td>{ for inside }</td> },
            TagEnd::Emphasis => html! { <em>{ for inside }</em> },
            TagEnd::Strong => html! { <strong>{ for inside }</strong> },
            TagEnd::Link => match destination(self.chapter, &done.about) {
                Some(href) => html! { <a {href}>{ for inside }</a> },
                None => html! { <>{ for inside }</> },
            },
            _ => html! { <>{ for inside }</> },
        }
    }

    fn heading(&mut self, level: HeadingLevel, done: Open) -> Html {
        let inside = done.children;
        if level == HeadingLevel::H1 {
            return html! { <h1 id={heading_id("")} tabindex="-1">{ for inside }</h1> };
        }
        self.headings += 1;
        let id = match done.code.filter(|code| *code == done.text) {
            Some(code) => slug(&code),
            None => self.headings.to_string(),
        };
        let html_id = heading_id(&id);
        if level == HeadingLevel::H2 {
            self.sections.push(Section {
                id,
                title: done.text,
            });
            return html! { <h2 id={html_id} tabindex="-1">{ for inside }</h2> };
        }
        html! { <h3 id={html_id} tabindex="-1">{ for inside }</h3> }
    }

    /// Code with what it is called; a scenario can be opened in the Stage.
    fn code_block(&self, done: &Open) -> Html {
        let mut words = done.about.split_whitespace();
        let language = words.next().unwrap_or_default();
        let name = words.next();
        let play = (language == "exq").then(|| {
            let (onplay, text) = (self.onplay.clone(), Rc::<str>::from(&*done.text));
            let args = [("name", name.unwrap_or_default().into())];
            let label = name.map(|_| AttrValue::from(self.says.tell("guide-play-named", &args)));
            button(&props!(ButtonProps {
                kind: ButtonKind::Plain,
                icon: Icon::Play,
                onclick: move |_: MouseEvent| onplay.emit(text.clone()),
                label,
                says: self.says.say("guide-play"),
            }))
        });
        html! {
            <figure class="guide-code">
                if let Some(name) = name {
                    <figcaption>{ name.to_owned() }</figcaption>
                }
                <pre><code>{ done.text.clone() }</code></pre>
                { for play }
            </figure>
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture::drawn;

    async fn shown(text: &'static str) -> String {
        drawn(move |words| {
            let says = Glossary::of_guide(words);
            article(text, Chapter::Verbs, &says, &Callback::noop()).body
        })
        .await
    }

    #[tokio::test]
    async fn html_in_a_chapter_never_gets_on_the_page() {
        let html =
            shown("# A\n\n<b onclick=\"x\">bold</b> `<i>`\n\n<script>x()</script>\n\nend").await;
        assert!(
            !html.contains("<b") && !html.contains("<script") && !html.contains("<i>"),
            "{html}"
        );
        assert!(html.contains("&lt;i&gt;") && html.contains("end"), "{html}");
    }

    #[tokio::test]
    async fn headings_can_be_linked_to_in_every_language() {
        let html =
            shown("# A\n\n## 第一节\n\n### `offline.pay`\n\n[there](#offlinepay)\n\n## B `c`")
                .await;
        for part in [
            "id=\"guide-title\"",
            "id=\"guide-at-1\"",
            "id=\"guide-at-offlinepay\"",
            "href=\"#/guide/verbs/offlinepay\"",
            "id=\"guide-at-3\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[tokio::test]
    async fn only_a_scenario_can_be_opened() {
        let html =
            shown("```exq lunch.exq\nuse cny-2025@1\n```\n\n```sh\nexchequer verbs\n```").await;
        assert_eq!(html.matches("<button").count(), 1, "{html}");
        assert!(html.contains("Open in the Stage: lunch.exq"), "{html}");
    }

    #[test]
    fn links_lead_to_chapters_and_lessons_and_nowhere_else() {
        let to = |written| destination(Chapter::Start, written);
        assert_eq!(to("verbs.md").as_deref(), Some("#/guide/verbs"));
        assert_eq!(to("zh-CN/README.md").as_deref(), None);
        assert_eq!(to("../embed.md"), None);
        assert_eq!(to("../../README.md"), None);
        assert_eq!(
            to("../../static/scenarios/payday.exq").as_deref(),
            Some("#/l/payday")
        );
        assert_eq!(to("https://example.org/"), None);
        assert_eq!(to("javascript:x"), None);
    }
}
