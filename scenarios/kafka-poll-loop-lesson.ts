import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["loading.maxPollRecords", "loading.maxPollInterval"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A large import", "一次大导入"),
      body: t(
        "Within five seconds **3 000 records** are written, then two a second. Two [loaders](node:loader) read a partition each. One `poll` gives a loader up to **500** records; it works **0.1 s** on each and commits when the batch is done. The [group](node:loading) expects the next `poll` within **30 s**.",
        "五秒内写入 **3000 条记录**，之后每秒两条。两个[加载进程](node:loader)各读一个分区。一次 `poll` 最多拿 **500** 条，每条处理 **0.1 秒**，整批做完才提交。[组](node:loading)要求 **30 秒**之内再次 `poll`。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Together the loaders do 20 a second. How many records are still to be read after two minutes?",
        "两个加载进程合起来每秒做 20 条。两分钟后，还有多少条没读？",
      ),
      options: [
        { text: t("About 830: 3 230 written, 2 400 done", "830 条左右：写入 3230，做完 2400"), max: 1500 },
        { text: t("About 2 000", "2000 条左右"), min: 1500, max: 2500 },
        { text: t("All of them", "一条没少"), min: 2500 },
      ],
      answerFrom: { metric: "loading.lag", at: 120_000 },
    },
    { type: "run", until: { t: 120_000 }, speed: 20 },
    {
      type: "observe",
      title: t("Busy for nothing", "白忙一场"),
      facts: {
        lag: { metric: "loading.lag" },
        again: { metric: "rows.redeliver" },
        turns: { metric: "loading.rebalances" },
        twice: { metric: "system.duplicates" },
      },
      body: t(
        "**{{lag}}** behind, and the loaders were never idle. 500 × 0.1 s are **50 s** in one batch. After 30 s without a poll a member counts as stuck and is out of the group; its partition goes to somebody else, who begins **the same batch** again. **{{turns}}** [rebalances](term:rebalance), **{{again}}** records read again, **{{twice}}** worked on twice.",
        "落后 **{{lag}}** 条，而加载进程一刻没闲着。500 × 0.1 秒，一批要 **50 秒**。30 秒没有 poll，成员就算卡住，退出组；分区交给别人，别人又从**同一批**的开头做起。[再均衡](term:rebalance) **{{turns}}** 次，重复读取 **{{again}}** 条，做了两遍的 **{{twice}}** 条。",
      ),
      reveal: ["chart:loading.lag"],
    },
    {
      type: "do",
      goal: t(
        "Let the lag fall: no more than 1 200 after two minutes, and nobody out of the group. The work takes as long as it takes, and the group must notice a loader that really hangs within 30 s.",
        "让滞后降下来：两分钟后不超过 1200 条，也没有谁退出组。活该多久就多久；真卡住的加载进程，组仍要在 30 秒内发现。",
      ),
      check: [
        { metric: "loading.lag", op: "<=", value: 1200, at: 120_000 },
        { metric: "loading.rebalances", agg: "increase", op: "=", value: 0, within: [10_000, 120_000] },
        { metric: "system.duplicates", op: "=", value: 0, at: 120_000 },
        { config: "loader.service", op: ">=", value: 100 },
        { config: "loading.maxPollInterval", op: "<=", value: 30_000 },
      ],
      speed: 20,
      hints: [
        t(
          "A batch must be done before the group loses patience: records × time each < interval.",
          "组失去耐心之前，一批得做完：条数 × 每条时间 < 间隔。",
        ),
        t("30 s ÷ 0.1 s are 300 records at the very most.", "30 秒 ÷ 0.1 秒，最多 300 条。"),
        t(
          "Leave room for a bad day: let [loading](node:loading) poll 100 at a time, 10 s of work.",
          "给糟糕的日子留点余地：让 [loading](node:loading) 每次 poll 100 条，正好 10 秒的活。",
        ),
      ],
      solution: { set: { "loading.maxPollRecords": 100 } },
      why: t(
        "The same work in smaller bites: each batch is committed after 10 s. A longer interval would help too, but then a loader that really hangs is noticed that much later.",
        "活还是那么多，只是小口吃：每批 10 秒就提交。把间隔放长也行，但真卡住的进程就会晚那么久才被发现。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Some days a record takes 0.5 s. How many may a poll bring if the group waits 30 s?",
        "有些日子每条要 0.5 秒。组等 30 秒，一次 poll 最多能拿几条？",
      ),
      options: [
        { text: t("Fewer than 60", "少于 60 条"), right: true },
        { text: t("100 are still all right", "100 条还行") },
        { text: t("It makes no difference: heartbeats go on", "无所谓：心跳还在发") },
      ],
      why: t(
        "60 × 0.5 s are 30 s. The heartbeat comes from a thread of its own and proves that the program lives; only the next poll proves that it makes progress. Size the batch by the slowest day.",
        "60 × 0.5 秒就是 30 秒。心跳由另一个线程发，只能证明程序活着；下一次 poll 才能证明它在干活。一批多大，要按最慢的日子来定。",
      ),
    },
  ],
};
