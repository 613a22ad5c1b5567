import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const SENDER = { rate: 5, waitFor: "confirm", timeout: 2000, retries: null, backoff: { b: "fixed", ms: 500 } } as const;

export const NETWORK_PARTITION: CatalogueEntry = {
  group: "rabbitmq",
  level: "deep",
  scenario: picture(
    "network-partition",
    { en: "Cut off with the minority", zh: "落在少数派那一边" },
    {
      en: "Three nodes keep a quorum queue. Two offices send five orders a second and send again what is not confirmed within two seconds. From 20 s to 40 s the network is cut in two: node 1, which leads the queue, and the north office are on one side, nodes 2 and 3, the south office and the reader on the other.",
      zh: "三个节点共同维护一个仲裁队列。两个办事处每秒各发 5 单，两秒内没有确认就重发。第 20 到 40 秒网络断成两半：一边是领导者节点 1 和北办事处，另一边是节点 2、3、南办事处和读取方。",
    },
  )
    .note("question", [0, 0], [70, 4], {
      en: "On which side can an order still be confirmed? What becomes of the orders of the other side when the network is healed: lost, or there twice?\nWatch: confirms of both offices, their unconfirmed orders, and duplicates at the reader.",
      zh: "断网期间，哪一边的订单还能得到确认？网络恢复后，另一边的订单会怎样：丢了，还是有两份？\n看点：两个办事处的确认数、未确认的订单，以及读取方的重复数。",
    })
    .producer("north", "north office", [0, 9], SENDER)
    .producer("south", "south office", [0, 17], SENDER)
    .broker("rabbit", "rabbit", [20, 7], [26, 17], { nodes: 3, election: 1000 })
    .queue("orders", "orders", [7, 7], { queueType: "quorum" }, { parent: "rabbit" })
    .consumer("reader", "reader", [57, 13], { service: 50, prefetch: 10 })
    .publish("north", "orders")
    .publish("south", "orders")
    .consume("orders", "reader")
    .at(20, "node.stop", "rabbit", { node: 1 }, 40)
    .at(20, "network.partition", "system", { nodes: ["north"] }, 40)
    .scenario(),
  observe: {
    en: "The south goes on after a pause: two of three nodes are a majority, choose a leader and confirm. In the north not one order is confirmed for twenty seconds: node 1 by itself is a minority and may promise nothing, so it stands still. When the network is healed the north’s orders of those twenty seconds are sent again and all arrive. Nothing that was confirmed is lost, and there is one queue, not two.",
    zh: "南边停顿片刻后继续：三个节点里的两个是多数派，选出新的领导者，照常确认。北边二十秒内一单也得不到确认：节点 1 独自是少数派，什么都不能承诺，只好停下。网络恢复后，北边那二十秒的订单重发过来，全部到齐。确认过的一条不丢，队列也始终只有一个。",
  },
  aha: {
    en: "No majority, no promise: the side that cannot know what the other one does must not answer.",
    zh: "没有多数，就没有承诺：不知道另一边在做什么的那一方，不能作答。",
  },
  variants: [
    {
      id: "impatient",
      name: {
        en: "The offices give up after two more tries: the north’s orders fail, and it knows which",
        zh: "办事处重发两次就放弃：北边的订单失败了，但它知道是哪些",
      },
      change: { "north.retries": 2, "south.retries": 2 },
    },
    {
      id: "careless",
      name: {
        en: "Send and forget: the north’s hundred orders are lost, and nobody notices",
        zh: "发完就忘：北边的一百单丢了，没人察觉",
      },
      change: { "north.waitFor": "nothing", "south.waitFor": "nothing" },
    },
  ],
};
