//! The portable form of schemas: what validators, code generators, portals, gateways and mock servers share.
//!
//! One transformation of the exact schema makes it, so a limit or a field is nowhere said twice. It is here and not in a tool of this
//! repository, since the command line prints it too.

use super::walk::for_each_schema;
use crate::check::body_schema::FIELD;
use serde_json::{Map, Value};

/// Rewrites a schema. Lost on the way: what fields demand of one another, which characters beyond the Basic Multilingual Plane are
/// Chinese, that elements of a list differ. Null and blank in optional fields are refused: a client leaves these fields out.
pub(super) fn simplify(schema: &mut Value) {
    for_each_schema(schema, &mut |members| {
        fields_of_this_request(members);
        without_null(members);
        for keyword in ["if", "then", "else", "uniqueItems"] {
            members.remove(keyword);
        }
        one_pattern(members);
        without_empty(members);
    });
}

fn of_field(schema: &Value, name: &str) -> Option<bool> {
    schema.get(FIELD)?.get(name)?.as_bool()
}

/// Drops the fields that belong to another variant of the request.
fn fields_of_this_request(members: &mut Map<String, Value>) {
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        properties.retain(|_, schema| of_field(schema, "isOwn") != Some(false));
    }
}

/// An optional field is of its kind: the first alternative.
fn without_null(members: &mut Map<String, Value>) {
    let is_optional = members.get(FIELD).and_then(|field| field.get("isOptional")) == Some(&Value::Bool(true));
    if !is_optional {
        return;
    }
    let alternatives = members.remove("anyOf");
    let own = alternatives.as_ref().and_then(|all| all.get(0)).and_then(Value::as_object);
    for (keyword, value) in own.into_iter().flatten() {
        members.entry(keyword.clone()).or_insert_with(|| value.clone());
    }
}

/// Any text, before and behind what a pattern looks for.
const BEFORE: &str = "^[\\s\\S]*";
const BEHIND: &str = "[\\s\\S]*$";

/// A text has one pattern, or none; and no `not`.
fn one_pattern(members: &mut Map<String, Value>) {
    let not = members.remove("not");
    if let Some(Value::String(pattern)) = members.get_mut("pattern") {
        if let Some(rest) = pattern.strip_prefix("^(?:[").and_then(|rest| Some(rest.split_once("]*|")?.1)) {
            // Blank text means that an optional field is not given.
            *pattern = format!("^(?:{rest}");
        } else if !pattern.starts_with('^') {
            // Some tools take a pattern for the whole text, others for its beginning.
            *pattern = format!("{BEFORE}{pattern}{BEHIND}");
        }
    } else if let Some(class) = not.as_ref().and_then(|not| not.get("pattern")).and_then(Value::as_str)
        // What is within `not` has been rewritten before.
        && let Some(class) = class.strip_prefix(BEFORE).and_then(|class| class.strip_suffix(BEHIND))
        && let Some(characters) = class.strip_prefix('[').and_then(|class| class.strip_suffix(']'))
    {
        members.insert("pattern".to_owned(), format!("^[^{characters}]*$").into());
    }
}

/// Drops what is left of conditions.
fn without_empty(members: &mut Map<String, Value>) {
    if let Some(Value::Array(all)) = members.get_mut("allOf") {
        all.retain(|schema| schema.as_object().is_some_and(|schema| !schema.is_empty()));
        if all.is_empty() {
            members.remove("allOf");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::simplify;
    use serde_json::json;

    #[test]
    fn each_construct_has_a_plain_form() {
        let mut schema = json!({
            "oneOf": [{"$ref": "#/$defs/A"}], "if": {"required": ["a"]}, "then": {"required": ["b"]},
            "properties": {
                "own": {"anyOf": [{"$ref": "#/$defs/A"}, {"type": "null"}], "description": "d", "x-field": {"isOptional": true, "isOwn": true}},
                "other": {"x-field": {"isOptional": true, "isOwn": false}},
                "free": {"anyOf": [{"type": "string"}, {"type": "null"}]}
            },
            "$defs": {
                "A": {"type": "string", "pattern": "^(?:[ ]*|0|1)$", "not": {"pattern": "\\n"}},
                "B": {"type": "string", "not": {"pattern": "[<>]"}},
                "C": {"type": "array", "uniqueItems": true, "items": {"not": {"enum": ["."]}, "pattern": "[^ ]"}}
            },
            "allOf": [{"if": {}, "then": {}}]
        });
        simplify(&mut schema);
        let expected = json!({
            "oneOf": [{"$ref": "#/$defs/A"}],
            "properties": {
                "own": {"$ref": "#/$defs/A", "description": "d", "x-field": {"isOptional": true, "isOwn": true}},
                "free": {"anyOf": [{"type": "string"}, {"type": "null"}]}
            },
            "$defs": {
                "A": {"type": "string", "pattern": "^(?:0|1)$"},
                "B": {"type": "string", "pattern": "^[^<>]*$"},
                "C": {"type": "array", "items": {"pattern": "^[\\s\\S]*[^ ][\\s\\S]*$"}}
            }
        });
        assert_eq!(schema, expected);
    }
}
