//! Judging one request, or several in one call, by what a plan knows beside their cases.

use crate::catalogue;
use crate::check::cleared_request::ClearedRequest;
use crate::check::operation::Operation;
use crate::check::report::Report;
use crate::check::scheduling::{OneAtATime, Preparation};
use crate::finding::finding::{Finding, Outcome};
use crate::finding::findings::Findings;
use crate::finding::verdict::Verdict;
use crate::input::case::read_case;
use crate::json::{Array, Text, Value};
use crate::rule::draft::Draft;
use crate::rule::edition::{Edition, Limit};
use crate::rule::facts::{FactValue, Facts};
use crate::rule::missing::Missing;
use std::collections::{BTreeMap, BTreeSet};

/// What a request says, and what the plan knows of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    /// The case, as JSON.
    pub(super) case: String,
    /// Facts that were told later, as JSON that can be read.
    pub(super) told: Vec<String>,
    pub(super) role: Role,
}

/// Which request of its case is sent.
#[derive(Clone, Debug, Default)]
pub(super) enum Role {
    /// The one that the case says.
    #[default]
    Itself,
    /// The one that has to be made first.
    Preparation,
    /// The one that the case says, of the image that was made first; its id may not have been told.
    Prepared(Option<String>),
}

/// A value that only one running request may have: what it is, and the value.
pub(super) type TurnValue = (&'static str, String);

/// What a request is as soon as it may start.
#[derive(Clone, Debug)]
pub(super) struct Startable {
    pub(super) operation: &'static Operation,
    pub(super) request: ClearedRequest,
    pub(super) limit: Option<&'static Limit>,
    /// How many may run at once, by the edition of the case.
    pub(super) most: Option<u64>,
    pub(super) turn: Option<TurnValue>,
    /// Whether it has been considered that its turn's value is used up.
    pub(super) is_used: bool,
    /// What is presumed of it.
    pub(super) presumed: Vec<Missing<'static>>,
    /// What calls must share to be one, and the images that it lists.
    pub(super) group: Option<(String, Vec<String>)>,
}

/// What becomes of a request.
pub(super) enum Judgement {
    MayStart(Box<Startable>),
    /// Something has to be made first.
    Prepare,
    Undetermined(Vec<Missing<'static>>),
    /// What is broken.
    Denied(Vec<Finding<'static>>),
    /// What is wrong with the case, so that nothing can be said of its request.
    Invalid(Vec<Finding<'static>>),
}

/// What a plan knows beside the cases.
pub(super) struct Knowledge<'k> {
    pub(super) edition: &'k Edition,
    /// Values that have been used up.
    pub(super) used: &'k BTreeSet<TurnValue>,
}

impl Knowledge<'_> {
    /// The operation of a request, whatever is thought of it.
    pub(super) fn operation_of(source: &Source) -> Option<&'static Operation> {
        let operation = read_case(&source.case, &Edition::default()).0.operation?;
        match (&source.role, &operation.scheduling.preparation) {
            (Role::Preparation, Some(preparation)) => catalogue::operation(preparation.operation),
            _ => Some(operation),
        }
    }

    /// The limit of those that run at once with a request, whatever is thought of it.
    pub(super) fn limit_of(source: &Source) -> Option<&'static Limit> {
        Self::operation_of(source)?.scheduling.at_once.as_ref().map(|at_once| at_once.limit)
    }

    /// What is wrong with facts for a request: they may be about something else than what it names.
    pub(super) fn misplaced(source: &Source, told: &str) -> Vec<Finding<'static>> {
        let (report, _) = read_case(&source.case, &Edition::default());
        let (facts, findings) = Facts::from_json(told);
        let mut out = Findings::default();
        if let (Some(operation), Role::Itself | Role::Preparation) = (report.operation, &source.role) {
            operation.evaluate_subjects(&report.draft, &facts, &mut out);
        }
        findings.into_iter().chain(out.into_list()).map(Finding::into_owned).collect()
    }

    /// Judges one request.
    pub(super) fn judge(&self, source: &Source) -> Judgement {
        let (mut report, mut facts) = self.read(source);
        let Some(operation) = report.operation else {
            report.evaluate(&facts);
            return refused(&report);
        };
        if let (Role::Preparation, Some(preparation)) = (&source.role, &operation.scheduling.preparation) {
            return match preparing(preparation, operation, &report, &facts) {
                Some(report) => self.conclude(&report, &facts, &source.role, None, false),
                None => refused(&report),
            };
        }
        let turn = operation.scheduling.one_at_a_time.iter().find_map(|once| turn_of(once, &report.draft, &facts));
        let is_used = turn.as_ref().is_some_and(|(_, turn)| self.used.contains(turn));
        if let Some((once, _)) = turn.as_ref().filter(|_| is_used)
            && let Some(fact) = once.uses_up
        {
            facts.set(fact, FactValue::Flag(true));
        }
        report.evaluate(&facts);
        self.conclude(&report, &facts, &source.role, turn.map(|(_, turn)| turn), is_used)
    }

    /// Reads a case, with what was told later and what the plan itself knows.
    fn read<'s>(&self, source: &'s Source) -> (Report<'s>, Facts<'s>) {
        let (mut report, mut facts) = read_case(&source.case, self.edition);
        for told in &source.told {
            facts.take(Facts::from_json(told).0);
        }
        let Some(operation) = report.operation else { return (report, facts) };
        if let Some(at_once) = &operation.scheduling.at_once {
            // The plan sees to it.
            facts.set(at_once.in_flight, FactValue::Count(0));
        }
        if let (Role::Prepared(image), Some(preparation)) = (&source.role, &operation.scheduling.preparation) {
            report.draft.path = Some(image.as_deref().map_or(Value::Null, |id| Value::Text(Text::plain(id))));
            know(&mut facts, preparation);
            // What is known of the first image is true of its copy, but for the id.
            operation.subjects.iter().for_each(|(fact, _)| facts.forget(*fact));
        }
        (report, facts)
    }

    fn conclude(
        &self,
        report: &Report<'_>,
        facts: &Facts<'_>,
        role: &Role,
        turn: Option<TurnValue>,
        is_used: bool,
    ) -> Judgement {
        let Some(operation) = report.operation else { return refused(report) };
        let at_once = operation.scheduling.at_once.as_ref().map(|at_once| at_once.limit);
        match report.verdict {
            Verdict::Invalid => refused(report),
            Verdict::Denied => match (role, &operation.scheduling.preparation) {
                (Role::Itself, Some(preparation)) if is_helped(report, preparation) => {
                    self.with_preparation(operation, report, facts, preparation)
                }
                _ => refused(report),
            },
            Verdict::Undetermined => Judgement::Undetermined(missing(report)),
            Verdict::Allowed => match report.clear() {
                Ok(request) => Judgement::MayStart(Box::new(Startable {
                    operation,
                    request,
                    limit: at_once,
                    most: at_once.and_then(|limit| report.edition.count(limit)),
                    turn,
                    is_used,
                    presumed: report.presumed().iter().cloned().map(Missing::into_owned).collect(),
                    group: group_of(operation, report, facts),
                })),
                Err(_) if report.draft.has_unknown() => {
                    Judgement::Undetermined(operation.unknown_fields(&report.draft))
                }
                Err(_) => refused(report),
            },
        }
    }

    /// Judges a request that is denied for nothing but what a preparation helps against.
    fn with_preparation(
        &self,
        operation: &'static Operation,
        report: &Report<'_>,
        facts: &Facts<'_>,
        preparation: &Preparation,
    ) -> Judgement {
        let mut then = facts.clone();
        know(&mut then, preparation);
        let then = operation.report(report.draft.clone(), &then, report.edition.clone());
        let Some(first) = preparing(preparation, operation, report, facts) else { return refused(report) };
        match (first.verdict, then.verdict) {
            (Verdict::Allowed, Verdict::Allowed) if !report.draft.has_unknown() => Judgement::Prepare,
            (Verdict::Allowed | Verdict::Undetermined, Verdict::Allowed | Verdict::Undetermined) => {
                let mut all = missing(&first);
                all.extend(missing(&then));
                if all.is_empty() {
                    all = operation.unknown_fields(&report.draft);
                }
                all.sort();
                all.dedup();
                Judgement::Undetermined(all)
            }
            (Verdict::Denied | Verdict::Invalid, _) => {
                Judgement::Denied(broken(report).chain(broken(&first)).collect())
            }
            _ => refused(report),
        }
    }

    /// The one call of several requests that share a group; `None` unless it is allowed as a whole.
    pub(super) fn together(&self, sources: &[&Source], ids: &[String]) -> Option<ClearedRequest> {
        let mut sources = sources.iter();
        let (mut report, mut facts) = self.read(sources.next()?);
        let operation = report.operation?;
        for source in sources {
            facts.take(self.read(source).1);
        }
        report.draft.set(operation.listed_images?.slot, Value::Array(Array::Strings(ids)));
        report.evaluate(&facts);
        report.clear().ok()
    }
}

/// Why a request is not sent: what is broken, and not what is only not known or advised.
fn refused(report: &Report<'_>) -> Judgement {
    if report.verdict == Verdict::Invalid {
        Judgement::Invalid(broken(report).filter(|finding| finding.rule().is_of_case).collect())
    } else {
        Judgement::Denied(broken(report).collect())
    }
}

fn broken(report: &Report<'_>) -> impl Iterator<Item = Finding<'static>> {
    let broken = report.errors().filter(|finding| finding.outcome() == Outcome::Violated);
    broken.cloned().map(Finding::into_owned)
}

fn missing(report: &Report<'_>) -> Vec<Missing<'static>> {
    report.missing().into_iter().cloned().map(Missing::into_owned).collect()
}

/// Whether nothing is broken but what a preparation helps against.
fn is_helped(report: &Report<'_>, preparation: &Preparation) -> bool {
    let mut broken = report.errors().filter(|finding| finding.outcome() == Outcome::Violated);
    broken.all(|finding| preparation.rules.contains(&finding.rule().id))
}

fn know(facts: &mut Facts<'_>, preparation: &Preparation) {
    for (fact, made) in preparation.makes {
        facts.set(*fact, made.value());
    }
}

/// The request that is made first, judged.
fn preparing<'a>(
    preparation: &Preparation,
    operation: &'static Operation,
    report: &Report<'a>,
    facts: &Facts<'a>,
) -> Option<Report<'a>> {
    let first = catalogue::operation(preparation.operation)?;
    let mut draft = Draft { path: report.draft.path, ..Draft::default() };
    for name in preparation.body {
        if let (Some(from), Some(to)) = (operation.slot(name), first.slot(name))
            && let Some(value) = report.draft.body(from)
        {
            first.set_given(&mut draft, to, *value);
        }
    }
    Some(first.report(draft, facts, report.edition.clone()))
}

/// The value of a request that only one running one may have.
fn turn_of<'o>(once: &'o OneAtATime, draft: &Draft<'_>, facts: &Facts<'_>) -> Option<(&'o OneAtATime, TurnValue)> {
    if once.only_if.is_some_and(|fact| facts.value(fact).flag() != Some(true)) {
        return None;
    }
    let value = match once.slot {
        Some(slot) => draft.text(slot)?,
        None => draft.path.as_ref()?.as_text()?,
    };
    // Ids are the same in any case of letters.
    Some((once, (once.name, value.to_cow().trim().to_ascii_lowercase())))
}

/// What a request shares with those that may be sent in one call with it, and the images that it lists.
fn group_of(operation: &'static Operation, report: &Report<'_>, facts: &Facts<'_>) -> Option<(String, Vec<String>)> {
    let listed = operation.listed_images?;
    let Some(Value::Array(array)) = report.draft.body(listed.slot) else { return None };
    let ids = array.iter().map(|value| Some(value.as_text()?.to_cow().into_owned())).collect::<Option<Vec<_>>>()?;
    let mut key = format!("{} {:?} ", operation.id, report.edition);
    if let Some(path) = &report.draft.path {
        path.write(&mut key);
    }
    let members: BTreeMap<_, _> = report.draft.members(operation.body_keys).map(|(k, v)| (k.to_cow(), v)).collect();
    for (name, value) in members {
        if name != listed.name {
            Value::Text(Text::plain(&name)).write(&mut key);
            value.write(&mut key);
        }
    }
    key.push_str(&facts.written_beside_records());
    Some((key, ids))
}
