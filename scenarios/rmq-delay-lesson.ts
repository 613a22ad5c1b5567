import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["shop.delayLevel"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A message for later", "留给以后的消息"),
      body: t(
        "Once a second somebody orders, and the [shop](node:shop) sends a [delayed message](term:delayed) of **level 3: ten seconds**. When it comes out, [close](node:close) looks whether the order was paid.",
        "每秒有人下一单，[商店](node:shop)就发一条**级别 3（十秒）**的[延时消息](term:delayed)。它出来时，[close](node:close) 去看订单付了没有。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("messages", "条"),
      ask: t("How many messages are hidden after half a minute?", "半分钟后，有多少条消息藏着？"),
      answerFrom: { metric: "unpaid.delayed", at: 30_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 30_000 }, speed: 2 },
    {
      type: "observe",
      title: t("In no queue", "不在任何队列里"),
      facts: {
        hidden: { metric: "unpaid.delayed" },
        stored: { metric: "unpaid.endOffset" },
        delay: { metric: "close.e2e.mean" },
      },
      body: t(
        "**{{hidden}}** wait: one a second, ten seconds each. They are with the broker, but in no queue of the topic; the **{{stored}}** that came out got their [offset](term:offset) only then. From order to closing it took **{{delay}}** on average, with the work.",
        "**{{hidden}}** 条在等：每秒一条，各等十秒。它们在 Broker 那里，却不在主题的任何队列里；已经出来的 **{{stored}}** 条，出来时才得到[位点](term:offset)。从下单到关单平均 **{{delay}}**，含处理时间。",
      ),
      highlight: ["unpaid"],
    },
    {
      type: "do",
      goal: t(
        "Give people half a minute to pay: close no order before 30 s, and none after 31 s.",
        "给人半分钟付款：不早于 30 秒，也不晚于 31 秒关单。",
      ),
      check: [
        { metric: "close.e2e.p50", op: ">=", value: 30_000, at: 60_000 },
        { metric: "close.e2e.p99", op: "<=", value: 31_000, at: 60_000 },
      ],
      until: { t: 60_000 },
      speed: 10,
      hints: [
        t("The levels are 1 s, 5 s, 10 s, 30 s, 1 min …", "级别依次是 1 秒、5 秒、10 秒、30 秒、1 分钟……"),
        t("30 s is the fourth.", "30 秒是第四级。"),
        t("Set the shop's delay level to 4.", "把商店的延时级别设为 4。"),
      ],
      solution: { set: { "shop.delayLevel": 4 } },
      why: t(
        "Levels are fixed in the broker: each has a queue of its own, in which what came first is due first. That is why there are only eighteen. Since version 5 a wheel also takes any time, to the second.",
        "级别是 Broker 里定死的：每级一个队列，先来的先到期，所以只有十八级。5.x 起还有时间轮，任意时间都行，精确到秒。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A message of level 4 (30 s) is sent, and 5 s later one of level 2 (5 s). Which comes out first?",
        "先发一条级别 4（30 秒）的，5 秒后发一条级别 2（5 秒）的。哪条先出来？",
      ),
      options: [
        { text: t("The one sent first", "先发的那条") },
        { text: t("The one due first: that of level 2", "先到期的那条：级别 2 的"), right: true },
      ],
      why: t(
        "Within a level it is first in, first out; between levels only the due time counts.",
        "同一级内先进先出；不同级之间只看到期时间。",
      ),
    },
  ],
};
