//! Fields: what a request is made of. Each has a type of its own whose values have passed that type's rules, and one check
//! that all entry points share.

use crate::field::kind::Kind;
use crate::json::Key;
use crate::message::message::Message;
use crate::rule::rule::{Citation, Rule, same, without_rationale};

/// When a field must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Mandatory,
    Optional,
}

impl Presence {
    /// That of a field which is `mandatory`, `optional` or `absent` in each of an operation's typed requests.
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
    pub(crate) const fn of(requests: &[&str]) -> Presence {
        let mut index = 0;
        while index < requests.len() {
            if !same(requests[index], "mandatory") {
                return Presence::Optional;
            }
            index += 1;
        }
        Presence::Mandatory
    }
}

/// A field of a request, with the rule that says what it may be.
///
/// ```
/// let operation = image_preflight::operation("ims.cross-region-copy").unwrap();
/// let name = &operation.body()[0];
/// assert_eq!((name.name(), name.is_mandatory()), ("name", true));
/// assert_eq!(name.rule().id, "ims.cross-region-copy.name");
/// ```
#[derive(Debug)]
pub struct Field {
    pub(crate) key: Key,
    pub(crate) presence: Presence,
    pub(crate) kind: &'static Kind,
    pub(crate) rule: Rule,
}

impl Field {
    /// Its name, the provider's own.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.key.name
    }

    /// Whether every request must give it. Where it depends on other fields, it is not mandatory by itself.
    #[must_use]
    pub fn is_mandatory(&self) -> bool {
        self.presence == Presence::Mandatory
    }

    /// The rule that says what it may be.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }
}

/// The keys of fields in one array, for the look-up of a member.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn keys<const N: usize>(fields: &[Field; N]) -> [Key; N] {
    let mut keys = [Key::new(""); N];
    let mut slot = 0;
    while slot < N {
        keys[slot] = fields[slot].key;
        slot += 1;
    }
    keys
}

/// The slot of a field, for the compiler to find.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn slot_of(fields: &[Field], name: &str) -> usize {
    let mut slot = 0;
    while !same(fields[slot].key.name, name) {
        slot += 1;
    }
    slot
}

/// The rule of a field, with its citations.
pub(crate) const fn field_rule(id: &'static str, holds: Message, why: Message, citations: &'static [Citation]) -> Rule {
    let [rule] = without_rationale([Rule { id, holds, why, citations, ..Rule::DEFAULT }]);
    rule
}
