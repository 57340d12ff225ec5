//!

use crate::check::operation::Operation;
use crate::check::provider::Provider;
use crate::huawei::refusal::{REFUSALS, STATUSES};
use crate::huawei::region::regions;
use crate::huawei::{cross_region_copy, image_capabilities, in_region_copy, whole_image};
use crate::message::message::{Message, message};
use crate::rule::rule::if_reference;

/// This provider's API.
pub(crate) static IMS: Provider = Provider {
    name: message("Huawei Cloud Image Management Service (IMS)", "华为云镜像服务（IMS）"),
    endpoint: "ims.{region}.myhuaweicloud.com",
    auth_header: "X-Auth-Token",
    refusals: if_reference(&[STATUSES.as_slice(), REFUSALS.as_slice()]),
};

/// The operations of this provider.
pub(crate) static OPERATIONS: [&Operation; 3] =
    [&cross_region_copy::OPERATION, &in_region_copy::OPERATION, &whole_image::OPERATION];

/// What can or cannot be done with an image beside them.
pub(crate) static CAPABILITIES: [&Operation; 2] = [&image_capabilities::EXPORT, &image_capabilities::SHARE];

/// Every sentence of this provider that stands in no rule.
pub(crate) fn all_messages() -> impl Iterator<Item = Message> {
    regions()
        .iter()
        .map(|region| region.name)
        .chain([IMS.name])
        .chain(whole_image::MESSAGES)
        .chain([cross_region_copy::ANY_REGION])
}
