import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["arrivals.rate"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Three numbers", "三个数"),
      body: t(
        "**Eight messages a second** arrive at random at one [worker](node:worker) who needs 0.1 s each on average.\nThree figures describe what you see: how many are in the system (**L**), how fast they come (**λ**), how long they stay (**W**).",
        "**每秒随机来八条消息**，一个[工作进程](node:worker)平均每条 0.1 秒。\n你看到的可以用三个数描述：系统里有多少条（**L**），来得多快（**λ**），待多久（**W**）。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "On average 8 a second come and each stays half a second. How many are inside?",
        "平均每秒来 8 条，每条待半秒。里面平均有几条？",
      ),
      options: [{ text: t("2", "2 条") }, { text: t("4", "4 条"), right: true }, { text: t("16", "16 条") }],
    },
    {
      type: "run",
      until: { t: 300_000 },
      speed: 100,
      body: t("Five minutes, so that chance evens out.", "跑五分钟，让偶然平均掉。"),
    },
    {
      type: "observe",
      title: t("L = λ · W", "L = λ · W"),
      facts: {
        l: { metric: "system.inSystem", agg: "mean" },
        rate: { metric: "system.throughput", agg: "mean" },
        w: { metric: "system.e2e.mean", agg: "mean" },
      },
      body: t(
        "Inside on average: **{{l}}**. Coming, and going: **{{rate}}**. Staying: **{{w}}**. Multiply the last two and compare with the first. Chance makes them wander; the law holds all the same.",
        "里面平均 **{{l}}** 条；进出 **{{rate}}**；停留 **{{w}}**。把后两个乘起来，和第一个比一比。偶然会让它们晃动，但这条定律始终成立。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Bring the average number inside below 1, without turning anybody away: 8 a second still come.",
        "让里面平均不到 1 条，但一个都不许赶走：每秒仍来 8 条。",
      ),
      check: [
        { metric: "system.inSystem", agg: "mean", op: "<", value: 1, at: 120_000 },
        { config: "arrivals.rate", op: ">=", value: 8 },
        { metric: "system.discarded", op: "=", value: 0, at: 120_000 },
      ],
      speed: 50,
      hints: [
        t("L = λ · W, and λ is fixed. What is left to change?", "L = λ · W，λ 是定的。还能改什么？"),
        t(
          "W must fall below 1 ÷ 8 = 0.125 s. The work alone takes 0.1 s.",
          "W 要降到 1 ÷ 8 = 0.125 秒以下，而光处理就要 0.1 秒。",
        ),
        t("Three workers, or one that is twice as fast.", "三个工作进程，或者一个快一倍的。"),
      ],
      solution: { set: { "worker.instances": 3 } },
      why: t(
        "Whoever counts a queue already knows how long it takes: W = L ÷ λ.",
        "数一数队有多长，就知道要等多久：W = L ÷ λ。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "A café has 30 guests on average, each stays half an hour. How many come in an hour?",
        "一家咖啡馆平均有 30 位客人，每位待半小时。每小时来多少位？",
      ),
      answer: 60,
      why: t("λ = L ÷ W = 30 ÷ 0.5 h = 60 an hour.", "λ = L ÷ W = 30 ÷ 0.5 小时 = 每小时 60 位。"),
    },
  ],
};
