//! The trail of a run: enough of every statement's facts to say, on another
//! machine or with another engine, which statement is the first that comes
//! out differently. A log's digest only says that something does.

use serde::{Deserialize, Serialize};
use world::fact::Record;
use world::log::SEGMENT;

use crate::link::Crc32;
use crate::run::Run;
use crate::views::Parting;

/// Most marks in a trail: one a statement up to here, then one for several.
pub const MOST_MARKS: u32 = 192;

/// A byte for every statement, or for every few, over all facts up to its
/// end. Unlike the digest it leaves out who played it and by which preset's
/// bytes, so that two engines that do the same leave the same trail. Once
/// facts differ, one mark in 256 still agrees by chance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// How many statements were played.
    statements: u32,
    marks: Vec<u8>,
}

impl Trail {
    /// The trail that a run has left so far.
    pub fn of(run: &Run) -> Trail {
        let all = marks(run);
        let statements = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let marks = ends(statements).map(|end| all[end]).collect();
        Trail { statements, marks }
    }

    /// How it stands in a link: the number of statements as LEB128, the marks,
    /// and half a checksum of both.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.marks.len() + 7);
        let mut rest = self.statements;
        while rest >= 0x80 {
            bytes.push((rest & 0x7F) as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
        bytes.extend(&self.marks);
        let check = Crc32::of(&bytes).to_le_bytes();
        bytes.extend(&check[..2]);
        bytes
    }

    /// Reads what [`to_bytes`](Trail::to_bytes) wrote; what follows it is
    /// passed over. None if it is not whole: a link is as good without.
    pub fn from_bytes(bytes: &[u8]) -> Option<Trail> {
        let length = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)? + 1;
        let statements = bytes[..length]
            .iter()
            .zip([0, 7, 14, 21, 28])
            .try_fold(0u32, |sum, (byte, shift)| {
                sum.checked_add(u32::from(byte & 0x7F).checked_mul(1 << shift)?)
            })?;
        let end = length + ends(statements).count();
        let (whole, check) = (bytes.get(..end)?, bytes.get(end..end + 2)?);
        (Crc32::of(whole).to_le_bytes()[..2] == *check).then(|| Trail {
            statements,
            marks: whole[length..].to_vec(),
        })
    }

    /// Where another run of the same text parts from the one that left this.
    pub fn parting(&self, run: &Run) -> Parting {
        let ours = marks(run);
        let mut agree = 0;
        let differs = ends(self.statements).zip(&self.marks).find(|(end, mark)| {
            let same = ours.get(*end) == Some(mark);
            if same {
                agree = end + 1;
            }
            !same
        });
        if differs.is_none() && ours.len() == self.statements as usize {
            return Parting::Nowhere;
        }
        let played = run.played();
        let last = differs.map_or(agree, |(end, _)| end);
        let Some(final_one) = played.len().checked_sub(1) else {
            return Parting::Nowhere;
        };
        let at = |index: usize| &played[index.min(final_one)];
        Parting::Between {
            first: at(agree).line,
            last: at(last).line,
            position: at(last).to,
        }
    }
}

/// The last statement that each mark covers, counted from 0.
fn ends(statements: u32) -> impl Iterator<Item = usize> {
    let every = statements.div_ceil(MOST_MARKS).max(1);
    (0..statements.div_ceil(every))
        .map(move |mark| (mark + 1).saturating_mul(every).min(statements) as usize - 1)
}

/// A mark for each statement that was played.
fn marks(run: &Run) -> Vec<u8> {
    let segments: Vec<&[u8]> = run.simulation().log().bytes().collect();
    let (mut sum, mut done) = (Crc32::new(), 0);
    let of = |to: u32, sum: &mut Crc32, done: &mut usize| {
        while *done < to as usize {
            let (segment, from) = (*done / SEGMENT, *done % SEGMENT);
            let end = (to as usize - segment * SEGMENT).min(SEGMENT);
            let Some(bytes) = segments
                .get(segment)
                .and_then(|all| all.get(from * size_of::<Record>()..end * size_of::<Record>()))
            else {
                return;
            };
            sum.add(bytes);
            *done = segment * SEGMENT + end;
        }
    };
    run.played()
        .iter()
        .map(|played| {
            of(played.to, &mut sum, &mut done);
            sum.value() as u8
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    const OPENING: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

    fn played(text: &str) -> Run {
        let mut run = Run::load(text).unwrap();
        run.to_end().unwrap();
        run
    }

    #[test]
    fn the_same_run_leaves_the_same_trail() {
        let trail = Trail::of(&played(OPENING));
        assert_eq!(Trail::from_bytes(&trail.to_bytes()), Some(trail.clone()));
        assert_eq!(trail.parting(&played(OPENING)), Parting::Nowhere);
    }

    #[test]
    fn the_first_statement_that_comes_out_differently_is_named() {
        // What another engine with another rule for type IV would have played.
        let trail = Trail::of(&played(&OPENING.replace("12.50", "12.60")));
        let run = played(OPENING);
        let line = OPENING.lines().position(|line| line.contains("12.50"));
        let line = u32::try_from(line.unwrap() + 1).unwrap();
        let Parting::Between {
            first,
            last,
            position,
        } = trail.parting(&run)
        else {
            panic!("they do not part");
        };
        assert_eq!((first, last), (line, line));
        assert!(
            run.played()
                .iter()
                .any(|it| (it.line, it.to) == (line, position))
        );
    }

    #[test]
    fn a_run_that_stopped_earlier_parts_where_it_stopped() {
        let lines: Vec<&str> = OPENING.lines().collect();
        let act = lines
            .iter()
            .rposition(|line| line.starts_with("09"))
            .unwrap();
        let shorter: Vec<&str> = lines[..act].to_vec();
        let shorter = shorter.join("\n");
        let (long, short) = (played(OPENING), played(&shorter));
        for (trail, run) in [(Trail::of(&short), &long), (Trail::of(&long), &short)] {
            assert!(
                matches!(trail.parting(run), Parting::Between { .. }),
                "{trail:?}"
            );
        }
    }

    #[test]
    fn a_long_story_has_one_mark_for_several_statements() {
        let lines: String = (0..500)
            .map(|line| format!("{:02}:{:02} A: pay B 0.01\n", 9 + line / 60, line % 60))
            .collect();
        let text = format!(
            "use cny-2025@1\nsigning off\noperator H reserves=100.00\nperson A at=H type=I deposit=50.00\nmerchant B at=H\ncentral-bank: issue 50.00 to=H\nA: exchange 50.00\n{lines}"
        );
        let run = played(&text);
        let trail = Trail::of(&run);
        assert!(trail.marks.len() <= MOST_MARKS as usize && trail.to_bytes().len() < 200);
        assert_eq!(trail.parting(&run), Parting::Nowhere);
        let other = played(&text.replacen("12:00 A: pay B 0.01", "12:00 A: pay B 0.02", 1));
        let Parting::Between { first, last, .. } = Trail::of(&other).parting(&run) else {
            panic!("they do not part");
        };
        let line = text
            .lines()
            .position(|line| line.starts_with("12:00"))
            .unwrap() as u32
            + 1;
        assert!(
            (first..=last).contains(&line) && last - first < 4,
            "{first} {line} {last}"
        );
    }

    #[test]
    fn a_damaged_trail_is_none() {
        let bytes = Trail::of(&played(OPENING)).to_bytes();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_ne!(
                Trail::from_bytes(&changed),
                Trail::from_bytes(&bytes),
                "{place}"
            );
            assert_eq!(Trail::from_bytes(&bytes[..place]), None, "{place}");
        }
        assert_eq!(Trail::from_bytes(&[0xFF; 40]), None);
    }
}
