//! The texts of plans and jobs.

use crate::message::message::{Message, message};

pub(super) static TEXTS: [Message; 93] = [
    message(
        "Many cases in the order in which they may be sent. A case is named by its place among the cases, counted from 0.",
        "多个用例及其可发送的顺序。用例以其序号表示，从 0 开始。",
    ),
    message("The calls that may be sent now.", "现在可以发送的调用。"),
    message(
        "The calls after these, in waves: each may start once everything before it has ended well.",
        "后续各批调用：前面各批全部成功后方可开始。",
    ),
    message("The state of each case, in the order in which they were given.", "各用例的状态，按给出的顺序排列。"),
    message(
        "Which facts are wanted, by their pointers in a case, and by which cases.",
        "所需的已知信息（用例中的 Pointer），以及需要这些信息的用例。",
    ),
    message(
        "Which facts are presumed to be in order, by their pointers in a case, and for which cases that start now or later.",
        "推定为正常的信息（用例中的 Pointer），以及涉及的、现在或稍后开始的用例。",
    ),
    message("A call that may be sent now.", "现在可以发送的调用。"),
    message(
        "The cases that it serves: one, unless the cloud takes several in a call.",
        "该调用对应的用例；除非云服务商支持一次处理多个，否则为一个。",
    ),
    message(
        "Whether it makes what its case needs first, such as the copy within the region of an encrypted image.",
        "是否用于制作用例的前置资源，例如加密镜像的区域内副本。",
    ),
    message("Its operation.", "操作。"),
    message("The HTTP call.", "HTTP 调用。"),
    message(
        "A call that may be sent later. What is sent is known when it may start: then a new plan has it.",
        "稍后可以发送的调用。具体内容在可以开始时确定，并出现在新的计划中。",
    ),
    message("The state of a case in a plan.", "计划中用例的状态。"),
    message("Its operation; null when it names none that is known.", "操作；未指定已知操作时为 null。"),
    message("Its state.", "状态。"),
    message(
        "The wave in which it starts: 0 for now, 1 for the first one later; null when it does not.",
        "所在批次：0 表示现在，1 表示其后的第一批；不会开始时为 null。",
    ),
    message(
        "The state of the call that creates what it needs first; null when it needs nothing.",
        "前置调用的状态；不需要前置调用时为 null。",
    ),
    message(
        "The other cases that it waits for: those that must finish first, or the one that uses what `shares` names.",
        "所等待的其他用例：须先完成的用例，或正在使用 `shares` 所指资源的用例。",
    ),
    message(
        "The field that has the same value in it and in the case that it waits for, such as `backup_id`: only one of them runs at a time. Null when it does not wait for this reason.",
        "与所等待的用例取值相同的字段，例如 `backup_id`：二者不能同时进行。并非因此等待时为 null。",
    ),
    message(
        "Its state once everything that can start has ended well, when it does not start even then: of two images of one backup the second one is denied. Null when it starts, or when its state stays the same.",
        "其他用例全部成功后仍不会开始的用例，届时的状态：例如使用同一备份的第二个镜像会被拒绝。会开始或状态不变时为 null。",
    ),
    message(
        "The state of a case that does not start, once everything else has ended well.",
        "不会开始的用例在其他用例全部成功后的状态。",
    ),
    message("Its state then.", "届时的状态。"),
    message("Why it would be refused then.", "届时会被拒绝的原因。"),
    message("Pointers of the facts that it waits for.", "所等待的已知信息的 Pointer。"),
    message(
        "The case for which it never starts: another one that it needs, or itself when its preparation never starts.",
        "导致其不会开始的用例：所依赖的其他用例，或前置调用不会开始时为其自身。",
    ),
    message("Whether what has failed may be tried again.", "失败后是否可以重试。"),
    message("Why it would be refused, or cannot be judged.", "会被拒绝或无法检查的原因。"),
    message("The name of a [`State`], as a plan's JSON has it.", "计划中的状态名称。"),
    message(
        "It starts now, or as soon as fewer run than may, and no other case that uses the same backup, server or full-ECS image does.",
        "现在开始，或在并发任务数低于上限、且没有使用同一备份、云服务器或整机镜像的其他用例在进行时开始。",
    ),
    message("It waits for other cases, or for what is made first for it.", "等待其他用例或前置资源。"),
    message("It may be taken or refused, and facts decide that are not known.", "是否受理取决于尚未提供的信息。"),
    message("It has been sent.", "已发送。"),
    message("It has ended well.", "已成功。"),
    message("It has failed, and does not start until it is tried again.", "已失败，重试前不会开始。"),
    message("It would be refused.", "会被拒绝。"),
    message("It cannot be judged: the case itself is wrong.", "用例有误，无法检查。"),
    message(
        "It cannot start, because another one that it needs never finishes.",
        "所依赖的用例不会完成，因此无法开始。",
    ),
    message("It has been taken out of the plan.", "已从计划中移除。"),
    message("The state of the call that creates what a case needs first.", "前置调用的状态。"),
    message("The wave in which it starts; null when it does not.", "所在批次；不会开始时为 null。"),
    message("Whether it may be tried again, when it has failed.", "失败时是否可以重试。"),
    message("Why it would be refused.", "会被拒绝的原因。"),
    message(
        "Whether what has failed may be tried again, and when. The time is its caller's.",
        "失败后是否以及何时可以重试，具体时间由调用方决定。",
    ),
    message(
        "At once: it has not reached the cloud. It goes back into the plan.",
        "请求未到达云端，可立即重试，并重新加入计划。",
    ),
    message("After a while, when its caller says so: `Plan::retry`.", "稍后由调用方发起重试。"),
    message(
        "Once something outside the plan has been fixed: then `Plan::retry`.",
        "排除计划之外的问题后由调用方发起重试。",
    ),
    message(
        "The same request never; another one in its place: `Plan::replace`.",
        "相同的请求不可重试，可替换为其他请求。",
    ),
    message(
        "What is said of the cases of a plan beside the cases: their order, and what has become of them so far. A case is named by its place among the cases, counted from 0.",
        "计划中用例之外的信息：用例的先后顺序，以及目前的进展。用例以其序号表示，从 0 开始。",
    ),
    message(
        "How many copies of the tenant run that are none of these cases.",
        "本租户正在进行的、不属于这些用例的跨区域复制任务数。",
    ),
    message("What must have finished before a case starts.", "各用例开始之前必须已完成的用例。"),
    message("Higher ones start first; 0 where none is given.", "优先级，数值大者先开始；未提供时为 0。"),
    message("The cases of which a call has been sent and has not ended.", "请求已发送、尚未结束的用例。"),
    message("The cases that have ended well.", "已成功完成的用例。"),
    message(
        "The ids of the images that have been made first for cases, such as the copy within the region of an encrypted image.",
        "为用例预先制作的镜像的 ID，例如加密镜像的区域内复制结果。",
    ),
    message(
        "The cases of which a call has failed and is not to be sent again yet.",
        "请求已失败、暂不重新发送的用例。",
    ),
    message(
        "What an accepted request has begun, and its state. It can be stored, and followed later.",
        "已受理的请求所启动的任务及其状态，可保存后继续跟踪。",
    ),
    message("The operation of the request.", "请求的操作。"),
    message(
        "The id to ask with: the job's, or the new image's where there are no jobs.",
        "用于查询的 ID：任务 ID；没有任务时为新镜像的 ID。",
    ),
    message("The image that is copied, where the answer named it.", "返回内容中指明的源镜像。"),
    message(
        "The call that queries its state; null when it has ended. When to send it is up to you.",
        "查询状态的调用；已结束时为 null。何时调用由调用方决定。",
    ),
    message("The new image's id, when it is done.", "完成后新镜像的 ID。"),
    message("How much of it is done, from 0 to 1, while it runs.", "执行中的进度，取值 0 到 1。"),
    message("What it is doing, in the cloud's words, while it runs.", "执行中的当前步骤，为云服务商的原文。"),
    message("Why it has failed, or why its query was refused.", "失败或查询被拒绝的原因。"),
    message("Whether the request may be sent again, when it has failed.", "失败时请求是否可以重新发送。"),
    message("Images that parts of it have made, although it has failed.", "任务虽失败，其子任务已制作的镜像。"),
    message("What is odd about the last answer, when it is unclear.", "最近一次返回不明确时的具体情况。"),
    message("How many answers in a row have said nothing about it.", "连续多少次返回未包含任务状态。"),
    message(
        "The parameters of the addresses to ask, such as `project_id`, as far as they have been given.",
        "查询地址所需的参数，例如 `project_id`，仅含已提供的部分。",
    ),
    message("Which of the provider's addresses is asked, counted from 0.", "使用云服务商的第几个查询地址，从 0 开始。"),
    message("Whether that address has answered.", "该地址是否已返回。"),
    message("The name of the state of a job.", "任务状态名称。"),
    message("It has been taken; nothing else is known yet.", "已受理，其他情况未知。"),
    message("It waits for its turn, or runs.", "等待中或执行中。"),
    message(
        "It has ended well, and the answer names no image: look for it by its name.",
        "已成功，但返回中没有镜像 ID，请按名称查找。",
    ),
    message("It has failed.", "已失败。"),
    message(
        "Nobody knows it any more: whether it has made an image must be looked up.",
        "任务已无法查询，须自行确认是否已制作镜像。",
    ),
    message(
        "The answer that took the request has no id to ask with: whether it makes an image must be looked up.",
        "受理请求的返回中没有可查询的 ID，须自行确认是否在制作镜像。",
    ),
    message(
        "Its query was refused, which says nothing about the job: ask again.",
        "查询被拒绝，与任务本身无关，请再次查询。",
    ),
    message("The last answer says nothing that is understood: ask again.", "最近一次返回无法识别，请再次查询。"),
    message(
        "A call that queries the state of a job. The host is the one that accepted the request.",
        "查询任务状态的调用，主机与受理请求的主机相同。",
    ),
    message(
        "The path. A parameter that has not been given is in it by its name in braces.",
        "路径。未提供的参数以花括号中的名称表示。",
    ),
    message("The names of those parameters.", "这些参数的名称。"),
    message("What is odd about an answer.", "返回内容的异常情况。"),
    message(
        "`not-json`, `no-status`, `unknown-status` or `other-job`.",
        "`not-json`、`no-status`、`unknown-status` 或 `other-job`。",
    ),
    message("The status that no document has, or the id of the other job.", "文档中没有的状态，或另一个任务的 ID。"),
    message("It is no JSON object.", "不是 JSON 对象。"),
    message("It has no status.", "没有状态。"),
    message("Its status is a word that no document has.", "状态为文档中没有的取值。"),
    message("It is about another job.", "属于另一个任务。"),
    message("What the answer to a request has begun.", "请求的返回所启动的任务。"),
    message(
        "One job, or one for each image that is copied; none when the request was refused.",
        "一个任务，或每个被复制的镜像一个；请求被拒绝时为空。",
    ),
    message(
        "Why the request was refused, or the answer, where it names nothing that has begun; null when there are jobs.",
        "请求被拒绝的原因；返回中没有已启动的任务时为该返回；有任务时为 null。",
    ),
];
