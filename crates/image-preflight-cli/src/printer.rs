//! Prints reports as they come, on the screen and into files, each in a format of its own.

use crate::format::{Format, Output};
use crate::judged::Judged;
use crate::output::Out;
use crate::place::{Located, Source};
use crate::sarif::Log;
use crate::tally::{FailOn, Tally};
use crate::{Result, concise, github, gitlab, human, junit, output, report_json};
use image_preflight::Locale;

/// All that is printed of a run.
pub(crate) struct Printers {
    all: Vec<Printer>,
    locale: Locale,
}

impl Printers {
    /// For standard output in one format, and files in others.
    pub(crate) fn new(format: Format, files: &[Output], fail_on: FailOn, locale: Locale) -> Result<Self> {
        let mut all = vec![Printer::new(format, Out::stdout(reader(format)), fail_on, locale)];
        for Output { format, file } in files {
            all.push(Printer::new(*format, Out::file(file, reader(*format))?, fail_on, locale));
        }
        Ok(Printers { all, locale })
    }

    pub(crate) fn report(&mut self, judged: &Judged<'_, '_>, source: &Source<'_>) -> Result<()> {
        let located = Located::new(source, judged.report);
        self.all.iter_mut().try_for_each(|printer| printer.report(judged, &located, self.locale))
    }

    /// Prints the end of each output: after the last report, or after the error that ended the run.
    pub(crate) fn end(self, tally: &Tally, errors: &[String]) -> Result<()> {
        let Printers { all, locale } = self;
        // One that fails does not keep the others from being complete.
        let mut ended = Ok(());
        for printer in all {
            ended = ended.and(printer.end(tally, errors, locale));
        }
        ended
    }
}

fn reader(format: Format) -> output::Reader {
    match format {
        Format::Human => output::Reader::Person,
        Format::Concise | Format::Github | Format::Junit => output::Reader::Lines,
        Format::Json | Format::Sarif | Format::Gitlab => output::Reader::Json,
    }
}

/// One output.
struct Printer {
    how: How,
    out: Out,
}

enum How {
    Human,
    Concise,
    Json,
    Github,
    Sarif(Log),
    Gitlab(gitlab::List),
    Junit(junit::Document),
}

impl Printer {
    fn new(format: Format, out: Out, fail_on: FailOn, locale: Locale) -> Self {
        let how = match format {
            Format::Human => How::Human,
            Format::Concise => How::Concise,
            Format::Json => How::Json,
            Format::Github => How::Github,
            Format::Sarif => How::Sarif(Log::new(locale)),
            Format::Gitlab => How::Gitlab(gitlab::List::default()),
            Format::Junit => How::Junit(junit::Document::new(fail_on)),
        };
        Printer { how, out }
    }

    fn report(&mut self, judged: &Judged<'_, '_>, located: &Located<'_>, locale: Locale) -> Result<()> {
        let Printer { how, out } = self;
        let source = located.source;
        match how {
            How::Human => {
                human::report(judged, located, locale, out)?;
                source.taken.iter().flat_map(|taken| taken.notes).try_for_each(|note| human::advice(note, locale, out))
            }
            How::Concise => concise::lines(judged, located, locale).iter().try_for_each(|line| out.line(line)),
            How::Json => out.line(&report_json::line(judged, located, locale)),
            How::Github => {
                github::annotations(judged, located, locale).try_for_each(|line| out.line(&line))?;
                github::notes(source, locale).try_for_each(|line| out.line(&line))
            }
            How::Sarif(log) => log.add(judged, located, out),
            How::Gitlab(list) => list.add(judged, located, locale, out),
            How::Junit(document) => document.add(judged, located, locale, out),
        }
    }

    fn end(mut self, tally: &Tally, errors: &[String], locale: Locale) -> Result<()> {
        let out = &mut self.out;
        match self.how {
            // An error says why there is nothing.
            How::Human | How::Concise if tally.is_empty() && !errors.is_empty() => {}
            How::Human => {
                if let Some(line) = human::summary(tally, locale) {
                    out.line(&line)?;
                }
            }
            How::Concise => {
                if let Some(line) = human::summary(tally, locale) {
                    out.line(&anstream::adapter::strip_str(&line).to_string())?;
                }
            }
            How::Sarif(log) => log.end(tally, errors, out)?,
            How::Gitlab(list) => list.end(out)?,
            How::Junit(document) => document.end(errors, out)?,
            How::Github => {
                if let Some(line) = github::presumed(tally, locale) {
                    out.line(&line)?;
                }
            }
            How::Json => {}
        }
        self.out.flush()
    }
}
