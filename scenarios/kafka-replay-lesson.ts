import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("The book stays on the shelf", "书还在架上"),
      body: t(
        "**Five payments a second** go into a [topic](node:payments). [Billing](node:billing) reads them from the start. [Audit](node:audit) is a second group, whose reader begins at **20 s**. At **40 s** billing is set back to [offset](term:offset) 0.",
        "**每秒五笔支付**进入一个[主题](node:payments)。[billing](node:billing) 从头读起。[audit](node:audit) 是另一个组，它的读者第 **20 秒**才来。第 **40 秒**，billing 被倒回到[偏移量](term:offset) 0。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Billing has read the first hundred long ago. How many payments does audit get to see by 35 s?",
        "前一百笔 billing 早就读过了。到第 35 秒，audit 能看到多少笔？",
      ),
      options: [
        { text: t("About 75: those since it came", "75 笔左右：它来之后的"), max: 120 },
        { text: t("About 175: all of them", "175 笔左右：全部"), min: 120 },
      ],
      answerFrom: { metric: "auditor.processed", at: 35_000 },
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("And by 60 s, how many payments has billing worked on?", "到第 60 秒，billing 处理了多少笔？"),
      options: [
        { text: t("About 300: as many as there are", "300 笔左右：有多少做多少"), max: 400 },
        { text: t("About 500: 200 of them twice", "500 笔左右：有 200 笔做了两遍"), min: 400 },
      ],
      answerFrom: { metric: "biller.processed", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Reading does not delete", "读了不会删"),
      facts: {
        bill: { metric: "biller.processed" },
        audit: { metric: "auditor.processed" },
        made: { metric: "till.publish" },
      },
      body: t(
        "**{{made}}** payments were made. Audit has seen **{{audit}}**, and nobody noticed it come. Billing has worked on **{{bill}}**: set back, it read its records a second time.",
        "一共 **{{made}}** 笔。audit 看到 **{{audit}}** 笔，它来不来别人毫无察觉。billing 处理了 **{{bill}}** 笔：倒回去之后，又读了一遍。",
      ),
    },
    {
      type: "do",
      goal: t("The same replay, but nobody is to be billed twice.", "还是那次倒回，但谁也不能被收两次钱。"),
      check: [
        { metric: "biller.processed", op: "<=", value: 305, at: 60_000 },
        { metric: "biller.duplicates", op: ">=", value: 100, at: 60_000 },
      ],
      speed: 10,
      hints: [
        t("The log will hand out what is asked for.", "要什么，日志就给什么。"),
        t("Who must know what has been billed?", "谁该记得哪些已经收过？"),
        t(
          "Let [biller](node:biller) remember ids: `dedup` 1 000.",
          "让 [biller](node:biller) 记住编号：`dedup` 设为 1000。",
        ),
      ],
      solution: { set: { "biller.dedup": 1000 } },
      why: t(
        "A group is a bookmark. Whoever may be set back has to be [idempotent](term:idempotent).",
        "消费者组只是书签。可能被倒回的，就得是[幂等](term:idempotent)的。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("When is it a good idea to read a log again?", "什么时候适合把日志重读一遍？"),
      options: [
        { text: t("A new report needs the figures of last week", "新报表要用上周的数据"), right: true },
        { text: t("A bug has given wrong sums since yesterday", "有个 bug 从昨天起一直算错"), right: true },
        { text: t("The reader sends a mail for each record, and is to be tested", "想测试一个每条都发邮件的读者") },
      ],
      why: t(
        "Reading again repeats whatever the reader does. Sums can be worked out again; mails have been sent.",
        "重读，就是把读者做的事再做一遍。数可以重算，邮件发出去就收不回来了。",
      ),
    },
  ],
};
