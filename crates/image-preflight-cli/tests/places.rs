//! Positions in the user's files: lines, columns and file names, in every format.

mod common;

use common::{printed, run};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A text in a separate file.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("it can be written");
    path
}

/// The position of a rule's finding in each format: line, first column, column after the last. The human format has only the start.
fn places(arguments: &[&str], input: &str, rule: &str) -> [Option<(u64, u64, Option<u64>)>; 3] {
    let print = |format: &str| printed(&[&["check", "--format", format], arguments].concat(), input);
    let human = print("human");
    let shown =
        human.split(&format!("[{rule}]")).nth(1).and_then(|behind| behind.split("--> ").nth(1)).and_then(|behind| {
            let mut numbers = behind.lines().next()?.rsplit(':').map(|number| number.parse().ok());
            let (column, line) = (numbers.next()??, numbers.next()??);
            Some((line, column, None))
        });
    let github = print("github");
    let annotation = github.lines().find(|line| line.contains(&format!("title={rule}::"))).expect("an annotation");
    let property = |name: &str| {
        let properties = annotation.split("::").nth(1)?.split([' ', ',']);
        properties
            .filter_map(|property| property.strip_prefix(name))
            .find_map(|value| value.strip_prefix('=')?.parse().ok())
    };
    let annotated = property("line").and_then(|line| Some((line, property("col")?, property("endColumn"))));
    let log: Value = serde_json::from_str(&print("sarif")).expect("JSON");
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let result = results.iter().find(|result| result["ruleId"] == rule).expect("a result");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let number = |name: &str| region[name].as_u64();
    let logged = number("startLine").and_then(|line| Some((line, number("startColumn")?, number("endColumn"))));
    [shown, annotated, logged]
}

/// `😀` is one character, two units of UTF-16 and four bytes; `é` is two characters here, and `中` two cells wide.
const BEFORE: &str = "😀e\u{301}中\u{10ffff}";

#[test]
fn columns_behind_an_emoji_count_characters_in_every_format() {
    let case = format!(
        "{{\n  \"operation\": \"ims.whole-image\", \"body\": {{\"instance_id\": \"{BEFORE}\", \"vault_id\": \"v\", \"name\": \" n\"}}\n}}\n"
    );
    let line = case.lines().nth(1).expect("a line");
    let byte = line.find("\" n\"").expect("it is there");
    let column = u64::try_from(line[..byte].chars().count() + 1).expect("small");
    // Counted by hand, independently of any formula: `BEFORE` has 5 characters, 14 bytes, 7 code units of UTF-16.
    assert_eq!((column, byte), (93, 101));
    let path = file("emoji.json", &case);
    let expected = [Some((2, 93, None)), Some((2, 93, Some(97))), Some((2, 93, Some(97)))];
    let rule = "ims.whole-image.name";
    assert_eq!(places(&[path.to_str().expect("UTF-8")], "", rule), expected);
    // Standard input is no file that could be annotated.
    assert_eq!(places(&[], &case, rule), [expected[0], None, expected[2]]);
    // In an array, the position is that in the file, not in the element; the same for a line of NDJSON.
    let element = case.replace('\n', "");
    let array = format!("[ {{}}, \"{BEFORE}\",\n \"{BEFORE}\", {element}]");
    let before = array.lines().nth(1).expect("a line").find("\" n\"").expect("it is there");
    let column = u64::try_from(array.lines().nth(1).expect("a line")[..before].chars().count() + 1).expect("small");
    let path = file("emoji-array.json", &array);
    let expected = [Some((2, column, None)), Some((2, column, Some(column + 4))), Some((2, column, Some(column + 4)))];
    assert_eq!(places(&[path.to_str().expect("UTF-8")], "", rule), expected);
    let lines = format!("{{}}\n\n{element}\n");
    let path = file("emoji.ndjson", &lines);
    let expected = [Some((3, 94, None)), Some((3, 94, Some(98))), Some((3, 94, Some(98)))];
    assert_eq!(places(&[path.to_str().expect("UTF-8")], "", rule), expected);
    // For a bare body, positions are in its own file.
    let body = format!("{{\"instance_id\": \"{BEFORE}\", \"vault_id\": \"v\", \"name\": \" n\"}}");
    let path = file("emoji-body.json", &body);
    let bare = ["--operation", "ims.whole-image", "--body", path.to_str().expect("UTF-8")];
    let expected = [Some((1, 51, None)), Some((1, 51, Some(55))), Some((1, 51, Some(55)))];
    assert_eq!(places(&bare, "", rule), expected);
}

/// A syntax error has a position in the report, too.
#[test]
fn a_syntax_error_behind_an_emoji_has_one_place_in_every_format() {
    let text = format!("{{\"a\":\n \"{BEFORE}\" 1}}");
    let path = file("emoji-syntax.json", &text);
    let path = path.to_str().expect("UTF-8");
    let expected = [Some((2, 10, None)), Some((2, 10, Some(11))), Some((2, 10, Some(11)))];
    assert_eq!(places(&[path], "", "case.syntax"), expected);
    let report: Value = serde_json::from_str(&printed(&["check", "--format", "json", path], "")).expect("JSON");
    let params = &report["findings"][0]["params"];
    assert_eq!((params["line"].as_u64(), params["column"].as_u64()), (Some(2), Some(10)), "{params}");
}

/// The end of a text is the position after its last character, in every format.
#[test]
fn a_text_that_ends_too_early_has_one_place_in_every_format() {
    for (text, line, column) in
        [("{\"operation\":", 1, 14), ("{\n", 2, 1), ("{\"a\":\n\n\n", 4, 1), ("{\r\n \"é\"", 2, 5)]
    {
        let path = file("ends.json", text);
        let [shown, annotated, logged] = places(&[path.to_str().expect("UTF-8")], "", "case.syntax");
        for place in [shown, annotated, logged] {
            assert_eq!(place.map(|(line, column, _)| (line, column)), Some((line, column)), "{text:?}");
        }
    }
}

/// A long line is shortened around the position, and the column stays that in the file.
#[test]
fn a_long_line_keeps_its_columns() {
    let case = format!(
        r#"{{"operation":"ims.whole-image","body":{{"instance_id":"{}","name":" n","vault_id":"v","x{}":1}}}}"#,
        "😀".repeat(100_000),
        "y".repeat(100_000)
    );
    let path = file("long.json", &case);
    let path = path.to_str().expect("UTF-8");
    let [shown, annotated, logged] = places(&[path], "", "ims.whole-image.name");
    assert_eq!(shown.map(|(line, column, _)| (line, column)), annotated.map(|(line, column, _)| (line, column)));
    assert_eq!(annotated, logged);
    let (_, column, _) = logged.expect("a place");
    let at: String = case.chars().skip(usize::try_from(column).expect("small") - 1).take(4).collect();
    assert_eq!(at, "\" n\"");
    let human = printed(&["check", "--format", "human", path], "");
    assert!(
        human
            .lines()
            .all(|line| line.chars().count() < 1_000 || line.contains("unknown-field") || line.contains("/body/x"))
    );
    assert!(human.contains("\" n\"") && human.contains("^^^^ /body/name"), "{human:.3000}");
}

#[test]
fn an_absolute_path_is_one_in_every_format() {
    let path = file(
        "absolute 1%.json",
        r#"{"operation": "ims.whole-image", "body": {"name": " n", "instance_id": "i", "vault_id": "v"}}"#,
    );
    let path = path.to_str().expect("UTF-8");
    assert!(Path::new(path).is_absolute());
    let log: Value = serde_json::from_str(&printed(&["check", "--format", "sarif", path], "")).expect("JSON");
    let uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
    let uri = uri.expect("a URI");
    assert!(uri.starts_with("file:///") && uri.ends_with("/absolute%201%25.json"), "{uri}");
    let decoded =
        percent_encoding::percent_decode_str(uri.strip_prefix("file://").expect("it is")).decode_utf8().expect("UTF-8");
    assert_eq!(decoded, path);
    let fix = log.pointer("/runs/0/results/0/fixes/0/artifactChanges/0/artifactLocation/uri").expect("a fix");
    assert_eq!(fix, uri, "a fix changes the same file");
    let github = printed(&["check", "--format", "github", path], "");
    assert!(github.starts_with(&format!("::error file={},line=1,", path.replace('%', "%25"))), "{github}");
    let human = printed(&["check", "--format", "human", path], "");
    assert!(human.contains(&format!("  {path}:1\n")) && human.contains(&format!("--> {path}:1:51\n")), "{human}");
    // A relative path stays relative to the working directory.
    let relative = "./tests/examples/copy-encrypted.json";
    let log: Value = serde_json::from_slice(&run(&["check", "--format", "sarif", relative], b"").stdout).expect("JSON");
    let uri = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "tests/examples/copy-encrypted.json");
}
