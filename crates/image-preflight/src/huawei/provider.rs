//! The API.

use crate::check::provider::Provider;
use crate::huawei::refusal::{REFUSALS, STATUSES};
use crate::message::message::message;
use crate::rule::rule::if_reference;

/// The API of the Image Management Service.
pub(crate) static IMS: Provider = Provider {
    name: message("Huawei Cloud Image Management Service (IMS)", "华为云镜像服务（IMS）"),
    endpoint: "ims.{region}.myhuaweicloud.com",
    auth_header: "X-Auth-Token",
    errors: if_reference(&REFUSALS),
    statuses: if_reference(&STATUSES),
};
