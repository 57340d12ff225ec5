//! Builds the books into pages, and checks their links.

use crate::{root, target};
use image_preflight::Locale;
use mdbook_driver::MDBook;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The output folder.
fn pages_folder() -> PathBuf {
    target().join("reference")
}

/// Builds the book of each language.
pub(crate) fn build() -> bool {
    let built = Locale::all().try_for_each(|locale| {
        let mut book = MDBook::load(root().join("bindings/schema/reference").join(locale.tag()))?;
        book.config.build.build_dir = pages_folder().join(locale.tag());
        book.build()
    });
    match &built {
        Ok(()) => eprintln!("the rule reference is built: reference/en/index.html in the target folder"),
        Err(error) => eprintln!("the rule reference: {error:#}"),
    }
    built.is_ok()
}

/// Whether every link of the built pages has a target, and the pages load nothing from other sites.
pub(crate) fn links_work() -> bool {
    eprintln!("== the rule reference: do its links work?");
    let pages = pages(&pages_folder());
    let attribute = |name: &str| Regex::new(&format!("\\b{name}=\"([^\"]*)\"")).expect("a pattern");
    let (href, src, id) = (attribute("href"), attribute("src"), attribute("id"));
    let anchors: BTreeMap<_, BTreeSet<_>> = pages
        .iter()
        .map(|(path, text)| (path.clone(), id.captures_iter(text).map(|found| found[1].to_owned()).collect()))
        .collect();
    let mut links = 0;
    let mut broken = BTreeSet::new();
    for (path, text) in &pages {
        for found in src.captures_iter(text).filter(|found| found[1].contains("//")) {
            broken.insert(format!("{}: {} comes from elsewhere", path.display(), &found[1]));
        }
        for found in href.captures_iter(text) {
            let link = &found[1];
            let is_absolute = link.starts_with('/') && path.ends_with("404.html");
            if is_absolute || link.starts_with("http") || link.starts_with("javascript:") {
                continue;
            }
            links += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = if file.is_empty() { path.clone() } else { resolved(path, file) };
            let leads = to.is_file() && (anchor.is_empty() || anchors.get(&to).is_none_or(|ids| ids.contains(anchor)));
            if !leads {
                broken.insert(format!("{}: {link}", path.display()));
            }
        }
    }
    for link in broken.iter().take(20) {
        eprintln!("{link}");
    }
    eprintln!("{links} links on {} pages, {} broken", pages.len(), broken.len());
    pages.len() > 150 && broken.is_empty()
}

/// The target file of a link, resolved from the folder of its page.
fn resolved(page: &Path, link: &str) -> PathBuf {
    let mut path = page.parent().unwrap_or(page).to_owned();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = path.pop(),
            part => path.push(part),
        }
    }
    path
}

fn pages(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages.extend(self::pages(&path));
        } else if path.extension().is_some_and(|extension| extension == "html") {
            pages.extend(std::fs::read_to_string(&path).map(|text| (path, text)));
        }
    }
    pages
}
