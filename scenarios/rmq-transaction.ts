import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const RMQ_TRANSACTION: CatalogueEntry = {
  group: "rocketmq",
  level: "core",
  scenario: picture(
    "rmq-transaction",
    { en: "Half a message", zh: "半消息" },
    {
      en: "An order is written to the shop's own database and told to others by a message: both or neither. 70 % of the local transactions commit, 20 % roll back, and of 10 % the broker hears nothing.",
      zh: "订单写进商店自己的数据库，同时用消息告诉别人：要么都成，要么都不成。本地事务 70% 提交，20% 回滚，10% 没有下文。",
    },
  )
    .note("question", [0, 0], [62, 5], {
      en: "Which messages may the points service see, and when? What becomes of those that nobody speaks about?\nWatch: half, committed and rolled back on the topic; after 6 s the check-backs.",
      zh: "积分服务看得到哪些消息，什么时候看到？没有下文的那些会怎样？\n看点：主题上的半消息、已提交、已回滚；6 秒之后的回查。",
    })
    .producer("shop", "shop", [0, 14], {
      rate: 5,
      limit: 100,
      commitShare: 0.7,
      rollbackShare: 0.2,
      unknownShare: 0.1,
    })
    .node("brokerSet", "brokers", "rocketmq", [17, 8], {}, { w: 22, h: 17 })
    .within("brokers")
    .node("rmqTopic", "orders", "orders", [3, 4], { messageType: "transaction" }, { w: 16, h: 11 })
    .within()
    .node("rmqGroup", "points", "points", [46, 9], { startFrom: "first" }, { w: 20, h: 14 })
    .within("points")
    .consumer("credit", "credit", [5, 6], { service: 50 })
    .within()
    .publish("shop", "orders")
    .consume("orders", "credit")
    .scenario(),
  observe: {
    en: "Each message is stored at once, half, where no consumer sees it. A commit shows it, a rollback ends it. The silent ones stay half until they are 6 s old; then the broker asks the producer, every 5 s, what its database says, and here the answer is commit. In the end no message is half, and what points saw is what was committed, one for one.",
    zh: "每条消息立刻以半消息存下，消费者看不到。提交就让它可见，回滚就结束它。没有下文的一直是半消息，满 6 秒后，Broker 每 5 秒来问生产者：数据库里怎么说？这里的回答是提交。最后没有半消息剩下，积分服务看到的与提交的一条不差。",
  },
  aha: {
    en: "First the promise, then the local work, then the word; and whoever forgets the word is asked.",
    zh: "先留个底，再做本地事务，最后给句话；忘了给话的，会有人来问。",
  },
  variants: [
    {
      id: "asked-rollback",
      name: { en: "Asked, it says roll back", zh: "被问到时回答：回滚" },
      change: { "shop.onCheck": "rollback" },
    },
    {
      id: "never-answers",
      name: { en: "It never answers: asked fifteen times, then set aside", zh: "始终不答：问满十五次就搁置" },
      change: { "shop.onCheck": "unknown" },
    },
  ],
};
