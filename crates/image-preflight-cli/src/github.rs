//! Findings as commands of a GitHub workflow: annotations beside the lines of a pull request.

use crate::place::Source;
use image_preflight::{Finding, Locale, Outcome, Report, Severity};

/// A line for each finding.
pub(crate) fn annotations(report: &Report<'_>, source: &Source<'_>, locale: Locale) -> Vec<String> {
    report.findings().iter().map(|finding| annotation(finding, source, locale)).collect()
}

fn annotation(finding: &Finding<'_>, source: &Source<'_>, locale: Locale) -> String {
    let command = match (finding.outcome(), finding.severity()) {
        (Outcome::Violated, Severity::Error) => "error",
        (Outcome::Violated, Severity::Warning) | (Outcome::Unknown, Severity::Error) => "warning",
        _ => "notice",
    };
    let mut properties = Vec::new();
    if source.file != crate::input::STDIN {
        properties.push(format!("file={}", property(source.file)));
        if let Some(span) = source.span(finding) {
            let region = source.region(&span);
            properties.push(format!("line={}", region.line));
            properties.push(format!("endLine={}", region.end_line));
            // Columns are for annotations on one line only.
            if region.line == region.end_line {
                properties.push(format!("col={}", region.column));
                properties.push(format!("endColumn={}", region.end_column));
            }
        }
    }
    properties.push(format!("title={}", property(finding.rule().id)));
    let fixes = finding.fixes().iter().map(|fix| finding.fix_title(fix, locale));
    let lines: Vec<_> =
        [finding.message(locale)].into_iter().chain(fixes).chain([finding.rule().help_url(locale)]).collect();
    format!("::{command} {}::{}", properties.join(","), data(&lines.join("\n")))
}

/// What a workflow command would take for its own end, escaped as GitHub's runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
