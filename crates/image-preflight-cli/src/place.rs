//! Where findings are located in the user's own files.

use crate::file_name::FileName;
use image_preflight::{Finding, Fix, PatchOperation, Places, Report};
use std::cell::OnceCell;
use std::ops::Range;

/// The text that a report is about: the user's own file, or a part of it.
pub(crate) struct Source<'s> {
    pub(crate) file: &'s FileName,
    /// The line and the column of the file, both from 1, where the text begins.
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) text: &'s str,
    /// The case that was checked: the text itself, or what it was put into.
    pub(crate) case: &'s str,
    /// Where the text begins within the case.
    pub(crate) start: usize,
}

impl<'s> Source<'s> {
    /// A whole file that is a case.
    pub(crate) fn whole(file: &'s FileName, text: &'s str) -> Self {
        Source { file, line: 1, column: 1, text, case: text, start: 0 }
    }
}

/// A source with the places of everything that a report says of it: the text is read once, however many findings there are.
pub(crate) struct Located<'l> {
    pub(crate) source: &'l Source<'l>,
    pub(crate) places: Places<'l>,
    lines: OnceCell<Lines>,
}

impl<'l> Located<'l> {
    /// Finds the places of a report's findings and of their fixes.
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

    /// A place in the case, as a place in the text; `None` where it is not in there.
    pub(crate) fn within(&self, place: Range<usize>) -> Option<Range<usize>> {
        let Source { start, text, .. } = self.source;
        let place = place.start.checked_sub(*start)?..place.end.checked_sub(*start)?;
        (place.end <= text.len()).then_some(place)
    }

    /// The place of a finding in the text. Of an object or a list that goes over several lines, or that lacks something, its
    /// beginning is place enough.
    pub(crate) fn span(&self, finding: &Finding<'_>) -> Option<Range<usize>> {
        let mut span = self.within(finding.span_in(self.source.case, &self.places)?)?;
        if self.source.text.get(span.clone())?.contains('\n') || finding.kind() == Some("missing") {
            span.end = span.start + 1;
        }
        Some(span)
    }

    /// A place in the text by lines and columns of the file.
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

/// An index of a text's lines and characters: how many there are before every block of bytes. What is asked of it costs a block,
/// however long the text and its lines are.
struct Lines(Vec<Position>);

/// How many line breaks are before a place, and how many characters between the last of them and it.
#[derive(Clone, Copy, Default)]
struct Position {
    lines: usize,
    characters: usize,
}

/// How many bytes a block has.
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
        // The last block is the one for the end of a text that ends with it.
        let block = (offset / BLOCK).min(self.0.len().saturating_sub(1));
        let before = self.0.get(block).copied().unwrap_or_default();
        let Position { lines, characters } =
            before.behind(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default());
        (lines, characters)
    }
}

impl Position {
    /// The position behind some more bytes of UTF-8. A character is where its first byte is.
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

/// A place in a file: lines and columns from 1, columns in characters (Unicode code points), the end not within it.
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
        /// How many times a text's lines have been indexed.
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

    /// At every place of texts that are longer than blocks, the index says what counting from the start says.
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

    /// A thousand findings, and the text's lines are gone through once.
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
