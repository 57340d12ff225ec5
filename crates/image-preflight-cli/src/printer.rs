//! Prints reports in the requested format.

use crate::args::{Format, Style};
use crate::output::Out;
use crate::place::{Located, Source};
use crate::sarif::Log;
use crate::tally::Tally;
use crate::{Result, github, human, output};
use image_preflight::{Locale, Report};

/// Prints reports one by one without keeping them.
pub(crate) struct Printer {
    how: How,
    locale: Locale,
    out: Out,
}

enum How {
    Human,
    Json,
    Github,
    Sarif(Log),
}

impl Printer {
    pub(crate) fn new(style: &Style) -> Self {
        let how = match style.format {
            Some(Format::Sarif) => How::Sarif(Log::new(style.locale)),
            Some(Format::Github) => How::Github,
            _ if style.is_human() => How::Human,
            _ => How::Json,
        };
        let out = match how {
            How::Human => Out::for_people(),
            How::Github => Out::lines(),
            How::Json | How::Sarif(_) => Out::new(false),
        };
        Printer { how, locale: style.locale, out }
    }

    pub(crate) fn report(&mut self, report: &Report<'_>, source: &Source<'_>) -> Result<()> {
        let Printer { how, locale, out } = self;
        let located = || Located::new(source, report);
        match how {
            How::Human => {
                human::report(report, &located(), *locale, out)?;
                source.taken.iter().flat_map(|taken| taken.notes).try_for_each(|note| human::advice(note, *locale, out))
            }
            How::Json => match &source.taken {
                Some(taken) => {
                    out.line(&taken.report(&report.to_json(*locale), report.findings(), source.file, *locale))
                }
                None => out.line(&report.to_json(*locale)),
            },
            How::Github => {
                github::annotations(report, &located(), *locale).try_for_each(|line| out.line(&line))?;
                github::notes(source, *locale).try_for_each(|line| out.line(&line))
            }
            How::Sarif(log) => {
                if let Some(taken) = &source.taken {
                    let name = taken.origin.name.as_deref().unwrap_or_default();
                    taken.notes.iter().for_each(|note| output::note(&format!("{name}: {}", note.text(*locale))));
                }
                log.add(report, &located(), out)
            }
        }
    }

    /// Prints the end of the output, after the last report or after an error that ended the run.
    pub(crate) fn end(mut self, tally: &Tally, error: Option<&str>) -> Result<()> {
        match self.how {
            How::Human if error.is_none() => human::summary(tally, self.locale, &mut self.out)?,
            How::Sarif(log) => log.end(tally, error, &mut self.out)?,
            How::Github => {
                if let Some(line) = github::presumed(tally, self.locale) {
                    self.out.line(&line)?;
                }
            }
            How::Human | How::Json => {}
        }
        self.out.flush()
    }
}
