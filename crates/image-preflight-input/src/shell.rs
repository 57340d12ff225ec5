//! Command lines as a shell reads them: quotes, continued lines, comments, several commands.
//!
//! Crates that split a line into words (shlex, shell-words) neither end a command at a line break nor distinguish a variable from its name in
//! quotes. Both matter here: a variable is a value that is not known yet. A property test compares the rest with shlex.

use crate::form::Form;
use crate::lines::Lines;
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
}

impl Command {
    /// The program, without its folder, and the words after it.
    pub(crate) fn program(&self) -> Option<(String, &[Word])> {
        let mut words = self.words.as_slice();
        while let Some((first, rest)) = words.split_first() {
            words = rest;
            if BEFORE.contains(&first.text.as_str()) || is_assignment(&first.text) {
                continue;
            }
            let name = first.text.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
            let name = name.strip_suffix(".exe").unwrap_or(&name).to_owned();
            match RUNNERS.iter().find(|runner| runner.name == name) {
                Some(runner) => words = runner.skip(rest),
                None => return Some((name, rest)),
            }
        }
        None
    }

    /// The commands in the text that a shell is given to run: `bash -c '…'`, `eval '…'`.
    fn inner(&self, depth: usize) -> Vec<Command> {
        let text = match self.program() {
            Some((name, words)) if SHELLS.contains(&name.as_str()) => {
                let is_command = |word: &Word| {
                    word.text.starts_with('-') && !word.text.starts_with("--") && word.text.ends_with('c')
                };
                words.iter().skip_while(|word| !is_command(word)).nth(1).map(|word| word.text.clone())
            }
            Some((name, words)) if name == "eval" => {
                Some(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
            }
            _ => None,
        };
        let inner = text.and_then(|text| commands_within(&text, depth).ok()).unwrap_or_default();
        // Where it is in the text, is where the shell is.
        inner.into_iter().map(|command| Command { start: self.start, ..command }).collect()
    }

    fn form(&self) -> Option<Form> {
        match self.program()?.0.as_str() {
            "hcloud" => Some(Form::KooCli),
            "jdc" => Some(Form::Jdc),
            "curl" => Some(Form::Curl),
            _ => None,
        }
    }
}

/// What stands before a program: a prompt, and the words of a shell's own.
const BEFORE: [&str; 10] = ["$", "if", "then", "elif", "else", "while", "until", "do", "!", "{"];

const SHELLS: [&str; 5] = ["sh", "bash", "dash", "zsh", "ksh"];

/// A program that runs another one, which follows its options.
struct Runner {
    name: &'static str,
    /// Its options that have the next word as value.
    with_value: &'static [&'static str],
    /// How many words follow its options before the program.
    words: usize,
}

impl Runner {
    fn skip<'w>(&self, mut words: &'w [Word]) -> &'w [Word] {
        while let Some((first, rest)) = words.split_first().filter(|(first, _)| first.text.starts_with('-')) {
            let takes = self.with_value.contains(&first.text.as_str());
            words = rest.get(usize::from(takes)..).unwrap_or_default();
        }
        words.get(self.words..).unwrap_or_default()
    }
}

const fn runner(name: &'static str, with_value: &'static [&'static str], words: usize) -> Runner {
    Runner { name, with_value, words }
}

static RUNNERS: [Runner; 16] = [
    runner("sudo", &["-u", "--user", "-g", "--group", "-h", "-p", "-C", "-r", "-t", "-T", "-D", "-R"], 0),
    runner("doas", &["-u", "-C"], 0),
    runner("env", &["-u", "--unset", "-C", "--chdir"], 0),
    runner("timeout", &["-s", "--signal", "-k", "--kill-after"], 1),
    runner("nice", &["-n", "--adjustment"], 0),
    runner("ionice", &["-c", "-n", "-p"], 0),
    runner("time", &["-f", "-o"], 0),
    runner("stdbuf", &["-i", "-o", "-e"], 0),
    runner("xargs", &["-n", "-I", "-P", "-L", "-d", "-E", "-s", "-a"], 0),
    runner("flock", &["-w", "--timeout", "-E"], 1),
    runner("watch", &["-n", "--interval"], 0),
    runner("exec", &["-a"], 0),
    runner("command", &[], 0),
    runner("nohup", &[], 0),
    runner("setsid", &[], 0),
    runner("chronic", &[], 0),
];

/// `NAME=value` before a command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// The form of the first command that is one of ours.
pub(crate) fn program(text: &str) -> Option<Form> {
    match commands(text) {
        Ok(commands) => commands.iter().find_map(Command::form),
        // A quote that does not end: what is before it is enough.
        Err(open) => commands(text.get(..open.at)?).ok()?.iter().find_map(Command::form),
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
        let named = command.form().zip(command.program());
        let Some((form, (_, words))) = named.filter(|(_, (_, words))| !words.is_empty()) else { continue };
        let case = match form {
            Form::KooCli => koocli::case(words, command.start),
            Form::Jdc => jdc::case(words, command.start),
            _ => curl::case(words, command.start),
        };
        match case {
            Ok(Some(case)) => cases.push(case),
            Ok(None) => others += 1,
            Err(reason) => refused.push(reason.at_line(lines.line_of(command.start))),
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
const MAX_NESTED: usize = 4;

fn commands_within(text: &str, depth: usize) -> Result<Vec<Command>, Open> {
    let chars = text.char_indices().peekable();
    let mut reader = Reader { text, chars, depth, commands: Vec::new(), nested: Vec::new(), word: None, start: None };
    reader.read()?;
    let Reader { mut commands, nested, .. } = reader;
    commands.extend(nested);
    if depth < MAX_NESTED {
        let inner: Vec<_> = commands.iter().flat_map(|command| command.inner(depth + 1)).collect();
        commands.extend(inner);
    }
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
                '`' => self.word(at).expands = true,
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
            None => self.commands.push(Command { start, words: vec![word] }),
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
                '`' => self.word(at).expands = true,
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
                self.word(at).expands = true;
                for (here, c) in self.chars.by_ref() {
                    open = match c {
                        '(' => open + 1,
                        ')' => open - 1,
                        _ => open,
                    };
                    if open == 0 {
                        // Behind the dollar and the bracket.
                        self.nest(at + 2, here);
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

    /// The commands of a part of the text, if it can be read as such.
    fn nest(&mut self, start: usize, end: usize) {
        if self.depth == MAX_NESTED {
            return;
        }
        let inner = self.text.get(start..end).map(|inner| commands_within(inner, self.depth + 1));
        for command in inner.into_iter().flatten().flatten() {
            self.nested.push(Command { start: start + command.start, ..command });
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
        let program = |text: &str| commands(text).expect("quotes end").first().and_then(Command::form);
        for text in [
            "hcloud x",
            "$ hcloud x",
            "sudo /usr/bin/hcloud x",
            "A=b C=d hcloud x",
            "C:\\\\bin\\\\hcloud.exe x",
            "env A=1 hcloud x",
            "sudo -u root -E hcloud x",
            "timeout -k 5 30s hcloud x",
            "nice -n 5 hcloud x",
            "time hcloud x",
            "xargs -n 1 hcloud x",
            "nohup nice -5 env -u B C=1 hcloud x",
        ] {
            assert_eq!(program(text), Some(Form::KooCli), "{text}");
        }
        for text in ["bash -c 'hcloud x'", "sudo sh -ec \"hcloud x\"", "eval hcloud x", "bash -lc 'set -e; hcloud x'"] {
            assert_eq!(super::program(text), Some(Form::KooCli), "{text}");
        }
        for text in
            ["echo hcloud x", "which hcloud", "apt install curl", "bash hcloud.sh", "sh -c", "timeout hcloud", "env"]
        {
            assert_eq!(super::program(text), None, "{text}");
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
