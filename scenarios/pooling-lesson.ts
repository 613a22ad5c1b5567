import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("One line or three?", "排一条队，还是三条？"),
      body: t(
        "Three counters, each serves 5 a second on average. [Above](node:line-1) each has a line of its own with **4 arrivals a second**. [Below](node:line) the same **twelve** stand in one line and go to whichever counter is free.",
        "三个窗口，平均每秒各服务 5 位。[上面](node:line-1)各排各的队，**每秒各来 4 位**。[下面](node:line)同样的 **12 位**排一条队，哪个窗口空了就去哪个。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "As many people, as many counters. How long is the stay below, compared with above?",
        "人一样多，窗口一样多。下面的停留时间和上面比？",
      ),
      options: [
        { text: t("The same, one second", "一样，一秒"), min: 800 },
        { text: t("A little shorter", "短一点"), min: 500, max: 800 },
        { text: t("Less than half", "不到一半"), max: 500 },
      ],
      answerFrom: { metric: "pooled-1.e2e.mean", agg: "mean", at: 900_000 },
    },
    {
      type: "run",
      until: { t: 900_000 },
      speed: 0,
      body: t("A quarter of an hour, as fast as it goes.", "跑一刻钟，全速。"),
    },
    {
      type: "observe",
      title: t("Nobody waits while a counter is idle", "有窗口空着，就不会有人等"),
      facts: {
        a: { metric: "counter-1.e2e.mean", agg: "mean" },
        p: { metric: "pooled-1.e2e.mean", agg: "mean" },
        busy: { metric: "pooled-1.utilisation", agg: "mean" },
      },
      body: t(
        "Above one stays **{{a}}**, below **{{p}}**, and all counters are busy about **{{busy}}** of the time. Theory: 1.0 s and 0.42 s.",
        "上面平均停留 **{{a}}**，下面 **{{p}}**，而所有窗口都是 **{{busy}}** 左右的时间在忙。理论值是 1.0 秒和 0.42 秒。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let those above stay less than 0.6 s as well: the same twelve arrivals a second, the same three counters, and none of them faster.",
        "让上面的人也停留不到 0.6 秒：每秒还是来 12 位，还是这三个窗口，一个也不许变快。",
      ),
      check: [
        { metric: "counter-1.e2e.mean", agg: "mean", op: "<", value: 600, at: 600_000 },
        { metric: "counter-2.processed", op: ">=", value: 2000, at: 600_000 },
        { metric: "counter-3.processed", op: ">=", value: 2000, at: 600_000 },
        { config: "counter-1.instances", op: "=", value: 1 },
        { config: "counter-2.instances", op: "=", value: 1 },
        { config: "counter-3.instances", op: "=", value: 1 },
        { config: "counter-1.service", op: "=", value: { d: "exponential", mean: 200 } },
        { config: "arrivals-1.rate", op: ">=", value: 4 },
        { config: "arrivals-2.rate", op: ">=", value: 4 },
        { config: "arrivals-3.rate", op: ">=", value: 4 },
        { metric: "system.discarded", op: "=", value: 0, at: 600_000 },
      ],
      speed: 0,
      hints: [
        t(
          "The three lines do not help each other. What does the line below have?",
          "三条队互不帮忙。下面那条队有什么不同？",
        ),
        t(
          "One line for all: everybody joins it, and every counter takes from it.",
          "大家排同一条队：人人都进这条队，每个窗口都从这条队里叫人。",
        ),
        t(
          "Take [line 2](node:line-2) and [line 3](node:line-3) away; connect all arrivals to [line 1](node:line-1), and line 1 to all three counters.",
          "去掉 [line 2](node:line-2) 和 [line 3](node:line-3)，把所有 arrivals 连到 [line 1](node:line-1)，再从 line 1 连到三个窗口。",
        ),
      ],
      solution: {
        remove: ["line-2", "line-3"],
        add: {
          edges: [
            { id: "arrivals-2-line-1", kind: "publish", from: "arrivals-2", to: "line-1", settings: { latency: 5 } },
            { id: "arrivals-3-line-1", kind: "publish", from: "arrivals-3", to: "line-1", settings: { latency: 5 } },
            { id: "line-1-counter-2", kind: "consume", from: "line-1", to: "counter-2", settings: { latency: 0 } },
            { id: "line-1-counter-3", kind: "consume", from: "line-1", to: "counter-3", settings: { latency: 0 } },
          ],
        },
      },
      why: t(
        "Not one counter more, and the stay is halved. What cost the time was never the work, only standing in the wrong line.",
        "一个窗口没加，停留时间减半。耗时间的从来不是办事，而是排错了队。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("When are separate lines right after all?", "什么时候还是应该分开排队？"),
      options: [
        {
          text: t("When short jobs would stand behind very long ones", "短活会排在很长的活后面的时候"),
          right: true,
        },
        { text: t("When there are many counters", "窗口很多的时候") },
        { text: t("When the load is high", "负载很高的时候") },
      ],
      why: t(
        "An express line keeps the long jobs away from the short ones. Among jobs of a kind, one line is always at least as good.",
        "快速通道能让短活避开长活。活儿差不多时，合成一条队总不会更差。",
      ),
    },
  ],
};
