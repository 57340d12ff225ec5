//! JD Cloud's virtual machines: copying images to another region.

mod answer;
mod copy_images;
mod image;
mod refusal;
mod region;

pub use answer::{Answer, CopiedImage};
pub(crate) use copy_images::SOURCE_IMAGE_IDS;
pub use copy_images::{CopyImages, CopyImagesBuilder};
pub(crate) use copy_images::{DESTINATION_REGION, OPERATION as COPY_IMAGES};
pub use image::{ImageFacts, RootDevice, Visibility};
pub(crate) use image::{ImageObject, OBJECT_FACTS, merged, read_object};
pub(crate) use refusal::REFUSALS;
pub(crate) use region::near_regions;
pub use region::{region, regions};

use crate::message::message;
use crate::operation::{Operation, Provider};
use crate::rule::{Citation, if_reference};

/// This provider's API.
static VM: Provider = Provider {
    name: message("JD Cloud Virtual Machines", "京东云云主机"),
    endpoint: "vm.jdcloud-api.com",
    auth_header: "Authorization",
    refusals: if_reference(&[REFUSALS.as_slice()]),
};

/// The operations of this provider.
pub(crate) static OPERATIONS: [&Operation; 1] = [&copy_images::OPERATION];

/// Seed 003; the page bears no date.
const PAGE: Citation = Citation {
    document: "京东云 云主机 API：copyImages",
    date: "undated",
    section: "接口说明",
    url: Some("https://docs.jdcloud.com/cn/virtual-machines/api/copyimages"),
};
const ERRORS: Citation = PAGE.section("返回码");
/// [SDK]
const SDK: Citation = Citation {
    document: "jdcloud_sdk 1.6.354 (Python): CopyImagesRequest",
    date: "2024-11",
    section: "CopyImagesParameters",
    url: None,
};

/// Every sentence of this provider that stands in no rule.
pub(crate) fn all_messages() -> impl Iterator<Item = crate::message::Message> {
    regions().iter().map(|region| region.name).chain([VM.name]).chain(copy_images::MESSAGES)
}
