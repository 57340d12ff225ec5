//! A report as JSON with its place: the library's, with `source` for the report, `region` for each finding, and what was ignored.

use crate::judged::{Ignored, Judged, Why};
use crate::place::{Located, Region};
use image_preflight::{Locale, Missing};
use serde::Serialize;
use serde_json::{Value, json};

/// One line.
pub(crate) fn line(judged: &Judged<'_, '_>, located: &Located<'_>, locale: Locale) -> String {
    let report = judged.report;
    let mut out = Vec::with_capacity(512 + 1024 * judged.findings.len());
    out.extend_from_slice(b"{\"operation\":");
    write(&mut out, &report.operation().map(image_preflight::Operation::id));
    out.extend_from_slice(b",\"verdict\":");
    write(&mut out, judged.verdict.as_str());
    out.extend_from_slice(b",\"missing\":");
    write(&mut out, &judged.missing().iter().map(|missing| missing.pointer()).collect::<Vec<_>>());
    out.extend_from_slice(b",\"presumed\":");
    write(&mut out, &report.presumed().iter().map(Missing::pointer).collect::<Vec<_>>());
    out.extend_from_slice(b",\"findings\":[");
    for (index, shown) in judged.findings.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(&mut out, &shown.finding.localized(locale));
        // The finding is an object: more members go before its brace.
        out.pop();
        if shown.is_overridden {
            out.extend_from_slice(b",\"overridden\":true");
        }
        if let Some(region) = located.place(shown.finding) {
            out.extend_from_slice(b",\"region\":");
            write(&mut out, &region);
        }
        if let Some(attribute) = located.source.taken.and_then(|taken| taken.origin.attribute(shown.finding.at())) {
            out.extend_from_slice(b",\"attribute\":");
            write(&mut out, attribute);
        }
        out.push(b'}');
    }
    out.push(b']');
    if !judged.ignored.is_empty() {
        let ignored: Vec<_> = judged.ignored.iter().map(ignored).collect();
        out.extend_from_slice(b",\"ignored\":");
        write(&mut out, &ignored);
    }
    out.extend_from_slice(b",\"source\":");
    source(&mut out, located, locale);
    out.push(b'}');
    String::from_utf8(out).unwrap_or_default()
}

fn ignored(ignored: &Ignored<'_, '_>) -> Value {
    let mut value = json!({"rule": ignored.finding.rule().id, "at": ignored.finding.at(), "by": ignored.why.as_str()});
    if let Why::Case { reason } = &ignored.why {
        value["reason"] = reason.as_str().into();
    }
    value
}

fn source(out: &mut Vec<u8>, located: &Located<'_>, locale: Locale) {
    #[derive(Serialize)]
    struct Source<'s> {
        file: &'s str,
        line: usize,
        column: usize,
        index: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        form: Option<&'s str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        resource: Option<&'s str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        notes: Option<Vec<Value>>,
    }
    let source = located.source;
    let (line, column) = source.begins();
    let taken = source.taken;
    let notes = taken.map(|taken| {
        let note = |note: &image_preflight_input::Note| json!({"kind": note.kind, "message": note.text(locale)});
        taken.notes.iter().map(note).collect()
    });
    let written = Source {
        file: source.file.shown(),
        line,
        column,
        index: source.index,
        form: taken.map(|taken| taken.form.name()),
        resource: taken.and_then(|taken| taken.origin.name.as_deref()),
        notes,
    };
    write(out, &written);
}

/// Strings, numbers and lists only: there is nothing here that serde_json refuses, and writing to memory does not fail.
fn write(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let _ = serde_json::to_writer(out, value);
}

impl Serialize for Region {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Region", 4)?;
        object.serialize_field("line", &self.line)?;
        object.serialize_field("column", &self.column)?;
        object.serialize_field("endLine", &self.end_line)?;
        object.serialize_field("endColumn", &self.end_column)?;
        object.end()
    }
}
