//! Errors of usage in a language other than clap's own.

use super::usage;
use crate::output::{RED, shown};
use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use image_preflight::Locale;
use std::error::Error as _;
use std::fmt::Write;

/// The text of an error in Chinese; `None` for what is no error of usage.
pub(super) fn text(error: &clap::Error, locale: Locale) -> Option<String> {
    let context = Context(error);
    let mut text = format!("{RED}错误：{RED:#}{}", context.sentence()?);
    let hints = context.hints();
    if !hints.is_empty() {
        text.push('\n');
    }
    let valid = Styles::styled().get_valid().to_owned();
    for hint in hints {
        let _ = write!(text, "\n  {valid}提示：{valid:#}{hint}");
    }
    if let Some(ContextValue::StyledStr(line)) = error.get(ContextKind::Usage) {
        let _ = write!(text, "\n\n{}", usage(&line.to_string(), locale));
    }
    text.push_str("\n\n更多信息请使用“--help”查看。\n");
    Some(text)
}

struct Context<'e>(&'e clap::Error);

impl Context<'_> {
    fn one(&self, kind: ContextKind) -> Option<&str> {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => Some(text),
            _ => None,
        }
    }

    fn all(&self, kind: ContextKind) -> Vec<&str> {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => vec![text],
            Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn number(&self, kind: ContextKind) -> isize {
        match self.0.get(kind) {
            Some(ContextValue::Number(number)) => *number,
            _ => 0,
        }
    }

    fn sentence(&self) -> Option<String> {
        let argument = self.one(ContextKind::InvalidArg).unwrap_or("?");
        let value = self.one(ContextKind::InvalidValue).unwrap_or_default();
        Some(match self.0.kind() {
            ErrorKind::UnknownArgument if argument.starts_with('-') => format!("未知选项“{argument}”"),
            ErrorKind::UnknownArgument => format!("多余的参数“{argument}”"),
            ErrorKind::InvalidSubcommand => {
                format!("未知命令“{}”", self.one(ContextKind::InvalidSubcommand).unwrap_or_default())
            }
            ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”缺少取值{}", self.values()),
            ErrorKind::InvalidValue => format!("“{argument}”的取值“{value}”无效{}", self.values()),
            ErrorKind::ValueValidation => format!("“{argument}”的取值“{value}”无效：{}", self.reason()),
            ErrorKind::ArgumentConflict => match self.all(ContextKind::PriorArg)[..] {
                [prior] if prior == argument => format!("“{argument}”不能重复指定"),
                [] => format!("“{argument}”不能与其他参数同时使用"),
                ref others => format!("“{argument}”不能与{}同时使用", quoted(others)),
            },
            ErrorKind::MissingRequiredArgument => {
                format!("缺少必需的参数{}", quoted(&self.all(ContextKind::InvalidArg)))
            }
            ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
            ErrorKind::WrongNumberOfValues => format!(
                "“{argument}”需要 {} 个取值，实际为 {} 个",
                self.number(ContextKind::ExpectedNumValues),
                self.number(ContextKind::ActualNumValues)
            ),
            ErrorKind::TooFewValues => format!(
                "“{argument}”至少需要 {} 个取值，实际为 {} 个",
                self.number(ContextKind::MinValues),
                self.number(ContextKind::ActualNumValues)
            ),
            ErrorKind::TooManyValues => format!("“{argument}”的取值过多：不应有“{value}”"),
            ErrorKind::NoEquals => format!("“{argument}”的取值须用等号指定"),
            ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8 文本".to_owned(),
            _ => return None,
        })
    }

    /// The values that an option takes, on a line of their own.
    fn values(&self) -> String {
        let values = self.all(ContextKind::ValidValue);
        if values.is_empty() { String::new() } else { format!("\n  可选值：{}", values.join("、")) }
    }

    /// Why a value is refused: a sentence of `names`, which is in the language of the run, or one about a number.
    fn reason(&self) -> String {
        let Some(source) = self.0.source() else { return "格式有误".to_owned() };
        let text = source.to_string();
        if source.is::<std::num::ParseIntError>() {
            return "应为整数".to_owned();
        }
        // A number that is out of range: `70000 is not in 0..=65535`.
        match text.split_once(" is not in ") {
            Some((_, range)) => format!("应在 {range} 范围内"),
            None => shown(&text),
        }
    }

    /// What may have been meant.
    fn hints(&self) -> Vec<String> {
        let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
        let similar = similar.map(|kind| self.all(kind)).into_iter().filter(|names| !names.is_empty());
        // clap lists the nearest last.
        let similar =
            similar.map(|names| format!("是否要使用{}？", quoted(&names.into_iter().rev().collect::<Vec<_>>())));
        let sentences = match self.0.get(ContextKind::Suggested) {
            Some(ContextValue::StyledStrs(sentences)) => sentences.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        similar.chain(sentences.iter().filter_map(|sentence| hint(sentence))).collect()
    }
}

/// A hint of clap's, which is a sentence with one or two quoted parts.
fn hint(sentence: &str) -> Option<String> {
    match sentence.split('\'').collect::<Vec<_>>()[..] {
        ["to pass ", value, " as a value, use ", how, ""] => Some(format!("如需将“{value}”作为参数值，请写成“{how}”")),
        ["", how, " exists"] => Some(format!("该选项属于“{how}”")),
        ["subcommand ", name, " exists; to use it, remove the ", dashes, " before it"] => {
            Some(format!("存在命令“{name}”；如需使用，请去掉其前面的“{dashes}”"))
        }
        _ => None,
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、")
}
