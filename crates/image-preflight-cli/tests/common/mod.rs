//! Running the command line from the project's top folder, as the tests of more than one file do.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What it does with these arguments and this on its standard input.
#[allow(dead_code, reason = "not every file of tests has an input")]
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_image-preflight"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("it has a standard input");
    let input = input.to_vec();
    // From a thread of its own, so that neither side waits for the other. Who does not want all of it may go.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    output
}

/// Whether a terminal or a page would obey a character instead of showing it; line breaks are ours.
#[allow(dead_code, reason = "not every file of tests looks at what is printed")]
pub(crate) fn is_obeyed(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
}

/// What it prints.
#[allow(dead_code, reason = "not every file of tests has text to print")]
pub(crate) fn printed(arguments: &[&str], input: &str) -> String {
    String::from_utf8(run(arguments, input.as_bytes()).stdout).expect("it prints UTF-8")
}

/// Reports as the library makes them: without what the command line adds about places.
#[allow(dead_code, reason = "not every file of tests has reports")]
pub(crate) fn reports(output: &str) -> Vec<serde_json::Value> {
    let plain = |line| {
        let mut report: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let source = report.as_object_mut().and_then(|report| report.remove("source"));
        assert!(source.is_some_and(|source| source["file"].is_string() && source["line"].is_u64()), "{line}");
        for finding in
            report["findings"].as_array_mut().into_iter().flatten().filter_map(serde_json::Value::as_object_mut)
        {
            finding.remove("region");
            finding.remove("attribute");
        }
        report
    };
    output.lines().map(plain).collect()
}

/// An image as a whole answer of IMS has it, with these members besides.
#[allow(dead_code, reason = "not every file of tests has an image")]
pub(crate) fn image_of_ims(id: &str, own: &[(&str, &str)]) -> serde_json::Value {
    let mut image = serde_json::json!({
        "id": id, "name": "n", "status": "active", "visibility": "private", "owner": "o", "protected": false,
        "created_at": "t", "updated_at": "t", "min_disk": 40, "min_ram": 0, "size": 0, "disk_format": "zvhd2",
        "container_format": "bare", "tags": [], "file": "f", "self": "s", "schema": "s",
        "virtual_env_type": "FusionCompute", "__imagetype": "private", "__os_type": "Linux", "__isregistered": "true",
        "__image_source_type": "uds", "__image_size": "1"
    });
    for (name, value) in own {
        image[*name] = (*value).into();
    }
    image
}
