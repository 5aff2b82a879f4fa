//! When everything of a beat moves: information first told, then money handed
//! over, one thing after another, so that the eye can follow the cause.

use exchequer::picture::is_crowded;
use exchequer::views::{Fate, Flow, Moved, PartyNo};

/// A message's way, in milliseconds.
pub const INFORMATION: u32 = 280;
/// The pause after each.
pub const PAUSE: u32 = 80;
/// Money's way.
pub const MONEY: u32 = 640;
/// How long a changed row stays lit.
pub const LIT: u32 = 800;
/// How long a refused token stands at the bar.
pub const REFUSAL_HOLD: u32 = 600;
/// How long it takes back.
pub const REFUSAL_BACK: u32 = 320;
/// Where on its way a refused token stops, in per cent.
pub const REFUSAL_STOP: u32 = 55;

/// When something moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Start, in milliseconds from the beat's.
    pub start: u32,
    /// How long.
    pub lasts: u32,
}

impl Timing {
    /// When it has landed.
    pub const fn end(self) -> u32 {
        self.start + self.lasts
    }
}

/// The timing of each flow.
pub fn schedule(flows: &[Flow]) -> Vec<Timing> {
    let mut clock = 0;
    let mut timings = Vec::with_capacity(flows.len());
    for flow in flows {
        let lasts = match (&flow.what, &flow.fate) {
            (_, Fate::Refused(_)) => {
                let way = if is_money(flow) { MONEY } else { INFORMATION };
                way * REFUSAL_STOP / 100 + REFUSAL_HOLD + REFUSAL_BACK
            }
            (Moved::Information { .. }, _) => INFORMATION,
            (Moved::Money { .. } | Moved::Swapped { .. }, _) => MONEY,
        };
        timings.push(Timing {
            start: clock,
            lasts,
        });
        clock += lasts + PAUSE;
    }
    timings
}

/// What the whole beat takes, with the last rows lit.
pub fn total(flows: &[Flow]) -> u32 {
    // Ribbons stand; nothing is waited for.
    if is_crowded(flows) {
        return LIT;
    }
    schedule(flows).last().map_or(0, |last| last.end() + LIT)
}

/// When a party's numbers change: at the landing of the last money that it
/// gave or got, or of the last money at all.
pub fn landing(party: PartyNo, flows: &[Flow]) -> u32 {
    if is_crowded(flows) {
        return 0;
    }
    let timings = schedule(flows);
    let mut own = None;
    let mut any = None;
    for (flow, timing) in flows.iter().zip(timings) {
        if is_money(flow) {
            any = Some(timing.end());
            if flow.from == party || flow.to == party {
                own = any;
            }
        }
    }
    own.or(any).unwrap_or(0)
}

/// Whether money moves, or turns into another kind.
pub fn is_money(flow: &Flow) -> bool {
    !matches!(flow.what, Moved::Information { .. })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use exchequer::views::{Form, Owed};

    use super::*;

    fn flow(from: PartyNo, to: PartyNo, money: bool, fate: Fate) -> Flow {
        let what = if money {
            Moved::Money {
                amount: 1_250,
                form: Form::Digital,
                owed: Owed::CentralBank,
            }
        } else {
            Moved::Information {
                key: "message-order".to_owned(),
                amount: None,
            }
        };
        Flow {
            centre: None,
            handles: [None, None],
            position: 0,
            from,
            to,
            what,
            currency: None,
            fate,
        }
    }

    #[test]
    fn one_thing_moves_after_another() {
        let flows = [
            flow(3, 1, false, Fate::Arrived),
            flow(1, 0, false, Fate::Arrived),
            flow(3, 4, true, Fate::Arrived),
        ];
        let timings = schedule(&flows);
        assert_eq!(
            timings[0],
            Timing {
                start: 0,
                lasts: 280
            }
        );
        assert_eq!(
            timings[1],
            Timing {
                start: 360,
                lasts: 280
            }
        );
        assert_eq!(
            timings[2],
            Timing {
                start: 720,
                lasts: 640
            }
        );
        assert_eq!(total(&flows), 720 + 640 + 800);
    }

    #[test]
    fn numbers_change_when_the_money_lands() {
        let flows = [
            flow(3, 1, false, Fate::Arrived),
            flow(3, 4, true, Fate::Arrived),
            flow(1, 3, true, Fate::Arrived),
        ];
        assert_eq!(landing(4, &flows), 360 + 640);
        assert_eq!(landing(3, &flows), 360 + 640 + 80 + 640);
        assert_eq!(landing(9, &flows), 360 + 640 + 80 + 640);
        assert_eq!(landing(9, &flows[..1]), 0);
    }

    #[test]
    fn a_refused_token_stops_holds_and_returns() {
        let flows = [flow(3, 4, true, Fate::Refused("limit.payment".to_owned()))];
        assert_eq!(schedule(&flows)[0].lasts, 352 + 600 + 320);
    }

    #[test]
    fn nothing_moves_in_an_empty_beat() {
        assert_eq!(total(&[]), 0);
    }
}
