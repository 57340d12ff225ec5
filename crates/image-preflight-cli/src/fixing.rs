//! `--fix` and `--diff`: machine fixes in the user's own files. A fix is applied only if afterwards its finding is gone and no other has
//! come, which is looked at each time; so a second run finds nothing more.

use crate::args::CheckOptions;
use crate::check::{self, Settings, completed};
use crate::config::Configs;
use crate::edits::{self, Edit};
use crate::encoding::{self, Encoding};
use crate::file_name::FileName;
use crate::gate::own_ignores;
use crate::input::{self, Bounded};
use crate::output::{Out, Reader};
use crate::place::{Located, Source};
use crate::sentences::{self, say, unwritten};
use crate::taken::How;
use crate::{COULD_NOT_RUN, Result, files, output, words};
use clap::Args as ClapArgs;
use image_preflight::{Finding, MAX_LENGTH, Outcome, Report};
use image_preflight_input::Form;
use serde_json::{Map, Value};
use similar::TextDiff;
use std::path::{Path, PathBuf};

#[derive(ClapArgs)]
pub(crate) struct FixOptions {
    /// Apply the fixes that a machine can apply to the files, then check what is left
    #[arg(long, conflicts_with_all = ["body", "diff"], help_heading = "Fixes")]
    pub(crate) fix: bool,
    /// Show what `--fix` would change, and change nothing; status 1 if there is something
    #[arg(long, conflicts_with_all = ["body", "outputs"], help_heading = "Fixes")]
    pub(crate) diff: bool,
}

/// Applies the fixes to the files.
pub(crate) fn fix(options: &CheckOptions, configs: &mut Configs) -> Result<()> {
    if options.files.is_empty() || options.files.iter().any(|file| file == Path::new("-")) {
        return Err(say(sentences::NOT_IN_PLACE, &[]));
    }
    let mut count = 0;
    fixed(options, configs, |file, _, after, fixes| {
        let Some(path) = file.path() else { return Ok(()) };
        count += fixes;
        let failed = |error| say(sentences::UNWRITABLE, &[("file", &file.shown()), ("why", &unwritten(&error))]);
        write(path, after).map_err(failed)
    })?
    .iter()
    // What cannot be read is said by the check that follows; that reads UTF-16.
    .filter(|unread| unread.is_utf_16)
    .for_each(|unread| output::note(&unread.sentence));
    output::note(&say(sentences::FIXED, &[("count", &count)]));
    Ok(())
}

/// Prints what the fixes would change.
pub(crate) fn diff(options: &CheckOptions, configs: &mut Configs) -> Result<u8> {
    let mut out = Out::stdout(Reader::Person);
    let mut is_changed = false;
    let unread = fixed(options, configs, |file, before, after, _| {
        is_changed = true;
        let name = file.relative();
        let diff = TextDiff::from_lines(before, after);
        let diff = diff.unified_diff().header(&name, &name).to_string();
        diff.lines().try_for_each(|line| out.line(&coloured(line)))
    })?;
    out.flush()?;
    unread.iter().for_each(|unread| output::error(&unread.sentence));
    Ok(match (unread.is_empty(), is_changed) {
        (false, _) => COULD_NOT_RUN,
        (true, changed) => u8::from(changed),
    })
}

fn coloured(line: &str) -> String {
    use crate::output::{BOLD, GREEN, RED};
    let style = match line.as_bytes() {
        [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => BOLD,
        [b'-', ..] => RED,
        [b'+', ..] => GREEN,
        _ => return image_preflight::printable(line),
    };
    format!("{style}{}{style:#}", image_preflight::printable(line))
}

/// A file that could not be read, or cannot be changed.
struct Unread {
    sentence: String,
    is_utf_16: bool,
}

/// Calls `change` with every file that fixes change: its text before and after, and their number. Returns what could not be read.
fn fixed(
    options: &CheckOptions,
    configs: &mut Configs,
    mut change: impl FnMut(&FileName, &str, &str, usize) -> Result<()>,
) -> Result<Vec<Unread>> {
    let facts = check::facts(&options.given.known)?;
    let mut unread: Vec<Unread> = Vec::new();
    let failed = |sentence| Unread { sentence, is_utf_16: false };
    let stdin = [PathBuf::from("-")];
    for argument in if options.files.is_empty() { &stdin[..] } else { &options.files } {
        files::named(argument, options.stdin_filename.as_deref(), &mut |named| {
            let read = named.and_then(|named| match input::text_in_place(&named.file) {
                // A file of a folder that is no text has no case.
                Ok(None) | Err(_) if named.is_found => Ok(None),
                text => Ok(Some((text?, named))),
            });
            let (text, named) = match read {
                Ok(Some((Some(text), named))) => (text, named),
                Ok(Some((None, named))) => {
                    let sentence = say(sentences::ONLY_UTF_8, &[("file", &named.file.shown())]);
                    unread.push(Unread { sentence, is_utf_16: true });
                    return Ok(());
                }
                Ok(None) => return Ok(()),
                Err(sentence) => {
                    unread.push(failed(sentence));
                    return Ok(());
                }
            };
            let settings = match Settings::of(options, configs, named.file.path()) {
                Ok(settings) => settings,
                Err(sentence) => {
                    // One sentence for all files that it is the configuration of.
                    if unread.iter().all(|unread| unread.sentence != sentence) {
                        unread.push(failed(sentence));
                    }
                    return Ok(());
                }
            };
            let (after, count) = of_file(&named, &text, options, &settings, &facts);
            if count == 0 { Ok(()) } else { change(&named.file, &text, &after, count) }
        })?;
    }
    Ok(unread)
}

/// A case of a file: where it is, and what becomes of it.
struct Change {
    start: usize,
    length: usize,
    text: String,
}

/// The text of a file after all fixes of its cases, and their number. What is no case is not changed: a value in a command or a plan is
/// written by rules of its own.
fn of_file(
    named: &files::Named,
    text: &str,
    options: &CheckOptions,
    settings: &Settings,
    facts: &Map<String, Value>,
) -> (String, usize) {
    let form = options.input.as_deref().and_then(Form::from_name);
    let none = Map::new();
    let how = How { form, operation: None, facts: &none, locale: words::locale(), is_found: named.is_found };
    let lines: Vec<_> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let (mut changes, mut count) = (Vec::new(), 0);
    let mark = match encoding::of(text.as_bytes()) {
        Encoding::Utf8WithMark => encoding::MARK,
        _ => 0,
    };
    let content = text.get(mark..).unwrap_or_default();
    let mut reader = Bounded::new(content.as_bytes(), &named.file, MAX_LENGTH);
    let mut first = Vec::new();
    if reader.line(&mut first).is_err() || is_translated(&how, content) {
        return (text.to_owned(), 0);
    }
    let mut each = |case: &input::Case<'_>| {
        let begin = lines.get(case.line - 1).copied().unwrap_or_default() + if case.line == 1 { mark } else { 0 };
        let within = text.get(begin..).unwrap_or_default();
        let start = begin + within.char_indices().nth(case.column - 1).map_or(within.len(), |(at, _)| at);
        let Ok(before) = std::str::from_utf8(case.text) else { return Ok(()) };
        if text.get(start..start + before.len()) != Some(before) {
            return Ok(());
        }
        let (after, fixes) = of_case(before, settings, facts);
        if fixes > 0 {
            count += fixes;
            changes.push(Change { start, length: before.len(), text: after });
        }
        Ok(())
    };
    // What cannot be read as cases has none to fix.
    let _ = input::of_text(first, reader, &how, &mut each);
    let mut after = text.to_owned();
    for Change { start, length, text } in changes.iter().rev() {
        after.replace_range(*start..*start + *length, text);
    }
    (after, count)
}

fn is_translated(how: &How<'_>, text: &str) -> bool {
    how.form.or_else(|| Form::of(text)).is_some_and(|form| form != Form::Case)
}

/// A case after its fixes, one after the other, and their number.
fn of_case(case: &str, settings: &Settings, facts: &Map<String, Value>) -> (String, usize) {
    let own = own_ignores(case).unwrap_or_default();
    let file = FileName::of(Path::new("-"));
    let (mut text, mut count) = (case.to_owned(), 0);
    // Each fix leaves fewer findings than there were, so this ends.
    'again: loop {
        let whole = completed(&text, facts, settings.is_strict);
        let report = image_preflight::check_with(whole.as_deref().unwrap_or(&text), &settings.edition);
        let source = Source::whole(&file, &text);
        let judged = settings.rules.judge(&report, &own, None, &source);
        let located = Located::new(&source, &report);
        let violated = judged.findings.iter().filter(|shown| shown.finding.outcome() == Outcome::Violated);
        for finding in violated.map(|shown| shown.finding) {
            for fix in finding.fixes().iter().filter(|fix| fix.operation().is_none()) {
                let edits =
                    edits::edits(fix.patch_operations(), &text, &located.places).filter(|edits| !edits.is_empty());
                let Some(after) = edits.and_then(|edits| applied(edits, &text)) else { continue };
                if is_better(finding, &report, &after, settings, facts) {
                    text = after;
                    count += 1;
                    continue 'again;
                }
            }
        }
        return (text, count);
    }
}

/// The text after edits; `None` if two of them overlap.
fn applied(mut edits: Vec<Edit>, text: &str) -> Option<String> {
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.place.start, edit.place.end)));
    let mut text = text.to_owned();
    let mut end = text.len();
    for Edit { place, text: inserted } in edits {
        if place.end > end {
            return None;
        }
        end = place.start;
        text.replace_range(place, &inserted);
    }
    Some(text)
}

/// The law of fixes: the finding is gone, and no other has come. What is of no operation may be anybody's file: nothing in it is fixed,
/// unless that makes it a case.
fn is_better(
    finding: &Finding<'_>,
    before: &Report<'_>,
    text: &str,
    settings: &Settings,
    facts: &Map<String, Value>,
) -> bool {
    let whole = completed(text, facts, settings.is_strict);
    let after = image_preflight::check_with(whole.as_deref().unwrap_or(text), &settings.edition);
    let identity = |finding: &Finding<'_>| (finding.rule().id, finding.outcome().as_str(), finding.kind());
    let mut left: Vec<_> = before.findings().iter().map(identity).collect();
    if let Some(at) = left.iter().position(|other| *other == identity(finding)) {
        left.swap_remove(at);
    }
    after.operation().is_some()
        && after.findings().len() < before.findings().len()
        && after
            .findings()
            .iter()
            .map(identity)
            .all(|found| left.iter().position(|other| *other == found).map(|at| left.swap_remove(at)).is_some())
}

/// Writes a file in one step, so that an interrupted run leaves the old text or the new one, with the same permissions.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let path = path.canonicalize()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.image-preflight-{}", std::process::id()));
    let written = std::fs::write(&temporary, text)
        .and_then(|()| std::fs::set_permissions(&temporary, std::fs::metadata(&path)?.permissions()))
        .and_then(|()| std::fs::rename(&temporary, &path));
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::Rules;
    use image_preflight::Edition;
    use image_preflight_tests::vectors;

    fn settings() -> Settings {
        Settings { edition: Edition::default(), is_strict: false, rules: Rules::default() }
    }

    /// After the fixes of every vector, in one line and in several, none is left, and no finding is new.
    #[test]
    fn a_second_run_finds_nothing_more() {
        let mut fixed = 0;
        for vector in vectors() {
            let pretty = serde_json::from_str::<Value>(&vector.case).map(|case| format!("{case:#}"));
            for text in
                [Some(vector.case.clone()), pretty.ok()].into_iter().flatten().filter(|text| text.len() < 20_000)
            {
                let (after, count) = of_case(&text, &settings(), &Map::new());
                assert_eq!(after == text, count == 0, "{}", vector.name);
                assert_eq!(of_case(&after, &settings(), &Map::new()), (after.clone(), 0), "{}", vector.name);
                let rules = |text: &str| {
                    let report = image_preflight::check(text);
                    report.findings().iter().map(|finding| finding.rule().id).collect::<Vec<_>>()
                };
                let (mut before, now) = (rules(&text), rules(&after));
                assert!(now.len() + count <= before.len(), "{}: {before:?} {now:?}", vector.name);
                for id in now {
                    let at = before.iter().position(|other| *other == id);
                    before.swap_remove(at.unwrap_or_else(|| panic!("{}: {id} is new", vector.name)));
                }
                fixed += count;
            }
        }
        assert!(fixed > 60, "{fixed}");
    }

    /// A file that is no case is somebody else's, whatever its members are called; and no member of a case is taken away.
    #[test]
    fn what_is_no_case_is_not_touched() {
        for text in [
            r#"{"name": "web", "version": "1"}"#,
            r#"{"operations": ["read"], "bodies": {}, "facts": 1}"#,
            r#"{"operation": "read", "paths": {}}"#,
            r#"{"policy": {"a": 1}, "body": {"name": "n"}}"#,
            r#"{"id": "i", "status": "active", "__imagetype": "private"}"#,
            r#"{"operation": "ims.whole-image", "comment": "ours", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#,
            r#"{"operation": "ims.whole-image", "Body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#,
            "{}",
            "[]",
        ] {
            assert_eq!(of_case(text, &settings(), &Map::new()), (text.to_owned(), 0));
        }
    }

    #[test]
    fn what_is_not_fixed_is_not_touched() {
        let text = "{ \"operation\" : \"ims.in-region-copy\",\r\n\t\"path\":{\"image_id\":\"i\"},\r\n  \"body\":{\"name\":\" n\" , \"description\":\"a\"}}";
        let (after, count) = of_case(text, &settings(), &Map::new());
        assert_eq!((after, count), (text.replace("\" n\"", "\"n\""), 1));
    }
}
