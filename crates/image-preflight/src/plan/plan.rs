//! The plan: requests, what they wait for, and what may start now.

use crate::check::operation::Operation;
use crate::finding::finding::Finding;
use crate::plan::judge::{Judgement, Knowledge, Role, Source, Startable, TurnValue};
use crate::plan::queue::{Place, Queue, Rank};
use crate::plan::state::{Again, Counts, PlanError, PlannedId, Start, State, Turn};
use crate::rule::edition::Edition;
use crate::rule::missing::Missing;
use crate::rule::rule::Severity;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many more requests than a call takes are looked at to fill it: ids of several may be too many for it.
const LOOK_AHEAD: usize = 4;

/// Many requests, and the order in which they may be sent: see the [module](super).
///
/// A case that names an edition is judged by that one, and starts only while fewer run than that one allows; the others by the
/// plan's. What a case says in `copiesInFlight` does not count: [`set_copies_in_flight`](Plan::set_copies_in_flight)
/// does. A quota is looked at for each call by what its case says, and not counted down.
///
/// Adding, starting and ending a request takes time that grows with the logarithm of the number of requests. What makes others never
/// start, or lets them start after all (a failure for good, [`replace`](Plan::replace), [`cancel`](Plan::cancel)), takes time that grows
/// with the number of those too, and of what they depend on. A clone is a plan of its own, to look ahead with.
#[derive(Clone, Debug)]
pub struct Plan {
    edition: Edition,
    items: Vec<Item>,
    queue: Queue,
    used: BTreeSet<TurnValue>,
    calls: Vec<Call>,
}

/// A call that has been given out.
#[derive(Clone, Debug)]
struct Call {
    limit: Option<&'static crate::rule::edition::Limit>,
    /// How many of its requests run.
    running: usize,
}

/// A request.
#[derive(Clone, Debug)]
struct Item {
    source: Source,
    priority: i32,
    stage: Stage,
    startable: Option<Box<Startable>>,
    /// What it waits for, what waits for it, and how many it waits for that have not finished.
    dependencies: BTreeSet<usize>,
    dependents: BTreeSet<usize>,
    open: usize,
    /// Another one for which it never starts.
    blocked: Option<usize>,
    /// What is made first for it, or what it is made first for.
    preparation: Option<usize>,
    prepares: Option<usize>,
    starts: u32,
}

/// How far a request has come.
#[derive(Clone, Debug)]
enum Stage {
    /// It is allowed, or will be when what prepares it has finished.
    Waiting,
    /// It is in the queue.
    Ready,
    Undetermined(Vec<Missing<'static>>),
    Denied(Vec<Finding<'static>>),
    Invalid(Vec<Finding<'static>>),
    Running(usize),
    Finished(Option<String>),
    Failed(Again),
    Cancelled,
}

impl Item {
    fn new(source: Source, priority: i32) -> Self {
        Item {
            source,
            priority,
            stage: Stage::Waiting,
            startable: None,
            dependencies: BTreeSet::new(),
            dependents: BTreeSet::new(),
            open: 0,
            blocked: None,
            preparation: None,
            prepares: None,
            starts: 0,
        }
    }

    fn rank(&self, index: usize) -> Rank {
        (Reverse(self.priority), self.prepares.unwrap_or(index), index)
    }

    /// Where it stands in the queue, if it may start.
    fn place(&self, index: usize) -> Option<Place<'_>> {
        let startable = self.startable.as_deref()?;
        Some(Place {
            rank: self.rank(index),
            limit: startable.limit,
            most: startable.most,
            turn: startable.turn.as_ref(),
            group: startable.group.as_ref().map(|(key, _)| key.as_str()),
        })
    }

    fn is_finished(&self) -> bool {
        matches!(self.stage, Stage::Finished(_))
    }

    /// Whether it can be changed no more.
    fn is_started(&self) -> bool {
        matches!(self.stage, Stage::Running(_) | Stage::Finished(_))
    }

    /// Whether it never starts as things are, whatever it waits for.
    fn is_dead(&self) -> bool {
        matches!(self.stage, Stage::Denied(_) | Stage::Invalid(_) | Stage::Cancelled | Stage::Failed(Again::Never))
    }

    /// For whose sake what depends on it never starts, if it does not: its own, or that of what it depends on.
    fn lost_by(&self, index: usize) -> Option<usize> {
        if self.is_dead() { Some(index) } else { self.blocked.filter(|_| !self.is_started()) }
    }
}

impl Plan {
    /// A plan without requests, under an edition.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::Plan};
    /// assert!(Plan::new(&Edition::default()).is_done());
    /// ```
    #[must_use]
    pub fn new(edition: &Edition) -> Self {
        Plan {
            edition: edition.clone(),
            items: Vec::new(),
            queue: Queue::default(),
            used: BTreeSet::new(),
            calls: Vec::new(),
        }
    }

    /// Adds a request, as a case in JSON. Any case is taken: [`state`](Plan::state) says what is wrong with it.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let mut plan = Plan::new(&Edition::default());
    /// let request = plan.add(r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#);
    /// assert!(matches!(plan.state(request), Some(State::Ready)));
    /// ```
    pub fn add(&mut self, case: impl Into<String>) -> PlannedId {
        self.add_with(case, 0)
    }

    /// The same with a priority: of those that may start, those with the highest one do so first. It is 0 otherwise.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::Plan};
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// let mut plan = Plan::new(&Edition::default());
    /// let (_, urgent) = (plan.add(case), plan.add_with(case, 1));
    /// assert_eq!(plan.next_start().unwrap().requests(), [urgent]);
    /// // Of one server one image at a time is made.
    /// assert!(plan.next_start().is_none());
    /// ```
    pub fn add_with(&mut self, case: impl Into<String>, priority: i32) -> PlannedId {
        let index = self.items.len();
        self.items.push(Item::new(Source { case: case.into(), ..Source::default() }, priority));
        self.settle(index);
        PlannedId(index)
    }

    /// Lets a request wait until another one has finished.
    ///
    /// # Errors
    /// When one of them is not in this plan, when the first has started already, and when the other one waits for it.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let case = |server| format!(r#"{{"operation": "ims.whole-image",
    ///     "body": {{"name": "n", "instance_id": "{server}", "vault_id": "v"}}}}"#);
    /// let mut plan = Plan::new(&Edition::default());
    /// let (web, database) = (plan.add(case("web")), plan.add(case("database")));
    /// plan.depends(web, database)?;
    /// assert_eq!(plan.wave().len(), 1);
    /// plan.finished(database, None)?;
    /// assert_eq!(plan.next_start().unwrap().requests(), [web]);
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn depends(&mut self, request: PlannedId, on: PlannedId) -> Result<(), PlanError> {
        self.item(on)?;
        let own = self.changeable(request)?;
        if self.waits_for(on.0, request.0) {
            return Err(PlanError::Circle { request, on });
        }
        let preparation = own.filter(|index| !self.waits_for(on.0, *index));
        for index in [Some(request.0), preparation].into_iter().flatten() {
            self.link(index, on.0);
        }
        Ok(())
    }

    /// How many copies of the tenant run that are not of this plan: they take part of the limit.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::Plan};
    /// let mut plan = Plan::new(&Edition::default());
    /// plan.set_copies_in_flight(5);
    /// plan.add(r#"{"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": {"name": "copy",
    ///     "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy"},
    ///     "facts": {"sourceRegion": "cn-north-4", "image": {"fullEcs": false, "iso": false, "sizeBytes": 1,
    ///         "visibility": "private", "status": "active", "encrypted": false}}}"#);
    /// assert!(plan.next_start().is_none());
    /// plan.set_copies_in_flight(4);
    /// assert!(plan.next_start().is_some());
    /// ```
    pub fn set_copies_in_flight(&mut self, others: u64) {
        self.queue.others = others;
    }

    /// The next call that may start now, if there is one. From here on its requests count as running.
    pub fn next_start(&mut self) -> Option<Start> {
        let (_, _, index) = self.queue.first()?;
        let first = self.items.get(index)?.startable.as_deref()?.clone();
        let (mut requests, mut images) = (vec![index], Vec::new());
        let mut request = first.request;
        if let Some((group, ids)) = &first.group {
            let most = first.operation.listed_images.map_or(1, |listed| listed.max);
            images = ids.iter().map(|id| (id.clone(), PlannedId(index))).collect();
            (requests, images) = self.gathered(group, requests, images, most);
            request = self.one_call(&mut requests, &mut images).unwrap_or(request);
        }
        let call = self.calls.len();
        self.calls.push(Call { limit: first.limit, running: requests.len() });
        self.queue.call_begins(first.limit);
        for index in &requests {
            if let Some(item) = self.items.get_mut(*index) {
                if let Some(place) = item.place(*index) {
                    self.queue.begin(place);
                }
                item.stage = Stage::Running(call);
                item.starts = item.starts.saturating_add(1);
            }
        }
        let requests = requests.into_iter().map(PlannedId).collect();
        Some(Start { operation: first.operation, requests, images, request })
    }

    /// Everything that may start now.
    pub fn wave(&mut self) -> Vec<Start> {
        std::iter::from_fn(|| self.next_start()).collect()
    }

    /// The waves in which all of it would start: the first is what may start now, each other one what may start once everything
    /// before it has ended well. The first is empty where what runs leaves no room. Nothing is started.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::Plan};
    /// let mut plan = Plan::new(&Edition::default());
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// let (first, second) = (plan.add(case), plan.add(case));
    /// assert_eq!(plan.waves(), [[first], [second]]);
    /// plan.wave();
    /// assert_eq!(plan.waves(), [vec![], vec![second]]);
    /// ```
    #[must_use]
    pub fn waves(&self) -> Vec<Vec<PlannedId>> {
        let requests = |wave: Vec<Start>| wave.into_iter().flat_map(|start| start.requests).collect();
        self.ahead().0.into_iter().map(requests).collect()
    }

    /// The plan as it stands once everything that can start has ended well. What is left then waits for its caller, or never starts:
    /// of two images of one backup the second one is denied.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "backup_id": "b", "whole_image_type": "CBR"},
    ///     "facts": {"backup": {"used": false, "shared": false, "configured": true, "status": "available"}}}"#;
    /// let mut plan = Plan::new(&Edition::default());
    /// let (first, second) = (plan.add(case), plan.add(case));
    /// assert_eq!(plan.turn(second).map(|turn| turn.after), Some(first));
    /// assert!(matches!(plan.at_its_end().state(second), Some(State::Denied(_))));
    /// ```
    #[must_use]
    pub fn at_its_end(&self) -> Plan {
        self.ahead().1
    }

    /// The calls of [`waves`](Plan::waves), and the plan after them.
    pub(super) fn ahead(&self) -> (Vec<Vec<Start>>, Plan) {
        let mut ahead = self.clone();
        let is_running = |id: &PlannedId| matches!(ahead.state(*id), Some(State::Running));
        let mut running: Vec<_> = (0..ahead.items.len()).map(PlannedId).filter(is_running).collect();
        let mut waves = Vec::new();
        loop {
            let wave = ahead.wave();
            if wave.is_empty() && running.is_empty() {
                return (waves, ahead);
            }
            running.extend(wave.iter().flat_map(Start::requests));
            waves.push(wave);
            for id in running.drain(..) {
                // Some id: what is judged of the image does not depend on it.
                let _ = ahead.finished(id, Some("image"));
            }
        }
    }

    /// Tells that a request has been sent by somebody else than who asks this plan, such as by the same program before it began anew.
    /// From here on it counts as running, whatever is thought of it: that it may start is not asked any more.
    ///
    /// # Errors
    /// When it runs or has finished.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// let mut plan = Plan::new(&Edition::default());
    /// let (first, second) = (plan.add(case), plan.add(case));
    /// plan.began(second)?;
    /// assert!(plan.next_start().is_none());
    /// plan.finished(second, None)?;
    /// assert_eq!(plan.next_start().unwrap().requests(), [first]);
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn began(&mut self, request: PlannedId) -> Result<(), PlanError> {
        if self.item(request)?.is_started() {
            return Err(PlanError::Started(request));
        }
        self.leave(request.0);
        let Some(item) = self.items.get_mut(request.0) else { return Err(PlanError::NotPlanned(request)) };
        let (was_dead, was_blocked) = (item.is_dead(), item.blocked);
        // Of what is denied or unclear the limit is known, where the operation is.
        let limit = match item.startable.as_deref() {
            Some(startable) => startable.limit,
            None => Knowledge::limit_of(&item.source),
        };
        item.stage = Stage::Running(self.calls.len());
        item.starts = item.starts.saturating_add(1);
        item.blocked = None;
        self.calls.push(Call { limit, running: 1 });
        self.queue.call_begins(limit);
        if let Some(place) = self.items.get(request.0).and_then(|item| item.place(request.0)) {
            self.queue.begin(place);
        }
        if was_dead || was_blocked.is_some() {
            self.unblock_dependents(request.0, was_blocked);
        }
        Ok(())
    }

    /// Tells that a request has ended well, with the new image's id where it is known. The copy that another one waits for must
    /// have one: without it that other one waits for its address.
    ///
    /// # Errors
    /// When it is not running.
    pub fn finished(&mut self, request: PlannedId, image: Option<&str>) -> Result<(), PlanError> {
        self.end(request, Stage::Finished(image.map(str::to_owned)))?;
        let Some(item) = self.items.get(request.0) else { return Ok(()) };
        let dependents: Vec<_> = item.dependents.iter().copied().collect();
        let prepares = item.prepares;
        if let Some(turn) = item.startable.as_ref().and_then(|startable| startable.turn.clone())
            && self.used.insert(turn.clone())
        {
            for (_, _, index) in self.queue.of_turn(&turn) {
                self.settle(index);
            }
        }
        for index in dependents {
            if let Some(item) = self.items.get_mut(index) {
                item.open = item.open.saturating_sub(1);
                if prepares == Some(index) {
                    item.source.role = Role::Prepared(image.map(str::to_owned));
                    // Somebody else may have sent it before.
                    if !item.is_started() {
                        self.settle(index);
                    }
                } else {
                    self.enter(index);
                }
            }
        }
        Ok(())
    }

    /// Tells that a request has failed, or that it was refused: `&Refusal`, or what its caller makes of it. What may be tried again
    /// later keeps what depends on it waiting; what has failed for good does not.
    ///
    /// # Errors
    /// When it is not running.
    ///
    /// ```
    /// use image_preflight::{Edition, explain, plan::{Again, Plan, State}};
    /// let mut plan = Plan::new(&Edition::default());
    /// let request = plan.add(r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#);
    /// plan.wave();
    /// plan.failed(request, &explain(Some(503), ""))?;
    /// assert!(matches!(plan.state(request), Some(State::Failed(Again::Later))));
    /// plan.retry(request)?;
    /// plan.wave();
    /// // The connection was lost before anything was sent.
    /// plan.failed(request, Again::Now)?;
    /// assert_eq!(plan.wave().len(), 1);
    /// assert_eq!(plan.starts(request), 3);
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn failed(&mut self, request: PlannedId, again: impl Into<Again>) -> Result<(), PlanError> {
        let again = again.into();
        self.end(request, Stage::Failed(again))?;
        // It may have been sent although what it depends on never starts.
        self.block_if_lost(request.0);
        match again {
            Again::Now => self.settle(request.0),
            Again::Never => self.block_dependents(request.0),
            Again::Later | Again::AfterFix => {}
        }
        Ok(())
    }

    /// Puts a request back that has failed and may be tried again. When that is, its caller decides.
    ///
    /// # Errors
    /// When it has not failed, or has failed for good.
    pub fn retry(&mut self, request: PlannedId) -> Result<(), PlanError> {
        match self.item(request)?.stage {
            Stage::Failed(Again::Never) => Err(PlanError::NotToBeRetried(request)),
            Stage::Failed(_) => {
                self.settle(request.0);
                Ok(())
            }
            _ => Err(PlanError::NotToBeRetried(request)),
        }
    }

    /// Tells facts of a request that have become known, in the form that `facts` has in a case; they count more than what its case
    /// says.
    ///
    /// # Errors
    /// When it has started, or when the facts cannot be read or are about something else than what it names.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let mut plan = Plan::new(&Edition::default());
    /// let request = plan.add(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"}, "facts":
    ///     {"image": {"fullEcs": false, "iso": false, "status": "active", "sizeBytes": 1, "encrypted": false}}}"#);
    /// assert!(matches!(plan.state(request), Some(State::WaitsForFacts(_))));
    /// assert!(plan.tell(request, r#"{"image": {"os": 1}}"#).is_err());
    /// plan.tell(request, r#"{"image": {"os": "linux", "visibility": "private", "bareMetal": false}}"#)?;
    /// assert!(matches!(plan.state(request), Some(State::Ready)));
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn tell(&mut self, request: PlannedId, facts: impl Into<String>) -> Result<(), PlanError> {
        let facts = facts.into();
        let findings = Knowledge::misplaced(&self.item(request)?.source, &facts);
        if findings.iter().any(|finding| finding.severity() == Severity::Error) {
            return Err(PlanError::Facts(findings));
        }
        self.change(request, |source| source.told.push(facts))
    }

    /// Puts another case in the place of a request that has not started or has failed. What was told of it is forgotten; what depends
    /// on it depends on the new one.
    ///
    /// # Errors
    /// When it runs or has finished, or when what is made first for it runs.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let mut plan = Plan::new(&Edition::default());
    /// let request = plan.add("{}");
    /// plan.replace(request, r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#)?;
    /// assert!(matches!(plan.state(request), Some(State::Ready)));
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn replace(&mut self, request: PlannedId, case: impl Into<String>) -> Result<(), PlanError> {
        let case = case.into();
        self.changeable(request)?;
        self.drop_preparation(request.0);
        if let Some(item) = self.items.get_mut(request.0) {
            // What has been made for the old case is not for the new one.
            item.preparation = None;
        }
        self.change(request, |source| *source = Source { case, ..Source::default() })
    }

    /// Takes a request out. What depends on it never starts, unless something else takes its place: [`replace`](Plan::replace).
    ///
    /// # Errors
    /// When it runs or has finished, or when what is made first for it runs.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let mut plan = Plan::new(&Edition::default());
    /// let request = plan.add("{}");
    /// plan.cancel(request)?;
    /// assert!(matches!(plan.state(request), Some(State::Cancelled)));
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn cancel(&mut self, request: PlannedId) -> Result<(), PlanError> {
        self.changeable(request)?;
        self.drop_preparation(request.0);
        self.leave(request.0);
        self.set_stage(request.0, Stage::Cancelled);
        self.block_dependents(request.0);
        Ok(())
    }

    /// How a request stands; `None` where this plan has none such.
    #[must_use]
    pub fn state(&self, request: PlannedId) -> Option<State<'_>> {
        let item = self.items.get(request.0)?;
        let blocked = item.blocked.map(|because| State::NeverStarts { because: PlannedId(because) });
        Some(match &item.stage {
            Stage::Denied(findings) => State::Denied(findings),
            Stage::Invalid(findings) => State::Invalid(findings),
            Stage::Running(_) => State::Running,
            Stage::Finished(image) => State::Finished { image: image.as_deref() },
            Stage::Failed(Again::Never) => State::Failed(Again::Never),
            Stage::Cancelled => State::Cancelled,
            Stage::Undetermined(missing) => blocked.unwrap_or(State::WaitsForFacts(missing)),
            Stage::Failed(again) => blocked.unwrap_or(State::Failed(*again)),
            Stage::Ready => State::Ready,
            Stage::Waiting => blocked.unwrap_or_else(|| {
                let is_open = |index: &usize| self.items.get(*index).is_some_and(|item| !item.is_finished());
                State::WaitsForRequests(item.dependencies.iter().copied().filter(is_open).map(PlannedId).collect())
            }),
        })
    }

    /// The other request for which a ready one waits, because only one may run that uses the same; `None` where there is none.
    #[must_use]
    pub fn turn(&self, request: PlannedId) -> Option<Turn> {
        let item = self.items.get(request.0).filter(|item| matches!(item.stage, Stage::Ready))?;
        let after = self.queue.before(item.place(request.0)?)?;
        let startable = item.startable.as_deref()?;
        let (name, _) = startable.turn.as_ref()?;
        let once = startable.operation.scheduling.one_at_a_time.iter().find(|once| once.name == *name)?;
        Some(Turn { after: PlannedId(after), field: once.name, shared: once.shared })
    }

    /// Every request, in the order in which they were added, and how it stands.
    pub fn states(&self) -> impl Iterator<Item = (PlannedId, State<'_>)> {
        (0..self.items.len()).map(PlannedId).filter_map(|id| Some((id, self.state(id)?)))
    }

    /// How many requests stand how.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.states().for_each(|(_, state)| counts.count(&state));
        counts
    }

    /// Which facts are wanted, by their pointers in a case, and by which requests.
    #[must_use]
    pub fn missing(&self) -> BTreeMap<String, Vec<PlannedId>> {
        let mut all: BTreeMap<String, Vec<PlannedId>> = BTreeMap::new();
        for (id, state) in self.states() {
            if let State::WaitsForFacts(missing) = state {
                missing.iter().for_each(|missing| all.entry(missing.pointer()).or_default().push(id));
            }
        }
        all
    }

    /// Which facts are presumed to be in order, by their pointers in a case, and for which requests that may start now or later:
    /// [`Report::presumed`](crate::Report::presumed).
    ///
    /// ```
    /// use image_preflight::{Edition, plan::Plan};
    /// let mut plan = Plan::new(&Edition::default());
    /// let request = plan.add(r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#);
    /// assert_eq!(plan.presumed()["/facts/ecs/dssDisk"], [request]);
    /// ```
    #[must_use]
    pub fn presumed(&self) -> BTreeMap<String, Vec<PlannedId>> {
        let mut all: BTreeMap<String, Vec<PlannedId>> = BTreeMap::new();
        for (index, item) in self.items.iter().enumerate() {
            let may_start = matches!(item.stage, Stage::Ready | Stage::Waiting) && item.blocked.is_none();
            for presumed in item.startable.iter().filter(|_| may_start).flat_map(|startable| &startable.presumed) {
                all.entry(presumed.pointer()).or_default().push(PlannedId(index));
            }
        }
        all
    }

    /// What can never start as things are, and why.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let mut plan = Plan::new(&Edition::default());
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// let (bad, good) = (plan.add("{}"), plan.add(case));
    /// plan.depends(good, bad)?;
    /// let never: Vec<_> = plan.never().collect();
    /// assert!(matches!(never[..], [(_, State::Invalid(_)), (_, State::NeverStarts { because })] if because == bad));
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn never(&self) -> impl Iterator<Item = (PlannedId, State<'_>)> {
        let is_never = |state: &State<'_>| {
            matches!(
                state,
                State::Denied(_)
                    | State::Invalid(_)
                    | State::NeverStarts { .. }
                    | State::Cancelled
                    | State::Failed(Again::Never)
            )
        };
        self.states().filter(move |(_, state)| is_never(state))
    }

    /// Whether nothing runs and nothing would start if less did: what is left has ended, or waits for its caller.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.queue.is_idle()
    }

    /// How often a request has been started: for a caller who counts what it tries.
    #[must_use]
    pub fn starts(&self, request: PlannedId) -> u32 {
        self.items.get(request.0).map_or(0, |item| item.starts)
    }

    /// What the plan has put before this request, such as the copy within the region of an image that is encrypted.
    #[must_use]
    pub fn preparation_of(&self, request: PlannedId) -> Option<PlannedId> {
        self.items.get(request.0)?.preparation.map(PlannedId)
    }

    /// The request that this one has been put before by the plan.
    #[must_use]
    pub fn prepares(&self, request: PlannedId) -> Option<PlannedId> {
        self.items.get(request.0)?.prepares.map(PlannedId)
    }

    /// The operation of a request; `None` where its case names none that is known.
    #[must_use]
    pub fn operation(&self, request: PlannedId) -> Option<&'static Operation> {
        let item = self.items.get(request.0)?;
        item.startable.as_ref().map(|startable| startable.operation).or_else(|| Knowledge::operation_of(&item.source))
    }

    pub(super) fn is_finished(&self, request: PlannedId) -> bool {
        self.items.get(request.0).is_some_and(Item::is_finished)
    }

    fn item(&self, request: PlannedId) -> Result<&Item, PlanError> {
        self.items.get(request.0).ok_or(PlanError::NotPlanned(request))
    }

    fn set_stage(&mut self, index: usize, stage: Stage) {
        if let Some(item) = self.items.get_mut(index) {
            item.stage = stage;
        }
    }

    /// That a request has not started, nor what is made first for it; gives that.
    fn changeable(&self, request: PlannedId) -> Result<Option<usize>, PlanError> {
        let item = self.item(request)?;
        let preparation =
            item.preparation.filter(|index| self.items.get(*index).is_some_and(|item| !item.is_finished()));
        let runs = preparation.is_some_and(|index| self.items.get(index).is_some_and(Item::is_started));
        if item.is_started() || runs { Err(PlanError::Started(request)) } else { Ok(preparation) }
    }

    fn change(&mut self, request: PlannedId, change: impl FnOnce(&mut Source)) -> Result<(), PlanError> {
        self.changeable(request)?;
        let index = request.0;
        self.drop_preparation(index);
        self.leave(index);
        if let Some(item) = self.items.get_mut(index) {
            change(&mut item.source);
        }
        self.settle(index);
        Ok(())
    }

    /// Judges a request by what is known now, and puts it where it belongs.
    fn settle(&mut self, index: usize) {
        self.leave(index);
        let Some(item) = self.items.get_mut(index) else { return };
        let was_dead = item.is_dead();
        let judgement = Knowledge { edition: &self.edition, used: &self.used }.judge(&item.source);
        item.startable = None;
        match judgement {
            Judgement::MayStart(startable) => {
                item.startable = Some(startable);
                item.stage = Stage::Waiting;
            }
            Judgement::Prepare => item.stage = Stage::Waiting,
            Judgement::Undetermined(missing) => item.stage = Stage::Undetermined(missing),
            Judgement::Denied(findings) => item.stage = Stage::Denied(findings),
            Judgement::Invalid(findings) => item.stage = Stage::Invalid(findings),
        }
        let is_dead = item.is_dead();
        let needs_first =
            item.startable.is_none() && matches!(item.stage, Stage::Waiting) && item.preparation.is_none();
        let has_dependents = !item.dependents.is_empty();
        if was_dead && !is_dead && has_dependents {
            self.unblock_dependents(index, None);
        }
        if is_dead && !was_dead {
            self.block_dependents(index);
        }
        if needs_first {
            self.prepare(index);
        }
        self.enter(index);
    }

    /// Adds what has to be made first for a request.
    fn prepare(&mut self, index: usize) {
        let Some(item) = self.items.get_mut(index) else { return };
        let source = Source { role: Role::Preparation, ..item.source.clone() };
        let mut preparation = Item::new(source, item.priority);
        preparation.prepares = Some(index);
        let first = self.items.len();
        self.items.push(preparation);
        let Some(item) = self.items.get_mut(index) else { return };
        item.preparation = Some(first);
        let dependencies = item.dependencies.clone();
        dependencies.into_iter().for_each(|on| self.link(first, on));
        self.link(index, first);
        self.settle(first);
    }

    /// Takes out what was to be made first for a request, if that has not finished.
    fn drop_preparation(&mut self, index: usize) {
        let Some(first) = self.items.get_mut(index).and_then(|item| item.preparation.take()) else { return };
        if self.items.get(first).is_some_and(Item::is_finished) {
            // The image that it has made is still there.
            if let Some(item) = self.items.get_mut(index) {
                item.preparation = Some(first);
            }
            return;
        }
        self.leave(first);
        let Some(preparation) = self.items.get_mut(first) else { return };
        let (was_dead, was_blocked) = (preparation.is_dead(), preparation.blocked);
        preparation.stage = Stage::Cancelled;
        preparation.dependents.remove(&index);
        if let Some(item) = self.items.get_mut(index)
            && item.dependencies.remove(&first)
        {
            item.open = item.open.saturating_sub(1);
        }
        if was_dead || was_blocked.is_some() {
            self.unblock(vec![index], [Some(first), was_blocked]);
        } else {
            self.block_dependents(first);
        }
    }

    /// Takes a request out of the queue.
    fn leave(&mut self, index: usize) {
        if let Some(item) = self.items.get_mut(index)
            && matches!(item.stage, Stage::Ready)
        {
            item.stage = Stage::Waiting;
            if let Some(place) = item.place(index) {
                self.queue.leave(place);
            }
        }
    }

    /// Puts a request into the queue, if it waits for nothing more.
    fn enter(&mut self, index: usize) {
        let Some(item) = self.items.get_mut(index) else { return };
        if !matches!(item.stage, Stage::Waiting) || item.open > 0 {
            return;
        }
        let Some(startable) = item.startable.as_deref() else { return };
        let is_used = startable.turn.as_ref().is_some_and(|turn| self.used.contains(turn));
        if is_used && !startable.is_used {
            // Its value has been used up since it was judged.
            return self.settle(index);
        }
        if let Some(place) = item.place(index) {
            self.queue.enter(place);
            item.stage = Stage::Ready;
        }
    }

    /// Ends a request that runs.
    fn end(&mut self, request: PlannedId, stage: Stage) -> Result<(), PlanError> {
        self.item(request)?;
        let Some(item) = self.items.get_mut(request.0) else { return Err(PlanError::NotPlanned(request)) };
        let Stage::Running(call) = item.stage else { return Err(PlanError::NotRunning(request)) };
        item.stage = stage;
        if let Some(place) = item.place(request.0) {
            self.queue.end(place);
        }
        if let Some(call) = self.calls.get_mut(call) {
            call.running = call.running.saturating_sub(1);
            if call.running == 0 {
                self.queue.call_ends(call.limit);
            }
        }
        Ok(())
    }

    fn link(&mut self, index: usize, on: usize) {
        let Some(other) = self.items.get_mut(on) else { return };
        other.dependents.insert(index);
        let (is_open, dead) = (!other.is_finished(), other.lost_by(on));
        let Some(item) = self.items.get_mut(index) else { return };
        if item.dependencies.insert(on) && is_open {
            item.open += 1;
            self.leave(index);
        }
        if let Some(because) = dead {
            self.block(index, because);
        }
    }

    /// Whether a request waits for another one, which is also itself. Both directions are searched in turn: it takes the time of the
    /// shorter search.
    fn waits_for(&self, index: usize, other: usize) -> bool {
        if index == other {
            return true;
        }
        let mut down = Search::from(index);
        let mut up = Search::from(other);
        loop {
            match down.step(other, |at| self.items.get(at).map(|item| &item.dependencies)) {
                Some(found) => return found,
                None => {
                    if let Some(found) = up.step(index, |at| self.items.get(at).map(|item| &item.dependents)) {
                        return found;
                    }
                }
            }
        }
    }

    fn block_dependents(&mut self, because: usize) {
        let dependents = self.items.get(because).map(|item| item.dependents.clone()).unwrap_or_default();
        dependents.into_iter().for_each(|index| self.block(index, because));
    }

    /// Notes that a request never starts, nor what depends on it. What depends on one that is dead itself never starts for its sake: it
    /// need not be asked again when this one can start after all.
    fn block(&mut self, index: usize, because: usize) {
        let mut all = vec![index];
        while let Some(index) = all.pop() {
            if let Some(item) = self.items.get_mut(index)
                && item.blocked.is_none()
                && !item.is_started()
            {
                item.blocked = Some(because);
                if !item.is_dead() {
                    all.extend(&item.dependents);
                }
            }
        }
    }

    /// Blocks a request if something that it depends on never starts.
    fn block_if_lost(&mut self, index: usize) {
        let Some(item) = self.items.get(index) else { return };
        let lost = |on: &usize| self.items.get(*on)?.lost_by(*on);
        if let Some(because) = item.dependencies.iter().find_map(lost) {
            self.block(index, because);
        }
    }

    /// Finds out anew what of those that depend on a request never starts, now that it can, or has been sent although it was blocked.
    fn unblock_dependents(&mut self, index: usize, was_blocked: Option<usize>) {
        let dependents = self.items.get(index).map(|item| item.dependents.iter().copied().collect());
        self.unblock(dependents.unwrap_or_default(), [Some(index), was_blocked]);
    }

    /// Finds out anew whether these never start, and what depends on them, as far as it was for one of these causes: from a cause to all
    /// that never starts for its sake there is a way through nothing else.
    fn unblock(&mut self, mut next: Vec<usize>, causes: [Option<usize>; 2]) {
        let mut all = Vec::new();
        while let Some(index) = next.pop() {
            if let Some(item) = self.items.get_mut(index)
                && item.blocked.is_some()
                && causes.contains(&item.blocked)
            {
                item.blocked = None;
                all.push(index);
                next.extend(&item.dependents);
            }
        }
        all.into_iter().for_each(|index| self.block_if_lost(index));
    }

    /// Adds others to a call, as long as it takes them. No image is listed twice.
    fn gathered(
        &self,
        group: &str,
        mut requests: Vec<usize>,
        mut images: Vec<(String, PlannedId)>,
        most: usize,
    ) -> (Vec<usize>, Vec<(String, PlannedId)>) {
        for (_, _, index) in self.queue.of_group(group).take(most.saturating_mul(LOOK_AHEAD)) {
            let listed = self.items.get(index).and_then(|item| item.startable.as_ref()?.group.as_ref());
            let Some((_, ids)) = listed.filter(|_| !requests.contains(&index)) else { continue };
            let is_new = ids.iter().all(|id| images.iter().all(|(known, _)| known != id));
            if is_new && images.len() + ids.len() <= most {
                requests.push(index);
                images.extend(ids.iter().map(|id| (id.clone(), PlannedId(index))));
            }
        }
        (requests, images)
    }

    /// The one call of several requests; those that make it one which would be refused are left out. `None` where one is left.
    fn one_call(
        &self,
        requests: &mut Vec<usize>,
        images: &mut Vec<(String, PlannedId)>,
    ) -> Option<crate::check::cleared_request::ClearedRequest> {
        let knowledge = Knowledge { edition: &self.edition, used: &self.used };
        while requests.len() > 1 {
            let sources: Vec<_> = requests.iter().filter_map(|index| Some(&self.items.get(*index)?.source)).collect();
            let ids: Vec<_> = images.iter().map(|(id, _)| id.clone()).collect();
            if let Some(request) = knowledge.together(&sources, &ids) {
                return Some(request);
            }
            let last = requests.pop();
            images.retain(|(_, request)| Some(request.0) != last);
        }
        None
    }
}

/// A search through what requests wait for, one step at a time.
struct Search {
    seen: BTreeSet<usize>,
    next: Vec<usize>,
}

impl Search {
    fn from(index: usize) -> Self {
        Search { seen: BTreeSet::from([index]), next: vec![index] }
    }

    /// One step: whether it is found; `None` as long as that is not known.
    fn step<'i>(&mut self, wanted: usize, of: impl Fn(usize) -> Option<&'i BTreeSet<usize>>) -> Option<bool> {
        let Some(at) = self.next.pop() else { return Some(false) };
        for index in of(at).into_iter().flatten() {
            if *index == wanted {
                return Some(true);
            }
            if self.seen.insert(*index) {
                self.next.push(*index);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::explain;
    use std::num::NonZeroU64;

    const SLOTS: usize = 2;

    fn edition() -> Edition {
        Edition::default().with_concurrent_copies(NonZeroU64::new(SLOTS as u64).expect("it is not 0"))
    }

    /// A copy to another region; of a full-ECS image, where it names one.
    fn copy(image: &str, facts: &str) -> String {
        let full_ecs = image.starts_with("full");
        let vault = if full_ecs { r#", "vault_id": "v""# } else { "" };
        format!(
            r#"{{"operation": "ims.cross-region-copy", "path": {{"image_id": "{image}"}}, "body": {{"name": "copy",
            "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "a"{vault}}}, "facts": {{
            "sourceRegion": "cn-north-4", "copiesInFlight": 99, "image": {{"fullEcs": {full_ecs}, "iso": false,
            "os": "linux", "replicated": false, "sizeBytes": 1, "visibility": "private", "status": "active"{facts}}}}}}}"#
        )
    }

    fn plain(image: &str) -> String {
        copy(image, r#", "encrypted": false"#)
    }

    fn encrypted(image: &str) -> String {
        copy(image, r#", "encrypted": true"#)
    }

    fn listed(images: &[&str], quota: u64) -> String {
        let facts = images.iter().map(|image| {
            format!(
                r#""{image}": {{"visibility": "private", "rootDevice": "cloudDisk", "status": "ready",
                "snapshotEncrypted": false, "busy": false, "snapshots": 1}}"#
            )
        });
        format!(
            r#"{{"operation": "jd.copy-images", "path": {{"regionId": "cn-north-1"}}, "body": {{"sourceImageIds": {images:?},
            "destinationRegion": "cn-east-2"}}, "facts": {{"images": {{{}}},
            "destinationQuota": {{"images": {quota}, "snapshots": {quota}}}}}}}"#,
            facts.collect::<Vec<_>>().join(",")
        )
    }

    fn of_backup(backup: &str) -> String {
        format!(
            r#"{{"operation": "ims.whole-image", "body": {{"name": "n", "backup_id": "{backup}", "whole_image_type": "CBR"}},
            "facts": {{"backup": {{"used": false, "shared": false, "configured": true, "status": "available"}}}}}}"#
        )
    }

    fn planned(cases: &[String]) -> (Plan, Vec<PlannedId>) {
        let mut plan = Plan::new(&edition());
        let ids = cases.iter().map(|case| plan.add(case.as_str())).collect();
        (plan, ids)
    }

    /// What an independent observer of a plan remembers.
    #[derive(Clone, Default)]
    struct Seen {
        /// By request: how often it was given out, whether it runs, whether it has finished, how it has failed.
        starts: Vec<u32>,
        running: BTreeSet<usize>,
        finished: BTreeSet<usize>,
        failed: BTreeMap<usize, Again>,
        put_back: Vec<u32>,
    }

    /// What a request is to the observer.
    #[derive(Clone)]
    struct Spec {
        case: String,
        /// Whether it takes one of the slots.
        is_limited: bool,
        turn: Option<&'static str>,
        needs: Vec<usize>,
    }

    /// Follows every order of answers to its end, and asks the laws after each step.
    struct Walk<'w> {
        specs: &'w [Spec],
        outcomes: &'w [Option<Again>],
        steps: usize,
        ends: usize,
    }

    impl Walk<'_> {
        fn start(specs: &[Spec], outcomes: &[Option<Again>]) -> (usize, usize) {
            let mut plan = Plan::new(&edition());
            for spec in specs {
                plan.add(spec.case.as_str());
            }
            for (index, spec) in specs.iter().enumerate() {
                for on in &spec.needs {
                    plan.depends(PlannedId(index), PlannedId(*on)).expect("there is no circle");
                }
            }
            let nothing = vec![0; specs.len()];
            let mut seen = Seen { starts: nothing.clone(), put_back: nothing, ..Seen::default() };
            let mut walk = Walk { specs, outcomes, steps: 0, ends: 0 };
            walk.wave(&mut plan, &mut seen);
            walk.go(&plan, &seen);
            (walk.steps, walk.ends)
        }

        /// Takes what may start, and asks the laws.
        fn wave(&mut self, plan: &mut Plan, seen: &mut Seen) {
            for start in plan.wave() {
                for PlannedId(index) in start.requests() {
                    // Nothing is started twice, nor before what it needs.
                    assert!(seen.running.insert(*index) && !seen.finished.contains(index));
                    assert!(self.specs[*index].needs.iter().all(|on| seen.finished.contains(on)));
                    seen.starts[*index] += 1;
                    assert_eq!(seen.starts[*index], 1 + seen.put_back[*index]);
                }
            }
            // The limits hold.
            let limited = seen.running.iter().filter(|index| self.specs[**index].is_limited).count();
            assert!(limited <= SLOTS);
            let turns: Vec<_> = seen.running.iter().filter_map(|index| self.specs[*index].turn).collect();
            assert_eq!(turns.iter().collect::<BTreeSet<_>>().len(), turns.len());
            // Everything that may start has been started, and everything is somewhere.
            for (index, spec) in self.specs.iter().enumerate() {
                let is_settled =
                    seen.running.contains(&index) || seen.finished.contains(&index) || seen.failed.contains_key(&index);
                let must_wait = spec.needs.iter().any(|on| !seen.finished.contains(on))
                    || spec.is_limited && limited == SLOTS
                    || spec.turn.is_some_and(|turn| turns.contains(&turn));
                assert!(is_settled || must_wait, "request {index} could have been started");
            }
            self.compare(plan, seen);
            self.steps += 1;
        }

        /// The plan says what the observer has seen.
        fn compare(&self, plan: &Plan, seen: &Seen) {
            let counts = plan.counts();
            assert_eq!(counts.total(), self.specs.len());
            assert_eq!((counts.running, counts.finished), (seen.running.len(), seen.finished.len()));
            for (index, spec) in self.specs.iter().enumerate() {
                let dead = |on: &usize| matches!(seen.failed.get(on), Some(Again::Never));
                let mut all = spec.needs.clone();
                while let Some(next) =
                    all.iter().flat_map(|on| &self.specs[*on].needs).find(|on| !all.contains(on)).copied()
                {
                    all.push(next);
                }
                match plan.state(PlannedId(index)).expect("it is planned") {
                    State::Ready => {
                        assert!(spec.needs.iter().all(|on| seen.finished.contains(on)));
                        // What runs and uses the same is what it waits for.
                        let runs = seen.running.iter().copied().find(|on| self.specs[*on].turn == spec.turn);
                        let after = plan.turn(PlannedId(index)).map(|turn| turn.after.0);
                        match spec.turn {
                            Some(_) if runs.is_some() => assert_eq!(after, runs),
                            Some(turn) => assert!(after.is_none_or(|on| self.specs[on].turn == Some(turn))),
                            None => assert_eq!(after, None),
                        }
                    }
                    State::Running => assert!(seen.running.contains(&index)),
                    State::Finished { image } => assert!(seen.finished.contains(&index) && image == Some("image")),
                    State::Failed(again) => assert_eq!(seen.failed.get(&index), Some(&again)),
                    State::NeverStarts { because } => assert!(all.contains(&because.0) && dead(&because.0)),
                    State::WaitsForRequests(on) => {
                        let open: Vec<_> = spec.needs.iter().filter(|on| !seen.finished.contains(on)).collect();
                        assert_eq!(on.iter().map(|on| &on.0).collect::<Vec<_>>(), open);
                        assert!(!all.iter().any(dead));
                    }
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(plan.is_done(), counts.ready + counts.running == 0);
        }

        fn go(&mut self, plan: &Plan, seen: &Seen) {
            let mut ends = true;
            for &index in &seen.running {
                for outcome in self.outcomes {
                    let tries = seen.put_back.iter().sum::<u32>() as usize + seen.failed.len();
                    if outcome.is_some_and(|again| again != Again::Never) && tries > 1 {
                        continue;
                    }
                    ends = false;
                    let (mut plan, mut seen) = (plan.clone(), seen.clone());
                    seen.running.remove(&index);
                    match outcome {
                        None => {
                            seen.finished.insert(index);
                            plan.finished(PlannedId(index), Some("image")).expect("it runs");
                        }
                        Some(again) => {
                            plan.failed(PlannedId(index), *again).expect("it runs");
                            if *again == Again::Now {
                                seen.put_back[index] += 1;
                            } else {
                                seen.failed.insert(index, *again);
                            }
                        }
                    }
                    assert_eq!(plan.finished(PlannedId(index), None), Err(PlanError::NotRunning(PlannedId(index))));
                    self.wave(&mut plan, &mut seen);
                    self.go(&plan, &seen);
                }
            }
            for (&index, &again) in &seen.failed {
                let (mut plan, mut seen) = (plan.clone(), seen.clone());
                let put_back = plan.retry(PlannedId(index));
                assert_eq!(put_back.is_ok(), again != Again::Never);
                if put_back.is_ok() {
                    ends = false;
                    seen.failed.remove(&index);
                    seen.put_back[index] += 1;
                    self.wave(&mut plan, &mut seen);
                    self.go(&plan, &seen);
                }
            }
            if ends {
                // Whatever is left never starts.
                assert!(plan.is_done());
                assert_eq!(plan.never().count() + seen.finished.len(), self.specs.len());
                self.ends += 1;
            }
        }
    }

    fn spec(kind: usize, index: usize) -> Spec {
        let spec = |case, is_limited, turn| Spec { case, is_limited, turn, needs: Vec::new() };
        match kind {
            0 => spec(plain(&format!("image-{index}")), true, None),
            1 => spec(plain("full"), true, Some("full")),
            _ => spec(listed(&[&format!("img-{index}")], 99), false, None),
        }
    }

    /// Every way in which later requests may need earlier ones, by the bits of a number.
    fn with_needs(specs: &[Spec], mut bits: usize) -> Vec<Spec> {
        let mut specs = specs.to_vec();
        for (index, spec) in specs.iter_mut().enumerate() {
            for on in 0..index {
                if bits & 1 == 1 {
                    spec.needs.push(on);
                }
                bits >>= 1;
            }
        }
        specs
    }

    #[test]
    fn the_laws_hold_for_five_copies_two_slots_every_dependency_and_every_order_of_ends() {
        let specs: Vec<_> = (0..5).map(|index| spec(0, index)).collect();
        let (mut steps, mut ends) = (0, 0);
        for bits in 0..1 << 10 {
            let (more, ended) = Walk::start(&with_needs(&specs, bits), &[None]);
            (steps, ends) = (steps + more, ends + ended);
        }
        println!("{steps} steps, {ends} ends");
        assert!(ends >= 1 << 10);
    }

    #[test]
    fn the_laws_hold_for_every_mix_of_three_every_dependency_and_every_failure() {
        let outcomes = [None, Some(Again::Now), Some(Again::Later), Some(Again::Never)];
        let (mut steps, mut ends) = (0, 0);
        for kinds in 0..27 {
            let specs: Vec<_> = (0..3).map(|index| spec(kinds / 3_usize.pow(index as u32) % 3, index)).collect();
            for bits in 0..1 << 3 {
                let (more, ended) = Walk::start(&with_needs(&specs, bits), &outcomes);
                (steps, ends) = (steps + more, ends + ended);
            }
        }
        println!("{steps} steps, {ends} ends");
        assert!(ends > 27 << 3);
    }

    #[test]
    fn the_laws_hold_for_four_mixed_requests_that_end_or_fail_for_good() {
        let (mut steps, mut ends) = (0, 0);
        for kinds in [[0, 0, 0, 0], [0, 1, 1, 0], [1, 1, 2, 0], [2, 2, 2, 2]] {
            let specs: Vec<_> = kinds.into_iter().enumerate().map(|(index, kind)| spec(kind, index)).collect();
            for bits in 0..1 << 6 {
                let (more, ended) = Walk::start(&with_needs(&specs, bits), &[None, Some(Again::Never)]);
                (steps, ends) = (steps + more, ends + ended);
            }
        }
        println!("{steps} steps, {ends} ends");
        assert!(ends > 4 << 6);
    }

    #[test]
    fn an_encrypted_image_is_copied_within_its_region_first() {
        let (mut plan, ids) = planned(&[encrypted("secret"), plain("other")]);
        let first = plan.preparation_of(ids[0]).expect("it is encrypted");
        assert_eq!((plan.prepares(first), plan.prepares(ids[0])), (Some(ids[0]), None));
        assert_eq!(plan.waves(), [vec![first, ids[1]], vec![ids[0]]]);
        let paths: Vec<_> = plan.wave().iter().map(|start| start.request().path().to_owned()).collect();
        assert_eq!(paths, ["/v1/cloudimages/secret/copy", "/v1/cloudimages/other/cross_region_copy"]);
        assert!(matches!(plan.state(ids[0]), Some(State::WaitsForRequests(on)) if on == [first]));
        assert_eq!(plan.cancel(ids[0]), Err(PlanError::Started(ids[0])));

        // Without the new image's id there is no address.
        let mut unnamed = plan.clone();
        unnamed.finished(first, None).expect("it runs");
        assert_eq!(unnamed.missing().into_keys().collect::<Vec<_>>(), ["/path/image_id"]);

        plan.finished(first, Some("clear")).expect("it runs");
        let start = plan.next_start().expect("it may start");
        assert_eq!(start.request().path(), "/v1/cloudimages/clear/cross_region_copy");
        assert!(start.request().body().contains(r#""region":"cn-south-1""#));
    }

    #[test]
    fn what_fails_first_keeps_the_copy_waiting_or_ends_it() {
        let (mut plan, ids) = planned(&[encrypted("secret")]);
        let first = plan.preparation_of(ids[0]).expect("it is encrypted");
        plan.wave();
        plan.failed(first, Again::Later).expect("it runs");
        assert!(matches!(plan.state(ids[0]), Some(State::WaitsForRequests(_))));
        plan.retry(first).expect("it may be tried again");
        plan.wave();
        plan.failed(first, &explain(None, "IMG.0143")).expect("it runs");
        assert!(matches!(plan.state(ids[0]), Some(State::NeverStarts { because }) if because == first));
        // Another case needs no preparation.
        plan.replace(ids[0], plain("open")).expect("it has not started");
        assert!(matches!(plan.state(ids[0]), Some(State::Ready)));
        assert!(matches!(plan.state(first), Some(State::Cancelled)));
        assert_eq!(plan.preparation_of(ids[0]), None);
        // And one that is encrypted needs another one.
        plan.replace(ids[0], encrypted("secret")).expect("it has not started");
        assert_ne!(plan.preparation_of(ids[0]), Some(first));
        assert_eq!(plan.wave().len(), 1);
    }

    #[test]
    fn what_is_made_first_waits_for_what_the_copy_waits_for() {
        let (mut plan, ids) = planned(&[encrypted("secret"), plain("other")]);
        plan.depends(ids[0], ids[1]).expect("there is no circle");
        assert_eq!(plan.waves().len(), 3);
        let first = plan.preparation_of(ids[0]).expect("it is encrypted");
        assert_eq!(plan.depends(first, ids[0]), Err(PlanError::Circle { request: first, on: ids[0] }));
        assert_eq!(plan.depends(ids[0], first), Ok(()));
        // It is known later that it is encrypted: the same.
        let (mut plan, ids) = planned(&[copy("unclear", ""), plain("other")]);
        plan.depends(ids[0], ids[1]).expect("there is no circle");
        plan.tell(ids[0], r#"{"image": {"encrypted": true}}"#).expect("it waits");
        assert_eq!(plan.waves().len(), 3);
    }

    #[test]
    fn an_encrypted_image_that_is_wrong_otherwise_is_denied() {
        for (right, wrong) in
            [(r#""iso": false"#, r#""iso": true"#), (r#""sizeBytes": 1"#, r#""sizeBytes": 900000000000"#)]
        {
            let (plan, ids) = planned(&[encrypted("secret").replace(right, wrong)]);
            assert!(matches!(plan.state(ids[0]), Some(State::Denied(_))), "{wrong}");
            assert_eq!(plan.preparation_of(ids[0]), None);
        }
        let windows = plain("w").replace("linux", "windows").replace(r#""encrypted": false"#, r#""encrypted": true"#);
        let (plan, ids) = planned(&[windows]);
        let Some(State::Denied(findings)) = plan.state(ids[0]) else { panic!("Windows is not copied in its region") };
        assert!(findings.iter().any(|finding| finding.rule().id == "ims.in-region-copy.not-windows"));
    }

    #[test]
    fn ids_go_into_as_few_calls_as_a_call_takes() {
        let cases: Vec<_> = (0..23).map(|image| listed(&[&format!("img-{image}")], 99)).collect();
        let (mut plan, ids) = planned(&cases);
        let starts = plan.wave();
        assert_eq!(starts.iter().map(|start| start.requests().len()).collect::<Vec<_>>(), [10, 10, 3]);
        assert_eq!(starts[1].request_of("img-12"), Some(ids[12]));
        assert_eq!(starts[1].request_of("img-2"), None);
        // Each ends by itself.
        plan.finished(ids[3], Some("copy")).expect("it runs");
        plan.failed(ids[4], Again::Now).expect("it runs");
        assert_eq!(plan.next_start().expect("it was put back").requests(), [ids[4]]);
    }

    #[test]
    fn a_call_has_one_destination_no_image_twice_and_what_the_quota_allows() {
        let elsewhere = listed(&["img-9"], 99).replace("cn-east-2", "cn-south-1");
        let named = listed(&["img-8"], 99).replace("\"destinationRegion\"", "\"name\": \"n\", \"destinationRegion\"");
        let (mut plan, ids) = planned(&[
            listed(&["img-1", "img-2"], 99),
            elsewhere,
            listed(&["img-2"], 99),
            listed(&["img-3"], 99),
            named,
        ]);
        let calls: Vec<_> = plan.wave().into_iter().map(|start| start.requests).collect();
        assert_eq!(calls, [vec![ids[0], ids[3]], vec![ids[1]], vec![ids[2]], vec![ids[4]]]);
        let cases: Vec<_> = (0..5).map(|image| listed(&[&format!("img-{image}")], 2)).collect();
        let calls: Vec<_> = planned(&cases).0.wave().into_iter().map(|start| start.requests.len()).collect();
        assert_eq!(calls, [2, 2, 1]);
        let full: Vec<_> = (0..10).map(|image| format!("img-{image}")).collect();
        let full: Vec<_> = full.iter().map(String::as_str).collect();
        assert_eq!(planned(&[listed(&full[..6], 99), listed(&full[6..], 99), listed(&["x"], 99)]).0.wave().len(), 2);
    }

    #[test]
    fn a_backup_makes_one_image_at_a_time_and_only_one() {
        let (mut plan, ids) = planned(&[of_backup("b"), of_backup("b"), of_backup("other"), of_backup("b")]);
        plan.depends(ids[3], ids[2]).expect("there is no circle");
        let started: Vec<_> = plan.wave().into_iter().flat_map(|start| start.requests).collect();
        assert_eq!(started, [ids[0], ids[2]]);
        assert_eq!(plan.turn(ids[1]).map(|turn| (turn.after, turn.field)), Some((ids[0], "backup_id")));
        assert_eq!([ids[0], ids[2], ids[3]].map(|id| plan.turn(id)), [None; 3]);
        let end = plan.at_its_end();
        assert!([ids[1], ids[3]].iter().all(|id| matches!(end.state(*id), Some(State::Denied(_)))));
        let mut failing = plan.clone();
        failing.failed(ids[0], Again::Never).expect("it runs");
        assert_eq!(failing.next_start().expect("the backup is free").requests(), [ids[1]]);
        plan.finished(ids[0], Some("image")).expect("it runs");
        plan.finished(ids[2], Some("image")).expect("it runs");
        assert!(plan.wave().is_empty() && plan.is_done());
        for id in [ids[1], ids[3], plan.add(of_backup("b"))] {
            let Some(State::Denied(findings)) = plan.state(id) else { panic!("the backup is used") };
            assert!(findings.iter().any(|finding| finding.rule().id == "ims.whole-image.backup-single-use"));
        }
    }

    /// Somebody else may have sent two that use the same: the next one waits for both.
    #[test]
    fn what_two_use_is_free_once_both_have_ended() {
        let (mut plan, ids) = planned(&[plain("full"), plain("full"), plain("full")]);
        for id in &ids[..2] {
            plan.began(*id).expect("it has not started");
        }
        plan.set_copies_in_flight(0);
        for (ended, after) in [(0, Some(1)), (1, None)] {
            plan.finished(ids[ended], None).expect("it runs");
            assert_eq!(plan.turn(ids[2]).map(|turn| turn.after), after.map(|index: usize| ids[index]));
            assert_eq!(plan.clone().next_start().is_some(), after.is_none());
        }
    }

    /// Only what is broken is a reason; a case that cannot be judged is no refusal.
    #[test]
    fn reasons_are_what_is_broken() {
        let unclear = copy("i", "").replace(r#""iso": false"#, r#""iso": true"#);
        let advised = unclear.replacen(r#""copiesInFlight""#, r#""backup": {"used": true}, "copiesInFlight""#, 1);
        let odd = plain("i").replacen(r#""copiesInFlight""#, r#""copies""#, 1);
        let (plan, ids) = planned(&[unclear, advised, odd, "{}".to_owned()]);
        for (id, expected) in ids.iter().zip([
            ("denied", &["ims.cross-region-copy.not-iso"][..]),
            ("denied", &["ims.cross-region-copy.not-iso"]),
            ("invalid", &["case.facts"]),
            ("invalid", &["case.operation"]),
        ]) {
            let state = plan.state(*id).expect("it is planned");
            let (State::Denied(findings) | State::Invalid(findings)) = state else { panic!("{state:?}") };
            let rules: Vec<_> = findings.iter().map(|finding| finding.rule().id).collect();
            assert_eq!((state.name().as_str(), &rules[..]), expected);
        }
        assert_eq!((plan.counts().denied, plan.counts().invalid), (2, 2));
        assert_eq!(plan.never().count(), 4);
    }

    #[test]
    fn priorities_decide_what_starts_first_also_among_those_that_take_turns() {
        let mut plan = Plan::new(&edition());
        let full: Vec<_> = (0..3).map(|priority| plan.add_with(plain("full"), priority)).collect();
        let others: Vec<_> = (0..3).map(|image| plan.add_with(plain(&format!("i{image}")), 1)).collect();
        let started: Vec<_> = plan.wave().into_iter().flat_map(|start| start.requests).collect();
        assert_eq!(started, [full[2], others[0]]);
        plan.finished(full[2], None).expect("it runs");
        assert_eq!(plan.next_start().expect("there is a slot").requests(), [full[1]]);
        plan.finished(others[0], None).expect("it runs");
        assert_eq!(plan.next_start().expect("there is a slot").requests(), [others[1]]);
    }

    #[test]
    fn what_others_run_takes_part_of_the_limit() {
        let cases: Vec<_> = (0..4).map(|image| plain(&format!("i{image}"))).collect();
        for others in 0..4 {
            let (mut plan, _) = planned(&cases);
            plan.set_copies_in_flight(others);
            assert_eq!(plan.wave().len(), SLOTS.saturating_sub(others as usize));
        }
        let (mut plan, _) = planned(&cases);
        plan.set_copies_in_flight(u64::MAX);
        assert!(plan.wave().is_empty() && !plan.is_done());
    }

    #[test]
    fn values_that_are_not_known_yet_are_waited_for() {
        let case = plain("i").replacen('{', r#"{"unknown": ["/body/agency_name"], "#, 1);
        let (mut plan, ids) = planned(&[case]);
        assert_eq!(plan.missing().into_keys().collect::<Vec<_>>(), ["/body/agency_name"]);
        plan.replace(ids[0], plain("i")).expect("it has not started");
        assert_eq!(plan.wave().len(), 1);
        for error in [plan.replace(ids[0], "{}"), plan.tell(ids[0], "{}"), plan.cancel(ids[0])] {
            assert_eq!(error, Err(PlanError::Started(ids[0])));
        }
        let (mut plan, _) = planned(&[]);
        assert_eq!(plan.cancel(ids[0]), Err(PlanError::NotPlanned(ids[0])));
        assert!(plan.state(ids[0]).is_none());
    }

    #[test]
    fn facts_that_cannot_be_used_are_said_to_be_with_their_place() {
        let (mut plan, ids) = planned(&[copy("i", "")]);
        let mut said = |facts: &str| plan.tell(ids[0], facts).expect_err("they are wrong").to_string();
        assert!(said("{").starts_with("the facts cannot be used: Line 1"), "{}", said("{"));
        assert!(said(r#"{"image": {"os": 1}}"#).starts_with("the facts cannot be used: /facts/image/os: "));
        let other = said(r#"{"imageObject": {"id": "other", "status": "active", "__os_type": "Linux"}}"#);
        assert!(other.starts_with("the facts cannot be used: /facts/imageObject: `imageObject` describes"), "{other}");
    }

    #[test]
    fn what_can_never_start_can_when_something_right_takes_the_wrong_place() {
        let (mut plan, ids) = planned(&["{}".to_owned(), plain("a"), plain("b"), plain("c")]);
        plan.depends(ids[2], ids[1]).expect("there is no circle");
        plan.depends(ids[1], ids[0]).expect("there is no circle");
        let blocked = |plan: &Plan| {
            let blocked = plan.states().filter(|(_, state)| matches!(state, State::NeverStarts { .. }));
            blocked.map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(blocked(&plan), [ids[1], ids[2]]);
        plan.replace(ids[0], plain("right")).expect("it has not started");
        assert_eq!(blocked(&plan), []);
        plan.cancel(ids[1]).expect("it has not started");
        assert_eq!(blocked(&plan), [ids[2]]);
        plan.replace(ids[1], plain("a")).expect("it has not started");
        assert_eq!(plan.waves(), [vec![ids[0], ids[3]], vec![ids[1]], vec![ids[2]]]);
    }

    /// What never starts is found out for those that a change concerns; here it is found out for all, after each of many changes.
    #[test]
    fn what_never_starts_is_what_depends_on_something_that_does_not() {
        let mut random = 1_u64;
        let mut below = |most: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % most
        };
        let mut blocked = 0;
        for _ in 0..300 {
            let mut plan = Plan::new(&Edition::default());
            let case = |kind: usize| match kind {
                0 | 1 => "{}".to_owned(),
                2 => encrypted("secret"),
                3 => copy("unclear", ""),
                _ => plain("i"),
            };
            let ids: Vec<_> = (0..12).map(|_| plan.add(case(below(8)))).collect();
            for _ in 0..60 {
                let id = PlannedId(below(plan.items.len()));
                // Each may be refused: that is another law's matter.
                let _ = match below(12) {
                    0..=3 => plan.depends(id, ids[below(ids.len())]),
                    4 | 5 => plan.replace(id, case(below(8))),
                    6 => plan.cancel(id),
                    7 => plan.began(id),
                    8 => plan.finished(id, Some("image")),
                    9 => plan.failed(id, [Again::Now, Again::Later, Again::Never][below(3)]),
                    10 => plan.retry(id),
                    _ => plan.tell(id, r#"{"image": {"encrypted": true}}"#),
                };
                for (index, item) in plan.items.iter().enumerate() {
                    let lost = |on: &usize| plan.items[*on].lost_by(*on).is_some();
                    let is_lost = !item.is_started() && item.dependencies.iter().any(lost);
                    assert_eq!(item.blocked.is_some(), is_lost, "{index}: {item:?}");
                    assert!(item.blocked.is_none_or(|because| plan.items[because].is_dead()), "{index}: {item:?}");
                    blocked += usize::from(is_lost);
                }
            }
        }
        assert!(blocked > 10_000, "{blocked}");
    }

    /// Of one that is denied thousands depend, and are sent all the same; thousands that have failed are replaced, on which one depends; a
    /// chain of those that are denied is replaced link by link: a time that grew with the square would show.
    #[test]
    fn what_can_start_after_all_is_found_where_it_is() {
        const MANY: usize = 10_000;
        let mut plan = Plan::new(&edition());
        let hub = plan.add("{}");
        let sent: Vec<_> = (0..MANY).map(|_| plan.add("{}")).collect();
        for id in &sent {
            plan.depends(*id, hub).expect("there is no circle");
        }
        for id in &sent {
            plan.began(*id).expect("it has not started");
        }
        let chain: Vec<_> = (0..MANY).map(|_| plan.add("{}")).collect();
        for pair in chain.windows(2) {
            plan.depends(pair[1], pair[0]).expect("there is no circle");
        }
        for id in &chain {
            plan.replace(*id, plain("i")).expect("it has not started");
        }
        assert_eq!(plan.counts().running, MANY);
        assert_eq!((plan.counts().ready, plan.counts().waiting, plan.counts().never), (1, MANY - 1, 0));
    }

    #[test]
    fn circles_are_refused_at_once() {
        let cases: Vec<_> = (0..4).map(|image| plain(&format!("i{image}"))).collect();
        let (mut plan, ids) = planned(&cases);
        for pair in ids.windows(2) {
            plan.depends(pair[0], pair[1]).expect("there is no circle");
        }
        for (at, request) in ids.iter().enumerate() {
            for on in &ids[..=at] {
                assert_eq!(plan.depends(*request, *on), Err(PlanError::Circle { request: *request, on: *on }));
            }
        }
        assert_eq!(plan.waves().len(), 4);
    }

    /// Ten thousand of each kind, in one plan: a time that grew with the square would show.
    #[test]
    fn ten_thousand_requests_of_each_kind_end() {
        const MANY: usize = 10_000;
        let mut plan = Plan::new(&edition());
        let mut last = None;
        for index in 0..MANY {
            let id = plan.add_with(plain(&format!("i{index}")), (index % 7) as i32);
            plan.add(plain("full"));
            plan.add(listed(&[&format!("img-{index}")], 99));
            plan.add(of_backup("b"));
            if let Some(last) = last.replace(id) {
                // A chain of all of them.
                plan.depends(id, last).expect("there is no circle");
            }
        }
        let mut running = std::collections::VecDeque::new();
        let mut steps = 0;
        while !plan.is_done() {
            running.extend(plan.wave().into_iter().flat_map(|start| start.requests));
            let id = running.pop_front().expect("something runs");
            plan.finished(id, None).expect("it runs");
            steps += 1;
        }
        // Of the backup one image was made.
        assert_eq!(steps, 3 * MANY + 1);
        assert_eq!(plan.counts().denied, MANY - 1);
    }
}
