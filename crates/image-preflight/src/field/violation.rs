//! The violations of a field's value: their kind, parameters and place, and a suggestion for a fix.

use crate::json::{JsonType, Text, Value};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::draft::Draft;

/// What is wrong with a field's value.
#[derive(Clone, Debug)]
pub(crate) struct FieldViolation<'a> {
    pub(crate) kind: ViolationKind,
    pub(crate) params: Params<'a>,
    /// The element of a list, and the member of that element.
    pub(crate) item: Option<(usize, Option<String>)>,
    pub(crate) of: Target,
    pub(crate) suggestion: Suggestion,
}

impl FieldViolation<'_> {
    /// Whether it is about a part of a list that is not known yet.
    pub(crate) fn is_of_unknown(&self, draft: &Draft<'_>, slot: usize) -> bool {
        let Some((index, member)) = &self.item else { return false };
        draft.is_unknown_part(slot, *index, Some(member.as_deref().unwrap_or_default()))
    }

    /// Whether the service accepts the value nevertheless.
    pub(crate) fn is_warning(&self) -> bool {
        matches!(self.of, Target::Warning | Target::UnknownMember(_))
    }
}

/// Whose violation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The field's.
    Field,
    /// The field's, but the service takes it.
    Warning,
    /// An object within the field has a member that is not known; these are.
    UnknownMember(&'static [&'static str]),
}

/// How many violations of each severity are kept of one value: as many as a report has findings. Of the others only the number counts.
const MAX_KEPT: u32 = MAX_VIOLATIONS as u32;

/// How many elements of a list are looked at: beyond, it is too long anyway.
pub(crate) const MAX_VIOLATIONS: usize = 1000;

/// What a machine can do about a violation.
#[derive(Clone, Debug)]
pub(crate) enum Suggestion {
    None,
    Replace(String),
    Remove,
}

/// The violations of one value. Empty, it has allocated nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Violations<'a> {
    list: Vec<FieldViolation<'a>>,
    /// How many there are: those that the service accepts nevertheless, and the others.
    warnings: u32,
    errors: u32,
    /// Which element of a list is being evaluated.
    item: Option<usize>,
}

/// Violations are made out of line, so that the success path stays small.
impl<'a> Violations<'a> {
    #[cold]
    #[inline(never)]
    pub(crate) fn push(&mut self, kind: ViolationKind, params: Params<'a>) {
        self.add(kind, params, Target::Field, Suggestion::None);
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn push_with_suggestion(&mut self, kind: ViolationKind, params: Params<'a>, value: impl Into<String>) {
        self.add(kind, params, Target::Field, Suggestion::Replace(value.into()));
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn add(&mut self, kind: ViolationKind, params: Params<'a>, of: Target, suggestion: Suggestion) {
        let item = self.item.map(|index| (index, None));
        let violation = FieldViolation { kind, params, item, of, suggestion };
        let count = if violation.is_warning() { &mut self.warnings } else { &mut self.errors };
        *count = count.saturating_add(1);
        if *count > MAX_KEPT {
            return;
        }
        if self.list.capacity() == 0 {
            // Mostly there is one.
            self.list.reserve_exact(1);
        }
        self.list.push(violation);
    }

    /// What follows is about this element of a list.
    pub(crate) fn enter_item(&mut self, index: Option<usize>) {
        self.item = index;
    }

    /// Says of every violation from the `from`th on that it is this member's.
    pub(crate) fn enter_member(&mut self, from: usize, member: &str) {
        for violation in self.list.iter_mut().skip(from) {
            if let Some((_, name)) = &mut violation.item {
                *name = Some(member.to_owned());
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// How many violations there are that the service refuses, kept or not.
    pub(crate) fn errors(&self) -> u32 {
        self.errors
    }

    /// How many errors and how many warnings were not kept.
    pub(crate) fn cut(&self) -> [u32; 2] {
        [self.errors, self.warnings].map(|count| count.saturating_sub(MAX_KEPT))
    }

    pub(crate) fn into_list(self) -> Vec<FieldViolation<'a>> {
        self.list
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn wrong_type(&mut self, found: &Value<'a>, expected: JsonType) {
        self.push(ViolationKind::WrongType, crate::message::param::wrong_type(found.json_type(), expected));
    }

    /// The value as text; anything else is a violation.
    pub(crate) fn text(&mut self, value: &Value<'a>) -> Option<Text<'a>> {
        let text = value.as_text();
        if text.is_none() {
            self.wrong_type(value, JsonType::String);
        }
        text
    }

    /// The value as text that is not blank; anything else is a violation.
    pub(crate) fn non_blank(&mut self, value: &Value<'a>) -> Option<Text<'a>> {
        match value {
            Value::Text(text) if !text.is_blank() => return Some(*text),
            Value::Text(_) => self.empty(),
            _ => self.wrong_type(value, JsonType::String),
        }
        None
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn empty(&mut self) {
        self.push(ViolationKind::Empty, Params::default());
    }
}

/// The parameter for what a user wrote.
pub(crate) fn actual(text: Text<'_>) -> Params<'_> {
    Params::default().with("actual", Param::UserText(text.to_cow()))
}
