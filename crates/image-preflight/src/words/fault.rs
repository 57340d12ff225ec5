//! The kinds of fault that a field can have, and what is said of them.

use super::{Words, assert_template, words};

/// What is wrong with the shape of a field. The names are those of `params.kind` in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaultKind {
    Missing,
    WrongType,
    Empty,
    TooLong,
    BadCharacter,
    BadFormat,
    OutOfRange,
    NotOneOf,
    /// Not one of those that are known, but there may be others: only a warning.
    Unlisted,
    /// The name of a fact that is not known.
    UnknownFact,
    /// The name of another member of a case that is not known.
    UnknownMember,
    Duplicate,
    Conflict,
    /// Two places say different things of one fact.
    Contradiction,
}

/// How a kind of fault is called and spoken of.
struct FaultWords {
    name: &'static str,
    params: &'static [&'static str],
    message: Words,
    fix: Words,
}

const fn fault_words(kind: FaultKind) -> FaultWords {
    let (name, params, message, fix): (_, &'static [&'static str], _, _) = match kind {
        FaultKind::Missing => (
            "missing",
            &["field"],
            words("{field} is missing, and it is mandatory.", "缺少必填参数 {field}。"),
            words("Give {field}.", "请填写 {field}。"),
        ),
        FaultKind::WrongType => (
            "wrong-type",
            &["field", "actual", "expected"],
            words(
                "{field} is of the JSON type {actual}; it must be {expected}.",
                "{field} 的 JSON 类型为 {actual}，应为 {expected}。",
            ),
            words("Write {field} as {expected}.", "请将 {field} 改为 {expected} 类型。"),
        ),
        FaultKind::Empty => (
            "empty",
            &["field"],
            words("{field} is empty.", "{field} 不能为空。"),
            words("Fill in {field}.", "请填写 {field}。"),
        ),
        FaultKind::TooLong => (
            "too-long",
            &["field", "actual", "limit", "unit"],
            words(
                "{field} has {actual} {unit}; at most {limit} are allowed.",
                "{field} 含 {actual} {unit}，最多允许 {limit} {unit}。",
            ),
            words("Shorten {field} to {limit} {unit}.", "请将 {field} 缩短至最多 {limit} {unit}。"),
        ),
        FaultKind::BadCharacter => (
            "bad-character",
            &["field", "character", "codePoint", "index", "allowed"],
            words(
                "{field} holds {character} ({codePoint}) at position {index}; allowed there: {allowed}.",
                "{field} 的第 {index} 个字符 {character}（{codePoint}）不允许使用；允许：{allowed}。",
            ),
            words("Take out the characters that are not allowed.", "请去掉不允许的字符。"),
        ),
        FaultKind::BadFormat => (
            "bad-format",
            &["field", "actual", "expected"],
            words("{field} is {actual}; it must be {expected}.", "{field} 为 {actual}，应为{expected}。"),
            words("Write {field} in the form it must have.", "请按要求的格式填写 {field}。"),
        ),
        FaultKind::OutOfRange => (
            "out-of-range",
            &["field", "actual", "minimum", "maximum"],
            words(
                "{field} is {actual}; it must be a number from {minimum} to {maximum}.",
                "{field} 为 {actual}，应在 {minimum} 到 {maximum} 之间。",
            ),
            words(
                "Give {field} a number from {minimum} to {maximum}.",
                "请将 {field} 设为 {minimum} 到 {maximum} 之间的数。",
            ),
        ),
        FaultKind::NotOneOf => (
            "not-one-of",
            &["field", "actual", "allowed", "suggestion"],
            words(
                "{field} is {actual}; it must be one of {allowed}.{suggestion}",
                "{field} 为 {actual}，应为下列取值之一：{allowed}。{suggestion}",
            ),
            words("Use one of these: {allowed}.", "请改用下列取值之一：{allowed}。"),
        ),
        FaultKind::Unlisted => (
            "not-one-of",
            &["field", "actual", "known", "suggestion"],
            words(
                "{field} is {actual}, which is none of the {known} regions known here (`destinations` lists them).{suggestion}",
                "{field} 为 {actual}，不在已知的 {known} 个区域之列（`destinations` 可列出全部）。{suggestion}",
            ),
            words("Check {field} for a typo, or use a known region.", "请核对 {field} 是否有误，或改用已知的区域。"),
        ),
        FaultKind::UnknownFact => (
            "not-one-of",
            &["actual", "allowed", "suggestion"],
            words(
                "Unknown fact {actual}.{suggestion} Known here: {allowed}.",
                "未知的事实 {actual}。{suggestion}此处可用：{allowed}。",
            ),
            words("Correct the name {actual}, or remove it.", "请更正名称 {actual}，或将其删除。"),
        ),
        FaultKind::UnknownMember => (
            "not-one-of",
            &["actual", "allowed", "suggestion"],
            words(
                "Unknown member {actual}.{suggestion} Known here: {allowed}.",
                "未知的成员 {actual}。{suggestion}此处可用：{allowed}。",
            ),
            words("Correct the name {actual}, or remove it.", "请更正名称 {actual}，或将其删除。"),
        ),
        FaultKind::Duplicate => (
            "duplicate",
            &["field", "actual"],
            words("{field} repeats {actual}.", "{field} 重复了 {actual}。"),
            words("Take out the repetition.", "请去掉重复项。"),
        ),
        FaultKind::Conflict => (
            "conflict",
            &["field", "with"],
            words(
                "{field} cannot stand beside {with}: one excludes the other.",
                "{field} 与 {with} 不能同时使用，二者只能取其一。",
            ),
            words("Take out {field}, or {with}.", "请去掉 {field} 或 {with}。"),
        ),
        FaultKind::Contradiction => (
            "contradiction",
            &["field", "fact", "actual", "with", "other"],
            words(
                "{field} says {actual}, and {with} says {other}, of the same fact ({fact}). Neither is used.",
                "{field} 为 {actual}，而 {with} 为 {other}，两处所说的同一事实（{fact}）相互矛盾，均不采用。",
            ),
            words("Find out which of them is right, and take out the other.", "请确认哪一个正确，并去掉另一个。"),
        ),
    };
    FaultWords { name, params, message, fix }
}

impl FaultKind {
    /// Every kind there is.
    pub(crate) const ALL: [FaultKind; 14] = [
        FaultKind::Missing,
        FaultKind::WrongType,
        FaultKind::Empty,
        FaultKind::TooLong,
        FaultKind::BadCharacter,
        FaultKind::BadFormat,
        FaultKind::OutOfRange,
        FaultKind::NotOneOf,
        FaultKind::Unlisted,
        FaultKind::UnknownFact,
        FaultKind::UnknownMember,
        FaultKind::Duplicate,
        FaultKind::Conflict,
        FaultKind::Contradiction,
    ];

    /// Its name in `params.kind`.
    pub(crate) fn name(self) -> &'static str {
        fault_words(self).name
    }

    /// What is said of it, unless its field says something better.
    pub(crate) fn message(self) -> Words {
        fault_words(self).message
    }

    /// What to do about it, unless its field knows better.
    pub(crate) fn fix(self) -> Words {
        fault_words(self).fix
    }
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const _: () = {
    let mut index = 0;
    while index < FaultKind::ALL.len() {
        let FaultWords { params, message, fix, .. } = fault_words(FaultKind::ALL[index]);
        assert_template(message.en, params);
        assert_template(message.zh, params);
        assert_template(fix.en, params);
        assert_template(fix.zh, params);
        index += 1;
    }
};
