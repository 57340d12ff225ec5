//! The vectors of `tests/vectors`, read. `tests/README.md` says how they are written.

pub mod bodies;
pub mod cases;
pub mod editions;
pub mod forms;
pub mod fuzzing;
pub mod invariants;
pub mod packing;

use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// A case with the report that it must get, prose left out.
#[derive(Debug)]
pub struct Vector {
    /// The file it stands in.
    pub file: String,
    /// The row of CONSTRAINTS.md that it is about.
    pub row: String,
    /// Whether it shows the row holding, violated, or unknown.
    pub side: String,
    /// What it shows, in words.
    pub name: String,
    /// The case, as text.
    pub case: String,
    /// The verdict.
    pub verdict: String,
    /// The facts that could still turn it.
    pub missing: Vec<String>,
    /// The facts that it presumes.
    pub presumed: Vec<String>,
    /// Every finding, in order.
    pub findings: Vec<ExpectedFinding>,
}

/// A finding that a report must have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedFinding {
    /// The rule's id.
    pub rule: String,
    /// The outcome.
    #[serde(default = "violated")]
    pub outcome: String,
    /// The severity.
    #[serde(default = "error")]
    pub severity: String,
    /// Where.
    pub at: String,
    /// Parameters that must be there with these values; there may be more.
    #[serde(default)]
    pub params: Map<String, Value>,
    /// The facts that the rule still wants.
    #[serde(default)]
    pub missing: Vec<String>,
}

impl ExpectedFinding {
    /// Whether a finding, as JSON, is this one.
    #[must_use]
    pub fn agrees(&self, found: &Value) -> bool {
        found["rule"] == self.rule.as_str()
            && found["outcome"] == self.outcome.as_str()
            && found["severity"] == self.severity.as_str()
            && found["at"] == self.at.as_str()
            && found["missing"] == serde_json::json!(self.missing)
            && self.params.iter().all(|(name, value)| found["params"][name] == *value)
    }
}

fn violated() -> String {
    "violated".to_owned()
}

fn error() -> String {
    "error".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    base: Value,
    vectors: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    row: String,
    side: String,
    name: String,
    #[serde(default)]
    change: Value,
    #[serde(default)]
    text: Option<String>,
    verdict: String,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    presumed: Vec<String>,
    findings: Vec<ExpectedFinding>,
}

/// A file beneath `tests/`.
#[must_use]
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Reads a JSON file beneath `tests/`.
///
/// # Panics
/// When it is not there, or not of this form.
#[must_use]
pub fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let text = std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The files of case vectors, in order.
pub const FILES: [&str; 5] =
    ["case", "ims.cross-region-copy", "ims.in-region-copy", "ims.whole-image", "jd.copy-images"];

/// The vectors of one file.
#[must_use]
pub fn vectors_of(file: &str) -> Vec<Vector> {
    let File { base, vectors } = read(&format!("vectors/{file}.json"));
    let expand = |written: Written| {
        let case = written.text.unwrap_or_else(|| {
            let mut case = base.clone();
            merge(&mut case, &written.change);
            text_of(&case)
        });
        Vector {
            file: file.to_owned(),
            row: written.row,
            side: written.side,
            name: written.name,
            case,
            verdict: written.verdict,
            missing: written.missing,
            presumed: written.presumed,
            findings: written.findings,
        }
    };
    vectors.into_iter().map(expand).collect()
}

/// Every case vector.
#[must_use]
pub fn vectors() -> Vec<Vector> {
    FILES.into_iter().flat_map(vectors_of).collect()
}

/// RFC 7396: a JSON Merge Patch.
pub fn merge(target: &mut Value, change: &Value) {
    let Value::Object(change) = change else { return target.clone_from(change) };
    if is_directive(change) {
        *target = Value::Object(change.clone());
        return;
    }
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(members) = target else { return };
    for (name, change) in change {
        if change.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name).or_insert(Value::Null), change);
        }
    }
}

fn is_directive(object: &Map<String, Value>) -> bool {
    object.keys().any(|name| name.starts_with('$'))
}

/// JSON text of a value in which `{"$repeat", "times"}` is a long string, `{"$null": true}` a null that a merge patch would
/// take for a deletion, and `{"$number"}` a number as it is written.
#[must_use]
pub fn text_of(value: &Value) -> String {
    match value {
        Value::Object(object) if is_directive(object) => match (object.get("$repeat"), object.get("$number")) {
            (Some(Value::String(part)), _) => {
                let times = object.get("times").and_then(Value::as_u64).unwrap_or_default();
                Value::String(part.repeat(usize::try_from(times).unwrap_or_default())).to_string()
            }
            (_, Some(Value::String(number))) => number.clone(),
            _ => "null".to_owned(),
        },
        Value::Object(object) => {
            let members =
                object.iter().map(|(name, value)| format!("{}:{}", Value::String(name.clone()), text_of(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(text_of).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// A case after a fix, as text.
///
/// # Panics
/// When the fix is no JSON Patch, or does not apply.
#[must_use]
pub fn patched(case: &Value, fix: &image_preflight::Fix) -> String {
    let patch = serde_json::to_value(fix.patch_operations()).expect("a patch is JSON");
    let patch: json_patch::Patch = serde_json::from_value(patch).expect("a patch is RFC 6902");
    let mut patched = case.clone();
    json_patch::patch(&mut patched, &patch).unwrap_or_else(|error| panic!("{case}: {error}"));
    patched.to_string()
}
