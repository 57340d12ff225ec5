//! Facts from JSON, or from a packed case.

use crate::catalogue;
use crate::check::operation::Operation;
use crate::finding::fact_objects::InvalidFacts;
use crate::finding::fact_reader::{Entry, FactReader};
use crate::finding::finding::Finding;
use crate::finding::findings::{Findings, MAX_FINDINGS};
#[cfg(feature = "text")]
use crate::finding::repeated::{Keys, Root, report_repeated};
use crate::finding::subject::{Subject, of_nothing};
use crate::finding::syntax::syntax;
#[cfg(feature = "text")]
use crate::json::Reader;
use crate::json::{Parts, Source, Value};
use crate::rule::draft::Draft;
use crate::rule::fact::{Fact, Group};
use crate::rule::facts::{FactSink, FactValue, Facts, Record};
use crate::rule::location::{At, Section};
use arrayvec::ArrayVec;
#[cfg(feature = "text")]
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What providers returned, by the places of their members of `facts`. It is read when the request is known.
pub(crate) type Objects<'a> = ArrayVec<(usize, Value<'a>), { catalogue::OBJECT_COUNT }>;

/// Reads the `facts` of a case, which come next and are an object.
pub(crate) fn read_facts<'a, S: Source<'a>>(
    reader: &mut S,
    facts: &mut Facts<'a>,
    objects: &mut Objects<'a>,
    out: &mut Findings<'a>,
) {
    let reading = &mut FactReader { out };
    let at: &dyn Fn() -> At = &|| At::section(Section::Facts);
    let mut seen = 0;
    let mut members = reader.members();
    while let Some(name) = reader.next(&mut members, &catalogue::FACT_KEYS) {
        let Some(slot) = reading.known(name, reader, &members, &catalogue::FACT_KEYS, &mut seen, at) else {
            reader.member_value();
            continue;
        };
        let Some(member) = catalogue::FACT_MEMBERS.get(slot) else { continue };
        let place: &dyn Fn() -> At = &|| at().below(member.key.name);
        match &member.entry {
            Entry::Fact(fact) => reading.single_fact(*fact, reader, at, &mut facts.sink()),
            Entry::Group(group) => reading.group(reader, group, place, &mut facts.sink()),
            Entry::Records(group) => reading.records(reader, group, place, facts),
            Entry::Object(..) | Entry::Objects(..) => {
                // Each comes once, so there is room.
                let _ = objects.try_push((slot, reader.member_value()));
            }
        }
    }
}

/// Reads what providers returned. An operation of another cloud never reads it.
pub(crate) fn read_objects<'a>(
    objects: &Objects<'a>,
    operation: Option<&'static Operation>,
    subject: &Subject<'_, 'a>,
    facts: &mut Facts<'a>,
    out: &mut Findings<'a>,
) {
    for (slot, value) in objects {
        let Some(member) = catalogue::FACT_MEMBERS.get(*slot) else { continue };
        match (member.entry, operation) {
            _ if matches!(value, Value::Null) => {}
            (_, Some(operation)) if !catalogue::reads_member(operation, member) => {
                operation.advise_of_unread_at(At::section(Section::Facts).below(member.key.name), out);
            }
            (Entry::Object(read, _) | Entry::Objects(read, _), _) => {
                read(value, subject, facts, &mut FactReader { out });
            }
            _ => {}
        }
    }
}

/// Reads the facts of a packed case: in the order of the table of facts, then what the providers returned.
pub(crate) fn read_packed_facts<'a>(
    parts: &mut Parts<'a>,
    facts: &mut Facts<'a>,
    objects: &mut Objects<'a>,
    out: &mut Findings<'a>,
) -> Option<()> {
    let reading = &mut FactReader { out };
    let at: &dyn Fn() -> At = &|| At::section(Section::Facts);
    for member in &catalogue::FACT_MEMBERS {
        match member.entry {
            Entry::Fact(fact) => read_packed_fact(parts, fact, &mut facts.sink(), reading, at),
            Entry::Group(group) => {
                if parts.has_object()? {
                    let at: &dyn Fn() -> At = &|| at().below(member.key.name);
                    let to = &mut facts.sink();
                    for fact in group.facts {
                        read_packed_fact(parts, *fact, to, reading, at);
                    }
                }
            }
            Entry::Records(group) => read_packed_records(parts, facts, reading, member.key.name, group)?,
            Entry::Object(..) | Entry::Objects(..) => {}
        }
    }
    for (slot, member) in catalogue::FACT_MEMBERS.iter().enumerate() {
        if matches!(member.entry, Entry::Object(..) | Entry::Objects(..)) && !parts.is_absent() {
            objects.try_push((slot, parts.value())).ok()?;
        }
    }
    Some(())
}

/// Reads one fact of a packed case.
#[inline(always)]
fn read_packed_fact<'a>(
    parts: &mut Parts<'a>,
    fact: Fact,
    to: &mut FactSink<'_, 'a>,
    reading: &mut FactReader<'_, 'a>,
    at: &dyn Fn() -> At,
) {
    if !parts.is_absent() {
        reading.fact(fact, parts, at, to);
    }
}

fn read_packed_records<'a>(
    parts: &mut Parts<'a>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
    name: &str,
    group: &Group,
) -> Option<()> {
    let images = usize::try_from(parts.word()?).ok()?;
    if images > MAX_FINDINGS {
        // That there are too many is said of JSON.
        return None;
    }
    let first = group.facts.first()?.rank();
    for _ in 0..images {
        let units = parts.word()?;
        let id = parts.units(units)?;
        let at: &dyn Fn() -> At = &|| At::section(Section::Facts).below(name).below(id);
        let mut record = Record::default();
        let to = &mut FactSink::of_record(&mut record, first);
        for fact in group.facts {
            read_packed_fact(parts, *fact, to, reading, at);
        }
        facts.push_record(group.facts, id.into(), record);
    }
    Some(())
}

impl<'a> Facts<'a> {
    /// Reads facts from JSON, in the form that `facts` has in a case, with what is wrong with them.
    ///
    /// ```
    /// use image_preflight::{Facts, huawei};
    /// let (facts, findings) = Facts::from_json(r#"{"sourceRegion": "cn-north-4", "image": {"encrypted": "no"}}"#);
    /// let expected = huawei::Facts { source_region: Some("cn-north-4".into()), ..Default::default() };
    /// assert_eq!(facts, expected.into());
    /// assert_eq!(findings[0].at(), "/facts/image/encrypted");
    /// ```
    #[must_use]
    #[cfg(feature = "text")]
    pub fn from_json(json: &'a str) -> (Self, Vec<Finding<'a>>) {
        let mut out = Findings::default();
        let mut facts = Facts::default();
        let read = |reader: &mut Reader<'a>| {
            let mut objects = Objects::default();
            read_facts(reader, &mut facts, &mut objects, &mut out);
            read_objects(&objects, None, &of_nothing(&Draft::default()), &mut facts, &mut out);
            catalogue::check_facts(&facts, &mut out);
            reader.is_suspect
        };
        match Reader::object(json, read) {
            Ok(is_suspect) => {
                if is_suspect {
                    report_repeated(json, Root::Facts, Keys::OF_CASE, &mut out);
                }
                (facts, out.into_list())
            }
            Err(error) => (Facts::default(), syntax(json, error).into_list()),
        }
    }
}

/// What is known, whoever said it, in the form that `facts` has in a case. There, `strict` is no fact: [strict](Facts::strict) facts
/// are refused rather than read back as others, which a check would judge more mildly.
impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_strict {
            return Err(S::Error::custom(
                "strict facts cannot be written: `strict` is a member of the case, beside `facts`",
            ));
        }
        let mut members = serde_json::Map::new();
        let known = |value: &FactValue<'_>| value.is_known().then(|| serde_json::json!(value));
        for member in &catalogue::FACT_MEMBERS {
            let object: serde_json::Value = match &member.entry {
                Entry::Fact(fact) => known(self.value(*fact)).unwrap_or_default(),
                Entry::Group(group) => {
                    let facts = group.facts.iter();
                    let facts: serde_json::Map<_, _> =
                        facts.filter_map(|fact| Some((fact.name().to_owned(), known(self.value(*fact))?))).collect();
                    if facts.is_empty() { serde_json::Value::Null } else { facts.into() }
                }
                Entry::Records(group) => {
                    let mut ids: Vec<_> = self.records.ids().chain(self.object_records.ids()).collect();
                    ids.sort();
                    ids.dedup();
                    let of_image = |id: &str| {
                        let value = |fact: &Fact| known(self.value_of_image(id, *fact));
                        let facts = group.facts.iter();
                        facts
                            .filter_map(|fact| Some((fact.name().to_owned(), value(fact)?)))
                            .collect::<serde_json::Map<_, _>>()
                    };
                    let images: serde_json::Map<_, _> =
                        ids.into_iter().map(|id| (id.to_string(), of_image(id).into())).collect();
                    if images.is_empty() { serde_json::Value::Null } else { images.into() }
                }
                Entry::Object(..) | Entry::Objects(..) => serde_json::Value::Null,
            };
            if !object.is_null() {
                members.insert(member.key.name.to_owned(), object);
            }
        }
        members.serialize(serializer)
    }
}

/// From the form that `facts` has in a case, objects included; what cannot be used is an error that says everything that is wrong.
#[cfg(feature = "text")]
impl<'de> Deserialize<'de> for Facts<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = serde_json::Value::deserialize(deserializer)?.to_string();
        let (facts, findings) = Facts::from_json(&json);
        InvalidFacts::unless_right(findings).map_err(D::Error::custom)?;
        Ok(facts.into_owned())
    }
}
