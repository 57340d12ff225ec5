//! `ims.in-region-copy`: POST /v1/cloudimages/{image_id}/copy (CopyImageInRegion).

use crate::check::evaluate::{evaluate_fields, evaluate_rules};
use crate::check::fields::fields;
use crate::check::operation::{Operation, assert_operation};
use crate::field::typed::Identifier;
use crate::field::{field, ids};
use crate::finding::implicit_rules::implicit_rules;
use crate::huawei::cross_region_copy::not_windows;
use crate::huawei::editions::is_no_limit;
use crate::huawei::fields::{Description, EnterpriseProjectId, ImageName};
use crate::huawei::limits::limit;
use crate::huawei::provider::IMS;
use crate::huawei::sources::{
    ATTRIBUTES, DESCRIPTION_DISPUTED, DESCRIPTION_HOLDS, DESCRIPTION_WHY, FULL_ECS_FIX, IMAGE_ACTIVE, IMAGE_ID_HOLDS,
    IMAGE_ID_WHY, IN_REGION, IN_REGION_2026, NAME_DISPUTED, NAME_HOLDS, NAME_WHY, PROJECT_ID_HOLDS, PROJECT_ID_WHY,
    WHOLE_IMAGE,
};
use crate::huawei::{editions, facts};
use crate::message::message::message;
use crate::message::param::Param;
use crate::rule::decision::Decision;
use crate::rule::rule::{Check, Rule, without_rationale};

pub(crate) static OPERATION: Operation = Operation {
    id: "ims.in-region-copy",
    provider: &IMS,
    api_name: "CopyImageInRegion",
    title: message("Copy an image within its region", "区域内复制镜像"),
    path_template: "/v1/cloudimages/{image_id}/copy",
    path_template_for: Some(&editions::IN_REGION_PATH),
    path: &PATH,
    body: &BODY,
    path_keys: &field::keys(&PATH),
    body_keys: &field::keys(&BODY),
    own: implicit_rules!("ims.in-region-copy", IN_REGION.section("Request")),
    rules: &RULES,
    evaluate_fields: evaluate_fields!(PATH, BODY),
    evaluate_rules: evaluate_rules!(RULES),
    listed_images: None,
    across: |_, _| {},
    #[cfg(feature = "schemars")]
    schema: |generator| generator.subschema_for::<InRegionCopy>(),
    #[cfg(feature = "schemars")]
    examples: &[
        r#"{"name": "ims_encrypted_copy", "description": "Encrypted", "cmk_id": "bd66288c-9081-460a-8227-4cbd0c814cb4", "enterprise_project_id": "0"}"#,
    ],
};
const _: () = assert_operation(&OPERATION);

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
        /// assert_eq!(serde_json::to_string(&request)?, r#"{"name":"ims_encrypted_copy3","cmk_id":"bd66288c-9081-460a-8227-4cbd0c814cb4"}"#);
        /// assert_eq!(request.check(&Facts::default()).verdict(), Verdict::Undetermined);
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        InRegionCopy, InRegionCopyBuilder;
    }
    path {
        /// The image that is copied.
        image_id: Identifier = "image_id" {
            kind: ids::PATH_ID,
            holds: IMAGE_ID_HOLDS,
            why: IMAGE_ID_WHY,
            citations: &[IN_REGION.section("URI")],
        }
    }
    body {
        /// The name of the copy.
        name: ImageName = "name", mandatory {
            holds: NAME_HOLDS,
            why: NAME_WHY,
            disputed: NAME_DISPUTED,
            citations: &[IN_REGION.section("Request"), ATTRIBUTES],
        }
        /// The description of the copy.
        description: Description = "description", optional {
            holds: DESCRIPTION_HOLDS,
            why: DESCRIPTION_WHY,
            disputed: DESCRIPTION_DISPUTED,
            citations: &[IN_REGION.section("Request"), ATTRIBUTES],
        }
        /// The key that the copy is encrypted with.
        cmk_id: Identifier = "cmk_id", optional {
            kind: ids::OPTIONAL_ID,
            holds: message(
                "The key that the copy is encrypted with, where it is given, is text; blank means that it is not given.",
                "加密密钥 ID（如填写）为字符串，空值表示不填写。",
            ),
            why: message("Without a key the copy is not encrypted.", "不填写密钥时，复制得到的镜像不加密。"),
            citations: &[IN_REGION.section("Request")],
        }
        /// The enterprise project that the copy belongs to.
        enterprise_project_id: EnterpriseProjectId = "enterprise_project_id", optional {
            holds: PROJECT_ID_HOLDS,
            why: PROJECT_ID_WHY,
            citations: &[IN_REGION.section("Request")],
        }
    }
}

static RULES: [Rule; 5] = without_rationale([
    Rule {
        id: "ims.in-region-copy.not-full-ecs",
        aliases: &["image.copy-in-region"],
        holds: message("The source image is not a full-ECS image.", "源镜像不是整机镜像。"),
        why: message("The service refuses full-ECS images (IMG.0130).", "整机镜像会被拒绝（IMG.0130）。"),
        violated: message(
            "The image is a full-ECS image; such images cannot be copied within their region.",
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
        holds: message("The image was not made from an ISO file.", "镜像不是由 ISO 文件创建的。"),
        why: message("The service refuses ISO images (IMG.0167).", "ISO 镜像会被拒绝（IMG.0167）。"),
        violated: message(
            "The image was made from an ISO file; such images cannot be copied within their region.",
            "该镜像由 ISO 文件创建，不支持区域内复制。",
        ),
        fix: message(
            "Install a server from the ISO image, make a system disk image of that server, and copy that.",
            "请用该 ISO 镜像安装云服务器，再由该云服务器制作系统盘镜像并复制。",
        ),
        reads: &[facts::IMAGE_ISO],
        citations: &[IN_REGION],
        check: Check::Once(|context| context.must_be(facts::IMAGE_ISO, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.in-region-copy.not-windows",
        holds: message("The image is not a Windows image.", "镜像不是 Windows 镜像。"),
        why: message(
            "The provider no longer copies Windows images with this operation.",
            "该接口已不再支持复制 Windows 镜像。",
        ),
        disputed: Some(message(
            "The pages of the partner clouds are silent about it: under their editions Windows images are taken.",
            "合作伙伴云的文档未作此说明，按其文档版本允许复制 Windows 镜像。",
        )),
        violated: message(
            "The image is a Windows image; this operation no longer copies those.",
            "该镜像为 Windows 镜像，该接口已不再支持复制 Windows 镜像。",
        ),
        fix: message(
            "Create a server from the image, and make a new image of that server.",
            "请用该镜像创建云服务器，再由该云服务器制作新镜像。",
        ),
        reads: &[facts::IMAGE_OS],
        citations: &[IN_REGION.section("Function")],
        check: Check::Once(|context| {
            if context.edition.flag(&editions::WINDOWS_IN_REGION) { Decision::Satisfied } else { not_windows(context) }
        }),
        ..Rule::DEFAULT
    },
    Rule { id: "ims.in-region-copy.image-active", ..IMAGE_ACTIVE },
    Rule {
        id: "ims.in-region-copy.size-cap",
        holds: message(
            concat!(
                "Under the edition international-2026-01, the source image is at most ",
                limit!(in_region_gib),
                " GiB."
            ),
            concat!("按 international-2026-01 版文档，源镜像不超过 ", limit!(in_region_gib), " GiB。"),
        ),
        why: message("At its newer address the operation refuses a larger image.", "新版接口会拒绝更大的镜像。"),
        violated: message(
            "The image is {actualBytes}; at most {limitBytes} can be copied within a region.",
            "镜像大小为 {actualBytes}，区域内复制的上限为 {limitBytes}。",
        ),
        fix: message("Make a smaller image.", "请制作更小的镜像。"),
        reads: &[facts::IMAGE_SIZE_BYTES],
        citations: &[IN_REGION_2026],
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
]);
