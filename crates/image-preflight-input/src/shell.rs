//! Command lines as a shell reads them: quotes, continued lines, comments, several commands.
//!
//! Crates that split a line into words (shlex, shell-words) neither end a command at a line break nor distinguish a variable from its name in
//! quotes. Both matter here: a variable is a value that is not known yet. A property test compares the rest with shlex.

use crate::form::Form;
use crate::lines::Lines;
use crate::runs::{self, Run};
use crate::translation::{Note, Refused, TranslatedCase, Translation};
use crate::{curl, jdc, koocli};
use image_preflight::Message;

/// One word of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// Whether the shell puts something in it that only it knows: a variable, the output of a command.
    pub(crate) expands: bool,
}

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command {
    /// Where it begins in the text.
    pub(crate) start: usize,
    pub(crate) words: Vec<Word>,
    /// Whether it stands in backquotes that begin a word, as names of commands do in a text for people.
    pub(crate) is_aside: bool,
}

/// The form of the first command that is one of ours.
pub(crate) fn program(text: &str) -> Option<Form> {
    let form = |commands: Vec<Command>| commands.iter().filter(|command| !command.is_aside).find_map(runs::form);
    match commands(text) {
        Ok(commands) => form(commands),
        // A quote that does not end: what is before it is enough.
        Err(open) => form(commands(text.get(..open.at)?).ok()?),
    }
}

/// The case of a command of ours; `None` is one that is none of the requests that are checked.
pub(crate) fn case(form: Form, words: &[Word], start: usize) -> Result<Option<TranslatedCase<'static>>, Refused> {
    match form {
        Form::KooCli => koocli::case(words, start),
        Form::Jdc => jdc::case(words, start),
        _ => curl::case(words, start),
    }
}

pub(crate) fn translate(text: &str, form: Form) -> Result<Translation<'_>, Refused> {
    let commands = commands(text).map_err(|open| {
        let line = Lines::of(text).line_of(open.at);
        Refused::new("shell-quote", OPEN_QUOTE, &[("quote", &open.quote.to_string()), ("line", &line.to_string())])
    })?;
    let mut cases: Vec<TranslatedCase<'_>> = Vec::new();
    let (mut refused, mut others) = (Vec::new(), 0);
    let mut lines = Lines::of(text);
    for command in &commands {
        for run in runs::of(command) {
            let case = match run {
                Run::Call(_, words) if words.is_empty() => continue,
                Run::Call(form, words) => case(form, &words, command.start),
                Run::Unread(reason) => Err(reason),
            };
            match case {
                Ok(Some(case)) => cases.push(case),
                Ok(None) => others += 1,
                Err(reason) => refused.push(reason.at_line(lines.line_of(command.start))),
            }
        }
    }
    // One that cannot be read does not keep the others from being checked.
    let notes = match refused.into_iter() {
        mut reasons if cases.is_empty() => match reasons.next() {
            Some(reason) => return Err(reason),
            None => Vec::new(),
        },
        reasons => reasons.map(Note::from).collect(),
    };
    Ok(Translation { form, title: form.title(), cases, notes, others, idle: 0 })
}

const OPEN_QUOTE: Message = Message {
    en: "the quote {quote} of line {line} does not end; the command is cut off, or a quote in it is not escaped",
    zh: "第 {line} 行的引号 {quote} 没有结束：命令不完整，或其中的引号未转义",
};

/// A quote that does not end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Open {
    pub(crate) quote: char,
    pub(crate) at: usize,
}

/// The commands of a text.
pub(crate) fn commands(text: &str) -> Result<Vec<Command>, Open> {
    commands_within(text, 0)
}

/// How deep commands whose output others take are looked at: nobody writes deeper ones.
pub(crate) const MAX_NESTED: usize = 4;

pub(crate) fn commands_within(text: &str, depth: usize) -> Result<Vec<Command>, Open> {
    let chars = text.char_indices().peekable();
    let mut reader = Reader { text, chars, depth, commands: Vec::new(), nested: Vec::new(), word: None, start: None };
    reader.read()?;
    let Reader { mut commands, nested, .. } = reader;
    commands.extend(nested);
    commands.sort_by_key(|command| command.start);
    Ok(commands)
}

struct Reader<'t> {
    text: &'t str,
    chars: std::iter::Peekable<std::str::CharIndices<'t>>,
    /// Within how many others its commands are.
    depth: usize,
    commands: Vec<Command>,
    /// Those whose output a command takes: `$(…)`.
    nested: Vec<Command>,
    word: Option<Word>,
    /// Whether a command has begun: the last of the list.
    start: Option<usize>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Open> {
        while let Some((at, c)) = self.chars.next() {
            match c {
                '\n' | ';' | '|' | '&' | '(' | ')' => self.end_command(),
                c if c.is_whitespace() => self.end_word(),
                '#' if self.word.is_none() => while self.chars.next_if(|(_, c)| *c != '\n').is_some() {},
                // The last two are how PowerShell and the Windows prompt continue a line.
                '\\' | '`' | '^' if self.is_line_end(at + c.len_utf8()) => {
                    while self.chars.next_if(|(_, c)| *c == '\r').is_some() {}
                    self.chars.next();
                }
                '\\' => {
                    let escaped = self.chars.next().map_or('\\', |(_, c)| c);
                    self.word(at).text.push(escaped);
                }
                '\'' => self.single(at)?,
                '"' => self.double(at)?,
                '`' => self.backquote(at, self.word.is_none()),
                '$' => self.dollar(at)?,
                '<' | '>' => self.redirection(at),
                c => self.word(at).text.push(c),
            }
        }
        self.end_command();
        Ok(())
    }

    fn is_line_end(&self, at: usize) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.trim_start_matches('\r').starts_with('\n'))
    }

    fn word(&mut self, at: usize) -> &mut Word {
        self.start.get_or_insert(at);
        self.word.get_or_insert_default()
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        let start = self.start.unwrap_or_default();
        match self.commands.last_mut().filter(|command| command.start == start) {
            Some(command) => command.words.push(word),
            None => self.commands.push(Command { start, words: vec![word], is_aside: false }),
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.start = None;
    }

    fn single(&mut self, at: usize) -> Result<(), Open> {
        self.word(at);
        loop {
            match self.chars.next() {
                Some((_, '\'')) => return Ok(()),
                Some((_, c)) => self.word(at).text.push(c),
                None => return Err(Open { quote: '\'', at }),
            }
        }
    }

    fn double(&mut self, at: usize) -> Result<(), Open> {
        self.word(at);
        loop {
            let Some((here, c)) = self.chars.next() else { return Err(Open { quote: '"', at }) };
            match c {
                '"' => return Ok(()),
                '\\' => match self.chars.next() {
                    Some((_, '\n')) => {}
                    Some((_, c @ ('"' | '\\' | '$' | '`'))) => self.word(at).text.push(c),
                    Some((_, c)) => self.word(at).text.extend(['\\', c]),
                    None => return Err(Open { quote: '"', at }),
                },
                '`' => self.backquote(here, false),
                '$' => self.dollar(here)?,
                c => self.word(at).text.push(c),
            }
        }
    }

    /// What a dollar begins: a text with escapes, a variable, a command; or it is a dollar.
    fn dollar(&mut self, at: usize) -> Result<(), Open> {
        match self.chars.peek().map(|(_, c)| *c) {
            Some('(') => {
                let mut open = 0_usize;
                let word = self.word(at);
                word.expands = true;
                word.text.push('$');
                for (here, c) in self.chars.by_ref() {
                    open = match c {
                        '(' => open + 1,
                        ')' => open - 1,
                        _ => open,
                    };
                    if open == 0 {
                        // Behind the dollar and the bracket.
                        self.nest(at + 2, here, false);
                        return Ok(());
                    }
                }
                Err(Open { quote: '(', at })
            }
            Some(c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '{' | '@' | '*' | '?') => {
                self.word(at).expands = true;
                self.word(at).text.push('$');
                Ok(())
            }
            _ => {
                self.word(at).text.push('$');
                Ok(())
            }
        }
    }

    /// What backquotes enclose is a command, if they end on their line, which may be continued. Others are signs of PowerShell.
    fn backquote(&mut self, at: usize, is_aside: bool) {
        let word = self.word(at);
        word.expands = true;
        word.text.push('$');
        let rest = self.text.get(at + 1..).unwrap_or_default();
        let mut before = '`';
        for (length, c) in rest.char_indices() {
            match c {
                '`' if before != '\\' => {
                    let end = at + 1 + length;
                    while self.chars.next_if(|(here, _)| *here <= end).is_some() {}
                    return self.nest(at + 1, end, is_aside);
                }
                '\n' if before != '\\' => return,
                '\r' => continue,
                _ => {}
            }
            before = c;
        }
    }

    /// The commands of a part of the text, if it can be read as such.
    fn nest(&mut self, start: usize, end: usize, is_aside: bool) {
        if self.depth == MAX_NESTED {
            return;
        }
        let inner = self.text.get(start..end).map(|inner| commands_within(inner, self.depth + 1));
        for Command { start: own, words, is_aside: is_own } in inner.into_iter().flatten().flatten() {
            self.nested.push(Command { start: start + own, words, is_aside: is_aside || is_own });
        }
    }

    /// The file that input comes from or output goes to is no word of the command.
    fn redirection(&mut self, at: usize) {
        if self.word.as_ref().is_some_and(|word| word.text.chars().all(|c| c.is_ascii_digit())) {
            self.word = None;
        }
        self.end_word();
        // At the start of a line it is the prompt of a continued one.
        if self.start.is_none() {
            return;
        }
        let _ = at;
        while self.chars.next_if(|(_, c)| matches!(c, '<' | '>' | '&' | ' ')).is_some() {}
        while self.chars.next_if(|(_, c)| !c.is_whitespace() && !matches!(c, ';' | '|' | '&')).is_some() {}
    }
}

impl From<Refused> for Note {
    fn from(refused: Refused) -> Note {
        refused.into_note()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<Vec<(String, bool)>> {
        let commands = commands(text).expect("quotes end");
        commands.into_iter().map(|it| it.words.into_iter().map(|word| (word.text, word.expands)).collect()).collect()
    }

    fn plain(text: &str) -> Vec<Vec<String>> {
        words(text).into_iter().map(|command| command.into_iter().map(|(word, _)| word).collect()).collect()
    }

    #[test]
    fn words_are_a_shell_s() {
        assert_eq!(plain("a 'b c' \"d \\\" e\" f\\ g ''"), [["a", "b c", "d \" e", "f g", ""]]);
        assert_eq!(plain("a --x=\"1 2\"'3'"), [["a", "--x=1 23"]]);
        assert_eq!(plain("a \\\n  b \\\r\n c ^\n d `\n e"), [["a", "b", "c", "d", "e"]]);
        assert_eq!(plain("a # b\n# c\nd#e"), [vec!["a"], vec!["d#e"]]);
        assert_eq!(plain("a; b && c | d > out.txt 2>&1"), [["a"], ["b"], ["c"], ["d"]]);
        assert_eq!(plain("a 2>/dev/null b"), [["a", "b"]]);
        assert_eq!(plain("> a"), [["a"]]);
    }

    #[test]
    fn what_only_the_shell_knows_is_marked() {
        // Of the outer command: others may be within it.
        let marked = |text: &str| words(text).first()?.last().map(|(_, expands)| *expands);
        for text in ["a $B", "a \"x${B}\"", "a $(cat b)", "a `cat b`", "a --x=$1", "a \"$(f (g) h)\""] {
            assert_eq!(marked(text), Some(true), "{text}");
        }
        for text in ["a '$B'", "a \\$B", "a \"\\$B\"", "a 5$", "a \"$\""] {
            assert_eq!(marked(text), Some(false), "{text}");
        }
    }

    #[test]
    fn a_quote_that_does_not_end_is_told_with_its_place() {
        for (text, quote, at) in [("a 'b", '\'', 2), ("a\nb \"c\\\"", '"', 4), ("a $(b", '(', 2)] {
            assert_eq!(commands(text), Err(Open { quote, at }), "{text}");
        }
        assert_eq!(program("hcloud IMS 'x"), Some(Form::KooCli));
    }

    #[test]
    fn the_program_is_found_behind_what_may_stand_before_it() {
        let program = |text: &str| commands(text).expect("quotes end").first().and_then(runs::form);
        for text in
            ["hcloud x", "$ hcloud x", "sudo /usr/bin/hcloud x", "A=b C=d hcloud x", "C:\\\\bin\\\\hcloud.exe x"]
        {
            assert_eq!(program(text), Some(Form::KooCli), "{text}");
        }
        assert_eq!(program("hcloudx y"), None);
        assert_eq!(super::program("#!/bin/sh\nset -e\ncurl x"), Some(Form::Curl));
    }

    proptest! {
        /// On one line, and without what shlex does not know, both find the same words.
        #[test]
        fn shlex_finds_the_same_words(text in r#"[a-z0-9=,.{}:'"\\# -]{0,40}"#) {
            if let (Ok(commands), Some(words)) = (commands(&text), shlex::split(&text)) {
                let ours: Vec<_> = commands.into_iter().flat_map(|it| it.words).map(|word| word.text).collect();
                prop_assert_eq!(ours, words);
            }
        }

        #[test]
        fn no_text_is_too_odd(text in ".{0,80}") {
            let _ = commands(&text);
        }
    }
}
