//! The rules of a case as such, whatever its operation.

use crate::finding::implicit_rules::{IMPLICIT_DUPLICATE_FIELD, RFC_8259};
use crate::message::message::message;
use crate::rule::rule::{Citation, Rule, assert_rule};

const README: Citation =
    Citation { document: "image-preflight: README", date: "2026-11-21", section: "Cases", url: None };

/// The rules of a case as such, whatever its operation.
pub(crate) static RULES: [&Rule; 9] =
    [&SYNTAX, &OPERATION, &PATH, &BODY, &FACTS, &EDITION, &IMPLICIT_UNKNOWN_FIELD, &DUPLICATE, &TOO_MANY_FINDINGS];

const _: () = {
    assert_rule(&SYNTAX);
    assert_rule(&OPERATION);
    assert_rule(&PATH);
    assert_rule(&BODY);
    assert_rule(&FACTS);
    assert_rule(&EDITION);
    assert_rule(&IMPLICIT_UNKNOWN_FIELD);
    assert_rule(&DUPLICATE);
    assert_rule(&TOO_MANY_FINDINGS);
};

pub(crate) static SYNTAX: Rule = Rule {
    id: "case.syntax",
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
    holds: message(
        "`edition` names an edition of the documents, or gives limits.",
        "`edition` 指明文档版本，或给出自定义限制。",
    ),
    why: message("The editions differ in their limits.", "不同版本的限制不同。"),
    citations: &[README],
    ..Rule::DEFAULT
};

pub(crate) static IMPLICIT_UNKNOWN_FIELD: Rule = Rule {
    id: "case.unknown-field",
    holds: message(
        "A case has the members `operation`, `path`, `body`, `facts` and `edition`, and no others but `$schema`, which is ignored.",
        "用例只含 `operation`、`path`、`body`、`facts` 和 `edition`；另可有 `$schema`，检查时忽略。",
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
pub(crate) static DUPLICATE: Rule = Rule { id: "case.duplicate-field", ..IMPLICIT_DUPLICATE_FIELD };

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
