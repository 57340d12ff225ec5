//! Facts from JSON: each is read into its type, and what does not fit is a finding.

use crate::field::text::too_many_images;
use crate::finding::case_rules;
use crate::finding::findings::{Findings, MAX_FINDINGS};
use crate::finding::subject::Subject;
use crate::json::{Integer, JsonType, Key, Name, Object, Source, Text, Value};
use crate::message::param::{Param, Params, out_of_range, wrong_type};
use crate::message::suggest;
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::{Fact, FactKind, Group};
use crate::rule::facts::{FactSink, FactValue, Facts, Record, Records};
use crate::rule::location::At;
use std::borrow::Cow;

/// Reads facts into place and collects what is wrong with them.
pub(crate) struct FactReader<'r, 'a> {
    pub(crate) out: &'r mut Findings<'a>,
}

/// A member of `facts`: its key, and what it holds.
#[derive(Clone, Copy)]
pub(crate) struct FactMember {
    pub(crate) key: Key,
    pub(crate) entry: Entry,
    #[cfg(feature = "schemars")]
    pub(crate) description: &'static str,
    /// The fields of a request, one for each operation, whose value names what it is about; none if it is about nothing that has a name.
    #[cfg(feature = "schemars")]
    pub(crate) about: &'static [&'static str],
}

/// What a member of `facts` holds.
#[derive(Clone, Copy)]
pub(crate) enum Entry {
    /// A fact by itself.
    Fact(Fact),
    /// An object whose members are facts.
    Group(&'static Group),
    /// Such objects by the ids of the listed images.
    Records(&'static Group),
    /// An object that the provider returned, and the facts that it tells.
    Object(ReadObject, &'static Group),
    /// A list of such objects.
    Objects(ReadObject, &'static Group),
}

/// Reads what a provider returned, where the request is known.
pub(crate) type ReadObject = for<'s, 'a> fn(&Value<'a>, &Subject<'s, 'a>, &mut Facts<'a>, &mut FactReader<'_, 'a>);

impl FactMember {
    /// The description is for its schema.
    #[cfg_attr(not(feature = "schemars"), allow(unused_variables, reason = "for the schema"))]
    pub(crate) const fn new(name: &'static str, entry: Entry, description: &'static str) -> Self {
        FactMember {
            key: Key::new(name),
            entry,
            #[cfg(feature = "schemars")]
            description,
            #[cfg(feature = "schemars")]
            about: &[],
        }
    }

    /// With the fields that name what it is about.
    #[cfg_attr(not(feature = "schemars"), allow(unused_variables, unused_mut, reason = "for forms"))]
    pub(crate) const fn about(mut self, fields: &'static [&'static str]) -> Self {
        #[cfg(feature = "schemars")]
        {
            self.about = fields;
        }
        self
    }
}

impl<'a> FactReader<'_, 'a> {
    /// The place of a member among those that are known, when it comes for the first time.
    #[inline]
    pub(crate) fn known<S: Source<'a>>(
        &mut self,
        name: Name,
        reader: &mut S,
        members: &S::Members,
        keys: &'static [Key],
        seen: &mut u64,
        at: &dyn Fn() -> At,
    ) -> Option<usize> {
        match name {
            Name::Known(slot) => {
                let is_first = first(seen, slot);
                if !is_first {
                    reader.suspect();
                }
                is_first.then_some(slot)
            }
            Name::Other => {
                self.unknown_name(S::unknown_key(members), at, keys);
                None
            }
        }
    }

    /// What is said of something else than `names` names.
    #[cold]
    pub(crate) fn other_object(&mut self, at: At, names: &'static str, found: Cow<'a, str>, wanted: Cow<'a, str>) {
        let params = Params::default()
            .with("actual", Param::UserText(found))
            .with("with", Param::Identifier(names.into()))
            .with("expected", Param::UserText(wanted));
        self.violation(at, ViolationKind::OtherObject, params);
    }

    /// An object whose members are facts.
    pub(crate) fn group<S: Source<'a>>(
        &mut self,
        reader: &mut S,
        group: &'static Group,
        at: &dyn Fn() -> At,
        to: &mut FactSink<'_, 'a>,
    ) {
        if !reader.is_object() {
            return self.no_object(&reader.value(), at);
        }
        let mut seen = 0;
        let mut members = reader.members();
        while let Some(name) = reader.next(&mut members, group.keys) {
            let known = self.known(name, reader, &members, group.keys, &mut seen, at);
            match known.and_then(|slot| group.facts.get(slot)) {
                Some(fact) => self.fact(*fact, reader, at, to),
                None => {
                    reader.member_value();
                }
            }
        }
    }

    /// Objects by the ids of the images that they are about.
    pub(crate) fn records<S: Source<'a>>(
        &mut self,
        reader: &mut S,
        group: &'static Group,
        at: &dyn Fn() -> At,
        facts: &mut Facts<'a>,
    ) {
        if !reader.is_object() {
            return self.no_object(&reader.value(), at);
        }
        let first = group.facts.first().map_or(0, |fact| fact.rank());
        let mut count = 0_usize;
        let mut members = reader.members();
        while reader.next(&mut members, &[]).is_some() {
            count += 1;
            let id = S::unknown_key(&members).to_cow();
            if count > MAX_FINDINGS || facts.records.get(&id).is_some() {
                reader.suspect();
                reader.member_value();
            } else {
                let place = || at().below(&id);
                let mut record = Record::default();
                self.group(reader, group, &place, &mut FactSink::of_record(&mut record, first));
                facts.push_record(group.facts, id, record);
            }
        }
        if count > MAX_FINDINGS {
            // None of them is taken: which ones come first must not matter.
            facts.records = Records::default();
            self.violation(at(), ViolationKind::TooLong, too_many_images(count, MAX_FINDINGS));
        }
    }

    /// A fact that is given in two places in two ways: here, and `with` that place.
    #[cold]
    pub(crate) fn contradiction(&mut self, fact: Fact, at: At, with: String, (here, there): (String, String)) {
        let params = Params::default()
            .with("fact", Param::Label(fact.name(), fact.description()))
            .with("actual", Param::UserText(here.into()))
            .with("with", Param::Identifier(with.into()))
            .with("other", Param::UserText(there.into()));
        self.violation(at, ViolationKind::Contradiction, params);
    }

    /// A fact by itself: there are few, so that this is no place for another copy of that code.
    #[inline(never)]
    pub(crate) fn single_fact<S: Source<'a>>(
        &mut self,
        fact: Fact,
        reader: &mut S,
        parent: &dyn Fn() -> At,
        to: &mut FactSink<'_, 'a>,
    ) {
        self.fact(fact, reader, parent, to);
    }

    /// A fact, which comes next.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn fact<S: Source<'a>>(
        &mut self,
        fact: Fact,
        reader: &mut S,
        parent: &dyn Fn() -> At,
        to: &mut FactSink<'_, 'a>,
    ) {
        // As it usually is, then whatever else it may be.
        let value = match fact.kind() {
            FactKind::Flag => reader.flag().map(FactValue::Flag),
            FactKind::OneOf(words) => {
                let word = reader.word(words.keys).and_then(|word| words.keys.get(word));
                word.map(|word| FactValue::Text(Cow::Borrowed(word.name)))
            }
            FactKind::Text => reader.text().map(FactValue::from_text),
            FactKind::Count(minimum) => reader.natural(minimum.unsigned_abs()).map(FactValue::Count),
        };
        match value {
            Some(value) => to.set(fact, value),
            None => self.value_of_fact(fact, &reader.value(), parent, to),
        }
    }

    /// The value of a fact, in whatever form. Null is unknown, and so is a blank where a word is expected.
    #[inline(never)]
    pub(crate) fn value_of_fact(
        &mut self,
        fact: Fact,
        value: &Value<'a>,
        parent: &dyn Fn() -> At,
        to: &mut FactSink<'_, 'a>,
    ) {
        let at = || parent().below(fact.name());
        match (fact.kind(), value) {
            (_, Value::Null) => {}
            (FactKind::Flag, Value::Bool(flag)) => to.set(fact, FactValue::Flag(*flag)),
            (FactKind::Text, Value::Text(text)) => to.set(fact, FactValue::from_text(*text)),
            (FactKind::OneOf(_), Value::Text(text)) if text.is_blank() => {}
            (FactKind::OneOf(words), Value::Text(text)) => match words.meant(*text) {
                Some(word) => to.set(fact, FactValue::Text(Cow::Borrowed(word))),
                None => self.not_one_of(at(), *text, words.keys.iter().map(|word| word.name).collect()),
            },
            (FactKind::Count(minimum), Value::Number(number)) => match number.integer() {
                Integer::Of(count) if count >= minimum => to.set(fact, FactValue::Count(count.unsigned_abs())),
                Integer::Fraction => {
                    self.violation(at(), ViolationKind::WrongType, wrong_type(JsonType::Number, JsonType::Integer));
                }
                integer => {
                    self.violation(at(), ViolationKind::OutOfRange, out_of_range(integer, *number, minimum));
                }
            },
            (kind, other) => {
                let expected = match kind {
                    FactKind::Flag => JsonType::Boolean,
                    FactKind::Count(_) => JsonType::Integer,
                    FactKind::Text | FactKind::OneOf(_) => JsonType::String,
                };
                self.wrong_type(at(), other, expected);
            }
        }
    }

    /// An object that must be there: in a list, where null is no way to leave it out.
    pub(crate) fn listed_object(&mut self, value: &Value<'a>, at: &dyn Fn() -> At) -> Option<Object<'a>> {
        let object = value.as_object();
        if object.is_none() {
            self.wrong_type(at(), value, JsonType::Object);
        }
        object
    }

    /// An object; null is none, anything else a finding.
    pub(crate) fn object(&mut self, value: &Value<'a>, at: &dyn Fn() -> At) -> Option<Object<'a>> {
        let object = value.as_object();
        if object.is_none() {
            self.no_object(value, at);
        }
        object
    }

    #[cold]
    fn no_object(&mut self, value: &Value<'a>, at: &dyn Fn() -> At) {
        if !matches!(value, Value::Null) {
            self.wrong_type(at(), value, JsonType::Object);
        }
    }

    pub(crate) fn wrong_type(&mut self, at: At, found: &Value<'a>, expected: JsonType) {
        self.violation(at, ViolationKind::WrongType, wrong_type(found.json_type(), expected));
    }

    pub(crate) fn not_one_of(&mut self, at: At, found: Text<'a>, allowed: Vec<&'static str>) {
        self.not_known(at, ViolationKind::NotOneOf, found, allowed);
    }

    #[cold]
    #[inline(never)]
    fn unknown_name(&mut self, key: Text<'a>, at: &dyn Fn() -> At, known: &[Key]) {
        let known = known.iter().map(|known| known.name).collect();
        self.not_known(at().below(&key.to_cow()), ViolationKind::UnknownFact, key, known);
    }

    /// A word or a name that is none of those that are known, with the nearest one of these.
    #[cold]
    #[inline(never)]
    fn not_known(&mut self, at: At, kind: ViolationKind, found: Text<'a>, allowed: Vec<&'static str>) {
        if self.out.wants(&case_rules::FACTS, case_rules::FACTS.severity, &at, Some(kind)) {
            let found = found.to_cow();
            let near = suggest::closest(&found, &allowed, suggest::MAX_SUGGESTED);
            let params =
                Params::default().with("actual", Param::UserText(found)).with("allowed", Param::Identifiers(allowed));
            self.violation(at, kind, suggest::suggest(params, near));
        }
    }

    pub(crate) fn advise(&mut self, at: At, kind: ViolationKind, params: Params<'a>) {
        self.out.advise(&case_rules::FACTS, at, kind, params);
    }

    pub(crate) fn violation(&mut self, at: At, kind: ViolationKind, params: Params<'a>) {
        self.out.violation(&case_rules::FACTS, at, kind, params);
    }
}

/// Whether what has this place comes for the first time.
#[inline]
pub(crate) fn first(seen: &mut u64, index: usize) -> bool {
    let bit = 1_u64 << (index & 63);
    let first = *seen & bit == 0;
    *seen |= bit;
    first
}
