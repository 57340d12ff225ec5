//! Positions of findings in the user's own files.

use crate::file_name::FileName;
use crate::taken::Taken;
use image_preflight::{Finding, Fix, PatchOperation, Places, Report};
use std::cell::OnceCell;
use std::ops::Range;

/// The text that a report is about: the user's own file, or a part of it.
pub(crate) struct Source<'s> {
    pub(crate) file: &'s FileName,
    /// The line and column in the file, both from 1, at which the text starts.
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) text: &'s str,
    /// The case that was checked: the text itself, or the case assembled from it.
    pub(crate) case: &'s str,
    /// The offset of the text in the case.
    pub(crate) start: usize,
    /// Where the case was translated from, if it was.
    pub(crate) taken: Option<Taken<'s>>,
    /// The number of the case in its file, from 0.
    pub(crate) index: usize,
}

impl<'s> Source<'s> {
    /// A whole file that is a case.
    pub(crate) fn whole(file: &'s FileName, text: &'s str) -> Self {
        Source { file, line: 1, column: 1, text, case: text, start: 0, taken: None, index: 0 }
    }

    /// The line and column in the file, both from 1, at which the case, or what it was translated from, begins.
    pub(crate) fn begins(&self) -> (usize, usize) {
        self.taken.map_or((self.line, self.column), |taken| (taken.line, taken.column))
    }

    /// The resource or command that the case was translated from.
    pub(crate) fn resource(&self) -> Option<&str> {
        self.taken.and_then(|taken| taken.origin.name.as_deref())
    }
}

/// A source with the positions of a report's findings: the text is scanned once, however many findings there are.
pub(crate) struct Located<'l> {
    pub(crate) source: &'l Source<'l>,
    pub(crate) places: Places<'l>,
    lines: OnceCell<Lines>,
}

impl<'l> Located<'l> {
    /// Locates a report's findings and their fixes.
    pub(crate) fn new(source: &'l Source<'l>, report: &'l Report<'_>) -> Self {
        let of_step = |step: &'l PatchOperation| {
            let parent = step.path().rsplit_once('/').map(|(parent, _)| parent);
            [Some(step.path()), step.from(), parent].into_iter().flatten()
        };
        let findings = report.findings();
        let steps = findings.iter().flat_map(Finding::fixes).flat_map(Fix::patch_operations);
        let places = if findings.is_empty() {
            Places::default()
        } else {
            Places::of(source.case, findings.iter().map(Finding::at).chain(steps.flat_map(of_step)))
        };
        Located { source, places, lines: OnceCell::new() }
    }

    /// A span of the case as a span of the text; `None` if it is not within the text.
    pub(crate) fn within(&self, place: Range<usize>) -> Option<Range<usize>> {
        let Source { start, text, .. } = self.source;
        let place = place.start.checked_sub(*start)?..place.end.checked_sub(*start)?;
        (place.end <= text.len()).then_some(place)
    }

    /// The span of a finding in the text. For an object or a list that spans several lines, or that lacks something, only its start.
    pub(crate) fn span(&self, finding: &Finding<'_>) -> Option<Range<usize>> {
        let mut span = self.within(finding.span_in(self.source.case, &self.places)?)?;
        if self.source.text.get(span.clone())?.contains('\n') || finding.kind() == Some("missing") {
            span.end = span.start + 1;
        }
        Some(span)
    }

    /// Where a finding is in the file: at its own place, or at the attribute that it was translated from.
    pub(crate) fn place(&self, finding: &Finding<'_>) -> Option<Region> {
        let own = self.span(finding).map(|span| self.region(&span));
        own.or_else(|| self.source.taken.and_then(|taken| taken.region(finding)))
    }

    /// The line and column of a finding; those of its case where it has no place of its own.
    pub(crate) fn line_and_column(&self, finding: &Finding<'_>) -> (usize, usize) {
        self.place(finding).map_or_else(|| self.source.begins(), |region| (region.line, region.column))
    }

    /// The lines and columns in the file of a span of the text.
    pub(crate) fn region(&self, place: &Range<usize>) -> Region {
        let (line, column) = self.position(place.start);
        let (end_line, end_column) = self.position(place.end);
        Region { line, column, end_line, end_column }
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let Source { text, line, column, .. } = self.source;
        let (lines, on_line) = self.lines.get_or_init(|| Lines::of(text)).position(text, offset);
        (line + lines, if lines == 0 { column + on_line } else { on_line + 1 })
    }
}

/// An index of a text's lines and characters: their number before every block of bytes. A look-up costs the scan of one block, however
/// long the text and its lines are.
struct Lines(Vec<Position>);

/// The number of line breaks before an offset, and of characters between the last of them and the offset.
#[derive(Clone, Copy, Default)]
struct Position {
    lines: usize,
    characters: usize,
}

/// The size of a block in bytes.
const BLOCK: usize = 1 << 12;

impl Lines {
    fn of(text: &str) -> Self {
        #[cfg(test)]
        tests::INDEXED.with(|indexed| indexed.set(indexed.get() + 1));
        let mut before = Position::default();
        let blocks = text.as_bytes().chunks(BLOCK);
        let step = |block| {
            let behind = before.behind(block);
            std::mem::replace(&mut before, behind)
        };
        Lines(blocks.map(step).collect())
    }

    fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        // A text that ends with a block has one more block for its end.
        let block = (offset / BLOCK).min(self.0.len().saturating_sub(1));
        let before = self.0.get(block).copied().unwrap_or_default();
        let Position { lines, characters } =
            before.behind(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default());
        (lines, characters)
    }
}

impl Position {
    /// The position after some more bytes of UTF-8. A character counts at its first byte.
    fn behind(self, bytes: &[u8]) -> Self {
        let begins = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(last) => Position {
                lines: self.lines + bytes.iter().filter(|byte| **byte == b'\n').count(),
                characters: bytes.iter().skip(last + 1).filter(begins).count(),
            },
            None => Position { lines: self.lines, characters: self.characters + bytes.iter().filter(begins).count() },
        }
    }
}

/// A region of a file: lines and columns from 1, columns in characters (Unicode code points), the end exclusive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::path::Path;

    thread_local! {
        /// The number of indexes built.
        pub(super) static INDEXED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn columns_count_characters_from_where_the_text_begins() {
        let file = FileName::of(Path::new("f"));
        let report = image_preflight::check("{}");
        let source = Source { line: 3, column: 5, ..Source::whole(&file, "中文x\ny") };
        let located = Located::new(&source, &report);
        let region = |place: Range<usize>| located.region(&place);
        assert_eq!(region(3..7), Region { line: 3, column: 6, end_line: 3, end_column: 8 });
        assert_eq!(region(8..9), Region { line: 4, column: 1, end_line: 4, end_column: 2 });
    }

    /// At every offset of texts longer than a block, the index agrees with counting from the start.
    #[test]
    fn the_index_says_what_counting_says() {
        let mut texts =
            vec![String::new(), "\n".to_owned(), "😀\r\n中\n\nx".to_owned(), "x".repeat(BLOCK), "\n".repeat(BLOCK)];
        texts.push("a中😀\n".repeat(BLOCK / 4));
        texts.push(format!("{}\n{}", "é".repeat(BLOCK), "😀".repeat(BLOCK)));
        for text in texts {
            let index = Lines::of(&text);
            let (mut lines, mut characters) = (0, 0);
            for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
                assert_eq!(index.position(&text, offset), (lines, characters), "{offset} of {}", text.len());
                (lines, characters) = if c == '\n' { (lines + 1, 0) } else { (lines, characters + 1) };
            }
        }
    }

    /// For a thousand findings, the lines of the text are indexed once.
    #[test]
    fn lines_are_indexed_once_a_text_however_many_findings_there_are() {
        let fields: String = (0..900).map(|index| format!(",\n\"unknown{index}\": \"{}\"", "x".repeat(100))).collect();
        let text = format!(r#"{{"operation": "ims.whole-image", "body": {{"name": "n"{fields}}}}}"#);
        let report = image_preflight::check(&text);
        assert!(report.findings().len() > 900);
        let file = FileName::of(Path::new("f"));
        let source = Source::whole(&file, &text);
        let located = Located::new(&source, &report);
        INDEXED.set(0);
        let found = report.findings().iter().filter_map(|finding| Some(located.region(&located.span(finding)?)));
        assert_eq!(found.map(|region| region.line).max(), Some(901));
        assert_eq!(INDEXED.get(), 1);
    }
}
