//! Cases from files and standard input: one object, an array, or one case per line. Only one case is in memory at a time. What is of
//! another form is read as a whole and translated.
//!
//! All input is bounded: a text, or a line of a file with one case per line, is at most [`MAX_LENGTH`] bytes, as in the library. Lines
//! have no smaller bound, because a line and a whole text on one line cannot be distinguished before the line ends.

use crate::Result;
use crate::encoding::{self, Encoding};
use crate::file_name::FileName;
use crate::output;
use crate::parts;
use crate::place::Source;
use crate::sentences::{self, say, unread};
use crate::taken::{How, Position, Taken, is_lines};
use crate::words;
use image_preflight::MAX_LENGTH;
use image_preflight_input::{Form, split_cases};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::Path;
use std::time::Instant;

/// One case and its position.
pub(crate) struct Case<'t> {
    pub(crate) file: &'t FileName,
    /// Its first line and column in the file.
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) text: &'t [u8],
    /// Where it was translated from, if it was.
    pub(crate) taken: Option<Taken<'t>>,
    /// Its number in the file, from 0.
    pub(crate) index: usize,
}

impl<'t> Case<'t> {
    /// Where its findings are; `text` is its text as UTF-8.
    pub(crate) fn source<'s>(&'s self, text: &'s str) -> Source<'s>
    where
        't: 's,
    {
        let Case { file, line, column, index, .. } = *self;
        let whole = Source { line, column, index, ..Source::whole(file, text) };
        match self.taken {
            Some(taken) => Source { text: taken.part, start: taken.start, taken: self.taken, ..whole },
            None => whole,
        }
    }
}

/// Calls `each` for every case of a file, in order. False if the file was found in a folder and holds nothing to check.
pub(crate) fn cases(
    file: &FileName,
    how: &How<'_>,
    progress: &Progress,
    mut each: impl FnMut(&Case<'_>) -> Result<()>,
) -> Result<bool> {
    let (reader, length) = open(file)?;
    progress.begin(file, length);
    let mut index = 0;
    let mut each = |case: &Case<'_>| {
        progress.count(file, index);
        index += 1;
        each(&Case { index: index - 1, taken: case.taken, ..*case })
    };
    let mut reader = BufReader::with_capacity(STEP, progress.bar.wrap_read(reader));
    if how.is_found && !may_hold_cases(reader.fill_buf().map_err(|error| unreadable(file, &error))?) {
        return Ok(false);
    }
    let mut reader = Bounded::new(reader, file, MAX_LENGTH);
    let mut first = Vec::new();
    reader.line(&mut first)?;
    match encoding::of(&first) {
        Encoding::Utf8 => {}
        Encoding::Utf8WithMark => {
            output::note(&say(sentences::HAS_MARK, &[("file", &file.shown())]));
            first.drain(..encoding::MARK);
        }
        Encoding::Utf16 { is_big_endian } => {
            reader.rest(&mut first)?;
            let text = encoding::from_utf16(&first, is_big_endian);
            let text = text.ok_or_else(|| say(sentences::NOT_UTF_16, &[("file", &file.shown())]))?;
            output::note(&say(sentences::IS_UTF_16, &[("file", &file.shown())]));
            drop(first);
            let mut reader = Bounded::new(text.as_bytes(), file, MAX_LENGTH);
            let mut first = Vec::new();
            reader.line(&mut first)?;
            return of_text(first, reader, how, &mut each);
        }
        Encoding::Zip => {
            return Err(say(sentences::BINARY, &[("file", &file.shown())]));
        }
    }
    of_text(first, reader, how, &mut each)
}

/// Whether a file of a folder is worth a look, by its first bytes: text with a request of a form that is told by its content, or with
/// the member that every case has.
fn may_hold_cases(first: &[u8]) -> bool {
    let is_utf16 = matches!(encoding::of(first), Encoding::Utf16 { .. });
    if first.contains(&0) && !is_utf16 || encoding::of(first) == Encoding::Zip {
        return false;
    }
    let text = match encoding::of(first) {
        Encoding::Utf16 { is_big_endian } => {
            let even = first.get(..first.len() & !1).unwrap_or_default();
            encoding::from_utf16(even, is_big_endian).unwrap_or_default()
        }
        _ => String::from_utf8_lossy(first).into_owned(),
    };
    let has = |name: &str| text.contains(name);
    match Form::of(&text) {
        None | Some(Form::Hcl) => false,
        Some(Form::Case) => {
            has("\"operation\"") || has("\"format_version\"") || has("\"terraform_version\"") || is_like_a_case(&text)
        }
        Some(_) => true,
    }
}

/// Whether an object has a body and another member as a case has, so that only its `operation` is missing or misspelt.
fn is_like_a_case(text: &str) -> bool {
    let (mut has_body, mut has_another) = (false, false);
    // The text may be cut off; the members before that are enough.
    let _ = parts::members(text.trim_start_matches('\u{feff}').as_bytes(), |name, _| {
        has_body |= name == "body";
        has_another |= ["path", "facts", "edition"].contains(&&*name);
        Ok(())
    });
    has_body && has_another
}

/// The cases of a text whose first line has been read.
pub(crate) fn of_text<R: BufRead>(
    mut first: Vec<u8>,
    mut reader: Bounded<'_, R>,
    how: &How<'_>,
    each: &mut impl FnMut(&Case<'_>) -> Result<()>,
) -> Result<bool> {
    let file = reader.file;
    let path = file.path().unwrap_or(Path::new("-"));
    let mut line = 1;
    while first.iter().all(u8::is_ascii_whitespace) {
        if first.is_empty() && line > 1 {
            return if how.is_found { Ok(false) } else { Err(say(sentences::NO_JSON, &[("file", &file.shown())])) };
        }
        first.clear();
        line += 1;
        reader.line(&mut first)?;
    }
    let length = first.len();
    let is_one = is_one_case(&first, path);
    if how.may_be_other(&first, path) {
        reader.rest(&mut first)?;
        if let Some(done) = how.translated(file, line, &first, each) {
            return done;
        }
        if !is_one {
            let rest = first.split_off(length);
            let rest = Bounded { lines: reader.lines, ..Bounded::new(rest.as_slice(), file, MAX_LENGTH) };
            return lines(first, line, rest, each).map(|()| true);
        }
    }
    how.takes_cases(file)?;
    how.tells_forms(&first, path, file);
    if is_one {
        reader.rest(&mut first)?;
        each_of(file, line, &first, each)?;
    } else {
        lines(first, line, reader, each)?;
    }
    Ok(true)
}

/// A case a line, or several.
fn lines<R: BufRead>(
    mut text: Vec<u8>,
    mut line: usize,
    mut reader: Bounded<'_, R>,
    each: &mut impl FnMut(&Case<'_>) -> Result<()>,
) -> Result<()> {
    let file = reader.file;
    while !text.is_empty() {
        if !text.iter().all(u8::is_ascii_whitespace) {
            match text.trim_ascii() {
                // Among lines it is no case, and is told so.
                b"[]" => each(&whole(file, line, text.trim_ascii_end()))?,
                _ => each_of(file, line, text.trim_ascii_end(), each)?,
            }
        }
        text.clear();
        line += 1;
        reader.line(&mut text)?;
    }
    Ok(())
}

/// Whether the first line starts a case, or an array of cases, that spans several lines; otherwise there is a case per line.
fn is_one_case(first: &[u8], path: &Path) -> bool {
    if is_lines(path) {
        return false;
    }
    match serde_json::from_slice::<serde::de::IgnoredAny>(first) {
        Ok(_) => first.trim_ascii_start().first() == Some(&b'['),
        Err(error) => error.is_eof() || !first.trim_ascii_end().ends_with(b"}"),
    }
}

/// A text that begins in this line, as one case.
fn whole<'t>(file: &'t FileName, line: usize, text: &'t [u8]) -> Case<'t> {
    Case { file, line, column: 1, text, taken: None, index: 0 }
}

/// The cases of a text that begins in this line: one, several one after another, or those of arrays.
fn each_of(file: &FileName, line: usize, text: &[u8], each: &mut impl FnMut(&Case<'_>) -> Result<()>) -> Result<()> {
    // What is taken apart is UTF-8; the library reports where a text is not.
    let Ok(text) = std::str::from_utf8(text) else { return each(&whole(file, line, text)) };
    let mut position = Position { text, at: 0, line, column: 1 };
    split_cases(text).try_for_each(|part| {
        let (line, column) = position.of(part.as_ptr() as usize - text.as_ptr() as usize);
        each(&Case { file, line, column, text: part.as_bytes(), taken: None, index: 0 })
    })
}

/// A whole file as text, whatever its encoding; `-` is standard input.
pub(crate) fn text(file: &FileName) -> Result<String> {
    let mut bytes = bytes(file)?;
    match encoding::of(&bytes) {
        Encoding::Utf16 { is_big_endian } => encoding::from_utf16(&bytes, is_big_endian)
            .ok_or_else(|| say(sentences::NOT_UTF_16, &[("file", &file.shown())])),
        Encoding::Utf8WithMark => {
            bytes.drain(..encoding::MARK);
            utf_8(file, bytes)
        }
        _ => utf_8(file, bytes),
    }
}

/// The text of a file as it is, which can be changed in place; `None` if it is UTF-16.
pub(crate) fn text_in_place(file: &FileName) -> Result<Option<String>> {
    let bytes = bytes(file)?;
    match encoding::of(&bytes) {
        Encoding::Utf16 { .. } => Ok(None),
        _ => utf_8(file, bytes).map(Some),
    }
}

fn bytes(file: &FileName) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Bounded::new(BufReader::new(open(file)?.0), file, MAX_LENGTH).rest(&mut bytes)?;
    Ok(bytes)
}

fn utf_8(file: &FileName, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to() + 1;
        say(sentences::NOT_UTF_8_AT, &[("file", &file.shown()), ("error", &error), ("byte", &byte)])
    })
}

fn open(file: &FileName) -> Result<(Box<dyn Read>, Option<u64>)> {
    let Some(path) = file.path().filter(|_| !file.is_stdin()) else {
        return Ok((Box::new(std::io::stdin().lock()), None));
    };
    let opened = File::open(path).map_err(|error| unreadable(file, &error))?;
    let length = opened.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
    Ok((Box::new(opened), length))
}

/// A reader that holds a bounded number of bytes in memory.
pub(crate) struct Bounded<'f, R> {
    reader: R,
    file: &'f FileName,
    most: usize,
    /// The number of lines started.
    lines: usize,
}

impl<'f, R: BufRead> Bounded<'f, R> {
    pub(crate) fn new(reader: R, file: &'f FileName, most: usize) -> Self {
        Bounded { reader, file, most, lines: 0 }
    }

    /// Appends the next line with its line break, and returns its length; 0 at the end.
    pub(crate) fn line(&mut self, text: &mut Vec<u8>) -> Result<usize> {
        self.lines += 1;
        let line = self.lines;
        self.read(text, true, |name| say(sentences::LINE_OF, &[("line", &line), ("file", &name)]))
    }

    /// Appends the rest.
    fn rest(&mut self, text: &mut Vec<u8>) -> Result<usize> {
        self.read(text, false, str::to_owned)
    }

    fn read(&mut self, text: &mut Vec<u8>, is_line: bool, what: impl FnOnce(&str) -> String) -> Result<usize> {
        let Bounded { reader, file, most, .. } = self;
        let start = text.len();
        loop {
            // One byte more than the maximum distinguishes a text that is too long from one of maximum length.
            let room = (*most + 1).saturating_sub(text.len());
            // The capacity is doubled up to the bound, so that no more is allocated than may be held.
            let step = room.min(text.len().max(STEP));
            let grown = text.try_reserve_exact(step).map_err(std::io::Error::from);
            let mut part = reader.take(step as u64);
            let length =
                grown.and_then(|()| if is_line { part.read_until(b'\n', text) } else { part.read_to_end(text) });
            let length = length.map_err(|error| unreadable(file, &error))?;
            if text.len() > *most {
                return Err(say(sentences::TOO_LONG, &[("file", &what(file.shown())), ("most", most)]));
            }
            if length < step || is_line && text.ends_with(b"\n") {
                return Ok(text.len() - start);
            }
        }
    }
}

/// The minimum number of bytes to read at a time.
const STEP: usize = 1 << 16;

fn unreadable(file: &FileName, error: &std::io::Error) -> String {
    say(sentences::UNREADABLE, &[("file", &file.shown()), ("why", &unread(error))])
}

/// How far a run is: bytes of the file, cases and their rate. It is shown if standard error is a terminal, standard output is not, and
/// the input is large.
pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
    cases: Cell<u64>,
}

/// The number of cases between two updates of what is shown.
const OFTEN: u64 = 1 << 10;

impl Progress {
    pub(crate) fn new() -> Self {
        Progress { bar: ProgressBar::hidden(), began: Instant::now(), cases: Cell::new(0) }
    }

    fn begin(&self, file: &FileName, length: Option<u64>) {
        let is_watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let style = match length {
            Some(length) if is_watched && length > 1 << 20 => {
                self.bar.set_length(length);
                self.bar.set_position(0);
                sentences::BAR.text(words::locale())
            }
            None if is_watched => "{spinner} {bytes}  {msg}",
            _ => return,
        };
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
        self.bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_message(file.shown().to_owned());
    }

    fn count(&self, file: &FileName, index: usize) {
        self.cases.set(self.cases.get() + 1);
        if (index as u64).is_multiple_of(OFTEN) {
            self.bar.set_message(counted(file.shown(), self.cases.get(), self.began.elapsed().as_secs_f64()));
        }
    }

    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// The file, the number of cases, and the number in a second.
fn counted(file: &str, cases: u64, seconds: f64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "it is shown without fractions")]
    let rate = cases as f64 / seconds.max(0.001);
    say(sentences::PROGRESS, &[("file", &file), ("cases", &cases), ("rate", &format_args!("{rate:.0}"))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn progress_is_cases_file_and_rate() {
        assert_eq!(counted("f.ndjson", 12_000, 0.5), "f.ndjson: 12000 cases, 24000/s");
        assert_eq!(counted("f", 1, 0.0), "f: 1 cases, 1000/s");
    }

    #[test]
    fn of_a_folder_only_what_may_hold_cases_is_read() {
        for (text, expected) in [
            (&br#"{"operation":"ims.whole-image","body":{}}"#[..], true),
            (b"[\n {\"operation\"", true),
            (br#"{"format_version":"1.2","resource_changes":[]}"#, true),
            (b"POST /v1/cloudimages/a/copy\n\n{}", true),
            (b"hcloud IMS CopyImageInRegion --image_id=a", true),
            (b"\xef\xbb\xbf{\"operation\":1}", true),
            (b"\xff\xfe{\0\"\0o\0p\0e\0r\0a\0t\0i\0o\0n\0\"\0", true),
            (br#"{"operaton":"ims.whole-image","path":{},"body":{}}"#, true),
            (br#"{"body":{},"facts":{"image":"#, false),
            (br#"{"facts":{},"body":{},"image":"#, true),
            (br#"{"name":"a package","version":"1"}"#, false),
            (br#"{"item":{"body":{},"path":{}},"body":{}}"#, false),
            (b"# Readme\n\nWords", false),
            (b"resource \"a\" \"b\" {\n}\n", false),
            (b"PK\x03\x04", false),
            (b"\x7fELF\0\"operation\"", false),
            (b"", false),
        ] {
            assert_eq!(may_hold_cases(text), expected, "{}", String::from_utf8_lossy(text));
        }
    }

    /// An endless reader that counts the bytes read.
    struct Endless {
        byte: u8,
        taken: Rc<Cell<usize>>,
    }

    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(self.byte);
            self.taken.set(self.taken.get() + into.len());
            Ok(into.len())
        }
    }

    #[test]
    fn what_never_ends_is_read_to_the_bound_and_no_further() {
        let file = FileName::of(Path::new("no end\n.json"));
        for byte in [0, b' ', b'{', b'1'] {
            for is_line in [true, false] {
                let taken = Rc::new(Cell::new(0));
                let endless = BufReader::with_capacity(64, Endless { byte, taken: Rc::clone(&taken) });
                let mut reader = Bounded::new(endless, &file, 1000);
                let mut text = Vec::new();
                let read = if is_line { reader.line(&mut text) } else { reader.rest(&mut text) };
                let sentence = read.expect_err("it is too long");
                assert!(sentence.contains("no end<U+000A>.json") && sentence.contains("1000 bytes"), "{sentence}");
                assert_eq!(sentence.contains("line 1 of "), is_line, "{sentence}");
                assert!(taken.get() <= 1000 + 64 + 1 && text.len() == 1001, "{} {}", taken.get(), text.len());
            }
        }
    }

    /// Lines and texts of the length of one read, one byte less and one more.
    #[test]
    fn nothing_is_lost_between_two_steps() {
        let file = FileName::of(Path::new("f"));
        for length in [STEP - 1, STEP, STEP + 1, 2 * STEP, 4 * STEP - 1] {
            let line = "x".repeat(length - 1) + "\n";
            let text = [line.as_str(), "\n", &line, "end"].concat();
            let mut reader = Bounded::new(text.as_bytes(), &file, 16 * STEP);
            let mut read = Vec::new();
            assert_eq!([reader.line(&mut read), reader.line(&mut read)], [Ok(length), Ok(1)]);
            assert_eq!([reader.line(&mut read), reader.rest(&mut read)], [Ok(length), Ok(3)]);
            assert_eq!((String::from_utf8(read).as_deref(), reader.line(&mut Vec::new())), (Ok(text.as_str()), Ok(0)));
        }
    }

    #[test]
    fn what_is_just_as_long_as_it_may_be_is_read() {
        let file = FileName::of(Path::new("f"));
        let text = "12345\n\n1234\n1".as_bytes();
        let mut lines = Bounded::new(text, &file, 6);
        let mut line = || {
            let mut text = Vec::new();
            lines.line(&mut text).map(|length| (length, text.len()))
        };
        assert_eq!([line(), line(), line(), line(), line()], [6, 1, 5, 1, 0].map(|length| Ok((length, length))));
        let mut begun = b"{".to_vec();
        assert_eq!(Bounded::new(&text[..5], &file, 6).rest(&mut begun), Ok(5));
        assert!(Bounded::new(&text[..6], &file, 6).rest(&mut b"{".to_vec()).is_err());
        let mut second = Bounded::new(&b"1\n1234567"[..], &file, 6);
        assert_eq!(second.line(&mut Vec::new()), Ok(2));
        assert!(second.line(&mut Vec::new()).expect_err("too long").contains("line 2 of f"));
    }
}
