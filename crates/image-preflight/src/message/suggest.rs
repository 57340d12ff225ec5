//! Name suggestions: the known names that are similar to an unknown one.

use crate::message::param::{Param, Params};
use arrayvec::ArrayVec;

/// The parameters with the suggested names: `nearest`, or `near` where several names are equally near. Sentences with
/// `{suggestion}` ask whether that was meant.
#[cold]
#[inline(never)]
pub(crate) fn suggest<'a>(params: Params<'a>, near: Vec<&'static str>) -> Params<'a> {
    match *near {
        [] => params,
        [one] => params.with("nearest", Param::Identifier(one.into())),
        _ => params.with("near", Param::Identifiers(near)),
    }
}

/// The known name that is most similar to this one, if any is similar enough.
///
/// ```
/// let editions = || image_preflight::Edition::names();
/// assert_eq!(image_preflight::nearest("defalt", editions()), Some("default"));
/// assert_eq!(image_preflight::nearest("colour", editions()), None);
/// ```
#[must_use]
pub fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    closest(name, &known.collect::<Vec<_>>(), 1).pop()
}

/// How many names a suggestion has at most.
pub(crate) const MAX_SUGGESTED: usize = 3;

/// The known names that are nearest to this one, if any are near, at most so many.
#[cold]
#[inline(never)]
pub(crate) fn closest<'k>(name: &str, known: &[&'k str], most: usize) -> Vec<&'k str> {
    let mut found = Vec::new();
    // A name far longer than any known one is near to none.
    if name.len() > MAX_LETTERS {
        return found;
    }
    let name = letters(name.trim());
    let mut best = usize::MAX;
    for known in known {
        let letters = letters(known);
        // Near is: at most a third of the letters differ, and at most three.
        let near = (letters.len() / 3).min(3).min(best);
        let Some(distance) = (0..=near).find(|distance| is_within(&name, &letters, *distance)) else { continue };
        if distance < best {
            best = distance;
            found.clear();
        }
        if found.len() < most {
            found.push(known);
        }
    }
    found
}

/// The most bytes of a name that is compared.
const MAX_LETTERS: usize = 64;

/// The letters of a name in lower case, without separators. No known name has others than those of ASCII, so all of these are alike.
fn letters(name: &str) -> ArrayVec<u8, MAX_LETTERS> {
    let mut letters = ArrayVec::new();
    for letter in folded(name) {
        let _ = letters.try_push(u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(u8::MAX));
    }
    letters
}

/// Whether so many steps at most lead from one name to the other: a letter more, less, or another one, or two neighbours exchanged,
/// which are left alone then (the optimal string alignment distance). The steps are few, so that trying each is quick.
fn is_within(one: &[u8], other: &[u8], steps: usize) -> bool {
    match (one, other) {
        ([], rest) | (rest, []) => rest.len() <= steps,
        ([a, one @ ..], [b, other @ ..]) if a == b => is_within(one, other, steps),
        ([a, shorter @ ..], [b, other_shorter @ ..]) => {
            let Some(left) = steps.checked_sub(1) else { return false };
            let is_exchanged = |one: &[u8], other: &[u8]| match (one, other) {
                ([c, one @ ..], [d, other @ ..]) => (a, b) == (d, c) && is_within(one, other, left),
                _ => false,
            };
            is_within(shorter, other_shorter, left)
                || is_within(shorter, other, left)
                || is_within(one, other_shorter, left)
                || is_exchanged(shorter, other_shorter)
        }
    }
}

/// Whether two names are the same but for separators and the case of letters.
pub(crate) fn is_same_name(name: &str, other: &str) -> bool {
    name.len() <= MAX_LETTERS && folded(name.trim()).eq(folded(other.trim()))
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !is_joint(*c)).map(|c| c.to_ascii_lowercase())
}

/// The separators between the words of a name, in any of its spellings.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_' | ' ')
}

#[cfg(test)]
mod tests {
    use super::{closest, is_within, nearest};

    /// The optimal string alignment distance, by its definition.
    fn distance(one: &[u8], other: &[u8]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let is_other = usize::from(one[i - 1] != other[j - 1]);
                    let steps = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + is_other);
                    let is_exchanged = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                    if is_exchanged { steps.min(table[i - 2][j - 2] + 1) } else { steps }
                };
            }
        }
        table[one.len()][other.len()]
    }

    #[test]
    fn steps_are_counted_as_the_distance_is_defined() {
        let all: Vec<Vec<u8>> = (0..=6_u32)
            .flat_map(|length| {
                (0..3_u32.pow(length))
                    .map(move |of| (0..length).map(|i| b'a' + (of / 3_u32.pow(i) % 3) as u8).collect())
            })
            .collect();
        for one in all.iter().step_by(7) {
            for other in &all {
                let distance = distance(one, other);
                for steps in 0..=3 {
                    assert_eq!(is_within(one, other, steps), distance <= steps, "{one:?} {other:?} {steps}");
                }
            }
        }
    }

    #[test]
    fn letters_beyond_ascii_differ_from_all_of_a_known_name() {
        assert_eq!(nearest("vault_íd", ["vault_id"].into_iter()), Some("vault_id"));
        assert_eq!(nearest("名称", ["name"].into_iter()), None);
        assert!(super::is_same_name("华南-广州", "华南广州") && !super::is_same_name("华南-广州", "华南-深圳"));
    }

    #[test]
    fn slips_of_the_pen_are_near_and_other_words_are_not() {
        let fields = || ["name", "description", "region", "project_name", "agency_name", "vault_id"].into_iter();
        assert_eq!(nearest("vaultId", fields()), Some("vault_id"));
        assert_eq!(nearest("projectName", fields()), Some("project_name"));
        assert_eq!(nearest("desciption", fields()), Some("description"));
        assert_eq!(nearest("colour", fields()), None);
        assert_eq!(nearest(&"x".repeat(10_000_000), fields()), None);
        assert_eq!(closest("cn-suoth-1", &["cn-south-1", "cn-north-1", "cn-south-2"], 3), ["cn-south-1"]);
        assert_eq!(closest("cn-south-3", &["cn-south-1", "cn-north-1", "cn-south-2"], 3), ["cn-south-1", "cn-south-2"]);
    }
}
