//! Where output goes: standard output, in colour on a terminal only.

use crate::Result;
use crate::args::Color;
use anstyle::{AnsiColor, Style};
use std::io::Write;

pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default().bold();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();

/// Says when to use colour, for everything that is printed from now on.
pub(crate) fn set_color(color: Color) {
    match color {
        // NO_COLOR, CLICOLOR and what the terminal can are looked at by anstream.
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
}

/// Standard output, buffered: for people, whose terminal may or may not take colour, or for programs, byte for byte.
pub(crate) struct Out(std::io::BufWriter<Box<dyn Write>>);

impl Out {
    pub(crate) fn new(is_human: bool) -> Self {
        let stdout = std::io::stdout().lock();
        Out(std::io::BufWriter::new(if is_human {
            Box::new(anstream::AutoStream::auto(stdout))
        } else {
            Box::new(stdout)
        }))
    }

    /// Writes one line.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.0, "{text}").map_err(written)
    }

    pub(crate) fn flush(&mut self) -> Result<()> {
        self.0.flush().map_err(written)
    }
}

/// A reader that went away, such as `head`, is no error: there is nobody left to tell.
#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn written(error: std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    format!("cannot write: {error}")
}
