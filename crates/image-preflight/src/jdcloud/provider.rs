//! The API of JD Cloud's virtual machines: name, endpoint, documented errors.

#[cfg(feature = "reference")]
use crate::check::job_form::{JobForm, Standing};
#[cfg(feature = "reference")]
use crate::check::provider::ErrorForm;
use crate::check::provider::{ImageObject, Parameters, Provider};
use crate::jdcloud::refusal::{GENERAL, REFUSALS};
use crate::message::message::message;
use crate::rule::rule::if_reference;

/// The API of the virtual machines.
pub(crate) static VM: Provider = Provider {
    name: message("JD Cloud Virtual Machines", "京东云云主机"),
    endpoint: "vm.jdcloud-api.com",
    example_region: "cn-north-1",
    auth_header: "Authorization",
    method: "POST",
    parameters: Parameters::Body,
    image_object: ImageObject {
        name: "imageObjects",
        is_list: true,
        within: &["result"],
        images: "images",
        image: Some("image"),
        id: "imageId",
        named_by: None,
    },
    accepted: message("The request was accepted. The images are being copied.", "请求已受理，正在复制镜像。"),
    answer_schemas: ["JdAnswer", "JdRefusal"],
    error_example: r#"{"requestId": "24237da676d9e815f78a476ff8269ab0", "error": {"code": {status}, "status": {code}, "message": {message}}}"#,
    check_facts: |_, _| {},
    #[cfg(feature = "reference")]
    error_form: ErrorForm { code: &["code"], message: &["message"], request_id: &["requestId"] },
    #[cfg(feature = "reference")]
    job_form: &JOB_FORM,
    errors: if_reference(&[&REFUSALS]),
    gateway_errors: if_reference(&GENERAL),
    statuses: &[],
};

/// There are no jobs: each image tells in its status how its copy stands. `{regionId}` is the destination.
#[cfg(feature = "reference")]
static JOB_FORM: JobForm = JobForm {
    begun: &["result", "copyImages"],
    id: "destinationImageId",
    source: Some("sourceImageId"),
    queries: &["/v1/regions/{regionId}/images/{job}"],
    within: &["result", "image"],
    id_again: "imageId",
    members: &["imageId"],
    kind: None,
    kinds: &[],
    status: "status",
    words: &[
        ("pending", Standing::Running),
        ("ready", Standing::Succeeded),
        ("error", Standing::Failed),
        ("deleting", Standing::Failed),
    ],
    is_image: true,
    image: &[],
    fraction: &[],
    task: &[],
    parts: &[],
    no_address: &[],
};
