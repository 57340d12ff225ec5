//! How sentences are written: what no sentence of any language may have in it.

use image_preflight::{all_messages, rules};

/// What our English used to say where the documents of a cloud say something plainer.
const NOT_PLAIN: &[&str] = &[
    "Take out",
    "take out",
    "mend",
    "of the kind",
    "stand-in",
    "stands",
    "is told",
    "made of",
    "Give ",
    "misspelt",
    "slip of",
    "is to be",
    "are to be",
    "which is named",
];

/// Everything that is written in Latin letters in a Chinese sentence: names, units, formats.
const LATIN: &str = "CrossCopyAgencyPolicy CrossCopyAgencyCBRPolicy Flexible Engine PUT eu-de eu-nl copyImages provider \
    AccessKey App AppKey BMS DESS Domain EPS IP VPC arm bios qcow2 raw uefi vhd x86 zvhd zvhd2 \
    accepted active Administrator API available BIOS BOM CBR Cloud Cloud-Init Cloudbase-Init cloudimages CN CPU \
    CSBS CVM describeImage describeImages describeQuota describeQuotas describeSnapshots DHCP DiskPart DSS ECS EVS \
    false FAQ FusionCompute GB GET GiB Glance gold HTTP HTTPS IAM ID image-preflight IMG IMS INIT Ironic ISO \
    IsoImage JD jd-2024-11 JSON KiB KMS Linux MB MiB null OBS OnlineAll Open OpenStack PATCH Pointer POST RAM \
    README ready RUNNING SAN SDK Standard SUSE Telekom Tenant Terraform Token true UEFI Unicode URI URL UTF UUID \
    VM Windows UTC Schema undetermined denied Patch Problem Details RFC";

/// A sentence without what is code: between backticks, in braces, addresses, codes in capitals with an underscore or a dot.
fn prose(sentence: &str) -> String {
    let mut prose = String::new();
    for (index, part) in sentence.split('`').enumerate() {
        let mut rest = if index % 2 == 0 { part } else { "" };
        while let Some((before, after)) = rest.split_once('{') {
            prose.push_str(before);
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        prose.push_str(rest);
    }
    prose
}

/// Chinese that has another word here: the known facts are 已知信息, full-ECS images are made (制作), and the market's images KooGallery's.
const NOT_OUR_CHINESE: &[&str] =
    &["事实", "创建整机镜像", "创建的整机镜像", "创建一个整机镜像", "创建 Windows 整机镜像", "或市场镜像", "尚不可知"];

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn english_is_plain() {
    let mut wrong = Vec::new();
    for message in all_messages() {
        wrong.extend(NOT_PLAIN.iter().filter(|words| message.en.contains(**words)).map(|words| (words, message.en)));
        assert!(!message.en.trim().contains("  "), "{}", message.en);
    }
    assert_eq!(wrong, []);
}

#[test]
fn chinese_has_one_word_for_a_thing() {
    let mut wrong = Vec::new();
    for message in all_messages() {
        wrong.extend(
            NOT_OUR_CHINESE.iter().filter(|words| message.zh.contains(**words)).map(|words| (words, message.zh)),
        );
    }
    assert_eq!(wrong, []);
    // JD Cloud calls its regions otherwise than Huawei Cloud does.
    for rule in rules().filter(|rule| rule.id.starts_with("jd.")) {
        for message in [rule.holds, rule.why, rule.violated, rule.fix].into_iter().chain(rule.disputed) {
            assert!(!message.zh.contains("区域"), "{}: {}", rule.id, message.zh);
        }
    }
}

#[test]
fn chinese_has_full_width_punctuation_and_no_space_beside_its_quotes() {
    let mut wrong = Vec::new();
    for message in all_messages() {
        let chars: Vec<_> = prose(message.zh).chars().collect();
        for pair in chars.windows(2) {
            let is_half_width = |c| matches!(c, ',' | ';' | ':' | '?' | '!' | '(' | ')');
            let beside_quotes = matches!(pair, [' ', '“'] | ['”', ' '] | ['“', ' '] | [' ', '”']);
            let is_wrong = matches!(pair, [one, next] if is_han(*one) && is_half_width(*next) || is_half_width(*one) && is_han(*next));
            if is_wrong || beside_quotes {
                wrong.push(message.zh);
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn chinese_has_no_english_but_names() {
    let mut wrong = Vec::new();
    for message in all_messages() {
        let prose = prose(message.zh);
        let words = prose.split(|c: char| !(c.is_ascii_alphanumeric() || "-_./".contains(c)));
        let is_name = |word: &str| {
            let word = word.trim_matches(['-', '.', '/', '_']);
            let has_letters = word.chars().any(|c| c.is_ascii_alphabetic());
            // Identifiers: a region, an edition, an error code, an address.
            let is_code =
                word.contains(['_', '/', '.']) || word.contains('-') && word.chars().any(|c| c.is_ascii_digit());
            !has_letters || is_code || LATIN.split(' ').any(|known| known == word)
        };
        wrong.extend(words.filter(|word| !is_name(word)).map(|word| (word.to_owned(), message.zh)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Placeholders that are whole sentences, after which another one begins.
const SENTENCES: [&str; 2] = ["suggestion", "holds"];

/// A value may begin or end with code or Latin letters, which a space separates from Chinese characters. The renderer drops the space
/// beside a value that is Chinese there.
#[test]
fn chinese_has_a_space_between_a_placeholder_and_a_character() {
    let mut wrong = Vec::new();
    for message in all_messages() {
        let mut before = None;
        let mut rest = message.zh;
        while let Some((text, (placeholder, after))) =
            rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
        {
            let neighbours = [text.chars().next_back().or(before), after.chars().next()];
            if !SENTENCES.contains(&placeholder) && neighbours.into_iter().flatten().any(is_han) {
                wrong.push(message.zh);
            }
            (before, rest) = (Some('}'), after);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
