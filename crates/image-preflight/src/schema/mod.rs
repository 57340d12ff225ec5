//! JSON Schemas (2020-12) of what goes in and what comes out, with the feature `schemars`.
//!
//! [`Print`] says in which language, under which edition and for which tools they are; the functions here are for its default.
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
use crate::plan;
use crate::plan::document::RequestDocument;
use schemars::{Schema, SchemaGenerator};

mod case;
mod chinese;
mod draft;
mod editor;
mod facts;
mod portable;
mod print;
mod report;

pub use print::{Print, Profile};

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

/// Every published schema beside those of bodies, of a case, and of what providers answer.
static OTHERS: [(&str, MakeSchema); 8] = [
    ("facts", SchemaGenerator::subschema_for::<facts::Facts>),
    ("report", SchemaGenerator::subschema_for::<ReportDocument>),
    ("problem", SchemaGenerator::subschema_for::<report::Problem>),
    ("request", SchemaGenerator::subschema_for::<RequestDocument>),
    ("refusal", SchemaGenerator::subschema_for::<RefusalDocument>),
    ("plan", plan::document::schema),
    ("job", SchemaGenerator::subschema_for::<JobDocument>),
    ("rule", SchemaGenerator::subschema_for::<report::RuleInfo>),
];

/// The name of the schema of a case.
const CASE: &str = "case";

fn others() -> impl Iterator<Item = (&'static str, MakeSchema)> {
    OTHERS.into_iter().chain(catalogue::answers())
}

/// The names of all schemas.
fn all_names() -> impl Iterator<Item = &'static str> {
    catalogue::operations().map(Operation::id).chain([CASE]).chain(others().map(|(name, _)| name))
}

names! {
    /// The name of a published schema.
    SchemaName, all_names()
}

/// Every published schema: each operation's body, the case, the facts, the report, what providers answer, and how an answer is
/// explained.
///
/// ```
/// let names: Vec<_> = image_preflight::schema::documents().map(|document| document.name).collect();
/// assert!(names.contains(&"ims.whole-image") && names.contains(&"report"));
/// ```
pub fn documents() -> impl Iterator<Item = Document> {
    let print = Print::default();
    all_names().filter_map(move |name| Some(Document { name, schema: print.document(name)? }))
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
    Print::default().body(operation)
}

/// Everything in one schema, in `$defs`: a case, its facts, each operation's body and path, a report, the answers.
///
/// ```
/// let schema = image_preflight::schema::all();
/// assert!(schema.get("$defs").unwrap().get("Report").is_some());
/// ```
#[must_use]
pub fn all() -> Schema {
    Print::default().all()
}
