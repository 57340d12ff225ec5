//! Editions of the documents: what they disagree about, as data with a source and a date.

use crate::field::numbers::ByteSize;
use crate::json::MAX_SAFE;
use std::borrow::Cow;
use std::num::NonZeroU64;

/// What an edition says. A document that is silent about a provider leaves that provider's default in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) id: &'static str,
    /// Where it stands.
    pub(crate) source: &'static str,
    /// The greatest image that leaves a region, in bytes, by source region, in the order of their ids: a caller may give many.
    pub(crate) region_caps: Cow<'static, [(Cow<'static, str>, u64)]>,
    /// The same for every other region.
    pub(crate) cap: u64,
    /// The greatest image that is copied within its region, where there is a limit.
    pub(crate) in_region_cap: Option<u64>,
    /// How many copies of one tenant may run at once.
    pub(crate) concurrent_copies: NonZeroU64,
    pub(crate) han_in_names: bool,
    pub(crate) windows_in_region: bool,
    pub(crate) windows_across_regions: bool,
    pub(crate) full_ecs_across_regions: bool,
    pub(crate) full_ecs_shared: bool,
    /// The address of the in-region copy.
    pub(crate) in_region_path: &'static str,
    pub(crate) jd_same_region: bool,
    pub(crate) jd_shared_images: bool,
}

const GIB: u64 = 1 << 30;

/// In the order of their ids.
static LARGE: [(Cow<'static, str>, u64); 4] = [
    (Cow::Borrowed("cn-east-2"), 300 * GIB),
    (Cow::Borrowed("cn-east-3"), 300 * GIB),
    (Cow::Borrowed("cn-north-4"), 300 * GIB),
    (Cow::Borrowed("cn-south-1"), 300 * GIB),
];

const DEFAULT: Limits = Limits {
    id: "default",
    source: "IMS API reference (Chinese and English); JD Cloud copyImages",
    region_caps: Cow::Borrowed(&LARGE),
    cap: 128 * GIB,
    in_region_cap: None,
    concurrent_copies: NonZeroU64::MIN.saturating_add(4),
    han_in_names: true,
    windows_in_region: false,
    windows_across_regions: true,
    full_ecs_across_regions: true,
    full_ecs_shared: true,
    in_region_path: "/v1/cloudimages/{image_id}/copy",
    jd_same_region: false,
    jd_shared_images: false,
};

const INTERNATIONAL_2024: Limits = Limits {
    id: "international-2024-04",
    source: "IMS API reference, international site, 2024-04-17",
    region_caps: Cow::Borrowed(&[]),
    han_in_names: false,
    ..DEFAULT
};

const PARTNER: Limits = Limits {
    id: "partner-2024-03",
    source: "IMS API reference of ae-ad-1 and my-kualalumpur-1, 2024-03",
    region_caps: Cow::Borrowed(&[]),
    windows_in_region: true,
    ..DEFAULT
};

/// Every edition; the first one holds where none is named.
static EDITIONS: [Limits; 7] = [
    DEFAULT,
    INTERNATIONAL_2024,
    Limits {
        id: "international-2026-01",
        source: "IMS API reference, international site, 2026-01-19 and 2026-04-28",
        windows_across_regions: false,
        in_region_cap: Some(128 * GIB),
        in_region_path: "/v2.1/cloudimages/{image_id}/copy",
        ..INTERNATIONAL_2024
    },
    PARTNER,
    Limits {
        id: "eu-west-0-2024-04",
        source: "IMS API reference of eu-west-0, 2024-04",
        full_ecs_across_regions: false,
        full_ecs_shared: false,
        ..PARTNER
    },
    Limits {
        id: "tr-central-201-2024-04",
        source: "IMS API reference of tr-central-201, 2024-04",
        full_ecs_across_regions: false,
        ..PARTNER
    },
    Limits {
        id: "jd-2024-11",
        source: "jdcloud_sdk, texts since VM API 1.6.1, 2024-11",
        jd_same_region: true,
        jd_shared_images: true,
        ..DEFAULT
    },
];

/// Which edition of the documents holds: one of ours, or a caller's own limits.
///
/// ```
/// use image_preflight::{ByteSize, Edition};
/// let edition = Edition::from_name("international-2024-04").unwrap();
/// assert_eq!(edition.cap("cn-south-1"), ByteSize::gib(128));
/// assert_eq!(Edition::default().cap("cn-south-1"), ByteSize::gib(300));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition(Inner);

#[derive(Clone, Debug)]
enum Inner {
    Ours(&'static Limits),
    Callers(Box<Limits>),
}

impl PartialEq for Inner {
    fn eq(&self, other: &Self) -> bool {
        self.limits() == other.limits()
    }
}

impl Eq for Inner {}

impl Inner {
    fn limits(&self) -> &Limits {
        match self {
            Inner::Ours(limits) => limits,
            Inner::Callers(limits) => limits,
        }
    }
}

static DEFAULT_EDITION: Limits = DEFAULT;

impl Default for Edition {
    fn default() -> Self {
        Edition(Inner::Ours(&DEFAULT_EDITION))
    }
}

impl Edition {
    /// The names of all editions, the default first.
    ///
    /// ```
    /// assert_eq!(image_preflight::Edition::names().next(), Some("default"));
    /// ```
    pub fn names() -> impl Iterator<Item = &'static str> {
        EDITIONS.iter().map(|limits| limits.id)
    }

    /// The edition of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        EDITIONS.iter().find(|limits| limits.id == name).map(|limits| Edition(Inner::Ours(limits)))
    }

    /// Its name; for a caller's own limits, the name of the edition that they extend.
    ///
    /// ```
    /// assert_eq!(image_preflight::Edition::default().name(), "default");
    /// ```
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.limits().id
    }

    /// The documents that it stands for.
    ///
    /// ```
    /// assert!(image_preflight::Edition::from_name("international-2024-04").unwrap().source().contains("2024-04-17"));
    /// ```
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.limits().source
    }

    /// The greatest image that may leave a region.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// assert_eq!(Edition::default().cap("eu-west-101"), ByteSize::gib(128));
    /// ```
    #[must_use]
    pub fn cap(&self, source_region: &str) -> ByteSize {
        ByteSize::of_bytes(self.limits().cap_from(source_region))
    }

    /// The same with another cap for every region; caps of single regions are dropped.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// let edition = Edition::default().with_cap(ByteSize::gib(500)).with_region_cap("cn-north-9", ByteSize::gib(40));
    /// assert_eq!((edition.cap("cn-south-1"), edition.cap("cn-north-9")), (ByteSize::gib(500), ByteSize::gib(40)));
    /// ```
    #[must_use]
    pub fn with_cap(self, cap: ByteSize) -> Self {
        self.with(|limits| {
            limits.cap = cap.bytes();
            limits.region_caps = Cow::Borrowed(&[]);
        })
    }

    /// The same with another cap for images that leave this region.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// let edition = Edition::default().with_region_cap("my-region", ByteSize::gib(1000));
    /// assert_eq!(edition.cap("my-region"), ByteSize::gib(1000));
    /// ```
    #[must_use]
    pub fn with_region_cap(self, source_region: impl Into<String>, cap: ByteSize) -> Self {
        let region: String = source_region.into();
        self.with(|limits| {
            let mut caps = std::mem::take(&mut limits.region_caps).into_owned();
            match caps.binary_search_by(|(known, _)| known.as_ref().cmp(region.as_str())) {
                Ok(place) => {
                    if let Some((_, known)) = caps.get_mut(place) {
                        *known = cap.bytes();
                    }
                }
                Err(place) => caps.insert(place, (Cow::Owned(region), cap.bytes())),
            }
            limits.region_caps = Cow::Owned(caps);
        })
    }

    /// The same with a cap for copies within a region, or with none.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// let edition = Edition::default().with_in_region_cap(Some(ByteSize::gib(128)));
    /// assert_ne!(edition, Edition::default());
    /// ```
    #[must_use]
    pub fn with_in_region_cap(self, cap: Option<ByteSize>) -> Self {
        self.with(|limits| limits.in_region_cap = cap.map(ByteSize::bytes))
    }

    /// The same with another number of copies that may run at once. With none nothing could ever be copied, so that 0 can
    /// only be a mistake: no case takes it, and its type does not have it.
    ///
    /// ```
    /// use std::num::NonZeroU64;
    /// let edition = image_preflight::Edition::default().with_concurrent_copies(NonZeroU64::new(10).unwrap());
    /// assert_ne!(edition, image_preflight::Edition::default());
    /// ```
    #[must_use]
    pub fn with_concurrent_copies(self, copies: NonZeroU64) -> Self {
        self.with(|limits| limits.concurrent_copies = copies)
    }

    fn with(self, change: impl FnOnce(&mut Limits)) -> Self {
        let mut limits = match self.0 {
            Inner::Ours(limits) => Box::new(limits.clone()),
            Inner::Callers(limits) => limits,
        };
        change(&mut limits);
        Edition(Inner::Callers(limits))
    }

    pub(crate) fn limits(&self) -> &Limits {
        self.0.limits()
    }
}

/// Whether a cap is one that no size exceeds which a case can give: those end at 2^53 − 1. Then nothing needs to be known to
/// decide that the cap is kept.
pub(crate) fn is_no_limit(cap: u64) -> bool {
    cap >= MAX_SAFE.unsigned_abs()
}

impl Limits {
    pub(crate) fn cap_from(&self, region: &str) -> u64 {
        self.region_caps.iter().find(|(known, _)| known == region).map_or(self.cap, |(_, cap)| *cap)
    }

    /// The least and the greatest cap among the source regions other than the destination.
    pub(crate) fn caps_without(&self, destination: Option<&str>) -> (u64, u64) {
        let others = self.region_caps.iter().filter(|(region, _)| Some(region.as_ref()) != destination);
        others.fold((self.cap, self.cap), |(least, most), (_, cap)| (least.min(*cap), most.max(*cap)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_of_regions_are_in_order() {
        for limits in &EDITIONS {
            assert!(limits.region_caps.is_sorted_by(|(one, _), (next, _)| one < next), "{}", limits.id);
        }
        let regions = ["cn-north-4", "z", "a", "m", "z", "cn-east-2"];
        let edition = regions
            .into_iter()
            .zip(1..)
            .fold(Edition::default(), |edition, (region, cap)| edition.with_region_cap(region, ByteSize::gib(cap)));
        assert!(edition.limits().region_caps.is_sorted_by(|(one, _), (next, _)| one < next));
        let caps = ["a", "cn-east-2", "cn-east-3", "cn-north-4", "cn-south-1", "m", "z", "other"]
            .map(|region| edition.cap(region));
        assert_eq!(caps, [3, 6, 300, 1, 300, 4, 5, 128].map(ByteSize::gib));
    }
}
