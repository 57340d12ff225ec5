//! The schemas of what goes into a check.

use crate::catalogue;
use crate::check::body_schema;
use crate::check::operation::Operation;
use crate::document::names::{EditionName, OperationId, ProviderName};
use crate::field::field::Field;
use crate::input::edition::EXTENDS;
use crate::json::MAX_SAFE;
use crate::json::schema::Blank;
use crate::message::locale::Locale;
use crate::rule::edition::{Edition, LimitKind};
use crate::schema::facts::Facts;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// Limits of the caller's own.
struct CustomEdition;

impl JsonSchema for CustomEdition {
    fn schema_name() -> Cow<'static, str> {
        "CustomEdition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let extends = json!({
            "anyOf": [generator.subschema_for::<EditionName>(), {"type": "null"}],
            "description": "The edition that holds but for these limits."
        });
        let mut properties = Map::from_iter([(EXTENDS.to_owned(), extends)]);
        for (limit, custom) in catalogue::custom_limits() {
            let mut schema = match limit.kind {
                LimitKind::Bytes => bytes(0, true),
                LimitKind::Count => bytes(1, true),
                LimitKind::BytesByRegion => {
                    json!({"type": ["object", "null"], "additionalProperties": bytes(0, false)})
                }
                LimitKind::Flag => json!({"type": ["boolean", "null"]}),
                LimitKind::Path => json!({"type": ["string", "null"]}),
            };
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), custom.description.into());
            }
            properties.insert(custom.name.to_owned(), schema);
        }
        json_schema!({
            "type": "object", "additionalProperties": false, "properties": properties,
            "description": "Limits of the caller's own."
        })
    }
}

/// A number of bytes, or of anything else.
fn bytes(minimum: u64, or_null: bool) -> Value {
    let types = if or_null { json!(["integer", "null"]) } else { json!("integer") };
    json!({"type": types, "minimum": minimum, "maximum": MAX_SAFE})
}

/// Edition of the documents to apply.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "for its schema")]
enum EditionChoice {
    Named(EditionName),
    Blank(Blank),
    Custom(CustomEdition),
}

/// A reference to the schema of a case, whose bodies are as an edition has them.
pub(crate) fn subschema(edition: &Edition, generator: &mut SchemaGenerator) -> Schema {
    const NAME: &str = "Case";
    generator.definitions_mut().insert(NAME.to_owned(), Value::Null);
    let by_operation: Vec<_> = catalogue::operations().map(|operation| of(operation, edition, generator)).collect();
    let mut schema = Members::json_schema(generator);
    schema.insert("description".to_owned(), "A case to check.".into());
    schema.insert("allOf".to_owned(), by_operation.into());
    let example = json!({
        "operation": "ims.cross-region-copy",
        "path": {"image_id": "465076de-dc36-4aec-80f5-ef9d8009428f"},
        "body": {
            "name": "ims_copy_image", "region": "cn-south-1", "project_name": "cn-south-1",
            "agency_name": "ims_copy_agency"
        },
        "facts": {
            "sourceRegion": "cn-north-4", "image": {"sizeBytes": 42_949_672_960_u64, "encrypted": false},
            "copiesInFlight": 0
        }
    });
    schema.insert("examples".to_owned(), json!([example]));
    generator.definitions_mut().insert(NAME.to_owned(), schema.into());
    Schema::new_ref(format!("#/$defs/{NAME}"))
}

/// What a case of one operation must have.
fn of(operation: &'static Operation, edition: &Edition, generator: &mut SchemaGenerator) -> Value {
    let body = (operation.schema)(edition, generator);
    let required: &[_] = if operation.path.is_empty() { &["body"] } else { &["path", "body"] };
    json!({
        "if": {"required": ["operation"], "properties": {"operation": {"enum": operation.names().collect::<Vec<_>>()}, "unknown": {"type": ["array", "null"], "maxItems": 0}}},
        "then": {"required": required, "properties": {"path": path(operation, edition, generator), "body": body}}
    })
}

/// The parameters in the address of an operation.
pub(crate) fn path(operation: &'static Operation, edition: &Edition, generator: &mut SchemaGenerator) -> Schema {
    let fields = || operation.path.iter();
    let property = |field: &Field| {
        let mut schema = field.kind.subschema(edition, generator);
        schema.insert("description".to_owned(), field.describe(Locale::default()).into());
        schema.insert("examples".to_owned(), body_schema::examples(field));
        schema
            .insert(body_schema::FIELD.to_owned(), json!({"rule": field.rule.id, "isOptional": false, "isOwn": true}));
        (field.name().to_owned(), schema.to_value())
    };
    let properties: Map<_, _> = fields().map(property).collect();
    let required: Vec<_> = fields().map(Field::name).collect();
    json_schema!({"type": "object", "properties": properties, "required": required})
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "for its schema")]
struct Members {
    /// The operation.
    operation: OperationName,
    /// Path parameters.
    path: Option<Map<String, Value>>,
    /// The body, as it would be sent.
    body: Option<Map<String, Value>>,
    /// Known facts about the image, ECS, backup and quotas.
    facts: Option<Facts>,
    /// Edition of the documents to apply.
    edition: Option<EditionChoice>,
    /// JSON Pointers to fields of the path or the body whose values exist but are not known yet, such as those that Terraform knows
    /// after it applied.
    #[schemars(inner(regex(pattern = r"^/(?:path|body)/")))]
    unknown: Option<Vec<String>>,
    /// If true, nothing is presumed: facts that are otherwise presumed to be in order must be given. Default: false.
    strict: Option<bool>,
    /// Where editors find the schema of a case; it is ignored.
    #[schemars(rename = "$schema")]
    schema: Option<Value>,
    /// Rules whose findings the command line does not count for this case, each with the reason. The report itself does not change.
    ignore: Option<Vec<Ignore>>,
}

/// A rule that does not count for a case.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "for its schema")]
struct Ignore {
    /// The id of the rule.
    rule: String,
    /// Why it does not count.
    #[schemars(length(min = 1))]
    reason: String,
}

/// The name of an operation: ours or the provider's.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "for its schema")]
enum OperationName {
    Ours(OperationId),
    Provider(ProviderName),
}
