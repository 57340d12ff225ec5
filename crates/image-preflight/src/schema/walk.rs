//! The schemas within a schema.

use serde_json::{Map, Value};

/// Does something with every object of a schema that is one itself: neither a map of schemas nor an example.
pub(super) fn for_each_schema(value: &mut Value, act: &mut impl FnMut(&mut Map<String, Value>)) {
    let Value::Object(members) = value else { return };
    for (keyword, value) in members.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties" | "$defs" | "definitions" | "patternProperties", Value::Object(schemas)) => {
                schemas.values_mut().for_each(|schema| for_each_schema(schema, act));
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
                schemas.iter_mut().for_each(|schema| for_each_schema(schema, act));
            }
            ("items" | "additionalProperties" | "not" | "if" | "then" | "else", schema) => for_each_schema(schema, act),
            _ => {}
        }
    }
    act(members);
}
