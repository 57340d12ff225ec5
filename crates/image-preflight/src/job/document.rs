//! A job as JSON: how it stands, and everything that is needed to follow it further.

use crate::catalogue;
use crate::check::job_form::{JobForm, Standing};
use crate::check::operation::Operation;
use crate::check::refusal::AnswerKind;
use crate::document::refusal::RefusalDocument;
use crate::explain::explain;
use crate::job::job::{Job, JobState, NotBegun, Query, Unclear};
use crate::message::locale::Locale;
use crate::plan::Again;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use thiserror::Error;

#[cfg(feature = "schemars")]
use crate::document::names::OperationId;

/// What an accepted request has begun, and its state. It can be stored, and followed later.
///
/// A program that is to go on where it was after it began anew stores its jobs so; [`Job::to_document`] and [`Job::restored`] are the two
/// ways. Everything but `refusal` is the same in every language.
///
/// ```
/// use image_preflight::{Locale, job::{Job, JobDocument}};
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let mut job = Job::begin(operation, 200, r#"{"job_id": "j"}"#)?.remove(0);
/// job.answered(200, r#"{"status": "RUNNING"}"#);
/// let stored = serde_json::to_string(&job.to_document(Locale::ENGLISH))?;
///
/// let mut job = Job::restored(&serde_json::from_str(&stored)?)?;
/// job.answered(200, r#"{"status": "SUCCESS", "entities": {"image_id": "i"}}"#);
/// assert_eq!(job.image(), Some("i"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(
        rename = "Job",
        transform = crate::document::names::all_required,
        description = "What an accepted request has begun, and its state. It can be stored, and followed later."
    )
)]
#[serde(rename_all = "camelCase")]
pub struct JobDocument {
    /// The operation of the request.
    #[cfg_attr(feature = "schemars", schemars(with = "OperationId"))]
    operation: String,
    /// The id to ask with: the job's, or the new image's where there are no jobs.
    id: String,
    /// The image that is copied, where the answer named it.
    source: Option<String>,
    /// Its state.
    state: JobStateName,
    /// The call that queries its state; null when it has ended. When to send it is up to you.
    query: Option<QueryDocument>,
    /// The new image's id, when it is done.
    image: Option<String>,
    /// How much of it is done, from 0 to 1, while it runs.
    fraction: Option<f64>,
    /// What it is doing, in the cloud's words, while it runs.
    task: Option<String>,
    /// Why it has failed, or why its query was refused.
    refusal: Option<RefusalDocument>,
    /// Whether the request may be sent again, when it has failed.
    again: Option<Again>,
    /// Images that parts of it have made, although it has failed.
    made: Vec<String>,
    /// What is odd about the last answer, when it is unclear.
    unclear: Option<UnclearDocument>,
    /// How many answers in a row have said nothing about it.
    odd_answers: u32,
    /// The parameters of the addresses to ask, such as `project_id`, as far as they have been given.
    parameters: BTreeMap<String, String>,
    /// Which of the provider's addresses is asked, counted from 0.
    address: usize,
    /// Whether that address has answered.
    has_answered: bool,
}

/// The name of the state of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "JobState"))]
#[serde(rename_all = "kebab-case")]
enum JobStateName {
    /// It has been taken; nothing else is known yet.
    Accepted,
    /// It waits for its turn, or runs.
    Running,
    /// It has ended well.
    Done,
    /// It has ended well, and the answer names no image: look for it by its name.
    DoneUnnamed,
    /// It has failed.
    Failed,
    /// Nobody knows it any more: whether it has made an image must be looked up.
    Vanished,
    /// The answer that took the request has no id to ask with: whether it makes an image must be looked up.
    NotFollowed,
    /// Its query was refused, which says nothing about the job: ask again.
    QueryRefused,
    /// The last answer says nothing that is understood: ask again.
    Unclear,
}

/// A call that queries the state of a job. The host is the one that accepted the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "JobQuery"))]
struct QueryDocument {
    /// The HTTP method.
    method: String,
    /// The path. A parameter that has not been given is in it by its name in braces.
    path: String,
    /// The names of those parameters.
    unfilled: Vec<String>,
}

impl From<Query> for QueryDocument {
    fn from(query: Query) -> Self {
        QueryDocument {
            method: query.method().to_owned(),
            path: query.path().to_owned(),
            unfilled: query.unfilled().iter().map(|name| (*name).to_owned()).collect(),
        }
    }
}

/// What is odd about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "UnclearAnswer", transform = crate::document::names::all_required))]
struct UnclearDocument {
    /// `not-json`, `no-status`, `unknown-status` or `other-job`.
    kind: UnclearKind,
    /// The status that no document has, or the id of the other job.
    value: Option<String>,
}

/// What is odd about an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum UnclearKind {
    /// It is no JSON object.
    NotJson,
    /// It has no status.
    NoStatus,
    /// Its status is a word that no document has.
    UnknownStatus,
    /// It is about another job.
    OtherJob,
}

impl From<&Unclear> for UnclearDocument {
    fn from(unclear: &Unclear) -> Self {
        let (kind, value) = match unclear {
            Unclear::NotJson => (UnclearKind::NotJson, None),
            Unclear::NoStatus => (UnclearKind::NoStatus, None),
            Unclear::UnknownStatus(word) => (UnclearKind::UnknownStatus, Some(word.clone())),
            Unclear::OtherJob(id) => (UnclearKind::OtherJob, Some(id.clone())),
        };
        UnclearDocument { kind, value }
    }
}

impl From<&UnclearDocument> for Unclear {
    fn from(document: &UnclearDocument) -> Self {
        let value = || document.value.clone().unwrap_or_default();
        match document.kind {
            UnclearKind::NotJson => Unclear::NotJson,
            UnclearKind::NoStatus => Unclear::NoStatus,
            UnclearKind::UnknownStatus => Unclear::UnknownStatus(value()),
            UnclearKind::OtherJob => Unclear::OtherJob(value()),
        }
    }
}

/// What the answer to a request has begun.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "Jobs", transform = crate::document::names::all_required))]
pub(crate) struct BegunDocument {
    /// One job, or one for each image that is copied; none when the request was refused.
    jobs: Vec<JobDocument>,
    /// Why the request was refused, or the answer, where it names nothing that has begun; null when there are jobs.
    refusal: Option<RefusalDocument>,
}

/// Why a stored job cannot be followed further.
///
/// ```
/// use image_preflight::{Locale, job::{Job, JobDocument, NotAJob}};
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let job = Job::begin(operation, 200, r#"{"job_id": "j"}"#)?.remove(0).to_document(Locale::ENGLISH);
/// let stored = serde_json::to_string(&job)?.replace("ims.in-region-copy", "ims.share");
/// let job: JobDocument = serde_json::from_str(&stored)?;
/// assert_eq!(Job::restored(&job).unwrap_err(), NotAJob::UnknownOperation("ims.share".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NotAJob {
    /// It is of an operation that this version does not know.
    #[error("the operation `{0}` of the job is not known")]
    UnknownOperation(String),
    /// It says that an address is asked that its provider does not have.
    #[error("the job asks the address {0}, which its provider does not have")]
    NoSuchAddress(usize),
}

impl Job {
    /// The job as its JSON has it: with everything to follow it further, and the refusal in one language.
    #[must_use]
    pub fn to_document(&self, locale: Locale) -> JobDocument {
        let mut document = JobDocument {
            operation: self.operation.id().to_owned(),
            id: self.id.clone(),
            source: self.source.clone(),
            state: JobStateName::Accepted,
            query: self.next_query().map(QueryDocument::from),
            image: self.image().map(str::to_owned),
            fraction: None,
            task: None,
            refusal: None,
            again: self.state.again(),
            made: Vec::new(),
            unclear: None,
            odd_answers: self.odd,
            parameters: self.parameters.iter().cloned().collect(),
            address: self.address,
            has_answered: self.has_answered,
        };
        document.state = match &self.state {
            JobState::Accepted => JobStateName::Accepted,
            JobState::Running { fraction, task } => {
                document.fraction = *fraction;
                document.task.clone_from(task);
                JobStateName::Running
            }
            JobState::Done { .. } => JobStateName::Done,
            JobState::DoneUnnamed => JobStateName::DoneUnnamed,
            JobState::Failed { refusal, made } => {
                document.refusal = Some(refusal.to_document(locale));
                document.made.clone_from(made);
                JobStateName::Failed
            }
            JobState::Vanished => JobStateName::Vanished,
            JobState::NotFollowed => JobStateName::NotFollowed,
            JobState::QueryRefused(refusal) => {
                document.refusal = Some(refusal.to_document(locale));
                JobStateName::QueryRefused
            }
            JobState::Unclear(unclear) => {
                document.unclear = Some(UnclearDocument::from(unclear));
                JobStateName::Unclear
            }
        };
        document
    }

    /// The job that was stored.
    ///
    /// # Errors
    /// When it is of an operation or asks an address that this version does not know.
    pub fn restored(document: &JobDocument) -> Result<Self, NotAJob> {
        let operation = catalogue::operation(&document.operation);
        let operation = operation.ok_or_else(|| NotAJob::UnknownOperation(document.operation.clone()))?;
        if document.address >= operation.provider.job_form.queries.len() {
            return Err(NotAJob::NoSuchAddress(document.address));
        }
        let refusal = || {
            let refusal = document.refusal.clone().unwrap_or_default();
            let answer = answer_of(&refusal, operation.provider.job_form);
            explain(refusal.status(), refusal.verbatim().unwrap_or(&answer)).into_owned()
        };
        let state = match document.state {
            JobStateName::Accepted => JobState::Accepted,
            JobStateName::Running => JobState::Running { fraction: document.fraction, task: document.task.clone() },
            JobStateName::Done => match &document.image {
                Some(image) => JobState::Done { image: image.clone() },
                None => JobState::DoneUnnamed,
            },
            JobStateName::DoneUnnamed => JobState::DoneUnnamed,
            JobStateName::Failed => JobState::Failed { refusal: refusal(), made: document.made.clone() },
            JobStateName::Vanished => JobState::Vanished,
            JobStateName::NotFollowed => JobState::NotFollowed,
            JobStateName::QueryRefused => JobState::QueryRefused(refusal()),
            JobStateName::Unclear => {
                JobState::Unclear(document.unclear.as_ref().map_or(Unclear::NotJson, Unclear::from))
            }
        };
        Ok(Job {
            operation,
            id: document.id.clone(),
            source: document.source.clone(),
            parameters: document.parameters.clone().into_iter().collect(),
            address: document.address,
            has_answered: document.has_answered,
            odd: document.odd_answers,
            state,
        })
    }

    /// What an answer to a request has begun, as something that serde can write, in a language: `jobs` with one job or several, or
    /// `refusal`. Parameters of the addresses to ask, such as `project_id`, may be given at once.
    ///
    /// ```
    /// use image_preflight::{Locale, job::Job};
    /// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
    /// let json = |answer| serde_json::to_value(Job::begin_localized(operation, None, answer, &Default::default(), Locale::ENGLISH));
    /// assert_eq!(json(r#"{"job_id": "j"}"#)?["jobs"][0]["query"]["path"], "/v1/cloudimages/job/j");
    /// assert_eq!(json(r#"{"error": {"code": "IMG.0143", "message": "encrypted"}}"#)?["refusal"]["code"], "IMG.0143");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn begin_localized(
        operation: &'static Operation,
        status: Option<u16>,
        answer: &str,
        parameters: &BTreeMap<String, String>,
        locale: Locale,
    ) -> impl Serialize + use<> {
        begun(operation, status, answer, parameters, locale)
    }
}

fn begun(
    operation: &'static Operation,
    status: Option<u16>,
    answer: &str,
    parameters: &BTreeMap<String, String>,
    locale: Locale,
) -> BegunDocument {
    match Job::begin(operation, status, answer) {
        Ok(jobs) => {
            let document = |mut job: Job| {
                parameters.iter().for_each(|(name, value)| job.set(name, value));
                job.to_document(locale)
            };
            BegunDocument { jobs: jobs.into_iter().map(document).collect(), refusal: None }
        }
        Err(NotBegun::Refused(refusal)) => {
            BegunDocument { jobs: Vec::new(), refusal: Some(refusal.to_document(locale)) }
        }
        Err(NotBegun::NotUnderstood(answer)) => {
            let refusal = explain(status, &answer).to_document(locale);
            BegunDocument { jobs: Vec::new(), refusal: Some(refusal) }
        }
    }
}

/// An answer that is explained as this refusal was: its code and its message decide, and whether a job failed.
fn answer_of(refusal: &RefusalDocument, form: &JobForm) -> String {
    let id = refusal.request_id();
    let error = [("code", refusal.code()), ("message", refusal.message()), ("request_id", id), ("requestId", id)];
    let mut members: Map<_, _> =
        error.into_iter().filter_map(|(name, of)| Some((name.to_owned(), of?.into()))).collect();
    if refusal.kind() != AnswerKind::Failed {
        return json_of(&Value::from(members));
    }
    let failed = form.words.iter().find(|(_, standing)| *standing == Standing::Failed);
    // What has a status is a job by one of these members.
    let least = form.members.last().map(|name| (*name, Value::Null));
    let own = [(Some(form.status), failed.map(|(word, _)| *word)), (Some(form.id_again), refusal.job_id())];
    let own = own.into_iter().chain([(form.kind, refusal.job_type())]);
    let own = own.filter_map(|(name, of)| Some((name?, Value::from(of?))));
    members.extend(least.into_iter().chain(own).map(|(name, of)| (name.to_owned(), of)));
    let job = |inner, name: &&str| Value::from_iter([((*name).to_owned(), inner)]);
    json_of(&form.within.iter().rev().fold(Value::from(members), job))
}

/// `to_string` would panic if a `Display` failed, which that of JSON does not.
fn json_of(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
