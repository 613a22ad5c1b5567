import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const MEMBER = { service: 100 };

export const KAFKA_REBALANCE: CatalogueEntry = {
  group: "kafka",
  level: "core",
  scenario: picture(
    "kafka-rebalance",
    { en: "A member dies: rebalance", zh: "成员死掉：再均衡" },
    {
      en: "Nine records a second, three partitions, three members that need 0.1 s each. At 20 s Bob is killed without a word. The session timeout is 6 s.",
      zh: "每秒九条记录，三个分区，三个成员，每条处理 0.1 秒。第 20 秒 Bob 突然死掉，一声不吭。会话超时是 6 秒。",
    },
  )
    .note("question", [0, 0], [62, 5], {
      en: "Who reads Bob's partition at 22 s? And what do the other two lanes notice of it?\nWatch: the lag of each lane between 20 and 30 s. Then choose the cooperative assignor.",
      zh: "第 22 秒时，谁在读 Bob 的分区？另外两条泳道会察觉到什么？\n看点：第 20 到 30 秒各泳道的滞后。然后换成协作式分配策略。",
    })
    .producer("web", "web", [0, 17], { rate: 9, batch: 1000 })
    .node("topic", "clicks", "clicks", [20, 15])
    .node(
      "group",
      "counting",
      "counting",
      [44, 8],
      { commit: "batch", offsetReset: "earliest", assignor: "roundrobin", maxPollRecords: 50 },
      { w: 16, h: 25 },
    )
    .within("counting")
    .consumer("ann", "Ann", [3, 3], MEMBER)
    .consumer("bob", "Bob", [3, 10], MEMBER)
    .consumer("cem", "Cem", [3, 17], MEMBER)
    .within()
    .publish("web", "clicks")
    .consume("clicks", "ann")
    .consume("clicks", "bob")
    .consume("clicks", "cem")
    .at(20, "consumer.kill", "bob")
    .scenario(),
  observe: {
    en: "Nobody knows that Bob is dead until his heartbeats have been missing for 6 s; his lane grows by 3 a second meanwhile. Then the group shares its partitions out again, and the others catch up. An eager assignor takes everything from everybody first; the cooperative one leaves the others at work.",
    zh: "要等 Bob 的心跳停了 6 秒，大家才知道他死了；这期间他的泳道每秒多积 3 条。然后组重新分配分区，剩下的成员把滞后追平。急切式分配先收回所有人的分区；协作式则让其他人照常工作。",
  },
  aha: {
    en: "Outage = time to notice + time to share out again.",
    zh: "中断时间 = 发现要多久 + 重新分配要多久。",
  },
  variants: [
    {
      id: "cooperative",
      name: { en: "Cooperative: only what moves stops", zh: "协作式：只停要移动的" },
      change: { "counting.assignor": "cooperative-sticky" },
    },
    {
      id: "patient",
      name: { en: "Session timeout of 20 s: noticed later", zh: "会话超时 20 秒：更晚才发现" },
      change: { "counting.sessionTimeout": 20_000 },
    },
  ],
};
