//!

use crate::field::numbers::ByteSize;
use crate::finding::case_rules;
use crate::finding::findings::{Findings, MAX_FINDINGS};
use crate::json::{Integer, JsonType, Value};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::message::{param, suggest};
use crate::rule::edition::Edition;
use crate::rule::location::{At, Section};
use std::borrow::Cow;
use std::num::NonZeroU64;

/// The members of a caller's own limits.
const MEMBERS: [&str; 5] = ["extends", "capBytes", "regionCapBytes", "inRegionCapBytes", "concurrentCopies"];

/// Reads the `edition` of a case: a name, or an object with limits of the caller's own.
pub(crate) fn read_edition<'a>(value: &Value<'a>, out: &mut Findings<'a>) -> Edition {
    match value {
        Value::Null => Edition::default(),
        Value::Text(text) if text.is_blank() => Edition::default(),
        Value::Text(text) => {
            let name = text.to_cow();
            Edition::from_name(&name).unwrap_or_else(|| {
                let near = suggest::closest(&name, Edition::names(), suggest::MAX_SUGGESTED);
                let params = Params::default()
                    .with("actual", Param::UserText(name))
                    .with("allowed", Param::Identifiers(Edition::names().collect()));
                let params = suggest::suggest(params, near);
                out.violation(&case_rules::EDITION, At::section(Section::Edition), ViolationKind::NotOneOf, params);
                Edition::default()
            })
        }
        Value::Object(object) => Custom { out }.read(*object),
        other => {
            let params = param::wrong_type(other.json_type(), JsonType::String);
            out.violation(&case_rules::EDITION, At::section(Section::Edition), ViolationKind::WrongType, params);
            Edition::default()
        }
    }
}

struct Custom<'r, 'a> {
    out: &'r mut Findings<'a>,
}

impl<'a> Custom<'_, 'a> {
    fn read(&mut self, object: crate::json::Object<'a>) -> Edition {
        let base = object.get("extends").unwrap_or(Value::Null);
        let mut edition = match base {
            Value::Null | Value::Text(_) => read_edition(&base, self.out),
            other => {
                self.wrong_type(at("extends"), &other, JsonType::String);
                Edition::default()
            }
        };
        // A cap for all regions comes first, whatever the order of keys: those of single regions are added to it.
        if let Some(value) = object.get("capBytes").filter(|value| !matches!(value, Value::Null))
            && let Some(bytes) = self.count(at("capBytes"), &value, 0)
        {
            edition = edition.with_cap(ByteSize::of_bytes(bytes));
        }
        for (key, value) in object.iter() {
            edition = self.member(edition, &key.to_cow(), &value);
        }
        edition
    }

    fn member(&mut self, edition: Edition, name: &str, value: &Value<'a>) -> Edition {
        if matches!(value, Value::Null) && MEMBERS.contains(&name) {
            return edition;
        }
        match name {
            "extends" | "capBytes" => edition,
            "regionCapBytes" => self.region_caps(edition, value),
            "inRegionCapBytes" => match self.count(at(name), value, 0) {
                Some(bytes) => edition.with_in_region_cap(Some(ByteSize::of_bytes(bytes))),
                None => edition,
            },
            "concurrentCopies" => match self.count(at(name), value, 1) {
                Some(copies) => {
                    NonZeroU64::new(copies).map_or(edition.clone(), |copies| edition.with_concurrent_copies(copies))
                }
                None => edition,
            },
            _ => {
                self.unknown_member(name);
                edition
            }
        }
    }

    #[cold]
    fn unknown_member(&mut self, name: &str) {
        let (at, kind) = (at(name), ViolationKind::UnknownMember);
        if self.out.wants(&case_rules::EDITION, case_rules::EDITION.severity, &at, Some(kind)) {
            let params = Params::default()
                .with("actual", Param::UserText(Cow::Owned(name.to_owned())))
                .with("allowed", Param::Identifiers(MEMBERS.to_vec()));
            self.violation(
                at,
                kind,
                suggest::suggest(params, suggest::closest(name, MEMBERS.into_iter(), suggest::MAX_SUGGESTED)),
            );
        }
    }

    fn region_caps(&mut self, mut edition: Edition, value: &Value<'a>) -> Edition {
        let place = at("regionCapBytes");
        let Some(object) = value.as_object() else {
            self.wrong_type(place, value, JsonType::Object);
            return edition;
        };
        let count = object.iter().count();
        if count > MAX_FINDINGS {
            // None of them is taken: which ones come first must not matter.
            self.violation(place, ViolationKind::TooLong, crate::field::text::too_many_regions(count, MAX_FINDINGS));
            return edition;
        }
        for (region, value) in object.iter() {
            let region = region.to_cow();
            if let Some(bytes) = self.count(at("regionCapBytes").below(&region), &value, 0) {
                edition = edition.with_region_cap(region, ByteSize::of_bytes(bytes));
            }
        }
        edition
    }

    #[inline(never)]
    fn count(&mut self, at: At, value: &Value<'a>, least: i64) -> Option<u64> {
        let Value::Number(number) = value else {
            self.wrong_type(at, value, JsonType::Integer);
            return None;
        };
        match number.integer() {
            Integer::Of(count) if count >= least => u64::try_from(count).ok(),
            Integer::Fraction => {
                self.wrong_type(at, value, JsonType::Integer);
                None
            }
            integer => {
                self.violation(
                    at,
                    ViolationKind::OutOfRange,
                    crate::message::param::out_of_range(integer, *number, least),
                );
                None
            }
        }
    }

    #[inline(never)]
    fn wrong_type(&mut self, at: At, found: &Value<'a>, expected: JsonType) {
        self.violation(at, ViolationKind::WrongType, param::wrong_type(found.json_type(), expected));
    }

    #[inline(never)]
    fn violation(&mut self, at: At, kind: ViolationKind, params: Params<'a>) {
        self.out.violation(&case_rules::EDITION, at, kind, params);
    }
}

#[inline(never)]
fn at(member: &str) -> At {
    At::section(Section::Edition).below(member)
}
