//! Reports for people: the verdict, then each finding with its position, then the missing facts.

use crate::Result;
use crate::concise;
use crate::judged::{Judged, Shown};
use crate::output::{BOLD, DIM, GREEN, Out, RED, YELLOW};
use crate::place::{Located, Region, Source};
use crate::sentences::{LABELLED, Values, say};
use crate::tally::Tally;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use anstream::adapter::strip_str;
use anstyle::Style;
use image_preflight::{
    Citation, Finding, Locale, Message, Missing, Outcome, Param, Report, Severity, Verdict, is_hidden, printable,
};
use image_preflight_input::Note;
use std::collections::HashSet;
use std::fmt::Display;
use std::ops::Range;

/// The labels of the command line; the texts of rules come from the library.
struct Labels {
    allowed: Message,
    denied: Message,
    undetermined: Message,
    invalid: Message,
    error: Message,
    warning: Message,
    advice: Message,
    fix: Message,
    source: Message,
    way_out: Message,
    at: Message,
    find_out: Message,
    presumed: Message,
    more: Message,
    unknown_case: Message,
    no_json: Message,
    no_object: Message,
    no_utf_8: Message,
    comma: Message,
    ignored: Message,
    no_case: Message,
}

static LABELS: Labels = Labels {
    allowed: Message { en: "allowed", zh: "可以提交" },
    denied: Message { en: "denied", zh: "会被拒绝" },
    undetermined: Message { en: "undetermined", zh: "无法判断" },
    invalid: Message { en: "invalid", zh: "用例有误" },
    error: Message { en: "error", zh: "错误" },
    warning: Message { en: "warning", zh: "警告" },
    advice: Message { en: "advice", zh: "建议" },
    fix: Message { en: "fix", zh: "处理方法" },
    source: Message { en: "source", zh: "依据" },
    way_out: Message { en: " (via {operation})", zh: "（操作：{operation}）" },
    at: Message { en: "at", zh: "位置" },
    find_out: Message { en: "Missing facts:", zh: "还需确认：" },
    presumed: Message {
        en: "Presumed to be in order because not given: {facts}. With --strict, they are required.",
        zh: "以下信息未提供，推定为正常：{facts}。使用 --strict 时必须提供。",
    },
    more: Message {
        en: "more findings; `--format json` shows them all",
        zh: "个问题未显示，可用 `--format json` 查看全部",
    },
    unknown_case: Message { en: "unknown operation", zh: "未知操作" },
    no_json: Message { en: "not JSON", zh: "不是有效的 JSON" },
    no_object: Message { en: "not a case", zh: "不是用例" },
    no_utf_8: Message { en: "not UTF-8", zh: "编码不是 UTF-8" },
    comma: Message { en: ", ", zh: "，" },
    ignored: Message { en: "Findings ignored: {count}", zh: "已忽略的问题数：{count}" },
    no_case: Message { en: "0 cases", zh: "0 个用例" },
};

/// Prints one report.
pub(crate) fn report(judged: &Judged<'_, '_>, located: &Located<'_>, locale: Locale, out: &mut Out) -> Result<()> {
    let report = judged.report;
    let title =
        report.operation().map_or_else(|| unknown(report).text(locale), |operation| operation.title().text(locale));
    headline(judged.verdict, title, located.source, locale, out)?;
    let (violated, unknown): (Vec<_>, Vec<_>) =
        judged.decisive().partition(|shown| shown.finding.outcome() == Outcome::Violated);
    // Escape sequences that are taken out again cost a tenth of the time of a run.
    let renderer = if out.has_color() { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    for finding in violated.iter().take(MAX_SHOWN) {
        out.line(&format!("{}\n", rendered(finding, located, locale, &renderer)))?;
    }
    if let Some(more) = violated.len().checked_sub(MAX_SHOWN).filter(|more| *more > 0) {
        out.line(&format!("{BOLD}+{more}{BOLD:#}  {}\n", LABELS.more.text(locale)))?;
    }
    if !unknown.is_empty() {
        missing(judged, &unknown, locale, out)?;
    }
    if !judged.ignored.is_empty() {
        let count = judged.ignored.len().to_string();
        out.line(&format!("{DIM}{}{DIM:#}", LABELS.ignored.text(locale).replace("{count}", &count)))?;
    }
    let pointers: Vec<_> = report.presumed().iter().map(Missing::pointer).collect();
    match presumed(&pointers, locale) {
        Some(sentence) => out.line(&format!("{DIM}{}{DIM:#}", printable(&sentence))),
        None => Ok(()),
    }
}

/// What is said in the place of the operation where there is none.
fn unknown(report: &Report<'_>) -> Message {
    let problem = report.findings().iter().find_map(|finding| finding.param("problem"));
    match problem {
        Some(Param::Label("not-utf-8", _)) => LABELS.no_utf_8,
        Some(Param::Label("not-an-object", _)) => LABELS.no_object,
        Some(Param::Label(..)) => LABELS.no_json,
        _ => LABELS.unknown_case,
    }
}

/// The sentence about the facts that are presumed to be in order, if there are any.
pub(crate) fn presumed<P: AsRef<str>>(pointers: &[P], locale: Locale) -> Option<String> {
    let pointers: Vec<_> = pointers.iter().map(AsRef::as_ref).collect();
    let between = locale.comma();
    (!pointers.is_empty()).then(|| LABELS.presumed.text(locale).replace("{facts}", &pointers.join(between)))
}

/// The maximum number of findings shown to a person.
const MAX_SHOWN: usize = 50;

fn headline(verdict: Verdict, title: &str, source: &Source<'_>, locale: Locale, out: &mut Out) -> Result<()> {
    let (mark, style, word) = verdict_words(verdict);
    let (file, line) = (source.file.shown(), source.taken.map_or(source.line, |taken| taken.line));
    let name = source.taken.and_then(|taken| taken.origin.name.as_deref());
    let name = name.map(|name| format!("  {}", printable(name))).unwrap_or_default();
    out.line(&format!(
        "{style}{mark} {}{style:#}  {BOLD}{title}{BOLD:#}  {DIM}{file}:{line}{DIM:#}{name}",
        word.text(locale)
    ))
}

/// Prints a note beside the findings of a request.
pub(crate) fn advice(note: &Note, locale: Locale, out: &mut Out) -> Result<()> {
    let values: &Values<'_> = &[
        ("style", &BOLD),
        ("label", &LABELS.advice.text(locale)),
        ("end", &BOLD.render_reset()),
        ("sentence", &printable(&note.text(locale))),
    ];
    out.line(&say(LABELLED, values))
}

/// The symbol, style and label of a verdict.
pub(crate) fn verdict_words(verdict: Verdict) -> (char, Style, Message) {
    match verdict {
        Verdict::Allowed => ('✓', GREEN, LABELS.allowed),
        Verdict::Denied => ('✗', RED, LABELS.denied),
        Verdict::Undetermined => ('?', YELLOW, LABELS.undetermined),
        Verdict::Invalid => ('!', RED, LABELS.invalid),
    }
}

/// A citation in one line, without its address.
pub(crate) fn cited(citation: &Citation, locale: Locale) -> String {
    [citation.document, citation.date_text(locale), citation.section].join(LABELS.comma.text(locale))
}

/// A finding with a snippet of the text, its fixes and its sources.
fn rendered(shown: &Shown<'_, '_>, located: &Located<'_>, locale: Locale, renderer: &Renderer) -> String {
    let finding = shown.finding;
    let (level, name) = match shown.severity() {
        Severity::Error => (Level::ERROR, LABELS.error),
        Severity::Warning => (Level::WARNING, LABELS.warning),
        Severity::Advice => (Level::INFO, LABELS.advice),
    };
    let message = concise::message(finding, locale);
    let title = level.with_name(name.text(locale)).primary_title(message).id(finding.rule().id);
    let mut group = Group::with_title(title);
    let place = place(finding, located);
    match &place {
        Some(place) => group = group.element(place.snippet()),
        None => {
            let at = located.source.taken.map_or_else(
                || finding.at().to_owned(),
                |taken| {
                    let region = taken.region(finding);
                    let place = region
                        .map(|region| format!("{}:{}:{} ", located.source.file.shown(), region.line, region.column));
                    place.unwrap_or_default() + &taken.place(finding)
                },
            );
            group = group.element(Level::NOTE.with_name(LABELS.at.text(locale)).message(printable(&at)));
        }
    }
    for fix in finding.fixes() {
        let mut text = finding.fix_title(fix, locale);
        if let Some(operation) = fix.operation() {
            text.push_str(&LABELS.way_out.text(locale).replace("{operation}", operation));
        }
        group = group.element(Level::HELP.with_name(LABELS.fix.text(locale)).message(text));
    }
    if let Some(citation) = finding.rule().citations_in(locale).next() {
        let url = citation.url.map(|url| format!("\n{url}")).unwrap_or_default();
        let text = cited(citation, locale) + &url;
        group = group.element(Level::NOTE.with_name(LABELS.source.text(locale)).message(text));
    }
    let rendered = with_own_colons(renderer.render(&[group]), finding.rule().id, locale);
    match place {
        Some(place) => place.with_column(rendered),
        None => rendered,
    }
}

/// The renderer puts an ASCII colon behind its labels. A language that has another one gets that; both are two columns wide with the space.
fn with_own_colons(rendered: String, rule: &str, locale: Locale) -> String {
    if locale != Locale::CHINESE {
        return rendered;
    }
    let labels = [LABELS.fix, LABELS.source, LABELS.at].map(|label| label.text(locale));
    let line = |line: &str| {
        let plain = strip_str(line).to_string();
        let is_title = plain.contains(&format!("[{rule}]: ")) && !plain.starts_with([' ', '|']);
        let note = plain.trim_start().strip_prefix("= ");
        let is_note = note.is_some_and(|note| labels.iter().any(|label| note.starts_with(&format!("{label}: "))));
        if is_title || is_note { line.replacen(": ", "：", 1) } else { line.to_owned() }
    };
    rendered.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Longer lines of a file are shortened around the position.
const WIDTH: usize = 120;

/// The bytes of a long line to consider on either side of a position: more than is shown, even of characters of four bytes and two columns.
/// The renderer looks at each character several times.
const CONTEXT: usize = 1 << 8;

/// The position of a finding in the user's file, with as much of its line as may be shown, so that neither a long file nor a long
/// line makes a finding expensive.
struct Place<'l> {
    file: &'l str,
    line: usize,
    column: usize,
    /// The part of the line to show, and the span of the finding in it.
    text: String,
    span: Range<usize>,
    label: String,
}

/// The position of a finding; `None` if it is not in the user's file.
fn place<'l>(finding: &Finding<'_>, located: &'l Located<'_>) -> Option<Place<'l>> {
    let Source { file, text, .. } = located.source;
    let span = located.span(finding)?;
    let Region { line, column, .. } = located.region(&span);
    let before = text.get(text.ceil_char_boundary(span.start.saturating_sub(CONTEXT))..span.start)?;
    let before = before.rsplit('\n').next().unwrap_or_default();
    let behind = text.get(span.start..text.floor_char_boundary(span.end.saturating_add(CONTEXT)))?;
    let (at, behind) = behind.split_at_checked(span.len())?;
    let at = at.get(..at.floor_char_boundary(CONTEXT)).filter(|_| at.len() > CONTEXT).unwrap_or(at);
    let behind = if at.ends_with('\n') { "" } else { behind.split('\n').next().unwrap_or_default() };
    let behind = behind.strip_suffix('\r').unwrap_or(behind);
    let text = without_hidden(&[before, at, behind].concat());
    let span = before.len()..before.len() + at.len();
    Some(Place { file: file.shown(), line, column, text, span, label: printable(finding.at()) })
}

impl Place<'_> {
    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let annotation = AnnotationKind::Primary.span(self.span.clone()).label(&self.label);
        Snippet::source(&self.text).path(self.file).line_start(self.line).annotation(annotation)
    }

    /// Corrects the column: the renderer counts from the start of the text that it is given, which need not be the start of the line.
    fn with_column(&self, rendered: String) -> String {
        let counted = self.text.get(..self.span.start).unwrap_or_default().chars().count() + 1;
        if counted == self.column {
            return rendered;
        }
        let is_origin = |line: &&str| strip_str(line).to_string().trim_start().starts_with("--> ");
        let Some(origin) = rendered.split('\n').find(is_origin) else { return rendered };
        let Some((before, behind)) = origin.rsplit_once(&format!(":{counted}")) else { return rendered };
        rendered.replacen(origin, &format!("{before}:{}{behind}", self.column), 1)
    }
}

/// Replaces each non-ASCII character that a terminal interprets by one of the same length in bytes, so that positions stay valid. The
/// renderer replaces ASCII control characters itself.
fn without_hidden(text: &str) -> String {
    let replacement = |c: char| match (!c.is_ascii() && is_hidden(c), c.len_utf8()) {
        (false, _) => c,
        (true, 2) => '·',
        (true, _) => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(replacement).collect()
}

/// Prints the facts that could still turn the verdict, each with how to obtain it and the rule that needs it.
fn missing(judged: &Judged<'_, '_>, unknown: &[&Shown<'_, '_>], locale: Locale, out: &mut Out) -> Result<()> {
    out.line(&format!("{BOLD}{}{BOLD:#}", LABELS.find_out.text(locale)))?;
    let mut open: HashSet<_> = judged.missing().iter().map(|missing| missing.pointer()).collect();
    for Shown { finding, .. } in unknown {
        for (missing, fix) in finding.missing().iter().zip(finding.fixes()) {
            let pointer = missing.pointer();
            if open.remove(&pointer) {
                out.line(&format!("  {YELLOW}{}{YELLOW:#}", printable(&pointer)))?;
                out.line(&format!("      {}", finding.fix_title(fix, locale)))?;
                out.line(&format!("      {DIM}{}{DIM:#}", finding.rule().id))?;
            }
        }
    }
    Ok(())
}

/// What is said of a run that found nothing to check.
pub(crate) fn no_case(locale: Locale) -> &'static str {
    LABELS.no_case.text(locale)
}

/// The number of cases by verdict, unless there was one.
pub(crate) fn summary(tally: &Tally, locale: Locale) -> Option<String> {
    let Tally { allowed, denied, undetermined, invalid, ignored, .. } = tally;
    match allowed + denied + undetermined + invalid {
        0 => return Some(format!("{BOLD}{}{BOLD:#}", LABELS.no_case.text(locale))),
        1 => return None,
        _ => {}
    }
    let counts = [
        (allowed, LABELS.allowed),
        (denied, LABELS.denied),
        (undetermined, LABELS.undetermined),
        (invalid, LABELS.invalid),
    ];
    let mut line = counted(&counts, locale);
    if *ignored > 0 {
        line.push_str(&format!(
            "  {DIM}{}{DIM:#}",
            LABELS.ignored.text(locale).replace("{count}", &ignored.to_string())
        ));
    }
    Some(line)
}

/// Numbers with what they count, in one line.
pub(crate) fn counted(counts: &[(impl Display, Message)], locale: Locale) -> String {
    let one = |(count, label): &(_, Message)| match label.text(locale) {
        label if locale == Locale::CHINESE => format!("{label} {count}"),
        label => format!("{count} {label}"),
    };
    let counts: Vec<_> = counts.iter().map(one).collect();
    format!("{BOLD}{}{BOLD:#}", counts.join(LABELS.comma.text(locale)))
}
