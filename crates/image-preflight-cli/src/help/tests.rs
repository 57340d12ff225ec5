//! Every text has its Chinese, and no Chinese is of a text that there is not.

use super::*;
use std::collections::BTreeSet;

/// All texts of the declarations.
fn declared(command: &Command, texts: &mut BTreeSet<String>) {
    texts.extend(command.get_about().map(ToString::to_string));
    if let Some(after) = command.get_after_help().map(ToString::to_string) {
        let after = parted(&after).0.to_owned();
        let is_whole = TEXTS.iter().any(|row| row.en == after);
        // Lines that are indented are commands.
        let lines = after.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned);
        texts.extend(if is_whole { vec![after.clone()] } else { lines.collect() });
    }
    for argument in command.get_arguments() {
        texts.extend(argument.get_help_heading().map(str::to_owned));
        if Address::help(argument.get_id().as_str(), Locale::ENGLISH).is_none() {
            texts
                .insert(argument.get_help().map(ToString::to_string).unwrap_or_else(|| format!("{argument}: no help")));
        }
        texts
            .extend(argument.get_possible_values().iter().filter_map(PossibleValue::get_help).map(ToString::to_string));
    }
    command.get_subcommands().for_each(|command| declared(command, texts));
}

fn built() -> Command {
    let mut command = crate::args::Args::command();
    command.build();
    command
}

#[test]
fn every_text_has_its_chinese_and_no_row_is_unused() {
    let mut texts = BTreeSet::new();
    declared(&built(), &mut texts);
    let rows: BTreeSet<_> = TEXTS.iter().map(|row| row.en.to_owned()).collect();
    assert_eq!(texts.difference(&rows).collect::<Vec<_>>(), Vec::<&String>::new(), "without Chinese");
    assert_eq!(rows.difference(&texts).collect::<Vec<_>>(), Vec::<&String>::new(), "of no declaration");
    assert_eq!(rows.len(), TEXTS.len(), "a row twice");
}

/// A page: the command's name and its text.
fn pages(command: &Command, pages: &mut Vec<(String, String)>) {
    let page = page(command, Locale::CHINESE);
    pages
        .push((command.get_bin_name().unwrap_or_default().to_owned(), anstream::adapter::strip_str(&page).to_string()));
    command.get_subcommands().for_each(|command| self::pages(command, pages));
}

/// In a Chinese page English is only names, values and commands: never three words on end, but in a command.
#[test]
fn no_english_sentence_is_left_in_a_chinese_page() {
    let mut all = Vec::new();
    pages(&built(), &mut all);
    assert!(all.len() > 20, "{}", all.len());
    for (name, page) in all {
        let mut is_command = false;
        for line in page.lines() {
            // A command, and its further lines, which a backslash announces; JSON.
            let is_further = is_command;
            let start = line.trim_start();
            is_command = ["image-preflight ", "terraform ", "curl ", "{\"", "\"", "用法："]
                .iter()
                .any(|of| start.starts_with(of));
            is_command |= is_further && start.starts_with("--");
            if is_command {
                is_command = line.ends_with('\\');
                continue;
            }
            // What is between backticks is quoted.
            let prose: String = line.split('`').step_by(2).collect();
            let words = prose
                .split(' ')
                .map(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || ",.;".contains(c)));
            let (longest, _) = words.fold((0, 0), |(longest, run), is| {
                let run = if is { run + 1 } else { 0 };
                (usize::max(longest, run), run)
            });
            assert!(longest < 2, "{name}: {line}");
            let columns: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            assert!(columns <= 100, "{name}: {line}");
            // Punctuation is full-width beside Chinese.
            let half = line.char_indices().find(|(at, c)| {
                ",;()".contains(*c) && line[..*at].chars().next_back().is_some_and(|before| !before.is_ascii())
            });
            assert_eq!(half, None, "{name}: {line}");
        }
    }
}

/// So that a script's author finds it, and the manual page has it.
#[test]
fn every_command_says_its_exit_status() {
    for command in built().get_subcommands().filter(|command| command.get_name() != "help") {
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(parted(&after).1.is_some(), "{}", command.get_name());
        let page = anstream::adapter::strip_str(&page(command, Locale::CHINESE)).to_string();
        assert!(page.contains("退出码：") && !page.contains("Exit status"), "{page}");
    }
}

/// The commands of an example are the same in every language.
#[test]
fn examples_are_the_same_commands() {
    for help in [AFTER_HELP, CHECK_HELP, PLAN_HELP] {
        let commands = |text: &str| {
            let is_command = |line: &&str| {
                line.trim_start().starts_with(['i', 't', '-']) && line.starts_with(' ') && line.is_ascii()
            };
            text.lines()
                .filter(is_command)
                .filter(|line| line.contains("image-preflight") || line.contains("--"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(commands(help.en), commands(help.zh));
    }
}

#[test]
fn a_line_breaks_where_chinese_may_break() {
    assert_eq!(wrapped("abc def", 4), ["abc", "def"]);
    assert_eq!(wrapped("检查用例", 4), ["检查", "用例"]);
    assert_eq!(wrapped("检查，用例", 4), ["检", "查，", "用例"]);
    assert_eq!(wrapped("检（查）", 6), ["检", "（查）"]);
    assert_eq!(wrapped("检 image-preflight 查", 6), ["检", "image-preflight", "查"]);
    assert_eq!(wrapped("", 6), [""]);
}

/// What is no error of usage is said by clap or not at all.
#[test]
fn every_kind_of_error_of_usage_has_its_chinese() {
    use clap::error::ErrorKind::*;
    for kind in
        [InvalidValue, UnknownArgument, InvalidSubcommand, NoEquals, ValueValidation, TooManyValues, TooFewValues]
            .into_iter()
            .chain([WrongNumberOfValues, ArgumentConflict, MissingRequiredArgument, MissingSubcommand, InvalidUtf8])
    {
        let text = errors::text(&clap::Error::new(kind), Locale::CHINESE);
        assert!(text.is_some_and(|text| text.contains("错误：")), "{kind:?}");
    }
    for kind in [DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion, Io, Format] {
        assert_eq!(errors::text(&clap::Error::new(kind), Locale::CHINESE), None, "{kind:?}");
    }
}
