//! What the tests in other languages compare themselves with, as JSON.
//!
//! `cargo run -q -p image-preflight-tests --bin bodies -- 1000` prints so many generated bodies of each operation and kind with
//! what the core says of them, an object a line; `… --bin bodies -- patterns` prints every pattern of the schemas with texts, and
//! what Rust's `regex` says of them.

use image_preflight::{operations, schema};
use image_preflight_tests::bodies::{Kind, bodies, shape, texts};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let argument = std::env::args().nth(1).unwrap_or_default();
    if argument == "patterns" {
        writeln!(out, "{}", patterns())?;
        return out.flush();
    }
    let count = argument.parse().unwrap_or(1000);
    for operation in operations() {
        for kind in Kind::ALL {
            for body in bodies(operation.id(), kind, 2).take(count) {
                let shape = shape(operation.id(), &body).name();
                let line = json!({"operation": operation.id(), "kind": kind.name(), "shape": shape, "body": body});
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()
}

/// Each pattern of the schemas, with the one that must not match beside it.
fn patterns() -> Value {
    let mut found = BTreeSet::new();
    collect(&schema::all().to_value(), &mut found);
    let texts = texts();
    let matches = |pattern: &str, text: &str| regex::Regex::new(pattern).expect("a pattern").is_match(text);
    let evaluated = found.iter().map(|(pattern, not)| {
        let accepts = |text: &&String| matches(pattern, text) && not.as_ref().is_none_or(|not| !matches(not, text));
        let accepted: Vec<bool> = texts.iter().map(|text| accepts(&text)).collect();
        json!({"pattern": pattern, "not": not, "accepts": accepted})
    });
    json!({"patterns": evaluated.collect::<Vec<_>>(), "texts": texts})
}

fn collect(value: &Value, found: &mut BTreeSet<(String, Option<String>)>) {
    if let Some(pattern) = value["pattern"].as_str() {
        found.insert((pattern.to_owned(), value["not"]["pattern"].as_str().map(str::to_owned)));
    }
    match value {
        Value::Object(members) => members.values().for_each(|value| collect(value, found)),
        Value::Array(list) => list.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}
