//! `jd.copy-images`: POST /v1/regions/{regionId}/images:copyImages (copyImages).

#[cfg(feature = "schemars")]
use crate::check::body_schema;
use crate::check::destination_quota::{QUOTA_IMAGES, QUOTA_SNAPSHOTS};
use crate::check::evaluate::{evaluate_fields, evaluate_rules};
use crate::check::fields::fields;
use crate::check::operation::{Operation, assert_operation, reads, when_allowed};
#[cfg(feature = "reference")]
use crate::check::scheduling::Scheduling;
use crate::field::field::slot_of;
use crate::field::{field, ids};
use crate::finding::findings::Findings;
use crate::finding::fix::{Fix, PatchOperation};
use crate::finding::implicit_rules::implicit_rules;
use crate::jdcloud::fields::{self, Description, ImageIds, ImageName, RegionId};
use crate::jdcloud::limits::limit;
use crate::jdcloud::provider::VM;
use crate::jdcloud::region::KNOWN;
use crate::jdcloud::sources::{ERRORS, PAGE, SDK};
use crate::jdcloud::{editions, facts};
use crate::json::Value;
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::context::{Context, FieldText, ListedImages, MAX_LISTED};
use crate::rule::decision::{Decision, Objection};
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::rule::{Check, Citation, Rule, title, without_rationale};
use crate::rule::stage::Stage;

pub(crate) static OPERATION: Operation = Operation {
    id: "jd.copy-images",
    provider: &VM,
    api_name: "copyImages",
    api_aliases: &[],
    title: message("Copy images across regions", "镜像跨地域复制"),
    path_template: "/v1/regions/{regionId}/images:copyImages",
    path_template_for: None,
    path: &PATH,
    body: &BODY,
    path_keys: &field::keys(&PATH),
    body_keys: &field::keys(&BODY),
    unsent: &[],
    own: implicit_rules!("jd.copy-images", PAGE.section("请求参数")),
    rules: &RULES,
    when_allowed: when_allowed(&RULES),
    reads: reads(&RULES),
    evaluate_fields: evaluate_fields!(PATH, BODY),
    evaluate_rules: evaluate_rules!(RULES),
    subjects: &[],
    listed_images: Some(&LISTED_IMAGES),
    #[cfg(feature = "text")]
    kinds: &[],
    #[cfg(feature = "reference")]
    scheduling: &Scheduling::FREE,
    across,
    #[cfg(feature = "schemars")]
    schema: |edition, generator| {
        body_schema::subschema::<CopyImages>(edition, body_schema::Deviations::default(), generator)
    },
    #[cfg(feature = "schemars")]
    examples: &[
        r#"{"sourceImageIds": ["img-m5s0****29"], "destinationRegion": "cn-east-2", "name": "web-server_2.1"}"#,
    ],
};
const _: () = assert_operation(&OPERATION);

/// The images that a request is about.
static LISTED_IMAGES: ListedImages =
    ListedImages { slot: SOURCE_IMAGE_IDS, name: "sourceImageIds", max: fields::MAX_IMAGES };
const _: () = assert!(fields::MAX_IMAGES <= MAX_LISTED, "a rule would not see all images");

pub(crate) const SOURCE_IMAGE_IDS: usize = slot_of(&BODY, "sourceImageIds");
pub(crate) const DESTINATION_REGION: usize = slot_of(&BODY, "destinationRegion");
const REGION_ID: usize = slot_of(&BODY, "regionId");

/// One rule for both places: the address, and the body that the official SDK repeats it in.
const REGION_ID_LABEL: Message = message("Source Region", "源地域");
const REGION_ID_ABOUT: Message = message("ID of the region that the images are in.", "镜像所在地域的 ID。");
const REGION_ID_HOLDS: Message = message(
    "The URI contains the region of the images; if the body repeats it, it must be the same.",
    "须在 URI 中填写镜像所在的地域；请求体中如再次填写，须与其一致。",
);
const REGION_ID_WHY: Message = message(
    "The service rejects unknown regions (INVALID_ARGUMENT). Regions may be added, so an unlisted one is only a warning.",
    "服务端会拒绝未知地域（INVALID_ARGUMENT）。地域列表可能增加，因此不在列表中的地域仅作警告。",
);
const REGION_ID_CITATIONS: &[Citation] = &[PAGE.section("请求地址"), ERRORS, SDK];

fields! {
    operation OPERATION "jd.copy-images";
    requests {
        /// A request to copy images to another region.
        ///
        /// ```
        /// use image_preflight::{Verdict, jdcloud::{CopyImages, Facts, ImageFacts, QuotaFacts, RootDevice, Visibility}};
        /// let request = CopyImages::builder()
        ///     .region_id("cn-north-1")
        ///     .source_image_ids(["img-1"])
        ///     .destination_region("cn-east-2")
        ///     .build()?;
        /// let image = ImageFacts {
        ///     visibility: Some(Visibility::Private), root_device: Some(RootDevice::CloudDisk), status: Some("ready".into()),
        ///     snapshot_encrypted: Some(false), busy: Some(false), snapshots: Some(1),
        /// };
        /// let destination_quota = QuotaFacts { images: Some(1), snapshots: Some(1) };
        /// let report = request.check(&Facts { images: vec![("img-1".into(), image)], destination_quota }.into());
        /// assert_eq!(report.verdict(), Verdict::Allowed);
        /// # Ok::<(), image_preflight::InvalidRequest>(())
        /// ```
        CopyImages, CopyImagesBuilder;
    }
    path {
        /// The region that the images are in.
        region_id: RegionId = "regionId" {
            label: REGION_ID_LABEL,
            about: REGION_ID_ABOUT,
            examples: &[r#""cn-north-1""#],
            holds: REGION_ID_HOLDS,
            why: REGION_ID_WHY,
            citations: REGION_ID_CITATIONS,
        }
    }
    body {
        /// The images that are copied.
        source_image_ids: ImageIds = "sourceImageIds", mandatory {
            label: message("Source Images", "源镜像"),
            help: message(
                concat!("From 1 to ", limit!(images), " image IDs."),
                concat!("1 到 ", limit!(images), " 个镜像 ID。"),
            ),
            about: message("IDs of the private images to copy.", "待复制的私有镜像 ID 列表。"),
            examples: &[r#"["img-m5s0****29"]"#],
            holds: message(
                concat!(
                    "From 1 to ",
                    limit!(images),
                    " image IDs are specified, none of them empty, and each preferably once."
                ),
                concat!("须填写 1 到 ", limit!(images), " 个镜像 ID，均不为空，且最好不重复。"),
            ),
            why: message(
                concat!("The service takes at most ", limit!(images), "."),
                concat!("一次最多 ", limit!(images), " 个。"),
            ),
            disputed: message(
                "No document forbids a repeated ID, so this is only a warning.",
                "文档未禁止重复的 ID，因此仅作警告。",
            ),
            citations: &[PAGE.section("请求参数")],
        }
        /// The region that the images are copied to.
        destination_region: RegionId = "destinationRegion", mandatory {
            label: message("Destination Region", "目标地域"),
            help: message("The region that the images are copied to.", "镜像复制到的地域。"),
            about: message("ID of the region that the images are copied to.", "目标地域 ID，镜像将复制到该地域。"),
            examples: &[r#""cn-east-2""#, r#""cn-south-1""#],
            holds: message("One destination region is specified.", "须填写一个目标地域。"),
            why: message(
                "The service rejects unknown regions (INVALID_ARGUMENT). Regions may be added, so an unlisted one is only a warning.",
                "服务端会拒绝未知地域（INVALID_ARGUMENT）。地域列表可能增加，因此不在列表中的地域仅作警告。",
            ),
            citations: &[PAGE.section("请求参数"), ERRORS],
        }
        /// The name of the copies.
        name: ImageName = "name", optional {
            label: message("New Image Name", "新镜像名称"),
            help: message("All new images get this name.", "所有新镜像使用该名称。"),
            about: message("Name of the new images; all of them get the same one.", "新镜像的名称，所有新镜像使用同一名称。"),
            examples: &[r#""web-server_2.1""#],
            holds: message(
                concat!(
                    "The name of the new images, if specified, has 1 to ",
                    limit!(name_chars),
                    " characters: Chinese, letters, digits, underscores, hyphens and dots."
                ),
                concat!(
                    "新镜像名称（如填写）为 1 到 ",
                    limit!(name_chars),
                    " 个字符，可含中文、字母、数字、下划线、连字符和点。"
                ),
            ),
            why: message(
                "Later versions of the API accept it; all new images get the same name.",
                "较新版本的接口支持该参数，所有新镜像使用同一名称。",
            ),
            citations: &[SDK],
        }
        /// The description of the copies.
        description: Description = "description", optional {
            label: message("Description", "描述"),
            about: message("Description of the new images.", "新镜像的描述。"),
            examples: &[r#""Web servers, June""#, r#""六月的 Web 服务器""#],
            holds: message(
                concat!("The description, if specified, has at most ", limit!(description_chars), " characters."),
                concat!("描述（如填写）不超过 ", limit!(description_chars), " 个字符。"),
            ),
            why: message("Later versions of the API accept it.", "较新版本的接口支持该参数。"),
            citations: &[SDK],
        }
        /// The region that the images are in, once more: the official SDK repeats it in the body.
        region_id: RegionId = "regionId", absent {
            kind: ids::OPTIONAL_ID,
            label: REGION_ID_LABEL,
            about: REGION_ID_ABOUT,
            examples: &[r#""cn-north-1""#],
            holds: REGION_ID_HOLDS,
            why: REGION_ID_WHY,
            citations: REGION_ID_CITATIONS,
        }
    }
}

/// The messages of this file that are in no rule.
pub(crate) const MESSAGES: [Message; 2] = [DIFFERS, TAKE_OUT];

const DIFFERS: Message = message(
    "{field} is {actual} in the body but {with} in the URI.",
    "请求体中的 {field} 为 {actual}，与 URI 中的 {with} 不一致。",
);
const TAKE_OUT: Message = message("Remove {field} from the body.", "请从请求体中删除 {field}。");

/// The body may repeat the region, but not contradict it.
fn across<'a>(draft: &Draft<'a>, _: &Edition, out: &mut Findings<'a>) {
    let Some(field) = BODY.get(REGION_ID) else { return };
    let at = || At::field(Section::Body, REGION_ID, field.name());
    if draft.path.is_some() && draft.has(REGION_ID) {
        let mut missing = Vec::new();
        if matches!(draft.path, Some(Value::Null)) {
            missing.push(Missing::of_field(Section::Path, 0, "regionId"));
        }
        if draft.is_unknown(REGION_ID) {
            missing.push(Missing::of_field(Section::Body, REGION_ID, "regionId"));
        }
        if !missing.is_empty() {
            return out.unknown(&field.rule, at(), missing);
        }
    }
    let (Some(in_path), Some(in_body)) = (draft.path.and_then(|value| value.as_text()), draft.text(REGION_ID)) else {
        return;
    };
    if KNOWN.is_same(in_path, in_body) {
        return;
    }
    let params = Params::default()
        .with("actual", Param::UserText(in_body.to_cow()))
        .with("with", Param::UserText(in_path.to_cow()));
    let fixes = [Fix::patch(TAKE_OUT, vec![PatchOperation::remove("/body/regionId")])];
    out.add(&field.rule, field.rule.severity, at(), Some(ViolationKind::Conflict), DIFFERS, params, fixes.into());
}

static RULES: [Rule; 8] = without_rationale([
    Rule {
        id: "jd.copy-images.region-differs",
        title: title("Different destination region", "目标地域与源地域不同"),
        holds: message("The destination region is not the region of the images.", "目标地域与镜像所在地域不同。"),
        why: message(
            "Images can be copied only to another region (INVALID_ARGUMENT).",
            "只能复制到其他地域（INVALID_ARGUMENT）。",
        ),
        disputed: Some(message(
            "SDK descriptions since November 2024 allow the same region, the API page does not. See edition jd-2024-11.",
            "2024 年 11 月以后的 SDK 说明允许同一地域，而 API 文档不允许，见 jd-2024-11 版。",
        )),
        violated: message(
            "The destination region is {region}, the same as the source region.",
            "目标地域 {region} 与源地域相同。",
        ),
        fix: message("Choose another destination region.", "请选择其他目标地域。"),
        citations: &[PAGE, SDK],
        params: &["region"],
        needs: Stage::Destination,
        check: Check::Once(|context| {
            if context.edition.flag(&editions::SAME_REGION) {
                return Decision::Satisfied;
            }
            let source = match context.draft.path {
                Some(Value::Null) => None,
                Some(Value::Text(source)) => Some(source),
                _ => return Decision::Satisfied,
            };
            match (source, context.field(DESTINATION_REGION)) {
                (_, FieldText::Absent) => Decision::Satisfied,
                (Some(source), FieldText::Text(destination)) if KNOWN.is_same(source, destination) => {
                    Decision::violated(At::field(Section::Body, DESTINATION_REGION, "destinationRegion"))
                        .with("region", Param::UserText(destination.to_cow()))
                }
                (Some(_), FieldText::Text(_)) => Decision::Satisfied,
                (source, destination) => Decision::wants([
                    source.is_none().then(|| Missing::of_field(Section::Path, 0, "regionId")),
                    matches!(destination, FieldText::NotKnownYet)
                        .then(|| context.missing_field(DESTINATION_REGION, "destinationRegion")),
                ]),
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "jd.copy-images.private-image",
        title: title("Private images only", "仅限私有镜像"),
        holds: message("Every image is a private image.", "每个镜像均为私有镜像。"),
        why: message(
            "Only private images can be copied (FAILED_PRECONDITION).",
            "只有私有镜像可以复制（FAILED_PRECONDITION）。",
        ),
        disputed: Some(message(
            "SDK descriptions since November 2024 allow images shared with the caller, the API page does not. See edition jd-2024-11.",
            "2024 年 11 月以后的 SDK 说明允许共享给调用者的镜像，而 API 文档不允许，见 jd-2024-11 版。",
        )),
        violated: message(
            "Image {image} is of type {actual}; only private images can be copied.",
            "镜像 {image} 的类型为 {actual}，只有私有镜像可以复制。",
        ),
        fix: message(
            "Remove it from the list. Create an instance from it, create a private image from that instance, and copy that image.",
            "请将其移出列表；可先用它创建云主机，再由该云主机制作私有镜像并复制。",
        ),
        reads: &[facts::IMAGES_VISIBILITY],
        citations: &[PAGE, ERRORS, SDK],
        params: &["image", "actual"],
        check: Check::EachImage(|context, image| {
            let allowed: &[&str] =
                if context.edition.flag(&editions::SHARED_IMAGES) { &["private", "shared"] } else { &["private"] };
            context.image_must_be_one_of(facts::IMAGES_VISIBILITY, image, allowed)
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "jd.copy-images.cloud-disk-system-image",
        title: title("Cloud disk system disk images only", "仅限云盘系统盘镜像"),
        holds: message("Every image is of the cloud disk system disk type.", "每个镜像均为云硬盘系统盘镜像。"),
        why: message("Images for local disks cannot be copied.", "本地盘镜像不支持复制。"),
        violated: message(
            "The system disk type of image {image} is {actual}; only images of the cloud disk system disk type can be copied.",
            "镜像 {image} 的系统盘类型为 {actual}，只支持云硬盘系统盘镜像。",
        ),
        fix: message(
            "Remove it from the list, or convert it to a cloud disk system disk image first.",
            "请将其移出列表，或先转换为云硬盘系统盘镜像。",
        ),
        reads: &[facts::IMAGES_ROOT_DEVICE],
        citations: &[PAGE, ERRORS],
        params: &["image", "actual"],
        check: Check::EachImage(|context, image| {
            context.image_must_be_one_of(facts::IMAGES_ROOT_DEVICE, image, &["cloudDisk"])
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "jd.copy-images.ready",
        title: title("Image status", "镜像状态"),
        holds: message("Every image is in status `ready`.", "每个镜像的状态均为 `ready`（可用）。"),
        why: message("An image in any other state cannot be copied.", "其他状态的镜像不能复制。"),
        violated: message(
            "The status of image {image} is {actual}; it must be `ready`.",
            "镜像 {image} 的状态为 {actual}，须为 `ready`。",
        ),
        hint: Some(message("Image {image} is not ready yet.", "镜像 {image} 尚未就绪。")),
        fix: message("Wait until it is ready, or remove it from the list.", "请等待其变为 ready，或将其移出列表。"),
        reads: &[facts::IMAGES_STATUS],
        citations: &[PAGE, ERRORS],
        params: &["image", "actual"],
        check: Check::EachImage(|context, image| context.image_must_be_one_of(facts::IMAGES_STATUS, image, &["ready"])),
        ..Rule::DEFAULT
    },
    Rule {
        id: "jd.copy-images.no-encrypted-snapshot",
        title: title("No encrypted snapshots", "不含加密快照"),
        holds: message("No image has an encrypted snapshot.", "所有镜像均不含加密快照。"),
        why: message("Encrypted snapshots cannot be copied.", "加密快照不支持复制。"),
        violated: message("Image {image} has an encrypted snapshot.", "镜像 {image} 带有加密快照。"),
        fix: message(
            "Remove it from the list, or create an image from an instance whose disks are not encrypted.",
            "请将其移出列表，或由未加密磁盘的云主机重新制作镜像。",
        ),
        reads: &[facts::IMAGES_SNAPSHOT_ENCRYPTED],
        citations: &[PAGE, ERRORS],
        params: &["image"],
        check: Check::EachImage(|context, image| context.image_must_be(facts::IMAGES_SNAPSHOT_ENCRYPTED, image, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "jd.copy-images.not-busy",
        title: title("No other task on an image", "镜像没有其他任务"),
        holds: message(
            "No image is being copied, converted, or used by another task.",
            "没有镜像正在复制、转换或被其他任务占用。",
        ),
        why: message("The service rejects an image that another task is using.", "被其他任务占用的镜像会被拒绝。"),
        violated: message("Image {image} is being processed by another task.", "镜像 {image} 正在被其他任务占用。"),
        fix: message("Wait until that task has ended.", "请等待该任务结束。"),
        reads: &[facts::IMAGES_BUSY],
        citations: &[ERRORS],
        params: &["image"],
        check: Check::EachImage(|context, image| context.image_must_be(facts::IMAGES_BUSY, image, false)),
        ..Rule::DEFAULT
    },
    Rule {
        id: "jd.copy-images.image-quota",
        title: title("Image quota of the destination", "目标地域的镜像配额"),
        holds: message(
            "The destination region has enough image quota left for all images.",
            "目标地域的镜像配额足够容纳所有镜像。",
        ),
        why: message(
            "Each new image uses one private image of the destination region's quota (QUOTA_EXCEEDED).",
            "每个新镜像占用目标地域一个私有镜像配额（QUOTA_EXCEEDED）。",
        ),
        violated: message(
            "{needed:image of quota is|images of quota are} needed, but only {left:is|are} left in the destination region.",
            "需要复制 {needed} 个镜像，目标地域剩余镜像配额为 {left}。",
        ),
        fix: message(
            "Delete images there, request a higher quota, or copy fewer images.",
            "请删除目标地域的镜像、申请提高配额，或减少复制数量。",
        ),
        reads: &[QUOTA_IMAGES],
        citations: &[PAGE, ERRORS],
        params: &["needed", "left"],
        check: Check::Once(|context| {
            // A list that is not known yet has one image at least; what is not known of it may be an image that is known.
            let mut listed = context.listed_missing();
            let needed = u64::try_from(context.images().len()).unwrap_or(u64::MAX).max(u64::from(!listed.is_empty()));
            match context.count(QUOTA_IMAGES) {
                _ if needed == 0 => Decision::Satisfied,
                Some(left) if needed > left => Decision::violated(context.at(QUOTA_IMAGES))
                    .with("needed", Param::count(needed))
                    .with("left", Param::count(left)),
                left if !listed.is_empty() => {
                    listed.extend(left.is_none().then(|| Missing::of(QUOTA_IMAGES)));
                    Objection::Unknown(listed).into()
                }
                None => Decision::unknown(QUOTA_IMAGES),
                Some(_) => Decision::Satisfied,
            }
        }),
        ..Rule::DEFAULT
    },
    Rule {
        id: "jd.copy-images.snapshot-quota",
        title: title("Snapshot quota of the destination", "目标地域的快照配额"),
        holds: message(
            "The destination region has enough snapshot quota left for the disk snapshots of all images.",
            "目标地域的云硬盘快照配额足够容纳所有镜像的快照。",
        ),
        why: message(
            "Each disk of each image uses one snapshot of the destination region's quota (QUOTA_EXCEEDED).",
            "每个镜像的每块磁盘占用目标地域一个快照配额（QUOTA_EXCEEDED）。",
        ),
        violated: message(
            "At least {needed:snapshot of quota is|snapshots of quota are} needed, but only {left:is|are} left in the destination region.",
            "这些镜像至少需要 {needed} 个云硬盘快照，目标地域剩余快照配额为 {left}。",
        ),
        fix: message(
            "Delete snapshots there, request a higher quota, or copy fewer images.",
            "请删除目标地域的快照、申请提高配额，或减少复制数量。",
        ),
        reads: &[QUOTA_SNAPSHOTS, facts::IMAGES_SNAPSHOTS],
        citations: &[PAGE, ERRORS],
        params: &["needed", "left"],
        check: Check::Once(snapshot_quota),
        ..Rule::DEFAULT
    },
]);

/// Every image needs at least one snapshot, so too little quota may be certain before every number is known.
fn snapshot_quota<'a>(context: &Context<'_, 'a>) -> Decision<'a> {
    let left = context.count(QUOTA_SNAPSHOTS);
    // A list that is not known yet has one image at least.
    let mut unknown = context.listed_missing();
    let mut needed = u64::from(!unknown.is_empty() && context.images().is_empty());
    for image in context.images() {
        match context.image_count(facts::IMAGES_SNAPSHOTS, image) {
            Some(snapshots) => needed = needed.saturating_add(snapshots),
            None => {
                needed = needed.saturating_add(1);
                unknown.push(image.missing(facts::IMAGES_SNAPSHOTS));
            }
        }
    }
    match left {
        _ if needed == 0 => Decision::Satisfied,
        Some(left) if needed > left => Decision::violated(context.at(QUOTA_SNAPSHOTS))
            .with("needed", Param::count(needed))
            .with("left", Param::count(left)),
        Some(_) if unknown.is_empty() => Decision::Satisfied,
        Some(_) => Objection::Unknown(unknown).into(),
        None => {
            unknown.push(Missing::of(QUOTA_SNAPSHOTS));
            Objection::Unknown(unknown).into()
        }
    }
}
