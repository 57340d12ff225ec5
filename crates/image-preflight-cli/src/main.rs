//! The command line of image-preflight. Input and output are here; rules, limits and messages are in the library.

mod args;
mod assemble;
mod baseline;
mod beside;
mod check;
mod concise;
mod config;
mod editions;
mod edits;
mod encoding;
mod file_name;
mod files;
mod fingerprint;
mod fixing;
mod format;
mod gate;
mod github;
mod gitlab;
mod help;
mod human;
mod image;
mod input;
mod judged;
mod junit;
mod lists;
mod man;
mod mcp;
mod names;
mod options;
mod output;
mod parts;
mod place;
mod plan;
mod printer;
mod refusal;
mod report_json;
mod request;
mod sarif;
mod send;
mod sentences;
mod taken;
mod tally;
mod words;

use args::{Args, Command};
use clap::error::ContextValue;
use clap::{CommandFactory, Parser};
use config::Configs;
use options::Documents;
use output::Out;
use std::process::ExitCode;

/// The error is a sentence for the user, which ends the run.
type Result<T> = std::result::Result<T, String>;

/// Exit status: all allowed 0, one or more denied 1, could not run or a case is invalid 2, none denied but one or more undetermined 3.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    if let Some(locale) = words::of_arguments(std::env::args_os().skip(1)).or_else(words::of_environment) {
        words::set_locale(locale);
    }
    let ended = match Args::try_parse() {
        Ok(args) => run(args),
        Err(error) => usage(error),
    };
    match ended {
        Ok(status) => ExitCode::from(status),
        Err(sentence) => {
            output::error(&sentence);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn run(Args { color, locale, command }: Args) -> Result<u8> {
    output::set_color(color);
    let mut configs = command.documents().map_or_else(|| Ok(Configs::default()), Documents::configs)?;
    if let Some(locale) = locale.or(configs.of_run().locale) {
        words::set_locale(locale);
    }
    match command {
        Command::Check(options) => check::run(&options, &mut configs),
        Command::Request(options) => request::run(&options, &mut configs),
        Command::Plan(options) => plan::run(&options, &mut configs),
        Command::Capabilities(options) => image::capabilities(&options, &mut configs),
        Command::Destinations(options) => image::destinations(&options, &mut configs),
        Command::Explain(options) => refusal::run(&options),
        Command::Rules(options) => lists::rules(&options),
        Command::Editions(options) => editions::run(&options),
        Command::Schema(options) => lists::schema(&options),
        Command::Completions { shell } => completions(shell),
        Command::Man { folder } => man::write(&folder),
        Command::Mcp => mcp::run(),
    }
}

/// Prints a script that completes commands in a shell.
fn completions(shell: clap_complete::Shell) -> Result<u8> {
    // The generator assumes that writing cannot fail, which is true of memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "image-preflight", &mut script);
    // The generator writes a hyphen as it separates a command from its own, and in bash then looks for a command that is not there.
    let script = String::from_utf8_lossy(&script).replace("image__subcmd__preflight", "image__preflight");
    let mut out = Out::lines();
    out.line(script.trim_end())?;
    out.flush()?;
    Ok(0)
}

/// Handles arguments that run no command: prints help or version, or the usage error.
fn usage(mut error: clap::Error) -> Result<u8> {
    // The message repeats the arguments, so control characters in them must be made harmless.
    for (kind, value) in error.context().map(|(kind, value)| (kind, value.clone())).collect::<Vec<_>>() {
        let value = match value {
            ContextValue::String(text) => ContextValue::String(output::shown(&text)),
            ContextValue::Strings(texts) => {
                ContextValue::Strings(texts.iter().map(|text| output::shown(text)).collect())
            }
            // A tip that would need escaping would be wrong after it.
            ContextValue::StyledStrs(texts)
                if texts.iter().any(|text| text.to_string() != output::shown(&text.to_string())) =>
            {
                ContextValue::None
            }
            value => value,
        };
        error.insert(kind, value);
    }
    let text = help::said(&error, words::locale());
    if error.use_stderr() {
        output::to_stderr(&text);
        return Ok(COULD_NOT_RUN);
    }
    let mut out = Out::for_people();
    out.line(text.trim_end())?;
    out.flush()?;
    Ok(0)
}
