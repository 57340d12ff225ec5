//! What a plan says: what may start, how a request stands, and what is wrong with what it was told.

use crate::check::cleared_request::ClearedRequest;
use crate::check::operation::Operation;
use crate::check::refusal::Retry;
use crate::explain::Refusal;
use crate::finding::finding::Finding;
use crate::message::locale::Locale;
use crate::message::message::Message;
use crate::message::word::words;
use crate::rule::missing::Missing;
use crate::rule::rule::Severity;
use std::fmt;
use thiserror::Error;

/// A request of a plan. The ids of one plan are in the order in which the requests were added.
///
/// ```
/// use image_preflight::{Edition, plan::Plan};
/// let mut plan = Plan::new(&Edition::default());
/// let (first, second) = (plan.add("{}"), plan.add("{}"));
/// assert!(first < second);
/// assert_eq!(second.index(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlannedId(pub(super) usize);

impl PlannedId {
    /// Its place among the requests of its plan, counted from 0. A request that the plan itself put before another one has a place
    /// too.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

impl fmt::Display for PlannedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// A call that may be sent now. The plan counts its requests as running until each of them is told to have
/// [finished](super::Plan::finished) or [failed](super::Plan::failed).
///
/// ```
/// use image_preflight::{Edition, plan::Plan};
/// let facts = r#"{"visibility": "private", "rootDevice": "cloudDisk", "status": "ready", "snapshotEncrypted": false,
///     "busy": false, "snapshots": 1}"#;
/// let mut plan = Plan::new(&Edition::default());
/// for image in ["img-1", "img-2"] {
///     plan.add(format!(r#"{{"operation": "jd.copy-images", "path": {{"regionId": "cn-north-1"}},
///         "body": {{"sourceImageIds": ["{image}"], "destinationRegion": "cn-east-2"}},
///         "facts": {{"images": {{"{image}": {facts}}}, "destinationQuota": {{"images": 9, "snapshots": 9}}}}}}"#));
/// }
/// // One call takes both.
/// let start = plan.next_start().unwrap();
/// assert_eq!(start.requests().len(), 2);
/// assert_eq!(start.operation().id(), "jd.copy-images");
/// assert_eq!(start.request().body(), r#"{"sourceImageIds":["img-1","img-2"],"destinationRegion":"cn-east-2"}"#);
/// assert_eq!(start.request_of("img-2"), Some(start.requests()[1]));
/// ```
#[derive(Clone, Debug)]
pub struct Start {
    pub(super) operation: &'static Operation,
    pub(super) requests: Vec<PlannedId>,
    pub(super) images: Vec<(String, PlannedId)>,
    pub(super) request: ClearedRequest,
}

impl Start {
    /// Which requests of the plan it serves: one, unless the cloud takes several in a call.
    #[must_use]
    pub fn requests(&self) -> &[PlannedId] {
        &self.requests
    }

    /// Its operation.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP call.
    #[must_use]
    pub fn request(&self) -> &ClearedRequest {
        &self.request
    }

    /// Which request listed this image; `None` where the operation lists none, or not this one.
    #[must_use]
    pub fn request_of(&self, image: &str) -> Option<PlannedId> {
        self.images.iter().find(|(id, _)| id == image).map(|(_, request)| *request)
    }
}

/// Whether what has failed may be tried again, and when. The time is its caller's.
///
/// ```
/// use image_preflight::{explain, plan::Again};
/// assert_eq!(Again::from(&explain(None, "IMG.0060")), Again::Later);
/// assert_eq!(Again::from(&explain(None, "IMG.0143")), Again::Never);
/// // What nobody understands, somebody has to look at.
/// assert_eq!(Again::from(&explain(None, "<html>")), Again::AfterFix);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "kebab-case"))]
pub enum Again {
    /// At once: it has not reached the cloud. It goes back into the plan.
    Now,
    /// After a while, when its caller says so: [`Plan::retry`](super::Plan::retry).
    Later,
    /// Once something outside the plan has been fixed: then [`Plan::retry`](super::Plan::retry).
    AfterFix,
    /// The same request never; another one in its place: [`Plan::replace`](super::Plan::replace).
    Never,
}

words!(Again { Now = "now", Later = "later", AfterFix = "after-fix", Never = "never" });

impl From<Retry> for Again {
    fn from(retry: Retry) -> Self {
        match retry {
            Retry::No => Again::Never,
            Retry::Later => Again::Later,
            Retry::AfterFix => Again::AfterFix,
        }
    }
}

impl From<&Refusal<'_>> for Again {
    fn from(refusal: &Refusal<'_>) -> Self {
        refusal.retry().map_or(Again::AfterFix, Again::from)
    }
}

/// How a request of a plan stands.
///
/// ```
/// use image_preflight::{Edition, plan::{Plan, State}};
/// let mut plan = Plan::new(&Edition::default());
/// let request = plan.add("{}");
/// let Some(State::Invalid(findings)) = plan.state(request) else { panic!("no operation") };
/// assert_eq!(findings[0].rule().id, "case.operation");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum State<'p> {
    /// It starts as soon as fewer run than may, and nothing else with the same backup, server or full-ECS image does.
    Ready,
    /// It starts after these have finished.
    WaitsForRequests(Vec<PlannedId>),
    /// It may be taken or refused, and these facts decide: [`Plan::tell`](super::Plan::tell).
    WaitsForFacts(&'p [Missing<'static>]),
    /// It has been given out.
    Running,
    /// It has ended well.
    Finished {
        /// The new image's id, where it was told.
        image: Option<&'p str>,
    },
    /// It has failed; whether it may be tried again, and when. Until then it does not start.
    Failed(Again),
    /// It would be refused; this is broken.
    Denied(&'p [Finding<'static>]),
    /// Its case cannot be judged; this is wrong with it.
    Invalid(&'p [Finding<'static>]),
    /// It cannot start, because another one that it depends on is denied, invalid or cancelled, or has failed for good.
    NeverStarts {
        /// Where this begins.
        because: PlannedId,
    },
    /// Taken out of the plan.
    Cancelled,
}

impl State<'_> {
    /// The name of the state, without what belongs to it.
    #[must_use]
    pub fn name(&self) -> StateName {
        match self {
            State::Ready => StateName::Ready,
            State::WaitsForRequests(_) => StateName::Waiting,
            State::WaitsForFacts(_) => StateName::Undetermined,
            State::Running => StateName::Running,
            State::Finished { .. } => StateName::Finished,
            State::Failed(_) => StateName::Failed,
            State::Denied(_) => StateName::Denied,
            State::Invalid(_) => StateName::Invalid,
            State::NeverStarts { .. } => StateName::Never,
            State::Cancelled => StateName::Cancelled,
        }
    }
}

/// What a ready request waits for, beside a limit: only one running request may use the same backup, server or full-ECS image.
///
/// ```
/// use image_preflight::{Edition, Locale, plan::Plan};
/// let mut plan = Plan::new(&Edition::default());
/// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
/// let (first, second) = (plan.add(case), plan.add(case));
/// assert!(plan.turn(first).is_none());
/// let turn = plan.turn(second).unwrap();
/// assert_eq!((turn.after, turn.field), (first, "instance_id"));
/// assert_eq!(turn.shared.text(Locale::ENGLISH), "the same ECS");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Turn {
    /// The request that uses it now, or is the first to use it.
    pub after: PlannedId,
    /// The field, or the parameter of the address, that is the same in both.
    pub field: &'static str,
    /// What both use, as the object of a sentence.
    pub shared: Message,
}

/// The name of a [`State`], as a plan's JSON has it.
///
/// ```
/// use image_preflight::{Edition, plan::{Plan, StateName}};
/// let mut plan = Plan::new(&Edition::default());
/// let request = plan.add("{}");
/// assert_eq!(plan.state(request).map(|state| state.name()), Some(StateName::Invalid));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "PlannedState", rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum StateName {
    /// It starts now, or as soon as fewer run than may, and no other case that uses the same backup, server or full-ECS image does.
    Ready,
    /// It waits for other cases, or for what is made first for it.
    Waiting,
    /// It may be taken or refused, and facts decide that are not known.
    Undetermined,
    /// It has been sent.
    Running,
    /// It has ended well.
    Finished,
    /// It has failed, and does not start until it is tried again.
    Failed,
    /// It would be refused.
    Denied,
    /// It cannot be judged: the case itself is wrong.
    Invalid,
    /// It cannot start, because another one that it needs never finishes.
    Never,
    /// It has been taken out of the plan.
    Cancelled,
}

words!(StateName {
    Ready = "ready",
    Waiting = "waiting",
    Undetermined = "undetermined",
    Running = "running",
    Finished = "finished",
    Failed = "failed",
    Denied = "denied",
    Invalid = "invalid",
    Never = "never",
    Cancelled = "cancelled",
});

/// How many requests of a plan stand how.
///
/// ```
/// use image_preflight::{Edition, plan::Plan};
/// let mut plan = Plan::new(&Edition::default());
/// plan.add("{}");
/// assert_eq!((plan.counts().invalid, plan.counts().total()), (1, 1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Counts {
    /// [`State::Ready`].
    pub ready: usize,
    /// [`State::WaitsForRequests`].
    pub waiting: usize,
    /// [`State::WaitsForFacts`].
    pub undetermined: usize,
    /// [`State::Running`].
    pub running: usize,
    /// [`State::Finished`].
    pub finished: usize,
    /// [`State::Failed`].
    pub failed: usize,
    /// [`State::Denied`].
    pub denied: usize,
    /// [`State::Invalid`].
    pub invalid: usize,
    /// [`State::NeverStarts`].
    pub never: usize,
    /// [`State::Cancelled`].
    pub cancelled: usize,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        let Counts { ready, waiting, undetermined, running, finished, failed, denied, invalid, never, cancelled } =
            self;
        ready + waiting + undetermined + running + finished + failed + denied + invalid + never + cancelled
    }

    pub(super) fn count(&mut self, state: &State<'_>) {
        *match state {
            State::Ready => &mut self.ready,
            State::WaitsForRequests(_) => &mut self.waiting,
            State::WaitsForFacts(_) => &mut self.undetermined,
            State::Running => &mut self.running,
            State::Finished { .. } => &mut self.finished,
            State::Failed(_) => &mut self.failed,
            State::Denied(_) => &mut self.denied,
            State::Invalid(_) => &mut self.invalid,
            State::NeverStarts { .. } => &mut self.never,
            State::Cancelled => &mut self.cancelled,
        } += 1;
    }
}

/// What is wrong with something that a plan was told. The plan is as it was before.
///
/// ```
/// use image_preflight::{Edition, plan::{Plan, PlanError}};
/// let mut plan = Plan::new(&Edition::default());
/// let request = plan.add("{}");
/// assert_eq!(plan.depends(request, request), Err(PlanError::Circle { request, on: request }));
/// assert_eq!(plan.finished(request, None).unwrap_err().to_string(), "request #0 is not running");
/// ```
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// This plan has no such request.
    #[error("this plan has no request {0}")]
    NotPlanned(PlannedId),
    /// Only what has been given out and not ended yet can end.
    #[error("request {0} is not running")]
    NotRunning(PlannedId),
    /// It has been given out, or what prepares it has, or it has ended: it cannot be changed any more.
    #[error("request {0} has been started, or what is made first for it has: it cannot be changed any more")]
    Started(PlannedId),
    /// Only what has failed, and may be tried again, can be tried again.
    #[error("request {0} has not failed, or the same request would be refused again")]
    NotToBeRetried(PlannedId),
    /// Each of two requests would wait for the other.
    #[error("request {request} cannot wait for {on}, which waits for it")]
    Circle {
        /// The one that was to wait.
        request: PlannedId,
        /// The one that it was to wait for.
        on: PlannedId,
    },
    /// The facts that were told cannot be read, or are about something else than what the request names.
    #[error("the facts cannot be used: {}", messages(.0))]
    Facts(Vec<Finding<'static>>),
}

impl PartialEq for PlanError {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for PlanError {}

fn messages(findings: &[Finding<'_>]) -> String {
    let text = |finding: &Finding<'_>| {
        let message = finding.message(Locale::default());
        // What is no JSON has no places in it.
        if finding.at().is_empty() { message } else { format!("{}: {message}", finding.at()) }
    };
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error);
    errors.map(text).collect::<Vec<_>>().join(" ")
}
