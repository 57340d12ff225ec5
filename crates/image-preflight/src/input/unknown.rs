//! What a case says beside its request and its facts: which values are not known yet, and whether anything is presumed.

use crate::check::operation::Operation;
use crate::field::field::Field;
use crate::field::text::too_many_fields;
use crate::finding::case_rules;
use crate::finding::findings::{Findings, MAX_FINDINGS};
use crate::finding::fix::PatchOperation;
use crate::json::{JsonType, Value, unescaped};
use crate::message::param::{Param, Params, wrong_type};
use crate::message::suggest;
use crate::message::violation_kind::ViolationKind;
use crate::rule::draft::{Draft, NOT_KNOWN_YET};
use crate::rule::location::{At, Section};
use std::borrow::Cow;

/// Marks the fields that `unknown` points to: they are given, and their values are not known yet. A pointer below a field marks the
/// field, which is not known as a whole then.
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
        match place_of(&pointer, operation, draft) {
            Some((place, is_whole)) => {
                // Of a field that is not known in part, the known part is given too.
                if place.is_some_and(|value| !matches!(value, Value::Null)) && is_whole {
                    let params = Params::default().with("with", Param::UserText(pointer));
                    out.warn(&case_rules::UNKNOWN, at().item(index), ViolationKind::GivenAndUnknown, params);
                }
                *place = Some(NOT_KNOWN_YET);
            }
            None => no_field(pointer, operation, draft, at().item(index), out),
        }
    }
}

/// A pointer to no field, with the pointer that may be meant.
fn no_field<'a>(
    pointer: Cow<'a, str>,
    operation: &'static Operation,
    draft: &mut Draft<'a>,
    at: At,
    out: &mut Findings<'a>,
) {
    let fields = || operation.path.iter().chain(operation.body).map(Field::name);
    let known: Vec<_> = fields().collect();
    let near = suggest::closest(pointer.rsplit('/').next().unwrap_or_default(), &known, 1);
    let mut params = Params::default().with("actual", Param::UserText(pointer));
    let mut patch = Vec::new();
    if let [near] = *near {
        let is_of_path = operation.path.iter().any(|field| field.name() == near);
        let meant = At::unknown(if is_of_path { Section::Path } else { Section::Body }, near).pointer().to_owned();
        // What is given is known.
        if place_of(&meant, operation, draft).is_some_and(|(value, _)| value.is_none()) {
            patch.push(PatchOperation::replace(at.pointer(), meant.clone()));
        }
        params = params.with("nearest", Param::Identifier(meant.into()));
    }
    let params = params.with("allowed", Param::Identifiers(known));
    out.add_violation(&case_rules::UNKNOWN, case_rules::UNKNOWN.severity, at, ViolationKind::NotOneOf, params, patch);
}

/// The place of the field that a pointer leads to, or into, and whether it leads to the field itself.
fn place_of<'d, 'a>(
    pointer: &str,
    operation: &'static Operation,
    draft: &'d mut Draft<'a>,
) -> Option<(&'d mut Option<Value<'a>>, bool)> {
    let (section, rest) = pointer.strip_prefix('/')?.split_once('/')?;
    let (token, is_whole) = rest.split_once('/').map_or((rest, true), |(token, _)| (token, false));
    let name = unescaped(token);
    match section {
        "path" if operation.path.iter().any(|field| field.name() == name) => Some((&mut draft.path, is_whole)),
        "body" => Some((draft.body.get_mut(operation.slot(&name)?)?, is_whole)),
        _ => None,
    }
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
