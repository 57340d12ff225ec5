//! Findings that are known: a run with a baseline shows the others only. A finding is known by its file, its resource if it has one,
//! its rule and its place in the case, and as often as it was found, not by its line.

use crate::Result;
use crate::file_name::FileName;
use crate::gate::can_be_ignored;
use crate::input;
use crate::judged::Judged;
use crate::output::Out;
use crate::output::Reader;
use crate::place::Source;
use crate::sentences::{NO_BASELINE, OTHER_BASELINE, say};
use image_preflight::{Finding, Outcome, Severity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Counts of findings.
#[derive(Default)]
pub(crate) struct Baseline {
    counts: BTreeMap<Known, u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource: Option<String>,
    rule: String,
    at: String,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    known: Known,
    count: u64,
}

/// The version of the file's form.
const VERSION: u32 = 1;

impl Baseline {
    /// Reads a file that [`Baseline::write`] has written.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let file = FileName::of(path);
        let text = input::text(&file)?;
        let written: Written = serde_json::from_str(&text)
            .map_err(|error| say(NO_BASELINE, &[("file", &file.shown()), ("why", &error)]))?;
        if written.version != VERSION {
            return Err(say(
                OTHER_BASELINE,
                &[("file", &file.shown()), ("version", &written.version), ("expected", &VERSION)],
            ));
        }
        let mut counts = BTreeMap::new();
        for Entry { known, count } in written.findings {
            *counts.entry(known).or_default() += count;
        }
        Ok(Baseline { counts })
    }

    /// Whether a finding is known; each occurrence is known once.
    pub(crate) fn takes(&mut self, finding: &Finding<'_>, source: &Source<'_>) -> bool {
        if !is_kept(finding) {
            return false;
        }
        match self.counts.get_mut(&Known::of(finding, source)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Adds what a report has found.
    pub(crate) fn add(&mut self, judged: &Judged<'_, '_>, source: &Source<'_>) {
        for shown in judged.findings.iter().filter(|shown| is_kept(shown.finding)) {
            *self.counts.entry(Known::of(shown.finding, source)).or_default() += 1;
        }
    }

    /// Writes it, sorted, so that a repository shows what changes.
    pub(crate) fn write(self, path: &Path) -> Result<()> {
        let findings = self.counts.into_iter().map(|(known, count)| Entry { known, count }).collect();
        let mut out = Out::file(path, Reader::Json)?;
        let written = Written { version: VERSION, findings };
        out.line(&serde_json::to_string_pretty(&written).unwrap_or_default())?;
        out.flush()
    }
}

/// What is violated, and what is not decided. What makes a case invalid is never known.
fn is_kept(finding: &Finding<'_>) -> bool {
    can_be_ignored(finding) && (finding.outcome() == Outcome::Violated || finding.severity() == Severity::Error)
}

impl Known {
    fn of(finding: &Finding<'_>, source: &Source<'_>) -> Self {
        Known {
            file: source.file.relative(),
            resource: source.resource().map(str::to_owned),
            rule: finding.rule().id.to_owned(),
            at: finding.at().to_owned(),
        }
    }
}
