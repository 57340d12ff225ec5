//! The facts of JD Cloud's images and quotas: one row each.

use crate::check::destination_quota::QuotaFacts;
use crate::finding::fact_rows::facts;
use crate::message::message::message;
use crate::rule::fact::FactKind::{Count, Flag, OneOf, Text};
use crate::rule::facts;
use crate::rule::named::named;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

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

facts! {
    /// What is known of one of JD Cloud's images. `None` is not known.
    ///
    /// ```
    /// use image_preflight::jdcloud::ImageFacts;
    /// let facts = ImageFacts { snapshots: Some(2), ..ImageFacts::default() };
    /// assert_eq!(facts.busy, None);
    /// ```
    pub struct ImageFacts<'a>;
    /// The members of each of `facts.images`.
    static IMAGE = "JdImageFacts", "What is known of one of JD Cloud's images.", of each image from 27;
    /// Where it comes from.
    27 IMAGES_VISIBILITY, visibility: Visibility = "/facts/images/*/visibility" is OneOf(Visibility::WORDS),
        message("the image's source type", "镜像的来源类型"),
        message("`imageSource` in the response of describeImage", "describeImage 返回的 `imageSource`");
    /// The kind of its system disk.
    28 IMAGES_ROOT_DEVICE, root_device: RootDevice = "/facts/images/*/rootDevice" is OneOf(RootDevice::WORDS),
        message("the system disk type of the image", "镜像支持的系统盘类型"),
        message("`rootDeviceType` in the response of describeImage", "describeImage 返回的 `rootDeviceType`");
    /// Its status, as JD Cloud writes it: `pending`, `ready`, `deleting`, `error`.
    29 IMAGES_STATUS, status: Cow<'a, str> = "/facts/images/*/status" is Text,
        message("the image's status", "镜像的状态"),
        message("`status` in the response of describeImage", "describeImage 返回的 `status`");
    /// Whether one of its snapshots is encrypted.
    30 IMAGES_SNAPSHOT_ENCRYPTED, snapshot_encrypted: bool = "/facts/images/*/snapshotEncrypted" is Flag,
        message("whether one of the image's snapshots is encrypted", "镜像的快照是否加密"),
        message("`encrypted` of its snapshots in the response of describeSnapshots", "describeSnapshots 返回中快照的 `encrypted` 字段");
    /// Whether it is being copied or converted, or is held by another task.
    31 IMAGES_BUSY, busy: bool = "/facts/images/*/busy" is Flag,
        message("whether the image is being copied, converted, or used by another task", "镜像是否正在复制、转换或被其他任务占用"),
        message("yes if describeImage returns `progress`; its absence proves nothing, so ask whoever else uses this image", "describeImage 返回 `progress` 表示是；没有该字段不能说明问题，请向同时使用该镜像的人确认");
    /// How many disk snapshots it needs, at least 1.
    32 IMAGES_SNAPSHOTS, snapshots: u64 = "/facts/images/*/snapshots" is Count(1),
        message("how many disk snapshots the image needs", "镜像所需的云硬盘快照数"),
        message("one for the system disk and one for each data disk in the response of describeImage", "按 describeImage 的返回计算：系统盘 1 个，每块数据盘各 1 个");
}

/// What a caller may know in addition to a request to JD Cloud. All of it is optional.
///
/// ```
/// use image_preflight::{Facts, jdcloud};
/// let busy = jdcloud::ImageFacts { busy: Some(false), ..Default::default() };
/// let facts = Facts::from(jdcloud::Facts { images: vec![("img-1".into(), busy)], ..Default::default() });
/// assert_ne!(facts, Facts::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The images, by id. Of an id that is given twice the last one counts.
    pub images: Vec<(Cow<'a, str>, ImageFacts<'a>)>,
    /// What is left in the destination region.
    pub destination_quota: QuotaFacts,
}

impl<'a> Facts<'a> {
    /// What is known of an image.
    #[must_use]
    pub fn image(&self, id: &str) -> Option<&ImageFacts<'a>> {
        self.images.iter().rev().find_map(|(known, image)| (known == id).then_some(image))
    }
}

impl Facts<'_> {
    /// The same, free of what it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Facts<'static> {
        Facts::from(&facts::Facts::from(self).into_owned())
    }
}

impl<'a> From<Facts<'a>> for facts::Facts<'a> {
    fn from(facts: Facts<'a>) -> Self {
        let Facts { images, destination_quota } = facts;
        let mut store = Self::default();
        destination_quota.into_values().for_each(|(fact, value)| store.set(fact, value));
        // In order, each is added at the end; of an id that is given twice the last one counts.
        for (id, image) in images.into_iter().collect::<BTreeMap<_, _>>() {
            let mut record = facts::Record::default();
            image.into_values().for_each(|(fact, value)| record.set(fact, value));
            store.insert_record(IMAGE.facts, id, record);
        }
        store
    }
}

/// In the form that `facts` has in a case.
impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        facts::Facts::from(self.clone()).serialize(serializer)
    }
}

/// From the form that `facts` has in a case; what cannot be used is an error that says everything that is wrong.
#[cfg(feature = "text")]
impl<'de> Deserialize<'de> for Facts<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Facts::from(&facts::Facts::deserialize(deserializer)?))
    }
}

/// What a store knows of these, from the caller or from an object; not whether it is [strict](facts::Facts::strict).
impl<'a> From<&facts::Facts<'a>> for Facts<'a> {
    fn from(known: &facts::Facts<'a>) -> Self {
        let mut images: Vec<_> = known.records.ids().chain(known.object_records.ids()).cloned().collect();
        images.sort();
        images.dedup();
        let typed = |id: Cow<'a, str>| {
            let image = ImageFacts::of(|fact| known.value_of_image(&id, fact));
            (id, image)
        };
        Facts {
            images: images.into_iter().map(typed).collect(),
            destination_quota: QuotaFacts::of(|fact| known.value(fact)),
        }
    }
}
