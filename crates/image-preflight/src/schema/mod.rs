//! JSON Schemas (2020-12) of what goes in and what comes out, with the feature `schemars`.
//!
//! [`Print`] says in which language, under which edition and for which tools they are; the functions here are for its default.
//! The schema of an operation's body accepts exactly the bodies in which a check finds no error of shape under the default
//! edition, but for what no JSON Schema can say ([`BEYOND`]). Patterns mean the same in ECMA-262 with the flag `u`, in Rust's
//! `regex` and in Python's `re`; lengths count Unicode code points; null in an optional field means that it is absent.

use crate::check::operation::Operation;
use schemars::Schema;

mod case;
mod chinese;
mod draft;
mod editor;
mod facts;
mod list;
mod portable;
mod print;
mod report;
mod walk;

use list::all_names;

pub use facts::{FactSource, fact_sources};
pub use list::Document;
pub use print::{Print, Profile};

/// What a check finds in a body and no JSON Schema can say: the rule, the kind of violation, and why.
///
/// ```
/// for (rule, kind, _) in image_preflight::schema::BEYOND {
///     println!("{} {kind}", image_preflight::rule(rule).unwrap().id);
/// }
/// ```
pub const BEYOND: [(&str, &str, &str); 4] = [
    ("ims.whole-image.min_ram", "out-of-range", "`min_ram` against `max_ram`: two numbers are not compared"),
    ("ims.whole-image.tags", "duplicate", "keys that repeat: `uniqueItems` compares whole tags"),
    ("ims.whole-image.image_tags", "duplicate", "keys that repeat: `uniqueItems` compares whole tags"),
    ("jd.copy-images.regionId", "conflict", "the body's region against the address's, which is not in the body"),
];

/// Every published schema: each operation's body, the case, the facts, the report, what providers answer, and how an answer is
/// explained.
///
/// ```
/// let names: Vec<_> = image_preflight::schema::documents().map(|document| document.name).collect();
/// assert!(names.contains(&"ims.whole-image") && names.contains(&"report"));
/// ```
pub fn documents() -> impl Iterator<Item = Document> {
    let print = Print::default();
    all_names().filter_map(move |name| Some(Document { name, schema: print.document(name)? }))
}

/// The schema of an operation's body.
///
/// ```
/// let operation = image_preflight::operation("ims.in-region-copy").unwrap();
/// let schema = image_preflight::schema::body(operation);
/// assert_eq!(schema.get("required").unwrap(), &serde_json::json!(["name"]));
/// ```
#[must_use]
pub fn body(operation: &'static Operation) -> Schema {
    Print::default().body(operation)
}

/// Everything in one schema, in `$defs`: a case, its facts, each operation's body and path, a report, the answers.
///
/// ```
/// let schema = image_preflight::schema::all();
/// assert!(schema.get("$defs").unwrap().get("Report").is_some());
/// ```
#[must_use]
pub fn all() -> Schema {
    Print::default().all()
}
