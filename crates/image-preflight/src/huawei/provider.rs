//! The API of IMS: name, endpoint, documented errors.

use crate::check::provider::{ErrorForm, ImageObject, Parameters, Provider};
use crate::huawei::refusal::{REFUSALS, STATUSES};
use crate::huawei::source_region::check_source_region;
use crate::message::message::message;
use crate::rule::rule::if_reference;

/// The API of the Image Management Service.
pub(crate) static IMS: Provider = Provider {
    name: message("Huawei Cloud Image Management Service (IMS)", "华为云镜像服务（IMS）"),
    endpoint: "ims.{region}.myhuaweicloud.com",
    example_region: "cn-north-4",
    auth_header: "X-Auth-Token",
    method: "POST",
    parameters: Parameters::Body,
    image_object: ImageObject {
        name: "imageObject",
        is_list: false,
        within: &[],
        images: "images",
        image: None,
        id: "id",
        named_by: Some("image_id"),
    },
    accepted: message("Taken; the job works on.", "请求已受理，任务正在执行。"),
    answer_schemas: ["ImsAnswer", "ImsRefusal"],
    error_example: r#"{"error": {"code": {code}, "message": {message}}}"#,
    check_facts: check_source_region,
    error_form: ErrorForm {
        code: &["code", "error_code"],
        message: &["message", "error_msg", "fail_reason", "error_message"],
        request_id: &["request_id"],
    },
    errors: if_reference(&REFUSALS),
    statuses: if_reference(&STATUSES),
};
