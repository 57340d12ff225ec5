//! A fact: something that a rule may need to know, as one row in its provider's folder.

use crate::json::{Key, Text};
use crate::message::message::Message;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// What the value of a fact may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FactKind {
    /// Yes or no.
    Flag,
    /// An integer of at least this.
    Count(i64),
    /// Any text, as the provider writes it.
    Text,
    /// One of these words.
    OneOf(&'static Words),
}

/// The words that a fact may be.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) keys: &'static [Key],
    /// Other words of the provider, with the ones they mean.
    pub(crate) aliases: &'static [(&'static str, &'static str)],
    /// The schema of one of them.
    #[cfg(feature = "schemars")]
    pub(crate) schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
}

impl Words {
    /// The word that a text means, in any case of letters.
    pub(crate) fn meant(&self, text: Text<'_>) -> Option<&'static str> {
        // Mostly it is written as the documents have it, which is quicker to see.
        match self.keys.iter().find(|key| text.is(key.name)) {
            Some(key) => Some(key.name),
            None => self.nearly_meant(text),
        }
    }

    #[cold]
    #[inline(never)]
    fn nearly_meant(&self, text: Text<'_>) -> Option<&'static str> {
        let text = text.to_cow();
        let text = text.trim();
        let alias = || self.aliases.iter().find(|(alias, _)| text.eq_ignore_ascii_case(alias)).map(|(_, word)| *word);
        self.keys.iter().map(|key| key.name).find(|word| text.eq_ignore_ascii_case(word)).or_else(alias)
    }
}

/// A row: everything about a fact.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its place among all facts of all providers: in this order reports name them, and by it they are stored.
    pub(crate) rank: u16,
    /// Its JSON Pointer in a case, with `*` in the place of a listed image's id.
    pub(crate) pointer: &'static str,
    pub(crate) kind: FactKind,
    pub(crate) description: Message,
    pub(crate) how_to_obtain: Message,
    /// For a fact about each of the listed images, the rank of the first of these.
    pub(crate) record: Option<u16>,
}

/// Something that a rule may need to know. Facts are ordered as reports name them.
///
/// ```
/// use image_preflight::{Fact, Locale};
/// let size = Fact::from_pointer("/facts/image/sizeBytes").unwrap();
/// assert!(size.how_to_obtain().text(Locale::ENGLISH).contains("__image_size"));
/// ```
#[derive(Clone, Copy)]
pub struct Fact(pub(crate) &'static Row);

impl Fact {
    /// Its JSON Pointer in a case. Facts of listed images have `*` where the image's id is.
    #[must_use]
    pub const fn pointer(self) -> &'static str {
        self.0.pointer
    }

    /// Its name within its object: the last token of its pointer.
    pub(crate) const fn name(self) -> &'static str {
        let pointer = self.pointer();
        let mut before = pointer.as_bytes();
        while let [rest @ .., last] = before
            && *last != b'/'
        {
            before = rest;
        }
        match pointer.split_at_checked(before.len()) {
            Some((_, name)) => name,
            None => pointer,
        }
    }

    /// What it is, as a phrase.
    #[must_use]
    pub const fn description(self) -> Message {
        self.0.description
    }

    /// How to obtain it: the API and its field, or whom to ask.
    #[must_use]
    pub const fn how_to_obtain(self) -> Message {
        self.0.how_to_obtain
    }

    pub(crate) const fn kind(self) -> FactKind {
        self.0.kind
    }

    pub(crate) const fn rank(self) -> u16 {
        self.0.rank
    }

    /// The bit of its rank.
    pub(crate) const fn bit(self) -> u64 {
        1 << (self.0.rank & 63)
    }

    /// Whether each of the images that a request lists has it by itself.
    pub(crate) const fn is_of_each_image(self) -> bool {
        self.0.record.is_some()
    }

    /// Its rank; for facts about a listed image, the rank of the first of these.
    pub(crate) const fn group_rank(self) -> u16 {
        match self.0.record {
            Some(first) => first,
            None => self.0.rank,
        }
    }
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fact({:?})", self.pointer())
    }
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Fact {}

impl PartialOrd for Fact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fact {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl Hash for Fact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rank().hash(state);
    }
}

/// Facts that are members of one object, with their keys in it, in the order in which they are usually written.
#[derive(Debug)]
pub(crate) struct Group {
    /// The name of its schema.
    #[cfg(feature = "schemars")]
    pub(crate) name: &'static str,
    #[cfg(feature = "schemars")]
    pub(crate) description: &'static str,
    pub(crate) keys: &'static [Key],
    pub(crate) facts: &'static [Fact],
}
