//! JD Cloud's virtual machines: copying images to another region.

pub(crate) mod answer;
#[cfg(feature = "schemars")]
pub(crate) mod answer_schemas;
pub(crate) mod cloud;
pub(crate) mod copy_images;
pub(crate) mod destinations;
pub(crate) mod editions;
pub(crate) mod facts;
pub(crate) mod fields;
pub(crate) mod image;
pub(crate) mod limits;
pub(crate) mod provider;
pub(crate) mod refusal;
pub(crate) mod region;
pub(crate) mod sources;

pub use crate::check::destination_quota::QuotaFacts;
pub use answer::{Answer, CopiedImage};
pub use copy_images::{CopyImages, CopyImagesBuilder};
pub use destinations::destinations;
pub use facts::{Facts, ImageFacts, RootDevice, Visibility};
pub use fields::{Description, ImageIds, ImageName, RegionId};
pub use region::{region, regions};
