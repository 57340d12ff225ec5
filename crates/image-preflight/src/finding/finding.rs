//! One finding: which rule, where, what was found, what is missing, what to do.

use crate::finding::fix::{Fix, Fixes, PatchOperation};
#[cfg(feature = "text")]
use crate::json::Places;
use crate::message::locale::Locale;
use crate::message::message::{Message, message};
use crate::message::param::{Names, Param, Params};
use crate::message::template::{assert_template, render};
use crate::message::violation_kind::{NOT_YOURS, ViolationKind};
use crate::message::word::words;
use crate::rule::location::At;
use crate::rule::missing::Missing;
use crate::rule::rule::{Rule, Severity};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::borrow::Cow;

/// Whether a finding says that a rule is broken or that it cannot be decided yet.
///
/// ```
/// assert_eq!(image_preflight::Outcome::Unknown.as_str(), "unknown");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum Outcome {
    /// The rule is broken.
    Violated,
    /// What is not known could still break the rule.
    Unknown,
}

words!(Outcome { Violated = "violated", Unknown = "unknown" });

/// What is said when a rule cannot be decided.
const UNKNOWN: Message = message(
    "Not known yet whether this holds: {holds} Missing: {facts}.",
    "暂无法判断是否满足：{holds}还需确认：{facts}。",
);

const _: () = assert_template(UNKNOWN, &["holds", "facts"]);

/// The same for a person who fills in a form.
const UNKNOWN_HINT: Message = message("Not known yet: {facts}.", "尚未确认：{facts}。");

const _: () = assert_template(UNKNOWN_HINT, &["facts"]);

/// What is wanted of a field whose value is not known yet.
const VALUE: Message = message("the value of {field}", "{field} 的值");

const _: () = assert_template(VALUE, &["field"]);

/// Every sentence of this file.
pub(crate) const MESSAGES: [Message; 3] = [UNKNOWN, VALUE, UNKNOWN_HINT];

/// What is missing, as a phrase.
fn label(missing: &Missing<'_>, locale: Locale) -> Cow<'static, str> {
    let Some(at) = missing.at() else { return missing.description().text(locale).into() };
    let named = render(VALUE.text(locale), &|_, out| {
        Names::Code.render(&at.field_name(), out);
        true
    });
    named.into()
}

/// A problem, or an open question, about a case.
///
/// ```
/// use image_preflight::{Locale, Outcome, Severity};
/// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"},
///     "body": {"name": " n"}, "facts": {"image": {"iso": true}}}"#);
/// let finding = &report.findings()[0];
/// assert_eq!((finding.rule().id, finding.at()), ("ims.in-region-copy.name", "/body/name"));
/// assert_eq!((finding.outcome(), finding.severity()), (Outcome::Violated, Severity::Error));
/// assert_eq!(finding.kind(), Some("bad-format"));
/// assert_eq!(finding.fixes()[0].patch_operations()[0].path(), "/body/name");
/// println!("{}", finding.message(Locale::CHINESE));
/// ```
#[derive(Debug)]
pub struct Finding<'a> {
    pub(crate) rule: &'static Rule,
    pub(crate) outcome: Outcome,
    pub(crate) severity: Severity,
    pub(crate) at: At,
    pub(crate) kind: Option<ViolationKind>,
    pub(crate) message: Message,
    pub(crate) params: Params<'a>,
    pub(crate) missing: Vec<Missing<'a>>,
    pub(crate) fixes: Fixes,
}

/// Written out: the clone of a `SmallVec` has a panic in it, that of a slice has none.
impl Clone for Finding<'_> {
    fn clone(&self) -> Self {
        Finding {
            rule: self.rule,
            outcome: self.outcome,
            severity: self.severity,
            at: self.at.clone(),
            kind: self.kind,
            message: self.message,
            params: self.params.clone(),
            missing: self.missing.clone(),
            fixes: self.fixes.to_vec().into(),
        }
    }
}

/// Of the same rule, at the same place, with the same parameters and fixes.
impl PartialEq<Finding<'_>> for Finding<'_> {
    fn eq(&self, other: &Finding<'_>) -> bool {
        self.rule.id == other.rule.id
            && (self.outcome, self.severity, self.kind) == (other.outcome, other.severity, other.kind)
            && self.at == other.at
            && self.message == other.message
            && self.params == other.params
            && self.missing == other.missing
            && self.fixes == other.fixes
    }
}

impl<'a> Finding<'a> {
    /// The rule that says so.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// Broken, or not decided yet.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// How much it matters: its rule's severity, but for a few violations that are only warnings.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where a person would look, as a JSON Pointer into the case.
    #[must_use]
    pub fn at(&self) -> &str {
        self.at.pointer()
    }

    /// Where it is located in the text of the case, in bytes: a key that is not known as the key itself, one given twice where
    /// it comes again, and what is absent as the nearest place that exists. For more than one finding of a text,
    /// [`Finding::span_in`] reads it once.
    #[must_use]
    #[cfg(feature = "text")]
    pub fn span(&self, text: &str) -> Option<std::ops::Range<usize>> {
        self.span_in(text, &Places::of(text, [self.at()]))
    }

    /// As [`Finding::span`], by places of the text that [`Finding::at`] of each finding was asked for.
    ///
    /// ```
    /// use image_preflight::{Finding, Places};
    /// let text = r#"{"operation": "ims.whole-image", "body": {"name": "a<b", "instance_id": "", "vault_id": "v"}}"#;
    /// let report = image_preflight::check(text);
    /// let places = Places::of(text, report.findings().iter().map(Finding::at));
    /// for finding in report.findings() {
    ///     assert_eq!(finding.span_in(text, &places), finding.span(text));
    /// }
    /// ```
    #[must_use]
    #[cfg(feature = "text")]
    pub fn span_in(&self, text: &str, places: &Places<'_>) -> Option<std::ops::Range<usize>> {
        match self.param("offset") {
            Some(Param::Integer(offset)) => {
                let start = usize::try_from(*offset).ok()?.min(text.len());
                let next = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                Some(start..start + next)
            }
            _ => self
                .is_about_a_key()
                .then(|| places.last_key(self.at()))
                .flatten()
                .or_else(|| places.nearest(self.at())),
        }
    }

    fn is_about_a_key(&self) -> bool {
        self.rule.id.ends_with("duplicate-field")
            || self.rule.id.ends_with("unknown-field")
            || matches!(self.kind, Some(ViolationKind::UnknownFact | ViolationKind::UnknownMember))
            || self.kind == Some(ViolationKind::Duplicate) && self.rule.id == "case.facts"
    }

    /// The kind of violation in a field's shape (`missing`, `too-long` …); `None` for every other finding.
    #[must_use]
    pub fn kind(&self) -> Option<&'static str> {
        self.kind.map(ViolationKind::name)
    }

    /// One of its parameters, such as `limitBytes`.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Param<'a>> {
        self.params.get(name)
    }

    /// The facts that its rule still wants.
    #[must_use]
    pub fn missing(&self) -> &[Missing<'a>] {
        &self.missing
    }

    /// What to do about it, the best way first.
    #[must_use]
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    /// The message in a language. The text is made on this call.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        self.say(self.message, locale)
    }

    /// What is wrong, for a person who fills in a form: without field names, code or calls of an API, to be shown under an input.
    /// Where nothing is wrong, but something is not known, it says what.
    ///
    /// ```
    /// use image_preflight::{Locale, check};
    /// let report = check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "a<b"}}"#);
    /// let hint = report.findings()[0].hint(Locale::CHINESE);
    /// assert_eq!(hint, "只能包含字母、数字、空格、中文、连字符（-）、点（.）和下划线（_）。");
    /// ```
    #[must_use]
    pub fn hint(&self, locale: Locale) -> String {
        self.say_with(self.hint_message(), locale, Names::Plain)
    }

    /// The template of [`Finding::hint`].
    pub(crate) fn hint_message(&self) -> Message {
        match self.kind {
            _ if self.outcome == Outcome::Unknown => UNKNOWN_HINT,
            // What is wrong with the case itself is the program's fault.
            _ if self.rule.id.starts_with("case.") => NOT_YOURS,
            Some(kind) => kind.hint(),
            None => self.rule.hint.unwrap_or(self.message),
        }
    }

    /// The title of one of its fixes, in a language.
    #[must_use]
    pub fn fix_title(&self, fix: &Fix, locale: Locale) -> String {
        match fix.missing.and_then(|index| self.missing.get(index)) {
            Some(missing) => render(fix.title.text(locale), &|name, out| {
                match name {
                    "fact" => out.push_str(missing.description().text(locale)),
                    "how" => out.push_str(missing.how_to_obtain().text(locale)),
                    "image" => {
                        Param::UserText(missing.image().unwrap_or_default().into()).render(locale, Names::Code, out);
                    }
                    _ => return false,
                }
                true
            }),
            None => self.say(fix.title, locale),
        }
    }

    fn say(&self, words: Message, locale: Locale) -> String {
        self.say_with(words, locale, Names::Code)
    }

    fn say_with(&self, words: Message, locale: Locale, names: Names) -> String {
        render(words.text(locale), &|name, out| {
            if self.params.fill(name, locale, names, out) {
                return true;
            }
            match (name, self.outcome) {
                ("field", _) => names.render(&self.at.field_name(), out),
                ("holds", Outcome::Unknown) => out.push_str(self.rule.holds.text(locale)),
                ("facts", Outcome::Unknown) => {
                    let mut last = None;
                    for missing in &self.missing {
                        let label = label(missing, locale);
                        if last.as_ref() == Some(&label) {
                            continue;
                        }
                        if last.is_some() {
                            out.push_str(locale.comma());
                        }
                        out.push_str(&label);
                        last = Some(label);
                    }
                }
                _ => return false,
            }
            true
        })
    }

    /// The same, free of what it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Finding<'static> {
        Finding {
            rule: self.rule,
            outcome: self.outcome,
            severity: self.severity,
            at: self.at,
            kind: self.kind,
            message: self.message,
            params: self.params.into_owned(),
            missing: self.missing.into_iter().map(Missing::into_owned).collect(),
            fixes: self.fixes,
        }
    }

    /// How many bytes of a user's text it holds without shortening them. Ids of missing facts do not count: a request names at most
    /// ten images, and a report lists what it misses in full.
    pub(crate) fn user_bytes(&self) -> usize {
        let patches = self.fixes.iter().flat_map(|fix| &fix.patch).map(PatchOperation::user_bytes).sum::<usize>();
        self.at.pointer().len() + patches + self.params.owned_bytes()
    }

    /// Whether it says that a rule is broken, and that this is more than advice.
    pub(crate) fn is_broken(&self) -> bool {
        self.outcome == Outcome::Violated && self.severity != Severity::Advice
    }

    /// Which rule it says is broken, and in which way.
    pub(crate) fn violation(&self) -> (&'static str, Option<ViolationKind>) {
        (self.rule.id, self.kind)
    }

    /// Of each fix, whether its patch may be offered. Of a rename that may not, nothing is left; nor of a near name that would be
    /// another mistake.
    pub(crate) fn keep_fixes(&mut self, is_clean: &[bool]) {
        let mut clean = is_clean.iter().copied();
        self.fixes.retain(|fix| {
            if clean.next().unwrap_or(true) {
                return true;
            }
            let is_rename = fix.patch.iter().any(|step| step.op() == "move");
            fix.patch = Vec::new();
            !is_rename
        });
        if self.kind == Some(ViolationKind::Unlisted) && is_clean.contains(&false) {
            self.params.remove("nearest");
        }
    }

    /// What must come first, to have one order everywhere.
    pub(crate) fn order(&self) -> (&At, &'static str, Option<ViolationKind>) {
        (&self.at, self.rule.id, self.kind)
    }

    pub(crate) fn unknown(rule: &'static Rule, at: At, missing: Vec<Missing<'a>>) -> Self {
        let fixes = missing.iter().enumerate();
        let fixes: Vec<_> = fixes.map(|(index, missing)| Fix::find_out(index, missing.image().is_some())).collect();
        Finding {
            rule,
            outcome: Outcome::Unknown,
            severity: rule.severity,
            at,
            kind: None,
            message: UNKNOWN,
            params: Params::default(),
            missing,
            fixes: fixes.into(),
        }
    }

    /// The finding as something that serde can write, in a language.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let report = image_preflight::check("{}");
    /// let json = serde_json::to_value(report.findings()[0].localized(Locale::CHINESE)).unwrap();
    /// assert_eq!(json["message"], "缺少必填参数 `operation`。");
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> impl Serialize + '_ {
        self.written(locale, false)
    }

    /// The same, without citations in a brief report.
    pub(crate) fn written(&self, locale: Locale, is_brief: bool) -> Localized<'_, 'a> {
        Localized { finding: self, locale, is_brief }
    }
}

/// A finding with the language of its output.
pub(crate) struct Localized<'f, 'a> {
    finding: &'f Finding<'a>,
    locale: Locale,
    is_brief: bool,
}

impl Serialize for Localized<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Localized { finding, locale, is_brief } = self;
        let missing: Vec<_> = finding.missing.iter().map(Missing::pointer).collect();
        let fixes: Vec<_> = finding.fixes.iter().map(|fix| fix.titled(finding.fix_title(fix, *locale))).collect();
        let mut object = serializer.serialize_struct("Finding", 10)?;
        object.serialize_field("rule", finding.rule.id)?;
        object.serialize_field("outcome", finding.outcome.as_str())?;
        object.serialize_field("severity", finding.severity.as_str())?;
        object.serialize_field("at", finding.at())?;
        object.serialize_field("params", &finding.params)?;
        object.serialize_field("message", &finding.message(*locale))?;
        object.serialize_field("hint", &finding.hint(*locale))?;
        object.serialize_field("missing", &missing)?;
        object.serialize_field("fixes", &fixes)?;
        if !is_brief {
            object.serialize_field("citations", &finding.rule.citations_in(*locale).collect::<Vec<_>>())?;
        }
        object.end()
    }
}
