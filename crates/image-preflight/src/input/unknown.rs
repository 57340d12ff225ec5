//! What a case says beside its request and its facts: which values are not known yet, and whether anything is presumed.

use crate::check::operation::Operation;
use crate::field::field::Field;
use crate::field::text::too_many_fields;
use crate::finding::case_rules;
use crate::finding::findings::{Findings, MAX_FINDINGS};
use crate::finding::fix::PatchOperation;
use crate::json::{JsonType, Value, cut, first_token, unescaped};
use crate::message::param::{Param, Params, wrong_type};
use crate::message::suggest;
use crate::message::violation_kind::ViolationKind;
use crate::rule::draft::{Draft, NOT_KNOWN_YET, UnknownPart};
use crate::rule::location::{At, Section};
use std::borrow::Cow;

/// Marks what `unknown` points to: it is given, and its value is not known yet. A pointer into a list marks the element, or a member of
/// it; the others are known.
#[cold]
#[inline(never)]
pub(crate) fn mark_unknown<'a>(
    value: &Value<'a>,
    operation: &'static Operation,
    draft: &mut Draft<'a>,
    out: &mut Findings<'a>,
) {
    let at = || At::section(Section::Unknown);
    let Value::Array(list) = value else {
        let params = wrong_type(value.json_type(), JsonType::Array);
        return out.violation(&case_rules::UNKNOWN, at(), ViolationKind::WrongType, params);
    };
    for (index, item) in list.iter().enumerate() {
        if index >= MAX_FINDINGS {
            let params = too_many_fields(list.iter().count(), MAX_FINDINGS);
            out.violation(&case_rules::UNKNOWN, at(), ViolationKind::TooLong, params);
            break;
        }
        let Some(pointer) = item.as_text() else {
            let params = wrong_type(item.json_type(), JsonType::String);
            out.violation(&case_rules::UNKNOWN, at().item(index), ViolationKind::WrongType, params);
            continue;
        };
        let pointer = pointer.to_cow();
        match place_of(&pointer, operation) {
            Some((section, slot, rest)) => {
                if mark(section, slot, rest, draft) {
                    let params = Params::default().with("with", Param::UserText(pointer));
                    out.warn(&case_rules::UNKNOWN, at().item(index), ViolationKind::GivenAndUnknown, params);
                }
            }
            // Whatever the value will be, it is not sent.
            None if pointer.strip_prefix("/body/").is_some_and(|name| operation.unsent.contains(&name)) => {}
            None => no_field(pointer, operation, draft, at().item(index), out),
        }
    }
}

/// A pointer to no field, with the pointer that may be meant.
fn no_field<'a>(
    pointer: Cow<'a, str>,
    operation: &'static Operation,
    draft: &Draft<'a>,
    at: At,
    out: &mut Findings<'a>,
) {
    let fields = || operation.path.iter().chain(operation.body);
    let names: Vec<_> = fields().map(Field::name).collect();
    let mut name = &*pointer;
    while let Some((_, behind)) = cut(name, b'/') {
        name = behind;
    }
    let near = suggest::closest(name, &names, 1).first().copied();
    let mut patch = Vec::new();
    let mut params = Params::default().with("actual", Param::UserText(pointer));
    if let Some((place, meant)) = fields().enumerate().find(|(_, field)| Some(field.name()) == near) {
        let is_given = match place.checked_sub(operation.path.len()) {
            None => draft.path.is_some(),
            Some(slot) => draft.has(slot),
        };
        // What is given is known.
        if !is_given {
            patch.push(PatchOperation::replace(at.pointer(), meant.pointer));
        }
        params = params.with("nearest", Param::Identifier(meant.pointer.into()));
    }
    let params = params.with("allowed", Param::Identifiers(fields().map(|field| field.pointer).collect()));
    out.add_violation(&case_rules::UNKNOWN, case_rules::UNKNOWN.severity, at, ViolationKind::NotOneOf, params, patch);
}

/// The field that a pointer leads to, or into: its part of the case, its slot, and the rest of the pointer.
fn place_of<'p>(pointer: &'p str, operation: &'static Operation) -> Option<(Section, usize, Option<&'p str>)> {
    let (section, rest) = cut(pointer.strip_prefix('/')?, b'/')?;
    let (token, rest) = first_token(rest);
    let name = unescaped(token);
    match section {
        "path" if operation.path.iter().any(|field| field.name() == name) => Some((Section::Path, 0, rest)),
        "body" => Some((Section::Body, operation.slot(&name)?, rest)),
        _ => None,
    }
}

/// Marks a field, or a part of a list that it is; gives whether what is marked has a value.
fn mark(section: Section, slot: usize, rest: Option<&str>, draft: &mut Draft<'_>) -> bool {
    let value = if section == Section::Path { draft.path } else { draft.body(slot).copied() };
    if let (Section::Body, Some(Value::Array(list)), Some(rest)) = (section, value, rest) {
        let (token, member) = first_token(rest);
        let member = member.map(|rest| unescaped(first_token(rest).0).into_owned());
        let is_index = token == "0" || token.bytes().all(|byte| byte.is_ascii_digit()) && !token.starts_with('0');
        let index = token.parse::<usize>().ok().filter(|_| is_index);
        if let Some((index, element)) = index.and_then(|index| Some((index, list.iter().nth(index)?))) {
            let given = match (&member, element) {
                (Some(name), Value::Object(object)) => object.get(name),
                (_, element) => Some(element),
            };
            let part = UnknownPart { slot, index, member };
            if !draft.unknown_parts.contains(&part) {
                draft.unknown_parts.push(part);
            }
            return given.is_some_and(|given| !matches!(given, Value::Null));
        }
    }
    // Of what is not a list, or has no such element, nothing is known.
    match section {
        Section::Path => draft.path = Some(NOT_KNOWN_YET),
        _ => {
            if let Some(place) = draft.body.get_mut(slot) {
                *place = Some(NOT_KNOWN_YET);
            }
        }
    }
    rest.is_none() && value.is_some_and(|value| !matches!(value, Value::Null))
}

/// Reads whether nothing is presumed; null is absent.
pub(crate) fn read_strict<'a>(value: &Value<'a>, out: &mut Findings<'a>) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        other => {
            let params = wrong_type(other.json_type(), JsonType::Boolean);
            out.violation(&case_rules::STRICT, At::section(Section::Strict), ViolationKind::WrongType, params);
            false
        }
    }
}
