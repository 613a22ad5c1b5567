import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["hasty.persistent", "none.durable"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Two switches", "两个开关"),
      body: t(
        "Three senders put **100 messages** each into a queue of their own, and nobody reads them yet. At **20 s** the broker crashes, 5 s later it is back.\n[careful](node:careful): durable queue, persistent messages. [hasty](node:hasty): durable queue, transient messages. [casual](node:casual): persistent messages, but a queue that is not [durable](term:durable).",
        "三个发送方各往自己的队列里放 **100 条消息**，还没有人来读。第 **20 秒**消息代理崩溃，5 秒后恢复。\n[careful](node:careful)：队列持久化，消息也持久化。[hasty](node:hasty)：队列持久化，消息不持久化。[casual](node:casual)：消息持久化，队列却没有[持久化](term:durable)。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("Of the 300 messages, how many are lost by the restart?", "300 条消息，重启会丢多少条？"),
      options: [
        { text: t("None", "一条不丢"), max: 1 },
        { text: t("100: only the transient ones", "100 条：只丢没持久化的消息"), min: 1, max: 150 },
        { text: t("200: two of three lanes", "200 条：三道里丢两道"), min: 150, max: 250 },
        { text: t("All 300", "300 条全丢"), min: 250 },
      ],
      answerFrom: { metric: "system.lost", at: 30_000 },
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("One switch alone does nothing", "只开一个等于没开"),
      facts: { a: { metric: "both.ready" }, lost: { metric: "system.lost" } },
      body: t(
        "The first queue still has its **{{a}}**. The second is there, but empty. The third is gone, with everything in it, persistent or not. Lost: **{{lost}}**.",
        "第一个队列还有 **{{a}}** 条。第二个还在，却是空的。第三个整个没了，里面的消息持久化也没用。共丢 **{{lost}}** 条。",
      ),
    },
    {
      type: "do",
      goal: t("Let all 300 survive the crash.", "让 300 条都挺过这次崩溃。"),
      check: [
        { metric: "system.lost", op: "=", value: 0, at: 40_000 },
        { metric: "both.ready", op: ">=", value: 100, at: 40_000 },
        { metric: "half.ready", op: ">=", value: 100, at: 40_000 },
        { metric: "none.ready", op: ">=", value: 100, at: 40_000 },
      ],
      speed: 10,
      hints: [
        t(
          "Each of the two lower lanes has one switch on. Which one is missing?",
          "下面两道各开了一个开关。缺的是哪个？",
        ),
        t("In the second lane it is the sender's, in the third the queue's.", "第二道缺发送方的，第三道缺队列的。"),
        t(
          "Set `persistent` of [hasty](node:hasty) and `durable` of [none](node:none).",
          "打开 [hasty](node:hasty) 的 `persistent` 和 [none](node:none) 的 `durable`。",
        ),
      ],
      solution: { set: { "hasty.persistent": true, "none.durable": true } },
      why: t(
        "Durable says: the queue is still there. Persistent says: the message is on the disk. A message needs both.",
        "队列持久化，说的是队列还在；消息持久化，说的是消息写进了磁盘。两者缺一不可。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Both switches are on. When does the sender **know** that a message would survive?",
        "两个开关都开了。发送方什么时候才**知道**消息丢不了？",
      ),
      options: [
        { text: t("As soon as it has sent it", "一发出去就知道") },
        { text: t("When the publisher confirm comes", "收到发布确认的时候"), right: true },
        { text: t("When a consumer has read it", "消费者读走的时候") },
      ],
      why: t(
        "Between sending and the disk lies a moment. The [confirm](term:confirm) is the broker's word that it is over.",
        "从发出到落盘之间有一小会儿。[发布确认](term:confirm)就是消息代理告诉你：这一会儿过去了。",
      ),
    },
  ],
};
