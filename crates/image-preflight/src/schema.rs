//! JSON Schemas (2020-12) of what goes in and what comes out, with the feature `schemars`.

use crate::catalogue;
use crate::facts::Facts;
use crate::huawei::{CrossRegionCopy, InRegionCopy, WholeImageFromBackup, WholeImageFromEcs};
use crate::jdcloud::CopyImages;
use crate::operation::Operation;
use crate::refusal::Retry;
use crate::report::{Outcome, Verdict};
use crate::rule::{Citation, Severity};
use crate::words::FaultKind;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The schema of everything: a case, its facts, each operation's body, a report, in `$defs`.
///
/// ```
/// let schema = image_preflight::schema::all();
/// assert!(schema.get("$defs").unwrap().get("Report").is_some());
/// ```
#[must_use]
pub fn all() -> Schema {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    generator.subschema_for::<Case>();
    generator.subschema_for::<Bodies>();
    generator.subschema_for::<Paths>();
    generator.subschema_for::<Report>();
    generator.subschema_for::<Request>();
    generator.subschema_for::<Refusal>();
    generator.subschema_for::<RuleInfo>();
    generator.subschema_for::<Destination>();
    generator.subschema_for::<Understood>();
    let definitions = generator.take_definitions(true);
    json_schema!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions})
}

/// The schema of an operation's body.
///
/// ```
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let schema = image_preflight::schema::body_of(operation).unwrap();
/// assert_eq!(schema.pointer("/$defs/InRegionCopy/required").unwrap(), &serde_json::json!(["name"]));
/// ```
#[must_use]
pub fn body_of(operation: &Operation) -> Option<Schema> {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let mut schema = reference(operation, &mut generator)?;
    schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("$defs".to_owned(), generator.take_definitions(true).into());
    Some(schema)
}

/// The type of an operation's body, as a reference.
fn reference(operation: &Operation, generator: &mut SchemaGenerator) -> Option<Schema> {
    Some(match operation.id() {
        "ims.cross-region-copy" => generator.subschema_for::<CrossRegionCopy>(),
        "ims.in-region-copy" => generator.subschema_for::<InRegionCopy>(),
        "ims.whole-image" => generator.subschema_for::<WholeImage>(),
        "jd.copy-images" => generator.subschema_for::<CopyImages>(),
        _ => return None,
    })
}

/// The body of each operation.
struct Bodies;

impl JsonSchema for Bodies {
    fn schema_name() -> Cow<'static, str> {
        "Bodies".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let bodies =
            catalogue::operations().filter_map(|operation| Some((operation.id(), reference(operation, generator)?)));
        by_operation("The body of each operation.", &bodies.collect::<Vec<_>>())
    }
}

/// The parameters in the address of each operation.
struct Paths;

impl JsonSchema for Paths {
    fn schema_name() -> Cow<'static, str> {
        "Paths".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let path = |operation: &'static Operation| {
            let fields = || operation.path().iter();
            let properties: Map<_, _> = fields()
                .map(|field| (field.name().to_owned(), json!({"type": "string", "description": field.rule().holds.en})))
                .collect();
            let required: Vec<_> = fields().map(crate::field::Field::name).collect();
            json_schema!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
        };
        let paths = catalogue::operations().map(|operation| (operation.id(), path(operation)));
        by_operation("The parameters in the address of each operation.", &paths.collect::<Vec<_>>())
    }
}

fn by_operation(description: &str, members: &[(&str, Schema)]) -> Schema {
    let required: Vec<_> = members.iter().map(|(id, _)| *id).collect();
    let properties: Map<_, _> = members.iter().map(|(id, schema)| ((*id).to_owned(), schema.clone().into())).collect();
    json_schema!({"type": "object", "description": description, "properties": properties, "required": required})
}

/// The schema of an object whose members are an operation's fields, described by their rules.
pub(crate) fn body<const N: usize>(operation: &'static Operation, members: [(&str, Schema, bool); N]) -> Schema {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, schema, is_mandatory) in members {
        let mut schema = schema;
        if let Some(field) = operation.body().iter().find(|field| field.name() == name) {
            schema.insert("description".to_owned(), field.rule().holds.en.into());
        }
        if is_mandatory {
            required.push(Value::from(name));
        } else {
            // Null in an optional field means that it is absent.
            let description = schema.remove("description");
            schema = json_schema!({"anyOf": [schema, {"type": "null"}]});
            schema.insert("description".to_owned(), description.unwrap_or_default());
        }
        properties.insert(name.to_owned(), schema.into());
    }
    json_schema!({
        "type": "object", "description": operation.title().en, "properties": properties, "required": required
    })
}

/// One of these strings.
fn one_of(names: impl Iterator<Item = &'static str>) -> Schema {
    json_schema!({"type": "string", "enum": names.collect::<Vec<_>>()})
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $names:expr) => {
        $(#[$doc])*
        struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = one_of($names);
                if let Some(text) = schemars_description(&[$(stringify!($doc)),*]) {
                    schema.insert("description".to_owned(), text.into());
                }
                schema
            }
        }
    };
}

/// The text of a doc attribute.
fn schemars_description(attributes: &[&str]) -> Option<String> {
    let texts = attributes.iter().filter_map(|attribute| attribute.split_once('"')?.1.strip_suffix('"'));
    let text = texts.map(str::trim).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

names! {
    /// The id of a rule.
    RuleId, catalogue::rules().map(|rule| rule.id)
}
names! {
    /// The id of an operation, as cases name it.
    OperationId, catalogue::operations().map(Operation::id)
}
names! {
    /// The provider's own name of an operation.
    ProviderName, catalogue::operations().map(Operation::provider_name)
}
names! {
    /// An operation, or something else that can be done with an image.
    CapabilityId, catalogue::operations().chain(catalogue::capabilities()).map(Operation::id)
}
names! {
    /// The kind of fault in a field's shape.
    FaultKindName, FaultKind::ALL.into_iter().filter(|kind| *kind != FaultKind::Unlisted).map(FaultKind::name)
}
names! {
    /// The name of an edition of the documents.
    EditionName, crate::edition::Edition::names()
}

/// The two requests of `ims.whole-image`.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "for its schema")]
enum WholeImage {
    FromEcs(WholeImageFromEcs),
    FromBackup(WholeImageFromBackup),
}

/// Limits of the caller's own.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "for its schema")]
struct CustomEdition {
    /// The edition that holds but for these limits.
    extends: Option<EditionName>,
    /// The greatest image that may leave any region, in bytes.
    cap_bytes: Option<u64>,
    /// The greatest image that may leave a region, in bytes, by region.
    region_cap_bytes: Option<std::collections::BTreeMap<String, u64>>,
    /// The greatest image that is copied within its region, in bytes.
    in_region_cap_bytes: Option<u64>,
    /// How many copies may run at once.
    concurrent_copies: Option<u64>,
}

/// Which edition of the documents holds.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "for its schema")]
enum EditionChoice {
    Named(EditionName),
    Custom(CustomEdition),
}

/// What stands in the address of a request.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct Path {
    /// The source image (IMS copies).
    image_id: Option<String>,
    /// The region that the images are in (JD Cloud).
    #[schemars(rename = "regionId")]
    region_id: Option<String>,
}

/// What is checked.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "for its schema")]
struct Case {
    /// The operation.
    operation: OperationName,
    /// The parameters of the address.
    path: Option<Path>,
    /// The body, as it would be sent.
    body: Option<Map<String, Value>>,
    /// What is known.
    facts: Option<Facts<'static>>,
    /// Which edition of the documents holds.
    edition: Option<EditionChoice>,
}

/// The name of an operation: ours or the provider's.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "for its schema")]
enum OperationName {
    Ours(OperationId),
    Provider(ProviderName),
}

/// What came of a check.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct Report {
    /// The operation that was checked; null when the case names none that is known.
    operation: Option<CapabilityId>,
    /// The verdict.
    verdict: Verdict,
    /// Pointers of the facts that could still turn the verdict; empty unless it is undetermined.
    missing: Vec<String>,
    /// Everything that is to be said, in the order of the case.
    findings: Vec<Finding>,
}

/// One thing that is to be said of a case.
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
    /// What is to be said, in the language that was asked for.
    message: String,
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
    /// The kind of fault.
    kind: Option<FaultKindName>,
    #[schemars(flatten)]
    others: Map<String, Value>,
}

/// A way to make a finding go away.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct Fix {
    /// What to do, in the language that was asked for.
    title: String,
    /// A JSON Patch (RFC 6902) on the case, where a machine can do it.
    patch: Option<Vec<PatchOperation>>,
    /// The operation that is the way out, where another one is.
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
    /// Takes a value out.
    Remove { path: String },
    /// Moves a value.
    Move { from: String, path: String },
}

/// The HTTP call of an allowed case.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct Request {
    /// The HTTP method.
    method: String,
    /// The path, with what stands in it percent-encoded.
    path: String,
    /// The body.
    body: Map<String, Value>,
}

/// What a server answered when it refused a request.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct Refusal {
    /// Whether a document lists it.
    understood: bool,
    /// The HTTP status.
    status: Option<u16>,
    /// The error code.
    code: Option<String>,
    /// The server's own message.
    message: Option<String>,
    /// The id by which the provider's support finds the request.
    request_id: Option<String>,
    /// What it means.
    meaning: String,
    /// Whether trying again can help.
    retry: Option<Retry>,
    /// The rules that would have caught it.
    rules: Vec<RuleId>,
    /// The whole answer, when it is not understood.
    verbatim: Option<String>,
}

/// A rule, as the catalogue lists it.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct RuleInfo {
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
    /// Pointers of the facts it reads.
    reads: Vec<String>,
    /// Where the documents say so.
    citations: Vec<Citation>,
}

/// A region that an image can be copied to, or not.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct Destination {
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
struct Understood {
    /// The facts, as a case has them.
    facts: crate::huawei::ImageFacts<'static>,
    /// What could not be understood.
    findings: Vec<Finding>,
}
