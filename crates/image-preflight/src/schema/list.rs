//! The schemas that are published.

use super::{facts, report};
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

/// Where the schemas are published; each `$id` begins like this.
pub(super) const BASE: &str = "https://image-preflight.github.io/image-preflight/schema/";

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
pub(super) static OTHERS: [(&str, MakeSchema); 9] = [
    ("facts", SchemaGenerator::subschema_for::<facts::Facts>),
    ("report", SchemaGenerator::subschema_for::<ReportDocument>),
    ("problem", SchemaGenerator::subschema_for::<report::Problem>),
    ("request", SchemaGenerator::subschema_for::<RequestDocument>),
    ("refusal", SchemaGenerator::subschema_for::<RefusalDocument>),
    ("plan", plan::document::schema),
    ("progress", SchemaGenerator::subschema_for::<plan::PlanOptions>),
    ("job", SchemaGenerator::subschema_for::<JobDocument>),
    ("rule", SchemaGenerator::subschema_for::<report::RuleInfo>),
];

/// The name of the schema of a case.
pub(super) const CASE: &str = "case";

pub(super) fn others() -> impl Iterator<Item = (&'static str, MakeSchema)> {
    OTHERS.into_iter().chain(catalogue::answers())
}

/// The names of all schemas.
pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
    catalogue::operations().map(Operation::id).chain([CASE]).chain(others().map(|(name, _)| name))
}

names! {
    /// The name of a published schema.
    SchemaName, all_names()
}
