//! Huawei Cloud as the engine sees it: everything that it takes from this folder.

use crate::check::cloud::Cloud;
use crate::check::operation::Operation;
use crate::finding::case_rules;
use crate::finding::fact_reader::{Entry, FactMember, FactReader};
#[cfg(feature = "schemars")]
use crate::huawei::answer_schemas;
use crate::huawei::editions::{EDITIONS, LIMITS};
use crate::huawei::facts::{BACKUP, COPIES_IN_FLIGHT, ECS, IMAGE, SOURCE_REGION};
use crate::huawei::image::read_object;
use crate::huawei::provider::IMS;
use crate::huawei::region::{KNOWN, REGIONS, region};
use crate::huawei::{cross_region_copy, fields, image_capabilities, in_region_copy, tags, whole_image};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::facts::Facts;
use crate::rule::location::At;
use crate::rule::rule::if_reference;
use std::borrow::Cow;

/// What can or cannot be done with an image, apart from the operations.
static CAPABILITIES: [&Operation; 2] = [&image_capabilities::EXPORT, &image_capabilities::SHARE];

/// Huawei Cloud.
pub(crate) const HUAWEI: Cloud = Cloud {
    provider: &IMS,
    operations: &[&cross_region_copy::OPERATION, &in_region_copy::OPERATION, &whole_image::OPERATION],
    capabilities: if_reference(&CAPABILITIES),
    limits: LIMITS,
    editions: EDITIONS,
    default_source: "IMS API reference (Chinese and English)",
    facts: &[
        FactMember::new("sourceRegion", Entry::Fact(SOURCE_REGION), "The region that the image is in."),
        FactMember::new("image", Entry::Group(&IMAGE), "The source image, as the caller says it is."),
        FactMember::new(
            "imageObject",
            Entry::Object(read_object, &IMAGE),
            "The source image, as IMS's own object says it is; what `image` says wins.",
        ),
        FactMember::new(
            "copiesInFlight",
            Entry::Fact(COPIES_IN_FLIGHT),
            "How many cross-region copies of this tenant run now.",
        ),
        FactMember::new("ecs", Entry::Group(&ECS), "The server that an image is to be made of."),
        FactMember::new("backup", Entry::Group(&BACKUP), "The backup that an image is to be made of."),
    ],
    check_facts: check_source_region,
    #[cfg(feature = "schemars")]
    answers: &[
        ("ims.answer", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsAnswer>),
        ("ims.job", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsJob>),
        ("ims.refusal", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsRefusal>),
    ],
    regions: &REGIONS,
    messages: if_reference(&[
        &fields::MESSAGES,
        &tags::MESSAGES,
        &whole_image::MESSAGES,
        &[cross_region_copy::ANY_REGION],
    ]),
};

/// A partner cloud's region is a legal value, so one that is not listed is only a warning.
fn check_source_region<'a>(facts: &Facts<'a>, reading: &mut FactReader<'_, 'a>) {
    if let Some(id) = facts.value(SOURCE_REGION).text().filter(|id| region(id).is_none()) {
        warn_of_region(id, reading);
    }
}

#[cold]
#[inline(never)]
fn warn_of_region(id: &str, reading: &mut FactReader<'_, '_>) {
    let params = Params::default().with("actual", Param::UserText(Cow::Owned(id.to_owned())));
    let params = KNOWN.unlisted_params(params, KNOWN.near(id));
    reading.out.warn(&case_rules::FACTS, At::fact(SOURCE_REGION), ViolationKind::Unlisted, params);
}
