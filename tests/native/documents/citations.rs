//! Citations: which document says what, rule by rule, in the order in which reports name them. Typed from the documents: titles and
//! dates from their heads, sections from their bodies, which rule from the columns of CONSTRAINTS.md.

use image_preflight::{Citation, Locale, rules};
use std::collections::BTreeSet;

/// A document: title, date, address.
type Document = (&'static str, &'static str, Option<&'static str>);

const RFC_8259: Document = (
    "RFC 8259: The JavaScript Object Notation (JSON) Data Interchange Format",
    "2017-12",
    Some("https://www.rfc-editor.org/rfc/rfc8259"),
);
const README: Document =
    ("image-preflight: README", "2026-11-21", Some("https://github.com/image-preflight/image-preflight#cases"));
const SEED_000: Document = (
    "Image Management Service API Reference: Replicating an Image Across Regions",
    "2024-04-17",
    Some("https://support.huaweicloud.com/intl/en-us/my-kualalumpur-1-api-ims/en-us_topic_0117857679.html"),
);
/// The page bears no date.
const SEED_001: Document = (
    "Image Management Service API Reference: Replicating an Image Within a Region",
    "undated",
    Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0627.html"),
);
/// The page bears no date; the repository that publishes it is of December 2022.
const SEED_002: Document =
    ("镜像服务 API参考：跨Region复制镜像", "2022-12", Some("https://support.huaweicloud.com/api-ims/ims_03_0628.html"));
/// The page bears no date.
const SEED_003: Document =
    ("京东云 云主机 API：copyImages", "undated", Some("https://docs.jdcloud.com/cn/virtual-machines/api/copyimages"));
const SEED_004: Document = (
    "Image Management Service API Reference: Creating a Full-ECS Image",
    "2024-04-17",
    Some("https://support.huaweicloud.com/intl/en-us/ae-ad-1-api-ims/en-us_topic_0092380109.html"),
);
/// [Z22]: the repository.
const REPOSITORY: Option<&str> = Some("https://github.com/huaweicloudDocs/ims");
const Z22_API: Document = ("镜像服务 API参考", "2022-12", REPOSITORY);
/// [Z22]: the page on the copy within a region.
const Z22_WITHIN: Document =
    ("镜像服务 API参考：Region内复制镜像", "2022-12", Some("https://support.huaweicloud.com/api-ims/ims_03_0627.html"));
/// [Z22]: ims_03_0903.
const Z22_SHARING: Document = (
    "镜像服务 API参考：镜像共享的约束限制",
    "2022-12",
    Some("https://support.huaweicloud.com/api-ims/ims_03_0903.html"),
);
/// [OTC26].
const OTC26_SHARING: Document = (
    "Image Management Service API Reference (Open Telekom Cloud): Restrictions on Image Sharing",
    "2026-04",
    Some(
        "https://docs.otc.t-systems.com/image-management-service/api-ref/common_parameters/restrictions_on_image_sharing.html",
    ),
);
/// [EU24].
const EU24_WHOLE: Document = (
    "Image Management Service API Reference (Europe): Creating a Full-ECS Image",
    "2024-07-12",
    Some("https://support.huaweicloud.com/eu/api-ims/ims_03_0607.html"),
);
/// [I26]: the user guide on copies within a region.
const I26_WITHIN_GUIDE: Document = (
    "Image Management Service User Guide: Replicating Images Within a Region",
    "2026-06-30",
    Some("https://support.huaweicloud.com/intl/en-us/usermanual-ims/ims_01_0331.html"),
);
/// [Z22]: the table of error codes.
const Z22_ERRORS: Document =
    ("镜像服务 API参考：错误码", "2022-12", Some("https://support.huaweicloud.com/api-ims/ErrorCode.html"));
/// [I26]: the user guide on full-ECS images.
const I26_FULL_ECS: Document = (
    "Image Management Service User Guide: Creating a Full-ECS Image from an ECS",
    "2026-06-30",
    Some("https://support.huaweicloud.com/intl/en-us/usermanual-ims/ims_01_0216.html"),
);
/// [I26]: the user guide on copies to another region.
const I26_REPLICATION: Document = (
    "Image Management Service User Guide: Replicating Images Across Regions",
    "2024-04-16",
    Some("https://support.huaweicloud.com/intl/en-us/usermanual-ims/ims_01_0332.html"),
);
/// [I26]: the page of the newer address.
const I26_SAFE_MODE: Document = (
    "Image Management Service API Reference: Replicating an Image Within a Region (New)",
    "2026-01-19",
    Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0627_1.html"),
);
/// [I26]: the page of an image's attributes.
const I26_ATTRIBUTES: Document = (
    "Image Management Service API Reference: Image Attributes",
    "2025-04-21",
    Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_appendix_09.html"),
);
/// [IAM25].
const IAM25: Document = (
    "Identity and Access Management API Reference: Creating a Project",
    "2025-12-27",
    Some("https://support.huaweicloud.com/intl/en-us/api-iam/iam_06_0004.html"),
);
/// [EU24].
const EU24: Document = (
    "Image Management Service FAQ (Europe): Can I Use Private Images in Different Regions?",
    "2024-07-12",
    Some("https://support.huaweicloud.com/eu/ims_faq/faq_20190802_2.html"),
);
/// [EU24]: faq_202503_1, on the policies of an agency.
const EU25_AGENCY: Document = (
    "Image Management Service FAQ (Europe): How Do I Limit Agency Permissions for Cross-Region Image Replication?",
    "2025-05-06",
    Some("https://support.huaweicloud.com/eu/ims_faq/faq_202503_1.html"),
);
/// [TF26].
const TF26: Document = (
    "terraform-provider-huaweicloud: huaweicloud_images_image_copy",
    "2026-08",
    Some(
        "https://github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/docs/resources/images_image_copy.md",
    ),
);
/// [Z22].
const Z22_GUIDE: Document = ("镜像服务 用户指南", "2022-12", REPOSITORY);
/// [I26].
const I26_ACROSS: Document =
    (SEED_000.0, "2026-01-19", Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0628.html"));
/// [I26]: the page on which the sentence on Windows images is oldest.
const I25_ACROSS: Document = (SEED_000.0, "2025-02-26", None);
/// [I26]: the page on full-ECS images.
const I25_WHOLE: Document = (
    "Image Management Service API Reference: Creating a Full-ECS Image",
    "2025-04-21",
    Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0607.html"),
);
/// [Z22]: the page on full-ECS images.
const Z22_WHOLE: Document =
    ("镜像服务 API参考：制作整机镜像", "2022-12", Some("https://support.huaweicloud.com/api-ims/ims_03_0607.html"));
/// [OTC26].
const OTC26_WHOLE: Document = (
    "Image Management Service API Reference (Open Telekom Cloud): Creating a Full-ECS Image",
    "2026-04",
    Some(
        "https://docs.otc.t-systems.com/image-management-service/api-ref/ims_apis/image/creating_a_full-ecs_image.html",
    ),
);
/// [OTC26]: its chapter on replication has one page, on that within a region.
const OTC26_REPLICATION: Document = (
    "Image Management Service API Reference (Open Telekom Cloud): Image Replication",
    "2026-04",
    Some("https://docs.otc.t-systems.com/image-management-service/api-ref/ims_apis/image_replication/index.html"),
);
/// The partner page of eu-west-0.
const EU_WEST_0: Document = (
    "Image Management Service API Reference (eu-west-0): Replicating an Image Within a Region",
    "2024-03-01",
    Some("https://support.huaweicloud.com/intl/en-us/eu-west-0-api-ims/en-us_topic_0049147856.html"),
);
/// The limits of the product page.
const PRODUCT_PAGE: Document = (
    "Image Management Service: Service Overview",
    "2025-10-22",
    Some("https://support.huaweicloud.com/intl/en-us/productdesc-ims/ims_01_0005.html"),
);
/// The partner cloud eu-west-0: a full-ECS image cannot be exported, replicated, or shared.
const EU_WEST_0_LIMITS: Document = (
    "Image Management Service User Guide (eu-west-0): Constraints",
    "2024-03-01",
    Some("https://support.huaweicloud.com/intl/en-us/eu-west-0-usermanual-ims/en-us_topic_0192505040.html"),
);
/// The partner cloud tr-central-201.
const TR_CENTRAL: Document =
    ("Image Management Service API Reference (tr-central-201): Creating a Full-ECS Image", "2024-04-16", None);
/// [SDK].
const SDK: Document = (
    "jdcloud_sdk 1.6.354 (Python): CopyImagesRequest",
    "2024-11",
    Some("https://github.com/jdcloud-api/jdcloud-sdk-python"),
);

/// Sections of seed 004.
const OF_ECS: &str = "Constraints (Creating a Full-ECS Image Using an ECS)";
const OF_BACKUP: &str = "Constraints (Creating a Full-ECS Image Using a CBR Backup)";
/// A section of the constraints of eu-west-0.
const ON_CREATING: &str = "Constraints on creating a private image";
/// The section of the product page.
const LIMITS: &str = "Notes and Constraints";
/// A section of the user guide.
const COPYING: &str = "跨区域复制镜像";
/// Another.
const WITHIN: &str = "区域内复制镜像";

/// What a rule cites: the document, and the section of it.
type Cites = &'static [(&'static Document, &'static str)];

/// Every rule, in the order of the catalogue.
#[rustfmt::skip]
const CITED: &[(&str, Cites)] = &[
    ("case.syntax", &[(&RFC_8259, "2 and 4")]),
    ("case.operation", &[(&README, "Cases")]),
    ("case.path", &[(&README, "Cases")]),
    ("case.body", &[(&README, "Cases")]),
    ("case.facts", &[(&README, "Cases")]),
    ("case.edition", &[(&README, "Cases")]),
    ("case.unknown", &[(&README, "Cases")]),
    ("case.strict", &[(&README, "Cases")]),
    ("case.unknown-field", &[(&README, "Cases")]),
    ("case.duplicate-field", &[(&RFC_8259, "2 and 4")]),
    ("case.too-many-findings", &[(&README, "Cases")]),
    ("ims.cross-region-copy.image_id", &[(&SEED_000, "URI"), (&SEED_002, "URI")]),
    ("ims.cross-region-copy.name", &[(&SEED_000, "Request"), (&SEED_002, "请求消息"), (&Z22_API, "镜像属性")]),
    ("ims.cross-region-copy.description", &[(&SEED_000, "Request"), (&SEED_002, "请求消息"), (&Z22_API, "镜像属性")]),
    ("ims.cross-region-copy.region", &[(&SEED_000, "Request"), (&SEED_002, "请求消息")]),
    ("ims.cross-region-copy.project_name", &[(&SEED_000, "Request"), (&SEED_002, "请求消息")]),
    ("ims.cross-region-copy.agency_name", &[(&SEED_000, "Request"), (&SEED_002, "请求消息"), (&EU25_AGENCY, "Procedure"), (&Z22_GUIDE, COPYING), (&Z22_ERRORS, "错误码")]),
    ("ims.cross-region-copy.vault_id", &[(&SEED_000, "Request"), (&Z22_GUIDE, COPYING)]),
    ("ims.cross-region-copy.unknown-field", &[(&SEED_000, "Request")]),
    ("ims.cross-region-copy.duplicate-field", &[(&RFC_8259, "2 and 4")]),
    ("ims.cross-region-copy.offered", &[(&OTC26_REPLICATION, "Replicating an Image Within a Region"), (&EU_WEST_0, "Constraints")]),
    ("ims.cross-region-copy.region-differs", &[(&SEED_000, "Constraints"), (&SEED_002, "约束与限制")]),
    ("ims.cross-region-copy.not-encrypted", &[(&SEED_000, "Constraints"), (&SEED_002, "约束与限制"), (&Z22_GUIDE, COPYING)]),
    ("ims.cross-region-copy.size-cap", &[(&SEED_002, "约束与限制"), (&SEED_000, "Constraints"), (&I26_ACROSS, "Constraints")]),
    ("ims.cross-region-copy.concurrent-limit", &[(&SEED_000, "Constraints"), (&SEED_002, "约束与限制")]),
    ("ims.cross-region-copy.not-iso", &[(&SEED_000, "Constraints"), (&SEED_002, "约束与限制")]),
    ("ims.cross-region-copy.private-image", &[(&SEED_000, "Function"), (&SEED_002, "功能介绍"), (&Z22_GUIDE, COPYING)]),
    ("ims.cross-region-copy.image-active", &[(&Z22_GUIDE, COPYING), (&Z22_API, "镜像属性")]),
    ("ims.cross-region-copy.vault-for-full-ecs", &[(&SEED_000, "Request"), (&Z22_GUIDE, COPYING)]),
    ("ims.cross-region-copy.not-windows", &[(&I25_ACROSS, "Function"), (&I26_ACROSS, "Function")]),
    ("ims.cross-region-copy.full-ecs-refused", &[(&EU_WEST_0_LIMITS, ON_CREATING), (&TR_CENTRAL, "Constraints"), (&OTC26_WHOLE, "Constraints (Creating a Full-ECS Image from an ECS)")]),
    ("ims.cross-region-copy.project-of-destination", &[(&IAM25, "Request"), (&SEED_000, "Request")]),
    ("ims.cross-region-copy.same-site", &[(&EU24, "Answer")]),
    ("ims.cross-region-copy.full-ecs-regions", &[(&Z22_GUIDE, COPYING)]),
    ("ims.cross-region-copy.regions-without-copies", &[(&Z22_GUIDE, COPYING)]),
    ("ims.cross-region-copy.full-ecs-once", &[(&I25_WHOLE, OF_ECS), (&EU24_WHOLE, OF_ECS)]),
    ("ims.cross-region-copy.vault-in-destination", &[(&TF26, "Argument Reference"), (&Z22_GUIDE, COPYING)]),
    ("ims.cross-region-copy.image-quota", &[(&Z22_ERRORS, "错误码"), (&PRODUCT_PAGE, LIMITS)]),
    ("ims.cross-region-copy.backup-billed", &[(&Z22_GUIDE, COPYING), (&I26_REPLICATION, "Background")]),
    ("ims.cross-region-copy.same-type", &[(&SEED_000, "Function"), (&SEED_002, "功能介绍")]),
    ("ims.in-region-copy.image_id", &[(&SEED_001, "URI")]),
    ("ims.in-region-copy.name", &[(&SEED_001, "Request"), (&Z22_API, "镜像属性")]),
    ("ims.in-region-copy.description", &[(&SEED_001, "Request"), (&Z22_API, "镜像属性")]),
    ("ims.in-region-copy.cmk_id", &[(&SEED_001, "Request")]),
    ("ims.in-region-copy.enterprise_project_id", &[(&SEED_001, "Request")]),
    ("ims.in-region-copy.unknown-field", &[(&SEED_001, "Request")]),
    ("ims.in-region-copy.duplicate-field", &[(&RFC_8259, "2 and 4")]),
    ("ims.in-region-copy.not-full-ecs", &[(&SEED_001, "Constraints"), (&SEED_004, OF_ECS)]),
    ("ims.in-region-copy.not-iso", &[(&SEED_001, "Constraints")]),
    ("ims.in-region-copy.not-windows", &[(&SEED_001, "Function")]),
    ("ims.in-region-copy.image-active", &[(&Z22_WITHIN, "约束与限制"), (&Z22_GUIDE, WITHIN), (&Z22_API, "镜像属性")]),
    ("ims.in-region-copy.private-image", &[(&EU24, "Answer")]),
    ("ims.in-region-copy.size-cap", &[(&I26_SAFE_MODE, "Constraints"), (&I26_WITHIN_GUIDE, "Constraints")]),
    ("ims.in-region-copy.shared-accepted", &[(&Z22_GUIDE, WITHIN), (&Z22_ERRORS, "错误码")]),
    ("ims.in-region-copy.shared-size-cap", &[(&Z22_GUIDE, WITHIN)]),
    ("ims.in-region-copy.shared-not-encrypted", &[(&Z22_GUIDE, WITHIN), (&Z22_ERRORS, "错误码")]),
    ("ims.in-region-copy.bare-metal-not-encrypted", &[(&Z22_ERRORS, "错误码")]),
    ("ims.in-region-copy.image-quota", &[(&Z22_ERRORS, "错误码"), (&PRODUCT_PAGE, LIMITS)]),
    ("ims.cross-region-copy.enterprise-project", &[(&I26_ATTRIBUTES, "enterprise_project_id")]),
    ("ims.in-region-copy.enterprise-project", &[(&I26_ATTRIBUTES, "enterprise_project_id")]),
    ("ims.in-region-copy.kms-permission", &[(&I26_SAFE_MODE, "Constraints")]),
    ("ims.whole-image.name", &[(&SEED_004, "Request"), (&Z22_API, "镜像属性")]),
    ("ims.whole-image.description", &[(&SEED_004, "Request"), (&Z22_API, "镜像属性")]),
    ("ims.whole-image.tags", &[(&SEED_004, "Request"), (&Z22_API, "标签数据格式")]),
    ("ims.whole-image.image_tags", &[(&SEED_004, "Request"), (&Z22_API, "标签数据格式")]),
    ("ims.whole-image.instance_id", &[(&SEED_004, "Request")]),
    ("ims.whole-image.vault_id", &[(&SEED_004, "Request"), (&Z22_WHOLE, "请求消息"), (&OTC26_WHOLE, "Request")]),
    ("ims.whole-image.backup_id", &[(&SEED_004, "Request")]),
    ("ims.whole-image.whole_image_type", &[(&SEED_004, "Request"), (&Z22_WHOLE, "请求消息"), (&OTC26_WHOLE, "Request")]),
    ("ims.whole-image.min_ram", &[(&SEED_004, "Request")]),
    ("ims.whole-image.max_ram", &[(&SEED_004, "Request")]),
    ("ims.whole-image.enterprise_project_id", &[(&Z22_API, "制作整机镜像")]),
    ("ims.whole-image.unknown-field", &[(&SEED_004, "Request")]),
    ("ims.whole-image.duplicate-field", &[(&RFC_8259, "2 and 4")]),
    ("ims.whole-image.source-configured", &[(&SEED_004, OF_ECS), (&SEED_004, OF_BACKUP)]),
    ("ims.whole-image.no-spanned-volume", &[(&SEED_004, OF_ECS)]),
    ("ims.whole-image.no-multi-disk-lvm", &[(&SEED_004, OF_ECS)]),
    ("ims.whole-image.san-policy", &[(&SEED_004, OF_ECS)]),
    ("ims.whole-image.backup-single-use", &[(&SEED_004, OF_BACKUP)]),
    ("ims.whole-image.keep-stopped", &[(&SEED_004, OF_BACKUP), (&I26_FULL_ECS, "Background")]),
    ("ims.whole-image.shared-backup-image", &[(&SEED_004, OF_BACKUP)]),
    ("ims.whole-image.ecs-state", &[(&I26_FULL_ECS, "Constraints"), (&Z22_ERRORS, "错误码")]),
    ("ims.whole-image.no-dss-disk", &[(&I26_FULL_ECS, "Constraints"), (&Z22_ERRORS, "错误码")]),
    ("ims.whole-image.backup-available", &[(&Z22_ERRORS, "错误码")]),
    ("ims.whole-image.image-quota", &[(&Z22_ERRORS, "错误码"), (&PRODUCT_PAGE, LIMITS)]),
    ("ims.whole-image.not-windows", &[(&I25_WHOLE, "Function")]),
    ("ims.whole-image.other-variant", &[(&SEED_004, "Request")]),
    ("jd.copy-images.regionId", &[(&SEED_003, "请求地址"), (&SEED_003, "返回码"), (&SDK, "CopyImagesParameters")]),
    ("jd.copy-images.sourceImageIds", &[(&SEED_003, "请求参数")]),
    ("jd.copy-images.destinationRegion", &[(&SEED_003, "请求参数"), (&SEED_003, "返回码")]),
    ("jd.copy-images.name", &[(&SDK, "CopyImagesParameters")]),
    ("jd.copy-images.description", &[(&SDK, "CopyImagesParameters")]),
    ("jd.copy-images.unknown-field", &[(&SEED_003, "请求参数")]),
    ("jd.copy-images.duplicate-field", &[(&RFC_8259, "2 and 4")]),
    ("jd.copy-images.region-differs", &[(&SEED_003, "接口说明"), (&SDK, "CopyImagesParameters")]),
    ("jd.copy-images.private-image", &[(&SEED_003, "接口说明"), (&SEED_003, "返回码"), (&SDK, "CopyImagesParameters")]),
    ("jd.copy-images.cloud-disk-system-image", &[(&SEED_003, "接口说明"), (&SEED_003, "返回码")]),
    ("jd.copy-images.ready", &[(&SEED_003, "接口说明"), (&SEED_003, "返回码")]),
    ("jd.copy-images.no-encrypted-snapshot", &[(&SEED_003, "接口说明"), (&SEED_003, "返回码")]),
    ("jd.copy-images.not-busy", &[(&SEED_003, "返回码")]),
    ("jd.copy-images.image-quota", &[(&SEED_003, "接口说明"), (&SEED_003, "返回码")]),
    ("jd.copy-images.snapshot-quota", &[(&SEED_003, "接口说明"), (&SEED_003, "返回码")]),
    ("image.export.not-full-ecs", &[(&SEED_004, OF_ECS), (&SEED_004, OF_BACKUP)]),
    ("image.export.not-iso", &[(&PRODUCT_PAGE, LIMITS)]),
    ("image.export.not-public", &[(&PRODUCT_PAGE, LIMITS)]),
    ("image.export.size-cap", &[(&Z22_ERRORS, "错误码"), (&PRODUCT_PAGE, LIMITS)]),
    ("image.export.not-marketplace", &[(&Z22_ERRORS, "错误码")]),
    ("image.export.image-active", &[(&Z22_GUIDE, COPYING), (&Z22_API, "镜像属性")]),
    ("image.share.not-from-shared-backup", &[(&SEED_004, OF_BACKUP)]),
    ("image.share.private-image", &[(&Z22_SHARING, "约束与限制"), (&OTC26_SHARING, "Constraints")]),
    ("image.share.not-encrypted", &[(&Z22_SHARING, "约束与限制"), (&OTC26_SHARING, "Constraints")]),
    ("image.share.full-ecs-refused", &[(&EU_WEST_0_LIMITS, ON_CREATING)]),
];

/// Documents without a date or an address, and why.
const WITHOUT: [(&str, &str); 4] = [
    (SEED_001.0, "the page bears no date"),
    (SEED_003.0, "the page bears no date"),
    (I25_ACROSS.0, "of the page of 2025-02-26 only the name es-us_topic_0117857679 is known"),
    (TR_CENTRAL.0, "only the date of the page is known"),
];

/// A citation says when and where, or it is known why not.
#[test]
fn every_citation_has_a_date_and_an_address_or_a_reason() {
    let mut lacking = BTreeSet::new();
    for citation in rules().flat_map(|rule| rule.citations) {
        let is_dated = citation.date.starts_with("20") && citation.date.len() >= "2022-12".len();
        let has_address = citation.url.is_some_and(|url| url.starts_with("https://"));
        if !is_dated || !has_address {
            let reason = WITHOUT.iter().find(|(document, _)| *document == citation.document);
            assert!(reason.is_some(), "{citation:?} has no date or no address: say why");
            lacking.insert(citation.document);
        }
        // What has no date says so in the reader's language.
        assert_eq!(citation.date_text(Locale::CHINESE) == citation.date, is_dated, "{citation:?}");
        assert_eq!(citation.date_text(Locale::ENGLISH), citation.date);
    }
    assert_eq!(lacking.len(), WITHOUT.len(), "{lacking:#?}");
}

/// In each language the documents in that language come first, in the order of the rule, and none is lost.
#[test]
fn the_documents_in_the_reader_s_language_come_first() {
    let is_chinese = |citation: &&Citation| citation.document.chars().any(|c| c >= '\u{4e00}');
    for rule in rules() {
        for (locale, chinese_first) in [(Locale::ENGLISH, false), (Locale::CHINESE, true)] {
            let (own, others): (Vec<&Citation>, Vec<&Citation>) =
                rule.citations.iter().partition(|citation| is_chinese(citation) == chinese_first);
            assert_eq!(rule.citations_in(locale).collect::<Vec<_>>(), [own, others].concat(), "{}", rule.id);
        }
    }
}

#[test]
fn every_rule_cites_what_the_documents_say() {
    let typed = |(document, section): &(&Document, &'static str)| (document.0, document.1, *section, document.2);
    let cited = |citation: &Citation| (citation.document, citation.date, citation.section, citation.url);
    for (id, cites) in CITED {
        let rule = rules().find(|rule| rule.id == *id).unwrap_or_else(|| panic!("there is no rule {id}"));
        let found: Vec<_> = rule.citations.iter().map(cited).collect();
        assert_eq!(found, cites.iter().map(typed).collect::<Vec<_>>(), "{id}");
    }
    let known: BTreeSet<_> = CITED.iter().map(|(id, _)| *id).collect();
    assert_eq!(known.len(), CITED.len());
    let uncited: Vec<_> = rules().map(|rule| rule.id).filter(|id| !known.contains(id)).collect();
    assert_eq!(uncited, [""; 0], "type what these cite from the documents");
}

/// A rule that the table of CONSTRAINTS.md decides by a seed document cites that document.
#[test]
fn a_rule_of_a_seed_document_cites_it() {
    let of = |id: &str| CITED.iter().find(|(known, _)| *known == id).unwrap_or_else(|| panic!("there is no {id}")).1;
    // From CONSTRAINTS.md: the rows whose source is a seed alone.
    for (seed, ids) in [
        (
            &SEED_000,
            &[
                "region-differs",
                "not-encrypted",
                "size-cap",
                "concurrent-limit",
                "not-iso",
                "private-image",
                "vault-for-full-ecs",
            ]
            .map(|rule| format!("ims.cross-region-copy.{rule}"))[..],
        ),
        (
            &SEED_002,
            &["region-differs", "not-encrypted", "size-cap", "concurrent-limit", "not-iso", "private-image"]
                .map(|rule| format!("ims.cross-region-copy.{rule}")),
        ),
        (
            &SEED_001,
            &[
                "not-full-ecs",
                "not-iso",
                "not-windows",
                "image_id",
                "name",
                "description",
                "cmk_id",
                "enterprise_project_id",
            ]
            .map(|rule| format!("ims.in-region-copy.{rule}")),
        ),
        (
            &SEED_004,
            &[
                "ims.whole-image.source-configured",
                "ims.whole-image.no-spanned-volume",
                "ims.whole-image.no-multi-disk-lvm",
                "ims.whole-image.san-policy",
                "ims.whole-image.backup-single-use",
                "ims.whole-image.keep-stopped",
                "ims.whole-image.shared-backup-image",
                "ims.in-region-copy.not-full-ecs",
                "image.export.not-full-ecs",
                "image.share.not-from-shared-backup",
            ]
            .map(str::to_owned),
        ),
        (
            &SEED_003,
            &[
                "region-differs",
                "private-image",
                "cloud-disk-system-image",
                "ready",
                "no-encrypted-snapshot",
                "image-quota",
                "snapshot-quota",
                "not-busy",
                "regionId",
                "sourceImageIds",
                "destinationRegion",
            ]
            .map(|rule| format!("jd.copy-images.{rule}")),
        ),
    ] {
        for id in ids {
            assert!(of(id).iter().any(|(document, _)| *document == seed), "{id} cites {}", seed.0);
        }
    }
}
