//! The response of IMS to an accepted request, and the state of its job (GET /v1/cloudimages/job/{job_id}; sites that do not have it yet
//! answer at GET /v1/{project_id}/jobs/{job_id}).

use serde::Deserialize;
use serde_json::Value;

/// The id of the job that an accepted request has started; `None` when the answer holds none.
///
/// ```
/// let answer = r#"{"job_id": "edc89b490d7d4392898e19b2deb34797"}"#;
/// assert_eq!(image_preflight::huawei::job_id(answer).as_deref(), Some("edc89b490d7d4392898e19b2deb34797"));
/// ```
#[must_use]
pub fn job_id(json: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(json).ok()?;
    Some(answer.get("job_id")?.as_str()?.to_owned())
}

/// How a job stands. The job API and the documents of the copies use different words; both are understood.
///
/// ```
/// use image_preflight::huawei::JobState;
/// assert_eq!(JobState::from_status("SUCCESS"), JobState::from_status("success"));
/// assert_eq!(JobState::from_status("FAIL"), JobState::from_status("failed"));
/// assert_eq!(JobState::from_status("PAUSED"), JobState::Unknown("PAUSED".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobState {
    /// It has not begun.
    Init,
    /// It runs.
    Running,
    /// It has ended well.
    Succeeded,
    /// It has failed; [`Job::error_code`] and [`Job::fail_reason`] say why.
    Failed,
    /// A word that is not known, kept as it is.
    Unknown(String),
}

impl JobState {
    /// The state that a status means, in any case of letters.
    #[must_use]
    pub fn from_status(status: &str) -> Self {
        match status.to_ascii_lowercase().as_str() {
            "init" => JobState::Init,
            "running" => JobState::Running,
            "success" => JobState::Succeeded,
            "fail" | "failed" => JobState::Failed,
            _ => JobState::Unknown(status.to_owned()),
        }
    }

    /// Whether it will not change any more.
    ///
    /// ```
    /// assert!(image_preflight::huawei::JobState::Failed.is_final());
    /// ```
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, JobState::Succeeded | JobState::Failed)
    }
}

/// A job, as its query answers.
///
/// ```
/// use image_preflight::huawei::{Job, JobState};
/// let job = Job::from_json(r#"{"status": "RUNNING", "job_id": "j", "job_type": "imsCrossRegionCopyImageJob", "begin_time": "",
///     "end_time": "", "error_code": null, "fail_reason": null, "entities": {"process_percent": 0.20, "image_name": "n"}}"#)?;
/// assert_eq!(job.state, JobState::Running);
/// assert_eq!(job.process_percent, Some(0.2));
/// assert_eq!(job.begin_time, None);
/// let percent = Job::from_json(r#"{"status": "RUNNING", "entities": {"process_percent": "20"}}"#)?;
/// assert_eq!(percent.process_percent, Some(0.2));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its state.
    pub state: JobState,
    /// Its id.
    pub job_id: Option<String>,
    /// What it does.
    pub job_type: Option<String>,
    /// When it began, in UTC; IMS writes "" for not yet.
    pub begin_time: Option<String>,
    /// When it ended, in UTC.
    pub end_time: Option<String>,
    /// Why it failed: a code that [`fn@crate::explain`] knows.
    pub error_code: Option<String>,
    /// Why it failed, in IMS's words.
    pub fail_reason: Option<String>,
    /// The image it makes.
    pub image_id: Option<String>,
    /// That image's name.
    pub image_name: Option<String>,
    /// How much of it is done, as a fraction: 0.20 is a fifth. A number above 1 is one of percent.
    pub process_percent: Option<f64>,
    /// What it is doing now.
    pub current_task: Option<String>,
    /// One for each project that it works for.
    pub results: Vec<SubJob>,
}

/// What a job did for one project.
///
/// ```
/// let sub: image_preflight::huawei::SubJob = serde_json::from_str(r#"{"image_id": "i", "status": "SUCCESS"}"#).unwrap();
/// assert_eq!(sub.project_id, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SubJob {
    /// The image.
    #[serde(default)]
    pub image_id: Option<String>,
    /// The project.
    #[serde(default)]
    pub project_id: Option<String>,
    /// How it went, in IMS's word.
    #[serde(default)]
    pub status: Option<String>,
}

impl Job {
    /// Reads the answer of a job query; fields that are not known are ignored.
    ///
    /// # Errors
    /// When it is no JSON object with a `status`.
    ///
    /// ```
    /// assert!(image_preflight::huawei::Job::from_json("{}").is_err());
    /// ```
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Answer {
            status: String,
            job_id: Option<String>,
            job_type: Option<String>,
            begin_time: Option<String>,
            end_time: Option<String>,
            error_code: Option<String>,
            fail_reason: Option<String>,
            #[serde(default)]
            entities: Option<Entities>,
        }
        #[derive(Default, Deserialize)]
        struct Entities {
            image_id: Option<String>,
            image_name: Option<String>,
            process_percent: Option<serde_json::Value>,
            current_task: Option<String>,
            #[serde(default)]
            results: Option<Vec<SubJob>>,
        }
        let answer: Answer = serde_json::from_str(json)?;
        let entities = answer.entities.unwrap_or_default();
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        Ok(Job {
            state: JobState::from_status(&answer.status),
            job_id: filled(answer.job_id),
            job_type: filled(answer.job_type),
            begin_time: filled(answer.begin_time),
            end_time: filled(answer.end_time),
            error_code: filled(answer.error_code),
            fail_reason: filled(answer.fail_reason),
            image_id: filled(entities.image_id),
            image_name: filled(entities.image_name),
            process_percent: entities.process_percent.as_ref().and_then(fraction),
            current_task: filled(entities.current_task),
            results: entities.results.unwrap_or_default(),
        })
    }
}

/// How much is done: a number, or a text that is one.
fn fraction(percent: &serde_json::Value) -> Option<f64> {
    let written = percent.as_f64().or_else(|| percent.as_str()?.trim().trim_end_matches('%').parse().ok())?;
    let part = if written > 1.0 { written / 100.0 } else { written };
    (0.0..=1.0).contains(&part).then_some(part)
}
