//! `check` and `request`: cases in, reports or HTTP calls out.

use crate::args::{CheckOptions, Given, RequestOptions, Style};
use crate::human::{self, Source};
use crate::output::Out;
use crate::{COULD_NOT_RUN, Result, assemble, input};
use image_preflight::{Edition, Report, Verdict};
use std::path::PathBuf;

/// How many cases came to which verdict.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) allowed: u64,
    pub(crate) denied: u64,
    pub(crate) undetermined: u64,
    /// Of the denied ones, those that were no JSON.
    unread: u64,
}

impl Tally {
    fn count(&mut self, report: &Report<'_>) {
        match report.verdict() {
            Verdict::Allowed => self.allowed += 1,
            Verdict::Denied => self.denied += 1,
            Verdict::Undetermined => self.undetermined += 1,
        }
        self.unread += u64::from(report.findings().iter().any(|finding| finding.rule().id == "case.syntax"));
    }

    fn status(&self) -> u8 {
        match self {
            Tally { unread: 1.., .. } => COULD_NOT_RUN,
            Tally { denied: 1.., .. } => 1,
            Tally { undetermined: 1.., .. } => 3,
            _ => 0,
        }
    }
}

/// Checks and prints.
pub(crate) fn run(options: &CheckOptions) -> Result<u8> {
    let CheckOptions { files, given } = options;
    let style = &given.style;
    let mut out = Out::new(style.is_human());
    let mut tally = Tally::default();
    if let Some(case) = assembled(given)? {
        with_assembled(&case, &style.edition, |report, source| {
            tally.count(report);
            print(report, source, style, &mut out)
        })?;
    } else {
        let stdin = [PathBuf::from("-")];
        for path in if files.is_empty() { &stdin[..] } else { files } {
            input::cases(path, |case| {
                let report = report_of(case.text, &style.edition);
                tally.count(&report);
                let text = String::from_utf8_lossy(case.text);
                let source = Source { file: case.file, line: case.line, text: &text, start: 0 };
                print(&report, &source, style, &mut out)
            })?;
        }
    }
    if style.is_human() {
        human::summary(&tally, style.locale, &mut out)?;
    }
    out.flush()?;
    Ok(tally.status())
}

fn report_of<'t>(text: &'t [u8], edition: &Edition) -> Report<'t> {
    match std::str::from_utf8(text) {
        Ok(text) => image_preflight::check_under(text, edition),
        Err(_) => image_preflight::check_bytes(text),
    }
}

/// The case that the arguments put together, where they name a body. What is known is told beside a body only.
fn assembled(given: &Given) -> Result<Option<assemble::Assembled>> {
    let Given { bare, known, .. } = given;
    match &bare.body {
        Some(body) => assemble::case(body, bare, known).map(Some),
        None if known.is_empty() => Ok(None),
        None => Err("what is known stands in the case itself; these options are for --body".to_owned()),
    }
}

/// Checks a case that was put together. A body that is no JSON is told as such, by the places in its own file.
fn with_assembled<T>(
    case: &assemble::Assembled,
    edition: &Edition,
    print: impl FnOnce(&Report<'_>, &Source<'_>) -> Result<T>,
) -> Result<T> {
    let source = |start| Source { file: &case.file, line: 1, text: &case.body, start };
    let alone = image_preflight::check(&case.body);
    if alone.findings().iter().any(|finding| finding.rule().id == "case.syntax") {
        return print(&alone, &source(0));
    }
    print(&image_preflight::check_under(&case.text, edition), &source(case.start))
}

fn print(report: &Report<'_>, source: &Source<'_>, style: &Style, out: &mut Out) -> Result<()> {
    if style.is_human() {
        human::report(report, source, style.locale, out)
    } else {
        out.line(&report.to_json(style.locale))
    }
}

/// Prints the HTTP call of one case.
pub(crate) fn request(options: &RequestOptions) -> Result<u8> {
    let RequestOptions { file, given, .. } = options;
    let style = &given.style;
    if let Some(case) = assembled(given)? {
        return with_assembled(&case, &style.edition, |report, source| call(report, source, options));
    }
    let path = file.clone().unwrap_or_else(|| PathBuf::from("-"));
    let text = input::text(&path)?;
    let report = image_preflight::check_under(&text, &style.edition);
    call(&report, &Source { file: &input::name(&path), line: 1, text: &text, start: 0 }, options)
}

fn call(report: &Report<'_>, source: &Source<'_>, options: &RequestOptions) -> Result<u8> {
    let cleared = if options.although_undetermined {
        report.clear_although_undetermined()
    } else if options.overridden.is_empty() {
        report.clear()
    } else {
        let named: Vec<_> = options.overridden.iter().map(String::as_str).collect();
        report.clear_overriding(&named)
    };
    let mut out = Out::new(options.given.style.is_human());
    match cleared {
        Ok(request) if options.given.style.is_human() => {
            out.line(&format!("{} {}", request.method(), request.path()))?;
            out.line(&format!("Content-Type: application/json\n\n{}", request.body()))?;
            out.flush()?;
            Ok(0)
        }
        Ok(request) => {
            out.line(&request.to_json())?;
            out.flush()?;
            Ok(0)
        }
        Err(why) => {
            print(report, source, &options.given.style, &mut out)?;
            out.flush()?;
            anstream::eprintln!("{why}");
            let mut tally = Tally::default();
            tally.count(report);
            Ok(tally.status())
        }
    }
}
