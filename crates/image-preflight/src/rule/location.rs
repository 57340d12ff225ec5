//! Where a finding points: a JSON Pointer (RFC 6901) into the case, with its place in the documented order.

use crate::json::{first_token, unescaped};
use crate::rule::fact::Fact;
use std::borrow::Cow;

/// A part of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    Case,
    Operation,
    Path,
    Body,
    Facts,
    Edition,
    Unknown,
    Strict,
}

impl Section {
    pub(crate) fn pointer(self) -> &'static str {
        match self {
            Section::Case => "",
            Section::Operation => "/operation",
            Section::Path => "/path",
            Section::Body => "/body",
            Section::Facts => "/facts",
            Section::Edition => "/edition",
            Section::Unknown => "/unknown",
            Section::Strict => "/strict",
        }
    }
}

/// The rank of what has no documented place: after everything that has.
const UNKNOWN: u16 = u16::MAX;

/// A place in a case. Ordered by section, documented position, index in a list, then the pointer itself, so that the order
/// of findings never depends on the order of keys in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    section: Section,
    rank: u16,
    index: u32,
    pointer: Cow<'static, str>,
}

impl At {
    /// A whole part of the case.
    pub(crate) fn section(section: Section) -> Self {
        At { section, rank: 0, index: 0, pointer: Cow::Borrowed(section.pointer()) }
    }

    /// A field that the operation documents at this position.
    #[inline(never)]
    pub(crate) fn field(section: Section, slot: usize, name: &str) -> Self {
        At { rank: u16::try_from(slot).unwrap_or(UNKNOWN), ..Self::section(section) }.below(name)
    }

    /// Something in a part of the case that has no documented position.
    pub(crate) fn unknown(section: Section, name: &str) -> Self {
        At { rank: UNKNOWN, ..Self::section(section) }.below(name)
    }

    /// A fact, by its place in the table of facts.
    pub(crate) fn fact(fact: Fact) -> Self {
        Self::fact_at(fact, Cow::Borrowed(fact.pointer()))
    }

    /// A fact that is not at its own pointer, such as one in a provider's object.
    #[inline(never)]
    pub(crate) fn fact_at(fact: Fact, pointer: Cow<'static, str>) -> Self {
        At { section: Section::Facts, rank: fact.rank(), index: 0, pointer }
    }

    /// A member of the value at this location.
    pub(crate) fn below(mut self, name: &str) -> Self {
        let mut pointer = match self.pointer {
            Cow::Borrowed(pointer) => {
                let mut owned = String::with_capacity(pointer.len() + 1 + name.len());
                owned.push_str(pointer);
                owned
            }
            Cow::Owned(pointer) => pointer,
        };
        pointer.push('/');
        push_token(&mut pointer, name);
        self.pointer = Cow::Owned(pointer);
        self
    }

    /// An element of the value at this location.
    pub(crate) fn item(mut self, index: usize) -> Self {
        self.index = u32::try_from(index).unwrap_or(u32::MAX);
        // Numbers of one size are written by one piece of code.
        let number = i64::from(self.index).to_string();
        self.below(&number)
    }

    /// Whether it is that of something without a documented position, such as a field that the operation does not know.
    pub(crate) fn is_unknown(&self) -> bool {
        self.rank == UNKNOWN
    }

    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The field as a person would write it: `image_tags[0].key`; each part shortened where it is long.
    pub(crate) fn field_name(&self) -> Cow<'_, str> {
        let mut name = Cow::Borrowed("");
        // The pointer's first token is the part of the case; that of a list by itself is its name.
        let part = if self.pointer.starts_with("/unknown/") { 1 } else { 2 };
        let mut rest = Some(&*self.pointer);
        for place in 0.. {
            let Some(pointer) = rest else { break };
            let (token, behind) = first_token(pointer);
            rest = behind;
            if place < part {
                continue;
            }
            let token = unescaped(token);
            let token: Cow<'_, str> = match crate::message::shortened::shortened(&token) {
                Cow::Borrowed(_) => token,
                Cow::Owned(short) => Cow::Owned(short),
            };
            if name.is_empty() {
                name = token;
                continue;
            }
            let is_index = token.bytes().all(|byte| byte.is_ascii_digit());
            let (open, close) = if is_index { ("[", "]") } else { (".", "") };
            // `to_mut` would have a panic in it.
            let mut longer = name.into_owned();
            longer.push_str(open);
            longer.push_str(&token);
            longer.push_str(close);
            name = longer.into();
        }
        if name.is_empty() { self.pointer.trim_start_matches('/').into() } else { name }
    }
}

/// Adds one token of a JSON Pointer, escaped.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    if !token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        return pointer.push_str(token);
    }
    for c in token.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}
