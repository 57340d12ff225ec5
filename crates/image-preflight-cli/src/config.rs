//! The configuration, `image-preflight.toml`: what is otherwise given as options of `check`, for a whole repository.

use crate::format::{Format, Output};
use crate::sentences::{self, say, unread};
use crate::tally::FailOn;
use crate::{Result, names, output};
use clap::ValueEnum;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use image_preflight::{Edition, Locale};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The name of the file.
pub(crate) const NAME: &str = "image-preflight.toml";

/// The configurations of a run. Each file has the nearest one: that in its folder, or in a folder above it. What a run has once, such as its
/// formats, is that of the working directory.
pub(crate) struct Configs {
    run: Rc<Config>,
    /// The configuration of all files: one that is named, or none.
    of_all: Option<Rc<Config>>,
    /// That of each folder that has been asked for; the error is a sentence.
    by_folder: HashMap<PathBuf, Result<Rc<Config>>>,
}

/// What a configuration says. Paths in it are relative to its folder.
#[derive(Default)]
pub(crate) struct Config {
    folder: PathBuf,
    pub(crate) locale: Option<Locale>,
    pub(crate) format: Option<Format>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) baseline: Option<PathBuf>,
    all: Part,
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

/// Every key, of the file itself and of a `[[path]]` in it. One declaration for both, so that an error has its line; which keys are of which
/// is checked afterwards.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Written {
    locale: Option<String>,
    format: Option<String>,
    output: Vec<String>,
    fail_on: Option<String>,
    baseline: Option<PathBuf>,
    path: Vec<Written>,
    glob: Vec<String>,
    edition: Option<String>,
    strict: Option<bool>,
    select: Vec<String>,
    ignore: Vec<String>,
    #[serde(rename = "override")]
    overridden: Vec<String>,
}

impl Written {
    /// A key of the file that a `[[path]]` does not have.
    fn of_the_file(&self) -> Option<&'static str> {
        let keys = [
            ("locale", self.locale.is_some()),
            ("format", self.format.is_some()),
            ("output", !self.output.is_empty()),
            ("fail-on", self.fail_on.is_some()),
            ("baseline", self.baseline.is_some()),
            ("path", !self.path.is_empty()),
        ];
        keys.into_iter().find_map(|(key, is_given)| is_given.then_some(key))
    }

    fn part(&self) -> Result<Part> {
        let rules = |rules: &[String], parse: fn(&str) -> Result<String>| {
            rules.iter().map(|rule| parse(rule)).collect::<Result<Vec<_>>>()
        };
        Ok(Part {
            edition: self.edition.as_deref().map(names::parse_edition).transpose()?,
            strict: self.strict,
            select: rules(&self.select, names::parse_rules)?,
            ignore: rules(&self.ignore, names::parse_rules)?,
            overridden: rules(&self.overridden, names::parse_rule)?,
        })
    }
}

impl Default for Configs {
    /// No configuration at all.
    fn default() -> Self {
        let none = Rc::new(Config::default());
        Configs { run: Rc::clone(&none), of_all: Some(none), by_folder: HashMap::new() }
    }
}

impl Configs {
    /// The configuration that is named, for all files, or the nearest ones.
    pub(crate) fn find(named: Option<&Path>) -> Result<Self> {
        if let Some(path) = named {
            let run = Rc::new(Config::read(path)?);
            return Ok(Configs { of_all: Some(Rc::clone(&run)), run, by_folder: HashMap::new() });
        }
        let mut configs = Configs { of_all: None, ..Configs::default() };
        configs.run = configs.nearest(&resolved(Path::new(".")))?;
        Ok(configs)
    }

    /// What a run has once.
    pub(crate) fn of_run(&self) -> Rc<Config> {
        Rc::clone(&self.run)
    }

    /// What holds for a file; that of the working directory for standard input without a name. The error is that its configuration cannot be
    /// read.
    pub(crate) fn of_file(&mut self, file: Option<&Path>) -> Result<Part> {
        let file = file.map(|file| resolved(folder_of(file)).join(file.file_name().unwrap_or_default()));
        let config = match (&self.of_all, file.as_deref().and_then(Path::parent)) {
            (Some(config), _) => Rc::clone(config),
            (None, Some(folder)) => self.nearest(folder)?,
            (None, None) => Rc::clone(&self.run),
        };
        Ok(config.of_file(file.as_deref()))
    }

    /// The configuration in a folder, or in the nearest one above it.
    fn nearest(&mut self, folder: &Path) -> Result<Rc<Config>> {
        if let Some(found) = self.by_folder.get(folder) {
            return found.clone();
        }
        let path = folder.join(NAME);
        let found = match folder.parent() {
            _ if path.is_file() => Config::read(&path).map(Rc::new),
            Some(above) => self.nearest(above),
            None => Ok(Rc::default()),
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        found
    }
}

impl Config {
    fn read(path: &Path) -> Result<Self> {
        let shown = output::shown(&path.to_string_lossy());
        let failed = |error| say(sentences::UNREADABLE, &[("file", &shown), ("why", &unread(&error))]);
        let text = std::fs::read_to_string(path).map_err(failed)?;
        Self::of(&text, folder_of(path)).map_err(|why| say(sentences::AT, &[("at", &shown), ("sentence", &why)]))
    }

    fn of(text: &str, folder: &Path) -> Result<Self> {
        let written: Written = toml::from_str(text).map_err(|error| unparsed(text, &error))?;
        if !written.glob.is_empty() {
            return Err(say(sentences::GLOB_OUTSIDE, &[]));
        }
        let outputs = written
            .output
            .iter()
            .map(|output| Output::parse(output).map(|output| Output { file: folder.join(output.file), ..output }));
        let paths = written.path.iter().map(|path| match path.of_the_file() {
            Some(key) => Err(say(sentences::NOT_OF_PATH, &[("key", &key)])),
            None if path.glob.is_empty() => Err(say(sentences::NO_GLOB, &[])),
            None => Ok((globs(&path.glob)?, path.part()?)),
        });
        Ok(Config {
            locale: written.locale.as_deref().map(names::locale).transpose()?,
            format: written.format.as_deref().map(value).transpose()?,
            outputs: outputs.collect::<Result<_>>()?,
            fail_on: written.fail_on.as_deref().map(value).transpose()?,
            baseline: written.baseline.as_ref().map(|path| folder.join(path)),
            all: written.part()?,
            paths: paths.collect::<Result<_>>()?,
            folder: resolved(folder),
        })
    }

    /// What holds for a file with this resolved path: of several patterns that match, the later ones decide, and what they ignore adds up.
    fn of_file(&self, file: Option<&Path>) -> Part {
        let mut part = self.all.clone();
        let Some(below) = file.and_then(|file| file.strip_prefix(&self.folder).ok()) else { return part };
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

/// How serde's sentence about a key that there is not begins; the names in it are the keys that there are.
const UNKNOWN_KEY: &str = "unknown";

/// What is wrong with the text of a configuration, and in which line: a key that there is not, a value of another type, or no TOML.
fn unparsed(text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
    let mut quoted = error.message().split('`').skip(1).step_by(2);
    let sentence = if error.message().starts_with(UNKNOWN_KEY) {
        let name = quoted.next().unwrap_or_default();
        names::unknown_key(name, &quoted.collect::<Vec<_>>())
    } else {
        let types = [
            ("a string", sentences::IS_TEXT),
            ("a boolean", sentences::IS_FLAG),
            ("a sequence", sentences::IS_LIST),
            ("struct Written", sentences::IS_TABLE),
        ];
        let is_expected = |wanted: &str| error.message().ends_with(&format!("expected {wanted}"));
        match types.into_iter().find(|(wanted, _)| is_expected(wanted)) {
            Some((_, sentence)) => say(sentence, &[]),
            None => say(sentences::NOT_TOML, &[("why", &error.message())]),
        }
    };
    say(sentences::AT_LINE_OF_FILE, &[("line", &line), ("sentence", &sentence)])
}

/// The folder that a path is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The absolute path of a folder, which may not be there: standard input may stand for any file.
fn resolved(folder: &Path) -> PathBuf {
    folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_default()
}

/// A value that an option takes.
fn value<T: ValueEnum>(name: &str) -> Result<T> {
    names::value(names::NO_VALUE, name)
}

pub(crate) fn globs(patterns: &[String]) -> Result<GlobSet> {
    let failed = |error: globset::Error| say(sentences::BAD_GLOB, &[("why", &error)]);
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // A `*` does not cross folders, as in a shell; `**` does.
        set.add(GlobBuilder::new(pattern).literal_separator(true).build().map_err(failed)?);
    }
    set.build().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_for_a_file_is_said_by_the_patterns_that_match() {
        let text = "edition = 'default'\nignore = ['image.']\n\
            [[path]]\nglob = ['old/**']\nedition = 'international-2024-04'\nignore = ['ims.in-region-copy.name']\n\
            [[path]]\nglob = ['**/*.ndjson']\nstrict = true\n";
        let config = Config::of(text, Path::new("/r")).expect("a configuration");
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
            ("editon = 'default'", "line 1: there is no key `editon`; did you mean `edition`?"),
            ("\nfail_on = 'denied'", "line 2: there is no key `fail_on`; did you mean `fail-on`?"),
            ("edition = 1", "line 1: a string is expected here"),
            ("ignore = 'a'", "a list such as"),
            ("path = ['a']", "a table such as [[path]]"),
            ("edition = 'defalt'", "did you mean `default`"),
            ("ignore = ['size-cap']", "did you mean `ims.cross-region-copy.size-cap`"),
            ("format = 'concice'", "did you mean `concise`"),
            ("output = ['sarif']", "FORMAT=FILE"),
            ("[[path]]\nglob = ['a[']", "a["),
            ("= 1", "line 1: no TOML: "),
            ("strict = 'yes'", "line 1: true or false is expected here"),
            ("glob = ['a']", "`glob` belongs into a [[path]]"),
            ("[[path]]\nstrict = true", "a [[path]] needs `glob`"),
            ("[[path]]\nglob = ['a']\nformat = 'json'", "`format` is of the whole file"),
            ("[[path]]\nglob = ['a']\n[[path.path]]\nglob = ['a']", "`path` is of the whole file"),
        ] {
            let sentence = Config::of(text, Path::new("")).err().expect(text);
            assert!(sentence.contains(word), "{sentence}");
        }
    }
}
