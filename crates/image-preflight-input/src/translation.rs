//! What a translation gives: cases, the origin of each, and notes.

use crate::fill::fill_in_case;
use crate::form::Form;
use crate::json::{Members, offset_in};
use image_preflight::{Locale, Message};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::fmt::{Display, Write};
use std::ops::Range;

/// How to translate.
///
/// ```
/// use image_preflight_input::{Form, Options, translate_with};
/// let options = Options { form: Some(Form::KooCli), operation: Some("CopyImageInRegion") };
/// let file = r#"{"path": {"image_id": "a"}, "body": {"name": "n"}}"#;
/// assert_eq!(translate_with(file, options).unwrap().cases.len(), 1);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// The form of the text; otherwise it is recognised by its content.
    pub form: Option<Form>,
    /// The operation of a request that does not name its own.
    pub operation: Option<&'o str>,
}

/// The cases of a text.
///
/// ```
/// let translation = image_preflight_input::translate("hcloud IMS CopyImageInRegion --image_id=a --name=b").unwrap();
/// assert_eq!(translation.form.name(), "koocli");
/// assert!(translation.cases[0].text.contains("CopyImageInRegion"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Translation<'t> {
    /// The form of the text.
    pub form: Form,
    /// What was taken, for people.
    pub title: Message,
    /// The cases, in the order of the text.
    pub cases: Vec<TranslatedCase<'t>>,
    /// Notes on the text as a whole.
    pub notes: Vec<Note>,
    /// How many resources, or commands, are none of ours.
    pub others: usize,
    /// How many resources of ours the text leaves as they are, updates in place, or deletes: no request is sent for these.
    pub idle: usize,
}

impl Translation<'_> {
    /// What was taken, in one line.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let plan = r#"{"format_version": "1.2", "resource_changes": [{"type": "random_id", "change": {"actions": ["create"]}}]}"#;
    /// let translation = image_preflight_input::translate(plan).unwrap();
    /// assert_eq!(translation.summary(Locale::ENGLISH), "Terraform plan: 0 requests; 1 other resource passed over");
    /// ```
    #[must_use]
    pub fn summary(&self, locale: Locale) -> String {
        let is_chinese = locale == Locale::CHINESE;
        let mut line = self.title.text(locale).to_owned();
        let count = self.cases.len();
        let _ = match (is_chinese, count) {
            (true, _) => write!(line, "：{count} 个请求"),
            (false, 1) => write!(line, ": 1 request"),
            (false, _) => write!(line, ": {count} requests"),
        };
        if self.others > 0 {
            let others = self.others;
            let is_script = matches!(self.form, Form::KooCli | Form::Jdc | Form::Curl);
            let (what, what_zh) = if is_script { ("command", "命令") } else { ("resource", "资源") };
            let _ = match (is_chinese, others) {
                (true, _) => write!(line, "；略过其他{what_zh} {others} 个"),
                (false, 1) => write!(line, "; 1 other {what} passed over"),
                (false, _) => write!(line, "; {others} other {what}s passed over"),
            };
        }
        if self.idle > 0 {
            let idle = self.idle;
            let _ = match (is_chinese, idle) {
                (true, _) => write!(line, "；{idle} 个镜像资源不变、原地更新或删除，不发送请求"),
                (false, 1) => {
                    write!(line, "; 1 image resource stays, is updated in place or deleted, without a request")
                }
                (false, _) => {
                    write!(line, "; {idle} image resources stay, are updated in place or deleted, without a request")
                }
            };
        }
        line
    }
}

/// A case, with its origin.
#[derive(Debug)]
#[non_exhaustive]
pub struct TranslatedCase<'t> {
    /// The case as JSON, for [`image_preflight::check_with`]. A case that was one already is as it was.
    pub text: std::borrow::Cow<'t, str>,
    /// Where it is from.
    pub origin: Origin,
    /// Notes beside its findings.
    pub notes: Vec<Note>,
    /// Whether it was made here; a case that was one already has its own facts.
    is_made: bool,
}

impl<'t> TranslatedCase<'t> {
    /// A case that is one already.
    pub(crate) fn as_it_is(text: &'t str, start: usize) -> Self {
        TranslatedCase { text: text.into(), origin: Origin::at(start), notes: Vec::new(), is_made: false }
    }

    pub(crate) fn into_owned(self) -> TranslatedCase<'static> {
        let TranslatedCase { text, origin, notes, is_made } = self;
        TranslatedCase { text: text.into_owned().into(), origin, notes, is_made }
    }

    /// Fills in facts that the text does not state: those that the operation reads. A fact of an image wins over what a data source
    /// states about it, as in any case. A case that was one already has its own facts, and is not changed.
    ///
    /// ```
    /// let command = "hcloud IMS CopyImageCrossRegion --cli-region=cn-north-4 --image_id=a --name=b";
    /// let mut case = image_preflight_input::translate(command).unwrap().cases.remove(0);
    /// let known = serde_json::json!({"sourceRegion": "cn-east-3", "copiesInFlight": 0, "ecs": {"os": "linux"}});
    /// case.fill_in(known.as_object().unwrap());
    /// assert!(case.text.ends_with(r#""facts":{"sourceRegion":"cn-north-4","copiesInFlight":0}}"#));
    /// ```
    pub fn fill_in(&mut self, known: &Map<String, Value>) {
        if let Some(filled) = fill_in_case(&self.text, known).filter(|_| self.is_made) {
            self.text = filled.into();
        }
    }
}

/// Where a case is from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Origin {
    /// What it is called there: the address of a resource, or a command.
    pub name: Option<String>,
    /// The offset in the text at which it begins.
    pub start: usize,
    /// A part of the text that the case contains unchanged.
    pub verbatim: Option<Verbatim>,
    /// Pointers of the case, with the attribute or option that each was read from.
    pub(crate) attributes: HashMap<String, String>,
    /// Where the values of attributes are in the text.
    places: HashMap<String, Range<usize>>,
}

/// A part of the text that the case contains unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim {
    /// Where it is in the text.
    pub source: Range<usize>,
    /// Where it begins in the case.
    pub start: usize,
}

impl Origin {
    pub(crate) fn at(start: usize) -> Self {
        Origin { name: None, start, verbatim: None, attributes: HashMap::new(), places: HashMap::new() }
    }

    /// The attribute or option that a place of the case was read from: that of the place itself or of what contains it.
    ///
    /// ```
    /// let command = "hcloud IMS CopyImageInRegion --image_id=a --name=b";
    /// let translation = image_preflight_input::translate(command).unwrap();
    /// let origin = &translation.cases[0].origin;
    /// assert_eq!(origin.attribute("/path/image_id"), Some("--image_id"));
    /// assert_eq!(origin.attribute("/facts/copiesInFlight"), None);
    /// ```
    #[must_use]
    pub fn attribute(&self, pointer: &str) -> Option<&str> {
        let mut outer = pointer;
        loop {
            if let Some(attribute) = self.attributes.get(outer) {
                return Some(attribute);
            }
            outer = outer.rsplit_once('/')?.0;
        }
    }
}

impl Origin {
    /// Where in the text the value of an attribute is that a place of the case was read from; `None` where that is not known.
    ///
    /// ```
    /// let plan = r#"{"format_version": "1.2", "resource_changes": [{"type": "huaweicloud_ims_cbr_whole_image",
    ///     "change": {"actions": ["create"], "after": {"name": "n", "backup_id": "b"}}}]}"#;
    /// let translation = image_preflight_input::translate(plan).unwrap();
    /// let place = translation.cases[0].origin.place("/body/backup_id").unwrap();
    /// assert_eq!(&plan[place], "\"b\"");
    /// ```
    #[must_use]
    pub fn place(&self, pointer: &str) -> Option<Range<usize>> {
        self.places.get(self.attribute(pointer)?).cloned()
    }

    /// Remembers where the values of attributes are: those of an object in the text.
    pub(crate) fn find_places(&mut self, text: &str, values: Option<&str>) {
        let Some(values) = values.and_then(|values| Members::of(values).ok()) else { return };
        for attribute in self.attributes.values() {
            if let Some(value) = values.given(attribute) {
                let start = offset_in(text, value);
                self.places.insert(attribute.clone(), start..start + value.len());
            }
        }
    }
}

/// An advice beside the findings; it changes no verdict.
///
/// ```
/// use image_preflight::Locale;
/// let command = "hcloud IMS CopyImageInRegion --cli-region=cn-north-4 --image_id=$IMAGE --name=b";
/// let translation = image_preflight_input::translate(command).unwrap();
/// assert_eq!(translation.cases[0].notes[0].kind, "shell-variable");
/// assert!(translation.cases[0].notes[0].text(Locale::ENGLISH).contains("--image_id"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// What kind of note it is; it does not depend on the language.
    pub kind: &'static str,
    /// Whether it is about a request that could not be read: the text has not been checked as a whole.
    pub is_unread: bool,
    /// The line of the text that it is about, from 1, if it is about one.
    pub line: Option<usize>,
    template: Message,
    parameters: Parameters,
}

impl Note {
    pub(crate) fn new(kind: &'static str, template: Message, parameters: &[(&'static str, &str)]) -> Self {
        let parameters = parameters.iter().map(|(name, value)| (*name, vec![shortened(value)])).collect();
        Note { kind, is_unread: false, line: None, template, parameters }
    }

    /// With several names, which each language separates in its own way.
    pub(crate) fn with_list<S: AsRef<str>>(mut self, name: &'static str, items: impl IntoIterator<Item = S>) -> Self {
        self.parameters.push((name, items.into_iter().map(|item| shortened(item.as_ref())).collect()));
        self
    }

    /// The sentence, after its line. What is in it of the text is not escaped.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let sentence = filled(self.template, locale, &self.parameters);
        match self.line {
            Some(line) => AT_LINE.filled(locale, &[("line", &line), ("sentence", &sentence)]),
            None => sentence,
        }
    }
}

/// Why a text is not translated.
///
/// ```
/// use image_preflight::Locale;
/// let refused = image_preflight_input::translate("resource \"huaweicloud_images_image_copy\" \"a\" {}").unwrap_err();
/// assert_eq!(refused.kind, "hcl");
/// assert!(refused.text(Locale::ENGLISH).contains("terraform show -json"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// What kind of reason it is; `not-recognized` is a text of none of the forms.
    pub kind: &'static str,
    why: Note,
}

impl Refused {
    pub(crate) fn new(kind: &'static str, template: Message, parameters: &[(&'static str, &str)]) -> Self {
        Refused { kind, why: Note::new(kind, template, parameters) }
    }

    /// With several names, which each language separates in its own way.
    pub(crate) fn with_list<S: AsRef<str>>(self, name: &'static str, items: impl IntoIterator<Item = S>) -> Self {
        Refused { why: self.why.with_list(name, items), ..self }
    }

    /// About this line.
    pub(crate) fn at_line(self, line: usize) -> Self {
        Refused { why: Note { line: Some(line), ..self.why }, ..self }
    }

    pub(crate) fn into_note(self) -> Note {
        // What another service takes, and a file that is checked by itself, is no request that was meant to be here.
        let is_elsewhere = ["address", "koocli-file", "jdc-file"].contains(&self.kind);
        Note { is_unread: !is_elsewhere, ..self.why }
    }

    /// The sentence, with what to do. What is in it of the text is not escaped.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        self.why.text(locale)
    }
}

/// In front of a sentence about a line.
const AT_LINE: Message = Message { en: "line {line}: {sentence}", zh: "第 {line} 行：{sentence}" };

impl std::fmt::Display for Refused {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.text(Locale::ENGLISH))
    }
}

impl std::error::Error for Refused {}

/// The maximum length of a quotation from the text, in characters.
const MAX_TOLD: usize = 200;

fn shortened(value: &str) -> String {
    match value.char_indices().nth(MAX_TOLD) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// What fills in a sentence: names of places, with one text each, or several in a list.
type Parameters = Vec<(&'static str, Vec<String>)>;

fn filled(template: Message, locale: Locale, parameters: &Parameters) -> String {
    let texts: Vec<_> = parameters.iter().map(|(name, items)| (*name, items.join(locale.comma()))).collect();
    let values: Vec<(&str, &dyn Display)> = texts.iter().map(|(name, text)| (*name, text as &dyn Display)).collect();
    template.filled(locale, &values)
}

/// A case in the making.
pub(crate) struct Draft {
    pub(crate) operation: String,
    pub(crate) path: Map<String, Value>,
    pub(crate) body: Map<String, Value>,
    pub(crate) facts: Map<String, Value>,
    unknown: Vec<String>,
    is_unknown: HashSet<String>,
    pub(crate) origin: Origin,
    pub(crate) notes: Vec<Note>,
}

impl Draft {
    pub(crate) fn new(operation: &str, origin: Origin) -> Self {
        let none = Map::new;
        Draft {
            operation: operation.to_owned(),
            path: none(),
            body: none(),
            facts: none(),
            unknown: Vec::new(),
            is_unknown: HashSet::new(),
            origin,
            notes: Vec::new(),
        }
    }

    /// Remembers from what a place of the case was read.
    pub(crate) fn is_from(&mut self, pointer: &str, attribute: &str) {
        self.origin.attributes.insert(pointer.to_owned(), attribute.to_owned());
    }

    /// A value that exists and is not known yet.
    pub(crate) fn set_unknown(&mut self, pointer: String) {
        if self.is_unknown.insert(pointer.clone()) {
            self.unknown.push(pointer);
        }
    }

    pub(crate) fn note(&mut self, kind: &'static str, template: Message, parameters: &[(&'static str, &str)]) {
        self.notes.push(Note::new(kind, template, parameters));
    }

    pub(crate) fn finish(mut self) -> TranslatedCase<'static> {
        leave_out(&mut self.body, "/body/", &self.unknown);
        let body = Value::Object(self.body.clone()).to_string();
        self.finish_with(&body, None)
    }

    /// With a body that is taken as it is.
    pub(crate) fn finish_with(mut self, body: &str, source: Option<Range<usize>>) -> TranslatedCase<'static> {
        leave_out(&mut self.path, "/path/", &self.unknown);
        let mut text = format!("{{\"operation\":{}", Value::from(self.operation.as_str()));
        if !self.path.is_empty() {
            let _ = write!(text, ",\"path\":{}", Value::Object(self.path));
        }
        text.push_str(",\"body\":");
        self.origin.verbatim = source.map(|source| Verbatim { source, start: text.len() });
        text.push_str(body);
        if !self.facts.is_empty() {
            let _ = write!(text, ",\"facts\":{}", Value::Object(self.facts));
        }
        // A field that the operation does not know is told as such; as a pointer it would be a mistake in `unknown`.
        if let Some(operation) = crate::operation::named(&self.operation) {
            self.unknown.retain(|pointer| crate::operation::has_place(operation, pointer));
        }
        if !self.unknown.is_empty() {
            let _ = write!(text, ",\"unknown\":{}", Value::from(self.unknown));
        }
        text.push('}');
        TranslatedCase { text: text.into(), origin: self.origin, notes: self.notes, is_made: true }
    }
}

/// Makes null what is not known yet: the name of a variable is no value.
fn leave_out(members: &mut Map<String, Value>, of: &str, unknown: &[String]) {
    for name in unknown.iter().filter_map(|pointer| pointer.strip_prefix(of)) {
        if let Some(value) = members.get_mut(name) {
            *value = Value::Null;
        }
    }
}

/// A name as a segment of a JSON Pointer.
pub(crate) fn segment(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_looked_at_again() {
        let template = Message { en: "{a} and {b}", zh: "{b}、{a}" };
        let note = Note::new("k", template, &[("a", "{b}"), ("b", "2")]);
        assert_eq!(note.text(Locale::ENGLISH), "{b} and 2");
        assert_eq!(note.text(Locale::CHINESE), "2、{b}");
        let several =
            Note::new("note", Message { en: "{names}.", zh: "{names}。" }, &[]).with_list("names", ["a", "b"]);
        assert_eq!(
            (several.text(Locale::ENGLISH), several.text(Locale::CHINESE)),
            ("a, b.".to_owned(), "a、b。".to_owned())
        );
        let long = "中".repeat(MAX_TOLD);
        assert_eq!(shortened(&long), long);
        assert_eq!(shortened(&format!("{long}x")), format!("{long}…"));
    }

    #[test]
    fn an_attribute_is_that_of_the_nearest_place() {
        let mut origin = Origin::at(0);
        for (pointer, attribute) in [("/body/image_tags", "tags"), ("/body/image_tags/0", "tags[\"k\"]")] {
            origin.attributes.insert(pointer.to_owned(), attribute.to_owned());
        }
        assert_eq!(origin.attribute("/body/image_tags/0/key"), Some("tags[\"k\"]"));
        assert_eq!(origin.attribute("/body/image_tags/01"), Some("tags"));
        assert_eq!(origin.attribute("/body/image_tags2"), None);
    }
}
