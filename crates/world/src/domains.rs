//! Which domain decides on an input.

use crate::bridge;
use crate::cbdc::{self, Desk, Input, Out};
use crate::fact::{Kind, Purpose};

/// What a party does with an input. Reads and posts that party's books only.
pub(crate) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    let is_abroad = match input {
        Input::Abroad(_) => true,
        Input::Message(message) => message.purpose.is_abroad(),
        Input::Command(_) | Input::Timer => false,
    };
    match (input, desk.kind()) {
        _ if is_abroad => bridge::decide(desk, input, out),
        (Input::Command(command), Kind::Authority | Kind::ForeignBank | Kind::Platform)
        | (Input::Command(command), Kind::CentralBank)
            if matches!(command.purpose, Purpose::Retry | Purpose::Reverse) =>
        {
            cbdc::repair(desk, command.purpose, out);
        }
        // An operator's timer is for both; the other institutions have none of their own.
        (
            Input::Timer,
            Kind::CentralBank | Kind::Authority | Kind::ForeignBank | Kind::Platform,
        ) => {
            bridge::decide(desk, input, out);
        }
        _ => cbdc::decide(desk, input, out),
    }
}
