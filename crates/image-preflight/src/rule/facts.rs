//! The store of facts: what the caller knows of the world. Each fact is known or not; unknown never counts as good.

use crate::json::{MAX_COUNT, Text, cut};
use crate::rule::fact::Fact;
use crate::rule::location::{At, Section};
use arrayvec::ArrayVec;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// How many facts all providers may have together; the catalogue asserts it.
pub(crate) const MAX_FACTS: usize = 38;

/// How many facts there may be about a listed image.
pub(crate) const MAX_RECORD_FACTS: usize = 6;

/// What is known of a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum FactValue<'a> {
    #[default]
    Unknown,
    Flag(bool),
    Count(u64),
    Text(Cow<'a, str>),
}

impl<'a> FactValue<'a> {
    /// A text without blanks at its ends; a blank one is not given.
    #[inline]
    pub(crate) fn from_text(text: Text<'a>) -> Self {
        FactValue::from_word(text.to_cow())
    }

    /// The same of a text that is decoded already.
    #[inline]
    pub(crate) fn from_word(text: Cow<'a, str>) -> Self {
        // Mostly it begins and ends with a letter or a digit, which is quick to see.
        let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) {
            return FactValue::Text(text);
        }
        FactValue::trimmed(text)
    }

    #[cold]
    #[inline(never)]
    fn trimmed(text: Cow<'a, str>) -> Self {
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        if text.is_empty() { FactValue::Unknown } else { FactValue::Text(text) }
    }

    /// The same, free of what it borrowed.
    pub(crate) fn into_owned(self) -> FactValue<'static> {
        match self {
            FactValue::Unknown => FactValue::Unknown,
            FactValue::Flag(flag) => FactValue::Flag(flag),
            FactValue::Count(count) => FactValue::Count(count),
            FactValue::Text(text) => FactValue::Text(Cow::Owned(text.into_owned())),
        }
    }

    pub(crate) fn is_known(&self) -> bool {
        !matches!(self, FactValue::Unknown)
    }

    pub(crate) fn flag(&self) -> Option<bool> {
        if let FactValue::Flag(flag) = self { Some(*flag) } else { None }
    }

    pub(crate) fn count(&self) -> Option<u64> {
        if let FactValue::Count(count) = self { Some(*count) } else { None }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let FactValue::Text(text) = self { Some(text) } else { None }
    }

    /// As a text, for a message; nothing where it is unknown.
    pub(crate) fn written(&self) -> Option<Cow<'_, str>> {
        match self {
            FactValue::Unknown => None,
            FactValue::Flag(flag) => Some(if *flag { "true" } else { "false" }.into()),
            FactValue::Count(count) => Some(count.to_string().into()),
            FactValue::Text(text) => Some(Cow::Borrowed(text)),
        }
    }
}

impl Serialize for FactValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            FactValue::Unknown => serializer.serialize_none(),
            FactValue::Flag(flag) => serializer.serialize_bool(*flag),
            FactValue::Count(count) => serializer.serialize_u64(*count),
            FactValue::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// A type that the value of a fact has in a typed structure.
pub(crate) trait TypedFact<'a>: Sized {
    fn into_value(self) -> FactValue<'a>;
    fn of_value(value: &FactValue<'a>) -> Option<Self>;
}

impl<'a> TypedFact<'a> for bool {
    fn into_value(self) -> FactValue<'a> {
        FactValue::Flag(self)
    }

    fn of_value(value: &FactValue<'a>) -> Option<Self> {
        value.flag()
    }
}

impl<'a> TypedFact<'a> for u64 {
    /// More than a case can have is as much as it can.
    fn into_value(self) -> FactValue<'a> {
        FactValue::Count(self.min(MAX_COUNT))
    }

    fn of_value(value: &FactValue<'a>) -> Option<Self> {
        value.count()
    }
}

impl<'a> TypedFact<'a> for Cow<'a, str> {
    fn into_value(self) -> FactValue<'a> {
        FactValue::from_word(self)
    }

    fn of_value(value: &FactValue<'a>) -> Option<Self> {
        if let FactValue::Text(text) = value { Some(text.clone()) } else { None }
    }
}

/// Where an object begins below the member of `facts` that holds it: the answer of a query may be around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Within {
    /// The place of the answer among several.
    page: Option<usize>,
    /// The member of the answer that holds it, and what holds that: the last one first.
    members: [Option<&'static str>; 2],
    /// Its place in a list.
    item: Option<usize>,
}

impl Within {
    /// One of several answers, or an object of a list without anything around it.
    pub(crate) fn page(index: usize) -> Self {
        Within { page: Some(index), ..Within::default() }
    }

    /// Within one more member.
    pub(crate) fn member(self, name: &'static str) -> Self {
        let [inner, _] = self.members;
        Within { members: [Some(name), inner], ..self }
    }

    /// At a place in the list that is there.
    pub(crate) fn item(self, index: usize) -> Self {
        Within { item: Some(index), ..self }
    }

    /// The location of the object below that of the member of `facts`.
    pub(crate) fn below(self, at: At) -> At {
        let [inner, outer] = self.members;
        let item = |at: At, index: Option<usize>| if let Some(index) = index { at.item(index) } else { at };
        let at = [outer, inner].into_iter().flatten().fold(item(at, self.page), At::below);
        item(at, self.item)
    }
}

/// A provider's object in a case: where it is, and its members that contain facts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ObjectPlace {
    /// The name of the member of `facts` that holds it.
    pub(crate) root: &'static str,
    pub(crate) within: Within,
    /// The names of its members; a member of a member has both names, with `/` between them.
    pub(crate) members: &'static [&'static str],
    /// The objects in it that have such members too: the first is the object itself.
    pub(crate) nests: &'static [&'static str],
}

impl ObjectPlace {
    /// The location of the object.
    pub(crate) fn at(self) -> At {
        self.within.below(At::section(Section::Facts).below(self.root))
    }

    /// The location of a member that tells a fact, which it sorts like: the place of its name, plus as many times the number of
    /// names as the place of the nest.
    #[cold]
    pub(crate) fn member(self, fact: Fact, place: usize) -> At {
        let count = self.members.len().max(1);
        let nest = self.nests.get(place / count).copied().unwrap_or_default();
        let name = self.members.get(place % count).copied().unwrap_or_default();
        let mut at = self.at();
        for part in [nest, name] {
            let mut rest = part;
            while let Some((token, behind)) = cut(rest, b'/') {
                at = at.below(token);
                rest = behind;
            }
            if !rest.is_empty() {
                at = at.below(rest);
            }
        }
        At::fact_at(fact, at.pointer().to_owned().into())
    }
}

/// Said by the caller, and not by a provider's object.
const CALLER: u16 = 0;

/// How many objects a case may have, one in each member of `facts`, and how many members of one may contain facts.
const MAX_OBJECTS: usize = 8;
const MAX_MEMBERS: usize = 128;

/// What is known of a fact, and who said it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Slot<'a> {
    value: FactValue<'a>,
    /// [`CALLER`], or the place of a provider's object times [`MAX_MEMBERS`], plus that of its member, counted from 1.
    source: u16,
}

impl Slot<'_> {
    fn into_owned(self) -> Slot<'static> {
        Slot { value: self.value.into_owned(), source: self.source }
    }
}

/// Everything that a caller knows in addition to the request. Made from a provider's facts, such as
/// [`huawei::Facts`](crate::huawei::Facts), or [read from JSON](Facts::from_json).
///
/// ```
/// use image_preflight::{ByteSize, Facts, huawei};
/// let image = huawei::ImageFacts { size: Some(ByteSize::gib(40)), encrypted: Some(false), ..Default::default() };
/// let facts = Facts::from(huawei::Facts {
///     source_region: Some("cn-north-4".into()),
///     image,
///     copies_in_flight: Some(0),
///     ..Default::default()
/// });
/// assert_ne!(facts, Facts::default());
/// ```
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    slots: [Slot<'a>; MAX_FACTS],
    /// Which facts the caller says, by the bits of their ranks, and which these are; of those about listed images the first.
    given: u64,
    said: ArrayVec<Fact, MAX_FACTS>,
    /// Whether nothing is presumed: what is unknown is unknown to every rule.
    pub(crate) is_strict: bool,
    /// The providers' objects that were read.
    objects: ArrayVec<ObjectPlace, MAX_OBJECTS>,
    /// Listed images by id: what the caller says of them.
    pub(crate) records: Records<'a>,
    /// What the provider's objects say of them.
    pub(crate) object_records: Records<'a>,
}

impl Default for Facts<'_> {
    #[inline]
    fn default() -> Self {
        const NOTHING: Slot<'_> = Slot { value: FactValue::Unknown, source: CALLER };
        Facts {
            slots: [NOTHING; MAX_FACTS],
            given: 0,
            said: ArrayVec::new_const(),
            is_strict: false,
            objects: ArrayVec::new_const(),
            records: Records::default(),
            object_records: Records::default(),
        }
    }
}

/// By what is known, whoever said it.
impl PartialEq for Facts<'_> {
    fn eq(&self, other: &Self) -> bool {
        let knows_all_of = |one: &Self, other: &Self| {
            let mut ids = other.records.ids().chain(other.object_records.ids());
            ids.all(|id| Record::values(one.records_of(id)).eq(Record::values(other.records_of(id))))
        };
        self.slots.iter().map(|slot| &slot.value).eq(other.slots.iter().map(|slot| &slot.value))
            && self.is_strict == other.is_strict
            && knows_all_of(self, other)
            && knows_all_of(other, self)
    }
}

impl Eq for Facts<'_> {}

impl<'a> Facts<'a> {
    #[inline]
    pub(crate) fn value(&self, fact: Fact) -> &FactValue<'a> {
        self.slots.get(usize::from(fact.rank())).map_or(&FactValue::Unknown, |slot| &slot.value)
    }

    /// Takes what the caller says, over everything else.
    pub(crate) fn set(&mut self, fact: Fact, value: FactValue<'a>) {
        self.sink().set(fact, value);
    }

    /// Begins to take what a provider's object says.
    pub(crate) fn begin_object(&mut self, object: ObjectPlace) {
        // There is one in each member of `facts`, so there is room.
        let _ = self.objects.try_push(object);
    }

    /// Takes what the member at this place of the object that has begun says, unless the caller says something.
    #[inline(never)]
    pub(crate) fn set_from_object(&mut self, fact: Fact, place: usize, value: Option<FactValue<'a>>) {
        let Some(value) = value.filter(FactValue::is_known) else { return };
        let source = self.objects.len().saturating_sub(1) * MAX_MEMBERS + place + 1;
        if let Some(slot) = self.slots.get_mut(usize::from(fact.rank()))
            && self.given & fact.bit() == 0
        {
            *slot = Slot { value, source: u16::try_from(source).unwrap_or(CALLER) };
        }
    }

    /// Where a fact was given: in the provider's object, or else by the caller.
    #[cold]
    pub(crate) fn at(&self, fact: Fact) -> At {
        self.object_of(fact).map_or_else(|| At::fact(fact), |(object, place)| object.member(fact, place))
    }

    /// Where a fact was given, or the whole object that says it.
    #[cold]
    pub(crate) fn at_whole(&self, fact: Fact) -> At {
        self.object_of(fact).map_or_else(|| At::fact(fact), |(object, _)| object.at())
    }

    /// The provider's object that says a fact, and the place of the member which does.
    fn object_of(&self, fact: Fact) -> Option<(&ObjectPlace, usize)> {
        let source = self.slots.get(usize::from(fact.rank())).map_or(CALLER, |slot| slot.source);
        let place = usize::from(source).checked_sub(1)?;
        Some((self.objects.get(place / MAX_MEMBERS)?, place % MAX_MEMBERS))
    }

    /// Where single facts that the caller says go.
    #[inline]
    pub(crate) fn sink(&mut self) -> FactSink<'_, 'a> {
        FactSink { slots: &mut self.slots, first: 0, said: Some((&mut self.given, &mut self.said)) }
    }

    /// The same, free of what they borrowed.
    #[must_use]
    pub fn into_owned(self) -> Facts<'static> {
        Facts {
            slots: self.slots.map(Slot::into_owned),
            given: self.given,
            said: self.said,
            is_strict: self.is_strict,
            objects: self.objects,
            records: self.records.into_owned(),
            object_records: self.object_records.into_owned(),
        }
    }

    /// The same, presuming nothing: a rule that rests on a fact which is usually presumed to be good is unknown until that is given.
    ///
    /// It is no fact, but a way to check: serde refuses to write strict facts. Keep the facts, and say it where they are used; a case
    /// has `"strict": true` beside its `facts`.
    ///
    /// ```
    /// use image_preflight::{Facts, Verdict, huawei::WholeImageFromEcs};
    /// let request = WholeImageFromEcs::builder().name("n").instance_id("i").vault_id("v").build()?;
    /// assert_eq!(request.check(&Facts::default()).verdict(), Verdict::Allowed);
    /// assert_eq!(request.check(&Facts::default().strict()).verdict(), Verdict::Undetermined);
    /// # Ok::<(), image_preflight::InvalidRequest>(())
    /// ```
    #[must_use]
    pub fn strict(self) -> Self {
        Facts { is_strict: true, ..self }
    }

    /// Whether the caller says a fact that is none of these, by the bits of their ranks.
    #[inline]
    pub(crate) fn says_beside(&self, read: u64) -> bool {
        self.given & !read != 0
    }

    /// The facts that the caller says and that are none of these.
    #[cold]
    pub(crate) fn said_beside(&self, read: u64) -> impl Iterator<Item = Fact> {
        self.said.iter().copied().filter(move |fact| fact.bit() & !read != 0)
    }

    /// Adds what the caller says of a listed image of which nothing is known yet.
    pub(crate) fn push_record(&mut self, facts: &[Fact], id: Cow<'a, str>, record: Record<'a>) {
        if let Some(fact) = facts.first() {
            note(&mut self.given, &mut self.said, *fact);
        }
        self.records.push(id, record);
    }

    /// The same; what is known already is replaced.
    pub(crate) fn insert_record(&mut self, facts: &[Fact], id: Cow<'a, str>, record: Record<'a>) {
        if let Some(fact) = facts.first() {
            note(&mut self.given, &mut self.said, *fact);
        }
        self.records.insert(id, record);
    }

    /// A fact about one of the listed images: the caller's word before the provider's object's.
    pub(crate) fn value_of_image(&self, id: &str, fact: Fact) -> &FactValue<'a> {
        Record::first_known(self.records_of(id), fact)
    }

    /// What is known of one of the listed images: what the caller says, and what the provider's object says.
    pub(crate) fn records_of(&self, id: &str) -> [Option<&Record<'a>>; 2] {
        [self.records.get(id), self.object_records.get(id)]
    }
}

#[cfg(feature = "reference")]
impl<'a> Facts<'a> {
    /// Takes what is known later; it says more than what was known before.
    pub(crate) fn take(&mut self, later: Facts<'a>) {
        for (known, slot) in self.slots.iter_mut().zip(later.slots) {
            if slot.value.is_known() {
                *known = Slot { value: slot.value, source: CALLER };
            }
        }
        for fact in later.said {
            note(&mut self.given, &mut self.said, fact);
        }
        self.is_strict |= later.is_strict;
        self.records.take(later.object_records);
        self.records.take(later.records);
    }

    /// Takes a fact away, whoever said it.
    pub(crate) fn forget(&mut self, fact: Fact) {
        if let Some(slot) = self.slots.get_mut(usize::from(fact.rank())) {
            *slot = Slot::default();
        }
    }

    /// What is known beside the listed images, as a text that is the same for the same facts.
    pub(crate) fn written_beside_records(&self) -> String {
        let known = self.slots.iter().enumerate().filter(|(_, slot)| slot.value.is_known());
        let known: Vec<_> = known.map(|(rank, slot)| (rank, &slot.value)).collect();
        format!("{} {known:?}", self.is_strict)
    }
}

/// Where facts go that are read: into the store, or into the record of a listed image.
pub(crate) struct FactSink<'f, 'a> {
    slots: &'f mut [Slot<'a>],
    /// The rank of the first.
    first: u16,
    /// Where it is noted that the caller says a fact.
    said: Option<(&'f mut u64, &'f mut ArrayVec<Fact, MAX_FACTS>)>,
}

impl<'f, 'a> FactSink<'f, 'a> {
    pub(crate) fn of_record(record: &'f mut Record<'a>, first: u16) -> Self {
        FactSink { slots: &mut record.0, first, said: None }
    }

    /// Takes what is said; what is unknown says nothing.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub(crate) fn set(&mut self, fact: Fact, value: FactValue<'a>) {
        if !value.is_known() {
            return;
        }
        if let Some((given, said)) = &mut self.said {
            note(given, said, fact);
        }
        if let Some(slot) = self.slots.get_mut(usize::from(fact.rank() - self.first)) {
            *slot = Slot { value, source: CALLER };
        }
    }
}

/// Notes that the caller says a fact.
#[inline]
fn note(given: &mut u64, said: &mut ArrayVec<Fact, MAX_FACTS>, fact: Fact) {
    if *given & fact.bit() == 0 {
        *given |= fact.bit();
        // Each is noted once, so there is room.
        let _ = said.try_push(fact);
    }
}

/// What is known of a listed image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record<'a>([Slot<'a>; MAX_RECORD_FACTS]);

impl<'a> Record<'a> {
    /// What the first of these says that knows the fact.
    #[inline]
    pub(crate) fn first_known<'r>(records: [Option<&'r Self>; 2], fact: Fact) -> &'r FactValue<'a> {
        let [first, second] = records;
        match first.map(|record| record.value(fact)) {
            Some(value) if value.is_known() => value,
            _ => second.map_or(&FactValue::Unknown, |record| record.value(fact)),
        }
    }

    /// What is known together, the first one's word before the second's.
    fn values<'r>(records: [Option<&'r Self>; 2]) -> impl Iterator<Item = &'r FactValue<'a>> {
        (0..MAX_RECORD_FACTS).map(move |place| {
            let mut values = records.iter().flatten().filter_map(|record| Some(&record.0.get(place)?.value));
            values.find(|value| value.is_known()).unwrap_or(&FactValue::Unknown)
        })
    }

    #[inline]
    pub(crate) fn value(&self, fact: Fact) -> &FactValue<'a> {
        let place = usize::from(fact.rank() - fact.group_rank());
        self.0.get(place).map_or(&FactValue::Unknown, |slot| &slot.value)
    }

    /// The same, free of what it borrowed.
    pub(crate) fn into_owned(self) -> Record<'static> {
        Record(self.0.map(Slot::into_owned))
    }

    pub(crate) fn set(&mut self, fact: Fact, value: FactValue<'a>) {
        FactSink::of_record(self, fact.group_rank()).set(fact, value);
    }
}

/// Records by the ids of the images.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Records<'a> {
    /// The first ones, without an allocation: usually a request lists few. (`SmallVec` would do the same, but is invariant in its
    /// element, so that `Facts<'static>` would be no `Facts<'a>`.)
    few: ArrayVec<(Cow<'a, str>, Record<'a>), 4>,
    /// All others, in the order of their ids, so that one is found among many without comparing all of them.
    more: Vec<(Cow<'a, str>, Record<'a>)>,
}

impl Records<'_> {
    fn into_owned(self) -> Records<'static> {
        let owned = |(id, record): (Cow<'_, str>, Record<'_>)| (Cow::Owned(id.into_owned()), record.into_owned());
        Records { few: self.few.into_iter().map(owned).collect(), more: self.more.into_iter().map(owned).collect() }
    }
}

impl<'a> Records<'a> {
    /// Replaces what is known of an image.
    pub(crate) fn insert(&mut self, id: Cow<'a, str>, record: Record<'a>) {
        let among_more = self.place(&id).ok().and_then(|place| self.more.get_mut(place));
        match self.few.iter_mut().find(|(known, _)| *known == id).or(among_more) {
            Some((_, known)) => *known = record,
            None => self.push(id, record),
        }
    }

    /// Adds an image of which nothing is known yet.
    pub(crate) fn push(&mut self, id: Cow<'a, str>, record: Record<'a>) {
        if let Err(no_room) = self.few.try_push((id, record)) {
            self.push_more(no_room.element());
        }
    }

    #[cold]
    #[inline(never)]
    fn push_more(&mut self, image: (Cow<'a, str>, Record<'a>)) {
        let place = self.more.partition_point(|(known, _)| *known < image.0);
        self.more.insert(place, image);
    }

    /// Takes what is known later of each image.
    #[cfg(feature = "reference")]
    fn take(&mut self, later: Records<'a>) {
        for (id, record) in later.few.into_iter().chain(later.more) {
            let mut known = self.get(&id).cloned().unwrap_or_default();
            for (known, slot) in known.0.iter_mut().zip(record.0) {
                if slot.value.is_known() {
                    *known = slot;
                }
            }
            self.insert(id, known);
        }
    }

    /// Where an image is among all others but the first ones, or where it would be.
    fn place(&self, id: &str) -> Result<usize, usize> {
        self.more.binary_search_by(|(known, _)| known.as_ref().cmp(id))
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &Cow<'a, str>> {
        self.few.iter().chain(&self.more).map(|(id, _)| id)
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Record<'a>> {
        let among_few = self.few.iter().find(|(known, _)| known == id);
        among_few.or_else(|| self.more.get(self.place(id).ok()?)).map(|(_, record)| record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::message::message;
    use crate::rule::fact::{FactKind, Row};

    const fn row(rank: u16) -> Row {
        let nothing = message("", "");
        Row {
            rank,
            pointer: "/facts/x",
            kind: FactKind::Flag,
            description: nothing,
            how_to_obtain: nothing,
            record: None,
        }
    }

    static ONE: Row = row(1);
    static OTHER: Row = row(2);
    #[test]
    fn what_objects_of_two_providers_say_is_located_in_its_own() {
        let mut facts = Facts::default();
        let within = Within::default().member("images").item(3);
        facts.begin_object(ObjectPlace { root: "a", within, members: &["m", "n"], nests: &["", "extras"] });
        facts.set_from_object(Fact(&ONE), 2, Some(FactValue::Flag(true)));
        let within = Within::default().member("volume").member("image");
        facts.begin_object(ObjectPlace { root: "b", within, members: &["n/o"], nests: &[""] });
        facts.set_from_object(Fact(&OTHER), 0, Some(FactValue::Flag(false)));
        assert_eq!(facts.at(Fact(&ONE)).pointer(), "/facts/a/images/3/extras/m");
        assert_eq!(facts.at(Fact(&OTHER)).pointer(), "/facts/b/volume/image/n/o");
        facts.set(Fact(&ONE), FactValue::Flag(false));
        assert_eq!(facts.at(Fact(&ONE)).pointer(), "/facts/x");
    }
}
