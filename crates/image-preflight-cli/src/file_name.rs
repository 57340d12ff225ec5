//! The name of a file: for people, in annotations, and as a URI.

use crate::output::shown;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use std::path::{Path, PathBuf};

/// An input file, or standard input.
pub(crate) struct FileName {
    /// `None` is standard input without a name.
    path: Option<PathBuf>,
    shown: String,
    is_stdin: bool,
}

/// The name of standard input in output.
const STDIN: &str = "<stdin>";

/// Bytes that need no encoding in a path.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

impl FileName {
    /// The file named by an argument; `-` is standard input.
    pub(crate) fn of(path: &Path) -> Self {
        if path == Path::new("-") {
            FileName { path: None, shown: STDIN.to_owned(), is_stdin: true }
        } else {
            FileName { shown: shown(&path.to_string_lossy()), path: Some(path.to_owned()), is_stdin: false }
        }
    }

    /// Standard input, by the name of the file that it stands for.
    pub(crate) fn stdin_named(path: &Path) -> Self {
        FileName { is_stdin: true, ..Self::of(path) }
    }

    pub(crate) fn is_stdin(&self) -> bool {
        self.is_stdin
    }

    /// Its path, by which it is named in output; `None` for standard input without a name.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// For people: one line without characters that a terminal interprets.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// With slashes on every system, relative to the working directory where it is below it, as reports for a repository need.
    pub(crate) fn relative(&self) -> String {
        let Some(path) = &self.path else { return STDIN.to_owned() };
        let below = std::env::current_dir().ok().and_then(|folder| path.strip_prefix(folder).ok());
        let path = below.unwrap_or(path).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        shown(path.strip_prefix("./").unwrap_or(&path))
    }

    /// As a URI; a relative one is relative to the working directory, as code scanning expects.
    pub(crate) fn uri(&self) -> String {
        let Some(path) = &self.path else { return percent_encode(STDIN.as_bytes(), PATH).to_string() };
        let bytes = bytes(path);
        let encoded = percent_encode(bytes.strip_prefix(b"./").unwrap_or(&bytes), PATH);
        match (path.is_absolute(), bytes.as_slice()) {
            (false, _) => encoded.to_string(),
            // The host of a network share is the authority.
            (true, [b'/', b'/', ..]) if cfg!(windows) => format!("file:{encoded}"),
            (true, [b'/', ..]) => format!("file://{encoded}"),
            (true, _) => format!("file:///{encoded}"),
        }
    }
}

/// A path with slashes, byte for byte: it need not be UTF-8.
#[cfg(unix)]
fn bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_owned()
}

#[cfg(not(unix))]
fn bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_uri_has_every_byte_of_the_name() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let uri = |name: &[u8]| FileName::of(Path::new(OsStr::from_bytes(name))).uri();
        assert_eq!(uri(b"./a b/c.json"), "a%20b/c.json");
        assert_eq!(uri(b"/tmp/x:1%.json"), "file:///tmp/x%3A1%25.json");
        assert_eq!(uri(b"x\n\x1b\xff\xe2\x80\xae"), "x%0A%1B%FF%E2%80%AE");
        assert_eq!(uri(b"-"), "%3Cstdin%3E");
    }

    #[test]
    fn a_shown_name_is_one_line_without_commands() {
        let name = FileName::of(Path::new("x\n::stop-commands::t\u{202e}\n##[group]"));
        assert_eq!(name.shown(), "x<U+000A>::stop-commands::t<U+202E><U+000A>#<U+0023>[group]");
    }
}
