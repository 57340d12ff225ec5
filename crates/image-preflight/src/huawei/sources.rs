//! The documents of IMS that rules cite, and the sentences that several operations share.

use crate::check::destination_quota::QUOTA_IMAGES;
use crate::huawei::facts;
use crate::huawei::limits::limit;
use crate::message::message::{Message, message};
use crate::rule::decision::Decision;
use crate::rule::rule::{Check, Citation, Rule, title};
use crate::rule::stage::Stage;

/// It is very probably the page of the partner cloud: date and wording are the same.
pub(crate) const CROSS_REGION_2024: Citation = Citation {
    document: "Image Management Service API Reference: Replicating an Image Across Regions",
    date: "2024-04-17",
    section: "Constraints",
    url: Some("https://support.huaweicloud.com/intl/en-us/my-kualalumpur-1-api-ims/en-us_topic_0117857679.html"),
};

/// The page has no date; the repository that publishes it is of December 2022.
pub(crate) const CROSS_REGION_ZH: Citation = Citation {
    document: "镜像服务 API参考：跨Region复制镜像",
    date: "2022-12",
    section: "约束与限制",
    url: Some("https://support.huaweicloud.com/api-ims/ims_03_0628.html"),
};

/// The page has no date.
pub(crate) const IN_REGION: Citation = Citation {
    document: "Image Management Service API Reference: Replicating an Image Within a Region",
    date: "undated",
    section: "Constraints",
    url: Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0627.html"),
};

pub(crate) const WHOLE_IMAGE: Citation = Citation {
    document: "Image Management Service API Reference: Creating a Full-ECS Image",
    date: "2024-04-17",
    section: OF_ECS,
    url: Some("https://support.huaweicloud.com/intl/en-us/ae-ad-1-api-ims/en-us_topic_0092380109.html"),
};

/// The section of these pages on images that are created from an ECS.
pub(crate) const OF_ECS: &str = "Constraints (Creating a Full-ECS Image Using an ECS)";

pub(crate) const WHOLE_IMAGE_EU: Citation = Citation {
    document: "Image Management Service API Reference (Europe): Creating a Full-ECS Image",
    date: "2024-07-12",
    section: OF_ECS,
    url: Some("https://support.huaweicloud.com/eu/api-ims/ims_03_0607.html"),
};

/// The Chinese page on the in-region copy.
pub(crate) const IN_REGION_ZH: Citation = Citation {
    document: "镜像服务 API参考：Region内复制镜像",
    date: "2022-12",
    section: "约束与限制",
    url: Some("https://support.huaweicloud.com/api-ims/ims_03_0627.html"),
};

/// The Chinese page on what can be shared.
pub(crate) const SHARING_ZH: Citation = Citation {
    document: "镜像服务 API参考：镜像共享的约束限制",
    date: "2022-12",
    section: "约束与限制",
    url: Some("https://support.huaweicloud.com/api-ims/ims_03_0903.html"),
};

pub(crate) const SHARING_OTC: Citation = Citation {
    document: "Image Management Service API Reference (Open Telekom Cloud): Restrictions on Image Sharing",
    date: "2026-04",
    section: "Constraints",
    url: Some(
        "https://docs.otc.t-systems.com/image-management-service/api-ref/common_parameters/restrictions_on_image_sharing.html",
    ),
};

/// The page on full-ECS images of the repository that publishes the Chinese documents.
pub(crate) const WHOLE_IMAGE_ZH: Citation = Citation {
    document: "镜像服务 API参考：制作整机镜像",
    date: "2022-12",
    section: "请求消息",
    url: Some("https://support.huaweicloud.com/api-ims/ims_03_0607.html"),
};

pub(crate) const WHOLE_IMAGE_OTC: Citation = Citation {
    document: "Image Management Service API Reference (Open Telekom Cloud): Creating a Full-ECS Image",
    date: "2026-04",
    section: "Request",
    url: Some(
        "https://docs.otc.t-systems.com/image-management-service/api-ref/ims_apis/image/creating_a_full-ecs_image.html",
    ),
};

/// The international page on full-ECS images.
pub(crate) const WHOLE_IMAGE_INTL: Citation = Citation {
    document: "Image Management Service API Reference: Creating a Full-ECS Image",
    date: "2025-04-21",
    section: "Function",
    url: Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0607.html"),
};

pub(crate) const ATTRIBUTES: Citation =
    Citation { document: "镜像服务 API参考", date: "2022-12", section: "镜像属性", url: REPOSITORY };

/// The repository that publishes the Chinese documents.
const REPOSITORY: Option<&str> = Some("https://github.com/huaweicloudDocs/ims");

pub(crate) const USER_GUIDE: Citation =
    Citation {
        document: "镜像服务 用户指南", date: "2022-12", section: "跨区域复制镜像", url: REPOSITORY
    };

pub(crate) const CROSS_REGION_2026: Citation = Citation {
    date: "2026-01-19",
    url: Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0628.html"),
    ..CROSS_REGION_2024
};

/// The page on which the sentence on Windows images is oldest.
pub(crate) const CROSS_REGION_2025: Citation =
    Citation { date: "2025-02-26", section: "Function", url: None, ..CROSS_REGION_2024 };

pub(crate) const IN_REGION_OTC: Citation = Citation {
    document: "Image Management Service API Reference (Open Telekom Cloud): Image Replication",
    date: "2026-04",
    section: "Replicating an Image Within a Region",
    url: Some("https://docs.otc.t-systems.com/image-management-service/api-ref/ims_apis/image_replication/index.html"),
};

pub(crate) const IN_REGION_EU_WEST_0: Citation = Citation {
    document: "Image Management Service API Reference (eu-west-0): Replicating an Image Within a Region",
    date: "2024-03-01",
    section: "Constraints",
    url: Some("https://support.huaweicloud.com/intl/en-us/eu-west-0-api-ims/en-us_topic_0049147856.html"),
};

/// The user guide on the copy within a region.
pub(crate) const IN_REGION_GUIDE: Citation = Citation {
    document: "Image Management Service User Guide: Replicating Images Within a Region",
    date: "2026-06-30",
    section: "Constraints",
    url: Some("https://support.huaweicloud.com/intl/en-us/usermanual-ims/ims_01_0331.html"),
};

/// The limits on the product page.
pub(crate) const PRODUCT: Citation = Citation {
    document: "Image Management Service: Service Overview",
    date: "2025-10-22",
    section: "Notes and Constraints",
    url: Some("https://support.huaweicloud.com/intl/en-us/productdesc-ims/ims_01_0005.html"),
};

/// The limits of the partner cloud eu-west-0.
pub(crate) const GUIDE_EU_WEST_0: Citation = Citation {
    document: "Image Management Service User Guide (eu-west-0): Constraints",
    date: "2024-03-01",
    section: "Constraints on creating a private image",
    url: Some("https://support.huaweicloud.com/intl/en-us/eu-west-0-usermanual-ims/en-us_topic_0192505040.html"),
};

/// The page of the partner cloud tr-central-201.
pub(crate) const PARTNER_TR: Citation = Citation {
    document: "Image Management Service API Reference (tr-central-201): Creating a Full-ECS Image",
    date: "2024-04-16",
    section: "Constraints",
    url: None,
};

/// Labels of fields that several operations have.
pub(crate) const NAME_LABEL: Message = message("Name", "名称");

pub(crate) const DESCRIPTION_LABEL: Message = message("Description", "描述");

pub(crate) const SOURCE_IMAGE_LABEL: Message = message("Source Image", "源镜像");

pub(crate) const VAULT_LABEL: Message = message("Server Backup Vault", "云服务器备份存储库");

pub(crate) const PROJECT_LABEL: Message = message("Enterprise Project", "企业项目");

pub(crate) const PROJECT_HELP: Message =
    message("Leave blank to use the default enterprise project.", "不填写时，使用默认企业项目。");

pub(crate) const NAME_HOLDS: Message = message(
    concat!(
        "The name has 1 to ",
        limit!(name_chars),
        " characters: letters, digits, Chinese characters (except on the international site and Open Telekom Cloud), hyphens, dots, underscores and spaces, with no space at either end."
    ),
    concat!(
        "名称为 1 到 ",
        limit!(name_chars),
        " 个字符，可含字母、数字、中文（国际站和 Open Telekom Cloud 除外）、连字符、点、下划线和空格，首尾不能是空格。"
    ),
);

pub(crate) const NAME_WHY: Message = message(
    "The service rejects any other name (IMG.0002, IMG.0003, IMG.0013).",
    "否则请求会被拒绝（IMG.0002、IMG.0003、IMG.0013）。",
);

pub(crate) const DESCRIPTION_HOLDS: Message = message(
    concat!(
        "The description has at most ",
        limit!(description_chars),
        " characters and does not contain line breaks, < or >."
    ),
    concat!("描述不超过 ", limit!(description_chars), " 个字符，不含换行、< 和 >。"),
);

pub(crate) const DESCRIPTION_WHY: Message = message(
    "The service rejects any other description (IMG.0004, IMG.0054).",
    "否则请求会被拒绝（IMG.0004、IMG.0054）。",
);

pub(crate) const NAME_DISPUTED: Message = message(
    "The Chinese pages allow Chinese characters in names, those of the international site and of Open Telekom Cloud do not. The edition decides which applies.",
    "中文文档允许名称中含中文，国际站和 Open Telekom Cloud 的文档不允许；以所选的文档版本为准。",
);

pub(crate) const NAME_ABOUT: Message = message("Name of the new image.", "新镜像的名称。");

pub(crate) const DESCRIPTION_ABOUT: Message = message("Description of the new image.", "新镜像的描述。");

pub(crate) const IMAGE_ID_ABOUT: Message = message(
    "ID of the source image. Obtain it from the IMS console, or by listing the images (GET /v2/cloudimages).",
    "源镜像的 ID，可从镜像服务控制台获取，或通过查询镜像列表（GET /v2/cloudimages）获取。",
);

pub(crate) const PROJECT_ID_ABOUT: Message = message(
    "ID of the enterprise project that the new image belongs to. Obtain it from the Enterprise Project Management console. `0`, or no value, means the default enterprise project.",
    "新镜像所属的企业项目 ID，可从企业项目管理控制台获取。`0` 或不填写表示默认企业项目。",
);

pub(crate) const IMAGE_ID_HOLDS: Message = message(
    "`image_id`, the ID of the source image, is required in the URI.",
    "`image_id` 必填，为 URI 中的源镜像 ID。",
);

pub(crate) const IMAGE_ID_WHY: Message = message("Without it, the URI is incomplete.", "缺少该参数时 URI 不完整。");

pub(crate) const PROJECT_ID_HOLDS: Message = message(
    "`enterprise_project_id` is blank or \"0\" (the default enterprise project), or a UUID.",
    "`enterprise_project_id` 为空或“0”表示默认企业项目，否则须为 UUID。",
);

pub(crate) const PROJECT_ID_WHY: Message =
    message("The service rejects any other value (IMG.0155).", "其他取值会被拒绝（IMG.0155）。");

/// Where the id of a vault is found.
pub(crate) const VAULT_FOUND: Message = message(
    "The ID of the vault is on the CBR console, or in the answer of Querying the Vault List of CBR.",
    "存储库 ID 可从云备份控制台获取，或通过云备份的“查询存储库列表”接口查询。",
);

/// What to do on a site that replicates and creates no Windows images.
pub(crate) const NO_WINDOWS_FIX: Message =
    message("There is no alternative on this site. Submit a service ticket.", "该站点没有替代方法，请提交工单。");

/// What to do with a full-ECS image that cannot be copied as it is.
pub(crate) const FULL_ECS_FIX: Message = message(
    "Create an ECS from it, create a system disk image and data disk images from that ECS, and use these images instead.",
    "请使用该镜像创建云服务器，再分别创建系统盘镜像和数据盘镜像来代替。",
);

/// The rule that an image is in its normal state, under the id of each operation that needs it.
pub(crate) const IMAGE_ACTIVE: Rule = Rule {
    title: title("Image status", "镜像状态"),
    holds: message("The image is in the active status.", "镜像状态为 active（正常）。"),
    why: message(
        "An image that is being created, is frozen, or has been deleted cannot be used.",
        "创建中、已冻结或已删除的镜像不能使用。",
    ),
    disputed: Some(message(
        "This is a prerequisite in the user guide; the API pages do not mention it.",
        "这是用户指南中的前提条件，接口文档未提及。",
    )),
    violated: message("The status of the image is {actual}; it must be active.", "镜像状态为 {actual}，须为 active。"),
    fix: message(
        "Wait until the image is active. If it does not become active, create it again.",
        "请等待镜像变为 active；如无法恢复，请重新创建。",
    ),
    reads: &[facts::IMAGE_STATUS],
    citations: &[USER_GUIDE, ATTRIBUTES],
    params: &["actual"],
    check: Check::Once(|context| context.must_be_one_of(facts::IMAGE_STATUS, &["active"])),
    ..Rule::DEFAULT
};

/// The user guide of December 2022 on the copy within a region.
pub(crate) const SHARED_GUIDE: Citation = Citation { section: "区域内复制镜像", ..USER_GUIDE };

/// The table of error codes of December 2022.
pub(crate) const ERROR_TABLE: Citation = Citation {
    document: "镜像服务 API参考：错误码",
    date: "2022-12",
    section: "错误码",
    url: Some("https://support.huaweicloud.com/api-ims/ErrorCode.html"),
};

pub(crate) const FULL_ECS_GUIDE: Citation = Citation {
    document: "Image Management Service User Guide: Creating a Full-ECS Image from an ECS",
    date: "2026-06-30",
    section: "Constraints",
    url: Some("https://support.huaweicloud.com/intl/en-us/usermanual-ims/ims_01_0216.html"),
};

pub(crate) const REPLICATION_GUIDE: Citation = Citation {
    document: "Image Management Service User Guide: Replicating Images Across Regions",
    date: "2024-04-16",
    section: "Background",
    url: Some("https://support.huaweicloud.com/intl/en-us/usermanual-ims/ims_01_0332.html"),
};

pub(crate) const IAM_PROJECTS: Citation = Citation {
    document: "Identity and Access Management API Reference: Creating a Project",
    date: "2025-12-27",
    section: "Request",
    url: Some("https://support.huaweicloud.com/intl/en-us/api-iam/iam_06_0004.html"),
};

pub(crate) const SITES: Citation = Citation {
    document: "Image Management Service FAQ (Europe): Can I Use Private Images in Different Regions?",
    date: "2024-07-12",
    section: "Answer",
    url: Some("https://support.huaweicloud.com/eu/ims_faq/faq_20190802_2.html"),
};

/// The page on the policies that an agency needs.
pub(crate) const AGENCY_POLICIES: Citation = Citation {
    document: "Image Management Service FAQ (Europe): How Do I Limit Agency Permissions for Cross-Region Image Replication?",
    date: "2025-05-06",
    section: "Procedure",
    url: Some("https://support.huaweicloud.com/eu/ims_faq/faq_202503_1.html"),
};

/// The resource of the Terraform provider, which repeats what the service asks for.
pub(crate) const TERRAFORM: Citation = Citation {
    document: "terraform-provider-huaweicloud: huaweicloud_images_image_copy",
    date: "2026-08",
    section: "Argument Reference",
    url: Some(
        "https://github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/docs/resources/images_image_copy.md",
    ),
};

/// The rule that the quota has room for one more image, under the id of each operation that makes one.
pub(crate) const IMAGE_QUOTA: Rule = Rule {
    title: title("Private image quota", "私有镜像配额"),
    holds: message(
        "The private image quota in the region that receives the image is not used up.",
        "接收镜像的区域的私有镜像配额未用完。",
    ),
    why: message(
        "Once the quota (50 private images per region by default) is used up, no image can be created (IMG.0015).",
        "配额用完后（默认每个区域 50 个私有镜像）无法再创建镜像（IMG.0015）。",
    ),
    violated: message(
        "The private image quota in the region that receives the image has been used up.",
        "接收镜像的区域的私有镜像配额已用完。",
    ),
    fix: message(
        "Delete private images that are no longer needed in that region, or apply for a higher quota.",
        "请删除该区域不再使用的私有镜像，或申请提高配额。",
    ),
    reads: &[QUOTA_IMAGES],
    presumes: &[QUOTA_IMAGES],
    citations: &[ERROR_TABLE, PRODUCT],
    needs: Stage::Request,
    check: Check::Once(|context| match context.count(QUOTA_IMAGES) {
        None => Decision::unknown(QUOTA_IMAGES),
        Some(0) => Decision::violated(context.at(QUOTA_IMAGES)),
        Some(_) => Decision::Satisfied,
    }),
    ..Rule::DEFAULT
};

pub(crate) const IN_REGION_NEW: Citation = Citation {
    document: "Image Management Service API Reference: Replicating an Image Within a Region (New)",
    date: "2026-01-19",
    section: "Constraints",
    url: Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0627_1.html"),
};

pub(crate) const ENTERPRISE_PROJECTS: Citation = Citation {
    document: "Image Management Service API Reference: Image Attributes",
    date: "2025-04-21",
    section: "enterprise_project_id",
    url: Some("https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_appendix_09.html"),
};
