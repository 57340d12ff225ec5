//! Codes within a text: a line of a log, an error of a tool, a printed exception.

use super::answer::{self, Answer};
use super::table;
use crate::check::job_form::Standing;
use crate::json::Reader;
use serde_json::Value;

/// How much of a text around a code is looked at for its message, its JSON and its request.
const BEFORE: usize = 8 << 10;
const AFTER: usize = 8 << 10;
/// How many objects in a text are tried as JSON.
const MAX_OBJECTS: usize = 32;
/// How many further codes are given.
const MAX_OTHERS: usize = 8;
/// The longest word that is compared: no code is longer.
const MAX_WORD: usize = 32;

/// What a text says.
#[derive(Debug, Default)]
pub(super) struct Found<'t> {
    pub(super) answer: Answer,
    /// The text around the code.
    pub(super) around: &'t str,
}

/// Finds the first code that is known, and what belongs to it; else the first that looks like one; else a status.
pub(super) fn find(text: &str) -> Found<'_> {
    let mut first: Option<(usize, &str)> = None;
    let mut alike: Option<(usize, &str)> = None;
    let mut others = Vec::new();
    for (place, word) in words(text) {
        let (before, behind) = (text.get(..place), text.get(place + word.len()..));
        if let Some(code) = known(before.unwrap_or_default(), word, behind.unwrap_or_default()) {
            match first {
                None => first = Some((place, code)),
                Some((_, known)) if known != code && !others.contains(&code) && others.len() < MAX_OTHERS => {
                    others.push(code);
                }
                _ => {}
            }
        } else if alike.is_none() && table::looks_like_a_code(word) {
            alike = Some((place, word));
        }
    }
    let (place, code) = first.or(alike).map_or((0, None), |(place, code)| (place, Some(code)));
    let around = window(text, place);
    let objects = objects(around);
    let same = |answer: &&Answer| match (code, answer.code.as_deref()) {
        (Some(code), Some(found)) => code.eq_ignore_ascii_case(found),
        (None, _) => true,
        (Some(_), None) => false,
    };
    let mut answer = objects.iter().find(same).cloned().unwrap_or_default();
    answer.code = code.map(str::to_owned).or(answer.code);
    answer.request_id = answer.request_id.or_else(|| request_id(around).map(str::to_owned));
    answer.status = answer.status.or_else(|| status(around));
    for other in others {
        if !answer.others.contains(&other) {
            answer.others.push(other);
        }
    }
    if answer.code.is_some() {
        // A refusal says so itself, whatever else the text holds.
        answer.job = answer.job.filter(|job| job.standing == Some(Standing::Failed));
    }
    Found { answer, around }
}

/// A code as the tables write it. A code with a number is one in any case of letters, if it is not the name of a file. One of words that
/// many services write is one in capitals, or where it stands as a value; and one of a single word, such as `INTERNAL`, only counts
/// beside the status that it stands for.
fn known(before: &str, word: &str, behind: &str) -> Option<&'static str> {
    // Most words are none, and are told by this without a look at the tables.
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_');
    let is_in_capitals = word.bytes().all(is_capital);
    let has_number = word.split_once('.').is_some_and(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let is_in_a_path = || before.ends_with(['/', '\\', '-']) || behind.starts_with(['/', '\\', '-']);
    let is_candidate = is_in_capitals
        || has_number && word.starts_with(|first: char| first.is_ascii_alphabetic()) && !is_in_a_path()
        || word.contains('_') && is_a_value(before, behind);
    if !is_candidate {
        return None;
    }
    let code = table::known(word)?;
    let is_own = code.contains(['.', '_']) || code == "UNAUTHENTICATED";
    (is_own || is_beside_a_status(before, behind)).then_some(code)
}

/// Whether a word stands as the value of something, in brackets or in quotes, with nothing else.
fn is_a_value(before: &str, behind: &str) -> bool {
    let is_quote = |character| matches!(character, '"' | '\'' | '`');
    let before = before.trim_end_matches(is_quote).trim_end_matches([' ', '\\']);
    let behind = behind.trim_start_matches(['\\', '.']).trim_start_matches(is_quote);
    before.ends_with(['=', ':', '[', '(', '：', '（'])
        && behind.chars().next().is_none_or(|next| next.is_whitespace() || matches!(next, ',' | ';' | ')' | ']' | '}'))
}

/// Whether a status follows a word or comes before it, as where JD Cloud's errors are printed: `INTERNAL 500 …`,
/// `'code': 500, 'status': 'INTERNAL'`.
fn is_beside_a_status(before: &str, behind: &str) -> bool {
    let between = [' ', ',', ':', '(', '=', '"', '\'', '\\'];
    let behind = behind.trim_start_matches(between);
    let behind = behind.strip_prefix("code").unwrap_or(behind).trim_start_matches(between);
    let before = before.trim_end_matches(between);
    let before = before.strip_suffix("status").unwrap_or(before).trim_end_matches(between);
    let is_number =
        |text: &str, next: Option<char>| error_status(text).is_some() && !next.is_some_and(char::is_alphanumeric);
    let is_behind = behind.split_at_checked(3).is_some_and(|(number, rest)| is_number(number, rest.chars().next()));
    let place = before.len().saturating_sub(3);
    is_behind
        || before.split_at_checked(place).is_some_and(|(rest, number)| is_number(number, rest.chars().next_back()))
}

/// The words of a text, and where each begins. A word goes as far as letters, digits, `_` and `.` do; a dot at its end is the
/// sentence's. Chinese is written without spaces, so its characters end a word.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, character) = rest.next()?;
            match character {
                // `\n` and its like in a text that was escaped; a colour of a terminal.
                '\\' => {
                    rest.next_if(|(_, next)| matches!(next, 'n' | 'r' | 't' | 'b' | 'f'));
                }
                '\u{1b}' => while rest.next_if(|(_, next)| matches!(next, '[' | ';' | 'm' | '0'..='9')).is_some() {},
                _ if is_of_word(character) => {
                    let mut end = start + character.len_utf8();
                    while let Some((place, next)) = rest.next_if(|(_, next)| is_of_word(*next)) {
                        end = place + next.len_utf8();
                    }
                    if end - start <= MAX_WORD
                        && let Some(word) = text.get(start..end)
                    {
                        let word = word.trim_end_matches('.');
                        if word.len() > 2 {
                            return Some((start, word));
                        }
                    }
                }
                _ => {}
            }
        }
    })
}

fn is_of_word(character: char) -> bool {
    match character {
        '_' | '.' => true,
        character if character.is_ascii() => character.is_ascii_alphanumeric(),
        character => character < '\u{2e80}' && character.is_alphanumeric(),
    }
}

/// The text around a place.
fn window(text: &str, place: usize) -> &str {
    let start = (place.saturating_sub(BEFORE)..=place).find(|start| text.is_char_boundary(*start)).unwrap_or(place);
    let wanted = place.saturating_add(AFTER).min(text.len());
    let end = (place..=wanted).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(place);
    text.get(start..end).unwrap_or_default()
}

/// The JSON objects in a text that say anything.
fn objects(text: &str) -> Vec<Answer> {
    let mut found = Vec::new();
    let mut from = 0;
    for _ in 0..MAX_OBJECTS {
        let Some(start) = text.get(from..).and_then(|rest| rest.find('{')).map(|place| from + place) else { break };
        // serde_json could say where the object ends too, but contains a panic there.
        let end = Reader::at(text, start).container_end(start).unwrap_or(start);
        match text.get(start..end).map(serde_json::from_str::<Value>) {
            Some(Ok(value)) => {
                from = end;
                let answer = answer::read(&value);
                if answer.code.is_some() || answer.job.is_some() || answer.status.is_some() {
                    found.push(answer);
                }
            }
            _ => from = start + 1,
        }
    }
    found
}

/// The id of the request: what follows `request_id`, `requestId` or `X-Request-Id`.
fn request_id(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("request").take(64).find_map(|(place, name)| {
        let rest = text.get(place + name.len()..)?;
        let rest = rest.strip_prefix(['_', '-', ' ']).unwrap_or(rest);
        let rest = rest.get(..2).filter(|id| id.eq_ignore_ascii_case("id")).and_then(|_| rest.get(2..))?;
        let value = rest.trim_start_matches([' ', ':', '=', '"', '\'', '\\', '(', '[']);
        // Without anything between it is another word.
        if value.len() == rest.len() {
            return None;
        }
        let is_of_id = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
        let end = value.find(|character| !is_of_id(character)).unwrap_or(value.len());
        value.get(..end).filter(|id| !id.is_empty() && id.len() <= 128 && !matches!(*id, "None" | "null"))
    })
}

/// A status in a text: behind what names one, or before its own words.
fn status(text: &str) -> Option<u16> {
    const NAMES: [&str; 9] =
        ["status_code", "statuscode", "status code", "httpstatus", "status", "http/1.1", "http/2", "http", "but got"];
    const PHRASES: [&str; 10] = [
        "400 bad request",
        "401 unauthorized",
        "403 forbidden",
        "404 not found",
        "409 conflict",
        "429 too many requests",
        "500 internal server error",
        "502 bad gateway",
        "503 service",
        "504 gateway",
    ];
    let lower = text.to_ascii_lowercase();
    let behind = |name: &str| {
        lower.match_indices(name).take(16).find_map(|(place, _)| {
            let rest = lower.get(place + name.len()..)?;
            let rest = rest.trim_start_matches([' ', ':', '=', '"', '\'', '\\', '(']);
            let is_whole = !rest.get(3..4).is_some_and(|next| next.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            rest.get(..3).filter(|_| is_whole).and_then(error_status)
        })
    };
    let phrase =
        || PHRASES.iter().find(|phrase| lower.contains(**phrase)).and_then(|phrase| error_status(phrase.get(..3)?));
    NAMES.iter().find_map(|name| behind(name)).or_else(phrase)
}

fn error_status(number: &str) -> Option<u16> {
    number.parse().ok().filter(|status| (400..600).contains(status))
}

#[cfg(test)]
mod tests {
    use super::objects;

    #[test]
    fn objects_are_found_among_what_is_none() {
        let codes = |text: &str| objects(text).into_iter().filter_map(|answer| answer.code).collect::<Vec<_>>();
        let text = r#"{ "a {"error_code": "IMG.0142"} {"error_code": "IMG.0143", "n": [{"}": 1}]}, {"error_code": "#;
        assert_eq!(codes(text), ["IMG.0142", "IMG.0143"]);
        assert_eq!(codes(r#"{"error_code": "IMG.0142", "n": 1e999} {"error_code": "IMG.0143"}"#), ["IMG.0143"]);
        assert!(codes("{{{ } {").is_empty());
    }
}
