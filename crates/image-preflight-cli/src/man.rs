//! `man`: the manual pages, one per command.

use crate::Result;
use crate::args::Args;
use crate::file_name::FileName;
use clap::CommandFactory;
use std::path::Path;

/// Writes the pages into a folder.
pub(crate) fn write(folder: &Path) -> Result<u8> {
    clap_mangen::generate_to(Args::command(), folder)
        .map_err(|error| format!("cannot write to {}: {error}", FileName::of(folder).shown()))?;
    Ok(0)
}
