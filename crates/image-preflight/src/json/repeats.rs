//! Keys that an object has twice: suspected while a text is read, found for certain when there is a suspicion.
//!
//! Every object of a text counts, at any depth, whoever reads it or passes over it. Reading must not pay for that, so the
//! reader only compares fingerprints of the keys of an object ([`Fingerprints`]): those of equal keys are equal. Where two are, or
//! where it cannot tell, the whole text is walked once more ([`repeated_keys`]), and keys are compared by what they mean.

use super::reader::Reader;
use super::walk::Walk;
use super::{Text, key};
use arrayvec::ArrayVec;
use std::cmp::Ordering;

/// How many keys of open objects are compared; beyond, there is a suspicion.
const ROOM: usize = 64;

/// The fingerprints of the keys of every object that is open, each object's behind those of the one around it.
pub(crate) struct Fingerprints {
    /// Nothing is written to it before the first object is there.
    list: ArrayVec<u32, ROOM>,
    /// Where those of the innermost object begin. Before them is where those of the one around it do.
    start: usize,
}

impl Fingerprints {
    #[inline]
    pub(crate) fn new() -> Self {
        Fingerprints { list: ArrayVec::new(), start: 0 }
    }

    /// An object begins. Gives whether there is room for it.
    #[inline]
    pub(crate) fn open(&mut self) -> bool {
        let has_room = self.list.try_push(self.start as u32).is_ok();
        self.start = self.list.len();
        has_room
    }

    /// The innermost object ends.
    #[inline]
    pub(crate) fn close(&mut self) {
        self.list.truncate(self.start);
        self.start = self.list.pop().map_or(0, |around| around as usize);
    }

    /// A key of the innermost object, whose content is between these places. Gives whether it is surely new.
    #[inline]
    pub(crate) fn is_new(&mut self, text: &[u8], start: usize, end: usize) -> bool {
        let fingerprint = fingerprint(text, start, end);
        let known = self.list.get(self.start..).unwrap_or_default();
        known.iter().all(|known| *known != fingerprint) && self.list.try_push(fingerprint).is_ok()
    }
}

/// A number that is the same for equal keys: of their first bytes, their last bytes and their length.
#[inline]
fn fingerprint(text: &[u8], start: usize, end: usize) -> u32 {
    let length = end - start;
    let head = key::ahead(text, start).head as u64;
    let bits = if length < 8 {
        // What comes after a short key does not count.
        (head & !(u64::MAX << (8 * length))) ^ (length as u64) << 56
    } else {
        let tail = key::ahead(text, end - 8).head as u64;
        (head ^ tail.rotate_left(29)).wrapping_add(length as u64)
    };
    (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

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
        // Where each key stands: a text has at most 512 MiB.
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

/// The key that stands at a place.
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
