import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A copy for each, or a share?", "人手一份，还是分着做？"),
      body: t(
        "**Three messages a second** and three readers, twice. [Above](node:news) each reader has a queue of its own, bound to a fanout exchange. [Below](node:shared) all three take from one queue.",
        "**每秒三条消息**，三个读者，画了两遍。[上面](node:news)每个读者有自己的队列，绑定到一个扇出交换机。[下面](node:shared)三个共用一个队列。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How many messages a second does one reader **above** get?", "**上面**的一个读者每秒得到几条？"),
      options: [
        { text: t("1", "1 条"), max: 2 },
        { text: t("3", "3 条"), min: 2, max: 5 },
        { text: t("9", "9 条"), min: 5 },
      ],
      answerFrom: { metric: "mail.publish.rate", at: 20_000 },
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("And one reader **below**?", "**下面**的一个读者呢？"),
      options: [
        { text: t("1", "1 条"), max: 2 },
        { text: t("3", "3 条"), min: 2 },
      ],
      answerFrom: { metric: "mail-b.processed.rate", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Queues decide, not readers", "看队列，不看读者"),
      facts: { above: { metric: "mail-a.processed" }, below: { metric: "mail-b.processed" } },
      body: t(
        "In 20 s the mail reader above has done **{{above}}**, the one below **{{below}}**. A queue for each means a copy for each: [publish/subscribe](term:pub-sub). A shared queue means that the work is split: a [work queue](term:work-queue).",
        "20 秒里，上面的邮件读者做了 **{{above}}** 条，下面的做了 **{{below}}** 条。一人一个队列，就是人手一份：[发布/订阅](term:pub-sub)。共用一个队列，就是分工：[工作队列](term:work-queue)。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Mail becomes slow: a second a message. Let its own queue above stay short, and let it still get every message.",
        "邮件变慢了，一条要一秒。让上面它自己的队列保持很短，而且一条都不能漏。",
      ),
      set: { "mail-a.service": 1000 },
      check: [
        { metric: "mail.ready", op: "<", value: 3, at: 40_000 },
        { metric: "mail-a.processed", op: ">=", value: 110, at: 40_000 },
        { config: "mail-a.service", op: "=", value: 1000 },
      ],
      speed: 10,
      hints: [
        t("3 a second × 1 s: how many hands does that take?", "每秒 3 条 × 1 秒：要几双手？"),
        t(
          "Both patterns can be had at once: copies between queues, shares within one.",
          "两种模式可以并用：队列之间是副本，队列之内是分工。",
        ),
        t("Four instances of [mail above](node:mail-a).", "给[上面的邮件读者](node:mail-a)四个实例。"),
      ],
      solution: { set: { "mail-a.instances": 4 } },
      why: t(
        "A subscriber may itself be a team. In Kafka that is called a consumer group.",
        "一个订阅者本身也可以是一个小组。在 Kafka 里，这就叫消费者组。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A new program wants to count all messages, without the others noticing. What do you draw?",
        "有个新程序要统计所有消息，又不能影响别人。你怎么画？",
      ),
      options: [
        { text: t("A fourth reader on the shared queue", "在共用的队列上再加一个读者") },
        { text: t("A queue of its own, bound to the exchange", "给它一个自己的队列，绑定到交换机"), right: true },
        { text: t("A second publish in the sender", "让发送方再发一遍") },
      ],
      why: t(
        "On the shared queue it would take a quarter of the messages away from the others. A queue of its own costs nobody anything, and the sender need not even know.",
        "加在共用队列上，会从别人那里分走四分之一。自己的队列谁也不影响，发送方甚至不必知道。",
      ),
    },
  ],
};
