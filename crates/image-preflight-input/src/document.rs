//! A translation as a document, for those who take JSON.

use crate::lines::Lines;
use crate::translation::{Note, TranslatedCase, Translation};
use image_preflight::Locale;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a text that people hold was translated to, in a language.
///
/// ```
/// use image_preflight::Locale;
/// let command = "hcloud IMS CopyImageInRegion --image_id=a --name=b";
/// let document = image_preflight_input::translate(command).unwrap().to_document(command, Locale::ENGLISH);
/// assert_eq!((document.form, document.cases[0].line), ("koocli", 1));
/// assert_eq!(document.cases[0].attributes["/body/name"], "--name");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "Translation", description = "What a text that people hold was translated to.")
)]
#[non_exhaustive]
pub struct TranslationDocument {
    /// The form of the text, e.g. `terraform` or `koocli`.
    pub form: &'static str,
    /// What was taken, in one line.
    pub summary: String,
    /// Notes on the text as a whole.
    pub notes: Vec<NoteDocument>,
    /// The cases, in the order of the text.
    pub cases: Vec<TranslatedCaseDocument>,
}

/// A case, and where it is from.
///
/// ```
/// use image_preflight::Locale;
/// let text = "\nPOST /v1/cloudimages/465076de/copy\n\n{\"name\": \"n\"}";
/// let document = image_preflight_input::translate(text).unwrap().to_document(text, Locale::ENGLISH);
/// assert!(image_preflight::check(&document.cases[0].case).operation().is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "TranslatedCase", description = "A case, and where it is from.")
)]
#[non_exhaustive]
pub struct TranslatedCaseDocument {
    /// The case as JSON text.
    pub case: String,
    /// What it is called in the text: the address of a resource, or a command.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub name: Option<String>,
    /// The line of the text on which it begins, from 1.
    pub line: usize,
    /// JSON Pointers of the case, with the attribute or option that each was read from.
    pub attributes: BTreeMap<String, String>,
    /// Notes beside its findings.
    pub notes: Vec<NoteDocument>,
}

/// An advice beside the findings; it changes no verdict.
///
/// ```
/// use image_preflight::Locale;
/// let command = "hcloud IMS CopyImageInRegion --cli-region=cn-north-4 --image_id=$IMAGE --name=b";
/// let document = image_preflight_input::translate(command).unwrap().to_document(command, Locale::ENGLISH);
/// assert_eq!(document.cases[0].notes[0].kind, "shell-variable");
///
/// let script = "hcloud IMS CopyImageInRegion --image_id=a --name=b\nhcloud IMS CopyImageInRegion --image_id=a --name=b --name=c";
/// let document = image_preflight_input::translate(script).unwrap().to_document(script, Locale::ENGLISH);
/// assert!(document.cases.len() == 1 && document.notes[0].is_unread);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "TranslationNote", description = "An advice beside the findings; it changes no verdict.")
)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NoteDocument {
    /// What kind of note it is; it does not depend on the language.
    pub kind: &'static str,
    /// The sentence.
    pub message: String,
    /// Whether it is about a request that could not be read: the text has not been checked as a whole, whatever its cases are.
    pub is_unread: bool,
}

impl Translation<'_> {
    /// The document of this translation of `text`.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let plan = r#"{"format_version": "1.2", "resource_changes": []}"#;
    /// let document = image_preflight_input::translate(plan).unwrap().to_document(plan, Locale::CHINESE);
    /// assert!(document.summary.ends_with("0 个请求"));
    /// ```
    #[must_use]
    pub fn to_document(&self, text: &str, locale: Locale) -> TranslationDocument {
        let mut lines = Lines::of(text);
        let cases = self.cases.iter().map(|case| of_case(case, lines.line_of(case.origin.start), locale));
        TranslationDocument {
            form: self.form.name(),
            summary: self.summary(locale),
            cases: cases.collect(),
            notes: of_notes(&self.notes, locale),
        }
    }
}

fn of_case(case: &TranslatedCase<'_>, line: usize, locale: Locale) -> TranslatedCaseDocument {
    TranslatedCaseDocument {
        case: case.text.clone().into_owned(),
        name: case.origin.name.clone(),
        line,
        attributes: case.origin.attributes.iter().map(|(place, name)| (place.clone(), name.clone())).collect(),
        notes: of_notes(&case.notes, locale),
    }
}

fn of_notes(notes: &[Note], locale: Locale) -> Vec<NoteDocument> {
    let of_note = |note: &Note| NoteDocument { kind: note.kind, message: note.text(locale), is_unread: note.is_unread };
    notes.iter().map(of_note).collect()
}

#[cfg(test)]
mod tests {
    use crate::translate;
    use image_preflight::Locale;

    #[test]
    fn a_case_is_on_the_line_on_which_it_begins() {
        let text = "{\"operation\": \"a\"}\n\n{\"operation\":\n \"b\"}\n{}\n";
        let document = translate(text).expect("cases").to_document(text, Locale::ENGLISH);
        assert_eq!(document.cases.iter().map(|case| case.line).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(document.cases[2].case, "{}");
        assert!(document.cases[0].attributes.is_empty() && document.cases[0].name.is_none());
    }

    #[test]
    fn notes_and_names_are_those_of_the_translation() {
        let text = "hcloud IMS CopyImageInRegion --cli-region=cn-north-4 --image_id=$IMAGE --name=b";
        let translation = translate(text).expect("a command");
        for locale in Locale::all() {
            let document = translation.to_document(text, locale);
            let case = &translation.cases[0];
            assert_eq!(document.cases[0].name, case.origin.name);
            assert_eq!(document.cases[0].notes[0].message, case.notes[0].text(locale));
            for (place, attribute) in &document.cases[0].attributes {
                assert_eq!(case.origin.attribute(place), Some(attribute.as_str()));
            }
        }
    }
}
