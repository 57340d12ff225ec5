//! The image object of JD Cloud (describeImage, describeImages), and the facts that it tells.

use crate::facts::{Fact, Reading, named};
use crate::json::{JsonType, Object, Text, Value};
use crate::report::{At, Section};
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
    pub visibility: Option<Visibility>,
    /// The kind of its system disk.
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
            Fact::ImagesStatus => self.status.as_deref(),
            _ => None,
        }
    }
}

/// Reads one object, or the `image` or `result.image` of a whole answer; what it does not know it ignores. An object
/// without an id says nothing of any image.
pub(crate) fn read_object<'a>(
    value: &Value<'a>,
    index: usize,
    reading: &mut Reading<'_, 'a>,
) -> Option<(Cow<'a, str>, ImageFacts<'a>)> {
    let place = || At::section(Section::Facts).below("imageObjects").item(index);
    let object = reading.object(value, &place)?;
    let at = |name: &str| place().below(name);
    let Some(id) = object.get("imageId").and_then(|id| text(id, || at("imageId"), reading)).map(Text::to_cow) else {
        if object.get("imageId").is_none() {
            reading.wrong_type(at("imageId"), &Value::Null, JsonType::String);
        }
        return None;
    };
    let mut read = |name: &str| object.get(name).and_then(|value| text(value, || at(name), reading)).map(Text::to_cow);
    // A word that is not known is unknown: later ones may be added.
    let facts = ImageFacts {
        visibility: read("imageSource").and_then(|word| Visibility::from_name(&word)),
        root_device: read("rootDeviceType").and_then(|word| RootDevice::from_name(&word)),
        status: read("status"),
        snapshot_encrypted: snapshot_encrypted(object),
        busy: None,
        snapshots: None,
    };
    Some((id, facts))
}

fn text<'a>(value: Value<'a>, at: impl Fn() -> At, reading: &mut Reading<'_, 'a>) -> Option<Text<'a>> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(text),
        other => {
            reading.wrong_type(at(), &other, JsonType::String);
            None
        }
    }
}

/// One encrypted disk settles it; otherwise every disk must say that it is not encrypted.
fn snapshot_encrypted(object: Object<'_>) -> Option<bool> {
    let data = object.get("dataDisks");
    let listed = match data {
        Some(Value::Array(disks)) => Some(disks),
        _ => None,
    };
    let system = object.get("systemDisk");
    let disks = system.into_iter().chain(listed.into_iter().flat_map(crate::json::Array::iter));
    let mut all_known = system.is_some() && listed.is_some();
    for disk in disks {
        match encrypted(&disk) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => all_known = false,
        }
    }
    all_known.then_some(false)
}

fn encrypted(disk: &Value<'_>) -> Option<bool> {
    match disk.as_object()?.get("cloudDisk")?.as_object()?.get("encrypted")? {
        Value::Bool(flag) => Some(flag),
        Value::Text(text) if text.is("true") => Some(true),
        Value::Text(text) if text.is("false") => Some(false),
        _ => None,
    }
}
