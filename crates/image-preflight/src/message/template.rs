//! Templates: `{placeholder}` in a sentence, filled with a finding's parameters; checked when the crate is compiled.
//!
//! `{count:image|images}` is the number with the noun that goes with it: "1 image", "2 images".

use crate::message::message::Message;

/// Fills a template. `fill` writes the value of a placeholder, and says whether there is one. A placeholder without a parameter
/// stays as it is, so that nothing is dropped silently.
pub(crate) fn render(template: &str, fill: &dyn Fn(&str, &mut String) -> bool) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        let (name, nouns) = name.split_once(':').unwrap_or((name, ""));
        let start = text.len();
        if !fill(name, &mut text) {
            text.extend(["{", name, "}"]);
        }
        rest = after;
        if let Some((one, many)) = nouns.split_once('|') {
            let is_one = text.get(start..) == Some("1");
            text.extend([" ", if is_one { one } else { many }]);
        }
        // A space separates code from Chinese, but not what is in full-width quotes.
        let filled = text.get(start..).unwrap_or_default();
        let (opens, closes) = (filled.starts_with('“'), filled.ends_with('”'));
        if closes {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        if opens && text.get(..start).is_some_and(|before| before.ends_with(' ')) {
            // Without the panics of `remove`.
            let mut end = 0;
            text.retain(|character| {
                end += character.len_utf8();
                end != start
            });
        }
    }
    text.push_str(rest);
    text
}

/// Stops the compiler when a template is empty or names a placeholder that is not among these.
pub(crate) const fn assert_template(template: &str, allowed: &[&str]) {
    assert!(!template.is_empty(), "a sentence is missing in a language");
    let bytes = template.as_bytes();
    let mut index = 0;
    while let Some((byte, _)) = split(bytes, index) {
        index += 1;
        if byte == b'{' {
            let start = index;
            while let Some((byte, _)) = split(bytes, index) {
                if byte == b'}' || byte == b':' {
                    break;
                }
                index += 1;
            }
            assert!(names(bytes, start, index, allowed), "a template has a placeholder that no parameter fills");
        }
    }
}

/// Stops the compiler when a sentence for a person who fills in a form names a field, has code in it, or writes a code point.
pub(crate) const fn assert_hint(hint: Message, allowed: &[&str]) {
    assert_template(hint.en, allowed);
    assert_template(hint.zh, allowed);
    assert_plain(hint.en);
    assert_plain(hint.zh);
}

const fn assert_plain(text: &str) {
    let technical = ["`", "{field}", "{codePoint}", "U+", "GET /", "POST /"];
    let mut index = 0;
    while let Some((word, _)) = split_words(&technical, index) {
        assert!(!contains(text.as_bytes(), word.as_bytes()), "a hint is for people who do not know the API");
        index += 1;
    }
}

const fn split_words<'w>(words: &'w [&'w str], index: usize) -> Option<(&'w str, &'w [&'w str])> {
    match words.split_at_checked(index) {
        Some((_, [word, rest @ ..])) => Some((word, rest)),
        _ => None,
    }
}

/// Whether a text has this part.
const fn contains(text: &[u8], part: &[u8]) -> bool {
    let mut rest = text;
    loop {
        let mut index = 0;
        while let (Some((byte, _)), Some((wanted, _))) = (split(rest, index), split(part, index)) {
            if byte != wanted {
                break;
            }
            index += 1;
        }
        if index == part.len() {
            return true;
        }
        match rest {
            [_, behind @ ..] => rest = behind,
            [] => return false,
        }
    }
}

const fn split(bytes: &[u8], index: usize) -> Option<(u8, &[u8])> {
    match bytes.split_at_checked(index) {
        Some((_, [byte, rest @ ..])) => Some((*byte, rest)),
        _ => None,
    }
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const fn names(bytes: &[u8], start: usize, end: usize, allowed: &[&str]) -> bool {
    let mut candidate = 0;
    while candidate < allowed.len() {
        let name = allowed[candidate].as_bytes();
        if name.len() == end - start {
            let mut index = 0;
            while index < name.len() && name[index] == bytes[start + index] {
                index += 1;
            }
            if index == name.len() {
                return true;
            }
        }
        candidate += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn a_space_beside_full_width_quotes_goes_and_no_other_does() {
        let filled = |template: &str, value: &str| {
            render(template, &|_, out| {
                out.push_str(value);
                true
            })
        };
        assert_eq!(filled("区域 1 的 {name} 没有 {name} 。", "“a b”"), "区域 1 的“a b”没有“a b”。");
        assert_eq!(filled("{name} 长", "“镜像”"), "“镜像”长");
        assert_eq!(filled("镜像 1 的 {name} 过长", "`a b`"), "镜像 1 的 `a b` 过长");
    }
}
