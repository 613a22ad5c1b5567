import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_PARTITIONS_KEYS: CatalogueEntry = {
  group: "kafka",
  level: "intro",
  scenario: picture(
    "kafka-partitions-keys",
    { en: "Partitions and keys", zh: "分区与键" },
    {
      en: "Six records a second, for six customers A to F in turn, go into a topic of three partitions. Three readers are one group.",
      zh: "每秒六条记录，依次属于 A 到 F 六个客户，写入三个分区的主题。三个读者是同一个消费者组。",
    },
  )
    .note("question", [0, 0], [60, 5], {
      en: "Six customers, three partitions: two each? Which records are sure to keep their order?\nWatch: the three lanes of “orders”, and the colours on the way to each reader. Then send without a key.",
      zh: "六个客户，三个分区：每个分区两个客户吗？哪些记录之间的顺序有保证？\n看点：“orders” 的三条泳道，以及流向每个读者的颜色。然后改成不带键发送。",
    })
    .producer("shop", "shop", [0, 14], { rate: 6, key: { k: "roundRobin", n: 6 } })
    .node("topic", "orders", "orders", [20, 12])
    .node(
      "group",
      "billing",
      "billing",
      [44, 8],
      { commit: "batch", offsetReset: "earliest", maxPollRecords: 50 },
      { w: 16, h: 17 },
    )
    .within("billing")
    .consumer("reader", "reader", [3, 7], { service: 100, instances: 3 })
    .within()
    .publish("shop", "orders")
    .consume("orders", "reader")
    .scenario(),
  observe: {
    en: "The partition is the hash of the key, so a customer's records are always in the same lane, read by one member, in order. But a hash deals nothing out evenly: four of these six customers share lane 1. Without a key a record may go anywhere: the producer stays with one partition until a batch is full, then moves on, and only the order within a lane is left.",
    zh: "分区由键的哈希决定：同一客户的记录总在同一条泳道里，由同一个成员按顺序读。但哈希并不平均：六个客户里有四个挤在泳道 1。不带键时记录可以去任何分区：生产者粘住一个分区，攒满一批再换下一个，剩下的只有泳道内部的顺序。",
  },
  aha: {
    en: "Order is per partition; the key chooses the partition.",
    zh: "顺序只在分区内；键决定进哪个分区。",
  },
  variants: [
    {
      id: "no-key",
      name: { en: "Without a key: spread, and no order between lanes", zh: "不带键：分散开，泳道之间没有顺序" },
      change: { "shop.key": { k: "none" }, "shop.batch": 4000 },
    },
    {
      id: "four-partitions",
      name: { en: "Four partitions: the same keys elsewhere", zh: "四个分区：同样的键去了别处" },
      change: { "orders.partitions": 4 },
    },
  ],
};
