import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 4,
  expose: ["p1.rate"],
  steps: [
    {
      type: "text",
      title: t("Three parts", "三个角色"),
      body: t(
        "A [producer](term:producer) sends messages, a [queue](term:message-queue) keeps them, a [consumer](term:consumer) works on them.\n[producer-1](node:p1) sends **one message a second**. [consumer-1](node:c1) needs **0.4 s** for each.\nThe two never talk to each other. What they share is the name of the queue: `hello`.",
        "[生产者](term:producer)发送消息，[队列](term:message-queue)保存消息，[消费者](term:consumer)处理消息。\n[producer-1](node:p1) **每秒发一条**，[consumer-1](node:c1) 处理一条要 **0.4 秒**。\n这两位从不直接对话，彼此只共用一个队列名：`hello`。",
      ),
      highlight: ["p1", "q1", "c1"],
      camera: "fit",
    },
    {
      type: "predict",
      ask: t(
        "It runs for ten seconds. How many messages will be waiting in the queue at the worst moment?",
        "运行十秒。队列里最多的时候会有几条消息在等？",
      ),
      kind: "choice",
      options: [
        { text: t("None: each is taken at once", "没有：一来就被取走"), max: 1 },
        { text: t("About four", "四条左右"), min: 1, max: 7 },
        { text: t("Ten, one for each second", "十条，每秒攒一条"), min: 7 },
      ],
      answerFrom: { metric: "q1.ready", agg: "max", at: 10_000 },
    },
    {
      type: "run",
      body: t("Follow one message from left to right.", "盯住一条消息，看它从左走到右。"),
      until: { t: 10_000 },
      speed: 2,
    },
    {
      type: "observe",
      title: t("Where the time goes", "时间花在哪儿"),
      body: t(
        "From sending to done a message took **{{delay}}**: **{{link}}** on the way and **{{work}}** of work. It never waited, because the consumer was free again before the next one came: it is busy only **{{busy}}** of the time.",
        "一条消息从发出到处理完用了 **{{delay}}**：路上 **{{link}}**，处理 **{{work}}**。它一刻也没等，因为下一条到来之前消费者早就闲下来了：它只有 **{{busy}}** 的时间在忙。",
      ),
      facts: {
        delay: { metric: "c1.e2e.mean" },
        link: { metric: "e1.transfer.mean" },
        work: { metric: "c1.service.mean" },
        busy: { metric: "c1.utilisation" },
      },
      highlight: ["c1"],
    },
    {
      type: "do",
      goal: t(
        "Keep the consumer busy about 80 % of the time, by letting the producer send more. Nothing may be lost.",
        "让生产者多发一些，使消费者有大约 80% 的时间在忙，而且一条也不能丢。",
      ),
      check: [
        { metric: "c1.utilisation", op: ">=", value: 0.75, at: 20_000 },
        { metric: "c1.utilisation", op: "<=", value: 0.85, at: 20_000 },
        { metric: "system.lost", op: "=", value: 0, at: 20_000 },
      ],
      speed: 5,
      hints: [
        t(
          "Busy time is arrivals per second × seconds of work for each.",
          "忙碌的时间比例 = 每秒到达几条 × 每条处理几秒。",
        ),
        t("Which rate times 0.4 s gives 0.8?", "多大的速率乘以 0.4 秒等于 0.8？"),
        t(
          "Under the drawing there is a slider for the producer's rate. Or choose [producer-1](node:p1) and change it in the inspector.",
          "画布下面有生产者速率的滑块；也可以选中 [producer-1](node:p1)，在属性面板里改。",
        ),
      ],
      solution: { set: { "p1.rate": 2 } },
      why: t(
        "2 messages a second × 0.4 s = 0.8. At 2.5 a second it would be busy all the time, and beyond that the queue grows without end.",
        "每秒 2 条 × 0.4 秒 = 0.8。到每秒 2.5 条它就一刻不停了；再多，队列会一直涨下去。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The producer knows only the queue's name. Who puts the message into the queue?",
        "生产者只知道队列的名字。是谁把消息放进队列的？",
      ),
      options: [
        {
          text: t("The default exchange, which delivers by queue name", "默认交换机，它按队列名投递"),
          right: true,
        },
        { text: t("The producer itself", "生产者自己") },
        { text: t("The consumer, which fetches it from the producer", "消费者，由它去生产者那里取") },
      ],
      why: t(
        "Every message goes through an [exchange](term:exchange). The default one delivers to the queue whose name is the routing key. So a producer can run before anybody has written a consumer.",
        "每条消息都要经过[交换机](term:exchange)。默认交换机把消息投到与路由键同名的队列。所以消费者还没写出来，生产者就可以先跑起来。",
      ),
    },
  ],
};
