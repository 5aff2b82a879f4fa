//! Which domain decides on an input.

use crate::bridge;
use crate::cbdc::{self, Desk, Input, Out};
use crate::contracts;
use crate::fact::{Kind, Purpose};

/// What a party does with an input. Reads and posts that party's books only.
pub(crate) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    let is_abroad = match input {
        Input::Abroad(_) => true,
        Input::Message(message) => message.purpose.is_abroad(),
        Input::Command(_) | Input::Timer => false,
    };
    let is_contract = match input {
        Input::Command(command) => command.purpose.is_contract(),
        Input::Message(message) => message.purpose.is_contract(),
        Input::Abroad(_) | Input::Timer => false,
    };
    match (input, desk.kind()) {
        // An agent passes on what it is not asked itself.
        (_, kind) if is_contract && kind != Kind::Agent => contracts::decide(desk, input, out),
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
