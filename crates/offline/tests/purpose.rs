//! Money for a purpose in chip purses: loaded, judged at the tap, judged again, brought back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

use offline::device::Holding;
use offline::lab::{Cut, Room, sent};
use offline::object::{BoundContent, Class, Content, Pay, PurseContent, Request};
use offline::operator::What;
use offline::purpose::{Answer, Epoch, MAX_RULES, Purpose, Rule, Tap};
use offline::{Code, Command, Form, Input, Limits, Mode, Model, Object, Signed};
use proptest::prelude::*;
use seal::KeyPair;

const DAY: i64 = 86_400_000;
const FOOD: u64 = 7;
const BOOKS: u64 = 8;

/// A payer, a canteen (5812), a cinema (7832) and 500 kept for food.
struct Town {
    room: Room,
    payer: usize,
    canteen: usize,
    cinema: usize,
}

fn town_of(model: Model, rules: Vec<Rule>, days: i64) -> Town {
    let mode = if model.can_hand_on() {
        Mode::Intermittently
    } else {
        Mode::Staged
    };
    let mut room = Room::new(model, mode, Limits::default(), 7).unwrap();
    let payer = room.join(Class::Person, Form::Phone, 900_00, None).unwrap();
    let canteen = room.join_shop(5812).unwrap();
    let cinema = room.join_shop(7832).unwrap();
    let mut town = Town {
        room,
        payer,
        canteen,
        cinema,
    };
    let expires = town.room.now + days * DAY;
    town.learn(FOOD, Ok((rules, expires)));
    town
}

fn town() -> Town {
    let rules = vec![Rule::Category(vec![5812, 5411]), Rule::AtMost(60_00)];
    town_of(Model::Purse, rules, 30)
}

impl Town {
    fn learn(&mut self, number: u64, terms: Result<(Vec<Rule>, i64), Code>) {
        let at = self.room.moment(0);
        let command = Command::Purpose { number, terms };
        self.room.operator.step(command, at).unwrap();
        self.room.kept.insert(number, 500_00);
    }

    fn load(&mut self, number: u64, amount: i64) -> Result<(), Code> {
        let input = Input::LoadPurpose { amount, number };
        let loaded = self.room.online(self.payer, input);
        loaded.map_err(|refusal| refusal.code)
    }

    fn tap(&mut self, payee: usize, amount: i64) -> Result<(), Code> {
        let tapped = self.room.tap(self.payer, payee, amount);
        tapped.map_err(|refusal| refusal.code)
    }

    /// All value that was loaded is somewhere, and what is kept for purposes is not lost.
    fn sums_up(&self) {
        let it = self.room.accounted();
        assert_eq!(it.spendable + it.to_claim + it.limbo, it.float, "{it:?}");
        let accounts: i64 = self.room.accounts.values().sum();
        let kept: i64 = self.room.kept.values().sum();
        let all = accounts + kept + self.room.float + self.room.equity;
        assert_eq!(all, 900_00 + 500_00 * self.room.kept.len() as i64);
    }
}

#[test]
fn it_is_loaded_spent_where_it_may_be_and_the_payee_has_plain_money() {
    let mut town = town();
    assert_eq!(town.load(FOOD, 100_00), Ok(()));
    assert_eq!(town.room.kept[&FOOD], 400_00);
    let payer = town.room.device(town.payer);
    assert_eq!(payer.purpose().unwrap().number, FOOD);
    assert_eq!(payer.spendable(), 100_00);
    assert_eq!(town.tap(town.cinema, 10_00), Err(Code::PurposeCategory));
    assert_eq!(town.tap(town.canteen, 60_01), Err(Code::PurposeCap));
    assert_eq!(town.room.device(town.payer).spendable(), 100_00);
    assert_eq!(town.tap(town.canteen, 40_00), Ok(()));
    let canteen = town.room.device(town.canteen);
    assert!(canteen.purpose().is_none());
    assert_eq!(canteen.spendable(), 40_00);
    town.sums_up();
    // It is handed on as any money, and brought home by whoever has it.
    town.room.tap(town.canteen, town.cinema, 15_00).unwrap();
    for place in [town.payer, town.canteen, town.cinema] {
        town.room.online(place, Input::Sync).unwrap();
    }
    town.room
        .online(town.cinema, Input::Unload { amount: 15_00 })
        .unwrap();
    assert!(town.room.findings.is_empty(), "{:?}", town.room.findings);
    // What is left goes back to where it is kept, not to the holder's account.
    let before = town.room.accounts.clone();
    town.room
        .online(town.payer, Input::Unload { amount: 60_00 })
        .unwrap();
    assert_eq!(town.room.accounts, before);
    assert_eq!(town.room.kept[&FOOD], 460_00);
    town.sums_up();
}

#[test]
fn a_purse_carries_one_kind_of_money_until_it_is_empty_and_has_synced() {
    let mut town = town();
    town.learn(BOOKS, Ok((Vec::new(), town.room.now + 30 * DAY)));
    town.room
        .online(town.payer, Input::Load { amount: 5_00 })
        .unwrap();
    assert_eq!(
        town.load(FOOD, 10_00),
        Err(Code::PurposeOther),
        "it holds plain money"
    );
    town.room
        .online(town.payer, Input::Unload { amount: 5_00 })
        .unwrap();
    assert_eq!(
        town.load(FOOD, 10_00),
        Err(Code::PurposeOther),
        "it has not synced"
    );
    town.room.online(town.payer, Input::Sync).unwrap();
    assert_eq!(town.load(FOOD, 10_00), Ok(()));
    assert_eq!(town.load(FOOD, 10_00), Ok(()), "more for the same purpose");
    assert_eq!(town.load(BOOKS, 10_00), Err(Code::PurposeOther));
    let plain = town.room.online(town.payer, Input::Load { amount: 5_00 });
    assert_eq!(plain.map_err(|it| it.code), Err(Code::PurposeOther));
    let device = town.room.device(town.payer);
    let asks = device.can_request(5_00, town.room.now);
    assert_eq!(asks.map_err(|it| it.code), Err(Code::PurposeOther));
    town.tap(town.canteen, 20_00).unwrap();
    assert_eq!(
        town.load(BOOKS, 10_00),
        Err(Code::PurposeOther),
        "its log is of food"
    );
    town.room.online(town.payer, Input::Sync).unwrap();
    assert!(town.room.device(town.payer).purpose().is_none());
    assert_eq!(town.load(BOOKS, 10_00), Ok(()));
    town.sums_up();
}

#[test]
fn other_models_and_conditions_no_chip_can_judge_are_turned_down_at_the_load() {
    for model in Model::ALL.iter().filter(|it| **it != Model::Purse) {
        let mut town = town_of(*model, Vec::new(), 30);
        assert_eq!(town.load(FOOD, 10_00), Err(Code::PurposeModel), "{model:?}");
    }
    let mut town = town();
    assert_eq!(
        town.load(99, 10_00),
        Err(Code::Funds),
        "nothing is kept under this number"
    );
    let reasons = [
        Code::PurposePayee,
        Code::PurposePlace,
        Code::PurposeDay,
        Code::PurposeWallet,
        Code::PurposeSigners,
        Code::PurposeSecret,
    ];
    for (number, reason) in (20..).zip(reasons) {
        town.learn(number, Err(reason));
        assert_eq!(town.load(number, 10_00), Err(reason));
    }
    let many = vec![Rule::AtMost(1); MAX_RULES + 1];
    let deep = (0..9).fold(Rule::AtMost(1), |rule, _| Rule::All(vec![rule]));
    for (number, rules) in [(30, many), (31, vec![deep])] {
        town.learn(number, Ok((rules, i64::MAX)));
        assert_eq!(town.load(number, 10_00), Err(Code::PurposeLarge));
    }
    assert_eq!(town.load(FOOD, 500_01), Err(Code::Funds));
    assert_eq!(
        town.load(FOOD, 10_00),
        Ok(()),
        "a refusal leaves the device free to ask again"
    );
    town.sums_up();
}

#[test]
fn what_is_over_is_not_spent_and_goes_back() {
    let mut town = town_of(Model::Purse, Vec::new(), 5);
    assert_eq!(town.load(FOOD, 100_00), Ok(()));
    town.tap(town.canteen, 30_00).unwrap();
    town.room.now += 5 * DAY - 1;
    town.tap(town.canteen, 10_00).unwrap();
    town.room.now += 1;
    assert_eq!(town.tap(town.canteen, 10_00), Err(Code::PurposeOver));
    assert_eq!(town.load(FOOD, 10_00), Err(Code::PurposeOver));
    // Nobody reports: after as long as reports may take, the rest goes back by itself.
    town.room.online(town.canteen, Input::Sync).unwrap();
    assert_eq!(town.room.kept[&FOOD], 400_00);
    town.room.now = town.room.operator.next_due().unwrap();
    town.room.wait(0).unwrap();
    assert_eq!(town.room.kept[&FOOD], 460_00);
    assert_eq!(town.room.float, 40_00, "what the canteen has");
    assert!(town.room.findings.is_empty());
}

#[test]
fn a_payees_clock_catches_what_the_payers_clock_lets_pass() {
    let mut town = town_of(Model::Purse, Vec::new(), 5);
    assert_eq!(town.load(FOOD, 100_00), Ok(()));
    town.room.now += 6 * DAY;
    town.room.parties[town.payer].clock = -3 * DAY;
    // The payer's chip lets it out, the payee's turns it down: it is in limbo until a sync.
    assert_eq!(town.tap(town.canteen, 10_00), Err(Code::PurposeOver));
    assert_eq!(town.room.device(town.payer).in_limbo(), 10_00);
    town.sums_up();
    town.room.online(town.canteen, Input::Sync).unwrap();
    town.room.online(town.payer, Input::Sync).unwrap();
    assert_eq!(town.room.device(town.payer).in_limbo(), 0);
    assert_eq!(town.room.device(town.payer).spendable(), 100_00);
    assert!(town.room.device(town.payer).purpose().is_some());
    town.sums_up();
}

/// A broken chip pays 10 after the purpose's end, and a payee whose clock is wrong takes it.
fn against_the_purpose(mode: Mode) -> Town {
    let mut room = Room::new(Model::Purse, mode, Limits::default(), 7).unwrap();
    let payer = room.join(Class::Person, Form::Phone, 900_00, None).unwrap();
    let canteen = room.join_shop(5812).unwrap();
    let cinema = room.join_shop(7832).unwrap();
    let mut town = Town {
        room,
        payer,
        canteen,
        cinema,
    };
    let expires = town.room.now + 5 * DAY;
    town.learn(FOOD, Ok((Vec::new(), expires)));
    assert_eq!(town.load(FOOD, 100_00), Ok(()));
    // The payee's clock is set back, and the payer's chip signs the true time after the end.
    town.room.now += 6 * DAY;
    town.room.parties[town.canteen].clock = -3 * DAY;
    let at = town.room.moment(-3 * DAY);
    let asked = Input::Request {
        amount: 10_00,
        category: 0,
    };
    let payee = &mut town.room.parties[town.canteen];
    let request = sent(&payee.device.step(&mut payee.chip, asked, at).unwrap()).unwrap();
    let request = Signed::<Request>::decode(&request).unwrap();
    let payer = town.room.device(town.payer);
    let Holding::Purse(purse) = &payer.holding else {
        panic!("a chip purse");
    };
    let chip = PurseContent {
        counter: purse.counter + 1,
        previous: purse.head,
        hop: 1,
        policy_epoch: 1,
    };
    let purpose = purse.purpose.clone().unwrap();
    let pay = Pay {
        payer: payer.cert.clone(),
        payee: request.body.payee.body.serial,
        amount: 10_00,
        request: request.hash(),
        time: town.room.now,
        content: Content::Purpose(BoundContent { purpose, chip }),
    };
    let paid = Signed::sign(&KeyPair::from_bytes(payer.secret), pay);
    let paid = paid.bytes().to_vec();
    let at = town.room.moment(-3 * DAY);
    let payee = &mut town.room.parties[town.canteen];
    let took = payee.device.step(&mut payee.chip, Input::Receive(paid), at);
    took.unwrap();
    town
}

#[test]
fn who_pays_against_the_purpose_is_named_and_the_money_goes_back() {
    // What is in the payee's purse is honoured: the issuer bears it.
    let mut town = against_the_purpose(Mode::Fully);
    town.room.online(town.canteen, Input::Sync).unwrap();
    let found = town.room.findings[0].clone();
    let payer = town.room.serial(town.payer);
    assert_eq!(
        (found.what, found.named, found.amount),
        (What::Purpose, Some(payer), 10_00)
    );
    assert_eq!(town.room.equity, -10_00);
    assert_eq!(town.room.kept[&FOOD], 410_00);
    // Where the payee has to claim first, it is not paid, and nobody loses but the payee.
    let mut town = against_the_purpose(Mode::Staged);
    let _ = town.room.online(town.canteen, Input::Claim);
    assert_eq!(town.room.findings[0].what, What::Purpose);
    assert_eq!((town.room.equity, town.room.kept[&FOOD]), (0, 410_00));
    assert_eq!(town.room.float, 90_00, "what the payer's purse still holds");
}

#[test]
fn plain_money_out_of_a_purse_for_a_purpose_does_not_pass_the_sync() {
    let mut town = town();
    assert_eq!(town.load(FOOD, 100_00), Ok(()));
    if let Holding::Purse(purse) = &mut town.room.parties[town.payer].device.holding {
        purse.purpose = None;
    }
    town.tap(town.cinema, 10_00).unwrap();
    let synced = town.room.online(town.payer, Input::Sync);
    assert_eq!(synced.map_err(|it| it.code), Err(Code::Shadow));
    assert_eq!(town.room.findings[0].what, What::Log);
}

#[test]
fn it_survives_being_cut_off_anywhere() {
    for at in 0..24 {
        let mut town = town();
        let load = Input::LoadPurpose {
            amount: 50_00,
            number: FOOD,
        };
        let _ = town
            .room
            .exchange(town.payer, town.payer, load, &mut Cut::before(at));
        let _ = town.room.online(town.payer, Input::Again);
        let held = town.room.device(town.payer).spendable();
        assert_eq!(held + town.room.kept[&FOOD], 500_00, "cut at {at}");
        let mut cut = Cut::before(at);
        let _ = town
            .room
            .tap_cut(town.payer, town.canteen, 20_00, None, &mut cut);
        for place in [town.canteen, town.payer] {
            let _ = town.room.online(place, Input::Sync);
        }
        town.sums_up();
        assert_eq!(town.room.device(town.payer).in_limbo(), 0, "cut at {at}");
    }
}

#[test]
fn purposes_are_read_in_one_form_only() {
    let purpose = Purpose {
        operator: 1,
        number: FOOD,
        rules: vec![
            Rule::Any(vec![Rule::Category(vec![5812]), Rule::AtMost(5)]),
            Rule::None(vec![Rule::After(Epoch { from: 3, to: 9 })]),
        ],
        expires: 77,
    };
    let bytes = purpose.encode();
    assert_eq!(Purpose::decode(&bytes).unwrap(), purpose);
    for at in 0..bytes.len() {
        assert!(Purpose::decode(&bytes[..at]).is_err());
        let mut other = bytes.clone();
        other[at] ^= 1;
        // Whatever it reads as is written in these very bytes.
        if let Ok(read) = Purpose::decode(&other) {
            assert_eq!(read.encode(), other);
        }
    }
    // A certificate without a category has one form: none written.
    let room = town().room;
    let cert = room.device(1).cert.body.clone();
    assert_eq!(cert.category, 5812);
    assert_eq!(offline::object::Cert::decode(&cert.encode()).unwrap(), cert);
    let none = offline::object::Cert {
        category: 0,
        ..cert
    };
    let mut zero = none.encode();
    assert_eq!(offline::object::Cert::decode(&zero).unwrap(), none);
    // The array of eight, made one of nine with a zero at its end.
    let place = zero.iter().position(|byte| *byte == 0x88).unwrap();
    zero[place] = 0x89;
    zero.push(0);
    assert!(offline::object::Cert::decode(&zero).is_err());
}

fn rule() -> impl Strategy<Value = Rule> {
    let epoch = (0i64..100, 0i64..30).prop_map(|(from, long)| Epoch {
        from,
        to: from + long - 1,
    });
    let leaf = prop_oneof![
        epoch.clone().prop_map(Rule::After),
        epoch.prop_map(Rule::Before),
        prop::collection::vec(1u32..6, 0..3).prop_map(Rule::Category),
        (0i64..20).prop_map(Rule::AtMost),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        let rules = prop::collection::vec(inner, 0..4);
        prop_oneof![
            rules.clone().prop_map(Rule::All),
            rules.clone().prop_map(Rule::Any),
            rules.prop_map(Rule::None),
        ]
    })
}

proptest! {
    #[test]
    fn a_purpose_allows_exactly_what_it_judges_to_hold(
        rules in prop::collection::vec(rule(), 0..4),
        (now, amount, category) in (0i64..130, 1i64..20, 0u32..6),
    ) {
        let purpose = Purpose { operator: 1, number: 1, rules, expires: 100 };
        let tap = Tap { now, amount, category };
        let answer = purpose.judge(&tap);
        prop_assert_eq!(purpose.allows(&tap).is_ok(), answer == Answer::Holds);
        prop_assert!(now < 100 || answer == Answer::Fails);
        prop_assert_eq!(Purpose::decode(&purpose.encode()).unwrap(), purpose);
    }
}
