//! `ims.in-region-copy`: POST /v1/cloudimages/{image_id}/copy (CopyImageInRegion).

#[cfg(feature = "schemars")]
use crate::check::body_schema;
use crate::check::evaluate::{evaluate_fields, evaluate_rules};
use crate::check::fields::fields;
use crate::check::operation::{Operation, assert_operation, reads, when_allowed};
#[cfg(feature = "reference")]
use crate::check::scheduling::Scheduling;
use crate::field::field::slot_of;
use crate::field::typed::Identifier;
use crate::field::{field, ids};
use crate::finding::implicit_rules::implicit_rules;
use crate::huawei::cross_region_copy::not_windows;
use crate::huawei::editions::is_no_limit;
use crate::huawei::facts::Visibility;
use crate::huawei::fields::{Description, EnterpriseProjectId, ImageName};
use crate::huawei::limits::limit;
use crate::huawei::provider::IMS;
use crate::huawei::sources::{
    ATTRIBUTES, DESCRIPTION_ABOUT, DESCRIPTION_HOLDS, DESCRIPTION_LABEL, DESCRIPTION_WHY, ENTERPRISE_PROJECTS,
    ERROR_TABLE, FULL_ECS_FIX, IMAGE_ACTIVE, IMAGE_ID_ABOUT, IMAGE_ID_HOLDS, IMAGE_ID_WHY, IMAGE_QUOTA, IN_REGION,
    IN_REGION_GUIDE, IN_REGION_NEW, IN_REGION_ZH, NAME_ABOUT, NAME_DISPUTED, NAME_HOLDS, NAME_LABEL, NAME_WHY,
    PROJECT_HELP, PROJECT_ID_ABOUT, PROJECT_ID_HOLDS, PROJECT_ID_WHY, PROJECT_LABEL, SHARED_GUIDE, SITES,
    SOURCE_IMAGE_LABEL, WHOLE_IMAGE,
};
use crate::huawei::{editions, facts};
use crate::message::message::message;
use crate::message::param::Param;
use crate::rule::context::Context;
use crate::rule::decision::Decision;
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::rule::{Check, Rule, Severity, title, without_rationale};
use crate::rule::stage::Stage;

pub(crate) static OPERATION: Operation = Operation {
    id: "ims.in-region-copy",
    provider: &IMS,
    api_name: "CopyImageInRegion",
    api_aliases: &["CopyImageInRegionInSafeMode"],
    title: message("Replicate (copy) an image within a region", "区域内复制镜像"),
    path_template: "/v1/cloudimages/{image_id}/copy",
    path_template_for: Some(&editions::IN_REGION_PATH),
    path: &PATH,
    body: &BODY,
    path_keys: &field::keys(&PATH),
    body_keys: &field::keys(&BODY),
    unsent: &[],
    own: implicit_rules!("ims.in-region-copy", IN_REGION.section("Request")),
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
    scheduling: &Scheduling::FREE,
    across: |_, _, _| {},
    #[cfg(feature = "schemars")]
    schema: |edition, generator| {
        body_schema::subschema::<InRegionCopy>(edition, body_schema::Deviations::default(), generator)
    },
    #[cfg(feature = "schemars")]
    examples: &[
        r#"{"name": "ims_encrypted_copy", "description": "Encrypted", "cmk_id": "bd66288c-9081-460a-8227-4cbd0c814cb4", "enterprise_project_id": "0"}"#,
    ],
};
const _: () = assert_operation(&OPERATION);

const CMK_ID: usize = slot_of(&BODY, "cmk_id");
const ENTERPRISE_PROJECT_ID: usize = slot_of(&BODY, "enterprise_project_id");

fields! {
    operation OPERATION "ims.in-region-copy";
    requests {
        /// A request to copy an image within its region.
        ///
        /// ```
        /// use image_preflight::{Facts, Verdict, huawei::InRegionCopy};
        /// let request = InRegionCopy::builder()
        ///     .image_id("465076de-dc36-4aec-80f5-ef9d8009428f")
        ///     .name("ims_encrypted_copy3")
        ///     .cmk_id("bd66288c-9081-460a-8227-4cbd0c814cb4")
        ///     .build()?;
        /// assert_eq!(serde_json::to_string(&request.body())?, r#"{"name":"ims_encrypted_copy3","cmk_id":"bd66288c-9081-460a-8227-4cbd0c814cb4"}"#);
        /// assert_eq!(request.check(&Facts::default()).verdict(), Verdict::Undetermined);
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        InRegionCopy, InRegionCopyBuilder;
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
            citations: &[IN_REGION.section("URI")],
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
            citations: &[IN_REGION.section("Request"), ATTRIBUTES],
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
                "The page allows letters and digits only, but its own example contains a space (`test copy`). Only the length and the characters that the page excludes by name are checked.",
                "文档只允许字母和数字，但其示例（`test copy`）含有空格，因此只检查长度和文档明确不允许的字符。",
            ),
            citations: &[IN_REGION.section("Request"), ATTRIBUTES],
        }
        /// The key that the copy is encrypted with.
        cmk_id: Identifier = "cmk_id", optional {
            kind: ids::OPTIONAL_ID,
            label: message("Encryption Key", "加密密钥"),
            help: message("A KMS key that encrypts the new image. Without one, the new image is not encrypted.", "用于加密新镜像的 KMS 密钥。不填写时，新镜像不加密。"),
            about: message("ID of the key that encrypts the new image. Obtain it from the DEW console. Without a key, the new image is not encrypted.", "加密新镜像所用的密钥 ID，可从数据加密服务控制台获取。不填写时新镜像不加密。"),
            examples: &[r#""bd66288c-9081-460a-8227-4cbd0c814cb4""#],
            holds: message(
                "`cmk_id`, the key for encrypting the new image, is optional, and a string. Blank means not specified.",
                "`cmk_id` 选填，为加密新镜像的密钥 ID，类型为字符串，空值表示不填写。",
            ),
            why: message("Without a key, the new image is not encrypted.", "不填写密钥时，新镜像不加密。"),
            citations: &[IN_REGION.section("Request")],
        }
        /// The enterprise project that the copy belongs to.
        enterprise_project_id: EnterpriseProjectId = "enterprise_project_id", optional {
            label: PROJECT_LABEL,
            help: PROJECT_HELP,
            about: PROJECT_ID_ABOUT,
            examples: &[r#""0""#, r#""c1e4a8f2-3b6d-4c0e-9a57-2d8f6b1e7c34""#],
            holds: PROJECT_ID_HOLDS,
            why: PROJECT_ID_WHY,
            citations: &[IN_REGION.section("Request")],
        }
    }
}

static RULES: [Rule; 13] = without_rationale([
    Rule {
        id: "ims.in-region-copy.not-full-ecs",
        title: title("No full-ECS images within a region", "整机镜像不支持区域内复制"),
        aliases: &["image.copy-in-region"],
        holds: message("The source image is not a full-ECS image.", "源镜像不是整机镜像。"),
        why: message("The service rejects full-ECS images (IMG.0130).", "整机镜像会被拒绝（IMG.0130）。"),
        violated: message(
            "This is a full-ECS image; full-ECS images cannot be replicated (copied) within a region.",
            "该镜像为整机镜像，不支持区域内复制。",
        ),
        fix: FULL_ECS_FIX,
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[IN_REGION, WHOLE_IMAGE],
        check: Check::Once(|context| context.must_be(facts::IMAGE_FULL_ECS, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.not-iso",
        title: title("No ISO images within a region", "ISO 镜像不支持区域内复制"),
        holds: message("The image was not created from an ISO file.", "镜像不是由 ISO 文件创建的。"),
        why: message("The service rejects ISO images (IMG.0167).", "ISO 镜像会被拒绝（IMG.0167）。"),
        violated: message(
            "The image was created from an ISO file; such images cannot be replicated (copied) within a region.",
            "该镜像由 ISO 文件创建，不支持区域内复制。",
        ),
        fix: message(
            "Use the ISO image to install an ECS, create a system disk image from that ECS, and replicate that image.",
            "请使用该 ISO 镜像安装云服务器，再使用该云服务器创建系统盘镜像并复制。",
        ),
        reads: &[facts::IMAGE_ISO],
        citations: &[IN_REGION],
        check: Check::Once(|context| context.must_be(facts::IMAGE_ISO, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.not-windows",
        title: title("Windows images within a region", "区域内复制 Windows 镜像"),
        holds: message("The image is not a Windows image.", "镜像不是 Windows 镜像。"),
        why: message("This API no longer replicates Windows images.", "该接口已不再支持复制 Windows 镜像。"),
        disputed: Some(message(
            "Only the pages of the international site say so: under the editions of the other sites, Windows images are accepted.",
            "仅国际站的文档有此说明；按其他站点的文档版本，允许复制 Windows 镜像。",
        )),
        violated: message(
            "This is a Windows image, and this API no longer replicates (copies) Windows images.",
            "该镜像为 Windows 镜像，该接口已不再支持复制 Windows 镜像。",
        ),
        fix: message(
            "Create an ECS from the image, and create a new image from that ECS.",
            "请使用该镜像创建云服务器，再使用该云服务器创建新镜像。",
        ),
        reads: &[facts::IMAGE_OS],
        citations: &[IN_REGION.section("Function")],
        check: Check::Once(|context| {
            if context.edition.flag(&editions::WINDOWS_IN_REGION) { Decision::Satisfied } else { not_windows(context) }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.image-active",
        citations: &[IN_REGION_ZH, SHARED_GUIDE, ATTRIBUTES],
        ..IMAGE_ACTIVE
    },
    Rule {
        id: "ims.in-region-copy.private-image",
        title: title("Private images only", "仅限私有镜像"),
        holds: message(
            "Under the edition europe-2024-07, the source image is a private image.",
            "按欧洲站文档（europe-2024-07），源镜像为私有镜像。",
        ),
        why: message("The European site replicates private images only.", "欧洲站仅支持复制私有镜像。"),
        disputed: Some(message(
            "Elsewhere a shared image that has been accepted is replicated too.",
            "其他站点的文档允许复制已接受的共享镜像。",
        )),
        violated: message(
            "This is a {actual} image, and the European site replicates private images only.",
            "镜像类型为 {actual}，欧洲站仅支持复制私有镜像。",
        ),
        fix: message(
            "Create an ECS from it, create a private image from that ECS, and replicate that image.",
            "请使用该镜像创建云服务器，再使用该云服务器创建私有镜像并复制。",
        ),
        reads: &[facts::IMAGE_VISIBILITY],
        citations: &[SITES],
        params: &["actual"],
        check: Check::Once(|context| {
            if context.edition.flag(&editions::OTHERS_IN_REGION) {
                Decision::Satisfied
            } else {
                context.must_be_one_of(facts::IMAGE_VISIBILITY, &["private"])
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.size-cap",
        title: title("Image size limit within a region", "区域内复制的镜像大小上限"),
        holds: message(
            concat!(
                "Under the edition international-2026-01, the source image is at most ",
                limit!(in_region_gib),
                " GiB."
            ),
            concat!("按 international-2026-01 版文档，源镜像不超过 ", limit!(in_region_gib), " GiB。"),
        ),
        why: message(
            "The API at its newer URI refuses a larger image. The user guide of June 2026 states the limit for every in-region replication.",
            "新版接口会拒绝更大的镜像；2026 年 6 月的用户指南指出该限制适用于所有区域内复制。",
        ),
        violated: message(
            "The image is {actualBytes}; images replicated within a region cannot exceed {limitBytes}.",
            "镜像大小为 {actualBytes}，区域内复制的上限为 {limitBytes}。",
        ),
        fix: message("Create a smaller image.", "请创建更小的镜像。"),
        reads: &[facts::IMAGE_SIZE_BYTES],
        citations: &[IN_REGION_NEW, IN_REGION_GUIDE],
        params: &["actualBytes", "limitBytes"],
        check: Check::Once(|context| {
            let Some(cap) = context.edition.bytes(&editions::IN_REGION_CAP) else { return Decision::Satisfied };
            match context.count(facts::IMAGE_SIZE_BYTES) {
                None if is_no_limit(cap) => Decision::Satisfied,
                None => Decision::unknown(facts::IMAGE_SIZE_BYTES),
                Some(size) if size <= cap => Decision::Satisfied,
                Some(size) => Decision::violated(context.at(facts::IMAGE_SIZE_BYTES))
                    .with("actualBytes", Param::Bytes(size))
                    .with("limitBytes", Param::Bytes(cap)),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.shared-accepted",
        title: title("Acceptance of shared images", "接受共享镜像"),
        holds: message("A shared image has been accepted.", "共享镜像已被接受。"),
        why: message(
            "A shared image cannot be used before it is accepted (IMG.0196).",
            "未接受的共享镜像不能使用（IMG.0196）。",
        ),
        violated: message(
            "The image was shared by another tenant and has not been accepted yet.",
            "该镜像由其他租户共享，尚未接受。",
        ),
        fix: message(
            "Accept the shared image first, on the console or with PUT /v1/cloudimages/members.",
            "请先在控制台或通过 PUT /v1/cloudimages/members 接受该共享镜像。",
        ),
        reads: &[facts::IMAGE_VISIBILITY, facts::IMAGE_SHARE_ACCEPTED],
        presumes: &[facts::IMAGE_SHARE_ACCEPTED],
        citations: &[SHARED_GUIDE, ERROR_TABLE],
        check: Check::Once(|context| {
            let accepted = context.flag(facts::IMAGE_SHARE_ACCEPTED);
            match (is_shared(context), accepted) {
                (Some(false), _) | (_, Some(true)) => Decision::Satisfied,
                (None, None) if refuses_shared(context) => {
                    if context.is_strict() {
                        Decision::unknown(facts::IMAGE_VISIBILITY)
                    } else {
                        Decision::Satisfied
                    }
                }
                (Some(true), Some(false)) => Decision::violated(context.at(facts::IMAGE_SHARE_ACCEPTED)),
                (shared, accepted) => Decision::wants([
                    missing_visibility(shared),
                    accepted.is_none().then(|| Missing::of(facts::IMAGE_SHARE_ACCEPTED)),
                ]),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.shared-size-cap",
        title: title("Size limit of shared images", "共享镜像的大小上限"),
        holds: message(
            concat!("A shared image is at most ", limit!(shared_gib), " GiB."),
            concat!("共享镜像不超过 ", limit!(shared_gib), " GiB。"),
        ),
        why: message("Larger shared images cannot be replicated.", "超出上限的共享镜像不能复制。"),
        violated: message(
            "The image is {actualBytes}; shared images that are replicated cannot exceed {limitBytes}.",
            "镜像大小为 {actualBytes}，共享镜像的复制上限为 {limitBytes}。",
        ),
        fix: message("Ask its owner for a smaller image.", "请联系镜像所有者提供更小的镜像。"),
        reads: &[facts::IMAGE_SIZE_BYTES, facts::IMAGE_VISIBILITY],
        citations: &[SHARED_GUIDE],
        params: &["actualBytes", "limitBytes"],
        check: Check::Once(|context| {
            let size = context.count(facts::IMAGE_SIZE_BYTES);
            match (is_shared(context), size) {
                (Some(false), _) => Decision::Satisfied,
                (_, Some(size)) if size <= SHARED_CAP => Decision::Satisfied,
                (Some(true), Some(size)) => Decision::violated(context.at(facts::IMAGE_SIZE_BYTES))
                    .with("actualBytes", Param::Bytes(size))
                    .with("limitBytes", Param::Bytes(SHARED_CAP)),
                (None, None) if refuses_shared(context) => Decision::unknown(facts::IMAGE_VISIBILITY),
                // Where no image may be larger, whose it is does not matter.
                (None, None)
                    if context.edition.bytes(&editions::IN_REGION_CAP).is_some_and(|cap| cap <= SHARED_CAP) =>
                {
                    Decision::unknown(facts::IMAGE_SIZE_BYTES)
                }
                (shared, size) => Decision::wants([
                    size.is_none().then(|| Missing::of(facts::IMAGE_SIZE_BYTES)),
                    missing_visibility(shared),
                ]),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.shared-not-encrypted",
        title: title("No encryption of shared images", "共享镜像不支持加密"),
        holds: message(
            "A shared image is not encrypted, and `cmk_id` is not specified for it.",
            "共享镜像未加密，且复制时不填写 `cmk_id`。",
        ),
        why: message(
            "An encrypted shared image cannot be replicated, and an image replicated from a shared image cannot be encrypted (IMG.0197).",
            "加密的共享镜像不支持复制，复制共享镜像时也不能加密（IMG.0197）。",
        ),
        violated: message(
            "The image was shared by another tenant, so neither it nor the new image can be encrypted.",
            "该镜像由其他租户共享，镜像本身及复制得到的新镜像均不能加密。",
        ),
        fix: message(
            "Do not specify `cmk_id`. If the image is encrypted, ask its owner to share an unencrypted one.",
            "请不要填写 `cmk_id`；如镜像已加密，请联系所有者共享未加密的镜像。",
        ),
        reads: &[facts::IMAGE_ENCRYPTED, facts::IMAGE_VISIBILITY],
        citations: &[SHARED_GUIDE, ERROR_TABLE],
        needs: Stage::Request,
        check: Check::Once(|context| {
            let encrypted = context.flag(facts::IMAGE_ENCRYPTED);
            let has_key = context.draft.has(CMK_ID);
            match (is_shared(context), encrypted) {
                (Some(false), _) => Decision::Satisfied,
                (Some(true), _) if has_key => Decision::violated(At::field(Section::Body, CMK_ID, "cmk_id")),
                (Some(true), Some(true)) => Decision::violated(context.at(facts::IMAGE_ENCRYPTED)),
                (_, Some(false)) if !has_key => Decision::Satisfied,
                (None, None) if refuses_shared(context) => Decision::unknown(facts::IMAGE_VISIBILITY),
                (shared, encrypted) => Decision::wants([
                    (encrypted.is_none() && !has_key).then(|| Missing::of(facts::IMAGE_ENCRYPTED)),
                    missing_visibility(shared),
                ]),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.bare-metal-not-encrypted",
        title: title("No encryption of bare metal server images", "裸金属服务器镜像不支持加密"),
        holds: message(
            "`cmk_id` is not specified for a bare metal server image.",
            "复制裸金属服务器镜像时不填写 `cmk_id`。",
        ),
        why: message(
            "Bare metal server images cannot be encrypted (IMG.0118).",
            "裸金属服务器镜像不支持加密（IMG.0118）。",
        ),
        violated: message(
            "This is a bare metal server image, which cannot be encrypted: `cmk_id` is not allowed.",
            "该镜像为裸金属服务器镜像，不支持加密，不能填写 `cmk_id`。",
        ),
        hint: Some(message("Images for bare metal servers cannot be encrypted.", "裸金属服务器镜像不支持加密。")),
        fix: message("Do not specify `cmk_id`.", "请不要填写 `cmk_id`。"),
        reads: &[facts::IMAGE_BARE_METAL],
        citations: &[ERROR_TABLE],
        needs: Stage::Request,
        check: Check::Once(|context| match context.flag(facts::IMAGE_BARE_METAL) {
            _ if !context.draft.has(CMK_ID) => Decision::Satisfied,
            None => Decision::unknown(facts::IMAGE_BARE_METAL),
            Some(false) => Decision::Satisfied,
            Some(true) => Decision::violated(At::field(Section::Body, CMK_ID, "cmk_id")),
        }),
        ..Rule::DEFAULT
    },
    Rule { id: "ims.in-region-copy.image-quota", ..IMAGE_QUOTA },
    Rule {
        id: "ims.in-region-copy.enterprise-project",
        title: title("Enterprise project of shared images", "共享镜像的企业项目"),
        severity: Severity::Warning,
        holds: message("No enterprise project is specified for a shared image.", "复制共享镜像时不填写企业项目。"),
        why: message("Enterprise projects do not apply to shared images.", "企业项目不适用于共享镜像。"),
        violated: message(
            "The image was shared by another tenant, and enterprise projects do not apply to shared images.",
            "该镜像由其他租户共享，企业项目对其不生效。",
        ),
        fix: message("Do not specify `enterprise_project_id`.", "请不要填写 `enterprise_project_id`。"),
        reads: &[facts::IMAGE_VISIBILITY],
        citations: &[ENTERPRISE_PROJECTS],
        needs: Stage::Request,
        check: Check::Once(|context| match is_shared(context) {
            Some(true) if context.draft.has(ENTERPRISE_PROJECT_ID) => {
                let at = At::field(Section::Body, ENTERPRISE_PROJECT_ID, "enterprise_project_id");
                Decision::violated(at)
            }
            // It is a warning, so what is not known is left alone.
            _ => Decision::Satisfied,
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.kms-permission",
        title: title("Permission to use KMS", "使用 KMS 的权限"),
        severity: Severity::Advice,
        holds: message(
            "To replicate an encrypted image, IMS needs permission to use KMS.",
            "复制加密镜像须授权 IMS 访问 KMS。",
        ),
        why: message("The API page of January 2026 demands it.", "2026 年 1 月的接口文档有此要求。"),
        violated: message(
            "The image is encrypted, so IMS must be authorized to access KMS.",
            "该镜像已加密，须授权 IMS 访问 KMS。",
        ),
        fix: message(
            "If IMS is not authorized yet, grant it access to KMS on the console.",
            "如尚未授权，请在控制台授予 IMS 访问 KMS 的权限。",
        ),
        reads: &[facts::IMAGE_ENCRYPTED],
        citations: &[IN_REGION_NEW],
        check: Check::Once(|context| match context.flag(facts::IMAGE_ENCRYPTED) {
            Some(true) => Decision::violated(context.at(facts::IMAGE_ENCRYPTED)),
            _ => Decision::Satisfied,
        }),
        ..Rule::DEFAULT
    },
]);

/// The largest shared image that is copied.
const SHARED_CAP: u64 = limit!(shared_gib) * (1 << 30);

/// Whether another tenant shared the image.
fn is_shared(context: &Context<'_, '_>) -> Option<bool> {
    context.fact(facts::IMAGE_VISIBILITY).map(|visibility| visibility == Visibility::Shared.as_str())
}

/// Whether another tenant's image is refused whatever else is found out: then the other facts that only matter of shared images
/// are not asked for.
fn refuses_shared(context: &Context<'_, '_>) -> bool {
    let is_too_large = context.aside(facts::IMAGE_SIZE_BYTES).count().is_some_and(|size| size > SHARED_CAP);
    let is_encrypted = context.draft.has(CMK_ID) || context.aside(facts::IMAGE_ENCRYPTED).flag() == Some(true);
    let is_accepted = context.aside(facts::IMAGE_SHARE_ACCEPTED).flag();
    let is_refused = !context.edition.flag(&editions::OTHERS_IN_REGION);
    is_refused || is_too_large || context.is_of_request() && is_encrypted || is_accepted == Some(false)
}

fn missing_visibility<'a>(shared: Option<bool>) -> Option<Missing<'a>> {
    shared.is_none().then(|| Missing::of(facts::IMAGE_VISIBILITY))
}
