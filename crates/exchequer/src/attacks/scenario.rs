//! Each attack of the lab as a scenario: the same deeds, as lines.

use offline::Model;
use offline::lab::attack::Attack;

/// What the lines after an attack are told apart by: everybody honest reports and brings home
/// what there is, and time passes until every bank has settled.
pub const REPORTS: &str = "# Everybody honest reports.\n";

/// The lines that play an attack under a model, with a title; none where either is unknown. Its
/// outcome is the lab's: who notices, when, and who loses how much.
pub fn scenario(attack: &str, model: &str, title: &str) -> Option<String> {
    let attack = *Attack::ALL.iter().find(|it| it.key() == attack)?;
    let model = *Model::ALL.iter().find(|it| it.key() == model)?;
    let title: String = title.chars().filter(|it| !is_special(*it)).collect();
    let mut text = format!(
        "title \"{title}\"\nuse cny-2025@1\nseed 11\nset offline.model={}\n",
        model.key()
    );
    if !model.can_hand_on() {
        text += "set offline.mode=staged\n";
    }
    text += match attack {
        Attack::Stolen => "set offline.pin-from=20.00\n",
        Attack::Splitting => "set offline.payment=8.00\nset offline.payments=3\n",
        _ => "",
    };
    text += "\noperator Harbour reserves=10_000.00\n\
             person Mallory at=Harbour type=II deposit=1_000.00\n";
    for person in ["Bob", "Carol", "Dan", "Erin"] {
        text += &format!("person {person} at=Harbour type=II\n");
    }
    text += match attack {
        Attack::Stolen => "device Mallory/phone pin=4321\n",
        _ => "device Mallory/phone\n",
    };
    // A merchant's certificate outlasts its customers'.
    text += "device Bob/phone expires=365d\n";
    for person in ["Carol", "Dan", "Erin"] {
        text += &format!("device {person}/phone\n");
    }
    text += "\n+1m central-bank: issue 2_000.00 to=Harbour\n\
             +1m Mallory: exchange 100.00\n\
             +1m Mallory: offline.load 63.50\n\n";
    text += deeds(attack, model);
    text.push('\n');
    text += REPORTS;
    let with = honest(attack).chain(["Bob", "Carol", "Dan", "Erin"]);
    let mut all: Vec<_> = with.collect();
    all.sort_unstable();
    all.dedup();
    // Whoever was the victim reports last.
    all.sort_by_key(|person| *person == "Mallory");
    for person in all {
        text += &home(person, model);
    }
    text += "+2d wait\n+200d wait\n";
    Some(text)
}

/// What would end a title.
const fn is_special(it: char) -> bool {
    matches!(it, '"' | '\\' | '\n' | '\r')
}

/// Whose losses count: those who did nothing wrong.
pub fn honest(attack: Attack) -> impl Iterator<Item = &'static str> {
    let people: &[&str] = match attack {
        Attack::Cloned | Attack::WithheldSync => &["Bob", "Carol", "Dan"],
        Attack::Replay => &["Mallory", "Carol"],
        Attack::Tampered | Attack::Torn | Attack::Relay | Attack::SwappedQr => {
            &["Mallory", "Bob", "Carol"]
        }
        Attack::HopLimit => &["Bob", "Carol", "Erin"],
        Attack::Stolen | Attack::StarvedList => &["Mallory", "Bob", "Carol"],
        Attack::CounterfeitSink => &["Mallory", "Bob"],
        _ => &["Bob", "Carol"],
    };
    people.iter().copied()
}

/// A person reports and brings home what there is; what was promised is settled by itself.
fn home(person: &str, model: Model) -> String {
    let mut lines = format!("+1m {person}: offline.sync\n+1m {person}: offline.claim\n");
    if model != Model::Promise {
        lines += &format!("+1m {person}: offline.unload\n");
    }
    lines
}

/// What the attackers do.
fn deeds(attack: Attack, model: Model) -> &'static str {
    match attack {
        Attack::Cloned if model.can_hand_on() => {
            "# The copy has all that the phone has: both pay.\n\
             +1m Mallory: offline.copy as Twin\n\
             +1m Mallory: offline.pay Bob 32.00\n\
             +1m Twin: offline.pay Carol 32.00\n\
             # It goes on before anybody notices.\n\
             +1m Carol: offline.pay Dan 32.00\n"
        }
        Attack::Cloned => {
            "# The copy has all that the phone has: both pay.\n\
             +1m Mallory: offline.copy as Twin\n\
             +1m Mallory: offline.pay Bob 32.00\n\
             +1m Twin: offline.pay Carol 32.00\n"
        }
        Attack::Replay => {
            "+1m Mallory: offline.pay Bob 32.00\n\
             # Bob brings it home, sets the memory back, and brings it home again.\n\
             +1m Bob: offline.sync\n\
             +1m Bob: offline.claim\n\
             +1m Bob: offline.unload\n\
             +1m Bob: offline.break-chip\n\
             +1m Bob: offline.roll-back to=report\n"
        }
        Attack::Tampered => {
            "# What Mallory pays is changed on its way.\n\
             +1m Mallory: offline.alter\n\
             +1m Mallory: offline.pay Bob 32.00\n"
        }
        Attack::Expired => {
            "# The certificate is over; the payer's clock says it is not.\n\
             +90d Mallory: offline.set-clock back=90d\n\
             +1m Mallory: offline.pay Bob 32.00\n"
        }
        Attack::Revoked => {
            "# The phone is on the list, and Bob has the list.\n\
             +1m Harbour: offline.revoke Mallory/phone\n\
             +1m Bob: offline.sync\n\
             +1m Mallory: offline.pay Bob 32.00\n"
        }
        Attack::RolledBack => {
            "+1m Mallory: offline.pay Bob 32.00\n\
             # The memory is what it was before the payment.\n\
             +1m Mallory: offline.roll-back\n\
             +1m Mallory: offline.pay Carol 32.00\n"
        }
        Attack::WeakChip => {
            "+1m Mallory: offline.break-chip\n\
             +1m Mallory: offline.pay Bob 32.00\n\
             # The memory is what it was before the payment, and no chip objects.\n\
             +1m Mallory: offline.roll-back\n\
             +1m Mallory: offline.pay Carol 32.00\n"
        }
        Attack::HopLimit => {
            "# Three hands may pass it on. Dan's software was changed and asks for no limits.\n\
             +1m Dan: offline.drop-checks\n\
             +1m Mallory: offline.pay Bob 32.00\n\
             +1m Bob: offline.pay Carol 32.00\n\
             +1m Carol: offline.pay Dan 32.00\n\
             +1m Dan: offline.pay Erin 32.00\n"
        }
        Attack::Stolen => {
            "# The thief does not know the number; small sums need none.\n\
             +1m Mallory: offline.pay Bob 32.00\n\
             +1m Mallory: offline.pay Bob 16.00\n\
             # It is reported; Bob gets the list.\n\
             +1m Harbour: offline.revoke Mallory/phone\n\
             +1m Bob: offline.sync\n\
             +1m Mallory: offline.pay Bob 8.00\n"
        }
        Attack::Torn => {
            "# Stored and sent by the payer, and never received.\n\
             +1m network: lose from=Mallory to=Bob\n\
             +1m Mallory: offline.pay Bob 32.00\n"
        }
        Attack::ClockMoved => {
            "# The certificate is over; both clocks say it is not.\n\
             +98d Mallory: offline.set-clock back=98d\n\
             Bob: offline.set-clock back=98d\n\
             +1m Mallory: offline.pay Bob 32.00\n"
        }
        Attack::Relay => {
            "# A thief buys from Bob, and relays Bob's request to where Mallory means to pay Carol.\n\
             +1m Carol: offline.swap-code Bob\n\
             +1m Mallory: offline.pay Carol 32.00\n"
        }
        Attack::SwappedQr => {
            "# Dan's code is pasted over Bob's.\n\
             +1m Bob: offline.swap-code Dan\n\
             +1m Mallory: offline.pay Bob 32.00\n"
        }
        Attack::WithheldSync if model.can_hand_on() => {
            "+1m Mallory: offline.copy as Twin\n\
             +1m Mallory: offline.pay Bob 32.00\n\
             +1m Twin: offline.pay Carol 32.00\n\
             +1m Carol: offline.pay Dan 32.00\n\
             # Everybody reports as late as they may.\n\
             +167h wait\n"
        }
        Attack::WithheldSync => {
            "+1m Mallory: offline.copy as Twin\n\
             +1m Mallory: offline.pay Bob 32.00\n\
             +1m Twin: offline.pay Carol 32.00\n\
             # Everybody reports as late as they may.\n\
             +167h wait\n"
        }
        Attack::Splitting => {
            "# 15.00 is more than one payment may be: it is made as several, and they are counted.\n\
             +1m Mallory: offline.pay Bob 8.00\n\
             +1m Mallory: offline.pay Bob 4.00\n\
             +1m Mallory: offline.pay Bob 2.00\n\
             +1m Mallory: offline.pay Bob 1.00\n"
        }
        Attack::Counterfeit => {
            "# Nobody issued this.\n\
             +1m Dan: offline.forge 32.00\n\
             +1m Dan: offline.pay Bob 32.00\n"
        }
        Attack::CounterfeitSink => {
            "# Nobody issued this, and Carol takes it all the same.\n\
             +1m Dan: offline.forge 32.00\n\
             +1m Carol: offline.drop-checks\n\
             +1m Dan: offline.pay Carol 32.00\n"
        }
        Attack::StarvedList => {
            "# The phone is on the list, and Bob has not heard of it.\n\
             +1m Harbour: offline.revoke Mallory/phone\n\
             +1m Mallory: offline.pay Bob 32.00\n"
        }
    }
}
