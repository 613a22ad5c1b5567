import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["invoices.maxReconsume"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("One order that never works", "永远处理不了的一单"),
      body: t(
        "The [shop](node:shop) sends **one** order, and [write](node:write) fails on it every time. Each failure sends it to the group's [retry](term:consumer-retry) topic; it comes back after **10 s, 30 s, 1 min, 2 min, 3 min …**",
        "[商店](node:shop)只发**一**单，[write](node:write) 每次都失败。每失败一次，它就进组的[重试](term:consumer-retry)主题，隔 **10 秒、30 秒、1 分钟、2 分钟、3 分钟……**再来。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("times", "次"),
      ask: t("How many times has it been tried after ten minutes?", "十分钟内它被处理了几次？"),
      answerFrom: { metric: "write.errors", at: 600_000 },
      tolerance: 0.2,
    },
    { type: "run", until: { t: 600_000 }, speed: 100 },
    {
      type: "observe",
      title: t("Slower and slower", "越来越慢"),
      facts: {
        tried: { metric: "write.errors" },
        waits: { metric: "invoices.retrying" },
        dead: { metric: "invoices.dead" },
      },
      body: t(
        "**{{tried}}** times in ten minutes: the first four within 101 s, the rest minutes apart. **{{waits}}** waits on the ladder, **{{dead}}** are [dead letters](term:dead-letter). There are ten more steps to go, the last two of an hour and of two.",
        "十分钟 **{{tried}}** 次：前四次在 101 秒之内，后面就隔好几分钟。阶梯上等着 **{{waits}}** 条，[死信](term:dead-letter) **{{dead}}** 条。后面还有十格，最后两格是一小时和两小时。",
      ),
      highlight: ["invoices"],
    },
    {
      type: "do",
      goal: t(
        "Somebody must look at such an order within two minutes: make it a dead letter by then, after at least three retries.",
        "这样的单要在两分钟内有人看到：让它到时成为死信，但至少重试三次。",
      ),
      check: [
        { metric: "invoices.dead", op: "=", value: 1, at: 120_000 },
        { metric: "write.errors", op: ">=", value: 4, at: 120_000 },
      ],
      until: { t: 120_000 },
      speed: 50,
      hints: [
        t("10 s + 30 s + 60 s = 100 s.", "10 秒 + 30 秒 + 60 秒 = 100 秒。"),
        t("That is three retries.", "正好三次重试。"),
        t("Set “Retries at most” of the group to 3.", "把组的“最多重试次数”设为 3。"),
      ],
      solution: { set: { "invoices.maxReconsume": 3 } },
      why: t(
        "Sixteen retries help against an outage of hours. Against a broken message they only hide it: nobody is told until the end, and nobody reads the dead letters by itself.",
        "十六次重试，对付的是几小时的故障。对付坏消息，它只会把问题藏起来：直到最后都没人知道，死信也不会自己有人读。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "With all sixteen retries: after about how many hours is it a dead letter? (Round.)",
        "十六次全用上，大约几小时后成为死信？（四舍五入）",
      ),
      answer: 5,
      why: t("4 h 45 min 40 s of waiting: 17 140 s.", "一共等 4 小时 45 分 40 秒，即 17 140 秒。"),
    },
  ],
};
