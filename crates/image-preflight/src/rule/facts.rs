//! Facts: what the caller knows of the world. Each is known or not; unknown is never taken for good.

use crate::field::numbers::ByteSize;
use crate::huawei::facts::{BackupFacts, EcsFacts, EcsState, SanPolicy};
use crate::jdcloud::facts::QuotaFacts;
use crate::json::Text;
use crate::rule::fact::Fact;
use crate::rule::location::At;
use crate::{huawei, jdcloud};
use arrayvec::ArrayVec;
use std::borrow::Cow;

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
type Image<'a> = (Cow<'a, str>, jdcloud::image::ImageFacts<'a>);

impl<'a> Images<'a> {
    /// Says what is known of an image; what was said of it before is replaced.
    pub fn insert(&mut self, id: impl Into<Cow<'a, str>>, facts: jdcloud::image::ImageFacts<'a>) {
        let id = id.into();
        let among_more = self.place(&id).ok().and_then(|place| self.more.get_mut(place));
        match self.few.iter_mut().find(|(known, _)| *known == id).or(among_more) {
            Some((_, known)) => *known = facts,
            None => self.push(id, facts),
        }
    }

    /// Says what is known of an image of which nothing has been said.
    pub(crate) fn push(&mut self, id: Cow<'a, str>, facts: jdcloud::image::ImageFacts<'a>) {
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
    pub fn get(&self, id: &str) -> Option<&jdcloud::image::ImageFacts<'a>> {
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
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::huawei::ImageFacts<'static>>"))]
    pub image: huawei::image::ImageFacts<'a>,
    /// The source image, as IMS's own object says it is; what `image` says wins.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<serde_json::Map<String, serde_json::Value>>"))]
    pub image_object: huawei::image::ImageFacts<'a>,
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
        schemars(with = "Option<std::collections::BTreeMap<String, crate::jdcloud::ImageFacts<'static>>>")
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
            Fact::EcsOs => self.ecs.os.map(huawei::image::Os::as_str),
            Fact::EcsState => self.ecs.state.map(EcsState::as_str),
            Fact::EcsSanPolicy => self.ecs.san_policy.map(SanPolicy::as_str),
            _ => self.image.text(fact).or_else(|| self.image_object.text(fact)),
        }
    }

    /// Where a fact about the source image was given: in the provider's object, which is at this place, or else by the caller.
    pub(crate) fn at(&self, fact: Fact, object: huawei::image::ObjectPlace) -> At {
        if self.image.knows(fact) || !self.image_object.knows(fact) { At::fact(fact) } else { object.at(fact) }
    }

    /// What is known of one of JD Cloud's images: what the caller says, and what the provider's object says.
    pub(crate) fn jd_image(&self, id: &str) -> [Option<&jdcloud::image::ImageFacts<'a>>; 2] {
        [self.images.get(id), self.image_objects.get(id)]
    }
}
