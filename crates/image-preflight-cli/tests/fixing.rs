//! `--fix` and `--diff`: what they change in files, and what they leave alone.

mod common;

use common::run;
use std::path::{Path, PathBuf};

/// A name to trim, a field with a typo, a list with one id twice; comments of JSON there are none, but odd layout there is.
const THREE: &str = "[ {\"operation\":\"ims.in-region-copy\",\r\n\t\"path\" : {\"image_id\":\"i\"}, \"body\":{ \"name\" :\" 镜像 \" ,\r\n  \"descripton\":\"d\" }},\r\n\
    {\"operation\":\"jd.copy-images\",\"path\":{\"regionId\":\"cn-north-1\"},\"body\":{\"sourceImageIds\":[\"a\", \"b\",\"a\"],\"destinationRegion\":\"cn-east-2\"}} ]\r\n";
const FIXED: &str = "[ {\"operation\":\"ims.in-region-copy\",\r\n\t\"path\" : {\"image_id\":\"i\"}, \"body\":{ \"name\" :\"镜像\" ,\r\n  \"description\":\"d\" }},\r\n\
    {\"operation\":\"jd.copy-images\",\"path\":{\"regionId\":\"cn-north-1\"},\"body\":{\"sourceImageIds\":[\"a\", \"b\"],\"destinationRegion\":\"cn-east-2\"}} ]\r\n";

fn file(name: &str, text: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("it can be written");
    path
}

fn checked(arguments: &[&str], path: &Path, input: &str) -> (i32, String, String) {
    let path = path.to_string_lossy();
    let run = run(&[&["check", "--no-config"], arguments, &[&path]].concat(), input.as_bytes());
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (run.status.code().expect("a status"), text(run.stdout), text(run.stderr))
}

#[test]
fn a_file_is_fixed_and_keeps_its_layout() {
    let path = file("three.json", THREE.as_bytes());
    let (status, diff, _) = checked(&["--diff"], &path, "");
    assert_eq!(status, 1);
    assert_eq!(std::fs::read_to_string(&path).expect("it"), THREE, "a difference changes nothing");
    let lines =
        |mark: &str| diff.lines().filter(|line| line.starts_with(mark) && !line.starts_with(&mark.repeat(3))).count();
    assert_eq!((lines("-"), lines("+")), (3, 3), "{diff}");
    assert!(diff.contains("+  \"description\":\"d\" }},"), "{diff}");
    let (_, _, stderr) = checked(&["--fix"], &path, "");
    assert!(stderr.contains("fixes applied: 3"), "{stderr}");
    assert_eq!(std::fs::read_to_string(&path).expect("it"), FIXED);
    // A second run finds nothing more.
    let (_, _, stderr) = checked(&["--fix"], &path, "");
    assert!(stderr.contains("fixes applied: 0"), "{stderr}");
    assert_eq!(checked(&["--diff"], &path, "").0, 0);
    assert_eq!(std::fs::read_to_string(&path).expect("it"), FIXED);
}

#[test]
fn what_does_not_count_is_not_fixed() {
    let path = file("ignored.json", THREE.as_bytes());
    let (_, _, stderr) = checked(&["--fix", "--ignore", "ims.in-region-copy", "--ignore", "jd."], &path, "");
    assert!(stderr.contains("fixes applied: 0"), "{stderr}");
    assert_eq!(std::fs::read_to_string(&path).expect("it"), THREE);
}

#[test]
fn lines_are_fixed_each_for_itself_and_a_mark_stays() {
    let denied = r#"{"operation":"ims.whole-image","body":{"name":" n","instance_id":"i","vault_id":"v"}}"#;
    let text = format!("\u{feff}{denied}\n\n{{\n{denied}");
    let path = file("lines.ndjson", text.as_bytes());
    let (status, _, stderr) = checked(&["--fix"], &path, "");
    assert!(status == 2 && stderr.contains("fixes applied: 2"), "{stderr}");
    assert_eq!(std::fs::read_to_string(&path).expect("it"), text.replace("\" n\"", "\"n\""));
}

#[test]
fn other_forms_and_standard_input_are_left_alone() {
    let command = "hcloud IMS CopyImageInRegion --image_id=a --name=' n'\n";
    let path = file("copy.sh", command.as_bytes());
    assert!(checked(&["--fix"], &path, "").2.contains("fixes applied: 0"));
    assert_eq!(std::fs::read_to_string(&path).expect("it"), command);
    let (status, stdout, _) = checked(&["--diff"], Path::new("-"), THREE);
    assert!(status == 1 && stdout.contains("+++ <stdin>"), "{stdout}");
    let (status, _, stderr) = checked(&["--fix"], Path::new("-"), THREE);
    assert!(status == 2 && stderr.contains("use --diff"), "{stderr}");
    assert_eq!(checked(&["--diff"], Path::new("no-such-file"), "").0, 2);
    // In a folder, what is no text is passed over.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixed");
    std::fs::create_dir_all(&folder).expect("it can be made");
    std::fs::write(folder.join("a.json"), THREE).expect("it can be written");
    std::fs::write(folder.join("b"), b"\xff\0\x01").expect("it can be written");
    assert_eq!(checked(&["--diff"], &folder, "").0, 1);
}

#[test]
#[cfg(unix)]
fn permissions_and_links_survive() {
    use std::os::unix::fs::PermissionsExt;
    let path = file("mode.json", THREE.as_bytes());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("it can be set");
    let link = path.with_file_name("link.json");
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink(&path, &link).expect("it can be linked");
    checked(&["--fix"], &link, "");
    assert!(link.symlink_metadata().expect("it").is_symlink());
    assert_eq!(std::fs::read_to_string(&path).expect("it"), FIXED);
    assert_eq!(path.metadata().expect("it").permissions().mode() & 0o777, 0o640);
}

/// A configuration of a folder above writes the file that it names, and with `--no-config` nothing is written: SECURITY.md.
#[test]
fn a_run_without_configuration_writes_nothing() {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("untrusted");
    let folder = top.join("within");
    let _ = std::fs::remove_dir_all(&top);
    std::fs::create_dir_all(&folder).expect("it can be made");
    std::fs::write(top.join("image-preflight.toml"), "output = [\"json=written.json\"]\n").expect("it can be written");
    std::fs::write(folder.join("a.case.json"), THREE).expect("it can be written");
    for (arguments, is_written) in [(["check", "--no-config"], false), (["check", "--format=human"], true)] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_image-preflight"));
        let run = command.args(arguments).arg("a.case.json").current_dir(&folder).output().expect("it starts");
        assert!(run.status.code().is_some_and(|status| status != 0));
        assert_eq!(top.join("written.json").exists(), is_written, "{arguments:?}");
        assert_eq!(std::fs::read_to_string(folder.join("a.case.json")).expect("it"), THREE);
    }
}
