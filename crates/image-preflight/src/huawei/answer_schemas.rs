//! The schemas of what IMS answers.

use schemars::JsonSchema;

/// Response of IMS to an accepted request. The job runs asynchronously.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsAnswer {
    /// ID of the job. Query the job with it to learn how the request ended.
    #[schemars(example = &"edc89b490d7d4392898e19b2deb34797")]
    job_id: String,
}

/// Status of a job.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsJob {
    /// `INIT`, `RUNNING`, `SUCCESS` or `FAIL`; the documents of replication write `success` and `failed`.
    #[schemars(example = &"SUCCESS")]
    status: String,
    /// ID of the job.
    job_id: Option<String>,
    /// Type of the job.
    #[schemars(example = &"imsCrossRegionCopyImageJob")]
    job_type: Option<String>,
    /// Start time of the job, in UTC. Empty if it has not started.
    begin_time: Option<String>,
    /// End time of the job, in UTC.
    end_time: Option<String>,
    /// Error code, if the job failed.
    error_code: Option<String>,
    /// Cause of the failure, in the words of IMS.
    fail_reason: Option<String>,
    /// What the job works on.
    entities: Option<ImsJobEntities>,
}

/// What the job works on.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsJobEntities {
    /// ID of the new image.
    image_id: Option<String>,
    /// Name of the new image.
    image_name: Option<String>,
    /// Progress, as a fraction: 0.20 is 20%.
    process_percent: Option<f64>,
    /// Current step of the job.
    current_task: Option<String>,
    /// Results by project.
    results: Option<Vec<ImsJobResult>>,
    /// Sub-jobs. A failed sub-job may contain the cause of the failure of the whole job.
    sub_jobs_result: Option<Vec<ImsSubJob>>,
}

/// Sub-job of a job.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsSubJob {
    /// Status of the sub-job, with the same values as that of the job.
    status: Option<String>,
    /// ID of the sub-job.
    job_id: Option<String>,
    /// Type of the sub-job.
    job_type: Option<String>,
    /// Error code, if the sub-job failed.
    error_code: Option<String>,
    /// Cause of the failure, in the words of IMS.
    fail_reason: Option<String>,
}

/// Result of a job in one project.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsJobResult {
    /// ID of the new image.
    image_id: Option<String>,
    /// ID of the project.
    project_id: Option<String>,
    /// Result, as IMS writes it.
    status: Option<String>,
}

/// Response of IMS to a rejected request.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsRefusal {
    /// Error of a rejected request.
    error: ImsError,
}

/// Error of a rejected request.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsError {
    /// Error code, such as `IMG.0143`.
    #[schemars(example = &"IMG.0143")]
    code: String,
    /// Error message.
    message: String,
}

/// Response of the API gateway, which rejects a request before IMS does.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct GatewayRefusal {
    /// Error code of the gateway.
    #[schemars(example = &"APIGW.0301")]
    error_code: String,
    /// Error message.
    error_msg: String,
    /// ID of the request, by which technical support finds it.
    request_id: Option<String>,
}

/// Images that match a query.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsImages {
    /// Images. Each has further attributes.
    images: Vec<ImsImage>,
}

/// Attributes of an image that decide whether it can be replicated.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsImage {
    /// ID of the image.
    id: String,
    /// Name of the image.
    name: Option<String>,
    /// Status of the image: `queued`, `saving`, `active`, `killed` or `deleted`. Only an active image can be used.
    #[schemars(example = &"active")]
    status: Option<String>,
    /// Type of the image: `gold` (public), `private`, `shared` or `market`.
    #[schemars(rename = "__imagetype", example = &"private")]
    imagetype: Option<String>,
    /// Environment of the image: `FusionCompute` (system disk), `DataImage` (data disk), `Ironic` (bare metal) or `IsoImage`.
    #[schemars(example = &"FusionCompute")]
    virtual_env_type: Option<String>,
    /// Whether the image is a full-ECS image: a Boolean, or `true` or `false` as text.
    #[schemars(rename = "__whole_image")]
    whole_image: Option<serde_json::Value>,
    /// Size of the image file, in bytes, as text.
    #[schemars(rename = "__image_size", example = &"1073741824")]
    image_size: Option<String>,
    /// Operating system: `Linux`, `Windows` or `Other`.
    #[schemars(rename = "__os_type", example = &"Linux")]
    os_type: Option<String>,
    /// ID of the key that the image is encrypted with. Absent or empty if it is not encrypted.
    #[schemars(rename = "__system__cmkid")]
    system_cmkid: Option<String>,
    /// Minimum disk size for the image, in GB.
    #[schemars(range(min = 0))]
    min_disk: Option<u32>,
}

/// Image quota of a region.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsQuota {
    /// Quotas.
    quotas: ImsQuotas,
}

/// Quotas of a region.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsQuotas {
    /// One element for each type of resource.
    resources: Vec<ImsQuotaResource>,
}

/// Quota of a type of resource.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsQuotaResource {
    /// Type of the resource; `image` for private images.
    #[schemars(example = &"image")]
    r#type: String,
    /// Number of private images in the region.
    used: u32,
    /// Maximum number of private images in the region.
    quota: u32,
}
