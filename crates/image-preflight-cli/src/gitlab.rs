//! Findings as a code quality report of GitLab: a list in the form of Code Climate, written as it comes.

use crate::Result;
use crate::concise::named_sentence;
use crate::fingerprint::fingerprint;
use crate::judged::{Judged, Shown};
use crate::output::Out;
use crate::place::Located;
use image_preflight::{Locale, Outcome, Severity};
use serde_json::{Value, json};

/// A list in progress.
#[derive(Default)]
pub(crate) struct List {
    has_begun: bool,
}

impl List {
    pub(crate) fn add(
        &mut self,
        judged: &Judged<'_, '_>,
        located: &Located<'_>,
        locale: Locale,
        out: &mut Out,
    ) -> Result<()> {
        for finding in judged.decisive() {
            let before = if std::mem::replace(&mut self.has_begun, true) { "," } else { "[" };
            out.line(&format!("{before}{}", issue(finding, located, locale)))?;
        }
        Ok(())
    }

    pub(crate) fn end(self, out: &mut Out) -> Result<()> {
        out.line(if self.has_begun { "]" } else { "[]" })
    }
}

fn issue(finding: &Shown<'_, '_>, located: &Located<'_>, locale: Locale) -> Value {
    let (line, _) = located.line_and_column(finding.finding);
    let severity = match (finding.finding.outcome(), finding.severity()) {
        (Outcome::Violated, Severity::Error) => "critical",
        (Outcome::Unknown, Severity::Error) => "major",
        (_, Severity::Warning) => "minor",
        (_, Severity::Advice) => "info",
    };
    json!({
        "description": named_sentence(finding.finding, located, locale),
        "check_name": finding.finding.rule().id,
        "fingerprint": fingerprint(finding.finding, located.source),
        "severity": severity,
        "location": {"path": located.source.file.relative(), "lines": {"begin": line}}
    })
}
