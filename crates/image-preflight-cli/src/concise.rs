//! A finding a line: `file:line:column: level[rule] sentence`, which editors, `grep` and problem matchers read. The words for levels
//! are the same in every language.

use crate::judged::{Judged, Shown};
use crate::output::shown;
use crate::place::Located;
use image_preflight::{Finding, Locale, Outcome, Param, Severity};

/// The lines of a report.
pub(crate) fn lines(judged: &Judged<'_, '_>, located: &Located<'_>, locale: Locale) -> Vec<String> {
    let findings = judged.decisive().map(|finding| line(finding, located, locale));
    let notes = located.source.taken.into_iter().flat_map(|taken| {
        let (line, column) = located.source.begins();
        let file = located.source.file.shown();
        let name = name(taken.origin.name.as_deref());
        let note = move |note: &image_preflight_input::Note| {
            format!("{file}:{line}:{column}: advice[{}] {name}{}", note.kind, shown(&note.text(locale)))
        };
        taken.notes.iter().map(note)
    });
    findings.chain(notes).collect()
}

fn line(finding: &Shown<'_, '_>, located: &Located<'_>, locale: Locale) -> String {
    let (line, column) = located.line_and_column(finding.finding);
    let file = located.source.file.shown();
    let level = level(finding);
    format!(
        "{file}:{line}:{column}: {level}[{}] {}",
        finding.finding.rule().id,
        named_sentence(finding.finding, located, locale)
    )
}

/// The message on one line, after the name of its resource.
pub(crate) fn named_sentence(finding: &Finding<'_>, located: &Located<'_>, locale: Locale) -> String {
    let name = located.source.taken.map(|taken| name(Some(&taken.name(finding)))).unwrap_or_default();
    name + &sentence(finding, locale)
}

/// The message on one line.
pub(crate) fn sentence(finding: &Finding<'_>, locale: Locale) -> String {
    shown(&message(finding, locale))
}

/// The message beside the position in the file: that in the case, which may be one of many lines, is left out.
pub(crate) fn message(finding: &Finding<'_>, locale: Locale) -> String {
    match finding.param("problem") {
        Some(Param::Label(_, problem)) => problem.text(locale).to_owned(),
        _ => finding.message(locale),
    }
}

pub(crate) fn level(finding: &Shown<'_, '_>) -> &'static str {
    match (finding.finding.outcome(), finding.severity()) {
        (Outcome::Unknown, _) => "undetermined",
        (_, severity) => match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        },
    }
}

fn name(name: Option<&str>) -> String {
    name.map(|name| format!("{}: ", shown(name))).unwrap_or_default()
}
