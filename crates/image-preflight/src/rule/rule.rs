//! A rule: what a document says, declared once. Its check, messages, citations and documentation are in one element.

use crate::message::locale::Locale;
use crate::message::message::{Message, message};
use crate::message::template::{assert_hint, assert_template};
use crate::message::word::words;
use crate::rule::by_id::by_id;
use crate::rule::context::{Context, NamedImage};
use crate::rule::decision::Decision;
use crate::rule::fact::Fact;
use crate::rule::stage::Stage;
use serde::Serialize;

/// How much a broken rule matters.
///
/// ```
/// assert_eq!(image_preflight::Severity::Advice.as_str(), "advice");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum Severity {
    /// The provider refuses the request, or its result is unusable.
    Error,
    /// It is accepted, but data may be lost or the result may not work.
    Warning,
    /// Worth telling a person; it never changes the verdict.
    Advice,
}

words!(Severity { Error = "error", Warning = "warning", Advice = "advice" });

/// Where a document says so.
///
/// ```
/// let rule = image_preflight::rule("ims.cross-region-copy.size-cap").unwrap();
/// assert_eq!(rule.citations[0].date, "2022-12");
/// assert_eq!(rule.citations[1].section, "Constraints");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Citation {
    /// The document's title, in its own language.
    pub document: &'static str,
    /// The document's date: `2024-04-17`, or as much as is known of it.
    pub date: &'static str,
    /// The part of the document.
    pub section: &'static str,
    /// Where it is published, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'static str>,
}

impl Citation {
    /// Whether the document is Chinese: its title is.
    fn is_chinese(&self) -> bool {
        self.document.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    /// The document's date, in a language.
    ///
    /// ```
    /// use image_preflight::{Locale, rule};
    /// let citation = rule("ims.in-region-copy.cmk_id").unwrap().citations[0];
    /// assert_eq!(citation.date_text(Locale::CHINESE), "未注明日期");
    /// ```
    #[must_use]
    pub fn date_text(&self, locale: Locale) -> &'static str {
        if self.date == DATELESS { UNDATED.text(locale) } else { self.date }
    }

    /// Another part of the same document.
    pub(crate) const fn section(self, section: &'static str) -> Self {
        Citation { section, ..self }
    }
}

/// What stands for the date of a document that has none.
pub(crate) const DATELESS: &str = "undated";

/// The same in the reader's language.
pub(crate) const UNDATED: Message = message("undated", "未注明日期");

/// How a rule is decided.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// While the case is read: the shape of fields, names that are not known, keys given twice.
    Reading,
    /// Once for the case.
    Once(for<'c, 'a> fn(&Context<'c, 'a>) -> Decision<'a>),
    /// Once for each image that the request names.
    EachImage(for<'c, 'a> fn(&Context<'c, 'a>, &NamedImage<'c, 'a>) -> Decision<'a>),
    /// An advice on every request that is allowed, at the body field of this slot.
    WhenAllowed(usize),
}

/// A rule. Its id is stable for ever; a renamed one keeps its old id among the aliases.
///
/// ```
/// use image_preflight::{Locale, Severity};
/// let rule = image_preflight::rule("ims.cross-region-copy.size-cap").unwrap();
/// assert_eq!(rule.severity, Severity::Error);
/// assert_eq!(rule.reads[1].pointer(), "/facts/image/sizeBytes");
/// # #[cfg(feature = "titles")]
/// assert_eq!(rule.title.unwrap().text(Locale::ENGLISH), "Image size limit across regions");
/// println!("{} {}", rule.holds.text(Locale::ENGLISH), rule.why.text(Locale::ENGLISH));
/// ```
pub struct Rule {
    /// `<operation>.<rule>`.
    pub id: &'static str,
    /// Ids under which it was known before, or by which documents of ours call it too.
    pub aliases: &'static [&'static str],
    /// What it is about, in a few words, for headings, with the feature `titles`; none for the rule of a field, which has the field's
    /// name.
    pub title: Option<Message>,
    /// The version of this crate that had it first.
    pub since: &'static str,
    /// What a violation amounts to.
    pub severity: Severity,
    /// What must hold.
    pub holds: Message,
    /// What happens otherwise.
    pub why: Message,
    /// Where the documents contradict each other, or are silent: what is done, and why.
    pub disputed: Option<Message>,
    /// What is said when it is broken; a template.
    pub violated: Message,
    /// What is said of it to a person who fills in a form, where `violated` is for those who write requests; a template.
    pub hint: Option<Message>,
    /// What to do about it; a template.
    pub fix: Message,
    /// The facts it reads, and so the facts it can miss.
    pub reads: &'static [Fact],
    /// Those of these facts that are presumed to be good while nobody gives them: documents other than the operation's own ask
    /// for them.
    pub presumes: &'static [Fact],
    /// Where the documents say so. None in a program without languages.
    pub citations: &'static [Citation],
    /// The parameters that its templates may name.
    pub(crate) params: &'static [&'static str],
    /// Whether it is about the case and not about the request: where it is broken, the case cannot be judged.
    pub(crate) is_of_case: bool,
    /// The operation to use instead.
    pub(crate) way_out: Option<&'static str>,
    pub(crate) needs: Stage,
    pub(crate) check: Check,
}

by_id!(Rule);

/// What is said of a field is said by the kind of its violation, so a field's rule has no words of its own for it.
const FROM_KIND: Message = message("See the kind of violation.", "见故障类型。");

impl Rule {
    /// A rule with everything at its usual value; each rule overrides what is its own.
    pub(crate) const DEFAULT: Rule = Rule {
        id: "",
        aliases: &[],
        title: None,
        since: "0.1.0",
        severity: Severity::Error,
        holds: FROM_KIND,
        why: FROM_KIND,
        disputed: None,
        violated: FROM_KIND,
        hint: None,
        fix: FROM_KIND,
        reads: &[],
        presumes: &[],
        citations: &[],
        params: &[],
        is_of_case: false,
        way_out: None,
        needs: Stage::Image,
        check: Check::Reading,
    };
}

/// The address of a page of the published rule reference.
pub(crate) fn reference_page(locale: Locale, page: &str) -> String {
    format!("https://image-preflight.github.io/image-preflight/reference/{}/{page}.html", locale.tag())
}

/// A rule as JSON has it, in a language.
#[derive(Serialize)]
struct Localized {
    id: &'static str,
    aliases: &'static [&'static str],
    severity: &'static str,
    holds: &'static str,
    why: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    disputed: Option<&'static str>,
    help: String,
    reads: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    presumes: Vec<&'static str>,
    citations: Vec<&'static Citation>,
}

impl Rule {
    /// Its page in the published rule reference.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let rule = image_preflight::rule("ims.cross-region-copy.not-iso").unwrap();
    /// assert!(rule.help_url(Locale::CHINESE).ends_with("/zh-CN/ims.cross-region-copy.not-iso.html"));
    /// ```
    #[must_use]
    pub fn help_url(&self, locale: Locale) -> String {
        reference_page(locale, self.id)
    }

    /// Its citations, documents in the reader's language first.
    ///
    /// ```
    /// use image_preflight::{Locale, rule};
    /// let rule = rule("ims.cross-region-copy.not-encrypted").unwrap();
    /// assert!(rule.citations_in(Locale::ENGLISH).next().unwrap().document.starts_with("Image Management"));
    /// assert!(rule.citations_in(Locale::CHINESE).next().unwrap().document.starts_with("镜像服务"));
    /// ```
    pub fn citations_in(&self, locale: Locale) -> impl Iterator<Item = &'static Citation> {
        let is_own = move |citation: &&Citation| citation.is_chinese() == locale.is_chinese();
        let all = self.citations.iter();
        all.clone().filter(is_own).chain(all.filter(move |citation| !is_own(citation)))
    }

    /// The rule as something that serde can write, in a language.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let rule = image_preflight::rule("ims.cross-region-copy.not-encrypted").unwrap();
    /// let json = serde_json::to_value(rule.localized(Locale::CHINESE)).unwrap();
    /// assert_eq!(json["holds"], "源镜像未加密。");
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> impl Serialize + use<> {
        Localized {
            id: self.id,
            aliases: self.aliases,
            severity: self.severity.as_str(),
            holds: self.holds.text(locale),
            why: self.why.text(locale),
            disputed: self.disputed.map(|words| words.text(locale)),
            help: self.help_url(locale),
            reads: self.reads.iter().map(|fact| fact.pointer()).collect(),
            presumes: self.presumes.iter().map(|fact| fact.pointer()).collect(),
            citations: self.citations_in(locale).collect(),
        }
    }
}

/// Whether the program has what no check needs of rules, errors and requests: the feature `reference`.
pub(crate) const WITH_REFERENCE: bool = cfg!(feature = "reference");

/// The title of a rule, in a program with the feature `titles`.
pub(crate) const fn title(en: &'static str, zh: &'static str) -> Option<Message> {
    if cfg!(feature = "titles") { Some(message(en, zh)) } else { None }
}

/// Whether the program has languages. Without them it has no citations either: whoever has the sentences has those, too.
const WITH_LANGUAGES: bool = cfg!(any(feature = "en", feature = "zh"));

/// The citations of a rule; none in a program without languages.
pub(crate) const fn cited(citations: &'static [Citation]) -> &'static [Citation] {
    assert!(!citations.is_empty(), "a rule has no citation");
    if WITH_LANGUAGES { citations } else { &[] }
}

/// Rules without their rationale if the feature `reference` is off, and without citations in a program without languages.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn without_rationale<const N: usize>(mut rules: [Rule; N]) -> [Rule; N] {
    let mut index = 0;
    while index < N {
        rules[index].citations = cited(rules[index].citations);
        if !WITH_LANGUAGES {
            // They are checked with the templates, which are not there either.
            rules[index].params = &[];
        }
        if !WITH_REFERENCE {
            (rules[index].why, rules[index].disputed) = (FROM_KIND, None);
        }
        index += 1;
    }
    rules
}

/// A list of what no check needs: empty in a program without the feature `reference`.
pub(crate) const fn if_reference<T>(list: &'static [T]) -> &'static [T] {
    if WITH_REFERENCE { list } else { &[] }
}

/// Stops the compiler when a list of rules has one without an id, a citation or words, one with a placeholder that no
/// parameter fills, or two of the same id.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn assert_rules(rules: &[Rule]) {
    let mut index = 0;
    while index < rules.len() {
        assert_rule(&rules[index]);
        assert!(rules[index].title.is_some() || !cfg!(feature = "titles"), "a rule has no title");
        assert!(!rules[index].violated.is(FROM_KIND), "a rule does not say what breaks it");
        assert!(!rules[index].fix.is(FROM_KIND), "a rule does not say how to fix that");
        let mut other = index + 1;
        while other < rules.len() {
            assert!(!same(rules[index].id, rules[other].id), "two rules have the same id");
            other += 1;
        }
        index += 1;
    }
}

/// Stops the compiler when one rule is incomplete.
pub(crate) const fn assert_rule(rule: &Rule) {
    assert!(!rule.id.is_empty(), "a rule has no id");
    assert!(!rule.citations.is_empty() || !WITH_LANGUAGES, "a rule has no citation");
    if let Some(title) = rule.title {
        assert_template(title, &[]);
    }
    assert_template(rule.holds, &[]);
    assert_template(rule.why, &[]);
    if let Some(disputed) = rule.disputed {
        assert_template(disputed, &[]);
    }
    assert_template(rule.violated, rule.params);
    let hint = match rule.hint {
        Some(hint) => hint,
        None => rule.violated,
    };
    assert_hint(hint, rule.params);
    assert_template(rule.fix, rule.params);
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

impl Rule {
    /// The same of a field, with where its value is found.
    pub(crate) const fn found(self, found: Message) -> Rule {
        Rule { fix: found, ..self }
    }

    /// Where the value of its field is found, where that is said.
    pub(crate) fn found_at(&self) -> Option<Message> {
        (self.fix != FROM_KIND).then_some(self.fix)
    }

    /// The same, with what is done where the documents contradict each other.
    pub(crate) const fn disputed(self, disputed: Message) -> Rule {
        Rule { disputed: if WITH_REFERENCE { Some(disputed) } else { None }, ..self }
    }
}
