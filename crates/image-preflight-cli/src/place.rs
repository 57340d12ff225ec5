//! Where findings stand in the user's own files.

use image_preflight::Finding;
use std::ops::Range;

/// The text that a report is about: the user's own file, or a part of it.
pub(crate) struct Source<'s> {
    pub(crate) file: &'s str,
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
    pub(crate) fn whole(file: &'s str, text: &'s str) -> Self {
        Source { file, line: 1, column: 1, text, case: text, start: 0 }
    }

    /// A place in the case, as a place in the text; `None` where it is not in there.
    pub(crate) fn within(&self, place: Range<usize>) -> Option<Range<usize>> {
        let place = place.start.checked_sub(self.start)?..place.end.checked_sub(self.start)?;
        (place.end <= self.text.len()).then_some(place)
    }

    /// The place of a finding in the text. Of an object or a list that goes over several lines, or that lacks something, its
    /// beginning is place enough.
    pub(crate) fn span(&self, finding: &Finding<'_>) -> Option<Range<usize>> {
        let mut span = self.within(finding.span(self.case)?)?;
        if self.text.get(span.clone())?.contains('\n') || finding.kind() == Some("missing") {
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
        let before = self.text.get(..offset).unwrap_or(self.text);
        let lines = before.matches('\n').count();
        let on_line = before.rsplit('\n').next().unwrap_or_default().chars().count();
        (self.line + lines, if lines == 0 { self.column + on_line } else { on_line + 1 })
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

    #[test]
    fn columns_count_characters_from_where_the_text_begins() {
        let source = Source { line: 3, column: 5, ..Source::whole("f", "中文x\ny") };
        let region = |place: Range<usize>| source.region(&place);
        assert_eq!(region(3..7), Region { line: 3, column: 6, end_line: 3, end_column: 8 });
        assert_eq!(region(8..9), Region { line: 4, column: 1, end_line: 4, end_column: 2 });
    }
}
