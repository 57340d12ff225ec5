//! Building the request: the HTTP call of an allowed report.

use crate::check::cleared_request::ClearedRequest;
use crate::check::operation::Operation;
use crate::check::provider::Parameters;
use crate::check::report::{Kept, Report};
use crate::finding::finding::{Finding, Outcome};
use crate::finding::verdict::Verdict;
use crate::json::Value;
use crate::rule::missing::Missing;
use crate::rule::rule::Severity;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use thiserror::Error;

/// Characters of a path segment that are not encoded: RFC 3986's unreserved characters.
const PATH_PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a request was not cleared.
///
/// ```
/// use image_preflight::ClearError;
/// let report = image_preflight::check("{}");
/// assert_eq!(report.clear(), Err(ClearError::NoRequest { rule: "case.operation" }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClearError {
    /// Rules are broken, or not decided yet, and have not been named.
    #[error("{}", denied(.rules, .undecided))]
    Denied {
        /// The ids of the broken rules.
        rules: Vec<&'static str>,
        /// The ids of the rules that cannot be decided yet.
        undecided: Vec<&'static str>,
    },
    /// It is not known yet whether it will be taken; these facts decide.
    #[error("it is not known yet whether the request will be taken; find out {}", .missing.join(", "))]
    Undetermined {
        /// The pointers of the missing facts.
        missing: Vec<String>,
    },
    /// The values of fields are not known yet: there is nothing to send before they are.
    #[error("the values of {} are not known yet; there is no request to send before they are", .fields.join(", "))]
    NotKnownYet {
        /// The pointers of the fields.
        fields: Vec<String>,
    },
    /// There is nothing to send: the case could not be read, or the address lacks its parameter.
    #[error("there is no request to send: {rule} is broken, and that cannot be overridden")]
    NoRequest {
        /// The rule that is broken.
        rule: &'static str,
    },
}

/// A sentence about the rules that are broken, and one about those that are not decided.
fn denied(rules: &[&str], undecided: &[&str]) -> String {
    let broken = format!("the request breaks {}; to send it all the same, name these rules", rules.join(", "));
    let unknown = |it: &str, too: &str, undecided: &str| {
        format!(" is not known yet whether {it} breaks {undecided}; find out what is missing, or name these rules{too}")
    };
    match (rules, undecided) {
        (_, []) => broken,
        ([], _) => format!("it{}", unknown("the request", "", &undecided.join(", "))),
        _ => format!("{broken}. It{}", unknown("it", " too", &undecided.join(", "))),
    }
}

impl Report<'_> {
    /// The request, if it is allowed: the fields that the operation has in its own order, then those that it does not know, of which a
    /// warning told.
    ///
    /// # Errors
    /// When it is denied or undetermined, when the case could not be read, or when the value of a field is not known yet, whatever the
    /// verdict: there is nothing to send before it is.
    pub fn clear(&self) -> Result<ClearedRequest, ClearError> {
        if self.verdict() == Verdict::Undetermined && self.unknown_fields().is_empty() {
            let missing = self.missing().iter().map(|missing| missing.pointer()).collect();
            return Err(ClearError::Undetermined { missing });
        }
        self.clear_overriding(&[])
    }

    /// The request, even though it is not known whether it will be taken.
    ///
    /// # Errors
    /// When it is denied.
    ///
    /// ```
    /// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "a/b"}, "body": {"name": "n"}}"#);
    /// assert!(report.clear().is_err());
    /// assert_eq!(report.clear_undetermined()?.path(), "/v1/cloudimages/a%2Fb/copy");
    /// # Ok::<(), image_preflight::ClearError>(())
    /// ```
    pub fn clear_undetermined(&self) -> Result<ClearedRequest, ClearError> {
        let unknown = self.errors().filter(|finding| finding.outcome() == Outcome::Unknown);
        let unknown: Vec<_> = unknown.map(|finding| finding.rule().id).collect();
        self.clear_naming(&unknown)
    }

    /// The request, against the very rules that are named here by their ids or aliases: a cloud may lift a limit before its
    /// documents say so. What is unknown must be named too.
    ///
    /// # Errors
    /// When a rule that is broken or unknown is not named, or when there is nothing to send.
    ///
    /// ```
    /// let report = image_preflight::check(r#"{"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
    ///     "body": {"sourceImageIds": [], "destinationRegion": "cn-east-2"}}"#);
    /// let request = report.clear_overriding(&["jd.copy-images.sourceImageIds"])?;
    /// assert_eq!(request.body(), r#"{"sourceImageIds":[],"destinationRegion":"cn-east-2"}"#);
    /// # Ok::<(), image_preflight::ClearError>(())
    /// ```
    pub fn clear_overriding(&self, rules: &[&str]) -> Result<ClearedRequest, ClearError> {
        self.clear_naming(rules)
    }

    fn clear_naming(&self, named: &[&str]) -> Result<ClearedRequest, ClearError> {
        let unknown = self.unknown_fields();
        if !unknown.is_empty() {
            return Err(ClearError::NotKnownYet { fields: unknown });
        }
        let is_named = |finding: &&Finding<'_>| {
            let rule = finding.rule();
            named.iter().any(|name| *name == rule.id || rule.aliases.contains(name))
        };
        let unnamed = |outcome| {
            let mut rules = Vec::new();
            for finding in self.errors().filter(|finding| finding.outcome() == outcome && !is_named(finding)) {
                let id = finding.rule().id;
                if !rules.contains(&id) {
                    rules.push(id);
                }
            }
            rules
        };
        let rules = unnamed(Outcome::Violated);
        let undecided = unnamed(Outcome::Unknown);
        let Some(call) = self.call() else {
            let of_path = self.operation.and_then(|operation| operation.path.first()).map(|field| field.rule.id);
            return Err(ClearError::NoRequest { rule: rules.first().copied().or(of_path).unwrap_or("case.operation") });
        };
        if let Some(rule) = self.errors().map(|finding| finding.rule().id).find(|id| id.starts_with("case.")) {
            return Err(ClearError::NoRequest { rule });
        }
        if rules.is_empty() && undecided.is_empty() {
            return Ok(call);
        }
        Err(ClearError::Denied { rules, undecided })
    }

    pub(crate) fn errors(&self) -> impl Iterator<Item = &Finding<'_>> {
        self.findings().iter().filter(|finding| finding.severity() == Severity::Error)
    }

    /// The fields, and parts of fields, that are given, and whose values are not known yet.
    pub(crate) fn unknown_fields(&self) -> Vec<String> {
        if let Some(kept) = &self.kept {
            return kept.unknown.clone();
        }
        let Some(operation) = self.operation.filter(|_| self.draft.has_unknown()) else { return Vec::new() };
        operation.unknown_fields(&self.draft).iter().map(Missing::pointer).collect()
    }

    /// The call, whatever the verdict; `None` where there is no address to send it to.
    fn call(&self) -> Option<ClearedRequest> {
        if let Some(kept) = &self.kept {
            return kept.call.clone();
        }
        let (operation, path) = (self.operation?, self.cleared_path()?);
        let method = operation.provider.method;
        Some(match operation.provider.parameters {
            Parameters::Body => ClearedRequest { method, path, body: self.cleared_body(operation) },
            Parameters::Query => ClearedRequest { method, path: self.with_query(path, operation), body: String::new() },
        })
    }

    /// What an owned report keeps of its request.
    pub(crate) fn keep(&self) -> Kept {
        let path = self.draft.path.map(|value| {
            let mut json = String::new();
            value.write(&mut json);
            json
        });
        let body = self.operation.map(|operation| self.cleared_body(operation)).unwrap_or_default();
        Kept {
            has_more_path: !self.draft.path_extras.is_empty(),
            path,
            body,
            call: self.call(),
            unknown: self.unknown_fields(),
        }
    }

    fn cleared_path(&self) -> Option<String> {
        let operation = self.operation?;
        let address = operation.path_template_with(&self.edition);
        let Some(field) = operation.path.first() else { return Some(address.to_owned()) };
        let id = self.draft.path.as_ref()?.as_text()?.to_cow();
        if id.trim().is_empty() || matches!(id.as_ref(), "." | "..") {
            return None;
        }
        Some(
            address.replace(&format!("{{{}}}", field.name()), &utf8_percent_encode(&id, PATH_PART).collect::<String>()),
        )
    }

    /// The path with the fields behind it; a field that is no scalar is written as JSON.
    fn with_query(&self, mut path: String, operation: &'static Operation) -> String {
        for (name, value) in self.draft.members(operation.body_keys) {
            path.push(if path.contains('?') { '&' } else { '?' });
            path.extend(utf8_percent_encode(&name.to_cow(), PATH_PART));
            path.push('=');
            let mut text = String::new();
            match value.as_text() {
                Some(value) => text.push_str(&value.to_cow()),
                None => value.write(&mut text),
            }
            path.extend(utf8_percent_encode(&text, PATH_PART));
        }
        path
    }

    fn cleared_body(&self, operation: &'static Operation) -> String {
        let mut body = String::from("{");
        for (name, value) in self.draft.members(operation.body_keys) {
            if body.len() > 1 {
                body.push(',');
            }
            Value::Text(name).write(&mut body);
            body.push(':');
            value.write(&mut body);
        }
        body.push('}');
        body
    }
}
