//! Editions of the IMS documents, and what they disagree about.

use crate::huawei::limits::limit;
use crate::huawei::region::site;
use crate::json::MAX_SAFE;
use crate::rule::byte_size::ByteSize;
use crate::rule::edition::LimitValue::{Bytes, BytesByRegion, Count, Flag, Path, Unlimited};
use crate::rule::edition::{CustomLimit, Edition, editions};
use std::num::NonZeroU64;

const GIB: u64 = 1 << 30;
const LARGE_GIB: u64 = limit!(large_region_gib);

/// The copies at once that every document allows.
const CONCURRENT: NonZeroU64 = NonZeroU64::MIN.saturating_add(limit!(concurrent_copies) - 1);

/// The regions from which larger images may be copied.
const LARGE: &[(&str, u64)] = &[
    ("cn-east-2", LARGE_GIB * GIB),
    ("cn-east-3", LARGE_GIB * GIB),
    ("cn-north-4", LARGE_GIB * GIB),
    ("cn-south-1", LARGE_GIB * GIB),
];

const IN_REGION_V1: &str = "/v1/cloudimages/{image_id}/copy";
const IN_REGION_V2_1: &str = "/v2.1/cloudimages/{image_id}/copy";

editions! {
    first rank 0;
    limits {
        /// The largest image that may leave a region, in bytes.
        CROSS_REGION_CAP: Bytes = Bytes(limit!(cross_region_gib) * GIB), custom CustomLimit {
            name: "capBytes",
            description: "The greatest image that may leave any region, in bytes.",
            replaces: Some(&REGION_CAPS),
        };
        /// The same of regions that have a limit of their own.
        REGION_CAPS: BytesByRegion = BytesByRegion(LARGE), custom CustomLimit {
            name: "regionCapBytes",
            description: "The greatest image that may leave a region, in bytes, by region.",
            replaces: None,
        };
        /// The largest image that may be copied within its region, in bytes.
        IN_REGION_CAP: Bytes = Unlimited, custom CustomLimit {
            name: "inRegionCapBytes",
            description: "The greatest image that is copied within its region, in bytes.",
            replaces: None,
        };
        /// How many cross-region copies of one tenant may run at once.
        CONCURRENT_COPIES: Count = Count(CONCURRENT), custom CustomLimit {
            name: "concurrentCopies",
            description: "How many copies may run at once: at least 1.",
            replaces: None,
        };
        /// Whether names may have Chinese characters.
        HAN_IN_NAMES: Flag = Flag(true);
        /// Whether a Windows image may be copied within its region.
        WINDOWS_IN_REGION: Flag = Flag(false);
        /// Whether a Windows image may be copied to another region.
        WINDOWS_ACROSS_REGIONS: Flag = Flag(true);
        /// Whether a full-ECS image may be copied to another region.
        FULL_ECS_ACROSS_REGIONS: Flag = Flag(true);
        /// Whether a full-ECS image may be shared.
        FULL_ECS_SHARED: Flag = Flag(true);
        /// The path of the in-region copy.
        IN_REGION_PATH: Path = Path(IN_REGION_V1);
    }

    edition "international-2024-04" from "IMS API reference, international site, 2024-04-17" {
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(false),
        WINDOWS_IN_REGION: Flag(false),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "international-2026-01" from "IMS API reference, international site, 2026-01-19 and 2026-04-28" {
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Bytes(limit!(in_region_gib) * GIB),
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(false),
        WINDOWS_IN_REGION: Flag(false),
        WINDOWS_ACROSS_REGIONS: Flag(false),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V2_1),
    }
    edition "partner-2024-03" from "IMS API reference of ae-ad-1 and my-kualalumpur-1, 2024-03" {
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "eu-west-0-2024-04" from "IMS API reference of eu-west-0, 2024-04" {
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(false),
        FULL_ECS_SHARED: Flag(false),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "tr-central-201-2024-04" from "IMS API reference of tr-central-201, 2024-04" {
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(false),
        FULL_ECS_SHARED: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
}

/// No cap: more than any size that a case can give.
const NO_CAP: u64 = MAX_SAFE.unsigned_abs();

/// Whether a cap is one that no size exceeds which a case can give: those end at 2^53 − 1. Then nothing needs to be known to
/// decide that the cap is kept.
pub(crate) fn is_no_limit(cap: u64) -> bool {
    cap >= NO_CAP
}

impl Edition {
    /// The largest image that may leave a region.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// assert_eq!(Edition::default().cap("eu-west-101"), ByteSize::gib(128));
    /// ```
    #[must_use]
    pub fn cap(&self, source_region: &str) -> ByteSize {
        ByteSize::from_bytes(self.cap_from(source_region))
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
        self.with(&CROSS_REGION_CAP, Bytes(cap.bytes()))
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
        self.with_region(&REGION_CAPS, source_region.into(), cap.bytes())
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
        let none = if self.documented(&IN_REGION_CAP) == Unlimited { Unlimited } else { Bytes(NO_CAP) };
        self.with(&IN_REGION_CAP, cap.map_or(none, |cap| Bytes(cap.bytes())))
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
        self.with(&CONCURRENT_COPIES, Count(copies))
    }

    /// The largest image that may be copied within its region; `None` where there is no cap.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// assert_eq!(Edition::default().in_region_cap(), None);
    /// assert_eq!(Edition::from_name("international-2026-01").unwrap().in_region_cap(), Some(ByteSize::gib(128)));
    /// ```
    #[must_use]
    pub fn in_region_cap(&self) -> Option<ByteSize> {
        self.bytes(&IN_REGION_CAP).map(ByteSize::from_bytes)
    }

    /// How many cross-region copies of one tenant may run at once.
    ///
    /// ```
    /// assert_eq!(image_preflight::Edition::default().concurrent_copies().get(), 5);
    /// ```
    #[must_use]
    pub fn concurrent_copies(&self) -> NonZeroU64 {
        self.count(&CONCURRENT_COPIES).and_then(NonZeroU64::new).unwrap_or(CONCURRENT)
    }

    /// The cap of images that leave a region.
    pub(crate) fn cap_from(&self, region: &str) -> u64 {
        let own = self.bytes_of_region(&REGION_CAPS, region);
        own.or_else(|| self.bytes(&CROSS_REGION_CAP)).unwrap_or(NO_CAP)
    }

    /// The least and the greatest cap among the source regions other than the destination.
    pub(crate) fn caps_without(&self, destination: Option<&str>) -> (u64, u64) {
        let of_destination = destination.and_then(site);
        let is_source = |region: &str| {
            let is_there = destination.is_some_and(|destination| region.eq_ignore_ascii_case(destination));
            // From another site nothing is copied there, whatever its size.
            let is_apart = of_destination.is_some() && site(region).is_some_and(|of| Some(of) != of_destination);
            !is_there && !is_apart
        };
        let others = self.by_region(&REGION_CAPS).filter(|(region, _)| is_source(region));
        let cap = self.bytes(&CROSS_REGION_CAP).unwrap_or(NO_CAP);
        others.fold((cap, cap), |(least, most), (_, cap)| (least.min(cap), most.max(cap)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_of_regions_replace_one_another() {
        let regions = ["cn-north-4", "z", "a", "m", "z", "cn-east-2"];
        let edition = regions
            .into_iter()
            .zip(1..)
            .fold(Edition::default(), |edition, (region, cap)| edition.with_region_cap(region, ByteSize::gib(cap)));
        let caps = ["a", "cn-east-2", "cn-east-3", "cn-north-4", "cn-south-1", "m", "z", "other"]
            .map(|region| edition.cap(region));
        assert_eq!(caps, [3, 6, 300, 1, 300, 4, 5, 128].map(ByteSize::gib));
        assert_eq!(edition.caps_without(Some("cn-north-4")), (3 * GIB, LARGE_GIB * GIB));
        assert_eq!(edition.with_cap(ByteSize::gib(7)).caps_without(None), (7 * GIB, 7 * GIB));
    }
}
