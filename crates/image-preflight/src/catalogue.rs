//! The catalogue: every cloud, and everything that is looked up across them.

use crate::check::cloud::Cloud;
#[cfg(feature = "schemars")]
use crate::check::cloud::MakeSchema;
#[cfg(feature = "reference")]
use crate::check::job_form::JobForm;
use crate::check::operation::Operation;
use crate::check::problem;
#[cfg(feature = "reference")]
use crate::check::provider::ErrorForm;
use crate::check::refusal::{DocumentedError, HTTP_STATUSES, JOB_MESSAGES, NOT_KNOWN, Retry};
#[cfg(feature = "text")]
use crate::check::uncarried;
use crate::field::{alphabet, ids, text};
use crate::finding::fact_reader::{Entry, FactMember};
use crate::finding::findings::Findings;
use crate::finding::{case_rules, finding, fix, implicit_rules, syntax};
use crate::huawei::cloud::HUAWEI;
use crate::jdcloud::cloud::JDCLOUD;
use crate::json::Key;
use crate::message::locale::Locale;
use crate::message::message::Message;
use crate::message::shortened::shortened;
use crate::message::violation_kind::ViolationKind;
use crate::message::{param, suggest};
use crate::rule::edition::{CustomLimit, Document, Edition, Limit};
use crate::rule::fact::Fact;
use crate::rule::facts::{Facts, MAX_FACTS, MAX_RECORD_FACTS};
use crate::rule::missing;
use crate::rule::rule::{Rule, UNDATED, same};
#[cfg(feature = "reference")]
use crate::rule::statement::{self, Difference, Statement};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Every cloud. A further one is a folder and a line here.
const CLOUDS: [Cloud; 2] = [HUAWEI, JDCLOUD];

/// The operations that a case may name.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().copied()
}

/// A list of every cloud's as one, made by the compiler: each iterator over several lists is one more copy of its code.
macro_rules! of_every_cloud {
    ($(#[$about:meta])* $visibility:vis static $name:ident: [$of:ty; $length:ident] = $list:ident;) => {
        #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
        const $length: usize = {
            let (mut length, mut cloud) = (0, 0);
            while cloud < CLOUDS.len() {
                length += CLOUDS[cloud].$list.len();
                cloud += 1;
            }
            length
        };

        $(#[$about])*
        #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
        $visibility static $name: [$of; $length] = {
            let mut all = [CLOUDS[0].$list[0]; $length];
            let (mut length, mut cloud) = (0, 0);
            while cloud < CLOUDS.len() {
                let mut index = 0;
                while index < CLOUDS[cloud].$list.len() {
                    all[length] = CLOUDS[cloud].$list[index];
                    length += 1;
                    index += 1;
                }
                cloud += 1;
            }
            all
        };
    };
}

of_every_cloud! {
    static OPERATIONS: [&Operation; OPERATION_COUNT] = operations;
}

/// What else can be done with an image, evaluated by the image alone.
pub(crate) fn capabilities() -> impl Iterator<Item = &'static Operation> {
    CLOUDS.iter().flat_map(|cloud| cloud.capabilities).copied()
}

of_every_cloud! {
    static LIMITS: [&Limit; LIMIT_COUNT] = limits;
}

/// The limits that a caller may set: those which replace others first.
pub(crate) fn custom_limits() -> impl Iterator<Item = (&'static Limit, CustomLimit)> {
    LIMITS.iter().filter_map(|limit| Some((*limit, limit.custom?)))
}

const DEFAULT_NAME: &str = "default";

fn documents() -> impl Iterator<Item = &'static Document> {
    CLOUDS.iter().flat_map(|cloud| cloud.editions)
}

impl Edition {
    /// The names of all editions, the default first.
    ///
    /// ```
    /// assert_eq!(image_preflight::Edition::names().next(), Some("default"));
    /// ```
    pub fn names() -> impl Iterator<Item = &'static str> {
        let mut names = vec![DEFAULT_NAME];
        CLOUDS.iter().for_each(|cloud| cloud.editions.iter().for_each(|document| names.push(document.name)));
        names.into_iter()
    }

    /// The edition of this name, or of one of its aliases.
    ///
    /// ```
    /// use image_preflight::Edition;
    /// assert_eq!(Edition::from_name("tr-central-201").unwrap().name(), "tr-central-201-2024-04");
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        if name == DEFAULT_NAME {
            return Some(Edition::default());
        }
        let is_it = |document: &&'static Document| document.name == name || document.aliases.contains(&name);
        CLOUDS.iter().find_map(|cloud| cloud.editions.iter().find(is_it)).map(Edition::of)
    }

    /// Other names of editions: former ones, and shorter ones. They are accepted wherever an edition is named, and never printed.
    ///
    /// ```
    /// assert!(image_preflight::Edition::aliases().any(|(alias, name)| (alias, name) == ("eu-west-0", "eu-west-0-2024-03")));
    /// ```
    pub fn aliases() -> impl Iterator<Item = (&'static str, &'static str)> {
        documents().flat_map(|document| document.aliases.iter().map(|alias| (*alias, document.name)))
    }

    /// Its name; for a caller's own limits, the name of the edition that they extend.
    ///
    /// ```
    /// assert_eq!(image_preflight::Edition::default().name(), "default");
    /// ```
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.document().map_or(DEFAULT_NAME, |document| document.name)
    }

    /// The documents that it represents, in a language. The default edition is no single document: of each cloud it takes the
    /// pages that the rules were written from, together.
    ///
    /// ```
    /// use image_preflight::{Edition, Locale};
    /// let edition = Edition::from_name("international-2024-04").unwrap();
    /// assert!(edition.source(Locale::ENGLISH).contains("2024-04-17"));
    /// assert!(edition.source(Locale::CHINESE).starts_with("国际站"));
    /// ```
    #[must_use]
    pub fn source(&self, locale: Locale) -> Cow<'static, str> {
        match self.document() {
            Some(document) => document.source.text(locale).into(),
            None => {
                let sources = CLOUDS.map(|cloud| cloud.default_source.text(locale));
                sources.join(locale.between_sentences()).into()
            }
        }
    }
}

#[cfg(feature = "reference")]
impl Edition {
    /// What it says of each thing that editions of its cloud disagree about; for the default edition, of every cloud.
    ///
    /// ```
    /// use image_preflight::{Edition, Locale};
    /// let edition = Edition::from_name("jd-2024-11").unwrap();
    /// let values: Vec<_> = edition.statements().map(|statement| statement.value(Locale::ENGLISH)).collect();
    /// assert_eq!(values, ["yes", "yes"]);
    /// ```
    pub fn statements(&self) -> impl Iterator<Item = Statement> {
        let first = self.document().map(|document| document.first);
        let is_of_it = |cloud: &&Cloud| first.is_none() || cloud.limits.first().map(|limit| limit.rank) == first;
        let limits: Vec<_> = CLOUDS.iter().filter(is_of_it).flat_map(|cloud| cloud.limits).copied().collect();
        limits.into_iter().map(|limit| Statement::of(self, limit))
    }

    /// What another edition says differently, of the same cloud.
    ///
    /// ```
    /// use image_preflight::Edition;
    /// let international = Edition::from_name("international-2024-04").unwrap();
    /// assert!(international.differences(&international).is_empty());
    /// assert_eq!(Edition::default().differences(&international).len(), 2);
    /// ```
    #[must_use]
    pub fn differences(&self, other: &Edition) -> Vec<Difference> {
        let others: Vec<_> = other.statements().collect();
        Difference::all(self.statements().collect(), &others)
    }
}

/// The name of an edition that there is not.
///
/// ```
/// let error = "international-2024".parse::<image_preflight::Edition>().unwrap_err();
/// assert!(error.to_string().contains("did you mean `international-2024-04`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no edition `{found}`; {}", near.map_or_else(|| format!("there are `{}`", Edition::names().collect::<Vec<_>>().join("`, `")), |near| format!("did you mean `{near}`?")))]
pub struct UnknownEdition {
    found: String,
    near: Option<&'static str>,
}

impl FromStr for Edition {
    type Err = UnknownEdition;

    fn from_str(name: &str) -> Result<Self, UnknownEdition> {
        Edition::from_name(name).ok_or_else(|| UnknownEdition {
            found: shortened(name).into_owned(),
            near: suggest::nearest(name, Edition::names()),
        })
    }
}

/// Its name; for a caller's own limits, the name of the edition that they extend.
impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The documented errors of every provider, by code: those of the API before those of what is in front of it.
///
/// ```
/// let mut codes = image_preflight::error_codes().map(|error| error.code);
/// assert_eq!(codes.next(), Some("IMG.0001"));
/// assert_eq!(codes.clone().filter(|code| code.starts_with("IMG.")).count(), 203);
/// assert!(codes.any(|code| code == "APIGW.0308"));
/// ```
pub fn error_codes() -> impl Iterator<Item = &'static DocumentedError> + Clone {
    CLOUDS.iter().flat_map(|cloud| cloud.provider.errors.iter().copied().flatten().chain(cloud.provider.gateway_errors))
}

/// How the jobs of every provider answer, and what each provider says of a request that it accepts.
#[cfg(feature = "reference")]
pub(crate) fn providers() -> impl Iterator<Item = (&'static JobForm, Message)> + Clone {
    CLOUDS.iter().map(|cloud| (cloud.provider.job_form, cloud.provider.accepted))
}

/// What jobs do, by the providers' types.
fn job_kinds() -> impl Iterator<Item = Message> {
    #[cfg(feature = "reference")]
    let kinds = job_forms().flat_map(|form| form.kinds).map(|(_, name)| *name);
    #[cfg(not(feature = "reference"))]
    let kinds = std::iter::empty();
    kinds
}

/// How the jobs of every provider answer.
#[cfg(feature = "reference")]
pub(crate) fn job_forms() -> impl Iterator<Item = &'static JobForm> + Clone {
    providers().map(|(form, _)| form)
}

/// The forms of the bodies that refuse a request.
#[cfg(feature = "reference")]
pub(crate) fn error_forms() -> impl Iterator<Item = &'static ErrorForm> + Clone {
    CLOUDS.iter().map(|cloud| &cloud.provider.error_form)
}

/// What HTTP statuses mean where no code is documented.
pub(crate) fn statuses() -> impl Iterator<Item = &'static DocumentedError> + Clone {
    CLOUDS.iter().flat_map(|cloud| cloud.provider.statuses)
}

/// The schemas of what providers answer, by name.
#[cfg(feature = "schemars")]
pub(crate) fn answers() -> impl Iterator<Item = (&'static str, MakeSchema)> {
    CLOUDS.iter().flat_map(|cloud| cloud.answers).copied()
}

of_every_cloud! {
    /// The members of `facts` in a case: those of every cloud.
    pub(crate) static FACT_MEMBERS: [FactMember; FACT_MEMBER_COUNT] = facts;
}

/// Their keys.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) static FACT_KEYS: [Key; FACT_MEMBER_COUNT] = {
    let mut keys = [FACT_MEMBERS[0].key; FACT_MEMBER_COUNT];
    let mut index = 0;
    while index < keys.len() {
        keys[index] = FACT_MEMBERS[index].key;
        index += 1;
    }
    keys
};

/// The names of the members of `facts` in a case, in the order of a packed one: single facts, groups of facts, and what providers
/// returned.
///
/// ```
/// assert!(image_preflight::fact_members().any(|name| name == "imageObject"));
/// ```
pub fn fact_members() -> impl Iterator<Item = &'static str> {
    FACT_MEMBERS.iter().map(|member| member.key.name)
}

/// How many members of `facts` hold what providers returned.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const OBJECT_COUNT: usize = {
    let (mut count, mut index) = (0, 0);
    while index < FACT_MEMBER_COUNT {
        count += matches!(FACT_MEMBERS[index].entry, Entry::Object(..) | Entry::Objects(..)) as usize;
        index += 1;
    }
    count
};

/// Whether an operation reads facts that a member of `facts` can tell: those of its own cloud, where a rule asks for one.
pub(crate) fn reads_member(operation: &Operation, member: &FactMember) -> bool {
    let of_cloud = |cloud: &&Cloud| std::ptr::eq(cloud.provider, operation.provider);
    let Some(cloud) = CLOUDS.iter().find(of_cloud) else { return false };
    cloud.facts.iter().any(|own| own.key.name == member.key.name)
        && match member.entry {
            Entry::Object(_, group) | Entry::Objects(_, group) => {
                group.facts.iter().any(|fact| fact.bit() & operation.reads != 0)
            }
            _ => true,
        }
}

/// Every fact, in the order of their ranks.
///
/// ```
/// assert_eq!(image_preflight::facts().next().unwrap().pointer(), "/facts/sourceRegion");
/// ```
pub fn facts() -> impl Iterator<Item = Fact> {
    let mut all: Vec<_> = FACT_MEMBERS.iter().flat_map(facts_of).collect();
    all.sort();
    all.into_iter()
}

/// The facts that a member of `facts` holds.
fn facts_of(member: &FactMember) -> impl Iterator<Item = Fact> {
    let (single, group): (Option<Fact>, &[Fact]) = match &member.entry {
        Entry::Fact(fact) => (Some(*fact), &[]),
        Entry::Group(group) | Entry::Records(group) => (None, group.facts),
        Entry::Object(..) | Entry::Objects(..) => (None, &[]),
    };
    single.into_iter().chain(group.iter().copied())
}

impl Fact {
    /// The fact of this JSON Pointer; with `*` in the place of a listed image's id.
    #[must_use]
    pub fn from_pointer(pointer: &str) -> Option<Fact> {
        facts().find(|fact| fact.pointer() == pointer)
    }
}

/// Checks facts without a request.
pub(crate) fn check_facts<'a>(known: &Facts<'a>, out: &mut Findings<'a>) {
    for cloud in &CLOUDS {
        (cloud.provider.check_facts)(known, out);
    }
}

/// Stops the compiler where facts have the same rank or member, or there is no room for them.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const _: () = {
    let mut seen = [false; MAX_FACTS];
    let mut member = 0;
    while member < FACT_MEMBER_COUNT {
        let group: &[Fact] = match &FACT_MEMBERS[member].entry {
            Entry::Fact(fact) => &[*fact],
            Entry::Group(group) => group.facts,
            Entry::Records(group) => {
                assert!(
                    group.facts.len() <= MAX_RECORD_FACTS,
                    "there are more facts of a listed image than a record holds"
                );
                group.facts
            }
            Entry::Object(..) | Entry::Objects(..) => &[],
        };
        let mut index = 0;
        while index < group.len() {
            let rank = group[index].rank() as usize;
            assert!(rank < MAX_FACTS, "there are more facts than the store holds");
            assert!(!seen[rank], "two facts have the same rank");
            seen[rank] = true;
            index += 1;
        }
        let mut other = 0;
        while other < member {
            assert!(
                !same(FACT_MEMBERS[other].key.name, FACT_MEMBERS[member].key.name),
                "two members of facts have the same name"
            );
            other += 1;
        }
        member += 1;
    }
};

/// Stops the compiler where limits of two clouds have the same rank.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const _: () = {
    let mut seen = [false; 256];
    let mut cloud = 0;
    while cloud < CLOUDS.len() {
        let mut index = 0;
        while index < CLOUDS[cloud].limits.len() {
            let rank = CLOUDS[cloud].limits[index].rank as usize;
            assert!(!seen[rank], "two limits have the same rank");
            seen[rank] = true;
            index += 1;
        }
        cloud += 1;
    }
};

/// The operation of this id (`ims.in-region-copy`) or of the provider's own name (`CopyImageInRegion`).
///
/// ```
/// assert_eq!(image_preflight::operation("copyImages").unwrap().id(), "jd.copy-images");
/// ```
#[must_use]
pub fn operation(name: &str) -> Option<&'static Operation> {
    operations().find(|operation| operation.is_named(name))
}

/// Every rule: of a case as such, then of each operation, then of what else can be done with an image.
///
/// ```
/// let ids: Vec<_> = image_preflight::rules().map(|rule| rule.id).collect();
/// assert!(ids.contains(&"jd.copy-images.snapshot-quota"));
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let mut all = Vec::from(case_rules::RULES);
    operations().for_each(|operation| operation.add_rules(&mut all));
    for cloud in &CLOUDS {
        cloud.capabilities.iter().for_each(|capability| capability.add_rules(&mut all));
    }
    all.into_iter()
}

/// The rule of this id, or of this alias.
///
/// ```
/// assert_eq!(image_preflight::rule("image.copy-in-region").unwrap().id, "ims.in-region-copy.not-full-ecs");
/// ```
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id).or_else(|| rules().find(|rule| rule.aliases.contains(&id)))
}

/// The names of operations that are near to one that is not known: ids, or the provider's own names.
pub(crate) fn near_operations(name: &str) -> Vec<&'static str> {
    let mut known = Vec::new();
    for operation in OPERATIONS {
        known.extend([operation.id, operation.api_name]);
        known.extend_from_slice(operation.api_aliases);
    }
    suggest::closest(name, &known, suggest::MAX_SUGGESTED)
}

/// Every sentence that a report can have.
///
/// ```
/// use image_preflight::{all_messages, report_messages};
/// let all: std::collections::HashSet<_> = all_messages().map(|sentence| sentence.en).collect();
/// assert!(report_messages().all(|sentence| all.contains(sentence.en)));
/// ```
pub fn report_messages() -> impl Iterator<Item = Message> {
    check_messages().chain(capabilities().flat_map(Operation::rules).flat_map(of_rule)).chain(of_typed_requests())
}

/// The sentences of a report on a case that is no typed request.
fn of_typed_requests() -> impl Iterator<Item = Message> {
    #[cfg(feature = "text")]
    let messages =
        OPERATIONS.into_iter().flat_map(|operation| operation.kinds).map(|(_, kind)| *kind).chain(uncarried::MESSAGES);
    #[cfg(not(feature = "text"))]
    let messages = std::iter::empty();
    messages
}

/// Those that the report on a case can have: of what else can be done with an image, there are none.
///
/// ```
/// use image_preflight::{check_messages, report_messages};
/// assert!(check_messages().count() < report_messages().count());
/// ```
pub fn check_messages() -> impl Iterator<Item = Message> {
    let of_rules = case_rules::RULES.into_iter().chain(operations().flat_map(Operation::rules)).flat_map(of_rule);
    let of_facts = facts().flat_map(|fact| [fact.description(), fact.how_to_obtain()]);
    let of_kinds = ViolationKind::ALL.into_iter().flat_map(|kind| [kind.message(), kind.hint(), kind.fix()]);
    let of_clouds = CLOUDS.iter().flat_map(|cloud| cloud.messages.iter().copied().flatten().copied());
    of_rules
        .chain(of_facts)
        .chain(of_kinds)
        .chain(alphabet::all_messages())
        .chain(text::MESSAGES)
        .chain(ids::MESSAGES)
        .chain(syntax::MESSAGES)
        .chain(implicit_rules::MESSAGES)
        .chain(of_clouds)
        .chain(missing::MESSAGES)
        .chain(finding::MESSAGES)
        .chain(fix::MESSAGES)
        .chain(param::MESSAGES)
}

/// The sentences of a rule in a report.
fn of_rule(rule: &'static Rule) -> impl Iterator<Item = Message> {
    [rule.holds, rule.violated, rule.fix].into_iter().chain(rule.hint)
}

/// The sentences that whoever renders a report from its numbers needs by name: each stands in for a part of others.
///
/// ```
/// let names: Vec<_> = image_preflight::rendering_messages().into_iter().map(|(name, _)| name).collect();
/// assert_eq!(names[..3], ["bytesAbout", "none", "suggestion"]);
/// ```
#[must_use]
pub fn rendering_messages() -> [(&'static str, Message); 7] {
    let [bytes_about, none, suggestion, _, non_negative, positive, from_to, ..] = param::MESSAGES;
    let [_, value, ..] = finding::MESSAGES;
    [
        ("bytesAbout", bytes_about),
        ("none", none),
        ("suggestion", suggestion),
        ("nonNegative", non_negative),
        ("positive", positive),
        ("fromTo", from_to),
        ("value", value),
    ]
}

/// Every sentence that a report, the catalogue or a refusal can have.
pub fn all_messages() -> impl Iterator<Item = Message> {
    let of_rules = rules().flat_map(|rule| [rule.why].into_iter().chain(rule.title).chain(rule.disputed));
    let titles = operations().chain(capabilities()).map(|operation| operation.title);
    let of_clouds = CLOUDS.iter().flat_map(|cloud| {
        let regions = cloud.regions.iter().map(|region| region.name);
        regions.chain([cloud.provider.name, cloud.provider.accepted])
    });
    let of_errors = error_codes().chain(statuses()).chain(&HTTP_STATUSES).map(|error| error.meaning);
    let of_answers =
        Retry::ALL.map(Retry::advice).into_iter().chain([NOT_KNOWN]).chain(JOB_MESSAGES).chain(job_kinds());
    report_messages()
        .chain(of_rules)
        .chain(of_fields())
        .chain(titles)
        .chain(of_plans())
        .chain(of_clouds)
        .chain(of_errors)
        .chain(of_answers)
        .chain(problem::MESSAGES)
        .chain([UNDATED])
        .chain(of_editions())
}

/// What a plan says of requests that share something, and of its options.
fn of_plans() -> impl Iterator<Item = Message> {
    #[cfg(feature = "reference")]
    let words = {
        let shared = operations().flat_map(|operation| operation.scheduling.one_at_a_time).map(|once| once.shared);
        shared.chain(crate::check::scheduling::PROGRESS.iter().map(|(_, expected)| *expected))
    };
    #[cfg(not(feature = "reference"))]
    let words = std::iter::empty();
    words
}

/// What schemas and forms say of fields.
fn of_fields() -> impl Iterator<Item = Message> {
    #[cfg(feature = "schemars")]
    let words = operations()
        .chain(capabilities())
        .flat_map(|operation| operation.path.iter().chain(operation.body))
        .flat_map(|field| [field.about(), field.label()].into_iter().chain(field.needed()).chain(field.help()))
        .chain(crate::check::schema_texts::all_messages());
    #[cfg(not(feature = "schemars"))]
    let words = std::iter::empty();
    words
}

/// What editions are called, and what they are about.
fn of_editions() -> impl Iterator<Item = Message> {
    let sources = CLOUDS.iter().map(|cloud| cloud.default_source).chain(documents().map(|document| document.source));
    #[cfg(feature = "reference")]
    let sources =
        sources.chain(CLOUDS.iter().flat_map(|cloud| cloud.limits).map(|limit| limit.title)).chain(statement::MESSAGES);
    sources
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_facts_have_the_same_pointer_and_no_two_operations_the_same_name() {
        let mut seen = HashSet::new();
        for fact in facts() {
            assert!(seen.insert(fact.pointer()), "{fact:?} comes twice");
        }
        for operation in operations() {
            for name in operation.names() {
                assert!(seen.insert(name), "{name} comes twice");
            }
        }
    }

    /// Names that a case or a schema has are of all clouds together.
    #[cfg(feature = "schemars")]
    #[test]
    fn no_two_clouds_use_the_same_name() {
        fn assert_unique<'n>(what: &str, names: impl Iterator<Item = &'n str>) {
            let mut seen = HashSet::new();
            for name in names {
                assert!(seen.insert(name), "{what} {name} comes twice");
            }
        }
        assert_unique("the edition", Edition::names());
        assert_unique("the member of facts", FACT_MEMBERS.iter().map(|member| member.key.name));
        assert_unique("the limit", custom_limits().map(|(_, limit)| limit.name));
        assert_unique("the schema", CLOUDS.iter().flat_map(|cloud| cloud.provider.answer_schemas));
        assert_unique("the schema", answers().map(|(name, _)| name));
        // Kinds of field and groups of facts are definitions of one schema; operations share them.
        let fields = operations().flat_map(|operation| operation.path().iter().chain(operation.body()));
        let kinds = fields.map(|field| (field.kind.name, std::ptr::from_ref(field.kind).cast::<()>()));
        let groups = FACT_MEMBERS.iter().filter_map(|member| match member.entry {
            Entry::Group(group) | Entry::Records(group) => Some((group.name, std::ptr::from_ref(group).cast())),
            Entry::Fact(_) | Entry::Object(..) | Entry::Objects(..) => None,
        });
        let mut seen: Vec<(&str, *const ())> = Vec::new();
        for (name, it) in kinds.chain(groups) {
            assert!(
                seen.iter().all(|(other, is)| (*other == name) == (*is == it)),
                "two definitions are called {name}"
            );
            seen.push((name, it));
        }
    }

    #[test]
    fn the_default_edition_has_the_documents_of_every_cloud() {
        let source = Edition::default().source(Locale::ENGLISH);
        assert!(CLOUDS.iter().all(|cloud| source.contains(cloud.default_source.en)), "{source}");
    }

    #[test]
    fn the_region_for_examples_is_one_of_its_provider() {
        for cloud in CLOUDS {
            let region = cloud.provider.example_region;
            assert!(cloud.regions.iter().any(|known| known.id == region), "{region}");
        }
    }

    #[test]
    fn no_two_rules_have_the_same_id_or_alias() {
        let mut seen = HashSet::new();
        for rule in rules() {
            for id in rule.aliases.iter().chain([&rule.id]) {
                assert!(seen.insert(*id), "{id} comes twice");
            }
        }
    }

    #[test]
    fn a_rule_belongs_to_its_operation_and_says_why() {
        for operation in operations().chain(capabilities()) {
            for rule in operation.rules() {
                assert!(rule.id.starts_with(operation.id), "{}", rule.id);
                assert_ne!(rule.holds, Rule::DEFAULT.holds, "{}", rule.id);
                assert_ne!(rule.why, Rule::DEFAULT.why, "{}", rule.id);
            }
        }
    }

    #[test]
    fn the_way_out_of_a_rule_is_an_operation() {
        for way_out in rules().filter_map(|rule| rule.way_out) {
            assert!(operation(way_out).is_some(), "{way_out}");
        }
    }

    #[test]
    fn english_and_chinese_are_what_they_say() {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for words in all_messages() {
            assert!(!words.en.chars().any(is_han), "{}", words.en);
            let is_name = words.en == words.zh;
            assert!(is_name || words.zh.chars().any(is_han), "{}", words.zh);
        }
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        let names = |text: &str| {
            let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            // A noun that goes with a number is the language's own.
            names.map(|(name, _)| name.split(':').next().unwrap_or_default().to_owned()).collect::<HashSet<_>>()
        };
        for words in all_messages() {
            assert_eq!(names(words.en), names(words.zh), "{}", words.en);
        }
    }
}
