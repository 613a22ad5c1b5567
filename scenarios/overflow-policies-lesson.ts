import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Half is too much", "有一半装不下"),
      body: t(
        "Four times the same: **20** messages a second come, **10** can be done. The excess must go somewhere.\n**A** keeps everything. **B** holds 50 and forgets the oldest. **C** holds 50 and refuses the newest. **D** slows the sender down.",
        "四道情形相同：每秒来 **20** 条，只能做 **10** 条。多出来的总得有个去处。\n**A** 全部留下。**B** 最多 50 条，丢最旧的。**C** 最多 50 条，拒收最新的。**D** 让发送方慢下来。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("Whose messages wait shortest when they are done at last?", "最后做完的那些消息里，哪一道等得最短？"),
      options: [
        { text: t("A: nothing gets in the way", "A：畅通无阻") },
        { text: t("B: the oldest were forgotten", "B：最旧的被丢掉了"), right: true },
        { text: t("C: the newest were refused", "C：最新的被拒收了") },
      ],
    },
    {
      type: "predict",
      kind: "number",
      unit: t("messages", "条"),
      ask: t("How many are waiting in lane A after 30 s?", "30 秒后，A 道有多少条在等？"),
      answerFrom: { metric: "queue-unbounded.depth", at: 30_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Where the excess went", "多出来的去了哪儿"),
      facts: {
        a: { metric: "queue-unbounded.depth" },
        b: { metric: "queue-drop-head.wait.p50" },
        c: { metric: "queue-reject.wait.p50" },
        refused: { metric: "sender-reject.rejected" },
        d: { metric: "sender-block.blockedShare", agg: "mean", within: [10_000, 30_000] },
      },
      body: t(
        "**A**: {{a}} deep, and growing. **B**: what was done had waited {{b}}, the rest was dropped. **C**: {{c}} of waiting, {{refused}} refused. **D**: the sender was held back {{d}} of the time.",
        "**A**：积了 {{a}} 条，还在涨。**B**：做完的只等了 {{b}}，其余的丢了。**C**：要等 {{c}}，拒收了 {{refused}} 条。**D**：发送方有 {{d}} 的时间被挡住。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Lane A carries prices that are stale after 3 s. Let what is done be fresh: a wait of 3 s at the most for 95 of 100, and the queue bounded.",
        "A 道传的是报价，3 秒后就过时。让做完的都是新鲜的：95% 等待不超过 3 秒，并给队列设上限。",
      ),
      check: [
        { metric: "queue-unbounded.wait.p95", op: "<=", value: 3000, at: 30_000 },
        { metric: "queue-unbounded.ready", agg: "max", op: "<=", value: 60, at: 30_000 },
        { config: "worker-unbounded.instances", op: "=", value: 1 },
      ],
      speed: 10,
      hints: [
        t("Which of the other lanes does what you need?", "其他几道里，哪一道正合你意？"),
        t("Of two prices the newer one is worth more: forget the oldest.", "两个报价里新的更有用：丢掉最旧的。"),
        t(
          "A limit of 50 with drop-head on [queue A](node:queue-unbounded).",
          "给 [queue A](node:queue-unbounded) 设上限 50，溢出策略 drop-head。",
        ),
      ],
      solution: { set: { "queue-unbounded.maxLength": 50, "queue-unbounded.overflow": "drop-head" } },
      why: t(
        "For prices and positions the newest counts. For orders you would refuse instead, so that somebody knows.",
        "报价、位置这类数据，新的才有用。换成订单就该拒收，好让对方知道。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("No limit is set. What have you chosen?", "什么上限都不设，等于选了什么？"),
      options: [
        { text: t("To wait, without end", "等，没有尽头地等"), right: true },
        { text: t("Nothing", "什么也没选") },
        { text: t("Safety", "安全") },
      ],
      why: t(
        "Not choosing means waiting, until memory or patience runs out.",
        "不选就等于选了等，直到内存或耐心用完。",
      ),
    },
  ],
};
