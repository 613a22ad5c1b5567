import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_LAG_CATCHUP: CatalogueEntry = {
  group: "kafka",
  level: "core",
  scenario: picture(
    "kafka-lag-catchup",
    { en: "Catch up after an outage", zh: "故障之后追赶" },
    {
      en: "Ten records a second, one reader that can do 15. From 20 s to 50 s the reader is down.",
      zh: "每秒十条记录，一个读者每秒能处理 15 条。第 20 到 50 秒读者停机。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "The reader was away for 30 s. How long until it is up to date again: 20 s, 30 s, 60 s?\nWatch: the chart of the lag of “events” after 50 s.",
      zh: "读者停了 30 秒。要多久才能重新跟上：20 秒、30 秒，还是 60 秒？\n看点：第 50 秒之后 “events” 的滞后曲线。",
    })
    .producer("sensor", "sensor", [0, 13], { rate: 10 })
    .node("topic", "events", "events", [20, 11], { partitions: 1 })
    .node(
      "group",
      "storing",
      "storing",
      [44, 8],
      { commit: "batch", offsetReset: "earliest", maxPollRecords: 5 },
      { w: 16, h: 15 },
    )
    .within("storing")
    .consumer("reader", "reader", [3, 6], { service: 66.666 })
    .within()
    .publish("sensor", "events")
    .consume("events", "reader")
    .at(20, "consumer.kill", "reader", {}, 50)
    .scenario(),
  observe: {
    en: "Nothing is lost: the records wait in the log. In 30 s the lag grows to 300. Then the reader does 15 a second while 10 more arrive, so that 5 a second are left for the backlog: 300 ÷ 5 = 60 s.",
    zh: "什么也没丢：记录在日志里等着。30 秒里滞后涨到 300。之后读者每秒处理 15 条，又来 10 条新的，只剩每秒 5 条的余力去消化：300 ÷ 5 = 60 秒。",
  },
  aha: {
    en: "Recovery time = lag ÷ spare capacity.",
    zh: "恢复时间 = 滞后 ÷ 余力。",
  },
  variants: [
    {
      id: "faster",
      name: { en: "A reader for 20 a second: half the time", zh: "每秒 20 条的读者：时间减半" },
      change: { "reader.service": 50 },
    },
    {
      id: "hardly",
      name: { en: "A reader for 11 a second: ten times longer than away", zh: "每秒 11 条的读者：要追停机时间的十倍" },
      change: { "reader.service": 90.909 },
    },
  ],
};
