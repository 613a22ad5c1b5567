import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["workers.instances"],
  steps: [
    {
      type: "text",
      title: t("A sale begins", "秒杀开始"),
      body: t(
        "The [shop](node:shop) takes **20 orders a second**. From 20 s to 30 s there is a sale: **200 a second**.\nTen [workers](node:workers) need 0.2 s for an order, so together they finish **50 a second** at most.",
        "[商店](node:shop)平时**每秒 20 单**。第 20 到 30 秒有一场秒杀：**每秒 200 单**。\n十个[工作进程](node:workers)，每单 0.2 秒，合起来每秒最多处理 **50 单**。",
      ),
      camera: "fit",
    },
    {
      type: "predict",
      ask: t("How deep will the queue get?", "队列最多会积到多长？"),
      kind: "number",
      unit: t("orders", "单"),
      answerFrom: { metric: "orders.ready", agg: "max", at: 40_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 40_000 }, speed: 5 },
    {
      type: "observe",
      title: t("A peak before, a plateau behind", "前面是尖峰，后面是平台"),
      body: t(
        "200 arrive and 50 leave, so 150 a second stay behind, for ten seconds: **{{most}}** orders. Behind the queue nothing ever goes faster than **{{out}}**. This is [peak shaving](term:peak-shaving).",
        "每秒来 200、走 50，留下 150，一共十秒：最多 **{{most}}** 单。而队列之后，速率从没超过 **{{out}}**。这就是[流量削峰](term:peak-shaving)。",
      ),
      facts: {
        most: { metric: "orders.ready", agg: "max" },
        out: { metric: "orders.ack.rate", agg: "max" },
      },
      reveal: ["chart:orders.ready"],
    },
    {
      type: "predict",
      kind: "graph",
      ask: t(
        "At 30 s the sale is over: 20 a second arrive again, 50 leave. Draw how many orders wait from 30 s to 90 s.",
        "第 30 秒秒杀结束，又恢复到每秒来 20 单、走 50 单。画一画：从第 30 秒到第 90 秒，还有多少单在等？",
      ),
      unit: t("orders", "单"),
      answerFrom: { metric: "orders.ready", within: [30_000, 90_000] },
      top: 1600,
      tolerance: 0.12,
    },
    { type: "run", until: { t: 90_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Filled in ten seconds, emptied in fifty", "十秒积满，五十秒清空"),
      facts: {
        at60: { metric: "orders.ready", agg: "min", within: [59_500, 60_000] },
        at75: { metric: "orders.ready", agg: "min", within: [74_500, 75_000] },
        now: { metric: "orders.ready" },
      },
      body: t(
        "**{{at60}}** at 60 s, **{{at75}}** at 75 s, **{{now}}** now: 50 leave and 20 arrive, so 30 a second less. All that time every worker was busy, and every customer who came waited behind the sale. How quickly a backlog goes is decided by the capacity that is **left over**.",
        "第 60 秒 **{{at60}}** 单，第 75 秒 **{{at75}}** 单，现在 **{{now}}** 单：每秒走 50、来 20，净少 30。这期间每个工作进程都在忙，后来的顾客都排在秒杀的后面。积压消得多快，看的是**富余**的能力。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Customers were told that an order is taken up within 10 s, also in a sale. Manage it with as few workers as you can: 22 are paid for.",
        "对顾客的承诺是：哪怕在秒杀时，订单也在 10 秒内开始处理。请用尽量少的工作进程做到，预算最多 22 个。",
      ),
      check: [
        { metric: "orders.oldestAge", agg: "max", op: "<=", value: 10_500, at: 60_000 },
        { metric: "orders.ready", op: "<", value: 5, at: 60_000 },
        { config: "workers.instances", op: "<=", value: 22 },
        { metric: "system.discarded", op: "=", value: 0, at: 60_000 },
      ],
      speed: 10,
      hints: [
        t(
          "How long does the last order of the sale wait? As many orders as are before it, divided by how many leave a second.",
          "秒杀里最后一单要等多久？排在它前面的单数，除以每秒走掉的单数。",
        ),
        t(
          "With c leaving a second, (200 − c) × 10 pile up, and the last one waits (200 − c) × 10 ÷ c seconds.",
          "设每秒走 c 单，会积下 (200 − c) × 10 单，最后一单要等 (200 − c) × 10 ÷ c 秒。",
        ),
        t("That is 10 s for c = 100 a second. One worker does 5.", "c = 100 时正好 10 秒。一个工作进程每秒做 5 单。"),
      ],
      solution: { set: { "workers.instances": 20 } },
      why: t(
        "20 workers: 1 000 orders pile up and are gone 12.5 s after the sale has ended. Forty would leave no queue at all, and nine of ten would be idle the rest of the day.",
        "20 个工作进程：积下 1000 单，秒杀结束 12.5 秒后清空。用 40 个就几乎不排队了，可平时十个里有九个闲着。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("What does the queue buy in a peak?", "高峰时，队列换来的是什么？"),
      options: [
        { text: t("Time: the work is done later", "时间：活儿晚一点再做"), right: true },
        { text: t("Capacity: the workers become faster", "能力：工作进程变快了") },
        { text: t("Certainty: no order ever waits", "保证：订单不用等") },
      ],
      why: t(
        "A queue turns a peak into a delay. On average the workers must still be faster than the shop.",
        "队列把高峰变成了等待。平均下来，工作进程仍要比商店快。",
      ),
    },
  ],
};
