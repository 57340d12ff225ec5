//! `ims.cross-region-copy`: POST /v1/cloudimages/{image_id}/cross_region_copy (CopyImageCrossRegion).

use crate::check::evaluate::{evaluate_fields, evaluate_rules};
use crate::check::fields::fields;
use crate::check::operation::{Operation, assert_operation};
use crate::field::field::slot_of;
use crate::field::typed::Identifier;
use crate::field::{field, ids};
use crate::finding::implicit_rules::implicit_rules;
use crate::huawei::editions::is_no_limit;
use crate::huawei::fields::{Description, ImageName, RegionId};
use crate::huawei::limits::limit;
use crate::huawei::provider::IMS;
use crate::huawei::sources::{
    ATTRIBUTES, CROSS_REGION_2024, CROSS_REGION_2026, CROSS_REGION_ZH, DESCRIPTION_DISPUTED, DESCRIPTION_HOLDS,
    DESCRIPTION_WHY, FULL_ECS_FIX, IMAGE_ACTIVE, IMAGE_ID_HOLDS, IMAGE_ID_WHY, NAME_DISPUTED, NAME_HOLDS, NAME_WHY,
    PARTNER, USER_GUIDE,
};
use crate::huawei::{editions, facts};
use crate::message::message::{Message, message};
use crate::message::param::Param;
use crate::rule::context::Context;
use crate::rule::decision::Decision;
use crate::rule::fact::Fact;
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::rule::{Check, Rule, Stage, without_rationale};

pub(crate) static OPERATION: Operation = Operation {
    id: "ims.cross-region-copy",
    provider: &IMS,
    api_name: "CopyImageCrossRegion",
    title: message("Copy an image to another region", "跨区域复制镜像"),
    path_template: "/v1/cloudimages/{image_id}/cross_region_copy",
    path_template_for: None,
    path: &PATH,
    body: &BODY,
    path_keys: &field::keys(&PATH),
    body_keys: &field::keys(&BODY),
    own: implicit_rules!("ims.cross-region-copy", CROSS_REGION_2024.section("Request")),
    rules: &RULES,
    evaluate_fields: evaluate_fields!(PATH, BODY),
    evaluate_rules: evaluate_rules!(RULES),
    listed_images: None,
    across: |_, _| {},
    #[cfg(feature = "schemars")]
    schema: |generator| generator.subschema_for::<CrossRegionCopy>(),
    #[cfg(feature = "schemars")]
    examples: &[
        r#"{"name": "ims_copy_image", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy_agency"}"#,
        r#"{"name": "ims_copy_whole", "description": "整机镜像的副本", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy_agency", "vault_id": "6yhtb5df-1bc3-4c3f-893e-3e4716yhgt61"}"#,
    ],
};
const _: () = assert_operation(&OPERATION);

pub(crate) const REGION: usize = slot_of(&BODY, "region");
const VAULT_ID: usize = slot_of(&BODY, "vault_id");

fields! {
    operation OPERATION "ims.cross-region-copy";
    requests {
        /// A request to copy an image to another region.
        ///
        /// ```
        /// use image_preflight::{ByteSize, Facts, Verdict, huawei::{self, CrossRegionCopy, ImageFacts, Visibility}};
        /// let request = CrossRegionCopy::builder()
        ///     .image_id("465076de-dc36-4aec-80f5-ef9d8009428f")
        ///     .name("test-copy-1001-4")
        ///     .region("cn-south-1")
        ///     .project_name("cn-south-1")
        ///     .agency_name("ims_copy_image")
        ///     .build()?;
        /// let facts = Facts::from(huawei::Facts { source_region: Some("cn-north-4".into()), copies_in_flight: Some(0), image: ImageFacts {
        ///     full_ecs: Some(false), iso: Some(false), encrypted: Some(false), size: Some(ByteSize::gib(40)),
        ///     visibility: Some(Visibility::Private), status: Some("active".into()), ..ImageFacts::default()
        /// }, ..Default::default() });
        /// let report = request.check(&facts);
        /// assert_eq!(report.verdict(), Verdict::Allowed);
        /// assert_eq!(report.clear()?.path(), "/v1/cloudimages/465076de-dc36-4aec-80f5-ef9d8009428f/cross_region_copy");
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        CrossRegionCopy, CrossRegionCopyBuilder;
    }
    path {
        /// The image that is copied.
        image_id: Identifier = "image_id" {
            kind: ids::PATH_ID,
            holds: IMAGE_ID_HOLDS,
            why: IMAGE_ID_WHY,
            citations: &[CROSS_REGION_2024.section("URI"), CROSS_REGION_ZH.section("URI")],
        }
    }
    body {
        /// The name of the copy.
        name: ImageName = "name", mandatory {
            holds: NAME_HOLDS,
            why: NAME_WHY,
            disputed: NAME_DISPUTED,
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息"), ATTRIBUTES],
        }
        /// The description of the copy.
        description: Description = "description", optional {
            holds: DESCRIPTION_HOLDS,
            why: DESCRIPTION_WHY,
            disputed: DESCRIPTION_DISPUTED,
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息"), ATTRIBUTES],
        }
        /// The region that the image is copied to.
        region: RegionId = "region", mandatory {
            holds: message("The destination region is given.", "给出目的区域 ID。"),
            why: message(
                "The service refuses a region that it does not know (IMG.0147). New and partner regions appear, so an id that is in no list is only a warning.",
                "服务端会拒绝未知区域（IMG.0147）。新区域和合作伙伴区域会陆续出现，因此不在列表中的 ID 仅作警告。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息")],
        }
        /// The project in the destination region that the copy belongs to.
        project_name: Identifier = "project_name", mandatory {
            holds: message("The project in the destination region is named.", "给出目的区域的项目名称。"),
            why: message(
                "Without it, or with a wrong one, the copy is refused (IMG.0104, IMG.0145).",
                "缺少或填错时复制会被拒绝（IMG.0104、IMG.0145）。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息")],
        }
        /// The agency that lets IMS write to the destination region.
        agency_name: Identifier = "agency_name", mandatory {
            holds: message(
                "The agency is named that lets IMS work in the destination; it needs IMS Administrator (or Tenant Administrator) there.",
                "给出委托名称；该委托在目的区域须具备 IMS Administrator（或 Tenant Administrator）权限。",
            ),
            why: message(
                "IMS writes to the destination through this agency (IMG.0151, IMG.0179).",
                "IMS 通过该委托向目的区域写入镜像（IMG.0151、IMG.0179）。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息"), USER_GUIDE],
        }
        /// The vault in the destination region that the copy of a full-ECS image is kept in.
        vault_id: Identifier = "vault_id", optional {
            kind: ids::OPTIONAL_ID,
            holds: message("The vault's id, where it is given, is text.", "存储库 ID（如填写）为字符串。"),
            why: message(
                "The vault must be a server-backup vault of the replication type in the destination.",
                "该存储库须为目的区域中用于复制的云服务器备份存储库。",
            ),
            disputed: message(
                "The English page has this field, the Chinese one has not. Its own example is no UUID: it has letters beyond f, so only text is asked for.",
                "英文文档有该参数，中文文档没有。文档示例含有 f 以外的字母，并非 UUID，因此只要求是字符串。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), USER_GUIDE],
        }
    }
}

static RULES: [Rule; 10] = without_rationale([
    Rule {
        id: "ims.cross-region-copy.region-differs",
        holds: message("The destination region is not the source region.", "目的区域与源区域不同。"),
        why: message(
            "The service refuses a copy to where the image is (IMG.0142).",
            "目的区域与源区域相同时会被拒绝（IMG.0142）。",
        ),
        violated: message(
            "The destination region {region} is the region the image is in.",
            "目的区域 {region} 就是镜像所在的区域。",
        ),
        fix: message(
            "Choose another destination, or copy the image within its region.",
            "请选择其他目的区域，或改用区域内复制。",
        ),
        way_out: Some("ims.in-region-copy"),
        reads: &[facts::SOURCE_REGION],
        citations: &[CROSS_REGION_2024, CROSS_REGION_ZH],
        params: &["region"],
        needs: Stage::Destination,
        check: Check::Once(|context| {
            let Some(destination) = context.draft.text(REGION) else { return Decision::Satisfied };
            match context.fact(facts::SOURCE_REGION) {
                None => Decision::unknown(facts::SOURCE_REGION),
                Some(source) if destination.is(source) => {
                    Decision::violated(At::field(Section::Body, REGION, "region"))
                        .with("region", Param::UserText(destination.to_cow()))
                }
                Some(_) => Decision::Satisfied,
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.not-encrypted",
        holds: message("The source image is not encrypted.", "源镜像未加密。"),
        why: message(
            "An encrypted image never leaves its region (IMG.0143).",
            "加密镜像不支持跨区域复制（IMG.0143）。",
        ),
        violated: message(
            "The image is encrypted, and encrypted images cannot be copied to another region.",
            "该镜像已加密，加密镜像不支持跨区域复制。",
        ),
        fix: message(
            "Copy it within its region first, without `cmk_id`: that makes an unencrypted private image. Then copy that one.",
            "请先在本区域内复制该镜像且不填写 `cmk_id`，得到未加密的私有镜像，再跨区域复制新镜像。",
        ),
        way_out: Some("ims.in-region-copy"),
        reads: &[facts::IMAGE_ENCRYPTED],
        citations: &[CROSS_REGION_2024, CROSS_REGION_ZH, USER_GUIDE],
        check: Check::Once(|context| context.must_be(facts::IMAGE_ENCRYPTED, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.size-cap",
        holds: message(
            concat!(
                "The source image is at most ",
                limit!(large_region_gib),
                " GiB in cn-south-1, cn-east-3, cn-east-2 and cn-north-4, and at most ",
                limit!(cross_region_gib),
                " GiB in any other region; under the international editions at most ",
                limit!(cross_region_gib),
                " GiB everywhere."
            ),
            concat!(
                "源镜像在 cn-south-1、cn-east-3、cn-east-2、cn-north-4 不超过 ",
                limit!(large_region_gib),
                " GiB，在其他区域不超过 ",
                limit!(cross_region_gib),
                " GiB；按国际站各版文档，所有区域均不超过 ",
                limit!(cross_region_gib),
                " GiB。"
            ),
        ),
        why: message("The service refuses a larger image (IMG.0146).", "超出上限的镜像会被拒绝（IMG.0146）。"),
        disputed: Some(message(
            concat!(
                "The documents write GB and GiB for the same cap; here it is 2^30 bytes. The Chinese page knows four regions with ",
                limit!(large_region_gib),
                " GB; the international page of April 2024 knows ",
                limit!(cross_region_gib),
                " GB only: an edition tells which holds."
            ),
            concat!(
                "文档中同一上限有 GB、GiB 两种写法，这里按 2^30 字节计算。中文文档列出四个上限为 ",
                limit!(large_region_gib),
                " GB 的区域，2024 年 4 月的国际站文档只有 ",
                limit!(cross_region_gib),
                " GB：以所选的文档版本为准。"
            ),
        )),
        violated: message(
            "The image is {actualBytes}; at most {limitBytes} may leave {region}.",
            "镜像大小为 {actualBytes}，从{region}跨区域复制的上限为 {limitBytes}。",
        ),
        fix: message(
            "Make a smaller image, or move the data by another way; where the image is in another region too, copy it from there.",
            "请制作更小的镜像，或改用其他方式迁移数据；如其他区域已有该镜像，可从该区域复制。",
        ),
        reads: &[facts::SOURCE_REGION, facts::IMAGE_SIZE_BYTES],
        citations: &[CROSS_REGION_ZH, CROSS_REGION_2024, CROSS_REGION_2026],
        params: &["actualBytes", "limitBytes", "region"],
        check: Check::Once(size_cap),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.concurrent-limit",
        holds: message(
            concat!(
                "With this one, at most ",
                limit!(concurrent_copies),
                " images of the tenant are being copied across regions."
            ),
            concat!("加上本次，单租户同时进行的跨区域复制不超过 ", limit!(concurrent_copies), " 个。"),
        ),
        why: message(
            "The service refuses further copies until one ends (IMG.0149, IMG.0060).",
            "超出后须等已有任务结束，否则会被拒绝（IMG.0149、IMG.0060）。",
        ),
        violated: message(
            "{inFlight} copies run already; with this one there would be more than {limit}.",
            "已有 {inFlight} 个复制任务在进行，加上本次将超过 {limit} 个。",
        ),
        fix: message("Wait until one of them has ended.", "请等待其中一个任务结束后再提交。"),
        reads: &[facts::COPIES_IN_FLIGHT],
        citations: &[CROSS_REGION_2024, CROSS_REGION_ZH],
        params: &["inFlight", "limit"],
        check: Check::Once(|context| {
            let limit = context.edition.count(&editions::CONCURRENT_COPIES).unwrap_or(u64::MAX);
            match context.count(facts::COPIES_IN_FLIGHT) {
                None => Decision::unknown(facts::COPIES_IN_FLIGHT),
                Some(running) if running < limit => Decision::Satisfied,
                Some(running) => Decision::violated(context.at(facts::COPIES_IN_FLIGHT))
                    .with("inFlight", Param::count(running))
                    .with("limit", Param::count(limit)),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.not-iso",
        holds: message("The image was not made from an ISO file.", "镜像不是由 ISO 文件创建的。"),
        why: message("The service refuses ISO images (IMG.0167).", "ISO 镜像会被拒绝（IMG.0167）。"),
        violated: message(
            "The image was made from an ISO file; such images cannot be copied to another region.",
            "该镜像由 ISO 文件创建，不支持跨区域复制。",
        ),
        fix: message(
            "Install a server from the ISO image, make a system disk image of that server, and copy that.",
            "请用该 ISO 镜像安装云服务器，再由该云服务器制作系统盘镜像并复制。",
        ),
        reads: &[facts::IMAGE_ISO],
        citations: &[CROSS_REGION_2024, CROSS_REGION_ZH],
        check: Check::Once(|context| context.must_be(facts::IMAGE_ISO, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.private-image",
        holds: message("The source image is a private image.", "源镜像是私有镜像。"),
        why: message(
            "Only private images are copied across regions; shared ones are refused too (IMG.0196, IMG.0197).",
            "只有私有镜像可以跨区域复制，共享镜像同样会被拒绝（IMG.0196、IMG.0197）。",
        ),
        violated: message(
            "The image is of the kind {actual}; only private images can be copied to another region.",
            "镜像类型为 {actual}，只有私有镜像可以跨区域复制。",
        ),
        fix: message(
            "Create a server from it, make a private image of that server, and copy that.",
            "请用该镜像创建云服务器，由该云服务器制作私有镜像，再复制该私有镜像。",
        ),
        reads: &[facts::IMAGE_VISIBILITY],
        citations: &[CROSS_REGION_2024.section("Function"), CROSS_REGION_ZH.section("功能介绍"), USER_GUIDE],
        params: &["actual"],
        check: Check::Once(|context| context.must_be_one_of(facts::IMAGE_VISIBILITY, &["private"])),
        ..Rule::DEFAULT
    },
    Rule { id: "ims.cross-region-copy.image-active", ..IMAGE_ACTIVE },
    Rule {
        id: "ims.cross-region-copy.vault-for-full-ecs",
        holds: message("A full-ECS image is copied with a `vault_id`.", "复制整机镜像时填写了 `vault_id`。"),
        why: message(
            "The copy of a full-ECS image is kept as a backup in a vault of the destination.",
            "整机镜像复制后以备份形式保存在目的区域的存储库中。",
        ),
        violated: message(
            "The image is a full-ECS image, and no `vault_id` is given.",
            "该镜像为整机镜像，但未填写 `vault_id`。",
        ),
        fix: message(
            "Give the id of a server-backup vault of the replication type in the destination region.",
            "请填写目的区域中用于复制的云服务器备份存储库 ID。",
        ),
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[CROSS_REGION_2024.section("Request"), USER_GUIDE],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if context.draft.text(VAULT_ID).is_some() {
                return Decision::Satisfied;
            }
            match context.flag(facts::IMAGE_FULL_ECS) {
                None => Decision::unknown(facts::IMAGE_FULL_ECS),
                Some(false) => Decision::Satisfied,
                Some(true) => Decision::violated(At::field(Section::Body, VAULT_ID, "vault_id")),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.not-windows",
        holds: message(
            "Under the edition international-2026-01, the image is not a Windows image.",
            "按 international-2026-01 版文档，镜像不是 Windows 镜像。",
        ),
        why: message(
            "Since January 2026 the international site no longer copies Windows images.",
            "国际站自 2026 年 1 月起不再支持复制 Windows 镜像。",
        ),
        violated: message(
            "The image is a Windows image; the international site no longer copies those to another region.",
            "该镜像为 Windows 镜像，国际站已不再支持跨区域复制 Windows 镜像。",
        ),
        fix: message(
            "Make the image in the destination region, from a Windows server there.",
            "请在目的区域由当地的 Windows 云服务器制作镜像。",
        ),
        reads: &[facts::IMAGE_OS],
        citations: &[CROSS_REGION_2026],
        check: Check::Once(|context| {
            if context.edition.flag(&editions::WINDOWS_ACROSS_REGIONS) {
                Decision::Satisfied
            } else {
                not_windows(context)
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.full-ecs-refused",
        holds: message(
            "Under the editions of eu-west-0 and tr-central-201, the image is not a full-ECS image.",
            "按 eu-west-0、tr-central-201 的文档，镜像不是整机镜像。",
        ),
        why: message("These partner clouds never copy full-ECS images.", "这些合作伙伴云不支持复制整机镜像。"),
        violated: message(
            "The image is a full-ECS image; this cloud does not copy those.",
            "该镜像为整机镜像，此云不支持复制整机镜像。",
        ),
        fix: FULL_ECS_FIX,
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[PARTNER],
        check: Check::Once(|context| match context.edition.flag(&editions::FULL_ECS_ACROSS_REGIONS) {
            true => Decision::Satisfied,
            false => context.must_be(facts::IMAGE_FULL_ECS, false),
        }),
        ..Rule::DEFAULT
    },
]);

/// The rule that a Windows image is refused.
pub(crate) fn not_windows<'a>(context: &Context<'_, 'a>) -> Decision<'a> {
    match context.fact(facts::IMAGE_OS) {
        None => Decision::unknown(facts::IMAGE_OS),
        Some("windows") => Decision::violated(context.at(facts::IMAGE_OS)),
        Some(_) => Decision::Satisfied,
    }
}

/// What can be decided without a missing fact is decided. The destination is no source region: where the two were the
/// same, `region-differs` would be broken whatever the size.
fn size_cap<'a>(context: &Context<'_, 'a>) -> Decision<'a> {
    let size = context.count(facts::IMAGE_SIZE_BYTES);
    let source = context.fact(facts::SOURCE_REGION);
    let (least, most) = match source {
        Some(region) => {
            let cap = context.edition.cap_from(region);
            (cap, cap)
        }
        None => context.edition.caps_without(context.draft.text(REGION).map(crate::json::Text::to_cow).as_deref()),
    };
    let is_missing = |fact: Fact, missing: bool| missing.then(|| Missing::of(fact));
    match size {
        Some(size) if size <= least => Decision::Satisfied,
        None if is_no_limit(least) => Decision::Satisfied,
        Some(size) if size > most => Decision::violated(context.at(facts::IMAGE_SIZE_BYTES))
            .with("actualBytes", Param::Bytes(size))
            .with("limitBytes", Param::Bytes(most))
            .with("region", source.map_or(Param::Label("*", ANY_REGION), crate::rule::context::user_text)),
        size => {
            let region = is_missing(facts::SOURCE_REGION, source.is_none() && least < most);
            Decision::Unknown(region.into_iter().chain(is_missing(facts::IMAGE_SIZE_BYTES, size.is_none())).collect())
        }
    }
}

/// The source region, where it does not matter.
pub(crate) const ANY_REGION: Message = message("any region", "任何区域");
