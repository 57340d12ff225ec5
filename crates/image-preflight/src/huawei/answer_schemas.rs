//! The schemas of what IMS answers.

use schemars::JsonSchema;

/// What IMS answers when it takes a request: the job works on.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsAnswer {
    /// The id of the job; ask for it to learn how the request ended.
    #[schemars(example = &"edc89b490d7d4392898e19b2deb34797")]
    job_id: String,
}

/// How a job stands (GET /v1/cloudimages/job/{job_id}; the older address is GET /v1/{project_id}/jobs/{job_id}).
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsJob {
    /// SUCCESS, FAIL, RUNNING or INIT; the documents of the copies write success and failed.
    #[schemars(example = &"SUCCESS")]
    status: String,
    /// The job's id.
    job_id: Option<String>,
    /// What it does.
    #[schemars(example = &"imsCrossRegionCopyImageJob")]
    job_type: Option<String>,
    /// When it began, in UTC; "" for not yet.
    begin_time: Option<String>,
    /// When it ended, in UTC.
    end_time: Option<String>,
    /// Why it failed: one of IMS's error codes.
    error_code: Option<String>,
    /// Why it failed, in IMS's words.
    fail_reason: Option<String>,
    /// What it works on.
    entities: Option<ImsJobEntities>,
}

/// What a job works on.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsJobEntities {
    /// The image it makes.
    image_id: Option<String>,
    /// That image's name.
    image_name: Option<String>,
    /// How much of it is done, as a fraction: 0.20 is a fifth.
    process_percent: Option<f64>,
    /// What it is doing now.
    current_task: Option<String>,
    /// One for each project that it works for.
    results: Option<Vec<ImsJobResult>>,
    /// The jobs that it consists of. A failed one may say why the whole failed.
    sub_jobs_result: Option<Vec<ImsSubJob>>,
}

/// A job that is part of another one.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsSubJob {
    /// As of the whole job.
    status: Option<String>,
    /// Its id.
    job_id: Option<String>,
    /// What it does.
    job_type: Option<String>,
    /// Why it failed: one of IMS's error codes.
    error_code: Option<String>,
    /// Why it failed, in IMS's words.
    fail_reason: Option<String>,
}

/// What a job did for one project.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsJobResult {
    /// The image.
    image_id: Option<String>,
    /// The project.
    project_id: Option<String>,
    /// How it went, in IMS's word.
    status: Option<String>,
}

/// What IMS answers when it refuses a request.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImsRefusal {
    /// What it refuses it for.
    error: ImsError,
}

/// Why IMS refuses a request.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ImsError {
    /// The error code.
    #[schemars(example = &"IMG.0143")]
    code: String,
    /// The same in words.
    message: String,
}
