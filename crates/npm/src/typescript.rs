//! TypeScript types from a JSON Schema.

use serde_json::Value;

/// The definitions of a JSON Schema as exported TypeScript types, the schema
/// itself as `root`. Descriptions become doc comments.
pub fn types(schema: &Value, root: &str) -> String {
    let mut text = String::new();
    let mut export = |name: &str, schema: &Value| {
        if let Some(doc) = schema["description"].as_str() {
            text.push_str(&format!("/** {} */\n", doc.replace("*/", "*\\/")));
        }
        text.push_str(&format!(
            "export type {} = {};\n",
            type_name(name),
            expression(schema, 0)
        ));
    };
    export(root, schema);
    if let Some(definitions) = schema["$defs"].as_object() {
        for (name, definition) in definitions {
            export(name, definition);
        }
    }
    text
}

/// `act.cash-in` → `ActCashIn`.
fn type_name(name: &str) -> String {
    name.split(['.', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
                .unwrap_or_default()
        })
        .collect()
}

fn expression(schema: &Value, depth: usize) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return type_name(reference.trim_start_matches("#/$defs/"));
    }
    if let Some(constant) = schema.get("const") {
        return constant.to_string();
    }
    if let Some(values) = schema["enum"].as_array() {
        return union(values.iter().map(Value::to_string));
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[key].as_array() {
            return union(choices.iter().map(|choice| expression(choice, depth)));
        }
    }
    if let Some(kinds) = schema["type"].as_array() {
        return union(
            kinds
                .iter()
                .filter_map(Value::as_str)
                .map(|kind| plain(kind).to_owned()),
        );
    }
    match schema["type"].as_str() {
        Some("array") => format!("{}[]", grouped(&expression(&schema["items"], depth))),
        Some("object") => object(schema, depth),
        Some(kind) => plain(kind).to_owned(),
        None => "unknown".to_owned(),
    }
}

fn plain(kind: &str) -> &'static str {
    match kind {
        "integer" | "number" => "number",
        "boolean" => "boolean",
        "string" => "string",
        "null" => "null",
        _ => "unknown",
    }
}

fn union(parts: impl Iterator<Item = String>) -> String {
    let mut parts: Vec<String> = parts.collect();
    parts.dedup();
    parts.join(" | ")
}

fn grouped(expression: &str) -> String {
    if expression.contains(" | ") {
        format!("({expression})")
    } else {
        expression.to_owned()
    }
}

fn object(schema: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth + 1);
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut text = String::from("{\n");
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(doc) = property["description"].as_str() {
            text.push_str(&format!("{indent}/** {} */\n", doc.replace("*/", "*\\/")));
        }
        let optional = if required.contains(&key.as_str()) {
            ""
        } else {
            "?"
        };
        text.push_str(&format!(
            "{indent}{}{optional}: {};\n",
            quoted(key),
            expression(property, depth + 1)
        ));
    }
    match &schema["additionalProperties"] {
        Value::Object(_) => {
            let value = expression(&schema["additionalProperties"], depth + 1);
            text.push_str(&format!("{indent}[key: string]: {value};\n"));
        }
        _ if text.len() == 2 => return "Record<string, never>".to_owned(),
        _ => {}
    }
    text + &"  ".repeat(depth) + "}"
}

fn quoted(key: &str) -> String {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain {
        key.to_owned()
    } else {
        format!("{key:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_form_of_schema_becomes_its_type() {
        let check = |schema: Value, expected: &str| assert_eq!(expression(&schema, 0), expected);
        check(json!({"type": "string"}), "string");
        check(json!({"type": "integer"}), "number");
        check(json!({"const": 1}), "1");
        check(json!({"enum": ["=", "<"]}), "\"=\" | \"<\"");
        check(json!({"$ref": "#/$defs/act.cash-in"}), "ActCashIn");
        check(json!({"type": ["string", "boolean"]}), "string | boolean");
        check(
            json!({"type": "array", "items": {"enum": [1, 2]}}),
            "(1 | 2)[]",
        );
        check(
            json!({"type": "object", "properties": {"a": {"type": "string"}, "b-c": {"type": "null"}}, "required": ["a"]}),
            "{\n  a: string;\n  \"b-c\"?: null;\n}",
        );
        check(
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
            "{\n  [key: string]: string;\n}",
        );
    }
}
