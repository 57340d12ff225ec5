//! Files that are generated and checked in: written anew, or compared with what is there.

use crate::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a folder must hold: each file's path within it, and its text. Other files of these kinds do not belong there.
pub(crate) type Files = BTreeMap<String, String>;

/// The generated files of a folder: by their paths in it.
pub(crate) struct Generated {
    pub(crate) folder: &'static str,
    pub(crate) files: Files,
    /// Which files in the folder are generated ones.
    pub(crate) is_ours: fn(&str) -> bool,
    /// The chore that writes them.
    pub(crate) chore: &'static str,
}

impl Generated {
    /// Writes them, and takes out what does not belong there any more.
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

    /// Whether the folder holds these and no others; says which differ.
    pub(crate) fn is_current(&self) -> bool {
        eprintln!("== generated files: is {} what the code says?", self.folder);
        let present = self.present().unwrap_or_default();
        let names: BTreeSet<_> = self.files.keys().chain(present.keys()).collect();
        let differing: Vec<_> = names.into_iter().filter(|name| self.files.get(*name) != present.get(*name)).collect();
        for name in &differing {
            eprintln!("{}/{name} is not: `cargo xtask {}` writes it anew", self.folder, self.chore);
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
