//! Name suggestions: the known names that are similar to an unknown one.

use crate::message::param::{Param, Params};

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
    closest(name, known, 1).pop()
}

/// How many names a suggestion has at most.
pub(crate) const MAX_SUGGESTED: usize = 3;

/// The known names that are nearest to this one, if any are near, at most so many.
pub(crate) fn closest<'k>(name: &str, mut known: impl Iterator<Item = &'k str>, most: usize) -> Vec<&'k str> {
    closest_of(name, &mut known, most)
}

/// The same of any iterator: one function in the program, and not one for each list.
#[inline(never)]
fn closest_of<'k>(name: &str, known: &mut dyn Iterator<Item = &'k str>, most: usize) -> Vec<&'k str> {
    // A name far longer than any known one is near to none, and comparing it would take its length squared.
    if name.len() > 64 {
        return Vec::new();
    }
    let name: String = name.trim().chars().map(|c| c.to_ascii_lowercase()).filter(|c| !is_joint(*c)).collect();
    let length = name.chars().count();
    // Near is: at most a third of the letters differ, and at most three.
    let distance = |known: &'k str| {
        let letters: String = known.chars().map(|c| c.to_ascii_lowercase()).filter(|c| !is_joint(*c)).collect();
        let most = (letters.len() / 3).min(3);
        // The difference of the lengths is quicker to see.
        let may_be_near = letters.chars().count().abs_diff(length) <= most;
        let distance = may_be_near.then(|| strsim::osa_distance(&name, &letters));
        distance.filter(|distance| *distance <= most).map(|distance| (distance, known))
    };
    let mut candidates: Vec<_> = known.filter_map(distance).collect();
    let best = candidates.iter().map(|(distance, _)| *distance).min();
    candidates.retain(|(distance, _)| Some(*distance) == best);
    candidates.into_iter().take(most).map(|(_, known)| known).collect()
}

/// Whether two names are the same but for separators and the case of letters.
pub(crate) fn is_same_name(name: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.trim().chars().filter(|c| !is_joint(*c)).map(|c| c.to_ascii_lowercase()).collect()
    };
    name.len() <= 64 && letters(name) == letters(other)
}

/// The separators between the words of a name, in any of its spellings.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_' | ' ')
}

#[cfg(test)]
mod tests {
    use super::{closest, nearest};

    #[test]
    fn slips_of_the_pen_are_near_and_other_words_are_not() {
        let fields = || ["name", "description", "region", "project_name", "agency_name", "vault_id"].into_iter();
        assert_eq!(nearest("vaultId", fields()), Some("vault_id"));
        assert_eq!(nearest("projectName", fields()), Some("project_name"));
        assert_eq!(nearest("desciption", fields()), Some("description"));
        assert_eq!(nearest("colour", fields()), None);
        assert_eq!(nearest(&"x".repeat(10_000_000), fields()), None);
        assert_eq!(closest("cn-suoth-1", ["cn-south-1", "cn-north-1", "cn-south-2"].into_iter(), 3), ["cn-south-1"]);
        assert_eq!(
            closest("cn-south-3", ["cn-south-1", "cn-north-1", "cn-south-2"].into_iter(), 3),
            ["cn-south-1", "cn-south-2"]
        );
    }
}
