//! A sale with an arbiter, as `worker.mjs` writes it for the peer, and the
//! analysis of the whole catalogue.

use conditions::catalogue::{Filled, TEMPLATES, Template};
use conditions::{Act, Machine, Name, What, Who, analysis, text};
use money::Instant;
use wasm_bindgen::prelude::*;

const SALE: &str = "parties buyer=Alice seller=Bob arbiter=Carol
step funding until 1d
when buyer deposits 250.00: go on
else: close
step delivery until 14d
when buyer confirms: pay all to seller, close
when seller refunds: close
when buyer disputes: go quarrel
else: pay all to seller, close
step quarrel until 28d
when arbiter pays-seller: pay all to seller
when arbiter pays-buyer: close
else: close";

/// A contract that runs again and again.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Contracts {
    machine: Machine,
    acts: Vec<(i64, Act)>,
}

#[wasm_bindgen]
impl Contracts {
    /// The sale: money is put in, the buyer disputes, the arbiter decides.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Contracts, JsError> {
        let wrong = || JsError::new("the contract is wrong");
        let name = Name::new("Sale").map_err(|_| wrong())?;
        let loaded = text::load_contract(&name, 0, &text::lines(SALE), 2);
        let (_, machine) = loaded.map_err(|_| wrong())?;
        let role = |name: &str| machine.role(name).ok_or_else(wrong);
        let says = |by: &str, what: &str| {
            let what = machine.word(what).ok_or_else(wrong)?;
            let by = Who::Role(role(by)?);
            let what = What::Says { what };
            Ok::<Act, JsError>(Act { by, what })
        };
        let buyer = role("buyer")?;
        let deposit = Act {
            by: Who::Role(buyer),
            what: What::Deposit {
                amount: 25_000,
                owner: buyer,
            },
        };
        let acts = vec![
            (1_000, deposit),
            (2_000, says("buyer", "disputes")?),
            (3_000, says("arbiter", "pays-seller")?),
        ];
        Ok(Contracts { machine, acts })
    }

    /// Takes so many steps, three from each opening to each end.
    pub fn step(&self, steps: u32) -> Result<(), JsError> {
        let mut effects = Vec::new();
        for _ in 0..steps.div_ceil(3) {
            effects.clear();
            let mut instance = self.machine.open(Instant(0), &mut effects);
            for (at, act) in &self.acts {
                self.machine
                    .act(&mut instance, Instant(*at), act, &mut effects)
                    .map_err(|refusal| JsError::new(&refusal.to_string()))?;
            }
            if !instance.ended() || instance.released() != 25_000 {
                return Err(JsError::new("the seller was not paid"));
            }
        }
        Ok(())
    }
}

fn contract(template: &Template) -> Option<Machine> {
    let name = Name::new("It").ok()?;
    match template.fill(&name, &[], 2).ok()? {
        Filled::Contract(both) => Some(both.1),
        Filled::Condition(_) => None,
    }
}

/// The keys of the catalogue's contracts.
#[wasm_bindgen]
pub fn entries() -> Vec<String> {
    let contracts = TEMPLATES.iter().filter(|it| contract(it).is_some());
    contracts.map(|it| it.key.to_owned()).collect()
}

/// Analyses an entry of the catalogue; in how many situations it was seen.
#[wasm_bindgen]
pub fn analyse(key: &str) -> usize {
    let machine = conditions::catalogue::find(key).and_then(contract);
    machine.map_or(0, |machine| analysis::analyse(&machine).situations)
}
