//! `explain`: the meaning of what a cloud answered.

use crate::args::ExplainOptions;
use crate::file_name::FileName;
use crate::output::{BOLD, DIM, Out};
use crate::sentences::{IS_OPERATION, NEITHER, say};
use crate::{Result, input, lists, names, words};
use image_preflight::{Message, explain, printable};
use std::path::Path;

/// Explains and prints. The exit status is 0 for what is understood, a refusal or not, else 1: an unknown answer is printed as it came,
/// a long one shortened.
pub(crate) fn run(options: &ExplainOptions) -> Result<u8> {
    let path = Path::new(&options.answer);
    // A pipe of the shell (process substitution) is a file, too, though not a regular one.
    let is_file = options.answer == "-" || path.exists() || is_path(path);
    let answer = match options.answer.to_str() {
        _ if is_file => input::text(&FileName::of(path))?,
        Some(answer) => answer.to_owned(),
        None => return Err(say(NEITHER, &[("file", &FileName::of(path).shown())])),
    };
    let locale = words::locale();
    let mut out = Out::new(options.style.is_human());
    if let Some(rule) = image_preflight::rule(answer.trim()) {
        if options.style.is_human() {
            lists::details(rule, locale, &mut out)?;
        } else {
            out.line(&serde_json::to_string(&rule.localized(locale)).unwrap_or_default())?;
        }
        out.flush()?;
        return Ok(0);
    }
    if let Some(operation) = image_preflight::operation(answer.trim()) {
        return Err(say(IS_OPERATION, &[("name", &answer.trim()), ("id", &operation.id())]));
    }
    let refusal = explain(options.status, &answer);
    if !refusal.is_known() && looks_like_a_rule(&answer) {
        // The id of a rule, mistyped: the error has the near ones.
        names::parse_rule(answer.trim())?;
    }
    if options.style.is_human() {
        let code =
            refusal.code().map(|code| format!("{BOLD}{}{BOLD:#}  ", printable(beginning(code)))).unwrap_or_default();
        out.line(&format!("{code}{}", refusal.meaning(locale)))?;
        if let Some(near) = refusal.code().filter(|_| !refusal.is_known()).and_then(near) {
            out.line(&NEAR.filled(locale, &[("code", &near)]))?;
        }
        if let Some(retry) = refusal.retry() {
            out.line(retry.advice().text(locale))?;
        }
        for rule in refusal.rules() {
            out.line(&format!("  {BOLD}{}{BOLD:#}  {}", rule.id, rule.holds.text(locale)))?;
        }
        if let Some(page) = refusal.help_url(locale) {
            out.line(&format!("{DIM}{page}{DIM:#}"))?;
        }
        // The cloud's own words; of an answer that is not understood, all of it follows.
        let message = refusal.message().filter(|_| refusal.is_known());
        let ids =
            [("request_id", refusal.request_id()), ("job_id", refusal.job_id()), ("image_id", refusal.image_id())];
        for (name, id) in [("message", message)].into_iter().chain(ids) {
            if let Some(id) = id {
                out.line(&format!("{DIM}{name}: {}{DIM:#}", printable(beginning(id))))?;
            }
        }
        for code in refusal.other_codes() {
            out.line(&format!("+ {BOLD}{code}{BOLD:#}  {}", explain(None, code).meaning(locale)))?;
        }
        if !refusal.is_known() {
            out.line(&format!("{DIM}{}{DIM:#}", printable(beginning(refusal.raw().trim_end()))))?;
        }
    } else {
        out.line(&serde_json::to_string(&refusal.localized(locale)).unwrap_or_default())?;
    }
    out.flush()?;
    Ok(u8::from(!refusal.is_known()))
}

const NEAR: Message = Message { en: "Did you mean {code}?", zh: "是否要使用 {code}？" };

/// The known code that has the same letters and digits: written without its dot, or with another sign in its place. Of other codes none
/// is nearer than another.
fn near(code: &str) -> Option<&'static str> {
    let bare = |code: &str| -> String {
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    let wanted = bare(beginning(code));
    image_preflight::error_codes().map(|error| error.code).find(|known| !wanted.is_empty() && bare(known) == wanted)
}

/// Whether a text that is no file is meant as the name of one: it is one word, with a folder in it or the extension of a text.
fn is_path(path: &Path) -> bool {
    let is_word = path.to_str().is_none_or(|text| !text.contains(|c: char| c.is_whitespace() || "{<\"'".contains(c)));
    let has_folder = path.parent().is_some_and(|folder| !folder.as_os_str().is_empty());
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    is_word && (has_folder || ["json", "ndjson", "jsonl", "log", "txt", "html", "out"].contains(&extension))
}

/// Whether a text is one word with the operation of a rule before its last dot.
fn looks_like_a_rule(answer: &str) -> bool {
    let is_operation =
        |name: &str| image_preflight::rules().any(|rule| rule.id.rsplit_once('.').map(|(of, _)| of) == Some(name));
    let answer = answer.trim();
    let is_near = || names::is_near_a_rule(answer);
    !answer.contains(char::is_whitespace)
        && (answer.rsplit_once('.').is_some_and(|(of, _)| is_operation(of)) || is_near())
}

/// As much of a text as a person reads.
fn beginning(text: &str) -> &str {
    const MAX_SHOWN: usize = 4096;
    let end = text.char_indices().nth(MAX_SHOWN).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}
