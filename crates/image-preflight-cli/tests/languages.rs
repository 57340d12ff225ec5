//! Languages, colour, completions, manual pages.

use std::path::Path;
use std::process::{Command, Stdio};

/// With these variables of the environment, and no other that says a language or a colour.
fn printed(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_image-preflight"));
    for name in ["LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let output =
        command.args(arguments).envs(environment.iter().copied()).stdin(Stdio::null()).output().expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_environment_chooses_the_language_as_it_does_for_others() {
    for (environment, is_chinese) in [
        (&[][..], false),
        (&[("LANG", "zh_CN.UTF-8")], true),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")], true),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], false),
        (&[("LANG", "de_DE.UTF-8"), ("LANGUAGE", "fr:zh_CN:en")], true),
        (&[("LANG", "C"), ("LANGUAGE", "zh_CN")], false),
        (&[("LC_ALL", "C.UTF-8"), ("LANG", "zh_CN.UTF-8")], false),
        (&[("LANG", "de_DE.UTF-8")], false),
    ] {
        let out = printed(&["explain", "IMG.0146"], environment);
        assert_eq!(out.contains('，') || out.contains('。'), is_chinese, "{environment:?}: {out}");
        // What is asked for comes first.
        assert!(!printed(&["explain", "IMG.0146", "--locale", "en"], environment).contains('。'), "{environment:?}");
        assert!(printed(&["--locale", "zh", "explain", "IMG.0146"], environment).contains('。'), "{environment:?}");
    }
}

#[test]
fn colour_is_forced_by_the_variables_that_others_read() {
    let is_coloured = |environment: &[(&str, &str)], more: &[&str]| {
        printed(&[&["rules", "image.export.not-full-ecs"], more].concat(), environment).contains('\u{1b}')
    };
    assert!(!is_coloured(&[], &[]));
    assert!(is_coloured(&[("FORCE_COLOR", "1")], &[]) && is_coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!is_coloured(&[("FORCE_COLOR", "0")], &[]) && !is_coloured(&[("FORCE_COLOR", "")], &[]));
    assert!(!is_coloured(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!is_coloured(&[("FORCE_COLOR", "1")], &["--color", "never"]));
}

/// Completions know the values, not only the options.
#[test]
fn values_are_completed() {
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(&["completions", shell], &[]);
        for value in [
            "ims.cross-region-copy.size-cap",
            "international-2026-01",
            "jd.copy-images",
            "koocli",
            "concise",
            "zh-CN",
            "undetermined",
        ] {
            assert!(script.contains(value), "{shell}: {value}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("it can be made");
    printed(&["man", &folder.to_string_lossy()], &[]);
    for command in ["", "-check", "-request", "-plan", "-explain", "-mcp", "-man"] {
        let page = std::fs::read_to_string(folder.join(format!("image-preflight{command}.1"))).expect("a page");
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{page}");
    }
    let run =
        Command::new(env!("CARGO_BIN_EXE_image-preflight")).args(["man", "/no/such/folder"]).output().expect("it runs");
    assert_eq!(run.status.code(), Some(2));
}
