//! The layers of the core: a module imports only what is to the left of it in [`LAYERS`], the files of a folder do not import each
//! other in a circle, and only the clouds' own folders, the catalogue and the crate's root name a cloud.
//!
//! The sources are scanned as text, without comments, strings and unit tests. What is read are paths that begin with `crate`,
//! `super`, `self` or a module of the same file, in `use` declarations (braces expanded) and inline.

use crate::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// From left to right; the clouds' folders do not import each other.
const LAYERS: [&str; 15] = [
    "json",
    "message",
    "rule",
    "field",
    "finding",
    "check",
    CLOUDS,
    "catalogue",
    "input",
    "explain",
    "document",
    "plan",
    "job",
    "schema",
    "lib",
];

/// The layer of the clouds' folders: of those that have a `cloud.rs`, those that are no other layer.
const CLOUDS: &str = "the clouds";

/// A source file: its path under [`SOURCES`], with `/`, and its text.
type Source = (String, String);

/// Where a law is broken.
struct Break {
    file: String,
    line: usize,
    /// What is imported or named.
    what: String,
    message: String,
}

const SOURCES: &str = "crates/image-preflight/src";

/// Whether the core keeps its layers; prints each break.
pub(crate) fn are_kept() -> bool {
    let mut sources = Vec::new();
    if let Err(error) = read(&root().join(SOURCES), "", &mut sources) {
        eprintln!("the core's sources cannot be read: {error}");
        return false;
    }
    let problems = problems(&breaks(&sources));
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    problems.is_empty()
}

fn read(folder: &Path, under: &str, sources: &mut Vec<Source>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), sources)?;
        } else if name.ends_with(".rs") {
            sources.push((name, std::fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}

fn problems(breaks: &[Break]) -> Vec<String> {
    breaks.iter().map(|Break { file, line, message, .. }| format!("{SOURCES}/{file}:{line}: {message}")).collect()
}

/// Every break of the three laws, each once a file.
fn breaks(sources: &[Source]) -> Vec<Break> {
    let files: BTreeMap<&str, File> =
        sources.iter().map(|(path, text)| (path.as_str(), File::new(path, text))).collect();
    let mut found: Vec<Break> = Vec::new();
    let mut add = |file: &str, line, what: &str, message| {
        if !found.iter().any(|other| other.file == file && other.what == what) {
            found.push(Break { file: file.to_owned(), line, what: what.to_owned(), message });
        }
    };
    let clouds = clouds(&files);
    let layer_of = |path| layer_of(path, &clouds);
    let rank = |module| rank(module, &clouds);
    let abbreviations: BTreeSet<_> =
        image_preflight::operations().filter_map(|operation| Some(operation.id().split_once('.')?.0)).collect();
    let mut imports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (&path, file) in &files {
        let own = layer_of(path);
        for (line, import) in &file.imports {
            let of = import.first().map_or("lib", |top| layer_of(top));
            if own != "lib" && of != own && rank(of) >= rank(own) {
                let import = format!("crate::{}", import.join("::"));
                let message = format!("`{path}` imports `{import}`, and `{of}` is not to the left of `{own}`");
                add(path, *line, &import, message);
            }
            if file.is_list || own == "lib" {
                continue;
            }
            let target = resolve(&files, import.clone());
            if let Some(target) = target.filter(|target| *target != path && folder_of(target) == folder_of(path)) {
                imports.entry(path).or_default().insert(target);
            }
        }
        if !clouds.contains(own) && !["catalogue", "lib"].contains(&own) {
            let names_a_cloud =
                |word: &str| clouds.contains(word) || abbreviations.iter().any(|cloud| begins_with(word, cloud));
            for (line, word) in file.tokens.iter().filter(|(_, word)| names_a_cloud(word)) {
                add(path, *line, word, format!("`{path}` names a cloud: `{word}`"));
            }
        }
    }
    for &path in files.keys() {
        if let Some(circle) = circle(path, &imports) {
            let circle = circle.join(" -> ");
            add(path, 1, &circle, format!("circle: {circle}"));
        }
    }
    found
}

/// The folders of the clouds.
fn clouds<'f>(files: &BTreeMap<&'f str, File>) -> BTreeSet<&'f str> {
    files.keys().filter_map(|path| path.strip_suffix("/cloud.rs")).filter(|folder| !LAYERS.contains(folder)).collect()
}

/// The top module of a path with `/`.
fn layer_of<'p>(path: &'p str, clouds: &BTreeSet<&str>) -> &'p str {
    let top = path.split('/').next().unwrap_or(path);
    let top = top.strip_suffix(".rs").unwrap_or(top);
    // What the root re-exports belongs to the root.
    if rank(top, clouds).is_some() { top } else { "lib" }
}

fn rank(module: &str, clouds: &BTreeSet<&str>) -> Option<usize> {
    let module = if clouds.contains(module) { CLOUDS } else { module };
    LAYERS.iter().position(|layer| *layer == module)
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether the first word of a name is this one: `jd_image` and `JdImage`, not `Jdk`.
fn begins_with(name: &str, word: &str) -> bool {
    match name.split_at_checked(word.len()) {
        Some((first, rest)) if first.eq_ignore_ascii_case(word) => {
            rest.starts_with('_') || rest.starts_with(|c: char| c.is_ascii_uppercase())
        }
        _ => false,
    }
}

/// The file that a path of modules leads to; through lists of modules, to the file that has what they re-export.
fn resolve<'f>(files: &BTreeMap<&'f str, File>, mut path: Vec<String>) -> Option<&'f str> {
    // Re-exports of re-exports end; a wrong source must not go on forever.
    for _ in 0..8 {
        let (length, (&file, parsed)) = (0..=path.len()).rev().find_map(|length| {
            let name = path[..length].join("/");
            let name = if length == 0 { "lib" } else { &name };
            let candidates = [format!("{name}.rs"), format!("{name}/mod.rs")];
            candidates.iter().find_map(|candidate| files.get_key_value(candidate.as_str())).map(|found| (length, found))
        })?;
        let Some(next) = path.get(length).filter(|_| parsed.is_list) else { return Some(file) };
        match parsed.imports.iter().find(|(_, import)| import.last() == Some(next) && *import != path) {
            Some((_, import)) => path = import.iter().chain(&path[length + 1..]).cloned().collect(),
            None => return Some(file),
        }
    }
    None
}

/// The shortest circle of imports through a file, as long as it is the alphabetically first file of it.
fn circle<'f>(first: &'f str, imports: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> Option<Vec<&'f str>> {
    let mut ways = vec![vec![first]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for &next in imports.get(way.last()?).into_iter().flatten() {
                let longer_way = [&way[..], &[next]].concat();
                if next == first {
                    return Some(longer_way);
                }
                if next > first && seen.insert(next) {
                    longer.push(longer_way);
                }
            }
        }
        ways = longer;
    }
    None
}

/// What is read of a source file.
struct File {
    /// Identifiers, `::` and other characters, with their lines.
    tokens: Vec<(usize, String)>,
    /// Each path that begins in this crate, from the crate's root, with its line.
    imports: Vec<(usize, Vec<String>)>,
    /// Whether it is a `mod.rs` that has nothing but `mod` and `use` declarations.
    is_list: bool,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        let code = without_tests(&without_comments_and_strings(text));
        let is_list = path.ends_with("mod.rs") && code.split(';').all(is_declaration);
        let tokens = tokens(&code);
        let mut module: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
        module.pop_if(|last| ["mod", "lib"].contains(last));
        let text_at = |at: usize| tokens.get(at).map_or("", |(_, token)| token.as_str());
        let modules: Vec<_> = (0..tokens.len())
            .filter(|&at| text_at(at) == "mod" && text_at(at + 2) == ";")
            .map(|at| text_at(at + 1))
            .collect();
        let mut imports = Vec::new();
        for (at, (line, _)) in tokens.iter().enumerate() {
            let begins = ["crate", "super", "self"].contains(&text_at(at)) || modules.contains(&text_at(at));
            if begins && text_at(at + 1) == "::" && (at == 0 || text_at(at - 1) != "::") {
                expand(&text_at, at, &[], &mut |path| imports.push((*line, from_root(&module, path))));
            }
        }
        Self { imports, is_list, tokens }
    }
}

/// Reads one path from a token on, with what is in its braces; gives where it ends.
fn expand<'t>(
    text_at: &dyn Fn(usize) -> &'t str,
    mut at: usize,
    before: &[&'t str],
    found: &mut dyn FnMut(&[&str]),
) -> usize {
    let mut path = before.to_vec();
    loop {
        if text_at(at) == "{" {
            at += 1;
            while !["}", ""].contains(&text_at(at)) {
                at = expand(text_at, at, &path, found);
                // Over `as name`.
                while ![",", "}", ""].contains(&text_at(at)) {
                    at += 1;
                }
                at += usize::from(text_at(at) == ",");
            }
            return at + 1;
        }
        if is_name(text_at(at)) && (path.is_empty() || text_at(at) != "self") {
            path.push(text_at(at));
        }
        if text_at(at + 1) != "::" || !(is_name(text_at(at + 2)) || text_at(at + 2) == "{") {
            found(&path);
            return at + 1;
        }
        at += 2;
    }
}

/// A path as from the crate's root.
fn from_root(module: &[&str], path: &[&str]) -> Vec<String> {
    let supers = path.iter().take_while(|segment| **segment == "super").count();
    let (base, rest) = match path {
        ["crate", rest @ ..] => (&[][..], rest),
        ["self", rest @ ..] => (module, rest),
        _ => (&module[..module.len().saturating_sub(supers)], &path[supers..]),
    };
    base.iter().chain(rest).map(|segment| (*segment).to_owned()).collect()
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn is_declaration(item: &str) -> bool {
    let mut item = item.trim();
    while let Some((_, rest)) = item.strip_prefix('#').and_then(|rest| rest.split_once(']')) {
        item = rest.trim();
    }
    let visible = item.strip_prefix("pub").map_or(item, |rest| rest.trim_start_matches("(crate)").trim());
    item.is_empty() || visible.starts_with("mod ") || visible.starts_with("use ")
}

fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut tokens = Vec::new();
    for (line, text) in (1..).zip(code.lines()) {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let length = if rest.starts_with("::") { 2 } else { name.max(first.len_utf8()) };
            tokens.push((line, rest[..length].to_owned()));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// The text with its lines, but without what is in comments and in literals.
fn without_comments_and_strings(text: &str) -> String {
    let literal = regex::Regex::new(
        r##"(?s)//[^\n]*|/\*.*?\*/|\bb?r#"(.*?)"#|\bb?r"[^"]*"|"(\\.|[^"\\])*"|'(\\.[^']*|[^'\\])'"##,
    );
    let blank = |found: &regex::Captures<'_>| "\n".repeat(found[0].matches('\n').count()) + " ";
    literal.map_or_else(|_| String::new(), |literal| literal.replace_all(text, blank).into_owned())
}

/// The text with its lines, but without modules under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut parts = code.split("#[cfg(test)]\nmod ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut open = 0;
        let end = part.char_indices().find(|(_, c)| {
            open += i32::from(*c == '{') - i32::from(*c == '}');
            *c == '}' && open == 0
        });
        let (test, rest) = part.split_at(end.map_or(part.len(), |(at, _)| at + 1));
        out += &"\n".repeat(1 + test.matches('\n').count());
        out += rest;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{SOURCES, are_kept, breaks, problems};

    /// The breaks of made-up sources.
    fn of(sources: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<_> = sources.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        problems(&breaks(&sources))
    }

    const HUAWEI: (&str, &str) = ("huawei/cloud.rs", "");
    const JDCLOUD: (&str, &str) = ("jdcloud/cloud.rs", "");

    fn at(place: &str, message: &str) -> String {
        format!("{SOURCES}/{place}: {message}")
    }

    #[test]
    fn the_core_keeps_its_layers() {
        assert!(are_kept());
    }

    #[test]
    fn right_sources_have_no_breaks() {
        let rule = "// crate::field::X\nuse crate::json::{Key, value::{self, Value as V}};\nconst X: &str = \"jd_ crate::schema::Y\";\n\
                    #[cfg(test)]\nmod tests {\n    use crate::field::x::X;\n}\n";
        let none = of(&[
            HUAWEI,
            JDCLOUD,
            ("lib.rs", "mod json;\nmod rule;\npub use rule::rule::Rule;"),
            (
                "json/mod.rs",
                "//! JSON.\nmod key;\npub(crate) mod value;\npub(crate) use key::Key;\npub use value::Value;",
            ),
            ("json/key.rs", "use super::Value;"),
            ("json/value.rs", "pub struct Value;"),
            ("rule/rule.rs", rule),
            ("huawei/image.rs", "use crate::rule::rule::Rule; pub(crate) fn huawei(jd_image: u8) {}"),
            ("catalogue.rs", "use crate::huawei::image::huawei; use crate::jdcloud::JdName;"),
        ]);
        assert_eq!(none, [""; 0]);
    }

    #[test]
    fn what_is_imported_is_to_the_left() {
        let right = "`rule/a.rs` imports `crate::field::x::X`, and `field` is not to the left of `rule`";
        assert_eq!(of(&[("rule/a.rs", "\nuse crate::{json::Key, field::{x::{X}}};")]), [at("rule/a.rs:2", right)]);
        assert_eq!(of(&[("rule/a.rs", "fn f() { super::super::field::x::X(1) }")]), [at("rule/a.rs:1", right)]);
        assert_eq!(
            of(&[HUAWEI, JDCLOUD, ("jdcloud/a.rs", "type T = crate::huawei::Os;")]),
            [at(
                "jdcloud/a.rs:1",
                "`jdcloud/a.rs` imports `crate::huawei::Os`, and `huawei` is not to the left of `jdcloud`"
            )]
        );
        assert_eq!(
            of(&[("input/a.rs", "use crate::Locale;")]),
            [at("input/a.rs:1", "`input/a.rs` imports `crate::Locale`, and `lib` is not to the left of `input`")]
        );
    }

    /// A further cloud needs no line in this file.
    #[test]
    fn a_folder_with_a_cloud_is_a_cloud() {
        let new = ("new/cloud.rs", "use crate::check::cloud::Cloud; use crate::huawei::Os;");
        let check = ("check/cloud.rs", "fn new() {}");
        assert_eq!(
            of(&[HUAWEI, new, check]),
            [
                at("check/cloud.rs:1", "`check/cloud.rs` names a cloud: `new`"),
                at(
                    "new/cloud.rs:1",
                    "`new/cloud.rs` imports `crate::huawei::Os`, and `huawei` is not to the left of `new`"
                )
            ]
        );
    }

    #[test]
    fn files_of_a_folder_have_no_circles() {
        let list = ("json/mod.rs", "mod a;\nmod b;\npub(crate) use b::B;");
        let circle = of(&[list, ("json/a.rs", "use crate::json::B;"), ("json/b.rs", "use super::a::A;")]);
        assert_eq!(circle, [at("json/a.rs:1", "circle: json/a.rs -> json/b.rs -> json/a.rs")]);
        let circle = of(&[("schema/mod.rs", "mod case;\nfn f() -> case::C {}"), ("schema/case.rs", "use super::f;")]);
        assert_eq!(circle, [at("schema/case.rs:1", "circle: schema/case.rs -> schema/mod.rs -> schema/case.rs")]);
    }

    #[test]
    fn only_the_clouds_name_a_cloud() {
        let named = of(&[
            HUAWEI,
            JDCLOUD,
            ("field/a.rs", "struct JdName;\nstruct Jdk; fn jd_name() {}\nenum E { huawei, JdName }"),
        ]);
        let what = |line, word| at(&format!("field/a.rs:{line}"), &format!("`field/a.rs` names a cloud: `{word}`"));
        assert_eq!(named, [what(1, "JdName"), what(2, "jd_name"), what(3, "huawei")]);
    }
}
