//! `plan`: cases in, the order in which they may be sent out.

use crate::args::PlanArgs;
use crate::file_name::FileName;
use crate::human::counted;
use crate::output::{BOLD, DIM, GREEN, Out, RED, YELLOW};
use crate::sentences::{self, say};
use crate::taken::How;
use crate::{COULD_NOT_RUN, Result, assemble, input, words};
use image_preflight::plan::{Again, Counts, Plan, PlanOptions, PlannedId, Start, State};
use image_preflight::{Edition, Finding, Locale, Message, Missing, Outcome, Severity, printable};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

struct Labels {
    now: Message,
    later: Message,
    first: Message,
    full: Message,
    waits: Message,
    facts: Message,
    failed: Message,
    never: Message,
    invalid: Message,
    because: Message,
    starting: Message,
    starting_later: Message,
    waiting: Message,
    undetermined: Message,
    running: Message,
    finished: Message,
    failed_count: Message,
    never_count: Message,
}

static LABELS: Labels = Labels {
    now: Message { en: "Now:", zh: "现在可以提交：" },
    later: Message { en: "Then, once all of that has ended well:", zh: "以上全部成功后可以提交：" },
    first: Message { en: "first, for", zh: "前置步骤，用于" },
    full: Message {
        en: "Ready, but as many copies run as may run at once:", zh: "已就绪，但同时进行的复制已达上限："
    },
    waits: Message { en: "Waits for others:", zh: "等待其他用例：" },
    facts: Message { en: "Waits for facts:", zh: "等待确认的信息：" },
    failed: Message { en: "Failed:", zh: "已失败：" },
    never: Message { en: "Never starts:", zh: "不会提交：" },
    invalid: Message { en: "Cannot be judged:", zh: "用例有误，无法判断：" },
    because: Message { en: "it needs", zh: "依赖于" },
    starting: Message { en: "now", zh: "现在提交" },
    starting_later: Message { en: "later", zh: "稍后提交" },
    waiting: Message { en: "waiting", zh: "等待中" },
    undetermined: Message { en: "undetermined", zh: "无法判断" },
    running: Message { en: "running", zh: "进行中" },
    finished: Message { en: "finished", zh: "已完成" },
    failed_count: Message { en: "failed", zh: "已失败" },
    never_count: Message { en: "never", zh: "不会提交" },
};

/// When a request that has failed may be sent again.
fn when_again(again: Again) -> Message {
    match again {
        Again::Now => Message { en: "again now", zh: "可立即重新提交" },
        Again::Later => Message { en: "again later", zh: "可稍后重新提交" },
        Again::AfterFix => Message { en: "again after a fix", zh: "处理问题后可重新提交" },
        Again::Never => Message { en: "not as it is", zh: "不能原样重新提交" },
    }
}

/// Prints the plan of all cases.
pub(crate) fn run(options: &PlanArgs) -> Result<u8> {
    let documents = &options.documents;
    let locale = words::locale();
    let (mut cases, mut sources) = (Vec::new(), Vec::new());
    let stdin = [PathBuf::from("-")];
    let facts = serde_json::Map::new();
    let how = How { form: None, operation: None, facts: &facts, locale, is_found: false };
    let progress = input::Progress::new();
    for path in if options.files.is_empty() { &stdin[..] } else { &options.files } {
        input::cases(&FileName::of(path), &how, &progress, |case| {
            let source = format!("{}:{}", case.file.shown(), case.line);
            let text = std::str::from_utf8(case.text).map_err(|error| {
                let byte = error.valid_up_to() + 1;
                say(sentences::CASE_NOT_UTF_8, &[("source", &source), ("error", &error), ("byte", &byte)])
            })?;
            let strict = documents.strict.then(|| assemble::strict(text)).flatten();
            cases.push(strict.unwrap_or_else(|| text.to_owned()));
            sources.push(source);
            Ok(())
        })?;
    }
    let plan = planned(cases, &documents.edition(), options)?;
    let mut out = Out::new(options.style.is_human());
    if options.style.is_human() {
        Printer::new(&plan, &sources, locale).print(&mut out)?;
    } else {
        out.line(&serde_json::to_string(&plan.localized(locale)).unwrap_or_default())?;
    }
    out.flush()?;
    let counts = plan.counts();
    Ok(match counts {
        // As for `check`: what cannot be judged has been refused by nobody.
        _ if plan.states().any(|(_, state)| is_invalid(&state)) => COULD_NOT_RUN,
        Counts { denied: 1.., .. } | Counts { never: 1.., .. } => 1,
        Counts { undetermined: 1.., .. } => 3,
        _ => 0,
    })
}

/// What keeps a case from being sent: not what is only not known, or advised.
fn broken<'f>(findings: &'f [Finding<'static>]) -> impl Iterator<Item = &'f Finding<'static>> {
    let is_broken = |found: &&Finding<'_>| (found.outcome(), found.severity()) == (Outcome::Violated, Severity::Error);
    findings.iter().filter(is_broken)
}

/// Whether a case cannot be judged.
fn is_invalid(state: &State<'_>) -> bool {
    matches!(state, State::Denied(findings) if broken(findings).any(|finding| finding.rule().id.starts_with("case.")))
}

fn never_starts(state: &State<'_>) -> bool {
    matches!(state, State::Denied(_) | State::NeverStarts { .. }) && !is_invalid(state)
}

fn planned(cases: Vec<String>, edition: &Edition, args: &PlanArgs) -> Result<Plan> {
    let mut options = match &args.progress {
        Some(path) => {
            let file = FileName::of(path);
            let text = input::text(&file)?;
            serde_json::from_str(&text)
                .map_err(|error| say(sentences::NO_PROGRESS, &[("file", &file.shown()), ("why", &error)]))?
        }
        None => PlanOptions::default(),
    };
    if let Some(others) = args.copies_in_flight {
        options.copies_in_flight = others;
    }
    Plan::of(cases, edition, &options).map_err(|error| sentences::unplanned(&error))
}

/// A plan for people.
struct Printer<'p> {
    plan: &'p Plan,
    /// Where the case of each request is; what is made first for a case has its place.
    sources: BTreeMap<PlannedId, &'p str>,
    locale: Locale,
}

impl<'p> Printer<'p> {
    fn new(plan: &'p Plan, sources: &'p [String], locale: Locale) -> Self {
        let of_cases = plan.states().map(|(id, _)| id).filter(|id| plan.prepares(*id).is_none());
        let sources = of_cases.zip(sources).map(|(id, source)| (id, source.as_str())).collect();
        Printer { plan, sources, locale }
    }

    fn print(&self, out: &mut Out) -> Result<()> {
        let now = self.plan.clone().wave();
        let later: Vec<_> = self.plan.waves().into_iter().skip(1).collect();
        let starting: BTreeSet<_> =
            now.iter().flat_map(|start| start.requests().to_vec()).chain(later.iter().flatten().copied()).collect();
        self.group(LABELS.now, &now, |start| self.call(start), out)?;
        for wave in &later {
            self.group(LABELS.later, wave, |id| vec![self.title(*id)], out)?;
        }
        let idle: Vec<_> = self.plan.states().filter(|(id, _)| !starting.contains(id)).collect();
        let of = |label, is: fn(&State<'_>) -> bool, out: &mut Out| {
            let some: Vec<_> = idle.iter().filter(|(_, state)| is(state)).collect();
            self.group(label, &some, |(id, state)| self.reasons(*id, state), out)
        };
        of(LABELS.full, |state| matches!(state, State::Ready), out)?;
        of(LABELS.waits, |state| matches!(state, State::WaitsForRequests(_)), out)?;
        of(LABELS.facts, |state| matches!(state, State::WaitsForFacts(_)), out)?;
        of(LABELS.failed, |state| matches!(state, State::Failed(_)), out)?;
        of(LABELS.never, never_starts, out)?;
        of(LABELS.invalid, is_invalid, out)?;
        self.summary(&now, &later, out)
    }

    /// A heading and what is below it, if there is anything.
    fn group<T>(&self, label: Message, all: &[T], lines: impl Fn(&T) -> Vec<String>, out: &mut Out) -> Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        out.line(&format!("{BOLD}{}{BOLD:#}", label.text(self.locale)))?;
        for lines in all.iter().map(lines) {
            for (index, line) in lines.iter().enumerate() {
                out.line(&format!("{}{line}", if index == 0 { "  " } else { "      " }))?;
            }
        }
        out.line("")
    }

    fn call(&self, start: &Start) -> Vec<String> {
        let first = start.requests().first().map(|id| self.named(*id)).unwrap_or_default();
        let others = start.requests().iter().skip(1).map(|id| format!(", {}", self.source(*id)));
        let others: String = others.collect();
        vec![format!("{GREEN}›{GREEN:#} {first}{DIM}{others}{DIM:#}"), format!("{DIM}{}{DIM:#}", called(start))]
    }

    fn title(&self, id: PlannedId) -> String {
        format!("{DIM}·{DIM:#} {}", self.named(id))
    }

    /// The operation of a request, and where its case is.
    fn named(&self, id: PlannedId) -> String {
        let title = self.plan.operation(id).map_or("?", |operation| operation.title().text(self.locale));
        let for_what = match self.plan.prepares(id) {
            Some(_) => format!("{} ", LABELS.first.text(self.locale)),
            None => String::new(),
        };
        format!("{title}  {DIM}{for_what}{}{DIM:#}", self.source(id))
    }

    /// Where the case of a request is.
    fn source(&self, id: PlannedId) -> &str {
        self.sources.get(&self.plan.prepares(id).unwrap_or(id)).copied().unwrap_or("?")
    }

    /// Why something does not start.
    fn reasons(&self, id: PlannedId, state: &State<'_>) -> Vec<String> {
        let locale = self.locale;
        let (style, mark) = match state {
            State::Denied(_) | State::NeverStarts { .. } | State::Failed(_) => (RED, '✗'),
            State::WaitsForFacts(_) => (YELLOW, '?'),
            _ => (DIM, '·'),
        };
        let mut lines = vec![format!("{style}{mark}{style:#} {}", self.named(id))];
        match state {
            State::Denied(findings) => lines.extend(broken(findings).map(|finding| finding.message(locale))),
            State::WaitsForFacts(missing) => {
                lines.extend(missing.iter().map(Missing::pointer).map(|pointer| printable(&pointer)));
            }
            State::WaitsForRequests(on) => lines.extend(on.iter().map(|on| self.named(*on))),
            State::NeverStarts { because } => {
                lines.push(format!("{} {}", LABELS.because.text(locale), self.named(*because)));
            }
            State::Failed(again) => lines.push(when_again(*again).text(locale).to_owned()),
            _ => {}
        }
        lines
    }

    fn summary(&self, now: &[Start], later: &[Vec<PlannedId>], out: &mut Out) -> Result<()> {
        let counts = self.plan.counts();
        let now: usize = now.iter().map(|start| start.requests().len()).sum();
        let later: usize = later.iter().map(Vec::len).sum();
        let waiting = (counts.ready + counts.waiting).saturating_sub(now + later);
        let all = [
            (now, LABELS.starting),
            (later, LABELS.starting_later),
            (waiting, LABELS.waiting),
            (counts.undetermined, LABELS.undetermined),
            (counts.running, LABELS.running),
            (counts.finished, LABELS.finished),
            (counts.failed, LABELS.failed_count),
            (counts.denied + counts.never, LABELS.never_count),
        ];
        let all: Vec<_> = all
            .into_iter()
            .enumerate()
            .filter(|(index, (count, _))| *index < 2 || *count > 0)
            .map(|(_, of)| of)
            .collect();
        out.line(&counted(&all, self.locale))
    }
}

/// The line of the HTTP call.
fn called(start: &Start) -> String {
    format!("{} {}", start.request().method(), printable(start.request().path()))
}
