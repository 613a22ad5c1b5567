import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["arrivals-95.rate"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Five counters", "五个柜台"),
      body: t(
        "All equally fast: **10 messages a second** on average. They differ only in how many arrive: **5, 7, 8, 9** and **9.5** a second, at random. None is overloaded.",
        "五个柜台一样快：平均**每秒 10 条**。差别只在每秒来多少：**5、7、8、9** 和 **9.5** 条，随机到达。没有一个超负荷。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "At 5 a second a message stays 0.2 s. And at 9 a second?",
        "每秒 5 条时，一条消息停留 0.2 秒。每秒 9 条时呢？",
      ),
      options: [
        { text: t("0.36 s: as much more as there are more", "0.36 秒：多多少就久多少"), max: 430 },
        { text: t("0.5 s", "0.5 秒"), min: 430, max: 750 },
        { text: t("About 1 s: five times as long", "1 秒左右：五倍"), min: 750 },
      ],
      answerFrom: { metric: "worker-90.e2e.mean", agg: "mean", at: 3_600_000 },
    },
    {
      type: "run",
      until: { t: 3_600_000 },
      speed: 0,
      body: t(
        "An hour, as fast as it goes: a busy counter needs long to show its mean.",
        "跑一小时，全速：越忙的柜台，平均值越要多看一会儿。",
      ),
    },
    {
      type: "observe",
      title: t("The last ten percent", "最后的百分之十"),
      facts: {
        a: { metric: "worker-50.e2e.mean", agg: "mean" },
        b: { metric: "worker-70.e2e.mean", agg: "mean" },
        c: { metric: "worker-80.e2e.mean", agg: "mean" },
        d: { metric: "worker-90.e2e.mean", agg: "mean" },
        e: { metric: "worker-95.e2e.mean", agg: "mean" },
      },
      body: t(
        "50 % busy: **{{a}}**. 70 %: **{{b}}**. 80 %: **{{c}}**. 90 %: **{{d}}**. 95 %: **{{e}}**. Theory says 1 ÷ (10 − arrivals): 0.2, 0.33, 0.5, 1 and 2 s. What counts is the little that is left over; halve it, and the stay doubles.",
        "忙碌 50%：**{{a}}**。70%：**{{b}}**。80%：**{{c}}**。90%：**{{d}}**。95%：**{{e}}**。理论是 1 ÷（10 − 到达速率）：0.2、0.33、0.5、1、2 秒。起决定作用的是剩下的那点余量：余量减半，停留时间翻倍。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Bring the stay at the busiest counter below 0.3 s on average, without sending anybody away.",
        "让最忙的柜台平均停留不到 0.3 秒，一个都不许赶走。",
      ),
      check: [
        { metric: "worker-95.e2e.mean", agg: "mean", op: "<", value: 300, at: 120_000 },
        { config: "arrivals-95.rate", op: ">=", value: 9.5 },
        { metric: "system.discarded", op: "=", value: 0, at: 120_000 },
      ],
      speed: 0,
      hints: [
        t("How much slack would 0.3 s take? 1 ÷ (μ − 9.5) = 0.3.", "0.3 秒需要多少余量？1 ÷（μ − 9.5）= 0.3。"),
        t(
          "μ = 12.8 a second: work of less than 0.078 s, say 0.07 s. Or a second pair of hands.",
          "μ = 每秒 12.8 条，也就是每条不到 0.078 秒，比如 0.07 秒。或者再添一双手。",
        ),
        t("Two instances of [worker 95](node:worker-95).", "给 [worker 95](node:worker-95) 两个实例。"),
      ],
      solution: { set: { "worker-95.instances": 2 } },
      why: t(
        "A second worker makes 2 s into 0.13 s. Slack is cheap compared with waiting.",
        "添一个工作进程，2 秒变成 0.13 秒。和等待相比，余量便宜得多。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "A server does 20 a second, 18 come. How many seconds does one stay, on average?",
        "一台服务器每秒处理 20 条，每秒来 18 条。平均停留几秒？",
      ),
      answer: 0.5,
      tolerance: 0.02,
      why: t("1 ÷ (20 − 18) = 0.5 s.", "1 ÷（20 − 18）= 0.5 秒。"),
    },
  ],
};
