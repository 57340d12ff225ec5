//! Templates: `{placeholder}` in a sentence, filled with a finding's parameters; checked when the crate is compiled.

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
        if !fill(name, &mut text) {
            text.extend(["{", name, "}"]);
        }
        rest = after;
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
                if byte == b'}' {
                    break;
                }
                index += 1;
            }
            assert!(names(bytes, start, index, allowed), "a template has a placeholder that no parameter fills");
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
