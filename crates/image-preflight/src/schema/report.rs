//! The schemas of what comes out of a check: reports, requests, entries of the catalogue.

use crate::check::refusal::{AnswerKind, Retry};
use crate::finding::finding::Outcome;
use crate::finding::verdict::Verdict;
use crate::rule::rule::{Citation, Severity};
use crate::schema::names::{CapabilityId, OperationId, RuleId, ViolationKindName};
use schemars::JsonSchema;
use serde_json::{Map, Value};

/// The result of a check.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Report {
    /// The operation that was checked; null when the case names none that is known.
    operation: Option<CapabilityId>,
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// Pointers of the facts, and of fields whose values are not known yet, that could still turn the verdict; empty unless it is
    /// undetermined.
    missing: Vec<String>,
    /// Pointers of the facts that the verdict presumes to be in order: each has a value that would turn it to denied.
    presumed: Vec<String>,
    /// All findings, in the order of the case.
    findings: Vec<Finding>,
}

/// A problem, or an open question, about a case.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct Finding {
    /// The rule that says so.
    rule: RuleId,
    /// Broken, or not decided yet.
    outcome: Outcome,
    /// How much it matters.
    severity: Severity,
    /// Where a person would look: a JSON Pointer into the case.
    at: String,
    /// What was found and what is allowed; they never depend on the language.
    params: FindingParams,
    /// What is wrong or not known, for who writes requests, in the requested language.
    message: String,
    /// What is wrong, for a person who fills in a form: without field names or code. Absent where something is only not known.
    hint: Option<String>,
    /// Pointers of the facts that the rule still wants.
    missing: Vec<String>,
    /// What to do about it, the best way first.
    fixes: Vec<Fix>,
    /// Where the documents say so.
    citations: Vec<Citation>,
}

/// The parameters of a finding. `kind` is there when a field's shape is at fault.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct FindingParams {
    /// The kind of violation.
    kind: Option<ViolationKindName>,
    #[schemars(flatten)]
    others: Map<String, Value>,
}

/// A way to make a finding go away.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct Fix {
    /// What to do, in the requested language.
    title: String,
    /// A JSON Patch (RFC 6902) on the case, where a machine can do it.
    patch: Option<Vec<PatchOperation>>,
    /// The operation to use instead, if there is one.
    operation: Option<OperationId>,
}

/// One step of a JSON Patch.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase", tag = "op")]
#[allow(dead_code, reason = "for its schema")]
enum PatchOperation {
    /// Adds a value.
    Add { path: String, value: Value },
    /// Replaces a value.
    Replace { path: String, value: Value },
    /// Removes a value.
    Remove { path: String },
    /// Moves a value.
    Move { from: String, path: String },
}

/// The HTTP call of an allowed case.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Request {
    /// The HTTP method.
    method: String,
    /// The path, percent-encoded.
    path: String,
    /// The body.
    body: Map<String, Value>,
}

/// An answer of a cloud, explained: mostly that it refuses a request, or why a job failed.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Refusal {
    /// What the answer is.
    kind: AnswerKind,
    /// Whether something was refused or failed; absent if the kind is unknown.
    refusal: Option<bool>,
    /// Whether the tables have its error, or it is no refusal.
    understood: bool,
    /// The HTTP status.
    status: Option<u16>,
    /// The error code.
    code: Option<String>,
    /// The server's own message.
    message: Option<String>,
    /// The id by which the provider's support finds the request.
    request_id: Option<String>,
    /// The id of the job, or the new image's where there are no jobs.
    job_id: Option<String>,
    /// The provider's name of what the job does.
    job_type: Option<String>,
    /// What it means.
    meaning: String,
    /// Whether trying again can help.
    retry: Option<Retry>,
    /// The operations that can be refused with the error: ids of this product, or the provider's own names. Empty: any operation.
    operations: Vec<String>,
    /// The rules that would have caught it.
    rules: Vec<RuleId>,
    /// Further error codes in the answer that the tables have.
    other_codes: Option<Vec<String>>,
    /// The answer, if it is not understood. A long one is shortened.
    verbatim: Option<String>,
}

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
    report: Report,
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
    report: Report,
}

/// What a provider's image object tells.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Understood {
    /// The facts, as a case has them.
    facts: crate::schema::facts::ObjectFacts,
    /// What could not be understood.
    findings: Vec<Finding>,
}
