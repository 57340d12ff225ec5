//! `check` and `request`: cases in, reports or HTTP requests out.

use crate::args::{CheckOptions, Documents, Given, Known, RequestOptions};
use crate::file_name::FileName;
use crate::output::{self, Out, escaped_json};
use crate::place::Source;
use crate::printer::Printer;
use crate::taken::How;
use crate::tally::Tally;
use crate::{COULD_NOT_RUN, Result, assemble, input};
use image_preflight::{Edition, Report};
use image_preflight_input::Form;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Checks and prints. If an error ends the run, the output so far is completed first.
pub(crate) fn run(options: &CheckOptions) -> Result<u8> {
    let mut printer = Printer::new(&options.given.style);
    let mut tally = Tally::default();
    let ended = check(options, &mut printer, &mut tally);
    let printed = printer.end(&tally, ended.as_ref().err().map(String::as_str));
    ended.and(printed).map(|()| tally.status())
}

fn check(options: &CheckOptions, printer: &mut Printer, tally: &mut Tally) -> Result<()> {
    let CheckOptions { files, given, .. } = options;
    let documents = &given.documents;
    if let Some(case) = assembled(given)? {
        return with_assembled(&case, &documents.edition, |report, source| {
            tally.count(report);
            printer.report(report, source)
        });
    }
    let stdin = [PathBuf::from("-")];
    let form = options.input.as_deref().and_then(Form::from_name);
    let how = How {
        form,
        operation: given.bare.operation.as_deref(),
        facts: facts(&given.known)?,
        locale: given.style.locale,
    };
    let mut unread: Vec<String> = Vec::new();
    for path in if files.is_empty() { &stdin[..] } else { files } {
        let mut failed = false;
        let read = input::cases(path, &how, |case| {
            let strict = std::str::from_utf8(case.text).ok().and_then(|text| strict(text, documents));
            let report = match &strict {
                Some(strict) => image_preflight::check_with(strict, &documents.edition),
                None => report_of(case.text, &documents.edition),
            };
            tally.count(&report);
            let text = String::from_utf8_lossy(case.text);
            let whole = Source { line: case.line, column: case.column, ..Source::whole(case.file, &text) };
            let source = match case.taken {
                Some(taken) => Source { text: taken.part, start: taken.start, taken: case.taken, ..whole },
                None => whole,
            };
            let printed = printer.report(&report, &source);
            failed = printed.is_err();
            printed
        });
        match read {
            // What cannot be printed ends the run; what cannot be read does not keep the other files from being checked.
            Err(sentence) if failed => return Err(sentence),
            Err(sentence) => unread.push(sentence),
            Ok(()) => {}
        }
    }
    match unread.pop() {
        Some(last) => {
            unread.iter().for_each(|sentence| output::error(sentence));
            Err(last)
        }
        None => Ok(()),
    }
}

fn report_of<'t>(text: &'t [u8], edition: &Edition) -> Report<'t> {
    match std::str::from_utf8(text) {
        Ok(text) => image_preflight::check_with(text, edition),
        Err(_) => image_preflight::check_bytes(text),
    }
}

/// The text of a case to check if `--strict` is given and the case does not say whether it is strict.
fn strict(text: &str, documents: &Documents) -> Option<String> {
    documents.strict.then(|| assemble::strict(text)).flatten()
}

/// The case assembled from the arguments, if they name a body. Facts may be given only with a body.
fn assembled(given: &Given) -> Result<Option<assemble::Assembled>> {
    let Given { bare, known, documents, .. } = given;
    match &bare.body {
        Some(body) => assemble::case(body, bare, known, documents.strict).map(Some),
        None => Ok(None),
    }
}

/// The facts from the arguments that are of any request. An object is one image's, server's or backup's.
fn facts(known: &Known) -> Result<Map<String, Value>> {
    if known.image.is_some() || known.ecs.is_some() || known.backup.is_some() {
        return Err(
            "an image, a server or a backup is that of one request: these options are only for --body".to_owned()
        );
    }
    let Some(operation) = image_preflight::operations().next() else { return Ok(Map::new()) };
    let text = assemble::facts(known, operation.provider().image_object, None)?;
    serde_json::from_str(&text).map_err(|error| format!("the facts are no JSON: {error}"))
}

/// Checks an assembled case. For a body that is not JSON, only its own syntax error is reported, with the position in its file.
fn with_assembled<T>(
    case: &assemble::Assembled,
    edition: &Edition,
    print: impl FnOnce(&Report<'_>, &Source<'_>) -> Result<T>,
) -> Result<T> {
    let alone = Source::whole(&case.file, &case.body);
    let report = image_preflight::check(&case.body);
    if report.findings().iter().any(|finding| finding.rule().id == "case.syntax") {
        return print(&report, &alone);
    }
    let source = Source { case: &case.text, start: case.start, ..alone };
    print(&image_preflight::check_with(&case.text, edition), &source)
}

/// Prints the HTTP request of one case.
pub(crate) fn request(options: &RequestOptions) -> Result<u8> {
    let RequestOptions { file, given, .. } = options;
    if let Some(case) = assembled(given)? {
        return with_assembled(&case, &given.documents.edition, |report, source| call(report, source, options));
    }
    if !given.known.is_empty() {
        return Err("facts belong in the case itself; these options are only for --body".to_owned());
    }
    if given.bare.operation.is_some() {
        return Err("--operation is only for --body here: a case names its own".to_owned());
    }
    let file = FileName::of(file.as_deref().unwrap_or(Path::new("-")));
    let text = input::text(&file)?;
    let strict = strict(&text, &given.documents);
    let report = image_preflight::check_with(strict.as_deref().unwrap_or(&text), &given.documents.edition);
    call(&report, &Source::whole(&file, &text), options)
}

fn call(report: &Report<'_>, source: &Source<'_>, options: &RequestOptions) -> Result<u8> {
    let cleared = if options.allow_undetermined {
        report.clear_undetermined()
    } else if options.overridden.is_empty() {
        report.clear()
    } else {
        let named: Vec<_> = options.overridden.iter().map(String::as_str).collect();
        report.clear_overriding(&named)
    };
    let style = &options.given.style;
    match cleared {
        Ok(request) => {
            let mut out = Out::new(style.is_human());
            if style.is_human() {
                out.line(&format!("{} {}", request.method(), request.path()))?;
                if !request.body().is_empty() {
                    out.line(&format!("Content-Type: application/json\n\n{}", escaped_json(request.body())))?;
                }
            } else {
                out.line(&request.to_json())?;
            }
            out.flush()?;
            Ok(0)
        }
        Err(why) => {
            let mut tally = Tally::default();
            tally.count(report);
            let mut printer = Printer::new(style);
            let printed = printer.report(report, source);
            let ended = printer.end(&tally, printed.as_ref().err().map(String::as_str));
            printed.and(ended)?;
            output::error(&why.to_string());
            // No request was printed, so the status is never 0, whatever the verdict.
            Ok(match tally.status() {
                0 => COULD_NOT_RUN,
                status => status,
            })
        }
    }
}
