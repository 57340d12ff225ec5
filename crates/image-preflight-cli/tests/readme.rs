//! Runs every example in README.md: the commands here, the Rust by rustdoc, the JSON as a case.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The code blocks of a language.
fn blocks(markdown: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    markdown.split(&fence).skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0.to_owned())).collect()
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).expect("README.md is there")
}

fn readme_of_the_command_line() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md is there")
}

/// The exit status of each example, in order.
const STATUSES: [(&str, i32); 13] = [
    ("check tests/examples/whole-image.json", 0),
    ("check tests/examples/copy-encrypted.json", 1),
    ("check tests/examples/copy-images.json", 3),
    ("plan tests/examples/plan.ndjson", 1),
    ("cat tests/examples/progress.json", 0),
    ("plan --progress tests/examples/progress.json", 1),
    ("check --operation ims.cross-region-copy", 1),
    ("check --format json tests/examples/batch.ndjson", 1),
    ("explain IMG.0146", 0),
    ("capabilities --image tests/examples/image.json", 0),
    ("check --format github tests/examples/copy-encrypted.json", 1),
    ("check tests/examples/terraform-plan.json", 1),
    // The README of the command line.
    ("check tests/examples/copy-encrypted.json", 1),
];

/// Each `$ command` prints the lines below it. A line with only `…` stands for omitted lines.
#[test]
fn every_command_prints_what_it_says() {
    let mut statuses = STATUSES.iter();
    for block in blocks(&(readme() + &readme_of_the_command_line()), "console") {
        let mut examples: Vec<(String, String)> = Vec::new();
        let mut is_continued = false;
        for line in block.lines() {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push((command.to_owned(), String::new())),
                (None, Some((command, _))) if is_continued => {
                    command.truncate(command.len() - 1);
                    command.push_str(line.trim_start());
                }
                (None, Some((_, output))) => {
                    output.push_str(line);
                    output.push('\n');
                }
                (None, None) => panic!("a block begins with $: {block}"),
            }
            is_continued = line.ends_with('\\');
        }
        for (command, expected) in examples {
            let (words, status) = statuses.next().expect("a status for every example");
            assert!(command.contains(words), "{command} is not {words}");
            compare(&command, &expected, *status);
        }
    }
    assert_eq!(statuses.next(), None, "an example for every status");
}

fn compare(command: &str, expected: &str, status: i32) {
    let binary = env!("CARGO_BIN_EXE_image-preflight");
    let from_clone = command.strip_prefix("cargo run -q -p image-preflight-cli -- ");
    let arguments = from_clone.or_else(|| command.strip_prefix("image-preflight "));
    // A file is shown before it is used.
    assert!(arguments.is_some() || command.starts_with("cat tests/examples/"), "{command}");
    let command_line = arguments.map_or(command.to_owned(), |arguments| format!("{binary} {arguments}"));
    // The status of a pipe is that of the failing command: ours, since `cut` succeeds.
    let output = Command::new("bash")
        .args(["-o", "pipefail", "-c", &command_line])
        .current_dir(root())
        .output()
        .expect("bash starts");
    assert_eq!(output.status.code(), Some(status), "{command}");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let mut rest = printed.as_str();
    for part in expected.split("…\n") {
        let Some(at) = rest.find(part.trim_end()) else { panic!("{command} does not print\n{part}\nbut\n{printed}") };
        assert!(at == 0 || expected.contains("…\n"), "{command} prints more:\n{printed}");
        rest = rest.get(at + part.trim_end().len()..).unwrap_or_default();
    }
    assert!(rest.trim().is_empty() || expected.ends_with("…\n"), "{command} prints more:\n{rest}");
}

#[test]
fn every_case_in_json_is_one() {
    let cases = blocks(&readme(), "json");
    assert!(!cases.is_empty());
    for case in cases {
        let report = image_preflight::check(&case);
        assert!(report.findings().iter().all(|finding| !finding.rule().id.starts_with("case.")), "{case}");
    }
}

#[test]
fn the_table_names_every_rule() {
    let readme = readme();
    for rule in image_preflight::rules() {
        let (operation, name) = rule.id.rsplit_once('.').expect("an id has a dot");
        let is_listed = operation != "case" && name.contains('-') && !name.ends_with("-field");
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{operation}`"))).unwrap_or_default();
        assert!(!is_listed || row.contains(&format!("`{name}`")), "{}", rule.id);
    }
}

/// The kinds of notes in the sources that make them, without those of tests.
fn kinds_of_notes(folder: &Path, kinds: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            kinds_of_notes(&path, kinds);
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a source");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for made in [".note(", "Note::new(", "unread("] {
            let kind = code.split(made).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'));
            kinds.extend(kind.map(|(kind, _)| kind.to_owned()));
        }
    }
}

#[test]
fn the_table_names_every_kind_of_note() {
    let mut made = BTreeSet::new();
    kinds_of_notes(&root().join("crates/image-preflight-input/src"), &mut made);
    let readme = readme();
    let table =
        readme.split_once("| kind | form | meaning |").expect("a table").1.split("\n\n").next().unwrap_or_default();
    let named = table.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()));
    assert_eq!(named.collect::<BTreeSet<_>>(), made);
}

/// A copy that nothing denies passes the gates of the recipes, and not without what they state.
#[test]
fn the_gates_for_terraform_pass_what_is_not_denied() {
    let plan = std::fs::read_to_string(root().join("tests/examples/terraform-plan.json")).expect("a plan");
    let mut plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
    plan["resource_changes"].as_array_mut().expect("resources").truncate(1);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gate-plan.json");
    std::fs::write(&file, plan.to_string()).expect("it can be written");
    let status = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_image-preflight"));
        command.arg("check").args(options).arg(&file).current_dir(env!("CARGO_TARGET_TMPDIR"));
        command.output().expect("it starts").status.code()
    };
    assert_eq!(status(&["--no-config"]), Some(3));
    let integrations = std::fs::read_to_string(root().join("integrations/README.md")).expect("a page");
    let gates = blocks(&integrations, "yaml");
    assert_eq!(gates.len(), 2);
    for gate in gates {
        let options: Vec<_> = gate.split_whitespace().filter(|word| word.starts_with("--")).collect();
        assert!(options.len() > 3, "{options:?}");
        assert_eq!(status(&options), Some(0), "{options:?}");
        // What they state is what is missing, where nothing else is.
        let facts = ["--fail-on=undetermined", "--fact=image.fullEcs=false"];
        let stated = options.iter().copied().filter(|option| !option.starts_with("--fail-on")).chain(facts);
        assert_eq!(status(&stated.collect::<Vec<_>>()), Some(0));
    }
}
