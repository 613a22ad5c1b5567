import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["worker.ack"],
  steps: [
    {
      type: "text",
      title: t("Who says that it is done?", "谁说做完了？"),
      body: t(
        "**5 invoices a second**, **0.5 s** of work each: the [worker](node:worker) falls behind by three every second. Yet its [queue](node:invoices) stays empty.\nThe worker uses automatic [acknowledgement](term:acknowledge): the broker forgets a message as soon as it has **sent** it.\nAt **15 s** the worker crashes. 5 s later it is back.",
        "每秒 **5 张发票**，每张要 **0.5 秒**：[工作进程](node:worker)每秒落下三张。可是[队列](node:invoices)却一直是空的。\n工作进程用的是自动[确认](term:acknowledge)：消息一**发出**，消息代理就把它划掉。\n第 **15 秒**工作进程崩溃，5 秒后恢复。",
      ),
      highlight: ["worker", "invoices"],
      camera: "fit",
    },
    {
      type: "predict",
      ask: t("How many invoices will the crash cost?", "这次崩溃会丢多少张发票？"),
      kind: "choice",
      options: [
        { text: t("None: the queue keeps them", "一张不丢：队列里存着呢"), max: 0.5 },
        { text: t("One: the one in hand", "一张：正在处理的那张"), min: 0.5, max: 5 },
        { text: t("About twenty", "二十张左右"), min: 5, max: 35 },
        { text: t("More than forty", "四十张以上"), min: 35 },
      ],
      answerFrom: { metric: "system.lost", at: 25_000 },
    },
    {
      type: "run",
      body: t(
        "Watch where the invoices wait: in the queue, or in the worker.",
        "看看发票在哪儿等：在队列里，还是在工作进程里。",
      ),
      until: { t: 25_000 },
      speed: 2,
    },
    {
      type: "observe",
      title: t("An empty queue, a full memory", "队列空着，内存满着"),
      body: t(
        "Up to **{{buffer}}** invoices were waiting in the worker's own memory. For the broker they were done. With the crash **{{lost}}** were gone: those, and the one in hand.",
        "最多有 **{{buffer}}** 张发票等在工作进程自己的内存里，而在消息代理看来，它们早就做完了。一崩溃，**{{lost}}** 张没了：内存里的，加上手上的那张。",
      ),
      facts: {
        buffer: { metric: "worker.buffered", agg: "max", within: 16_000 },
        lost: { metric: "system.lost" },
      },
      highlight: ["worker"],
    },
    {
      type: "do",
      goal: t(
        "Let the same crash cost nothing. The worker stays as slow as it is.",
        "让同样的崩溃不再造成损失。工作进程的速度不许变。",
      ),
      check: [
        { metric: "system.lost", op: "=", value: 0, at: 40_000 },
        { metric: "worker.redelivered", op: ">=", value: 1, at: 40_000 },
        { config: "worker.service", op: "=", value: 500 },
      ],
      speed: 5,
      hints: [
        t("When may the broker forget an invoice?", "消息代理什么时候才可以忘掉一张发票？"),
        t(
          "Not when it has been sent, only when the worker says that it is done.",
          "不是发出去的时候，而是工作进程说“做完了”的时候。",
        ),
        t(
          "Set the worker's acknowledgement to `manual`, after the work.",
          "把工作进程的确认方式改成 `manual`：处理完再确认。",
        ),
      ],
      solution: { set: { "worker.ack": "manual" } },
      why: t(
        "With [prefetch](term:prefetch) 10 the worker holds ten invoices that are not acknowledged. The crash gives them back to the queue, and they come again, marked as redelivered.",
        "[预取数](term:prefetch)是 10，工作进程手里最多有十张未确认的发票。一崩溃，这十张就回到队列，再来一次，并带上“重新投递”的标记。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The worker acknowledges by hand, but as the first thing, before the work. Is that enough?",
        "工作进程改成手动确认，不过一收到就确认，然后才处理。这样行吗？",
      ),
      options: [
        { text: t("Yes: what counts is that it is manual", "行：只要是手动就好") },
        {
          text: t("No: while it works, nobody else has the message", "不行：处理完之前，别处已经没有这条消息了"),
          right: true,
        },
        { text: t("Only if the messages are persistent", "消息持久化了就行") },
      ],
      why: t(
        "What matters is **when** it is acknowledged, not by whom. Before the work means gone with the crash, as with automatic acknowledgement.",
        "要紧的是**什么时候**确认，而不是由谁来确认。先确认再处理，崩溃时照样没了，和自动确认一样。",
      ),
    },
  ],
};
