//! Older drafts of JSON Schema, for validators that know no other.

use super::walk::for_each_schema;
use serde_json::{Map, Value, json};

/// Rewrites a schema of 2020-12 as one of draft-07.
pub(super) fn draft_07(schema: &mut Value) {
    for_each_schema(schema, &mut |members| {
        if let Some(definitions) = members.remove("$defs") {
            members.insert("definitions".to_owned(), definitions);
        }
        if let Some(Value::String(target)) = members.get_mut("$ref") {
            *target = target.replace("#/$defs/", "#/definitions/");
        }
        reference_by_itself(members);
    });
}

/// What is beside a reference would be ignored.
fn reference_by_itself(members: &mut Map<String, Value>) {
    if members.len() > 1
        && let Some(target) = members.remove("$ref")
    {
        and(members, json!({"$ref": target}));
    }
}

/// Adds a demand.
fn and(members: &mut Map<String, Value>, schema: Value) {
    match members.get_mut("allOf") {
        Some(Value::Array(all)) => all.push(schema),
        _ => _ = members.insert("allOf".to_owned(), json!([schema])),
    }
}

/// The same as one of draft-04.
pub(super) fn draft_04(schema: &mut Value) {
    draft_07(schema);
    for_each_schema(schema, &mut |members| {
        members.remove("examples");
        members.remove("$comment");
        if let Some(id) = members.remove("$id") {
            members.insert("id".to_owned(), id);
        }
        if let Some(value) = members.remove("const") {
            members.insert("enum".to_owned(), json!([value]));
        }
        if members.get("required").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            members.remove("required");
        }
        whole_numbers(members);
        conditions(members);
    });
    // What the conditions have added is visited as well.
    for_each_schema(schema, &mut without_booleans);
}

/// In draft-04, a boolean is a schema of additional properties only.
fn without_booleans(members: &mut Map<String, Value>) {
    let replace = |schema: &mut Value| match schema {
        Value::Bool(true) => *schema = json!({}),
        Value::Bool(false) => *schema = json!({"not": {}}),
        _ => {}
    };
    for (keyword, value) in members.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties" | "definitions" | "patternProperties", Value::Object(schemas)) => {
                schemas.values_mut().for_each(replace);
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => schemas.iter_mut().for_each(replace),
            ("items" | "not", schema) => replace(schema),
            _ => {}
        }
    }
}

/// In draft-04, 1.0 is no integer.
fn whole_numbers(members: &mut Map<String, Value>) {
    let Some(types) = members.get_mut("type") else { return };
    let mut is_integer = false;
    let mut replace = |name: &mut Value| {
        if name == "integer" {
            *name = "number".into();
            is_integer = true;
        }
    };
    match types {
        Value::Array(names) => names.iter_mut().for_each(replace),
        name => replace(name),
    }
    if is_integer {
        members.insert("multipleOf".to_owned(), 1.into());
    }
}

/// If A, then B: not A, or B.
fn conditions(members: &mut Map<String, Value>) {
    let (then, otherwise) = (members.remove("then"), members.remove("else"));
    let Some(condition) = members.remove("if") else { return };
    if let Some(then) = then {
        and(members, json!({"anyOf": [{"not": condition}, then]}));
    }
    if let Some(otherwise) = otherwise {
        and(members, json!({"anyOf": [condition, otherwise]}));
    }
}

#[cfg(test)]
mod tests {
    use super::{draft_04, draft_07};
    use serde_json::json;

    #[test]
    fn what_a_draft_lacks_is_said_in_its_words() {
        let schema = json!({
            "$id": "a", "type": ["integer", "null"], "if": {"const": 1}, "then": {"$ref": "#/$defs/A", "title": "t"}, "else": false,
            "required": [], "examples": [1], "properties": {"a": true}, "additionalProperties": false, "$defs": {"A": {"type": "string"}}
        });
        let mut of_07 = schema.clone();
        draft_07(&mut of_07);
        assert_eq!(of_07["then"], json!({"title": "t", "allOf": [{"$ref": "#/definitions/A"}]}));
        assert_eq!(of_07["definitions"], json!({"A": {"type": "string"}}));
        let mut of_04 = schema;
        draft_04(&mut of_04);
        let expected = json!({
            "id": "a", "type": ["number", "null"], "multipleOf": 1, "properties": {"a": {}}, "additionalProperties": false, "definitions": {"A": {"type": "string"}},
            "allOf": [
                {"anyOf": [{"not": {"enum": [1]}}, {"title": "t", "allOf": [{"$ref": "#/definitions/A"}]}]},
                {"anyOf": [{"enum": [1]}, {"not": {}}]}
            ]
        });
        assert_eq!(of_04, expected);
    }
}
