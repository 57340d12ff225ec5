//! A plan as JSON: what starts now, what later, and how each case stands.

use crate::check::cleared_request::ClearedRequest;
use crate::check::operation::Operation;
use crate::document::report::FindingDocument;
use crate::message::locale::Locale;
use crate::plan::plan::Plan;
use crate::plan::state::{Again, PlannedId, Start, State, StateName};
use crate::rule::missing::Missing;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[cfg(feature = "schemars")]
use crate::document::names::OperationId;

/// Many cases in the order in which they may be sent. A case is named by its place among the cases, counted from 0.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "Plan"))]
struct Document {
    /// The calls that may be sent now.
    start: Vec<Call>,
    /// The calls after these, in waves: each may start once everything before it has ended well.
    later: Vec<Vec<LaterCall>>,
    /// The state of each case, in the order in which they were given.
    cases: Vec<Case>,
    /// Which facts are wanted, by their pointers in a case, and by which cases.
    missing: BTreeMap<String, Vec<usize>>,
    /// Which facts are presumed to be in order, by their pointers in a case, and for which cases that start now or later.
    presumed: BTreeMap<String, Vec<usize>>,
}

/// A call that may be sent now.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "PlannedCall"))]
struct Call {
    /// The cases that it serves: one, unless the cloud takes several in a call.
    cases: Vec<usize>,
    /// Whether it makes what its case needs first, such as the copy within the region of an encrypted image.
    prepares: bool,
    /// Its operation.
    #[cfg_attr(feature = "schemars", schemars(with = "OperationId"))]
    operation: &'static str,
    /// The HTTP call.
    #[cfg_attr(feature = "schemars", schemars(with = "RequestDocument"))]
    request: ClearedRequest,
}

/// A call that may be sent later. What is sent is known when it may start: then a new plan has it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct LaterCall {
    /// The cases that it serves: one, unless the cloud takes several in a call.
    cases: Vec<usize>,
    /// Whether it makes what its case needs first, such as the copy within the region of an encrypted image.
    prepares: bool,
    /// Its operation.
    #[cfg_attr(feature = "schemars", schemars(with = "OperationId"))]
    operation: &'static str,
}

/// The HTTP call of an allowed case.
#[cfg(feature = "schemars")]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "Request")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct RequestDocument {
    /// The HTTP method.
    method: String,
    /// The path, with its parameters percent-encoded.
    path: String,
    /// The body.
    body: serde_json::Map<String, serde_json::Value>,
}

/// The state of a case in a plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "PlannedCase", transform = crate::document::names::all_required))]
#[serde(rename_all = "camelCase")]
struct Case {
    /// Its operation; null when it names none that is known.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<OperationId>"))]
    operation: Option<&'static str>,
    /// Its state.
    state: StateName,
    /// The wave in which it starts: 0 for now, 1 for the first one later; null when it does not.
    wave: Option<usize>,
    /// The state of the call that creates what it needs first; null when it needs nothing.
    preparation: Option<Preparation>,
    /// The other cases that it waits for: those that must finish first, or the one that uses what `shares` names.
    waits_for: Vec<usize>,
    /// The field that has the same value in it and in the case that it waits for, such as `backup_id`: only one of them runs at a time.
    /// Null when it does not wait for this reason.
    shares: Option<&'static str>,
    /// Pointers of the facts that it waits for.
    missing: Vec<String>,
    /// The case for which it never starts: another one that it needs, or itself when its preparation never starts.
    because: Option<usize>,
    /// Whether what has failed may be tried again.
    again: Option<Again>,
    /// Why it would be refused, or cannot be judged.
    findings: Vec<FindingDocument>,
    /// Its state once everything that can start has ended well, when it does not start even then: of two images of one backup the second
    /// one is denied. Null when it starts, or when its state stays the same.
    afterwards: Option<Afterwards>,
}

/// The state of a case that does not start, once everything else has ended well.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "PlannedEnd"))]
struct Afterwards {
    /// Its state then.
    state: StateName,
    /// Why it would be refused then.
    findings: Vec<FindingDocument>,
}

/// The state of the call that creates what a case needs first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "PlannedPreparation", transform = crate::document::names::all_required))]
struct Preparation {
    /// Its state.
    state: StateName,
    /// The wave in which it starts; null when it does not.
    wave: Option<usize>,
    /// Whether it may be tried again, when it has failed.
    again: Option<Again>,
    /// Why it would be refused.
    findings: Vec<FindingDocument>,
}

/// What comes of a plan.
struct Outlook {
    /// The wave in which a request starts.
    waves: BTreeMap<PlannedId, usize>,
    /// The plan once everything that can start has ended well.
    end: Plan,
}

/// The places of cases: those of requests without what the plan itself has put before them.
struct Places {
    /// By request.
    case: Vec<usize>,
    requests: Vec<PlannedId>,
}

impl Places {
    fn of(plan: &Plan) -> Self {
        let requests: Vec<_> = plan.states().map(|(id, _)| id).filter(|id| plan.prepares(*id).is_none()).collect();
        let mut case = vec![usize::MAX; plan.states().count()];
        for (place, id) in requests.iter().enumerate() {
            if let Some(case) = case.get_mut(id.index()) {
                *case = place;
            }
        }
        Places { case, requests }
    }

    /// The case that a request is, or is made for.
    fn get(&self, plan: &Plan, request: PlannedId) -> usize {
        let request = plan.prepares(request).unwrap_or(request);
        self.case.get(request.index()).copied().unwrap_or(usize::MAX)
    }
}

impl Plan {
    /// The plan as something that serde can write, in a language: what may start now, the waves after it, how each case stands, and
    /// which facts are wanted. The JSON Schema `plan` describes it. Nothing is started.
    ///
    /// ```
    /// use image_preflight::{Edition, Locale, plan::Plan};
    /// let mut plan = Plan::new(&Edition::default());
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// for case in [case, case, "{}"] {
    ///     plan.add(case);
    /// }
    /// let json = serde_json::to_value(plan.localized(Locale::ENGLISH))?;
    /// assert_eq!(json["start"][0]["request"]["path"], "/v1/cloudimages/wholeimages/action");
    /// // Of one server one image at a time is made.
    /// assert_eq!(json["later"][0][0]["cases"], serde_json::json!([1]));
    /// assert_eq!((&json["cases"][1]["waitsFor"][0], &json["cases"][1]["shares"]), (&0.into(), &"instance_id".into()));
    /// assert_eq!(json["cases"][2]["state"], "invalid");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> impl Serialize + use<> {
        let places = Places::of(self);
        let case = |id: &PlannedId| places.get(self, *id);
        let (waves, end) = self.ahead();
        let mut waves = waves.into_iter();
        let (now, later): (Vec<Start>, Vec<Vec<Start>>) = (waves.next().unwrap_or_default(), waves.collect());
        let mut outlook = Outlook { waves: BTreeMap::new(), end };
        for (wave, starts) in std::iter::once(&now).chain(&later).enumerate() {
            outlook.waves.extend(starts.iter().flat_map(Start::requests).map(|id| (*id, wave)));
        }
        let cases_of = |start: &Start| start.requests().iter().map(case).collect::<Vec<_>>();
        let prepares = |start: &Start| start.requests().iter().any(|id| self.prepares(*id).is_some());
        let later_call = |start: &Start| LaterCall {
            cases: cases_of(start),
            prepares: prepares(start),
            operation: start.operation().id(),
        };
        let start = now.iter().map(|start| Call {
            cases: cases_of(start),
            prepares: prepares(start),
            operation: start.operation().id(),
            request: start.request().clone(),
        });
        let by_case = |facts: BTreeMap<String, Vec<PlannedId>>| {
            let cases = |ids: Vec<PlannedId>| ids.iter().map(case).collect::<BTreeSet<_>>().into_iter().collect();
            facts.into_iter().map(|(pointer, ids)| (pointer, cases(ids))).collect()
        };
        Document {
            start: start.collect(),
            later: later.iter().map(|wave| wave.iter().map(later_call).collect()).collect(),
            cases: places.requests.iter().map(|id| self.case(*id, &places, &outlook, locale)).collect(),
            missing: by_case(self.missing()),
            presumed: by_case(self.presumed()),
        }
    }

    fn case(&self, id: PlannedId, places: &Places, outlook: &Outlook, locale: Locale) -> Case {
        let state = self.state(id).unwrap_or(State::Cancelled);
        let mut case = Case {
            operation: self.operation(id).map(Operation::id),
            state: state.name(),
            wave: outlook.waves.get(&id).copied(),
            preparation: self.preparation_of(id).map(|first| {
                let state = self.state(first).unwrap_or(State::Cancelled);
                Preparation {
                    state: state.name(),
                    wave: outlook.waves.get(&first).copied(),
                    again: again(&state),
                    findings: findings(&state, locale),
                }
            }),
            waits_for: Vec::new(),
            shares: None,
            missing: Vec::new(),
            because: None,
            again: again(&state),
            findings: findings(&state, locale),
            afterwards: self.afterwards(id, &state, outlook, locale),
        };
        if let Some(turn) = self.turn(id) {
            (case.waits_for, case.shares) = (vec![places.get(self, turn.after)], Some(turn.field));
        }
        match state {
            State::WaitsForRequests(on) => {
                let others = on.iter().filter(|on| self.prepares(**on) != Some(id));
                case.waits_for = others.map(|on| places.get(self, *on)).collect();
            }
            State::WaitsForFacts(missing) => case.missing = missing.iter().map(Missing::pointer).collect(),
            State::NeverStarts { because } => case.because = Some(places.get(self, because)),
            _ => {}
        }
        case
    }

    /// What becomes of what waits, and does not start even once everything else has ended well.
    fn afterwards(&self, id: PlannedId, now: &State<'_>, outlook: &Outlook, locale: Locale) -> Option<Afterwards> {
        let waits = matches!(now, State::Ready | State::WaitsForRequests(_));
        let then = outlook.end.state(id).filter(|_| waits && !outlook.waves.contains_key(&id))?;
        let is_other = then.name() != now.name();
        is_other.then(|| Afterwards { state: then.name(), findings: findings(&then, locale) })
    }
}

fn again(state: &State<'_>) -> Option<Again> {
    if let State::Failed(again) = state { Some(*again) } else { None }
}

fn findings(state: &State<'_>, locale: Locale) -> Vec<FindingDocument> {
    let (State::Denied(findings) | State::Invalid(findings)) = state else { return Vec::new() };
    findings.iter().map(|finding| finding.to_document(locale)).collect()
}

/// The schema of a plan.
#[cfg(feature = "schemars")]
pub(crate) fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<Document>()
}
