//! Facts that are read by themselves, for serde.

use crate::finding::fact_reader::FactReader;
use crate::finding::finding::Finding;
use crate::finding::findings::Findings;
#[cfg(feature = "text")]
use crate::finding::repeated::{Keys, Root, report_repeated};
use crate::finding::syntax::syntax;
#[cfg(feature = "text")]
use crate::json::Reader;
use crate::message::locale::Locale;
use crate::rule::fact::Group;
use crate::rule::facts::{FactSink, Facts, Record};
use crate::rule::location::{At, Section};
use crate::rule::rule::Severity;
use std::fmt;

/// Facts that could not be read: everything that is wrong with them.
///
/// ```
/// use image_preflight::huawei::ImageFacts;
/// let error = serde_json::from_str::<ImageFacts>(r#"{"encryptd": true}"#).unwrap_err();
/// assert!(error.to_string().contains("encrypted"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidFacts {
    findings: Vec<Finding<'static>>,
}

impl InvalidFacts {
    /// Nothing, unless one of these is an error.
    pub(crate) fn unless_right(findings: Vec<Finding<'_>>) -> Result<(), Self> {
        if findings.iter().all(|finding| finding.severity() != Severity::Error) {
            return Ok(());
        }
        Err(InvalidFacts { findings: findings.into_iter().map(Finding::into_owned).collect() })
    }

    /// What is wrong.
    #[must_use]
    pub fn findings(&self) -> &[Finding<'static>] {
        &self.findings
    }
}

impl fmt::Display for InvalidFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " " })?;
            f.write_str(&finding.message(Locale::default()))?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidFacts {}

/// Reads an object whose members are facts: those of a case, or those of a listed image.
#[cfg(feature = "text")]
pub(crate) fn read_object<'a>(json: &'a str, group: &'static Group) -> Result<(Facts<'a>, Record<'a>), InvalidFacts> {
    let mut out = Findings::default();
    let (mut facts, mut record) = (Facts::default(), Record::default());
    let first = group.facts.first().filter(|fact| fact.is_of_each_image()).map(|fact| fact.rank());
    let at: &dyn Fn() -> At = &|| At::section(Section::Facts);
    let read = Reader::object(json, |reader| {
        let reading = &mut FactReader { out: &mut out };
        match first {
            Some(first) => reading.group(reader, group, at, &mut FactSink::of_record(&mut record, first)),
            None => reading.group(reader, group, at, &mut facts.sink()),
        }
        reader.is_suspect
    });
    match read {
        Err(error) => out = syntax(json, error),
        Ok(true) => report_repeated(json, Root::Facts, Keys::OF_CASE, &mut out),
        Ok(false) => {}
    }
    InvalidFacts::unless_right(out.into_list())?;
    Ok((facts, record))
}
