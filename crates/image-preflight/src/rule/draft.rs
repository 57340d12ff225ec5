//! A request while it is being checked: every field absent or given, right or wrong.

use crate::json::{Key, Text, Value, unescaped};

/// The most fields that a body documents.
pub(crate) const MAX_BODY_FIELDS: usize = 11;

/// The value of a field that is given and not known yet. No field holds null otherwise.
pub(crate) const NOT_KNOWN_YET: Value<'static> = Value::Null;

/// What the path and the body of a request say, by the slots of their operation's fields. Null that is given is absent. A field
/// whose value exists and is not known yet holds [`NOT_KNOWN_YET`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft<'a> {
    /// No address has more than one parameter.
    pub(crate) path: Option<Value<'a>>,
    pub(crate) body: [Option<Value<'a>>; MAX_BODY_FIELDS],
    /// `unknown` speaks of a body that the case does not have, or that is no object: no patch can add a field to it.
    pub(crate) lacks_body: bool,
    /// Parameters of the address that the operation does not know.
    pub(crate) path_extras: Vec<(Text<'a>, Value<'a>)>,
    /// Fields of the body that the operation does not know.
    pub(crate) extras: Vec<(Text<'a>, Value<'a>)>,
    /// What is not known yet of fields that are lists, in order.
    pub(crate) unknown_parts: Vec<UnknownPart>,
}

/// An element of a field that is a list, or a member of an element, whose value is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnknownPart {
    pub(crate) slot: usize,
    pub(crate) index: usize,
    pub(crate) member: Option<String>,
}

impl<'a> Draft<'a> {
    /// A field of the body.
    pub(crate) fn body(&self, slot: usize) -> Option<&Value<'a>> {
        self.body.get(slot)?.as_ref()
    }

    /// A field of the body that is text, and not blank.
    pub(crate) fn text(&self, slot: usize) -> Option<Text<'a>> {
        self.body(slot)?.as_text().filter(|text| !text.is_blank())
    }

    /// Whether a field of the body is given, its value known or not.
    pub(crate) fn has(&self, slot: usize) -> bool {
        self.body(slot).is_some()
    }

    /// Whether a field of the body is given, and its value not known yet.
    pub(crate) fn is_unknown(&self, slot: usize) -> bool {
        matches!(self.body(slot), Some(Value::Null))
    }

    /// Whether the value of any field, or of a part of it, is not known yet.
    pub(crate) fn has_unknown(&self) -> bool {
        !self.unknown_parts.is_empty()
            || [&self.path].into_iter().chain(&self.body).any(|value| matches!(value, Some(Value::Null)))
    }

    /// What is not known yet of a field that is known otherwise.
    pub(crate) fn unknown_parts(&self, slot: usize) -> impl Iterator<Item = &UnknownPart> {
        let is_list = !self.unknown_parts.is_empty() && matches!(self.body(slot), Some(Value::Array(_)));
        self.unknown_parts.iter().filter(move |part| is_list && part.slot == slot)
    }

    /// Whether an element of a list, or this member of it, is not known yet; any of its members, if none is named.
    pub(crate) fn is_unknown_part(&self, slot: usize, index: usize, member: Option<&str>) -> bool {
        self.unknown_parts(slot).any(|part| {
            let is_it = |wanted| part.member.as_deref().is_none_or(|own| own == wanted);
            part.index == index && member.is_none_or(is_it)
        })
    }

    /// What was given under a name that is not known, of the address or of the body. Where it was given twice, the last one counts.
    pub(crate) fn unknown_member(&self, pointer: &str) -> Option<Value<'a>> {
        let (extras, token) = match (pointer.strip_prefix("/path/"), pointer.strip_prefix("/body/")) {
            (Some(token), _) => (&self.path_extras, token),
            (_, Some(token)) => (&self.extras, token),
            _ => return None,
        };
        let name = unescaped(token);
        extras.iter().rev().find_map(|(known, value)| known.is(&name).then_some(*value)).and_then(given)
    }

    pub(crate) fn set(&mut self, slot: usize, value: Value<'a>) {
        if let Some(place) = self.body.get_mut(slot) {
            *place = given(value);
        }
    }

    /// The fields that are given, by the names of their slots, then those that are not known.
    pub(crate) fn members(&self, keys: &'static [Key]) -> impl Iterator<Item = (Text<'a>, Value<'a>)> {
        let known = keys.iter().zip(&self.body);
        let known = known.filter_map(|(key, value)| Some((Text::plain(key.name), (*value)?)));
        known.chain(self.extras.iter().copied())
    }
}

/// Null in an optional field means that it is absent, in a mandatory one that it is missing.
pub(crate) fn given(value: Value<'_>) -> Option<Value<'_>> {
    (!matches!(value, Value::Null)).then_some(value)
}
