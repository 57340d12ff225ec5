//! What the command line says of a run: its errors, warnings and notes on standard error, each in every language. What the system or a
//! parser says in them stays as it is, but for the commonest errors of files.

use crate::words;
use image_preflight::plan::PlanOptionsError;
use image_preflight::{ClearError, Message, printable};
use std::fmt::Display;
use std::io::ErrorKind;

/// The values of placeholders, by name.
pub(crate) type Values<'v> = [(&'v str, &'v dyn Display)];

/// A sentence in the language of the run, its placeholders filled.
pub(crate) fn say(message: Message, values: &Values<'_>) -> String {
    message.filled(words::locale(), values)
}

const fn message(en: &'static str, zh: &'static str) -> Message {
    Message { en, zh }
}

/// In front of what is printed.
pub(crate) const ERROR: Message = message("{style}error:{end} {sentence}", "{style}错误：{end}{sentence}");
pub(crate) const WARNING: Message = message("{style}warning:{end} {sentence}", "{style}警告：{end}{sentence}");
pub(crate) const LABELLED: Message = message("{style}{label}:{end} {sentence}", "{style}{label}：{end}{sentence}");
/// In front of a sentence: what it is about.
pub(crate) const AT: Message = message("{at}: {sentence}", "{at}：{sentence}");
pub(crate) const AT_LINE: Message = message("{file}:{line}: {sentence}", "{file}:{line}：{sentence}");

/// Reading.
pub(crate) const UNREADABLE: Message = message("cannot read {file}: {why}", "无法读取 {file}：{why}");
pub(crate) const LINE_OF: Message = message("line {line} of {file}", "{file} 的第 {line} 行");
pub(crate) const TOO_LONG: Message = message(
    "cannot read {file}: it is longer than {most} bytes, which is the limit for one text; give the cases one a line (NDJSON), or in \
     several files",
    "无法读取 {file}：长度超过 {most} 字节的上限；请每行放一个用例（NDJSON），或拆分为多个文件",
);
pub(crate) const NOT_UTF_8: Message =
    message("cannot read {file}: it is not UTF-8", "无法读取 {file}：不是 UTF-8 编码");
pub(crate) const NOT_UTF_8_AT: Message = message(
    "cannot read {file}: it is not UTF-8 ({error})",
    "无法读取 {file}：不是 UTF-8 编码（第 {byte} 个字节无效）",
);
pub(crate) const CASE_NOT_UTF_8: Message =
    message("{source} is not UTF-8 ({error})", "{source} 不是 UTF-8 编码（第 {byte} 个字节无效）");
pub(crate) const NOT_UTF_16: Message = message(
    "cannot read {file}: it is not UTF-16, as its mark says",
    "无法读取 {file}：字节顺序标记表明编码为 UTF-16，但内容并非如此",
);
pub(crate) const BINARY: Message = message(
    "cannot read {file}: it is a binary file, such as a plan of `terraform plan -out`; check what `terraform show -json` prints of it",
    "无法读取 {file}：这是二进制文件，例如 `terraform plan -out` 生成的计划文件；请改为检查 `terraform show -json` 的输出",
);
pub(crate) const NO_MATCH: Message = message(
    "cannot read {file}: no file has this name or matches it",
    "无法读取 {file}：没有名称相符或与通配符匹配的文件",
);
pub(crate) const NEITHER: Message =
    message("{file} is neither a file nor UTF-8", "{file} 既不是文件，也不是 UTF-8 编码的文本");
pub(crate) const IS_OPERATION: Message = message(
    "{name} is an operation, no answer of a cloud; `image-preflight rules {id}` lists its rules, and `image-preflight explain` takes the id of one of them",
    "{name} 是操作名称，不是云服务的返回；可用 `image-preflight rules {id}` 列出其规则，`image-preflight explain` 可解释其中某条规则的 ID",
);
pub(crate) const NO_JSON: Message = message("{file} holds no JSON", "{file} 中没有 JSON");
pub(crate) const NOT_JSON: Message = message("{file} is no JSON: {why}", "{file} 不是有效的 JSON：{why}");
pub(crate) const BAD_GLOB: Message = message("{why}", "通配符有误：{why}");
pub(crate) const UNCHECKED: Message = message("cannot check {file}: {why}", "无法检查 {file}：{why}");
/// Between several reasons.
pub(crate) const BETWEEN: Message = message("; ", "；");
pub(crate) const CASES_NAME_THEIRS: Message = message(
    "{file} holds cases, which name their operation; --operation is for --body and for requests that do not name theirs",
    "{file} 中的用例已指明操作；--operation 仅用于 --body 和未指明操作的请求",
);

pub(crate) const OF_OTHER_FORM: Message = message(
    "{file} is no case ({form}): `request` takes one case, and `check` takes this too",
    "{file} 不是用例（{form}）：`request` 只接受一个用例，`check` 也接受此类输入",
);
pub(crate) const SEVERAL_CASES: Message = message(
    "{file} has {count} cases, and `request` takes one; `check` takes them all",
    "{file} 中有 {count} 个用例，而 `request` 只接受一个；`check` 可检查全部",
);
pub(crate) const ONLY_UTF_8: Message = message(
    "cannot change {file}: it is UTF-16; save it as UTF-8",
    "无法修改 {file}：编码为 UTF-16，请另存为 UTF-8 编码",
);
pub(crate) const READS_STDIN: Message = message(
    "reading standard input; end it with Ctrl+D, or name files",
    "正在读取标准输入；按 Ctrl+D 结束，或指定文件",
);

/// Notes about what has been read.
pub(crate) const HAS_MARK: Message =
    message("{file}: the byte-order mark is passed over", "{file}：已忽略字节顺序标记（BOM）");
pub(crate) const IS_UTF_16: Message = message("{file}: read as UTF-16", "{file}：按 UTF-16 编码读取");
pub(crate) const PASSED_OVER: Message = message(
    "files in folders that hold nothing to check, passed over: {count}",
    "已跳过目录中没有可检查内容的文件：{count} 个",
);
pub(crate) const FIXED: Message = message("fixes applied: {count}", "已应用的修复：{count} 处");
/// A template of the bar's, which fills it itself.
pub(crate) const BAR: Message =
    message("{bar:30} {bytes} of {total_bytes}  {msg}", "{bar:30} {bytes} / {total_bytes}  {msg}");
pub(crate) const PROGRESS: Message = message("{file}: {cases} cases, {rate}/s", "{file}：{cases} 个用例，{rate} 个/秒");

/// Writing.
pub(crate) const UNWRITABLE: Message = message("cannot write to {file}: {why}", "无法写入 {file}：{why}");
pub(crate) const UNWRITABLE_OUTPUT: Message =
    message("cannot write to standard output: {why}", "无法写入标准输出：{why}");
pub(crate) const OUTPUT_IS_INPUT: Message =
    message("{file} is checked, and would be overwritten by an output", "{file} 是要检查的文件，输出会将其覆盖");
pub(crate) const OUTPUT_TWICE: Message = message("{file} is the file of two outputs", "两个输出使用了同一文件 {file}");
pub(crate) const NOT_IN_PLACE: Message =
    message("standard input cannot be fixed in place; use --diff", "标准输入无法直接修复，请使用 --diff");

/// The configuration, a baseline, what a case ignores.
pub(crate) const NOT_TOML: Message = message("no TOML: {why}", "不是有效的 TOML：{why}");
pub(crate) const AT_LINE_OF_FILE: Message = message("line {line}: {sentence}", "第 {line} 行：{sentence}");
pub(crate) const IS_TEXT: Message = message("a string is expected here", "此处应为字符串");
pub(crate) const IS_FLAG: Message = message("true or false is expected here", "此处应为 true 或 false");
pub(crate) const IS_LIST: Message = message("a list such as ['…'] is expected here", "此处应为列表，例如 ['…']");
pub(crate) const IS_TABLE: Message = message("a table such as [[path]] is expected here", "此处应为 [[path]] 这样的表");
pub(crate) const GLOB_OUTSIDE: Message = message("`glob` belongs into a [[path]]", "`glob` 只能写在 [[path]] 中");
pub(crate) const NOT_OF_PATH: Message =
    message("`{key}` is of the whole file, not of a [[path]]", "`{key}` 对整个文件生效，不能写在 [[path]] 中");
pub(crate) const NO_GLOB: Message = message("a [[path]] needs `glob`", "[[path]] 缺少 `glob`");
pub(crate) const NO_BASELINE: Message = message("{file} is no baseline: {why}", "{file} 不是基线文件：{why}");
pub(crate) const OTHER_BASELINE: Message = message(
    "{file} is a baseline of version {version}, not {expected}",
    "{file} 是版本 {version} 的基线文件，需要版本 {expected}",
);
pub(crate) const IGNORE: Message = message("`ignore`: {why}", "`ignore`：{why}");
pub(crate) const IGNORE_FORM: Message = message(
    "`ignore` is a list of objects with `rule` and `reason`, both texts",
    "`ignore` 应为对象列表，每个对象包含 `rule` 和 `reason`，均为文本",
);
pub(crate) const NO_REASON: Message =
    message("`ignore`: {rule} needs a reason", "`ignore`：{rule} 缺少理由（`reason`）");
pub(crate) const ABOUT_NO_CASE: Message = message(
    "{file} is about nothing that a case names, so it has not been used",
    "{file} 与所有用例指定的资源都不相符，未被使用",
);
pub(crate) const IGNORES_NOTHING: Message =
    message("`ignore`: {rule} finds nothing here", "`ignore`：规则 {rule} 在此没有发现问题，无需忽略");

/// Facts, and the answer of a cloud that has them.
pub(crate) const BAD_FACT: Message = message("--fact {fact}: {why}", "--fact {fact}：{why}");
pub(crate) const NAME_AND_VALUE: Message = message("NAME=VALUE is expected", "应为 NAME=VALUE 的形式");
pub(crate) const GIVEN_TWICE: Message = message("`{name}` is given twice", "`{name}` 重复指定");
pub(crate) const HAS_VALUE: Message = message("`{name}` has a value already", "`{name}` 已有取值");
pub(crate) const FACTS_NO_JSON: Message = message("the facts are no JSON: {why}", "提供的信息不是有效的 JSON：{why}");
pub(crate) const TWICE_IN_OBJECT: Message =
    message("{file} has `{name}` twice in one object", "{file} 的同一个对象中有两个 `{name}`");
/// How a request names its image, within the next ones.
pub(crate) const BY_OPTION: Message = message("--{option}", " --{option} ");
pub(crate) const BY_REQUEST: Message = message("the request", "请求");
pub(crate) const TWO_IMAGES: Message = message(
    "{file} holds two images with the id that {named_by} names",
    "{file} 中有两个镜像的 ID 与{named_by}指定的相同",
);
pub(crate) const NOT_ITS_IMAGE: Message = message(
    "{file} holds {count} images, and none of them is the one that {named_by} names",
    "{file} 中有 {count} 个镜像，但都不是{named_by}指定的镜像",
);
pub(crate) const NO_IMAGE: Message = message("{file} holds no image", "{file} 中没有镜像");
pub(crate) const NO_OPERATION: Message = message("no operation is known", "没有可用的操作");
pub(crate) const NO_CAPABILITY: Message = message("no capability is known", "没有可判断的操作");
pub(crate) const NO_SCHEMA: Message = message("no schema is called so", "没有该名称的 Schema");
pub(crate) const OPERATION_OF_BODY: Message = message(
    "--operation is only for --body here: a case names its own",
    "此处 --operation 仅用于 --body：用例已指明操作",
);
pub(crate) const NO_PROGRESS: Message =
    message("{file} is no progress of a plan: {why}", "{file} 不是有效的进度文件：{why}");

/// The server of tools.
pub(crate) const NOT_STARTED: Message = message("cannot start: {why}", "无法启动：{why}");
pub(crate) const ARGUMENTS: Message = message("{sentence} (arguments: {all})", "{sentence}（可用参数：{all}）");
pub(crate) const IS_MISSING: Message = message("`{name}` is missing", "缺少 `{name}`");
pub(crate) const CASE_OR_TEXT: Message =
    message("either `case`, an object, or `text` is expected", "应提供 `case`（对象）或 `text` 之一");
pub(crate) const NO_CASES: Message = message("`cases`, a list of cases, is missing", "缺少 `cases`（用例列表）");
pub(crate) const TOO_MANY_CASES: Message = message(
    "{most} cases at most can be planned here; `image-preflight plan` takes any number",
    "此处最多编排 {most} 个用例；`image-preflight plan` 不限数量",
);
pub(crate) const PLAN_TOO_LONG: Message = message(
    "the plan is too long to show here; plan fewer cases at a time",
    "编排结果过长，无法在此显示；请减少每次编排的用例数量",
);

/// What the system says most often. The English is the system's own.
const NO_FILE: Message = message("{error}", "文件不存在");
const NO_FOLDER: Message = message("{error}", "目录不存在");
const NOT_ALLOWED: Message = message("{error}", "没有权限");
const IS_FOLDER: Message = message("{error}", "这是一个目录");
const NOT_FOLDER: Message = message("{error}", "路径中有一部分不是目录");
const FULL: Message = message("{error}", "磁盘空间不足");
const READ_ONLY: Message = message("{error}", "文件系统是只读的");
const NO_TEXT: Message = message("{error}", "不是 UTF-8 编码");

/// Why a file cannot be read.
pub(crate) fn unread(error: &std::io::Error) -> String {
    system(error, NO_FILE)
}

/// Why a file cannot be written: one that is not there yet lacks its folder.
pub(crate) fn unwritten(error: &std::io::Error) -> String {
    system(error, NO_FOLDER)
}

fn system(error: &std::io::Error, missing: Message) -> String {
    let sentence = match error.kind() {
        ErrorKind::NotFound => missing,
        ErrorKind::PermissionDenied => NOT_ALLOWED,
        ErrorKind::IsADirectory => IS_FOLDER,
        ErrorKind::NotADirectory => NOT_FOLDER,
        ErrorKind::StorageFull => FULL,
        ErrorKind::ReadOnlyFilesystem => READ_ONLY,
        ErrorKind::InvalidData => NO_TEXT,
        _ => return error.to_string(),
    };
    say(sentence, &[("error", error)])
}

/// Errors of the library, whose English is its own.
const BROKEN: Message = message(
    "the request breaks {rules}; to print it all the same, name these rules with --override",
    "请求违反规则 {rules}；如仍需提交，请用 --override 指定这些规则",
);
const UNDECIDED: Message = message(
    "it is not known yet whether the request breaks {undecided}; find out what is missing, or name these rules with --override",
    "尚无法判断请求是否违反规则 {undecided}；请补全缺少的信息，或用 --override 指定这些规则",
);
const BROKEN_AND_UNDECIDED: Message = message(
    "the request breaks {rules}; to print it all the same, name these rules with --override. It is not known yet whether it breaks \
     {undecided}; find out what is missing, or name these rules too",
    "请求违反规则 {rules}；如仍需提交，请用 --override 指定这些规则。此外，尚无法判断是否违反规则 {undecided}；请补全缺少的信息，或同样指定这些规则",
);
const NOT_KNOWN: Message = message("{error}", "尚无法判断请求是否会被接受；请确认 {missing}");
const NO_VALUES: Message = message("{error}", "{fields} 的取值未知，无法生成请求");
const NO_REQUEST: Message = message("{error}", "没有可提交的请求：违反规则 {rule}，且不能用 --override 放行");
const OPTIONS_NO_JSON: Message = message("{error}", "不是 JSON（第 {line} 行，第 {column} 列）");
const OPTIONS_NO_OBJECT: Message = message("{error}", "不是 JSON 对象");
const NO_MEMBER: Message = message("{error}", "没有名为 `{name}` 的成员");
const NO_MEMBER_BUT: Message = message("{error}", "没有名为 `{name}` 的成员；是否要使用 `{nearest}`？");
const WRONG_MEMBER: Message = message("{error}", "`{member}` 应为{expected}");
const MEMBER_TWICE: Message = message("{error}", "`{member}` 重复出现");
const NO_SUCH_CASE: Message = message("{error}", "`{member}` 指定了用例 {case}，但用例只有 {count} 个，序号从 0 开始");
const CASE_TWICE: Message = message("{error}", "用例 {case} 在 `running`、`finished` 和 `failed` 中重复出现");
const NOT_PREPARED: Message = message("{error}", "`prepared` 指定了用例 {case}，但该用例没有前置步骤");
const CIRCLE: Message = message("{error}", "`after` 使用例 {case} 等待用例 {on}，而用例 {on} 也在等待用例 {case}");

/// Why there is no request.
pub(crate) fn uncleared(error: &ClearError) -> String {
    let comma = words::locale().comma();
    match error {
        ClearError::Denied { rules, undecided } => {
            let sentence = match (&rules[..], &undecided[..]) {
                (_, []) => BROKEN,
                ([], _) => UNDECIDED,
                _ => BROKEN_AND_UNDECIDED,
            };
            say(sentence, &[("rules", &rules.join(comma)), ("undecided", &undecided.join(comma))])
        }
        ClearError::Undetermined { missing } => say(NOT_KNOWN, &[("error", error), ("missing", &missing.join(comma))]),
        ClearError::NotKnownYet { fields } => say(NO_VALUES, &[("error", error), ("fields", &fields.join(comma))]),
        ClearError::NoRequest { rule } => say(NO_REQUEST, &[("error", error), ("rule", rule)]),
        _ => error.to_string(),
    }
}

/// Why the options of a plan do not fit its cases.
pub(crate) fn unplanned(error: &PlanOptionsError) -> String {
    match error {
        PlanOptionsError::NoJson { line, column } => {
            say(OPTIONS_NO_JSON, &[("error", error), ("line", line), ("column", column)])
        }
        PlanOptionsError::NoObject => say(OPTIONS_NO_OBJECT, &[("error", error)]),
        PlanOptionsError::NoSuchMember { name, nearest } => {
            let sentence = if nearest.is_some() { NO_MEMBER_BUT } else { NO_MEMBER };
            let nearest = nearest.unwrap_or_default();
            say(sentence, &[("error", error), ("name", &printable(name)), ("nearest", &nearest)])
        }
        PlanOptionsError::WrongMember { member, expected } => {
            let expected = expected.text(words::locale());
            say(WRONG_MEMBER, &[("error", error), ("member", member), ("expected", &expected)])
        }
        PlanOptionsError::MemberTwice(member) => say(MEMBER_TWICE, &[("error", error), ("member", member)]),
        PlanOptionsError::NoSuchCase { member, case, count } => {
            say(NO_SUCH_CASE, &[("error", error), ("member", member), ("case", case), ("count", count)])
        }
        PlanOptionsError::Twice(case) => say(CASE_TWICE, &[("error", error), ("case", case)]),
        PlanOptionsError::NotPrepared(case) => say(NOT_PREPARED, &[("error", error), ("case", case)]),
        PlanOptionsError::Circle { case, on } => say(CIRCLE, &[("error", error), ("case", case), ("on", on)]),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image_preflight::Locale;
    use std::io::Error;

    #[test]
    fn what_is_filled_in_is_not_looked_at_again() {
        let template = message("{a} and {b}; {c}", "{b}，{a}；{c}");
        let values: &Values<'_> = &[("a", &"{b}"), ("b", &1)];
        assert_eq!(say(template, values), "{b} and 1; {c}");
        assert_eq!(words::in_locale(Locale::CHINESE, || say(template, values)), "1，{b}；{c}");
    }

    /// The language of a call ends with it, also where it is within another.
    #[test]
    fn a_call_has_its_own_language() {
        let no_image = || say(NO_IMAGE, &[("file", &"f")]);
        let within = || (words::in_locale(Locale::ENGLISH, no_image), no_image());
        let (english, chinese) = words::in_locale(Locale::CHINESE, within);
        assert_eq!((english.as_str(), chinese.as_str()), ("f holds no image", "f 中没有镜像"));
        assert_eq!(no_image(), english);
    }

    #[test]
    fn the_commonest_errors_of_files_are_translated_and_others_stay() {
        for (kind, read, written) in [
            (ErrorKind::NotFound, "文件不存在", "目录不存在"),
            (ErrorKind::PermissionDenied, "没有权限", "没有权限"),
            (ErrorKind::IsADirectory, "这是一个目录", "这是一个目录"),
            (ErrorKind::NotADirectory, "路径中有一部分不是目录", "路径中有一部分不是目录"),
            (ErrorKind::StorageFull, "磁盘空间不足", "磁盘空间不足"),
            (ErrorKind::ReadOnlyFilesystem, "文件系统是只读的", "文件系统是只读的"),
            (ErrorKind::InvalidData, "不是 UTF-8 编码", "不是 UTF-8 编码"),
            (ErrorKind::TimedOut, "as it came", "as it came"),
        ] {
            let error = Error::new(kind, "as it came");
            assert_eq!([unread(&error), unwritten(&error)], ["as it came"; 2]);
            assert_eq!(words::in_locale(Locale::CHINESE, || [unread(&error), unwritten(&error)]), [read, written]);
        }
    }

    #[test]
    fn what_no_test_can_run_into_is_a_sentence_too() {
        let (file, most, line) = ("f", 9, 2);
        let too_long = || {
            let what = say(LINE_OF, &[("line", &line), ("file", &file)]);
            say(TOO_LONG, &[("file", &what), ("most", &most)])
        };
        assert!(too_long().starts_with("cannot read line 2 of f: it is longer than 9 bytes, which is the limit"));
        let chinese = words::in_locale(Locale::CHINESE, too_long);
        assert!(chinese.starts_with("无法读取 f 的第 2 行：长度超过 9 字节的上限；"), "{chinese}");
        let progress = || say(PROGRESS, &[("file", &file), ("cases", &12), ("rate", &3)]);
        assert_eq!(words::in_locale(Locale::CHINESE, progress), "f：12 个用例，3 个/秒");
    }
}
