import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const RMQ_BROADCAST: CatalogueEntry = {
  group: "rocketmq",
  level: "intro",
  scenario: picture(
    "rmq-broadcast",
    { en: "Share it or tell everybody", zh: "分着做，还是人人都做" },
    {
      en: "90 messages of prices. Three workers of one group store them; three caches of another must each know every price. The same topic serves both.",
      zh: "90 条价格消息。一个组的三个工作进程把它们入库；另一个组的三台缓存，每台都要知道每一个价格。用的是同一个主题。",
    },
  )
    .note("question", [0, 0], [36, 9], {
      en: "How many messages does each worker get, how many each cache?\nWatch: the mode in the heading of each group, and the numbers of the six consumers.",
      zh: "每个工作进程拿到多少条？每台缓存呢？\n看点：组标题上的消费模式，以及六个消费者的数字。",
    })
    .producer("prices", "prices", [0, 20], { rate: 6, limit: 90 })
    .node("rmqTopic", "price", "price", [19, 18], { queues: 3 }, { w: 14, h: 9 })
    .node("rmqGroup", "store", "store", [42, 0], { startFrom: "first" }, { w: 22, h: 22 })
    .within("store")
    .consumer("w1", "worker-1", [6, 4], { service: 50 })
    .consumer("w2", "worker-2", [6, 10], { service: 50 })
    .consumer("w3", "worker-3", [6, 16], { service: 50 })
    .within()
    .node("rmqGroup", "caches", "caches", [42, 24], { mode: "broadcasting", startFrom: "first" }, { w: 22, h: 22 })
    .within("caches")
    .consumer("k1", "cache-1", [6, 4], { service: 50 })
    .consumer("k2", "cache-2", [6, 10], { service: 50 })
    .consumer("k3", "cache-3", [6, 16], { service: 50 })
    .within()
    .publish("prices", "price")
    .consume("price", "w1")
    .consume("price", "w2")
    .consume("price", "w3")
    .consume("price", "k1")
    .consume("price", "k2")
    .consume("price", "k3")
    .scenario(),
  observe: {
    en: "Clustering: three queues, three members, one queue each: 30 messages a worker. Broadcasting: each cache reads all three queues: 90. What a cache has read it remembers for itself; the broker knows nothing of it, and gives a message that failed there to nobody again.",
    zh: "集群消费：三个队列三个成员，一人一个：每个工作进程 30 条。广播消费：每台缓存都读三个队列：90 条。读到哪里由缓存自己记着，Broker 一概不知；在那里失败的消息，也不会再给谁。",
  },
  aha: {
    en: "The mode decides whether a group splits the work or copies the news.",
    zh: "消费模式决定：一个组是分摊工作，还是人手一份。",
  },
  variants: [
    {
      id: "failing",
      name: { en: "Everybody fails 20 %: who gets it again?", zh: "都有 20% 失败：谁会再拿到？" },
      change: {
        "w1.failRate": 0.2,
        "w2.failRate": 0.2,
        "w3.failRate": 0.2,
        "k1.failRate": 0.2,
        "k2.failRate": 0.2,
        "k3.failRate": 0.2,
      },
    },
  ],
  intended: ["broadcast-drops"],
};
