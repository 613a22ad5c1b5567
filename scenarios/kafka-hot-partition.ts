import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_HOT_PARTITION: CatalogueEntry = {
  group: "kafka",
  level: "core",
  scenario: picture(
    "kafka-hot-partition",
    { en: "A hot partition", zh: "热点分区" },
    {
      en: "Twelve records a second. Seven in ten belong to one customer, user-1, alone in a lane of three. A reader needs 0.15 s for each.",
      zh: "每秒十二条记录，十条里有七条属于同一个客户 user-1，独占三条泳道中的一条。读者处理一条要 0.15 秒。",
    },
  )
    .note("question", [0, 0], [60, 5], {
      en: "Three readers could do 20 a second. Why does one lane fall behind all the same, and do more readers help?\nWatch: the lag of the three lanes. Then let the large customer have many keys.",
      zh: "三个读者每秒能做 20 条。为什么还有一条泳道越落越远？多加读者有用吗？\n看点：三条泳道的滞后。然后给大客户分很多个键。",
    })
    .producer("large", "user-1", [0, 9], { rate: 8.4, key: { k: "fixed", name: "user-1" } })
    .producer("others", "others", [0, 17], { rate: 3.6, key: { k: "uniform", n: 4 } })
    .node("topic", "orders", "orders", [20, 12])
    .node(
      "group",
      "billing",
      "billing",
      [44, 8],
      { commit: "batch", offsetReset: "earliest", maxPollRecords: 10 },
      { w: 16, h: 17 },
    )
    .within("billing")
    .consumer("reader", "reader", [3, 7], { service: 150, instances: 3 })
    .within()
    .publish("large", "orders")
    .publish("others", "orders")
    .consume("orders", "reader")
    .scenario(),
  observe: {
    en: "8.4 a second go into one partition, and one member can do 6.7: its lag grows by 1.7 a second for ever. More members change nothing, because a partition is read by one of them only. With many keys for the large customer the hash spreads them, and every lane keeps up; the order between those keys is the price.",
    zh: "每秒 8.4 条都进同一个分区，而一个成员只能做 6.7 条：滞后每秒涨 1.7，没有尽头。加成员没有用，一个分区只由一个成员读。给大客户分出许多键，哈希就把它们散开，每条泳道都跟得上；代价是这些键之间不再有顺序。",
  },
  aha: {
    en: "Balance the keys, not the machines.",
    zh: "该平衡的是键，不是机器。",
  },
  variants: [
    {
      id: "six",
      name: { en: "Six readers: nothing changes", zh: "六个读者：毫无变化" },
      change: { "reader.instances": 6 },
    },
    {
      id: "many-keys",
      name: { en: "Many keys for the large customer", zh: "给大客户分很多键" },
      change: { "large.key": { k: "roundRobin", n: 24 } },
    },
  ],
  intended: ["more-members-than-partitions"],
};
