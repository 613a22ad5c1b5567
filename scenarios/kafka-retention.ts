import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_RETENTION: CatalogueEntry = {
  group: "kafka",
  level: "core",
  scenario: picture(
    "kafka-retention",
    { en: "Retention is a deadline", zh: "保留时间就是期限" },
    {
      en: "Five records a second are kept for 60 s. The only reader is down from 30 s to 120 s.",
      zh: "每秒五条记录，只保留 60 秒。唯一的读者从第 30 秒到第 120 秒停机。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "The log keeps what nobody has read. Does it?\nWatch: the left end of the lane from 90 s on, and “Discarded” in the bottom line. Then keep for ten minutes.",
      zh: "没有人读过的，日志会留着吗？\n看点：第 90 秒以后泳道的左端，以及底栏的“丢弃”。然后改成保留十分钟。",
    })
    .producer("sensor", "sensor", [0, 13], { rate: 5 })
    .node("topic", "events", "events", [20, 11], { partitions: 1, retentionTime: 60_000 })
    .node("group", "storing", "storing", [44, 8], { commit: "batch", offsetReset: "earliest" }, { w: 16, h: 15 })
    .within("storing")
    .consumer("reader", "reader", [3, 6], { service: 20 })
    .within()
    .publish("sensor", "events")
    .consume("events", "reader")
    .at(30, "consumer.kill", "reader", {}, 120)
    .scenario(),
  observe: {
    en: "A segment goes when its newest record is older than 60 s, read or not. When the reader is back after 90 s, its committed offset is no longer in the log: 30 s of records, about 150, are gone. “earliest” lets it go on with the oldest that is left, “latest” skips the rest as well.",
    zh: "段内最新一条记录也超过 60 秒，整段就删掉，不管读没读过。读者停了 90 秒才回来，它提交的偏移量已不在日志里：30 秒的记录，大约 150 条，没了。“earliest” 从剩下最早的一条读起，“latest” 连剩下的也跳过。",
  },
  aha: {
    en: "Retention is a deadline for every reader, and nobody is told when it passes.",
    zh: "保留时间是每个读者的期限，过期时谁也不会收到通知。",
  },
  variants: [
    {
      id: "longer",
      name: { en: "Keep for ten minutes: nothing is missed", zh: "保留十分钟：一条不少" },
      change: { "events.retentionTime": 600_000 },
    },
    {
      id: "latest",
      name: { en: "Go on at the latest: the rest is skipped too", zh: "从 latest 继续：剩下的也跳过" },
      change: { "storing.offsetReset": "latest" },
    },
  ],
};
