//! The configuration, `image-preflight.toml`: what is otherwise given as options of `check`, for a whole repository.

use crate::format::{Format, Output};
use crate::tally::FailOn;
use crate::{Result, names, output};
use clap::ValueEnum;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use image_preflight::{Edition, Locale};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The name of the file.
pub(crate) const NAME: &str = "image-preflight.toml";

/// What a configuration says. Paths in it are relative to its folder.
#[derive(Default)]
pub(crate) struct Config {
    folder: PathBuf,
    pub(crate) locale: Option<Locale>,
    pub(crate) format: Option<Format>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) baseline: Option<PathBuf>,
    pub(crate) all: Part,
    paths: Vec<(GlobSet, Part)>,
}

/// What may differ from path to path.
#[derive(Clone, Default)]
pub(crate) struct Part {
    pub(crate) edition: Option<Edition>,
    pub(crate) strict: Option<bool>,
    pub(crate) select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) overridden: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    locale: Option<String>,
    format: Option<String>,
    #[serde(default)]
    output: Vec<String>,
    fail_on: Option<String>,
    baseline: Option<PathBuf>,
    edition: Option<String>,
    strict: Option<bool>,
    #[serde(default)]
    select: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default, rename = "override")]
    overridden: Vec<String>,
    #[serde(default)]
    path: Vec<WrittenPath>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenPath {
    glob: Vec<String>,
    edition: Option<String>,
    strict: Option<bool>,
    #[serde(default)]
    select: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default, rename = "override")]
    overridden: Vec<String>,
}

impl Config {
    /// The configuration that is named, or the nearest one: in the working directory, or in a folder above it.
    pub(crate) fn find(named: Option<&Path>) -> Result<Self> {
        let found = match named {
            Some(path) => Some(path.to_owned()),
            None => std::env::current_dir()
                .ok()
                .and_then(|folder| folder.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file())),
        };
        let Some(path) = found else { return Ok(Config::default()) };
        let shown = output::shown(&path.to_string_lossy());
        let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {shown}: {error}"))?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Self::of(&text, folder).map_err(|why| format!("{shown}: {why}"))
    }

    fn of(text: &str, folder: PathBuf) -> Result<Self> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let outputs = written
            .output
            .iter()
            .map(|output| Output::parse(output).map(|output| Output { file: folder.join(output.file), ..output }));
        let paths = written.path.into_iter().map(|path| {
            let globs = globs(&path.glob)?;
            Ok((globs, part(path.edition.as_deref(), path.strict, &path.select, &path.ignore, &path.overridden)?))
        });
        Ok(Config {
            locale: written.locale.as_deref().map(names::locale).transpose()?,
            format: written.format.as_deref().map(value).transpose()?,
            outputs: outputs.collect::<Result<_>>()?,
            fail_on: written.fail_on.as_deref().map(value).transpose()?,
            baseline: written.baseline.map(|path| folder.join(path)),
            all: part(
                written.edition.as_deref(),
                written.strict,
                &written.select,
                &written.ignore,
                &written.overridden,
            )?,
            paths: paths.collect::<Result<_>>()?,
            folder,
        })
    }

    /// What holds for a file: of several patterns that match, the later ones decide, and what they ignore adds up.
    pub(crate) fn of_file(&self, file: Option<&Path>) -> Part {
        let mut part = self.all.clone();
        let Some(file) = file.filter(|_| !self.paths.is_empty()) else { return part };
        // A file that is not there, as one that standard input stands for, has no path to resolve.
        let resolved = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_default();
        let (absolute, folder) = (resolved(file), resolved(&self.folder));
        let Ok(below) = absolute.strip_prefix(&folder) else { return part };
        for (_, own) in self.paths.iter().filter(|(globs, _)| globs.is_match(below)) {
            part.edition = own.edition.clone().or(part.edition);
            part.strict = own.strict.or(part.strict);
            if !own.select.is_empty() {
                part.select.clone_from(&own.select);
            }
            part.ignore.extend(own.ignore.iter().cloned());
            part.overridden.extend(own.overridden.iter().cloned());
        }
        part
    }
}

fn part(
    edition: Option<&str>,
    strict: Option<bool>,
    select: &[String],
    ignore: &[String],
    overridden: &[String],
) -> Result<Part> {
    let rules = |rules: &[String], parse: fn(&str) -> Result<String>| {
        rules.iter().map(|rule| parse(rule)).collect::<Result<Vec<_>>>()
    };
    Ok(Part {
        edition: edition.map(names::parse_edition).transpose()?,
        strict,
        select: rules(select, names::parse_rules)?,
        ignore: rules(ignore, names::parse_rules)?,
        overridden: rules(overridden, names::parse_rule)?,
    })
}

/// A value that an option takes.
fn value<T: ValueEnum>(name: &str) -> Result<T> {
    names::value(names::NO_VALUE, name)
}

pub(crate) fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // A `*` does not cross folders, as in a shell; `**` does.
        set.add(GlobBuilder::new(pattern).literal_separator(true).build().map_err(|error| error.to_string())?);
    }
    set.build().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_for_a_file_is_said_by_the_patterns_that_match() {
        let text = "edition = 'default'\nignore = ['image.']\n\
            [[path]]\nglob = ['old/**']\nedition = 'international-2024-04'\nignore = ['ims.in-region-copy.name']\n\
            [[path]]\nglob = ['**/*.ndjson']\nstrict = true\n";
        let config = Config::of(text, PathBuf::from("/r")).expect("a configuration");
        let of = |file: &str| {
            let part = config.of_file(Some(Path::new(file)));
            (part.edition.map(|edition| edition.name().to_owned()), part.strict, part.ignore.len())
        };
        assert_eq!(of("/r/a.json"), (Some("default".to_owned()), None, 1));
        assert_eq!(of("/r/old/b/a.json"), (Some("international-2024-04".to_owned()), None, 2));
        assert_eq!(of("/r/old/a.ndjson"), (Some("international-2024-04".to_owned()), Some(true), 2));
        assert_eq!(of("/s/old/a.ndjson"), (Some("default".to_owned()), None, 1));
    }

    #[test]
    fn what_is_not_known_is_refused_with_what_is_near() {
        for (text, word) in [
            ("editon = 'default'", "editon"),
            ("edition = 'defalt'", "did you mean `default`"),
            ("ignore = ['size-cap']", "did you mean `ims.cross-region-copy.size-cap`"),
            ("format = 'concice'", "did you mean `concise`"),
            ("output = ['sarif']", "FORMAT=FILE"),
            ("[[path]]\nglob = ['a[']", "a["),
            ("= 1", "1"),
        ] {
            let sentence = Config::of(text, PathBuf::new()).err().expect(text);
            assert!(sentence.contains(word), "{sentence}");
        }
    }
}
