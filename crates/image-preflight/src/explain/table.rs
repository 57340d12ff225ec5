//! Looking an error up in the tables.

use crate::catalogue;
use crate::check::refusal::{DocumentedError, HTTP_STATUSES};

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) error: &'static DocumentedError,
    /// Whether its rules are those of this answer. They are not where the code is the same and the message is in no row.
    pub(super) has_rules: bool,
}

/// What is known of an error, to find its row by.
pub(super) struct Wanted<'a> {
    pub(super) code: &'a str,
    /// The server's message, if it is known exactly.
    pub(super) message: Option<&'a str>,
    /// A text in which the message may be.
    pub(super) around: &'a str,
    pub(super) status: Option<u16>,
}

/// The rows of a code, in any case of letters.
fn rows(code: &str) -> impl Iterator<Item = &'static DocumentedError> + Clone {
    catalogue::error_codes().filter(move |row| row.code.eq_ignore_ascii_case(code))
}

/// A code as the tables write it, if they have it.
pub(super) fn known(code: &str) -> Option<&'static str> {
    rows(code).next().map(|row| row.code)
}

/// Whether a code has the prefix of those in the tables, such as `IMG.`, and a number.
pub(super) fn looks_like_a_code(token: &str) -> bool {
    let Some((prefix, number)) = token.split_once('.') else { return false };
    let is_number = (3..=8).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && catalogue::error_codes().any(|row| row.code.split_once('.').is_some_and(|(known, _)| known == prefix))
}

/// The row of an error: the one whose message it has; else the one of its status, where the code comes with several; else the
/// only one; else the one for any other message.
pub(super) fn find(wanted: &Wanted<'_>) -> Option<Row> {
    let of_code = || rows(wanted.code);
    let with_message = || of_code().filter(|row| !row.message.is_empty());
    let whole = Row::of;
    let message = wanted.message.unwrap_or_default();
    if let Some(row) = with_message().find(|row| says(row, message)) {
        return Some(whole(row));
    }
    let mut within: Vec<_> = Vec::new();
    if !wanted.around.is_empty() && with_message().nth(1).is_some() {
        let around = normal(wanted.around);
        let place =
            |row: &'static DocumentedError| messages(row).filter_map(|message| find_template(message, &around)).min();
        within.extend(with_message().filter_map(|row| Some((place(row)?, row))));
    }
    if let Some((_, row)) = within.into_iter().min_by_key(|(place, _)| *place) {
        return Some(whole(row));
    }
    let mut of_status = with_message().filter(|row| Some(row.status) == wanted.status);
    if let (Some(row), None, Some(_)) = (of_status.next(), of_status.next(), with_message().nth(1)) {
        return Some(whole(row));
    }
    // A row for any other message decides where there is one, but its rules are not those of a message that is in no row.
    let general = of_code().find(|row| row.message.is_empty());
    if let (Some(error), Some(_), false) = (general, with_message().next(), message.trim().is_empty()) {
        return Some(Row { error, has_rules: false });
    }
    let mut all = of_code();
    let first = all.next()?;
    let is_alone = of_code().all(|row| row.message.is_empty()) || all.next().is_none();
    if is_alone {
        return Some(whole(first));
    }
    let only = with_message().nth(1).is_none().then(|| with_message().next()).flatten();
    only.or(general).map(whole)
}

impl Row {
    pub(super) fn of(error: &'static DocumentedError) -> Self {
        Row { error, has_rules: true }
    }
}

/// The row of a status: a provider's own, else that of HTTP.
pub(super) fn find_status(status: u16) -> Option<Row> {
    catalogue::statuses().chain(&HTTP_STATUSES).find(|row| row.status == status).map(Row::of)
}

/// The row whose message a text is, with nothing around it. Only messages of operations: others are said by many services, and of these
/// too one that no rule belongs to must not contradict the status.
pub(super) fn find_message(text: &str, status: Option<u16>) -> Option<Row> {
    let has_message = |row: &&DocumentedError| {
        let is_status = || status.is_none_or(|status| status == row.status);
        !row.message.is_empty() && (!row.rules.is_empty() || !row.operations.is_empty() && is_status())
    };
    catalogue::error_codes().filter(has_message).find(|row| says(row, text)).map(Row::of)
}

/// The templates of a row's message, one a language.
fn messages(row: &'static DocumentedError) -> impl Iterator<Item = &'static str> {
    [row.message, row.message_zh].into_iter().filter(|message| !message.is_empty())
}

/// Whether a message is that of a row, in any of its languages.
fn says(row: &'static DocumentedError, message: &str) -> bool {
    messages(row).any(|template| matches_template(template, message))
}

/// Quotes around the placeholders' values may differ, and so may the case of letters and the width of commas and full stops.
fn normal(text: &str) -> String {
    let text = text.replace(['"', '’', '‘'], "'").replace('，', ",").replace('。', ".");
    text.replace(", ", ",").to_ascii_lowercase()
}

/// Whether a message matches this template.
pub(super) fn matches_template(template: &str, message: &str) -> bool {
    let end = |text: &str| normal(text.trim().trim_end_matches(['.', '。']).trim_end());
    let (template, message) = (end(template), end(message));
    match template.split_once("xx") {
        Some((before, after)) => {
            message.len() >= before.len() + after.len() && message.starts_with(before) && message.ends_with(&after)
        }
        None => template == message,
    }
}

/// Where a text, in its [normal] form, has a message of this template.
fn find_template(template: &str, text: &str) -> Option<usize> {
    /// The longest name that a message is expected to repeat.
    const MAX_NAME: usize = 200;
    let template = normal(template.trim_end_matches(['.', '。']));
    let Some((before, after)) = template.split_once("xx") else { return text.find(&template) };
    text.match_indices(before).take(16).find_map(|(place, _)| {
        let rest = text.get(place + before.len()..)?;
        let end = rest.find(after)?;
        let is_line = |name: &str| !name.contains('\n');
        (end <= MAX_NAME && rest.get(..end).is_some_and(is_line)).then_some(place)
    })
}
