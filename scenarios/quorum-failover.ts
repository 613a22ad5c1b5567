import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const SENDER = { rate: 10, waitFor: "confirm", timeout: 2000, retries: 20, backoff: { b: "fixed", ms: 500 } } as const;

export const QUORUM_FAILOVER: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "quorum-failover",
    { en: "The majority survives", zh: "多数派还在，队列就在" },
    {
      en: "A cluster of three nodes holds two queues. The quorum queue keeps a copy on every node; the classic one lives on node 1 alone. Both senders put 10 messages a second into their queue and wait for the confirm of each. At 20 s node 1, which leads the quorum queue, crashes; ten seconds later it is back.",
      zh: "三个节点组成的集群里有两个队列：仲裁队列在每个节点上都有副本，经典队列只在节点 1 上。两个发送方每秒各发 10 条，每条都等确认。第 20 秒节点 1 崩溃——它正是仲裁队列的领导者；十秒后恢复。",
    },
  )
    .note("question", [0, 0], [70, 4], {
      en: "How long does each queue stand still after the crash? Is anything lost that had been confirmed?\nWatch: the confirm rate of both senders, “no leader” on the queues, and “Lost” in the bottom line.",
      zh: "崩溃之后，两个队列各停多久？已经确认过的消息会丢吗？\n看点：两个发送方的确认速率、队列上的“没有领导者”，以及底栏的“丢失”。",
    })
    .producer("careful", "careful", [0, 11], SENDER)
    .producer("same", "just as careful", [0, 21], SENDER)
    .broker("rabbit", "rabbit", [19, 6], [26, 23], { nodes: 3, election: 1000, restart: 10_000 })
    .queue("replicated", "replicated", [7, 4], { queueType: "quorum" }, { parent: "rabbit" })
    .queue("alone", "alone", [7, 14], {}, { parent: "rabbit" })
    .consumer("reader", "reader", [56, 11], { service: 50, prefetch: 10 })
    .consumer("other", "other reader", [56, 21], { service: 50, prefetch: 10 })
    .publish("careful", "replicated")
    .publish("same", "alone")
    .consume("replicated", "reader")
    .consume("alone", "other")
    .at(20, "node.crash", "rabbit", { node: 1 })
    .scenario(),
  observe: {
    en: "The quorum queue pauses for a second: the two nodes that are left choose a new leader, what was published meanwhile waits and is confirmed then, and nothing is lost. The classic queue is away for ten seconds: what it holds stays safe on node 1’s disk, but the 100 published meanwhile match no queue that is there. The broker confirms and drops them: a confirm says that the broker has dealt with a message, not that a queue has it.",
    zh: "仲裁队列只停一秒：剩下的两个节点选出新的领导者，这期间发来的消息先等着，随后得到确认，一条不丢。经典队列停了十秒：里面的消息安然留在节点 1 的磁盘上，可这期间发来的 100 条找不到可用的队列，消息代理照样确认，然后丢弃。确认只表示“代理处理过了”，不表示“有队列收下了”。",
  },
  aha: {
    en: "A majority can lose a member and go on. One copy can only wait for its node.",
    zh: "多数派少一个成员照样工作；只有一份副本，就只能等那个节点回来。",
  },
  // One copy is what the second queue is there for.
  intended: ["single-replica"],
  variants: [
    {
      id: "mandatory",
      name: {
        en: "The sender to the classic queue asks for mandatory: it is told of all 100",
        zh: "往经典队列发送时要求 mandatory：那 100 条全部退回，发送方知情",
      },
      change: { "same.mandatory": true },
    },
    {
      id: "both-quorum",
      name: {
        en: "Both as quorum queues: nobody notices more than a pause",
        zh: "两个都用仲裁队列：谁都只感到片刻停顿",
      },
      change: { "alone.queueType": "quorum" },
    },
    {
      id: "two-nodes",
      name: {
        en: "A cluster of two: one node is no majority, the quorum queue waits too",
        zh: "只有两个节点：剩下一个不是多数派，仲裁队列也只能等",
      },
      change: { "rabbit.nodes": 2 },
    },
  ],
};
