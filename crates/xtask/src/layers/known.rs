//! The breaks that are known.

use super::Known;

/// Breaks that are known and being worked on: a file, and what it imports or names. Each must still occur, or else the check fails:
/// then remove it from the list.
pub(super) const KNOWN: Known<'_> = &[
    ("capability.rs", &["huawei"]),
    ("catalogue.rs", &["crate::explain", "catalogue.rs -> explain.rs -> catalogue.rs"]),
    (
        "check/body_schema.rs",
        &["check/body_schema.rs -> check/operation.rs -> check/request.rs -> check/body_schema.rs"],
    ),
    ("check/operation.rs", &["check/operation.rs -> check/provider.rs -> check/refusal.rs -> check/operation.rs"]),
    ("check/problem.rs", &["check/problem.rs -> check/report.rs -> check/problem.rs"]),
    (
        "check/request.rs",
        &[
            "crate::huawei::cross_region_copy::CrossRegionCopy",
            "crate::huawei::in_region_copy::InRegionCopy",
            "crate::huawei::whole_image::WholeImageFromBackup",
            "crate::huawei::whole_image::WholeImageFromEcs",
            "crate::jdcloud::copy_images::CopyImages",
            "huawei",
            "jdcloud",
        ],
    ),
    ("explain.rs", &["huawei", "jdcloud"]),
    ("field/field.rs", &["field/field.rs -> field/kind.rs -> field/field.rs"]),
    (
        "field/ids.rs",
        &[
            "crate::finding::findings::MAX_FINDINGS",
            "crate::huawei",
            "crate::jdcloud",
            "huawei",
            "jdcloud",
            "jd_region",
        ],
    ),
    ("field/tags.rs", &["crate::finding::findings::MAX_FINDINGS"]),
    ("field/text.rs", &["jd_name", "jd_description"]),
    ("field/typed.rs", &["JdName", "JdDescription"]),
    ("finding/case_rules.rs", &["finding/case_rules.rs -> finding/findings.rs -> finding/case_rules.rs"]),
    (
        "finding/fact_reader.rs",
        &[
            "crate::huawei::image::ObjectPlace",
            "crate::input::packed::Parts",
            "crate::jdcloud::image::ImageObject",
            "crate::huawei",
            "crate::jdcloud",
            "huawei",
            "jdcloud",
        ],
    ),
    ("finding/findings.rs", &["crate::check::report::Verdict"]),
    ("finding/repeated.rs", &["crate::check::operation::Operation", "crate::input::text"]),
    (
        "huawei/cross_region_copy.rs",
        &["huawei/cross_region_copy.rs -> huawei/provider.rs -> huawei/cross_region_copy.rs"],
    ),
    (
        "huawei/image_capabilities.rs",
        &["huawei/image_capabilities.rs -> huawei/provider.rs -> huawei/image_capabilities.rs"],
    ),
    ("huawei/in_region_copy.rs", &["huawei/in_region_copy.rs -> huawei/provider.rs -> huawei/in_region_copy.rs"]),
    ("huawei/provider.rs", &["huawei/provider.rs -> huawei/whole_image.rs -> huawei/provider.rs"]),
    ("input/facts.rs", &["huawei", "input/facts.rs -> input/packed.rs -> input/facts.rs"]),
    ("jdcloud/copy_images.rs", &["jdcloud/copy_images.rs -> jdcloud/provider.rs -> jdcloud/copy_images.rs"]),
    ("json/reader.rs", &["json/reader.rs -> json/repeats.rs -> json/reader.rs"]),
    ("json/value.rs", &["json/value.rs -> json/walk.rs -> json/value.rs"]),
    ("rule/context.rs", &["crate::jdcloud", "jdcloud", "jd_image"]),
    ("rule/draft.rs", &["crate::check::operation::Operation", "crate::huawei::image::ObjectPlace", "huawei"]),
    ("rule/edition.rs", &["crate::field::numbers::ByteSize", "jd_same_region", "jd_shared_images"]),
    (
        "rule/fact.rs",
        &[
            "crate::field::numbers::ByteSize",
            "crate::huawei::facts::EcsState",
            "crate::huawei::facts::SanPolicy",
            "crate::huawei",
            "crate::jdcloud",
            "huawei",
            "jdcloud",
            "rule/fact.rs -> rule/facts.rs -> rule/fact.rs",
        ],
    ),
    (
        "rule/facts.rs",
        &[
            "crate::field::numbers::ByteSize",
            "crate::huawei::facts::BackupFacts",
            "crate::huawei::facts::EcsFacts",
            "crate::huawei::facts::EcsState",
            "crate::huawei::facts::SanPolicy",
            "crate::jdcloud::facts::QuotaFacts",
            "crate::huawei",
            "crate::jdcloud",
            "huawei",
            "jdcloud",
            "jd_image",
        ],
    ),
    ("schema/answers.rs", &["JdAnswer", "JdResult", "JdCopiedImage", "JdRefusal", "JdError"]),
    ("schema/case.rs", &["schema/case.rs -> schema/names.rs -> schema/mod.rs -> schema/case.rs"]),
    ("schema/mod.rs", &["JdAnswer", "JdRefusal", "schema/mod.rs -> schema/names.rs -> schema/mod.rs"]),
    ("schema/report.rs", &["huawei"]),
];
