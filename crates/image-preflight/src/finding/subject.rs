//! What a request says about the objects that come with it.

use crate::json::{Array, Key, Text, Value};
use crate::rule::draft::Draft;
use crate::rule::fact::Fact;
use crate::rule::facts::Facts;

/// What a request says about the objects that come with it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'s, 'a> {
    pub(crate) draft: &'s Draft<'a>,
    pub(crate) path: &'static [Key],
    pub(crate) body: &'static [Key],
    /// The facts that its operation reads, by the bits of their ranks.
    pub(crate) reads: u64,
}

impl<'a> Subject<'_, 'a> {
    fn field(&self, name: &str) -> Option<Value<'a>> {
        if self.path.iter().any(|key| key.name == name) {
            return self.draft.path;
        }
        let slot = self.body.iter().position(|key| key.name == name)?;
        self.draft.body(slot).copied()
    }

    /// The id in a field, where its value is known.
    pub(crate) fn id(&self, field: &str) -> Option<Text<'a>> {
        self.field(field)?.as_text().filter(|id| !id.is_blank())
    }

    /// Whether a field has a value that is not known yet.
    pub(crate) fn is_unknown(&self, field: &str) -> bool {
        matches!(self.field(field), Some(Value::Null))
    }

    /// The ids in a field that lists them.
    pub(crate) fn ids(&self, field: &str) -> Option<Array<'a>> {
        if let Some(Value::Array(ids)) = self.field(field) { Some(ids) } else { None }
    }

    /// Whether the operation reads a fact that nothing has told yet.
    pub(crate) fn wants(&self, facts: &Facts<'_>, fact: Fact) -> bool {
        self.reads & fact.bit() != 0 && !facts.value(fact).is_known()
    }
}

/// Without a request: whatever an object is about is meant.
pub(crate) fn of_nothing<'s, 'a>(draft: &'s Draft<'a>) -> Subject<'s, 'a> {
    Subject { draft, path: &[], body: &[], reads: u64::MAX }
}
