//! The rules of a case as such, whatever its operation.

use crate::finding::implicit_rules::{IMPLICIT_DUPLICATE_FIELD, RFC_8259};
use crate::message::message::message;
use crate::rule::rule::{Citation, Rule, assert_rule, cited, title};

const README: Citation = Citation {
    document: "image-preflight: README",
    date: "2026-11-21",
    section: "Cases",
    url: Some(concat!(env!("CARGO_PKG_REPOSITORY"), "#cases")),
};

/// The rules of a case as such, whatever its operation.
pub(crate) static RULES: [&Rule; 11] = [
    &SYNTAX,
    &OPERATION,
    &PATH,
    &BODY,
    &FACTS,
    &EDITION,
    &UNKNOWN,
    &STRICT,
    &IMPLICIT_UNKNOWN_FIELD,
    &DUPLICATE,
    &TOO_MANY_FINDINGS,
];

const _: () = {
    assert_rule(&SYNTAX);
    assert_rule(&OPERATION);
    assert_rule(&PATH);
    assert_rule(&BODY);
    assert_rule(&FACTS);
    assert_rule(&EDITION);
    assert_rule(&UNKNOWN);
    assert_rule(&STRICT);
    assert_rule(&IMPLICIT_UNKNOWN_FIELD);
    assert_rule(&DUPLICATE);
    assert_rule(&TOO_MANY_FINDINGS);
};

pub(crate) static SYNTAX: Rule = Rule {
    id: "case.syntax",
    title: title("JSON syntax", "JSON 语法"),
    is_of_case: true,
    holds: message("A case is one JSON object.", "用例是一个 JSON 对象。"),
    why: message("What cannot be read cannot be checked.", "无法解析的内容无法检查。"),
    violated: message("Line {line}, column {column}: {problem}.", "第 {line} 行第 {column} 列：{problem}。"),
    fix: message("Correct the JSON at that place.", "请修正该处的 JSON。"),
    citations: cited(&[RFC_8259]),
    params: &["problem", "line", "column", "offset"],
    ..Rule::DEFAULT
};

pub(crate) static OPERATION: Rule = Rule {
    id: "case.operation",
    title: title("Operation of a case", "用例的操作"),
    is_of_case: true,
    holds: message("`operation` is one of the supported operations.", "`operation` 是受支持的操作。"),
    why: message("The operation decides which rules apply.", "适用哪些规则由操作决定。"),
    citations: cited(&[README]),
    ..Rule::DEFAULT
};

pub(crate) static PATH: Rule = Rule {
    id: "case.path",
    title: title("Path of a case", "用例的路径参数"),
    holds: message("`path` is an object with the parameters of the URI.", "`path` 是对象，包含 URI 中的参数。"),
    why: message("Its members are the parameters of the URI.", "其成员即 URI 中的参数。"),
    citations: cited(&[README]),
    ..Rule::DEFAULT
};

pub(crate) static BODY: Rule = Rule {
    id: "case.body",
    title: title("Body of a case", "用例的请求体"),
    holds: message(
        "`body` is an object: the request's body as it would be sent.",
        "`body` 是对象，即将要发送的请求体。",
    ),
    why: message("Every operation takes a JSON object.", "所有操作的请求体均为 JSON 对象。"),
    citations: cited(&[README]),
    ..Rule::DEFAULT
};

/// What is wrong with a fact.
pub(crate) static FACTS: Rule = Rule {
    id: "case.facts",
    title: title("Facts of a case", "用例的已知信息"),
    is_of_case: true,
    holds: message("Every fact has a known name and the right type.", "每项已知信息的名称可识别，且类型正确。"),
    why: message(
        "A fact that is not understood must not be treated as unknown.",
        "无法识别的已知信息不能当作未知处理。",
    ),
    citations: cited(&[README]),
    ..Rule::DEFAULT
};

/// What is wrong with the edition.
pub(crate) static EDITION: Rule = Rule {
    id: "case.edition",
    title: title("Edition of a case", "用例的文档版本"),
    is_of_case: true,
    holds: message(
        "`edition` is the name of an edition of the documents, or an object with your own limits.",
        "`edition` 为文档版本的名称，或包含自定义限制的对象。",
    ),
    why: message("The editions differ in their limits.", "不同版本的限制不同。"),
    citations: cited(&[README]),
    ..Rule::DEFAULT
};

/// What is wrong with the list of values that are not known yet.
pub(crate) static UNKNOWN: Rule = Rule {
    id: "case.unknown",
    title: title("Values not known yet", "尚未确定的取值"),
    is_of_case: true,
    holds: message(
        "`unknown` is an array of JSON Pointers to fields of the path or the body whose values exist but are not known yet.",
        "`unknown` 是 JSON Pointer 数组，指向 URI 或请求体中已有但取值尚未确定的字段。",
    ),
    why: message("A pointer that is not understood would leave its field missing.", "无法识别的字段会被当作未填写。"),
    citations: cited(&[README]),
    ..Rule::DEFAULT
};

/// What is wrong with `strict`.
pub(crate) static STRICT: Rule = Rule {
    id: "case.strict",
    title: title("Strict checks", "严格检查"),
    is_of_case: true,
    holds: message("`strict` is true or false.", "`strict` 为 true 或 false。"),
    why: message(
        "It decides whether facts that are usually presumed must be given.",
        "它决定通常可推定的已知信息是否必须提供。",
    ),
    citations: cited(&[README]),
    ..Rule::DEFAULT
};

pub(crate) static IMPLICIT_UNKNOWN_FIELD: Rule = Rule {
    id: "case.unknown-field",
    title: title("Unknown members of a case", "用例的未知成员"),
    is_of_case: true,
    holds: message(
        "The only members of a case are `operation`, `path`, `body`, `facts`, `edition`, `unknown`, `strict`, `ignore`, which changes no report, and `$schema`, which is not read.",
        "用例只含 `operation`、`path`、`body`、`facts`、`edition`、`unknown` 和 `strict`；另可有 `ignore`（不影响报告）和 `$schema`（检查时忽略）。",
    ),
    why: message("A misspelled member would not be checked.", "拼写错误的成员不会被检查。"),
    violated: message(
        "{actual} is not a member of a case.{suggestion} Known members: {allowed}.",
        "{actual} 不是用例的成员。{suggestion}可用成员：{allowed}。",
    ),
    fix: message("Remove {actual}, or correct its name.", "请删除 {actual} 或更正其名称。"),
    citations: cited(&[README]),
    params: &["actual", "allowed", "suggestion"],
    ..Rule::DEFAULT
};

/// A key given twice in the case itself.
pub(crate) static DUPLICATE: Rule = Rule { id: "case.duplicate-field", is_of_case: true, ..IMPLICIT_DUPLICATE_FIELD };

/// The finding that replaces those beyond the maximum.
pub(crate) static TOO_MANY_FINDINGS: Rule = Rule {
    id: "case.too-many-findings",
    title: title("Number of findings", "问题数量上限"),
    holds: message(
        "A report has at most 1000 findings, which repeat at most 256 KiB of the case.",
        "一份报告最多列出 1000 个问题，引用的用例内容不超过 256 KiB。",
    ),
    why: message(
        "The size of a report is limited so that hostile input cannot exhaust memory. The least severe findings are omitted first; the verdict takes all of them into account.",
        "报告大小有上限，以免恶意输入耗尽内存。优先略去严重程度较低的问题，结论仍基于全部问题。",
    ),
    violated: message(
        "At least {beyond:more finding is|more findings are} not shown.",
        "另有至少 {beyond} 个问题未显示。",
    ),
    fix: message("Fix the findings that are shown, then check again.", "请先处理已显示的问题，再重新检查。"),
    citations: cited(&[README]),
    params: &["beyond"],
    ..Rule::DEFAULT
};
