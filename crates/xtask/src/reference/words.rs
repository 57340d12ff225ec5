//! The texts of the reference itself, in both languages; everything about rules comes from the library.

use image_preflight::{Locale, Message, Retry, Severity};

macro_rules! words {
    ($($name:ident = $en:literal, $zh:literal;)+) => {
        $(pub(super) const $name: Message = Message { en: $en, zh: $zh };)+
    };
}

words! {
    TITLE = "image-preflight: rule reference", "image-preflight 规则参考";
    LEAD = "The rules that a machine image request is checked against before it is sent: what must hold, why, what decides it, and how to fix a violation.", "云服务器镜像请求提交前须满足的规则：要求、原因、判断依据，以及不满足时的处理方法。";
    NOTE = "The reference follows the cited documents as of their date. A cloud may lift a limit before its documents do.", "此处内容以所引文档的日期为准；云服务可能先于文档调整限制。";
    GB_NOTE = "The documents write GB and GiB for the same limits. Here a size is in bytes, and 1 GiB is 2^30 bytes.", "文档中同一限制有 GB 和 GiB 两种写法；此处大小以字节计，1 GiB 为 2^30 字节。";
    OTHER_LANGUAGE = "中文", "English";
    ALL_RULES = "All rules", "全部规则";
    OF_A_CASE = "Any case", "所有用例";
    RULE = "Rule", "规则";
    SEVERITY = "Severity", "级别";
    HOLDS = "What must hold", "要求";
    WHY = "Why", "原因";
    DECIDED_BY = "What decides it", "判断依据";
    FACT = "Fact", "已知信息（fact）";
    MEANING = "Meaning", "含义";
    HOW = "How to obtain it", "获取方式";
    READ_BY = "Rules that read it", "使用它的规则";
    EXAMPLES = "Examples", "示例";
    SIDE_VIOLATED = "Broken", "不满足";
    SIDE_UNKNOWN = "Not decidable yet", "暂无法判断";
    FIXES = "How to fix it", "处理方法";
    WAY_OUT = "Via", "操作：";
    CODE = "Code", "错误码";
    STATUS = "Status", "状态码";
    MESSAGE = "Message", "错误信息";
    SOURCES = "Sources", "依据文档";
    EDITIONS = "Editions", "文档版本";
    EDITIONS_LEAD = "The documents differ by site, by cloud and by date. A case may name the edition that applies to it. The default edition is not a single document: it combines the pages that the rules were written from. `image-preflight editions --diff A B` prints how two editions differ.", "文档因站点、云和日期而异。用例可以指定适用的文档版本。默认版本并非某一份文档，而是编写规则所依据的各页面合并而成。`image-preflight editions --diff A B` 可打印两个版本的差异。";
    DIFFERENCES = "How it differs from the default edition", "与默认版本的差异";
    RULES_DIFFER = "Rules that differ from the default edition", "与默认版本判断不同的规则";
    DISPUTED = "Where the documents contradict each other, or are silent", "文档矛盾或未说明之处";
    ALIASES = "Also known as", "别名";
    FACTS = "Facts", "已知信息（fact）";
    FACTS_LEAD = "Information that a rule may need in addition to the request. A fact that is not given is unknown, and a rule that needs it is not decided. The exception is marked “presumed”: documents other than the operation's own require that fact, so the rule is presumed to hold while the fact is unknown. A report lists these facts in `presumed`. With `\"strict\": true` in a case, nothing is presumed.", "规则在请求之外可能需要的信息。未提供的信息视为未知，任何规则都不会将其当作满足；表中注明“推定”的除外：这类信息由接口文档以外的文档要求，未知时推定规则满足，并在报告的 `presumed` 中列出。用例中设置 `\"strict\": true` 后不作任何推定。";
    PRESUMES = " (presumed)", "（推定）";
    PRESUMED_NOTE = "While it is unknown, the rule is presumed to hold, and the report lists it in `presumed`:", "未知时推定本规则满足，并在报告的 `presumed` 中列出：";
    OBJECTS = "Objects of a provider", "云服务返回的对象";
    OBJECTS_LEAD = "Instead of single facts, a case can contain what an API, a tool, or an SDK returned: a whole response, one object, or a page of several, from which the one in the request is taken. A single fact given as well takes precedence. An object of an unknown form, or with an ID other than that in the request, makes the case invalid.", "除逐项提供已知信息外，用例也可直接携带接口、工具或 SDK 返回的内容：完整返回、单个对象，或含多个对象的列表（取请求所指的一个）。同时提供的单项信息优先。格式无法识别或 ID 与请求不符的对象会使用例无效。";
    MEMBER = "Member", "成员";
    TAKES = "Takes", "内容";
    TOLD_BY = "Recognized by", "识别依据";
    ABSENCE = "What an object contains is known; what it does not contain is unknown. Only IMS documents what the absence of a member means, for these members, in a whole response of its API:", "对象给出的信息视为已知，未给出的视为未知。仅 IMS 文档为下列成员规定了缺省的含义，且仅适用于其接口的完整返回：";
    ABSENT_FROM_WHOLE = "Absent from a whole response of IMS", "IMS 完整返回中没有该成员";
    ABSENT_ELSEWHERE = "Absent anywhere else", "其他情况下没有该成员";
    UNKNOWN = "unknown", "未知";
    ANY_OPERATION = "any", "全部";
    BY_STATUS = "By HTTP status, where the code is not known", "错误码未知时，按 HTTP 状态码判断";
    PROBLEMS = "Problem details", "问题详情";
    PROBLEMS_LEAD = "The types of the problem details (RFC 9457) to which a report can be converted, for the responses of a gateway.", "报告可转换为问题详情（RFC 9457），供网关直接返回；类型如下。";
    INVALID = "Status 400: the case itself cannot be checked: it is not JSON, it contains an unknown operation, edition, or fact, or an object of an unknown form. The cloud has rejected nothing. `errors` says what is wrong, and where.", "状态码 400：用例本身有误，无法检查：不是 JSON，含有未知的操作、文档版本或已知信息名称，或对象的格式无法识别。云服务并未拒绝任何请求，`errors` 中给出原因和位置。";
    DENIED = "Status 422: at least one rule of severity error is broken. `errors` lists them, `report` is the whole report.", "状态码 422：至少有一条错误级别的规则不满足，`errors` 逐条列出，`report` 为完整报告。";
    UNDETERMINED = "Status 424: no rule is broken so far, but some facts are missing. `report.missing` lists them.", "状态码 424：没有不满足的规则，但仍缺少可能改变结论的信息，见 `report.missing`。";
    STATEMENTS = "Documented statements", "文档内容对照";
    STATEMENTS_LEAD = "Every statement of the source documents, the rule that decides it, and how many test vectors show it satisfied (✓), broken (✗), not decidable yet (?), and presumed to hold (≈).", "源文档中的每条说明、判断它的规则，以及满足（✓）、不满足（✗）、暂无法判断（?）、推定满足（≈）的测试用例数。";
    STATEMENT = "Statement", "文档说明";
    VECTORS = "Vectors", "测试用例";
    ANSWER = "Response if the request is accepted", "请求被接受时的返回";
    REFUSED = "Response if the request is rejected", "请求被拒绝时的返回";
    OWN_EXAMPLE = "The document's own examples", "文档自带的示例";
    VARIANTS = "Exactly one of two requests: from an ECS or from a CBR backup", "两种请求只能选其一：由云服务器创建或由云备份创建";
    SHAPE_NOTE = "Its allowed values are also in the JSON Schema of the operation:", "取值要求也见该接口的 JSON Schema：";
    IN_ADDRESS = "in the URI", "URI";
    IN_BODY = "in the body", "请求体";
    NOTHING_ELSE = "The case itself; no fact is needed.", "由用例本身判断，无需其他信息。";
    SAME_EVERYWHERE = "All rules are as in the default edition.", "没有与默认版本判断不同的规则。";
    DIFFERS = "For one and the same case, these editions have a different result:", "对同一用例，下列文档版本的判断结果不同：";
    RESULT_THERE = "Result there", "这些版本的结果";
    RESULT_BY_DEFAULT = "Result under the default edition", "默认版本的结果";
    COLON = ": ", "：";
    COMMA = ", ", "、";
    IN_BRACKETS = " ({})", "（{}）";
    SIDE_HOLDS = "Holds", "满足";
    FIELD_IS = "The parameter {name} ({place}).", "参数 {name}（{place}）。";
    SCHEMA_FILES = "The same as data, with JSON Schemas and OpenAPI documents:", "以下数据文件与本参考内容一致，另有 JSON Schema 和 OpenAPI 文档：";
    CODES = "Error codes of the server", "服务端对应的错误码";
    CODES_TITLE = "Error codes", "错误码";
    CODES_LEAD = "The documented error codes of the clouds: what each means, whether to try again, and which rules find the problem before the request is sent. `image-preflight explain` finds them in any text.", "云服务文档中的错误码：含义、能否重试，以及可在提交前发现问题的规则。`image-preflight explain` 可从任意文本中识别错误码。";
    CODE_LEAD = "What this error code means, and what to do.", "该错误码的含义与处理方法。";
    ANY_MESSAGE = "any other", "其他";
    VALUE = "Value", "取值";
    SEVERAL = "varies", "不固定";
    RETRY = "Try again", "能否重试";
    OPERATIONS = "Operations", "所属操作";
    RULES = "Rules", "规则";
    FOUND_BEFORE = "Rules that find it before the request is sent", "可在提交前发现问题的规则";
    FOUND_BY_NONE = "None: the request alone does not show it.", "无：仅凭请求无法判断。";
    TO_CUSTOMERS = "What to tell a customer", "答复客户的参考用语";
    CUSTOMER = "The request was rejected with the error code {code}. {meaning}", "请求被拒绝，错误码为 {code}。{meaning}";
    REQUIRED = "Before sending the request, make sure that:", "提交请求前请确认：";
    IN_A_TERMINAL = "In a terminal", "命令行";
    RELATED = "Related error codes", "相关错误码";
    CASE_LEAD = "Rules about a case as such, whatever its operation.", "与操作无关、针对用例本身的规则。";
    PAGE = "Page", "页面";
    OPERATION = "Operation", "操作";
    PARAMETER = "Parameter", "参数";
    PARAMETERS = "Parameters", "参数说明";
    IN = "In", "位置";
    PATH = "path", "路径";
    BODY = "body", "请求体";
    TYPE = "Type", "类型";
    REQUIRED_WHEN = "Required", "是否必填";
    YES = "Yes.", "是。";
    NO = "No.", "否。";
    CONDITIONAL = "Depends.", "视情况而定。";
    REQUEST_EXAMPLE = "Example request", "请求示例";
    ANSWER_EXAMPLE = "Example response", "返回示例";
    FOLLOW = "The request is carried out later. Ask for its job until it has ended:", "请求异步执行，请查询任务直至结束：";
    ERRORS_LEAD = "Error codes that the documents list for this operation. Codes that any operation can meet are on the page [Error codes](codes.md).", "文档为该接口列出的错误码。所有接口共有的错误码见[错误码](codes.md)。";
    NO_REQUEST = "What an image must be for this, by the image alone: no request is checked.", "仅根据镜像判断能否进行该操作，不检查请求。";
    DOCUMENT = "Provider's document", "云服务文档";
    LIMIT = "Limit", "限制";
    MESSAGES = "Messages", "提示";
    REPORT = "Report", "检查结果";
    MORE = "{} more", "另有 {} 条";
    DIFFERS_IN = "Compared with the first example", "与第一个示例的差异";
    ABSENT = "absent", "无";
    SINCE = "since", "始于版本";
    FIX_PATCH = "fixed by a JSON Patch", "可用 JSON Patch 自动修复";
    FIX_PARTLY = "partly fixed by a JSON Patch", "部分情况可用 JSON Patch 自动修复";
    FIX_TEXT = "fixed by hand", "须手动处理";
    SKIP = "Skip to the content", "跳到正文";
    SEARCH = "Search", "搜索";
    NO_RESULTS = "Nothing found.", "没有找到结果。";
    RESULTS = "Results:", "搜索结果：";
    THEME = "Light or dark", "切换明暗";
    CONTENTS = "Contents", "目录";
    COMPARE = "Compare two editions", "比较两个文档版本";
    FILTER = "Filter the table", "筛选表格";
    NOT_FOUND = "There is no page at this address.", "该地址没有页面。";
    FACTS_OF_IMAGE = "Facts about an image, for the function `capabilities`{}. No request is checked:", "镜像的已知信息（fact），供函数 `capabilities` 使用{}，不检查请求：";
    WITH_EDITION = " with the edition {}", "，文档版本为 {}";
}

/// A name that is the same in every language.
const fn same(name: &'static str) -> Message {
    Message { en: name, zh: name }
}

/// The files of data, and what each holds.
pub(super) static FILES: [(Message, Message); 6] = [
    (same("rules.json"), Message { en: "every rule", zh: "全部规则" }),
    (same("codes.json"), Message { en: "every error code", zh: "全部错误码" }),
    (
        same("editions.json"),
        Message { en: "every edition of the documents, with its limits", zh: "全部文档版本及其限制" },
    ),
    (same("facts.json"), Message { en: "every fact", zh: "全部已知信息（fact）" }),
    (
        Message { en: "schema/openapi.portable.json", zh: "schema/openapi.portable.zh-CN.json" },
        Message { en: "the operations as OpenAPI", zh: "各操作的 OpenAPI 文档" },
    ),
    (same("schema/all.json"), Message { en: "all JSON Schemas in one", zh: "全部 JSON Schema" }),
];

/// Whether a retry helps, in a word.
pub(super) fn retry(retry: Retry) -> Message {
    match retry {
        Retry::No => Message { en: "Not as it is.", zh: "不能原样重试。" },
        Retry::Later => Message { en: "Later.", zh: "是（稍后）。" },
        Retry::AfterFix => Message { en: "After a fix.", zh: "是（排除问题后）。" },
    }
}

/// The objects that `facts` takes, their forms, and what tells each.
pub(super) static FORMS: [(&str, Message, Message); 9] = [
    (
        "imageObject",
        Message { en: "IMS API: GET /v2/cloudimages", zh: "IMS 接口：GET /v2/cloudimages" },
        Message { en: "keys that begin with `__` at the top level", zh: "顶层有以 `__` 开头的成员" },
    ),
    (
        "imageObject",
        Message {
            en: "OpenStack: `openstack image show -f json`, Glance",
            zh: "OpenStack：`openstack image show -f json`、Glance",
        },
        Message {
            en: "the same keys nested under `properties` or `metadata`",
            zh: "这些成员位于 `properties` 或 `metadata` 中",
        },
    ),
    (
        "imageObject",
        Message { en: "Official SDKs: `to_dict()`", zh: "官方 SDK：`to_dict()`" },
        Message {
            en: "the same keys without leading underscores: `imagetype`, `image_size`, `system__cmkid`",
            zh: "这些成员不带前导下划线：`imagetype`、`image_size`、`system__cmkid`",
        },
    ),
    (
        "imageObject",
        Message {
            en: "Terraform: `huaweicloud_images_image(s)`, state of `huaweicloud_images_image_copy`",
            zh: "Terraform：`huaweicloud_images_image(s)`、`huaweicloud_images_image_copy` 的状态",
        },
        Message {
            en: "`image_type`, `os`, `size_bytes`, `kms_key_id`, `is_whole_image`",
            zh: "`image_type`、`os`、`size_bytes`、`kms_key_id`、`is_whole_image`",
        },
    ),
    (
        "imageObject",
        Message { en: "EVS: `volume_image_metadata` of a disk", zh: "EVS：云硬盘的 `volume_image_metadata`" },
        Message {
            en: "`__` keys beside `image_id`, numbers as text",
            zh: "以 `__` 开头的成员与 `image_id` 并列，数字为文本",
        },
    ),
    (
        "ecsObject",
        Message { en: "An ECS from the ECS API", zh: "ECS 接口返回的云服务器" },
        Message { en: "`status`, `metadata.os_type`", zh: "`status`、`metadata.os_type`" },
    ),
    (
        "backupObject",
        Message { en: "A backup from the CBR API", zh: "CBR 接口返回的备份" },
        Message { en: "`extend_info`, `status`", zh: "`extend_info`、`status`" },
    ),
    (
        "quotaObject",
        Message {
            en: "GET /v1/cloudimages/quota in the region that receives the image",
            zh: "在接收镜像的区域调用 GET /v1/cloudimages/quota 的返回",
        },
        Message { en: "`quotas.resources`", zh: "`quotas.resources`" },
    ),
    (
        "imageObjects",
        Message {
            en: "JD Cloud: describeImage, describeImages, or an array of images",
            zh: "京东云：describeImage、describeImages 的返回，或镜像数组",
        },
        Message { en: "`imageId`", zh: "`imageId`" },
    ),
];

/// Statements about any case that are no rule of their own: the page that says more, and what holds.
pub(super) static OF_CASES: [(&str, &str, Message); 17] = [
    (
        "case.invalid",
        "problems",
        Message {
            en: "A case that cannot be judged is invalid, not denied.",
            zh: "无法检查的用例，结论为用例有误，而不是会被拒绝。",
        },
    ),
    (
        "unknown",
        "case.unknown",
        Message {
            en: "A field that `unknown` names counts as given; what needs its value is not decided yet.",
            zh: "`unknown` 所列字段视为已填写；需要其取值的规则暂无法判断。",
        },
    ),
    (
        "facts.words",
        "facts",
        Message {
            en: "Words of facts are taken as the provider spells them, and in any case of letters.",
            zh: "已知信息的取值可采用云服务的写法，不区分大小写。",
        },
    ),
    (
        "facts.unread",
        "facts",
        Message {
            en: "A fact that the operation never reads gets an advice.", zh: "对操作不使用的信息给出建议。"
        },
    ),
    (
        "object.ims",
        "facts",
        Message {
            en: "An image of the IMS API: in a whole response, absence tells what the documents define.",
            zh: "IMS 接口返回的镜像：在完整返回中，缺省的含义以文档规定为准。",
        },
    ),
    ("object.openstack", "facts", Message { en: "An image as OpenStack shows it.", zh: "OpenStack 给出的镜像。" }),
    ("object.sdk", "facts", Message { en: "An image as an official SDK shows it.", zh: "官方 SDK 给出的镜像。" }),
    ("object.terraform", "facts", Message { en: "An image as Terraform shows it.", zh: "Terraform 给出的镜像。" }),
    (
        "object.evs",
        "facts",
        Message { en: "An image as the metadata of an EVS disk shows it.", zh: "云硬盘元数据中的镜像。" },
    ),
    (
        "object.other",
        "facts",
        Message {
            en: "An object of something else than the request names is not used, and the case is invalid.",
            zh: "与请求所指不符的对象不予采用，用例无效。",
        },
    ),
    (
        "object.page",
        "facts",
        Message {
            en: "Of several objects the one that the request names is taken.",
            zh: "有多个对象时取请求所指的一个。",
        },
    ),
    (
        "object.form",
        "facts",
        Message {
            en: "An object of no known form makes the case invalid.", zh: "格式无法识别的对象会使用例无效。"
        },
    ),
    (
        "object.shared",
        "facts",
        Message {
            en: "A shared image is the tenant's own or another tenant's: its owner and `projectId` tell.",
            zh: "共享镜像可能属于本租户或其他租户，由其所有者和 `projectId` 判断。",
        },
    ),
    (
        "object.contradiction",
        "facts",
        Message {
            en: "What an object says in two ways that contradict each other is unknown, and a finding.",
            zh: "对象自相矛盾的信息视为未知，并作为问题报告。",
        },
    ),
    ("object.ecs", "facts", Message { en: "An ECS from the ECS API.", zh: "ECS 接口返回的云服务器。" }),
    ("object.backup", "facts", Message { en: "A backup from the CBR API.", zh: "CBR 接口返回的备份。" }),
    ("object.jd", "facts", Message { en: "Images of JD Cloud.", zh: "京东云的镜像。" }),
];

/// What the absence of a member means in a whole response of IMS.
pub(super) static ABSENCES: [(&str, Message); 3] = [
    ("__system__cmkid", Message { en: "not encrypted", zh: "未加密" }),
    ("__whole_image", Message { en: "no full-ECS image", zh: "不是整机镜像" }),
    ("__backup_id", Message { en: "not created from a backup", zh: "不是由备份创建" }),
];

/// The name of a severity.
pub(crate) fn severity(severity: Severity, locale: Locale) -> &'static str {
    let words = match severity {
        Severity::Error => Message { en: "error", zh: "错误" },
        Severity::Warning => Message { en: "warning", zh: "警告" },
        Severity::Advice => Message { en: "advice", zh: "建议" },
    };
    words.text(locale)
}
