import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const POISON_MESSAGE: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "poison-message",
    { en: "The poison message", zh: "毒消息" },
    {
      en: "Two orders a second, each done in 0.2 s: the worker has plenty of time. After five seconds a broken client sends one order, with key A, that no worker can ever read. Each time it fails it is put back at the head of the queue.",
      zh: "每秒 2 个订单，每个 0.2 秒做完：消费者时间充裕。第 5 秒，一个有毛病的客户端发来一个键为 A 的订单，谁也读不懂。每次失败，它都被放回队头。",
    },
  )
    .note("question", [0, 0], [57, 8], {
      en: "One message out of many is bad. How many of the others suffer from it?\nWatch from 5 s on: the queue “work” grows by 2 a second, the worker is busy all the time and finishes nothing. The way out to “parked” is drawn, but a classic queue counts no deliveries: putting back never ends. Try the variant with a quorum queue.",
      zh: "许多消息里只有一条坏的。有多少条会被它连累？\n从第 5 秒看起：队列 work 每秒多 2 条，消费者一直在忙，却什么也没做完。通往 parked 的出路画好了，可经典队列不数投递次数，放回去就没有尽头。换成仲裁队列的变体试试。",
    })
    .producer("shop", "shop", [0, 10])
    .producer("broken", "broken client", [0, 18], { key: { k: "fixed", name: "A" }, limit: 1, start: 5000 })
    .queue("work", "work", [23, 10])
    .consumer("worker", "worker", [47, 10], { failKeys: ["A"] })
    .exchange("dead", "dead letters", [24, 19], { type: "fanout" })
    .queue("parked", "parked", [46, 20])
    .publish("shop", "work")
    .publish("broken", "work")
    .consume("work", "worker")
    .deadLetter("work", "dead")
    .bind("dead", "parked")
    .scenario(),
  observe: {
    en: "From 5 s on: 5 redeliveries a second of one and the same message, nothing processed, 2 more waiting every second. With a quorum queue and a limit of 5 the message is parked after six tries, and the backlog is gone within seconds.",
    zh: "从第 5 秒起：同一条消息每秒被重新投递 5 次，什么也没处理完，每秒又多 2 条在等。换成仲裁队列、上限 5 次，它试过六次就被搁到一边，积压几秒钟就消化了。",
  },
  aha: {
    en: "One message that nobody can digest stops all others. Limit deliveries and park the poison where a person looks at it.",
    zh: "一条谁也消化不了的消息，能让所有消息停下来。限制投递次数，把毒消息搁到有人会看的地方。",
  },
  variants: [
    {
      id: "quorum-limit",
      name: {
        en: "Quorum queue with a delivery limit of 5: the poison is parked",
        zh: "仲裁队列，投递上限 5：毒消息被搁到一边",
      },
      change: { "work.queueType": "quorum", "work.deliveryLimit": 5 },
    },
    {
      id: "reject-at-once",
      name: {
        en: "The worker rejects instead of putting back: parked after the first try",
        zh: "消费者改为拒绝、不放回：试一次就搁到一边",
      },
      change: { "worker.onFail": "reject" },
    },
  ],
  // The drawing is about the first; nobody reads what is parked, until a person comes.
  intended: ["requeue-forever", "no-consumer"],
};
