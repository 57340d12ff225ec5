//! The index of the search: every page with its words, as a script, so that it is found without a server as well.

use super::{Book, Page, render};
use serde_json::json;

/// The most characters of a page that are searched.
const MAX_CHARS: usize = 3000;

/// The script that has the index of a language.
pub(super) fn script(book: &Book, pages: &[Page]) -> String {
    let entries: Vec<_> = pages
        .iter()
        .map(|page| {
            let words: String = render::words(&page.markdown).chars().take(MAX_CHARS).collect();
            json!([page.path, page.heading, page.kind.text(book.locale), page.names, words])
        })
        .collect();
    format!("window.referencePages = {};\n", serde_json::Value::Array(entries))
}
