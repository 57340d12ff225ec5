//! JD Cloud as the engine sees it: everything that it takes from this folder.

use crate::check::cloud::Cloud;
use crate::check::destination_quota::QUOTA;
use crate::finding::fact_reader::{Entry, FactMember};
#[cfg(feature = "schemars")]
use crate::jdcloud::answer_schemas;
use crate::jdcloud::editions::{EDITIONS, LIMITS};
use crate::jdcloud::facts::IMAGE;
use crate::jdcloud::image::read_objects;
use crate::jdcloud::provider::VM;
use crate::jdcloud::region::REGIONS;
use crate::jdcloud::{copy_images, fields, image};
use crate::message::message::message;
use crate::rule::rule::if_reference;

/// JD Cloud.
pub(crate) const JDCLOUD: Cloud = Cloud {
    provider: &VM,
    operations: &[&copy_images::OPERATION],
    capabilities: &[],
    limits: LIMITS,
    editions: EDITIONS,
    default_source: message(
        "The page of JD Cloud's copyImages (Chinese, undated).",
        "京东云 copyImages 接口页面（中文版，未注明日期）。",
    ),
    facts: &[
        FactMember::new("images", Entry::Records(&IMAGE), "JD Cloud's images, by id, as the caller says they are.")
            .about(&["sourceImageIds"]),
        FactMember::new(
            "imageObjects",
            Entry::Objects(read_objects, &IMAGE),
            "JD Cloud's images, as its own objects say they are; what `images` says wins.",
        ),
        FactMember::new("destinationQuota", Entry::Group(&QUOTA), "What is left in the destination region.")
            .about(&["region", "destinationRegion"]),
    ],
    #[cfg(feature = "schemars")]
    answers: &[
        ("jd.answer", schemars::SchemaGenerator::subschema_for::<answer_schemas::Answer>),
        ("jd.refusal", schemars::SchemaGenerator::subschema_for::<answer_schemas::Refusal>),
        ("jd.images", schemars::SchemaGenerator::subschema_for::<answer_schemas::Images>),
        ("jd.image", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImageAnswer>),
    ],
    regions: &REGIONS,
    messages: if_reference(&[&fields::MESSAGES, &copy_images::MESSAGES, &image::MESSAGES]),
};
