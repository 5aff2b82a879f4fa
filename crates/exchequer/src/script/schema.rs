//! The JSON Schema of the JSON form, made from the same specifications as
//! everything else that knows a verb.

use super::MOST_STOPS;
use serde_json::{Map, Value as Json, json};
use world::describe::{MOST_LISTED, MOST_SHARES};
use world::spec::{FieldType, Spec};

use super::ast::Op;
use super::json::VERSION;
use super::vocabulary::Vocabulary;
use super::{LINES, NAME_CHARS};

/// Gives the JSON Schema (2020-12) of [the JSON form](super::to_json), with the
/// documentation of every verb, kind and field.
#[must_use]
pub fn schema(vocabulary: &Vocabulary<'_>) -> Json {
    let mut definitions = Map::new();
    let mut define = |name: &str, schema: Json| {
        definitions.insert(name.to_owned(), schema);
    };
    for (name, schema) in types() {
        define(name, schema);
    }
    for verb in vocabulary.verbs {
        define(&format!("act.{}", verb.name), act(verb));
    }
    for kind in vocabulary.kinds {
        define(&format!("declare.{}", kind.name), declare(kind));
    }
    let any = |area: &str, specs: &[&Spec]| {
        let all = specs
            .iter()
            .map(|spec| refer(&format!("{area}.{}", spec.name)));
        json!({"anyOf": all.collect::<Vec<_>>()})
    };
    define("act", any("act", vocabulary.verbs));
    define("declare", any("declare", vocabulary.kinds));
    define("line", line(vocabulary));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Exchequer scenario",
        "description": "A scenario, one object a line. Its text form is .exq.",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            "exq": {"description": "The version of this form.", "const": VERSION},
            "lines": {"type": "array", "maxItems": LINES, "items": refer("line")},
        },
        "required": ["exq", "lines"],
        "additionalProperties": false,
        "$defs": definitions,
    })
}

fn refer(definition: &str) -> Json {
    json!({"$ref": format!("#/$defs/{definition}")})
}

/// An object with these keys, of which the first so many are needed.
fn object<const N: usize>(needed: usize, keys: [(&str, Json); N]) -> Json {
    let required: Vec<&str> = keys.iter().take(needed).map(|(key, _)| *key).collect();
    let properties: Map<String, Json> = keys
        .into_iter()
        .map(|(key, schema)| (key.to_owned(), schema))
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn string(description: &str, pattern: &str) -> Json {
    json!({"description": description, "type": "string", "pattern": pattern})
}

/// What several statements are made of.
fn types() -> [(&'static str, Json); 15] {
    const DATE_TIME: &str =
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{3})?)?";
    const TIME: &str = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{3})?)?";
    const SPAN: &str = "([0-9]+(ms|s|m|h|d))+";
    let tell = object(1, [("text", refer("text")), ("id", refer("id"))]);
    [
        (
            "amount",
            string(
                "A sum in the preset's currency as a decimal string, \"12.50\".",
                "^[0-9]+(\\.[0-9]+)?$",
            ),
        ),
        (
            "amounts",
            string(
                "A sum or a range of sums, \"100.00..500.00\".",
                "^[0-9]+(\\.[0-9]+)?(\\.\\.[0-9]+(\\.[0-9]+)?)?$",
            ),
        ),
        (
            "frequency",
            string(
                "So many times a second, \"100/s\".",
                "^[0-9]+(\\.[0-9]+)?/s$",
            ),
        ),
        (
            "count",
            json!({"description": "A whole number.", "type": "integer", "minimum": 0, "maximum": 1_u64 << 53}),
        ),
        (
            "name",
            json!({
                "description": "A name, \"Alice\", or that of a thing of a party's, \"Alice/card\".",
                "type": "string",
                "minLength": 1,
                "maxLength": 2 * NAME_CHARS + 1,
            }),
        ),
        ("text", json!({"description": "A text.", "type": "string"})),
        ("id", string("The key of a text's translations.", "^\\p{L}")),
        (
            "duration",
            string("A length of time, \"1h30m\".", &format!("^{SPAN}$")),
        ),
        (
            "rate",
            string(
                "A share or a rate a year, \"0.05%\" or \"0.0005\".",
                "^[0-9]+(\\.[0-9]+)?%?$",
            ),
        ),
        (
            "timeOfDay",
            string("A time of day, \"20:00\".", "^[0-9]{2}:[0-9]{2}$"),
        ),
        (
            "dateTime",
            string(
                "A date with a time in the preset's zone, \"2025-11-03T09:00\".",
                &format!("^{DATE_TIME}$"),
            ),
        ),
        (
            "when",
            string(
                "A time on the current date, \"09:05\"; a span after the statement before, \"+30s\"; or a date with a time.",
                &format!("^({TIME}|\\+{SPAN}|{DATE_TIME})$"),
            ),
        ),
        (
            "value",
            json!({
                "description": "A value whose type the path decides. A string holds it as a script writes it.",
                "anyOf": [
                    {"type": ["string", "boolean", "integer"]},
                    {"type": "array", "minItems": 1, "items": refer("value")},
                    {"type": "object", "minProperties": 1, "additionalProperties": refer("value")},
                ],
            }),
        ),
        ("tell", tell),
        (
            "expect",
            json!({"anyOf": [
                object(3, [
                    ("path", json!({"description": "What is looked at, \"Alice.wallet\".", "type": "string"})),
                    ("op", json!({"enum": Op::ALL.map(Op::sign)})),
                    ("value", refer("value")),
                    ("when", refer("when")),
                ]),
                object(1, [
                    ("refused", json!({
                        "description": "The last act was refused, with this code or, if true, any.",
                        "anyOf": [{"const": true}, {"type": "string"}],
                    })),
                    ("when", refer("when")),
                ]),
                object(1, [
                    ("ok", json!({"description": "The last act was not refused.", "const": true})),
                    ("when", refer("when")),
                ]),
                object(1, [
                    ("holds", json!({"description": "This invariant holds.", "type": "string"})),
                    ("when", refer("when")),
                ]),
            ]}),
        ),
    ]
}

/// A line: one statement or none, and a comment or none.
fn line(vocabulary: &Vocabulary<'_>) -> Json {
    let said = |key: &str, description: &str, schema: Json| {
        let mut line = object(1, [(key, schema), ("comment", refer("text"))]);
        line["title"] = json!(key);
        line["description"] = json!(description);
        line
    };
    json!({"anyOf": [
        object(0, [("comment", refer("text"))]),
        said("title", "The scenario's title.", refer("text")),
        said("use", "The preset.", object(1, [
            ("preset", json!({"type": "string"})),
            ("version", json!({"type": "integer", "minimum": 0, "maximum": u32::MAX})),
        ])),
        said("seed", "What all chance comes from; as a string above 2^53.", json!({
            "anyOf": [refer("count"), {"type": "string", "pattern": "^[0-9]{1,20}$"}],
        })),
        said("start", "When the scenario begins.", refer("dateTime")),
        said("lang", "The language of what is told.", json!({"type": "string"})),
        said("signing", "Whether instructions are signed.", json!({"type": "boolean"})),
        said("set", "Sets a value of the preset for this scenario.", set(vocabulary)),
        said("declare", "Something comes to be.", refer("declare")),
        said("act", "Somebody does something.", refer("act")),
        said("wait", "Time passes.", refer("when")),
        said("expect", "Something should be so.", refer("expect")),
        said("step", "A chapter of the story begins.", refer("tell")),
        said("note", "A paragraph.", refer("tell")),
        said("ask", "A question, at which play stops.", refer("tell")),
        said("choice", "An answer to the question above.", object(1, [
            ("text", refer("text")),
            ("right", json!({"type": "boolean"})),
            ("id", refer("id")),
        ])),
        said("reveal", "What is shown when the question is answered.", refer("tell")),
        said("contract", "A contract that holds money: as data, or as its lines.", block()),
        said("condition", "A condition: as data, or as its lines.", block()),
        said("try", "An act to try at the end.", object(2, [
            ("text", refer("text")),
            ("act", refer("act")),
            ("id", refer("id")),
        ])),
    ]})
}

/// A block: what it says as the reference of conditions describes it, or its
/// lines as a script writes them.
fn block() -> Json {
    let name = json!({"type": "string", "minLength": 1, "maxLength": NAME_CHARS});
    json!({"anyOf": [
        object(2, [
            ("name", name.clone()),
            ("lines", json!({"type": "array", "items": {"type": "string"}})),
            ("endComment", refer("text")),
        ]),
        {
            "type": "object",
            "properties": {"name": name},
            "required": ["name"],
            "anyOf": [{"required": ["parties", "steps"]}, {"required": ["rules"]}],
        },
    ]})
}

/// What can be set, by the types of values.
fn set(vocabulary: &Vocabulary<'_>) -> Json {
    let form = |path: Json, value: Json| {
        let value = json!({"anyOf": [value, {"const": "none"}]});
        let stops = json!({
            "type": "array",
            "description": "What a reader is offered to set it to, in the order of a slider.",
            "minItems": 2,
            "maxItems": MOST_STOPS,
            "items": value,
        });
        object(
            2,
            [
                ("path", path),
                ("value", value),
                ("stops", stops),
                ("source", refer("text")),
            ],
        )
    };
    let mut by_type: Vec<(FieldType, Vec<String>)> = Vec::new();
    for setting in vocabulary.settings {
        // A wallet type is any word; which ones there are, the preset decides.
        let path = setting.path.replace('.', "\\.").replace('*', "[^.]+");
        match by_type.iter_mut().find(|(ty, _)| *ty == setting.ty) {
            Some((_, paths)) => paths.push(path),
            None => by_type.push((setting.ty, vec![path])),
        }
    }
    if by_type.is_empty() {
        return form(json!({"type": "string"}), refer("value"));
    }
    let forms = by_type.into_iter().map(|(ty, paths)| {
        let value = match ty {
            FieldType::TimeOfDay => string(
                "A time of day as a script writes it, in quotes.",
                "^\"[0-9]{2}:[0-9]{2}\"$",
            ),
            FieldType::Count => string("A whole number, as a script writes it.", "^[0-9]+$"),
            ty => of_type(ty),
        };
        let pattern = format!("^({})$", paths.join("|"));
        form(json!({"type": "string", "pattern": pattern}), value)
    });
    json!({"anyOf": forms.collect::<Vec<_>>()})
}

fn act(verb: &Spec) -> Json {
    let mut act = object(
        2,
        [
            ("actor", refer("name")),
            ("verb", json!({"const": verb.name})),
            ("when", refer("when")),
            ("with", with(verb)),
            ("as", refer("name")),
        ],
    );
    describe(&mut act, verb);
    act
}

fn declare(kind: &Spec) -> Json {
    let mut declare = object(
        2,
        [
            ("kind", json!({"const": kind.name})),
            ("name", refer("name")),
            ("with", with(kind)),
        ],
    );
    describe(&mut declare, kind);
    declare
}

/// Says what a statement does, and that it needs arguments if it does.
fn describe(statement: &mut Json, spec: &Spec) {
    statement["title"] = json!(spec.name);
    let example = if spec.example.is_empty() {
        String::new()
    } else {
        format!("\n\nAs text: `{}`", spec.example)
    };
    statement["description"] = json!(format!("{}{example}", spec.doc));
    if spec.fields.iter().any(|field| field.required)
        && let Some(required) = statement["required"].as_array_mut()
    {
        required.push(json!("with"));
    }
}

/// The arguments of a verb or kind.
fn with(spec: &Spec) -> Json {
    let required = spec.fields.iter().filter(|field| field.required);
    let properties: Map<String, Json> = spec
        .fields
        .iter()
        .map(|field| {
            let mut schema = of_type(field.ty);
            schema["description"] = json!(field.doc);
            (field.name.to_owned(), schema)
        })
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required.map(|field| field.name).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

fn of_type(ty: FieldType) -> Json {
    match ty {
        FieldType::Amount | FieldType::Figure => refer("amount"),
        FieldType::Count => refer("count"),
        FieldType::Text => refer("text"),
        FieldType::Duration => refer("duration"),
        FieldType::Rate => refer("rate"),
        FieldType::Exchange => string("What one unit buys.", "^[0-9]+(\\.[0-9]{1,9})?$"),
        FieldType::Currency => string("A currency's three letters.", "^[A-Z]{3}$"),
        FieldType::TimeOfDay => refer("timeOfDay"),
        FieldType::Bool => json!({"type": "boolean"}),
        FieldType::Choice(words) => json!({"enum": words}),
        FieldType::Actor(_) | FieldType::Name | FieldType::WalletType => refer("name"),
        FieldType::Amounts => refer("amounts"),
        FieldType::Actors(_) => json!({"anyOf": [
            refer("name"),
            {"type": "array", "minItems": 1, "maxItems": MOST_LISTED, "items": refer("name")},
        ]}),
        FieldType::Shares(_) => json!({
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_SHARES,
            "items": object(2, [("to", refer("name")), ("amount", refer("amount"))]),
        }),
        FieldType::Frequency => refer("frequency"),
    }
}
