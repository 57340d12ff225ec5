//! What is around a page: head, search, languages, navigation.

use super::render::{self, escaped};
use super::site::Base;
use super::{Book, Page, words};
use image_preflight::{Locale, Message, Rule};

/// A page as HTML.
pub(super) fn page(page: &Page, book: &Book, base: &Base) -> String {
    let say = |words: Message| escaped(words.text(book.locale));
    let tag = book.locale.tag();
    // From the page's folder to that of its language, and to that of the site.
    let up = "../".repeat(page.path.matches('/').count());
    let site = format!("{up}../../");
    let body = render::html(&page.markdown, &up, &|link| base.file(link).map(|file| format!("{site}{file}")));
    let address = |locale: Locale| base.address(&format!("reference/{}/{}.html", locale.tag(), page.path));
    let alternates: String = Locale::all()
        .map(|locale| format!("<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">\n", locale.tag(), address(locale)))
        .collect();
    let others: String = Locale::all()
        .filter(|locale| *locale != book.locale)
        .map(|locale| {
            let (tag, name) = (locale.tag(), say(words::OTHER_LANGUAGE));
            let to = format!("{site}reference/{tag}/{}.html", page.path);
            format!("<a class=\"language\" lang=\"{tag}\" hreflang=\"{tag}\" href=\"{to}\">{name}</a>")
        })
        .collect();
    let title = escaped(&page.title(book.locale));
    let description = escaped(&page.description);
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"description\" content=\"{description}\">\n\
         <meta property=\"og:title\" content=\"{title}\">\n<meta property=\"og:description\" content=\"{description}\">\n\
         <link rel=\"canonical\" href=\"{canonical}\">\n{alternates}\
         <link rel=\"alternate\" hreflang=\"x-default\" href=\"{default}\">\n\
         <link rel=\"icon\" href=\"{site}favicon.svg\">\n<link rel=\"stylesheet\" href=\"{site}assets/style.css\">\n<script src=\"{site}assets/site.js\"></script>\n</head>\n\
         <body data-up=\"{up}\" data-compare=\"{compare}\">\n<a class=\"skip\" href=\"#main\">{skip}</a>\n\
         <header>\n<a class=\"home\" href=\"{up}index.html\">{name}</a>\n\
         <form role=\"search\" hidden data-index=\"{up}search.js\" data-none=\"{none}\" data-some=\"{some}\">\n\
         <input type=\"search\" aria-label=\"{search}\" placeholder=\"{search}\" autocomplete=\"off\" spellcheck=\"false\">\n\
         <div class=\"results\" hidden><p role=\"status\"></p><ol></ol></div>\n</form>\n\
         <button class=\"theme\" type=\"button\" hidden>{theme}</button>\n{others}\n<a class=\"to-contents\" href=\"#contents\">{contents}</a>\n\
         </header>\n<div class=\"columns\">\n<main id=\"main\" tabindex=\"-1\"{filter}>\n{body}</main>\n{navigation}</div>\n</body>\n</html>\n",
        canonical = address(book.locale),
        default = address(Locale::ENGLISH),
        name = say(words::TITLE),
        skip = say(words::SKIP),
        search = say(words::SEARCH),
        none = say(words::NO_RESULTS),
        some = say(words::RESULTS),
        theme = say(words::THEME),
        contents = say(words::CONTENTS),
        compare = say(words::COMPARE),
        filter = if page.is_filtered { format!(" data-filter=\"{}\"", say(words::FILTER)) } else { String::new() },
        navigation = navigation(page, book, &up),
    )
}

/// The list of pages: the operations, the rules of the one that the page belongs to, and the tables.
fn navigation(page: &Page, book: &Book, up: &str) -> String {
    let mut out = format!("<nav id=\"contents\" aria-label=\"{}\">\n<ul>\n", escaped(book.say(words::CONTENTS)));
    let mut item = |title: &str, path: &str, rules: &[&'static Rule]| {
        let is_open = page.within == path || page.path == path;
        out.push_str(&format!("<li>{}", link(title, path, page, up)));
        if is_open && !rules.is_empty() {
            out.push_str("\n<ul>\n");
            for rule in rules {
                out.push_str(&format!("<li>{}</li>\n", link(&book.name(rule), rule.id, page, up)));
            }
            out.push_str("</ul>\n");
        }
        out.push_str("</li>\n");
    };
    item(book.say(words::ALL_RULES), "index", &[]);
    for operation in &book.operations {
        item(operation.title().text(book.locale), operation.id(), &operation.rules().collect::<Vec<_>>());
    }
    item(book.say(words::OF_A_CASE), "case", &book.of_a_case().collect::<Vec<_>>());
    for (title, path) in super::TABLES {
        item(book.say(title), path, &[]);
    }
    out.push_str("</ul>\n</nav>\n");
    out
}

fn link(title: &str, path: &str, page: &Page, up: &str) -> String {
    let current = match page.path == path {
        true => " aria-current=\"page\"",
        false if page.within == path => " aria-current=\"true\"",
        false => "",
    };
    format!("<a href=\"{up}{path}.html\"{current}>{}</a>", escaped(title))
}
