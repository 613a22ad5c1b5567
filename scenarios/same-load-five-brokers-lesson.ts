import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 9,
  expose: ["redis.take", "kg.commit"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("The same five times", "同一件事，做五遍"),
      body: t(
        "Five lanes, one load: **330 messages**, two workers a lane. At **10 s** the second worker of each lane crashes, just after a peak; at **20 s** it is back.",
        "五条泳道，同样的负载：**330 条消息**，每道两个工作进程。**第 10 秒**刚过一个高峰，每道的第二个工作进程崩溃；**第 20 秒**回来。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How many of the 1 650 messages are lost?", "1650 条消息里会丢几条？"),
      options: [
        { text: t("None: every system keeps what is not done", "一条不丢：没做完的都留着"), max: 1 },
        { text: t("Ten or twenty, in one or two lanes", "十几条，在一两条道里"), min: 1, max: 40 },
        { text: t("What the five dead workers had: about 75", "五个死去的手里的：75 条左右"), min: 40 },
      ],
      answerFrom: { metric: "system.lost", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Lost, twice, late", "丢了，重了，晚了"),
      facts: {
        lost: { metric: "system.lost" },
        twice: { metric: "system.duplicates" },
        rabbit: { metric: "rabbit.redeliver" },
        zero: { metric: "z1.processed" },
      },
      body: t(
        "**{{lost}}** are lost: one that [Redis](node:redis) had popped, and what the dead [ZeroMQ](node:z2) worker held. **{{twice}}** were done twice, at [Kafka](node:kafka) and [RocketMQ](node:rocket): an [offset](term:offset) is saved now and then, not with each message. [RabbitMQ](node:rabbit) gave **{{rabbit}}** to the other worker at once, because each waits for its acknowledgement. And Kafka was late: its group waits for a heartbeat before it believes in a crash.",
        "丢了 **{{lost}}** 条：[Redis](node:redis) 弹出的一条，加上死去的 [ZeroMQ](node:z2) 工作进程手里的。**{{twice}}** 条做了两遍，在 [Kafka](node:kafka) 和 [RocketMQ](node:rocket)：[位点](term:offset)隔一会儿才存一次，不是每条都存。[RabbitMQ](node:rabbit) 立刻把 **{{rabbit}}** 条交给另一个，因为每条都等确认。而 Kafka 晚了：它的组要等到心跳断了一阵，才相信有人崩溃。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Save the message that Redis forgets, and let Kafka do nothing twice.",
        "救下 Redis 忘掉的那条，并让 Kafka 不做重复。",
      ),
      check: [
        { metric: "d1.processed", op: ">=", value: 190, at: 60_000 },
        { metric: "system.lost", op: "<=", value: 15, at: 60_000 },
        { metric: "system.duplicates", op: "<=", value: 3, at: 60_000 },
      ],
      until: { t: 60_000 },
      speed: 10,
      hints: [
        t(
          "Redis can move a message to a processing list instead of popping it.",
          "Redis 可以把消息移到处理列表，而不是弹出。",
        ),
        t("Kafka's group can commit after each record.", "Kafka 的组可以每处理完一条就提交。"),
        t("List: move; group: after each record.", "列表：移走；消费者组：逐条提交。"),
      ],
      solution: { set: { "redis.take": "move", "kg.commit": "manual" } },
      why: t(
        "Every repair costs something: a command more for each message, a commit more for each record. Without a broker there is nothing to set: what the worker has is in its own memory.",
        "每一种补救都有代价：每条消息多一个命令，每条记录多一次提交。没有消息代理就没得设：东西就在工作进程自己的内存里。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Which system would you take if a message must never be worked on twice, and may be lost now and then?",
        "如果消息绝不能重复处理，偶尔丢一条没关系，你会选哪种？",
      ),
      options: [
        { text: t("A list that is popped", "弹出即删的列表"), right: true },
        { text: t("A log with offsets that are saved now and then", "隔一会儿存一次位点的日志") },
        { text: t("A queue with acknowledgements", "等确认的队列") },
      ],
      why: t(
        "At most once: what is taken is gone. The other two are at least once: the work must be safe to repeat.",
        "至多一次：拿走就没了。另外两种是至少一次，处理逻辑得经得起重复。",
      ),
    },
  ],
};
