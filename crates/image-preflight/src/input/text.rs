//! A case as JSON text, read in one pass that reports every problem at once.

use crate::catalogue;
use crate::check::case_verdict::CaseVerdict;
use crate::check::operation::Operation;
use crate::check::report::Report;
use crate::finding::case_rules::{BODY, FACTS, IMPLICIT_UNKNOWN_FIELD, OPERATION, PATH};
use crate::finding::findings::{Findings, Trial};
use crate::finding::fix::PatchOperation;
use crate::finding::members::{
    BODY_SLOT, EDITION_SLOT, FACTS_SLOT, MEMBERS, OPERATION_SLOT, PATH_SLOT, SCHEMA_SLOT, STRICT_SLOT, UNKNOWN_SLOT,
};
use crate::finding::repeated::{Keys, Root, report_repeated};
use crate::finding::syntax::syntax;
use crate::finding::verdict::Verdict;
use crate::input::edition::read_edition;
use crate::input::facts::{Objects, read_facts, read_objects, subject};
use crate::input::unknown::{mark_unknown, read_strict};
use crate::json::{JsonType, Name, Reader, SyntaxError, SyntaxErrorKind, Text, Value};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::message::{param, suggest};
use crate::rule::draft::{Draft, given};
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::location::{At, Section};
use crate::rule::rule::Rule;

/// Checks a case under its own edition, or under the default one.
///
/// ```
/// use image_preflight::Verdict;
/// let report = image_preflight::check(r#"{"operation": "ims.whole-image", "body": {
///     "name": "instance_whole_image", "instance_id": "877a2cda", "vault_id": "de9fcf45"}}"#);
/// assert_eq!(report.verdict(), Verdict::Allowed);
/// ```
#[must_use]
#[inline]
pub fn check(case: &str) -> Report<'_> {
    check_with(case, &Edition::default())
}

/// Checks a case under an edition, unless the case names one itself.
///
/// ```
/// use image_preflight::{Edition, Verdict};
/// let case = r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "测试"}}"#;
/// let edition = Edition::from_name("international-2024-04").unwrap();
/// assert_eq!(image_preflight::check(case).verdict(), Verdict::Undetermined);
/// assert_eq!(image_preflight::check_with(case, &edition).verdict(), Verdict::Denied);
/// ```
#[must_use]
#[inline]
pub fn check_with<'a>(case: &'a str, edition: &Edition) -> Report<'a> {
    // Made where the caller wants it, and filled there: a report is not moved.
    let mut report = Report::begin(Draft::default(), edition.clone());
    fill(&mut report, case, edition);
    report
}

#[inline(never)]
fn fill<'a>(report: &mut Report<'a>, case: &'a str, edition: &Edition) {
    let mut facts = Facts::default();
    match read(report, &mut facts, case, None) {
        Ok(operation) => report.operation = operation,
        Err(error) => {
            // Nothing else is said of what could not be read.
            *report = Report::begin(Draft::default(), edition.clone());
            report.findings = syntax(case, error);
        }
    }
    if report.operation.is_none() {
        report.findings.keep_clean_patches(|patch| try_operation(patch, case, edition));
    }
    report.evaluate(&facts);
}

#[inline]
fn read<'a>(
    report: &mut Report<'a>,
    facts: &mut Facts<'a>,
    case: &'a str,
    assumed: Option<&'static Operation>,
) -> Result<Option<&'static Operation>, SyntaxError> {
    let mut reading = CaseReader {
        case,
        draft: &mut report.draft,
        facts,
        edition: &mut report.edition,
        out: &mut report.findings,
        assumed,
        operation: None,
        objects: Objects::default(),
        unknown: None,
        has_body: false,
    };
    let (operation, is_suspect) = Reader::object(case, |reader| (reading.read(reader), reader.is_suspect))?;
    if is_suspect {
        let keys = operation.map_or(Keys::OF_CASE, |operation| Keys {
            rule: operation.implicit_rule("duplicate-field"),
            path: operation.path,
            body: operation.body,
        });
        report_repeated(case, Root::Case, keys, &mut report.findings);
    }
    Ok(operation)
}

/// Checks a case that has been parsed already, under its own edition or under the default one.
///
/// ```
/// use serde_json::json;
/// let case = json!({"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}});
/// assert_eq!(image_preflight::check_value(&case), image_preflight::check(&case.to_string()));
/// ```
#[must_use]
pub fn check_value(case: &serde_json::Value) -> Report<'static> {
    check(&case.to_string()).into_owned()
}

/// What a case says, not evaluated: for those who know something beside it.
#[cfg(feature = "reference")]
#[cold]
#[inline(never)]
pub(crate) fn read_case<'a>(case: &'a str, edition: &Edition) -> (Report<'a>, Facts<'a>) {
    let mut report = Report::begin(Draft::default(), edition.clone());
    let mut facts = Facts::default();
    match read(&mut report, &mut facts, case, None) {
        Ok(operation) => report.operation = operation,
        Err(error) => {
            report = Report::begin(Draft::default(), edition.clone());
            report.findings = syntax(case, error);
        }
    }
    (report, facts)
}

/// Evaluates the case after a patch that replaces its operation.
#[cold]
fn try_operation(patch: &[PatchOperation], case: &str, edition: &Edition) -> Option<Trial> {
    let step = patch.iter().find(|step| step.path() == Section::Operation.pointer())?;
    let operation = catalogue::operation(step.value()?)?;
    let mut report = Report::begin(Draft::default(), edition.clone());
    let mut facts = Facts::default();
    report.operation = read(&mut report, &mut facts, case, Some(operation)).ok()?;
    report.evaluate(&facts);
    Some(report.findings.into_trial())
}

/// The verdict of [`check`] alone: no finding is put together for it, however many there would be.
///
/// ```
/// use image_preflight::{Verdict, verdict};
/// assert_eq!(verdict("{}").verdict, Verdict::Invalid);
/// ```
#[must_use]
pub fn verdict(case: &str) -> CaseVerdict {
    let edition = Edition::default();
    let mut report = Report::begin(Draft::default(), edition.clone());
    report.findings = Findings::only_verdict();
    fill(&mut report, case, &edition);
    CaseVerdict::of(&report)
}

/// The verdict of [`check_bytes`] alone.
///
/// ```
/// assert!(image_preflight::verdict_bytes(b"\xff").operation.is_none());
/// ```
#[must_use]
pub fn verdict_bytes(case: &[u8]) -> CaseVerdict {
    match std::str::from_utf8(case) {
        Ok(case) => verdict(case),
        Err(_) => CaseVerdict { operation: None, verdict: Verdict::Invalid },
    }
}

/// Checks bytes that should be a case.
///
/// ```
/// let report = image_preflight::check_bytes(b"{\"operation\": \"\xff\"}");
/// assert_eq!(report.findings()[0].rule().id, "case.syntax");
/// ```
#[must_use]
pub fn check_bytes(case: &[u8]) -> Report<'_> {
    match std::str::from_utf8(case) {
        Ok(case) => check(case),
        Err(error) => {
            let valid = case.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
            let offset = error.valid_up_to();
            let mut report = Report::begin(Draft::default(), Edition::default());
            report.findings = syntax(valid.unwrap_or_default(), SyntaxError { offset, kind: SyntaxErrorKind::NotUtf8 });
            report.conclude();
            report
        }
    }
}

/// The reading of one case: where its parts go.
struct CaseReader<'r, 'a> {
    case: &'a str,
    draft: &'r mut Draft<'a>,
    facts: &'r mut Facts<'a>,
    edition: &'r mut Edition,
    out: &'r mut Findings<'a>,
    /// The operation to evaluate by where the case names none that is known: to try a fix.
    assumed: Option<&'static Operation>,
    /// It says how to read the others, so they are read when it is known.
    operation: Option<&'static Operation>,
    /// What providers returned: read when the request is known.
    objects: Objects<'a>,
    /// The list of values that are not known yet: applied when the request is known.
    unknown: Option<Value<'a>>,
    has_body: bool,
}

impl<'a> CaseReader<'_, 'a> {
    /// Reads a case, whose first bracket comes next. Of a member that is given twice the last one counts, as most readers have
    /// it: then everything is read once more, when it is known which are the last ones.
    fn read(&mut self, reader: &mut Reader<'a>) -> Option<&'static Operation> {
        let start = reader.place();
        let edition = self.edition.clone();
        if self.members(reader, true) {
            (*self.draft, *self.facts) = Default::default();
            (self.objects, self.unknown, self.has_body) = Default::default();
            *self.out = self.out.cleared();
            *self.edition = edition;
            self.members(&mut Reader::at(self.case, start), false);
        }
        if let Some(operation) = self.operation {
            if let Some(unknown) = &self.unknown {
                mark_unknown(unknown, operation, self.draft, self.out);
                self.draft.lacks_body = !self.has_body;
            }
            if !self.objects.is_empty() {
                let subject = subject(operation, self.draft);
                read_objects(&self.objects, Some(operation), &subject, self.facts, self.out);
            }
        }
        self.operation
    }

    /// Reads the members, `at_once` those for which everything is known, the others at the end. Gives whether one is repeated.
    fn members(&mut self, reader: &mut Reader<'a>, at_once: bool) -> bool {
        let mut operation = None;
        let mut seen = 0;
        let mut later = [None; MEMBERS.len()];
        let mut is_repeated = false;
        let mut members = reader.members();
        while let Some(name) = members.next(&MEMBERS) {
            let slot = match name {
                Name::Known(slot) => slot,
                Name::Other => {
                    self.unknown_member(members.unknown_key());
                    members.value();
                    continue;
                }
            };
            if seen & 1 << slot != 0 {
                is_repeated = true;
                members.reader().is_suspect = true;
            }
            seen |= 1 << slot;
            if slot >= SCHEMA_SLOT {
                members.value();
            } else if slot == OPERATION_SLOT {
                let value = members.value();
                self.operation = value.as_text().and_then(named).or(self.assumed);
                operation = Some(value);
            } else if at_once && self.operation.is_some() {
                self.member(slot, members.reader());
            } else if let Some(later) = later.get_mut(slot) {
                *later = Some(members.reader().place());
                members.reader().compares = false;
                members.value();
                members.reader().compares = true;
            }
        }
        if self.operation.is_none() {
            // Then the other members are not read, and their keys have not been compared.
            reader.is_suspect = true;
            self.no_operation(operation);
        }
        for (slot, place) in later.into_iter().enumerate() {
            if let Some(place) = place {
                let mut again = Reader::at(self.case, place);
                self.member(slot, &mut again);
                reader.is_suspect |= again.is_suspect;
            }
        }
        is_repeated
    }

    /// Reads a member, which comes next.
    fn member(&mut self, slot: usize, reader: &mut Reader<'a>) {
        match (slot, self.operation) {
            (EDITION_SLOT, _) => *self.edition = read_edition(&reader.value(), self.out),
            (PATH_SLOT, Some(operation)) if self.is_object(reader, &PATH, Section::Path) => {
                self.path(reader, operation);
            }
            (BODY_SLOT, Some(operation)) if self.is_object(reader, &BODY, Section::Body) => {
                self.has_body = true;
                self.body(reader, operation);
            }
            (FACTS_SLOT, Some(_)) if self.is_object(reader, &FACTS, Section::Facts) => {
                read_facts(reader, self.facts, &mut self.objects, self.out);
            }
            (UNKNOWN_SLOT, Some(_)) => self.unknown = given(reader.value()),
            (STRICT_SLOT, _) => self.facts.is_strict = read_strict(&reader.value(), self.out),
            // What has been found to be no object, or belongs to no operation.
            _ => {}
        }
    }

    /// Whether what comes next is an object; null is none, anything else a finding.
    #[inline]
    fn is_object(&mut self, reader: &mut Reader<'a>, rule: &'static Rule, section: Section) -> bool {
        reader.is_object() || self.is_none(reader, rule, section)
    }

    #[cold]
    fn is_none(&mut self, reader: &mut Reader<'a>, rule: &'static Rule, section: Section) -> bool {
        if let Some(other) = given(reader.value()) {
            let params = param::wrong_type(other.json_type(), JsonType::Object);
            self.out.violation(rule, At::section(section), ViolationKind::WrongType, params);
        }
        false
    }

    fn body(&mut self, reader: &mut Reader<'a>, operation: &'static Operation) {
        let mut seen = 0_u32;
        let mut members = reader.members();
        while let Some(name) = members.next(operation.body_keys) {
            let slot = match name {
                Name::Known(slot) => slot,
                Name::Other => {
                    self.extra(members.unknown_key(), members.value());
                    continue;
                }
            };
            if seen & (1 << slot) != 0 {
                members.reader().is_suspect = true;
            }
            seen |= 1 << slot;
            // Mostly it is a text, which goes to its place without being put together before.
            match members.reader().text() {
                Some(text) => operation.set(self.draft, slot, Value::Text(text)),
                None => operation.set(self.draft, slot, members.reader().value()),
            }
        }
    }

    /// A field of the body that the operation does not know.
    #[cold]
    fn extra(&mut self, key: Text<'a>, value: Value<'a>) {
        self.draft.extras.push((key, value));
    }

    fn path(&mut self, reader: &mut Reader<'a>, operation: &'static Operation) {
        let mut is_given = false;
        let mut members = reader.members();
        while let Some(name) = members.next(operation.path_keys) {
            let value = members.value();
            match name {
                Name::Known(_) => {
                    members.reader().is_suspect |= is_given;
                    is_given = true;
                    self.draft.path = given(value);
                }
                Name::Other => {
                    // Where an address has no parameters, the reader expects no keys and suspects none.
                    members.reader().is_suspect = true;
                    self.draft.path_extras.push((members.unknown_key(), value));
                }
            }
        }
    }

    #[cold]
    fn no_operation(&mut self, named: Option<Value<'a>>) {
        let at = At::section(Section::Operation);
        match named.and_then(given) {
            None => self.out.violation(&OPERATION, at, ViolationKind::Missing, Params::default()),
            Some(Value::Text(name)) if name.is_blank() => {
                self.out.violation(&OPERATION, at, ViolationKind::Empty, Params::default());
            }
            Some(Value::Text(name)) => {
                let name = name.to_cow();
                let near = catalogue::near_operations(&name);
                let patch = match near.as_slice() {
                    [one] => vec![PatchOperation::replace(Section::Operation.pointer(), *one)],
                    _ => Vec::new(),
                };
                let params = Params::default()
                    .with("actual", Param::UserText(name))
                    .with("allowed", Param::Identifiers(catalogue::operations().map(Operation::id).collect()));
                let params = suggest::suggest(params, near);
                self.out.add_violation(&OPERATION, OPERATION.severity, at, ViolationKind::NotOneOf, params, patch);
            }
            Some(other) => {
                let params = param::wrong_type(other.json_type(), JsonType::String);
                self.out.violation(&OPERATION, at, ViolationKind::WrongType, params);
            }
        }
    }

    #[cold]
    fn unknown_member(&mut self, key: Text<'a>) {
        let name = key.to_cow();
        let at = At::unknown(Section::Case, &name);
        if !self.out.wants(&IMPLICIT_UNKNOWN_FIELD, IMPLICIT_UNKNOWN_FIELD.severity, &at, None) {
            return;
        }
        let patch = vec![PatchOperation::remove(at.pointer())];
        let known: Vec<_> = MEMBERS.iter().take(SCHEMA_SLOT).map(|key| key.name).collect();
        let near = suggest::closest(&name, &known, suggest::MAX_SUGGESTED);
        let params = Params::default().with("actual", Param::UserText(name)).with("allowed", Param::Identifiers(known));
        let params = suggest::suggest(params, near);
        self.out.add_rule_violation(&IMPLICIT_UNKNOWN_FIELD, at, None, params, patch);
    }
}

fn named(name: Text<'_>) -> Option<&'static Operation> {
    if name.is_escaped() { catalogue::operation(&name.to_cow()) } else { catalogue::operation(name.raw()) }
}
