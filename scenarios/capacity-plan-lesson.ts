import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["instances.instances"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A promise to the customers", "对顾客的承诺"),
      body: t(
        "**50 requests a second** at random, **0.3 s** of work each on average, some much longer. The promise: 95 of 100 are answered **within one second**. How many [instances](node:instances) does that take?",
        "**每秒随机来 50 个请求**，平均处理 **0.3 秒**，有的要长得多。承诺是：95% 在**一秒之内**答复。需要几个[实例](node:instances)？",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "50 × 0.3 = 15 instances are exactly full. With 16, how long do the slowest 5 of 100 take?",
        "50 × 0.3 = 15 个刚好满负荷。用 16 个，最慢的 5% 要多久？",
      ),
      options: [
        { text: t("Half a second at most", "最多半秒"), max: 500 },
        { text: t("Up to a second", "一秒以内"), min: 500, max: 1000 },
        { text: t("Longer than the promise", "超过承诺"), min: 1000 },
      ],
      answerFrom: { metric: "system.e2e.p95", agg: "mean", at: 120_000 },
    },
    { type: "run", until: { t: 120_000 }, speed: 20 },
    {
      type: "observe",
      title: t("The tail decides", "由尾部决定"),
      facts: {
        p50: { metric: "system.e2e.p50", agg: "mean" },
        p95: { metric: "system.e2e.p95", agg: "mean" },
        busy: { metric: "instances.utilisation", agg: "mean" },
      },
      body: t(
        "Half are answered within **{{p50}}**: on average all looks well. But the slowest 5 of 100 take **{{p95}}** or more. The instances are **{{busy}}** busy.",
        "一半在 **{{p50}}** 内答复：看平均，一切都好。但最慢的 5% 要 **{{p95}}** 以上。实例有 **{{busy}}** 的时间在忙。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Keep the promise with as few instances as you can: 20 are paid for.",
        "用尽量少的实例守住承诺，预算最多 20 个。",
      ),
      check: [
        { metric: "system.e2e.p95", agg: "mean", op: "<=", value: 1000, at: 120_000 },
        { config: "instances.instances", op: "<=", value: 20 },
        { config: "customers.rate", op: ">=", value: 50 },
        { metric: "system.discarded", op: "=", value: 0, at: 120_000 },
      ],
      speed: 50,
      hints: [
        t("15 are exactly full, 16 break the promise, 17 still do.", "15 个刚好满，16 个守不住，17 个也还差一点。"),
        t(
          "Try one more each time, and watch how little the next one brings.",
          "每次加一个，看看下一个带来的好处有多小。",
        ),
        t("18 keep it. Faster work would do it with fewer.", "18 个就守得住。把处理变快，还可以更少。"),
      ],
      solution: { set: { "instances.instances": 18 } },
      why: t(
        "From 18 on more instances hardly help: the work itself takes longer than a second for 3.6 %. Plan for the tail, not for the mean.",
        "再加就没什么用了：有 3.6% 的请求光处理就要一秒以上。容量要按尾部来规划，不能按平均。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The business doubles: 100 a second. Does the same promise take twice as many instances, 36?",
        "业务翻倍：每秒 100 个。守住同样的承诺，要两倍的实例，也就是 36 个吗？",
      ),
      options: [
        { text: t("More: load makes everything worse", "要更多：负载越大越糟") },
        { text: t("Exactly 36", "正好 36 个") },
        { text: t("Fewer: large groups even out better", "要不了：人多了，起伏会互相抵消"), right: true },
      ],
      why: t(
        "30 are exactly full, and 33 keep the promise: the same three to spare that 15 needed. In a large group the busy moments of one meet the idle moments of another.",
        "30 个刚好满负荷，33 个就守得住：和 15 个时一样，备三个。人一多，这个忙的时候总有别个闲着。",
      ),
    },
  ],
};
