//! The regions of JD Cloud.

use crate::field::region::{Region, Regions};

pub(crate) static REGIONS: [Region; 4] = [
    Region::named("cn-north-1", "North China-Beijing", "华北-北京"),
    Region::named("cn-south-1", "South China-Guangzhou", "华南-广州"),
    Region::named("cn-east-1", "East China-Suqian", "华东-宿迁"),
    Region::named("cn-east-2", "East China-Shanghai", "华东-上海"),
];

/// The same, with the way to find one.
pub(crate) const KNOWN: Regions = Regions { list: &REGIONS, former_names: &[], find: region };

/// Every region that is known. The service refuses others (`INVALID_ARGUMENT`), but new ones may be added.
///
/// ```
/// assert_eq!(image_preflight::jdcloud::regions().len(), 4);
/// ```
#[must_use]
pub fn regions() -> &'static [Region] {
    &REGIONS
}

/// The region of this id, if it is known.
///
/// ```
/// assert!(image_preflight::jdcloud::region("cn-north-4").is_none());
/// ```
#[must_use]
pub fn region(id: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.id == id)
}
