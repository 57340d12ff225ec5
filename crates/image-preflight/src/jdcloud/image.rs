//! The image object of JD Cloud (describeImage, describeImages), and the facts that it contains.

use crate::field::text::too_many_images;
use crate::finding::fact_reader::FactReader;
use crate::finding::findings::MAX_FINDINGS;
use crate::finding::object_reader::has_any;
use crate::finding::subject::Subject;
use crate::jdcloud::facts::{
    IMAGES_BUSY, IMAGES_ROOT_DEVICE, IMAGES_SNAPSHOT_ENCRYPTED, IMAGES_SNAPSHOTS, IMAGES_STATUS, IMAGES_VISIBILITY,
    RootDevice, Visibility,
};
use crate::json::{Array, JsonType, Object, Text, Value};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::{Fact, Words};
use crate::rule::facts::{FactValue, Facts, Record, Within};
use crate::rule::location::{At, Section};
use std::borrow::Cow;

/// The facts that an object contains, with the member for each; none if several members decide together.
static TELLS: [(Fact, Option<&str>); 6] = [
    (IMAGES_VISIBILITY, Some(IMAGE_SOURCE)),
    (IMAGES_ROOT_DEVICE, Some(ROOT_DEVICE_TYPE)),
    (IMAGES_STATUS, Some(STATUS)),
    (IMAGES_SNAPSHOT_ENCRYPTED, None),
    (IMAGES_BUSY, Some(PROGRESS)),
    (IMAGES_SNAPSHOTS, None),
];

/// What one of JD Cloud's objects says.
struct ImageObject<'a> {
    id: Cow<'a, str>,
    record: Record<'a>,
    place: Within,
}

impl ImageObject<'_> {
    /// The member that contains a fact; the object if several members decide together.
    #[cold]
    fn at(&self, fact: Fact) -> At {
        let object = at(self.place);
        match TELLS.iter().find_map(|(told, member)| (*told == fact).then_some(*member)?) {
            Some(member) => object.below(member),
            None => object,
        }
    }
}

/// Reads what JD Cloud returned: a whole answer of describeImage or describeImages, one image, or a list of either.
pub(crate) fn read_objects<'a>(
    value: &Value<'a>,
    subject: &Subject<'_, 'a>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let mut objects = Vec::new();
    match value {
        Value::Array(list) => read_list(*list, None, &mut objects, facts, reading),
        other => {
            let Some(object) = reading.object(other, &|| at(Within::default())) else { return };
            read_answer(object, Within::default(), &mut objects, facts, reading);
        }
    }
    if !objects.is_empty() {
        none_is_meant(&objects, subject, reading);
    }
}

/// Takes what a list of images says. One that is in no answer may be of answers.
fn read_list<'a>(
    list: Array<'a>,
    within: Option<Within>,
    objects: &mut Vec<ImageObject<'a>>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    for (index, value) in list.iter().enumerate() {
        if objects.len() >= MAX_FINDINGS {
            let count = list.iter().count().saturating_sub(index).saturating_add(objects.len());
            let params = too_many_images(count, MAX_FINDINGS);
            return reading.violation(at(within.unwrap_or_default()), ViolationKind::TooLong, params);
        }
        let place = within.map_or_else(|| Within::page(index), |within| within.item(index));
        match value.as_object().filter(|object| within.is_none() && has_any(*object, &ANSWERS_OWN)) {
            Some(answer) => read_answer(answer, place, objects, facts, reading),
            None => take(value, place, objects, facts, reading),
        }
    }
}

/// Takes what an answer says, or an image without one around it.
fn read_answer<'a>(
    mut object: Object<'a>,
    mut within: Within,
    objects: &mut Vec<ImageObject<'a>>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let mut wrappers = ["result", "image"].into_iter();
    loop {
        if let Some(Value::Array(list)) = object.get("images") {
            within = within.member("images");
            return read_list(list, Some(within), objects, facts, reading);
        }
        let Some(wrapper) = wrappers.next() else { break };
        if let Some(Value::Object(inner)) = object.get(wrapper) {
            (object, within) = (inner, within.member(wrapper));
        }
    }
    if has_any(object, &IMAGES_OWN) {
        take(Value::Object(object), within, objects, facts, reading);
    } else {
        unknown_form(at(within), reading);
    }
}

/// Takes what one object says.
#[inline(never)]
fn take<'a>(
    value: Value<'a>,
    place: Within,
    objects: &mut Vec<ImageObject<'a>>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let Some(object) = read_object(&value, place, reading) else { return };
    // An object of an image of which there is one already: mostly they say the same.
    if facts.object_records.get(&object.id).is_some_and(|known| *known != object.record) {
        conflicting_object(&object, objects, facts, reading);
    } else {
        facts.object_records.insert(object.id.clone(), object.record.clone());
    }
    objects.push(object);
}

/// Reports that none of the images is one that the request names: whatever they are, nothing of them is used.
fn none_is_meant<'a>(objects: &[ImageObject<'a>], subject: &Subject<'_, 'a>, reading: &mut FactReader<'_, 'a>) {
    let Some(ids) = subject.ids(SOURCE_IMAGE_IDS) else { return };
    if !subject.draft.unknown_parts.is_empty() {
        // It may be the one that is not known yet.
        return;
    }
    let is_named = |object: &ImageObject<'a>| {
        ids.iter().filter_map(|id| id.as_text()).any(|id| id.same_as(Text::plain(&object.id)))
    };
    let (Some(first), Some(wanted)) = (objects.first(), ids.iter().find_map(|id| id.as_text())) else { return };
    if wanted.is_blank() || objects.iter().any(is_named) {
        return;
    }
    let params = Params::default()
        .with("actual", Param::UserText(first.id.clone()))
        .with("with", Param::Identifier(SOURCE_IMAGE_IDS.into()))
        .with("expected", Param::UserText(wanted.to_cow()));
    reading.violation(at(first.place), ViolationKind::OtherObject, params);
}

/// Members that an answer has, and no image.
static ANSWERS_OWN: [&str; 3] = ["result", "image", "images"];

/// Members that an image of JD Cloud has, and hardly anything else.
static IMAGES_OWN: [&str; 4] = [IMAGE_ID, IMAGE_SOURCE, ROOT_DEVICE_TYPE, "systemDisk"];

const ROOT: &str = "imageObjects";

/// The field of a request that names the images.
const SOURCE_IMAGE_IDS: &str = "sourceImageIds";

const FORMS: Message = message(
    "a list of images or a whole response of describeImage or describeImages",
    "describeImage 或 describeImages 返回的镜像列表或完整返回",
);

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 1] = [FORMS];

fn at(within: Within) -> At {
    within.below(At::section(Section::Facts).below(ROOT))
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
    let mut merged = Record::default();
    for (fact, _) in TELLS {
        let own = object.record.value(fact);
        let mut first: Option<(&ImageObject<'a>, &FactValue<'a>)> = None;
        let mut contradicts = false;
        for earlier in earlier.iter().filter(|earlier| earlier.id == object.id) {
            let said = earlier.record.value(fact);
            match first {
                _ if !said.is_known() => {}
                None => first = Some((earlier, said)),
                Some((_, known)) => contradicts |= !is_alike(known, said),
            }
        }
        if let (Some((earlier, known)), Some(other)) = (first, own.written())
            && !is_alike(known, own)
        {
            let with = earlier.at(fact).field_name().into_owned();
            let said = (other.into_owned(), known.written().unwrap_or_default().into_owned());
            reading.contradiction(fact, object.at(fact), with, said);
            contradicts = true;
        }
        if !contradicts {
            merged.set(fact, first.map_or(own, |(_, known)| known).clone());
        }
    }
    facts.object_records.insert(object.id.clone(), merged);
}

/// Whether two objects say the same of a fact, in any case of letters.
fn is_alike(one: &FactValue<'_>, other: &FactValue<'_>) -> bool {
    match (one.text(), other.text()) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => one == other,
    }
}

const IMAGE_ID: &str = "imageId";
const IMAGE_SOURCE: &str = "imageSource";
const ROOT_DEVICE_TYPE: &str = "rootDeviceType";
const STATUS: &str = "status";
const PROGRESS: &str = "progress";

/// Reads one object; what it does not know it ignores. An object without an id says nothing of any image, which is a finding.
fn read_object<'a>(value: &Value<'a>, within: Within, reading: &mut FactReader<'_, 'a>) -> Option<ImageObject<'a>> {
    let place = || at(within);
    let object = reading.listed_object(value, &place)?;
    let at = |name: &str| place().below(name);
    let mut read = |name: &str| {
        let text = object.get(name).and_then(|value| text(value, || at(name), reading))?;
        (!text.is_blank()).then(|| text.to_cow())
    };
    let id = read(IMAGE_ID);
    // A word that is not known is unknown: later ones may be added.
    let mut word = |name: &str, words: &Words| {
        read(name).and_then(|word| words.meant(Text::plain(&word))).map(|word| FactValue::Text(word.into()))
    };
    let visibility = word(IMAGE_SOURCE, Visibility::WORDS);
    let root_device = word(ROOT_DEVICE_TYPE, RootDevice::WORDS);
    let status = read(STATUS).map(FactValue::from_word);
    let progress = object.get(PROGRESS).and_then(|value| reading.count_member(&value, &|| at(PROGRESS)));
    let encrypted = Disks { reading, at: &place }.snapshot_encrypted(object);
    // It is there while the image is being copied or converted; that it is not there proves nothing.
    let busy = progress.filter(|percent| *percent < 100).map(|_| true);
    let mut record = Record::default();
    for (fact, value) in [
        (IMAGES_VISIBILITY, visibility),
        (IMAGES_ROOT_DEVICE, root_device),
        (IMAGES_STATUS, status),
        (IMAGES_SNAPSHOT_ENCRYPTED, encrypted.map(FactValue::Flag)),
        (IMAGES_BUSY, busy.map(FactValue::Flag)),
        (IMAGES_SNAPSHOTS, snapshots(object).map(FactValue::Count)),
    ] {
        record.set(fact, value.unwrap_or(FactValue::Unknown));
    }
    match id {
        Some(id) => Some(ImageObject { id, record, place: within }),
        None if !has_any(object, &IMAGES_OWN) => {
            unknown_form(place(), reading);
            None
        }
        None => no_id(object.get(IMAGE_ID), at(IMAGE_ID), reading),
    }
}

/// How many snapshots the image needs: one for its system disk, and one for each data disk. Only an object that states both
/// tells.
fn snapshots(object: Object<'_>) -> Option<u64> {
    let Some(Value::Object(_)) = object.get(SYSTEM_DISK) else { return None };
    let Some(Value::Array(disks)) = object.get(DATA_DISKS) else { return None };
    u64::try_from(disks.iter().count()).ok()?.checked_add(1)
}

/// An object that is no image of JD Cloud.
#[cold]
fn unknown_form(at: At, reading: &mut FactReader<'_, '_>) {
    reading.violation(at, ViolationKind::UnknownForm, Params::default().with("expected", Param::Label(ROOT, FORMS)));
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
            let at: &dyn Fn() -> At = &|| place().below(DATA_DISKS).item(index);
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
        let encrypted = self.reading.object(&cloud_disk, at)?.get(ENCRYPTED)?;
        self.reading.flag_member(&encrypted, &|| at().below(ENCRYPTED))
    }
}
