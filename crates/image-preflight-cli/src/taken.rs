//! Input of other forms than cases: how it is recognised, and the origin of a case in the output.

use crate::Result;
use crate::file_name::FileName;
use crate::input::Case;
use crate::output;
use crate::place::Region;
use crate::sentences::{self, say};
use image_preflight::{Finding, Locale};
use image_preflight_input::{Form, Note, Options, Origin, translate_with};
use serde_json::{Map, Value};
use std::path::Path;

/// How input is read.
pub(crate) struct How<'h> {
    /// The form that was asked for.
    pub(crate) form: Option<Form>,
    /// The operation of requests that do not name theirs.
    pub(crate) operation: Option<&'h str>,
    /// Facts that fill in what the requests leave open.
    pub(crate) facts: &'h Map<String, Value>,
    pub(crate) locale: Locale,
    /// Whether the file was found in a folder: what is of no form is passed over.
    pub(crate) is_found: bool,
}

/// Where a case was taken from.
#[derive(Clone, Copy)]
pub(crate) struct Taken<'t> {
    pub(crate) form: Form,
    pub(crate) origin: &'t Origin,
    pub(crate) notes: &'t [Note],
    /// The line of the file in which it begins.
    pub(crate) line: usize,
    /// The text that it was taken from, and the column in which it begins.
    pub(crate) text: &'t str,
    pub(crate) column: usize,
    /// The part of the file that the case contains unchanged; empty if there is none.
    pub(crate) part: &'t str,
    /// Where that part begins in the case.
    pub(crate) start: usize,
}

impl How<'_> {
    /// Whether a text with this first line may be of another form than cases.
    pub(crate) fn may_be_other(&self, first: &[u8], path: &Path) -> bool {
        match self.form {
            Some(form) => form != Form::Case,
            // Lines of cases are named so, and then their number does not matter; so is the log of Terraform, which has none.
            None if is_lines(path) => {
                std::str::from_utf8(first).is_ok_and(|line| Form::of(line) == Some(Form::Terraform))
            }
            None => std::str::from_utf8(first).is_ok_and(Form::may_begin),
        }
    }

    /// Lists the accepted forms, if a text does not even begin as JSON does. Its first line is checked as a case all the same.
    pub(crate) fn tells_forms(&self, first: &[u8], path: &Path, file: &FileName) {
        let is_json = matches!(first.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'));
        if self.form.is_some() || is_json || is_lines(path) {
            return;
        }
        if let Err(refused) = image_preflight_input::translate("") {
            note(file, &refused.text(self.locale));
        }
    }

    /// Cases name their operations themselves.
    pub(crate) fn takes_cases(&self, file: &FileName) -> Result<()> {
        match self.operation {
            None => Ok(()),
            Some(_) => Err(say(sentences::CASES_NAME_THEIRS, &[("file", &file.shown())])),
        }
    }

    /// Translates a file and calls `each` for every case; `None` if it holds cases, or nothing that is known.
    pub(crate) fn translated(
        &self,
        file: &FileName,
        line: usize,
        bytes: &[u8],
        each: &mut impl FnMut(&Case<'_>) -> Result<()>,
    ) -> Option<Result<bool>> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return self.form.map(|_| Err(say(sentences::NOT_UTF_8, &[("file", &file.shown())])));
        };
        let form = self.form.or_else(|| Form::of(text)).filter(|form| *form != Form::Case)?;
        Some(self.of_form(form, file, line, text, each))
    }

    fn of_form(
        &self,
        form: Form,
        file: &FileName,
        first: usize,
        text: &str,
        each: &mut impl FnMut(&Case<'_>) -> Result<()>,
    ) -> Result<bool> {
        let Self { operation, locale, .. } = *self;
        let mut translation = match translate_with(text, Options { form: Some(form), operation }) {
            // A script in a folder, and none of its commands is about images.
            Err(refused) if self.is_found && ["not-recognized", "address"].contains(&refused.kind) => return Ok(false),
            Err(refused) => {
                let why = refused.text(locale);
                return Err(say(sentences::UNCHECKED, &[("file", &file.shown()), ("why", &why)]));
            }
            Ok(translation) => translation,
        };
        note(file, &translation.summary(locale));
        let (unread, notes): (Vec<_>, Vec<_>) = translation.notes.iter().partition(|about| about.is_unread);
        notes.iter().for_each(|about| note(file, &about.text(locale)));
        let mut position = Position { text, at: 0, line: first, column: 1 };
        if !self.facts.is_empty() {
            translation.cases.iter_mut().for_each(|case| case.fill_in(self.facts));
        }
        for case in &translation.cases {
            let (line, column) = position.of(case.origin.start);
            let (mut line_of_part, mut column_of_part, mut part, mut start) = (line, column, "", usize::MAX);
            if let Some(verbatim) = &case.origin.verbatim {
                (line_of_part, column_of_part) = position.of(verbatim.source.start);
                part = text.get(verbatim.source.clone()).unwrap_or_default();
                start = verbatim.start;
            }
            let taken = Taken { form, origin: &case.origin, notes: &case.notes, line, text, column, part, start };
            each(&Case {
                file,
                line: line_of_part,
                column: column_of_part,
                text: case.text.as_bytes(),
                taken: Some(taken),
                index: 0,
            })?;
        }
        // The others have been checked; the file has not.
        let unread: Vec<_> = unread.iter().map(|about| about.text(locale)).collect();
        if unread.is_empty() {
            return Ok(true);
        }
        let why = unread.join(sentences::BETWEEN.text(locale));
        Err(say(sentences::UNCHECKED, &[("file", &file.shown()), ("why", &why)]))
    }
}

/// Notes something about a file.
fn note(file: &FileName, sentence: &str) {
    output::note(&say(sentences::AT, &[("at", &file.shown()), ("sentence", &sentence)]));
}

impl Taken<'_> {
    /// Where a person would look: the resource or command, and the attribute or option.
    pub(crate) fn place(&self, finding: &Finding<'_>) -> String {
        let name = self.origin.name.as_deref().unwrap_or_default();
        match self.origin.attribute(finding.at()) {
            Some(attribute) => format!("{name}: {attribute} ({})", finding.at()),
            None => format!("{name} ({})", finding.at()),
        }
    }

    /// The region in the file of the attribute's value; `None` where that is not known.
    pub(crate) fn region(&self, finding: &Finding<'_>) -> Option<Region> {
        let place = self.origin.place(finding.at())?;
        let mut position = Position { text: self.text, at: self.origin.start, line: self.line, column: self.column };
        let (line, column) = position.of(place.start);
        let (end_line, end_column) = position.of(place.end);
        Some(Region { line, column, end_line, end_column })
    }

    /// The name for people: where another resource said it, after the one that is checked.
    pub(crate) fn name(&self, finding: &Finding<'_>) -> String {
        let (own, name) = (self.origin.name.as_deref().unwrap_or_default(), self.qualified(finding));
        if name.starts_with(own) { name } else { format!("{own}: {name}") }
    }

    /// The name for machines: the resource or command, with the attribute after a dot.
    pub(crate) fn qualified(&self, finding: &Finding<'_>) -> String {
        let name = self.origin.name.as_deref().unwrap_or_default();
        match self.origin.attribute(finding.at()) {
            // What is read of another resource has an address of its own.
            Some(address) if self.form == Form::Terraform && address.contains('.') => address.to_owned(),
            Some(attribute) => format!("{name}.{attribute}"),
            None => format!("{name}#{}", finding.at()),
        }
    }
}

/// Whether a file is named as one with a value a line.
pub(crate) fn is_lines(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl")
}

/// Lines and columns of offsets that mostly grow, so that a text is gone through once.
pub(crate) struct Position<'t> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Position<'_> {
    pub(crate) fn of(&mut self, offset: usize) -> (usize, usize) {
        let Some(between) = self.text.get(self.at..offset) else { return (self.line, self.column) };
        for c in between.chars() {
            (self.line, self.column) = if c == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.at = offset;
        (self.line, self.column)
    }
}
