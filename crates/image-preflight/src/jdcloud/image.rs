//! The image object of JD Cloud (describeImage, describeImages), and the facts that it tells.

use crate::finding::fact_reader::{FactReader, said};
use crate::json::{JsonType, Object, Text, Value};
use crate::message::param::Params;
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::Fact;
use crate::rule::facts::is_filled;
use crate::rule::location::{At, Section};
use crate::rule::named::named;
use std::borrow::Cow;

named! {
    /// Where an image comes from.
    ///
    /// ```
    /// use image_preflight::jdcloud::Visibility;
    /// assert_eq!(Visibility::from_name("thirdparty"), Some(Visibility::ThirdParty));
    /// ```
    #[cfg_attr(feature = "schemars", schemars(rename = "JdVisibility"))]
    Visibility {
        /// The account's own.
        Private = "private",
        /// JD Cloud's own.
        Public = "public",
        /// A vendor's, from the market.
        ThirdParty = "thirdparty",
        /// Another account's, shared.
        Shared = "shared",
        /// The community's.
        Community = "community",
    }
}

named! {
    /// The kind of system disk that an image is for.
    ///
    /// ```
    /// assert_eq!(image_preflight::jdcloud::RootDevice::CloudDisk.as_str(), "cloudDisk");
    /// ```
    RootDevice {
        /// A cloud disk.
        CloudDisk = "cloudDisk",
        /// A disk of the host.
        LocalDisk = "localDisk",
    }
}

/// What is known of one of JD Cloud's images. `None` is not known.
///
/// ```
/// use image_preflight::jdcloud::ImageFacts;
/// let facts = ImageFacts { snapshots: Some(2), ..ImageFacts::default() };
/// assert_eq!(facts.busy, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "JdImageFacts", rename_all = "camelCase", deny_unknown_fields)
)]
pub struct ImageFacts<'a> {
    /// Where it comes from.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::json::schema::OrBlank<Visibility>>"))]
    pub visibility: Option<Visibility>,
    /// The kind of its system disk.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::json::schema::OrBlank<RootDevice>>"))]
    pub root_device: Option<RootDevice>,
    /// Its status, as JD Cloud writes it: `pending`, `ready`, `deleting`, `error`.
    pub status: Option<Cow<'a, str>>,
    /// Whether one of its snapshots is encrypted.
    pub snapshot_encrypted: Option<bool>,
    /// Whether it is being copied or converted, or is held by another task.
    pub busy: Option<bool>,
    /// How many disk snapshots it needs, at least 1.
    #[cfg_attr(feature = "schemars", schemars(range(min = 1)))]
    pub snapshots: Option<u64>,
}

impl ImageFacts<'_> {
    pub(crate) fn flag(&self, fact: Fact) -> Option<bool> {
        match fact {
            Fact::ImagesSnapshotEncrypted => self.snapshot_encrypted,
            Fact::ImagesBusy => self.busy,
            _ => None,
        }
    }

    pub(crate) fn text(&self, fact: Fact) -> Option<&str> {
        match fact {
            Fact::ImagesVisibility => self.visibility.map(Visibility::as_str),
            Fact::ImagesRootDevice => self.root_device.map(RootDevice::as_str),
            Fact::ImagesStatus => self.status.as_deref().filter(is_filled),
            _ => None,
        }
    }

    /// What it says of a fact that an object can tell, as a text.
    pub(crate) fn said(&self, fact: Fact) -> Option<Cow<'_, str>> {
        let flag = self.flag(fact).map(|flag| if flag { "true" } else { "false" });
        self.text(fact).or(flag).map(Cow::Borrowed)
    }
}

/// The facts that an object tells.
pub(crate) const OBJECT_FACTS: [Fact; 4] =
    [Fact::ImagesVisibility, Fact::ImagesRootDevice, Fact::ImagesStatus, Fact::ImagesSnapshotEncrypted];

/// What one of JD Cloud's objects says.
pub(crate) struct ImageObject<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) facts: ImageFacts<'a>,
    /// Its place in the list.
    index: usize,
}

impl ImageObject<'_> {
    /// The member that tells a fact; of what several tell together, the object.
    #[cold]
    pub(crate) fn at(&self, fact: Fact) -> At {
        let object = At::section(Section::Facts).below("imageObjects").item(self.index);
        match fact {
            Fact::ImagesVisibility => object.below(IMAGE_SOURCE),
            Fact::ImagesRootDevice => object.below(ROOT_DEVICE_TYPE),
            Fact::ImagesStatus => object.below(STATUS),
            _ => object,
        }
    }
}

/// What several objects of one image say together: what they contradict each other in is not known.
pub(crate) fn merged<'f, 'a: 'f>(objects: impl Iterator<Item = &'f ImageFacts<'a>> + Clone) -> ImageFacts<'a> {
    fn agreed<T>(mut said: impl Iterator<Item = T>, is_same: impl Fn(&T, &T) -> bool) -> Option<T> {
        let first = said.next()?;
        said.all(|other| is_same(&first, &other)).then_some(first)
    }
    ImageFacts {
        visibility: agreed(objects.clone().filter_map(|facts| facts.visibility), PartialEq::eq),
        root_device: agreed(objects.clone().filter_map(|facts| facts.root_device), PartialEq::eq),
        status: agreed(objects.clone().filter_map(|facts| facts.status.clone()), |one, other| {
            one.eq_ignore_ascii_case(other)
        }),
        snapshot_encrypted: agreed(objects.filter_map(|facts| facts.snapshot_encrypted), PartialEq::eq),
        busy: None,
        snapshots: None,
    }
}

const IMAGE_ID: &str = "imageId";
const IMAGE_SOURCE: &str = "imageSource";
const ROOT_DEVICE_TYPE: &str = "rootDeviceType";
const STATUS: &str = "status";

/// Reads one object; what it does not know it ignores. An object without an id says nothing of any image, which is a finding.
pub(crate) fn read_object<'a>(
    value: &Value<'a>,
    index: usize,
    reading: &mut FactReader<'_, 'a>,
) -> Option<ImageObject<'a>> {
    let place = || At::section(Section::Facts).below("imageObjects").item(index);
    let object = reading.listed_object(value, &place)?;
    let at = |name: &str| place().below(name);
    let mut read = |name: &str| object.get(name).and_then(|value| text(value, || at(name), reading)).and_then(said);
    let id = read(IMAGE_ID);
    // A word that is not known is unknown: later ones may be added.
    let mut facts = ImageFacts {
        visibility: read(IMAGE_SOURCE).and_then(|word| Visibility::from_name(&word)),
        root_device: read(ROOT_DEVICE_TYPE).and_then(|word| RootDevice::from_name(&word)),
        status: read(STATUS),
        snapshot_encrypted: None,
        busy: None,
        snapshots: None,
    };
    facts.snapshot_encrypted = Disks { reading, at: &place }.snapshot_encrypted(object);
    match id {
        Some(id) => Some(ImageObject { id, facts, index }),
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
