//! Options that several commands have.

use crate::config::{Configs, Part};
use crate::format::Plain;
use crate::names;
use clap::{Arg, ArgAction, ArgMatches, Args as ClapArgs, Command as ClapCommand, FromArgMatches};
use image_preflight::{Edition, Field, Locale, Message};
use std::path::PathBuf;

/// A request whose body is in a separate file.
#[derive(ClapArgs)]
pub(crate) struct Bare {
    /// The operation of a bare request body, or of requests in files that do not name theirs
    #[arg(long, value_name = "NAME", value_parser = names::operation(), hide_possible_values = true, help_heading = "A bare request body")]
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

    /// The help of a parameter's option; `None` if no operation has the parameter.
    pub(crate) fn help(name: &str, locale: Locale) -> Option<String> {
        let (name, operations) = Self::known().into_iter().find(|(known, _)| *known == name)?;
        let separator = locale.comma();
        let help = ADDRESS_HELP.text(locale).replace("{name}", name);
        Some(help.replace("{operations}", &operations.join(separator)))
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

/// The help of an option of [`Address`].
pub(crate) const ADDRESS_HELP: Message =
    Message { en: "`{name}` in the URI of {operations}", zh: "{operations} 的 URI 参数 `{name}`" };

impl ClapArgs for Address {
    fn augment_args(command: ClapCommand) -> ClapCommand {
        Self::known().into_iter().fold(command, |command, (name, _)| {
            let option = Arg::new(name).long(option_of(name)).value_name("ID").requires("body");
            let help = Self::help(name, Locale::ENGLISH).unwrap_or_default();
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
#[derive(Clone, Default, ClapArgs)]
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
    /// Any fact, such as `image.encrypted=false` or `ecs.os=linux`, where a case leaves it unknown; may be given more than once
    #[arg(long = "fact", value_name = "NAME=VALUE", action = ArgAction::Append, help_heading = "Facts")]
    pub(crate) facts: Vec<String>,
}

impl Known {
    /// Files that are passed on whole, with the members of `facts` that take them.
    pub(crate) fn objects(&self) -> [(&'static str, Option<&PathBuf>); 3] {
        [("ecsObject", self.ecs.as_ref()), ("backupObject", self.backup.as_ref()), ("quotaObject", self.quota.as_ref())]
    }
}

/// The provider's documents to check against.
#[derive(ClapArgs)]
pub(crate) struct Documents {
    /// The edition of the documents, for cases that name none; `image-preflight editions` lists them
    #[arg(long, value_name = "NAME", value_parser = names::edition(), hide_possible_values = true)]
    pub(crate) edition: Option<Edition>,
    /// Presume nothing: facts that are otherwise presumed to be in order are required; for cases that do not set `strict`
    #[arg(long)]
    pub(crate) strict: bool,
    /// The configuration for all files; otherwise each has that of the nearest image-preflight.toml in its folder or above
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
}

impl Documents {
    /// The configurations of a run.
    pub(crate) fn configs(&self) -> Result<Configs, String> {
        if self.no_config { Ok(Configs::default()) } else { Configs::find(self.config.as_deref()) }
    }

    /// The edition to check against, and whether nothing is presumed: as the options say, else as the configuration of a file does.
    pub(crate) fn of_file(&self, part: &Part) -> (Edition, bool) {
        let edition = self.edition.as_ref().or(part.edition.as_ref()).cloned().unwrap_or_default();
        (edition, self.strict || part.strict.unwrap_or(false))
    }
}

/// How to print what is not about cases.
#[derive(ClapArgs)]
pub(crate) struct PlainStyle {
    /// How to print
    #[arg(long, default_value = "human")]
    pub(crate) format: Plain,
}

impl PlainStyle {
    pub(crate) fn is_human(&self) -> bool {
        self.format == Plain::Human
    }
}

#[cfg(test)]
mod tests {
    use super::option_of;
    use crate::args::{Args, Command};
    use clap::{CommandFactory, Parser};

    #[test]
    fn every_parameter_of_an_address_is_an_option() {
        assert_eq!(["image_id", "regionId", "Image"].map(option_of), ["image-id", "region-id", "image"]);
        Args::command().debug_assert();
        for field in image_preflight::operations().flat_map(image_preflight::Operation::path) {
            let option = format!("--{}=x", option_of(field.name()));
            let args = ["image-preflight", "check", "--operation", "copyImages", "--body", "b", &option];
            let Command::Check(options) = Args::parse_from(args).command else { panic!("check") };
            assert_eq!(options.given.bare.address.get(field.name()), Some("x"));
        }
    }
}
