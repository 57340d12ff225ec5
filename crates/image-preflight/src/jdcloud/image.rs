//! The image object of JD Cloud (describeImage, describeImages), and the facts that it contains.

use crate::field::text::too_many_images;
use crate::finding::fact_reader::FactReader;
use crate::finding::findings::MAX_FINDINGS;
use crate::jdcloud::facts::{
    IMAGES_ROOT_DEVICE, IMAGES_SNAPSHOT_ENCRYPTED, IMAGES_STATUS, IMAGES_VISIBILITY, ImageFacts, RootDevice, Visibility,
};
use crate::json::{JsonType, Object, Text, Value};
use crate::message::param::Params;
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::Fact;
use crate::rule::facts::{FactValue, Facts, Record};
use crate::rule::location::{At, Section};
use smallvec::SmallVec;
use std::borrow::Cow;

/// The facts that an object contains, with the member for each; none if several members decide together.
static TELLS: [(Fact, Option<&str>); 4] = [
    (IMAGES_VISIBILITY, Some(IMAGE_SOURCE)),
    (IMAGES_ROOT_DEVICE, Some(ROOT_DEVICE_TYPE)),
    (IMAGES_STATUS, Some(STATUS)),
    (IMAGES_SNAPSHOT_ENCRYPTED, None),
];

/// What one of JD Cloud's objects says.
struct ImageObject<'a> {
    id: Cow<'a, str>,
    record: Record<'a>,
    /// Its place in the list.
    index: usize,
}

impl ImageObject<'_> {
    /// The member that contains a fact; the object if several members decide together.
    #[cold]
    fn at(&self, fact: Fact) -> At {
        let object = At::section(Section::Facts).below("imageObjects").item(self.index);
        match TELLS.iter().find_map(|(told, member)| (*told == fact).then_some(*member)?) {
            Some(member) => object.below(member),
            None => object,
        }
    }
}

/// Reads a list of objects.
pub(crate) fn read_objects<'a>(value: &Value<'a>, facts: &mut Facts<'a>, reading: &mut FactReader<'_, 'a>) {
    let at = || At::section(Section::Facts).below("imageObjects");
    let array = match value {
        Value::Null => return,
        Value::Array(array) => *array,
        other => return reading.wrong_type(at(), other, JsonType::Array),
    };
    let mut objects = SmallVec::<[ImageObject<'a>; 4]>::new();
    for (index, value) in array.iter().enumerate() {
        if index >= MAX_FINDINGS {
            reading.violation(at(), ViolationKind::TooLong, too_many_images(array.iter().count(), MAX_FINDINGS));
            break;
        }
        let Some(object) = read_object(&value, index, reading) else { continue };
        // An object of an image of which there is one already: mostly they say the same.
        if facts.object_records.get(&object.id).is_some_and(|known| *known != object.record) {
            conflicting_object(&object, &objects, facts, reading);
        } else {
            facts.object_records.insert(object.id.clone(), object.record.clone());
        }
        objects.push(object);
    }
}

/// What two objects of one image say. Where they contradict each other it is not known which is right, and the fact is unknown;
/// what only one of them says is taken.
#[cold]
#[inline(never)]
fn conflicting_object<'a>(
    object: &ImageObject<'a>,
    earlier: &[ImageObject<'a>],
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let same = || earlier.iter().filter(|earlier| earlier.id == object.id);
    for (fact, _) in TELLS {
        let first = same().find_map(|earlier| Some((earlier, earlier.record.value(fact).written()?)));
        if let (Some((first, one)), Some(other)) = (first, object.record.value(fact).written())
            && !one.eq_ignore_ascii_case(&other)
        {
            let with = first.at(fact).field_name().into_owned();
            reading.contradiction(fact, object.at(fact), with, (other.into_owned(), one.into_owned()));
        }
    }
    let mut merged = Record::default();
    for (fact, _) in TELLS {
        merged.set(fact, agreed(same().chain([object]).map(|object| object.record.value(fact))));
    }
    facts.object_records.insert(object.id.clone(), merged);
}

/// What several objects say of a fact, unless they contradict one another.
fn agreed<'f, 'a: 'f>(values: impl Iterator<Item = &'f FactValue<'a>>) -> FactValue<'a> {
    let mut known = values.filter(|value| value.is_known());
    let Some(first) = known.next() else { return FactValue::Unknown };
    let is_same = |other: &FactValue<'_>| match (first.text(), other.text()) {
        (Some(first), Some(other)) => first.eq_ignore_ascii_case(other),
        _ => first == other,
    };
    if known.all(is_same) { first.clone() } else { FactValue::Unknown }
}

const IMAGE_ID: &str = "imageId";
const IMAGE_SOURCE: &str = "imageSource";
const ROOT_DEVICE_TYPE: &str = "rootDeviceType";
const STATUS: &str = "status";

/// Reads one object; what it does not know it ignores. An object without an id says nothing of any image, which is a finding.
fn read_object<'a>(value: &Value<'a>, index: usize, reading: &mut FactReader<'_, 'a>) -> Option<ImageObject<'a>> {
    let place = || At::section(Section::Facts).below("imageObjects").item(index);
    let object = reading.listed_object(value, &place)?;
    let at = |name: &str| place().below(name);
    let mut read = |name: &str| {
        let text = object.get(name).and_then(|value| text(value, || at(name), reading))?;
        (!text.is_blank()).then(|| text.to_cow())
    };
    let id = read(IMAGE_ID);
    // A word that is not known is unknown: later ones may be added.
    let visibility = read(IMAGE_SOURCE).and_then(|word| Visibility::from_name(&word));
    let root_device = read(ROOT_DEVICE_TYPE).and_then(|word| RootDevice::from_name(&word));
    let facts = ImageFacts {
        visibility,
        root_device,
        status: read(STATUS),
        snapshot_encrypted: Disks { reading, at: &place }.snapshot_encrypted(object),
        ..ImageFacts::default()
    };
    let mut record = Record::default();
    facts.into_values().for_each(|(fact, value)| record.set(fact, value));
    match id {
        Some(id) => Some(ImageObject { id, record, index }),
        None => no_id(object.get(IMAGE_ID), at(IMAGE_ID), reading),
    }
}

/// An object that does not say whose it is.
#[cold]
fn no_id<'a, T>(found: Option<Value<'a>>, at: At, reading: &mut FactReader<'_, 'a>) -> Option<T> {
    match found {
        None | Some(Value::Null) => reading.violation(at, ViolationKind::Missing, Params::default()),
        Some(Value::Text(_)) => reading.violation(at, ViolationKind::Empty, Params::default()),
        // That it is no text has been reported.
        Some(_) => {}
    }
    None
}

fn text<'a>(value: Value<'a>, at: impl Fn() -> At, reading: &mut FactReader<'_, 'a>) -> Option<Text<'a>> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(text),
        other => {
            reading.wrong_type(at(), &other, JsonType::String);
            None
        }
    }
}

/// The disks of an object, which say whether they are encrypted. What is not of its type is a finding, and unknown.
struct Disks<'d, 'r, 'a> {
    reading: &'d mut FactReader<'r, 'a>,
    /// The place of the object.
    at: &'d dyn Fn() -> At,
}

const SYSTEM_DISK: &str = "systemDisk";
const DATA_DISKS: &str = "dataDisks";
const CLOUD_DISK: &str = "cloudDisk";
const ENCRYPTED: &str = "encrypted";

impl<'a> Disks<'_, '_, 'a> {
    /// One encrypted disk settles it; otherwise every disk must say that it is not encrypted.
    fn snapshot_encrypted(&mut self, object: Object<'a>) -> Option<bool> {
        let place = self.at;
        let system = object.get(SYSTEM_DISK).and_then(|disk| {
            let at: &dyn Fn() -> At = &|| place().below(SYSTEM_DISK);
            let disk = self.reading.object(&disk, at)?;
            self.encrypted(disk, at)
        });
        let data = object.get(DATA_DISKS).and_then(|disks| self.data_encrypted(&disks));
        match (system, data) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }

    fn data_encrypted(&mut self, disks: &Value<'a>) -> Option<bool> {
        let place = self.at;
        let array = match disks {
            Value::Null => return None,
            Value::Array(array) => *array,
            other => {
                self.reading.wrong_type(place().below(DATA_DISKS), other, JsonType::Array);
                return None;
            }
        };
        let mut all = Some(false);
        for (index, disk) in array.iter().enumerate() {
            let at: &dyn Fn() -> At = &|| place().below(DATA_DISKS).below(&index.to_string());
            let disk = self.reading.listed_object(&disk, at);
            all = match (all, disk.and_then(|disk| self.encrypted(disk, at))) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (all, Some(false)) => all,
                (_, None) => None,
            };
        }
        all
    }

    /// Whether a disk, which is at this place, is encrypted.
    fn encrypted(&mut self, disk: Object<'a>, at: &dyn Fn() -> At) -> Option<bool> {
        let cloud_disk = disk.get(CLOUD_DISK)?;
        let at: &dyn Fn() -> At = &|| at().below(CLOUD_DISK);
        match self.reading.object(&cloud_disk, at)?.get(ENCRYPTED)? {
            Value::Null => None,
            Value::Bool(flag) => Some(flag),
            Value::Text(text) if text.is_blank() => None,
            Value::Text(text) if text.is("true") => Some(true),
            Value::Text(text) if text.is("false") => Some(false),
            Value::Text(text) => {
                self.reading.not_one_of(at().below(ENCRYPTED), text, vec!["true", "false"]);
                None
            }
            other => {
                self.reading.wrong_type(at().below(ENCRYPTED), &other, JsonType::Boolean);
                None
            }
        }
    }
}
