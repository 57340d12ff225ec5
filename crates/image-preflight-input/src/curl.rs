//! Commands of curl: its options -X, -H, -d, -G, -I and their longer names, and the address. Of headers only the host is read.

use crate::http::{finished, request};
use crate::json::{Members, offset_in, tree};
use crate::koocli::unknown;
use crate::operation::{sendable, templates};
use crate::shell::Word;
use crate::translation::{Draft, Refused, TranslatedCase, segment};
use image_preflight::Message;
use serde_json::Value;
use std::collections::HashSet;

/// The short options that take a value.
const SHORT_WITH_VALUE: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

/// The long options that take none; those that begin with `--no-` take none either, and any other takes one.
const LONG_WITHOUT_VALUE: &str = "--anyauth --append --basic --ca-native --cert-status --compressed --compressed-ssh --create-dirs --crlf \
    --digest --disable --disable-eprt --disable-epsv --disallow-username-in-url --doh-cert-status --doh-insecure --fail --fail-early \
    --fail-with-body --false-start --form-escape --ftp-create-dirs --ftp-pasv --ftp-pret --ftp-skip-pasv-ip --ftp-ssl-ccc \
    --ftp-ssl-control --get --globoff --haproxy-protocol --head --http0.9 --http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 \
    --http3-only --ignore-content-length --include --insecure --ipv4 --ipv6 --junk-session-cookies --list-only --location \
    --location-trusted --mail-rcpt-allowfails --manual --metalink --mptcp --negotiate --netrc --netrc-optional --next --ntlm --ntlm-wb \
    --parallel --parallel-immediate --path-as-is --post301 --post302 --post303 --progress-bar --proxy-anyauth --proxy-basic \
    --proxy-ca-native --proxy-digest --proxy-http2 --proxy-insecure --proxy-negotiate --proxy-ntlm --proxy-ssl-allow-beast \
    --proxy-ssl-auto-client-cert --proxy-tlsv1 --proxytunnel --raw --remote-header-name --remote-name --remote-name-all --remote-time \
    --remove-on-error --retry-all-errors --retry-connrefused --sasl-ir --show-error --show-headers --silent --skip-existing \
    --socks5-basic --socks5-gssapi --socks5-gssapi-nec --ssl --ssl-allow-beast --ssl-auto-client-cert --ssl-no-revoke --ssl-reqd \
    --ssl-revoke-best-effort --sslv2 --sslv3 --styled-output --suppress-connect-headers --tcp-fastopen --tcp-nodelay \
    --tftp-no-options --tls-earlydata --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 --tr-encoding --trace-ids --trace-time \
    --use-ascii --verbose --version --xattr";

fn is_without_value(name: &str) -> bool {
    name.starts_with("--no-") || LONG_WITHOUT_VALUE.split_ascii_whitespace().any(|known| known == name)
}

/// What the words of a command say.
#[derive(Default)]
struct Call {
    method: Option<Word>,
    addresses: Vec<Word>,
    host: Option<String>,
    /// The parts of the body, as the options give them; none is no body, and an empty one is sent.
    body: Option<String>,
    expands: bool,
    /// A file that is sent.
    file: Option<String>,
    /// A file that has further options.
    config: Option<String>,
    /// An option that sends something else than a body as it is, and the method that it makes.
    other: Option<(String, &'static str)>,
    is_get: bool,
    is_head: bool,
    /// Whether it shows a version or help, and sends nothing.
    is_help: bool,
    has_next: bool,
}

/// A command; `None` is one that sends nothing.
pub(crate) fn case(words: &[Word], start: usize) -> Result<Option<TranslatedCase<'static>>, Refused> {
    let call = Call::of(words);
    if call.is_help {
        return Ok(None);
    }
    let method = call.method();
    let mut requests = call.addresses.iter().map(|address| (address, call.request(&method, address, start)));
    let Some((address, first)) = requests.next() else {
        return Err(match call.config {
            Some(file) => Refused::new("curl-config", CONFIG, &[("file", &file)]),
            None => Refused::new("curl", NO_ADDRESS, &[]),
        });
    };
    // Which body belongs to which address is not told here.
    let is_several = call.addresses.len() > 1 || call.has_next;
    let is_meant =
        |request: &Result<_, Refused>| request.as_ref().err().is_none_or(|refused| refused.kind != "address");
    if is_several && (is_meant(&first) || requests.any(|(_, request)| is_meant(&request))) {
        return Err(Refused::new("curl-several", SEVERAL, &[]));
    }
    let mut draft = first?;
    if let Some(file) = &call.config {
        return Err(Refused::new("curl-config", CONFIG, &[("file", file)]));
    }
    if let Some(file) = &call.file {
        return Err(Refused::new("curl-file", FILE, &[("file", file)]));
    }
    if let Some((option, _)) = &call.other {
        return Err(Refused::new("curl-body", OTHER_BODY, &[("option", option)]));
    }
    let path: Vec<String> =
        draft.path.iter().filter(|(_, value)| has_variable(value)).map(|(name, _)| name.clone()).collect();
    for name in path.iter().filter(|_| address.expands) {
        unknown(&mut draft, &format!("/path/{}", segment(name)), name);
    }
    // With -G, what is given goes into the address.
    let mut body = call.body.filter(|_| !call.is_get).unwrap_or_default();
    if call.expands {
        mark(&mut draft, &mut body);
    }
    finished(draft, body.trim(), None).map(Some)
}

impl Call {
    fn of(words: &[Word]) -> Self {
        let mut call = Call::default();
        let mut words = words.iter();
        let mut are_options = true;
        while let Some(word) = words.next() {
            match word.text.strip_prefix('-').filter(|_| are_options) {
                None | Some("") => call.addresses.push(word.clone()),
                Some("-") => are_options = false,
                Some(long) if long.starts_with('-') => {
                    let (name, attached) = match word.text.split_once('=') {
                        Some((name, value)) => (name, Some(value.to_owned())),
                        None => (word.text.as_str(), None),
                    };
                    let value = match attached {
                        Some(text) => Some(Word { text, expands: word.expands }),
                        None if is_without_value(name) => None,
                        None => words.next().cloned(),
                    };
                    call.take(name, value.unwrap_or_default());
                }
                // A cluster: the first letter that takes a value takes the rest of the word, or the next word.
                Some(letters) => {
                    for (at, letter) in letters.char_indices() {
                        let takes = SHORT_WITH_VALUE.contains(letter);
                        let rest = letters.get(at + letter.len_utf8()..).unwrap_or_default();
                        let value = match () {
                            () if !takes => None,
                            () if rest.is_empty() => words.next().cloned(),
                            () => Some(Word { text: rest.to_owned(), expands: word.expands }),
                        };
                        call.take(&format!("-{letter}"), value.unwrap_or_default());
                        if takes {
                            break;
                        }
                    }
                }
            }
        }
        call
    }

    fn take(&mut self, option: &str, value: Word) {
        match option {
            "-X" | "--request" if !value.text.is_empty() => self.method = Some(value),
            "-H" | "--header" => {
                let header = value.text.split_once(':');
                if let Some((_, value)) = header.filter(|(name, _)| name.trim().eq_ignore_ascii_case("host")) {
                    self.host = Some(value.trim().to_owned());
                }
            }
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                match value.text.strip_prefix('@').filter(|_| option != "--data-raw") {
                    Some(file) => self.file = Some(file.to_owned()),
                    None => {
                        // Of several, curl makes one text with this sign between them.
                        let body = self.body.get_or_insert_default();
                        if !body.is_empty() && option != "--json" {
                            body.push('&');
                        }
                        body.push_str(&value.text);
                    }
                }
                self.expands |= value.expands;
            }
            "--data-urlencode" | "-F" | "--form" | "--form-string" => self.other = Some((option.to_owned(), "POST")),
            "-T" | "--upload-file" => self.other = Some((option.to_owned(), "PUT")),
            "-K" | "--config" => self.config = Some(value.text),
            "-G" | "--get" => self.is_get = true,
            "-I" | "--head" => self.is_head = true,
            "-:" | "--next" => self.has_next = true,
            "-V" | "--version" | "-h" | "--help" | "-M" | "--manual" => self.is_help = true,
            "--url" => self.addresses.push(value),
            _ => {}
        }
    }

    fn method(&self) -> Word {
        let is_sent = self.body.is_some() || self.file.is_some();
        let usual = match &self.other {
            _ if self.is_head => "HEAD",
            _ if self.is_get => "GET",
            Some((_, method)) => method,
            None if is_sent => "POST",
            None => "GET",
        };
        self.method.clone().unwrap_or_else(|| Word { text: usual.to_owned(), expands: false })
    }

    /// The request to an address. What the shell puts in the method or the address may make it one of ours.
    fn request(&self, method: &Word, address: &Word, start: usize) -> Result<Draft, Refused> {
        let of = |method: &str| request(method, &address.text, self.host.as_deref(), start);
        let is_open = |option: &str| Refused::new("curl-variable", OPEN, &[("option", option)]);
        if method.expands && sendable().any(|operation| of(operation.provider().method).is_ok()) {
            return Err(is_open(&method.text));
        }
        of(&method.text).map_err(|refused| {
            let is_method = |one: &str| method.expands || one.eq_ignore_ascii_case(&method.text);
            match address.expands && may_be_ours(&address.text, is_method) {
                true => is_open(without_secrets(&address.text)),
                false => refused,
            }
        })
    }
}

/// An address without what may be a password or a token in it.
fn without_secrets(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.rsplit_once('@').map_or(address, |(_, behind)| behind)
}

/// Whether an address may be one of ours, whatever its variables are: what stands behind the last one may be the end of such an
/// address.
fn may_be_ours(address: &str, is_method: impl Fn(&str) -> bool) -> bool {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let Some((_, behind)) = address.rsplit_once('$') else { return false };
    let behind = match behind.strip_prefix('{') {
        Some(name) => name.split_once('}').map_or("", |(_, behind)| behind),
        None => behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_'),
    };
    let behind = behind.trim_end_matches('/');
    let is_end_of = |template: &str| {
        let mut parts = template.rsplit('/');
        let mut wanted = behind.rsplit('/').peekable();
        while let (Some(part), Some(own)) = (wanted.next(), parts.next()) {
            let is_begun = wanted.peek().is_none();
            if !own.starts_with('{') && own != part && !(is_begun && own.ends_with(part)) {
                return false;
            }
        }
        wanted.next().is_none()
    };
    templates().any(|(operation, templates)| {
        is_method(operation.provider().method) && templates.iter().any(|template| is_end_of(template))
    })
}

/// Names the members of a body in which the shell puts something, and makes them null: the name of a variable is no value.
fn mark(draft: &mut Draft, body: &mut String) {
    let text = body.clone();
    let Ok(members) = Members::of(&text) else { return };
    let of_shell: HashSet<&str> =
        members.iter().filter(|(_, value)| has_variable(&tree(Some(value)))).map(|(name, _)| name).collect();
    // From the last, so that the places of those before it stay.
    for (name, value) in members.iter().rev().filter(|(name, _)| of_shell.contains(name)) {
        unknown(draft, &format!("/body/{}", segment(name)), name);
        let start = offset_in(&text, value);
        body.replace_range(start..start + value.len(), "null");
    }
}

/// Whether a dollar that begins a name is in a value. It is looked at only where the shell has put something in.
pub(crate) fn has_variable(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('$'),
        Value::Array(elements) => elements.iter().any(has_variable),
        Value::Object(members) => members.values().any(has_variable),
        _ => false,
    }
}

const FILE: Message = Message {
    en: "the command sends the file {file}, which was not passed to image-preflight; check it as a body: image-preflight check --operation NAME --body {file}",
    zh: "该命令发送文件 {file}，而该文件未提供；请将其作为请求体检查：image-preflight check --operation NAME --body {file}",
};

const CONFIG: Message = Message {
    en: "the curl command reads further options from the file {file}, which is not read here; write them in the command",
    zh: "该 curl 命令从文件 {file} 读取其他选项，此处不读取该文件；请将这些选项写在命令中",
};

const OTHER_BODY: Message = Message {
    en: "{option} does not send its value as the JSON body that the API takes; use --data",
    zh: "{option} 不会将其值作为 API 所需的 JSON 请求体发送；请使用 --data",
};

const SEVERAL: Message = Message {
    en: "the curl command sends several requests; write a command for each",
    zh: "该 curl 命令发送多个请求；请为每个请求单独编写命令",
};

const OPEN: Message = Message {
    en: "{option} has a variable of the shell in it, so it is not known whether this is a request that is checked; write it out",
    zh: "{option} 中有 shell 变量，无法判断这是否为可检查的请求；请写出其取值",
};

const NO_ADDRESS: Message = Message { en: "the curl command has no address", zh: "curl 命令中没有地址" };
