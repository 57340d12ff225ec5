//! What a run says on standard error, in both languages: every sentence of `src/sentences.rs`, and none beside it.
#![cfg(target_os = "linux")]

mod runs;
mod source;

use runs::{CASE, RUNS, files};
use serde_json::{Value, json};
use source::literals;
use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A new folder with the files of the runs.
fn folder(of: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sentences").join(of);
    let _ = std::fs::remove_dir_all(&folder);
    for (name, text) in files() {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    folder
}

/// Exit status, standard output, standard error.
fn ran(folder: &Path, arguments: &[&OsStr], input: &[u8], locale: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_image-preflight"))
        .args(["--locale", locale])
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let _ = child.stdin.take().expect("it has a standard input").write_all(input);
    let output = child.wait_with_output().expect("it ends");
    let [stdout, stderr] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
    (output.status.code(), stdout, stderr)
}

fn is_as_expected(line: &str, expected: &str) -> bool {
    expected.strip_suffix('…').map_or(line == expected, |beginning| line.starts_with(beginning))
}

/// Exit status and standard error of every run.
fn all_runs(locale: &str) -> impl Iterator<Item = (Option<i32>, String)> {
    let folder = folder(locale);
    RUNS.iter().map(move |(arguments, ..)| {
        let arguments: Vec<_> = arguments.split(' ').map(OsStr::new).collect();
        let (status, _, stderr) = ran(&folder, &arguments, b"", locale);
        (status, stderr)
    })
}

#[test]
fn every_run_says_the_same_in_both_languages() {
    for ((english, chinese), (arguments, in_english, in_chinese)) in all_runs("en").zip(all_runs("zh-CN")).zip(RUNS) {
        assert_eq!(english.0, chinese.0, "{arguments}");
        for (stderr, expected) in [(&english.1, in_english), (&chinese.1, in_chinese)] {
            let (lines, expected): (Vec<_>, Vec<_>) = (stderr.lines().collect(), expected.lines().collect());
            assert_eq!(lines.len(), expected.len(), "{arguments}: {stderr}");
            for (line, expected) in lines.iter().zip(expected) {
                assert!(is_as_expected(line, expected), "{arguments}: {line}");
            }
        }
    }
}

/// What cannot be written in a line of arguments.
fn others(folder: &Path, locale: &str) -> Vec<(Option<i32>, String)> {
    let (status, _, stderr) = ran(folder, &[OsStr::new("explain"), OsStr::from_bytes(b"\xff")], b"", locale);
    let full = Command::new(env!("CARGO_BIN_EXE_image-preflight"))
        .args(["--locale", locale, "rules"])
        .stdout(OpenOptions::new().write(true).open("/dev/full").expect("Linux has it"))
        .output()
        .expect("it runs");
    let (not_started, _, closed) = ran(folder, &[OsStr::new("mcp")], b"junk\n", locale);
    vec![(status, stderr), (full.status.code(), String::from_utf8(full.stderr).expect("UTF-8")), (not_started, closed)]
}

#[test]
fn a_full_disk_and_a_name_that_is_no_text_have_both_languages() {
    let folder = folder("others");
    for (english, chinese, in_english, in_chinese) in others(&folder, "en")
        .into_iter()
        .zip(others(&folder, "zh-CN"))
        .zip([
            ("error: \u{fffd} is neither a file nor UTF-8\n", "错误：\u{fffd} 既不是文件，也不是 UTF-8 编码的文本\n"),
            (
                "error: cannot write to standard output: No space left on device (os error 28)\n",
                "错误：无法写入标准输出：磁盘空间不足\n",
            ),
            (
                "error: cannot start: connection closed: initialize request\n",
                "错误：无法启动：connection closed: initialize request\n",
            ),
        ])
        .map(|((english, chinese), (in_english, in_chinese))| (english, chinese, in_english, in_chinese))
    {
        assert_eq!(english, (Some(2), in_english.to_owned()));
        assert_eq!(chinese, (Some(2), in_chinese.to_owned()));
    }
}

/// Calls of tools in Chinese, to a server in English, and what they answer.
fn calls() -> Vec<(&'static str, Value, &'static str)> {
    let case: Value = serde_json::from_str(CASE).expect("JSON");
    vec![
        ("check", json!({}), "应提供 `case`（对象）或 `text` 之一"),
        (
            "check",
            json!({"txt": "x"}),
            "没有名为 `txt` 的参数；是否要使用 `text`？（可用参数：case、text、operation、strict、edition、locale）",
        ),
        ("check", json!({"text": "{}", "edition": "defalt"}), "没有名为 `defalt` 的文档版本；是否要使用 `default`？"),
        ("check", json!({"text": "Dear Sir", "operation": "x"}), "不属于可接受的形式"),
        ("explain", json!({}), "缺少 `answer`"),
        (
            "capabilities",
            json!({"facts": {"image": {"encrypted": "x"}}}),
            "/facts/image/encrypted：`image.encrypted` 应为布尔值",
        ),
        ("plan", json!({}), "缺少 `cases`（用例列表）"),
        ("plan", json!({"cases": vec![json!({}); 201]}), "此处最多编排 200 个用例；`image-preflight plan` 不限数量"),
        ("plan", json!({"cases": vec![case; 200]}), "编排结果过长，无法在此显示；请减少每次编排的用例数量"),
        ("chek", json!({}), "没有名为 `chek` 的工具；是否要使用 `check`？"),
    ]
}

/// What a server in this language answers to all calls, in their order.
fn answered(locale: &str, of_call: Option<&str>) -> Vec<String> {
    let mut input = vec![
        json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"protocolVersion": "2025-03-26",
            "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
    ];
    for (index, (name, mut arguments, _)) in calls().into_iter().enumerate() {
        if let Some(locale) = of_call {
            arguments["locale"] = locale.into();
        }
        let params = json!({"name": name, "arguments": arguments});
        input.push(json!({"jsonrpc": "2.0", "id": index + 1, "method": "tools/call", "params": params}));
    }
    let input: String = input.iter().map(|line| format!("{line}\n")).collect();
    let (status, stdout, stderr) = ran(Path::new("."), &[OsStr::new("mcp")], input.as_bytes(), locale);
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
    let lines = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let mut answers: Vec<Value> = lines.filter(|answer: &Value| answer["id"] != 0).collect();
    answers.sort_by_key(|answer| answer["id"].as_u64());
    let text = |answer: &Value| {
        let text = answer.pointer("/result/content/0/text").or(answer.pointer("/error/message"));
        text.and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    answers.iter().map(text).collect()
}

#[test]
fn a_tool_answers_in_the_language_of_the_call() {
    for (of_server, of_call) in [("en", Some("zh-CN")), ("zh-CN", None)] {
        let answers = answered(of_server, of_call);
        assert_eq!(answers.len(), calls().len());
        for (answer, (name, arguments, expected)) in answers.iter().zip(calls()) {
            assert!(answer.starts_with(expected), "{name} {arguments}: {answer}");
        }
    }
    for (of_server, of_call) in [("zh-CN", Some("en")), ("en", None)] {
        for answer in answered(of_server, of_call) {
            assert!(!answer.is_empty() && answer.replace('…', "").is_ascii(), "{answer}");
        }
    }
}

/// Whether a text has a sentence, whatever its placeholders are.
fn has(said: &str, template: &str) -> bool {
    let fixed: Vec<_> = template.split('{').map(|part| part.split_once('}').map_or(part, |(_, fixed)| fixed)).collect();
    said.lines().any(|line| {
        let mut rest = line;
        fixed.iter().all(|fixed| match rest.split_once(fixed) {
            Some((_, behind)) => {
                rest = behind;
                true
            }
            None => false,
        })
    })
}

/// What no run here leads to: it cannot happen with the clouds that there are, needs 512 MiB, a terminal, or a user who is not root. Unit
/// tests have some of these.
const UNREACHED: [&str; 12] = [
    "READS_STDIN",
    "NO_OPERATION",
    "NO_CAPABILITY",
    "NO_SCHEMA",
    "FACTS_NO_JSON",
    "BY_REQUEST",
    "TOO_LONG",
    "LINE_OF",
    "BAR",
    "PROGRESS",
    "NOT_ALLOWED",
    "READ_ONLY",
];

#[test]
fn every_sentence_is_reached_by_a_run() {
    let mut all: Vec<_> = all_runs("zh").map(|(_, stderr)| stderr).collect();
    all.extend(others(&folder("all"), "zh-CN").into_iter().map(|(_, stderr)| stderr));
    all.extend(calls().into_iter().map(|(_, _, answer)| answer.to_owned()));
    let all = all.join("\n");
    let source =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sentences.rs")).expect("a file");
    let literals = literals(&source);
    let mut count = 0;
    for pair in literals.windows(2) {
        let Some((_, name)) = pair[0].before.rsplit_once("const ") else { continue };
        let name = name.split(':').next().unwrap_or_default();
        assert!(UNREACHED.contains(&name) || has(&all, &pair[1].text), "{name}: {}", pair[1].text);
        count += 1;
    }
    assert!(count > 70, "{count}");
}
