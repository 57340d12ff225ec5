//! The rules of a case as such, whatever its operation.

use crate::finding::implicit_rules::{IMPLICIT_DUPLICATE_FIELD, RFC_8259};
use crate::message::message::message;
use crate::rule::rule::{Citation, Rule, assert_rule};

const README: Citation =
    Citation { document: "image-preflight: README", date: "2026-11-21", section: "Cases", url: None };

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
    is_of_case: true,
    holds: message("A case is one JSON object.", "用例是一个 JSON 对象。"),
    why: message("What cannot be read cannot be checked.", "无法解析的内容无法检查。"),
    violated: message("Line {line}, column {column}: {problem}.", "第 {line} 行第 {column} 列：{problem}。"),
    fix: message("Correct the JSON at that place.", "请修正该处的 JSON。"),
    citations: &[RFC_8259],
    params: &["problem", "line", "column", "offset"],
    ..Rule::DEFAULT
};

pub(crate) static OPERATION: Rule = Rule {
    id: "case.operation",
    is_of_case: true,
    holds: message("A case names an operation that is known here.", "用例指明一个已支持的操作。"),
    why: message("The operation decides which rules apply.", "适用哪些规则由操作决定。"),
    citations: &[README],
    ..Rule::DEFAULT
};

pub(crate) static PATH: Rule = Rule {
    id: "case.path",
    holds: message("`path` is an object with the parameters of the address.", "`path` 是包含请求地址参数的对象。"),
    why: message("Its members are the parameters of the address.", "其成员即请求地址中的参数。"),
    citations: &[README],
    ..Rule::DEFAULT
};

pub(crate) static BODY: Rule = Rule {
    id: "case.body",
    holds: message(
        "`body` is an object: the request's body as it would be sent.",
        "`body` 是对象，即将要发送的请求体。",
    ),
    why: message("Every operation takes a JSON object.", "所有操作的请求体均为 JSON 对象。"),
    citations: &[README],
    ..Rule::DEFAULT
};

/// What is wrong with a fact.
pub(crate) static FACTS: Rule = Rule {
    id: "case.facts",
    is_of_case: true,
    holds: message("Every fact is one that is known here, and of its type.", "所有事实均为已知名称且类型正确。"),
    why: message(
        "A fact that is not understood must not be taken for one that is unknown.",
        "不能把无法理解的事实当作未知处理。",
    ),
    citations: &[README],
    ..Rule::DEFAULT
};

/// What is wrong with the edition.
pub(crate) static EDITION: Rule = Rule {
    id: "case.edition",
    is_of_case: true,
    holds: message(
        "`edition` names an edition of the documents, or gives limits.",
        "`edition` 指明文档版本，或给出自定义限制。",
    ),
    why: message("The editions differ in their limits.", "不同版本的限制不同。"),
    citations: &[README],
    ..Rule::DEFAULT
};

/// What is wrong with the list of values that are not known yet.
pub(crate) static UNKNOWN: Rule = Rule {
    id: "case.unknown",
    is_of_case: true,
    holds: message(
        "`unknown` is an array of JSON Pointers to fields of the path or the body whose values exist but are not known yet.",
        "`unknown` 是 JSON Pointer 数组，指向请求地址或请求体中已有但取值尚未确定的字段。",
    ),
    why: message("A field that is not understood would count as missing.", "无法识别的字段会被当作未填写。"),
    citations: &[README],
    ..Rule::DEFAULT
};

/// What is wrong with `strict`.
pub(crate) static STRICT: Rule = Rule {
    id: "case.strict",
    is_of_case: true,
    holds: message("`strict` is true or false.", "`strict` 为 true 或 false。"),
    why: message(
        "It says whether facts that are usually presumed must be given.",
        "它决定通常可推定的事实是否必须给出。",
    ),
    citations: &[README],
    ..Rule::DEFAULT
};

pub(crate) static IMPLICIT_UNKNOWN_FIELD: Rule = Rule {
    id: "case.unknown-field",
    is_of_case: true,
    holds: message(
        "A case has the members `operation`, `path`, `body`, `facts`, `edition`, `unknown` and `strict`, and no others but `$schema`, which is ignored.",
        "用例只含 `operation`、`path`、`body`、`facts`、`edition`、`unknown` 和 `strict`；另可有 `$schema`，检查时忽略。",
    ),
    why: message("A misspelt member would be left out of the check.", "拼写错误的成员不会被检查。"),
    violated: message(
        "A case has no member {actual}.{suggestion} Known members: {allowed}.",
        "用例没有成员 {actual}。{suggestion}可用成员：{allowed}。",
    ),
    fix: message("Take out {actual}, or correct its name.", "请删除 {actual} 或更正其名称。"),
    citations: &[README],
    params: &["actual", "allowed", "suggestion"],
    ..Rule::DEFAULT
};

/// A key given twice in the case itself.
pub(crate) static DUPLICATE: Rule = Rule { id: "case.duplicate-field", is_of_case: true, ..IMPLICIT_DUPLICATE_FIELD };

/// The finding that replaces those beyond the maximum.
pub(crate) static TOO_MANY_FINDINGS: Rule = Rule {
    id: "case.too-many-findings",
    holds: message(
        "A case has at most 1000 findings, and these repeat at most 256 KiB of it.",
        "一个用例的问题不超过 1000 个，引用的用例内容不超过 256 KiB。",
    ),
    why: message(
        "A report is bounded, so that hostile input cannot exhaust the memory. The least severe findings are left out first, and the verdict rests on all of them.",
        "报告大小有上限，以免恶意输入耗尽内存。优先略去严重程度较低的问题，结论仍基于全部问题。",
    ),
    violated: message("There are at least {beyond} more findings than are shown.", "另有至少 {beyond} 个问题未显示。"),
    fix: message("Fix those that are shown, then check again.", "请先处理已显示的问题，再重新检查。"),
    citations: &[README],
    params: &["beyond"],
    ..Rule::DEFAULT
};
