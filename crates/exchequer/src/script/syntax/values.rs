//! Values: numbers, times, names, texts, lists and records.

use money::{Civil, Span, TimeError, TimeOfDay};
use world::spec::Value;

use super::super::NESTING;
use super::super::diagnostic::{Expected, Found, Problem, TimeFault};
use super::super::lexer::{self, Token, TokenKind};
use super::{At, Bytes, Cursor, Fault, Read};

impl Cursor<'_> {
    /// A value, and behind a number its currency as a word of its own.
    pub(super) fn value_with_currency(&mut self) -> Read<At<Value>> {
        let mut value = self.value(0)?;
        if let Value::Number {
            unit: unit @ None, ..
        } = &mut value.it
            && let Some(token) = self.peek()
            && token.kind == TokenKind::Word
            && lexer::is_currency(self.text(token))
        {
            *unit = Some(self.text(token).to_owned());
            value.bytes.end = token.end;
            self.at += 1;
        }
        Ok(value)
    }

    pub(super) fn value(&mut self, depth: usize) -> Read<At<Value>> {
        let low = self.simple(depth)?;
        if !(self.is_sign(0, "..") && self.adjacent()) {
            return Ok(low);
        }
        self.at += 1;
        if !self.adjacent() {
            return self.expected(Expected::Value);
        }
        let high = self.simple(depth)?;
        let bytes = low.bytes.start..high.bytes.end;
        Ok(At::new(
            Value::Range(Box::new(low.it), Box::new(high.it)),
            bytes,
        ))
    }

    fn simple(&mut self, depth: usize) -> Read<At<Value>> {
        let Some(token) = self.peek() else {
            return self.expected(Expected::Value);
        };
        let text = self.text(token);
        let bytes = token.range();
        let value = match token.kind {
            TokenKind::Number => number(text, bytes.clone())?,
            TokenKind::Duration => Value::Duration(span(text, bytes.clone())?),
            TokenKind::DateTime => Value::DateTime(date_time(text, bytes.clone())?),
            TokenKind::Word | TokenKind::Text => return self.name_or_text(token),
            TokenKind::Sign if text == "[" => return self.list(depth),
            TokenKind::Sign if text == "{" => return self.record(depth),
            _ => return self.expected(Expected::Value),
        };
        self.at += 1;
        Ok(At::new(value, bytes))
    }

    /// A name, with its slash, or a text. Which of them quotes mean, the field
    /// decides.
    fn name_or_text(&mut self, token: Token) -> Read<At<Value>> {
        let bytes = token.range();
        let slash = self.is_sign(1, "/")
            && self
                .peek_at(1)
                .is_some_and(|slash| slash.start == token.end);
        let value = match (token.kind, self.text(token)) {
            (TokenKind::Word, "true") => Value::Bool(true),
            (TokenKind::Word, "false") => Value::Bool(false),
            (TokenKind::Text, _) if !slash => Value::Text(self.unquote(token)?.it),
            _ => {
                let actor = self.actor(Expected::Value)?;
                return Ok(At::new(Value::Name(actor.it.plain()), actor.bytes));
            }
        };
        self.at += 1;
        Ok(At::new(value, bytes))
    }

    /// What stands in brackets, whose opening one comes next. Gives the end of
    /// the closing one.
    fn bracketed(
        &mut self,
        close: &str,
        depth: usize,
        mut element: impl FnMut(&mut Self) -> Read<()>,
    ) -> Read<usize> {
        if depth >= NESTING {
            return Err(Fault::new(Problem::TooDeep { limit: NESTING }, self.here()));
        }
        self.at += 1;
        loop {
            element(self)?;
            let end = self.here().end;
            if self.take_sign(close) {
                return Ok(end);
            }
            if !self.take_sign(",") {
                return self.expected(Expected::Comma);
            }
        }
    }

    /// The values of a list, each with its place.
    pub(super) fn values(&mut self) -> Read<Vec<At<Value>>> {
        if !self.is_sign(0, "[") {
            return self.expected(Expected::List);
        }
        let mut values = Vec::new();
        self.bracketed("]", 0, |cursor| {
            values.push(cursor.value(1)?);
            Ok(())
        })?;
        Ok(values)
    }

    fn list(&mut self, depth: usize) -> Read<At<Value>> {
        let start = self.here().start;
        let mut values = Vec::new();
        let end = self.bracketed("]", depth, |cursor| {
            values.push(cursor.value(depth + 1)?.it);
            Ok(())
        })?;
        Ok(At::new(Value::List(values), start..end))
    }

    fn record(&mut self, depth: usize) -> Read<At<Value>> {
        let start = self.here().start;
        let mut fields: Vec<(String, Value)> = Vec::new();
        let end = self.bracketed("}", depth, |cursor| {
            let name = cursor.name()?;
            if fields.iter().any(|(field, _)| *field == name.it) {
                let field = name.it;
                return Err(Fault::new(Problem::FieldTwice { field }, name.bytes));
            }
            cursor.equals()?;
            fields.push((name.it, cursor.value(depth + 1)?.it));
            Ok(())
        })?;
        Ok(At::new(Value::Record(fields), start..end))
    }
}

/// Reads a number token.
pub(super) fn number(text: &str, bytes: Bytes) -> Read<Value> {
    let (negative, run) = match text.strip_prefix('-') {
        Some(run) => (true, run),
        None => (false, text),
    };
    let (digits, unit) = lexer::split_unit(run);
    let mut points = digits.split('.');
    let good = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.ends_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_digit() || b == b'_')
            && !part.contains("__")
    };
    if !(points.clone().count() <= 2 && points.all(good)) {
        let text = Found::new(text).0;
        return Err(Fault::new(Problem::BadNumber { text }, bytes));
    }
    let sign = if negative { "-" } else { "" };
    let plain = digits.replace('_', "");
    // One nought is enough before the point or the end.
    let noughts = plain.bytes().take_while(|b| *b == b'0').count();
    let whole = plain.find('.').unwrap_or(plain.len());
    let plain = &plain[noughts.min(whole - 1)..];
    Ok(Value::Number {
        digits: format!("{sign}{plain}"),
        unit: unit.map(str::to_owned),
    })
}

fn bad_time(text: &str, bytes: Bytes, error: TimeError) -> Fault {
    let fault = time_fault(error);
    Fault::new(
        Problem::BadTime {
            text: Found::new(text).0,
            fault,
        },
        bytes,
    )
}

/// The kind of fault that a time has.
pub(in super::super) const fn time_fault(error: TimeError) -> TimeFault {
    match error {
        TimeError::NoSuchDate { .. } => TimeFault::NoSuchDate,
        TimeError::NoSuchTime { .. } => TimeFault::NoSuchTime,
        TimeError::Skipped { .. } => TimeFault::Skipped,
        TimeError::OutOfRange => TimeFault::OutOfRange,
        TimeError::SpanTooLong => TimeFault::TooLong,
        // The last two are faults of zones, which a script cannot name.
        TimeError::Syntax { .. } | TimeError::Offset { .. } | TimeError::TransitionOrder { .. } => {
            TimeFault::Syntax
        }
    }
}

pub(super) fn time_of_day(text: &str, bytes: Bytes) -> Read<TimeOfDay> {
    text.parse().map_err(|error| {
        let fault = bad_time(text, bytes.clone(), error);
        // `9:05` lacks a nought.
        let padded = format!("0{text}");
        if padded.parse::<TimeOfDay>().is_ok() {
            fault.suggest(bytes, padded)
        } else {
            fault
        }
    })
}

pub(super) fn date_time(text: &str, bytes: Bytes) -> Read<Civil> {
    text.parse().map_err(|error| {
        let mut fault = bad_time(text, bytes.clone(), error);
        let whole = format!("{text}T00:00");
        if whole.parse::<Civil>().is_ok() {
            return fault.suggest(bytes, whole);
        }
        if let Some(local) = text.strip_suffix('Z')
            && local.parse::<Civil>().is_ok()
        {
            if let Problem::BadTime { fault, .. } = &mut *fault.problem {
                *fault = TimeFault::Zone;
            }
            return fault.suggest(bytes, local);
        }
        fault
    })
}

pub(super) fn span(text: &str, bytes: Bytes) -> Read<Span> {
    text.parse().map_err(|error| bad_time(text, bytes, error))
}
