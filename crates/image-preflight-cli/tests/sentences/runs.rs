//! The runs: files, arguments, and what is on standard error in both languages.

pub(crate) const CASE: &str = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":" n"}}"#;

/// Files by name, which the runs read.
pub(crate) fn files() -> Vec<(&'static str, Vec<u8>)> {
    let of = |more: &str| CASE.replace("\" n\"}}", &format!("\" n\"}}{more}}}")).into_bytes();
    let image = |id: &str| format!(r#"{{"id":"{id}"}}"#);
    let images = |ids: &[&str]| {
        let all: Vec<_> = ids.iter().map(|id| image(id)).collect();
        format!(r#"{{"images":[{}]}}"#, all.join(",")).into_bytes()
    };
    vec![
        ("case.json", CASE.into()),
        ("fix.json", CASE.into()),
        ("good.json", CASE.replace("\" n\"", "\"n\"").into_bytes()),
        ("bom.json", [b"\xef\xbb\xbf", CASE.as_bytes()].concat()),
        ("utf16.json", [0xfeff].into_iter().chain(CASE.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        ("half.json", b"\xff\xfe\0\xd8".to_vec()),
        ("zip.json", b"PK\x03\x04".to_vec()),
        ("latin.json", b"{\"a\":\"\xff\"}".to_vec()),
        ("empty.json", Vec::new()),
        ("words.txt", b"Dear Sir\n".to_vec()),
        ("unknown.json", of(r#","unknown":["/body/name"]"#)),
        ("hcl.tf", b"resource \"a\" \"b\" {\n}\n".to_vec()),
        ("folder/readme.md", b"# None\n".to_vec()),
        ("body.json", br#"{"name":"n"}"#.to_vec()),
        ("list.json", of(r#","ignore":1"#)),
        ("near.json", of(r#","ignore":[{"rule":"size-cap","reason":"r"}]"#)),
        ("reason.json", of(r#","ignore":[{"rule":"ims.in-region-copy.name","reason":" "}]"#)),
        ("unused.json", of(r#","ignore":[{"rule":"ims.in-region-copy.size-cap","reason":"r"}]"#)),
        ("two.json", images(&["a", "i", "i"])),
        ("others.json", images(&["a", "b"])),
        ("none.json", images(&[])),
        ("twice.json", br#"{"images":[],"images":[]}"#.to_vec()),
        ("open.json", b"[".to_vec()),
        ("v2.json", br#"{"version":2,"findings":[]}"#.to_vec()),
        ("key.toml", b"editon = 'default'".to_vec()),
        ("no.toml", b"\n= 1".to_vec()),
        ("text.toml", b"edition = 1".to_vec()),
        ("flag.toml", b"strict = 1".to_vec()),
        ("rules.toml", b"ignore = 1".to_vec()),
        ("table.toml", b"path = [1]".to_vec()),
        ("near.sh", b"hcloud IMS CopyImageInRegoin --id=a\nhcloud IMS CopyImageInRegion --id=a --id=b\nhcloud IMS CopyImageInRegion --image_id=i --name=\" n\"\n".to_vec()),
        ("two.ndjson", format!("{CASE}\n{CASE}\n").into_bytes()),
        ("terraform/main.tf", b"resource \"a\" \"b\" {\n}\n".to_vec()),
        ("server.json", br#"{"server":{"id":"other","status":"ACTIVE","metadata":{}}}"#.to_vec()),
        ("outside.toml", b"glob = ['a']".to_vec()),
        ("format.toml", b"[[path]]\nglob = ['a']\nformat = 'json'".to_vec()),
        ("without.toml", b"[[path]]\nstrict = true".to_vec()),
        ("glob.toml", b"[[path]]\nglob = ['a[']".to_vec()),
        ("after.json", br#"{"after":{"0":[1],"1":[0]}}"#.to_vec()),
        ("far.json", br#"{"running":[5]}"#.to_vec()),
        ("both.json", br#"{"running":[0],"finished":[0]}"#.to_vec()),
        ("runing.json", br#"{"runing":[0]}"#.to_vec()),
        ("one.json", br#"{"running":1}"#.to_vec()),
        ("again.json", br#"{"finished":[],"finished":[]}"#.to_vec()),
        ("list-of.json", b"[1]".to_vec()),
        ("prepared.json", br#"{"prepared":{"0":"i"}}"#.to_vec()),
    ]
}

/// Arguments, and what is on standard error in English and in Chinese. What ends with `…` goes on.
pub(crate) const RUNS: &[(&str, &str, &str)] = &[
    (
        "check near.sh",
        "near.sh: KooCLI command: 1 request\nerror: cannot check near.sh: line 1: hcloud IMS CopyImageInRegoin is no command that is known; did you mean CopyImageInRegion?; line 2: --id is given twice in one command: give it once",
        "near.sh：KooCLI 命令：1 个请求\n错误：无法检查 near.sh：第 1 行：没有 hcloud IMS CopyImageInRegoin 这一命令；是否应为 CopyImageInRegion？；第 2 行：同一命令中重复指定了 --id，请只保留一个",
    ),
    (
        "check terraform",
        "files in folders that hold nothing to check, passed over: 1\ncannot check terraform/main.tf: this is Terraform's configuration; the values are known to a plan. Make JSON of on…",
        "已跳过目录中没有可检查内容的文件：1 个\n无法检查 terraform/main.tf：…",
    ),
    (
        "request two.ndjson",
        "error: two.ndjson has 2 cases, and `request` takes one; `check` takes them all",
        "错误：two.ndjson 中有 2 个用例，而 `request` 只接受一个；`check` 可检查全部",
    ),
    (
        "request near.sh",
        "error: near.sh is no case (KooCLI command): `request` takes one case, and `check` takes this too",
        "错误：near.sh 不是用例（KooCLI 命令）：`request` 只接受一个用例，`check` 也接受此类输入",
    ),
    (
        "check --diff utf16.json",
        "error: cannot change utf16.json: it is UTF-16; save it as UTF-8",
        "错误：无法修改 utf16.json：编码为 UTF-16，请另存为 UTF-8 编码",
    ),
    (
        "check --fix utf16.json",
        "cannot change utf16.json: it is UTF-16; save it as UTF-8\nfixes applied: 0\nutf16.json: read as UTF-16",
        "无法修改 utf16.json：编码为 UTF-16，请另存为 UTF-8 编码\n已应用的修复：0 处\nutf16.json：按 UTF-16 编码读取",
    ),
    (
        "check absent.json",
        "error: cannot read absent.json: No such file or directory (os error 2)",
        "错误：无法读取 absent.json：文件不存在",
    ),
    (
        "check *.absent",
        "error: cannot read *.absent: no file has this name or matches it",
        "错误：无法读取 *.absent：没有名称相符或与通配符匹配的文件",
    ),
    (
        "check absent/*.json",
        "error: cannot read absent/*.json: no file has this name or matches it",
        "错误：无法读取 absent/*.json：没有名称相符或与通配符匹配的文件",
    ),
    (
        "check a[",
        "error: a[: error parsing glob 'a[': unclosed character class; missing ']'",
        "错误：a[：通配符有误：error parsing glob 'a[': unclosed character class; missing ']'",
    ),
    (
        "check case.json/x",
        "error: cannot read case.json/x: Not a directory (os error 20)",
        "错误：无法读取 case.json/x：路径中有一部分不是目录",
    ),
    ("check empty.json", "error: empty.json holds no JSON", "错误：empty.json 中没有 JSON"),
    ("check bom.json", "bom.json: the byte-order mark is passed over", "bom.json：已忽略字节顺序标记（BOM）"),
    ("check utf16.json", "utf16.json: read as UTF-16", "utf16.json：按 UTF-16 编码读取"),
    (
        "check half.json",
        "error: cannot read half.json: it is not UTF-16, as its mark says",
        "错误：无法读取 half.json：字节顺序标记表明编码为 UTF-16，但内容并非如此",
    ),
    (
        "check zip.json",
        "error: cannot read zip.json: it is a binary file, such as a plan of `terraform plan -out`; check what `terraform show -json` prints of it",
        "错误：无法读取 zip.json：这是二进制文件，例如 `terraform plan -out` 生成的计划文件；请改为检查 `terraform show -json` 的输出",
    ),
    (
        "check --input terraform latin.json",
        "error: cannot read latin.json: it is not UTF-8",
        "错误：无法读取 latin.json：不是 UTF-8 编码",
    ),
    (
        "request latin.json",
        "error: cannot read latin.json: it is not UTF-8 (invalid utf-8 sequence of 1 bytes from index 6)",
        "错误：无法读取 latin.json：不是 UTF-8 编码（第 7 个字节无效）",
    ),
    (
        "plan latin.json",
        "error: latin.json:1 is not UTF-8 (invalid utf-8 sequence of 1 bytes from index 6)",
        "错误：latin.json:1 不是 UTF-8 编码（第 7 个字节无效）",
    ),
    (
        "check --operation ims.in-region-copy case.json",
        "error: case.json holds cases, which name their operation; --operation is for --body and for requests that do not name theirs",
        "错误：case.json 中的用例已指明操作；--operation 仅用于 --body 和未指明操作的请求",
    ),
    (
        "check --input koocli words.txt",
        "error: cannot check words.txt: it is of none of the forms that are taken: cases (JSON, NDJSON); terraform show…",
        "错误：无法检查 words.txt：不属于可接受的形式：用例（JSON、NDJSON）；计划或状态的 terraform…",
    ),
    (
        "check words.txt",
        "words.txt: it is of none of the forms that are taken: cases (JSON, NDJSON); terraform show -json of a plan or …",
        "words.txt：不属于可接受的形式：用例（JSON、NDJSON）；计划或状态的 terraform show -j…",
    ),
    (
        "check folder",
        "files in folders that hold nothing to check, passed over: 1",
        "已跳过目录中没有可检查内容的文件：1 个",
    ),
    (
        "check -o json=fix.json fix.json",
        "error: fix.json is checked, and would be overwritten by an output",
        "错误：fix.json 是要检查的文件，输出会将其覆盖",
    ),
    (
        "check -o json=twice -o sarif=twice fix.json",
        "error: twice is the file of two outputs",
        "错误：两个输出使用了同一文件 twice",
    ),
    (
        "check --format json folder",
        "files in folders that hold nothing to check, passed over: 1\n0 cases",
        "已跳过目录中没有可检查内容的文件：1 个\n0 个用例",
    ),
    ("check --fix fix.json", "fixes applied: 1", "已应用的修复：1 处"),
    (
        "check --fix",
        "error: standard input cannot be fixed in place; use --diff",
        "错误：标准输入无法直接修复，请使用 --diff",
    ),
    (
        "check --output sarif=absent/x case.json",
        "error: cannot write to absent/x: No such file or directory (os error 2)",
        "错误：无法写入 absent/x：目录不存在",
    ),
    (
        "check --output sarif=folder case.json",
        "error: cannot write to folder: Is a directory (os error 21)",
        "错误：无法写入 folder：这是一个目录",
    ),
    (
        "man absent",
        "error: cannot write to absent: No such file or directory (os error 2)",
        "错误：无法写入 absent：目录不存在",
    ),
    (
        "check --config folder case.json",
        "error: cannot read folder: Is a directory (os error 21)",
        "错误：无法读取 folder：这是一个目录",
    ),
    (
        "check --config latin.json case.json",
        "error: cannot read latin.json: stream did not contain valid UTF-8",
        "错误：无法读取 latin.json：不是 UTF-8 编码",
    ),
    (
        "check --config key.toml case.json",
        "error: key.toml: line 1: there is no key `editon`; did you mean `edition`? (there are locale, …",
        "错误：key.toml：第 1 行：没有名为 `editon` 的键；是否要使用 `edition`？（可选值：…",
    ),
    (
        "check --config no.toml case.json",
        "error: no.toml: line 2: no TOML: …",
        "错误：no.toml：第 2 行：不是有效的 TOML：…",
    ),
    (
        "check --config text.toml case.json",
        "error: text.toml: line 1: a string is expected here",
        "错误：text.toml：第 1 行：此处应为字符串",
    ),
    (
        "check --config flag.toml case.json",
        "error: flag.toml: line 1: true or false is expected here",
        "错误：flag.toml：第 1 行：此处应为 true 或 false",
    ),
    (
        "check --config rules.toml case.json",
        "error: rules.toml: line 1: a list such as ['…'] is expected here",
        "错误：rules.toml：第 1 行：此处应为列表，例如 ['…']",
    ),
    (
        "check --config table.toml case.json",
        "error: table.toml: line 1: a table such as [[path]] is expected here",
        "错误：table.toml：第 1 行：此处应为 [[path]] 这样的表",
    ),
    (
        "check --config outside.toml case.json",
        "error: outside.toml: `glob` belongs into a [[path]]",
        "错误：outside.toml：`glob` 只能写在 [[path]] 中",
    ),
    (
        "check --config format.toml case.json",
        "error: format.toml: `format` is of the whole file, not of a [[path]]",
        "错误：format.toml：`format` 对整个文件生效，不能写在 [[path]] 中",
    ),
    (
        "check --config without.toml case.json",
        "error: without.toml: a [[path]] needs `glob`",
        "错误：without.toml：[[path]] 缺少 `glob`",
    ),
    (
        "check --config glob.toml case.json",
        "error: glob.toml: error parsing glob 'a[': unclosed character class; missing ']'",
        "错误：glob.toml：通配符有误：error parsing glob 'a[': unclosed character class; missing ']'",
    ),
    (
        "check --baseline case.json case.json",
        "error: case.json is no baseline: missing field `version` at line 1 column 79",
        "错误：case.json 不是基线文件：missing field `version` at line 1 column 79",
    ),
    (
        "check --baseline v2.json case.json",
        "error: v2.json is a baseline of version 2, not 1",
        "错误：v2.json 是版本 2 的基线文件，需要版本 1",
    ),
    (
        "check list.json",
        "error: list.json:1: `ignore` is a list of objects with `rule` and `reason`, both texts",
        "错误：list.json:1：`ignore` 应为对象列表，每个对象包含 `rule` 和 `reason`，均为文本",
    ),
    (
        "check near.json",
        "error: near.json:1: `ignore`: no rule has the id `size-cap`; did you mean `ims.cross-region-copy.size-cap` or …",
        "错误：near.json:1：`ignore`：没有 ID 为 `size-cap` 的规则；是否要使用 `ims.cr…",
    ),
    (
        "check reason.json",
        "error: reason.json:1: `ignore`: ims.in-region-copy.name needs a reason",
        "错误：reason.json:1：`ignore`：ims.in-region-copy.name 缺少理由（`reason`）",
    ),
    (
        "check unused.json",
        "unused.json:1: `ignore`: ims.in-region-copy.size-cap finds nothing here",
        "unused.json:1：`ignore`：规则 ims.in-region-copy.size-cap 在此没有发现问题，无需忽略",
    ),
    (
        "check --ecs server.json good.json",
        "server.json is about nothing that a case names, so it has not been used",
        "server.json 与所有用例指定的资源都不相符，未被使用",
    ),
    ("check --fact x case.json", "error: --fact x: NAME=VALUE is expected", "错误：--fact x：应为 NAME=VALUE 的形式"),
    (
        "check --fact a=1 --fact a=2 case.json",
        "error: --fact a=2: `a` is given twice",
        "错误：--fact a=2：`a` 重复指定",
    ),
    (
        "check --fact a=1 --fact a.b=2 case.json",
        "error: --fact a.b=2: `a` has a value already",
        "错误：--fact a.b=2：`a` 已有取值",
    ),
    (
        "check --operation ims.in-region-copy --image-id i --body body.json --image two.json",
        "error: two.json holds two images with the id that --image-id names",
        "错误：two.json 中有两个镜像的 ID 与 --image-id 指定的相同",
    ),
    (
        "check --operation ims.in-region-copy --image-id i --body body.json --image others.json",
        "error: others.json holds 2 images, and none of them is the one that --image-id names",
        "错误：others.json 中有 2 个镜像，但都不是 --image-id 指定的镜像",
    ),
    (
        "check --operation ims.in-region-copy --image-id i --body body.json --image none.json",
        "error: none.json holds no image",
        "错误：none.json 中没有镜像",
    ),
    (
        "check --operation ims.in-region-copy --image-id i --body body.json --image twice.json",
        "error: twice.json has `images` twice in one object",
        "错误：twice.json 的同一个对象中有两个 `images`",
    ),
    (
        "check --operation ims.in-region-copy --image-id i --body body.json --image open.json",
        "error: open.json is no JSON: EOF while parsing a list at line 1 column 1",
        "错误：open.json 不是有效的 JSON：EOF while parsing a list at line 1 column 1",
    ),
    (
        "check --ecs open.json case.json",
        "error: open.json is no JSON: EOF while parsing a list at line 1 column 1",
        "错误：open.json 不是有效的 JSON：EOF while parsing a list at line 1 column 1",
    ),
    (
        "check --image open.json case.json",
        "error: open.json is no JSON: EOF while parsing a list at line 1 column 1",
        "错误：open.json 不是有效的 JSON：EOF while parsing a list at line 1 column 1",
    ),
    (
        "request --operation ims.in-region-copy case.json",
        "error: --operation is only for --body here: a case names its own",
        "错误：此处 --operation 仅用于 --body：用例已指明操作",
    ),
    (
        "request case.json",
        "error: the request breaks ims.in-region-copy.name; to print it all the same, name these rules with --over…",
        "错误：请求违反规则 ims.in-region-copy.name；如仍需提交，请用 --override 指定这些规则…",
    ),
    (
        "request --fact image.fullEcs=false --fact image.iso=false --fact image.encrypted=false --fact image.sizeBytes=1 \
         --fact image.visibility=private --fact image.status=active --fact image.os=linux case.json",
        "error: the request breaks ims.in-region-copy.name; to print it all the same, name these rules with --override",
        "错误：请求违反规则 ims.in-region-copy.name；如仍需提交，请用 --override 指定这些规则",
    ),
    (
        "request good.json",
        "error: it is not known yet whether the request will be taken; find out /facts/image/fullEcs, /facts/image/iso,…",
        "错误：尚无法判断请求是否会被接受；请确认 /facts/image/fullEcs、/facts/image/iso、/…",
    ),
    (
        "request empty.json",
        "error: there is no request to send: case.syntax is broken, and that cannot be overridden",
        "错误：没有可提交的请求：违反规则 case.syntax，且不能用 --override 放行",
    ),
    (
        "request --override ims.in-region-copy.name case.json",
        "error: it is not known yet whether the request breaks ims.in-region-copy.not-full-ecs, ims.in-region-copy.not-…",
        "错误：尚无法判断请求是否违反规则 ims.in-region-copy.not-full-ecs、ims.in-regi…",
    ),
    (
        "request unknown.json",
        "error: the values of /body/name are not known yet; there is no request to send before they are",
        "错误：/body/name 的取值未知，无法生成请求",
    ),
    (
        "plan --progress case.json case.json",
        "error: case.json is no progress of a plan: there is no member `operation`",
        "错误：case.json 不是有效的进度文件：没有名为 `operation` 的成员",
    ),
    (
        "plan --progress runing.json case.json",
        "error: runing.json is no progress of a plan: there is no member `runing`; did you mean `running`?",
        "错误：runing.json 不是有效的进度文件：没有名为 `runing` 的成员；是否要使用 `running`？",
    ),
    (
        "plan --progress one.json case.json",
        "error: one.json is no progress of a plan: `running` must be a list of places of cases, counted from 0: [0, 1]",
        "错误：one.json 不是有效的进度文件：`running` 应为用例序号列表，从 0 开始：[0, 1]",
    ),
    (
        "plan --progress again.json case.json",
        "error: again.json is no progress of a plan: `finished` is given twice",
        "错误：again.json 不是有效的进度文件：`finished` 重复出现",
    ),
    (
        "plan --progress open.json case.json",
        "error: open.json is no progress of a plan: it is no JSON (line 1, column 1)",
        "错误：open.json 不是有效的进度文件：不是 JSON（第 1 行，第 1 列）",
    ),
    (
        "plan --progress list-of.json case.json",
        "error: list-of.json is no progress of a plan: it is no JSON object",
        "错误：list-of.json 不是有效的进度文件：不是 JSON 对象",
    ),
    (
        "plan --progress far.json case.json",
        "error: `running` names the case 5, and there is 1, counted from 0",
        "错误：`running` 指定了用例 5，但用例只有 1 个，序号从 0 开始",
    ),
    (
        "plan --progress both.json case.json",
        "error: the case 0 is in more than one of `running`, `finished` and `failed`, or twice in one",
        "错误：用例 0 在 `running`、`finished` 和 `failed` 中重复出现",
    ),
    (
        "plan --progress prepared.json case.json",
        "error: `prepared` names the case 0, for which nothing is made first",
        "错误：`prepared` 指定了用例 0，但该用例没有前置步骤",
    ),
    (
        "plan --progress after.json case.json case.json",
        "error: `after` makes the case 1 wait for 0, which waits for it",
        "错误：`after` 使用例 1 等待用例 0，而用例 0 也在等待用例 1",
    ),
    (
        "explain ims.whole-image",
        "error: ims.whole-image is an operation, no answer of a cloud; `image-preflight rules ims.whole-image` lists it…",
        "错误：ims.whole-image 是操作名称，不是云服务的返回；可用 `image-preflight rules …",
    ),
    (
        "explain size-cap",
        "error: no rule has the id `size-cap`; did you mean `ims.cross-region-copy.size-cap` or `ims.in-region-copy.siz…",
        "错误：没有 ID 为 `size-cap` 的规则；是否要使用 `ims.cross-region-copy.size-…",
    ),
    (
        "capabilities --fact image.encrypted=x",
        "error: /facts/image/encrypted: `image.encrypted` must be a Boolean (true or false), not a string.",
        "错误：/facts/image/encrypted：`image.encrypted` 应为布尔值（true 或 false），当前为字符串。",
    ),
    (
        "capabilities --fact nope=1",
        "error: /facts/nope: \"nope\" is not a known fact. Known facts here: `sourceRegion`, `image`, `imageObject`, `cop…",
        "错误：/facts/nope：“nope”不是可识别的已知信息。此处可用：`sourceRegion`、`image`、…",
    ),
    (
        "check hcl.tf",
        "error: cannot check hcl.tf: this is Terraform's configuration; the values are known to a plan. Make JSON of on…",
        "错误：无法检查 hcl.tf：这是 Terraform 配置，其取值在计划中才能确定。请先生成计划的 JSON，再检查该…",
    ),
    (
        "capabilities --source-region cn-north-44",
        "warning: /facts/sourceRegion: `sourceRegion` is \"cn-north-44\", which is not one of the 37 regions that image-p…",
        "警告：/facts/sourceRegion：`sourceRegion` 为“cn-north-44”，不在 image-preflight 已知的 37 个取值之列。是否应为 `cn-north-4`？",
    ),
];
