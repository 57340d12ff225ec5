//! Numbers, kept as they were written and read exactly: no floating point is involved.

use smallvec::SmallVec;

/// A JSON number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number<'a> {
    /// As it stands in the text.
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

impl Number<'_> {
    /// Reads it as an integer, as JSON Schema means the word: `1.0` and `1e3` are integers, `-0` is 0.
    pub(crate) fn integer(self) -> Integer {
        match self {
            Number::Integer(value) => within(value),
            Number::Json(text) => match text.len() {
                0..=15 => text.parse().map_or_else(|_| exact(text), Integer::Of),
                _ => exact(text),
            },
        }
    }
}

fn within(value: i64) -> Integer {
    if (-MAX_SAFE..=MAX_SAFE).contains(&value) { Integer::Of(value) } else { Integer::OutOfRange }
}

/// Reads any JSON number: its digits, moved by its exponent, without losing one.
fn exact(text: &str) -> Integer {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = || whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0');
    if digits().next().is_none() {
        return Integer::Of(0);
    }
    let trailing = digits().collect::<SmallVec<[u8; 32]>>();
    let zeros = trailing.iter().rev().take_while(|digit| **digit == b'0').count();
    let significant = trailing.len().saturating_sub(zeros);
    // The power of ten of the last significant digit. An exponent that overflows is as good as infinite.
    let exponent = exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
    let power = exponent.saturating_sub(length(fraction.len())).saturating_add(length(zeros));
    if power < 0 {
        return Integer::Fraction;
    }
    if power.saturating_add(length(significant)) > 16 {
        return Integer::OutOfRange;
    }
    let magnitude = trailing
        .iter()
        .take(significant)
        .copied()
        .chain((0..power).map(|_| b'0'))
        .fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    within(if negative { -magnitude } else { magnitude })
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
}
