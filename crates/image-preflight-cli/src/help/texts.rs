//! The Chinese of the help. The English is in the declarations of commands, options and values; a test compares the two lists, so a
//! declaration without its row here, or a row that no declaration has, is found.

use image_preflight::Message;

/// A text of a declaration, and its Chinese.
const fn row(en: &'static str, zh: &'static str) -> Message {
    Message { en, zh }
}

/// Texts of commands, options, values and headings.
pub(super) const TEXTS: [Message; 94] = [
    // Commands.
    row(
        "The preflight check for cloud machine image requests: what the cloud would reject, before you send it",
        "云镜像请求的提交前检查：在请求发出之前，指出云平台会拒绝的内容",
    ),
    row(
        "Check cases: will the cloud accept them, and if not, why not?",
        "检查用例：云平台是否会接受请求，不接受的原因是什么",
    ),
    row(
        "Print an allowed case as a request: HTTP, or a command for curl, KooCLI, jdc, or Terraform",
        "将可以提交的用例输出为请求：HTTP，或 curl、KooCLI、jdc 命令，或 Terraform 资源",
    ),
    row(
        "In which order cases may be sent: what starts now, what later, what waits for what, what never starts",
        "编排多个用例的提交顺序：哪些现在提交，哪些稍后提交，哪些需等待其他用例，哪些不会提交",
    ),
    row("What can be done with an image: copies, export, sharing", "查询一个镜像支持的操作：复制、导出、共享"),
    row("Where an image can be copied to", "查询一个镜像可以复制到哪些区域"),
    row("Explain an error of the cloud, or a rule", "解释云平台返回的错误，或一条规则"),
    row("List the rules, or show one", "列出所有规则，或查看一条规则"),
    row(
        "List the editions of the documents, or say how two of them differ",
        "列出所有文档版本，或比较两个文档版本的差异",
    ),
    row(
        "Print a JSON Schema: of an operation's body, a case, a report, a response, or of everything",
        "输出 JSON Schema：操作的请求体、用例、报告、响应，或全部",
    ),
    row("Print a script that completes commands in a shell", "输出用于 shell 命令补全的脚本"),
    row(
        "Serve the checks as tools of the Model Context Protocol, over standard input and output, for agents",
        "以 MCP（Model Context Protocol）服务器方式运行，通过标准输入和标准输出向智能体提供检查工具",
    ),
    row("Write the manual pages into a folder", "将 man 手册页（英文）写入目录"),
    row("Print this message or the help of the given subcommand(s)", "显示本帮助，或指定命令的帮助"),
    // Options of every command.
    row(
        "When to use colour; NO_COLOR and FORCE_COLOR are read, too",
        "何时使用彩色输出；同时遵循环境变量 NO_COLOR 和 FORCE_COLOR",
    ),
    row("On a terminal", "仅在输出到终端时使用"),
    row(
        "The language, such as zh-CN; otherwise that of LANGUAGE, LC_ALL or LANG",
        "输出语言，例如 zh-CN；不指定时由环境变量 LANGUAGE、LC_ALL 或 LANG 决定",
    ),
    row("Print help (see more with '--help')", "显示帮助"),
    row("Print version", "显示版本号"),
    row("How to print", "输出格式"),
    row("For people", "便于阅读的文本"),
    row("JSON, a value per line", "JSON，每行一个值"),
    row(
        "The edition of the documents, for cases that name none; `image-preflight editions` lists them",
        "未指定文档版本的用例所采用的文档版本；可用 `image-preflight editions` 查看",
    ),
    row(
        "Presume nothing: facts that are otherwise presumed to be in order are required; for cases that do not set `strict`",
        "严格模式：不作任何推定，原本推定为正常的信息也必须提供；用例中设置了 `strict` 的，以用例为准",
    ),
    // `check`.
    row(
        "Cases: a JSON object, an array, or one per line (NDJSON); or output of `terraform show -json`, a command of hcloud, jdc or \
         curl, an HTTP request, a printed SDK request. Folders, without hidden files and what Git ignores, and patterns, with what Git \
         ignores, are taken, too; `-` or nothing is standard input",
        "待检查的内容：用例（JSON 对象、数组，或每行一个用例的 NDJSON）、`terraform show -json` 的输出、hcloud、jdc 或 curl 命令、\
         HTTP 请求、SDK 打印的请求。也可以是目录（不含隐藏文件和 Git 忽略的文件）或通配符（含 Git 忽略的文件）；`-` 或不指定表示标准输入",
    ),
    row("The name under which standard input is reported", "标准输入在报告中使用的文件名"),
    row("The form of the files; otherwise it is recognised by their content", "文件内容的形式；不指定时根据内容识别"),
    row("How to print; human by default", "输出格式，默认为 human"),
    row("For people, with the lines of the file", "便于阅读的文本，附文件中的对应行"),
    row("One line per finding: file:line:column: level[rule] sentence", "每个问题一行：文件:行:列: 级别[规则] 说明"),
    row("One report per line, with its place in the file", "JSON，每行一份报告，附其在文件中的位置"),
    row(
        "One SARIF 2.1.0 log, for code scanning; at most 25000 results, as GitHub accepts no more",
        "SARIF 2.1.0 日志，用于代码扫描；最多 25000 个结果（GitHub 的上限）",
    ),
    row("Annotations of a GitHub workflow", "GitHub 工作流注解"),
    row("A code quality report of GitLab (Code Climate)", "GitLab 代码质量报告（Code Climate 格式）"),
    row("JUnit XML: a test case per case", "JUnit XML，每个用例对应一个测试用例"),
    row(
        "Also write a report into a file, such as sarif=report.sarif; may be given more than once",
        "同时将报告写入文件，例如 sarif=report.sarif；可重复指定",
    ),
    row(
        "The configuration for all files; otherwise each has that of the nearest image-preflight.toml in its folder or above",
        "所有文件共用的配置文件；不指定时，每个文件使用其所在目录及上级目录中最近的 image-preflight.toml",
    ),
    row("Read no configuration", "不读取配置文件"),
    row(
        "Only this rule counts, or those whose ids begin like this; may be given more than once",
        "仅启用该规则，或 ID 以此开头的规则；可重复指定",
    ),
    row(
        "This rule does not count, or those whose ids begin like this; may be given more than once",
        "忽略该规则，或 ID 以此开头的规则；可重复指定",
    ),
    row(
        "What this rule finds is shown as a warning and denies nothing; may be given more than once",
        "将该规则的问题降级为警告，不影响结论；可重复指定",
    ),
    row("What makes the run fail; undetermined by default", "在什么情况下以失败状态退出，默认为 undetermined"),
    row("A case that is denied", "有用例会被拒绝"),
    row(
        "A case that is denied (status 1) or undetermined (status 3)",
        "有用例会被拒绝（退出码 1）或无法判断（退出码 3）",
    ),
    row("The same, and any warning (status 1)", "同上，且包括任何警告（退出码 1）"),
    row("Nothing but what could not be read or is invalid (status 2)", "仅当有内容无法读取或用例有误时（退出码 2）"),
    row("Findings that are in this file do not count", "忽略该基线文件中已有的问题"),
    row(
        "Write all findings of this run into a file for `--baseline`",
        "将本次发现的所有问题写入文件，供 `--baseline` 使用",
    ),
    row(
        "Apply the fixes that a machine can apply to the files, then check what is left",
        "将可以自动完成的修正写入文件，然后检查其余内容",
    ),
    row(
        "Show what `--fix` would change, and change nothing; status 1 if there is something",
        "显示 `--fix` 将作出的修改，但不写入文件；有修改时退出码为 1",
    ),
    // A bare request body, and facts.
    row(
        "The operation of a bare request body, or of requests in files that do not name theirs",
        "单独的请求体所属的操作，或文件中未指明操作的请求所属的操作",
    ),
    row("The request's body; `-` is standard input", "请求体文件；`-` 表示标准输入"),
    row(
        "The response of the provider's API for the image, or the image object; where a request lists images, for all of them",
        "云平台查询镜像接口的响应，或镜像对象；请求涉及多个镜像时，应包含所有镜像",
    ),
    row(
        "The response of the ECS API for the ECS, or the server object alone",
        "ECS 接口查询该云服务器的响应，或 server 对象",
    ),
    row("The response of the CBR API for the backup, or the backup alone", "CBR 接口查询该备份的响应，或 backup 对象"),
    row(
        "The response of GET /v1/cloudimages/quota in the region that receives the image",
        "在目标区域调用 GET /v1/cloudimages/quota 的响应",
    ),
    row("The region where the image is (IMS)", "镜像所在区域（IMS）"),
    row("The number of cross-region copies in progress", "正在进行的跨区域复制任务数"),
    row(
        "Any fact, such as `image.encrypted=false` or `ecs.os=linux`, where a case leaves it unknown; may be given more than once",
        "补充用例中未提供的信息，例如 `image.encrypted=false` 或 `ecs.os=linux`；可重复指定",
    ),
    // `request`.
    row("One case; `-` or nothing is standard input", "一个用例；`-` 或不指定表示标准输入"),
    row("Print it even if the verdict is undetermined", "即使结论为无法判断，也输出请求"),
    row("Print it even if it breaks this rule; may be given more than once", "即使违反该规则，也输出请求；可重复指定"),
    row("As what to print it", "请求的输出形式"),
    row("Method, path, headers, body", "方法、路径、请求头、请求体"),
    row("The same as one JSON object", "同上，输出为一个 JSON 对象"),
    row("A command of curl", "curl 命令"),
    row("A command of KooCLI (hcloud)", "KooCLI（hcloud）命令"),
    row("A command of jdc", "jdc 命令"),
    row("A resource of Terraform, in HCL", "Terraform 资源（HCL）"),
    // `capabilities` and `destinations`.
    row("Which image of the response is meant, where it has several", "返回中有多个镜像时，指定其中一个"),
    // `plan`.
    row(
        "Cases, or what `check` takes: files, folders, patterns; `-` or nothing is standard input",
        "用例，或 `check` 可接受的其他内容：文件、目录、通配符；`-` 或不指定表示标准输入",
    ),
    row(
        "What has become of the cases so far, and what must come after what: a JSON object",
        "各用例目前的进展，以及用例之间的先后依赖：一个 JSON 对象",
    ),
    // The others.
    row(
        "An error code such as IMG.0146, the id of a rule, the response's JSON, or a file with it; `-` is standard input",
        "错误码（例如 IMG.0146）、规则 ID、响应的 JSON，或包含响应的文件；`-` 表示标准输入",
    ),
    row("The HTTP status of the response", "响应的 HTTP 状态码"),
    row("The id of a rule, or a prefix of several ids", "规则 ID，或多个规则 ID 的共同前缀"),
    row("What the second edition says differently from the first", "第二个文档版本与第一个的差异"),
    row(
        "The operation, or another schema's name, such as case or report",
        "操作，或其他 Schema 的名称，例如 case 或 report",
    ),
    row("The edition of the documents that bodies are as", "请求体所依据的文档版本"),
    row(
        "The language of titles and descriptions (BCP 47), such as zh-CN",
        "标题和描述的语言（BCP 47 标签），例如 zh-CN",
    ),
    row(
        "The tools that read it: validators (exact, draft-07, draft-04), generators and portals (portable), or editors (editor)",
        "使用该 Schema 的工具：校验器（exact、draft-07、draft-04）、代码生成器和 API 门户（portable），或编辑器（editor）",
    ),
    row("Put the version into its address (`$id`)", "在其地址（`$id`）中加入版本号"),
    row("The shell", "shell 的名称"),
    row("The folder", "目录"),
    // Headings, and lines after the help.
    row("A bare request body", "单独的请求体"),
    row("Facts", "已知信息"),
    row("What counts", "规则与退出码"),
    row("Fixes", "自动修正"),
    row("Output", "输出"),
    row("Example:", "示例："),
    row("Examples:", "示例："),
    row("Example, for a client's configuration:", "MCP 客户端配置示例："),
    super::AFTER_HELP,
    super::CHECK_HELP,
    super::PLAN_HELP,
];
