//! JSON Schemas (2020-12) of what goes in and what comes out, with the feature `schemars`.
//!
//! The schema of an operation's body accepts exactly the bodies in which a check finds no error of shape under the default
//! edition, but for what no JSON Schema can say ([`BEYOND`]). Patterns mean the same in ECMA-262 with the flag `u`, in Rust's
//! `regex` and in Python's `re`; lengths count Unicode code points; null in an optional field means that it is absent.

use crate::catalogue;
use crate::check::cloud::MakeSchema;
use crate::check::operation::Operation;
use crate::document::names::names;
use crate::document::refusal::RefusalDocument;
use crate::document::report::ReportDocument;
use crate::job::JobDocument;
use crate::job::document::BegunDocument;
use crate::json::MAX_SAFE;
use crate::plan;
use crate::plan::document::RequestDocument;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

mod case;
mod facts;

mod report;

/// Where the schemas are published; each `$id` begins like this.
const BASE: &str = "https://image-preflight.github.io/image-preflight/schema/";

/// What a check finds in a body and no JSON Schema can say: the rule, the kind of violation, and why.
///
/// ```
/// for (rule, kind, _) in image_preflight::schema::BEYOND {
///     println!("{} {kind}", image_preflight::rule(rule).unwrap().id);
/// }
/// ```
pub const BEYOND: [(&str, &str, &str); 4] = [
    ("ims.whole-image.min_ram", "out-of-range", "`min_ram` against `max_ram`: two numbers are not compared"),
    ("ims.whole-image.tags", "duplicate", "keys that repeat: `uniqueItems` compares whole tags"),
    ("ims.whole-image.image_tags", "duplicate", "keys that repeat: `uniqueItems` compares whole tags"),
    ("jd.copy-images.regionId", "conflict", "the body's region against the address's, which is not in the body"),
];

/// A schema as it is published.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// Its name: an operation's id, or what it is of.
    pub name: &'static str,
    /// The schema, complete in itself.
    pub schema: Schema,
}

/// Every published schema beside those of bodies and of what providers answer.
static OTHERS: [(&str, MakeSchema); 9] = [
    ("case", SchemaGenerator::subschema_for::<case::Case>),
    ("facts", SchemaGenerator::subschema_for::<facts::Facts>),
    ("report", SchemaGenerator::subschema_for::<ReportDocument>),
    ("problem", SchemaGenerator::subschema_for::<report::Problem>),
    ("request", SchemaGenerator::subschema_for::<RequestDocument>),
    ("refusal", SchemaGenerator::subschema_for::<RefusalDocument>),
    ("plan", plan::document::schema),
    ("job", SchemaGenerator::subschema_for::<JobDocument>),
    ("rule", SchemaGenerator::subschema_for::<report::RuleInfo>),
];

fn others() -> impl Iterator<Item = (&'static str, MakeSchema)> {
    OTHERS.into_iter().chain(catalogue::answers())
}

names! {
    /// The name of a published schema.
    SchemaName, catalogue::operations().map(Operation::id).chain(others().map(|(name, _)| name))
}

/// Every published schema: each operation's body, the case, the facts, the report, what providers answer, and how an answer is
/// explained.
///
/// ```
/// let names: Vec<_> = image_preflight::schema::documents().map(|document| document.name).collect();
/// assert!(names.contains(&"ims.whole-image") && names.contains(&"report"));
/// ```
pub fn documents() -> impl Iterator<Item = Document> {
    let bodies = catalogue::operations().map(|operation| Document { name: operation.id, schema: body(operation) });
    bodies.chain(others().map(|(name, schema)| Document { name, schema: document(name, schema) }))
}

/// The schema of an operation's body.
///
/// ```
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let schema = image_preflight::schema::body(operation);
/// assert_eq!(schema.get("required").unwrap(), &serde_json::json!(["name"]));
/// ```
#[must_use]
pub fn body(operation: &'static Operation) -> Schema {
    let mut schema = document(operation.id, operation.schema);
    let examples = operation.examples.iter().filter_map(|text| serde_json::from_str::<Value>(text).ok());
    schema.insert("examples".to_owned(), examples.collect());
    schema
}

/// Everything in one schema, in `$defs`: a case, its facts, each operation's body and path, a report, the answers.
///
/// ```
/// let schema = image_preflight::schema::all();
/// assert!(schema.get("$defs").unwrap().get("Report").is_some());
/// ```
#[must_use]
pub fn all() -> Schema {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    for (_, make) in others() {
        make(&mut generator);
    }
    generator.subschema_for::<Bodies>();
    generator.subschema_for::<Paths>();
    generator.subschema_for::<report::Destination>();
    generator.subschema_for::<report::Understood>();
    generator.subschema_for::<BegunDocument>();
    generator.subschema_for::<SchemaName>();
    let definitions = generator.take_definitions(true);
    finished(json_schema!({"$schema": DIALECT, "$id": format!("{BASE}all.json"), "$defs": definitions}))
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema that stands alone: what it refers to is in its `$defs`.
fn document(name: &str, schema: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Schema {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let root = schema(&mut generator);
    let mut definitions = generator.take_definitions(true);
    let of = root.get("$ref").and_then(Value::as_str).and_then(|of| of.rsplit('/').next()).unwrap_or_default();
    let root = definitions.remove(of);
    let mut whole = json_schema!({"$schema": DIALECT, "$id": format!("{BASE}{name}.json"), "title": of});
    for (keyword, value) in root.as_ref().and_then(Value::as_object).into_iter().flatten() {
        whole.insert(keyword.clone(), value.clone());
    }
    if !definitions.is_empty() {
        whole.insert("$defs".to_owned(), definitions.into());
    }
    finished(whole)
}

/// Takes out what is for readers of the Rust only: examples in Rust, and formats of Rust's numbers.
fn finished(mut schema: Schema) -> Schema {
    RecursiveTransform(|schema: &mut Schema| {
        if let Some(text) = schema.get("description").and_then(Value::as_str).and_then(|text| text.split("```").next())
        {
            let text = text.trim().to_owned();
            schema.insert("description".to_owned(), text.into());
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("uint64" | "uint") => {
                schema.remove("format");
                schema.insert("maximum".to_owned(), MAX_SAFE.into());
            }
            Some("uint16" | "uint32" | "double") => _ = schema.remove("format"),
            _ => {}
        }
    })
    .transform(&mut schema);
    schema
}

/// The body of each operation.
struct Bodies;

impl JsonSchema for Bodies {
    fn schema_name() -> Cow<'static, str> {
        "Bodies".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        by_operation("The body of each operation.", |operation| (operation.schema)(generator))
    }
}

/// The parameters in the address of each operation.
struct Paths;

impl JsonSchema for Paths {
    fn schema_name() -> Cow<'static, str> {
        "Paths".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        by_operation("The parameters in the address of each operation.", |operation| case::path(operation, generator))
    }
}

fn by_operation(description: &str, mut schema: impl FnMut(&'static Operation) -> Schema) -> Schema {
    let properties: Map<_, _> =
        catalogue::operations().map(|operation| (operation.id.to_owned(), schema(operation).into())).collect();
    let required: Vec<_> = properties.keys().collect();
    json!({"type": "object", "description": description, "required": required, "properties": properties})
        .try_into()
        .unwrap_or_default()
}
