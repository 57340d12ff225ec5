//! The plan: requests, what they wait for, and what may start now.

use crate::finding::finding::Finding;
use crate::plan::judge::{Judgement, Knowledge, Role, Source, Startable, Turn};
use crate::plan::queue::{Place, Queue, Rank};
use crate::plan::state::{Again, Counts, PlanError, PlannedId, Start, State};
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::missing::Missing;
use crate::rule::rule::Severity;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many more requests than a call takes are looked at to fill it: ids of several may be too many for it.
const LOOK_AHEAD: usize = 4;

/// Many requests, and the order in which they may be sent: see the [module](super).
///
/// The edition's number of copies at once counts, and not that of an edition which a case names itself; in everything else a case
/// is judged by its own. What a case says in `copiesInFlight` does not count either: [`set_copies_in_flight`](Plan::set_copies_in_flight)
/// does. A quota is looked at for each call by what its case says, and not counted down.
///
/// Adding, starting and ending a request takes time that grows with the logarithm of the number of requests. A clone is a plan of
/// its own, to look ahead with.
#[derive(Clone, Debug)]
pub struct Plan {
    edition: Edition,
    items: Vec<Item>,
    queue: Queue,
    used: BTreeSet<Turn>,
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
        (Reverse(self.priority), index)
    }

    /// Where it stands in the queue, if it may start.
    fn place(&self, index: usize) -> Option<Place<'_>> {
        let startable = self.startable.as_deref()?;
        Some(Place {
            rank: self.rank(index),
            limit: startable.limit,
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
        matches!(self.stage, Stage::Denied(_) | Stage::Cancelled | Stage::Failed(Again::Never))
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
        let (_, index) = self.queue.first()?;
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

    /// The waves in which all of it would start, if each wave ended well before the next one. Nothing is started.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::Plan};
    /// let mut plan = Plan::new(&Edition::default());
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// let (first, second) = (plan.add(case), plan.add(case));
    /// assert_eq!(plan.waves(), [[first], [second]]);
    /// ```
    #[must_use]
    pub fn waves(&self) -> Vec<Vec<PlannedId>> {
        let mut ahead = self.clone();
        let running = (0..ahead.items.len()).map(PlannedId);
        let running: Vec<_> = running.filter(|id| matches!(ahead.state(*id), Some(State::Running))).collect();
        let end = |plan: &mut Plan, ids: &[PlannedId]| {
            for id in ids {
                // Some id: what is judged of the image does not depend on it.
                let _ = plan.finished(*id, Some("image"));
            }
        };
        end(&mut ahead, &running);
        let mut waves = Vec::new();
        loop {
            let wave: Vec<_> = ahead.wave().into_iter().flat_map(|start| start.requests).collect();
            if wave.is_empty() {
                return waves;
            }
            end(&mut ahead, &wave);
            waves.push(wave);
        }
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
            for (_, index) in self.queue.of_turn(&turn) {
                self.settle(index);
            }
        }
        for index in dependents {
            if let Some(item) = self.items.get_mut(index) {
                item.open = item.open.saturating_sub(1);
                if prepares == Some(index) {
                    item.source.role = Role::Prepared(image.map(str::to_owned));
                    self.settle(index);
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
    /// When it has started, or when the facts cannot be read.
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
        let (_, findings) = Facts::from_json(&facts);
        if findings.iter().any(|finding| finding.severity() == Severity::Error) {
            return Err(PlanError::Facts(findings.into_iter().map(Finding::into_owned).collect()));
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

    /// What can never start as things are, and why.
    ///
    /// ```
    /// use image_preflight::{Edition, plan::{Plan, State}};
    /// let mut plan = Plan::new(&Edition::default());
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// let (bad, good) = (plan.add("{}"), plan.add(case));
    /// plan.depends(good, bad)?;
    /// let never: Vec<_> = plan.never().collect();
    /// assert!(matches!(never[..], [(_, State::Denied(_)), (_, State::NeverStarts { because })] if because == bad));
    /// # Ok::<(), image_preflight::plan::PlanError>(())
    /// ```
    pub fn never(&self) -> impl Iterator<Item = (PlannedId, State<'_>)> {
        let is_never = |state: &State<'_>| {
            matches!(
                state,
                State::Denied(_) | State::NeverStarts { .. } | State::Cancelled | State::Failed(Again::Never)
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
        }
        let is_dead = item.is_dead();
        let needs_first =
            item.startable.is_none() && matches!(item.stage, Stage::Waiting) && item.preparation.is_none();
        let has_dependents = !item.dependents.is_empty();
        if was_dead && !is_dead && has_dependents {
            self.unblock();
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
        let was_dead = preparation.is_dead() || preparation.blocked.is_some();
        preparation.stage = Stage::Cancelled;
        preparation.dependents.remove(&index);
        if let Some(item) = self.items.get_mut(index)
            && item.dependencies.remove(&first)
        {
            item.open = item.open.saturating_sub(1);
        }
        if was_dead {
            self.unblock();
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
            self.queue.enter(place, &self.edition);
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
        let (is_open, dead) = (!other.is_finished(), other.blocked.or(other.is_dead().then_some(on)));
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

    /// Notes that a request never starts, nor what depends on it.
    fn block(&mut self, index: usize, because: usize) {
        let mut all = vec![index];
        while let Some(index) = all.pop() {
            if let Some(item) = self.items.get_mut(index)
                && item.blocked.is_none()
                && !item.is_started()
            {
                item.blocked = Some(because);
                all.extend(&item.dependents);
            }
        }
    }

    /// Finds out anew what never starts.
    fn unblock(&mut self) {
        self.items.iter_mut().for_each(|item| item.blocked = None);
        for index in 0..self.items.len() {
            if self.items.get(index).is_some_and(Item::is_dead) {
                self.block_dependents(index);
            }
        }
    }

    /// Adds others to a call, as long as it takes them. No image is listed twice.
    fn gathered(
        &self,
        group: &str,
        mut requests: Vec<usize>,
        mut images: Vec<(String, PlannedId)>,
        most: usize,
    ) -> (Vec<usize>, Vec<(String, PlannedId)>) {
        for (_, index) in self.queue.of_group(group).take(most.saturating_mul(LOOK_AHEAD)) {
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
