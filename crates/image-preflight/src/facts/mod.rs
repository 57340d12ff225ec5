//! Facts: what the caller knows of the world. Each is known or not; unknown is never taken for good.

mod fact;
mod read;

pub use fact::Fact;
pub(crate) use read::{FactReader, first, read_facts, read_packed_facts, said, wrong_type};

use crate::field::ByteSize;
use crate::json::Text;
use crate::report::At;
use crate::{huawei, jdcloud};
use arrayvec::ArrayVec;
use std::borrow::Cow;

/// Declares an enumeration whose values have names in JSON.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        $(#[$doc])*
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $text)] $value),+
        }

        impl $name {
            /// Every value's name in JSON, in order.
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// Its name in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$value => $text),+ }
            }

            /// The same, ready to be compared.
            pub(crate) const WORDS: &'static [$crate::json::Key] = &[$($crate::json::Key::word($text)),+];

            /// The value whose name stands at this place among [`Self::NAMES`].
            pub(crate) fn nth(index: usize) -> Option<Self> {
                [$($name::$value),+].get(index).copied()
            }

            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$value),)+ _ => None }
            }
        }
    };
}
pub(crate) use named;

named! {
    /// The state of the server that an image is to be made of.
    ///
    /// ```
    /// assert_eq!(image_preflight::EcsState::from_name("stopped"), Some(image_preflight::EcsState::Stopped));
    /// ```
    EcsState {
        /// It runs.
        Running = "running",
        /// It is stopped.
        Stopped = "stopped",
    }
}

named! {
    /// What Windows does with a disk that it sees for the first time.
    ///
    /// ```
    /// assert_eq!(image_preflight::SanPolicy::OnlineAll.as_str(), "OnlineAll");
    /// ```
    SanPolicy {
        /// Every new disk goes online.
        OnlineAll = "OnlineAll",
        /// New disks on shared buses stay offline.
        OfflineShared = "OfflineShared",
        /// Every new disk stays offline.
        OfflineInternal = "OfflineInternal",
    }
}

/// What is known of a server (ECS) that an image is to be made of.
///
/// ```
/// use image_preflight::{EcsFacts, Os};
/// let ecs = EcsFacts { os: Some(Os::Linux), multi_disk_volume: Some(false), ..EcsFacts::default() };
/// assert_eq!(ecs.spanned_volume, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct EcsFacts {
    /// The operating system.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::schema::OrBlank<huawei::Os>>"))]
    pub os: Option<huawei::Os>,
    /// Running or stopped.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::schema::OrBlank<EcsState>>"))]
    pub state: Option<EcsState>,
    /// Whether it has been configured for image making.
    pub configured: Option<bool>,
    /// Windows: whether it has a spanned volume.
    pub spanned_volume: Option<bool>,
    /// Linux: whether a disk group or logical disk spans several physical disks.
    pub multi_disk_volume: Option<bool>,
    /// Windows: its SAN policy.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::schema::OrBlank<SanPolicy>>"))]
    pub san_policy: Option<SanPolicy>,
}

/// What is known of the CBR backup that an image is to be made of.
///
/// ```
/// let backup = image_preflight::BackupFacts { used: Some(false), ..Default::default() };
/// assert_eq!(backup.shared, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct BackupFacts {
    /// Whether an image has been made of it already.
    pub used: Option<bool>,
    /// Whether another tenant shared it.
    pub shared: Option<bool>,
    /// Whether the server it was taken of had been configured for image making.
    pub configured: Option<bool>,
}

/// What is left of the quotas in the destination region.
///
/// ```
/// let quota = image_preflight::QuotaFacts { images: Some(3), ..Default::default() };
/// assert_eq!(quota.snapshots, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct QuotaFacts {
    /// How many more private images there may be.
    pub images: Option<u64>,
    /// How many more disk snapshots there may be.
    pub snapshots: Option<u64>,
}

/// What is known of each of JD Cloud's images, by id.
///
/// ```
/// use image_preflight::{Images, jdcloud::ImageFacts};
/// let mut images = Images::default();
/// images.insert("img-1", ImageFacts { busy: Some(false), ..ImageFacts::default() });
/// assert_eq!(images.get("img-1").and_then(|image| image.busy), Some(false));
/// assert!(images.get("img-2").is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Images<'a> {
    /// The first ones, without an allocation: mostly a request names few. (`SmallVec` would do the same, but is invariant in its
    /// element, so that `Facts<'static>` would be no `Facts<'a>`.)
    few: ArrayVec<Image<'a>, 4>,
    /// All others, in the order of their ids, so that one is found among many without comparing all of them.
    more: Vec<Image<'a>>,
}

/// An image's id, and what is known of it.
type Image<'a> = (Cow<'a, str>, jdcloud::ImageFacts<'a>);

impl<'a> Images<'a> {
    /// Says what is known of an image; what was said of it before is replaced.
    pub fn insert(&mut self, id: impl Into<Cow<'a, str>>, facts: jdcloud::ImageFacts<'a>) {
        let id = id.into();
        let among_more = self.place(&id).ok().and_then(|place| self.more.get_mut(place));
        match self.few.iter_mut().find(|(known, _)| *known == id).or(among_more) {
            Some((_, known)) => *known = facts,
            None => self.push(id, facts),
        }
    }

    /// Says what is known of an image of which nothing has been said.
    fn push(&mut self, id: Cow<'a, str>, facts: jdcloud::ImageFacts<'a>) {
        if let Err(no_room) = self.few.try_push((id, facts)) {
            let image = no_room.element();
            let place = self.more.partition_point(|(known, _)| *known < image.0);
            self.more.insert(place, image);
        }
    }

    /// Where an image is among all others but the first ones, or where it would be.
    fn place(&self, id: &str) -> Result<usize, usize> {
        self.more.binary_search_by(|(known, _)| known.as_ref().cmp(id))
    }

    /// What is known of an image.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&jdcloud::ImageFacts<'a>> {
        let among_few = self.few.iter().find(|(known, _)| known == id);
        among_few.or_else(|| self.more.get(self.place(id).ok()?)).map(|(_, facts)| facts)
    }
}

/// Everything a caller may know beside the request. All of it is optional.
///
/// ```
/// use image_preflight::{ByteSize, Facts, huawei::ImageFacts};
/// let facts = Facts {
///     source_region: Some("cn-north-4".into()),
///     image: ImageFacts { size: Some(ByteSize::gib(40)), encrypted: Some(false), ..ImageFacts::default() },
///     copies_in_flight: Some(0),
///     ..Facts::default()
/// };
/// assert_eq!(facts.image.iso, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct Facts<'a> {
    /// The region that the image is in.
    pub source_region: Option<Cow<'a, str>>,
    /// The source image, as the caller says it is.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<huawei::ImageFacts<'static>>"))]
    pub image: huawei::ImageFacts<'a>,
    /// The source image, as IMS's own object says it is; what `image` says wins.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<serde_json::Map<String, serde_json::Value>>"))]
    pub image_object: huawei::ImageFacts<'a>,
    /// How many cross-region copies of this tenant run now.
    pub copies_in_flight: Option<u64>,
    /// The server that an image is to be made of.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<EcsFacts>"))]
    pub ecs: EcsFacts,
    /// The backup that an image is to be made of.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<BackupFacts>"))]
    pub backup: BackupFacts,
    /// JD Cloud's images, by id, as the caller says they are.
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "Option<std::collections::BTreeMap<String, jdcloud::ImageFacts<'static>>>")
    )]
    pub images: Images<'a>,
    /// JD Cloud's images, as its own objects say they are; what `images` says wins.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<Vec<serde_json::Map<String, serde_json::Value>>>"))]
    pub image_objects: Images<'a>,
    /// What is left in the destination region.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<QuotaFacts>"))]
    pub destination_quota: QuotaFacts,
}

/// Whether a text says anything: a blank one is not given.
pub(crate) fn is_filled(text: &&str) -> bool {
    !Text::plain(text).is_blank()
}

impl<'a> Facts<'a> {
    /// A fact that is yes or no.
    pub(crate) fn flag(&self, fact: Fact) -> Option<bool> {
        match fact {
            Fact::EcsConfigured => self.ecs.configured,
            Fact::EcsSpannedVolume => self.ecs.spanned_volume,
            Fact::EcsMultiDiskVolume => self.ecs.multi_disk_volume,
            Fact::BackupUsed => self.backup.used,
            Fact::BackupShared => self.backup.shared,
            Fact::BackupConfigured => self.backup.configured,
            _ => self.image.flag(fact).or_else(|| self.image_object.flag(fact)),
        }
    }

    /// A fact that is a number.
    pub(crate) fn count(&self, fact: Fact) -> Option<u64> {
        match fact {
            Fact::ImageSizeBytes => self.image.size.or(self.image_object.size).map(ByteSize::bytes),
            Fact::CopiesInFlight => self.copies_in_flight,
            Fact::QuotaImages => self.destination_quota.images,
            Fact::QuotaSnapshots => self.destination_quota.snapshots,
            _ => None,
        }
    }

    /// A fact that is a word.
    pub(crate) fn text(&self, fact: Fact) -> Option<&str> {
        match fact {
            Fact::SourceRegion => self.source_region.as_deref().filter(is_filled),
            Fact::EcsOs => self.ecs.os.map(huawei::Os::as_str),
            Fact::EcsState => self.ecs.state.map(EcsState::as_str),
            Fact::EcsSanPolicy => self.ecs.san_policy.map(SanPolicy::as_str),
            _ => self.image.text(fact).or_else(|| self.image_object.text(fact)),
        }
    }

    /// Where a fact about the source image was given: in the provider's object, which is at this place, or else by the caller.
    pub(crate) fn at(&self, fact: Fact, object: huawei::ObjectPlace) -> At {
        if self.image.knows(fact) || !self.image_object.knows(fact) { At::fact(fact) } else { object.at(fact) }
    }

    /// What is known of one of JD Cloud's images: what the caller says, and what the provider's object says.
    pub(crate) fn jd_image(&self, id: &str) -> [Option<&jdcloud::ImageFacts<'a>>; 2] {
        [self.images.get(id), self.image_objects.get(id)]
    }
}
