//! `ims.cross-region-copy`: POST /v1/cloudimages/{image_id}/cross_region_copy (CopyImageCrossRegion).

#[cfg(feature = "schemars")]
use crate::check::body_schema;
use crate::check::evaluate::{evaluate_fields, evaluate_rules};
use crate::check::fields::fields;
use crate::check::operation::{Operation, assert_operation, reads, when_allowed};
#[cfg(feature = "reference")]
use crate::check::scheduling::{AtOnce, Made, OneAtATime, Preparation, Scheduling};
use crate::field::field::slot_of;
use crate::field::region::Region;
use crate::field::typed::Identifier;
use crate::field::{field, ids};
use crate::finding::implicit_rules::implicit_rules;
use crate::huawei::editions::is_no_limit;
use crate::huawei::fields::{Description, ImageName, RegionId};
use crate::huawei::limits::limit;
use crate::huawei::provider::IMS;
use crate::huawei::region::{KNOWN, RegionSet, is_same_region, region, site};
use crate::huawei::sources::{
    AGENCY_POLICIES, ATTRIBUTES, CROSS_REGION_2024, CROSS_REGION_2025, CROSS_REGION_2026, CROSS_REGION_ZH,
    DESCRIPTION_ABOUT, DESCRIPTION_HOLDS, DESCRIPTION_LABEL, DESCRIPTION_WHY, ENTERPRISE_PROJECTS, ERROR_TABLE,
    FULL_ECS_FIX, GUIDE_EU_WEST_0, IAM_PROJECTS, IMAGE_ACTIVE, IMAGE_ID_ABOUT, IMAGE_ID_HOLDS, IMAGE_ID_WHY,
    IMAGE_QUOTA, IN_REGION_EU_WEST_0, IN_REGION_OTC, NAME_ABOUT, NAME_DISPUTED, NAME_HOLDS, NAME_LABEL, NAME_WHY,
    NO_WINDOWS_FIX, OF_ECS, PARTNER_TR, REPLICATION_GUIDE, SITES, SOURCE_IMAGE_LABEL, TERRAFORM, USER_GUIDE,
    VAULT_LABEL, WHOLE_IMAGE_EU, WHOLE_IMAGE_INTL, WHOLE_IMAGE_OTC,
};
use crate::huawei::{editions, facts};
use crate::json::{Text, cut};
use crate::message::message::{Message, message};
use crate::message::param::Param;
use crate::rule::context::{Context, FieldText};
use crate::rule::decision::Decision;
use crate::rule::fact::Fact;
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::rule::{Check, Rule, Severity, title, without_rationale};
use crate::rule::stage::Stage;

pub(crate) static OPERATION: Operation = Operation {
    id: "ims.cross-region-copy",
    provider: &IMS,
    api_name: "CopyImageCrossRegion",
    api_aliases: &[],
    title: message("Replicate (copy) an image across regions", "跨区域复制镜像"),
    path_template: "/v1/cloudimages/{image_id}/cross_region_copy",
    path_template_for: None,
    path: &PATH,
    body: &BODY,
    path_keys: &field::keys(&PATH),
    body_keys: &field::keys(&BODY),
    unsent: &[UNSENT],
    own: implicit_rules!("ims.cross-region-copy", CROSS_REGION_2024.section("Request")),
    rules: &RULES,
    when_allowed: when_allowed(&RULES),
    // Whose a shared image is, its owner and the project tell.
    reads: reads(&RULES) | facts::PROJECT_ID.bit() | facts::IMAGE_ID.bit(),
    evaluate_fields: evaluate_fields!(PATH, BODY),
    evaluate_rules: evaluate_rules!(RULES),
    subjects: &[(facts::IMAGE_ID, "image_id")],
    listed_images: None,
    #[cfg(feature = "text")]
    kinds: &[],
    #[cfg(feature = "reference")]
    scheduling: &SCHEDULING,
    across: |_, _, _| {},
    #[cfg(feature = "schemars")]
    schema: |edition, generator| {
        body_schema::subschema::<CrossRegionCopy>(edition, body_schema::Deviations::default(), generator)
    },
    #[cfg(feature = "schemars")]
    examples: &[
        r#"{"name": "ims_copy_image", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy_agency"}"#,
        r#"{"name": "ims_copy_whole", "description": "整机镜像的副本", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy_agency", "vault_id": "6yhtb5df-1bc3-4c3f-893e-3e4716yhgt61"}"#,
    ],
};
const _: () = assert_operation(&OPERATION);

/// So many at once for a tenant; a full-ECS image is bound to one backup; an encrypted image is copied within its region first.
#[cfg(feature = "reference")]
static SCHEDULING: Scheduling = Scheduling {
    at_once: Some(AtOnce { limit: &editions::CONCURRENT_COPIES, in_flight: facts::COPIES_IN_FLIGHT }),
    one_at_a_time: &[OneAtATime {
        slot: None,
        name: "image_id",
        shared: message("the same full-ECS image", "同一整机镜像"),
        only_if: Some(facts::IMAGE_FULL_ECS),
        uses_up: None,
    }],
    preparation: Some(Preparation {
        rules: &["ims.cross-region-copy.not-encrypted"],
        operation: "ims.in-region-copy",
        body: &["name"],
        makes: &[
            (facts::IMAGE_ENCRYPTED, Made::Flag(false)),
            (facts::IMAGE_VISIBILITY, Made::Text("private")),
            (facts::IMAGE_STATUS, Made::Text("active")),
        ],
    }),
};

pub(crate) const REGION: usize = slot_of(&BODY, "region");
const PROJECT_NAME: usize = slot_of(&BODY, "project_name");
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
            label: SOURCE_IMAGE_LABEL,
            about: IMAGE_ID_ABOUT,
            examples: &[r#""465076de-dc36-4aec-80f5-ef9d8009428f""#],
            holds: IMAGE_ID_HOLDS,
            why: IMAGE_ID_WHY,
            citations: &[CROSS_REGION_2024.section("URI"), CROSS_REGION_ZH.section("URI")],
        }
    }
    body {
        /// The name of the copy.
        name: ImageName = "name", mandatory {
            label: NAME_LABEL,
            help: NAME_HOLDS,
            about: NAME_ABOUT,
            examples: &[r#""ims_copy_image""#, r#""测试-copy 1""#],
            holds: NAME_HOLDS,
            why: NAME_WHY,
            disputed: NAME_DISPUTED,
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息"), ATTRIBUTES],
        }
        /// The description of the copy.
        description: Description = "description", optional {
            label: DESCRIPTION_LABEL,
            help: DESCRIPTION_HOLDS,
            about: DESCRIPTION_ABOUT,
            examples: &[r#""Copied for the new region""#, r#""用于新区域的副本""#],
            holds: DESCRIPTION_HOLDS,
            why: DESCRIPTION_WHY,
            disputed: message(
                "The English page allows letters and digits only, the Chinese page also Chinese characters. Only the length and the characters that both exclude are checked.",
                "英文文档只允许字母和数字，中文文档还允许中文，因此只检查长度和两者均不允许的字符。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息"), ATTRIBUTES],
        }
        /// The region that the image is copied to.
        region: RegionId = "region", mandatory {
            label: message("Destination Region", "目的区域"),
            help: message("The region that the image is replicated to.", "镜像复制到的区域。"),
            about: message("ID of the region that the image is replicated to.", "目的区域的 ID，镜像将复制到该区域。"),
            examples: &[r#""cn-south-1""#, r#""ap-southeast-3""#],
            holds: message("`region`, the ID of the destination region, is required.", "`region` 必填，为目的区域的 ID。"),
            why: message(
                "An unknown region is refused (IMG.0147). New regions and partner regions appear, so an ID that is in no list is only a warning. In the destination, ECSs of the same type can be created from the replicated image.",
                "未知区域会被拒绝（IMG.0147）。新区域和合作伙伴区域会陆续出现，因此不在列表中的 ID 仅作警告。复制后的镜像可在目的区域发放相同类型的云服务器。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息")],
        }
        /// The project in the destination region that the copy belongs to.
        project_name: Identifier = "project_name", mandatory {
            label: message("Destination Project", "目的区域的项目"),
            help: message("A project in the destination region.", "目的区域的项目名称。"),
            about: message("Name of the project in the destination region that the new image belongs to. The default project is named after the region. Other projects are listed on the My Credentials page of the console.", "目的区域的项目名称，新镜像归属于该项目。默认项目与区域同名；其他项目可在控制台的“我的凭证”页面查看。"),
            examples: &[r#""cn-south-1""#, r#""cn-south-1_web""#],
            holds: message("`project_name`, a project in the destination region, is required.", "`project_name` 必填，为目的区域的项目名称。"),
            why: message(
                "Without it, or with a wrong one, the request is rejected (IMG.0104, IMG.0145).",
                "缺少或填错时请求会被拒绝（IMG.0104、IMG.0145）。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息")],
        }
        /// The agency that lets IMS write to the destination region.
        agency_name: Identifier = "agency_name", mandatory {
            label: message("IAM Agency", "IAM 委托"),
            help: message("A cloud service agency for IMS with the policy IMS CrossCopyAgencyPolicy, or the policy IMS CrossCopyAgencyCBRPolicy for a full-ECS image.", "委托给镜像服务（IMS）的云服务委托，须具备 IMS CrossCopyAgencyPolicy 权限（整机镜像为 IMS CrossCopyAgencyCBRPolicy）。"),
            about: message("Name of the IAM agency that lets IMS replicate the image across regions. Create it, or find its name, on the Agencies page of the IAM console.", "用于跨区域复制镜像的 IAM 委托名称。可在统一身份认证服务控制台的“委托”页面创建或查询。"),
            examples: &[r#""ims_copy_agency""#],
            holds: message(
                "`agency_name`, the agency for the cloud service IMS, is required. It needs the policy `IMS CrossCopyAgencyPolicy`, or `IMS CrossCopyAgencyCBRPolicy` for a full-ECS image, and must not be granted for all projects.",
                "`agency_name` 必填，为委托给镜像服务（IMS）的云服务委托。该委托须具备 `IMS CrossCopyAgencyPolicy` 权限（整机镜像为 `IMS CrossCopyAgencyCBRPolicy`），且不能授权给所有项目。",
            ),
            why: message(
                "IMS replicates the image through this agency (IMG.0151, IMG.0179).",
                "IMS 通过该委托复制镜像（IMG.0151、IMG.0179）。",
            ),
            disputed: message(
                "Documents before May 2025 name IMS Administrator or Tenant Administrator, which still work but grant more than is needed. The error table and the guide of 2022 want the permission in both regions, the newer guide in the destination.",
                "2025 年 5 月前的文档要求 IMS Administrator 或 Tenant Administrator，二者仍可使用，但权限过大。错误码表和 2022 年的用户指南要求源区域和目的区域均有权限，新版用户指南只要求目的区域。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), CROSS_REGION_ZH.section("请求消息"), AGENCY_POLICIES, USER_GUIDE, ERROR_TABLE],
        }
        /// The vault in the destination region that the copy of a full-ECS image is kept in.
        vault_id: Identifier = "vault_id", optional {
            kind: ids::OPTIONAL_ID,
            label: VAULT_LABEL,
            help: message("Only for a full-ECS image: a server backup vault in the destination region whose protection type is replication.", "仅整机镜像须填写：目的区域的云服务器备份存储库（“保护类型”为“复制”）。"),
            about: message("ID of the vault in the destination region that stores the copy of a full-ECS image.", "目的区域中存放整机镜像副本的存储库的 ID。"),
            needed: message("Required when the source image is a full-ECS image.", "源镜像为整机镜像时必填。"),
            examples: &[r#""6yhtb5df-1bc3-4c3f-893e-3e4716yhgt61""#],
            holds: message("`vault_id` is a string. It is required for a full-ECS image.", "`vault_id` 类型为字符串，复制整机镜像时必填。"),
            why: message(
                "The vault must be a server backup vault in the destination whose protection type is replication.",
                "该存储库须为目的区域的云服务器备份存储库（“保护类型”为“复制”）。",
            ),
            disputed: message(
                "The English page has this field, the Chinese page does not. The page's own example is not a UUID (it contains letters after f), so any string is accepted.",
                "英文文档有该参数，中文文档没有。文档示例含有十六进制以外的字母，并非 UUID，因此只要求是字符串。",
            ),
            citations: &[CROSS_REGION_2024.section("Request"), USER_GUIDE],
        }
    }
}

static RULES: [Rule; 21] = without_rationale([
    Rule {
        id: "ims.cross-region-copy.offered",
        title: title("Availability of cross-region replication", "跨区域复制接口"),
        holds: message(
            "The cloud has an API that replicates (copies) images across regions.",
            "该云提供跨区域复制镜像接口。",
        ),
        why: message(
            "The API references of Open Telekom Cloud and eu-west-0 list no such API.",
            "Open Telekom Cloud 和 eu-west-0 的 API 参考中没有该接口。",
        ),
        disputed: Some(message(
            "The documents of eu-west-0 do not list it, but a public acceptance run of its Terraform provider passed one. The documents count.",
            "eu-west-0 的文档未列出该接口，但其 Terraform provider 的公开验收测试曾成功执行跨区域复制；以文档为准。",
        )),
        violated: message(
            "The cloud of the edition {edition} has no API that replicates (copies) images across regions.",
            "{edition} 对应的云没有跨区域复制镜像接口。",
        ),
        hint: Some(message("This cloud does not replicate images across regions.", "该云不支持跨区域复制镜像。")),
        fix: message(
            "Export the image, and import the image file in the other region.",
            "请导出镜像，再在目的区域导入镜像文件。",
        ),
        citations: &[IN_REGION_OTC, IN_REGION_EU_WEST_0],
        params: &["edition"],
        check: Check::Once(|context| {
            if context.edition.flag(&editions::CROSS_REGION_OFFERED) {
                return Decision::Satisfied;
            }
            let edition = Param::Identifier(context.edition.name().into());
            Decision::violated(At::section(Section::Operation)).with("edition", edition)
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.region-differs",
        title: title("Different source and destination regions", "源区域与目的区域不同"),
        holds: message("The destination region differs from the source region.", "目的区域与源区域不同。"),
        why: message(
            "The service rejects a destination that is the source region (IMG.0142).",
            "目的区域与源区域相同时会被拒绝（IMG.0142）。",
        ),
        violated: message(
            "The destination region {region} is the same as the source region.",
            "目的区域 {region} 与源区域相同。",
        ),
        fix: message(
            "Choose another destination region, or replicate the image within its region.",
            "请选择其他目的区域，或在本区域内复制。",
        ),
        way_out: Some("ims.in-region-copy"),
        reads: &[facts::SOURCE_REGION],
        citations: &[CROSS_REGION_2024, CROSS_REGION_ZH],
        params: &["region"],
        needs: Stage::Destination,
        check: Check::Once(|context| match (context.field(REGION), context.fact(facts::SOURCE_REGION)) {
            (FieldText::Absent, _) => Decision::Satisfied,
            (FieldText::NotKnownYet, source) => Decision::wants([
                Some(context.missing_field(REGION, "region")),
                source.is_none().then(|| Missing::of(facts::SOURCE_REGION)),
            ]),
            (FieldText::Text(_), None) => Decision::unknown(facts::SOURCE_REGION),
            (FieldText::Text(destination), Some(source)) if is_in(destination, source) => {
                Decision::violated(At::field(Section::Body, REGION, "region"))
                    .with("region", Param::UserText(destination.to_cow()))
            }
            (FieldText::Text(_), Some(_)) => Decision::Satisfied,
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.not-encrypted",
        title: title("No encrypted images across regions", "加密镜像不支持跨区域复制"),
        holds: message("The source image is not encrypted.", "源镜像未加密。"),
        why: message(
            "Encrypted images cannot be replicated across regions (IMG.0143).",
            "加密镜像不支持跨区域复制（IMG.0143）。",
        ),
        violated: message(
            "The image is encrypted, and encrypted images cannot be replicated (copied) across regions.",
            "该镜像已加密，加密镜像不支持跨区域复制。",
        ),
        fix: message(
            "Replicate it within its region first, without `cmk_id`, to create an unencrypted private image. Then replicate that image.",
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
        title: title("Image size limit across regions", "跨区域复制的镜像大小上限"),
        holds: message(
            concat!(
                "The source image is at most ",
                limit!(large_region_gib),
                " GiB in cn-south-1, cn-east-3, cn-east-2 and cn-north-4, and at most ",
                limit!(cross_region_gib),
                " GiB in any other region; under every dated IMS edition except china-2022-12, at most ",
                limit!(cross_region_gib),
                " GiB everywhere."
            ),
            concat!(
                "源镜像在 cn-south-1、cn-east-3、cn-east-2、cn-north-4 不超过 ",
                limit!(large_region_gib),
                " GiB，在其他区域不超过 ",
                limit!(cross_region_gib),
                " GiB；按 IMS 其他注明日期的文档版本（china-2022-12 除外），所有区域均不超过 ",
                limit!(cross_region_gib),
                " GiB。"
            ),
        ),
        why: message("The service rejects larger images (IMG.0146).", "超出上限的镜像会被拒绝（IMG.0146）。"),
        disputed: Some(message(
            concat!(
                "The documents write GB and GiB for the same limit; here it is 2^30 bytes. The Chinese page lists four regions with ",
                limit!(large_region_gib),
                " GB; the international page of April 2024 has ",
                limit!(cross_region_gib),
                " GB only. The edition decides which applies."
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
            "The image is {actualBytes}; images replicated from {region} cannot exceed {limitBytes}.",
            "镜像大小为 {actualBytes}，从 {region} 跨区域复制的上限为 {limitBytes}。",
        ),
        fix: message(
            "Create a smaller image, or migrate the data in another way. If the image also exists in another region, replicate it from there.",
            "请创建更小的镜像，或改用其他方式迁移数据；如其他区域已有该镜像，可从该区域复制。",
        ),
        reads: &[facts::SOURCE_REGION, facts::IMAGE_SIZE_BYTES],
        citations: &[CROSS_REGION_ZH, CROSS_REGION_2024, CROSS_REGION_2026],
        params: &["actualBytes", "limitBytes", "region"],
        check: Check::Once(size_cap),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.concurrent-limit",
        title: title("Concurrent cross-region replications", "跨区域复制的并发上限"),
        holds: message(
            concat!(
                "Including this one, at most ",
                limit!(concurrent_copies),
                " images of the tenant are being replicated across regions at the same time."
            ),
            concat!("加上本次，单租户同时进行的跨区域复制不超过 ", limit!(concurrent_copies), " 个。"),
        ),
        why: message(
            "The service rejects further replications until one of them ends (IMG.0149).",
            "超出后须等已有任务结束，否则会被拒绝（IMG.0149）。",
        ),
        violated: message(
            "{inFlight:image is|images are} already being replicated across regions; the limit is {limit}.",
            "已有 {inFlight} 个跨区域复制任务正在进行，上限为 {limit} 个。",
        ),
        fix: message("Wait until one of them is complete.", "请等待其中一个任务结束后再提交。"),
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
        title: title("No ISO images across regions", "ISO 镜像不支持跨区域复制"),
        holds: message("The image was not created from an ISO file.", "镜像不是由 ISO 文件创建的。"),
        why: message("The service rejects ISO images (IMG.0167).", "ISO 镜像会被拒绝（IMG.0167）。"),
        violated: message(
            "The image was created from an ISO file; such images cannot be replicated (copied) across regions.",
            "该镜像由 ISO 文件创建，不支持跨区域复制。",
        ),
        fix: message(
            "Use the ISO image to install an ECS, create a system disk image from that ECS, and replicate that image.",
            "请使用该 ISO 镜像安装云服务器，再使用该云服务器创建系统盘镜像并复制。",
        ),
        reads: &[facts::IMAGE_ISO],
        citations: &[CROSS_REGION_2024, CROSS_REGION_ZH],
        check: Check::Once(|context| context.must_be(facts::IMAGE_ISO, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.private-image",
        title: title("Private images only", "仅限私有镜像"),
        holds: message("The source image is a private image.", "源镜像是私有镜像。"),
        why: message(
            "Only private images can be replicated across regions; shared images are rejected too.",
            "只有私有镜像可以跨区域复制，共享镜像同样会被拒绝。",
        ),
        violated: message(
            "This is a {actual} image; only private images can be replicated (copied) across regions.",
            "镜像类型为 {actual}，只有私有镜像可以跨区域复制。",
        ),
        fix: message(
            "Create an ECS from it, create a private image from that ECS, and replicate that image.",
            "请使用该镜像创建云服务器，再使用该云服务器创建私有镜像并复制。",
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
        title: title("Vault for full-ECS images", "整机镜像的存储库"),
        holds: message("`vault_id` is required for a full-ECS image.", "复制整机镜像时 `vault_id` 必填。"),
        why: message(
            "A replicated full-ECS image is stored as a backup in a vault in the destination region.",
            "整机镜像复制后以备份形式保存在目的区域的存储库中。",
        ),
        violated: message(
            "This is a full-ECS image, and `vault_id` is required for it.",
            "该镜像为整机镜像，必须填写 `vault_id`。",
        ),
        hint: Some(message("Select a vault: the image is a full-ECS image.", "该镜像为整机镜像，请选择存储库。")),
        fix: message(
            "Specify a server backup vault in the destination region whose protection type is replication. Its ID is on the CBR console, or in the answer of Querying the Vault List there.",
            "请填写目的区域的云服务器备份存储库（“保护类型”为“复制”）的 ID，可从目的区域的云备份控制台获取，或通过“查询存储库列表”接口查询。",
        ),
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[CROSS_REGION_2024.section("Request"), USER_GUIDE],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if context.draft.has(VAULT_ID) {
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
        title: title("Windows images across regions", "跨区域复制 Windows 镜像"),
        holds: message(
            "Under the edition international-2026-01, the image is not a Windows image.",
            "国际站文档（international-2026-01）不支持 Windows 镜像。",
        ),
        why: message(
            "The international site no longer provides Windows images, and does not replicate them.",
            "国际站已不再提供 Windows 镜像，也不再支持复制。",
        ),
        violated: message(
            "This is a Windows image, and the international site no longer replicates (copies) Windows images across regions.",
            "该镜像为 Windows 镜像，国际站已不再支持跨区域复制 Windows 镜像。",
        ),
        fix: NO_WINDOWS_FIX,
        reads: &[facts::IMAGE_OS],
        citations: &[CROSS_REGION_2025, CROSS_REGION_2026.section("Function")],
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
        title: title("Full-ECS images across regions", "跨区域复制整机镜像"),
        holds: message(
            "Under the editions of eu-west-0, tr-central-201 and Open Telekom Cloud, the image is not a full-ECS image.",
            "按 eu-west-0、tr-central-201 和 Open Telekom Cloud 的文档，镜像不是整机镜像。",
        ),
        why: message("These clouds never replicate full-ECS images.", "这些云不支持复制整机镜像。"),
        violated: message(
            "This is a full-ECS image, and this cloud does not replicate (copy) full-ECS images.",
            "该镜像为整机镜像，此云不支持复制整机镜像。",
        ),
        fix: FULL_ECS_FIX,
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[
            GUIDE_EU_WEST_0,
            PARTNER_TR,
            WHOLE_IMAGE_OTC.section("Constraints (Creating a Full-ECS Image from an ECS)"),
        ],
        check: Check::Once(|context| match context.edition.flag(&editions::FULL_ECS_ACROSS_REGIONS) {
            true => Decision::Satisfied,
            false => context.must_be(facts::IMAGE_FULL_ECS, false),
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.project-of-destination",
        title: title("Project in the destination region", "目的区域的项目"),
        holds: message(
            concat!(
                "The project belongs to the destination region: its name is the region ID, or starts with the region ID and `_`, and has at most ",
                limit!(project_name_chars),
                " characters."
            ),
            concat!(
                "项目属于目的区域：项目名为区域 ID，或以区域 ID 加 `_` 开头，且不超过 ",
                limit!(project_name_chars),
                " 个字符。"
            ),
        ),
        why: message(
            "A project belongs to one region, and the service looks it up in the destination region (IMG.0145).",
            "项目属于某一区域，服务会在目的区域查找该项目（IMG.0145）。",
        ),
        violated: message("The project {actual} does not belong to {region}.", "项目 {actual} 不属于 {region}。"),
        fix: message(
            "Specify a project in {region}. By default, a project has the same name as its region.",
            "请填写 {region} 的项目名称，默认项目与区域同名。",
        ),
        reads: &[facts::SOURCE_REGION],
        citations: &[IAM_PROJECTS, CROSS_REGION_2024.section("Request")],
        params: &["actual", "region"],
        needs: Stage::Request,
        check: Check::Once(project_of_destination),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.same-site",
        title: title("Same cloud site", "同一站点"),
        holds: message(
            "The source and the destination belong to the same cloud site.",
            "源区域与目的区域属于同一云站点。",
        ),
        why: message(
            "Images cannot be replicated between the partner clouds, the European site, Open Telekom Cloud and the other sites.",
            "合作伙伴云、欧洲站、Open Telekom Cloud 与其他站点之间不能互相复制镜像。",
        ),
        violated: message(
            "The destination region {region} and the source region {source} belong to different cloud sites, and images cannot be replicated (copied) between sites.",
            "目的区域 {region} 与源区域 {source} 不属于同一云站点，站点之间不能复制镜像。",
        ),
        fix: message(
            "Choose a region of the same site. For another site, export the image and import it there.",
            "请选择同一站点的区域；如需跨站点，请导出镜像后在另一站点导入。",
        ),
        reads: &[facts::SOURCE_REGION],
        citations: &[SITES],
        params: &["region", "source"],
        needs: Stage::Destination,
        check: Check::Once(same_site),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.full-ecs-regions",
        title: title("Regions for full-ECS images", "支持复制整机镜像的区域"),
        severity: Severity::Warning,
        holds: message(
            "A full-ECS image is replicated only between cn-north-1, cn-east-3, cn-east-2, cn-north-4 and cn-south-1.",
            "整机镜像仅支持在 cn-north-1、cn-east-3、cn-east-2、cn-north-4、cn-south-1 之间复制。",
        ),
        why: message(
            "Other regions may not support it. The list dates from 2022, so this is only a warning.",
            "其他区域可能不支持。该列表为 2022 年的内容，因此仅作警告。",
        ),
        violated: message(
            "This is a full-ECS image, and {region} is not one of the regions that support replicating full-ECS images.",
            "该镜像为整机镜像，而 {region} 不在支持复制整机镜像的区域之列。",
        ),
        fix: FULL_ECS_FIX,
        reads: &[facts::SOURCE_REGION, facts::IMAGE_FULL_ECS],
        citations: &[USER_GUIDE],
        params: &["region"],
        needs: Stage::Destination,
        check: Check::Once(full_ecs_regions),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.regions-without-copies",
        title: title("Regions without replication between them", "相互不支持复制的区域"),
        severity: Severity::Warning,
        holds: message(
            "A system or data disk image is not replicated between two regions of Latin America.",
            "不在拉美各区域之间复制系统盘镜像或数据盘镜像。",
        ),
        why: message(
            "The user guide excludes system and data disk images between some regions. Its list is of 2022, so it is only a warning.",
            "用户指南指出部分区域之间不支持复制系统盘镜像和数据盘镜像。该列表为 2022 年的内容，因此仅作警告。",
        ),
        violated: message(
            "System and data disk images may not be replicated from {source} to {region}.",
            "从 {source} 到 {region} 可能不支持复制系统盘镜像和数据盘镜像。",
        ),
        fix: message(
            "Check on the IMS console whether this destination is offered.",
            "请在镜像服务控制台确认是否可以选择该目的区域。",
        ),
        reads: &[facts::SOURCE_REGION, facts::IMAGE_FULL_ECS],
        citations: &[USER_GUIDE],
        params: &["region", "source"],
        needs: Stage::Destination,
        check: Check::Once(regions_without_copies),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.full-ecs-once",
        title: title("Full-ECS images are replicated once", "整机镜像只能复制一次"),
        holds: message(
            "The full-ECS image was not itself replicated from another region.",
            "所复制的整机镜像本身不是由其他区域复制而来。",
        ),
        why: message(
            "A full-ECS image that was replicated from another region cannot be replicated again.",
            "由其他区域复制而来的整机镜像不能再次跨区域复制。",
        ),
        violated: message(
            "This full-ECS image was itself replicated from another region, so it cannot be replicated (copied) again.",
            "该镜像为由其他区域复制而来的整机镜像，不能再次跨区域复制。",
        ),
        fix: message("Replicate it from the region where it was created.", "请从最初创建该镜像的区域复制。"),
        reads: &[facts::IMAGE_FULL_ECS, facts::IMAGE_REPLICATED],
        presumes: &[facts::IMAGE_REPLICATED],
        citations: &[WHOLE_IMAGE_INTL.section(OF_ECS), WHOLE_IMAGE_EU],
        check: Check::Once(|context| {
            // Where a full-ECS image is refused anyway, that it is one decides, and not where it was made.
            if context.flag(facts::IMAGE_FULL_ECS).is_none()
                && context.flag(facts::IMAGE_REPLICATED) != Some(false)
                && refuses_full_ecs(context)
            {
                let is_broken = context.flag(facts::IMAGE_REPLICATED).is_some();
                return if is_broken || context.is_strict() {
                    Decision::unknown(facts::IMAGE_FULL_ECS)
                } else {
                    Decision::Satisfied
                };
            }
            context.not_both((facts::IMAGE_FULL_ECS, true), (facts::IMAGE_REPLICATED, true))
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.vault-in-destination",
        title: title("Vault in the destination region", "目的区域的存储库"),
        holds: message("The vault is in the destination region.", "存储库位于目的区域。"),
        why: message(
            "The image is stored as a backup in a vault in the destination region; a vault in another region is not found there (IMG.0184).",
            "复制后的整机镜像以备份形式保存在目的区域的存储库中，其他区域的存储库无法使用（IMG.0184）。",
        ),
        violated: message(
            "The vault is in {actual}, but the destination region is {region}.",
            "存储库位于 {actual}，而目的区域为 {region}。",
        ),
        fix: message(
            "Specify the ID of a vault in {region}. Query the vault list of CBR in that region to obtain it.",
            "请填写 {region} 的存储库 ID，可通过该区域云备份的“查询存储库列表”接口查询。",
        ),
        reads: &[facts::SOURCE_REGION, facts::VAULT_REGION],
        presumes: &[facts::VAULT_REGION],
        citations: &[TERRAFORM, USER_GUIDE],
        params: &["actual", "region"],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if !context.draft.has(VAULT_ID) {
                return Decision::Satisfied;
            }
            let vault = context.fact(facts::VAULT_REGION);
            match (context.field(REGION), vault) {
                (FieldText::Absent, _) => Decision::Satisfied,
                // Whatever the destination will be, it is another region than the source, and the project's.
                (FieldText::NotKnownYet, Some(vault))
                    if !can_be_destination(context, vault)
                        || context
                            .draft
                            .text(PROJECT_NAME)
                            .and_then(region_of_project)
                            .is_some_and(|of| !is_same_region(of.id, vault)) =>
                {
                    Decision::violated(context.at(facts::VAULT_REGION))
                        .with("actual", crate::rule::context::user_text(vault))
                        .with("region", Param::Label("*", ANOTHER_REGION))
                }
                (FieldText::NotKnownYet, vault) => Decision::wants([
                    Some(context.missing_field(REGION, "region")),
                    context.fact(facts::SOURCE_REGION).is_none().then(|| Missing::of(facts::SOURCE_REGION)),
                    vault.is_none().then(|| Missing::of(facts::VAULT_REGION)),
                ]),
                (FieldText::Text(_), None) => Decision::unknown(facts::VAULT_REGION),
                (FieldText::Text(region), Some(vault)) if is_in(region, vault) => Decision::Satisfied,
                (FieldText::Text(region), Some(vault)) => Decision::violated(context.at(facts::VAULT_REGION))
                    .with("actual", crate::rule::context::user_text(vault))
                    .with("region", Param::UserText(region.to_cow())),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule { id: "ims.cross-region-copy.image-quota", ..IMAGE_QUOTA },
    Rule {
        id: "ims.cross-region-copy.enterprise-project",
        title: title("Enterprise project of the new image", "新镜像的企业项目"),
        severity: Severity::Warning,
        holds: message("No enterprise project is specified.", "不填写企业项目。"),
        why: message("The new image does not get the enterprise project.", "复制后的镜像不属于该企业项目。"),
        violated: message(
            "An enterprise project is not sent across regions: it has no effect on the new image.",
            "企业项目不会随跨区域复制传递，对复制后的镜像不生效。",
        ),
        fix: message("Do not specify `enterprise_project_id`.", "请不要填写 `enterprise_project_id`。"),
        citations: &[ENTERPRISE_PROJECTS],
        needs: Stage::Request,
        check: Check::Once(|context| match context.draft.extras.iter().any(|(name, _)| name.is(UNSENT)) {
            true => Decision::violated(At::unknown(Section::Body, UNSENT)),
            false => Decision::Satisfied,
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.backup-billed",
        title: title("Billing of the backup", "备份计费"),
        severity: Severity::Advice,
        holds: message("Replicating a full-ECS image also bills its backup.", "复制整机镜像时，其备份另行计费。"),
        why: message(
            "Replicating a full-ECS image also replicates its backup, which is billed in the destination vault.",
            "复制整机镜像时会同时复制其备份，并在目的区域的存储库计费。",
        ),
        violated: message(
            "Replicating this full-ECS image also replicates its backup, which is billed in the destination vault.",
            "复制该整机镜像时会同时复制其备份，目的区域的存储库将产生费用。",
        ),
        fix: message(
            "When the image is no longer needed, delete its replicated backup as well.",
            "不再需要时，请将镜像连同复制的备份一起删除。",
        ),
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[USER_GUIDE, REPLICATION_GUIDE],
        needs: Stage::Request,
        check: Check::Once(|context| match context.flag(facts::IMAGE_FULL_ECS) {
            Some(true) => Decision::violated(context.at(facts::IMAGE_FULL_ECS)),
            _ => Decision::Satisfied,
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.cross-region-copy.same-type",
        severity: Severity::Advice,
        title: title("ECSs of the same type", "相同类型的云服务器"),
        holds: message(
            "The replicated image is used to create ECSs of the same type.",
            "复制后的镜像用于发放相同类型的云服务器。",
        ),
        why: message(
            "That is what the operation is for: ECSs of the same type are created in the destination region, for example when services move there.",
            "该接口的用途是在目的区域发放相同类型的云服务器，例如跨区域迁移业务。",
        ),
        violated: message(
            "In the destination region, the copy is used to create ECSs of the same type.",
            "复制后的镜像用于在目的区域发放相同类型的云服务器。",
        ),
        fix: message(
            "Before you replicate the image, check that the destination region offers this type of ECS.",
            "复制前，请确认目的区域提供该类型的云服务器。",
        ),
        citations: &[CROSS_REGION_2024.section("Function"), CROSS_REGION_ZH.section("功能介绍")],
        needs: Stage::Request,
        check: Check::WhenAllowed(REGION),
        ..Rule::DEFAULT
    },
]);

/// Whether another rule refuses every full-ECS image.
fn refuses_full_ecs(context: &Context<'_, '_>) -> bool {
    let lacks_vault = context.is_of_request() && !context.draft.has(VAULT_ID);
    lacks_vault || !context.edition.flag(&editions::FULL_ECS_ACROSS_REGIONS)
}

/// The rule about the project's name. What is no known region's id says nothing: the documents' own example is `project-1`.
fn project_of_destination<'a>(context: &Context<'_, 'a>) -> Decision<'a> {
    let project = match context.field(PROJECT_NAME) {
        FieldText::Absent => return Decision::Satisfied,
        FieldText::NotKnownYet => {
            let is_open = matches!(context.field(REGION), FieldText::NotKnownYet);
            return Decision::wants([
                is_open.then(|| context.missing_field(REGION, "region")),
                Some(context.missing_field(PROJECT_NAME, "project_name")),
            ]);
        }
        FieldText::Text(project) => project,
    };
    // Mostly it is called like the region.
    if let FieldText::Text(destination) = context.field(REGION)
        && project.same_as(destination)
        && project.longer_than(limit!(project_name_chars)).is_none()
    {
        return Decision::Satisfied;
    }
    let violated = |region: Param<'a>| {
        Decision::violated(At::field(Section::Body, PROJECT_NAME, "project_name"))
            .with("actual", Param::UserText(project.to_cow()))
            .with("region", region)
    };
    let is_too_long = project.longer_than(limit!(project_name_chars)).is_some();
    let Some(of) = region_of_project(project).filter(|_| !is_too_long) else {
        return match context.field(REGION) {
            FieldText::Text(region) if is_too_long => violated(Param::UserText(region.to_cow())),
            _ if is_too_long => violated(Param::Label("*", THE_DESTINATION)),
            _ => Decision::Satisfied,
        };
    };
    match context.field(REGION) {
        FieldText::Absent => Decision::Satisfied,
        FieldText::NotKnownYet if !can_be_destination(context, of.id) => violated(Param::Label("*", THE_DESTINATION)),
        FieldText::NotKnownYet => Decision::wants([
            Some(context.missing_field(REGION, "region")),
            context.fact(facts::SOURCE_REGION).is_none().then(|| Missing::of(facts::SOURCE_REGION)),
        ]),
        FieldText::Text(destination) if is_in(destination, of.id) => Decision::Satisfied,
        // A typo of the region is told there.
        FieldText::Text(destination) if is_typo_of(&destination.to_cow(), of) => Decision::Satisfied,
        FieldText::Text(destination) => violated(Param::UserText(destination.to_cow())),
    }
}

/// The region that a project belongs to, where its name says so.
fn region_of_project(project: Text<'_>) -> Option<&'static Region> {
    let project = project.to_cow();
    region(cut(&project, b'_').map_or(&*project, |(region, _)| region).trim())
}

/// Whether an image can go to this region from where it is, as far as that is known.
fn can_be_destination(context: &Context<'_, '_>, destination: &str) -> bool {
    let Some(source) = context.fact(facts::SOURCE_REGION) else { return true };
    let is_other_site = site(source).zip(site(destination)).is_some_and(|(source, destination)| source != destination);
    !is_same_region(source, destination) && !is_other_site
}

/// Whether two texts mean the same region.
fn is_in(text: Text<'_>, other: &str) -> bool {
    is_same_region(&text.to_cow(), other)
}

/// Whether a text is the id of no region that is known, and nearly that of this one.
#[cold]
fn is_typo_of(text: &str, region: &Region) -> bool {
    KNOWN.meant(text).is_none() && KNOWN.near(text).contains(&region.id)
}

/// A destination that is not known yet, and is not where the vault is.
pub(crate) const ANOTHER_REGION: Message = message("another region", "另一区域");

/// The destination region, where it is not known.
pub(crate) const THE_DESTINATION: Message = message("the destination region", "目的区域");

fn same_site<'a>(context: &Context<'_, 'a>) -> Decision<'a> {
    let source = context.fact(facts::SOURCE_REGION);
    let of_source = source.and_then(site);
    if source.is_some() && of_source.is_none() {
        return Decision::Satisfied;
    }
    let destination = match context.field(REGION) {
        FieldText::Absent => return Decision::Satisfied,
        FieldText::NotKnownYet => {
            return Decision::wants([
                Some(context.missing_field(REGION, "region")),
                source.is_none().then(|| Missing::of(facts::SOURCE_REGION)),
            ]);
        }
        FieldText::Text(destination) => destination,
    };
    let Some(of_destination) = site(&destination.to_cow()) else { return Decision::Satisfied };
    match (source, of_source) {
        (None, _) => Decision::unknown(facts::SOURCE_REGION),
        (Some(source), of_source) if of_source != Some(of_destination) => {
            Decision::violated(At::field(Section::Body, REGION, "region"))
                .with("region", Param::UserText(destination.to_cow()))
                .with("source", crate::rule::context::user_text(source))
        }
        _ => Decision::Satisfied,
    }
}

/// What the other requests of IMS have, and this one does not.
const UNSENT: &str = "enterprise_project_id";

/// The regions of Latin America.
const LATIN_AMERICA: RegionSet = RegionSet::of(&["la-north-2", "la-south-2", "na-mexico-1", "sa-brazil-1"]);

/// It is a warning, so what is not known is left alone.
fn regions_without_copies<'a>(context: &Context<'_, 'a>) -> Decision<'a> {
    let (FieldText::Text(destination), Some(source)) = (context.field(REGION), context.fact(facts::SOURCE_REGION))
    else {
        return Decision::Satisfied;
    };
    // Within one region nothing goes anyway.
    if !LATIN_AMERICA.has(source)
        || !LATIN_AMERICA.has(&destination.to_cow())
        || is_in(destination, source)
        || context.flag(facts::IMAGE_FULL_ECS) != Some(false)
    {
        return Decision::Satisfied;
    }
    Decision::violated(At::field(Section::Body, REGION, "region"))
        .with("region", Param::UserText(destination.to_cow()))
        .with("source", crate::rule::context::user_text(source))
}

/// The regions between which full-ECS images are copied, as of 2022.
const FULL_ECS_REGIONS: RegionSet =
    RegionSet::of(&["cn-north-1", "cn-east-3", "cn-east-2", "cn-north-4", "cn-south-1"]);

/// It is a warning, so what is not known is left alone.
fn full_ecs_regions<'a>(context: &Context<'_, 'a>) -> Decision<'a> {
    if context.flag(facts::IMAGE_FULL_ECS) != Some(true) {
        return Decision::Satisfied;
    }
    if let FieldText::Text(destination) = context.field(REGION)
        && !FULL_ECS_REGIONS.has(&destination.to_cow())
    {
        return Decision::violated(At::field(Section::Body, REGION, "region"))
            .with("region", Param::UserText(destination.to_cow()));
    }
    match context.fact(facts::SOURCE_REGION) {
        Some(source) if !FULL_ECS_REGIONS.has(source) => {
            Decision::violated(context.at(facts::SOURCE_REGION)).with("region", crate::rule::context::user_text(source))
        }
        _ => Decision::Satisfied,
    }
}

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
        None => context.edition.caps_without(context.draft.text(REGION).map(Text::to_cow).as_deref()),
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
            Decision::wants([region, is_missing(facts::IMAGE_SIZE_BYTES, size.is_none())])
        }
    }
}

/// The source region, where it does not matter.
pub(crate) const ANY_REGION: Message = message("any region", "任何区域");
