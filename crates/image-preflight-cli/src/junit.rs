//! Reports as JUnit XML: a test suite per file, a test case per case. A suite states its counts before its cases, and readers show them,
//! so the cases of a suite are held; a file of many cases is several suites, so that memory stays bounded.

use crate::concise::{level, sentence};
use crate::judged::{Judged, Shown};
use crate::output::{Out, shown};
use crate::place::Located;
use crate::tally::FailOn;
use crate::{COULD_NOT_RUN, Result};
use image_preflight::Locale;
use quick_xml::escape::escape;
use std::fmt::Write;

/// The maximum number of cases in a suite, and the bytes after which no further case joins it.
const MAX_CASES: usize = 1000;
const MAX_BYTES: usize = 1 << 18;

/// A document in progress.
pub(crate) struct Document {
    /// What fails the run, and so a test case.
    fail_on: FailOn,
    has_begun: bool,
    suite: Suite,
}

#[derive(Default)]
struct Suite {
    file: String,
    /// Whether an earlier suite has the first cases of the file.
    part: usize,
    cases: String,
    count: usize,
    failures: usize,
    errors: usize,
}

impl Document {
    pub(crate) fn new(fail_on: FailOn) -> Self {
        Document { fail_on, has_begun: false, suite: Suite::default() }
    }

    pub(crate) fn add(
        &mut self,
        judged: &Judged<'_, '_>,
        located: &Located<'_>,
        locale: Locale,
        out: &mut Out,
    ) -> Result<()> {
        let file = located.source.file.shown();
        if self.suite.file != file {
            self.close(out)?;
            self.suite = Suite { file: file.to_owned(), ..Suite::default() };
        } else if self.suite.count == MAX_CASES || self.suite.cases.len() >= MAX_BYTES {
            let part = self.suite.part + 1;
            self.close(out)?;
            self.suite = Suite { file: file.to_owned(), part, ..Suite::default() };
        }
        self.suite.add(judged, located, self.fail_on, locale);
        Ok(())
    }

    pub(crate) fn end(mut self, errors: &[String], out: &mut Out) -> Result<()> {
        self.close(out)?;
        self.begin(out)?;
        if !errors.is_empty() {
            let count = errors.len();
            out.line(&format!(
                "<testsuite name=\"image-preflight\" tests=\"{count}\" failures=\"0\" errors=\"{count}\">"
            ))?;
            for error in errors {
                let error = text(error);
                out.line(&format!(
                    "<testcase name=\"input\" classname=\"image-preflight\"><error message=\"{error}\"/></testcase>"
                ))?;
            }
            out.line("</testsuite>")?;
        }
        out.line("</testsuites>")
    }

    fn begin(&mut self, out: &mut Out) -> Result<()> {
        if std::mem::replace(&mut self.has_begun, true) {
            return Ok(());
        }
        out.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"image-preflight\">")
    }

    fn close(&mut self, out: &mut Out) -> Result<()> {
        self.begin(out)?;
        let Suite { file, part, cases, count, failures, errors } = std::mem::take(&mut self.suite);
        if count == 0 {
            return Ok(());
        }
        let part = if part == 0 { String::new() } else { format!(" ({})", part + 1) };
        let file = text(&file);
        out.line(&format!(
            "<testsuite name=\"{file}{part}\" tests=\"{count}\" failures=\"{failures}\" errors=\"{errors}\">\n{cases}</testsuite>"
        ))
    }
}

impl Suite {
    fn add(&mut self, judged: &Judged<'_, '_>, located: &Located<'_>, fail_on: FailOn, locale: Locale) {
        let source = located.source;
        let (line, _) = source.begins();
        let operation = judged.report.operation().map_or("?", image_preflight::Operation::id);
        let resource = source.resource().map(|name| format!(" {name}")).unwrap_or_default();
        let name = text(&format!("{operation}{resource} (line {line})"));
        let file = text(source.file.shown());
        let _ = write!(self.cases, "<testcase name=\"{name}\" classname=\"{file}\">");
        self.count += 1;
        let line = |finding: &Shown<'_, '_>| {
            let (line, column) = located.line_and_column(finding.finding);
            let (level, rule) = (level(finding), finding.finding.rule().id);
            format!("{line}:{column}: {level}[{rule}] {}", sentence(finding.finding, locale))
        };
        // A reader shows the headline alone: that is what decides, not what comes first in the case.
        let first = text(&judged.decisive().min_by_key(|finding| finding.rank()).map(line).unwrap_or_default());
        let all = text(&judged.decisive().map(line).collect::<Vec<_>>().join("\n"));
        let kind = judged.verdict.as_str();
        let _ = match fail_on.status(judged.verdict, judged.warnings() > 0) {
            0 if all.is_empty() => Ok(()),
            0 => write!(self.cases, "<system-out>{all}</system-out>"),
            COULD_NOT_RUN => {
                self.errors += 1;
                write!(self.cases, "<error type=\"{kind}\" message=\"{first}\">{all}</error>")
            }
            _ => {
                self.failures += 1;
                write!(self.cases, "<failure type=\"{kind}\" message=\"{first}\">{all}</failure>")
            }
        };
        self.cases.push_str("</testcase>\n");
    }
}

/// As XML; characters that a terminal or XML would not take are made visible.
fn text(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(shown).collect();
    let text = lines.join("\n").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    escape(text.as_str()).into_owned()
}
