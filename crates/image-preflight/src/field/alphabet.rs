//! Alphabets: which characters a name or a tag may have. Ranges, not a regular-expression engine.

use crate::field::violation::Violations;
use crate::json::{Text, class};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params, code_point};
use crate::message::violation_kind::ViolationKind;

/// The characters that a text may have.
pub(crate) struct Alphabet {
    /// ASCII characters in addition to letters and digits, `-` and `_`, by the classes of [`class`].
    pub(crate) classes: u8,
    pub(crate) han: bool,
    /// For programs.
    pub(crate) name: &'static str,
    pub(crate) words: Message,
}

pub(crate) static IMAGE_NAME: Alphabet = Alphabet {
    classes: class::DOT | class::SPACE,
    han: true,
    name: "A-Z a-z 0-9 - . _ space Han",
    words: message(
        "letters, digits, spaces, Chinese characters, hyphens (-), dots (.) and underscores (_)",
        "字母、数字、空格、中文、连字符（-）、点（.）和下划线（_）",
    ),
};

pub(crate) static IMAGE_NAME_WITHOUT_HAN: Alphabet = Alphabet {
    classes: class::DOT | class::SPACE,
    han: false,
    name: "A-Z a-z 0-9 - . _ space",
    words: message(
        "letters, digits, spaces, hyphens (-), dots (.) and underscores (_)",
        "字母、数字、空格、连字符（-）、点（.）和下划线（_）",
    ),
};

pub(crate) static DOTTED: Alphabet = Alphabet {
    classes: class::DOT,
    han: true,
    name: "A-Z a-z 0-9 - . _ Han",
    words: message(
        "letters, digits, Chinese characters, hyphens (-), dots (.) and underscores (_)",
        "字母、数字、中文、连字符（-）、点（.）和下划线（_）",
    ),
};

pub(crate) static TAG_KEY: Alphabet = Alphabet {
    classes: 0,
    han: true,
    name: "A-Z a-z 0-9 - _ Han",
    words: message(
        "letters, digits, Chinese characters, hyphens (-) and underscores (_)",
        "字母、数字、中文、连字符（-）和下划线（_）",
    ),
};

/// The words of every alphabet.
pub(crate) fn all_messages() -> impl Iterator<Item = Message> {
    [&IMAGE_NAME, &IMAGE_NAME_WITHOUT_HAN, &DOTTED, &TAG_KEY].into_iter().map(|alphabet| alphabet.words)
}

impl Alphabet {
    /// The first character that is not in it, with its position. The text has characters of these classes in addition to its own.
    #[inline(never)]
    fn first_disallowed(&self, text: Text<'_>, strange: u8) -> Option<(usize, char)> {
        // As it mostly is: nothing but Chinese.
        if strange == class::NON_ASCII && self.han && is_ascii_or_usual_han(text.raw()) {
            return None;
        }
        text.chars().enumerate().find(|(_, c)| !self.has(*c))
    }

    pub(crate) fn has(&self, c: char) -> bool {
        match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' | '-' | '_' => true,
            '.' => self.classes & class::DOT != 0,
            ' ' => self.classes & class::SPACE != 0,
            c => self.han && is_han(c),
        }
    }

    /// Reports a character that is not in the alphabet. The fix is the text without such characters.
    pub(crate) fn evaluate<'a>(&self, text: Text<'a>, violations: &mut Violations<'a>, can_mend: bool) {
        let strange = text.classes() & !self.classes;
        if strange != 0
            && let Some((index, c)) = self.first_disallowed(text, strange)
        {
            self.violation(text, index, c, violations, can_mend);
        }
    }

    #[cold]
    #[inline(never)]
    fn violation<'a>(&self, text: Text<'a>, index: usize, c: char, violations: &mut Violations<'a>, can_mend: bool) {
        let params = bad_character(c, index, self.name, self.words);
        let mut rest = String::new();
        text.chars().filter(|c| self.has(*c)).for_each(|c| rest.push(c));
        if can_mend && !rest.trim_matches(' ').is_empty() {
            violations.push_with_suggestion(ViolationKind::BadCharacter, params, rest.trim_matches(' '));
        } else {
            violations.push(ViolationKind::BadCharacter, params);
        }
    }
}

/// The parameters of a character that is not allowed. Positions begin with 1.
pub(crate) fn bad_character<'a>(c: char, index: usize, name: &'static str, allowed: Message) -> Params<'a> {
    Params::default()
        .with("character", Param::UserText(c.to_string().into()))
        .with("codePoint", Param::Literal(code_point(c)))
        .with("index", Param::Integer(i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1)))
        .with("allowed", Param::Label(name, allowed))
}

/// Whether a character is of the Unicode script Han.
pub(crate) fn is_han(c: char) -> bool {
    (CJK_UNIFIED.0..=CJK_UNIFIED.1).contains(&c) || is_rare_han(c)
}

/// Whether a text has nothing but ASCII and the usual characters of the script Han, from U+4E00 to U+9FFF: told by its bytes, as putting
/// characters together takes longer.
fn is_ascii_or_usual_han(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7f, rest @ ..] => rest,
            [0xe4, 0xb8..=0xbf, _, rest @ ..] | [0xe5..=0xe9, _, _, rest @ ..] => rest,
            _ => return false,
        };
    }
}

#[cold]
#[inline(never)]
fn is_rare_han(c: char) -> bool {
    HAN.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// The usual characters of the Unicode script Han.
const CJK_UNIFIED: (char, char) = ('\u{4e00}', '\u{9fff}');

/// The Unicode script Han, of Unicode 18.0, the usual characters first. `tests/native/schemas.rs` compares it with the crate
/// `unicode-script`, character by character, and prints the ranges of that crate's version of Unicode where the two differ: to
/// update the table, update the crate, paste them here, and name the version here and in the test.
static HAN: [(char, char); 21] = [
    CJK_UNIFIED,
    ('\u{2e80}', '\u{2e99}'),
    ('\u{2e9b}', '\u{2ef3}'),
    ('\u{2f00}', '\u{2fd5}'),
    ('\u{3005}', '\u{3005}'),
    ('\u{3007}', '\u{3007}'),
    ('\u{3021}', '\u{3029}'),
    ('\u{3038}', '\u{303b}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{f900}', '\u{fa6d}'),
    ('\u{fa70}', '\u{fad9}'),
    ('\u{16fe2}', '\u{16fe3}'),
    ('\u{16ff0}', '\u{16ff6}'),
    ('\u{20000}', '\u{2a6df}'),
    ('\u{2a700}', '\u{2b81e}'),
    ('\u{2b820}', '\u{2cead}'),
    ('\u{2ceb0}', '\u{2ebe0}'),
    ('\u{2ebf0}', '\u{2ee5d}'),
    ('\u{2f800}', '\u{2fa1d}'),
    ('\u{30000}', '\u{3134a}'),
    ('\u{31350}', '\u{33479}'),
];

#[cfg(feature = "schemars")]
impl Alphabet {
    /// A regular expression of one of its characters, or of any beyond the Basic Multilingual Plane where it has Chinese ones:
    /// [`not_han`] says which of those it lacks. It means the same in ECMA-262 with the flag `u`, in Rust's `regex` and in
    /// Python's `re`: explicit ranges, `\u` with four digits. For characters beyond those the three have no common escape.
    pub(crate) fn pattern(&self) -> String {
        self.pattern_with(self.classes)
    }

    /// The same for what is first and last in a text: no space.
    pub(crate) fn outer_pattern(&self) -> String {
        self.pattern_with(self.classes & !class::SPACE)
    }

    fn pattern_with(&self, classes: u8) -> String {
        let mut class = String::from("-0-9A-Z_a-z");
        class.push_str(if classes & class::DOT != 0 { "." } else { "" });
        class.push_str(if classes & class::SPACE != 0 { " " } else { "" });
        if !self.han {
            return format!("[{class}]");
        }
        for (first, last) in HAN.iter().filter(|(_, last)| *last <= '\u{ffff}') {
            let (first, last) = (u32::from(*first), u32::from(*last));
            class.push_str(&format!("\\u{first:04X}"));
            if first != last {
                class.push_str(&format!("-\\u{last:04X}"));
            }
        }
        format!("(?:[{class}]|[^\\u0000-\\uFFFF])")
    }
}

/// What the characters beyond the Basic Multilingual Plane match that are not Chinese, for use within brackets.
#[cfg(feature = "schemars")]
pub(crate) fn not_han() -> String {
    let mut next = '\u{10000}';
    let mut class = String::new();
    for (first, last) in HAN.iter().filter(|(first, _)| *first > '\u{ffff}') {
        let before = char::from_u32(u32::from(*first) - 1).filter(|before| next <= *before);
        class.extend(before.into_iter().flat_map(|before| [next, '-', before]));
        next = char::from_u32(u32::from(*last) + 1).unwrap_or(*last);
    }
    class.extend([next, '-', char::MAX]);
    class
}

#[cfg(test)]
mod tests {
    use super::{CJK_UNIFIED, is_ascii_or_usual_han, is_han};

    #[test]
    fn the_usual_characters_are_known_by_their_bytes() {
        for c in '\0'..=char::MAX {
            let is_usual = c.is_ascii() || (CJK_UNIFIED.0..=CJK_UNIFIED.1).contains(&c);
            assert_eq!(is_ascii_or_usual_han(&format!("a{c}镜")), is_usual, "{c:?}");
        }
        assert!(is_ascii_or_usual_han(""));
    }

    #[test]
    fn han_is_the_script_and_nothing_beside_it() {
        assert!(['中', '々', '〇', '㐀', '\u{20000}', '\u{323b0}', '\u{33479}', '豈'].into_iter().all(is_han));
        assert!(!['あ', 'ア', '한', '，', '。', 'Ａ', 'é', '\u{3347a}', '\u{3000}', '𝒳'].into_iter().any(is_han));
    }
}
