//! The two rules that every operation has: about unknown names and about repeated keys.

use crate::message::message::{Message, message};
use crate::message::violation_kind::NOT_YOURS;
use crate::rule::rule::{Citation, Rule, Severity, cited, title};

pub(crate) const RFC_8259: Citation = Citation {
    document: "RFC 8259: The JavaScript Object Notation (JSON) Data Interchange Format",
    date: "2017-12",
    section: "2 and 4",
    url: Some("https://www.rfc-editor.org/rfc/rfc8259"),
};

/// The two rules that every operation has, under its own ids.
macro_rules! implicit_rules {
    ($operation:literal, $citation:expr) => {
        [
            $crate::rule::rule::Rule {
                id: concat!($operation, ".unknown-field"),
                citations: $crate::rule::rule::cited(&[$citation]),
                ..$crate::finding::implicit_rules::IMPLICIT_UNKNOWN_FIELD
            },
            $crate::rule::rule::Rule {
                id: concat!($operation, ".duplicate-field"),
                ..$crate::finding::implicit_rules::IMPLICIT_DUPLICATE_FIELD
            },
        ]
    };
}

pub(crate) use implicit_rules;

pub(crate) const IMPLICIT_UNKNOWN_FIELD: Rule = Rule {
    severity: Severity::Warning,
    title: title("Unknown fields", "未知参数"),
    holds: message("Every field is documented for the operation.", "所有字段均为接口文档中的参数。"),
    why: message(
        "The service ignores or rejects unknown fields, so a misspelled field has no effect.",
        "服务端会忽略或拒绝未知字段，因此拼写错误的字段不会生效。",
    ),
    violated: message(
        "{actual} is not a field of this operation.{suggestion} Known fields: {allowed}.",
        "该接口没有参数 {actual}。{suggestion}可用参数：{allowed}。",
    ),
    hint: Some(NOT_YOURS),
    fix: message("Remove {actual}.", "请删除 {actual}。"),
    params: &["actual", "allowed", "field", "suggestion"],
    ..Rule::DEFAULT
};

/// The fix of a name that is nearly a known one.
pub(crate) const RENAME: Message = message("Rename {actual} to {nearest}.", "请将 {actual} 改名为 {nearest}。");

pub(crate) const IMPLICIT_DUPLICATE_FIELD: Rule = Rule {
    title: title("Repeated keys", "重复的键"),
    holds: message("No object contains the same key twice.", "同一对象中没有重复的键。"),
    why: message(
        "Which of the two values counts depends on the parser.",
        "两个值中哪一个生效取决于解析方，结果不可预期。",
    ),
    violated: message("{actual} is specified more than once.", "{actual} 重复出现。"),
    hint: Some(NOT_YOURS),
    fix: message("Keep one of them.", "请只保留其中一个。"),
    params: &["actual", "field"],
    citations: cited(&[RFC_8259]),
    ..Rule::DEFAULT
};

/// The messages of this file that are in no rule.
pub(crate) const MESSAGES: [Message; 1] = [RENAME];
