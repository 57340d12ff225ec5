//! What a case is read from, part by part: JSON text, or the parts of a value that a program holds.

use super::{Key, Text, Value};

/// A case, or a part of one, while it is read. The caller enters an object and asks for one member after the other; each one's value
/// must be read before the next member is asked for.
pub(crate) trait Source<'a>: Sized {
    /// Where the reading of an object is.
    type Members;
    /// Where a value is.
    type Place: Copy;

    /// Whether the next value is an object.
    fn is_object(&self) -> bool;

    /// Enters the next value, an object.
    fn members(&mut self) -> Self::Members;

    /// Steps to the next member.
    fn next(&mut self, members: &mut Self::Members, keys: &[Key]) -> Option<Name>;

    /// The name of the last member that had none of the names that were expected.
    fn unknown_key(members: &Self::Members) -> Text<'a>;

    /// The next value.
    fn value(&mut self) -> Value<'a>;

    /// The next value, when it is a string. Anything else is left where it is, here and below.
    fn text(&mut self) -> Option<Text<'a>>;

    /// The next value, when it is true or false.
    fn flag(&mut self) -> Option<bool>;

    /// The next value, when it is a natural number that is quick to read, and at least this.
    fn natural(&mut self, least: u64) -> Option<u64>;

    /// The next value, when it is one of a few words and reading it as such saves time: its place among them.
    fn word(&mut self, _words: &[Key]) -> Option<usize> {
        None
    }

    /// Says that an object may have a key twice.
    fn suspect(&mut self);

    /// Whether one may.
    fn is_suspect(&self) -> bool;

    /// Where the next value is.
    fn place(&self) -> Self::Place;

    /// Begins once more, at a place that was found before.
    fn resumed(&self, place: Self::Place) -> Self;

    /// Passes over the next value, which is read later.
    fn pass_over(&mut self);

    /// The value of a member, mostly a string.
    #[inline]
    fn member_value(&mut self) -> Value<'a> {
        self.text().map_or_else(|| self.value(), Value::Text)
    }
}

/// The name of a member. It is small, so that it need not go through the memory.
#[derive(Clone, Copy)]
pub(crate) enum Name {
    /// One of those that are expected: its place among them.
    Known(usize),
    /// None of them: see [`Source::unknown_key`].
    Other,
}
