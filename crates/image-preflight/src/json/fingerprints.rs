//! Fingerprints of the keys of the objects that are open while a text is read: those of equal keys are equal.

use super::key;
use arrayvec::ArrayVec;

/// How many keys of open objects are compared; beyond, there is a suspicion.
pub(super) const ROOM: usize = 64;

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
