//! A case in whatever form, read in one pass that reports every problem at once.

use crate::catalogue;
use crate::check::operation::Operation;
use crate::check::report::Report;
use crate::finding::case_rules::{BODY, FACTS, IMPLICIT_UNKNOWN_FIELD, OPERATION, PATH};
use crate::finding::findings::{Findings, Trial};
use crate::finding::fix::PatchOperation;
use crate::finding::members::{
    BODY_SLOT, EDITION_SLOT, FACTS_SLOT, MEMBERS, OPERATION_SLOT, PATH_SLOT, SCHEMA_SLOT, STRICT_SLOT, UNKNOWN_SLOT,
};
use crate::finding::repeated::Keys;
use crate::input::edition::read_edition;
use crate::input::facts::{Objects, read_facts, read_objects};
use crate::input::unknown::{mark_unknown, read_strict};
use crate::json::{JsonType, Name, Source, SyntaxError, Text, Value};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::message::{param, suggest};
use crate::rule::draft::{Draft, given};
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::location::{At, Section};
use crate::rule::rule::Rule;

/// The form in which a case comes.
pub(crate) trait Form<'a>: Copy {
    /// What it is read from.
    type Source: Source<'a>;

    /// Reads it, if it is one object. If it is not, what was read of it is discarded.
    fn object<T>(self, read: impl FnOnce(&mut Self::Source) -> T) -> Result<T, SyntaxError>;

    /// What is said of a case that is no object.
    fn syntax(self, error: SyntaxError) -> Findings<'a>;

    /// Reports every key that its object has twice, where there was a suspicion.
    fn report_repeated(self, keys: Keys, out: &mut Findings<'a>);
}

/// Reads and judges a case.
#[inline(never)]
pub(crate) fn fill<'a, F: Form<'a>>(report: &mut Report<'a>, case: F, edition: &Edition) {
    let mut facts = Facts::default();
    match read(report, &mut facts, case, None) {
        Ok(operation) => report.operation = operation,
        Err(error) => {
            // Nothing else is said of what could not be read.
            *report = Report::begin(Draft::default(), edition.clone());
            report.findings = case.syntax(error);
        }
    }
    if report.operation.is_none() {
        report.findings.keep_clean_patches(|patch| try_operation(patch, case, edition));
    }
    report.evaluate(&facts);
}

#[inline]
fn read<'a, F: Form<'a>>(
    report: &mut Report<'a>,
    facts: &mut Facts<'a>,
    case: F,
    assumed: Option<&'static Operation>,
) -> Result<Option<&'static Operation>, SyntaxError> {
    let mut reading = CaseReader {
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
    let (operation, is_suspect) = case.object(|reader| (reading.read(reader), reader.is_suspect()))?;
    if is_suspect {
        let keys = operation.map_or(Keys::OF_CASE, |operation| Keys {
            rule: operation.implicit_rule("duplicate-field"),
            path: operation.path,
            body: operation.body,
        });
        case.report_repeated(keys, &mut report.findings);
    }
    Ok(operation)
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
            report.findings = case.syntax(error);
        }
    }
    (report, facts)
}

/// Evaluates the case after a patch that replaces its operation.
#[cold]
fn try_operation<'a, F: Form<'a>>(patch: &[PatchOperation], case: F, edition: &Edition) -> Option<Trial> {
    let step = patch.iter().find(|step| step.path() == Section::Operation.pointer())?;
    let operation = catalogue::operation(step.value()?)?;
    let mut report = Report::begin(Draft::default(), edition.clone());
    let mut facts = Facts::default();
    report.operation = read(&mut report, &mut facts, case, Some(operation)).ok()?;
    report.evaluate(&facts);
    Some(report.findings.into_trial())
}

/// The reading of one case: where its parts go.
struct CaseReader<'r, 'a> {
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
    fn read<S: Source<'a>>(&mut self, reader: &mut S) -> Option<&'static Operation> {
        let start = reader.place();
        let edition = self.edition.clone();
        if self.members(reader, true) {
            (*self.draft, *self.facts) = Default::default();
            (self.objects, self.unknown, self.has_body) = Default::default();
            *self.out = self.out.cleared();
            *self.edition = edition;
            self.members(&mut reader.resumed(start), false);
        }
        if let Some(operation) = self.operation {
            if let Some(unknown) = &self.unknown {
                mark_unknown(unknown, operation, self.draft, self.out);
                self.draft.lacks_body = !self.has_body;
            }
            if !self.objects.is_empty() {
                let subject = operation.subject(self.draft);
                read_objects(&self.objects, Some(operation), &subject, self.facts, self.out);
            }
        }
        self.operation
    }

    /// Reads the members, `at_once` those for which everything is known, the others at the end. Gives whether one is repeated.
    fn members<S: Source<'a>>(&mut self, reader: &mut S, at_once: bool) -> bool {
        let mut operation = None;
        let mut seen = 0;
        let mut later = [None; MEMBERS.len()];
        let mut is_repeated = false;
        let mut members = reader.members();
        while let Some(name) = reader.next(&mut members, &MEMBERS) {
            let slot = match name {
                Name::Known(slot) => slot,
                Name::Other => {
                    self.unknown_member(S::unknown_key(&members));
                    reader.member_value();
                    continue;
                }
            };
            if seen & 1 << slot != 0 {
                is_repeated = true;
                reader.suspect();
            }
            seen |= 1 << slot;
            if slot >= SCHEMA_SLOT {
                reader.member_value();
            } else if slot == OPERATION_SLOT {
                let value = reader.member_value();
                self.operation = value.as_text().and_then(named).or(self.assumed);
                operation = Some(value);
            } else if at_once && self.operation.is_some() {
                self.member(slot, reader);
            } else if let Some(later) = later.get_mut(slot) {
                *later = Some(reader.place());
                reader.pass_over();
            }
        }
        if self.operation.is_none() {
            // Then the other members are not read, and their keys have not been compared.
            reader.suspect();
            self.no_operation(operation);
        }
        for (slot, place) in later.into_iter().enumerate() {
            if let Some(place) = place {
                let mut again = reader.resumed(place);
                self.member(slot, &mut again);
                if again.is_suspect() {
                    reader.suspect();
                }
            }
        }
        is_repeated
    }

    /// Reads a member, which comes next.
    fn member<S: Source<'a>>(&mut self, slot: usize, reader: &mut S) {
        match (slot, self.operation) {
            (EDITION_SLOT, _) => {
                let value = reader.value();
                // One that is null or blank names none, as if it were left out.
                if !matches!(&value, Value::Null) && !value.as_text().is_some_and(Text::is_blank) {
                    *self.edition = read_edition(&value, self.out);
                }
            }
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
    fn is_object<S: Source<'a>>(&mut self, reader: &mut S, rule: &'static Rule, section: Section) -> bool {
        reader.is_object() || self.is_none(reader, rule, section)
    }

    #[cold]
    fn is_none<S: Source<'a>>(&mut self, reader: &mut S, rule: &'static Rule, section: Section) -> bool {
        if let Some(other) = given(reader.value()) {
            let params = param::wrong_type(other.json_type(), JsonType::Object);
            self.out.violation(rule, At::section(section), ViolationKind::WrongType, params);
        }
        false
    }

    fn body<S: Source<'a>>(&mut self, reader: &mut S, operation: &'static Operation) {
        let mut seen = 0_u32;
        let mut members = reader.members();
        while let Some(name) = reader.next(&mut members, operation.body_keys) {
            let slot = match name {
                Name::Known(slot) => slot,
                Name::Other => {
                    operation.add_extra(self.draft, S::unknown_key(&members), reader.member_value());
                    continue;
                }
            };
            if seen & (1 << slot) != 0 {
                reader.suspect();
            }
            seen |= 1 << slot;
            // Mostly it is a text, which goes to its place without being put together before.
            match reader.text() {
                Some(text) => operation.set(self.draft, slot, Value::Text(text)),
                None => operation.set(self.draft, slot, reader.value()),
            }
        }
    }

    fn path<S: Source<'a>>(&mut self, reader: &mut S, operation: &'static Operation) {
        let mut is_given = false;
        let mut members = reader.members();
        while let Some(name) = reader.next(&mut members, operation.path_keys) {
            let value = reader.member_value();
            match name {
                Name::Known(_) => {
                    if is_given {
                        reader.suspect();
                    }
                    is_given = true;
                    self.draft.path = given(value);
                }
                Name::Other => {
                    // Where an address has no parameters, the reader expects no keys and suspects none.
                    reader.suspect();
                    self.draft.path_extras.push((S::unknown_key(&members), value));
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

    /// A member that no case has. Nothing is known of it, so that no patch takes it away; and what a better name would bring is not known.
    #[cold]
    fn unknown_member(&mut self, key: Text<'a>) {
        let name = key.to_cow();
        let at = At::unknown(Section::Case, &name);
        if !self.out.wants(&IMPLICIT_UNKNOWN_FIELD, IMPLICIT_UNKNOWN_FIELD.severity, &at, None) {
            return;
        }
        let known: Vec<_> = MEMBERS.iter().take(SCHEMA_SLOT).map(|key| key.name).collect();
        let near = suggest::closest(&name, &known, suggest::MAX_SUGGESTED);
        let params = Params::default().with("actual", Param::UserText(name)).with("allowed", Param::Identifiers(known));
        let params = suggest::suggest(params, near);
        self.out.add_rule_violation(&IMPLICIT_UNKNOWN_FIELD, at, None, params, Vec::new());
    }
}

fn named(name: Text<'_>) -> Option<&'static Operation> {
    if name.is_escaped() { catalogue::operation(&name.to_cow()) } else { catalogue::operation(name.raw()) }
}
