//! `plan`: cases in, the order in which they may be sent out.

use crate::args::PlanArgs;
use crate::beside::Beside;
use crate::check::{completed, facts};
use crate::config::Configs;
use crate::file_name::FileName;
use crate::human::{counted, presumed};
use crate::options::Known;
use crate::output::{self, BOLD, DIM, GREEN, Out, RED, YELLOW};
use crate::sentences::{self, say};
use crate::taken::How;
use crate::{COULD_NOT_RUN, Result, assemble, files, input, words};
use image_preflight::plan::{Again, Counts, Plan, PlanOptions, PlannedId, Start, State, Turn};
use image_preflight::{Edition, Finding, Locale, Message, Missing, printable};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

struct Labels {
    runs: Message,
    now: Message,
    later: Message,
    first: Message,
    full: Message,
    waits: Message,
    turn: Message,
    ended: Message,
    facts: Message,
    failed: Message,
    never: Message,
    invalid: Message,
    because: Message,
    because_failed: Message,
    because_first: Message,
    starting: Message,
    starting_later: Message,
    waiting: Message,
    undetermined: Message,
    running: Message,
    finished: Message,
    failed_count: Message,
    never_count: Message,
    invalid_count: Message,
    firsts: Message,
}

static LABELS: Labels = Labels {
    runs: Message { en: "In progress:", zh: "正在进行：" },
    now: Message { en: "Now:", zh: "现在可以提交：" },
    later: Message { en: "Then, once all of that has ended well:", zh: "以上全部成功后可以提交：" },
    first: Message { en: "first, for", zh: "前置步骤，用于" },
    full: Message {
        en: "Ready, but as many copies run as may run at once:", zh: "已就绪，但同时进行的复制已达上限："
    },
    waits: Message { en: "Waits for others:", zh: "等待其他用例：" },
    turn: Message { en: "waits for {case}, which uses {shared}", zh: "等待 {case}，两者使用{shared}" },
    ended: Message {
        en: "once that has ended well, it never starts: {why}", zh: "前者成功后，本用例不会提交：{why}"
    },
    facts: Message { en: "Waits for facts:", zh: "等待确认的信息：" },
    failed: Message { en: "Failed:", zh: "已失败：" },
    never: Message { en: "Never starts:", zh: "不会提交：" },
    invalid: Message { en: "Cannot be judged:", zh: "用例有误，无法判断：" },
    because: Message { en: "it depends on {case}, which never starts", zh: "依赖于 {case}，而后者不会提交" },
    because_failed: Message {
        en: "it depends on {case}, which has failed and is not sent again as it is",
        zh: "依赖于 {case}，而后者已失败，不能原样重新提交",
    },
    because_first: Message {
        en: "what is made first for it has failed and is not sent again as it is",
        zh: "其前置步骤已失败，不能原样重新提交",
    },
    starting: Message { en: "now", zh: "现在提交" },
    starting_later: Message { en: "later", zh: "稍后提交" },
    waiting: Message { en: "waiting", zh: "等待中" },
    undetermined: Message { en: "undetermined", zh: "无法判断" },
    running: Message { en: "in progress", zh: "进行中" },
    finished: Message { en: "finished", zh: "已完成" },
    failed_count: Message { en: "failed", zh: "已失败" },
    never_count: Message { en: "never", zh: "不会提交" },
    invalid_count: Message { en: "invalid", zh: "用例有误" },
    firsts: Message { en: "{cases}; made first: {firsts}", zh: "{cases}；前置步骤：{firsts}" },
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
pub(crate) fn run(options: &PlanArgs, configs: &mut Configs) -> Result<u8> {
    // How many copies run is of the plan, and not of each case.
    let facts = facts(&Known { copies_in_flight: None, ..options.known.clone() })?;
    let locale = words::locale();
    let (mut cases, mut sources) = (Vec::new(), Vec::new());
    let stdin = [PathBuf::from("-")];
    let mut beside = Beside::of(&options.known, &facts);
    let none = serde_json::Map::new();
    let progress = input::Progress::new();
    let mut passed_over = 0_u64;
    for argument in if options.files.is_empty() { &stdin[..] } else { &options.files } {
        // A case that could not be read has no place among the cases: then those behind it would have others.
        files::named(argument, None, &mut |named| {
            let files::Named { file, is_found } = named?;
            let (edition, is_strict) = options.documents.of_file(&configs.of_file(file.path())?);
            let how = How { form: None, operation: None, facts: &facts, locale, is_found };
            let has_cases = input::cases(&file, &how, &progress, |case| {
                let line = case.taken.map_or(case.line, |taken| taken.line);
                let source = format!("{}:{line}", case.file.shown());
                let text = std::str::from_utf8(case.text).map_err(|error| {
                    let byte = error.valid_up_to() + 1;
                    say(sentences::CASE_NOT_UTF_8, &[("source", &source), ("error", &error), ("byte", &byte)])
                })?;
                beside.sees(case.text, &facts);
                // What was translated has its facts already.
                let facts = if case.taken.is_some() { &none } else { &facts };
                let whole = completed(text, facts, is_strict);
                let whole = whole.unwrap_or_else(|| text.to_owned());
                cases.push(assemble::of_edition(&whole, &edition).unwrap_or(whole));
                let name = case.taken.and_then(|taken| taken.origin.name.as_deref());
                sources.push(name.map_or_else(|| source.clone(), |name| format!("{source} {}", printable(name))));
                Ok(())
            })?;
            passed_over += u64::from(!has_cases);
            Ok(())
        })?;
    }
    beside.note();
    if passed_over > 0 {
        output::note(&say(sentences::PASSED_OVER, &[("count", &passed_over)]));
    }
    let plan = planned(cases, options)?;
    let mut out = Out::new(options.style.is_human());
    if options.style.is_human() {
        Printer::new(&plan, &sources, locale).print(&mut out)?;
    } else {
        out.line(&json(&plan, &sources, locale))?;
    }
    out.flush()?;
    // What has failed and needs somebody is as good as one that never starts.
    let is_stuck = |state: State<'_>| matches!(state, State::Failed(Again::AfterFix | Again::Never));
    let is_stuck = plan.states().any(|(_, state)| is_stuck(state));
    // What is denied once another one has ended well never starts beside it.
    Ok(match (plan.counts(), plan.at_its_end().counts()) {
        // As for `check`: what cannot be judged has been refused by nobody.
        (Counts { invalid: 1.., .. }, _) => COULD_NOT_RUN,
        (_, Counts { denied: 1.., .. } | Counts { never: 1.., .. }) => 1,
        _ if is_stuck => 1,
        (_, Counts { undetermined: 1.., .. }) => 3,
        _ => 0,
    })
}

/// The document of a plan, in which each case has the place that it was read from.
fn json(plan: &Plan, sources: &[String], locale: Locale) -> String {
    let mut document = serde_json::to_value(plan.localized(locale)).unwrap_or_default();
    let cases = document.get_mut("cases").and_then(serde_json::Value::as_array_mut);
    for (case, source) in cases.into_iter().flatten().zip(sources) {
        case["source"] = source.as_str().into();
    }
    document.to_string()
}

fn planned(cases: Vec<String>, args: &PlanArgs) -> Result<Plan> {
    let mut options = match &args.progress {
        Some(path) => {
            let file = FileName::of(path);
            let text = input::text(&file)?;
            PlanOptions::from_json(&text).map_err(|error| {
                let why = sentences::unplanned(&error);
                say(sentences::NO_PROGRESS, &[("file", &file.shown()), ("why", &why)])
            })?
        }
        None => PlanOptions::default(),
    };
    if let Some(others) = args.known.copies_in_flight {
        options.copies_in_flight = others;
    }
    Plan::of(cases, &Edition::default(), &options).map_err(|error| sentences::unplanned(&error))
}

/// A plan for people.
struct Printer<'p> {
    plan: &'p Plan,
    /// The plan once everything that can start has ended well.
    end: Plan,
    /// Where the case of each request is, and the name that it has there; what is made first for a case has its place.
    sources: BTreeMap<PlannedId, &'p str>,
    locale: Locale,
}

impl<'p> Printer<'p> {
    fn new(plan: &'p Plan, sources: &'p [String], locale: Locale) -> Self {
        let of_cases = plan.states().map(|(id, _)| id).filter(|id| plan.prepares(*id).is_none());
        let sources = of_cases.zip(sources).map(|(id, source)| (id, source.as_str())).collect();
        Printer { plan, end: plan.at_its_end(), sources, locale }
    }

    fn print(&self, out: &mut Out) -> Result<()> {
        let now = self.plan.clone().wave();
        let later: Vec<_> = self.plan.waves().into_iter().skip(1).collect();
        let starting: BTreeSet<_> =
            now.iter().flat_map(|start| start.requests().to_vec()).chain(later.iter().flatten().copied()).collect();
        let idle: Vec<_> = self.plan.states().filter(|(id, _)| !starting.contains(id)).collect();
        let of = |label, is: &dyn Fn(PlannedId, &State<'_>) -> bool, out: &mut Out| {
            let some: Vec<_> = idle.iter().filter(|(id, state)| is(*id, state)).collect();
            self.group(label, &some, |(id, state)| self.reasons(*id, state), out)
        };
        let has_turn = |id| self.plan.turn(id).is_some();
        of(LABELS.runs, &|_, state| matches!(state, State::Running), out)?;
        self.group(LABELS.now, &now, |start| self.call(start), out)?;
        for wave in &later {
            self.group(LABELS.later, wave, |id| vec![self.title(*id)], out)?;
        }
        of(LABELS.full, &|id, state| matches!(state, State::Ready) && !has_turn(id), out)?;
        of(LABELS.waits, &|id, state| matches!(state, State::WaitsForRequests(_)) || has_turn(id), out)?;
        of(LABELS.facts, &|_, state| matches!(state, State::WaitsForFacts(_)), out)?;
        of(LABELS.failed, &|_, state| matches!(state, State::Failed(_)), out)?;
        of(LABELS.never, &|_, state| matches!(state, State::Denied(_) | State::NeverStarts { .. }), out)?;
        of(LABELS.invalid, &|_, state| matches!(state, State::Invalid(_)), out)?;
        let pointers: Vec<_> = self.plan.presumed().into_keys().collect();
        if let Some(sentence) = presumed(&pointers, self.locale) {
            out.line(&format!("{DIM}{}{DIM:#}\n", printable(&sentence)))?;
        }
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

    /// Why something does not start, or that it has.
    fn reasons(&self, id: PlannedId, state: &State<'_>) -> Vec<String> {
        let (style, mark) = match state {
            State::Denied(_) | State::Invalid(_) | State::NeverStarts { .. } | State::Failed(_) => (RED, '✗'),
            State::WaitsForFacts(_) => (YELLOW, '?'),
            _ => (DIM, '·'),
        };
        let mut lines = vec![format!("{style}{mark}{style:#} {}", self.named(id))];
        match state {
            State::Denied(findings) | State::Invalid(findings) => lines.extend(self.messages(findings)),
            State::WaitsForFacts(missing) => {
                lines.extend(missing.iter().map(Missing::pointer).map(|pointer| printable(&pointer)));
            }
            State::WaitsForRequests(on) => lines.extend(on.iter().map(|on| self.named(*on))),
            State::NeverStarts { because } => lines.push(self.because(self.plan, *because)),
            State::Failed(again) => lines.push(when_again(*again).text(self.locale).to_owned()),
            State::Ready => {
                let turn = self.plan.turn(id);
                lines.extend(turn.map(|Turn { after, shared, .. }| {
                    let shared = shared.text(self.locale);
                    LABELS.turn.filled(self.locale, &[("case", &self.source(after)), ("shared", &shared)])
                }));
            }
            _ => {}
        }
        if matches!(state, State::Ready | State::WaitsForRequests(_)) {
            lines.extend(self.afterwards(id));
        }
        lines
    }

    fn messages<'f>(&self, findings: &'f [Finding<'static>]) -> impl Iterator<Item = String> + use<'f> {
        let locale = self.locale;
        findings.iter().map(move |finding| finding.message(locale))
    }

    /// Why it never starts once what it waits for has ended well.
    fn afterwards(&self, id: PlannedId) -> Option<String> {
        let why = match self.end.state(id)? {
            State::Denied(findings) => self.messages(findings).next()?,
            State::NeverStarts { because } => self.because(&self.end, because),
            _ => return None,
        };
        Some(LABELS.ended.filled(self.locale, &[("why", &why)]))
    }

    /// That it never starts for the sake of another request.
    fn because(&self, plan: &Plan, because: PlannedId) -> String {
        let is_failed = matches!(plan.state(because), Some(State::Failed(_)));
        let sentence = match plan.prepares(because) {
            Some(_) => LABELS.because_first,
            None if is_failed => LABELS.because_failed,
            None => LABELS.because,
        };
        sentence.filled(self.locale, &[("case", &self.source(because))])
    }

    /// How many cases stand how; apart from them, how much is made first.
    fn summary(&self, now: &[Start], later: &[Vec<PlannedId>], out: &mut Out) -> Result<()> {
        let is_case = |id: &PlannedId| self.plan.prepares(*id).is_none();
        let now: Vec<_> = now.iter().flat_map(Start::requests).copied().collect();
        let later: Vec<_> = later.iter().flatten().copied().collect();
        let number = |of: &[PlannedId], cases: bool| of.iter().filter(|id| is_case(id) == cases).count();
        let number_of = |is: fn(&State<'_>) -> bool, cases: bool| {
            self.plan.states().filter(|(id, state)| is_case(id) == cases && is(state)).count()
        };
        let of = |cases: bool| {
            let (now, later) = (number(&now, cases), number(&later, cases));
            let waiting = number_of(|state| matches!(state, State::Ready | State::WaitsForRequests(_)), cases);
            let never = |state: &State<'_>| matches!(state, State::Denied(_) | State::NeverStarts { .. });
            [
                (now, LABELS.starting),
                (later, LABELS.starting_later),
                (waiting.saturating_sub(now + later), LABELS.waiting),
                (number_of(|state| matches!(state, State::WaitsForFacts(_)), cases), LABELS.undetermined),
                (number_of(|state| matches!(state, State::Running), cases), LABELS.running),
                (number_of(|state| matches!(state, State::Finished { .. }), cases), LABELS.finished),
                (number_of(|state| matches!(state, State::Failed(_)), cases), LABELS.failed_count),
                (number_of(never, cases), LABELS.never_count),
                (number_of(|state| matches!(state, State::Invalid(_)), cases), LABELS.invalid_count),
            ]
        };
        // The first two are said of cases even where there are none.
        let shown = |always: usize, all: [(usize, Message); 9]| {
            let all = all.into_iter().enumerate().filter(move |(index, (count, _))| *index < always || *count > 0);
            all.map(|(_, of)| of).collect::<Vec<_>>()
        };
        let (cases, firsts) = (shown(2, of(true)), shown(0, of(false)));
        let cases = counted(&cases, self.locale);
        if firsts.is_empty() {
            return out.line(&cases);
        }
        let firsts = counted(&firsts, self.locale);
        out.line(&LABELS.firsts.filled(self.locale, &[("cases", &cases), ("firsts", &firsts)]))
    }
}

/// The line of the HTTP call.
fn called(start: &Start) -> String {
    format!("{} {}", start.request().method(), printable(start.request().path()))
}
