import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const REDIS_STREAM: CatalogueEntry = {
  group: "redis",
  level: "core",
  scenario: picture(
    "redis-stream",
    { en: "A stream with a group", zh: "流与消费者组" },
    {
      en: "40 orders in four seconds go into a stream. Ann and Bob are one group: each reads up to five entries at a time and acknowledges one by one, 0.4 s each. At 3 s Bob crashes for good.",
      zh: "四秒内 40 笔订单写入流。Ann 和 Bob 同属一个消费者组：每次最多读五条，逐条确认，每条 0.4 秒。第 3 秒 Bob 崩溃，不再回来。",
    },
  )
    .note("question", [0, 0], [57, 5], {
      en: "Bob had read entries that he never acknowledged. Who does them, and when?\nWatch: “pending” on the stream after 3 s, and again after 8 s. Then let Ann claim only after an hour.",
      zh: "Bob 读走了几条却没确认。谁来做？什么时候做？\n看点：流上的“待确认”，先看第 3 秒之后，再看第 8 秒之后。然后把认领的闲置时间改成一小时。",
    })
    .producer("shop", "shop", [0, 11], { rate: 10, limit: 40 })
    .node("stream", "orders", "orders", [22, 11], { count: 5 })
    .consumer("ann", "Ann", [46, 8], { service: 400 })
    .consumer("bob", "Bob", [46, 15], { service: 400 })
    .publish("shop", "orders")
    .consume("orders", "ann", { group: "billing" })
    .consume("orders", "bob", { group: "billing" })
    .at(3, "consumer.kill", "bob")
    .scenario(),
  observe: {
    en: "An entry that was given out stays on the group's pending list until it is acknowledged. Once Bob's have been idle for 5 s, Ann claims them (XAUTOCLAIM) and does them too: all 40 are processed. Without claiming they stay pending for ever, and nobody looks at them.",
    zh: "派发出去的条目留在组的待处理列表里，直到有人确认。Bob 的条目闲置满 5 秒后，Ann 把它们认领过来（XAUTOCLAIM）做完：40 笔一笔不少。没有认领，它们就一直待确认，再也没人看。",
  },
  aha: {
    en: "A stream remembers who has what. Somebody must still ask for what the dead left behind.",
    zh: "流记得谁手里有什么；但死掉的成员留下的，仍要有人来认领。",
  },
  variants: [
    {
      id: "unclaimed",
      name: { en: "Claim only after an hour: Bob's entries stay pending", zh: "一小时后才认领：Bob 的条目一直待确认" },
      change: { "orders.claimIdle": 3_600_000 },
    },
    {
      id: "two-groups",
      name: { en: "A group each: both get all 40", zh: "各成一组：两边各收全部 40 条" },
      change: { "orders-bob.group": "shipping" },
    },
  ],
  intended: ["readers-too-slow"],
};
