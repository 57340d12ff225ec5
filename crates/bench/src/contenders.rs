//! The contenders: each decides for a text whether the request would be accepted.

use crate::rules;
use crate::typed::{Case, CopyImages, CrossRegionCopy, InRegionCopy, WholeImage};
use crate::workload::Request;
use image_preflight::{Facts, Report, Verdict, check, huawei, jdcloud, operations, schema};
use jsonschema::Validator;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::hint::black_box;

/// Ours: from text to a report.
#[must_use]
pub fn ours(text: &str) -> bool {
    black_box(check(text)).verdict() == Verdict::Allowed
}

/// Ours, reading every finding.
#[must_use]
pub fn ours_with_findings(text: &str) -> bool {
    let report = check(text);
    for finding in report.findings() {
        black_box((finding.rule().id, finding.at(), finding.severity()));
    }
    report.verdict() == Verdict::Allowed
}

/// The `jsonschema` crate with the schemas of the bodies, and the other rules by hand.
pub struct JsonSchema(Vec<(&'static str, Validator)>);

impl Default for JsonSchema {
    fn default() -> Self {
        let compiled = operations().map(|operation| {
            let schema = schema::body(operation).to_value();
            (operation.id(), jsonschema::draft202012::new(&schema).expect("a schema"))
        });
        JsonSchema(compiled.collect())
    }
}

impl JsonSchema {
    fn of(&self, case: &Value) -> Option<&Validator> {
        self.0.iter().find_map(|(id, validator)| (case["operation"] == *id).then_some(validator))
    }

    /// Only whether it is valid.
    #[must_use]
    pub fn is_valid(&self, text: &str) -> bool {
        let Ok(case) = serde_json::from_str::<Value>(text) else { return false };
        self.of(&case).is_some_and(|validator| validator.is_valid(&case["body"])) && rules::over_value(&case)
    }

    /// Every error of the body.
    #[must_use]
    pub fn all_errors(&self, text: &str) -> bool {
        let Ok(case) = serde_json::from_str::<Value>(text) else { return false };
        let Some(validator) = self.of(&case) else { return false };
        let errors = black_box(validator.iter_errors(&case["body"]).count());
        rules::over_value(&case) && errors == 0
    }
}

/// A library that validates typed bodies, and serde_json, with the other rules by hand.
macro_rules! typed_contender {
    ($(#[$doc:meta])* $name:ident, $($validate:tt)+) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(request: Request, text: &str) -> bool {
            fn validated<'t, B: Deserialize<'t> + $($validate)+>(text: &'t str, rules: fn(&Case<'_, B>) -> bool) -> bool {
                serde_json::from_str::<Case<'t, B>>(text).is_ok_and(|case| case.body.validate().is_ok() & rules(&case))
            }
            match request {
                Request::CrossRegionCopy => validated::<CrossRegionCopy<'_>>(text, rules::cross_region_copy),
                Request::InRegionCopy => validated::<InRegionCopy<'_>>(text, rules::in_region_copy),
                Request::CopyImages => validated::<CopyImages<'_>>(text, rules::copy_images),
                _ => validated::<WholeImage<'_>>(text, rules::whole_image),
            }
        }
    };
}

typed_contender! {
    /// `garde` and serde_json.
    with_garde, garde::Validate<Context = ()>
}
typed_contender! {
    /// `validator` and serde_json.
    with_validator, validator::Validate
}

/// A lower bound: serde_json into the same typed, borrowed structs, without any check.
#[must_use]
pub fn parse_only(request: Request, text: &str) -> bool {
    fn parsed<'t, B: Deserialize<'t>>(text: &'t str) -> bool {
        black_box(serde_json::from_str::<Case<'t, B>>(text)).is_ok()
    }
    match request {
        Request::CrossRegionCopy => parsed::<CrossRegionCopy<'_>>(text),
        Request::InRegionCopy => parsed::<InRegionCopy<'_>>(text),
        Request::CopyImages => parsed::<CopyImages<'_>>(text),
        _ => parsed::<WholeImage<'_>>(text),
    }
}

/// A lower bound: serde_json over the text, keeping nothing.
#[must_use]
pub fn ignored(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A lower bound: copying the text.
#[must_use]
pub fn copied(text: &str, into: &mut [u8]) -> bool {
    into[..text.len()].copy_from_slice(text.as_bytes());
    black_box(&into);
    true
}

/// A typed request of any operation.
#[derive(Debug)]
pub enum Typed {
    /// `ims.cross-region-copy`.
    CrossRegionCopy(huawei::CrossRegionCopy),
    /// `ims.in-region-copy`.
    InRegionCopy(huawei::InRegionCopy),
    /// `ims.whole-image`, from a server.
    WholeImageFromEcs(huawei::WholeImageFromEcs),
    /// `ims.whole-image`, from a backup.
    WholeImageFromBackup(huawei::WholeImageFromBackup),
    /// `jd.copy-images`.
    CopyImages(jdcloud::CopyImages),
}

impl Typed {
    /// The request that a checked text stands for.
    #[must_use]
    pub fn of(report: &Report<'_>) -> Option<Self> {
        let copies = report.request().map(Typed::CrossRegionCopy).or_else(|| report.request().map(Typed::InRegionCopy));
        let whole = || report.request().map(Typed::WholeImageFromEcs);
        let backup = || report.request().map(Typed::WholeImageFromBackup);
        copies.or_else(whole).or_else(backup).or_else(|| report.request().map(Typed::CopyImages))
    }
}

/// Ours, typed: a request built beforehand, against facts read beforehand.
#[must_use]
pub fn typed<'r>(request: &'r Typed, facts: &Facts<'r>) -> bool {
    let report = match request {
        Typed::CrossRegionCopy(request) => request.check(facts),
        Typed::InRegionCopy(request) => request.check(facts),
        Typed::WholeImageFromEcs(request) => request.check(facts),
        Typed::WholeImageFromBackup(request) => request.check(facts),
        Typed::CopyImages(request) => request.check(facts),
    };
    black_box(report).verdict() == Verdict::Allowed
}
