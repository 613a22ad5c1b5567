import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["fast.prefetch", "slow.prefetch"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A fast one and a slow one", "一快一慢"),
      body: t(
        "**8 tasks a second**. The [fast](node:fast) worker needs 0.1 s, the [slow](node:slow) one 1 s: together 11 a second, more than enough.\nThere is no [prefetch](term:prefetch) limit, so the broker hands out every task at once, one to each in turn.",
        "每秒 **8 个任务**。[快的](node:fast)每个 0.1 秒，[慢的](node:slow)每个 1 秒：合起来每秒 11 个，绰绰有余。\n[预取数](term:prefetch)没有上限，所以任务一来就发出去，一人一个，轮着来。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("tasks", "个"),
      ask: t(
        "How many unfinished tasks does the slow worker hold after 30 s?",
        "30 秒后，慢的那个手里攒了多少没做完的任务？",
      ),
      answerFrom: { metric: "tasks.unacked", at: 30_000 },
      tolerance: 0.2,
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Equal turns", "轮流"),
      facts: { held: { metric: "tasks.unacked" }, fast: { metric: "fast.utilisation" } },
      body: t(
        "Each is given 4 a second. The slow one finishes 1, so 3 more pile up in its hands every second: **{{held}}** by now. The fast one is busy only **{{fast}}** of the time. And the queue looks empty.",
        "两个每秒各分到 4 个。慢的每秒只做完 1 个，手里每秒多攒 3 个：现在有 **{{held}}** 个。快的只有 **{{fast}}** 的时间在忙。而队列看上去是空的。",
      ),
      highlight: ["slow"],
    },
    {
      type: "do",
      goal: t(
        "Let 95 of 100 tasks be done within 1.5 s, with the same two workers.",
        "还是这两个工作进程，让 95% 的任务在 1.5 秒内完成。",
      ),
      check: [
        { metric: "system.e2e.p95", op: "<=", value: 1500, at: 40_000 },
        { metric: "tasks.ready", op: "<", value: 5, at: 40_000 },
        { config: "slow.service", op: "=", value: 1000 },
        { config: "fast.service", op: "=", value: 100 },
      ],
      speed: 10,
      hints: [
        t("The broker cannot know who is busy. What could tell it?", "消息代理不知道谁在忙。怎样才能让它知道？"),
        t(
          "Whoever may hold only a few gets the next one only after acknowledging.",
          "手里只许拿几个的人，确认了才会得到下一个。",
        ),
        t("Set the prefetch of both to 1.", "把两个的预取数都设为 1。"),
      ],
      solution: { set: { "fast.prefetch": 1, "slow.prefetch": 1 } },
      why: t(
        "With prefetch 1 the next task goes to whoever is free. The fast one now does about 7 of 8.",
        "预取数为 1，谁空了就给谁。现在快的大约做 8 个里的 7 个。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("Why not always prefetch 1?", "为什么不总是用预取数 1？"),
      options: [
        {
          text: t("After each task the worker waits a round trip for the next", "每做完一个，都要等一个来回才有下一个"),
          right: true,
        },
        { text: t("The broker needs more memory", "消息代理更费内存") },
        { text: t("Messages may be lost", "消息可能会丢") },
      ],
      why: t(
        "On a slow link the worker would idle. Prefetch is a balance: enough to cover the trip, not so much that one hoards.",
        "链路慢的时候，工作进程就会闲着。预取数是个平衡：够盖住来回的路程，又不至于囤积。",
      ),
    },
  ],
};
