//! The finding about a text that is not a JSON object.

use crate::finding::case_rules::SYNTAX;
use crate::finding::findings::Findings;
use crate::finding::fix::Fix;
use crate::json::{SyntaxError, SyntaxErrorKind, characters};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::rule::location::{At, Section};

/// The messages of this file that are in no rule.
pub(crate) const MESSAGES: [Message; 17] = [
    AS_UTF_8,
    problem(SyntaxErrorKind::EndOfText),
    problem(SyntaxErrorKind::ExpectedValue),
    problem(SyntaxErrorKind::ExpectedKey),
    problem(SyntaxErrorKind::ExpectedColon),
    problem(SyntaxErrorKind::ExpectedCommaOrEnd),
    problem(SyntaxErrorKind::TrailingComma),
    problem(SyntaxErrorKind::BadEscape),
    problem(SyntaxErrorKind::LoneSurrogate),
    problem(SyntaxErrorKind::ControlCharacter),
    problem(SyntaxErrorKind::BadNumber),
    problem(SyntaxErrorKind::TooDeep),
    problem(SyntaxErrorKind::TrailingText),
    problem(SyntaxErrorKind::ByteOrderMark),
    problem(SyntaxErrorKind::NotUtf8),
    problem(SyntaxErrorKind::NotAnObject),
    problem(SyntaxErrorKind::TooLong),
];

/// What to do where it is no JSON that is wrong, but how the text is saved.
const AS_UTF_8: Message = message(
    "Save the text as UTF-8, without a byte order mark.",
    "请将文本另存为不带字节顺序标记（BOM）的 UTF-8 编码。",
);

const fn problem(syntax: SyntaxErrorKind) -> Message {
    match syntax {
        SyntaxErrorKind::EndOfText => message("the text ends unexpectedly", "文本提前结束"),
        SyntaxErrorKind::ExpectedValue => message("a value is expected here", "此处应为一个值"),
        SyntaxErrorKind::ExpectedKey => message("a key in double quotes is expected here", "此处应为用双引号括起的键"),
        SyntaxErrorKind::ExpectedColon => message("a colon is expected here", "此处应为冒号"),
        SyntaxErrorKind::ExpectedCommaOrEnd => {
            message("a comma or a closing bracket is expected here", "此处应为逗号或右括号")
        }
        SyntaxErrorKind::TrailingComma => message("trailing comma before the closing bracket", "右括号前有多余的逗号"),
        SyntaxErrorKind::BadEscape => message("invalid escape sequence", "无效的转义序列"),
        SyntaxErrorKind::LoneSurrogate => {
            message("unpaired surrogate, which is not a character", "此处为单独的代理项，不是有效字符")
        }
        SyntaxErrorKind::ControlCharacter => {
            message("a control character must be written as an escape", "控制字符必须使用转义")
        }
        SyntaxErrorKind::BadNumber => message("invalid number", "不是有效的 JSON 数字"),
        SyntaxErrorKind::TooDeep => message("arrays and objects are nested more than 127 deep", "此处嵌套超过 127 层"),
        SyntaxErrorKind::TrailingText => message("unexpected text after the JSON value", "JSON 值之后有多余内容"),
        SyntaxErrorKind::ByteOrderMark => message(
            "the text begins with a byte order mark, which JSON does not allow",
            "文本以字节顺序标记（BOM）开头，JSON 不允许",
        ),
        SyntaxErrorKind::NotUtf8 => message("invalid UTF-8", "不是有效的 UTF-8 字节"),
        SyntaxErrorKind::NotAnObject => message("a JSON object is expected", "此处应为 JSON 对象"),
        SyntaxErrorKind::TooLong => message("the text is longer than 512 MiB", "文本超过 512 MiB"),
    }
}

fn problem_name(syntax: SyntaxErrorKind) -> &'static str {
    match syntax {
        SyntaxErrorKind::EndOfText => "end-of-text",
        SyntaxErrorKind::ExpectedValue => "no-value",
        SyntaxErrorKind::ExpectedKey => "no-key",
        SyntaxErrorKind::ExpectedColon => "no-colon",
        SyntaxErrorKind::ExpectedCommaOrEnd => "no-comma",
        SyntaxErrorKind::TrailingComma => "trailing-comma",
        SyntaxErrorKind::BadEscape => "bad-escape",
        SyntaxErrorKind::LoneSurrogate => "lone-surrogate",
        SyntaxErrorKind::ControlCharacter => "control-character",
        SyntaxErrorKind::BadNumber => "bad-number",
        SyntaxErrorKind::TooDeep => "too-deep",
        SyntaxErrorKind::TrailingText => "trailing-text",
        SyntaxErrorKind::ByteOrderMark => "byte-order-mark",
        SyntaxErrorKind::NotUtf8 => "not-utf-8",
        SyntaxErrorKind::NotAnObject => "not-an-object",
        SyntaxErrorKind::TooLong => "too-long",
    }
}

/// What is said of a text that is no JSON object.
pub(crate) fn syntax<'a>(text: &str, error: SyntaxError) -> Findings<'a> {
    let before = text.get(..error.offset).unwrap_or(text);
    let is_end = |byte: u8| byte == b'\n';
    let line = before.bytes().filter(|byte| is_end(*byte)).count() + 1;
    let start = before.bytes().rposition(is_end).map_or(0, |end| end + 1);
    let column = characters(before.get(start..).unwrap_or_default()) + 1;
    let count = |count: usize| Param::count(u64::try_from(count).unwrap_or(u64::MAX));
    let params = Params::default()
        .with("problem", Param::Label(problem_name(error.kind), problem(error.kind)))
        .with("line", count(line))
        .with("column", count(column))
        .with("offset", count(error.offset));
    let fix = match error.kind {
        SyntaxErrorKind::NotUtf8 | SyntaxErrorKind::ByteOrderMark => AS_UTF_8,
        _ => SYNTAX.fix,
    };
    let mut out = Findings::default();
    let fixes = [Fix::message(fix)].into();
    out.add(&SYNTAX, SYNTAX.severity, At::section(Section::Case), None, SYNTAX.violated, params, fixes);
    out
}
