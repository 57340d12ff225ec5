//! The two rules that every operation has: about unknown names and about repeated keys.

use crate::message::message::{Message, message};
use crate::rule::rule::{Citation, Rule, Severity};

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
                citations: &[$citation],
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
    holds: message("Every field is one that the operation documents.", "所有字段均为接口文档中的参数。"),
    why: message(
        "The service ignores or refuses what it does not know: a misspelt field does nothing.",
        "服务端会忽略或拒绝未知字段，拼写错误的字段不会生效。",
    ),
    violated: message(
        "The operation has no field {actual}.{suggestion} Known fields: {allowed}.",
        "该接口没有字段 {actual}。{suggestion}可用字段：{allowed}。",
    ),
    fix: message("Take out {actual}.", "请删除 {actual}。"),
    params: &["actual", "allowed", "field", "suggestion"],
    ..Rule::DEFAULT
};

/// The fix of a name that is nearly a known one.
pub(crate) const RENAME: Message = message("Rename {actual} to {nearest}.", "请将 {actual} 改名为 {nearest}。");

pub(crate) const IMPLICIT_DUPLICATE_FIELD: Rule = Rule {
    holds: message("No object has the same key twice.", "同一对象中没有重复的键。"),
    why: message(
        "Which of the two values counts depends on who reads them.",
        "两个值中哪一个生效取决于解析方，结果不可预期。",
    ),
    violated: message("{actual} is given more than once.", "{actual} 重复出现。"),
    fix: message("Keep one of them.", "请只保留其中一个。"),
    params: &["actual", "field"],
    citations: &[RFC_8259],
    ..Rule::DEFAULT
};

/// The messages of this file that are in no rule.
pub(crate) const MESSAGES: [Message; 1] = [RENAME];
