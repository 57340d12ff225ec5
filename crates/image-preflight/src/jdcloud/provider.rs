//!

use crate::check::operation::Operation;
use crate::check::provider::Provider;
use crate::jdcloud::copy_images;
use crate::jdcloud::refusal::REFUSALS;
use crate::jdcloud::region::regions;
use crate::message::message::message;
use crate::rule::rule::if_reference;

/// This provider's API.
pub(crate) static VM: Provider = Provider {
    name: message("JD Cloud Virtual Machines", "京东云云主机"),
    endpoint: "vm.jdcloud-api.com",
    auth_header: "Authorization",
    refusals: if_reference(&[REFUSALS.as_slice()]),
};

/// The operations of this provider.
pub(crate) static OPERATIONS: [&Operation; 1] = [&copy_images::OPERATION];

/// Every sentence of this provider that stands in no rule.
pub(crate) fn all_messages() -> impl Iterator<Item = crate::message::message::Message> {
    regions().iter().map(|region| region.name).chain([VM.name]).chain(copy_images::MESSAGES)
}
