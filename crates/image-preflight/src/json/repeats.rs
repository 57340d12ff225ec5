//! Repeated keys of an object: suspected while a text is read, and looked for only after a suspicion.
//!
//! Every object of a text counts, at any depth, whether it is read or skipped. Reading must not become slower for that, so the
//! reader only compares fingerprints of the keys of an object ([`Fingerprints`](super::fingerprints::Fingerprints)): those of equal keys are equal. Where two are, or
//! where it cannot decide, the whole text is read once more ([`repeated_keys`]), and keys are compared by meaning.

use super::reader::Reader;
use super::walk::Walk;
use super::{Source, Text, Value};
use std::cmp::Ordering;

/// A step from a value to one of its parts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// The member of this name.
    Member(Text<'a>),
    /// The element at this place.
    Item(usize),
}

/// Calls `found` with the way to each key that its object has more than once, once a key, at most `most` times, and gives how
/// many more there are. The text has been read: it has no error.
#[cold]
#[inline(never)]
pub(crate) fn repeated_keys<'a>(text: &'a str, most: usize, found: &mut dyn FnMut(&[Step<'a>])) -> u64 {
    let mut search = Search { text, walk: Walk::at(text, 0), way: Vec::new(), left: most, more: 0, found };
    search.value();
    search.more
}

impl<'a> Reader<'a> {
    /// The value of a text that is one value in which no key comes twice.
    pub(crate) fn parse_value(text: &'a str) -> Option<Value<'a>> {
        let mut reader = Reader::new(text);
        let value = reader.value();
        reader.finish().ok()?;
        let mut is_repeated = false;
        if reader.is_suspect {
            repeated_keys(text, 1, &mut |_| is_repeated = true);
        }
        (!is_repeated).then_some(value)
    }
}

struct Search<'a, 'f> {
    text: &'a str,
    walk: Walk<'a>,
    way: Vec<Step<'a>>,
    left: usize,
    more: u64,
    found: &'f mut dyn FnMut(&[Step<'a>]),
}

impl<'a> Search<'a, '_> {
    /// Goes through the next value and everything that is in it. Nothing is deeper than the reader let through.
    fn value(&mut self) {
        match self.walk.enter() {
            Some(b'{') => self.object(),
            Some(_) => self.array(),
            None => {
                self.walk.value();
            }
        }
    }

    fn array(&mut self) {
        let mut index = 0;
        while self.walk.next().is_some() {
            self.way.push(Step::Item(index));
            self.value();
            self.way.pop();
            index += 1;
        }
        self.walk.leave();
    }

    fn object(&mut self) {
        // The offset of each key: a text has at most 512 MiB.
        let mut keys = Vec::<u32>::new();
        while let Some((key, place)) = self.walk.member() {
            keys.extend(u32::try_from(place.start));
            self.way.push(Step::Member(key));
            self.value();
            self.way.pop();
        }
        self.walk.leave();
        let keys = sorted(self.text, &keys);
        let mut last = None;
        for pair in keys.windows(2) {
            let [one, other] = pair else { continue };
            let (Some(one), Some(other)) = (key_at(self.text, *one), key_at(self.text, *other)) else { continue };
            let is_told = last.is_some_and(|last: Text<'_>| last.same_as(other));
            if is_told || !one.same_as(other) {
                continue;
            }
            last = Some(other);
            if self.left == 0 {
                self.more += 1;
                continue;
            }
            self.left -= 1;
            self.way.push(Step::Member(other));
            (self.found)(&self.way);
            self.way.pop();
        }
    }
}

/// The key at an offset.
fn key_at(text: &str, place: u32) -> Option<Text<'_>> {
    Reader::at(text, usize::try_from(place).ok()?).text()
}

/// Keys in the order of what they mean. The standard library's sort would be a tenth of the WebAssembly module.
fn sorted(text: &str, keys: &[u32]) -> Vec<u32> {
    let Some((one, other)) = keys.split_at_checked(keys.len() / 2).filter(|(one, _)| !one.is_empty()) else {
        return keys.to_vec();
    };
    let (one, other) = (sorted(text, one), sorted(text, other));
    let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
    let mut both = Vec::with_capacity(keys.len());
    loop {
        let next = match (one.peek(), other.peek()) {
            (Some(a), Some(b)) if compare(key_at(text, *a), key_at(text, *b)) == Ordering::Greater => other.next(),
            (Some(_), _) => one.next(),
            (None, _) => other.next(),
        };
        match next {
            Some(key) => both.push(key),
            None => return both,
        }
    }
}

fn compare(one: Option<Text<'_>>, other: Option<Text<'_>>) -> Ordering {
    match (one, other) {
        // UTF-8 is in the order of its characters.
        (Some(one), Some(other)) if one.is_escaped() || other.is_escaped() => one.chars().cmp(other.chars()),
        (one, other) => one.map(Text::raw).cmp(&other.map(Text::raw)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fingerprints::ROOM;
    use super::*;
    use std::fmt::Write as _;

    fn found(text: &str) -> Vec<String> {
        let mut ways = Vec::new();
        repeated_keys(text, 1000, &mut |way| {
            let mut pointer = String::new();
            for step in way {
                match step {
                    Step::Member(key) => write!(pointer, "/{}", key.to_cow()).expect("it fits"),
                    Step::Item(index) => write!(pointer, "/{index}").expect("it fits"),
                }
            }
            ways.push(pointer);
        });
        ways
    }

    fn is_suspect(text: &str) -> bool {
        let mut reader = Reader::new(text);
        reader.value();
        assert!(reader.error.is_none(), "{text}");
        reader.is_suspect
    }

    #[test]
    fn a_key_given_twice_is_found_at_any_depth_and_by_what_it_means() {
        for (text, ways) in [
            (r#"{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}"#, &[][..]),
            (r#"{"a":1,"\u0061":2}"#, &["/a"]),
            (
                r#"[0,[{"x":{"long enough":1,"k":[],"long enough":[{"":0,"":0}]}}]]"#,
                &["/1/0/x/long enough/0/", "/1/0/x/long enough"],
            ),
            (r#"{"k":1,"k":2,"k":3,"j":0,"j":{}}"#, &["/j", "/k"]),
            ("7", &[]),
            ("{}", &[]),
        ] {
            assert_eq!(found(text), ways, "{text}");
            assert!(ways.is_empty() || is_suspect(text), "{text}");
        }
    }

    /// Of every length, with what differs at every place: a repetition is always suspected, and what only looks like one is
    /// never found. What mostly comes is not suspected.
    #[test]
    fn a_suspicion_misses_nothing() {
        for length in 0..40 {
            let key: String = "abcdefghijklmnopqrstuvwxyz0123456789ABCDE".chars().take(length).collect();
            for (before, behind) in [("", ""), (r#""z":{},"#, ""), (r#""o":{"p":[{"q":1,"r":2}]},"#, r#","t":null"#)] {
                let of = |other: &str| format!(r#"{{{before}"{key}":1,"{other}":[2]{behind}}}"#);
                assert!(is_suspect(&of(&key)), "{}", of(&key));
                assert_eq!(found(&of(&key)), [format!("/{key}")]);
                for place in 0..length {
                    let mut other = key.clone().into_bytes();
                    other[place] ^= 1;
                    let other = String::from_utf8(other).expect("ASCII");
                    assert_eq!(found(&of(&other)), [""; 0]);
                    assert!(
                        is_suspect(&of(&other)) == (8..length.saturating_sub(8)).contains(&place),
                        "{}",
                        of(&other)
                    );
                }
            }
        }
    }

    #[test]
    fn objects_with_more_keys_than_there_is_room_for_are_suspected() {
        let members = |count: usize| (0..count).map(|key| format!("\"{key}\":0")).collect::<Vec<_>>().join(",");
        for count in [ROOM - 1, ROOM, 100_000] {
            let text = format!("{{{}}}", members(count));
            assert_eq!(is_suspect(&text), count >= ROOM, "{count}");
            assert_eq!(found(&text), [""; 0]);
        }
        let text = format!("{{{},\"7\":1}}", members(100_000));
        assert_eq!((is_suspect(&text), found(&text)), (true, vec!["/7".to_owned()]));
        // Deep ones too: each open object takes a place.
        let deep = format!("{}{}", "{\"a\":".repeat(100), "0") + &"}".repeat(100);
        assert!(is_suspect(&deep) && found(&deep).is_empty());
    }
}
