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
        let mut filled = String::new();
        if !fill(name, &mut filled) {
            filled.extend(["{", name, "}"]);
        }
        rest = after;
        if let Some((one, many)) = nouns.split_once('|') {
            let noun = if filled == "1" { one } else { many };
            filled.extend([" ", noun]);
        }
        // In Chinese a space separates code and numbers from characters, but not characters, nor what is in full-width quotes.
        let is_wide = |character: char| !character.is_ascii();
        if let (Some(behind), Some(last)) = (rest.strip_prefix(' '), filled.chars().next_back())
            && (last == '”' || is_wide(last) && behind.starts_with(is_wide))
        {
            rest = behind;
        }
        if let (Some(before), Some(first)) = (text.strip_suffix(' '), filled.chars().next())
            && (first == '“' || is_wide(first) && before.ends_with(is_wide))
        {
            text.pop();
        }
        text.push_str(&filled);
    }
    text.push_str(rest);
    text
}

/// Stops the compiler when a template is empty or names a placeholder that is not among these.
pub(crate) const fn assert_template(template: Message, allowed: &[&str]) {
    let mut index = 0;
    while let Some((text, _)) = split(&template.texts(), index) {
        assert_text(text, allowed);
        index += 1;
    }
}

const fn assert_text(template: &str, allowed: &[&str]) {
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
    assert_template(hint, allowed);
    let mut index = 0;
    while let Some((text, _)) = split(&hint.texts(), index) {
        assert_plain(text);
        index += 1;
    }
}

const fn assert_plain(text: &str) {
    let technical = ["`", "{field}", "{codePoint}", "U+", "GET /", "POST /"];
    let mut index = 0;
    while let Some((word, _)) = split(&technical, index) {
        assert!(!contains(text.as_bytes(), word.as_bytes()), "a hint is for people who do not know the API");
        index += 1;
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

const fn split<T: Copy>(items: &[T], index: usize) -> Option<(T, &[T])> {
    match items.split_at_checked(index) {
        Some((_, [item, rest @ ..])) => Some((*item, rest)),
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

    fn filled(template: &str, value: &str) -> String {
        render(template, &|name, out| {
            out.push_str(value);
            name == "x"
        })
    }

    #[test]
    fn chinese_has_spaces_beside_code_and_numbers_only() {
        assert_eq!(filled("区域 {x} 无效", "`region`"), "区域 `region` 无效");
        assert_eq!(filled("区域 {x} 无效", "“cn-1”"), "区域“cn-1”无效");
        assert_eq!(filled("为 {x} 字段", "目的区域"), "为目的区域字段");
        assert_eq!(filled("含 129 {x}", "个字符"), "含 129 个字符");
        assert_eq!(filled("{x} 。", "”"), "”。");
        assert_eq!(filled("Region {x} is", "\"区\""), "Region \"区\" is");
        assert_eq!(filled("Region {x} is", "é"), "Region é is");
    }

    #[test]
    fn a_noun_goes_with_its_number() {
        assert_eq!(filled("{x:image is|images are} left", "1"), "1 image is left");
        assert_eq!(filled("{x:image is|images are} left", "0"), "0 images are left");
        assert_eq!(filled("{x:image is|images are} left", "11"), "11 images are left");
    }
}
