//! `request`: a case in, the request that people run out.

use crate::args::RequestOptions;
use crate::assemble;
use crate::check::{completed, facts, with_assembled};
use crate::config::Configs;
use crate::file_name::FileName;
use crate::format::Format;
use crate::input;
use crate::judged::Judged;
use crate::output::{self, Out, Reader, escaped_json};
use crate::place::Source;
use crate::printer::Printers;
use crate::send::RequestFormat;
use crate::sentences::{OF_OTHER_FORM, OPERATION_OF_BODY, SEVERAL_CASES, say, uncleared};
use crate::tally::{FailOn, Tally};
use crate::words::locale;
use crate::{COULD_NOT_RUN, Result};
use image_preflight::{ClearedRequest, Report};
use image_preflight_input::{Form, split_cases, write_request};
use std::path::Path;

/// Prints the request of one case. The status is 0 only if one was printed.
pub(crate) fn run(options: &RequestOptions, configs: &mut Configs) -> Result<u8> {
    let RequestOptions { file, given, .. } = options;
    let file = FileName::of(given.bare.body.as_deref().or(file.as_deref()).unwrap_or(Path::new("-")));
    let (edition, is_strict) = given.documents.of_file(&configs.of_file(file.path())?);
    if let Some(body) = &given.bare.body {
        let case = assemble::case(body, &given.bare, &given.known, is_strict)?;
        return with_assembled(&case, &edition, |report, source| print(report, source, &case.text, options));
    }
    if given.bare.operation.is_some() {
        return Err(say(OPERATION_OF_BODY, &[]));
    }
    let facts = facts(&given.known)?;
    let text = input::text(&file)?;
    is_one_case(&file, &text)?;
    let whole = completed(&text, &facts, is_strict);
    let whole = whole.as_deref().unwrap_or(&text);
    let report = image_preflight::check_with(whole, &edition);
    print(&report, &Source::whole(&file, &text), whole, options)
}

/// Several cases, and what is of another form, are for `check`.
fn is_one_case(file: &FileName, text: &str) -> Result<()> {
    if let Some(form) = Form::of(text).filter(|form| *form != Form::Case) {
        return Err(say(OF_OTHER_FORM, &[("file", &file.shown()), ("form", &form.title().text(locale()))]));
    }
    match split_cases(text).count() {
        0 | 1 => Ok(()),
        count => Err(say(SEVERAL_CASES, &[("file", &file.shown()), ("count", &count)])),
    }
}

fn print(report: &Report<'_>, source: &Source<'_>, case: &str, options: &RequestOptions) -> Result<u8> {
    let cleared = if options.allow_undetermined {
        report.clear_undetermined()
    } else if options.overridden.is_empty() {
        report.clear()
    } else {
        let named: Vec<_> = options.overridden.iter().map(String::as_str).collect();
        report.clear_overriding(&named)
    };
    match cleared {
        Ok(request) => {
            // First made, then printed: what cannot be written in the format is an error, and nothing is printed.
            let text = written(&request, case, options.format)?;
            let reader = if options.format == RequestFormat::Json { Reader::Json } else { Reader::Person };
            let mut out = Out::stdout(reader);
            out.line(&text)?;
            out.flush()?;
            Ok(0)
        }
        Err(why) => {
            let judged = Judged::whole(report);
            let mut tally = Tally::default();
            tally.count(&judged);
            let format = if options.format == RequestFormat::Json { Format::Json } else { Format::Human };
            let mut printers = Printers::new(format, &[], FailOn::default(), locale())?;
            let printed = printers.report(&judged, source);
            let ended = printers.end(&tally, &[]);
            printed.and(ended)?;
            output::error(&uncleared(&why));
            // No request was printed, so the status is never 0, whatever the verdict.
            Ok(match tally.status(FailOn::Undetermined) {
                0 => COULD_NOT_RUN,
                status => status,
            })
        }
    }
}

fn written(request: &ClearedRequest, case: &str, format: RequestFormat) -> Result<String> {
    let form = match format {
        RequestFormat::Json => return Ok(request.to_json()),
        RequestFormat::Http => {
            let mut text = format!("{} {}", request.method(), request.path());
            if !request.body().is_empty() {
                text.push_str(&format!("\nContent-Type: application/json\n\n{}", escaped_json(request.body())));
            }
            return Ok(text);
        }
        RequestFormat::Curl => Form::Curl,
        RequestFormat::Koocli => Form::KooCli,
        RequestFormat::Jdc => Form::Jdc,
        RequestFormat::Terraform => Form::Terraform,
    };
    let region = serde_json::from_str::<serde_json::Value>(case).ok();
    let region = region.as_ref().and_then(|case| case.pointer("/facts/sourceRegion")?.as_str());
    write_request(form, request.path(), request.body(), region).map_err(|refused| refused.text(locale()))
}
