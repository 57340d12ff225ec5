//! The kinds of violation that a field can have, and their messages.

use crate::message::message::{Message, message};
use crate::message::template::assert_template;

/// What is wrong with the shape of a field. The names are those of `params.kind` in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ViolationKind {
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
    /// An object is about something else than the request.
    OtherObject,
    /// Of several objects it is not told which one is meant.
    Ambiguous,
    /// An object is of no form that is known.
    UnknownForm,
    /// What an object does not state proves nothing.
    Partial,
    /// A fact that the operation never reads.
    Unread,
    /// A value that is given and is not known yet.
    GivenAndUnknown,
}

/// How a kind of violation is called and spoken of.
struct ViolationMessages {
    name: &'static str,
    params: &'static [&'static str],
    message: Message,
    fix: Message,
}

const fn violation_messages(kind: ViolationKind) -> ViolationMessages {
    let (name, params, message, fix): (_, &'static [&'static str], _, _) = match kind {
        ViolationKind::Missing => (
            "missing",
            &["field"],
            message("{field} is missing, and it is mandatory.", "缺少必填参数 {field}。"),
            message("Give {field}.", "请填写 {field}。"),
        ),
        ViolationKind::WrongType => (
            "wrong-type",
            &["field", "actual", "expected"],
            message(
                "{field} is of the JSON type {actual}; it must be {expected}.",
                "{field} 的 JSON 类型为 {actual}，应为 {expected}。",
            ),
            message("Write {field} as {expected}.", "请将 {field} 改为 {expected} 类型。"),
        ),
        ViolationKind::Empty => (
            "empty",
            &["field"],
            message("{field} is empty.", "{field} 不能为空。"),
            message("Fill in {field}.", "请填写 {field}。"),
        ),
        ViolationKind::TooLong => (
            "too-long",
            &["field", "actual", "limit", "unit"],
            message(
                "{field} has {actual} {unit}; at most {limit} are allowed.",
                "{field} 含 {actual} {unit}，最多允许 {limit} {unit}。",
            ),
            message("Shorten {field} to {limit} {unit}.", "请将 {field} 缩短至最多 {limit} {unit}。"),
        ),
        ViolationKind::BadCharacter => (
            "bad-character",
            &["field", "character", "codePoint", "index", "allowed"],
            message(
                "{field} holds {character} ({codePoint}) at position {index}; allowed there: {allowed}.",
                "{field} 的第 {index} 个字符 {character}（{codePoint}）不允许使用；允许：{allowed}。",
            ),
            message("Take out the characters that are not allowed.", "请去掉不允许的字符。"),
        ),
        ViolationKind::BadFormat => (
            "bad-format",
            &["field", "actual", "expected"],
            message("{field} is {actual}; it must be {expected}.", "{field} 为 {actual}，应为{expected}。"),
            message("Write {field} in the form it must have.", "请按要求的格式填写 {field}。"),
        ),
        ViolationKind::OutOfRange => (
            "out-of-range",
            &["field", "actual", "minimum", "maximum"],
            message(
                "{field} is {actual}; it must be a number from {minimum} to {maximum}.",
                "{field} 为 {actual}，应在 {minimum} 到 {maximum} 之间。",
            ),
            message(
                "Give {field} a number from {minimum} to {maximum}.",
                "请将 {field} 设为 {minimum} 到 {maximum} 之间的数。",
            ),
        ),
        ViolationKind::NotOneOf => (
            "not-one-of",
            &["field", "actual", "allowed", "suggestion"],
            message(
                "{field} is {actual}; it must be one of {allowed}.{suggestion}",
                "{field} 为 {actual}，应为下列取值之一：{allowed}。{suggestion}",
            ),
            message("Use one of these: {allowed}.", "请改用下列取值之一：{allowed}。"),
        ),
        ViolationKind::Unlisted => (
            "not-one-of",
            &["field", "actual", "known", "suggestion"],
            message(
                "{field} is {actual}, which is none of the {known} regions known here (`destinations` lists them).{suggestion}",
                "{field} 为 {actual}，不在已知的 {known} 个区域之列（`destinations` 可列出全部）。{suggestion}",
            ),
            message("Check {field} for a typo, or use a known region.", "请核对 {field} 是否有误，或改用已知的区域。"),
        ),
        ViolationKind::UnknownFact => (
            "not-one-of",
            &["actual", "allowed", "suggestion"],
            message(
                "Unknown fact {actual}.{suggestion} Known here: {allowed}.",
                "未知的事实 {actual}。{suggestion}此处可用：{allowed}。",
            ),
            message("Correct the name {actual}, or remove it.", "请更正名称 {actual}，或将其删除。"),
        ),
        ViolationKind::UnknownMember => (
            "not-one-of",
            &["actual", "allowed", "suggestion"],
            message(
                "Unknown member {actual}.{suggestion} Known here: {allowed}.",
                "未知的成员 {actual}。{suggestion}此处可用：{allowed}。",
            ),
            message("Correct the name {actual}, or remove it.", "请更正名称 {actual}，或将其删除。"),
        ),
        ViolationKind::Duplicate => (
            "duplicate",
            &["field", "actual"],
            message("{field} repeats {actual}.", "{field} 重复了 {actual}。"),
            message("Take out the repetition.", "请去掉重复项。"),
        ),
        ViolationKind::Conflict => (
            "conflict",
            &["field", "with"],
            message(
                "{field} cannot stand beside {with}: one excludes the other.",
                "{field} 与 {with} 不能同时使用，二者只能取其一。",
            ),
            message("Take out {field}, or {with}.", "请去掉 {field} 或 {with}。"),
        ),
        ViolationKind::Contradiction => (
            "contradiction",
            &["field", "fact", "actual", "with", "other"],
            message(
                "{field} says {actual}, and {with} says {other}, of the same fact ({fact}). Neither is used.",
                "{field} 为 {actual}，而 {with} 为 {other}，两处所说的同一事实（{fact}）相互矛盾，均不采用。",
            ),
            message("Find out which of them is right, and take out the other.", "请确认哪一个正确，并去掉另一个。"),
        ),
        ViolationKind::OtherObject => (
            "other-object",
            &["field", "actual", "with", "expected"],
            message(
                "{field} is about {actual}, and the request names {expected} in {with}. It is not used.",
                "{field} 对应的是 {actual}，而请求中 {with} 为 {expected}，因此不采用。",
            ),
            message("Give the object of {expected}, or correct {with}.", "请提供 {expected} 的对象，或更正 {with}。"),
        ),
        ViolationKind::Ambiguous => (
            "ambiguous",
            &["field", "actual", "with"],
            message(
                "{field} holds {actual} objects, and the request does not name one of them in {with}. None is used.",
                "{field} 含 {actual} 个对象，而请求的 {with} 未指明其中之一，因此均不采用。",
            ),
            message(
                "Name the object in {with}, or give that object alone.",
                "请在 {with} 中指明对象，或只提供该对象。",
            ),
        ),
        ViolationKind::UnknownForm => (
            "bad-format",
            &["field", "expected"],
            message(
                "{field} is of no form that is known here, and is not used; it must be {expected}.",
                "无法识别 {field} 的格式，因此不采用；应为{expected}。",
            ),
            message("Give {expected}.", "请提供{expected}。"),
        ),
        ViolationKind::Partial => (
            "partial",
            &["field", "wanted", "lacking", "form"],
            message(
                "{field} does not state {wanted}, and it is not a whole answer of {form}, as it lacks {lacking}. So its silence proves nothing, and what it does not state stays unknown.",
                "{field} 未给出 {wanted}，且缺少 {lacking}，不是 {form} 的完整返回，因此缺省不能作为依据，未给出的信息仍视为未知。",
            ),
            message(
                "Give the object as {form} returns it, or state the facts that are missing.",
                "请原样提供 {form} 返回的对象，或直接给出缺少的事实。",
            ),
        ),
        ViolationKind::Unread => (
            "unread",
            &["field", "operation"],
            message(
                "The operation {operation} never reads {field}: it changes nothing.",
                "操作 {operation} 不使用 {field}，填写与否不影响结果。",
            ),
            message(
                "Leave {field} out, or check whether another operation is meant.",
                "可删除 {field}，或确认是否应为其他操作。",
            ),
        ),
        ViolationKind::GivenAndUnknown => (
            "conflict",
            &["field", "with"],
            message(
                "{field} says that the value of {with} is not known yet, and {with} is given. The value that is given is not used.",
                "{field} 指明 {with} 的值尚未确定，但已给出该值；给出的值不予采用。",
            ),
            message(
                "Take {with} out of `unknown`, or leave out its value.",
                "请从 `unknown` 中去掉 {with}，或不填写其值。",
            ),
        ),
    };
    ViolationMessages { name, params, message, fix }
}

impl ViolationKind {
    /// Every kind there is.
    pub(crate) const ALL: [ViolationKind; 20] = [
        ViolationKind::Missing,
        ViolationKind::WrongType,
        ViolationKind::Empty,
        ViolationKind::TooLong,
        ViolationKind::BadCharacter,
        ViolationKind::BadFormat,
        ViolationKind::OutOfRange,
        ViolationKind::NotOneOf,
        ViolationKind::Unlisted,
        ViolationKind::UnknownFact,
        ViolationKind::UnknownMember,
        ViolationKind::Duplicate,
        ViolationKind::Conflict,
        ViolationKind::Contradiction,
        ViolationKind::OtherObject,
        ViolationKind::Ambiguous,
        ViolationKind::UnknownForm,
        ViolationKind::Partial,
        ViolationKind::Unread,
        ViolationKind::GivenAndUnknown,
    ];

    /// Every name, once: some kinds share one.
    #[cfg(feature = "schemars")]
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        let is_first = |(place, kind): &(usize, ViolationKind)| {
            Self::ALL.iter().take(*place).all(|earlier| earlier.name() != kind.name())
        };
        Self::ALL.into_iter().enumerate().filter(is_first).map(|(_, kind)| kind.name())
    }

    /// Its name in `params.kind`.
    pub(crate) fn name(self) -> &'static str {
        violation_messages(self).name
    }

    /// What is said of it, unless its field says something better.
    pub(crate) fn message(self) -> Message {
        violation_messages(self).message
    }

    /// What to do about it, unless its field knows better.
    pub(crate) fn fix(self) -> Message {
        violation_messages(self).fix
    }
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const _: () = {
    let mut index = 0;
    while index < ViolationKind::ALL.len() {
        let ViolationMessages { params, message, fix, .. } = violation_messages(ViolationKind::ALL[index]);
        assert_template(message.en, params);
        assert_template(message.zh, params);
        assert_template(fix.en, params);
        assert_template(fix.zh, params);
        index += 1;
    }
};
