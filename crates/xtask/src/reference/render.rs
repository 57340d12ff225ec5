//! Markdown into HTML: the pages link to each other, headings have ids, JSON is coloured, and tables can be read on a narrow screen.

use super::markdown::MARK;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The Markdown of a page as HTML. `up` leads from the page's folder to that of its language, as in `../`.
pub(super) fn html(markdown: &str, up: &str, local: &dyn Fn(&str) -> Option<String>) -> String {
    let markdown = HEADING.replace_all(markdown, "$1 $2 {#$3}");
    let mut out = Vec::new();
    let mut code: Option<(String, String)> = None;
    let (mut head, mut cell): (Vec<String>, Option<usize>) = (Vec::new(), None);
    let mut in_head = false;
    for event in parser(&markdown) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = if let CodeBlockKind::Fenced(language) = kind { language } else { CowStr::from("") };
                code = Some((language.into_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((language, text)) = code.take() {
                    out.push(Event::Html(block(&language, &text).into()));
                }
            }
            Event::Text(text) if code.is_some() => {
                if let Some((_, block)) = &mut code {
                    block.push_str(&text);
                }
            }
            Event::Start(Tag::Table(alignment)) => {
                head.clear();
                out.push(Event::Html("<div class=\"wide\">\n".into()));
                out.push(Event::Start(Tag::Table(alignment)));
            }
            Event::End(TagEnd::Table) => {
                out.push(Event::End(TagEnd::Table));
                out.push(Event::Html("</div>\n".into()));
            }
            Event::Start(Tag::TableHead) => {
                in_head = true;
                out.push(Event::Start(Tag::TableHead));
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                out.push(Event::End(TagEnd::TableHead));
            }
            Event::Start(Tag::TableRow) => {
                cell = Some(0);
                out.push(Event::Start(Tag::TableRow));
            }
            Event::Start(Tag::TableCell) if in_head => {
                head.push(String::new());
                out.push(Event::Start(Tag::TableCell));
            }
            Event::Start(Tag::TableCell) => {
                let label = cell.and_then(|cell| head.get(cell)).map(|label| escaped(label)).unwrap_or_default();
                out.push(Event::Html(format!("<td data-label=\"{label}\"><div>").into()));
            }
            Event::End(TagEnd::TableCell) if !in_head => {
                cell = cell.map(|cell| cell + 1);
                out.push(Event::Html("</div></td>".into()));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = address(&dest_url, up, local).into();
                out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            event => {
                if let (true, Some(label), Event::Text(text) | Event::Code(text)) = (in_head, head.last_mut(), &event) {
                    label.push_str(text);
                }
                out.push(event);
            }
        }
    }
    let mut text = String::new();
    html::push_html(&mut text, out.into_iter());
    text
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES)
}

/// A heading with its id, which other pages lead to in any viewer of Markdown.
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?m)^(#+) (.*) <a id=\"(\\S+)\"></a>$").expect("a pattern"));

/// The events of a page outside its blocks of code.
fn outside_code(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    let mut in_code = false;
    parser(markdown).filter(move |event| {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        !in_code
    })
}

/// What is said on a page outside code.
#[cfg(test)]
pub(super) fn prose(markdown: &str) -> String {
    let markdown = HEADING.replace_all(markdown, "$1 $2");
    let mut prose = String::new();
    for event in outside_code(&markdown) {
        match event {
            Event::Text(text) => prose.push_str(&text),
            Event::Code(_) => prose.push('x'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => prose.push('\n'),
            _ => {}
        }
    }
    prose
}

/// The words of a page, for the search: everything but its blocks of code.
pub(super) fn words(markdown: &str) -> String {
    let markdown = HEADING.replace_all(markdown, "$1 $2");
    let mut words = String::new();
    for event in outside_code(&markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => words.push(' '),
            Event::SoftBreak => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a link leads: to a page of this folder, to a file of the site, or elsewhere.
fn address(link: &str, up: &str, local: &dyn Fn(&str) -> Option<String>) -> String {
    if let Some(file) = local(link) {
        return file;
    }
    if link.contains("://") || link.starts_with('#') {
        return link.to_owned();
    }
    let (page, anchor) = link.split_once('#').map_or((link, String::new()), |(page, id)| (page, format!("#{id}")));
    let page = page.strip_suffix(".md").map_or_else(|| page.to_owned(), |page| format!("{page}.html"));
    format!("{up}{page}{anchor}")
}

/// A block of code; JSON is coloured, and lines that the language tag names are marked.
fn block(language: &str, text: &str) -> String {
    let (language, marks) = language.split_once(MARK).unwrap_or((language, ""));
    let marks: BTreeSet<usize> = marks.split(',').filter_map(|line| line.parse().ok()).collect();
    let lines = text.trim_end_matches('\n').split('\n').enumerate().map(|(index, line)| {
        let line = if language == "json" { json(line) } else { escaped(line) };
        if marks.contains(&(index + 1)) { format!("<mark>{line}</mark>") } else { line }
    });
    let lines: Vec<_> = lines.collect();
    format!("<pre tabindex=\"0\"><code class=\"{language}\">{}</code></pre>\n", lines.join("\n"))
}

/// A line of JSON with its keys and texts coloured.
fn json(line: &str) -> String {
    static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(\"(?:[^\"\\\\]|\\\\.)*\")(\\s*:)?|-?\\d[\\d.eE+-]*|\\b(?:true|false|null)\\b").expect("a pattern")
    });
    let mut out = String::new();
    let mut end = 0;
    for found in TOKEN.captures_iter(line) {
        let whole = found.get(0).expect("a match");
        out.push_str(&escaped(line.get(end..whole.start()).unwrap_or_default()));
        end = whole.end();
        let class = match (found.get(1), found.get(2)) {
            (Some(_), Some(_)) => "k",
            (Some(_), None) => "s",
            _ => "n",
        };
        out.push_str(&format!("<span class=\"{class}\">{}</span>", escaped(whole.as_str())));
    }
    out.push_str(&escaped(line.get(end..).unwrap_or_default()));
    out
}

/// A text for HTML, also within an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_links_marks_and_cells() {
        let local = |link: &str| link.strip_prefix("https://x/").map(|file| format!("../../{file}"));
        let page = "## A title <a id=\"IMG.0001\"></a>\n\n[a](b.c.md#d) [f](https://x/s.json) [w](https://w/)\n\n| H |\n| --- |\n| `x<` |\n";
        let html = html(page, "../", &local);
        for part in [
            "<h2 id=\"IMG.0001\">A title</h2>",
            "<a href=\"../b.c.html#d\">",
            "<a href=\"../../s.json\">",
            "<a href=\"https://w/\">",
            "<td data-label=\"H\"><div><code>x&lt;</code></div></td>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(words(page), "A title a f w H x<");
        let marked = block("json mark:2", "{\n  \"a\": \"<\"\n}\n");
        assert!(
            marked.contains(
                "<mark>  <span class=\"k\">&quot;a&quot;:</span> <span class=\"s\">&quot;&lt;&quot;</span></mark>"
            ),
            "{marked}"
        );
        assert_eq!(marked.matches("<mark>").count(), 1);
    }
}
