//! Huawei Cloud as the engine sees it: everything that it takes from this folder.

use crate::check::cloud::Cloud;
use crate::check::destination_quota::QUOTA;
use crate::check::operation::Operation;
use crate::finding::fact_reader::{Entry, FactMember};
#[cfg(feature = "schemars")]
use crate::huawei::answer_schemas;
use crate::huawei::editions::{EDITIONS, LIMITS};
use crate::huawei::facts::{BACKUP, COPIES_IN_FLIGHT, ECS, IMAGE, PROJECT_ID, SOURCE_REGION, VAULT};
use crate::huawei::provider::IMS;
use crate::huawei::region::REGIONS;
use crate::huawei::{
    backup_object, cross_region_copy, ecs_object, fields, image, image_capabilities, in_region_copy, quota_object,
    tags, whole_image,
};
use crate::message::message::message;
use crate::rule::rule::if_reference;

/// What can or cannot be done with an image, apart from the operations.
static CAPABILITIES: [&Operation; 2] = [&image_capabilities::EXPORT, &image_capabilities::SHARE];

/// Huawei Cloud.
pub(crate) const HUAWEI: Cloud = Cloud {
    provider: &IMS,
    operations: &[&cross_region_copy::OPERATION, &in_region_copy::OPERATION, &whole_image::OPERATION],
    capabilities: if_reference(&CAPABILITIES),
    limits: LIMITS,
    editions: EDITIONS,
    default_source: message(
        "The pages of the IMS API reference that the rules were written from, taken together: cross-region replication (English of 2024-04-17, Chinese of December 2022), in-region replication (English, undated), full-ECS images (English of 2024-04-17).",
        "编写规则所依据的镜像服务 API 参考各页面合并而成：跨区域复制（2024-04-17 英文版、2022 年 12 月中文版）、区域内复制（英文版，未注明日期）、制作整机镜像（2024-04-17 英文版）。",
    ),
    facts: &[
        FactMember::new("sourceRegion", Entry::Fact(SOURCE_REGION), "The region that the image is in."),
        FactMember::new("image", Entry::Group(&IMAGE), "The source image, as the caller says it is.")
            .about(&["image_id"]),
        FactMember::new(
            "imageObject",
            Entry::Object(image::read_object, &IMAGE),
            "The source image, as IMS, OpenStack, an SDK, Terraform or a disk shows it; what `image` says wins.",
        ),
        FactMember::new(
            "copiesInFlight",
            Entry::Fact(COPIES_IN_FLIGHT),
            "How many cross-region copies of this tenant run now.",
        ),
        FactMember::new("ecs", Entry::Group(&ECS), "The server that the image is created from.")
            .about(&["instance_id"]),
        FactMember::new("backup", Entry::Group(&BACKUP), "The backup that the image is created from.")
            .about(&["backup_id"]),
        FactMember::new("projectId", Entry::Fact(PROJECT_ID), "The project that the request is made in."),
        FactMember::new("vault", Entry::Group(&VAULT), "The vault that the request names.").about(&["vault_id"]),
        FactMember::new(
            "ecsObject",
            Entry::Object(ecs_object::read_object, &ECS),
            "The server, as the ECS API returns it; what `ecs` says wins.",
        ),
        FactMember::new(
            "backupObject",
            Entry::Object(backup_object::read_object, &BACKUP),
            "The backup, as the CBR API returns it; what `backup` says wins.",
        ),
        FactMember::new(
            "quotaObject",
            Entry::Object(quota_object::read_object, &QUOTA),
            "The answer of GET /v1/cloudimages/quota in the region that receives the image; what `destinationQuota` says wins.",
        ),
    ],
    #[cfg(feature = "schemars")]
    answers: &[
        ("ims.answer", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsAnswer>),
        ("ims.job", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsJob>),
        ("ims.refusal", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsRefusal>),
        ("ims.gateway-refusal", schemars::SchemaGenerator::subschema_for::<answer_schemas::GatewayRefusal>),
        ("ims.images", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsImages>),
        ("ims.quota", schemars::SchemaGenerator::subschema_for::<answer_schemas::ImsQuota>),
    ],
    regions: &REGIONS,
    messages: if_reference(&[
        &fields::MESSAGES,
        &tags::MESSAGES,
        &whole_image::MESSAGES,
        &image::MESSAGES,
        &ecs_object::MESSAGES,
        &backup_object::MESSAGES,
        &quota_object::MESSAGES,
        &[cross_region_copy::ANY_REGION, cross_region_copy::ANOTHER_REGION, cross_region_copy::THE_DESTINATION],
    ]),
};
