//! The schemas of what comes out beside reports: problem details, entries of the catalogue.

use crate::document::names::RuleId;
use crate::document::report::{FindingDocument, ReportDocument};
use crate::rule::rule::{Citation, Severity};
use schemars::JsonSchema;

/// A report as problem details (RFC 9457), for a gateway that answers with them.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Problem {
    /// What kind of problem it is: the page that says so.
    #[schemars(extend("format" = "uri"))]
    r#type: String,
    /// The same in a few words, in the language that was asked for.
    title: String,
    /// The HTTP status to answer with.
    status: u16,
    /// What is wrong, a sentence a finding.
    detail: String,
    /// Each finding that decided.
    errors: Vec<ProblemError>,
    /// The whole report.
    report: ReportDocument,
}

/// One of the things that are wrong.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct ProblemError {
    /// What is wrong, in the language that was asked for.
    detail: String,
    /// Where: a JSON Pointer into the case, as a fragment.
    pointer: String,
    /// The rule that says so.
    rule: RuleId,
}

/// A rule, as the catalogue lists it.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct RuleInfo {
    /// `<operation>.<rule>`.
    id: RuleId,
    /// Ids under which it is known too.
    aliases: Vec<String>,
    /// What a violation amounts to.
    severity: Severity,
    /// What must hold.
    holds: String,
    /// What happens otherwise.
    why: String,
    /// Where the documents contradict each other, or are silent: what is done, and why.
    disputed: Option<String>,
    /// Its page in the rule reference.
    #[schemars(extend("format" = "uri"))]
    help: String,
    /// Pointers of the facts it reads.
    reads: Vec<String>,
    /// Those of them that are presumed to be in order while nobody gives them.
    presumes: Option<Vec<String>>,
    /// Where the documents say so.
    citations: Vec<Citation>,
}

/// A region that an image can be copied to, or not.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Destination {
    /// The region's id.
    region: String,
    /// The region's name.
    name: String,
    /// What the image and this region say about a copy.
    report: ReportDocument,
}

/// What a provider's image object tells.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Understood {
    /// The facts, as a case has them.
    facts: crate::schema::facts::ObjectFacts,
    /// What could not be understood.
    findings: Vec<FindingDocument>,
}
