//! Help in the language of the run. The English is clap's own. clap has its headings, its colons and its line breaks in English only, so the
//! pages of another language are made here of the same declarations, and clap prints them in place of its own. There is one page for `-h` and
//! `--help`. Manual pages and completions are in English.

pub(crate) mod errors;
mod texts;

use crate::options::Address;
use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory};
use image_preflight::{Locale, Message};
use std::fmt::Write;
use texts::TEXTS;

/// The exit statuses of `check`, for its own page and that of the program.
macro_rules! of_check {
    (en: $head:literal, $tail:literal) => {
        concat!(
            $head,
            "\n  0  every case is allowed\n  1  one or more are denied\n  3  none is denied, one or more are undetermined\n",
            "  2  could not run (usage, an unreadable file), or a case is invalid: no JSON,\n",
            "     an unknown operation, edition or fact; the other cases are checked all the same\n",
            "`--fail-on` changes 1 and 3.",
            $tail
        )
    };
    (zh: $head:literal, $tail:literal) => {
        concat!(
            $head,
            "\n  0  所有用例都可以提交\n  1  有用例会被拒绝\n  3  没有用例会被拒绝，但有用例无法判断\n",
            "  2  无法执行（命令用法有误、文件无法读取），或有用例有误（不是 JSON，\n",
            "     操作、文档版本或信息的名称未知）；其余用例照常检查\n",
            "可用 `--fail-on` 改变退出码 1 和 3 的条件。",
            $tail
        )
    };
}

/// The exit status, after the help of the program.
pub(crate) const AFTER_HELP: Message = Message {
    en: of_check!(en: "Exit status of `check`:", " The help of each command says its own.\n\nA text, or a line of NDJSON, may have up to 512 MiB."),
    zh: of_check!(zh: "`check` 的退出码：", "其他命令的退出码见各自的帮助。\n\n一段文本或 NDJSON 的一行最大为 512 MiB。"),
};

/// The exit statuses of the commands: the last paragraph of the help of each.
pub(crate) const CHECK_STATUS: Message =
    Message { en: of_check!(en: "Exit status:", ""), zh: of_check!(zh: "退出码：", "") };
pub(crate) const REQUEST_STATUS: Message = Message {
    en: "\
Exit status: 0 if a request was printed, 1 if the case is denied, 3 if it is undetermined,
2 if it could not run or the case is invalid.",
    zh: "\
退出码：已输出请求时为 0；用例会被拒绝时为 1；用例无法判断时为 3；无法执行或用例有误时为 2。",
};
pub(crate) const PLAN_STATUS: Message = Message {
    en: "\
Exit status: 0 if every case starts, has been sent or waits for others, 1 if one or more
never start, such as the second image of one backup, or have failed for good, 3 if none does
so and one or more wait for facts, 2 if it could not run or a case is invalid.",
    zh: "\
退出码：所有用例均可提交、已提交或等待其他用例时为 0；有用例不会提交（例如用同一备份制作的
第二个整机镜像），或已失败且不能原样重新提交时为 1；所有用例均可能提交，但有用例尚缺信息时
为 3；无法执行或用例有误时为 2。",
};
pub(crate) const IMAGE_STATUS: Message = Message {
    en: "\
Exit status: 0 if the answers were printed, whatever they are; 2 if it could not run or a fact
is not usable.",
    zh: "退出码：已输出结果时为 0，与结果内容无关；无法执行或信息有误时为 2。",
};
pub(crate) const EXPLAIN_STATUS: Message = Message {
    en: "\
Exit status: 0 if the answer or the id is known, 1 if the answer is not, 2 if it could not run.",
    zh: "退出码：识别出返回内容或规则 ID 时为 0；无法识别返回内容时为 1；无法执行时为 2。",
};
pub(crate) const OTHER_STATUS: Message = Message {
    en: "Exit status: 0, or 2 if it could not run.",
    zh: "退出码：成功为 0；无法执行时为 2。",
};

const STATUSES: [Message; 6] = [CHECK_STATUS, REQUEST_STATUS, PLAN_STATUS, IMAGE_STATUS, EXPLAIN_STATUS, OTHER_STATUS];

/// What follows the options of a command: examples, and what its exit status says.
pub(crate) fn after(examples: &str, status: Message) -> String {
    format!("{examples}\n\n{}", status.en)
}

/// The two again.
fn parted(after: &str) -> (&str, Option<Message>) {
    let parts = STATUSES.into_iter().find_map(|status| Some((after.strip_suffix(status.en)?.trim_end(), status)));
    parts.map_or((after, None), |(examples, status)| (examples, Some(status)))
}

/// Examples of `check`.
pub(crate) const CHECK_HELP: Message = Message {
    en: "\
Examples:
  image-preflight check case.json
      one case, its findings with their place in the file

  terraform show -json plan.bin | image-preflight check
      every image that the plan copies or makes

  image-preflight check images/ 'plans/**/*.json'
      every file of a folder that holds cases, and every file that a pattern matches

  image-preflight check --format json cases.ndjson | jq .verdict
      a case per line, a report per line, in the same order

  image-preflight check --format github --output sarif=report.sarif images/
      annotations of a workflow, and a log for code scanning

  image-preflight check --operation ims.cross-region-copy --image-id ID \\
      --body body.json --image image.json --source-region cn-north-4
      a bare request body, with the cloud's image object",
    zh: "\
示例：
  image-preflight check case.json
      检查一个用例，并指出问题在文件中的位置

  terraform show -json plan.bin | image-preflight check
      检查 Terraform 计划中复制或创建的所有镜像

  image-preflight check images/ 'plans/**/*.json'
      检查目录中所有含有用例的文件，以及与通配符匹配的所有文件

  image-preflight check --format json cases.ndjson | jq .verdict
      每行一个用例，按相同顺序每行输出一份报告

  image-preflight check --format github --output sarif=report.sarif images/
      输出工作流注解，同时生成用于代码扫描的日志

  image-preflight check --operation ims.cross-region-copy --image-id ID \\
      --body body.json --image image.json --source-region cn-north-4
      检查单独的请求体，镜像信息取自云平台返回的镜像对象",
};

/// Examples of `plan`.
pub(crate) const PLAN_HELP: Message = Message {
    en: "\
Examples:
  image-preflight plan cases.ndjson
      the waves in which they may be sent, under the limits of the documents

  image-preflight plan --format json cases.ndjson | jq -c '.start[].request'
      the HTTP requests that may be sent now

  image-preflight plan --progress progress.json cases.ndjson
      the same once some have been sent, with {\"running\": [3], \"finished\": [0, 1],
      \"prepared\": {\"2\": \"ID\"}, \"failed\": {\"4\": \"later\"}, \"after\": {\"5\": [3]}}:
      a case is named by its place, counted from 0; `failed` is now, later, after-fix or
      never; `image-preflight schema progress` describes the file

Each case is judged with what is known of it alone: a quota that is enough for each may not
be enough for all.",
    zh: "\
示例：
  image-preflight plan cases.ndjson
      按文档规定的限制，将用例分批列出

  image-preflight plan --format json cases.ndjson | jq -c '.start[].request'
      输出现在可以发送的 HTTP 请求

  image-preflight plan --progress progress.json cases.ndjson
      部分请求发送之后再次编排，progress.json 的内容为 {\"running\": [3], \"finished\": [0, 1],
      \"prepared\": {\"2\": \"ID\"}, \"failed\": {\"4\": \"later\"}, \"after\": {\"5\": [3]}}：
      用例以其序号表示，从 0 开始；`failed` 取值为 now、later、after-fix 或 never；
      文件格式见 `image-preflight schema progress`

每个用例单独判断：配额对每个用例都足够，不代表对全部用例也足够。",
};

/// The commands with the pages of a language in place of clap's own.
pub(crate) fn localized(locale: Locale) -> Command {
    fn with_pages(command: Command, locale: Locale) -> Command {
        let page = page(&command, locale);
        command.override_help(page).mut_subcommands(|command| with_pages(command, locale))
    }
    let mut command = crate::args::Args::command();
    command.build();
    with_pages(command, locale)
}

/// A text of a declaration in a language; the declaration's own if there is none.
fn text(english: &str, locale: Locale) -> &str {
    TEXTS.iter().find(|row| row.en == english).map_or(english, |row| row.text(locale))
}

/// Words of the pages themselves.
const USAGE: Message = Message { en: "Usage: ", zh: "用法：" };
const COMMANDS: Message = Message { en: "Commands:", zh: "命令：" };
const ARGUMENTS: Message = Message { en: "Arguments:", zh: "参数：" };
const OPTIONS: Message = Message { en: "Options:", zh: "选项：" };
const COLON: Message = Message { en: ": ", zh: "：" };
const VALUES: Message = Message { en: "Possible values: ", zh: "可选值：" };
const DEFAULT: Message = Message { en: "Default: ", zh: "默认值：" };
/// Placeholders that clap writes into a line of usage.
const PLACEHOLDERS: [Message; 3] = [
    Message { en: "[OPTIONS]", zh: "[选项]" },
    Message { en: "<COMMAND>", zh: "<命令>" },
    Message { en: "[COMMAND]", zh: "[命令]" },
];

/// A line of usage of clap's, in a language.
pub(super) fn usage(line: &str, locale: Locale) -> String {
    let line = line.trim().strip_prefix("Usage:").unwrap_or(line).trim();
    let line = PLACEHOLDERS.iter().fold(line.to_owned(), |line, word| line.replace(word.en, word.text(locale)));
    format!("{}{line}", USAGE.text(locale))
}

fn page(command: &Command, locale: Locale) -> String {
    let mut page = String::new();
    let heading = command.get_styles().get_header();
    if let Some(about) = command.get_about() {
        let _ = writeln!(page, "{}\n", wrapped(text(&about.to_string(), locale), WIDTH).join("\n"));
    }
    let usage = usage(&command.clone().render_usage().to_string(), locale);
    let _ = writeln!(page, "{usage}");
    let mut commands = command.get_subcommands().filter(|command| !command.is_hide_set()).peekable();
    if commands.peek().is_some() {
        let _ = writeln!(page, "\n{heading}{}{heading:#}", COMMANDS.text(locale));
        commands.for_each(|command| listed(command, locale, &mut page));
    }
    for (name, arguments) in sections(command, locale) {
        let _ = write!(page, "\n{heading}{name}{heading:#}");
        arguments.iter().enumerate().for_each(|(index, argument)| {
            page.push_str(if index == 0 { "\n" } else { "\n\n" });
            page.push_str(&described(argument, locale));
        });
        page.push('\n');
    }
    if let Some(after) = command.get_after_help() {
        let _ = write!(page, "\n{}", after_help(&after.to_string(), locale));
    }
    page
}

/// What follows the options: a text that has a row, or lines of which those that have none are commands.
fn after_help(english: &str, locale: Locale) -> String {
    let (examples, status) = parted(english);
    let examples = match TEXTS.iter().find(|row| row.en == examples) {
        Some(row) => row.text(locale).to_owned(),
        None => examples.lines().map(|line| text(line, locale)).collect::<Vec<_>>().join("\n"),
    };
    status.map_or_else(|| examples.clone(), |status| format!("{examples}\n\n{}", status.text(locale)))
}

fn listed(command: &Command, locale: Locale, page: &mut String) {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let literal = command.get_styles().get_literal();
    let mut lines = wrapped(text(&about, locale), WIDTH - NAMES - 2).into_iter();
    let _ = writeln!(page, "  {literal}{:NAMES$}{literal:#}{}", command.get_name(), lines.next().unwrap_or_default());
    lines.for_each(|line| {
        let _ = writeln!(page, "  {:NAMES$}{line}", "");
    });
}

/// The arguments under their headings: those without a value's name first, then the options, then what has a heading of its own.
fn sections(command: &Command, locale: Locale) -> Vec<(String, Vec<&Arg>)> {
    let mut sections: Vec<(String, Vec<&Arg>)> =
        [ARGUMENTS, OPTIONS].map(|heading| (heading.text(locale).to_owned(), Vec::new())).to_vec();
    // What every command has comes last.
    let (common, own): (Vec<&Arg>, _) = command
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .partition(|argument| argument.is_global_set() || ["help", "version"].contains(&argument.get_id().as_str()));
    for argument in own.into_iter().chain(common) {
        let name = match argument.get_help_heading() {
            Some(heading) => text(heading, locale).to_owned() + COLON.text(locale).trim_end(),
            None if argument.is_positional() => ARGUMENTS.text(locale).to_owned(),
            None => OPTIONS.text(locale).to_owned(),
        };
        match sections.iter_mut().find(|(known, _)| *known == name) {
            Some((_, arguments)) => arguments.push(argument),
            None => sections.push((name, vec![argument])),
        }
    }
    sections.retain(|(_, arguments)| !arguments.is_empty());
    sections
}

/// An argument, with its help below it.
fn described(argument: &Arg, locale: Locale) -> String {
    let literal = clap::builder::Styles::styled().get_literal().to_owned();
    let short = argument.get_short().map(|short| format!("-{short}, "));
    let before = if argument.is_positional() { String::new() } else { short.unwrap_or_else(|| " ".repeat(4)) };
    let mut described = format!("  {before}{literal}{argument}{literal:#}");
    let mut line = |line: &str| {
        let _ = write!(described, "\n{:INDENT$}{line}", "");
    };
    wrapped(&help_of(argument, locale), WIDTH - INDENT).iter().for_each(|text| line(text));
    if argument.get_action().takes_values() {
        if !argument.is_hide_possible_values_set() {
            values(&argument.get_possible_values(), locale).iter().for_each(|text| line(text));
        }
        let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() && !argument.is_hide_default_value_set() {
            line(&format!("{}{}", DEFAULT.text(locale), defaults.join(" ")));
        }
    }
    described
}

/// The help of an argument. Those of the request's address are made of what the operations say.
fn help_of(argument: &Arg, locale: Locale) -> String {
    if let Some(help) = Address::help(argument.get_id().as_str(), locale) {
        return help;
    }
    argument.get_help().map(|help| text(&help.to_string(), locale).to_owned()).unwrap_or_default()
}

/// The values of an option: on one line, or, if they are explained, a line each.
fn values(values: &[PossibleValue], locale: Locale) -> Vec<String> {
    if values.is_empty() {
        return Vec::new();
    }
    let heading = VALUES.text(locale).to_owned();
    if values.iter().all(|value| value.get_help().is_none()) {
        let names: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        return vec![heading + &names.join(locale.comma())];
    }
    let explained = values.iter().flat_map(|value| {
        let name = value.get_name();
        let help = value.get_help().map(|help| text(&help.to_string(), locale).to_owned());
        let help = help.map(|help| format!("{}{help}", COLON.text(locale))).unwrap_or_default();
        let lines = wrapped(&format!("{name}{help}"), WIDTH - INDENT - 2);
        lines.into_iter().enumerate().map(|(index, line)| format!("{}{line}", if index == 0 { "- " } else { "  " }))
    });
    [heading.trim_end().to_owned()].into_iter().chain(explained).collect()
}

/// The columns of a page, those before a help, and those of a command's name.
const WIDTH: usize = 80;
const INDENT: usize = 10;
const NAMES: usize = 14;

/// A text in lines of so many columns. A line breaks at spaces and beside characters of two columns, but no line begins with a mark that closes
/// something, and none ends with one that opens it.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let columns = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let (mut lines, mut line, mut unit) = (Vec::new(), String::new(), String::new());
    let mut before = None;
    for c in text.chars().map(Some).chain([None]) {
        let breaks = match (before, c) {
            (Some(' '), _) | (_, None) => true,
            (Some(a), Some(b)) => {
                let is_word = a.is_ascii() && b.is_ascii();
                !(is_word || "（“".contains(a) || "、，。；：）”！？ ".contains(b))
            }
            (None, _) => false,
        };
        if breaks {
            if columns(line.as_str()) + columns(unit.trim_end()) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            line.push_str(&std::mem::take(&mut unit));
        }
        unit.extend(c);
        before = c;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What clap has to say instead of running a command, in the language of the run.
pub(crate) fn said(error: &clap::Error, locale: Locale) -> String {
    use clap::error::ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand as OnMissing, DisplayVersion};
    let is_own = locale == Locale::ENGLISH || error.kind() == DisplayVersion;
    if !is_own && matches!(error.kind(), DisplayHelp | OnMissing) {
        // The error has the page, not the command that it is of.
        if let Err(error) = localized(locale).try_get_matches_from(std::env::args_os()) {
            return error.render().ansi().to_string();
        }
    }
    match errors::text(error, locale) {
        Some(text) if !is_own => text,
        _ => error.render().ansi().to_string(),
    }
}

#[cfg(test)]
mod tests;
