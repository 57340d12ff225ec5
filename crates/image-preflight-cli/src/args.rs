//! The command-line arguments and their help texts.

use crate::names;
use crate::output::Color;
use clap::{
    Arg, ArgAction, ArgMatches, Args as ClapArgs, Command as ClapCommand, FromArgMatches, Parser, Subcommand, ValueEnum,
};
use image_preflight::{Edition, Field, Locale};
use std::ffi::OsString;
use std::path::PathBuf;

/// The preflight check for cloud machine image requests: what the cloud would reject, before you send it
#[derive(Parser)]
#[command(name = "image-preflight", version, propagate_version = true, after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Exit status of `check`:
  0  every case is allowed
  1  one or more are denied
  3  none is denied, one or more are undetermined
  2  could not run (usage, an unreadable file), or a case is invalid: no JSON,
     an unknown operation, edition or fact; the other cases are checked all the same
That of `request` is 0 only if a request was printed.

A text, or a line of NDJSON, may have up to 512 MiB.";

const CHECK_HELP: &str = "\
Examples:
  image-preflight check case.json
      one case, its findings with their place in the file

  image-preflight check --format json cases.ndjson | jq .verdict
      a case per line, a report per line, in the same order

  terraform show -json plan.bin | image-preflight check
      every image that the plan copies or makes

  image-preflight check --operation ims.cross-region-copy --image-id ID \\
      --body body.json --image image.json --source-region cn-north-4
      a bare request body, with the cloud's image object";

const PLAN_HELP: &str = "\
Examples:
  image-preflight plan cases.ndjson
      the waves in which they may be sent, under the limits of the documents

  image-preflight plan --format json cases.ndjson | jq -c '.start[].request'
      the HTTP requests that may be sent now

  image-preflight plan --progress progress.json cases.ndjson
      the same once some have been sent, with {\"running\": [3], \"finished\": [0, 1],
      \"prepared\": {\"2\": \"ID\"}, \"failed\": {\"4\": \"later\"}, \"after\": {\"5\": [3]}}:
      a case is named by its place, counted from 0

Exit status: 0 if every case starts, has been sent or waits for others, 1 if one or
more never start, 3 if none does so and one or more wait for facts, 2 if it could not run.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check cases: will the cloud accept them, and if not, why not?
    #[command(after_help = CHECK_HELP)]
    Check(CheckOptions),
    /// Print the HTTP request of an allowed case
    #[command(after_help = "Example:\n  image-preflight request case.json")]
    Request(RequestOptions),
    /// In which order cases may be sent: what starts now, what later, what waits for what, what never starts
    #[command(after_help = PLAN_HELP)]
    Plan(PlanArgs),
    /// What can be done with an image: copies, export, sharing
    #[command(after_help = "Example:\n  image-preflight capabilities --image image.json --source-region cn-north-4")]
    Capabilities(ImageOptions),
    /// Where an image can be copied to
    #[command(after_help = "Example:\n  image-preflight destinations --image image.json --source-region cn-north-4")]
    Destinations(ImageOptions),
    /// Explain an error of the cloud, from an error code or the response's JSON
    #[command(after_help = "Examples:\n  image-preflight explain IMG.0146\n  curl … | image-preflight explain -")]
    Explain(ExplainOptions),
    /// List the rules, or show one
    #[command(
        after_help = "Examples:\n  image-preflight rules\n  image-preflight rules ims.cross-region-copy.size-cap"
    )]
    Rules(RulesOptions),
    /// List the editions of the documents, or say how two of them differ
    #[command(
        after_help = "Examples:\n  image-preflight editions\n  image-preflight editions --diff default international-2026-01"
    )]
    Editions(EditionsOptions),
    /// Print a JSON Schema: of an operation's body, a case, a report, a response, or of everything
    #[command(
        after_help = "Examples:\n  image-preflight schema ims.in-region-copy\n  image-preflight schema > schemas.json"
    )]
    Schema {
        /// The operation, or another schema's name, such as case or report
        name: Option<String>,
    },
    /// Print a script that completes commands in a shell
    #[command(
        after_help = "Example:\n  image-preflight completions bash > ~/.local/share/bash-completion/completions/image-preflight"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(ClapArgs)]
pub(crate) struct CheckOptions {
    /// Cases: a JSON object, an array, or one per line (NDJSON); or output of `terraform show -json`, a command of hcloud, jdc or
    /// curl, an HTTP request, a printed SDK request; `-` or nothing is standard input
    #[arg(value_name = "FILE", conflicts_with = "body")]
    pub(crate) files: Vec<PathBuf>,
    /// The form of the files; otherwise it is recognised by their content
    #[arg(long, value_name = "FORM", value_parser = names::form(), conflicts_with = "body")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) given: Given,
}

#[derive(ClapArgs)]
pub(crate) struct PlanArgs {
    /// Cases: a JSON object, an array, or one per line (NDJSON); `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The number of cross-region copies in progress that are none of these cases
    #[arg(long, value_name = "N")]
    pub(crate) copies_in_flight: Option<u64>,
    /// What has become of the cases so far, and what must come after what: a JSON object
    #[arg(long, value_name = "FILE")]
    pub(crate) progress: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) documents: Documents,
    #[command(flatten)]
    pub(crate) style: Style,
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
    #[arg(long = "override", value_name = "RULE", value_parser = names::rule, action = ArgAction::Append,
        conflicts_with = "allow_undetermined")]
    pub(crate) overridden: Vec<String>,
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
    #[command(flatten)]
    pub(crate) style: Style,
}

/// A request whose body is in a separate file.
#[derive(ClapArgs)]
pub(crate) struct Bare {
    /// The operation of a bare request body, or of requests in files that do not name theirs
    #[arg(long, value_name = "NAME", value_parser = names::operation, help_heading = "A bare request body")]
    pub(crate) operation: Option<String>,
    /// The request's body; `-` is standard input
    #[arg(long, value_name = "FILE", requires = "operation", help_heading = "A bare request body")]
    pub(crate) body: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) address: Address,
}

/// The parameters in the URI, by the provider's names: an option for each that any operation has.
#[derive(Default)]
pub(crate) struct Address(pub(crate) Vec<(&'static str, String)>);

impl Address {
    /// The value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|(known, value)| (*known == name).then_some(value.as_str()))
    }

    /// The parameters, each with the operations that have it.
    fn known() -> Vec<(&'static str, Vec<&'static str>)> {
        let mut known: Vec<(&str, Vec<&str>)> = Vec::new();
        for operation in image_preflight::operations() {
            for name in operation.path().iter().map(Field::name) {
                match known.iter_mut().find(|(other, _)| *other == name) {
                    Some((_, operations)) => operations.push(operation.id()),
                    None => known.push((name, vec![operation.id()])),
                }
            }
        }
        known
    }
}

impl ClapArgs for Address {
    fn augment_args(command: ClapCommand) -> ClapCommand {
        Self::known().into_iter().fold(command, |command, (name, operations)| {
            let option = Arg::new(name).long(option_of(name)).value_name("ID").requires("body");
            let help = format!("`{name}` in the URI of {}", operations.join(", "));
            command.arg(option.help(help).help_heading("A bare request body"))
        })
    }

    fn augment_args_for_update(command: ClapCommand) -> ClapCommand {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Address {
    fn from_arg_matches(given: &ArgMatches) -> Result<Self, clap::Error> {
        let value = |(name, _): (&'static str, _)| Some((name, given.get_one::<String>(name)?.clone()));
        Ok(Self(Self::known().into_iter().filter_map(value).collect()))
    }

    fn update_from_arg_matches(&mut self, given: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(given)?;
        Ok(())
    }
}

/// The name of a parameter as an option: `regionId` and `region_id` are `region-id`.
pub(crate) fn option_of(name: &str) -> String {
    let mut option = String::new();
    for c in name.chars() {
        match c {
            '_' => option.push('-'),
            c if c.is_ascii_uppercase() => {
                option.push_str(if option.is_empty() { "" } else { "-" });
                option.push(c.to_ascii_lowercase());
            }
            c => option.push(c),
        }
    }
    option
}

/// Facts about a request.
#[derive(ClapArgs)]
pub(crate) struct Known {
    /// The response of the provider's API for the image, or the image object; where a request lists images, for all of them
    #[arg(long, value_name = "FILE", help_heading = "Facts")]
    pub(crate) image: Option<PathBuf>,
    /// The response of the ECS API for the ECS, or the server object alone
    #[arg(long, value_name = "FILE", help_heading = "Facts")]
    pub(crate) ecs: Option<PathBuf>,
    /// The response of the CBR API for the backup, or the backup alone
    #[arg(long, value_name = "FILE", help_heading = "Facts")]
    pub(crate) backup: Option<PathBuf>,
    /// The response of GET /v1/cloudimages/quota in the region that receives the image
    #[arg(long, value_name = "FILE", help_heading = "Facts")]
    pub(crate) quota: Option<PathBuf>,
    /// The region where the image is (IMS)
    #[arg(long, value_name = "ID", help_heading = "Facts")]
    pub(crate) source_region: Option<String>,
    /// The number of cross-region copies in progress
    #[arg(long, value_name = "N", help_heading = "Facts")]
    pub(crate) copies_in_flight: Option<u64>,
    /// Any fact, such as `image.encrypted=false` or `ecs.os=linux`; may be given more than once
    #[arg(long = "fact", value_name = "NAME=VALUE", action = ArgAction::Append, help_heading = "Facts")]
    pub(crate) facts: Vec<String>,
}

impl Known {
    pub(crate) fn is_empty(&self) -> bool {
        let is_given = self.image.is_some()
            || self.objects().iter().any(|(_, file)| file.is_some())
            || self.source_region.is_some()
            || self.copies_in_flight.is_some();
        !is_given && self.facts.is_empty()
    }

    /// Files that are passed on whole, with the members of `facts` that take them.
    pub(crate) fn objects(&self) -> [(&'static str, Option<&PathBuf>); 3] {
        [("ecsObject", self.ecs.as_ref()), ("backupObject", self.backup.as_ref()), ("quotaObject", self.quota.as_ref())]
    }
}

#[derive(ClapArgs)]
pub(crate) struct Style {
    /// How to print; human on a terminal, json otherwise
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// The language of messages (BCP 47), such as zh-CN
    #[arg(long, default_value = "en", value_parser = names::locale)]
    pub(crate) locale: Locale,
}

/// The provider's documents to check against.
#[derive(ClapArgs)]
pub(crate) struct Documents {
    /// The edition of the documents, for cases that name none
    #[arg(long, value_name = "NAME", default_value = "default", value_parser = names::edition)]
    pub(crate) edition: Edition,
    /// Presume nothing: facts that are otherwise presumed to be in order are required; for cases that do not set `strict`
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// One report per line
    Json,
    /// `check` and `request` only: one SARIF 2.1.0 log, for code scanning
    Sarif,
    /// `check` and `request` only: annotations of a GitHub workflow
    Github,
}

impl Style {
    /// Rejects the formats that exist only for cases.
    pub(crate) fn is_plain(&self) -> Result<&Self, String> {
        match self.format {
            Some(Format::Sarif | Format::Github) => {
                Err("the formats sarif and github are for `check` and `request`; use human or json here".to_owned())
            }
            _ => Ok(self),
        }
    }

    pub(crate) fn is_human(&self) -> bool {
        use std::io::IsTerminal;
        match self.format {
            Some(format) => format == Format::Human,
            None => std::io::stdout().is_terminal(),
        }
    }
}

#[derive(ClapArgs)]
pub(crate) struct ImageOptions {
    #[command(flatten)]
    pub(crate) known: Known,
    #[command(flatten)]
    pub(crate) documents: Documents,
    #[command(flatten)]
    pub(crate) style: Style,
}

#[derive(ClapArgs)]
pub(crate) struct ExplainOptions {
    /// An error code such as IMG.0146, the response's JSON, or a file with it; `-` is standard input
    pub(crate) answer: OsString,
    /// The HTTP status of the response
    #[arg(long)]
    pub(crate) status: Option<u16>,
    #[command(flatten)]
    pub(crate) style: Style,
}

#[derive(ClapArgs)]
pub(crate) struct RulesOptions {
    /// The id of a rule, or a prefix of several ids
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) style: Style,
}

#[derive(ClapArgs)]
pub(crate) struct EditionsOptions {
    /// What the second edition says differently from the first
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], value_parser = names::edition)]
    pub(crate) diff: Option<Vec<Edition>>,
    #[command(flatten)]
    pub(crate) style: Style,
}

#[cfg(test)]
mod tests {
    use super::{Args, option_of};
    use clap::{CommandFactory, Parser};

    #[test]
    fn every_parameter_of_an_address_is_an_option() {
        assert_eq!(["image_id", "regionId", "Image"].map(option_of), ["image-id", "region-id", "image"]);
        Args::command().debug_assert();
        for field in image_preflight::operations().flat_map(image_preflight::Operation::path) {
            let option = format!("--{}=x", option_of(field.name()));
            let args = ["image-preflight", "check", "--operation", "copyImages", "--body", "b", &option];
            let super::Command::Check(options) = Args::parse_from(args).command else { panic!("check") };
            assert_eq!(options.given.bare.address.get(field.name()), Some("x"));
        }
    }
}
