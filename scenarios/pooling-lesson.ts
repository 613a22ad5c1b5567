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
        { text: t("The same", "一样") },
        { text: t("A little shorter", "短一点") },
        { text: t("Less than half", "不到一半"), right: true },
      ],
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
        "Let those above stay less than 0.5 s as well, without a faster counter.",
        "让上面的人也停留不到 0.5 秒，但不许把窗口变快。",
      ),
      check: [
        { metric: "counter-1.e2e.mean", agg: "mean", op: "<", value: 500, at: 600_000 },
        { config: "counter-1.service", op: "=", value: { d: "exponential", mean: 200 } },
        { config: "arrivals-1.rate", op: ">=", value: 4 },
      ],
      speed: 0,
      hints: [
        t(
          "The three lines do not help each other. What does the line below have?",
          "三条队互不帮忙。下面那条队有什么不同？",
        ),
        t("You could let one line have two counters.", "可以让一条队有两个窗口。"),
        t(
          "Two instances of [counter 1](node:counter-1), or draw the consume edges of the other counters to line 1.",
          "给 [counter 1](node:counter-1) 两个实例，或者从 line 1 也连到另外两个窗口。",
        ),
      ],
      solution: { set: { "counter-1.instances": 2 } },
      why: t(
        "Sharing the line would have done it without a new counter: it costs nothing and halves the stay.",
        "其实把队合起来，不添窗口也做得到：一分钱不花，停留时间减半。",
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
