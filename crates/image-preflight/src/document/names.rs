//! The names in cases and reports, as enumerations.

use crate::catalogue;
use crate::check::operation::Operation;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
use schemars::{Schema, json_schema};

/// One of these strings.
pub(crate) fn one_of(names: impl Iterator<Item = &'static str>) -> Schema {
    json_schema!({"type": "string", "enum": names.collect::<Vec<_>>()})
}

/// For a type of which every member is always written, those that may be null too.
pub(crate) fn all_required(schema: &mut Schema) {
    let names =
        schema.get("properties").and_then(serde_json::Value::as_object).map(|all| all.keys().cloned().collect());
    let names: Vec<String> = names.unwrap_or_default();
    schema.insert("required".to_owned(), names.into());
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $names:expr) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut schema = $crate::document::names::one_of($names);
                if let Some(text) = $crate::document::names::schemars_description(&[$(stringify!($doc)),*]) {
                    schema.insert("description".to_owned(), text.into());
                }
                schema
            }
        }
    };
}

pub(crate) use names;

/// The text of a doc attribute.
pub(crate) fn schemars_description(attributes: &[&str]) -> Option<String> {
    let texts = attributes.iter().filter_map(|attribute| attribute.split_once('"')?.1.strip_suffix('"'));
    let text = texts.map(str::trim).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The id of a rule, in what comes out: a later version may have a further one.
pub(crate) struct RuleId;

impl schemars::JsonSchema for RuleId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RuleId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> Schema {
        let known: Vec<_> = catalogue::rules().map(|rule| rule.id).collect();
        json_schema!({
            "description": "The id of a rule.",
            "anyOf": [
                {"type": "string", "enum": known},
                {"type": "string", "description": "A rule that this version of the schema does not know."}
            ]
        })
    }
}

names! {
    /// The id of an operation, as cases name it.
    OperationId, catalogue::operations().map(Operation::id)
}
names! {
    /// The provider's own name of an operation.
    ProviderName, catalogue::operations().flat_map(|operation| [operation.api_name].into_iter().chain(operation.api_aliases.iter().copied()))
}
names! {
    /// An operation, or something else that can be done with an image.
    CapabilityId, catalogue::operations().chain(catalogue::capabilities()).map(Operation::id)
}
names! {
    /// The kind of violation in a field's shape.
    ViolationKindName, ViolationKind::names()
}
names! {
    /// The name of an edition of the documents.
    EditionName, Edition::names().chain(Edition::aliases().map(|(alias, _)| alias))
}
