//! The rule reference: pages in each language, generated from the catalogue and the vectors. Their Markdown is checked in, in
//! `bindings/schema/reference`; `site.rs` makes the site of them.

mod code_page;
mod data;
mod examples;
mod markdown;
mod operation_page;
mod render;
mod rule_page;
mod search;
mod shell;
mod site;
mod tables;
mod words;

use crate::generated::{Files, Generated};
use examples::Example;
use image_preflight::{Facts, Field, Locale, Message, Operation, Rule, capabilities, operations, rule, rules};
use markdown::{head, row, text};
pub(crate) use site::build;
use std::collections::BTreeSet;
pub(crate) use words::severity;

/// The files of `bindings/schema/reference`: the pages, and the data of which those of the error codes are made.
pub(crate) fn generated() -> Generated {
    let mut files = Files::new();
    for locale in Locale::all() {
        let book = Book::new(locale);
        let pages = book.pages().into_iter().filter(|page| !page.path.starts_with(code_page::FOLDER));
        files.extend(pages.map(|page| (format!("{}/{}.md", locale.tag(), page.path), page.markdown)));
        if locale == Locale::ENGLISH {
            files.extend(data::files(&book));
        }
    }
    Generated { folder: "bindings/schema/reference", files, is_ours: |_| true, task: "docs" }
}

/// The pages that are not about one operation, rule or code.
const TABLES: [(Message, &str); 5] = [
    (words::CODES_TITLE, "codes"),
    (words::FACTS, "facts"),
    (words::EDITIONS, "editions"),
    (words::STATEMENTS, "statements"),
    (words::PROBLEMS, "problems"),
];

/// A page.
struct Page {
    /// Its address below that of its language, without `.html`.
    path: String,
    /// Its main heading.
    heading: String,
    /// What distinguishes it from pages of the same heading.
    of: String,
    /// What it is about, in a sentence.
    description: String,
    /// What kind of page it is, for the search.
    kind: Message,
    /// Further names by which it is searched.
    names: String,
    /// The page of the operation that it belongs to.
    within: String,
    /// Whether its table has a filter.
    is_filtered: bool,
    markdown: String,
}

impl Page {
    /// A page of a heading, without its text. The description is cut to the length that search engines show.
    fn new(path: &str, kind: Message, heading: &str, description: &str) -> Self {
        const MAX_CHARS: usize = 200;
        let description = description.replace('`', "");
        let is_long = description.chars().count() > MAX_CHARS;
        let shown: String = description.chars().take(MAX_CHARS).collect();
        Page {
            path: path.to_owned(),
            heading: heading.to_owned(),
            of: String::new(),
            description: if is_long { format!("{shown}…") } else { shown },
            kind,
            names: String::new(),
            within: String::new(),
            is_filtered: false,
            markdown: String::new(),
        }
    }

    /// The title of its window or tab.
    fn title(&self, locale: Locale) -> String {
        let site = words::TITLE.text(locale);
        let parts = [self.heading.as_str(), &self.of, site];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if self.heading == site { site.to_owned() } else { parts.join(" · ") }
    }

    /// The same with its text below the heading.
    fn with(self, markdown: &str) -> Self {
        let markdown = format!("# {}\n\n{}\n", text(&self.heading), markdown.trim_end());
        Page { markdown, ..self }
    }
}

/// What the fixes of a rule are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fixes {
    /// A JSON Patch for every violation.
    Patch,
    /// A JSON Patch for some violations.
    Partly,
    /// Sentences.
    Text,
}

impl Fixes {
    fn as_str(self) -> &'static str {
        match self {
            Fixes::Patch => "patch",
            Fixes::Partly => "partly",
            Fixes::Text => "text",
        }
    }
}

/// The pages of one language.
struct Book {
    locale: Locale,
    examples: Vec<Example>,
    /// The operations that a case may name, then the other capabilities of an image.
    operations: Vec<&'static Operation>,
}

impl Book {
    fn new(locale: Locale) -> Self {
        let known: Vec<_> = operations().collect();
        let others = capabilities(&Facts::default()).into_iter().map(|capability| capability.operation());
        let others =
            others.filter(|operation| known.iter().all(|known| known.id() != operation.id())).collect::<Vec<_>>();
        Book { locale, examples: examples::all(locale), operations: known.into_iter().chain(others).collect() }
    }

    fn pages(&self) -> Vec<Page> {
        let case = Page::new("case", words::PAGE, self.say(words::OF_A_CASE), self.say(words::CASE_LEAD));
        let case = case.with(&format!("{}\n\n{}", self.say(words::CASE_LEAD), self.table(self.of_a_case())));
        let mut pages = vec![self.index(), case];
        pages.extend(tables::pages(self));
        pages.extend(self.operations.iter().map(|operation| operation_page::page(operation, self)));
        pages.extend(self.rules().map(|(rule, operation)| rule_page::page(rule, operation, self)));
        pages.extend(code_page::pages(self));
        pages
    }

    fn say(&self, words: Message) -> &'static str {
        words.text(self.locale)
    }

    /// The rules about the case itself.
    fn of_a_case(&self) -> impl Iterator<Item = &'static Rule> + use<> {
        rules().filter(|rule| rule.id.starts_with("case."))
    }

    /// Every rule, with its operation if it has one.
    fn rules(&self) -> impl Iterator<Item = (&'static Rule, Option<&'static Operation>)> {
        let of_operations =
            self.operations.iter().flat_map(|operation| operation.rules().map(|rule| (rule, Some(*operation))));
        self.of_a_case().map(|rule| (rule, None)).chain(of_operations)
    }

    /// The title of a rule.
    fn name(&self, rule: &Rule) -> String {
        name(rule, self.locale)
    }

    /// A link to a rule's page: its title and the end of its id.
    fn rule_link(&self, rule: &Rule) -> String {
        let id = rule.id.rsplit('.').next().unwrap_or(rule.id);
        match rule.title {
            Some(title) => format!("[{}]({}.md) `{id}`", text(title.text(self.locale)), rule.id),
            None => format!("[`{id}`]({}.md)", rule.id),
        }
    }

    fn link(&self, page: &str, title: Message) -> String {
        format!("[{}]({page}.md)", text(title.text(self.locale)))
    }

    /// The address of the published site.
    fn site(&self) -> String {
        let page = rules().next().map(|rule| rule.help_url(self.locale)).unwrap_or_default();
        page.split("reference/").next().unwrap_or_default().to_owned()
    }

    /// What the fixes of a rule are, by what its examples get.
    fn fixes(&self, of: &Rule) -> Fixes {
        let mut has_patch = BTreeSet::new();
        for said in self.examples.iter().flat_map(|example| example.of(of)).filter(|said| said.is_violated()) {
            has_patch
                .insert(said.fixes.iter().any(|(_, patch, _)| patch.as_array().is_some_and(|patch| !patch.is_empty())));
        }
        match (has_patch.contains(&true), has_patch.contains(&false)) {
            (true, false) => Fixes::Patch,
            (true, true) => Fixes::Partly,
            _ => Fixes::Text,
        }
    }

    /// The rules whose result differs from that of the default edition, in an example.
    fn differing(&self, edition: &str) -> Vec<&'static Rule> {
        let ids: BTreeSet<_> = self
            .examples
            .iter()
            .filter_map(|example| example.otherwise.get(edition))
            .flat_map(|rules| rules.keys())
            .collect();
        ids.into_iter().filter_map(|id| rule(id)).collect()
    }

    fn index(&self) -> Page {
        let mut page = String::new();
        for words in [words::LEAD, words::NOTE, words::GB_NOTE, words::SCHEMA_FILES] {
            page.push_str(&format!("{}\n\n", self.say(words)));
        }
        let site = self.site();
        for (file, what) in words::FILES.iter().map(|(file, what)| (self.say(*file), what)) {
            page.push_str(&format!("- [{file}]({site}{file}){}{}\n", self.say(words::COLON), self.say(*what)));
        }
        page.push('\n');
        for operation in &self.operations {
            let title = self.link(operation.id(), operation.title());
            page.push_str(&markdown::heading(2, &title, operation.id()));
            page.push_str(&format!("{}\n", self.table(operation.rules())));
        }
        page.push_str(&markdown::heading(2, &self.link("case", words::OF_A_CASE), "case"));
        page.push_str(&self.table(self.of_a_case()));
        Page::new("index", words::PAGE, self.say(words::TITLE), self.say(words::LEAD)).with(&page)
    }

    /// Rules, those that deny a request first.
    fn table(&self, rules: impl Iterator<Item = &'static Rule>) -> String {
        let mut rules: Vec<_> = rules.collect();
        rules.sort_by_key(|rule| rule.severity);
        let mut table = head(&[self.say(words::RULE), self.say(words::SEVERITY), self.say(words::HOLDS)]);
        for rule in rules {
            table.push_str(&row(&[
                self.rule_link(rule),
                words::severity(rule.severity, self.locale).to_owned(),
                text(rule.holds.text(self.locale)),
            ]));
        }
        table
    }
}

/// The title of a rule; that of a field's rule is the field's name.
fn name(rule: &Rule, locale: Locale) -> String {
    let id = rule.id.rsplit('.').next().unwrap_or(rule.id);
    rule.title.map_or_else(|| id.to_owned(), |title| title.text(locale).to_owned())
}

/// The field whose rule this is, and whether it is in the path.
fn field_of(rule: &Rule, operation: &'static Operation) -> Option<(&'static Field, bool)> {
    let is_it = |field: &&Field| field.rule().id == rule.id;
    let in_path = operation.path().iter().find(is_it).map(|field| (field, true));
    in_path.or_else(|| operation.body().iter().find(is_it).map(|field| (field, false)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    /// Half-width punctuation beside Chinese characters, in texts that are no code.
    #[test]
    fn chinese_pages_have_chinese_punctuation() {
        let wrong = regex::Regex::new("\\p{Han} ?[:,;!?(]|[:,;!?)] ?\\p{Han}").expect("a pattern");
        for page in Book::new(Locale::CHINESE).pages() {
            let text = render::prose(&page.markdown);
            let found = wrong.find(&text).map(|found| found.as_str());
            assert_eq!(found, None, "{}", page.path);
        }
        assert!(wrong.is_match("文档 (2024)") && wrong.is_match("文档: a") && !wrong.is_match("文档：（a, b）"));
    }

    #[test]
    fn the_address_of_every_error_leads_to_its_place() {
        let pages = Book::new(Locale::ENGLISH).pages();
        let mut seen = std::collections::BTreeSet::new();
        for error in image_preflight::error_codes().filter(|error| !error.message.is_empty()) {
            let help = error.help_url(Locale::ENGLISH).expect("it has a code");
            assert!(seen.insert(help.clone()), "{help} is the address of two errors");
            let place = help.split_once('#').expect("it has a place").1;
            let page = pages.iter().find(|page| page.path == format!("codes/{}", error.code)).expect("it has a page");
            let of_places = page.markdown.lines().filter(|line| line.ends_with(&format!(" <a id=\"{place}\"></a>")));
            assert_eq!(of_places.filter(|line| line.contains(error.message)).count(), 1, "{help}");
        }
        assert!(seen.len() > 10);
    }

    /// The Markdown files of a folder and of those in it that are checked in, by their paths.
    fn checked_in(folder: &Path, out: &mut BTreeMap<PathBuf, String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let is_left_out = name.to_string_lossy().starts_with('.') || name == "target" || name == "node_modules";
            if path.is_dir() && !is_left_out {
                checked_in(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                out.insert(path.clone(), std::fs::read_to_string(&path).expect("a text"));
            }
        }
    }

    /// The places of a page as a viewer of Markdown makes them: of headings and of ids.
    fn places(markdown: &str) -> BTreeSet<String> {
        let id = regex::Regex::new("<a (?:id|name)=\"([^\"]+)\"").expect("a pattern");
        let mut places: BTreeSet<_> = id.captures_iter(markdown).map(|found| found[1].to_owned()).collect();
        let link = regex::Regex::new("\\[([^\\]]*)\\]\\([^)]*\\)").expect("a pattern");
        for line in markdown.lines().filter(|line| line.starts_with('#')) {
            let title = line.trim_start_matches('#').split(" <a ").next().unwrap_or_default().trim().to_lowercase();
            let title = link.replace_all(&title, "$1").replace(' ', "-");
            places.insert(title.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect());
        }
        places
    }

    /// Read in the repository, as most do, and not on the site.
    #[test]
    fn every_link_of_a_checked_in_page_leads_to_a_file_and_a_place_in_it() {
        let mut pages = BTreeMap::new();
        checked_in(&crate::root().canonicalize().expect("a folder"), &mut pages);
        let link = regex::Regex::new("\\]\\(([^()\\s]+)\\)").expect("a pattern");
        let code = regex::Regex::new("(?ms)^ *```.*?^ *```|`[^`\n]*`").expect("a pattern");
        let (mut links, mut broken) = (0, Vec::new());
        for (path, text) in &pages {
            for found in link.captures_iter(&code.replace_all(text, "x")) {
                let to = &found[1];
                if to.contains("://") || to.starts_with("mailto:") {
                    continue;
                }
                links += 1;
                let (file, place) = to.split_once('#').unwrap_or((to, ""));
                let file = if file.is_empty() { path.clone() } else { path.parent().unwrap_or(path).join(file) };
                let text = file.canonicalize().ok().and_then(|file| pages.get(&file));
                let has_place = place.is_empty() || text.is_some_and(|text| places(text).contains(place));
                if !file.exists() || !has_place {
                    broken.push(format!("{}: {to}", path.display()));
                }
            }
        }
        assert!(broken.is_empty(), "{} of {links}:\n{}", broken.len(), broken.join("\n"));
        assert!(links > 2500, "{links}");
    }

    /// Who is told to query something is told a way that lasts.
    #[test]
    fn no_page_names_a_path_that_is_deprecated() {
        let document = std::fs::read_to_string(crate::root().join("bindings/schema/openapi.json")).expect("a document");
        let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
        let paths = document["paths"].as_object().expect("paths");
        let is_deprecated = |item: &serde_json::Value| {
            item.as_object().is_some_and(|item| item.values().any(|method| method["deprecated"] == true))
        };
        let deprecated: Vec<_> = paths.iter().filter(|(_, item)| is_deprecated(item)).map(|(path, _)| path).collect();
        assert!(!deprecated.is_empty());
        for (name, text) in generated().files {
            let named = deprecated.iter().find(|path| text.contains(path.as_str()));
            assert_eq!(named, None, "{name}");
        }
    }

    #[test]
    fn every_rule_has_a_title_or_is_a_field_s() {
        for (rule, operation) in Book::new(Locale::ENGLISH).rules() {
            let is_field = operation.is_some_and(|operation| field_of(rule, operation).is_some());
            assert_eq!(rule.title.is_none(), is_field, "{}", rule.id);
        }
    }
}
