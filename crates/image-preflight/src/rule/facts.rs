//! The store of facts: what the caller knows of the world. Each fact is known or not; unknown is never taken for good.

use crate::json::Text;
use crate::rule::fact::Fact;
use crate::rule::location::{At, Section};
use arrayvec::ArrayVec;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// How many facts all providers may have together; the catalogue asserts it.
pub(crate) const MAX_FACTS: usize = 32;

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
    /// A text; a blank one is not given.
    #[inline]
    pub(crate) fn from_text(text: Text<'a>) -> Self {
        if text.is_blank() { FactValue::Unknown } else { FactValue::Text(text.to_cow()) }
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
    fn into_value(self) -> FactValue<'a> {
        FactValue::Count(self)
    }

    fn of_value(value: &FactValue<'a>) -> Option<Self> {
        value.count()
    }
}

impl<'a> TypedFact<'a> for Cow<'a, str> {
    fn into_value(self) -> FactValue<'a> {
        if Text::plain(&self).is_blank() { FactValue::Unknown } else { FactValue::Text(self) }
    }

    fn of_value(value: &FactValue<'a>) -> Option<Self> {
        if let FactValue::Text(text) = value { Some(text.clone()) } else { None }
    }
}

/// A provider's object in a case: where it is, and its members that tell facts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ObjectPlace {
    /// The pointer of the member of `facts` that holds it.
    pub(crate) root: &'static str,
    /// Where it begins below that: an answer holds it.
    pub(crate) within: &'static str,
    pub(crate) members: &'static [(&'static str, Fact)],
}

impl ObjectPlace {
    /// A member that tells a fact, among the facts where that one is.
    #[cold]
    pub(crate) fn member(self, name: &str) -> At {
        let pointer = format!("{}{}/{name}", self.root, self.within);
        match self.members.iter().find(|(member, _)| *member == name) {
            Some((_, fact)) => At::fact_at(*fact, pointer.into()),
            None => At::unknown(Section::Facts, name),
        }
    }
}

/// Said by the caller, and not by a provider's object.
const CALLER: u8 = 0;

/// Everything that a caller knows beside the request. Made from a provider's facts, such as
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
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    values: [FactValue<'a>; MAX_FACTS],
    /// Who said it: [`CALLER`], or the object's member of this place, counted from 1.
    sources: [u8; MAX_FACTS],
    pub(crate) object: ObjectPlace,
    /// Listed images by id: what the caller says of them.
    pub(crate) records: Records<'a>,
    /// What the provider's objects say of them.
    pub(crate) object_records: Records<'a>,
}

impl PartialEq for Facts<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values && self.records == other.records && self.object_records == other.object_records
    }
}

impl Eq for Facts<'_> {}

impl<'a> Facts<'a> {
    #[inline]
    pub(crate) fn value(&self, fact: Fact) -> &FactValue<'a> {
        self.values.get(usize::from(fact.rank())).unwrap_or(&FactValue::Unknown)
    }

    /// Takes what the caller says, over everything else.
    pub(crate) fn set(&mut self, fact: Fact, value: FactValue<'a>) {
        self.sink().set(fact, value);
    }

    /// Takes what a member of the provider's object says, unless the caller says something.
    pub(crate) fn set_from_object(&mut self, member: &str, value: FactValue<'a>) {
        let Some(place) = self.object.members.iter().position(|(known, _)| *known == member) else { return };
        let Some((_, fact)) = self.object.members.get(place) else { return };
        let rank = usize::from(fact.rank());
        if let (Some(known), Some(source)) = (self.values.get_mut(rank), self.sources.get_mut(rank))
            && (!known.is_known() || *source != CALLER)
        {
            *known = value;
            *source = u8::try_from(place + 1).unwrap_or(CALLER);
        }
    }

    /// Where a fact was given: in the provider's object, or else by the caller.
    #[cold]
    pub(crate) fn at(&self, fact: Fact) -> At {
        let source = self.sources.get(usize::from(fact.rank())).copied().unwrap_or(CALLER);
        match usize::from(source).checked_sub(1).and_then(|place| self.object.members.get(place)) {
            Some((member, _)) => self.object.member(member),
            None => At::fact(fact),
        }
    }

    /// Where single facts that the caller says go.
    #[inline]
    pub(crate) fn sink(&mut self) -> FactSink<'_, 'a> {
        FactSink { values: &mut self.values, sources: &mut self.sources, first: 0 }
    }

    /// What is known of one of the listed images: what the caller says, and what the provider's object says.
    pub(crate) fn records_of(&self, id: &str) -> [Option<&Record<'a>>; 2] {
        [self.records.get(id), self.object_records.get(id)]
    }
}

/// Where facts go that are read: into the store, or into the record of a listed image.
pub(crate) struct FactSink<'f, 'a> {
    values: &'f mut [FactValue<'a>],
    sources: &'f mut [u8],
    /// The rank of the first.
    first: u16,
}

impl<'f, 'a> FactSink<'f, 'a> {
    pub(crate) fn of_record(record: &'f mut Record<'a>, first: u16) -> Self {
        FactSink { values: &mut record.0, sources: &mut [], first }
    }

    #[inline]
    pub(crate) fn set(&mut self, fact: Fact, value: FactValue<'a>) {
        let place = usize::from(fact.rank() - self.first);
        if let Some(known) = self.values.get_mut(place) {
            *known = value;
        }
        if let Some(source) = self.sources.get_mut(place) {
            *source = CALLER;
        }
    }
}

/// What is known of a listed image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record<'a>([FactValue<'a>; MAX_RECORD_FACTS]);

impl<'a> Record<'a> {
    #[inline]
    pub(crate) fn value(&self, fact: Fact) -> &FactValue<'a> {
        self.0.get(usize::from(fact.rank() - fact.group_rank())).unwrap_or(&FactValue::Unknown)
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
            let image = no_room.element();
            let place = self.more.partition_point(|(known, _)| *known < image.0);
            self.more.insert(place, image);
        }
    }

    /// Where an image is among all others but the first ones, or where it would be.
    fn place(&self, id: &str) -> Result<usize, usize> {
        self.more.binary_search_by(|(known, _)| known.as_ref().cmp(id))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Record<'a>> {
        let among_few = self.few.iter().find(|(known, _)| known == id);
        among_few.or_else(|| self.more.get(self.place(id).ok()?)).map(|(_, record)| record)
    }
}
