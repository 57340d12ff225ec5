//! The lines of offsets in a text.

/// Lines of offsets that mostly grow, so that each line break is counted once. An offset before the last one is counted anew.
pub(crate) struct Lines<'t> {
    text: &'t [u8],
    line: usize,
    counted: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Lines { text: text.as_bytes(), line: 1, counted: 0 }
    }

    /// The line of an offset, from 1.
    pub(crate) fn line_of(&mut self, offset: usize) -> usize {
        if offset < self.counted {
            (self.line, self.counted) = (1, 0);
        }
        let between = self.text.get(self.counted..offset).unwrap_or_default();
        self.line += between.iter().filter(|byte| **byte == b'\n').count();
        self.counted = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn the_order_of_offsets_does_not_matter() {
        let text = "a\nb\n\nc";
        let mut lines = Lines::of(text);
        for (offset, line) in [(0, 1), (1, 1), (2, 2), (5, 4), (2, 2), (6, 4), (0, 1)] {
            assert_eq!(lines.line_of(offset), line, "{offset}");
        }
    }
}
