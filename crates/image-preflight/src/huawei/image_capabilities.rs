//! What can be done with an image other than copying: export and sharing, evaluated by the image alone.

use crate::check::evaluate::evaluate_rules;
use crate::check::operation::{Operation, reads};
#[cfg(feature = "reference")]
use crate::check::scheduling::Scheduling;
use crate::finding::implicit_rules::implicit_rules;
use crate::huawei::limits::limit;
use crate::huawei::provider::IMS;
use crate::huawei::sources::{
    ERROR_TABLE, FULL_ECS_FIX, GUIDE_EU_WEST_0, IMAGE_ACTIVE, PRODUCT, SHARING_OTC, SHARING_ZH, WHOLE_IMAGE,
};
use crate::huawei::{editions, facts};
use crate::message::message::message;
use crate::message::param::Param;
use crate::rule::decision::Decision;
use crate::rule::rule::{Check, Citation, Rule, assert_rules, title, without_rationale};

const FROM_BACKUP: Citation = WHOLE_IMAGE.section("Constraints (Creating a Full-ECS Image Using a CBR Backup)");

pub(crate) static EXPORT: Operation = Operation {
    id: "image.export",
    title: message("Export an image", "导出镜像"),
    rules: &EXPORT_RULES,
    reads: reads(&EXPORT_RULES),
    evaluate_rules: evaluate_rules!(EXPORT_RULES),
    ..NO_CALL
};

pub(crate) static SHARE: Operation = Operation {
    id: "image.share",
    title: message("Share an image", "共享镜像"),
    rules: &SHARE_RULES,
    reads: reads(&SHARE_RULES),
    evaluate_rules: evaluate_rules!(SHARE_RULES),
    ..NO_CALL
};

/// An operation that this crate sends no request for.
const NO_CALL: Operation = Operation {
    id: "",
    provider: &IMS,
    api_name: "",
    api_aliases: &[],
    title: message("", ""),
    path_template: "",
    path_template_for: None,
    path: &[],
    body: &[],
    path_keys: &[],
    body_keys: &[],
    unsent: &[],
    own: implicit_rules!("image", WHOLE_IMAGE),
    rules: &[],
    when_allowed: None,
    reads: 0,
    evaluate_fields: |_, _, _, _| {},
    evaluate_rules: |_, _, _| {},
    subjects: &[],
    listed_images: None,
    #[cfg(feature = "text")]
    kinds: &[],
    #[cfg(feature = "reference")]
    scheduling: &Scheduling::FREE,
    across: |_, _, _| {},
    #[cfg(feature = "schemars")]
    schema: |_, _| schemars::Schema::default(),
    #[cfg(feature = "schemars")]
    examples: &[],
};

const _: () = assert_rules(&EXPORT_RULES);
const _: () = assert_rules(&SHARE_RULES);

static EXPORT_RULES: [Rule; 6] = without_rationale([
    Rule {
        id: "image.export.not-full-ecs",
        title: title("No export of full-ECS images", "整机镜像不支持导出"),
        aliases: &["image.export"],
        holds: message("The image is not a full-ECS image.", "镜像不是整机镜像。"),
        why: message(
            "Full-ECS images cannot be exported (IMG.0128, IMG.0130).",
            "整机镜像不支持导出（IMG.0128、IMG.0130）。",
        ),
        violated: message(
            "This is a full-ECS image; full-ECS images cannot be exported.",
            "该镜像为整机镜像，不支持导出。",
        ),
        fix: FULL_ECS_FIX,
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[WHOLE_IMAGE, FROM_BACKUP],
        check: Check::Once(|context| context.must_be(facts::IMAGE_FULL_ECS, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "image.export.not-iso",
        title: title("No export of ISO images", "ISO 镜像不支持导出"),
        holds: message("The image was not created from an ISO file.", "镜像不是由 ISO 文件创建的。"),
        why: message("ISO images cannot be exported.", "ISO 镜像不支持导出。"),
        violated: message(
            "The image was created from an ISO file; such images cannot be exported.",
            "该镜像由 ISO 文件创建，不支持导出。",
        ),
        fix: message("Use the ISO file that it was created from.", "请直接使用创建该镜像的 ISO 文件。"),
        reads: &[facts::IMAGE_ISO],
        citations: &[PRODUCT],
        check: Check::Once(|context| context.must_be(facts::IMAGE_ISO, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "image.export.not-public",
        title: title("Private images only", "仅限私有镜像"),
        holds: message("The image is a private image.", "镜像是私有镜像。"),
        why: message(
            "Public, shared and KooGallery images cannot be exported. Nor can private images created from a Windows or SUSE public image, but no field of an image shows that.",
            "公共镜像、共享镜像和云商店镜像不支持导出。由 Windows 或 SUSE 公共镜像创建的私有镜像同样不支持，但镜像信息中没有字段可以判断。",
        ),
        violated: message(
            "This is a {actual} image, and only private images can be exported.",
            "镜像类型为 {actual}，只有私有镜像可以导出。",
        ),
        fix: message("Create a private image of your own and export that.", "请创建自己的私有镜像后再导出。"),
        reads: &[facts::IMAGE_VISIBILITY],
        citations: &[PRODUCT],
        params: &["actual"],
        check: Check::Once(|context| context.must_be_one_of(facts::IMAGE_VISIBILITY, &["private"])),
        ..Rule::DEFAULT
    },
    Rule {
        id: "image.export.size-cap",
        title: title("Image size limit for export", "导出的镜像大小上限"),
        holds: message(
            concat!("The image is at most ", limit!(export_gib), " GiB, unless it is exported by fast export."),
            concat!("镜像不超过 ", limit!(export_gib), " GiB，使用快速导出时除外。"),
        ),
        why: message("Larger images only support fast export (IMG.0160).", "更大的镜像仅支持快速导出（IMG.0160）。"),
        violated: message(
            "The image is {actualBytes}; without fast export at most {limitBytes} can be exported.",
            "镜像大小为 {actualBytes}，不使用快速导出时的上限为 {limitBytes}。",
        ),
        fix: message(
            "Use fast export: set `is_quick_export` to `true`.",
            "请使用快速导出：将 `is_quick_export` 设为 `true`。",
        ),
        reads: &[facts::IMAGE_SIZE_BYTES],
        citations: &[ERROR_TABLE, PRODUCT],
        params: &["actualBytes", "limitBytes"],
        check: Check::Once(|context| match context.count(facts::IMAGE_SIZE_BYTES) {
            None => Decision::unknown(facts::IMAGE_SIZE_BYTES),
            Some(size) if size <= EXPORT_CAP => Decision::Satisfied,
            Some(size) => Decision::violated(context.at(facts::IMAGE_SIZE_BYTES))
                .with("actualBytes", Param::Bytes(size))
                .with("limitBytes", Param::Bytes(EXPORT_CAP)),
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "image.export.not-marketplace",
        title: title("No export of KooGallery images", "云商店镜像不支持导出"),
        holds: message("The image was not created from a KooGallery image.", "镜像不是由云商店镜像创建的。"),
        why: message(
            "An image that was created from a KooGallery image cannot be exported (IMG.0078).",
            "由云商店镜像创建的镜像不支持导出（IMG.0078）。",
        ),
        violated: message(
            "The image was created from a KooGallery image, and such images cannot be exported.",
            "该镜像由云商店镜像创建，不支持导出。",
        ),
        fix: message(
            "Create a private image from an ECS that was not created from a KooGallery image, and export that.",
            "请使用非云商店镜像创建的云服务器创建私有镜像后再导出。",
        ),
        reads: &[facts::IMAGE_MARKETPLACE],
        presumes: &[facts::IMAGE_MARKETPLACE],
        citations: &[ERROR_TABLE],
        check: Check::Once(|context| context.must_be(facts::IMAGE_MARKETPLACE, false)),
        ..Rule::DEFAULT
    },
    Rule { id: "image.export.image-active", ..IMAGE_ACTIVE },
]);

/// The largest image that is exported without fast export.
const EXPORT_CAP: u64 = limit!(export_gib) * (1 << 30);

static SHARE_RULES: [Rule; 4] = without_rationale([
    Rule {
        id: "image.share.private-image",
        title: title("Private images only", "仅限私有镜像"),
        holds: message("The image is a private image.", "镜像是私有镜像。"),
        why: message(
            "Only private images that have not been published in KooGallery can be shared (IMG.0089, IMG.0107).",
            "只能共享未发布为云商店镜像的私有镜像（IMG.0089、IMG.0107）。",
        ),
        violated: message(
            "This is a {actual} image, and only private images can be shared.",
            "镜像类型为 {actual}，只能共享私有镜像。",
        ),
        fix: message("Create a private image of your own and share that.", "请创建自己的私有镜像后再共享。"),
        reads: &[facts::IMAGE_VISIBILITY],
        citations: &[SHARING_ZH, SHARING_OTC],
        params: &["actual"],
        check: Check::Once(|context| context.must_be_one_of(facts::IMAGE_VISIBILITY, &["private"])),
        ..Rule::DEFAULT
    },
    Rule {
        id: "image.share.not-encrypted",
        title: title("No sharing of encrypted images", "加密镜像不支持共享"),
        holds: message("The image is not encrypted.", "镜像未加密。"),
        why: message("Encrypted images cannot be shared (IMG.0098).", "加密镜像不能共享（IMG.0098）。"),
        disputed: Some(message(
            "Open Telekom Cloud excludes only images that are encrypted with the default key: under its edition encrypted images are not refused.",
            "Open Telekom Cloud 仅不支持共享使用默认密钥加密的镜像：按其文档版本，加密镜像不会被拒绝。",
        )),
        violated: message(
            "The image is encrypted, and encrypted images cannot be shared.",
            "该镜像已加密，加密镜像不能共享。",
        ),
        fix: message(
            "Replicate (copy) it within its region without `cmk_id`, and share the unencrypted copy.",
            "请先在本区域内复制该镜像且不填写 `cmk_id`，再共享得到的未加密镜像。",
        ),
        way_out: Some("ims.in-region-copy"),
        reads: &[facts::IMAGE_ENCRYPTED],
        citations: &[SHARING_ZH, SHARING_OTC],
        check: Check::Once(|context| {
            if context.edition.flag(&editions::ENCRYPTED_SHARED) {
                Decision::Satisfied
            } else {
                context.must_be(facts::IMAGE_ENCRYPTED, false)
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "image.share.not-from-shared-backup",
        title: title("No sharing of images from shared backups", "由共享备份创建的镜像不支持共享"),
        aliases: &["image.share"],
        holds: message(
            "The image was not created from a backup shared by another tenant.",
            "镜像不是使用其他租户共享的备份制作的。",
        ),
        why: message(
            "A full-ECS image can be shared only if it was created from your own CBR backup (IMG.0135).",
            "整机镜像仅在由本租户的云备份制作时才能共享（IMG.0135）。",
        ),
        violated: message(
            "The image was created from a shared CBR backup; such images cannot be shared.",
            "该镜像由共享的云备份创建，不能共享。",
        ),
        fix: message(
            "Create the image from your own backup, and share that image.",
            "请使用本租户的备份创建镜像后再共享。",
        ),
        reads: &[facts::IMAGE_FULL_ECS, facts::IMAGE_FROM_SHARED_BACKUP],
        citations: &[FROM_BACKUP],
        // Only full-ECS images are made from backups.
        check: Check::Once(|context| {
            // Where no full-ECS image is shared, that it is one decides, and not whose backup it was.
            let is_refused = !context.edition.flag(&editions::FULL_ECS_SHARED);
            if is_refused
                && context.flag(facts::IMAGE_FULL_ECS).is_none()
                && context.flag(facts::IMAGE_FROM_SHARED_BACKUP) != Some(false)
            {
                return Decision::unknown(facts::IMAGE_FULL_ECS);
            }
            context.not_both((facts::IMAGE_FULL_ECS, true), (facts::IMAGE_FROM_SHARED_BACKUP, true))
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "image.share.full-ecs-refused",
        title: title("Sharing of full-ECS images", "共享整机镜像"),
        holds: message(
            "Under the edition of eu-west-0, the image is not a full-ECS image.",
            "按 eu-west-0 的文档，镜像不是整机镜像。",
        ),
        why: message(
            "This partner cloud does not support sharing full-ECS images.",
            "该合作伙伴云不支持共享整机镜像。",
        ),
        violated: message(
            "This is a full-ECS image, and this cloud does not support sharing full-ECS images.",
            "该镜像为整机镜像，此云不支持共享整机镜像。",
        ),
        fix: FULL_ECS_FIX,
        reads: &[facts::IMAGE_FULL_ECS],
        citations: &[GUIDE_EU_WEST_0],
        check: Check::Once(|context| match context.edition.flag(&editions::FULL_ECS_SHARED) {
            true => Decision::Satisfied,
            false => context.must_be(facts::IMAGE_FULL_ECS, false),
        }),
        ..Rule::DEFAULT
    },
]);
