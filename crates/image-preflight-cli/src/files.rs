//! The files that arguments name: files, folders, patterns. A shell of Windows expands no patterns, so they are expanded here.

use crate::Result;
use crate::config::{self, globs};
use crate::file_name::FileName;
use crate::sentences::{self, say, unread};
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};

/// A file to check.
pub(crate) struct Named {
    pub(crate) file: FileName,
    /// Whether it was found in a folder: then it is passed over if it holds nothing to check.
    pub(crate) is_found: bool,
}

/// Calls `each` for every file that an argument names. What cannot be read is an error, and the rest goes on.
pub(crate) fn named(
    argument: &Path,
    stdin_filename: Option<&Path>,
    each: &mut impl FnMut(Result<Named>) -> Result<()>,
) -> Result<()> {
    let one = |file| Ok(Named { file, is_found: false });
    if argument == Path::new("-") {
        return each(one(stdin_filename.map_or_else(|| FileName::of(argument), FileName::stdin_named)));
    }
    if argument.is_dir() {
        return walk(argument, Ignored::PassedOver, &mut |found| match found {
            // Our own, which is no file that is passed over.
            Ok(path) if path.file_name().is_some_and(|name| name == config::NAME) => Ok(()),
            found => each(found.map(|path| Named { file: FileName::of(&path), is_found: true })),
        });
    }
    if argument.exists() || !is_pattern(argument) {
        return each(one(FileName::of(argument)));
    }
    let pattern = argument.to_string_lossy().replace('\\', if cfg!(windows) { "/" } else { "\\" });
    let set = match globs(&[pattern.strip_prefix("./").unwrap_or(&pattern).to_owned()]) {
        Ok(set) => set,
        Err(why) => {
            return each(Err(say(sentences::AT, &[("at", &FileName::of(argument).shown()), ("sentence", &why)])));
        }
    };
    let mut count = 0;
    let base = base(argument);
    if base.exists() {
        // Who names files means them, also those that Git ignores: a shell that expands the pattern would name them one by one.
        walk(&base, Ignored::Taken, &mut |found| match found {
            Ok(path) if set.is_match(path.strip_prefix("./").unwrap_or(&path)) => {
                count += 1;
                each(one(FileName::of(path.strip_prefix("./").unwrap_or(&path))))
            }
            Ok(_) => Ok(()),
            Err(why) => each(Err(why)),
        })?;
    }
    match count {
        0 => each(Err(say(sentences::NO_MATCH, &[("file", &FileName::of(argument).shown())]))),
        _ => Ok(()),
    }
}

/// What becomes of the files that Git ignores.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ignored {
    PassedOver,
    Taken,
}

/// Every file of a folder, in the order of the names, but for hidden ones.
fn walk(folder: &Path, ignored: Ignored, each: &mut impl FnMut(Result<PathBuf>) -> Result<()>) -> Result<()> {
    let mut files = WalkBuilder::new(folder);
    if ignored == Ignored::Taken {
        files.standard_filters(false).hidden(true);
    }
    for entry in files.sort_by_file_path(Path::cmp).require_git(false).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => each(Ok(entry.into_path()))?,
            Ok(_) => {}
            Err(error) => each(Err(unwalked(folder, &error)))?,
        }
    }
    Ok(())
}

/// What cannot be read of a folder.
fn unwalked(folder: &Path, error: &ignore::Error) -> String {
    let file = FileName::of(path_of(error).unwrap_or(folder));
    let why = error.io_error().map_or_else(|| error.to_string(), unread);
    say(sentences::UNREADABLE, &[("file", &file.shown()), ("why", &why)])
}

/// The path that an error is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The folder that has all that a pattern can match.
fn base(pattern: &Path) -> PathBuf {
    let folders: PathBuf = pattern.components().take_while(|part| !is_pattern(Path::new(part))).collect();
    if folders.as_os_str().is_empty() { PathBuf::from(".") } else { folders }
}
