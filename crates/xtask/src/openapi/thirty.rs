//! OpenAPI 3.0.3, for tools that take no 3.1: its schemas are a dialect of their own.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Rewrites a document of OpenAPI 3.1 with portable schemas.
pub(super) fn downgrade(document: &mut Value) {
    document["openapi"] = "3.0.3".into();
    if let Some(info) = document["info"].as_object_mut() {
        info.remove("summary");
        info.insert(
            "license".to_owned(),
            json!({
                "name": "MIT OR Apache-2.0",
                "url": "https://spdx.org/licenses/Apache-2.0.html"
            }),
        );
    }
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.values_mut().for_each(schema);
        let types: BTreeMap<_, _> = schemas
            .iter()
            .map(|(name, schema)| (format!("#/components/schemas/{name}"), schema["type"].clone()))
            .collect();
        schemas.values_mut().for_each(|schema| typed(schema, &types));
    }
    in_contents(document);
}

/// What may be null must name its type.
fn typed(value: &mut Value, types: &BTreeMap<String, Value>) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(|value| typed(value, types));
            let target =
                members.get("allOf").and_then(|all| all[0]["$ref"].as_str()).and_then(|target| types.get(target));
            if let Some(kind) = target.filter(|_| members.contains_key("nullable")) {
                let kind = kind.clone();
                members.insert("type".to_owned(), kind);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| typed(value, types)),
        _ => {}
    }
}

/// The schemas of parameters, headers and contents.
fn in_contents(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "schema" => schema(value),
                    "example" | "examples" | "schemas" => {}
                    _ => in_contents(value),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(in_contents),
        _ => {}
    }
}

/// Rewrites a schema, and those within it.
fn schema(value: &mut Value) {
    if value.is_boolean() {
        *value = json!({});
    }
    let Value::Object(members) = value else { return };
    for (keyword, value) in members.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(schemas)) => schemas.values_mut().for_each(schema),
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => schemas.iter_mut().for_each(schema),
            ("items" | "additionalProperties", value @ Value::Object(_)) => schema(value),
            _ => {}
        }
    }
    nullable(members);
    if let Some(value) = members.remove("const") {
        members.insert("enum".to_owned(), json!([value]));
    }
    if let Some(Value::Array(examples)) = members.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        members.insert("example".to_owned(), first);
    }
    members.remove("$comment");
    if members.get("type").is_some_and(|kind| kind == "array") {
        members.entry("items").or_insert_with(|| json!({}));
    }
    if members.len() > 1
        && let Some(target) = members.remove("$ref")
    {
        members.insert("allOf".to_owned(), json!([{"$ref": target}]));
    }
}

/// Null is no type.
fn nullable(members: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = members.get_mut("type") {
        let is_nullable = types.iter().any(|name| name == "null");
        types.retain(|name| name != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            members.insert("type".to_owned(), one);
        }
        if is_nullable {
            members.insert("nullable".to_owned(), true.into());
        }
    }
    if let Some(Value::Array(alternatives)) = members.get_mut("anyOf") {
        let count = alternatives.len();
        alternatives.retain(|schema| schema.get("type").is_none_or(|kind| kind != "null"));
        if alternatives.len() < count {
            if let [one] = alternatives.as_slice() {
                let one = one.clone();
                members.remove("anyOf");
                members.insert("allOf".to_owned(), json!([one]));
            }
            members.insert("nullable".to_owned(), true.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::schema;
    use serde_json::json;

    #[test]
    fn schemas_are_in_the_dialect_of_3_0() {
        let mut value = json!({
            "type": ["string", "null"], "examples": ["a", "b"], "$comment": "c",
            "properties": {
                "a": {"$ref": "#/x", "description": "d"}, "b": {"anyOf": [{"$ref": "#/y"}, {"type": "null"}]},
                "c": {"const": 1}, "d": {"type": "array"}, "e": true, "examples": {"type": "integer"}
            }
        });
        schema(&mut value);
        let expected = json!({
            "type": "string", "nullable": true, "example": "a",
            "properties": {
                "a": {"allOf": [{"$ref": "#/x"}], "description": "d"}, "b": {"allOf": [{"$ref": "#/y"}], "nullable": true},
                "c": {"enum": [1]}, "d": {"type": "array", "items": {}}, "e": {}, "examples": {"type": "integer"}
            }
        });
        assert_eq!(value, expected);
    }
}
