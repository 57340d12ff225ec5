//! Cases from files and standard input: one object, an array of them, or one a line, of which only one is held at a time.

use crate::Result;
use indicatif::{ProgressBar, ProgressStyle};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::Path;

/// One case with the place it comes from.
pub(crate) struct Case<'t> {
    pub(crate) file: &'t str,
    /// Its first line and column in the file.
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) text: &'t [u8],
}

/// Calls `each` for every case of a file, in order.
pub(crate) fn cases(path: &Path, mut each: impl FnMut(&Case<'_>) -> Result<()>) -> Result<()> {
    let (name, reader, length) = open(path)?;
    let bar = progress(length);
    let mut reader = BufReader::new(bar.wrap_read(reader));
    let mut first = Vec::new();
    let mut line = 0;
    while first.iter().all(u8::is_ascii_whitespace) {
        first.clear();
        line += 1;
        if read_line(&mut reader, &mut first, &name)? == 0 {
            return Err(format!("{name} holds no JSON"));
        }
    }
    if is_one_case(&first, path) {
        reader.read_to_end(&mut first).map_err(|error| unreadable(&name, &error))?;
        whole(&name, line, &first, each)
    } else {
        let mut text = first;
        while !text.is_empty() {
            if !text.iter().all(u8::is_ascii_whitespace) {
                each(&Case { file: &name, line, column: 1, text: text.trim_ascii_end() })?;
            }
            text.clear();
            line += 1;
            read_line(&mut reader, &mut text, &name)?;
        }
        bar.finish_and_clear();
        Ok(())
    }
}

/// Whether the first line begins a case, or an array of cases, that goes on below; otherwise there is one on every line.
fn is_one_case(first: &[u8], path: &Path) -> bool {
    if path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl") {
        return false;
    }
    match serde_json::from_slice::<serde::de::IgnoredAny>(first) {
        Ok(_) => first.trim_ascii_start().first() == Some(&b'['),
        Err(error) => error.is_eof() || !first.trim_ascii_end().ends_with(b"}"),
    }
}

/// One case, or an array of them.
fn whole(name: &str, line: usize, text: &[u8], mut each: impl FnMut(&Case<'_>) -> Result<()>) -> Result<()> {
    if text.trim_ascii_start().first() != Some(&b'[') {
        return each(&Case { file: name, line, column: 1, text });
    }
    let elements: Vec<&serde_json::value::RawValue> = match serde_json::from_slice(text) {
        Ok(elements) => elements,
        // What is wrong with it, the library says.
        Err(_) => return each(&Case { file: name, line, column: 1, text }),
    };
    let (mut line, mut column, mut done) = (line, 1, 0);
    for element in elements {
        let start = element.get().as_ptr() as usize - text.as_ptr() as usize;
        for c in String::from_utf8_lossy(text.get(done..start).unwrap_or_default()).chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        done = start;
        each(&Case { file: name, line, column, text: element.get().as_bytes() })?;
    }
    Ok(())
}

/// A whole file as text; `-` is standard input.
pub(crate) fn text(path: &Path) -> Result<String> {
    let (name, mut reader, _) = open(path)?;
    let mut text = String::new();
    reader.read_to_string(&mut text).map_err(|error| unreadable(&name, &error))?;
    Ok(text)
}

/// What standard input is called in output.
pub(crate) const STDIN: &str = "<stdin>";

/// What a file is called in output.
pub(crate) fn name(path: &Path) -> Cow<'_, str> {
    if path == Path::new("-") { Cow::Borrowed(STDIN) } else { path.to_string_lossy() }
}

fn open(path: &Path) -> Result<(String, Box<dyn Read>, Option<u64>)> {
    let name = name(path).into_owned();
    if path == Path::new("-") {
        return Ok((name, Box::new(std::io::stdin().lock()), None));
    }
    let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    let length = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
    Ok((name, Box::new(file), length))
}

fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, name: &str) -> Result<usize> {
    reader.read_until(b'\n', line).map_err(|error| unreadable(name, &error))
}

fn unreadable(name: &str, error: &std::io::Error) -> String {
    format!("cannot read {name}: {error}")
}

/// A bar on a terminal, where the output does not go there too, and there is enough to wait for.
fn progress(length: Option<u64>) -> ProgressBar {
    let is_watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
    match length {
        Some(length) if is_watched && length > 1 << 20 => {
            let style = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {eta} left");
            ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        }
        None if is_watched => ProgressBar::new_spinner(),
        _ => ProgressBar::hidden(),
    }
}
