//! How much of a request is known.

/// How much of a request must be known before a rule can be evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// The image, and what else is known of the world.
    Image,
    /// The destination too.
    Destination,
    /// The whole request.
    Request,
}
