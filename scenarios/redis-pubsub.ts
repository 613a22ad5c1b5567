import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const REDIS_PUBSUB: CatalogueEntry = {
  group: "redis",
  level: "core",
  scenario: picture(
    "redis-pubsub",
    { en: "Publish and subscribe stores nothing", zh: "发布订阅什么都不存" },
    {
      en: "5 notices a second go to a channel and, beside it, into a stream. Their listeners are away from 10 s to 20 s. A second channel has a fast and a slow subscriber.",
      zh: "每秒 5 条通知，一路发到频道，一路写入流，两边的听众都在第 10 到 20 秒离开。另一个频道有一快一慢两个订阅者。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "What will the two listeners find when they come back at 20 s? And what does Redis do with what the slow subscriber has not read yet?\nWatch: “missed” on notices, “pending” and “lag” on notes, “buffered” on news.",
      zh: "第 20 秒回来时，两个听众各能看到什么？慢订阅者还没读的那些，Redis 怎么办？\n看点：notices 的“错过”，notes 的“滞后”，news 的“缓冲”。",
    })
    .producer("sender", "sender", [0, 9], { rate: 5 })
    .node("channel", "notices", "notices", [22, 7])
    .consumer("listener", "listener", [46, 7], { service: 10 })
    .node("stream", "notes", "notes", [22, 14])
    .consumer("reader", "reader", [46, 14], { service: 10 })
    .producer("press", "press", [0, 25], { rate: 5 })
    .node("channel", "news", "news", [22, 25], { outputBuffer: 50 })
    .consumer("fast", "fast", [46, 22], { service: 10 })
    .consumer("slow", "slow", [46, 29], { service: 1000 })
    .publish("sender", "notices")
    .publish("sender", "notes")
    .consume("notices", "listener")
    .consume("notes", "reader", { group: "readers" })
    .publish("press", "news")
    .consume("news", "fast")
    .consume("news", "slow")
    .at(10, "consumer.stop", "listener", {}, 20)
    .at(10, "consumer.stop", "reader", {}, 20)
    .scenario(),
  observe: {
    en: "Whoever is not subscribed at the moment of publishing gets nothing: 50 notices are gone. The stream keeps them, and its reader goes on where the group stopped. What the slow subscriber does not read piles up for it on the server, up to 50 messages; then Redis cuts it off, with everything in its buffer. The fast one notices nothing.",
    zh: "发布那一刻没订阅的人，什么也收不到：50 条就此消失。流把它们留着，读者从组停下的地方接着读。慢订阅者没读的，先堆在服务器上，满 50 条，Redis 就断开它，缓冲里的一并丢掉。快的那个毫无察觉。",
  },
  aha: {
    en: "A channel is a loudspeaker, not a mailbox.",
    zh: "频道是喇叭，不是信箱。",
  },
  variants: [
    {
      id: "patient",
      name: { en: "No limit on the buffer: the server's memory grows", zh: "缓冲不设上限：服务器内存一直涨" },
      change: { "news.outputBuffer": 0 },
    },
  ],
  intended: ["pubsub-no-persistence", "subscriber-too-slow"],
};
