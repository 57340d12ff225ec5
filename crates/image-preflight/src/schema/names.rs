//! The names that stand in cases and reports, as enumerations.

use crate::catalogue;
use crate::check::operation::Operation;
use crate::message::violation_kind::ViolationKind;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// One of these strings.
fn one_of(names: impl Iterator<Item = &'static str>) -> Schema {
    json_schema!({"type": "string", "enum": names.collect::<Vec<_>>()})
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $names:expr) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = one_of($names);
                if let Some(text) = schemars_description(&[$(stringify!($doc)),*]) {
                    schema.insert("description".to_owned(), text.into());
                }
                schema
            }
        }
    };
}

/// The text of a doc attribute.
fn schemars_description(attributes: &[&str]) -> Option<String> {
    let texts = attributes.iter().filter_map(|attribute| attribute.split_once('"')?.1.strip_suffix('"'));
    let text = texts.map(str::trim).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

names! {
    /// The id of a rule.
    RuleId, catalogue::rules().map(|rule| rule.id)
}
names! {
    /// The id of an operation, as cases name it.
    OperationId, catalogue::operations().map(Operation::id)
}
names! {
    /// The provider's own name of an operation.
    ProviderName, catalogue::operations().map(Operation::api_name)
}
names! {
    /// An operation, or something else that can be done with an image.
    CapabilityId, catalogue::operations().chain(catalogue::capabilities()).map(Operation::id)
}
names! {
    /// The kind of violation in a field's shape.
    ViolationKindName, ViolationKind::ALL.into_iter().filter(|kind| *kind != ViolationKind::Unlisted).map(ViolationKind::name)
}
names! {
    /// The name of an edition of the documents.
    EditionName, crate::rule::edition::Edition::names()
}
names! {
    /// The name of a published schema.
    SchemaName, catalogue::operations().map(Operation::id).chain(crate::schema::OTHERS.iter().map(|(name, _)| *name))
}
