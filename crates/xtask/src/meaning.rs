//! Mutants by meaning: changes of the product's behaviour, each listed in `tests/mutants.toml` with the tests that should catch it.
//! Each is applied alone to a copy of the tree. `tests/mutants.md` records what caught it.

use crate::{root, target};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const LIST: &str = "tests/mutants.toml";
const TABLE: &str = "tests/mutants.md";

/// A command is stopped after this time, which catches endless mutants.
const TIME_LIMIT: Duration = Duration::from_secs(900);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    commands: BTreeMap<String, TestCommand>,
    mutant: Vec<Mutant>,
}

/// How tests are run. Building is a separate step, because a mutant must compile.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestCommand {
    /// Commands that must succeed on the unchanged tree before anything else, and again after mutants of other tests: what one command
    /// builds may be what another one starts from.
    #[serde(default)]
    prepare: Vec<Vec<String>>,
    /// A command that must succeed with a mutant, too.
    build: Vec<String>,
    /// The command that should fail.
    run: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutant {
    id: String,
    /// The kind of mistake: limits, words, precedence …
    kind: String,
    /// A description of the change.
    what: String,
    file: String,
    /// Text that occurs exactly once in that file.
    find: String,
    replace: String,
    /// The names of the commands, the quickest relevant first.
    tests: Vec<String>,
    /// Why no test can catch it, if so.
    survives: Option<String>,
}

impl Mutant {
    /// The text of the file with the change; an error if it no longer applies.
    fn applied(&self, tree: &Path) -> Result<String, String> {
        let text = std::fs::read_to_string(tree.join(&self.file)).map_err(|error| format!("{}: {error}", self.file))?;
        match text.matches(&self.find).count() {
            1 if self.find == self.replace => Err("it changes nothing".to_owned()),
            1 => Ok(text.replacen(&self.find, &self.replace, 1)),
            count => Err(format!("{} holds {:?} {count} times, it must be once", self.file, self.find)),
        }
    }
}

/// The result of a mutant.
enum Outcome {
    /// The command that failed, and its first failing test.
    Caught(String),
    Survived,
    /// It does not apply or does not compile: the list must be corrected.
    Broken(String),
}

/// Applies each mutant that one of the filters names, or all where there are none, and runs its tests. A filter names the mutant whose id it is, or else
/// those whose id, kind or file contains it. Fails where one survives without a reason, does not apply, or does not compile.
pub(crate) fn run(filters: &[&str]) -> bool {
    match try_run(filters) {
        Ok(failures) if failures.is_empty() => true,
        Ok(failures) => {
            eprintln!("\n{} mutants need attention:\n{}", failures.len(), failures.join("\n"));
            false
        }
        Err(error) => {
            eprintln!("mutants: {error}");
            false
        }
    }
}

fn try_run(filters: &[&str]) -> Result<Vec<String>, String> {
    let list = list()?;
    let is_named = |mutant: &Mutant, filter: &str| {
        // An id that is named in full is that mutant's alone.
        match list.mutant.iter().any(|mutant| mutant.id == filter) {
            true => mutant.id == filter,
            false => [&mutant.id, &mutant.kind, &mutant.file].iter().any(|text| text.contains(filter)),
        }
    };
    if let Some(filter) = filters.iter().find(|filter| !list.mutant.iter().any(|mutant| is_named(mutant, filter))) {
        return Err(format!("none matches {filter:?}"));
    }
    let is_wanted = |mutant: &&Mutant| filters.is_empty() || filters.iter().any(|filter| is_named(mutant, filter));
    let wanted: Vec<_> = list.mutant.iter().filter(is_wanted).collect();
    let copy = Copy::new()?;
    // A command that fails without any change would catch every mutant.
    let used: std::collections::BTreeSet<_> = wanted.iter().flat_map(|mutant| &mutant.tests).collect();
    for name in used {
        let command = list.commands.get(name).ok_or_else(|| format!("no command is called {name}"))?;
        eprintln!("== unchanged: {name}");
        for step in command.prepare.iter().chain([&command.build, &command.run]) {
            copy.succeeds(step).map_err(|why| format!("{name} without any mutant: {why}"))?;
        }
    }
    let mut results = results();
    results.retain(|id, _| list.mutant.iter().any(|mutant| mutant.id == *id));
    let mut failures = Vec::new();
    let mut tests_before = wanted.first().map(|mutant| &mutant.tests);
    for (index, mutant) in wanted.iter().enumerate() {
        if tests_before.replace(&mutant.tests) != Some(&mutant.tests) {
            let steps =
                mutant.tests.iter().filter_map(|name| list.commands.get(name)).flat_map(|command| &command.prepare);
            for step in steps {
                copy.succeeds(step).map_err(|why| format!("preparing again for {}: {why}", mutant.id))?;
            }
        }
        let began = Instant::now();
        let outcome = copy.with(mutant, &list.commands)?;
        let (cell, is_failure) = match (outcome, &mutant.survives) {
            (Outcome::Caught(by), None) => (by, false),
            (Outcome::Caught(by), Some(_)) => (format!("{by}; the list says that it survives: take that out"), true),
            (Outcome::Survived, Some(reason)) => (format!("survives: {reason}"), false),
            (Outcome::Survived, None) => ("**survives**".to_owned(), true),
            (Outcome::Broken(why), _) => (format!("**broken**: {}", why.lines().next().unwrap_or_default()), true),
        };
        eprintln!("{}/{} {} ({} s): {cell}", index + 1, wanted.len(), mutant.id, began.elapsed().as_secs());
        if is_failure {
            failures.push(format!("{} ({}, {}): {cell}", mutant.id, mutant.file, mutant.what));
        }
        results.insert(mutant.id.clone(), cell);
        // Written each time, so that an interrupted run keeps its results.
        std::fs::write(root().join(TABLE), table(&list, &results)).map_err(|error| format!("{TABLE}: {error}"))?;
    }
    Ok(failures)
}

/// Regenerates the table from its own results, after descriptions in the list have changed or branches have been merged.
pub(crate) fn write_table() -> bool {
    let written = list().and_then(|list| {
        let mut results = results();
        results.retain(|id, _| list.mutant.iter().any(|mutant| mutant.id == *id));
        std::fs::write(root().join(TABLE), table(&list, &results)).map_err(|error| format!("{TABLE}: {error}"))
    });
    written.map_err(|error| eprintln!("{error}")).is_ok()
}

fn list() -> Result<List, String> {
    let text = std::fs::read_to_string(root().join(LIST)).map_err(|error| format!("{LIST}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{LIST}: {error}"))
}

/// The copy of the tree in which mutants are tested, with its own target folder, which is kept to save rebuilding.
struct Copy {
    tree: PathBuf,
    target: PathBuf,
}

/// How a command ended.
enum Ended {
    Well,
    Failed(String),
    Stopped,
}

impl Copy {
    /// Updates the copy with the files that git tracks or would add.
    fn new() -> Result<Self, String> {
        let folder = std::path::absolute(target().join("mutants-by-meaning")).map_err(|error| error.to_string())?;
        let copy = Copy { tree: folder.join("tree"), target: folder.join("target") };
        let listed = |folder: &Path, arguments: &[&str]| -> Result<Vec<String>, String> {
            let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
            let output = output.map_err(|error| format!("git: {error}"))?;
            let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
            Ok(text.split_terminator('\0').map(str::to_owned).collect())
        };
        let wanted = listed(&root(), &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
        let marker = folder.join("files");
        let before = std::fs::read_to_string(&marker).unwrap_or_default();
        for gone in before.lines().filter(|name| !wanted.iter().any(|wanted| wanted == name)) {
            let _ = std::fs::remove_file(copy.tree.join(gone));
        }
        for name in &wanted {
            let (from, to) = (root().join(name), copy.tree.join(name));
            let Ok(bytes) = std::fs::read(&from) else { continue };
            // Unchanged files keep their time, so that cargo does not rebuild them.
            if std::fs::read(&to).is_ok_and(|present| present == bytes) {
                continue;
            }
            let written = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::copy(&from, &to));
            written.map_err(|error| format!("{}: {error}", to.display()))?;
        }
        std::fs::write(&marker, wanted.join("\n")).map_err(|error| error.to_string())?;
        Ok(copy)
    }

    /// Applies a mutant, runs its tests until one fails, and reverts it.
    fn with(&self, mutant: &Mutant, commands: &BTreeMap<String, TestCommand>) -> Result<Outcome, String> {
        let changed = match mutant.applied(&self.tree) {
            Ok(changed) => changed,
            Err(why) => return Ok(Outcome::Broken(why)),
        };
        let path = self.tree.join(&mutant.file);
        let kept = std::fs::read(&path).map_err(|error| error.to_string())?;
        std::fs::write(&path, changed).map_err(|error| error.to_string())?;
        let outcome = self.caught(mutant, commands);
        std::fs::write(&path, kept).map_err(|error| error.to_string())?;
        Ok(outcome)
    }

    fn caught(&self, mutant: &Mutant, commands: &BTreeMap<String, TestCommand>) -> Outcome {
        for name in &mutant.tests {
            let Some(command) = commands.get(name) else {
                return Outcome::Broken(format!("no command is called {name}"));
            };
            match self.command(&command.build) {
                Ended::Well => {}
                Ended::Failed(output) => return Outcome::Broken(format!("does not compile\n{output}")),
                Ended::Stopped => return Outcome::Broken("the build does not end".to_owned()),
            }
            match self.command(&command.run) {
                Ended::Well => {}
                Ended::Failed(output) => return Outcome::Caught(format!("{name}: {}", failed_tests(&output))),
                Ended::Stopped => return Outcome::Caught(format!("{name}: never ends")),
            }
        }
        Outcome::Survived
    }

    fn succeeds(&self, command: &[String]) -> Result<(), String> {
        match self.command(command) {
            Ended::Well => Ok(()),
            Ended::Failed(output) => Err(format!("it fails\n{output}")),
            Ended::Stopped => Err("it does not end".to_owned()),
        }
    }

    fn command(&self, command: &[String]) -> Ended {
        let Some((program, arguments)) = command.split_first() else { return Ended::Well };
        let log = self.target.with_extension("log");
        let started = (|| {
            let out = std::fs::File::create(&log)?;
            let error = out.try_clone()?;
            Command::new(program)
                .args(arguments)
                .current_dir(&self.tree)
                .env("CARGO_TARGET_DIR", &self.target)
                .env("CARGO_TERM_COLOR", "never")
                .env("PROPTEST_CASES", "300")
                .stdin(Stdio::null())
                .stdout(out)
                .stderr(error)
                .spawn()
        })();
        let mut child = match started {
            Ok(child) => child,
            Err(error) => return Ended::Failed(format!("{program}: {error}")),
        };
        let began = Instant::now();
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if began.elapsed() < TIME_LIMIT => std::thread::sleep(Duration::from_millis(50)),
                Ok(None) | Err(_) => {
                    stop(child.id());
                    let _ = child.kill();
                    let _ = child.wait();
                    return Ended::Stopped;
                }
            }
        };
        if status.success() {
            return Ended::Well;
        }
        Ended::Failed(String::from_utf8_lossy(&std::fs::read(&log).unwrap_or_default()).into_owned())
    }
}

/// Stops a process and its descendants: the test itself is a child of cargo.
fn stop(process: u32) {
    let children = format!("/proc/{process}/task/{process}/children");
    for child in std::fs::read_to_string(children).unwrap_or_default().split_whitespace() {
        if let Ok(child) = child.parse() {
            stop(child);
        }
        let _ = Command::new("kill").arg(child).status();
    }
}

/// The first failing test, and the number of others, from the output of Rust's and Node's test runners.
fn failed_tests(output: &str) -> String {
    let mut names = Vec::new();
    for line in output.lines() {
        let rust = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED"));
        let node =
            line.trim_start().strip_prefix("✖ ").map(|name| name.rsplit_once(" (").map_or(name, |(name, _)| name));
        if let Some(name) = rust.or(node).filter(|name| !names.contains(name) && !name.ends_with("failing tests:")) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => "fails".to_owned(),
        [one] => (*one).to_owned(),
        [first, others @ ..] => format!("{first} and {} more", others.len()),
    }
}

/// The results that are checked in, by mutant id.
fn results() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join(TABLE)).unwrap_or_default();
    let row = |line: &str| {
        let cells: Vec<_> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
        let [id, _, result] = cells.as_slice() else { return None };
        Some(((*id).to_owned(), (*result).to_owned()))
    };
    text.lines().filter_map(row).filter(|(id, result)| id != "id" && result != NOT_RUN).collect()
}

const NOT_RUN: &str = "not run yet";

/// The page of results, by kind.
fn table(list: &List, results: &BTreeMap<String, String>) -> String {
    let mut kinds = BTreeMap::<&str, Vec<&Mutant>>::new();
    for mutant in &list.mutant {
        kinds.entry(&mutant.kind).or_default().push(mutant);
    }
    let mut page = String::from(
        "# Mutants by meaning\n\nWritten by `cargo xtask mutants meaning`, from `mutants.toml`. Each change was applied alone; the \
         last column says which of the listed tests failed first.\n",
    );
    let result = |mutant: &Mutant| results.get(&mutant.id).map_or(NOT_RUN, String::as_str);
    // Writing to a String cannot fail.
    let _ = writeln!(page, "\n| kind | mutants | caught | survive |\n| --- | ---: | ---: | ---: |");
    for (kind, mutants) in &kinds {
        let surviving = mutants.iter().filter(|mutant| result(mutant).contains("survives")).count();
        let caught = mutants.iter().filter(|mutant| result(mutant).contains(": ")).count() - surviving;
        let _ = writeln!(page, "| {kind} | {} | {caught} | {surviving} |", mutants.len());
    }
    for (kind, mutants) in &kinds {
        let _ = writeln!(page, "\n## {kind}\n\n| id | what | caught by |\n| --- | --- | --- |");
        for mutant in mutants {
            let cell = |text: &str| text.replace('|', "\\|");
            let _ = writeln!(page, "| {} | {} | {} |", mutant.id, cell(&mutant.what), cell(result(mutant)));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A mutant that no longer applies must be rewritten, not dropped.
    #[test]
    fn every_mutant_still_applies() {
        let list = list().expect("it is TOML of this form");
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for mutant in &list.mutant {
            let mut fault = |what: String| faults.push(format!("{}: {what}", mutant.id));
            if !ids.insert(&mutant.id) {
                fault("its id is given twice".to_owned());
            }
            if let Err(why) = mutant.applied(&root()) {
                fault(why);
            }
            for test in mutant.tests.iter().filter(|test| !list.commands.contains_key(*test)) {
                fault(format!("no command is called {test}"));
            }
            if mutant.tests.is_empty() {
                fault("no test is named".to_owned());
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(list.mutant.len() >= 100, "only {} mutants are listed", list.mutant.len());
    }

    #[test]
    fn the_table_of_results_is_of_this_list() {
        let list = list().expect("it is TOML of this form");
        let page = std::fs::read_to_string(root().join(TABLE)).expect("it is there");
        assert_eq!(page, table(&list, &results()), "`cargo xtask mutants table` writes it");
        let open: Vec<_> =
            results().into_iter().filter(|(_, result)| result.starts_with("**")).map(|(id, _)| id).collect();
        assert!(open.is_empty(), "these survive without a reason: {}", open.join(", "));
    }

    #[test]
    fn failing_tests_are_named() {
        let rust = "running 2 tests\ntest a::b ... ok\ntest c ... FAILED\ntest d ... FAILED\n\nfailures:\n";
        assert_eq!(failed_tests(rust), "c and 1 more");
        assert_eq!(failed_tests("✔ fine (1ms)\n✖ ES module: lines (2.5ms)\nℹ tests 2\n"), "ES module: lines");
        assert_eq!(failed_tests("error: signal"), "fails");
    }
}
