//! Findings as GitHub workflow commands: annotations at the lines of a pull request.

use crate::concise;
use crate::human;
use crate::judged::{Judged, Shown};
use crate::output::shown;
use crate::place::{Located, Source};
use crate::tally::Tally;
use image_preflight::{Locale, Outcome, Severity};

/// A line for each finding.
pub(crate) fn annotations<'l>(
    judged: &'l Judged<'_, '_>,
    located: &'l Located<'_>,
    locale: Locale,
) -> impl Iterator<Item = String> {
    judged.findings.iter().map(move |shown| annotation(shown, located, locale))
}

/// A line about the facts that one or more verdicts presume to be in order: one for all cases, as GitHub shows few of a step.
pub(crate) fn presumed(tally: &Tally, locale: Locale) -> Option<String> {
    human::presumed(&tally.presumed(), locale).map(|sentence| format!("::notice title=presumed::{}", data(&sentence)))
}

/// A line for each note beside the findings of a request.
pub(crate) fn notes(source: &Source<'_>, locale: Locale) -> impl Iterator<Item = String> {
    source.taken.into_iter().flat_map(move |taken| {
        let file = source.file.path().map(|path| format!("file={},", property(&path.to_string_lossy())));
        let place = format!("{}line={},", file.unwrap_or_default(), taken.line);
        let name = taken.origin.name.as_deref().unwrap_or_default();
        taken.notes.iter().map(move |note| {
            let text = data(&format!("{name}: {}", note.text(locale)));
            format!("::notice {place}title={}::{text}", property(note.kind))
        })
    })
}

fn annotation(shown: &Shown<'_, '_>, located: &Located<'_>, locale: Locale) -> String {
    let finding = shown.finding;
    let command = match (finding.outcome(), shown.severity()) {
        (Outcome::Violated, Severity::Error) => "error",
        (Outcome::Violated, Severity::Warning) | (Outcome::Unknown, Severity::Error) => "warning",
        _ => "notice",
    };
    let mut properties = Vec::new();
    if let Some(path) = located.source.file.path() {
        properties.push(format!("file={}", property(&path.to_string_lossy())));
        if let Some(span) = located.span(finding) {
            let region = located.region(&span);
            properties.push(format!("line={}", region.line));
            properties.push(format!("endLine={}", region.end_line));
            // GitHub supports columns only for annotations of a single line.
            if region.line == region.end_line {
                properties.push(format!("col={}", region.column));
                properties.push(format!("endColumn={}", region.end_column));
            }
        } else if let Some(taken) = located.source.taken {
            let line = taken.region(finding).map_or(taken.line, |region| region.line);
            properties.push(format!("line={line}"));
        }
    }
    properties.push(format!("title={}", property(finding.rule().id)));
    let fixes = finding.fixes().iter().map(|fix| finding.fix_title(fix, locale));
    let place = located.source.taken.map(|taken| taken.place(finding));
    let lines = [concise::message(finding, locale)]
        .into_iter()
        .chain(place)
        .chain(fixes)
        .chain([finding.rule().help_url(locale)]);
    let lines: Vec<_> = lines.map(|line| data(&line)).collect();
    format!("::{command} {}::{}", properties.join(","), lines.join("%0A"))
}

/// One line of text without control characters, escaped for a workflow command as GitHub's runner unescapes it.
fn data(line: &str) -> String {
    shown(line).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
