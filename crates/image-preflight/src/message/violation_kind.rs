//! The kinds of violation that a field can have, and their messages.

use crate::message::message::{Message, message};
use crate::message::template::{assert_hint, assert_template};

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
    /// A number that another field's must not be less than.
    GreaterThan,
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
#[derive(Clone, Copy)]
struct ViolationMessages {
    name: &'static str,
    params: &'static [&'static str],
    message: Message,
    /// For a person who fills in a form.
    hint: Message,
    fix: Message,
}

/// What a form says where the caller's program, and not the person, is at fault.
pub(crate) const NOT_YOURS: Message = message(
    "This information could not be used. Contact the administrator of this page.",
    "该信息无法使用，请联系页面管理员。",
);

const fn violation_messages(kind: ViolationKind) -> ViolationMessages {
    let (name, params, message, hint, fix): (_, &'static [&'static str], _, _, _) = match kind {
        ViolationKind::Missing => (
            "missing",
            &["field"],
            message("{field} is required.", "缺少必填参数 {field}。"),
            message("This field is required.", "此项为必填项。"),
            message("Specify {field}.", "请填写 {field}。"),
        ),
        ViolationKind::WrongType => (
            "wrong-type",
            &["field", "actual", "expected"],
            message("{field} must be {expected}, not {actual}.", "{field} 应为 {expected}，当前为 {actual}。"),
            message("This must be {expected}.", "此项应为 {expected}。"),
            message("Change {field} to {expected}.", "请将 {field} 改为 {expected}。"),
        ),
        ViolationKind::Empty => (
            "empty",
            &["field"],
            message("{field} must not be empty.", "{field} 不能为空。"),
            message("This field must not be empty.", "此项不能为空。"),
            message("Specify {field}.", "请填写 {field}。"),
        ),
        ViolationKind::TooLong => (
            "too-long",
            &["field", "actual", "limit", "unit"],
            message(
                "{field} has {actual} {unit}; the maximum is {limit}.",
                "{field} 含 {actual} {unit}，最多允许 {limit} 个。",
            ),
            message("At most {limit} {unit} are allowed.", "最多允许 {limit} {unit}。"),
            message("Limit {field} to {limit} {unit}.", "请将 {field} 控制在最多 {limit} {unit}。"),
        ),
        ViolationKind::BadCharacter => (
            "bad-character",
            &["field", "character", "codePoint", "index", "allowed"],
            message(
                "{field} contains {character} ({codePoint}) at position {index}. Allowed characters: {allowed}.",
                "{field} 的第 {index} 个字符 {character}（{codePoint}）不允许使用，只能包含 {allowed}。",
            ),
            message("Allowed characters: {allowed}.", "只能包含 {allowed}。"),
            message("Remove the characters that are not allowed.", "请删除不允许使用的字符。"),
        ),
        ViolationKind::BadFormat => (
            "bad-format",
            &["field", "actual", "expected"],
            message("{field} is {actual}; it must be {expected}.", "{field} 为 {actual}，应为 {expected}。"),
            message("This must be {expected}.", "此项应为 {expected}。"),
            message("Change {field} to {expected}.", "请将 {field} 改为 {expected}。"),
        ),
        ViolationKind::OutOfRange => (
            "out-of-range",
            &["field", "actual", "range"],
            message("{field} is {actual}; it must be {range}.", "{field} 为 {actual}，应为 {range}。"),
            message("This must be {range}.", "此项应为 {range}。"),
            message("Set {field} to {range}.", "请将 {field} 设为 {range}。"),
        ),
        ViolationKind::GreaterThan => (
            "out-of-range",
            &["field", "actual", "maximum", "with"],
            message(
                "{field} ({actual}) cannot be greater than {with} ({maximum}).",
                "{field}（{actual}）不能大于 {with}（{maximum}）。",
            ),
            message("The minimum cannot be greater than the maximum.", "最小值不能大于最大值。"),
            message("Decrease {field} or increase {with}.", "请减小 {field} 或增大 {with}。"),
        ),
        ViolationKind::NotOneOf => (
            "not-one-of",
            &["field", "actual", "allowed", "suggestion"],
            message(
                "{field} is {actual}; allowed values: {allowed}.{suggestion}",
                "{field} 为 {actual}，取值范围：{allowed}。{suggestion}",
            ),
            message("This value is not available.{suggestion}", "该取值不可用。{suggestion}"),
            message("Use one of these values: {allowed}.", "请改用下列取值之一：{allowed}。"),
        ),
        ViolationKind::Unlisted => (
            "not-one-of",
            &["field", "actual", "known", "suggestion"],
            message(
                "{field} is {actual}, which is not one of the {known} regions that image-preflight knows.{suggestion}",
                "{field} 为 {actual}，不在 image-preflight 已知的 {known} 个取值之列。{suggestion}",
            ),
            message("This region is not known.{suggestion}", "该取值未知。{suggestion}"),
            message("Check {field} for a typo, or use a known region.", "请核对 {field} 是否有误，或改用已知的取值。"),
        ),
        ViolationKind::UnknownFact => (
            "not-one-of",
            &["actual", "allowed", "suggestion"],
            message(
                "{actual} is not a known fact.{suggestion} Known facts here: {allowed}.",
                "{actual} 不是可识别的已知信息。{suggestion}此处可用：{allowed}。",
            ),
            NOT_YOURS,
            message("Correct the name {actual}, or remove it.", "请更正名称 {actual}，或将其删除。"),
        ),
        ViolationKind::UnknownMember => (
            "not-one-of",
            &["actual", "allowed", "suggestion"],
            message(
                "{actual} is not a known member.{suggestion} Known members here: {allowed}.",
                "{actual} 不是可识别的成员。{suggestion}此处可用：{allowed}。",
            ),
            NOT_YOURS,
            message("Correct the name {actual}, or remove it.", "请更正名称 {actual}，或将其删除。"),
        ),
        ViolationKind::Duplicate => (
            "duplicate",
            &["field", "actual"],
            message("{field} repeats {actual}.", "{field} 重复了 {actual}。"),
            message("This value is used more than once.", "该值重复。"),
            message("Remove the duplicate.", "请删除重复项。"),
        ),
        ViolationKind::Conflict => (
            "conflict",
            &["field", "with"],
            message("{field} and {with} are mutually exclusive.", "{field} 与 {with} 不能同时填写。"),
            message(
                "This cannot be combined with another field that is filled in.",
                "此项不能与另一已填写的项同时使用。",
            ),
            message("Specify either {field} or {with}, not both.", "{field} 和 {with} 请只填写其中一个。"),
        ),
        ViolationKind::Contradiction => (
            "contradiction",
            &["field", "fact", "actual", "with", "other"],
            message(
                "{field} gives {actual} and {with} gives {other} for the same fact ({fact}). Neither is used.",
                "{field} 为 {actual}，而 {with} 为 {other}，两者相互矛盾（{fact}），均不采用。",
            ),
            NOT_YOURS,
            message("Find out which of the two is right, and remove the other.", "请确认哪一个正确，并删除另一个。"),
        ),
        ViolationKind::OtherObject => (
            "other-object",
            &["field", "actual", "with", "expected"],
            message(
                "{field} describes {actual}, but {with} in the request is {expected}. It is not used.",
                "{field} 描述的是 {actual}，而请求中 {with} 为 {expected}，因此不采用。",
            ),
            NOT_YOURS,
            message(
                "Provide the object of {expected}, or correct {with}.",
                "请提供 {expected} 的对象，或更正 {with}。",
            ),
        ),
        ViolationKind::Ambiguous => (
            "ambiguous",
            &["field", "actual", "with"],
            message(
                "{field} contains {actual} objects, and {with} in the request does not name exactly one of them. None is used.",
                "{field} 含 {actual} 个对象，而请求的 {with} 未能唯一指明其中之一，因此均不采用。",
            ),
            NOT_YOURS,
            message(
                "Name the object in {with}, or provide that object alone.",
                "请在 {with} 中指明对象，或只提供该对象。",
            ),
        ),
        ViolationKind::UnknownForm => (
            "bad-format",
            &["field", "expected"],
            message(
                "The format of {field} is not recognized, so it is not used. Expected: {expected}.",
                "无法识别 {field} 的格式，因此不采用。应为 {expected}。",
            ),
            NOT_YOURS,
            message("Provide {expected}.", "请提供 {expected}。"),
        ),
        ViolationKind::Partial => (
            "partial",
            &["field", "wanted", "lacking", "form"],
            message(
                "{field} does not contain {wanted}. It is not a complete answer of {form} either ({lacking} missing), so nothing is concluded from what is absent.",
                "{field} 不含 {wanted}，且缺少 {lacking}，不是 {form} 的完整返回，因此不能根据缺省的字段作判断。",
            ),
            NOT_YOURS,
            message(
                "Provide the object as {form} returns it, or state the missing facts.",
                "请原样提供 {form} 返回的对象，或直接提供缺少的已知信息。",
            ),
        ),
        ViolationKind::Unread => (
            "unread",
            &["field", "operation"],
            message(
                "The operation {operation} does not use {field}.",
                "操作 {operation} 不使用 {field}，填写与否不影响结果。",
            ),
            NOT_YOURS,
            message(
                "Remove {field}, or check whether another operation is meant.",
                "可删除 {field}，或确认是否应为其他操作。",
            ),
        ),
        ViolationKind::GivenAndUnknown => (
            "conflict",
            &["field", "with"],
            message(
                "{field} marks {with} as not known yet, but {with} has a value. The value is not used.",
                "{field} 指明 {with} 的值尚未确定，但已填写该值；填写的值不予采用。",
            ),
            NOT_YOURS,
            message(
                "Remove {with} from `unknown`, or remove its value.",
                "请从 `unknown` 中去掉 {with}，或不填写其值。",
            ),
        ),
    };
    ViolationMessages { name, params, message, hint, fix }
}

impl ViolationKind {
    /// Every kind there is.
    pub(crate) const ALL: [ViolationKind; 21] = [
        ViolationKind::Missing,
        ViolationKind::WrongType,
        ViolationKind::Empty,
        ViolationKind::TooLong,
        ViolationKind::BadCharacter,
        ViolationKind::BadFormat,
        ViolationKind::OutOfRange,
        ViolationKind::GreaterThan,
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
        self.messages().name
    }

    fn messages(self) -> &'static ViolationMessages {
        // There is one for each kind.
        let [first, ..] = &MESSAGES;
        MESSAGES.get(self as usize).unwrap_or(first)
    }

    /// What is said of it, unless its field says something better.
    pub(crate) fn message(self) -> Message {
        self.messages().message
    }

    /// What is said of it to a person who fills in a form.
    pub(crate) fn hint(self) -> Message {
        self.messages().hint
    }

    /// What to do about it, unless its field knows better.
    pub(crate) fn fix(self) -> Message {
        self.messages().fix
    }
}

/// What is said of each kind, in their order.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
static MESSAGES: [ViolationMessages; ViolationKind::ALL.len()] = {
    let mut all = [const { violation_messages(ViolationKind::Missing) }; ViolationKind::ALL.len()];
    let mut index = 0;
    while index < all.len() {
        let kind = ViolationKind::ALL[index];
        assert!(kind as usize == index, "the kinds are not listed in their order");
        all[index] = violation_messages(kind);
        index += 1;
    }
    all
};

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const _: () = {
    let mut index = 0;
    while index < ViolationKind::ALL.len() {
        let ViolationMessages { params, message, hint, fix, .. } = violation_messages(ViolationKind::ALL[index]);
        assert_hint(hint, params);
        assert_template(message, params);
        assert_template(fix, params);
        index += 1;
    }
};
