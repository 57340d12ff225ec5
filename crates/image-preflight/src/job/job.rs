//! The job: its state, and how answers change it.

use crate::check::job_form::{JobForm, Standing, at, text};
use crate::check::operation::Operation;
use crate::check::refusal::AnswerKind;
use crate::explain::{Refusal, explain};
use crate::plan::Again;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::borrow::Cow;
use thiserror::Error;

/// The status of what is not there.
const NOT_FOUND: u16 = 404;

/// Something that an accepted request has begun: see the [module](crate::job). A clone is followed by itself.
#[derive(Clone, Debug)]
pub struct Job {
    pub(super) operation: &'static Operation,
    pub(super) id: String,
    pub(super) source: Option<String>,
    pub(super) parameters: Vec<(String, String)>,
    /// The address that is asked, and whether it has answered.
    pub(super) address: usize,
    pub(super) has_answered: bool,
    pub(super) odd: u32,
    pub(super) state: JobState,
}

/// How a job stands.
///
/// ```
/// use image_preflight::job::{Job, JobState};
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let mut job = Job::begin(operation, 200, r#"{"job_id": "j"}"#)?.remove(0);
/// // The reason is in one of its parts.
/// job.answered(200, r#"{"status": "FAIL", "error_code": null, "entities": {"sub_jobs_result": [
///     {"status": "SUCCESS", "entities": {"image_id": "i"}}, {"status": "FAIL", "error_code": "IMG.0146", "fail_reason": "too large"}]}}"#);
/// let JobState::Failed { refusal, made } = job.state() else { panic!("it has failed") };
/// assert_eq!((refusal.code(), made.as_slice()), (Some("IMG.0146"), &["i".to_owned()][..]));
/// # Ok::<(), image_preflight::job::NotBegun>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum JobState {
    /// It has been taken; nothing else is known yet.
    Accepted,
    /// It waits for its turn, or runs.
    Running {
        /// How much of it is done, from 0 to 1.
        fraction: Option<f64>,
        /// What it is doing, in the cloud's words.
        task: Option<String>,
    },
    /// It has ended well.
    Done {
        /// The new image's id.
        image: String,
    },
    /// It has ended well, and the answer names no image: look for it by its name.
    DoneUnnamed,
    /// It has failed.
    Failed {
        /// Why. Where a part of it says so, what that part says.
        refusal: Refusal<'static>,
        /// Images that parts of it have made all the same.
        made: Vec<String>,
    },
    /// Nobody knows it any more: whether it has made an image must be looked up.
    Vanished,
    /// The answer that took the request has no id to ask with: whether it makes an image must be looked up.
    NotFollowed,
    /// Its query was refused, which says nothing about the job: ask again as [`Refusal::retry`] says.
    QueryRefused(Refusal<'static>),
    /// The last answer says nothing that is understood: ask again.
    Unclear(Unclear),
}

impl JobState {
    /// Whether it will not change any more.
    ///
    /// ```
    /// use image_preflight::job::JobState;
    /// assert!(JobState::Vanished.is_final());
    /// assert!(!JobState::Accepted.is_final());
    /// ```
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            JobState::Done { .. }
            | JobState::DoneUnnamed
            | JobState::Failed { .. }
            | JobState::Vanished
            | JobState::NotFollowed => true,
            JobState::Accepted | JobState::Running { .. } | JobState::QueryRefused(_) | JobState::Unclear(_) => false,
        }
    }

    /// Whether the request may be sent again, for [`Plan::failed`](crate::plan::Plan::failed); `None` where it has not failed. What has
    /// vanished may have made an image: somebody has to look first.
    ///
    /// ```
    /// use image_preflight::{job::JobState, plan::Again};
    /// assert_eq!(JobState::Vanished.again(), Some(Again::AfterFix));
    /// ```
    #[must_use]
    pub fn again(&self) -> Option<Again> {
        match self {
            JobState::Failed { refusal, .. } => Some(Again::from(refusal)),
            JobState::Vanished | JobState::NotFollowed => Some(Again::AfterFix),
            _ => None,
        }
    }
}

/// What is odd about an answer.
///
/// ```
/// use image_preflight::job::{Job, JobState, Unclear};
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let mut job = Job::begin(operation, 200, r#"{"job_id": "j"}"#)?.remove(0);
/// assert!(matches!(job.answered(200, r#"{"status": "PAUSED"}"#), JobState::Unclear(Unclear::UnknownStatus(word)) if word == "PAUSED"));
/// assert!(matches!(job.answered(200, "<html>"), JobState::Unclear(Unclear::NotJson)));
/// assert_eq!(job.odd_answers(), 2);
/// # Ok::<(), image_preflight::job::NotBegun>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unclear {
    /// It is no JSON object.
    NotJson,
    /// It has no status.
    NoStatus,
    /// Its status is a word that no document has.
    UnknownStatus(String),
    /// It is about another job.
    OtherJob(String),
}

/// Why an answer begins no job.
///
/// ```
/// use image_preflight::job::{Job, NotBegun};
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let refused = Job::begin(operation, 400, r#"{"error": {"code": "IMG.0143", "message": "encrypted"}}"#).unwrap_err();
/// assert_eq!(refused.to_string(), "the request was refused: IMG.0143");
/// assert!(matches!(Job::begin(operation, 200, "{}"), Err(NotBegun::NotUnderstood(_))));
/// ```
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum NotBegun {
    /// The request was refused.
    #[error("the request was refused: {}", .0.code().or(.0.message()).unwrap_or(.0.raw()))]
    Refused(Box<Refusal<'static>>),
    /// The answer takes the request and names nothing that could be followed, or says something else.
    #[error("the answer names nothing that has begun: {0}")]
    NotUnderstood(String),
}

/// A call that tells how a job stands. Like that of a request, it lacks the host and the credentials; the host is the one that took the
/// request.
///
/// ```
/// use image_preflight::job::Job;
/// let operation = image_preflight::operation("jd.copy-images").unwrap();
/// let mut job = Job::begin(operation, 200, r#"{"requestId": "r", "result": {"copyImages": [
///     {"destinationImageId": "img-2", "sourceImageId": "img-1"}]}}"#)?.remove(0);
/// let query = job.next_query().unwrap();
/// assert_eq!((query.method(), query.unfilled()), ("GET", &["regionId"][..]));
/// job.set("regionId", "cn-east-2");
/// assert_eq!(job.next_query().unwrap().path(), "/v1/regions/cn-east-2/images/img-2");
/// # Ok::<(), image_preflight::job::NotBegun>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    path: String,
    unfilled: Vec<&'static str>,
}

impl Query {
    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        "GET"
    }

    /// The path. A parameter that has not been set is in it by its name in braces.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names of the parameters that have to be [set](Job::set).
    #[must_use]
    pub fn unfilled(&self) -> &[&'static str] {
        &self.unfilled
    }
}

impl Job {
    /// Begins with the answer to a request: one job, or one for each image that is copied. The HTTP status may be left out.
    ///
    /// # Errors
    /// When the request was refused, or the answer names nothing that has begun.
    pub fn begin(
        operation: &'static Operation,
        status: impl Into<Option<u16>>,
        answer: &str,
    ) -> Result<Vec<Job>, NotBegun> {
        let status = status.into();
        let form = operation.provider.job_form;
        let refused = |refusal: Refusal<'_>| NotBegun::Refused(Box::new(refusal.into_owned()));
        if !status.is_none_or(is_good) {
            return Err(refused(explain(status, answer)));
        }
        let not_understood = || NotBegun::NotUnderstood(answer.to_owned());
        let body: Value = serde_json::from_str(answer).unwrap_or_default();
        let jobs: Vec<_> = form.begun(&body).into_iter().map(|entry| Job::of(operation, entry)).collect();
        if !jobs.is_empty() {
            return Ok(jobs);
        }
        let refusal = explain(status, answer);
        Err(if is_refusal(&refusal, body.is_object()) { refused(refusal) } else { not_understood() })
    }

    fn of(operation: &'static Operation, entry: &Value) -> Self {
        let form = operation.provider.job_form;
        let id = text(entry, &[form.id]);
        Job {
            operation,
            source: form.source.and_then(|source| text(entry, &[source])).map(str::to_owned),
            parameters: Vec::new(),
            address: 0,
            has_answered: false,
            odd: 0,
            state: if id.is_some() { JobState::Accepted } else { JobState::NotFollowed },
            id: id.unwrap_or_default().to_owned(),
        }
    }

    fn form(&self) -> &'static JobForm {
        self.operation.provider.job_form
    }

    /// The operation of the request that has begun it.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The id to ask with: the job's, or the new image's where there are no jobs.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The image that is copied, where the answer named it.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Its state.
    #[must_use]
    pub fn state(&self) -> &JobState {
        &self.state
    }

    /// The new image's id, when it is done.
    #[must_use]
    pub fn image(&self) -> Option<&str> {
        if let JobState::Done { image } = &self.state { Some(image) } else { None }
    }

    /// How many answers in a row have said nothing about the job: for a caller who gives up.
    #[must_use]
    pub fn odd_answers(&self) -> u32 {
        self.odd
    }

    /// Sets a parameter of the addresses to ask, such as `project_id`.
    pub fn set(&mut self, parameter: impl Into<String>, value: impl Into<String>) {
        let parameter = parameter.into();
        self.parameters.retain(|(known, _)| *known != parameter);
        self.parameters.push((parameter, value.into()));
    }

    /// The call that tells how it stands; `None` when it has ended. When to make it is the caller's.
    #[must_use]
    pub fn next_query(&self) -> Option<Query> {
        if self.state.is_final() {
            return None;
        }
        let mut rest = *self.form().queries.get(self.address)?;
        let (mut path, mut unfilled) = (String::new(), Vec::new());
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            path.push_str(before);
            let set = self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value);
            match set.or((name == "job").then_some(&self.id)) {
                Some(value) => path.push_str(&encoded(value)),
                None => {
                    path.extend(["{", name, "}"]);
                    unfilled.push(name);
                }
            }
            rest = after;
        }
        path.push_str(rest);
        Some(Query { path, unfilled })
    }

    /// Takes the answer of [`next_query`](Job::next_query). What has ended stays as it is. The HTTP status may be left out.
    pub fn answered(&mut self, status: impl Into<Option<u16>>, answer: &str) -> &JobState {
        if !self.state.is_final()
            && let Some(state) = self.read(status.into(), answer)
        {
            let is_odd = matches!(state, JobState::Unclear(_) | JobState::QueryRefused(_));
            self.odd = if is_odd { self.odd.saturating_add(1) } else { 0 };
            self.state = state;
        }
        &self.state
    }

    /// The state that an answer tells; `None` where another address is to be asked.
    fn read(&mut self, status: Option<u16>, answer: &str) -> Option<JobState> {
        let form = self.form();
        let body = serde_json::from_str::<Value>(answer).ok().filter(Value::is_object);
        let job = body.as_ref().map(|body| at(body, form.within).unwrap_or(body));
        let word = job.and_then(|job| text(job, &[form.status]));
        let refusal = explain(status, answer);
        if !status.is_none_or(is_good) || word.is_none() && is_refusal(&refusal, body.is_some()) {
            return self.refused(refusal);
        }
        let unclear = |unclear| Some(JobState::Unclear(unclear));
        let Some(job) = job else { return unclear(Unclear::NotJson) };
        let Some(word) = word else { return unclear(Unclear::NoStatus) };
        if let Some(other) = text(job, &[form.id_again]).filter(|other| *other != self.id) {
            return unclear(Unclear::OtherJob(other.to_owned()));
        }
        self.has_answered = true;
        Some(match form.word(word) {
            None => JobState::Unclear(Unclear::UnknownStatus(word.to_owned())),
            Some(Standing::Waiting | Standing::Running) => JobState::Running {
                fraction: at(job, form.fraction).and_then(fraction),
                task: text(job, form.task).map(str::to_owned),
            },
            Some(Standing::Succeeded) => match self.made(job) {
                Some(image) => JobState::Done { image },
                None => JobState::DoneUnnamed,
            },
            Some(Standing::Failed) => {
                let is_made = |part: &&Value| form.standing(part) == Some(Standing::Succeeded);
                let mut made: Vec<_> =
                    form.parts(job).filter(is_made).filter_map(|part| form.image_of(part)).map(str::to_owned).collect();
                made.dedup();
                // The status of the answer is not that of the job.
                JobState::Failed { refusal: explain(None, answer).into_owned(), made }
            }
        })
    }

    /// What it means that the query is refused.
    fn refused(&mut self, refusal: Refusal<'_>) -> Option<JobState> {
        let has_no_address = refusal.code().is_some_and(|code| self.form().no_address.contains(&code));
        let is_not_found = has_no_address || refusal.status() == Some(NOT_FOUND);
        if is_not_found && !self.has_answered && self.address + 1 < self.form().queries.len() {
            self.address += 1;
            return None;
        }
        let is_gone = is_not_found && !has_no_address;
        Some(if is_gone { JobState::Vanished } else { JobState::QueryRefused(refusal.into_owned()) })
    }

    /// The image that a job has made, by itself or by one of its parts.
    fn made(&self, job: &Value) -> Option<String> {
        if self.form().is_image {
            return Some(self.id.clone());
        }
        self.form().made(job).map(str::to_owned)
    }
}

fn is_good(status: u16) -> bool {
    (200..300).contains(&status)
}

fn encoded(value: &str) -> Cow<'_, str> {
    const KEPT: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(value, KEPT).into()
}

/// A share of the whole, which some write as a percentage or as text.
fn fraction(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    let number = if number > 1.0 { number / 100.0 } else { number };
    (0.0..=1.0).contains(&number).then_some(number)
}

/// Whether an answer refuses. A word that nobody knows may be anything, unless it is where JSON has a code.
fn is_refusal(refusal: &Refusal<'_>, is_json: bool) -> bool {
    refusal.kind() == AnswerKind::Refused && refusal.code().is_some() && (is_json || refusal.is_known())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(operation: &str, answer: &str) -> Vec<Job> {
        let operation = crate::catalogue::operation(operation).expect("it is listed");
        Job::begin(operation, 200, answer).expect("it is taken")
    }

    fn ims() -> Job {
        begun("ims.cross-region-copy", r#"{"job_id": "j"}"#).remove(0)
    }

    fn jd() -> Job {
        begun("jd.copy-images", r#"{"result": {"copyImages": [{"destinationImageId": "i", "sourceImageId": "s"}]}}"#)
            .remove(0)
    }

    /// A short name of a state.
    fn name(state: &JobState) -> String {
        match state {
            JobState::Done { image } => format!("done {image}"),
            JobState::Failed { refusal, made } => format!("failed {:?} {made:?}", refusal.code()),
            JobState::QueryRefused(refusal) => format!("refused {:?}", refusal.status()),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn both_vocabularies_are_understood() {
        for (word, state) in [
            ("INIT", "Running { fraction: None, task: None }"),
            ("running", "Running { fraction: None, task: None }"),
            ("SUCCESS", "DoneUnnamed"),
            ("success", "DoneUnnamed"),
            ("FAIL", "failed None []"),
            (" failed ", "failed None []"),
            ("ROLLING_BACK", r#"Unclear(UnknownStatus("ROLLING_BACK"))"#),
        ] {
            let answer = serde_json::json!({ "status": word }).to_string();
            assert_eq!(name(ims().answered(200, &answer)), state, "{word}");
            assert_eq!(name(ims().answered(None, &answer)), state, "{word}");
        }
        for (word, state) in [
            ("pending", "Running { fraction: None, task: None }"),
            ("ready", "done i"),
            ("error", "failed None []"),
            ("deleting", "failed None []"),
            ("sleeping", r#"Unclear(UnknownStatus("sleeping"))"#),
        ] {
            let answer = serde_json::json!({"requestId": "r", "result": {"image": {"imageId": "i", "status": word}}});
            assert_eq!(name(jd().answered(200, &answer.to_string())), state, "{word}");
        }
    }

    #[test]
    fn odd_answers_have_a_state() {
        for (status, answer, state) in [
            (Some(200), "", "Unclear(NotJson)"),
            (Some(200), "[]", "Unclear(NotJson)"),
            (Some(200), "null", "Unclear(NotJson)"),
            (Some(200), "{}", "Unclear(NoStatus)"),
            (Some(200), r#"{"status": 1}"#, "Unclear(NoStatus)"),
            (Some(200), r#"{"status": ""}"#, "Unclear(NoStatus)"),
            (Some(200), r#"{"status": "SUCCESS", "job_id": "other"}"#, r#"Unclear(OtherJob("other"))"#),
            (Some(200), r#"{"status": "SUCCESS", "entities": null}"#, "DoneUnnamed"),
            (Some(200), r#"{"status": "SUCCESS", "entities": {"image_id": ""}}"#, "DoneUnnamed"),
            (Some(200), r#"{"status": "SUCCESS", "entities": {"results": [{"image_id": "i"}]}}"#, "done i"),
            (Some(200), r#"{"status": "FAIL", "entities": {"sub_jobs_result": "x"}}"#, "failed None []"),
            (Some(503), "", "refused Some(503)"),
            (Some(401), r#"{"status": "SUCCESS"}"#, "refused Some(401)"),
            (None, r#"{"error": {"code": "IMG.0001", "message": "m"}}"#, "refused None"),
        ] {
            let mut job = ims();
            let found = name(job.answered(status, answer));
            assert_eq!(found.replace("Some(400)", "None"), state, "{answer}");
            assert_eq!(job.next_query().is_none(), job.state().is_final());
        }
    }

    #[test]
    fn a_job_vanishes_when_no_address_knows_it() {
        let mut job = ims();
        assert_eq!(name(job.answered(404, "")), "Accepted");
        assert_eq!(job.next_query().map(|query| query.unfilled().to_vec()), Some(vec!["project_id"]));
        assert_eq!(name(job.answered(404, "")), "Vanished");
        // An address that has answered is the right one.
        let mut job = ims();
        job.answered(200, r#"{"status": "RUNNING"}"#);
        assert_eq!(name(job.answered(404, "")), "Vanished");
        // No address at all is no job that has vanished.
        let mut job = ims();
        let no_address = r#"{"error_code": "APIGW.0101", "error_msg": "m"}"#;
        job.answered(404, no_address);
        assert_eq!(name(job.answered(404, no_address)), "refused Some(404)");
        assert_eq!(
            name(jd().answered(404, r#"{"requestId": "r", "error": {"code": 404, "status": "NOT_FOUND"}}"#)),
            "Vanished"
        );
        assert_eq!(
            name(jd().answered(None, r#"{"requestId": "r", "error": {"code": 404, "status": "NOT_FOUND"}}"#)),
            "Vanished"
        );
    }

    #[test]
    fn the_reason_of_a_failure_is_found_where_it_is() {
        for (answer, state) in [
            (r#"{"status": "FAIL", "error_code": "IMG.0142", "fail_reason": "m"}"#, r#"failed Some("IMG.0142") []"#),
            (
                r#"{"status": "FAIL", "error_code": "ABC.1", "entities": {"sub_jobs_result": [{"status": "FAIL", "error_code": "IMG.0142"}]}}"#,
                r#"failed Some("IMG.0142") []"#,
            ),
            (r#"{"status": "FAIL", "error_code": "ABC.1", "fail_reason": "m"}"#, r#"failed Some("ABC.1") []"#),
            (
                r#"{"status": "FAIL", "entities": {"results": [{"status": "SUCCESS", "image_id": "i"}, {"status": "FAIL", "image_id": "k"}]}}"#,
                r#"failed None ["i"]"#,
            ),
        ] {
            assert_eq!(name(ims().answered(200, answer)), state, "{answer}");
        }
    }

    /// Whatever answers come in whatever order: what has ended stays as it is, and there is a next call exactly until then.
    #[test]
    fn an_end_is_an_end_in_every_order_of_answers() {
        let answers = [
            (200, r#"{"status": "RUNNING", "entities": {"process_percent": "20"}}"#),
            (200, r#"{"status": "SUCCESS", "entities": {"image_id": "i"}}"#),
            (200, r#"{"status": "FAIL", "error_code": "IMG.0142"}"#),
            (404, ""),
            (429, ""),
            (200, "<html>"),
        ];
        let mut count = 0;
        let mut jobs = vec![ims()];
        for _ in 0..5 {
            let mut next = Vec::new();
            for job in &jobs {
                for (status, answer) in answers {
                    let mut after = job.clone();
                    after.answered(status, answer);
                    assert_eq!(after.next_query().is_none(), after.state().is_final());
                    if job.state().is_final() {
                        assert_eq!(name(after.state()), name(job.state()));
                    }
                    count += 1;
                    next.push(after);
                }
            }
            jobs = next;
        }
        assert_eq!(count, 6 + 36 + 216 + 1296 + 7776);
    }

    #[test]
    fn what_has_no_id_is_not_followed() {
        let jobs = begun(
            "jd.copy-images",
            r#"{"result": {"copyImages": [{"sourceImageId": "s"}, {"destinationImageId": "i"}, 5]}}"#,
        );
        let states: Vec<_> = jobs.iter().map(|job| name(job.state())).collect();
        assert_eq!(states, ["NotFollowed", "Accepted", "NotFollowed"]);
        assert_eq!(jobs[0].source(), Some("s"));
    }

    #[test]
    fn values_in_an_address_are_encoded() {
        let mut job = begun("ims.cross-region-copy", r#"{"job_id": "a/{b}?"}"#).remove(0);
        assert_eq!(job.next_query().expect("it runs").path(), "/v1/cloudimages/job/a%2F%7Bb%7D%3F");
        job.answered(404, "");
        job.set("project_id", "p/q");
        job.set("project_id", "p/r");
        assert_eq!(job.next_query().expect("it runs").path(), "/v1/p%2Fr/jobs/a%2F%7Bb%7D%3F");
    }
}
