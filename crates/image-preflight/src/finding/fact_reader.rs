//! Facts from JSON: each is read into its type, and what does not fit is a finding.

use crate::field::ids::unlisted_region;
use crate::finding::case_rules;
use crate::finding::findings::{Findings, MAX_FINDINGS};
use crate::huawei::image::ObjectPlace;
use crate::input::packed::Parts;
use crate::jdcloud::image::ImageObject;
use crate::json::{Integer, JsonType, Key, Members, Name, Object, Reader, Text, Value};
use crate::message::param::{Param, Params, wrong_type};
use crate::message::suggest;
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact;
use crate::rule::fact::{Fact, FactKind, FactSink, FactSlot, Group};
use crate::rule::facts::{Facts, Images};
use crate::rule::location::{At, Section};
use crate::{huawei, jdcloud};
use smallvec::SmallVec;
use std::borrow::Cow;

/// Reads facts into place and collects what is wrong with them.
pub(crate) struct FactReader<'r, 'a> {
    pub(crate) out: &'r mut Findings<'a>,
}

/// What a member of `facts` holds.
#[derive(Clone, Copy)]
enum Entry {
    /// A fact that stands in no group.
    Fact(FactSlot),
    /// An object whose members are facts.
    Group(&'static Group),
    /// What IMS returned.
    ImageObject,
    /// Groups by the ids of JD Cloud's images.
    Images,
    /// What JD Cloud returned.
    ImageObjects,
}

/// The members of `facts`, in the order in which they are mostly written.
static KEYS: [Key; 9] = [
    Key::new("sourceRegion"),
    Key::new("image"),
    Key::new("imageObject"),
    Key::new("copiesInFlight"),
    Key::new("ecs"),
    Key::new("backup"),
    Key::new("images"),
    Key::new("imageObjects"),
    Key::new("destinationQuota"),
];

/// What each of them holds.
static ENTRIES: [Entry; KEYS.len()] = [
    Entry::Fact(SOURCE_REGION),
    Entry::Group(&fact::IMAGE),
    Entry::ImageObject,
    Entry::Fact(COPIES_IN_FLIGHT),
    Entry::Group(&fact::ECS),
    Entry::Group(&fact::BACKUP),
    Entry::Images,
    Entry::ImageObjects,
    Entry::Group(&fact::QUOTA),
];

const SOURCE_REGION: FactSlot = FactSlot::of(Fact::SourceRegion);

const COPIES_IN_FLIGHT: FactSlot = FactSlot::of(Fact::CopiesInFlight);

impl<'a> FactReader<'_, 'a> {
    pub(crate) fn all(&mut self, reader: &mut Reader<'a>, facts: &mut Facts<'a>) -> ObjectPlace {
        let at: &dyn Fn() -> At = &|| At::section(Section::Facts);
        let to = &mut FactSink { facts, image: jdcloud::image::ImageFacts::default() };
        let mut object = ObjectPlace::default();
        let mut seen = 0;
        let mut members = reader.members();
        while let Some(name) = members.next(&KEYS) {
            let Some(slot) = self.known(name, &mut members, &KEYS, &mut seen, at) else {
                members.value();
                continue;
            };
            let group: &dyn Fn() -> At = &|| at().below(KEYS.get(slot).map_or("", |key| key.name));
            match ENTRIES.get(slot) {
                Some(Entry::Fact(fact)) => self.top_level_fact(fact, members.reader(), at, to),
                Some(Entry::Group(facts)) => self.group(members.reader(), facts, group, to),
                Some(Entry::ImageObject) => {
                    object = huawei::image::read_object(&members.value(), &mut to.facts.image_object, self);
                }
                Some(Entry::Images) => self.images(members.reader(), to),
                Some(Entry::ImageObjects) => self.image_objects(&members.value(), to.facts),
                None => {}
            }
        }
        self.source_region(to.facts);
        object
    }

    /// The same of a packed case, in the order of the table of facts.
    pub(crate) fn all_packed(&mut self, parts: &mut Parts<'_, 'a>, facts: &mut Facts<'a>) -> Option<ObjectPlace> {
        let at: &dyn Fn() -> At = &|| At::section(Section::Facts);
        let to = &mut FactSink { facts, image: jdcloud::image::ImageFacts::default() };
        self.packed(&SOURCE_REGION, &parts.value(2)?, at, to);
        self.packed_group(parts, &fact::IMAGE, "image", to)?;
        self.packed(&COPIES_IN_FLIGHT, &parts.value(2)?, at, to);
        self.packed_group(parts, &fact::ECS, "ecs", to)?;
        self.packed_group(parts, &fact::BACKUP, "backup", to)?;
        let images = usize::try_from(parts.word()?).ok()?;
        if images > MAX_FINDINGS {
            // That there are too many is told of JSON.
            return None;
        }
        for _ in 0..images {
            let units = parts.word()?;
            let id = parts.text(units)?;
            let at: &dyn Fn() -> At = &|| at().below("images").below(id);
            for known in fact::JD_IMAGE.facts {
                self.packed(known, &parts.value(4)?, at, to);
            }
            to.facts.images.push(Cow::Borrowed(id), std::mem::take(&mut to.image));
        }
        self.packed_group(parts, &fact::QUOTA, "destinationQuota", to)?;
        let object = huawei::image::read_object(&parts.value(2)?, &mut to.facts.image_object, self);
        self.image_objects(&parts.value(2)?, to.facts);
        self.source_region(to.facts);
        Some(object)
    }

    fn packed_group(
        &mut self,
        parts: &mut Parts<'_, 'a>,
        group: &Group,
        name: &str,
        to: &mut FactSink<'_, 'a>,
    ) -> Option<()> {
        if parts.has_object()? {
            let at: &dyn Fn() -> At = &|| At::section(Section::Facts).below(name);
            for known in group.facts {
                self.packed(known, &parts.value(3)?, at, to);
            }
        }
        Some(())
    }

    /// A fact of a packed case.
    fn packed(&mut self, known: &FactSlot, value: &Value<'a>, parent: &dyn Fn() -> At, to: &mut FactSink<'_, 'a>) {
        match (known.kind, value) {
            (FactKind::Flag(place), Value::Bool(flag)) => *place(to) = Some(*flag),
            (FactKind::Text(place), Value::Text(text)) => *place(to) = said(*text),
            _ => self.other_fact(known, value, parent, to),
        }
    }

    /// What is to be said of the source region by itself.
    fn source_region(&mut self, facts: &Facts<'a>) {
        if let Some(region) = facts.source_region.as_deref().filter(|region| huawei::region::region(region).is_none()) {
            self.unlisted_region(region);
        }
    }

    /// A partner cloud's region is a legal value, so this is only a warning.
    #[cold]
    fn unlisted_region(&mut self, region: &str) {
        let params = Params::default().with("actual", Param::UserText(Cow::Owned(region.to_owned())));
        let params = unlisted_region(params, huawei::region::regions().len(), huawei::region::near_regions(region));
        self.out.warn(&case_rules::FACTS, At::fact(Fact::SourceRegion), ViolationKind::Unlisted, params);
    }

    /// The place of a member among those that are known, when it comes for the first time.
    #[inline]
    fn known(
        &mut self,
        name: Name,
        members: &mut Members<'_, 'a>,
        keys: &'static [Key],
        seen: &mut u64,
        at: &dyn Fn() -> At,
    ) -> Option<usize> {
        match name {
            Name::Known(slot) => {
                let is_first = first(seen, slot);
                members.reader().is_suspect |= !is_first;
                is_first.then_some(slot)
            }
            Name::Other => {
                self.unknown_name(members.unknown_key(), at, keys);
                None
            }
        }
    }

    /// An object whose members are facts.
    fn group(
        &mut self,
        reader: &mut Reader<'a>,
        group: &'static Group,
        at: &dyn Fn() -> At,
        to: &mut FactSink<'_, 'a>,
    ) {
        if !reader.is_object() {
            return self.no_object(&reader.value(), at);
        }
        let mut seen = 0;
        let mut members = reader.members();
        while let Some(name) = members.next(group.keys) {
            let known = self.known(name, &mut members, group.keys, &mut seen, at);
            match known.and_then(|slot| group.facts.get(slot)) {
                Some(known) => self.fact(known, members.reader(), at, to),
                None => {
                    members.value();
                }
            }
        }
    }

    fn images(&mut self, reader: &mut Reader<'a>, to: &mut FactSink<'_, 'a>) {
        let at: &dyn Fn() -> At = &|| At::section(Section::Facts).below("images");
        if !reader.is_object() {
            return self.no_object(&reader.value(), at);
        }
        let mut count = 0_usize;
        let mut members = reader.members();
        while members.next(&[]).is_some() {
            count += 1;
            let id = members.unknown_key().to_cow();
            if count > MAX_FINDINGS || to.facts.images.get(&id).is_some() {
                members.reader().is_suspect = true;
                members.value();
            } else {
                let place = || at().below(&id);
                self.group(members.reader(), &fact::JD_IMAGE, &place, to);
                to.facts.images.push(id, std::mem::take(&mut to.image));
            }
        }
        if count > MAX_FINDINGS {
            // None of them is taken: which ones come first must not matter.
            to.facts.images = Images::default();
            self.too_many(at(), count);
        }
    }

    fn image_objects(&mut self, value: &Value<'a>, facts: &mut Facts<'a>) {
        let at = || At::section(Section::Facts).below("imageObjects");
        let array = match value {
            Value::Null => return,
            Value::Array(array) => *array,
            other => return self.wrong_type(at(), other, JsonType::Array),
        };
        let mut objects = SmallVec::<[ImageObject<'a>; 4]>::new();
        for (index, value) in array.iter().enumerate() {
            if index >= MAX_FINDINGS {
                self.too_many(at(), array.iter().count());
                break;
            }
            let Some(object) = jdcloud::image::read_object(&value, index, self) else { continue };
            // An object of an image of which there is one already: mostly they say the same.
            if facts.image_objects.get(&object.id).is_some_and(|known| *known != object.facts) {
                self.conflicting_object(&object, &objects, facts);
            } else {
                facts.image_objects.insert(object.id.clone(), object.facts.clone());
            }
            objects.push(object);
        }
    }

    /// What two objects of one image say. Where they contradict each other it is not known which is right, and the fact is
    /// unknown; what only one of them says is taken.
    #[cold]
    #[inline(never)]
    fn conflicting_object(&mut self, object: &ImageObject<'a>, earlier: &[ImageObject<'a>], facts: &mut Facts<'a>) {
        let same = || earlier.iter().filter(|earlier| earlier.id == object.id);
        for fact in jdcloud::image::OBJECT_FACTS {
            let first = same().find_map(|earlier| Some((earlier, earlier.facts.said(fact)?)));
            if let (Some((first, one)), Some(other)) = (first, object.facts.said(fact))
                && !one.eq_ignore_ascii_case(&other)
            {
                let with = first.at(fact).field_name().into_owned();
                self.contradiction(fact, object.at(fact), with, (other.into_owned(), one.into_owned()));
            }
        }
        let merged = jdcloud::image::merged(same().chain([object]).map(|object| &object.facts));
        facts.image_objects.insert(object.id.clone(), merged);
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

    #[cold]
    fn too_many(&mut self, at: At, count: usize) {
        self.violation(at, ViolationKind::TooLong, crate::field::text::too_many_images(count, MAX_FINDINGS));
    }

    /// A fact that stands in no group: there are few, so that this is no place for another copy of that code.
    #[inline(never)]
    fn top_level_fact(
        &mut self,
        known: &FactSlot,
        reader: &mut Reader<'a>,
        parent: &dyn Fn() -> At,
        to: &mut FactSink<'_, 'a>,
    ) {
        self.fact(known, reader, parent, to);
    }

    /// A fact, which comes next.
    #[cfg_attr(any(not(target_arch = "wasm32"), feature = "reference"), inline(always))]
    fn fact(&mut self, known: &FactSlot, reader: &mut Reader<'a>, parent: &dyn Fn() -> At, to: &mut FactSink<'_, 'a>) {
        // As it mostly is, then whatever else it may be.
        let done = match known.kind {
            FactKind::Flag(place) => reader.flag().map(|flag| *place(to) = Some(flag)),
            FactKind::OneOf(words, put) => reader.word(words).map(|word| put(to, word)),
            FactKind::Text(place) => reader.text().map(|text| *place(to) = said(text)),
            FactKind::Count(least, put) => reader.natural(least.unsigned_abs()).map(|count| put(to, count)),
        };
        if done.is_none() {
            self.other_fact(known, &reader.value(), parent, to);
        }
    }

    /// A fact that does not stand as it mostly does. Null is unknown, and so is a blank where a word is expected.
    #[inline(never)]
    fn other_fact(&mut self, known: &FactSlot, value: &Value<'a>, parent: &dyn Fn() -> At, to: &mut FactSink<'_, 'a>) {
        let at = || parent().below(known.fact.name());
        match (known.kind, value) {
            (_, Value::Null) => {}
            (FactKind::OneOf(..), Value::Text(text)) if text.is_blank() => {}
            (FactKind::OneOf(words, put), Value::Text(text)) => {
                match words.iter().position(|word| text.is(word.name)) {
                    Some(word) => put(to, word),
                    None => self.not_one_of(at(), *text, words.iter().map(|word| word.name).collect()),
                }
            }
            (FactKind::Count(least, put), Value::Number(number)) => match number.integer() {
                Integer::Of(count) if count >= least => put(to, count.unsigned_abs()),
                Integer::Fraction => {
                    self.violation(at(), ViolationKind::WrongType, wrong_type(JsonType::Number, JsonType::Integer));
                }
                integer => {
                    self.violation(
                        at(),
                        ViolationKind::OutOfRange,
                        crate::message::param::out_of_range(integer, *number, least),
                    );
                }
            },
            (kind, other) => {
                let expected = match kind {
                    FactKind::Flag(_) => JsonType::Boolean,
                    FactKind::Count(..) => JsonType::Integer,
                    FactKind::Text(_) | FactKind::OneOf(..) => JsonType::String,
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
            let near = suggest::closest(&found, allowed.iter().copied(), suggest::MAX_SUGGESTED);
            let params =
                Params::default().with("actual", Param::UserText(found)).with("allowed", Param::Identifiers(allowed));
            self.violation(at, kind, suggest::suggest(params, near));
        }
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

/// A fact that is a text: a blank one is not given.
#[inline]
pub(crate) fn said(text: Text<'_>) -> Option<Cow<'_, str>> {
    (!text.is_blank()).then(|| text.to_cow())
}
