//! The verdict of a report.

use crate::message::word::words;

/// What the documents say of a case as a whole.
///
/// ```
/// use image_preflight::Verdict;
/// assert_eq!(image_preflight::check("{}").verdict(), Verdict::Invalid);
/// assert_eq!(Verdict::Undetermined.as_str(), "undetermined");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum Verdict {
    /// Every rule of error severity holds.
    #[default]
    Allowed,
    /// A rule of error severity is broken.
    Denied,
    /// No rule is broken, but what is not known could still break one.
    Undetermined,
    /// The case itself cannot be judged: it is not JSON, or names an operation, an edition or a fact that is not known. No verdict on the request.
    Invalid,
}

impl Verdict {
    /// The worse of two verdicts.
    pub(crate) fn or_worse(self, other: Verdict) -> Verdict {
        match (self, other) {
            (Verdict::Invalid, _) | (_, Verdict::Invalid) => Verdict::Invalid,
            (Verdict::Denied, _) | (_, Verdict::Denied) => Verdict::Denied,
            (Verdict::Undetermined, _) | (_, Verdict::Undetermined) => Verdict::Undetermined,
            (Verdict::Allowed, Verdict::Allowed) => Verdict::Allowed,
        }
    }
}

words!(Verdict { Allowed = "allowed", Denied = "denied", Undetermined = "undetermined", Invalid = "invalid" });
