//! What is said of the cases of a plan beside the cases: their order, and what has become of them.

use crate::check::scheduling::PROGRESS;
use crate::message::locale::Locale;
use crate::message::message::Message;
use crate::message::param::printable;
use crate::message::suggest::nearest;
use crate::plan::plan::Plan;
use crate::plan::state::{Again, PlanError, PlannedId};
use crate::rule::edition::Edition;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// What is said of the cases of a plan beside the cases: their order, and what has become of them so far. A case is named by its place
/// among the cases, counted from 0.
///
/// ```
/// use image_preflight::{Edition, plan::{Plan, PlanOptions, State}};
/// let case = |server| format!(r#"{{"operation": "ims.whole-image", "body": {{"name": "n", "instance_id": "{server}", "vault_id": "v"}}}}"#);
/// let options: PlanOptions = serde_json::from_str(r#"{"after": {"1": [0]}, "finished": [0]}"#)?;
/// let mut plan = Plan::of([case("database"), case("web")], &Edition::default(), &options)?;
/// assert_eq!(plan.counts().finished, 1);
/// assert!(plan.next_start().unwrap().request().body().contains("web"));
/// // What is written is read again.
/// assert_eq!(PlanOptions::from_json(&serde_json::to_string(&options)?)?, options);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct PlanOptions {
    /// How many copies of the tenant run that are none of these cases.
    pub copies_in_flight: u64,
    /// What must have finished before a case starts.
    pub after: BTreeMap<usize, Vec<usize>>,
    /// Higher ones start first; 0 where none is given.
    pub priority: BTreeMap<usize, i32>,
    /// The cases of which a call has been sent and has not ended.
    pub running: Vec<usize>,
    /// The cases that have ended well.
    pub finished: Vec<usize>,
    /// The ids of the images that have been made first for cases, such as the copy within the region of an encrypted image.
    pub prepared: BTreeMap<usize, String>,
    /// The cases of which a call has failed and is not to be sent again yet.
    pub failed: BTreeMap<usize, Again>,
}

/// What is wrong with [`PlanOptions`].
///
/// ```
/// use image_preflight::{Edition, plan::{Plan, PlanOptions}};
/// let options: PlanOptions = serde_json::from_str(r#"{"running": [1]}"#)?;
/// let wrong = Plan::of(["{}".to_owned()], &Edition::default(), &options).unwrap_err();
/// assert_eq!(wrong.to_string(), "`running` names the case 1, and there is 1, counted from 0");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PlanOptionsError {
    /// No JSON.
    #[error("it is no JSON (line {line}, column {column})")]
    NoJson {
        /// The line, counted from 1, of what is wrong.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Something else than an object.
    #[error("it is no JSON object")]
    NoObject,
    /// A member that there is not.
    #[error("there is no member `{}`{}", printable(name), near(*.nearest))]
    NoSuchMember {
        /// Its name.
        name: String,
        /// The member that has nearly this name.
        nearest: Option<&'static str>,
    },
    /// A member with something else in it than what belongs there.
    #[error("`{member}` must be {}", .expected.text(Locale::default()))]
    WrongMember {
        /// The member.
        member: &'static str,
        /// What it must be, as the object of a sentence.
        expected: Message,
    },
    /// A member that is given twice.
    #[error("`{0}` is given twice")]
    MemberTwice(&'static str),
    /// A case that is not there.
    #[error("`{member}` names the case {case}, and there {} {count}, counted from 0", if *.count == 1 { "is" } else { "are" })]
    NoSuchCase {
        /// The member of the options.
        member: &'static str,
        /// The case that it names.
        case: usize,
        /// How many there are.
        count: usize,
    },
    /// A case of which two things are said that cannot both be so.
    #[error("the case {0} is in more than one of `running`, `finished` and `failed`, or twice in one")]
    Twice(usize),
    /// A case of which nothing is made first.
    #[error("`prepared` names the case {0}, for which nothing is made first")]
    NotPrepared(usize),
    /// Cases that wait for each other.
    #[error("`after` makes the case {case} wait for {on}, which waits for it")]
    Circle {
        /// The one that waits.
        case: usize,
        /// The one that it waits for.
        on: usize,
    },
}

fn near(name: Option<&str>) -> String {
    name.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

impl PlanOptions {
    /// The options of a JSON object, with errors that say what they mean.
    ///
    /// # Errors
    /// When it is none, has a member that there is not, or one with something else in it than what belongs there.
    ///
    /// ```
    /// use image_preflight::plan::PlanOptions;
    /// assert_eq!(PlanOptions::from_json(r#"{"running": [1]}"#)?.running, [1]);
    /// let wrong = |json| PlanOptions::from_json(json).unwrap_err().to_string();
    /// assert_eq!(wrong(r#"{"runing": [1]}"#), "there is no member `runing`; did you mean `running`?");
    /// assert_eq!(wrong(r#"{"running": 1}"#), "`running` must be a list of places of cases, counted from 0: [0, 1]");
    /// # Ok::<(), image_preflight::plan::PlanOptionsError>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, PlanOptionsError> {
        let read: Value = serde_json::from_str(json)
            .map_err(|error| PlanOptionsError::NoJson { line: error.line(), column: error.column() })?;
        let Value::Object(members) = read else { return Err(PlanOptionsError::NoObject) };
        for (name, value) in members {
            let Some((member, expected)) = PROGRESS.iter().find(|(known, _)| *known == name) else {
                let nearest = nearest(&name, PROGRESS.iter().map(|(known, _)| *known));
                return Err(PlanOptionsError::NoSuchMember { name, nearest });
            };
            // Alone, a member is what is wrong.
            serde_json::from_value::<Self>(Value::Object(Map::from_iter([(name, value)])))
                .map_err(|_| PlanOptionsError::WrongMember { member, expected: *expected })?;
        }
        // Each member is right: what is wrong is that one is there twice, and its name is all that is quoted.
        serde_json::from_str(json).map_err(|error| {
            let text = error.to_string();
            let twice = PROGRESS.iter().find(|(member, _)| text.contains(&format!("`{member}`")));
            twice.map_or(PlanOptionsError::NoObject, |(member, _)| PlanOptionsError::MemberTwice(member))
        })
    }
}

impl Plan {
    /// A plan of cases that have come as far as the options say. It is made from nothing but these, so that a program without memory
    /// of its own makes it anew whenever something has changed.
    ///
    /// # Errors
    /// When the options name a case that is not there, or contradict each other.
    pub fn of(
        cases: impl IntoIterator<Item = String>,
        edition: &Edition,
        options: &PlanOptions,
    ) -> Result<Self, PlanOptionsError> {
        let mut plan = Plan::new(edition);
        plan.set_copies_in_flight(options.copies_in_flight);
        let priority = |case: usize| options.priority.get(&case).copied().unwrap_or_default();
        let ids: Vec<_> =
            cases.into_iter().enumerate().map(|(index, case)| plan.add_with(case, priority(index))).collect();
        let id = |member, case: usize| {
            let unknown = PlanOptionsError::NoSuchCase { member, case, count: ids.len() };
            ids.get(case).copied().ok_or(unknown)
        };
        for case in options.priority.keys() {
            id("priority", *case)?;
        }
        let mut seen = BTreeSet::new();
        let all = options.running.iter().chain(&options.finished).chain(options.failed.keys());
        if let Some(twice) = all.copied().find(|case| !seen.insert(*case)) {
            return Err(PlanOptionsError::Twice(twice));
        }
        for (case, on) in &options.after {
            let request = id("after", *case)?;
            for on in on {
                // Nothing has started yet: a circle is all that can be wrong.
                let wrong = PlanOptionsError::Circle { case: *case, on: *on };
                plan.depends(request, id("after", *on)?).map_err(|_| wrong)?;
            }
        }
        for (case, image) in &options.prepared {
            let first = plan.preparation_of(id("prepared", *case)?);
            plan.has_ended(first.ok_or(PlanOptionsError::NotPrepared(*case))?, Some(image));
        }
        for case in &options.finished {
            let request = id("finished", *case)?;
            if let Some(first) = plan.preparation_of(request) {
                plan.has_ended(first, None);
            }
            plan.has_ended(request, None);
        }
        for case in &options.running {
            let current = plan.current(id("running", *case)?);
            let _ = plan.began(current);
        }
        for (case, again) in &options.failed {
            let current = plan.current(id("failed", *case)?);
            if plan.began(current).is_ok() {
                let _ = plan.failed(current, *again);
            }
        }
        Ok(plan)
    }

    /// What of a case is sent next: what is made first for it, until that has finished.
    fn current(&self, request: PlannedId) -> PlannedId {
        self.preparation_of(request).filter(|first| !self.is_finished(*first)).unwrap_or(request)
    }

    fn has_ended(&mut self, request: PlannedId, image: Option<&str>) {
        let ended: Result<(), PlanError> = self.began(request).and_then(|()| self.finished(request, image));
        // It cannot be told twice: what was prepared and has finished is as it should be.
        let _ = ended;
    }
}
