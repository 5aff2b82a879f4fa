//! Merchants' codes: the published samples and every way to be wrong, the same natively and, by
//! `wasm-bindgen-test`, in a browser.
#![allow(clippy::unwrap_used)]

#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test as check;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as check;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use std::collections::BTreeMap;

use seal::merchant_qr::{
    Account, Additional, Initiation, MAX_BYTES, MerchantQr, MerchantQrError, ObjectId, Pix,
    PixTarget,
};

/// The example of EMVCo's specification of merchant-presented codes.
const EMV: &str = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A";

/// The static example of the Central Bank of Brazil's manual of BR Codes.
const PIX: &str = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";

fn template(gui: &str, fields: &[(u8, &str)]) -> Account {
    let fields = fields.iter().map(|(id, text)| (*id, (*text).to_owned()));
    Account::Template {
        gui: gui.to_owned(),
        fields: fields.collect(),
    }
}

fn text(it: &str) -> Option<String> {
    Some(it.to_owned())
}

fn object(id: u8, within: Option<u8>) -> ObjectId {
    ObjectId { id, within }
}

/// The text with the checksum that it then has.
fn sealed(body: &str) -> String {
    let found = MerchantQr::decode(&format!("{body}63040000"));
    match found {
        Err(MerchantQrError::Checksum { computed, .. }) => format!("{body}6304{computed:04X}"),
        _ => format!("{body}63040000"),
    }
}

fn body(sample: &str) -> &str {
    sample.split_at(sample.len() - 8).0
}

#[check]
fn the_sample_of_emv_says_what_its_specification_says() {
    let code = MerchantQr::decode(EMV).unwrap();
    let expected = MerchantQr {
        initiation: Some(Initiation::Dynamic),
        accounts: BTreeMap::from([
            (29, template("D15600000000", &[(5, "A93FO3230Q")])),
            (31, template("D15600000001", &[(3, "12345678")])),
        ]),
        category: "4111".to_owned(),
        currency: "156".to_owned(),
        amount: text("23.72"),
        country: "CN".to_owned(),
        name: "BEST TRANSPORT".to_owned(),
        city: "BEIJING".to_owned(),
        postal: None,
        additional: Some(Additional {
            store: text("1234"),
            customer: text("***"),
            terminal: text("A6008667"),
            request: text("ME"),
            ..Additional::default()
        }),
        others: BTreeMap::from([
            (55, "01".to_owned()),
            (64, "0002ZH0104最佳运输0202北京".to_owned()),
            (91, "0016A011223344998877070812345678".to_owned()),
        ]),
    };
    assert_eq!(code, expected);
    assert_eq!(Pix::of(&code), Ok(None));
    // It is not in ascending order, so it is written in another, and says the same.
    let written = code.encode().unwrap();
    assert_ne!(written, EMV);
    assert_eq!(written.len(), EMV.len());
    assert_eq!(MerchantQr::decode(&written), Ok(code));
}

#[check]
fn the_sample_of_pix_is_read_and_written_to_the_letter() {
    let code = MerchantQr::decode(PIX).unwrap();
    assert_eq!(code.encode().as_deref(), Ok(PIX));
    let pix = Pix {
        target: PixTarget::Key("123e4567-e12b-12d1-a456-426655440000".to_owned()),
        description: None,
        transaction: None,
    };
    assert_eq!(Pix::of(&code), Ok(Some(pix.clone())));
    assert_eq!(pix.code("Fulano de Tal", "BRASILIA", None), Ok(code));
}

#[check]
fn a_pix_payment_has_amount_words_and_transaction() {
    let pix = Pix {
        target: PixTarget::Url("pix.example.com/8b3da2f3".to_owned()),
        description: text("Almoço"),
        transaction: text("Mesa12"),
    };
    let mut code = pix.code("Bar do Zé", "SAO PAULO", Some("12.50")).unwrap();
    code.initiation = Some(Initiation::Dynamic);
    let back = MerchantQr::decode(&code.encode().unwrap()).unwrap();
    assert_eq!(back, code);
    assert_eq!(back.amount.as_deref(), Some("12.50"));
    assert_eq!(Pix::of(&back), Ok(Some(pix.clone())));
    for (pix, object, expected) in [
        (
            Pix {
                target: PixTarget::Key("k".repeat(78)),
                ..pix.clone()
            },
            object(26, Some(1)),
            "a text of 1 to 77 characters",
        ),
        (
            Pix {
                target: PixTarget::Key("k".repeat(40)),
                description: Some("d".repeat(34)),
                ..pix.clone()
            },
            object(26, Some(2)),
            "a description for which the key leaves room",
        ),
        (
            Pix {
                transaction: text("table 12"),
                ..pix.clone()
            },
            object(62, Some(5)),
            "1 to 25 letters and digits",
        ),
    ] {
        let refused = pix.code("Bar", "SAO PAULO", None);
        assert_eq!(refused, Err(MerchantQrError::Value { object, expected }));
    }
    let most = Pix {
        target: PixTarget::Key("k".repeat(40)),
        description: Some("d".repeat(33)),
        ..pix
    };
    let code = most.code("Bar", "SAO PAULO", None).unwrap();
    assert_eq!(
        Pix::of(&MerchantQr::decode(&code.encode().unwrap()).unwrap()),
        Ok(Some(most))
    );
}

#[check]
fn a_code_that_speaks_of_pix_keeps_to_its_form() {
    let code = MerchantQr::decode(PIX).unwrap();
    let with = |change: &dyn Fn(&mut MerchantQr)| {
        let mut code = code.clone();
        change(&mut code);
        Pix::of(&code)
    };
    let fields = |fields: &'static [(u8, &'static str)]| {
        move |code: &mut MerchantQr| {
            code.accounts = BTreeMap::from([(30, template("BR.GOV.BCB.PIX", fields))]);
        }
    };
    assert_eq!(
        with(&|code| code.currency = "840".to_owned()),
        Err(MerchantQrError::Value {
            object: object(53, None),
            expected: "986, the real"
        })
    );
    assert_eq!(
        with(&|code| code.country = "PT".to_owned()),
        Err(MerchantQrError::Value {
            object: object(58, None),
            expected: "BR, Brazil"
        })
    );
    assert_eq!(
        with(&fields(&[(2, "words alone")])),
        Err(MerchantQrError::Missing {
            object: object(30, Some(1))
        })
    );
    assert_eq!(
        with(&fields(&[(1, "key"), (25, "address")])),
        Err(MerchantQrError::Misplaced {
            object: object(30, Some(25))
        })
    );
    let found = with(&fields(&[(1, "key")])).unwrap().unwrap();
    assert_eq!(found.target, PixTarget::Key("key".to_owned()));
}

#[check]
fn what_is_no_code_is_told_with_its_place() {
    use MerchantQrError as E;
    let pix = body(PIX);
    for (text, expected) in [
        (String::new(), E::Format),
        ("000202".to_owned(), E::Format),
        (PIX.replacen("000201", "", 1), E::Format),
        ("0A0201".to_owned(), E::Id { at: 0 }),
        ("0002016".to_owned(), E::Id { at: 6 }),
        ("北京".to_owned(), E::Id { at: 0 }),
        ("00020163".to_owned(), E::Length { at: 8 }),
        ("0002015900".to_owned(), E::Length { at: 8 }),
        ("000201590京".to_owned(), E::Length { at: 8 }),
        (
            "0002015905北京".to_owned(),
            E::Truncated {
                object: object(59, None),
                at: 6,
                length: 5,
                left: 2,
            },
        ),
        (
            // The template's own object ends beyond it.
            PIX.replacen("0136123e", "0199123e", 1),
            E::Truncated {
                object: object(26, Some(1)),
                at: 28,
                length: 99,
                left: 36,
            },
        ),
        (format!("{PIX}9103Bar"), E::Trailing { at: PIX.len() - 8 }),
        (
            pix.to_owned(),
            E::Missing {
                object: object(63, None),
            },
        ),
        (
            format!("{pix}5903Bar63040000"),
            E::Twice {
                object: object(59, None),
                at: pix.len(),
            },
        ),
        (
            PIX.replace("1D3D", "1D3C"),
            E::Checksum {
                computed: 0x1D3D,
                found: 0x1D3C,
            },
        ),
        (
            PIX.replace("1D3D", "1D3G"),
            E::Value {
                object: object(63, None),
                expected: "four hexadecimal digits",
            },
        ),
        (
            sealed(&pix.replacen("52040000", "", 1)),
            E::Missing {
                object: object(52, None),
            },
        ),
        (
            sealed(&pix.replacen("0014br.gov", "0414br.gov", 1)),
            E::Missing {
                object: object(26, Some(0)),
            },
        ),
        (
            sealed("0002015204000053039865802BR5903Bar6003Rio"),
            E::Missing {
                object: object(26, None),
            },
        ),
        (
            sealed(&pix.replacen("62070503***", "62070003***", 1)),
            E::Misplaced {
                object: object(62, Some(0)),
            },
        ),
        (
            sealed(&format!("{pix}010213")),
            E::Value {
                object: object(1, None),
                expected: "11, for many payments, or 12, for one",
            },
        ),
        (
            "0".repeat(MAX_BYTES + 1),
            E::TooLong {
                bytes: MAX_BYTES + 1,
            },
        ),
    ] {
        if let E::Truncated { object, .. } = expected
            && object.within.is_some()
        {
            // What is within a template is looked at behind the checksum.
            assert_eq!(MerchantQr::decode(&sealed(body(&text))), Err(expected));
            continue;
        }
        assert_eq!(MerchantQr::decode(&text), Err(expected), "{text}");
    }
    // A checksum in small letters is the same one.
    assert!(MerchantQr::decode(&PIX.replace("1D3D", "1d3d")).is_ok());
}

#[check]
fn a_value_that_is_not_of_its_form_is_neither_read_nor_written() {
    type Change = fn(&mut MerchantQr);
    let code = MerchantQr::decode(PIX).unwrap();
    let changes: [(&str, Change); 22] = [
        ("52", |code| code.category = "411".to_owned()),
        ("53", |code| code.currency = "BRL".to_owned()),
        ("54", |code| code.amount = text("12,50")),
        ("54", |code| code.amount = text("0.00")),
        ("54", |code| code.amount = text(".50")),
        ("54", |code| code.amount = text("12.")),
        ("54", |code| code.amount = text("-1")),
        ("54", |code| code.amount = text("12345678901.50")),
        ("58", |code| code.country = "Br".to_owned()),
        ("59", |code| code.name = "n".repeat(26)),
        ("59", |code| code.name = String::new()),
        ("59", |code| code.name = "a\u{202E}b".to_owned()),
        ("60", |code| code.city = "c".repeat(16)),
        ("60", |code| code.city = "Rio\n".to_owned()),
        ("61", |code| code.postal = text("12345-67890")),
        ("26", |code| {
            code.accounts
                .insert(26, template("g", &[(1, &"k".repeat(91))]));
        }),
        ("26-00", |code| {
            code.accounts.insert(26, template("", &[]));
        }),
        ("26-07", |code| {
            code.accounts.insert(26, template("g", &[(7, "")]));
        }),
        ("26", |code| code.accounts = BTreeMap::new()),
        ("62-05", |code| {
            code.additional.as_mut().unwrap().reference = Some("r".repeat(26));
        }),
        ("62-09", |code| {
            code.additional.as_mut().unwrap().request = text("X");
        }),
        ("62", |code| code.additional = Some(Additional::default())),
    ];
    for (place, change) in changes {
        let mut code = code.clone();
        change(&mut code);
        let refused = code.encode().unwrap_err();
        let object = match refused {
            MerchantQrError::Value { object, .. } | MerchantQrError::Missing { object } => object,
            other => panic!("{place}: {other}"),
        };
        assert_eq!(object.to_string(), place, "{refused}");
    }
    let misplaced: [(&str, Change); 7] = [
        ("26", |code| {
            code.accounts.insert(26, Account::Plain("1234".to_owned()));
        }),
        ("02", |code| {
            code.accounts.insert(2, template("g", &[]));
        }),
        ("52", |code| {
            code.accounts.insert(52, template("g", &[]));
        }),
        ("26-00", |code| {
            code.accounts.insert(26, template("g", &[(0, "g")]));
        }),
        ("62-05", |code| {
            let additional = code.additional.as_mut().unwrap();
            additional.others.insert(5, "five".to_owned());
        }),
        ("63", |code| {
            code.others.insert(63, "0000".to_owned());
        }),
        ("100", |code| {
            code.others.insert(100, "far".to_owned());
        }),
    ];
    for (place, change) in misplaced {
        let mut code = code.clone();
        change(&mut code);
        let refused = code.encode().unwrap_err();
        let MerchantQrError::Misplaced { object } = refused else {
            panic!("{place}: {refused}");
        };
        assert_eq!(object.to_string(), place);
    }
    // Values at their limit are written, as far as all of them have room.
    let mut full = code.clone();
    full.name = "名".repeat(25);
    full.city = "c".repeat(15);
    full.amount = text("1234567890.50");
    full.others = (64..=66).map(|id| (id, "o".repeat(60))).collect();
    assert_eq!(
        MerchantQr::decode(&full.encode().unwrap()),
        Ok(full.clone())
    );
    full.others = (64..=70).map(|id| (id, "o".repeat(99))).collect();
    assert!(matches!(
        full.encode(),
        Err(MerchantQrError::TooLong { .. })
    ));
}

#[check]
fn a_code_with_any_character_replaced_is_another_or_none() {
    let code = MerchantQr::decode(PIX).unwrap();
    for at in 0..PIX.len() {
        for other in ["0", "9", "x", " ", "京", ""] {
            if &PIX[at..=at] == other {
                continue;
            }
            let text = format!("{}{other}{}", &PIX[..at], &PIX[at + 1..]);
            assert!(MerchantQr::decode(&text).is_err(), "{text}");
            let fault = text.get(..text.len().saturating_sub(8)).unwrap_or_default();
            if let Ok(read) = MerchantQr::decode(&sealed(fault)) {
                assert_eq!(
                    MerchantQr::decode(&read.encode().unwrap()),
                    Ok(read.clone())
                );
                let _ = Pix::of(&read);
            }
        }
    }
    assert_eq!(MerchantQr::decode(PIX), Ok(code));
}
