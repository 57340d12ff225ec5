//! Kinds of field: what a value may be, as a check and, with the feature `schemars`, as a JSON Schema. Both are
//! next to each other and share their limits; a test compares them.

use crate::field::violation::Violations;
use crate::json::Value;
use crate::rule::edition::Edition;

/// Evaluates a value that was given, under the limits of an edition.
pub(crate) type Check = for<'a> fn(&Value<'a>, &Edition, &mut Violations<'a>);

/// What a field's value may be.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The name of its schema.
    pub(crate) name: &'static str,
    pub(crate) check: Check,
    /// Whether it takes any text that is not blank: then nothing is unknown of a value that is given and not known yet.
    pub(crate) takes_any_id: bool,
    #[cfg(feature = "schemars")]
    /// Its schema under an edition.
    pub(crate) schema: fn(&Edition) -> serde_json::Value,
}

#[cfg(feature = "schemars")]
impl Kind {
    /// A reference to its schema among the definitions.
    pub(crate) fn subschema(&self, edition: &Edition, generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        if !generator.definitions().contains_key(self.name) {
            generator.definitions_mut().insert(self.name.to_owned(), (self.schema)(edition));
        }
        schemars::Schema::new_ref(format!("#/$defs/{}", self.name))
    }
}

/// A schema with the demand that a text matches a pattern from end to end. In ECMA-262 and in Rust `$` is the end; in Python it
/// is also the place before a last line break, so line breaks are refused separately: no pattern here accepts one.
#[cfg(feature = "schemars")]
fn whole(pattern: &str, schema: serde_json::Value) -> serde_json::Value {
    without("\\n", pattern, schema)
}

/// The same with [`Alphabet::pattern`](super::alphabet::Alphabet::pattern): beyond the Basic Multilingual Plane that takes what
/// is not Chinese, and this refuses it. Only what is refused is written in characters that need not be in every font: tools put
/// `pattern` into messages and headers.
#[cfg(feature = "schemars")]
pub(crate) fn of_alphabet(
    alphabet: &crate::field::alphabet::Alphabet,
    pattern: &str,
    schema: serde_json::Value,
) -> serde_json::Value {
    if alphabet.han {
        without(&format!("[\\n{}]", crate::field::alphabet::not_han()), pattern, schema)
    } else {
        whole(pattern, schema)
    }
}

#[cfg(feature = "schemars")]
fn without(refused: &str, pattern: &str, mut schema: serde_json::Value) -> serde_json::Value {
    if let Some(members) = schema.as_object_mut() {
        members.insert("pattern".to_owned(), format!("^{pattern}$").into());
        members.insert("not".to_owned(), serde_json::json!({"pattern": refused}));
    }
    schema
}
