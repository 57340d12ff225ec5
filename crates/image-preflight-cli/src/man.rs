//! `man`: the manual pages, one per command.

use crate::Result;
use crate::args::Args;
use crate::file_name::FileName;
use crate::sentences::{UNWRITABLE, say, unwritten};
use clap::CommandFactory;
use std::path::Path;

/// Writes the pages into a folder.
pub(crate) fn write(folder: &Path) -> Result<u8> {
    let file = FileName::of(folder);
    clap_mangen::generate_to(Args::command(), folder)
        .map_err(|error| say(UNWRITABLE, &[("file", &file.shown()), ("why", &unwritten(&error))]))?;
    Ok(0)
}
