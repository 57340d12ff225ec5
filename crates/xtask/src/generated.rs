//! Generated files that are checked in: writes them, or checks that they are current.

use crate::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The expected files of a folder: relative path and text.
pub(crate) type Files = BTreeMap<String, String>;

/// The generated files of a folder.
pub(crate) struct Generated {
    pub(crate) folder: &'static str,
    pub(crate) files: Files,
    /// Whether a file in the folder is a generated one; unexpected ones are deleted.
    pub(crate) is_ours: fn(&str) -> bool,
    /// The task that writes them.
    pub(crate) task: &'static str,
}

impl Generated {
    /// Writes them, and deletes those that are no longer generated.
    pub(crate) fn write(&self) -> bool {
        let folder = root().join(self.folder);
        let written = (|| {
            for stale in self.present()?.keys().filter(|name| !self.files.contains_key(*name)) {
                std::fs::remove_file(folder.join(stale))?;
            }
            for (name, text) in &self.files {
                let path = folder.join(name);
                std::fs::create_dir_all(path.parent().unwrap_or(&folder))?;
                std::fs::write(path, text)?;
            }
            std::io::Result::Ok(self.files.len())
        })();
        match &written {
            Ok(count) => eprintln!("{}: {count} files written", self.folder),
            Err(error) => eprintln!("{}: {error}", self.folder),
        }
        written.is_ok()
    }

    /// Whether the folder has exactly these files; prints those that differ.
    pub(crate) fn is_current(&self) -> bool {
        eprintln!("== generated files: is {} current?", self.folder);
        let present = self.present().unwrap_or_default();
        let names: BTreeSet<_> = self.files.keys().chain(present.keys()).collect();
        let differing: Vec<_> = names.into_iter().filter(|name| self.files.get(*name) != present.get(*name)).collect();
        for name in &differing {
            eprintln!("{}/{name} is not current: run `cargo xtask {}`", self.folder, self.task);
        }
        differing.is_empty()
    }

    fn present(&self) -> std::io::Result<Files> {
        let mut files = Files::new();
        self.look(&root().join(self.folder), "", &mut files)?;
        Ok(files)
    }

    fn look(&self, folder: &Path, within: &str, files: &mut Files) -> std::io::Result<()> {
        if !folder.exists() {
            return Ok(());
        }
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{within}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.look(&entry.path(), &format!("{name}/"), files)?;
            } else if (self.is_ours)(&name) {
                files.insert(name, std::fs::read_to_string(entry.path())?);
            }
        }
        Ok(())
    }
}
