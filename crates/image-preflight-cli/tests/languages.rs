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

/// What is on both outputs with a language of the environment.
fn said(arguments: &[&str], language: &str) -> (Option<i32>, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_image-preflight"))
        .args(arguments)
        .envs([("LANG", language), ("LC_ALL", ""), ("LANGUAGE", ""), ("NO_COLOR", "1")])
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    let [stdout, stderr] = [run.stdout, run.stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
    (run.status.code(), stdout, stderr)
}

/// Arguments that are wrong in each way that there is, with words of the answer.
#[test]
fn errors_of_usage_are_in_the_language_of_the_environment() {
    for (arguments, words) in [
        (
            "check --formt json",
            &["未知选项“--formt”\n\n  提示：是否要使用“--format”？", "\n\n用法：image-preflight check"][..],
        ),
        ("--baselin=x check", &["未知选项“--baselin”", "该选项属于“check --baseline”"]),
        ("check -x", &["未知选项“-x”", "如需将“-x”作为参数值，请写成“-- -x”"]),
        ("request a b", &["多余的参数“b”"]),
        ("chek", &["未知命令“chek”", "是否要使用“check”", "[选项] <命令>"]),
        ("check --format jsn", &["“--format <FORMAT>”的取值“jsn”无效\n  可选值：human、concise", "是否要使用“json”？"]),
        ("check --format", &["“--format <FORMAT>”缺少取值\n  可选值：human"]),
        (
            "check --ignore size-cap",
            &["没有 ID 为 `size-cap` 的规则；是否要使用 `ims.cross-region-copy.size-cap` 或 ", "列出所有规则"],
        ),
        ("check --edition nope", &["没有名为 `nope` 的文档版本（可选值：default、"]),
        ("check --output x", &["“--output <FORMAT=FILE>”的取值“x”无效：应为 FORMAT=FILE 的形式"]),
        ("check --output nope=x", &["没有名为 `nope` 的格式"]),
        ("check --copies-in-flight x", &["“--copies-in-flight <N>”的取值“x”无效：应为整数"]),
        ("explain a --status 70000", &["无效：应在 0..=65535 范围内"]),
        ("check --locale fr", &["不支持该语言；支持的语言：en、zh-CN"]),
        ("check --fix --diff", &["“--fix”不能与“--diff”同时使用"]),
        ("check --strict --strict", &["“--strict”不能重复指定"]),
        ("check --body b", &["缺少必需的参数“--operation <NAME>”"]),
        ("explain", &["缺少必需的参数“<ANSWER>”"]),
        ("editions --diff default", &["“--diff <FROM> <TO>”需要 2 个取值，实际为 1 个"]),
    ] {
        let split: Vec<_> = arguments.split(' ').collect();
        let (status, stdout, stderr) = said(&split, "zh_CN.UTF-8");
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{arguments}");
        for word in words {
            assert!(stderr.contains(word), "{arguments}: {stderr}");
        }
        assert!(
            stderr.starts_with("错误：") && stderr.trim_end().ends_with("更多信息请使用“--help”查看。"),
            "{stderr}"
        );
        // In English they are clap's own, also where the arguments ask for it.
        let english: Vec<_> = ["--locale", "en"].into_iter().chain(split).collect();
        let (status, _, stderr) = said(&english, "zh_CN.UTF-8");
        assert!(status == Some(2) && stderr.starts_with("error: ") && stderr.is_ascii(), "{arguments}: {stderr}");
    }
}

/// What is repeated of the arguments has no effect on a terminal, as in English.
#[test]
fn a_chinese_error_has_no_command_of_a_user_s() {
    let hostile = "x\n::error::y\u{1b}[2J\u{202e}";
    for arguments in [
        &["check", &format!("--{hostile}")][..],
        &[hostile],
        &["check", "--format", hostile],
        &["check", "--ignore", hostile],
        &["check", "--output", hostile],
        &["check", "--copies-in-flight", hostile],
        &["rules", "a", hostile],
    ] {
        let (status, _, stderr) = said(arguments, "zh_CN.UTF-8");
        assert!(status == Some(2) && stderr.starts_with("错误："), "{stderr}");
        assert!(!stderr.contains(['\u{1b}', '\u{202e}']) && !stderr.contains("\n::"), "{stderr:?}");
        assert!(stderr.contains("x<U+000A>"), "{stderr}");
    }
}

#[test]
fn help_is_in_the_language_that_is_asked_for() {
    for arguments in [&["--help"][..], &["-h"], &["help"], &["check", "--help"], &["check", "-h"], &["help", "check"]] {
        let (status, chinese, _) = said(arguments, "zh_CN.UTF-8");
        assert_eq!(status, Some(0), "{arguments:?}");
        assert!(chinese.contains("\n用法：image-preflight ") && chinese.contains("选项："), "{chinese}");
        assert_eq!(chinese.contains("--write-baseline <FILE>\n"), arguments.contains(&"check"), "{chinese}");
        let (_, english, _) = said(arguments, "en_US.UTF-8");
        assert!(english.contains("\nUsage: image-preflight ") && english.is_ascii(), "{english}");
    }
    // Without a command, help is an error.
    let (status, stdout, stderr) = said(&[], "zh_CN.UTF-8");
    assert!(
        status == Some(2) && stdout.is_empty() && stderr.contains("用法：image-preflight [选项] <命令>"),
        "{stderr}"
    );
    let (_, chinese, _) = said(&["--locale", "zh-CN", "--help"], "en_US.UTF-8");
    assert!(chinese.starts_with("云镜像请求的提交前检查"), "{chinese}");
    // The version is the same in every language.
    assert!(said(&["--version"], "zh_CN.UTF-8").1.starts_with("image-preflight "));
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

/// What bash offers behind words of a command, the last of which has been begun.
fn offered(words: &[&str]) -> Vec<String> {
    let script = printed(&["completions", "bash"], &[]);
    let (last, before) = words.split_last().expect("a word");
    let ask = format!(
        "{script}\nCOMP_WORDS=({}); COMP_CWORD={}; _image__preflight image-preflight '{last}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        before.len(),
        before.last().expect("a word before it"),
    );
    let output = Command::new("bash").args(["-c", &ask]).output().expect("bash starts");
    String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    for (words, expected) in [
        (&["image-preflight", "che"][..], &["check"][..]),
        (&["image-preflight", "check", "--edition", "china"], &["china-2022-12"]),
        (&["image-preflight", "check", "--fail"], &["--fail-on"]),
        (&["image-preflight", "schema", "--prof"], &["--profile"]),
        (&["image-preflight", "help", "pl"], &["plan"]),
    ] {
        assert_eq!(offered(words), expected, "{words:?}");
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
