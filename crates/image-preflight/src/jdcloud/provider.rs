//! The API.

use crate::check::provider::Provider;
use crate::jdcloud::refusal::REFUSALS;
use crate::message::message::message;
use crate::rule::rule::if_reference;

/// The API of the virtual machines.
pub(crate) static VM: Provider = Provider {
    name: message("JD Cloud Virtual Machines", "京东云云主机"),
    endpoint: "vm.jdcloud-api.com",
    auth_header: "Authorization",
    errors: if_reference(&REFUSALS),
    statuses: &[],
};
