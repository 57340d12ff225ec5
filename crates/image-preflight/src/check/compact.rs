//! A report as numbers and one text, for a program that has the sentences itself: the npm package, in JavaScript. Written as JSON, a
//! report needs every sentence in the module, and a writer.

use crate::check::report::Report;
use crate::finding::finding::{Finding, Outcome};
use crate::finding::fix::Fix;
use crate::message::param::Param;
use crate::message::shortened::shortened;
use crate::rule::missing::Missing;

/// What [`Report::write_compact`] has written. Kept, it is written to again without allocating.
///
/// A reader takes numbers one by one, and from the text as many UTF-16 units as a number says. A report is its missing facts, its
/// presumed facts and its findings, each list preceded by its length. A fact of these lists is a text, its pointer. A finding is:
///
/// - its rule's id and its pointer, both texts; a number with its outcome (1: unknown) and eight times its severity;
/// - the numbers of its message, of its hint (0: none), and of what its rule holds;
/// - its parameters: a name (a text), a tag, and what the tag says: 0 integer, 1 bytes (low and high half), 2 user's text, 3 name,
///   4 names (a list of texts), 5 label (a text and a sentence), 6 word, 7 literal (texts);
/// - what it misses: a pointer, the numbers of two phrases, a number (1: a field, 2: a fact, 3: a fact of an image whose id follows);
/// - its fixes: the title's number; which of the missing it is about, from 1 on (0: none); the operation (a text; 0: none); its
///   steps, each a number (0 add, 1 replace, 2 remove, 3 move), a pointer and a text: the value, or where it moves from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compact {
    /// Numbers: counts, lengths, tags, halves of integers, numbers of sentences.
    pub numbers: Vec<u32>,
    /// All texts, one after the other.
    pub text: String,
}

impl Compact {
    fn number(&mut self, number: u32) {
        self.numbers.push(number);
    }

    fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    fn wide(&mut self, value: u64) {
        self.number((value & u64::from(u32::MAX)) as u32);
        self.number((value >> u32::BITS) as u32);
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        let units = if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() };
        self.count(units);
        self.text.push_str(text);
    }

    fn param(&mut self, param: &Param<'_>) {
        match param {
            Param::Integer(value) => {
                self.number(0);
                self.wide(value.cast_unsigned());
            }
            Param::Bytes(bytes) => {
                self.number(1);
                self.wide(*bytes);
            }
            Param::UserText(text) => {
                self.number(2);
                self.text(&shortened(text));
            }
            Param::Identifier(name) => {
                self.number(3);
                self.text(name);
            }
            Param::Identifiers(names) => {
                self.number(4);
                self.count(names.len());
                names.iter().for_each(|name| self.text(name));
            }
            Param::Label(name, words) => {
                self.number(5);
                self.text(name);
                self.number(words.number());
            }
            Param::Code(word) => {
                self.number(6);
                self.text(word);
            }
            Param::Literal(text) => {
                self.number(7);
                self.text(text);
            }
        }
    }

    fn missing(&mut self, missing: &Missing<'_>) {
        self.text(&missing.pointer());
        self.number(missing.description().number());
        self.number(missing.how_to_obtain().number());
        match (missing.fact(), missing.image()) {
            (None, _) => self.number(1),
            (Some(_), None) => self.number(2),
            (Some(_), Some(image)) => {
                self.number(3);
                self.text(&shortened(image));
            }
        }
    }

    fn fix(&mut self, fix: &Fix) {
        self.number(fix.title.number());
        self.count(fix.missing.map_or(0, |index| index.saturating_add(1)));
        self.text(fix.operation.unwrap_or_default());
        self.count(fix.patch.len());
        for step in &fix.patch {
            let (op, other) = match (step.op(), step.from(), step.value()) {
                (_, Some(from), _) => (3, from),
                ("add", _, value) => (0, value.unwrap_or_default()),
                (_, _, Some(value)) => (1, value),
                _ => (2, ""),
            };
            self.number(op);
            self.text(step.path());
            self.text(other);
        }
    }

    fn finding(&mut self, finding: &Finding<'_>) {
        self.text(finding.rule.id);
        self.text(finding.at());
        let is_unknown = u32::from(finding.outcome == Outcome::Unknown);
        self.number(is_unknown | (finding.severity as u32) << 3);
        self.number(finding.message.number());
        self.number(finding.hint_message().number());
        self.number(finding.rule.holds.number());
        self.count(finding.params.iter().count());
        for (name, param) in finding.params.iter() {
            self.text(name);
            self.param(param);
        }
        self.count(finding.missing.len());
        finding.missing.iter().for_each(|missing| self.missing(missing));
        self.count(finding.fixes.len());
        finding.fixes.iter().for_each(|fix| self.fix(fix));
    }
}

impl Report<'_> {
    /// Writes the report as numbers and one text, behind what is there; [`Compact`] says how. Its operation and its verdict are not
    /// part of it.
    ///
    /// ```
    /// use image_preflight::{Compact, check};
    /// let mut compact = Compact::default();
    /// check("{}").write_compact(&mut compact);
    /// assert_eq!((compact.numbers[..3].to_vec(), &compact.text[..14]), (vec![0, 0, 1], "case.operation"));
    /// ```
    pub fn write_compact(&self, out: &mut Compact) {
        let missing = self.missing();
        out.count(missing.len());
        missing.iter().for_each(|missing| out.text(&missing.pointer()));
        out.count(self.presumed().len());
        self.presumed().iter().for_each(|presumed| out.text(&presumed.pointer()));
        out.count(self.findings().len());
        self.findings().iter().for_each(|finding| out.finding(finding));
    }
}
