//! The API of IMS: name, endpoint, documented errors.

#[cfg(feature = "reference")]
use crate::check::job_form::{JobForm, Standing};
#[cfg(feature = "reference")]
use crate::check::provider::ErrorForm;
use crate::check::provider::{ImageObject, Parameters, Provider};
use crate::huawei::errors::statuses::STATUSES;
use crate::huawei::errors::{gateway, img_0001, img_0105};
use crate::huawei::source_region::check_source_region;
#[cfg(feature = "reference")]
use crate::message::message::Message;
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
    accepted: message("The request was accepted. Its job runs asynchronously.", "请求已受理，任务异步执行。"),
    answer_schemas: ["ImsAnswer", "ImsRefusal"],
    error_example: r#"{"error": {"code": {code}, "message": {message}}}"#,
    check_facts: check_source_region,
    #[cfg(feature = "reference")]
    error_form: ErrorForm {
        code: &["code", "error_code", "errorCode", "addition_error_code", "alarm_code"],
        message: &["message", "error_msg", "errorMsg", "fail_reason", "failReason", "error_message", "errorMessage"],
        request_id: &["request_id", "requestId"],
    },
    #[cfg(feature = "reference")]
    job_form: &JOB_FORM,
    errors: if_reference(&[img_0001::CODES, img_0105::CODES]),
    gateway_errors: if_reference(gateway::CODES),
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
    members: &["job_id", "job_type", "entities", "begin_time", "end_time", "error_code", "fail_reason"],
    kind: Some("job_type"),
    kinds: &[
        named("imsCopyImageInRegionJob", "replicating an image within a region", "区域内复制镜像"),
        named("imsCrossRegionCopyImageJob", "replicating an image across regions", "跨区域复制镜像"),
        named("imsCopyImageCrossUserJob", "replicating an image across regions", "跨区域复制镜像"),
        named("ims_image_region_copy", "replicating an image across regions", "跨区域复制镜像"),
        named("imsCreateWholeImageByInstanceJob", "creating a full-ECS image from an ECS", "使用云服务器制作整机镜像"),
        named("imsCreateWholeImageByBackupJob", "creating a full-ECS image from a backup", "使用备份制作整机镜像"),
    ],
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

/// A type of job, as the API writes it, and what such a job does.
#[cfg(feature = "reference")]
const fn named(kind: &'static str, en: &'static str, zh: &'static str) -> (&'static str, Message) {
    (kind, message(en, zh))
}
