//! The rule reference: a small book in each language, generated from the catalogue and the vectors into
//! `bindings/schema/reference`, and built with mdBook into `target/reference`.

mod build;
mod examples;
mod markdown;
mod rule_page;
mod tables;
mod words;

use crate::generated::{Files, Generated};
pub(crate) use build::{build, links_work};
use examples::Example;
use image_preflight::{DocumentedError, Facts, Locale, Message, Operation, Rule, capabilities, operations, rules};
use markdown::{head, row, text};

/// The files of `bindings/schema/reference`.
pub(crate) fn generated() -> Generated {
    let files = Locale::all().flat_map(|locale| Book::new(locale).files()).collect();
    Generated { folder: "bindings/schema/reference", files, is_ours: |_| true, task: "docs" }
}

/// The book of one language.
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

    fn files(&self) -> Files {
        let mut pages = vec![
            ("index".to_owned(), self.index()),
            ("statements".to_owned(), tables::statements(self)),
            ("facts".to_owned(), tables::facts(self)),
            ("editions".to_owned(), tables::editions(self)),
            ("refusals".to_owned(), tables::refusals(self)),
            ("problems".to_owned(), tables::problems(self)),
            ("case".to_owned(), self.contents("case", self.say(words::OF_A_CASE), self.of_a_case())),
        ];
        for operation in &self.operations {
            let title = operation.title().text(self.locale);
            pages.push((operation.id().to_owned(), self.contents(operation.id(), title, operation.rules())));
        }
        for (rule, operation) in self.rules() {
            pages.push((rule.id.to_owned(), rule_page::page(rule, operation, self)));
        }
        let tag = self.locale.tag();
        let pages =
            pages.into_iter().map(|(name, page)| (format!("{tag}/src/{name}.md"), format!("{}\n", page.trim_end())));
        let book = [(format!("{tag}/book.toml"), self.toml()), (format!("{tag}/src/SUMMARY.md"), self.summary())];
        pages.chain(book).collect()
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

    /// The head of a page: its title, and a link to the same page in the other language.
    fn top(&self, title: &str, page: &str) -> String {
        let other = if self.locale == Locale::ENGLISH { Locale::CHINESE } else { Locale::ENGLISH };
        format!(
            "# {title}\n\n<p class=\"language\"><a href=\"../{}/{page}.html\">{}</a></p>\n\n",
            other.tag(),
            self.say(words::OTHER_LANGUAGE)
        )
    }

    fn link(&self, page: &str, title: Message) -> String {
        format!("[{}]({page}.md)", text(title.text(self.locale)))
    }

    /// The links to everything published.
    fn site(&self) -> String {
        let page = rules().next().map(|rule| rule.help_url(self.locale)).unwrap_or_default();
        page.split("reference/").next().unwrap_or_default().to_owned()
    }

    fn index(&self) -> String {
        let mut page = self.top(self.say(words::TITLE), "index");
        for words in [words::LEAD, words::NOTE, words::GB_NOTE, words::SCHEMA_FILES] {
            page.push_str(&format!("{}\n\n", self.say(words)));
        }
        page.push_str(&format!(
            "[openapi.json]({0}schema/openapi.json) · [all.json]({0}schema/all.json)\n\n",
            self.site()
        ));
        for operation in &self.operations {
            page.push_str(&format!(
                "## {}\n\n{}\n",
                self.link(operation.id(), operation.title()),
                self.table(operation.rules())
            ));
        }
        page.push_str(&format!("## [{}](case.md)\n\n{}\n", self.say(words::OF_A_CASE), self.table(self.of_a_case())));
        page
    }

    fn contents(&self, page: &str, title: &str, rules: impl Iterator<Item = &'static Rule>) -> String {
        let mut out = self.top(title, page);
        if let Some(operation) =
            self.operations.iter().find(|operation| operation.id() == page && !operation.path_template().is_empty())
        {
            let provider = text(operation.provider().name.text(self.locale));
            out.push_str(&format!(
                "{provider} · **{}** · `{} {}` · `{page}`\n\n",
                operation.api_name(),
                operation.provider().method,
                operation.path_template()
            ));
            out.push_str(&format!("[{page}.json]({}schema/{page}.json)\n\n", self.site()));
        }
        out.push_str(&self.table(rules));
        out
    }

    /// Rules, those that deny a request first.
    fn table(&self, rules: impl Iterator<Item = &'static Rule>) -> String {
        let mut rules: Vec<_> = rules.collect();
        rules.sort_by_key(|rule| rule.severity);
        let mut table = head(&[self.say(words::RULE), self.say(words::SEVERITY), self.say(words::HOLDS)]);
        for rule in rules {
            let name = rule.id.rsplit('.').next().unwrap_or(rule.id);
            table.push_str(&row(&[
                format!("[`{name}`]({}.md)", rule.id),
                words::severity(rule.severity, self.locale).to_owned(),
                text(rule.holds.text(self.locale)),
            ]));
        }
        table
    }

    /// A table of documented error codes; empty if there are none.
    fn refusals(&self, operation: Option<&'static Operation>, is_wanted: impl Fn(&DocumentedError) -> bool) -> String {
        let of = operation.into_iter().flat_map(Operation::refusals).filter(|refusal| is_wanted(refusal));
        let of: Vec<_> = of.collect();
        if of.is_empty() {
            return String::new();
        }
        let has_messages = of.iter().any(|refusal| !refusal.message.is_empty());
        let message = has_messages.then_some(words::MESSAGE);
        let titles = [words::STATUS, words::CODE].into_iter().chain(message).chain([words::MEANING, words::RETRY]);
        let titles: Vec<_> = titles.map(|words| self.say(words)).collect();
        let line = |refusal: &&DocumentedError| {
            let code = if refusal.code.is_empty() { String::new() } else { format!("`{}`", refusal.code) };
            let message = has_messages.then(|| text(refusal.message));
            let others = [self.say(refusal.meaning), self.say(refusal.retry.advice())].map(text);
            row(&[refusal.status.to_string(), code].into_iter().chain(message).chain(others).collect::<Vec<_>>())
        };
        let lines: Vec<_> = of.iter().map(line).collect();
        format!("{}{}", head(&titles), lines.concat())
    }

    fn toml(&self) -> String {
        let (tag, title) = (self.locale.tag(), self.say(words::TITLE));
        let language = tag.split('-').next().unwrap_or(tag);
        format!(
            "# Generated by `cargo xtask docs`.\n[book]\ntitle = \"{title}\"\nlanguage = \"{language}\"\n\n\
             [output.html]\nno-section-label = true\nsite-url = \"/image-preflight/reference/{tag}/\"\n\n\
             [output.html.fold]\nenable = true\nlevel = 0\n"
        )
    }

    fn summary(&self) -> String {
        let mut summary = format!("# {}\n\n[{}](index.md)\n\n", self.say(words::TITLE), self.say(words::ALL_RULES));
        let mut chapter = |title: &str, page: &str, rules: Vec<&'static Rule>| {
            summary.push_str(&format!("- [{title}]({page}.md)\n"));
            for rule in rules {
                let name = rule.id.strip_prefix(page).unwrap_or(rule.id).trim_start_matches('.').replace('_', "\\_");
                summary.push_str(&format!("  - [{name}]({}.md)\n", rule.id));
            }
        };
        for operation in &self.operations {
            chapter(operation.title().text(self.locale), operation.id(), operation.rules().collect());
        }
        chapter(self.say(words::OF_A_CASE), "case", self.of_a_case().collect());
        for (title, page) in [
            (words::STATEMENTS, "statements"),
            (words::FACTS, "facts"),
            (words::EDITIONS, "editions"),
            (words::REFUSALS, "refusals"),
            (words::PROBLEMS, "problems"),
        ] {
            summary.push_str(&format!("- [{}]({page}.md)\n", self.say(title)));
        }
        summary
    }
}
