//! The command line of image-preflight. All the input and output is here; every rule, limit and message is in the library.

mod args;
mod assemble;
mod check;
mod edits;
mod github;
mod human;
mod image;
mod input;
mod lists;
mod output;
mod place;
mod printer;
mod refusal;
mod sarif;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use std::process::ExitCode;

/// What ends a run early: a sentence for the person who started it.
type Result<T> = std::result::Result<T, String>;

/// Exit status: all allowed 0, one or more denied 1, could not run 2, none denied but one or more undetermined 3.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let Args { color, command } = Args::parse();
    output::set_color(color);
    let ended = match command {
        Command::Check(options) => check::run(&options),
        Command::Request(options) => check::request(&options),
        Command::Capabilities(options) => image::capabilities(&options),
        Command::Destinations(options) => image::destinations(&options),
        Command::Explain(options) => refusal::run(&options),
        Command::Rules(options) => lists::rules(&options),
        Command::Schema { name } => lists::schema(name.as_deref()),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "image-preflight", &mut std::io::stdout());
            Ok(0)
        }
    };
    match ended {
        Ok(status) => ExitCode::from(status),
        Err(sentence) => {
            anstream::eprintln!("{}error:{:#} {sentence}", output::RED, output::RED);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}
