//! How a line of script is drawn: its tokens in their colours, what is wrong
//! with it underlined.

use std::ops::Range;

use exchequer::script::{TokenClass, highlight};
use yew::prelude::*;

use super::{Remark, Severity};
use crate::order::order;

/// A piece of a line that is drawn in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    range: Range<usize>,
    class: Option<TokenClass>,
    mark: Option<Severity>,
}

/// Cuts a line where the manner of drawing changes, and at `cut`.
fn pieces(
    line: &str,
    tokens: &[(Range<usize>, TokenClass)],
    marks: &[(Range<usize>, Severity)],
    cut: Option<usize>,
) -> Vec<Piece> {
    let mut edges = vec![0, line.len()];
    edges.extend(
        tokens
            .iter()
            .flat_map(|(range, _)| [range.start, range.end]),
    );
    edges.extend(marks.iter().flat_map(|(range, _)| [range.start, range.end]));
    edges.extend(cut);
    edges.retain(|edge| line.is_char_boundary(*edge));
    order(&mut edges, |a, b| a < b);
    edges.dedup();
    let within =
        |range: &Range<usize>, piece: &[usize]| range.start <= piece[0] && piece[1] <= range.end;
    edges
        .windows(2)
        .map(|piece| Piece {
            range: piece[0]..piece[1],
            class: tokens
                .iter()
                .find(|(range, _)| within(range, piece))
                .map(|(_, class)| *class),
            mark: marks
                .iter()
                .filter(|(range, _)| within(range, piece))
                .map(|(_, severity)| *severity)
                .min(),
        })
        .collect()
}

/// A line of the drawing under the text field.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PaintedLineProps {
    /// The line, without its end.
    pub text: AttrValue,
    /// Its number, from 1.
    pub number: usize,
    /// What is wrong with it, in bytes of the line.
    pub marks: Vec<(Range<usize>, Severity)>,
    /// Whether its tokens are told apart.
    pub tokens: bool,
    /// Whether the beat being shown was written here.
    pub playing: bool,
    /// Whether it waits for a line above it to be put right.
    pub waiting: bool,
    /// Where offers are to open, in bytes of the line.
    pub cut: Option<usize>,
    /// The place where offers open.
    pub anchor: NodeRef,
}

/// Draws one line. It is drawn again only when something about it changes.
#[component]
pub(super) fn PaintedLine(props: &PaintedLineProps) -> Html {
    let PaintedLineProps {
        text,
        number,
        marks,
        tokens,
        playing,
        waiting,
        cut,
        anchor,
    } = props;
    let tokens = if *tokens { highlight(text) } else { Vec::new() };
    let worst = marks.iter().map(|(_, severity)| *severity).min();
    let class = classes!(
        "script-line",
        playing.then_some("is-playing"),
        waiting.then_some("is-waiting"),
        worst.map(|severity| match severity {
            Severity::Error => "has-error",
            Severity::Warning => "has-warning",
        }),
    );
    let mut drawn = Vec::new();
    for Piece { range, class, mark } in pieces(text, &tokens, marks, *cut) {
        if *cut == Some(range.start) {
            drawn.push(html! { <i ref={anchor.clone()} class="script-anchor" /> });
        }
        let class = classes!(
            class.map(token_class),
            mark.map(|severity| match severity {
                Severity::Error => "script-error",
                Severity::Warning => "script-warning",
            }),
        );
        let piece = text[range].to_owned();
        drawn.push(if class.is_empty() {
            html! { {piece} }
        } else {
            html! { <span {class}>{piece}</span> }
        });
    }
    if *cut == Some(text.len()) {
        drawn.push(html! { <i ref={anchor.clone()} class="script-anchor" /> });
    }
    html! {
        <div {class} id={line_id(*number)} data-line={number.to_string()}>
            { for drawn }
            // An empty line keeps its height, a full one its last blank.
            {"\n"}
        </div>
    }
}

/// How a token is drawn.
fn token_class(class: TokenClass) -> &'static str {
    match class {
        TokenClass::Keyword => "token-keyword",
        TokenClass::Kind => "token-kind",
        TokenClass::Verb => "token-verb",
        TokenClass::Name => "token-name",
        TokenClass::Field => "token-field",
        TokenClass::Number => "token-number",
        TokenClass::Time => "token-time",
        TokenClass::Text => "token-text",
        TokenClass::Sign => "token-sign",
        TokenClass::Comment => "token-comment",
        TokenClass::Wrong => "token-wrong",
    }
}

/// The id of a drawn line.
pub(super) fn line_id(number: usize) -> String {
    format!("script-line-{number}")
}

/// A mark's place within the line that begins at `start`, at least one
/// character wide where the line has one.
pub(super) fn within_line(line: &str, start: usize, mark: &Range<usize>) -> Option<Range<usize>> {
    let end = start + line.len();
    if mark.start > end || mark.end < start || (mark.end == start && mark.start < start) {
        return None;
    }
    let (mut from, mut to) = (mark.start.max(start) - start, mark.end.min(end) - start);
    let floor = |mut at: usize| {
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    from = floor(from);
    to = floor(to);
    if from == to {
        match line[from..].chars().next() {
            Some(letter) => to += letter.len_utf8(),
            None => from = floor(from.saturating_sub(1)),
        }
    }
    Some(from..to)
}

/// The remarks on a text by line: index of the line and what is marked in it.
pub(super) fn marks_by_line(text: &str, remarks: &[Remark]) -> Vec<Vec<(Range<usize>, Severity)>> {
    let mut marks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let here = remarks
            .iter()
            .filter_map(|remark| Some((within_line(line, start, &remark.range)?, remark.severity)));
        marks.push(here.collect());
        start += line.len() + 1;
    }
    marks
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_cut_where_its_drawing_changes() {
        let line = "Alice: pay";
        let marks = [(7..10, Severity::Error)];
        let cut = pieces(line, &[], &marks, Some(8));
        let cut: Vec<_> = cut
            .iter()
            .map(|piece| (&line[piece.range.clone()], piece.mark))
            .collect();
        assert_eq!(
            cut,
            [
                ("Alice: ", None),
                ("p", Some(Severity::Error)),
                ("ay", Some(Severity::Error))
            ]
        );
    }

    #[test]
    fn a_mark_of_nothing_shows_at_its_place() {
        let check = |line: &str, mark: Range<usize>, expected: Option<Range<usize>>| {
            assert_eq!(within_line(line, 10, &mark), expected, "{line:?} {mark:?}");
        };
        check("abc", 10..11, Some(0..1));
        check("abc", 13..13, Some(2..3));
        check("", 10..10, Some(0..0));
        check("中", 13..13, Some(0..3));
        check("abc", 5..9, None);
        check("abc", 5..10, None);
        check("abc", 14..15, None);
        check("abc", 0..99, Some(0..3));
    }

    proptest! {
        #[test]
        fn the_pieces_make_up_the_line(
            line in "\\PC{0,20}",
            marks in prop::collection::vec((0usize..70, 0usize..70), 0..4),
            cut in prop::option::of(0usize..70),
        ) {
            let marks: Vec<_> = marks
                .into_iter()
                .filter_map(|(a, b)| Some((within_line(&line, 0, &(a.min(b)..a.max(b)))?, Severity::Error)))
                .collect();
            let tokens = highlight(&line);
            let whole: String = pieces(&line, &tokens, &marks, cut).iter().map(|piece| &line[piece.range.clone()]).collect();
            prop_assert_eq!(whole, line);
        }
    }
}
