import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_ACKS_FAILOVER: CatalogueEntry = {
  group: "kafka",
  level: "deep",
  scenario: picture(
    "kafka-acks-failover",
    { en: "What acks promises", zh: "acks 承诺了什么" },
    {
      en: "Three brokers, three replicas, followers 2 s behind. Five records a second with acks=1. At 20 s the leader crashes; at 60 s the other two do.",
      zh: "三个代理、三个副本，追随者慢 2 秒。每秒五条记录，acks=1。第 20 秒领导者崩溃；第 60 秒另外两个也崩溃。",
    },
  )
    .note("question", [0, 0], [64, 5], {
      en: "The producer was told that every record is stored. Are they all there after the crash?\nWatch: “Lost” in the bottom line at 21 s, and the producer's unconfirmed records. Then acks=all with two in-sync replicas at least.",
      zh: "生产者被告知每条都写入成功了。崩溃之后都还在吗？\n看点：第 21 秒底栏的“丢失”，以及生产者未确认的记录数。然后改成 acks=all、至少两个同步副本。",
    })
    .producer("bank", "bank", [0, 14], { rate: 5, acks: "1" })
    .node("cluster", "kafka", "kafka", [18, 8], { brokers: 3, replicaDelay: 2000, restart: 15_000 }, { w: 22, h: 17 })
    .within("kafka")
    .node("topic", "transfers", "transfers", [4, 5], { partitions: 1, replication: 3 })
    .within()
    .node("group", "ledger", "ledger", [46, 8], { commit: "batch", offsetReset: "earliest" }, { w: 16, h: 17 })
    .within("ledger")
    .consumer("booker", "booker", [3, 7], { service: 50 })
    .within()
    .publish("bank", "transfers")
    .consume("transfers", "booker")
    .at(20, "node.crash", "kafka", { node: 1 })
    .at(60, "node.crash", "kafka", { node: 2 })
    .at(60, "node.crash", "kafka", { node: 3 })
    .scenario(),
  observe: {
    en: "With acks=1 the leader alone answers. What the followers had not fetched yet, 2 s of it, dies with the leader: about ten records that the producer takes for stored. acks=all waits until every in-sync replica has a record: nothing is lost, each answer takes 2 s longer, and while only one replica is left with a minimum of two, writes are refused until another is back.",
    zh: "acks=1 时只有领导者说了算。追随者还没拉到的那 2 秒，随领导者一起没了：大约十条，生产者却以为已经存好。acks=all 要等所有同步副本都有：一条不丢，每次答复慢 2 秒；要求至少两个副本而只剩一个时，写入被拒绝，直到有副本回来。",
  },
  aha: {
    en: "Durability is bought with latency, and sometimes with availability.",
    zh: "持久性要用延迟来买，有时还要用可用性来买。",
  },
  variants: [
    {
      id: "all",
      name: { en: "acks=all, at least two in sync: nothing is lost", zh: "acks=all，至少两个同步：一条不丢" },
      change: { "bank.acks": "all", "transfers.minInsync": 2 },
    },
    {
      id: "none",
      name: { en: "acks=0: nobody is even told", zh: "acks=0：连答复都没有" },
      change: { "bank.acks": "0" },
    },
  ],
  intended: ["acks1-with-replicas"],
};
