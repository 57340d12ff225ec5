//! Output: results to standard output, in colour only on a terminal; messages to the user to standard error.

use crate::Result;
use crate::sentences::{ERROR, UNWRITABLE, UNWRITABLE_OUTPUT, WARNING, say, unwritten};
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use image_preflight::{Message, is_hidden, printable};
use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::rc::{Rc, Weak};

pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default().bold();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();

/// The values of `--color`.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    Always,
    Never,
}

/// Sets globally when to use colour.
pub(crate) fn set_color(color: Color) {
    match color {
        // anstream considers NO_COLOR, CLICOLOR, CLICOLOR_FORCE and the capabilities of the terminal.
        Color::Auto => {
            let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
            if is_set("FORCE_COLOR") && !is_set("NO_COLOR") {
                ColorChoice::Always.write_global();
            }
        }
        Color::Always => ColorChoice::Always.write_global(),
        Color::Never => ColorChoice::Never.write_global(),
    }
}

/// What is written to, buffered.
type Buffer = BufWriter<Box<dyn Write>>;

thread_local! {
    /// Standard output: on a terminal, and in the log of a pipeline, messages come where they belong among the results.
    static STDOUT: RefCell<Weak<RefCell<Buffer>>> = const { RefCell::new(Weak::new()) };
}

/// Standard output or a file, buffered.
pub(crate) struct Out {
    to: Rc<RefCell<Buffer>>,
    reader: Reader,
    has_color: bool,
    /// The name of the file; `None` is standard output.
    file: Option<String>,
}

/// The reader of the output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A program that reads JSON; a person may see it as well.
    Json,
    /// A program that reads lines which need no escaping.
    Lines,
    /// A person, with colour or without.
    Person,
}

impl Out {
    /// For people, or JSON for programs.
    pub(crate) fn new(is_human: bool) -> Self {
        Self::stdout(if is_human { Reader::Person } else { Reader::Json })
    }

    /// For programs that read lines, not JSON.
    pub(crate) fn lines() -> Self {
        Self::stdout(Reader::Lines)
    }

    pub(crate) fn for_people() -> Self {
        Self::stdout(Reader::Person)
    }

    pub(crate) fn stdout(reader: Reader) -> Self {
        let (stdout, choice) = stdout();
        let has_color = choice != ColorChoice::Never;
        // A Windows console without support for escape sequences needs a stream that translates them.
        let is_translated = cfg!(windows) && has_color && reader == Reader::Person;
        let to: Box<dyn Write> =
            if is_translated { Box::new(AutoStream::new(std::io::stdout(), choice)) } else { stdout };
        let to = Rc::new(RefCell::new(BufWriter::new(to)));
        STDOUT.replace(Rc::downgrade(&to));
        Out { to, reader, has_color, file: None }
    }

    /// A new file, or one that is replaced.
    pub(crate) fn file(path: &Path, reader: Reader) -> Result<Self> {
        let file = shown(&path.to_string_lossy());
        let failed = |error| say(UNWRITABLE, &[("file", &file), ("why", &unwritten(&error))]);
        let to = std::fs::File::create(path).map_err(failed)?;
        let to = Rc::new(RefCell::new(BufWriter::new(Box::new(to) as Box<dyn Write>)));
        Ok(Out { to, reader, has_color: false, file: Some(file) })
    }

    /// Whether colour is shown, if the reader is a person.
    pub(crate) fn has_color(&self) -> bool {
        self.has_color
    }

    /// Writes one line, or several for people.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        let mut to = self.to.borrow_mut();
        let written = match self.reader {
            Reader::Json => writeln!(to, "{}", escaped_json(text)),
            Reader::Lines => writeln!(to, "{text}"),
            Reader::Person if self.has_color => lines(text, &mut *to),
            Reader::Person => lines(&anstream::adapter::strip_str(text).to_string(), &mut *to),
        };
        drop(to);
        written.map_err(|error| self.failed(error))
    }

    pub(crate) fn flush(&mut self) -> Result<()> {
        let flushed = self.to.borrow_mut().flush();
        flushed.map_err(|error| self.failed(error))
    }

    /// The message for a write error. If the reader has closed the pipe, as `head` does, the process ends without an error.
    #[allow(clippy::needless_pass_by_value, reason = "for map_err")]
    fn failed(&self, error: std::io::Error) -> String {
        match &self.file {
            Some(file) => say(UNWRITABLE, &[("file", file), ("why", &unwritten(&error))]),
            None if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
            None => say(UNWRITABLE_OUTPUT, &[("why", &unwritten(&error))]),
        }
    }
}

fn lines(text: &str, to: &mut impl Write) -> std::io::Result<()> {
    text.split('\n').try_for_each(|line| writeln!(to, "{}", without_commands(line)))
}

/// Standard output, and whether it supports colour. Rust's own handle ignores writes to a standard output that is not writable, so on
/// Unix the file descriptor is used, which reports every failure.
#[cfg(unix)]
fn stdout() -> (Box<dyn Write>, ColorChoice) {
    use std::os::fd::AsFd;
    let stdout = std::io::stdout();
    match stdout.as_fd().try_clone_to_owned() {
        Ok(file) => {
            let file = std::fs::File::from(file);
            let choice = AutoStream::choice(&file);
            (Box::new(file), choice)
        }
        Err(_) => (Box::new(stdout), ColorChoice::Never),
    }
}

#[cfg(not(unix))]
fn stdout() -> (Box<dyn Write>, ColorChoice) {
    let stdout = std::io::stdout();
    let choice = AutoStream::choice(&stdout);
    (Box::new(stdout), choice)
}

/// Prints an error to standard error. If that is not writable, the exit status still shows that there was an error.
pub(crate) fn error(sentence: &str) {
    to_stderr(&labelled(ERROR, RED, sentence));
}

/// Prints a warning to standard error.
pub(crate) fn warning(sentence: &str) {
    to_stderr(&labelled(WARNING, YELLOW, sentence));
}

fn labelled(label: Message, style: Style, sentence: &str) -> String {
    say(label, &[("style", &style), ("end", &style.render_reset()), ("sentence", &shown(sentence))])
}

/// Prints a note about an input to standard error.
pub(crate) fn note(sentence: &str) {
    to_stderr(&format!("{DIM}{}{DIM:#}", shown(sentence)));
}

/// Writes a text to standard error. Apart from our own styles, it must have no characters that a terminal interprets.
pub(crate) fn to_stderr(text: &str) {
    if let Some(stdout) = STDOUT.with_borrow(Weak::upgrade) {
        // What cannot be written now is not lost: the next line, or the end, says so.
        let _ = stdout.borrow_mut().flush();
    }
    let _ = writeln!(anstream::stderr(), "{}", text.trim_end());
}

/// Escapes user text, such as a file name, so that neither a terminal nor the log of a GitHub workflow interprets any of it.
pub(crate) fn shown(text: &str) -> String {
    without_commands(&printable(text)).into_owned()
}

/// JSON with an escape for every character that a terminal or a page would interpret, and for `##[`, which the log of a GitHub
/// workflow would interpret. The value is the same: outside of strings, only line breaks are among these characters, and they stay.
pub(crate) fn escaped_json(json: &str) -> Cow<'_, str> {
    // Usually there is nothing to escape, which is checked many bytes at a time.
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'"' | b'$'..=b'~' | b'\n');
    if json.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |all, byte| all & is_plain(byte))) {
        return Cow::Borrowed(json);
    }
    let is_hidden = |c: char| c != '\n' && is_hidden(c);
    let json = if json.contains("##[") { Cow::Owned(json.replace("##[", "#\\u0023[")) } else { Cow::Borrowed(json) };
    if !json.contains(is_hidden) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    let mut units = [0; 2];
    for c in json.chars() {
        if is_hidden(c) {
            escaped.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Escapes a line so that the runner of a GitHub workflow finds no command in it: `::` at the start, after optional white space, or
/// `##[` anywhere.
fn without_commands(line: &str) -> Cow<'_, str> {
    let begins = line.trim_start().starts_with("::");
    if !begins && !line.contains("##[") {
        return Cow::Borrowed(line);
    }
    let line = line.replace("##[", "#<U+0023>[");
    Cow::Owned(if begins { line.replacen("::", "<U+003A>:", 1) } else { line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_s_log_has_no_command_of_a_user_s() {
        assert_eq!(shown("a::b #[c] ## [d]"), "a::b #[c] ## [d]");
        assert_eq!(shown("  ::stop-commands::t"), "  <U+003A>:stop-commands::t");
        assert_eq!(shown("x ###[add-mask]y ##[z"), "x ##<U+0023>[add-mask]y #<U+0023>[z");
        assert_eq!(shown("x\r\n::debug::y\u{2028}"), "x<U+000D><U+000A>::debug::y<U+2028>");
    }

    #[test]
    fn escaped_json_is_the_same_json() {
        let text: String = "##[group] "
            .chars()
            .chain((0..0x3000).filter_map(char::from_u32))
            .chain("😀\u{10ffff}\u{feff}".chars())
            .collect();
        let json = format!("{{\n\"k\": {}\n}}", serde_json::Value::from(text));
        let escaped = escaped_json(&json);
        assert_eq!(escaped.chars().find(|c| *c != '\n' && is_hidden(*c)), None);
        assert!(!escaped.contains("##["));
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).expect("JSON");
        assert_eq!(value(&escaped), value(&json));
        assert!(matches!(escaped_json("{\n}"), Cow::Borrowed(_)));
    }
}
