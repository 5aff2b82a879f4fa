//! Messages and timers on their way, in the order in which they fall due.

use std::collections::{BTreeMap, VecDeque};

use crate::fact::{Fate, Message, Serial, Timer};

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A message arrives.
    Message(Message),
    /// A doubled message arrives again.
    Copy(Message),
    /// A timer fires.
    Timer(Timer),
}

/// What is on its way. Messages and timers share one sequence of numbers, so
/// that things due at the same instant have one order.
#[derive(Clone, Debug, Default)]
pub struct Flight {
    /// Due at the current instant, next first.
    ready: VecDeque<Item>,
    /// Due later.
    later: BTreeMap<(i64, u32), Item>,
    /// Never to arrive.
    lost: BTreeMap<u32, Message>,
    /// One bit a message number: its receiver has handled it.
    handled: Vec<u64>,
    next: u32,
}

impl Flight {
    /// The number the next message or timer gets.
    pub fn next_number(&self) -> u32 {
        self.next
    }

    /// Takes a message on its way; says whether anything waits for it. One on
    /// which nothing is done is done with if it arrives at once.
    pub fn send(&mut self, message: &Message, is_done_with: bool, now: i64) -> bool {
        self.next = message.serial.0 + 1;
        if message.fate == Fate::Lost {
            self.lost.insert(message.serial.0, *message);
            return true;
        }
        if is_done_with && message.due <= now && message.fate != Fate::Doubled {
            return false;
        }
        let item = Item::Message(*message);
        self.put(message.due, message.serial.0, item, now);
        if message.fate == Fate::Doubled {
            self.put(
                message.due,
                number_of_copy(message.serial),
                Item::Copy(*message),
                now,
            );
        }
        true
    }

    /// Sets a timer.
    pub fn schedule(&mut self, timer: Timer) {
        self.next = timer.number + 1;
        self.later
            .insert((timer.due, timer.number), Item::Timer(timer));
    }

    fn put(&mut self, due: i64, number: u32, item: Item, now: i64) {
        if due <= now {
            self.ready.push_back(item);
        } else {
            self.later.insert((due, number), item);
        }
    }

    /// The messages that never arrived.
    pub fn lost(&self) -> impl Iterator<Item = &Message> {
        self.lost.values()
    }

    /// Puts a message that never arrived on its way again.
    pub fn resend(&mut self, serial: Serial, due: i64, now: i64) {
        if let Some(message) = self.lost.remove(&serial.0) {
            let message = Message {
                due,
                fate: Fate::Arrives,
                ..message
            };
            self.put(due, serial.0, Item::Message(message), now);
        }
    }

    /// Gives up a message that never arrived.
    pub fn recall(&mut self, serial: Serial) -> Option<Message> {
        self.lost.remove(&serial.0)
    }

    /// What is due at or before a time, next first. It stays on its way until
    /// it is taken.
    pub fn next_due(&mut self, until: i64) -> Option<Item> {
        if self.ready.is_empty() {
            let (&(due, _), _) = self
                .later
                .first_key_value()
                .filter(|((due, _), _)| *due <= until)?;
            while let Some(entry) = self
                .later
                .first_entry()
                .filter(|entry| entry.key().0 == due)
            {
                self.ready.push_back(entry.remove());
            }
        }
        self.ready.front().copied()
    }

    /// Takes a message off its way when it arrives; `None` if it is not on it.
    pub fn take(&mut self, serial: Serial, now: i64) -> Option<Message> {
        let is_it =
            |item: &Item| matches!(item, Item::Message(message) if message.serial == serial);
        let Some(Item::Message(message)) = self.remove((now, serial.0), is_it) else {
            return None;
        };
        let (word, bit) = (serial.0 as usize / 64, 1u64 << (serial.0 % 64));
        if self.handled.len() <= word {
            self.handled.resize(word + 1, 0);
        }
        self.handled[word] |= bit;
        Some(message)
    }

    /// Takes the second copy of a message off its way when it arrives.
    pub fn take_copy(&mut self, serial: Serial, now: i64) {
        let is_it = |item: &Item| matches!(item, Item::Copy(message) if message.serial == serial);
        self.remove((now, number_of_copy(serial)), is_it);
    }

    /// Takes a timer off when it fires; `None` if it is not set.
    pub fn take_timer(&mut self, number: u32, now: i64) -> Option<Timer> {
        let is_it = |item: &Item| matches!(item, Item::Timer(timer) if timer.number == number);
        match self.remove((now, number), is_it) {
            Some(Item::Timer(timer)) => Some(timer),
            _ => None,
        }
    }

    /// What arrives or fires now is next, or among what is ready, or, while a
    /// log is played again, still where it waited for its time.
    fn remove(&mut self, key: (i64, u32), is_it: impl Fn(&Item) -> bool) -> Option<Item> {
        if self.ready.front().is_some_and(&is_it) {
            return self.ready.pop_front();
        }
        if let Some(index) = self.ready.iter().position(is_it) {
            return self.ready.remove(index);
        }
        self.later.remove(&key)
    }

    /// Whether its receiver has handled this message.
    pub fn is_handled(&self, serial: Serial) -> bool {
        let word = self
            .handled
            .get(serial.0 as usize / 64)
            .copied()
            .unwrap_or(0);
        word & 1 << (serial.0 % 64) != 0
    }

    /// Messages that have not arrived, each once, the lost ones too.
    pub fn pending(&self) -> impl Iterator<Item = &Message> {
        let messages = self
            .ready
            .iter()
            .chain(self.later.values())
            .filter_map(|item| match item {
                Item::Message(message) => Some(message),
                Item::Copy(_) | Item::Timer(_) => None,
            });
        messages.chain(self.lost.values())
    }
}

/// The second copy comes after everything else that is due with it.
fn number_of_copy(serial: Serial) -> u32 {
    u32::MAX - serial.0
}
