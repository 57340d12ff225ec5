//! The preflight check for cloud machine-image requests.
//!
//! Copying a machine image, or turning a whole server into one, is an asynchronous call: the cloud takes the request, works
//! for minutes or hours, and only then says that the image was encrypted, too large, or that a vault was missing. This crate
//! says it before anything is sent: which documented rule the request breaks, where, why, and how to fix it; and when it
//! cannot know yet, exactly which facts it still needs.
//!
//! It covers Huawei Cloud IMS (`CopyImageCrossRegion`, `CopyImageInRegion`, `CreateWholeImage`) and JD Cloud (`copyImages`).
//! Its rules are those of the documents at their date. It does no input or output and never panics.
//!
//! # Entry points
//!
//! **Text**, for JSON from anywhere. A case that is broken in five places gets five findings:
//!
//! ```
//! use image_preflight::{Locale, Verdict};
//!
//! let report = image_preflight::check(r#"{
//!     "operation": "ims.cross-region-copy",
//!     "path": {"image_id": "465076de-dc36-4aec-80f5-ef9d8009428f"},
//!     "body": {"name": "copy", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy_image"},
//!     "facts": {"sourceRegion": "cn-north-4", "image": {"encrypted": true}}
//! }"#);
//!
//! assert_eq!(report.verdict(), Verdict::Denied);
//! for finding in report.findings() {
//!     println!("{} {}: {}", finding.at(), finding.rule().id, finding.message(Locale::ENGLISH));
//! }
//! ```
//!
//! **Typed**, for Rust: a wrong field cannot be built. See [`huawei::CrossRegionCopy`] and its siblings.
//!
//! # Building the request
//!
//! Only an allowed report gives the HTTP call: [`Report::clear`].
#![forbid(unsafe_code)]
#![allow(
    clippy::module_inception,
    reason = "a folder's first file has the folder's name: `rule/rule.rs` says what a rule is"
)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented,
        clippy::get_unwrap
    )
)]

mod catalogue;
mod check;
mod explain;
mod field;
mod finding;
mod input;
#[cfg(feature = "reference")]
pub mod job;
mod json;
mod message;
#[cfg(feature = "reference")]
pub mod plan;
mod rule;
#[cfg(feature = "schemars")]
pub mod schema;

pub mod huawei;
pub mod jdcloud;

/// The examples of README.md, run by rustdoc.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

pub use catalogue::{UnknownEdition, all_messages, fact_members, facts, operation, operations, rule, rules};
pub use check::case_verdict::CaseVerdict;
pub use check::cleared::{ClearError, ClearedRequest};
pub use check::destination::{Capability, Destination};
pub use check::destination_quota::QuotaFacts;
pub use check::operation::Operation;
pub use check::provider::{ImageObject, Parameters, Provider};
pub use check::refusal::{DocumentedError, Retry};
pub use check::report::Report;
pub use check::request::{InvalidRequest, Request};
pub use explain::{Refusal, explain};
pub use field::field::Field;
pub use field::region::Region;
pub use field::typed::{FieldError, Given, Identifier, IntoField, Megabytes, NotKnownYet};
pub use finding::finding::{Finding, Outcome};
pub use finding::fix::{Fix, PatchOperation};
pub use finding::verdict::Verdict;
pub use huawei::capabilities::{capabilities, capabilities_with};
pub use huawei::destinations::{destinations, destinations_with};
pub use input::packed::{check_packed, verdict_packed};
pub use input::text::{check, check_bytes, check_with, verdict, verdict_bytes};
pub use json::{MAX_DEPTH, MAX_LENGTH, Places, SyntaxError, SyntaxErrorKind, locate};
pub use message::locale::{Locale, Translation, UnknownLocale};
pub use message::message::Message;
pub use message::param::{Param, is_hidden, printable};
pub use message::suggest::nearest;
pub use message::word::UnknownWord;
pub use rule::byte_size::{ByteSize, ParseByteSizeError};
pub use rule::edition::Edition;
pub use rule::fact::Fact;
pub use rule::facts::Facts;
pub use rule::missing::Missing;
pub use rule::rule::{Citation, Rule, Severity};
