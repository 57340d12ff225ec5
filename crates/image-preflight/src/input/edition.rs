//! The edition of a case: a name, or a caller's own limits.

use crate::catalogue;
use crate::finding::case_rules;
use crate::finding::fact_objects::InvalidFacts;
use crate::finding::findings::{Findings, MAX_FINDINGS};
#[cfg(feature = "text")]
use crate::json::Reader;
use crate::json::{Integer, JsonType, MAX_SAFE, Value};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::message::{param, suggest};
use crate::rule::edition::{Edition, Limit, LimitKind, LimitValue};
use crate::rule::location::{At, Section};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::num::NonZeroU64;

pub(crate) const EXTENDS: &str = "extends";

/// The members of an edition of a caller's own.
#[cold]
#[inline(never)]
fn members() -> Vec<&'static str> {
    let mut members = vec![EXTENDS];
    members.extend(catalogue::custom_limits().map(|(_, custom)| custom.name));
    members
}

/// Reads the `edition` of a case: a name, or an object with limits of the caller's own.
pub(crate) fn read_edition<'a>(value: &Value<'a>, out: &mut Findings<'a>) -> Edition {
    match value {
        Value::Null => Edition::default(),
        Value::Text(text) if text.is_blank() => Edition::default(),
        Value::Text(text) => {
            let name = text.to_cow();
            Edition::from_name(&name).unwrap_or_else(|| {
                let known: Vec<_> = Edition::names().collect();
                let near = suggest::closest(&name, &known, suggest::MAX_SUGGESTED);
                let params =
                    Params::default().with("actual", Param::UserText(name)).with("allowed", Param::Identifiers(known));
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
        let base = object.get(EXTENDS).unwrap_or(Value::Null);
        let mut edition = match base {
            Value::Null | Value::Text(_) => read_edition(&base, self.out),
            other => {
                self.wrong_type(at(EXTENDS), &other, JsonType::String);
                Edition::default()
            }
        };
        // A cap for all regions comes first, whatever the order of keys: those of single regions are added to it.
        for (limit, custom) in catalogue::custom_limits() {
            if let Some(value) = object.get(custom.name).filter(|value| !matches!(value, Value::Null)) {
                edition = self.limit(edition, limit, custom.name, &value);
            }
        }
        let known = members();
        for (key, _) in object.iter() {
            let key = key.to_cow();
            if !known.contains(&&*key) {
                self.unknown_member(&key, &known);
            }
        }
        edition
    }

    fn limit(&mut self, edition: Edition, limit: &'static Limit, name: &'static str, value: &Value<'a>) -> Edition {
        let value = match limit.kind {
            LimitKind::BytesByRegion => return self.by_region(edition, limit, name, value),
            LimitKind::Count => self.count(at(name), value, 1).and_then(NonZeroU64::new).map(LimitValue::Count),
            LimitKind::Bytes | LimitKind::Flag | LimitKind::Path => {
                self.count(at(name), value, 0).map(LimitValue::Bytes)
            }
        };
        match value {
            Some(value) => edition.with(limit, value),
            None => edition,
        }
    }

    #[cold]
    fn unknown_member(&mut self, name: &str, known: &[&'static str]) {
        let (at, kind) = (at(name), ViolationKind::UnknownMember);
        if self.out.wants(&case_rules::EDITION, case_rules::EDITION.severity, &at, Some(kind)) {
            let near = suggest::closest(name, known, suggest::MAX_SUGGESTED);
            let params = Params::default()
                .with("actual", Param::UserText(Cow::Owned(name.to_owned())))
                .with("allowed", Param::Identifiers(known.to_vec()));
            self.violation(at, kind, suggest::suggest(params, near));
        }
    }

    fn by_region(&mut self, mut edition: Edition, limit: &'static Limit, name: &str, value: &Value<'a>) -> Edition {
        let place = at(name);
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
            if let Some(bytes) = self.count(at(name).below(&region), &value, 0) {
                edition = edition.with_region(limit, region.into_owned(), bytes);
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

/// As a case names it: by its name, or as an object with the limits of the caller's own.
impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_custom() {
            return serializer.serialize_str(self.name());
        }
        let mut members = serde_json::Map::new();
        members.insert(EXTENDS.to_owned(), self.name().into());
        for (limit, custom) in catalogue::custom_limits() {
            let value: serde_json::Value = match self.own(limit) {
                Some(LimitValue::Bytes(bytes)) => bytes.into(),
                Some(LimitValue::Count(count)) => count.get().into(),
                Some(LimitValue::Unlimited) => MAX_SAFE.into(),
                _ => {
                    let own = self.own_by_region(limit);
                    let own: serde_json::Map<_, _> =
                        own.map(|(region, bytes)| (region.to_owned(), bytes.into())).collect();
                    if own.is_empty() { serde_json::Value::Null } else { own.into() }
                }
            };
            if !value.is_null() {
                members.insert(custom.name.to_owned(), value);
            }
        }
        members.serialize(serializer)
    }
}

#[cfg(feature = "text")]
impl<'de> Deserialize<'de> for Edition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = serde_json::Value::deserialize(deserializer)?.to_string();
        let mut out = Findings::default();
        let edition = Reader::parse_value(&json).map(|value| read_edition(&value, &mut out));
        InvalidFacts::unless_right(out.into_list()).map_err(D::Error::custom)?;
        edition.ok_or_else(|| D::Error::custom("an edition is a name, or an object with limits"))
    }
}
