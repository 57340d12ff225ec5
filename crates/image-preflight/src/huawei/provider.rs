//! The API of IMS: name, endpoint, documented errors.

#[cfg(feature = "reference")]
use crate::check::job_form::{JobForm, Standing};
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
    accepted: message("Accepted. The job is running.", "请求已受理，任务正在执行。"),
    answer_schemas: ["ImsAnswer", "ImsRefusal"],
    error_example: r#"{"error": {"code": {code}, "message": {message}}}"#,
    check_facts: check_source_region,
    error_form: ErrorForm {
        code: &["code", "error_code"],
        message: &["message", "error_msg", "fail_reason", "error_message"],
        request_id: &["request_id"],
    },
    #[cfg(feature = "reference")]
    job_form: &JOB_FORM,
    errors: if_reference(&REFUSALS),
    statuses: if_reference(&STATUSES),
};

/// Jobs of IMS. The address without a project takes the place of the older one; sites that lack it say so.
#[cfg(feature = "reference")]
static JOB_FORM: JobForm = JobForm {
    begun: &[],
    id: "job_id",
    source: None,
    queries: &["/v1/cloudimages/job/{job}", "/v1/{project_id}/jobs/{job}"],
    within: &[],
    id_again: "job_id",
    status: "status",
    words: &[
        ("init", Standing::Waiting),
        ("running", Standing::Running),
        ("success", Standing::Succeeded),
        ("fail", Standing::Failed),
        ("failed", Standing::Failed),
    ],
    is_image: false,
    image: &[&["entities", "image_id"], &["image_id"]],
    fraction: &["entities", "process_percent"],
    task: &["entities", "current_task"],
    parts: &[&["entities", "sub_jobs_result"], &["entities", "results"], &["sub_jobs_result"], &["sub_jobs_list"]],
    no_address: &["APIGW.0101"],
};
