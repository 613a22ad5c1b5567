import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("The same money, spent in two ways", "一样的钱，两种花法"),
      body: t(
        "**Twelve jobs a second** arrive in each lane, at random. Above they go to **three** small machines, **0.2 s** a job on average; below to **one** that is three times as fast. Both can do **15 a second**. This is [scaling out and scaling up](term:scale).",
        "两路**每秒都来十二个任务**，随机到达。上面交给**三台**小机器，平均每个 **0.2 秒**；下面交给**一台**速度三倍的。两边每秒都做得了 **15 个**。这就是[水平扩展与垂直扩展](term:scale)。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Nothing is broken yet. Where is a job done sooner, on average?",
        "还没出故障。平均来说，哪边做完一个任务更快？",
      ),
      options: [
        { text: t("With the three: somebody is free more often", "三台的：更容易碰上空闲的") },
        {
          text: t("With the one: alone, a job takes a third of the time", "一台的：没人抢时，三分之一的时间就做完"),
          right: true,
        },
        { text: t("The same: the capacity is the same", "一样：能力相同嘛") },
      ],
    },
    { type: "run", until: { t: 60_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Quicker in one piece", "整块的更快"),
      facts: {
        out: { metric: "small-1.e2e.mean", agg: "mean", within: [5000, 60_000] },
        up: { metric: "large.e2e.mean", agg: "mean", within: [5000, 60_000] },
      },
      body: t(
        "**{{out}}** with the small machines, **{{up}}** with the large one. Over a long time it is 0.42 s and 0.33 s. Whenever fewer than three jobs are there, a part of the small machines stands idle, while the large one works on one job with all it has.",
        "小机器 **{{out}}**，大机器 **{{up}}**；时间长了看，是 0.42 秒和 0.33 秒。任务不足三个时，小机器总有闲着的，而大机器总是全力做手上那一个。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("jobs", "个"),
      ask: t(
        "At 60 s one machine of each lane dies; it is repaired after half a minute. How many jobs wait at the large one when it comes back?",
        "第 60 秒，两边各死一台，半分钟后修好。大机器回来时，那里积了多少任务？",
      ),
      answerFrom: { metric: "line-up.ready", agg: "max", at: 92_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 92_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Two thirds, or nothing", "剩三分之二，还是什么都不剩"),
      facts: {
        small: { metric: "line-out.ack", agg: "increase", within: [60_500, 89_500] },
        large: { metric: "line-up.ack", agg: "increase", within: [60_500, 89_500] },
        waits: { metric: "line-up.ready", agg: "max" },
        waitsOut: { metric: "line-out.ready", agg: "max" },
      },
      body: t(
        "While one was dead the two that were left did **{{small}}** jobs; the other lane did **{{large}}**, and **{{waits}}** piled up. Above at most **{{waitsOut}}** had to wait: two machines do 10 a second, and 12 arrive.",
        "死掉一台期间，剩下的两台做了 **{{small}}** 个；另一路做了 **{{large}}** 个，积下 **{{waits}}** 个。上面最多也积了 **{{waitsOut}}** 个：两台每秒做 10 个，来的是 12 个。",
      ),
      reveal: ["chart:line-up.ready"],
    },
    {
      type: "do",
      goal: t(
        "Let the upper lane bear the loss of any one machine: never more than 30 jobs waiting while one is dead. A machine is no faster than it is; you may buy more of them.",
        "让上面那路经得起死掉任何一台：死掉期间，等待的任务不超过 30 个。机器不会变快，但可以多买。",
      ),
      check: [
        { metric: "line-out.ready", agg: "max", op: "<=", value: 30, within: [60_000, 90_000] },
        { metric: "line-out.ack", agg: "increase", op: ">=", value: 300, within: [60_000, 90_000] },
        { metric: "small-1.processed", agg: "increase", op: "=", value: 0, within: [61_000, 89_000] },
        { config: "jobs-out.rate", op: ">=", value: 12 },
        { metric: "system.discarded", op: "=", value: 0, at: 90_000 },
      ],
      until: { t: 92_000 },
      speed: 20,
      hints: [
        t("How many a second must the machines do that are left?", "剩下的机器每秒至少要做多少个？"),
        t("More than 12. Each does 5: so three must be left.", "多于 12 个。一台做 5 个，所以得剩下三台。"),
        t(
          "Draw a fourth machine: a consumer like [small 1](node:small-1), connected to [line 1](node:line-out).",
          "再画第四台：一个和 [small 1](node:small-1) 一样的消费者，连到 [line 1](node:line-out)。",
        ),
      ],
      solution: {
        add: {
          nodes: [
            {
              id: "small-4",
              kind: "consumer",
              name: "small 4",
              x: 35,
              y: 3,
              parent: "out",
              settings: { prefetch: 1, service: { d: "exponential", mean: 200 } },
            },
          ],
          edges: [
            { id: "line-out-small-4", kind: "consume", from: "line-out", to: "small-4", settings: { latency: 0 } },
          ],
        },
      },
      why: t(
        "One more than needed: three small machines are needed for the work, the fourth for the day when one dies. To bear the same loss with large machines you need two of them, twice the capacity: the smaller the pieces, the cheaper the spare.",
        "比够用多一台：三台管干活，第四台管有一台死掉的那天。用大机器要承受同样的损失，就得买两台，能力翻倍：块越小，备用越便宜。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A database answers one client at a time and is 80 % busy. Which argument for a faster machine instead of a second one is right?",
        "一个数据库一次只服务一个请求，忙 80%。要“换台更快的”而不是“再加一台”，哪个理由站得住？",
      ),
      options: [
        { text: t("Each answer gets quicker, even when nobody waits", "每个回答都更快，哪怕没人排队"), right: true },
        { text: t("It fails less often", "出故障的次数更少") },
        { text: t("It can grow without end", "可以一直换更大的") },
      ],
      why: t(
        "Only a faster machine shortens the work itself. But it is one machine: it dies in one piece, and some day there is no larger one to buy.",
        "只有更快的机器才能缩短处理本身。但它是一台：要死就整台死，而且总有一天买不到更大的。",
      ),
    },
  ],
};
