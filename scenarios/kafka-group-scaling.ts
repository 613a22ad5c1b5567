import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_GROUP_SCALING: CatalogueEntry = {
  group: "kafka",
  level: "core",
  scenario: picture(
    "kafka-group-scaling",
    { en: "Scale a consumer group", zh: "消费者组的扩容" },
    {
      en: "Nine records a second in three partitions. A member of the group works 0.25 s on each: it can do four a second.",
      zh: "每秒九条记录，三个分区。组里一个成员处理一条要 0.25 秒：每秒能做四条。",
    },
  )
    .note("question", [0, 0], [60, 5], {
      en: "How many members are enough: one, two, three, four?\nWatch: “lag” in the group's heading and in each lane. Scale the worker from 1 to 4 while it runs.",
      zh: "几个成员才够：一个、两个、三个，还是四个？\n看点：组标题和每条泳道上的“滞后”。运行中把 worker 从 1 个加到 4 个。",
    })
    .producer("web", "web", [0, 14], { rate: 9, batch: 1000 })
    .node("topic", "clicks", "clicks", [20, 12])
    .node(
      "group",
      "counting",
      "counting",
      [44, 8],
      { commit: "batch", offsetReset: "earliest", maxPollRecords: 10 },
      { w: 16, h: 17 },
    )
    .within("counting")
    .consumer("worker", "worker", [3, 7], { service: 250, instances: 3 })
    .within()
    .publish("web", "clicks")
    .consume("clicks", "worker")
    .scenario(),
  observe: {
    en: "With one member everything waits for it; with two, one of them has two lanes and falls behind. Three is one lane each, 3 a second against 4: the lag stays small. The fourth gets no partition and idles, however long the lag is.",
    zh: "一个成员时全靠它；两个时，其中一个要顾两条泳道，越落越远。三个时一人一条，每秒 3 条对 4 条：滞后一直很小。第四个分不到分区，滞后再大也只能闲着。",
  },
  aha: {
    en: "Partitions cap parallelism: one member a partition, the rest idle.",
    zh: "分区数就是并行的上限：一个分区一个成员，多出来的闲着。",
  },
  variants: [
    { id: "one", name: { en: "One member", zh: "一个成员" }, change: { "worker.instances": 1 } },
    {
      id: "two",
      name: { en: "Two members: two lanes lag", zh: "两个成员：两条泳道落后" },
      change: { "worker.instances": 2 },
    },
    {
      id: "four",
      name: { en: "Four members: one idles", zh: "四个成员：一个闲着" },
      change: { "worker.instances": 4 },
    },
    {
      id: "four-partitions",
      name: { en: "Four members, four partitions", zh: "四个成员，四个分区" },
      change: { "worker.instances": 4, "clicks.partitions": 4 },
    },
  ],
  intended: ["readers-too-slow", "more-members-than-partitions"],
};
