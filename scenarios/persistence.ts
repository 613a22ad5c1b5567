import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const LANE = { rate: 5, limit: 100 };

export const PERSISTENCE: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  intended: ["no-consumer"],
  scenario: picture(
    "persistence",
    { en: "Two switches for one promise", zh: "一个承诺，两个开关" },
    {
      en: "Three senders put 100 messages each into a queue of their own, and nobody reads them yet. At 20 s the broker crashes; five seconds later it is back. Whether a message is still there depends on two switches: the queue must be durable, and the message persistent.",
      zh: "三个发送方各往一个队列里放 100 条消息，暂时没人读。第 20 秒消息代理崩溃，五秒后恢复。消息还在不在，取决于两个开关：队列要持久化，消息也要持久化。",
    },
  )
    .note("question", [0, 0], [64, 4], {
      en: "Which of the three queues still holds its 100 messages at 30 s? What does an empty queue tell you, and what one that is gone?\nWatch: the three depths before 20 s and after 25 s.",
      zh: "第 30 秒，三个队列里哪一个还留着那 100 条？队列空了说明什么，队列没了又说明什么？\n看点：第 20 秒之前和第 25 秒之后三个队列的深度。",
    })
    .broker("rabbit", "rabbit", [22, 7], [24, 33], { restart: 5000 })
    .producer("careful", "careful", [0, 11], LANE)
    .queue("both", "both", [6, 4], {}, { parent: "rabbit" })
    .note("n1", [52, 10], [24, 5], { en: "Durable queue, persistent messages.", zh: "队列持久化，消息也持久化。" })
    .producer("hasty", "hasty", [0, 21], { ...LANE, persistent: false })
    .queue("half", "half", [6, 14], {}, { parent: "rabbit" })
    .note("n2", [52, 20], [24, 5], { en: "Durable queue, transient messages.", zh: "队列持久化，消息不持久化。" })
    .producer("casual", "casual", [0, 31], LANE)
    .queue("none", "none", [6, 24], { durable: false }, { parent: "rabbit" })
    .note("n3", [52, 30], [24, 5], { en: "Queue not durable, persistent messages.", zh: "队列不持久化，消息持久化。" })
    .publish("careful", "both")
    .publish("hasty", "half")
    .publish("casual", "none")
    .at(20, "broker.crash", "rabbit")
    .scenario(),
  observe: {
    en: "At 30 s: 100 messages in the first queue, 0 in the second, and the third queue is gone altogether. 200 messages are lost by the restart. Persistent messages in a queue that is not durable are lost with it: the second switch alone does nothing.",
    zh: "第 30 秒：第一个队列 100 条，第二个 0 条，第三个队列整个没了。重启丢了 200 条。放在非持久化队列里的持久化消息会随队列一起消失：只开一个开关等于没开。",
  },
  aha: {
    en: "Messages survive a restart only when the queue is durable and the message persistent. To know that they are on the disk, wait for the confirm.",
    zh: "只有队列持久化、消息也持久化，消息才能熬过重启。想确定它已经落盘，就等发布确认。",
  },
  variants: [
    {
      id: "both-on",
      name: { en: "Both switches on everywhere: nothing is lost", zh: "处处两个开关都打开：一条不丢" },
      change: { "hasty.persistent": true, "none.durable": true },
    },
    {
      id: "quorum",
      name: {
        en: "The second queue as a quorum queue: it keeps transient messages too",
        zh: "第二个队列改为仲裁队列：不持久化的消息它也保留",
      },
      change: { "half.queueType": "quorum" },
    },
  ],
};
