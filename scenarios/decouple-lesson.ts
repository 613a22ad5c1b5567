import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["mailer.instances"],
  steps: [
    {
      type: "text",
      title: t("A dead mailer", "发信程序挂了"),
      body: t(
        "The [shop](node:shop) announces **4 orders a second**. The [mailer](node:mailer) writes a letter for each, **0.1 s** a piece.\nAt **10 s** the mailer crashes. At **30 s** somebody starts it again. Nobody tells the shop.",
        "[商店](node:shop)**每秒发出 4 条**下单消息，[发信程序](node:mailer)每条写一封信，要 **0.1 秒**。\n第 **10 秒**发信程序崩溃，第 **30 秒**有人把它重新启动。没有人通知商店。",
      ),
      camera: "fit",
      highlight: ["mailer"],
    },
    {
      type: "predict",
      ask: t(
        "While the mailer is dead: how fast does the shop go on announcing orders?",
        "发信程序挂掉的这段时间，商店发消息的速度会怎样？",
      ),
      kind: "choice",
      options: [
        { text: t("It stops", "停下来"), max: 1 },
        { text: t("It slows down", "慢下来"), min: 1, max: 3.5 },
        { text: t("4 a second, as before", "照旧每秒 4 条"), min: 3.5 },
      ],
      answerFrom: { metric: "shop.publish.rate", agg: "min", within: [10_000, 30_000] },
    },
    {
      type: "predict",
      ask: t("How many letters will be waiting at 30 s?", "到第 30 秒，会积下多少封信？"),
      kind: "number",
      unit: t("messages", "条"),
      answerFrom: { metric: "letters.ready", agg: "max", at: 31_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 31_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Only the queue knows", "只有队列知道"),
      body: t(
        "The shop never went below **{{slowest}}**. The [queue](term:message-queue) took what arrived: 20 s × 4/s, **{{most}}** letters at the worst. Nobody had to try again; lost: {{lost}}.",
        "商店的速度从没低于 **{{slowest}}**。到来的消息都由[队列](term:message-queue)收着：20 秒 × 每秒 4 条，最多时 **{{most}}** 封。谁也不必重试，丢失 {{lost}} 条。",
      ),
      facts: {
        slowest: { metric: "shop.publish.rate", agg: "min", within: [10_000, 30_000] },
        most: { metric: "letters.ready", agg: "max" },
        lost: { metric: "system.lost" },
      },
      reveal: ["chart:letters.ready"],
    },
    {
      type: "predict",
      ask: t(
        "Now the mailer is back: it writes 10 letters a second and 4 new ones arrive. The backlog is gone after about …",
        "发信程序回来了：它每秒能写 10 封，每秒又新来 4 封。积压的信大约多久写完？",
      ),
      kind: "choice",
      options: [
        { text: t("8 s: 80 letters at 10 a second", "8 秒：80 封，每秒 10 封") },
        { text: t("13 s: 80 letters at 6 a second", "13 秒：80 封，每秒富余 6 封"), right: true },
        { text: t("20 s: as long as it was away", "20 秒：挂了多久就补多久") },
      ],
    },
    { type: "run", until: { t: 50_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Only what is to spare", "能补的只有富余的"),
      facts: {
        first: { metric: "letters.ready", agg: "min", within: [34_500, 35_000] },
        later: { metric: "letters.ready", agg: "min", within: [39_500, 40_000] },
        written: { metric: "mailer.processed" },
        sent: { metric: "shop.publish" },
      },
      body: t(
        "**{{first}}** were left at 35 s, **{{later}}** at 40 s: 6 a second less, because 4 of the 10 go to new letters. Of **{{sent}}** announced orders **{{written}}** letters are written, the dead twenty seconds included.",
        "第 35 秒还剩 **{{first}}** 封，第 40 秒 **{{later}}** 封：每秒只少 6 封，因为 10 封里有 4 封是新来的。**{{sent}}** 条下单消息，写好 **{{written}}** 封信，停掉的二十秒也补上了。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Letters have grown longer: each now takes 0.2 s. Let the backlog be gone by 50 s all the same. The shop must not notice, and nothing must be lost.",
        "信写得更长了，每封要 0.2 秒。仍要在第 50 秒之前补完积压，商店不能受影响，也不能丢信。",
      ),
      set: { "mailer.service": 200 },
      check: [
        { metric: "letters.ready", op: "<", value: 1, at: 50_000 },
        { metric: "shop.publish.rate", agg: "min", op: ">=", value: 3.9, within: [5000, 50_000] },
        { metric: "system.lost", op: "=", value: 0, at: 50_000 },
        { config: "mailer.service", op: "=", value: 200 },
        { metric: "system.discarded", op: "=", value: 0, at: 50_000 },
      ],
      speed: 10,
      hints: [
        t("How much faster than the shop is the mailer now?", "现在发信程序每秒比商店多处理几条？"),
        t(
          "At 0.2 s it writes 5 a second: only 1 a second to spare, so 80 letters take 80 s.",
          "每封 0.2 秒，就是每秒 5 封，只富余 1 封，80 封要补 80 秒。",
        ),
        t("Two mailers can share one queue.", "两个发信程序可以共用一个队列。"),
      ],
      solution: { set: { "mailer.instances": 2 } },
      why: t(
        "Two instances write 10 a second again. How long recovery takes is decided by the **spare** capacity, not by the whole of it.",
        "两个实例又能每秒写 10 封。恢复要多久，看的是**富余**的能力，而不是总能力。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("What has the queue decoupled here?", "在这里，队列解开了哪些耦合？"),
      options: [
        { text: t("Time: both need not run at the same moment", "时间：双方不必同时在线"), right: true },
        { text: t("Speed: each goes at its own pace", "速度：各按各的节奏"), right: true },
        { text: t("Knowledge: the shop need not know who reads", "身份：商店不必知道谁来读"), right: true },
        { text: t("Capacity: the mailer may be slower for ever", "能力：发信程序可以一直比商店慢") },
      ],
      why: t(
        "With a queue the two need not run together, be equally fast or know each other. But it makes no capacity: a mailer that is slower on average falls behind for ever.",
        "有了队列，双方不必同时在线，不必一样快，也不必互相认识。但它变不出处理能力：平均速度更慢的发信程序，只会越落越远。",
      ),
    },
  ],
};
