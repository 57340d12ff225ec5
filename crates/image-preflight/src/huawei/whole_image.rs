//! `ims.whole-image`: POST /v1/cloudimages/wholeimages/action (CreateWholeImage), from an ECS or from a CBR backup.

use crate::check::evaluate::{evaluate_fields, evaluate_rules, missing};
use crate::check::fields::fields;
use crate::check::operation::{Operation, assert_operation, reads, when_allowed};
#[cfg(feature = "reference")]
use crate::check::scheduling::{OneAtATime, Scheduling};
use crate::field::field::slot_of;
use crate::field::typed::{Identifier, Megabytes};
use crate::field::{field, ids, numbers};
use crate::finding::findings::Findings;
use crate::finding::fix::{Fix, PatchOperation};
use crate::finding::implicit_rules::implicit_rules;
use crate::huawei::fields::{Description, EnterpriseProjectId, ImageName, WholeImageType};
use crate::huawei::limits::limit;
use crate::huawei::provider::IMS;
use crate::huawei::sources::{
    ATTRIBUTES, DESCRIPTION_ABOUT, DESCRIPTION_HOLDS, DESCRIPTION_LABEL, DESCRIPTION_WHY, ERROR_TABLE, FULL_ECS_GUIDE,
    IMAGE_QUOTA, NAME_ABOUT, NAME_DISPUTED, NAME_HOLDS, NAME_LABEL, NAME_WHY, NO_WINDOWS_FIX, PROJECT_HELP,
    PROJECT_ID_ABOUT, PROJECT_ID_HOLDS, PROJECT_ID_WHY, PROJECT_LABEL, VAULT_FOUND, VAULT_LABEL, WHOLE_IMAGE,
    WHOLE_IMAGE_INTL, WHOLE_IMAGE_OTC, WHOLE_IMAGE_ZH,
};
use crate::huawei::tags::{ImageTags, Tags};
use crate::huawei::{editions, facts};
use crate::json::{Integer, Value};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::context::is_one_of;
use crate::rule::decision::{Decision, Objection};
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;
use crate::rule::fact::Fact;
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::rule::{Check, Citation, Rule, Severity, title, without_rationale};
use crate::rule::stage::Stage;

pub(crate) static OPERATION: Operation = Operation {
    id: "ims.whole-image",
    provider: &IMS,
    api_name: "CreateWholeImage",
    api_aliases: &[],
    title: message("Create a full-ECS image", "制作整机镜像"),
    path_template: "/v1/cloudimages/wholeimages/action",
    path_template_for: None,
    path: &PATH,
    body: &BODY,
    path_keys: &field::keys(&PATH),
    body_keys: &field::keys(&BODY),
    unsent: &[],
    own: implicit_rules!("ims.whole-image", WHOLE_IMAGE.section("Request")),
    rules: &RULES,
    when_allowed: when_allowed(&RULES),
    reads: reads(&RULES) | facts::ECS_ID.bit() | facts::BACKUP_ID.bit(),
    evaluate_fields: evaluate_fields!(PATH, BODY),
    evaluate_rules: evaluate_rules!(RULES),
    subjects: &[(facts::ECS_ID, "instance_id"), (facts::BACKUP_ID, "backup_id")],
    listed_images: None,
    #[cfg(feature = "text")]
    kinds: &KINDS,
    #[cfg(feature = "reference")]
    scheduling: &SCHEDULING,
    across,
    #[cfg(feature = "schemars")]
    schema: schema::subschema,
    #[cfg(feature = "schemars")]
    examples: &[
        r#"{"name": "whole_of_server", "instance_id": "877a2cda-ba63-4e1e-b95f-e67e48b6129a", "vault_id": "de9fcf45-11b2-432c-8562-5c5428574600", "tags": ["team.web"]}"#,
        r#"{"name": "whole_of_backup", "backup_id": "9b27efab-4a17-4c06-bfa2-3e0cf021d3c3", "whole_image_type": "CBR", "min_ram": 1024}"#,
    ],
};
const _: () = assert_operation(&OPERATION);

/// One at a time for each backup, which makes one image only, and for each server.
#[cfg(feature = "reference")]
static SCHEDULING: Scheduling = Scheduling {
    one_at_a_time: &[
        OneAtATime {
            slot: Some(BACKUP_ID),
            name: "backup_id",
            shared: message("the same backup", "同一备份"),
            only_if: None,
            uses_up: Some(facts::BACKUP_USED),
        },
        OneAtATime {
            slot: Some(INSTANCE_ID),
            name: "instance_id",
            shared: message("the same ECS", "同一云服务器"),
            only_if: None,
            uses_up: None,
        },
    ],
    ..Scheduling::FREE
};

const REQUEST: Citation = WHOLE_IMAGE.section("Request");
const FROM_BACKUP: Citation = WHOLE_IMAGE.section("Constraints (Creating a Full-ECS Image Using a CBR Backup)");

const TAGS: usize = slot_of(&BODY, "tags");
const IMAGE_TAGS: usize = slot_of(&BODY, "image_tags");
const INSTANCE_ID: usize = slot_of(&BODY, "instance_id");
const VAULT_ID: usize = slot_of(&BODY, "vault_id");
const BACKUP_ID: usize = slot_of(&BODY, "backup_id");
const WHOLE_IMAGE_TYPE: usize = slot_of(&BODY, "whole_image_type");
const MIN_RAM: usize = slot_of(&BODY, "min_ram");
const MAX_RAM: usize = slot_of(&BODY, "max_ram");

fields! {
    operation OPERATION "ims.whole-image";
    requests {
        /// A request to make a full-ECS image of a server.
        ///
        /// It has a vault, also where an edition allows a request without one: such a request is checked as a case.
        ///
        /// ```
        /// use image_preflight::{Verdict, huawei::{EcsFacts, Facts, Os, WholeImageFromEcs}};
        /// let request = WholeImageFromEcs::builder()
        ///     .name("instance_whole_image")
        ///     .instance_id("877a2cda-ba63-4e1e-b95f-e67e48b6129a")
        ///     .vault_id("de9fcf45-11b2-432c-8562-5c5428574600")
        ///     .image_tags([("team", "web")])
        ///     .build()?;
        /// let ecs = EcsFacts { os: Some(Os::Linux), multi_disk_volume: Some(true), ..EcsFacts::default() };
        /// let report = request.check(&Facts { ecs, ..Facts::default() }.into());
        /// // It is only a warning: the service takes the request.
        /// assert_eq!(report.verdict(), Verdict::Allowed);
        /// assert!(report.findings().iter().any(|finding| finding.rule().id == "ims.whole-image.no-multi-disk-lvm"));
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        WholeImageFromEcs, WholeImageFromEcsBuilder;
        /// A request to make a full-ECS image of a CBR backup.
        ///
        /// It says that the backup is one of CBR, also where an edition allows a request that does not, and takes its backup for one of
        /// CSBS: such a request is checked as a case.
        ///
        /// ```
        /// use image_preflight::{Verdict, huawei::{BackupFacts, Facts, WholeImageFromBackup}};
        /// let request = WholeImageFromBackup::builder()
        ///     .name("backup_whole_image")
        ///     .backup_id("9b27efab-4a17-4c06-bfa2-3e0cf021d3c3")
        ///     .whole_image_type("CBR")
        ///     .tags(["aaa.111", "bbb.333"])
        ///     .build()?;
        /// let backup = BackupFacts { used: Some(true), ..BackupFacts::default() };
        /// assert_eq!(request.check(&Facts { backup, ..Facts::default() }.into()).verdict(), Verdict::Denied);
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        WholeImageFromBackup, WholeImageFromBackupBuilder;
    }
    path {}
    body {
        /// The name of the image.
        name: ImageName = "name", mandatory | mandatory {
            label: NAME_LABEL,
            help: NAME_HOLDS,
            about: NAME_ABOUT,
            examples: &[r#""whole_of_server""#, r#""整机镜像-1""#],
            holds: NAME_HOLDS,
            why: NAME_WHY,
            disputed: NAME_DISPUTED,
            citations: &[REQUEST, ATTRIBUTES],
        }
        /// The description of the image.
        description: Description = "description", optional | optional {
            label: DESCRIPTION_LABEL,
            help: DESCRIPTION_HOLDS,
            about: DESCRIPTION_ABOUT,
            examples: &[r#""Before the upgrade""#, r#""升级前的整机镜像""#],
            holds: DESCRIPTION_HOLDS,
            why: DESCRIPTION_WHY,
            citations: &[REQUEST, ATTRIBUTES],
        }
        /// The tags of the image, as strings; either these or `image_tags`.
        tags: Tags = "tags", optional | optional {
            label: message("Tags", "标签"),
            help: message(
                concat!("At most ", limit!(tags), " tags, each a key and a value joined by a dot."),
                concat!("最多 ", limit!(tags), " 个标签，键和值以点连接。"),
            ),
            about: message("Tags of the new image, each as `key.value`; a tag without a dot is a key only. Use either `tags` or `image_tags`.", "新镜像的标签，每个标签格式为 `key.value`，不含点时仅为键。`tags` 与 `image_tags` 只能使用一个。"),
            examples: &[r#"["team.web", "stage"]"#],
            holds: message(
                concat!(
                    "Tags are at most ",
                    limit!(tags),
                    " strings `key.value`; keys have 1 to ",
                    limit!(tag_key_chars),
                    " characters and differ, values have at most ",
                    limit!(tag_value_chars),
                    ". Specify either `tags` or `image_tags`, not both."
                ),
                concat!(
                    "标签最多 ",
                    limit!(tags),
                    " 个，格式为 `key.value`；键为 1 到 ",
                    limit!(tag_key_chars),
                    " 个字符且互不相同，值不超过 ",
                    limit!(tag_value_chars),
                    " 个字符。`tags` 与 `image_tags` 只能使用一个。"
                ),
            ),
            why: TAGS_WHY,
            citations: &[REQUEST, ATTRIBUTES.section("标签数据格式")],
        }
        /// The tags of the image, as pairs of key and value; either these or `tags`.
        image_tags: ImageTags = "image_tags", optional | optional {
            label: message("Tags (Keys and Values)", "标签（键和值）"),
            help: message(
                concat!("At most ", limit!(tags), " tags, each with a key and a value."),
                concat!("最多 ", limit!(tags), " 个标签，每个标签含键和值。"),
            ),
            about: message("Tags of the new image, each as an object with a key and a value. Use either `tags` or `image_tags`.", "新镜像的标签，每个标签为包含键和值的对象。`tags` 与 `image_tags` 只能使用一个。"),
            examples: &[r#"[{"key": "team", "value": "web"}]"#],
            holds: message(
                concat!(
                    "Tags are at most ",
                    limit!(tags),
                    " objects with `key` and `value`; keys have 1 to ",
                    limit!(tag_key_chars),
                    " characters and differ, values have at most ",
                    limit!(tag_value_chars),
                    ". Specify either `tags` or `image_tags`, not both."
                ),
                concat!(
                    "标签最多 ",
                    limit!(tags),
                    " 个，每个对象含 `key` 和 `value`；键为 1 到 ",
                    limit!(tag_key_chars),
                    " 个字符且互不相同，值不超过 ",
                    limit!(tag_value_chars),
                    " 个字符。`tags` 与 `image_tags` 只能使用一个。"
                ),
            ),
            why: TAGS_WHY,
            citations: &[REQUEST, ATTRIBUTES.section("标签数据格式")],
        }
        /// The server that the image is made of.
        instance_id: Identifier = "instance_id", mandatory | absent {
            kind: ids::OPTIONAL_ID,
            label: message("ECS", "云服务器"),
            help: INSTANCE_FOUND,
            about: message("ID of the ECS that the image is created from.", "制作镜像所用的云服务器 ID。"),
            needed: message("Required when the image is created from an ECS.", "使用云服务器制作镜像时必填。"),
            examples: &[r#""877a2cda-ba63-4e1e-b95f-e67e48b6129a""#],
            holds: message(
                "`instance_id` is required when the image is created from an ECS.",
                "使用云服务器制作整机镜像时 `instance_id` 必填。",
            ),
            why: message(
                "A full-ECS image is created either from an ECS or from a backup. To create it from an ECS, the ECS ID is required (IMG.0012).",
                "整机镜像须使用云服务器或备份制作；使用云服务器制作时须填写云服务器 ID（IMG.0012）。",
            ),
            found: INSTANCE_FOUND,
            citations: &[REQUEST],
        }
        /// The vault that the image is kept in: the one that the server is, or will be, in.
        vault_id: Identifier = "vault_id", mandatory | absent {
            kind: ids::OPTIONAL_ID,
            label: VAULT_LABEL,
            help: VAULT_FOUND,
            about: message("ID of the vault that stores the image.", "存放镜像的存储库 ID。"),
            needed: message("Required when the image is created from an ECS.", "使用云服务器制作镜像时必填。"),
            examples: &[r#""de9fcf45-11b2-432c-8562-5c5428574600""#],
            holds: message(
                "`vault_id` is required when the image is created from an ECS: the vault that the ECS has been, or will be, added to.",
                "使用云服务器制作整机镜像时 `vault_id` 必填，为云服务器已加入或待加入的存储库 ID。",
            ),
            why: message(
                "The image is kept as a backup in this vault (IMG.0184).",
                "整机镜像以备份形式保存在该存储库中（IMG.0184）。",
            ),
            disputed: message(
                "Where CSBS backups are accepted (china-2022-12, international-2026-01, europe-2024-07, open-telekom-cloud-2026-04, and eu-west-0-2024-03, which accepts no others), only CBR needs a vault: under these editions the field is optional.",
                "支持云服务器备份（CSBS）的文档版本（china-2022-12、international-2026-01、europe-2024-07、open-telekom-cloud-2026-04，以及仅支持 CSBS 的 eu-west-0-2024-03）仅要求云备份（CBR）填写存储库，因此该参数选填。",
            ),
            found: VAULT_FOUND,
            citations: &[REQUEST, WHOLE_IMAGE_ZH, WHOLE_IMAGE_OTC],
        }
        /// The backup that the image is made of.
        backup_id: Identifier = "backup_id", absent | mandatory {
            kind: ids::OPTIONAL_ID,
            label: message("Cloud Server Backup", "云服务器备份"),
            help: BACKUP_FOUND,
            about: message("ID of the backup that the image is created from.", "制作镜像所用的备份 ID。"),
            needed: message("Required when the image is created from a backup.", "使用备份制作镜像时必填。"),
            examples: &[r#""9b27efab-4a17-4c06-bfa2-3e0cf021d3c3""#],
            holds: message(
                "`backup_id` is required when the image is created from a backup, and excludes `instance_id`.",
                "使用备份制作整机镜像时 `backup_id` 必填，且不能填写 `instance_id`。",
            ),
            why: message(
                "A full-ECS image is created either from an ECS or from a backup, never from both. To create it from a backup, a backup ID that matches the backup type is required (IMG.0019, IMG.0198).",
                "整机镜像须使用云服务器或备份制作，不能同时指定。使用备份制作时须填写与备份类型匹配的备份 ID（IMG.0019、IMG.0198）。",
            ),
            found: BACKUP_FOUND,
            citations: &[REQUEST],
        }
        /// The service that the backup is of: `CBR`.
        whole_image_type: WholeImageType = "whole_image_type", absent | mandatory {
            label: message("Backup Service", "备份服务"),
            about: message("Service that the backup comes from: `CBR` for Cloud Backup and Recovery.", "备份所属的服务，`CBR` 表示云备份。"),
            needed: message("Required when the image is created from a backup.", "使用备份制作镜像时必填。"),
            examples: &[r#""CBR""#],
            holds: message(
                "`whole_image_type` is required when the image is created from a CBR backup, and must be CBR.",
                "使用云备份制作整机镜像时 `whole_image_type` 必填，取值为 CBR。",
            ),
            why: message(
                "Without it the backup is taken for one of CSBS, a service that is being retired (IMG.0190).",
                "不填写时备份会被视为云服务器备份（CSBS），该服务正逐步下线（IMG.0190）。",
            ),
            disputed: message(
                "The document's own third example leaves it out; its table makes it mandatory, and the table counts. Where CSBS backups are accepted too (china-2022-12, international-2026-01, europe-2024-07, open-telekom-cloud-2026-04), the field is optional, and CSBS is a value of it; under eu-west-0-2024-03 it is optional too, and CSBS is its only value.",
                "文档第三个示例未填写该参数，但参数表规定必填，以参数表为准。同时支持云服务器备份（CSBS）的文档版本（china-2022-12、international-2026-01、europe-2024-07、open-telekom-cloud-2026-04）中该参数选填，取值可为 CSBS；eu-west-0-2024-03 中同样选填，且取值只能为 CSBS。",
            ),
            citations: &[REQUEST, WHOLE_IMAGE_ZH, WHOLE_IMAGE_OTC],
        }
        /// The least memory, in MB, of a server that is created from the image; 0 is no limit.
        min_ram: Megabytes = "min_ram", optional | optional {
            kind: numbers::LEAST_MEGABYTES,
            label: message("Minimum Memory (MB)", "最小内存（MB）"),
            help: message("0 means unrestricted.", "0 表示不限制。"),
            about: message("Minimum memory, in MB, of an ECS created from the image. 0 means no limit.", "使用镜像创建的云服务器的最小内存，单位为 MB。0 表示不限制。"),
            examples: &[r#"0"#, r#"1024"#],
            holds: message(
                "Minimum memory in MB, a non-negative integer, not greater than `max_ram`; 0 means unrestricted.",
                "最小内存（MB）为非负整数，且不大于 `max_ram`；0 表示不限制。",
            ),
            why: message(
                "It is an amount of memory, which cannot be negative. If it is greater than `max_ram`, no ECS can use the image; no document says that the service rejects such a request, so that is only a warning.",
                "该参数为内存大小，不能为负数。如大于 `max_ram`，则没有云服务器能使用该镜像；文档未说明服务会拒绝此类请求，因此仅作警告。",
            ),
            citations: &[REQUEST],
        }
        /// The greatest memory, in MB, of a server that is created from the image.
        max_ram: Megabytes = "max_ram", optional | optional {
            label: message("Maximum Memory (MB)", "最大内存（MB）"),
            help: message("Leave blank to set no maximum.", "不填写时，不设最大内存。"),
            about: message("Maximum memory, in MB, of an ECS created from the image.", "使用镜像创建的云服务器的最大内存，单位为 MB。"),
            examples: &[r#"4096"#],
            holds: message("Maximum memory in MB, a non-negative integer.", "最大内存（MB）为非负整数。"),
            why: message("It is an amount of memory, which cannot be negative.", "该参数为内存大小，不能为负数。"),
            citations: &[REQUEST],
        }
        /// The enterprise project that the image belongs to.
        enterprise_project_id: EnterpriseProjectId = "enterprise_project_id", optional | optional {
            label: PROJECT_LABEL,
            help: PROJECT_HELP,
            about: PROJECT_ID_ABOUT,
            examples: &[r#""0""#, r#""c1e4a8f2-3b6d-4c0e-9a57-2d8f6b1e7c34""#],
            holds: PROJECT_ID_HOLDS,
            why: PROJECT_ID_WHY,
            citations: &[ATTRIBUTES.section("制作整机镜像")],
        }
    }
}

/// Where the ids of a server and of a backup are found.
const INSTANCE_FOUND: Message = message(
    "The ID of the ECS is on the ECS console: click the name of the ECS in the list.",
    "云服务器 ID 可在弹性云服务器控制台获取：单击列表中的云服务器名称，在详情页查看。",
);
const BACKUP_FOUND: Message = message(
    "The ID of the backup is on the CBR console: Cloud Server Backup, the Backups tab.",
    "备份 ID 可在云备份控制台获取：在“云服务器备份”页面的“备份副本”页签查看。",
);

const TAGS_WHY: Message = message(
    "The service rejects any other tags (IMG.0115, IMG.0116).",
    "不符合要求的标签会被拒绝（IMG.0115、IMG.0116）。",
);
const TAKE_OUT: Message = message("Do not specify {field}.", "请不要填写 {field}。");
const TAKE_OUT_OTHER: Message = message("Do not specify {with}.", "请不要填写 {with}。");
const NEITHER: Message = message(
    "Either {field} or {with} is required: a full-ECS image is created from an ECS or from a CBR backup.",
    "{field} 与 {with} 均未填写：整机镜像须使用云服务器或云备份制作。",
);
const GIVE_ONE: Message = message(
    "Specify `instance_id` and `vault_id`, or `backup_id` and `whole_image_type`.",
    "请填写 `instance_id` 和 `vault_id`，或填写 `backup_id` 和 `whole_image_type`。",
);
/// What each of the two requests does, by the field that makes it.
#[cfg(feature = "text")]
pub(crate) const KINDS: [(&str, Message); 2] = [
    ("instance_id", message("This is a request to create the image from an ECS.", "该请求使用云服务器制作整机镜像。")),
    ("backup_id", message("This is a request to create the image from a backup.", "该请求使用备份制作整机镜像。")),
];
const ADD_TYPE: Message = message("Set `whole_image_type` to CBR.", "请将 `whole_image_type` 设为 CBR。");

/// The messages of this file that are in no rule.
pub(crate) const MESSAGES: [Message; 5] = [TAKE_OUT, TAKE_OUT_OTHER, NEITHER, GIVE_ONE, ADD_TYPE];

fn at(slot: usize) -> At {
    let name = BODY.get(slot).map_or("", |field| field.name());
    At::field(Section::Body, slot, name)
}

/// What fields demand of one another.
fn across<'a>(draft: &Draft<'a>, edition: &Edition, out: &mut Findings<'a>) {
    if draft.has(TAGS) && draft.has(IMAGE_TAGS) {
        conflict(IMAGE_TAGS, TAGS, out);
    }
    let rule = |slot: usize| BODY.get(slot).map(|field| &field.rule);
    // A value of the wrong type is a violation of its own; it still says which of the two requests is meant.
    let is_meant = |slot| draft.has(slot);
    // What CBR needs may be left out where the backup may be one of CSBS, and is not said to be one of CBR.
    let is_of_cbr = !edition.flag(&editions::CSBS_BACKUPS)
        || draft.body(WHOLE_IMAGE_TYPE).and_then(Value::as_text).is_some_and(|kind| kind.is("CBR"));
    match (is_meant(INSTANCE_ID), is_meant(BACKUP_ID)) {
        (true, true) => conflict(BACKUP_ID, INSTANCE_ID, out),
        (true, false) => {
            if let Some(rule) = rule(VAULT_ID).filter(|_| is_of_cbr && !is_meant(VAULT_ID)) {
                missing(rule, at(VAULT_ID), Vec::new(), out);
            }
        }
        (false, true) => {
            if let Some(rule) = rule(WHOLE_IMAGE_TYPE).filter(|_| is_of_cbr && !draft.has(WHOLE_IMAGE_TYPE)) {
                let patch = vec![PatchOperation::add("/body/whole_image_type", "CBR")];
                let params = Params::default();
                let fixes = [Fix::patch(ADD_TYPE, patch)].into();
                let kind = ViolationKind::Missing;
                out.add(rule, rule.severity, at(WHOLE_IMAGE_TYPE), Some(kind), kind.message(), params, fixes);
            }
        }
        (false, false) => {
            let is_backup = draft.has(WHOLE_IMAGE_TYPE);
            let (slot, other) = if is_backup { (BACKUP_ID, "instance_id") } else { (INSTANCE_ID, "backup_id") };
            if let Some(rule) = rule(slot) {
                let params = Params::default().with("with", Param::Identifier(other.into()));
                let fixes = match rule.found_at() {
                    Some(place) => vec![Fix::message(GIVE_ONE), Fix::message(place)].into(),
                    None => [Fix::message(GIVE_ONE)].into(),
                };
                out.add(rule, rule.severity, at(slot), Some(ViolationKind::Missing), NEITHER, params, fixes);
            }
        }
    }
    if let (Some(min), Some(max)) = (megabytes(draft, MIN_RAM), megabytes(draft, MAX_RAM))
        && min > max
        && let Some(rule) = rule(MIN_RAM)
    {
        // No document says that it is refused.
        out.warn(rule, at(MIN_RAM), ViolationKind::GreaterThan, greater_than_maximum(min, max));
    }
}

#[cold]
#[inline(never)]
fn greater_than_maximum(min: i64, max: i64) -> Params<'static> {
    Params::default()
        .with("actual", Param::Integer(min))
        .with("minimum", Param::Integer(0))
        .with("maximum", Param::Integer(max))
        .with("with", Param::Identifier("max_ram".into()))
}

fn megabytes(draft: &Draft<'_>, slot: usize) -> Option<i64> {
    let Some(Value::Number(number)) = draft.body(slot) else { return None };
    if let Integer::Of(value @ 0..) = number.integer() { Some(value) } else { None }
}

/// Two fields of which only one may be given.
fn conflict(slot: usize, other: usize, out: &mut Findings<'_>) {
    let (Some(field), Some(with)) = (BODY.get(slot), BODY.get(other)) else { return };
    let params = Params::default().with("with", Param::Identifier(with.name().into()));
    let remove = |slot| vec![PatchOperation::remove(at(slot).pointer())];
    let fixes = vec![Fix::patch(TAKE_OUT, remove(slot)), Fix::patch(TAKE_OUT_OTHER, remove(other))];
    let kind = ViolationKind::Conflict;
    out.add(&field.rule, field.rule.severity, at(slot), Some(kind), kind.message(), params, fixes.into());
}

/// Whether the request is for an image of a backup; else it is for one of a server.
fn is_from_backup(draft: &Draft<'_>) -> bool {
    draft.has(BACKUP_ID) && !draft.has(INSTANCE_ID)
}

static RULES: [Rule; 13] = without_rationale([
    Rule {
        id: "ims.whole-image.source-configured",
        title: title("Initial configuration of the ECS", "云服务器的初始化配置"),
        severity: Severity::Warning,
        holds: message(
            "The ECS, or the ECS that the backup was taken from, has been configured for image creation.",
            "云服务器（或备份的源云服务器）已完成初始化配置。",
        ),
        why: message(
            "Otherwise the creation may fail, or creating ECSs from the image may fail.",
            "否则使用整机镜像创建云服务器可能失败，镜像本身也可能制作失败。",
        ),
        disputed: Some(message(
            "The English page says that the image creation may fail; the Chinese original says that creating ECSs from the image may fail. The message names both.",
            "英文文档称制作镜像可能失败，中文原文称使用整机镜像创建云服务器可能失败；此处两种后果均作提示。",
        )),
        violated: message(
            "The ECS has not been configured for image creation; the creation, or ECSs created from the image, may fail.",
            "云服务器未完成初始化配置，使用整机镜像创建云服务器可能失败，镜像本身也可能制作失败。",
        ),
        fix: message(
            "Configure the ECS first: set its NICs to DHCP, and install Cloud-Init or Cloudbase-Init and the drivers. Take a new backup afterwards.",
            "请先完成配置：网卡设为 DHCP，安装 Cloud-Init 或 Cloudbase-Init 及所需驱动；如使用备份，须在配置后重新备份。",
        ),
        reads: &[facts::ECS_CONFIGURED, facts::BACKUP_CONFIGURED],
        citations: &[WHOLE_IMAGE, FROM_BACKUP],
        needs: Stage::Request,
        check: Check::Once(|context| {
            let fact = if is_from_backup(context.draft) { facts::BACKUP_CONFIGURED } else { facts::ECS_CONFIGURED };
            context.must_be(fact, true)
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.no-spanned-volume",
        title: title("No spanned volumes", "不含跨区卷"),
        severity: Severity::Warning,
        holds: message("A Windows ECS has no spanned volume.", "Windows 云服务器没有跨区卷。"),
        why: message(
            "Otherwise, ECSs created from the image may lose data.",
            "否则使用该镜像创建的云服务器可能丢失数据。",
        ),
        violated: message(
            "The Windows ECS has a spanned volume; ECSs created from the image may lose data.",
            "该 Windows 云服务器存在跨区卷，使用镜像创建的云服务器可能丢失数据。",
        ),
        fix: message(
            "Move the data of the spanned volume to simple volumes before creating the image.",
            "制作镜像前，请将跨区卷中的数据迁移到简单卷。",
        ),
        reads: &[facts::ECS_OS, facts::ECS_SPANNED_VOLUME],
        citations: &[WHOLE_IMAGE],
        needs: Stage::Request,
        check: Check::Once(|context| {
            on_system(context, "windows", facts::ECS_SPANNED_VOLUME, || {
                context.must_be(facts::ECS_SPANNED_VOLUME, false)
            })
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.no-multi-disk-lvm",
        title: title("No volume groups of several physical volumes", "不含由多个物理卷组成的卷组"),
        severity: Severity::Warning,
        holds: message(
            "A Linux ECS has no volume group or logical volume that spans several physical volumes.",
            "Linux 云服务器没有由多个物理卷组成的卷组或逻辑卷。",
        ),
        why: message(
            "Otherwise, ECSs created from the image may lose data.",
            "否则使用该镜像创建的云服务器可能丢失数据。",
        ),
        violated: message(
            "The Linux ECS has a volume group or logical volume that spans several physical volumes; ECSs created from the image may lose data.",
            "该 Linux 云服务器存在由多个物理卷组成的卷组或逻辑卷，使用镜像创建的云服务器可能丢失数据。",
        ),
        fix: message(
            "Before creating the image, move the data to volumes that each use a single disk.",
            "制作镜像前，请将数据迁移到各自位于单块磁盘上的卷。",
        ),
        reads: &[facts::ECS_OS, facts::ECS_MULTI_DISK_VOLUME],
        citations: &[WHOLE_IMAGE],
        needs: Stage::Request,
        check: Check::Once(|context| {
            on_system(context, "linux", facts::ECS_MULTI_DISK_VOLUME, || {
                context.must_be(facts::ECS_MULTI_DISK_VOLUME, false)
            })
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.san-policy",
        title: title("SAN policy", "SAN 策略"),
        severity: Severity::Warning,
        holds: message("The SAN policy of a Windows ECS is OnlineAll.", "Windows 云服务器的 SAN 策略为 OnlineAll。"),
        why: message(
            "Otherwise, data disks of ECSs created from the image may be offline.",
            "否则使用该镜像创建的云服务器，其数据盘可能处于脱机状态。",
        ),
        violated: message(
            "The SAN policy of the Windows ECS is {actual}; data disks of ECSs created from the image may be offline.",
            "该 Windows 云服务器的 SAN 策略为 {actual}，使用镜像创建的云服务器，其数据盘可能处于脱机状态。",
        ),
        fix: message(
            "On the ECS, open a command prompt and run `diskpart`. Enter `san policy=onlineall`, check the result with `san`, and enter `exit`.",
            "请在云服务器上打开命令提示符，运行 `diskpart`，输入 `san policy=onlineall`，用 `san` 确认后输入 `exit` 退出。",
        ),
        reads: &[facts::ECS_OS, facts::ECS_SAN_POLICY],
        citations: &[WHOLE_IMAGE],
        params: &["actual"],
        needs: Stage::Request,
        check: Check::Once(|context| {
            // DiskPart prints it in two words.
            let policy = || context.must_be_one_of(facts::ECS_SAN_POLICY, &["OnlineAll", "Online All"]);
            on_system(context, "windows", facts::ECS_SAN_POLICY, policy)
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.backup-single-use",
        title: title("A backup is used once", "一个备份只能使用一次"),
        holds: message("The backup has not been used to create a full-ECS image yet.", "该备份尚未用于制作整机镜像。"),
        why: message(
            "Only one full-ECS image can be created from a CBR backup (IMG.0029, IMG.0134).",
            "一个云备份只能制作一个整机镜像（IMG.0029、IMG.0134）。",
        ),
        violated: message("A full-ECS image has already been created from this backup.", "该备份已制作过整机镜像。"),
        fix: message(
            "Back up the ECS again and use the new backup, or use the existing image.",
            "请对云服务器重新备份后使用新备份，或直接使用已有的镜像。",
        ),
        reads: &[facts::BACKUP_USED],
        citations: &[FROM_BACKUP],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if is_from_backup(context.draft) { context.must_be(facts::BACKUP_USED, false) } else { Decision::Satisfied }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.keep-stopped",
        severity: Severity::Advice,
        title: title("A stopped ECS stays stopped", "制作期间保持关机"),
        holds: message(
            "A stopped ECS is not started while the image is being created.",
            "制作镜像期间，不启动处于“关机”状态的云服务器。",
        ),
        why: message(
            "Otherwise the creation may fail. Do not perform operations on a running ECS either while the image is being created, and stop an ECS that holds a database first.",
            "否则可能导致镜像制作失败。云服务器处于“运行中”状态时，制作镜像期间也不要对其进行任何操作；如云服务器内有数据库，请先关机再制作。",
        ),
        disputed: Some(message(
            "The API page says so of images created from a backup, the user guide of images created from an ECS. The state of the ECS is what matters, so the advice is given for both.",
            "API 文档在使用备份制作镜像的约束中提到此项，用户指南在使用云服务器制作镜像时提到；起作用的是云服务器的状态，因此两种方式都会提示。",
        )),
        violated: message(
            "The ECS is stopped. Do not start it until the image has been created, or the creation may fail.",
            "云服务器处于“关机”状态，镜像制作完成前请勿开机，否则可能导致镜像制作失败。",
        ),
        fix: message("Start the ECS only when the job has ended.", "请等任务结束后再开机。"),
        reads: &[facts::ECS_STATE],
        citations: &[FROM_BACKUP, FULL_ECS_GUIDE.section("Background")],
        needs: Stage::Request,
        check: Check::Once(|context| match context.fact(facts::ECS_STATE) {
            None => Decision::unknown(facts::ECS_STATE),
            Some(state) if is_one_of(state, &["stopped", "SHUTOFF"]) => {
                Decision::violated(context.at(facts::ECS_STATE))
            }
            Some(_) => Decision::Satisfied,
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.shared-backup-image",
        title: title("Backups shared by other tenants", "其他租户共享的备份"),
        severity: Severity::Advice,
        holds: message("The backup was not shared by another tenant.", "该备份为本租户所有，不是其他租户共享的备份。"),
        why: message(
            "A full-ECS image created from a backup shared by another tenant cannot be shared.",
            "使用其他租户共享的备份制作的整机镜像不能共享。",
        ),
        violated: message(
            "The backup was shared by another tenant, so the image created from it cannot be shared.",
            "该备份由其他租户共享，使用该备份制作的整机镜像不能共享。",
        ),
        fix: message("To share the image, create it from your own backup.", "如需共享镜像，请使用本租户的备份制作。"),
        reads: &[facts::BACKUP_SHARED],
        citations: &[FROM_BACKUP],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if is_from_backup(context.draft) {
                context.must_be(facts::BACKUP_SHARED, false)
            } else {
                Decision::Satisfied
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.ecs-state",
        title: title("ECS status", "云服务器状态"),
        holds: message("The ECS is running or stopped.", "云服务器处于“运行中”或“关机”状态。"),
        why: message(
            "No image can be created from an ECS in any other status (IMG.0126).",
            "其他状态的云服务器不能制作整机镜像（IMG.0126）。",
        ),
        violated: message(
            "The status of the ECS is {actual}; it must be running or stopped.",
            "云服务器的状态为 {actual}，须为“运行中”或“关机”。",
        ),
        fix: message(
            "Wait until the ECS is running or stopped, then retry.",
            "请等待云服务器变为“运行中”或“关机”状态后重试。",
        ),
        reads: &[facts::ECS_STATE],
        presumes: &[facts::ECS_STATE],
        citations: &[FULL_ECS_GUIDE, ERROR_TABLE],
        params: &["actual"],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if is_from_backup(context.draft) {
                return Decision::Satisfied;
            }
            context.must_be_one_of(facts::ECS_STATE, &["running", "stopped", "ACTIVE", "SHUTOFF"])
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.no-dss-disk",
        title: title("No DSS disks", "不含专属分布式存储磁盘"),
        holds: message(
            "The ECS has no Dedicated Distributed Storage Service (DSS) disk.",
            "云服务器未挂载专属分布式存储（DSS）的磁盘。",
        ),
        why: message(
            "No full-ECS image can be created from an ECS with such a disk (IMG.0153).",
            "挂载了此类磁盘的云服务器不能制作整机镜像（IMG.0153）。",
        ),
        violated: message(
            "The ECS has a DSS disk, so no full-ECS image can be created from it.",
            "该云服务器挂载了专属分布式存储（DSS）的磁盘，不能制作整机镜像。",
        ),
        fix: message(
            "Create a system disk image and data disk images instead, or move the data to other disks.",
            "请改为分别创建系统盘镜像和数据盘镜像，或将数据迁移到其他磁盘。",
        ),
        reads: &[facts::ECS_DSS_DISK],
        presumes: &[facts::ECS_DSS_DISK],
        citations: &[FULL_ECS_GUIDE, ERROR_TABLE],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if is_from_backup(context.draft) {
                Decision::Satisfied
            } else {
                context.must_be(facts::ECS_DSS_DISK, false)
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.backup-available",
        title: title("Backup status", "备份状态"),
        holds: message("The backup is in the available status.", "备份状态为 available（可用）。"),
        why: message(
            "No image can be created from a backup in any other status (IMG.0132).",
            "其他状态的备份不能制作整机镜像（IMG.0132）。",
        ),
        violated: message(
            "The status of the backup is {actual}; it must be available.",
            "备份状态为 {actual}，须为 available。",
        ),
        fix: message(
            "Wait until the backup is available. If it does not become available, take another one.",
            "请等待备份变为 available；如无法恢复，请重新备份。",
        ),
        reads: &[facts::BACKUP_STATUS],
        presumes: &[facts::BACKUP_STATUS],
        citations: &[ERROR_TABLE],
        params: &["actual"],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if is_from_backup(context.draft) {
                context.must_be_one_of(facts::BACKUP_STATUS, &["available"])
            } else {
                Decision::Satisfied
            }
        }),
        ..Rule::DEFAULT
    },
    Rule { id: "ims.whole-image.image-quota", ..IMAGE_QUOTA },
    Rule {
        id: "ims.whole-image.not-windows",
        title: title("Full-ECS images of Windows ECSs", "Windows 云服务器的整机镜像"),
        holds: message(
            "Under the edition international-2026-01, the ECS is not a Windows ECS.",
            "国际站文档（international-2026-01）不支持使用 Windows 云服务器制作整机镜像。",
        ),
        why: message(
            "The international site no longer provides Windows images, and creates no full-ECS image from a Windows ECS.",
            "国际站已不再提供 Windows 镜像，也不再支持制作 Windows 整机镜像。",
        ),
        violated: message(
            "This is a Windows ECS, and the international site no longer creates full-ECS images from Windows ECSs.",
            "该云服务器为 Windows 云服务器，国际站已不再支持制作 Windows 整机镜像。",
        ),
        fix: NO_WINDOWS_FIX,
        reads: &[facts::ECS_OS],
        citations: &[WHOLE_IMAGE_INTL],
        needs: Stage::Request,
        check: Check::Once(|context| {
            if context.edition.flag(&editions::WINDOWS_FULL_ECS) || is_from_backup(context.draft) {
                return Decision::Satisfied;
            }
            match context.fact(facts::ECS_OS) {
                None => Decision::unknown(facts::ECS_OS),
                Some("windows") => Decision::violated(context.at(facts::ECS_OS)),
                Some(_) => Decision::Satisfied,
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "ims.whole-image.other-variant",
        title: title("Fields of the other variant", "另一种制作方式的参数"),
        severity: Severity::Warning,
        holds: message(
            "`whole_image_type` is not used with `instance_id`, and `vault_id` is not used with `backup_id`.",
            "使用云服务器制作时不填写 `whole_image_type`，使用备份制作时不填写 `vault_id`。",
        ),
        why: message(
            "The document lists these fields only for the other variant of the request.",
            "文档仅在另一种请求中列出该参数。",
        ),
        violated: message(
            "{actual} belongs to the other variant of this request (from an ECS, or from a CBR backup).",
            "{actual} 属于另一种请求（使用云服务器制作，或使用云备份制作）。",
        ),
        hint: Some(message(
            "This field is not used for the selected source (an ECS, or a CBR backup).",
            "所选的制作方式（使用云服务器，或使用云备份）不需要此项。",
        )),
        fix: message("Do not specify {actual}.", "请不要填写 {actual}。"),
        citations: &[REQUEST],
        params: &["actual"],
        needs: Stage::Request,
        check: Check::Once(|context| {
            let draft = context.draft;
            let (slot, name) = match (draft.has(INSTANCE_ID), draft.has(BACKUP_ID)) {
                (true, false) => (WHOLE_IMAGE_TYPE, "whole_image_type"),
                (false, true) => (VAULT_ID, "vault_id"),
                _ => return Decision::Satisfied,
            };
            if !draft.has(slot) {
                return Decision::Satisfied;
            }
            Decision::violated(at(slot)).with("actual", Param::Identifier(name.into()))
        }),
        ..Rule::DEFAULT
    },
]);

/// A rule about servers of one operating system. A fact that settles it either way is asked for with the system's name.
fn on_system<'a>(
    context: &crate::rule::context::Context<'_, 'a>,
    system: &str,
    fact: Fact,
    decide: impl Fn() -> Decision<'a>,
) -> Decision<'a> {
    if is_from_backup(context.draft) {
        return Decision::Satisfied;
    }
    match context.fact(facts::ECS_OS) {
        Some(found) if found != system => return Decision::Satisfied,
        Some(_) => return decide(),
        None => {}
    }
    // The system matters only where it would not be as it should on the one the rule is about.
    match decide() {
        Decision::Satisfied => Decision::Satisfied,
        Decision::Objection(objection) => match *objection {
            Objection::Violated(_) => Decision::unknown(facts::ECS_OS),
            _ => Decision::wants([Some(Missing::of(facts::ECS_OS)), Some(Missing::of(fact))]),
        },
    }
}

/// The JSON Schema of either request.
#[cfg(feature = "schemars")]
mod schema {
    use super::{WholeImageFromBackup, WholeImageFromEcs, editions};
    use crate::check::body_schema::{Deviations, subschema as request, title};
    use crate::rule::edition::Edition;
    use schemars::{Schema, SchemaGenerator};
    use serde_json::{Value, json};

    const NAME: &str = "WholeImage";

    pub(crate) fn subschema(edition: &Edition, generator: &mut SchemaGenerator) -> Schema {
        if !generator.definitions().contains_key(NAME) {
            generator.definitions_mut().insert(NAME.to_owned(), Value::Null);
            // What CBR needs may be left out where the backup may be one of CSBS.
            let may_be_left_out: &[_] =
                if edition.flag(&editions::CSBS_BACKUPS) { &["vault_id", "whole_image_type"] } else { &[] };
            let but = |excluded| Deviations { may_be_left_out, excluded: Some(excluded) };
            let schema = json!({
                "title": title(NAME),
                "description": "Created from an ECS, or from a backup: never from both.",
                "oneOf": [
                    request::<WholeImageFromEcs>(edition, but("backup_id"), generator),
                    request::<WholeImageFromBackup>(edition, but("instance_id"), generator)
                ],
                "if": {"type": "object", "required": ["tags"], "properties": {"tags": {"type": "array", "items": {}, "minItems": 1}}},
                "then": {"type": "object", "properties": {"image_tags": {
                    "type": ["array", "null"], "items": {}, "maxItems": 0, "description": "Either `tags` or `image_tags` is given, not both."
                }}}
            });
            generator.definitions_mut().insert(NAME.to_owned(), schema);
        }
        Schema::new_ref(format!("#/$defs/{NAME}"))
    }
}
