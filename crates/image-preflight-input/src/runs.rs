//! What a command runs: a program of ours, whatever runs it in turn: `sudo -u x hcloud …`, `timeout 30 curl …`, `bash -c "hcloud …"`.
//! What runs one in a way that is not known here is not passed over: its request has not been checked.

use crate::form::Form;
use crate::shell::{Command, MAX_NESTED, Word, case, commands_within};
use crate::translation::Refused;
use image_preflight::Message;

/// What a command runs.
pub(crate) enum Run {
    /// A program of ours, with the words after it.
    Call(Form, Vec<Word>),
    /// A program of ours that is not read.
    Unread(Refused),
}

/// A program, or a word of a shell's own, that runs the command behind it.
struct Runner {
    name: &'static str,
    /// Its short options that take a value.
    short: &'static str,
    /// Its long options that take one.
    long: &'static [&'static str],
    /// How many words of its own stand before the command.
    words: usize,
}

const fn runner(name: &'static str, short: &'static str, long: &'static [&'static str], words: usize) -> Runner {
    Runner { name, short, long, words }
}

const RUNNERS: [Runner; 31] = [
    // A prompt.
    runner("$", "", &[], 0),
    runner("if", "", &[], 0),
    runner("then", "", &[], 0),
    runner("elif", "", &[], 0),
    runner("else", "", &[], 0),
    runner("while", "", &[], 0),
    runner("until", "", &[], 0),
    runner("do", "", &[], 0),
    runner("!", "", &[], 0),
    runner("{", "", &[], 0),
    runner("function", "", &[], 1),
    runner("coproc", "", &[], 0),
    runner("time", "fo", &["--format", "--output"], 0),
    runner("exec", "a", &[], 0),
    runner("command", "", &[], 0),
    runner("builtin", "", &[], 0),
    runner("nohup", "", &[], 0),
    runner("setsid", "", &[], 0),
    runner("unbuffer", "", &[], 0),
    runner("chronic", "", &[], 0),
    runner("winpty", "", &[], 0),
    runner("caffeinate", "tw", &[], 0),
    runner("env", "uC", &["--unset", "--chdir"], 0),
    runner("timeout", "ks", &["--kill-after", "--signal"], 1),
    runner("nice", "n", &["--adjustment"], 0),
    runner("ionice", "cn", &["--class", "--classdata"], 0),
    runner("stdbuf", "ioe", &["--input", "--output", "--error"], 0),
    runner("flock", "wE", &["--timeout", "--wait", "--conflict-exit-code"], 1),
    runner("chroot", "", &[], 1),
    runner("doas", "uC", &[], 0),
    runner(
        "sudo",
        "ugpCrtThUDRac",
        &[
            "--user",
            "--group",
            "--prompt",
            "--close-from",
            "--role",
            "--type",
            "--host",
            "--chdir",
            "--chroot",
            "--other-user",
            "--command-timeout",
            "--login-class",
            "--auth-type",
        ],
        0,
    ),
];

/// Those that read the command of their option `-c`.
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "zsh", "ksh", "ash"];

/// Those that run a command with words of another place, or in another place, or a text that is a command.
const ELSEWHERE: [&str; 15] = [
    "xargs", "parallel", "find", "watch", "ssh", "su", "runuser", "trap", "docker", "podman", "nerdctl", "kubectl",
    "oc", "env", "flock",
];

/// Those that speak of programs and run none.
const SPEAKING: [&str; 14] = [
    "echo", "printf", "which", "type", "whereis", "hash", "man", "help", "grep", "alias", "log", "info", "warn", "die",
];

/// How many words of a command are looked at that may be a program of ours.
const MAX_LOOKED: usize = 8;

/// `NAME=value` before a command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// The name of a program, without its folder.
fn name_of(word: &str) -> String {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    name.strip_suffix(".exe").unwrap_or(&name).to_owned()
}

fn form_of(name: &str) -> Option<Form> {
    match name {
        "hcloud" => Some(Form::KooCli),
        "jdc" => Some(Form::Jdc),
        "curl" => Some(Form::Curl),
        _ => None,
    }
}

/// What a command runs, of ours.
pub(crate) fn of(command: &Command) -> Vec<Run> {
    of_words(&command.words, 0).1
}

/// The form of a command of ours, or of one that surely runs one.
pub(crate) fn form(command: &Command) -> Option<Form> {
    of_words(&command.words, 0).0
}

fn of_words(words: &[Word], depth: usize) -> (Option<Form>, Vec<Run>) {
    let Some((program, words)) = behind_runners(words) else { return (None, Vec::new()) };
    let name = name_of(&program.text);
    if let Some(form) = form_of(&name) {
        return (Some(form), vec![Run::Call(form, words.to_vec())]);
    }
    if SPEAKING.contains(&name.as_str()) {
        return (None, Vec::new());
    }
    let text = match name.as_str() {
        "eval" => {
            let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
            Some(Word { text: texts.join(" "), expands: words.iter().any(|word| word.expands) })
        }
        name if SHELLS.contains(&name) => text_of_shell(words).cloned(),
        _ => None,
    };
    if let Some(text) = text {
        return of_text(&text, &name, depth);
    }
    let is_runner = ELSEWHERE.contains(&name.as_str());
    let texts = words.iter().filter(|word| is_runner && word.text.contains(char::is_whitespace)).take(MAX_LOOKED);
    let of_text = texts.filter_map(|text| {
        let (form, runs) = of_text(text, &name, depth);
        runs.iter().any(is_meant).then_some(form).flatten()
    });
    let of_words = (0..words.len())
        .filter_map(|at| {
            let (program, words) = words.get(at..)?.split_first()?;
            Some((form_of(&name_of(&program.text))?, words))
        })
        .take(MAX_LOOKED);
    // A program whose name only the shell knows.
    let forms = [Form::KooCli, Form::Jdc, Form::Curl];
    let of_variable = forms.into_iter().filter(|_| program.expands).map(|form| (form, words));
    let mut of_words = of_words
        .chain(of_variable)
        .filter(|(form, words)| is_meant(&Run::Call(*form, words.to_vec())))
        .map(|(form, _)| form);
    match of_words.next().or_else(|| of_text.into_iter().next()) {
        Some(form) => (Some(form).filter(|_| is_runner), vec![Run::Unread(unread(&program.text, form))]),
        None => (None, Vec::new()),
    }
}

/// The program behind those that run it, with its words; `None` where there is none.
fn behind_runners(mut words: &[Word]) -> Option<(&Word, &[Word])> {
    loop {
        let (first, rest) = words.split_first()?;
        if is_assignment(&first.text) {
            words = rest;
            continue;
        }
        let name = name_of(&first.text);
        let Some(runner) = RUNNERS.iter().find(|runner| runner.name == name || runner.name == first.text) else {
            return Some((first, rest));
        };
        words = runner.behind(rest)?;
        // One that has an option which is not known here stays the program.
        if words.first().is_some_and(|word| word.text.starts_with('-')) {
            return Some((first, rest));
        }
    }
}

impl Runner {
    /// The words behind its own; `None` where it only tells of a command.
    fn behind<'w>(&self, mut words: &'w [Word]) -> Option<&'w [Word]> {
        while let Some((option, rest)) = words.split_first() {
            let text = option.text.as_str();
            if text == "--" {
                words = rest;
                break;
            }
            let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.is_empty()) else { break };
            if self.name == "command" && letters.contains(['v', 'V']) {
                return None;
            }
            // Its text is a command.
            if (self.name == "env" && letters.contains('S'))
                || text.starts_with("--split-string")
                || text.starts_with("--command")
            {
                break;
            }
            let takes_next = match text.starts_with("--") {
                true => self.long.contains(&text),
                // The first letter that takes a value takes the rest of the word, or the next word.
                false => letters.find(|letter| self.short.contains(letter)).is_some_and(|at| at + 1 == letters.len()),
            };
            words = rest.get(usize::from(takes_next)..).unwrap_or_default();
        }
        let own = words.iter().take_while(|word| self.words == 0 && is_assignment(&word.text)).count();
        Some(words.get(own + self.words..).unwrap_or_default())
    }
}

/// The text that a shell reads as a command: that behind `-c`.
fn text_of_shell(words: &[Word]) -> Option<&Word> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let letters = word.text.strip_prefix(['-', '+']).filter(|letters| !letters.starts_with('-'));
        match letters {
            Some(letters) if letters.contains('c') => return words.find(|word| !word.text.starts_with('-')),
            Some(letters) if letters.ends_with(['o', 'O']) => {
                words.next();
            }
            Some(_) => {}
            None if word.text.starts_with("--") => {}
            None => return None,
        }
    }
    None
}

/// What a text runs that `program` reads as commands.
fn of_text(text: &Word, program: &str, depth: usize) -> (Option<Form>, Vec<Run>) {
    let commands = match commands_within(&text.text, depth + 1) {
        Ok(commands) if depth < MAX_NESTED => commands,
        // It cannot be read, or is too deep: whatever of ours is in it has not been checked.
        _ => {
            let named = ["hcloud", "jdc", "curl"].into_iter().find(|name| text.text.contains(name)).and_then(form_of);
            let runs = named.map(|form| Run::Unread(unread(program, form)));
            return (named, runs.into_iter().collect());
        }
    };
    let (mut first, mut all) = (None, Vec::new());
    for mut command in commands {
        for word in &mut command.words {
            // What the outer shell has put in.
            word.expands |= text.expands && word.text.contains('$');
        }
        let (form, runs) = of_words(&command.words, depth + 1);
        first = first.or(form);
        all.extend(runs);
    }
    (first, all)
}

/// Whether a command was meant to be a request that is checked.
fn is_meant(run: &Run) -> bool {
    match run {
        Run::Unread(_) => true,
        Run::Call(_, words) if words.is_empty() => false,
        Run::Call(form, words) => match case(*form, words, 0) {
            Ok(case) => case.is_some(),
            Err(reason) => !["address", "curl"].contains(&reason.kind),
        },
    }
}

fn unread(program: &str, form: Form) -> Refused {
    let command = match form {
        Form::KooCli => "hcloud",
        Form::Jdc => "jdc",
        _ => "curl",
    };
    Refused::new("command-in-command", UNREAD, &[("program", program), ("command", command)])
}

const UNREAD: Message = Message {
    en: "{program} runs {command} in a way that is not read here, so that its request is not checked; write the command of {command} by itself",
    zh: "{program} 以此处无法读取的方式运行 {command}，其中的请求未检查；请单独编写 {command} 命令",
};
