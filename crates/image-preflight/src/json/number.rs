//! Numbers, kept as they were written and read exactly: no floating point is involved.

use crate::json::pointer::cut;

/// A JSON number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number<'a> {
    /// As it is written in the text.
    Json(&'a str),
    /// Given by a program.
    Integer(i64),
}

/// A number read as an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Integer {
    /// An integer within ±(2^53 − 1), the range in which every JSON reader agrees.
    Of(i64),
    /// An integer beyond that range.
    OutOfRange,
    /// It has a fraction.
    Fraction,
}

/// 2^53 − 1: the greatest integer that every JSON reader takes exactly.
pub(crate) const MAX_SAFE: i64 = (1 << 53) - 1;

/// The same as a count.
pub(crate) const MAX_COUNT: u64 = MAX_SAFE.unsigned_abs();

impl<'a> Number<'a> {
    /// Reads it as an integer, as JSON Schema means the word: `1.0` and `1e3` are integers, `-0` is 0.
    pub(crate) fn integer(self) -> Integer {
        match self {
            Number::Integer(value) => within(value),
            Number::Json(text) => exact(text),
        }
    }

    /// The number that a program has written as JSON; nothing where it has characters that no number has.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let is_of_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        (!text.is_empty() && text.bytes().all(is_of_number)).then_some(Number::Json(text))
    }

    /// The number that a text is, such as `1000` or `-1`, as JSON writes one; services put numbers into strings, and zeros
    /// before them.
    pub(crate) fn written(text: &'a str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = cut(digits, b'.').unwrap_or((digits, "0"));
        let is_row = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        (is_row(whole) && is_row(fraction)).then_some(Number::Json(text))
    }

    /// The number in the one form that all its spellings share: its digits, or those before its exponent where they are
    /// many. What a report repeats must not depend on how a number was written.
    #[cold]
    pub(crate) fn canonical(self) -> String {
        const MOST_DIGITS: i64 = 40;
        // No text is long enough for a digit to count beside such an exponent.
        const GREATEST: i64 = 1_000_000_000_000_000;
        let text = match self {
            Number::Integer(value) => return value.to_string(),
            Number::Json(text) => text,
        };
        let Digits { negative, significant, power } = digits(text);
        let exponent = power.saturating_add(length(significant.len())).saturating_sub(1).clamp(-GREATEST, GREATEST);
        let mut out = String::from(if negative { "-" } else { "" });
        if significant.is_empty() {
            return "0".to_owned();
        }
        if power >= 0 && exponent < MOST_DIGITS {
            significant.iter().for_each(|digit| out.push(char::from(*digit)));
            (0..power).for_each(|_| out.push('0'));
            return out;
        }
        for (place, digit) in significant.iter().enumerate() {
            if place == 1 {
                out.push('.');
            }
            out.push(char::from(*digit));
        }
        out.push('e');
        out.push_str(&exponent.to_string());
        out
    }

    /// The number as serde_json has it, which writes it too.
    pub(crate) fn to_json(self) -> serde_json::Value {
        match (self.integer(), self) {
            (Integer::Of(value), _) | (_, Number::Integer(value)) => value.into(),
            (_, Number::Json(text)) => text.parse().map_or(f64::MAX.into(), serde_json::Value::Number),
        }
    }
}

/// The number at the beginning of a text, when it is a short row of digits and nothing else, and how many they are.
#[inline]
pub(crate) fn short_natural(text: &[u8]) -> Option<(u64, usize)> {
    // Fewer digits stay below 2^53.
    const TOO_MANY: usize = 15;
    let digits = text.iter().map(|byte| byte.wrapping_sub(b'0')).take_while(|digit| *digit < 10);
    let (value, length) = digits
        .fold((0_u64, 0), |(value, length), digit| (value.wrapping_mul(10).wrapping_add(digit.into()), length + 1));
    match (length, text.first(), text.get(length)) {
        (0, ..) | (TOO_MANY.., ..) | (2.., Some(b'0'), _) | (_, _, Some(b'.' | b'e' | b'E')) => None,
        _ => Some((value, length)),
    }
}

fn within(value: i64) -> Integer {
    if (-MAX_SAFE..=MAX_SAFE).contains(&value) { Integer::Of(value) } else { Integer::OutOfRange }
}

/// The digits of a number without zeros at either end, and the power of ten of the last one; none of zero.
struct Digits {
    negative: bool,
    significant: Vec<u8>,
    power: i64,
}

/// Reads the digits of any JSON number, however it is written.
fn digits(text: &str) -> Digits {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = cut(text, b'e').or_else(|| cut(text, b'E')).unwrap_or((text, "0"));
    let (whole, fraction) = cut(mantissa, b'.').unwrap_or((mantissa, ""));
    let mut significant = Vec::new();
    for part in [whole, fraction] {
        for digit in part.bytes() {
            if !significant.is_empty() || digit != b'0' {
                significant.push(digit);
            }
        }
    }
    let mut zeros = 0;
    while significant.pop_if(|digit| *digit == b'0').is_some() {
        zeros += 1;
    }
    // The power of ten of the last significant digit. An exponent that overflows is as good as infinite.
    let exponent = match exponent.strip_prefix('-') {
        Some(digits) => -decimal(digits.as_bytes()),
        None => decimal(exponent.strip_prefix('+').unwrap_or(exponent).as_bytes()),
    };
    let power = exponent.saturating_sub(length(fraction.len())).saturating_add(length(zeros));
    Digits { negative, significant, power }
}

/// Reads any JSON number: its digits, moved by its exponent, without losing one.
fn exact(text: &str) -> Integer {
    let Digits { negative, significant, power } = digits(text);
    if significant.is_empty() {
        return Integer::Of(0);
    }
    if power < 0 {
        return Integer::Fraction;
    }
    if power.saturating_add(length(significant.len())) > 16 {
        return Integer::OutOfRange;
    }
    let magnitude = (0..power).fold(decimal(&significant), |value, _| value.saturating_mul(10));
    within(if negative { -magnitude } else { magnitude })
}

/// What a row of digits says, or as much as there is room for.
fn decimal(digits: &[u8]) -> i64 {
    digits
        .iter()
        .fold(0, |value: i64, digit| value.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0'))))
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_exactly_however_they_are_written() {
        let read = |text| Number::Json(text).integer();
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("-0.0", 0),
            ("0e999999999999999999999", 0),
            ("1.0", 1),
            ("1e3", 1000),
            ("1.50e1", 15),
            ("100e-2", 1),
            ("9007199254740991", MAX_SAFE),
            ("-9007199254740991", -MAX_SAFE),
            ("0.1e1", 1),
            ("1000000000000000000000e-20", 10),
            ("90071992547409.91e2", MAX_SAFE),
        ] {
            assert_eq!(read(text), Integer::Of(value), "{text}");
        }
        for text in ["1.5", "1e-1", "0.1", "1e-999999999999999999999", "9007199254740990.5"] {
            assert_eq!(read(text), Integer::Fraction, "{text}");
        }
        for text in ["9007199254740992", "1e400", "-1e400", "1e999999999999999999999", "18446744073709551616"] {
            assert_eq!(read(text), Integer::OutOfRange, "{text}");
        }
    }

    #[test]
    fn every_spelling_of_a_number_has_one_canonical_form() {
        for (spellings, canonical) in [
            (
                &["9007199254740992", "9007199254740992.0", "9.007199254740992e15", "90071992547409920E-1"][..],
                "9007199254740992",
            ),
            (&["-1", "-1.0", "-10e-1", "-0.1E+1"], "-1"),
            (&["0", "-0", "0.0", "0e5"], "0"),
            (&["1.5", "15e-1", "0.15e1", "1.50"], "1.5e0"),
            (&["1e400", "10E399", "0.1e+401", "1.000e400"], "1e400"),
            (&["12e400", "1.2e401"], "1.2e401"),
            (&["1e99999999999999999999", "0.1e100000000000000000000"], "1e1000000000000000"),
        ] {
            for spelling in spellings {
                assert_eq!(Number::Json(spelling).canonical(), canonical, "{spelling}");
            }
        }
        assert_eq!(Number::Integer(-7).canonical(), "-7");
    }
}
