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
//! # Which entry point do I want?
//!
//! | you have | use |
//! | --- | --- |
//! | a case as JSON text, or bytes | [`fn@check`], [`check_bytes`] |
//! | a case as a [`serde_json::Value`] | [`check_value`] |
//! | fields in a Rust program | a builder: [`huawei::CrossRegionCopy`] and its siblings, [`trait@Request`] over all of them |
//! | fields some of which are known later | the same builder with [`NotKnownYet`], or `unknown` in a case |
//! | an image, a server or a backup as an API returned it | `imageObject` and its siblings in a case; [`huawei::ImageFacts::from_object`] |
//! | only the need of a verdict | [`fn@verdict`] |
//! | a report that must outlive its text | [`Report::into_owned`] |
//! | a report to answer HTTP with | [`Report::problem`] |
//! | a report that is allowed, and a call to make | [`Report::clear`] |
//! | an answer that refuses a request | [`fn@explain`] |
//! | an image, and the question what can be done with it | [`capabilities`], [`destinations`] |
//! | many requests, and the order in which they may be sent | [`plan::Plan`]; [`Plan::of`](plan::Plan::of) without memory |
//! | an accepted request, and what becomes of it | [`job::Job`] |
//! | a report as JSON, to be read | [`ReportDocument`] |
//!
//! The [`guide`] has three ways to use it whole: a gateway, a batch job, tests. The [rule reference] has a page for each rule,
//! operation and error code ([中文][zh]). The same check is the command line `image-preflight` and the npm package `image-preflight`.
//!
//! [rule reference]: https://image-preflight.github.io/image-preflight/reference/en/index.html
//! [zh]: https://image-preflight.github.io/image-preflight/reference/zh-CN/index.html
//!
//! A case that is broken in five places gets five findings:
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
//! # What is not known
//!
//! Nothing takes a missing fact for a good one. A fact that the operation's own documents ask for makes the verdict
//! [undetermined](Verdict::Undetermined), and [`Report::missing`] names it. Facts that other documents ask for are presumed to be
//! good, and [`Report::presumed`] names those; [`Facts::strict`] presumes nothing.
//!
//! # In both directions
//!
//! Requests, facts, editions, fields and words are written by serde as a case has them, and read back: what cannot be one is an error
//! that says everything that is wrong with it. [`Facts::strict`] is no fact, and is not written: facts that are strict are an error.
//!
//! # What a further version may add
//!
//! A further rule, fact, edition, kind of violation or documented error is no breaking change. Match on the ids and names as text,
//! build structures of facts with `..Default::default()`, and let a `match` on what is `#[non_exhaustive]` have a last arm. [`Verdict`],
//! [`Severity`], [`Outcome`], [`ProblemKind`] and [`Retry`] are complete: a further value of these would be a new contract, and so a
//! breaking change. CONTRIBUTING.md has the list of all.
//!
//! # Features
//!
//! | feature | by default | gives | items |
//! | --- | --- | --- | --- |
//! | `en`, `zh` | yes | messages in English, in Chinese; without both, a message is only a number | `Message::en`, `Message::zh`, which each of them has |
//! | `text` | yes | JSON text: cases, facts and requests of it, places in it; without, a case has parts, as a web page gives them | [`fn@check`], [`Places`], [`Facts::from_json`], `Deserialize` of facts and requests |
//! | `reference` | yes, with `text` | why rules are, what refusals mean, what editions say, plans, jobs | [`fn@explain`], [`Refusal`], [`Statement`], [`plan`], [`job`] |
//! | `titles` | no | titles of rules, for pages about them | [`Rule::title`] |
//! | `http` | no | the `http` crate's types for requests and responses | `ClearedRequest::to_http`, `Report::problem_response` |
//! | `schemars` | no | JSON Schemas of everything that goes in or comes out | the module `schema`, `JsonSchema` of the types |
//!
//! docs.rs marks each item that needs a feature. `cargo doc` marks them with a nightly compiler and `RUSTDOCFLAGS="--cfg docsrs"`.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(all(feature = "titles", feature = "http", feature = "schemars", feature = "en", feature = "zh")),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "the documents are one for all features, and speak of all of them"
    )
)]
#![forbid(unsafe_code)]
#![cfg_attr(not(feature = "text"), allow(dead_code, unused_imports, reason = "only text needs them"))]
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
mod document;
#[cfg(feature = "reference")]
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

#[cfg(any(doc, doctest))]
pub mod guide;

/// The examples of README.md, run by rustdoc.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

pub use catalogue::{
    UnknownEdition, all_messages, check_messages, error_codes, fact_members, facts, operation, operations,
    rendering_messages, report_messages, rule, rules,
};
pub use check::case_verdict::CaseVerdict;
pub use check::cleared::ClearError;
pub use check::cleared_request::ClearedRequest;
pub use check::compact::Compact;
pub use check::destination::{Capability, Destination};
pub use check::destination_quota::QuotaFacts;
pub use check::operation::Operation;
pub use check::problem::{Problem, ProblemKind};
pub use check::provider::{ImageObject, Parameters, Provider};
pub use check::refusal::{AnswerKind, DocumentedError, Retry};
pub use check::report::Report;
pub use check::request::{InvalidRequest, Request};
#[cfg(feature = "reference")]
pub use document::refusal::RefusalDocument;
pub use document::report::{CitationDocument, FindingDocument, FixDocument, ReportDocument};
#[cfg(feature = "reference")]
pub use explain::{Refusal, explain};
pub use field::field::Field;
pub use field::region::Region;
pub use field::typed::{FieldError, Given, Identifier, IntoField, Megabytes, NotKnownYet};
pub use finding::fact_objects::InvalidFacts;
pub use finding::finding::{Finding, Outcome};
pub use finding::fix::{Fix, PatchOperation};
pub use finding::verdict::Verdict;
pub use huawei::capabilities::{capabilities, capabilities_with};
pub use huawei::destinations::{destinations, destinations_with};
pub use input::packed::{check_packed, verdict_packed};
#[cfg(feature = "text")]
pub use input::text::{check, check_bytes, check_value, check_with, verdict, verdict_bytes};
pub use json::{MAX_DEPTH, MAX_LENGTH, Packed, SyntaxError, SyntaxErrorKind};
#[cfg(feature = "text")]
pub use json::{Places, locate};
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
#[cfg(feature = "reference")]
pub use rule::statement::{Difference, Statement};
