//! The command-line arguments and their help texts.

use crate::fixing::FixOptions;
use crate::format::{Format, Output};
use crate::options::{Bare, Documents, Known, PlainStyle};
use crate::output::Color;
use crate::send::RequestFormat;
use crate::tally::FailOn;
use crate::{help, names};
use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand};
use image_preflight::schema::Profile;
use image_preflight::{Edition, Locale};
use std::ffi::OsString;
use std::path::PathBuf;

/// The preflight check for cloud machine image requests: what the cloud would reject, before you send it
#[derive(Parser)]
#[command(name = "image-preflight", version, propagate_version = true, after_help = help::AFTER_HELP.en)]
pub(crate) struct Args {
    /// When to use colour; NO_COLOR and FORCE_COLOR are read, too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// The language, such as zh-CN; otherwise that of LANGUAGE, LC_ALL or LANG
    #[arg(long, global = true, value_name = "TAG", value_parser = names::language())]
    pub(crate) locale: Option<Locale>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check cases: will the cloud accept them, and if not, why not?
    #[command(after_help = help::after(help::CHECK_HELP.en, help::CHECK_STATUS))]
    Check(Box<CheckOptions>),
    /// Print an allowed case as a request: HTTP, or a command for curl, KooCLI, jdc, or Terraform
    #[command(after_help = help::after(
        "Examples:\n  image-preflight request case.json\n  image-preflight request --format koocli case.json",
        help::REQUEST_STATUS
    ))]
    Request(RequestOptions),
    /// In which order cases may be sent: what starts now, what later, what waits for what, what never starts
    #[command(after_help = help::after(help::PLAN_HELP.en, help::PLAN_STATUS))]
    Plan(PlanArgs),
    /// What can be done with an image: copies, export, sharing
    #[command(after_help = help::after(
        "Example:\n  image-preflight capabilities --image image.json --source-region cn-north-4",
        help::IMAGE_STATUS
    ))]
    Capabilities(ImageOptions),
    /// Where an image can be copied to
    #[command(after_help = help::after(
        "Example:\n  image-preflight destinations --image image.json --source-region cn-north-4",
        help::IMAGE_STATUS
    ))]
    Destinations(ImageOptions),
    /// Explain an error of the cloud, or a rule
    #[command(after_help = help::after(
        "Examples:\n  image-preflight explain IMG.0146\n  image-preflight explain ims.cross-region-copy.size-cap\n  curl … | image-preflight explain -",
        help::EXPLAIN_STATUS
    ))]
    Explain(ExplainOptions),
    /// List the rules, or show one
    #[command(after_help = help::after(
        "Examples:\n  image-preflight rules\n  image-preflight rules ims.cross-region-copy.size-cap",
        help::OTHER_STATUS
    ))]
    Rules(RulesOptions),
    /// List the editions of the documents, or say how two of them differ
    #[command(after_help = help::after(
        "Examples:\n  image-preflight editions\n  image-preflight editions --diff default international-2026-01",
        help::OTHER_STATUS
    ))]
    Editions(EditionsOptions),
    /// Print a JSON Schema: of an operation's body, a case, a report, a response, or of everything
    #[command(after_help = help::after(
        "Examples:\n  image-preflight schema ims.in-region-copy\n  image-preflight schema ims.whole-image --edition china-2022-12\n  image-preflight schema case --profile editor --locale zh-CN\n  image-preflight schema > schemas.json",
        help::OTHER_STATUS
    ))]
    Schema(SchemaOptions),
    /// Print a script that completes commands in a shell
    #[command(after_help = help::after(
        "Example:\n  image-preflight completions bash > ~/.local/share/bash-completion/completions/image-preflight",
        help::OTHER_STATUS
    ))]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Serve the checks as tools of the Model Context Protocol, over standard input and output, for agents
    #[command(after_help = help::after(
        "Example, for a client's configuration:\n  {\"mcpServers\": {\"image-preflight\": {\"command\": \"image-preflight\", \"args\": [\"mcp\"]}}}",
        help::OTHER_STATUS
    ))]
    Mcp,
    /// Write the manual pages into a folder
    #[command(after_help = help::after(
        "Example:\n  image-preflight man ~/.local/share/man/man1",
        help::OTHER_STATUS
    ))]
    Man {
        /// The folder
        folder: PathBuf,
    },
}

impl Command {
    /// The documents that a command judges by, if it does.
    pub(crate) fn documents(&self) -> Option<&Documents> {
        match self {
            Command::Check(options) => Some(&options.given.documents),
            Command::Request(options) => Some(&options.given.documents),
            Command::Plan(options) => Some(&options.documents),
            Command::Capabilities(options) | Command::Destinations(options) => Some(&options.documents),
            _ => None,
        }
    }
}

#[derive(ClapArgs)]
pub(crate) struct CheckOptions {
    /// Cases: a JSON object, an array, or one per line (NDJSON); or output of `terraform show -json`, a command of hcloud, jdc or
    /// curl, an HTTP request, a printed SDK request. Folders, without hidden files and what Git ignores, and patterns, with what Git
    /// ignores, are taken, too; `-` or nothing is standard input
    #[arg(value_name = "FILE|FOLDER|GLOB", conflicts_with = "body")]
    pub(crate) files: Vec<PathBuf>,
    /// The name under which standard input is reported
    #[arg(long, value_name = "FILE")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// The form of the files; otherwise it is recognised by their content
    #[arg(long, value_name = "FORM", value_parser = names::form(), conflicts_with = "body")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) given: Given,
    #[command(flatten)]
    pub(crate) gate: Gate,
    #[command(flatten)]
    pub(crate) fix: FixOptions,
    /// How to print; human by default
    #[arg(long, help_heading = "Output")]
    pub(crate) format: Option<Format>,
    /// Also write a report into a file, such as sarif=report.sarif; may be given more than once
    #[arg(long = "output", short, value_name = "FORMAT=FILE", value_parser = Output::parse, action = ArgAction::Append,
        help_heading = "Output")]
    pub(crate) outputs: Vec<Output>,
}

/// What counts, and what makes a run fail.
#[derive(ClapArgs)]
pub(crate) struct Gate {
    /// Only this rule counts, or those whose ids begin like this; may be given more than once
    #[arg(long, value_name = "RULE", value_parser = names::rules(), hide_possible_values = true,
        action = ArgAction::Append, help_heading = "What counts")]
    pub(crate) select: Vec<String>,
    /// This rule does not count, or those whose ids begin like this; may be given more than once
    #[arg(long, value_name = "RULE", value_parser = names::rules(), hide_possible_values = true,
        action = ArgAction::Append, help_heading = "What counts")]
    pub(crate) ignore: Vec<String>,
    /// What this rule finds is shown as a warning and denies nothing; may be given more than once
    #[arg(long = "override", value_name = "RULE", value_parser = names::rule(), hide_possible_values = true,
        action = ArgAction::Append, help_heading = "What counts")]
    pub(crate) overridden: Vec<String>,
    /// What makes the run fail; undetermined by default
    #[arg(long, value_name = "WHAT", help_heading = "What counts")]
    pub(crate) fail_on: Option<FailOn>,
    /// Findings that are in this file do not count
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings of this run into a file for `--baseline`
    #[arg(long, value_name = "FILE", conflicts_with = "baseline", help_heading = "What counts")]
    pub(crate) write_baseline: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct PlanArgs {
    /// Cases, or what `check` takes: files, folders, patterns; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// What has become of the cases so far, and what must come after what: a JSON object
    #[arg(long, value_name = "FILE")]
    pub(crate) progress: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) documents: Documents,
    #[command(flatten)]
    pub(crate) style: PlainStyle,
}

#[derive(ClapArgs)]
pub(crate) struct RequestOptions {
    /// One case; `-` or nothing is standard input
    #[arg(value_name = "FILE", conflicts_with = "body")]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) given: Given,
    /// Print it even if the verdict is undetermined
    #[arg(long)]
    pub(crate) allow_undetermined: bool,
    /// Print it even if it breaks this rule; may be given more than once
    #[arg(long = "override", value_name = "RULE", value_parser = names::rule(), hide_possible_values = true,
        action = ArgAction::Append, conflicts_with = "allow_undetermined")]
    pub(crate) overridden: Vec<String>,
    /// As what to print it
    #[arg(long, default_value = "http")]
    pub(crate) format: RequestFormat,
}

/// Arguments of `check` and `request` other than files of cases.
#[derive(ClapArgs)]
pub(crate) struct Given {
    #[command(flatten)]
    pub(crate) bare: Bare,
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) documents: Documents,
}

#[derive(ClapArgs)]
pub(crate) struct ImageOptions {
    /// Which image of the response is meant, where it has several
    #[arg(long = "image-id", value_name = "ID", help_heading = "Facts")]
    pub(crate) of_several: Option<String>,
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) documents: Documents,
    #[command(flatten)]
    pub(crate) style: PlainStyle,
}

#[derive(ClapArgs)]
pub(crate) struct ExplainOptions {
    /// An error code such as IMG.0146, the id of a rule, the response's JSON, or a file with it; `-` is standard input
    pub(crate) answer: OsString,
    /// The HTTP status of the response
    #[arg(long)]
    pub(crate) status: Option<u16>,
    #[command(flatten)]
    pub(crate) style: PlainStyle,
}

#[derive(ClapArgs)]
pub(crate) struct RulesOptions {
    /// The id of a rule, or a prefix of several ids
    #[arg(value_parser = names::rules(), hide_possible_values = true)]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) style: PlainStyle,
}

#[derive(ClapArgs)]
pub(crate) struct EditionsOptions {
    /// What the second edition says differently from the first
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], value_parser = names::edition(), hide_possible_values = true)]
    pub(crate) diff: Option<Vec<Edition>>,
    #[command(flatten)]
    pub(crate) style: PlainStyle,
}

#[derive(ClapArgs)]
pub(crate) struct SchemaOptions {
    /// The operation, or another schema's name, such as case or report
    #[arg(value_parser = names::schema(), hide_possible_values = true)]
    pub(crate) name: Option<String>,
    /// The edition of the documents that bodies are as
    #[arg(long, default_value = "default", value_parser = names::edition(), hide_possible_values = true)]
    pub(crate) edition: Edition,
    /// The language of titles and descriptions (BCP 47), such as zh-CN
    #[arg(long, default_value = "en", value_parser = names::language(), hide_possible_values = true)]
    pub(crate) locale: Locale,
    /// The tools that read it: validators (exact, draft-07, draft-04), generators and portals (portable), or editors (editor)
    #[arg(long, default_value = "exact", value_parser = names::profile(), hide_possible_values = true)]
    pub(crate) profile: Profile,
    /// Put the version into its address (`$id`)
    #[arg(long)]
    pub(crate) versioned: bool,
}
