//! What a text says, as one flat list: each string, number, word and bracket with its place. It stands beside the text for as
//! long as that is read; small texts need no allocation for it.

use super::key::{Keyed, wide};
use super::scan::scan;
use super::syntax::MAX_LENGTH;
use super::{Array, Number, Object, SyntaxError, Text, Value};
use std::ops::Range;

/// What a token is. Numbers, so that a token's kind is compared as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind(u32);

impl Kind {
    /// A string without escapes. Its place and length are those between its quotes.
    pub(super) const TEXT: Kind = Kind(0);
    /// A string with escapes.
    pub(super) const ESCAPED: Kind = Kind(1);
    pub(super) const NUMBER: Kind = Kind(2);
    /// Its length is 1 for true, 0 for false.
    pub(super) const BOOL: Kind = Kind(3);
    pub(super) const NULL: Kind = Kind(4);
    /// An opening bracket. Its length is how many tokens further its closing one stands; while it is open, the index of the
    /// container that it stands in.
    pub(super) const OBJECT: Kind = Kind(5);
    pub(super) const ARRAY: Kind = Kind(6);
    /// A closing bracket.
    pub(super) const END: Kind = Kind(7);
}

/// A token: its kind, where it starts, and a length, in eight bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    start: u32,
    /// The kind in the three upper bits, the length below.
    kind_and_length: u32,
}

const LENGTH_BITS: u32 = 29;
const LENGTH: u32 = (1 << LENGTH_BITS) - 1;
const _: () = assert!(MAX_LENGTH < 1 << LENGTH_BITS, "a token has no room for such a length");
/// The container of the outermost one.
const NONE: usize = LENGTH as usize;

impl Token {
    /// Texts are shorter than 2^29 bytes, so nothing is cut off here.
    #[inline]
    pub(super) fn new(kind: Kind, start: usize, length: usize) -> Self {
        Token { start: start as u32, kind_and_length: kind.0 << LENGTH_BITS | length as u32 }
    }

    #[inline]
    fn kind(self) -> Kind {
        Kind(self.kind_and_length >> LENGTH_BITS)
    }

    #[inline]
    fn start(self) -> usize {
        self.start as usize
    }

    #[inline]
    fn length(self) -> usize {
        (self.kind_and_length & LENGTH) as usize
    }
}

/// The tokens of a text, in its order; a small one needs no allocation for them.
#[derive(Clone, Debug)]
pub(crate) struct Tape {
    few: [Token; FEW],
    length: usize,
    /// All of them, as soon as there are more than a few.
    many: Vec<Token>,
}

/// How many tokens need no allocation: those of a case of about 700 bytes.
const FEW: usize = 128;

impl Tape {
    pub(crate) fn new() -> Self {
        Tape { few: [Token { start: 0, kind_and_length: 0 }; FEW], length: 0, many: Vec::new() }
    }

    /// Reads a text that is to be JSON onto a new tape. Gives the value that it is.
    pub(crate) fn read<'a>(&mut self, text: &'a str) -> Result<Node<'_, 'a>, SyntaxError> {
        match scan(text, self) {
            None => Ok(Node { text, tokens: self.all(), index: 0 }),
            Some(error) => Err(error),
        }
    }

    #[inline]
    pub(super) fn push(&mut self, token: Token) {
        match self.few.get_mut(self.length) {
            Some(place) => *place = token,
            None => self.push_on_heap(token),
        }
        self.length += 1;
    }

    #[cold]
    fn push_on_heap(&mut self, token: Token) {
        if self.many.is_empty() {
            self.many.extend(self.few);
        }
        self.many.push(token);
    }

    #[inline]
    fn all(&self) -> &[Token] {
        if self.many.is_empty() { self.few.get(..self.length).unwrap_or_default() } else { &self.many }
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut Token> {
        if self.many.is_empty() { self.few.get_mut(index) } else { self.many.get_mut(index) }
    }

    /// Opens a container within another one. Gives its index, by which it is closed.
    #[inline]
    pub(super) fn open(&mut self, kind: Kind, start: usize, parent: Option<Open>) -> Option<Open> {
        let index = self.length;
        self.push(Token::new(kind, start, parent.map_or(NONE, |parent| parent.index)));
        Some(Open { index, is_object: kind == Kind::OBJECT })
    }

    /// Closes a container. Gives the one that it stands in.
    #[inline]
    pub(super) fn close(&mut self, container: usize, at: usize) -> Option<Open> {
        let end = self.length;
        let open = self.get_mut(container)?;
        let index = open.length();
        *open = Token::new(open.kind(), open.start(), end - container);
        self.push(Token::new(Kind::END, at, 0));
        Some(Open { index, is_object: self.get_mut(index)?.kind() == Kind::OBJECT })
    }
}

/// A container that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) index: usize,
    pub(super) is_object: bool,
}

/// A value on the tape, or the key of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'t, 'a> {
    text: &'a str,
    tokens: &'t [Token],
    index: usize,
}

impl<'t, 'a> Node<'t, 'a> {
    #[inline]
    fn token(self) -> Token {
        self.tokens.get(self.index).copied().unwrap_or(Token { start: 0, kind_and_length: u32::MAX })
    }

    #[inline]
    fn at(self, index: usize) -> Self {
        Node { index, ..self }
    }

    /// A part of the text. Both ends lie beside ASCII characters, so it is never empty by mistake.
    #[inline]
    fn slice(self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    #[inline]
    fn content(self, token: Token) -> &'a str {
        self.slice(token.start()..token.start() + token.length())
    }

    /// The value; of an array or an object, the part of the text.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn value(self) -> Value<'a> {
        let token = self.token();
        match token.kind() {
            Kind::TEXT => Value::Text(Text::json(self.content(token), false)),
            Kind::ESCAPED => Value::Text(Text::json(self.content(token), true)),
            Kind::NUMBER => Value::Number(Number::Json(self.content(token))),
            Kind::BOOL => Value::Bool(token.length() == 1),
            Kind::OBJECT => Value::Object(Object::Json(self.slice(self.place()))),
            Kind::ARRAY => Value::Array(Array::Json(self.slice(self.place()))),
            _ => Value::Null,
        }
    }

    /// The string, where it is known to be one.
    #[inline]
    pub(crate) fn text(self) -> Text<'a> {
        let token = self.token();
        Text::json(self.content(token), token.kind() == Kind::ESCAPED)
    }

    /// Where it stands in the text, a string with its quotes.
    pub(crate) fn place(self) -> Range<usize> {
        let token = self.token();
        let (start, length) = (token.start(), token.length());
        match token.kind() {
            Kind::TEXT | Kind::ESCAPED => start - 1..start + length + 1,
            Kind::NUMBER => start..start + length,
            Kind::BOOL => start..start + if length == 1 { "true".len() } else { "false".len() },
            Kind::NULL => start..start + "null".len(),
            Kind::OBJECT | Kind::ARRAY => start..self.at(self.index + length).token().start() + 1,
            _ => start..start,
        }
    }

    #[inline]
    pub(crate) fn is_object(self) -> bool {
        self.token().kind() == Kind::OBJECT
    }

    pub(crate) fn is_array(self) -> bool {
        self.token().kind() == Kind::ARRAY
    }

    /// The token behind it.
    #[inline]
    fn behind(self) -> usize {
        let token = self.token();
        match token.kind() {
            Kind::OBJECT | Kind::ARRAY => self.index + token.length() + 1,
            _ => self.index + 1,
        }
    }

    /// The members of an object, in order.
    #[inline]
    pub(crate) fn members(self) -> Members<'t, 'a> {
        Members { key: self, next: self.index + 1, expected: 0 }
    }

    /// The elements of an array, in order.
    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
        let mut next = self.at(self.index + 1);
        std::iter::from_fn(move || {
            let element = next;
            next = element.at(element.behind());
            (element.token().kind() != Kind::END).then_some(element)
        })
    }

    /// The place of a key among those that are expected, looked for first where it would stand if they came in order; their
    /// number when it is none of them.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn slot<K: Keyed>(self, keys: &[K], expected: usize) -> usize {
        let token = self.token();
        // As it mostly is: without escapes, and not at the very end of the text.
        if token.kind() == Kind::TEXT
            && let Some(text) = wide(self.text.as_bytes(), token.start(), token.length())
        {
            if keys.get(expected).is_some_and(|known| known.key().is(&text)) {
                return expected;
            }
            return keys.iter().position(|known| known.key().is(&text)).unwrap_or(keys.len());
        }
        self.slow_slot(keys)
    }

    #[cold]
    fn slow_slot<K: Keyed>(self, keys: &[K]) -> usize {
        let text = self.text();
        keys.iter().position(|known| text.is(known.key().name)).unwrap_or(keys.len())
    }
}

/// The members of an object: one of them, and those that are still to come.
pub(crate) struct Members<'t, 'a> {
    key: Node<'t, 'a>,
    next: usize,
    expected: usize,
}

impl<'t, 'a> Members<'t, 'a> {
    /// Steps to the next member. Gives the place of its key among those that are expected; their number when it is none of them.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn next<K: Keyed>(&mut self, keys: &[K]) -> Option<usize> {
        self.key = self.key.at(self.next);
        if self.key.token().kind() == Kind::END {
            return None;
        }
        let slot = self.key.slot(keys, self.expected);
        self.expected = slot + 1;
        self.next = self.value().behind();
        Some(slot)
    }

    /// The key of the member.
    #[inline]
    pub(crate) fn key(&self) -> Text<'a> {
        self.key.text()
    }

    /// Where the key stands, with its quotes.
    pub(crate) fn key_place(&self) -> Range<usize> {
        self.key.place()
    }

    /// The value of the member.
    #[inline]
    pub(crate) fn value(&self) -> Node<'t, 'a> {
        self.key.at(self.key.index + 1)
    }
}
