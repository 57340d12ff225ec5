//! The JSON Schema of an operation's body, made from its fields.

use crate::check::operation::Operation;
use crate::field::kind::Kind;
use crate::json::schema::Blank;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::Map;

/// The schema of a request: an object whose members are an operation's fields, described by their rules.
pub(crate) fn request(
    operation: &'static Operation,
    mandatory: &[(&str, &Kind)],
    generator: &mut SchemaGenerator,
) -> Schema {
    let mut properties = Map::new();
    for field in operation.body {
        let must = mandatory.iter().find(|(name, _)| *name == field.name());
        // A field that only one of an operation's requests requires is described by that request.
        let own = must.filter(|_| !field.is_mandatory());
        let kind = own.map_or(field.kind, |(_, kind)| kind).subschema(generator);
        // Null in an optional field means that it is absent, and so does blank text.
        let is_text = (field.kind.schema)().get("type").is_some_and(|kind| kind == "string");
        let mut schema = match must {
            Some(_) => kind,
            None if is_text => json_schema!({"anyOf": [kind, generator.subschema_for::<Blank>(), {"type": "null"}]}),
            None => json_schema!({"anyOf": [kind, {"type": "null"}]}),
        };
        schema.insert("description".to_owned(), field.rule.holds.en.into());
        properties.insert(field.name().to_owned(), schema.into());
    }
    let required: Vec<_> = mandatory.iter().map(|(name, _)| name).collect();
    json_schema!({"type": "object", "title": operation.title.en, "properties": properties, "required": required})
}
