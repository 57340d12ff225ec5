//! Reports in the format that was asked for.

use crate::args::{Format, Style};
use crate::check::Tally;
use crate::output::Out;
use crate::place::Source;
use crate::sarif::Log;
use crate::{Result, github, human};
use image_preflight::{Locale, Report};

/// Prints reports one by one; a format that is one document keeps them to the end.
pub(crate) struct Printer {
    how: How,
    locale: Locale,
    pub(crate) out: Out,
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
        Printer { out: Out::new(matches!(how, How::Human)), how, locale: style.locale }
    }

    pub(crate) fn report(&mut self, report: &Report<'_>, source: &Source<'_>) -> Result<()> {
        match &mut self.how {
            How::Human => human::report(report, source, self.locale, &mut self.out),
            How::Json => self.out.line(&report.to_json(self.locale)),
            How::Github => {
                let lines = github::annotations(report, source, self.locale);
                lines.iter().try_for_each(|line| self.out.line(line))
            }
            How::Sarif(log) => {
                log.add(report, source);
                Ok(())
            }
        }
    }

    /// What comes after the last report.
    pub(crate) fn end(mut self, tally: &Tally) -> Result<()> {
        match self.how {
            How::Human => human::summary(tally, self.locale, &mut self.out)?,
            How::Sarif(log) => self.out.line(&format!("{:#}", log.into_json()))?,
            How::Json | How::Github => {}
        }
        self.out.flush()
    }
}
