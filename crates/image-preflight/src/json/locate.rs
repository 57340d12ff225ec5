//! The places of JSON Pointers in a text, for carets; the text is read again only on request.

use super::pointer::unescaped;
use super::reader::Reader;
use super::syntax::MAX_DEPTH;
use super::walk::Walk;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The tokens of a JSON Pointer (RFC 6901), unescaped. `None` when it is no pointer.
fn parse_pointer(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let tokens = if pointer.is_empty() { None } else { Some(pointer.strip_prefix('/')?) };
    Some(tokens.into_iter().flat_map(|tokens| tokens.split('/')).map(unescaped))
}

/// Where the value that a JSON Pointer names is located in a JSON text, in bytes. Where it does not exist, the nearest place
/// above it that does; `None` when the text is no JSON. For more than one pointer, [`Places`] reads the text once.
///
/// ```
/// let text = r#"{"body": {"name": "x"}}"#;
/// assert_eq!(image_preflight::locate(text, "/body/name"), Some(18..21));
/// assert_eq!(image_preflight::locate(text, "/body/region"), Some(9..22));
/// ```
#[must_use]
pub fn locate(text: &str, pointer: &str) -> Option<Range<usize>> {
    Places::of(text, [pointer]).nearest(pointer)
}

/// The places of many JSON Pointers in one JSON text. However many there are, the text is read once and each array or object
/// that is on the way to one of them walked through once; the memory is that of the pointers.
///
/// ```
/// let places = image_preflight::Places::of(r#"{"body": {"name": "x"}}"#, ["/body/name", "/body/region"]);
/// assert_eq!(places.exact("/body/name"), Some(18..21));
/// assert_eq!(places.exact("/body/region"), None);
/// assert_eq!(places.nearest("/body/region"), Some(9..22));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Places<'p>(Node<'p>);

/// A value that is on the way to a place that was asked for.
#[derive(Clone, Debug, Default)]
struct Node<'p> {
    /// Where it is; `None` while it has not been found.
    value: Option<Range<usize>>,
    /// Where its key is, the last one of this name.
    key: Option<Range<usize>>,
    parts: BTreeMap<Cow<'p, str>, Node<'p>>,
}

impl<'p> Places<'p> {
    /// Finds the places of these pointers. What is no pointer has none, and a text that is no JSON has none at all.
    #[must_use]
    pub fn of(text: &str, pointers: impl IntoIterator<Item = &'p str>) -> Self {
        let mut places = Places::default();
        let Ok(root) = Reader::root_span(text) else { return places };
        places.0.value = Some(root.clone());
        for tokens in pointers.into_iter().filter_map(parse_pointer) {
            // No text has anything that is deeper.
            let tokens = tokens.take(MAX_DEPTH as usize);
            tokens.fold(&mut places.0, |node, token| node.parts.entry(token).or_default());
        }
        places.0.find_parts(text, root.start);
        places
    }

    /// Where the value that a pointer names is located, or the nearest place above it that exists. The pointer is one of those
    /// that were asked for.
    #[must_use]
    pub fn nearest(&self, pointer: &str) -> Option<Range<usize>> {
        let mut found = self.0.value.clone();
        let mut node = &self.0;
        for token in parse_pointer(pointer)? {
            match node.parts.get(token.as_ref()) {
                Some(part) if part.value.is_some() => (found, node) = (part.value.clone(), part),
                _ => break,
            }
        }
        found
    }

    /// Where the value that a pointer names is located; `None` where there is none.
    #[must_use]
    pub fn exact(&self, pointer: &str) -> Option<Range<usize>> {
        self.node(pointer)?.value.clone()
    }

    /// Where the key of the member that a pointer names is located: its last occurrence, where an object has it more than once.
    #[must_use]
    pub(crate) fn last_key(&self, pointer: &str) -> Option<Range<usize>> {
        self.node(pointer)?.key.clone()
    }

    fn node(&self, pointer: &str) -> Option<&Node<'p>> {
        parse_pointer(pointer)?.try_fold(&self.0, |node, token| node.parts.get(token.as_ref()))
    }
}

impl Node<'_> {
    /// Finds the parts of the array or object that begins at this place of a text without errors.
    fn find_parts(&mut self, text: &str, place: usize) {
        if self.parts.is_empty() {
            return;
        }
        match text.as_bytes().get(place) {
            Some(b'{') => self.find_members(text, place),
            Some(b'[') => self.find_elements(text, place),
            _ => {}
        }
    }

    fn find_members(&mut self, text: &str, place: usize) {
        let mut walk = Walk::new(text, place);
        while let Some((name, key)) = walk.member() {
            #[cfg(test)]
            tests::count();
            let value = walk.value().1;
            let Some(part) = self.parts.get_mut(name.to_cow().as_ref()) else { continue };
            part.key = Some(key);
            // Of a key that comes again, the first value is the one that was read.
            if part.value.is_none() {
                part.find_parts(text, value.start);
                part.value = Some(value);
            }
        }
    }

    fn find_elements(&mut self, text: &str, place: usize) {
        let index = |(token, part)| Some((str::parse::<usize>(token).ok()?, part));
        let mut wanted: Vec<_> = self.parts.iter_mut().filter_map(|(token, part)| index((token, part))).collect();
        wanted.sort_by_key(|(index, _)| *index);
        let mut wanted = wanted.into_iter().peekable();
        let mut walk = Walk::new(text, place);
        let mut elements = std::iter::from_fn(|| Some(walk.element()?.1)).enumerate();
        // Behind the last one that is wanted, nothing is looked at.
        while wanted.peek().is_some() {
            let Some((index, value)) = elements.next() else { break };
            #[cfg(test)]
            tests::count();
            while let Some((_, part)) = wanted.next_if(|(wanted, _)| *wanted == index) {
                part.find_parts(text, value.start);
                part.value = Some(value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        /// How many members and elements have been gone through.
        static VISITED: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn count() {
        VISITED.set(VISITED.get() + 1);
    }

    /// Twice as many pointers into the same text go through no more of it; twice the text is twice the work.
    #[test]
    fn the_work_grows_with_the_text_and_not_with_the_pointers() {
        let visited = |length: usize, pointers: usize| {
            let members: Vec<_> = (0..length).map(|index| format!("\"k{index}\": [{{\"a\": 1}}, {index}]")).collect();
            let text = format!("{{\"body\": {{{}}}}}", members.join(","));
            let pointers: Vec<_> = (length - pointers..length).map(|index| format!("/body/k{index}")).collect();
            VISITED.set(0);
            let places = Places::of(&text, pointers.iter().map(String::as_str));
            assert!(pointers.iter().all(|pointer| places.exact(pointer).is_some()));
            VISITED.get()
        };
        assert_eq!([visited(2000, 1), visited(2000, 1000), visited(2000, 2000)], [2001; 3]);
        assert_eq!(visited(4000, 2000), 4001);
        let elements = format!("[{}]", "0,".repeat(1000) + "0");
        let pointers: Vec<_> = (0..500).map(|index| format!("/{index}")).collect();
        VISITED.set(0);
        assert_eq!(Places::of(&elements, pointers.iter().map(String::as_str)).exact("/499"), Some(999..1000));
        assert_eq!(VISITED.get(), 500, "behind the last one, nothing is looked at");
    }

    #[test]
    fn places_of_many_are_the_places_of_each() {
        let text = r#" {"a": [10, {"b~/": "x"}, []], "a": 2, "\u0063": {"d": {}, "d": 1}} "#;
        let pointers = [
            "",
            "/a",
            "/a/0",
            "/a/1",
            "/a/1/b~0~1",
            "/a/1/b",
            "/a/2/0",
            "/a/3",
            "/a/x",
            "/c",
            "/c/d",
            "/c/d/e",
            "/none/at/all",
            "no pointer",
        ];
        let places = Places::of(text, pointers);
        for pointer in pointers {
            assert_eq!(places.nearest(pointer), locate(text, pointer), "{pointer}");
            assert_eq!(places.exact(pointer), Places::of(text, [pointer]).exact(pointer), "{pointer}");
        }
        let text_at = |place: Option<Range<usize>>| place.map(|place| &text[place]);
        assert_eq!(text_at(places.exact("/a/0")), Some("10"));
        assert_eq!(text_at(places.exact("/a/1/b~0~1")), Some("\"x\""));
        assert_eq!(text_at(places.exact("/c/d")), Some("{}"), "the first value counts");
        assert_eq!(places.last_key("/c/d").map(|place| place.start), text.rfind("\"d\""), "the last key");
        for absent in ["/a/3", "/a/x", "/a/2/0", "/c/d/e", "no pointer"] {
            assert_eq!(places.exact(absent), None, "{absent}");
        }
        assert_eq!(text_at(places.nearest("/a/2/0")), Some("[]"));
        assert_eq!(places.nearest("no pointer"), None);
        assert_eq!(Places::of("{", [""]).nearest(""), None);
    }

    #[test]
    fn a_pointer_may_be_of_any_depth() {
        let pointer = "/a".repeat(1_000_000);
        assert_eq!(locate(r#"{"a": {"a": 1}}"#, &pointer), Some(12..13));
        let deep = format!("{}1{}", "[".repeat(MAX_DEPTH as usize), "]".repeat(MAX_DEPTH as usize));
        let pointer = "/0".repeat(MAX_DEPTH as usize);
        assert_eq!(Places::of(&deep, [pointer.as_str()]).exact(&pointer), Some(127..128));
    }
}
