//! The schemas of tools, taken from the library's: what goes in is described to the depth that an agent needs to begin, and the tool
//! `schema` has the rest; what comes out is described whole.

use image_preflight::schema::Print;
use serde_json::{Map, Value, json};

/// The library's schema of a document, with the definitions that it uses.
pub(super) fn of(name: &str) -> Value {
    Print::default().document(name).map(Value::from).unwrap_or_default()
}

/// The members of a document, each with its description; a member of few words also with its type.
pub(super) fn members(name: &str) -> Value {
    let whole = of(name);
    let properties = whole["properties"].as_object().cloned().unwrap_or_default();
    let shallow =
        properties.into_iter().filter(|(name, _)| name != "$schema" && name != "ignore").map(|(name, schema)| {
            let mut short = Map::new();
            for key in ["description", "type", "enum"] {
                if let Some(value) = schema.get(key) {
                    short.insert(key.to_owned(), value.clone());
                }
            }
            (name, Value::Object(short))
        });
    Value::Object(shallow.collect())
}

/// A report as tools give it: without citations, which `explain` has, and with the findings that matter.
pub(super) fn brief_report() -> Value {
    let mut report = of("report");
    if let Some(required) = report.pointer_mut("/$defs/Finding/required").and_then(Value::as_array_mut) {
        required.retain(|name| name != "citations");
    }
    report
}

/// An object with these members, of which the documents among them share one set of definitions.
pub(super) fn object(properties: &Value, required: &[&str]) -> Value {
    let mut definitions = Map::new();
    let mut schema = json!({"type": "object", "properties": properties, "required": required});
    lift(&mut schema, &mut definitions);
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
    schema
}

/// Moves the definitions of documents within to the top, where their references look for them.
fn lift(schema: &mut Value, definitions: &mut Map<String, Value>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(own)) = members.remove("$defs") {
                definitions.extend(own);
            }
            for name in ["$schema", "$id"] {
                if members.get(name).is_some_and(Value::is_string) {
                    members.remove(name);
                }
            }
            members.values_mut().for_each(|value| lift(value, definitions));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|value| lift(value, definitions)),
        _ => {}
    }
}
