//!

use crate::finding::findings::Findings;
use crate::finding::implicit_rules::IMPLICIT_DUPLICATE_FIELD;
use crate::json::{SyntaxError, SyntaxErrorKind};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::rule::location::{At, Section};
use crate::rule::rule::{Citation, Rule, assert_rule};

pub(crate) const RFC_8259: Citation = Citation {
    document: "RFC 8259: The JavaScript Object Notation (JSON) Data Interchange Format",
    date: "2017-12",
    section: "2 and 4",
    url: Some("https://www.rfc-editor.org/rfc/rfc8259"),
};

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

static SYNTAX: Rule = Rule {
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

/// What is said in the place of findings for which there is no room.
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

/// Every sentence of this file that stands in no rule.
pub(crate) const MESSAGES: [Message; 16] = [
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

const fn problem(syntax: SyntaxErrorKind) -> Message {
    match syntax {
        SyntaxErrorKind::EndOfText => message("the text ends too early", "文本提前结束"),
        SyntaxErrorKind::ExpectedValue => message("a value is expected here", "此处应为一个值"),
        SyntaxErrorKind::ExpectedKey => message("a key in double quotes is expected here", "此处应为用双引号括起的键"),
        SyntaxErrorKind::ExpectedColon => message("a colon is expected here", "此处应为冒号"),
        SyntaxErrorKind::ExpectedCommaOrEnd => {
            message("a comma or a closing bracket is expected here", "此处应为逗号或右括号")
        }
        SyntaxErrorKind::TrailingComma => message("a comma stands before the closing bracket", "右括号前有多余的逗号"),
        SyntaxErrorKind::BadEscape => message("JSON knows no such escape", "JSON 不支持该转义"),
        SyntaxErrorKind::LoneSurrogate => {
            message("this is half of a surrogate pair, which is no character", "此处为单独的代理项，不是有效字符")
        }
        SyntaxErrorKind::ControlCharacter => {
            message("a control character must be written as an escape", "控制字符必须使用转义")
        }
        SyntaxErrorKind::BadNumber => message("JSON writes no number like this", "不是有效的 JSON 数字"),
        SyntaxErrorKind::TooDeep => {
            message("more than 127 arrays and objects stand inside one another here", "此处嵌套超过 127 层")
        }
        SyntaxErrorKind::TrailingText => message("something follows the JSON value", "JSON 值之后有多余内容"),
        SyntaxErrorKind::ByteOrderMark => message(
            "the text begins with a byte-order mark, which JSON does not allow",
            "文本以字节顺序标记（BOM）开头，JSON 不允许",
        ),
        SyntaxErrorKind::NotUtf8 => message("these bytes are not UTF-8", "不是有效的 UTF-8 字节"),
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
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let count = |count: usize| Param::count(u64::try_from(count).unwrap_or(u64::MAX));
    let params = Params::default()
        .with("problem", Param::Label(problem_name(error.kind), problem(error.kind)))
        .with("line", count(line))
        .with("column", count(column))
        .with("offset", count(error.offset));
    let mut out = Findings::default();
    out.add_rule_violation(&SYNTAX, At::section(Section::Case), None, params, Vec::new());
    out
}
