//! Sentences: what stands in them in either language, and in which order; what each way out says. Typed from the documents' meaning,
//! so that a limit told as what was found, or "with" for "without", does not pass as a matter of wording.

use image_preflight::{Finding, Locale, Outcome, Param, all_messages, check, rules};
use image_preflight_tests::vectors;
use std::collections::BTreeSet;

/// The placeholders of a template, in order.
fn placeholders(template: &str) -> Vec<&str> {
    let inner = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    // A noun may follow the name of its number: `{count:image|images}`.
    inner.map(|(name, _)| name.split_once(':').map_or(name, |(name, _)| name)).collect()
}

/// Every template with more than one placeholder: their order in English, then in Chinese. A word order that differs was looked at.
const ORDERS: &[(&[&str], &[&str])] = &[
    (&["line", "column", "problem"], &["line", "column", "problem"]),
    // A member, a field, a fact that is not known.
    (&["actual", "suggestion", "allowed"], &["actual", "suggestion", "allowed"]),
    // "at most {limit} may leave {region}", "从{region}……上限为 {limit}".
    (&["inFlight", "limit"], &["inFlight", "limit"]),
    (&["actualBytes", "limitBytes"], &["actualBytes", "limitBytes"]),
    (&["image", "actual"], &["image", "actual"]),
    (&["needed", "left"], &["needed", "left"]),
    // An address, which has its own placeholders.
    (&["field", "actual", "expected"], &["field", "actual", "expected"]),
    (&["field", "expected"], &["field", "expected"]),
    (&["field", "actual", "unit", "limit"], &["field", "actual", "unit", "limit"]),
    (&["field", "limit", "unit"], &["field", "limit", "unit"]),
    // "{character} ({codePoint}) at position {index}", "第 {index} 个字符 {character}（{codePoint}）".
    (
        &["field", "character", "codePoint", "index", "allowed"],
        &["field", "index", "character", "codePoint", "allowed"],
    ),
    (&["field", "actual", "allowed", "suggestion"], &["field", "actual", "allowed", "suggestion"]),
    (&["field", "actual", "known", "suggestion"], &["field", "actual", "known", "suggestion"]),
    (&["field", "actual"], &["field", "actual"]),
    (&["field", "with"], &["field", "with"]),
    (&["actual", "nearest"], &["actual", "nearest"]),
    (&["field", "actual", "with"], &["field", "actual", "with"]),
    (&["holds", "facts"], &["holds", "facts"]),
    (&["fact", "how"], &["fact", "how"]),
    (&["image", "fact", "how"], &["image", "fact", "how"]),
    (&["actual", "region"], &["actual", "region"]),
    (&["source", "region"], &["source", "region"]),
    (&["region", "source"], &["region", "source"]),
    (&["expected", "with"], &["expected", "with"]),
    // "the request names {expected} in {with}", "请求中 {with} 为 {expected}".
    // "no whole answer of {form}, as it lacks {lacking}", "缺少 {lacking}，不是 {form} 的完整返回".
    (&["field", "wanted", "form", "lacking"], &["field", "wanted", "lacking", "form"]),
    (&["field", "with", "with"], &["field", "with"]),
    (&["operation", "field"], &["operation", "field"]),
    // Addresses.
    (&["image_id", "member_id"], &["image_id", "member_id"]),
    (&["project_id", "backup_id"], &["project_id", "backup_id"]),
    (&["project_id", "server_id"], &["project_id", "server_id"]),
    (&["actualBytes", "region", "limitBytes"], &["actualBytes", "region", "limitBytes"]),
    (&["field", "actual", "with", "other", "fact"], &["field", "actual", "with", "other", "fact"]),
    (&["field", "actual", "range"], &["field", "actual", "range"]),
    (&["field", "actual", "with", "expected"], &["field", "actual", "with", "expected"]),
    (&["field", "actual", "with", "maximum"], &["field", "actual", "with", "maximum"]),
    (&["field", "expected", "actual"], &["field", "expected", "actual"]),
    (&["field", "range"], &["field", "range"]),
    (&["limit", "unit"], &["limit", "unit"]),
    (&["minimum", "maximum"], &["minimum", "maximum"]),
];

#[test]
fn placeholders_stand_in_their_order_in_both_languages() {
    let (mut seen, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for words in all_messages() {
        let (en, zh) = (placeholders(words.en), placeholders(words.zh));
        if en.len().max(zh.len()) < 2 {
            assert_eq!(en, zh, "{}", words.en);
            continue;
        }
        match ORDERS.iter().position(|(of_en, of_zh)| *of_en == en && *of_zh == zh) {
            Some(at) => _ = seen.insert(at),
            None => _ = unknown.insert((en, zh, words.en, words.zh)),
        }
    }
    assert!(unknown.is_empty(), "look at these, and type their orders: {unknown:#?}");
    let unused: Vec<_> =
        ORDERS.iter().enumerate().filter(|(index, _)| !seen.contains(index)).map(|(_, order)| order).collect();
    assert!(unused.is_empty(), "no sentence has {unused:?}");
}

/// What was found, and what bounds it: names of parameters.
const FOUND: [&str; 4] = ["actual", "actualBytes", "inFlight", "needed"];
const BOUND: [&str; 5] = ["limit", "limitBytes", "minimum", "maximum", "left"];

/// Messages that say of a number that it is a bound.
const BOUNDS_IN_ENGLISH: [&str; 7] =
    ["at most", "cannot exceed", "greater than", "from {minimum} to", "left", "limit", "maximum"];
const BOUNDS_IN_CHINESE: [&str; 7] = ["上限", "最多", "超过", "之间", "剩余", "不能大于", "已满"];

/// In each language the clause that tells a bound says that it is one, and the clause that tells what was found does not.
#[test]
fn a_bound_is_told_as_a_bound_and_what_was_found_is_not() {
    let is_told = |clause: &str, names: &[&str]| names.iter().any(|name| clause.contains(&format!("{{{name}}}")));
    let mut compared = BTreeSet::new();
    for words in all_messages() {
        let names = placeholders(words.en);
        // Where one field bounds another one, both numbers are found ones.
        let is_between_fields = names.contains(&"with");
        if is_between_fields || !names.iter().any(|name| BOUND.contains(name)) {
            continue;
        }
        for (text, cues, ends) in [
            (words.en, &BOUNDS_IN_ENGLISH, &[';', ',', '.'][..]),
            (words.zh, &BOUNDS_IN_CHINESE, &['，', '。', '；', '：']),
        ] {
            for clause in text.split(ends) {
                let is_bound = cues.iter().any(|cue| clause.to_lowercase().contains(cue));
                let (found, bound) = (is_told(clause, &FOUND), is_told(clause, &BOUND));
                assert!(!(found && bound), "one clause tells both: {clause:?} of {text:?}");
                assert!(!bound || is_bound, "{clause:?} of {text:?} does not say that it is a bound");
                assert!(!found || !is_bound, "{clause:?} of {text:?} tells what was found as a bound");
            }
        }
        compared.insert(words.en);
    }
    // Sizes across, within, of a shared image and of an export, copies at once, two quotas, two of lengths, two of ranges.
    assert_eq!(compared.len(), 11, "{compared:#?}");
}

/// How a parameter that is a number stands in a sentence: plainly; bytes as whole GiB, or as bytes with about how many GiB.
fn shown(param: &Param<'_>) -> Option<Vec<String>> {
    const GIB: u64 = 1 << 30;
    match param {
        Param::Integer(number) => Some(vec![number.to_string()]),
        Param::Bytes(bytes) if bytes % GIB == 0 => Some(vec![(bytes / GIB).to_string()]),
        Param::Bytes(bytes) => Some(vec![bytes.to_string(), format!("{}.{:02}", bytes / GIB, bytes % GIB * 100 / GIB)]),
        _ => None,
    }
}

/// The numbers of a sentence that stand in no quotes and in no code.
fn numbers(message: &str) -> Vec<String> {
    let plain = regex::Regex::new(r#"`[^`]*`|"[^"]*"|“[^”]*”|U\+[0-9A-F]+"#).expect("a pattern");
    let number = regex::Regex::new(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?").expect("a pattern");
    let message = plain.replace_all(message, " ");
    number.find_iter(&message).map(|found| found.as_str().to_owned()).collect()
}

/// The parameters that are numbers, in the order of a list of names, as they stand in a sentence.
fn in_order(finding: &Finding<'_>, names: &[&str]) -> Vec<String> {
    names.iter().filter_map(|name| shown(finding.param(name)?)).flatten().collect()
}

/// Every finding of a rule whose own sentence has numbers: they are those of its parameters, in its order, in both languages.
#[test]
fn the_numbers_of_a_message_are_those_of_its_parameters_in_order() {
    let placeholder = regex::Regex::new(r"\{[^}]*\}").expect("a pattern");
    let mut compared = BTreeSet::new();
    for vector in vectors() {
        let report = check(&vector.case);
        for finding in report.findings().iter().filter(|finding| finding.kind().is_none()) {
            let told = |locale| numbers(&finding.message(locale));
            if finding.outcome() == image_preflight::Outcome::Unknown {
                continue;
            }
            let template = finding.rule().violated;
            let (en, zh) = (placeholders(template.en), placeholders(template.zh));
            let literal = |text: &str| numbers(&placeholder.replace_all(text, " x "));
            if !literal(template.en).is_empty() || !literal(template.zh).is_empty() {
                panic!(
                    "{} has a number in its sentence: take it from the edition or from a parameter",
                    finding.rule().id
                );
            }
            if finding.rule().id.starts_with("case.") || finding.rule().id.ends_with("-field") {
                continue;
            }
            assert_eq!(told(Locale::ENGLISH), in_order(finding, &en), "{}", finding.message(Locale::ENGLISH));
            assert_eq!(told(Locale::CHINESE), in_order(finding, &zh), "{}", finding.message(Locale::CHINESE));
            if !told(Locale::ENGLISH).is_empty() {
                compared.insert(finding.rule().id);
            }
        }
    }
    let expected = [
        "ims.cross-region-copy.concurrent-limit",
        "ims.cross-region-copy.size-cap",
        "ims.in-region-copy.shared-size-cap",
        "ims.in-region-copy.size-cap",
        "jd.copy-images.image-quota",
        "jd.copy-images.snapshot-quota",
    ];
    assert_eq!(compared.into_iter().collect::<Vec<_>>(), expected);
}

/// The order of numbers in the sentence of each kind of fault, by language: from the meaning of the kind.
#[test]
fn the_numbers_of_a_fault_are_those_of_its_parameters_in_order() {
    let mut compared = BTreeSet::new();
    for vector in vectors() {
        let report = check(&vector.case);
        for finding in report.findings() {
            let (en, zh): (&[&str], &[&str]) = match finding.kind() {
                Some("too-long") => (&["actual", "limit"], &["actual", "limit"]),
                Some("bad-character") => (&["index"], &["index"]),
                // How many regions are known.
                Some("not-one-of") if finding.param("known").is_some() => (&["known"], &["known"]),
                // A number that fits no integer is no number in `params`, and stands in the sentence as it was written.
                Some("out-of-range") if matches!(finding.param("actual"), Some(Param::Integer(_))) => {
                    let bounds = if finding.param("with").is_some() { &["actual", "maximum"][..] } else { &["actual"] };
                    (bounds, bounds)
                }
                _ => continue,
            };
            for (locale, names) in [(Locale::ENGLISH, en), (Locale::CHINESE, zh)] {
                let message = finding.message(locale);
                let wanted = in_order(finding, names);
                assert_eq!(wanted.len(), names.len(), "{message}");
                // What is allowed may be told with numbers of its own, behind these.
                let told = numbers(&message);
                assert!(
                    told.len() >= wanted.len() && told[..wanted.len()] == wanted[..],
                    "{message}: {told:?}, not {wanted:?}"
                );
            }
            compared.extend(finding.kind());
        }
    }
    assert_eq!(compared.into_iter().collect::<Vec<_>>(), ["bad-character", "not-one-of", "out-of-range", "too-long"]);
}

/// The ways out that the documents know: rule, and what must be said in English and in Chinese.
#[rustfmt::skip]
const WAYS_OUT: &[(&str, &[&str], &[&str])] = &[
    ("ims.cross-region-copy.region-differs", &["another destination", "within its region"], &["其他目的区域", "区域内复制"]),
    // [Z22]: first within the region without a key, then that copy.
    ("ims.cross-region-copy.not-encrypted", &["within its region", "without `cmk_id`", "unencrypted"], &["本区域内复制", "不填写 `cmk_id`", "未加密"]),
    ("ims.cross-region-copy.size-cap", &["smaller image"], &["更小的镜像"]),
    ("ims.cross-region-copy.concurrent-limit", &["Wait"], &["等待"]),
    ("ims.cross-region-copy.not-iso", &["ISO", "system disk image"], &["ISO", "系统盘镜像"]),
    // [Z22]: a server from it, a private image of the server, copy that.
    ("ims.cross-region-copy.private-image", &["Create an ECS from it", "private image"], &["创建云服务器", "私有镜像"]),
    ("ims.cross-region-copy.image-active", &["Wait until the image is active"], &["等待", "active"]),
    // [Z22]: a server-backup vault of the replication type, in the destination.
    ("ims.cross-region-copy.vault-for-full-ecs", &["server backup vault", "replication", "destination", "CBR console", "Querying the Vault List"], &["目的区域", "复制", "云服务器备份存储库", "云备份控制台", "查询存储库列表"]),
    ("ims.cross-region-copy.offered", &["Export the image", "import"], &["导出镜像", "导入"]),
    ("ims.cross-region-copy.not-windows", &["no alternative", "service ticket"], &["没有替代方法", "工单"]),
    ("ims.cross-region-copy.regions-without-copies", &["IMS console"], &["镜像服务控制台"]),
    ("image.export.size-cap", &["fast export"], &["快速导出"]),
    ("image.export.not-marketplace", &["not created from a KooGallery image"], &["非云商店镜像"]),
    ("image.share.private-image", &["private image of your own"], &["自己的私有镜像"]),
    ("image.share.not-encrypted", &["without `cmk_id`", "unencrypted"], &["不填写", "未加密"]),
    ("ims.whole-image.not-windows", &["no alternative", "service ticket"], &["没有替代方法", "工单"]),
    ("ims.in-region-copy.private-image", &["Create an ECS", "private image"], &["创建云服务器", "私有镜像"]),
    // [Z22]: a server from it, system disk image and data disk images.
    ("ims.cross-region-copy.full-ecs-refused", &["Create an ECS from it", "system disk image", "data disk images"], &["创建云服务器", "系统盘镜像", "数据盘镜像"]),
    // [IAM25]: the default project is named like its region.
    ("ims.cross-region-copy.project-of-destination", &["project in {region}", "By default"], &["{region} 的项目名称", "默认项目"]),
    ("ims.cross-region-copy.same-site", &["same site", "export", "import"], &["同一站点", "导出", "导入"]),
    ("ims.cross-region-copy.full-ecs-regions", &["Create an ECS from it", "system disk image", "data disk images"], &["创建云服务器", "系统盘镜像", "数据盘镜像"]),
    ("ims.cross-region-copy.full-ecs-once", &["region where it was created"], &["最初创建该镜像的区域"]),
    ("ims.cross-region-copy.vault-in-destination", &["vault in {region}", "vault list"], &["{region} 的存储库", "查询存储库列表"]),
    ("ims.cross-region-copy.image-quota", &["Delete private images", "higher quota"], &["删除该区域不再使用的私有镜像", "提高配额"]),
    ("ims.cross-region-copy.backup-billed", &["delete its replicated backup"], &["不再需要", "复制的备份", "删除"]),
    ("ims.cross-region-copy.same-type", &["destination region", "type of ECS"], &["目的区域", "该类型的云服务器"]),
    ("ims.in-region-copy.shared-accepted", &["Accept the shared image"], &["接受该共享镜像"]),
    ("ims.in-region-copy.shared-size-cap", &["owner", "smaller image"], &["所有者", "更小的镜像"]),
    ("ims.in-region-copy.shared-not-encrypted", &["Do not specify `cmk_id`", "owner", "unencrypted"], &["不要填写 `cmk_id`", "所有者", "未加密"]),
    ("ims.in-region-copy.bare-metal-not-encrypted", &["Do not specify `cmk_id`"], &["不要填写 `cmk_id`"]),
    ("ims.in-region-copy.image-quota", &["Delete private images", "higher quota"], &["删除该区域不再使用的私有镜像", "提高配额"]),
    ("ims.cross-region-copy.enterprise-project", &["Do not specify `enterprise_project_id`"], &["不要填写 `enterprise_project_id`"]),
    ("ims.in-region-copy.enterprise-project", &["Do not specify `enterprise_project_id`"], &["不要填写 `enterprise_project_id`"]),
    ("ims.in-region-copy.kms-permission", &["grant it access", "KMS"], &["授予 IMS", "KMS"]),
    ("ims.whole-image.ecs-state", &["Wait until the ECS is running or stopped"], &["等待", "“运行中”或“关机”"]),
    ("ims.whole-image.no-dss-disk", &["system disk image", "data disk images"], &["系统盘镜像", "数据盘镜像"]),
    ("ims.whole-image.backup-available", &["Wait until the backup is available"], &["等待", "available"]),
    ("ims.whole-image.image-quota", &["Delete private images", "higher quota"], &["删除该区域不再使用的私有镜像", "提高配额"]),
    ("ims.whole-image.other-variant", &["Do not specify {actual}"], &["不要填写 {actual}"]),
    ("ims.in-region-copy.not-full-ecs", &["Create an ECS from it", "system disk image", "data disk images"], &["创建云服务器", "系统盘镜像", "数据盘镜像"]),
    ("ims.in-region-copy.not-iso", &["ISO", "system disk image"], &["ISO", "系统盘镜像"]),
    ("ims.in-region-copy.not-windows", &["Create an ECS from the image", "new image"], &["创建云服务器", "新镜像"]),
    ("ims.in-region-copy.image-active", &["Wait until the image is active"], &["等待", "active"]),
    ("ims.in-region-copy.size-cap", &["smaller image"], &["更小的镜像"]),
    ("ims.whole-image.source-configured", &["Configure the ECS first"], &["先完成配置"]),
    ("ims.whole-image.no-spanned-volume", &["spanned volume", "simple volumes"], &["跨区卷", "简单卷"]),
    ("ims.whole-image.no-multi-disk-lvm", &["a single disk"], &["单块磁盘"]),
    // 004: diskpart, san, san policy=onlineall, exit.
    ("ims.whole-image.san-policy", &["`diskpart`", "`san policy=onlineall`", "`san`", "`exit`"], &["`diskpart`", "`san policy=onlineall`", "`san`", "`exit`"]),
    ("ims.whole-image.backup-single-use", &["new backup"], &["重新备份"]),
    ("ims.whole-image.keep-stopped", &["only when the job has ended"], &["等任务结束后"]),
    ("ims.whole-image.shared-backup-image", &["your own backup"], &["本租户的备份"]),
    ("jd.copy-images.region-differs", &["another destination"], &["其他目标地域"]),
    ("jd.copy-images.private-image", &["from the list", "private image"], &["移出列表", "私有镜像"]),
    ("jd.copy-images.cloud-disk-system-image", &["from the list", "cloud disk"], &["移出列表", "云硬盘"]),
    ("jd.copy-images.ready", &["Wait until it is ready"], &["等待其变为 ready"]),
    ("jd.copy-images.no-encrypted-snapshot", &["not encrypted"], &["未加密"]),
    ("jd.copy-images.not-busy", &["Wait until that task has ended"], &["等待该任务结束"]),
    ("jd.copy-images.image-quota", &["Delete images", "higher quota", "copy fewer"], &["删除目标地域的镜像", "提高配额", "减少复制数量"]),
    ("jd.copy-images.snapshot-quota", &["Delete snapshots", "higher quota", "copy fewer"], &["快照", "提高配额", "减少复制数量"]),
    ("image.export.not-full-ecs", &["Create an ECS from it", "system disk image", "data disk images"], &["创建云服务器", "系统盘镜像", "数据盘镜像"]),
    ("image.export.not-iso", &["ISO file"], &["ISO 文件"]),
    ("image.export.not-public", &["private image"], &["私有镜像"]),
    ("image.export.image-active", &["Wait until the image is active"], &["等待", "active"]),
    ("image.share.not-from-shared-backup", &["your own backup"], &["本租户的备份"]),
    ("image.share.full-ecs-refused", &["Create an ECS from it", "system disk image", "data disk images"], &["创建云服务器", "系统盘镜像", "数据盘镜像"]),
];

#[test]
fn every_way_out_is_the_one_that_the_documents_know() {
    for (id, en, zh) in WAYS_OUT {
        let rule = rules().find(|rule| rule.id == *id).unwrap_or_else(|| panic!("there is no rule {id}"));
        for (fix, phrases) in [(rule.fix.en, en), (rule.fix.zh, zh)] {
            for phrase in *phrases {
                assert!(fix.contains(phrase), "{id} lacks {phrase:?}: {fix}");
            }
        }
        // What is said without must not be said with, and the other way round.
        assert_eq!(
            rule.fix.en.contains("without"),
            en.iter().any(|phrase| phrase.contains("without")),
            "{id}: {}",
            rule.fix.en
        );
        assert_eq!(rule.fix.zh.contains('不'), zh.iter().any(|phrase| phrase.contains('不')), "{id}: {}", rule.fix.zh);
    }
    // Those of fields, of names that are not known, and of the case itself say what their kind says.
    let fields: BTreeSet<_> = image_preflight::operations()
        .flat_map(|operation| operation.body().iter().chain(operation.path()).map(|field| field.rule().id))
        .collect();
    let known: BTreeSet<_> = WAYS_OUT.iter().map(|(id, ..)| *id).collect();
    let is_other = |id: &str| id.starts_with("case.") || id.ends_with("-field") || fields.contains(id);
    let lacking: Vec<_> = rules().map(|rule| rule.id).filter(|id| !known.contains(id) && !is_other(id)).collect();
    assert_eq!(lacking, [""; 0], "type the way out of these from the documents");
    assert_eq!(known.len(), WAYS_OUT.len());
}

/// A hint is for a person who fills in a form and has never seen the API: no name of a field, no code, no call, no code point.
#[test]
fn a_hint_is_for_people_who_do_not_know_the_api() {
    let technical = regex::Regex::new(r"`|U\+[0-9A-F]|\b(GET|POST|PUT) /|[a-z]_[a-z]|\{|\}").expect("a pattern");
    let quoted = regex::Regex::new(r#""[^"]*"|“[^”]*”"#).expect("a pattern");
    let (mut hints, mut shorter) = (BTreeSet::new(), 0);
    for vector in vectors() {
        for finding in check(&vector.case).findings() {
            for locale in Locale::all() {
                let hint = finding.hint(locale);
                // What the person wrote may have anything in it.
                let own = quoted.replace_all(&hint, "");
                // Where something is not known, a field may be named: a form puts its label there.
                let own = match finding.outcome() {
                    Outcome::Unknown => own.replace(['`', '_'], ""),
                    Outcome::Violated => own.into_owned(),
                };
                assert!(!technical.is_match(&own), "{}: {hint}", finding.rule().id);
                shorter += usize::from(hint.chars().count() < finding.message(locale).chars().count());
                hints.insert(hint);
            }
        }
    }
    assert!(hints.len() > 100 && shorter > 400, "{} hints, {shorter} of them shorter than the message", hints.len());
}

/// In a Chinese sentence nothing but code has spaces beside it.
#[test]
fn full_width_quotes_have_no_spaces_beside_them() {
    let code = regex::Regex::new("`[^`]*`").expect("a pattern");
    let quoted = regex::Regex::new("“[^”]*”").expect("a pattern");
    for vector in vectors() {
        for finding in check(&vector.case).findings() {
            let titles = finding.fixes().iter().map(|fix| finding.fix_title(fix, Locale::CHINESE));
            for text in titles.chain([finding.message(Locale::CHINESE)]).chain([finding.hint(Locale::CHINESE)]) {
                let plain = code.replace_all(&text, "`");
                // A user's own text may have anything in it.
                let plain = quoted.replace_all(&plain, "“”");
                assert!(!plain.contains(" “") && !plain.contains("” "), "{text}");
            }
        }
    }
}

/// What the person wrote stays as it is, also where it looks like code.
#[test]
fn a_hint_keeps_what_the_person_wrote() {
    let case = r#"{"operation": "ims.cross-region-copy", "body": {"region": "`a`"}, "facts": {"sourceRegion": "`a`"}}"#;
    let report = check(case);
    let differs = report.findings().iter().find(|finding| finding.rule().id.ends_with("region-differs"));
    let hint = differs.expect("it is the same region").hint(Locale::ENGLISH);
    assert!(hint.contains("\"`a`\""), "{hint}");
}
