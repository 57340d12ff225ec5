//! The texts of the reference itself, in both languages; everything about rules comes from the library.

use image_preflight::{Locale, Message, Severity};

macro_rules! words {
    ($($name:ident = $en:literal, $zh:literal;)+) => {
        $(pub(super) const $name: Message = Message { en: $en, zh: $zh };)+
    };
}

words! {
    TITLE = "image-preflight: rule reference", "image-preflight 规则参考";
    LEAD = "Every rule that a machine-image request is checked against, before it is sent: what must hold, why, what decides it, and what to do when it does not.", "机器镜像请求在提交前会逐条检查以下规则：要求是什么、为什么、依据什么判断，以及不满足时如何处理。";
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
    FACT = "Fact", "事实";
    MEANING = "Meaning", "含义";
    HOW = "How to obtain it", "获取方式";
    READ_BY = "Rules that read it", "使用它的规则";
    EXAMPLES = "Examples", "示例";
    SIDE_HOLDS = "Holds", "满足";
    SIDE_VIOLATED = "Broken", "不满足";
    SIDE_UNKNOWN = "Not decided yet", "尚无法判断";
    MESSAGES = "Messages", "用户看到的提示";
    AT = "at", "位置";
    FIXES = "How to fix it", "处理方法";
    WAY_OUT = "By way of", "可借助";
    CODES = "Error codes of the server", "服务端对应的错误码";
    CODE = "Code", "错误码";
    STATUS = "Status", "状态码";
    MESSAGE = "Message", "错误信息";
    RETRY = "Retry", "重试";
    SOURCES = "Sources", "依据文档";
    EDITIONS = "Editions", "文档版本";
    EDITIONS_LEAD = "The documents differ by site, by cloud and by date. A case may name the edition that holds for it; the default is that of the Chinese site.", "文档因站点、云和日期而异。用例可以指定适用的文档版本，默认为中国站文档。";
    DIFFERS = "Editions under which the result differs", "以下文档版本的判断不同";
    RULES_DIFFER = "Rules that differ from the default edition", "与默认版本判断不同的规则";
    DIFFERS_BY = "for example", "例如";
    SAME_EVERYWHERE = "No vector shows a rule that differs from the default edition.", "没有与默认版本判断不同的规则。";
    CAPS = "Greatest image that leaves a region", "跨区域复制的镜像大小上限";
    ELSEWHERE = "elsewhere", "其他区域";
    DISPUTED = "Where the documents contradict each other, or are silent", "文档矛盾或未说明之处";
    ALIASES = "Also known as", "别名";
    FACTS = "Facts", "事实";
    FACTS_LEAD = "Information that a rule may need in addition to the request. A fact that is not given is unknown, and no rule treats it as satisfied.", "规则在请求之外可能需要了解的信息。未提供的事实视为未知，任何规则都不会将其当作满足。";
    REFUSALS = "Refusals", "服务端拒绝";
    REFUSALS_LEAD = "The error responses of the clouds, and the rules that would have found the problem before the request was sent.", "云服务拒绝请求时的返回，以及本可在提交前发现问题的规则。";
    RULES = "Rules", "规则";
    PROBLEMS = "Problem details", "问题详情";
    PROBLEMS_LEAD = "The types of the problem details (RFC 9457) to which a report can be converted, for the responses of a gateway.", "报告可转换为问题详情（RFC 9457），供网关直接返回；以下为其类型。";
    UNREADABLE = "Status 400: what was sent is no JSON, or no JSON object. `errors` says in which line and column.", "状态码 400：发送的内容不是 JSON，或不是 JSON 对象，`errors` 中给出行号和列号。";
    DENIED = "Status 422: at least one rule of the severity error is broken. `errors` has each of them, `report` the whole report.", "状态码 422：至少有一条错误级别的规则不满足，`errors` 逐条列出，`report` 为完整报告。";
    UNDETERMINED = "Status 422: no rule is broken, but facts are missing that could still break one. `report.missing` names them.", "状态码 422：没有不满足的规则，但仍缺少可能改变结论的事实，见 `report.missing`。";
    STATEMENTS = "Documented statements", "文档内容对照";
    STATEMENTS_LEAD = "Every statement of the source documents, the rule that decides it, and how many vectors show it holding (✓), broken (✗) and not decided yet (?).", "源文档中的每条说明、判断它的规则，以及满足（✓）、不满足（✗）、尚无法判断（?）的测试用例数。";
    STATEMENT = "Statement", "文档说明";
    VECTORS = "Vectors", "测试用例";
    ANSWER = "Response if the request is accepted", "请求被接受时的返回";
    REFUSED = "Response if the request is rejected", "请求被拒绝时的返回";
    OWN_EXAMPLE = "The document's own examples", "文档自带的示例";
    VARIANTS = "Exactly one of the two requests: from a server or from a backup", "两种请求只能选其一：由云服务器或由备份制作";
    FIELD_IS = "{name} ({place}, {presence}).", "{name}（{place}，{presence}）。";
    SHAPE_NOTE = "What its value may be is also in the operation's JSON Schema:", "取值要求也见该接口的 JSON Schema：";
    MANDATORY = "mandatory", "必填";
    OPTIONAL = "optional", "选填";
    IN_ADDRESS = "in the address", "请求地址";
    IN_BODY = "in the body", "请求体";
    NOTHING_ELSE = "The case itself; no fact is needed.", "由用例本身判断，无需其他事实。";
    SCHEMA_FILES = "JSON Schemas and an OpenAPI document are published with this reference.", "与本参考同时提供 JSON Schema 和 OpenAPI 文档。";
    CHARACTERS = "characters", "个字符";
}

/// The name of a severity.
pub(super) fn severity(severity: Severity, locale: Locale) -> &'static str {
    let words = match severity {
        Severity::Error => Message { en: "error", zh: "错误" },
        Severity::Warning => Message { en: "warning", zh: "警告" },
        Severity::Advice => Message { en: "advice", zh: "建议" },
    };
    words.text(locale)
}
