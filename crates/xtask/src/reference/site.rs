//! The site: one folder with the reference in each language, its data, the schemas and the OpenAPI documents, under any address.

use super::render::escaped;
use super::{Book, Page, data, search, shell, words};
use crate::schemas::address;
use crate::{root, target};
use image_preflight::schema::Profile;
use image_preflight::{Locale, Message, rules};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The address of the site.
pub(super) struct Base {
    /// The one that the library, the schemas and the pages name.
    published: String,
    /// The one that this folder is for.
    address: String,
}

impl Base {
    fn new(address: Option<&str>) -> Self {
        let page = rules().next().map(|rule| rule.help_url(Locale::ENGLISH)).unwrap_or_default();
        let published = page.split("reference/").next().unwrap_or_default().to_owned();
        let address =
            address.map_or_else(|| published.clone(), |address| format!("{}/", address.trim_end_matches('/')));
        Base { published, address }
    }

    /// The whole address of a file, as [`apply`](Base::apply) takes it.
    pub(super) fn address(&self, file: &str) -> String {
        format!("{}{file}", self.published)
    }

    /// The file of the site that a link leads to.
    pub(super) fn file(&self, link: &str) -> Option<String> {
        link.strip_prefix(&self.address).or_else(|| link.strip_prefix(&self.published)).map(str::to_owned)
    }

    /// A text with the addresses of this folder.
    fn apply(&self, text: &str) -> String {
        text.replace(&self.published, &self.address)
    }
}

fn folder() -> PathBuf {
    target().join("site")
}

/// Builds the site for an address, and checks its links.
pub(crate) fn build(address: Option<&str>) -> bool {
    if address.is_some_and(|address| !address.starts_with("https://") && !address.starts_with("http://")) {
        eprintln!("the address of the site begins with https:// or http://");
        return false;
    }
    let base = Base::new(address);
    let written = write(&base);
    match &written {
        Ok(count) => eprintln!("the site is built: {count} files in `site` of the target folder"),
        Err(error) => eprintln!("the site: {error}"),
    }
    written.is_ok() && links_work(&base)
}

fn write(base: &Base) -> std::io::Result<usize> {
    if folder().exists() {
        std::fs::remove_dir_all(folder())?;
    }
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut addresses = Vec::new();
    for locale in Locale::all() {
        let (book, tag) = (Book::new(locale), locale.tag());
        let pages = book.pages();
        unique(&pages, locale)?;
        for page in &pages {
            let file = format!("reference/{tag}/{}.html", page.path);
            addresses.push(base.address(&file));
            files.insert(file, shell::page(page, &book, base));
        }
        files.insert(format!("reference/{tag}/search.js"), search::script(&book, &pages));
        if locale == Locale::ENGLISH {
            files.extend(data::files(&book));
        }
    }
    let schemas = schemas()?;
    files.extend(schemas.iter().map(|(name, text)| (format!("schema/{name}"), text.clone())));
    files.extend(schemas.iter().map(|(name, text)| {
        let folder = format!("schema/{MINOR}/");
        // A versioned copy names itself and its neighbours by their versioned addresses.
        let named = format!("{}schema/", base.published);
        (format!("{folder}{name}"), text.replace(&named, &format!("{}{folder}", base.published)))
    }));
    let names: Vec<_> = schemas.into_keys().collect();
    files.insert("index.html".to_owned(), front(base, &names));
    files.insert("404.html".to_owned(), not_found(base));
    let sitemap: String = addresses.iter().map(|address| format!("<url><loc>{address}</loc></url>\n")).collect();
    files.insert(
        "sitemap.xml".to_owned(),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{sitemap}</urlset>\n"
        ),
    );
    for (name, asset) in
        [("assets/style.css", "style.css"), ("assets/site.js", "site.js"), ("favicon.svg", "favicon.svg")]
    {
        files.insert(name.to_owned(), std::fs::read_to_string(root().join("crates/xtask/site").join(asset))?);
    }
    for (name, text) in &files {
        let path = folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
        std::fs::write(path, base.apply(text))?;
    }
    Ok(files.len())
}

/// The version that the address of a schema names: schemas change with minor versions.
const MINOR: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// The JSON Schemas, those of the profiles in their folders, and the OpenAPI documents that are checked in.
fn schemas() -> std::io::Result<BTreeMap<String, String>> {
    let folder = root().join("bindings/schema");
    let mut found = BTreeMap::new();
    for within in Profile::ALL.map(|profile| if profile == Profile::Exact { "" } else { profile.name() }) {
        for entry in std::fs::read_dir(folder.join(within))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
                found.insert(name, std::fs::read_to_string(&path)?);
            }
        }
    }
    Ok(found)
}

/// An error if two pages have the same title or description, or one is empty.
fn unique(pages: &[Page], locale: Locale) -> std::io::Result<()> {
    let (mut titles, mut descriptions) = (BTreeSet::new(), BTreeSet::new());
    for page in pages {
        let is_new = titles.insert(page.title(locale)) && descriptions.insert(&page.description);
        if !is_new || page.description.is_empty() {
            return Err(std::io::Error::other(format!(
                "{}: its title or description is another page's too",
                page.path
            )));
        }
    }
    Ok(())
}

/// A page without navigation.
fn plain(base: &Base, title: &str, up: &str, body: &str) -> String {
    let alternates: String = Locale::all()
        .map(|locale| {
            let address = base.address(&format!("reference/{}/index.html", locale.tag()));
            format!("<link rel=\"alternate\" hreflang=\"{}\" href=\"{address}\">\n", locale.tag())
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"description\" content=\"{}\">\n{alternates}<link rel=\"icon\" href=\"{up}favicon.svg\">\n\
         <link rel=\"stylesheet\" href=\"{up}assets/style.css\">\n\
         <script src=\"{up}assets/site.js\"></script>\n</head>\n<body class=\"plain\">\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(words::LEAD.text(Locale::ENGLISH))
    )
}

/// The choice of a language, and the list of files.
fn front(base: &Base, schemas: &[String]) -> String {
    let say = |words: Message, locale: Locale| escaped(words.text(locale));
    let mut body = String::from("<h1>image-preflight</h1>\n");
    for locale in Locale::all() {
        let tag = locale.tag();
        body.push_str(&format!(
            "<section lang=\"{tag}\">\n<h2><a hreflang=\"{tag}\" href=\"reference/{tag}/index.html\">{}</a></h2>\n<p>{}</p>\n</section>\n",
            say(words::TITLE, locale),
            say(words::LEAD, locale)
        ));
    }
    body.push_str("<h2>Data</h2>\n<ul>\n");
    for (file, what) in &words::FILES {
        let links: BTreeSet<_> = Locale::all().map(|locale| file.text(locale)).collect();
        let links: Vec<_> = links.into_iter().map(|file| format!("<a href=\"{file}\">{file}</a>")).collect();
        body.push_str(&format!(
            "<li>{}: {} / <span lang=\"zh-CN\">{}</span></li>\n",
            links.join(" / "),
            say(*what, Locale::ENGLISH),
            say(*what, Locale::CHINESE)
        ));
    }
    body.push_str("</ul>\n<h2>Schemas</h2>\n<ul class=\"files\">\n");
    for name in schemas {
        body.push_str(&format!(
            "<li><a href=\"schema/{name}\">{name}</a> (<a href=\"schema/{MINOR}/{name}\">{MINOR}<span class=\"hidden\"> {name}</span></a>)</li>\n"
        ));
    }
    body.push_str("</ul>\n");
    plain(base, "image-preflight", "", &body)
}

/// The one page for addresses that lead nowhere. It is shown at any depth, so its links are whole.
fn not_found(base: &Base) -> String {
    let mut body = String::from("<h1>404</h1>\n");
    for locale in Locale::all() {
        let tag = locale.tag();
        let address = base.address(&format!("reference/{tag}/index.html"));
        body.push_str(&format!(
            "<p lang=\"{tag}\">{} <a hreflang=\"{tag}\" href=\"{address}\">{}</a></p>\n",
            escaped(words::NOT_FOUND.text(locale)),
            escaped(words::TITLE.text(locale))
        ));
    }
    plain(base, "404 · image-preflight", &base.published, &body)
}

/// Whether every link of the built pages has a target in the folder or is one of a document elsewhere, and the pages load nothing
/// from other sites.
fn links_work(base: &Base) -> bool {
    eprintln!("== the site: do its links work?");
    let pages = files(&folder(), &["html"]);
    let attribute = |name: &str| Regex::new(&format!("\\b{name}=\"([^\"]*)\"")).expect("a pattern");
    let (href, src, id) = (attribute("href"), attribute("src"), attribute("id"));
    let anchors: BTreeMap<_, BTreeSet<_>> = pages
        .iter()
        .map(|(path, text)| (path.clone(), id.captures_iter(text).map(|found| found[1].to_owned()).collect()))
        .collect();
    let mut links = 0;
    let mut broken = BTreeSet::new();
    for (path, text) in &pages {
        for found in src.captures_iter(text).filter(|found| found[1].contains("//") && base.file(&found[1]).is_none()) {
            broken.insert(format!("{}: {} comes from elsewhere", path.display(), &found[1]));
        }
        for found in href.captures_iter(text).chain(src.captures_iter(text)) {
            let link = &found[1];
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = match base.file(file) {
                Some(file) => folder().join(file),
                None if link.starts_with("http") => continue,
                None if file.is_empty() => path.clone(),
                None => resolved(path, file),
            };
            links += 1;
            let leads = is_page(&to) && (anchor.is_empty() || anchors.get(&to).is_none_or(|ids| ids.contains(anchor)));
            if !leads {
                broken.insert(format!("{}: {link}", path.display()));
            }
        }
    }
    broken.extend(broken_addresses(base));
    for link in broken.iter().take(20) {
        eprintln!("{link}");
    }
    eprintln!("{links} links on {} pages, {} broken", pages.len(), broken.len());
    pages.len() > 500 && broken.is_empty()
}

/// Whether a server of files has something there.
fn is_page(path: &Path) -> bool {
    path.is_file() || path.join("index.html").is_file()
}

/// Files of the project that name addresses of the site.
const NAMING: [&str; 5] = [
    "README.md",
    "bindings/npm/README.md",
    "bindings/npm/package.json",
    "bindings/schema/README.md",
    "tests/schema/schemastore.json",
];

/// The addresses of the site that lead nowhere, in its own files that are no pages and in those of the project; and the schemas that
/// are not at their own address.
fn broken_addresses(base: &Base) -> Vec<String> {
    let prefixes = format!("(?:{}|{})", regex::escape(&base.address), regex::escape(&base.published));
    let named = Regex::new(&format!("{prefixes}[\\w./-]*")).expect("a pattern");
    let own = files(&folder(), &["json", "txt", "xml"]);
    let of_project = NAMING.iter().filter_map(|name| {
        let path = root().join(name);
        std::fs::read_to_string(&path).ok().map(|text| (path, text))
    });
    let mut broken = Vec::new();
    for (path, text) in own.iter().map(|(path, text)| (path.clone(), text.clone())).chain(of_project) {
        let addresses: BTreeSet<_> = named.find_iter(&text).map(|found| found.as_str().trim_end_matches('.')).collect();
        let leads = |address: &&str| base.file(address).is_some_and(|file| is_page(&folder().join(file)));
        let wrong = addresses.into_iter().filter(|address| !leads(address));
        broken.extend(wrong.map(|address| format!("{}: {address}", path.display())));
    }
    for (path, text) in &own {
        let schema = serde_json::from_str(text).unwrap_or(serde_json::Value::Null);
        let place = address(&schema).map(|address| base.file(address).map(|file| folder().join(file)));
        if place.is_some_and(|place| place.as_ref() != Some(path)) {
            broken.push(format!("{}: its address is another one's", path.display()));
        }
    }
    broken
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

/// The files of a folder and of those in it, by how their names end.
fn files(folder: &Path, extensions: &[&str]) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known)) {
            found.extend(std::fs::read_to_string(&path).map(|text| (path, text)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_begins_with_the_one_that_is_given() {
        let base = Base::new(Some("https://docs.example.com/images/"));
        let published = Base::new(None);
        assert_eq!(base.apply(&base.address("schema/case.json")), "https://docs.example.com/images/schema/case.json");
        assert_eq!(published.apply(&base.address("a")), published.address("a"));
        let local = |link: &str| base.file(link);
        assert_eq!(local(&published.address("rules.json")).as_deref(), Some("rules.json"));
        assert_eq!(local("https://docs.example.com/images/a#b").as_deref(), Some("a#b"));
        assert_eq!(local("https://support.example.com/"), None);
        // An address below the published one is not replaced twice.
        let below = Base::new(Some(&published.address("v1")));
        assert_eq!(below.file(&below.apply(&below.address("a"))).as_deref(), Some("a"));
        assert!(!build(Some("docs.example.com")), "no address");
    }

    #[test]
    fn a_link_is_resolved_from_its_page() {
        assert_eq!(resolved(Path::new("/s/reference/en/a.html"), "../../schema/b.json"), Path::new("/s/schema/b.json"));
    }
}
