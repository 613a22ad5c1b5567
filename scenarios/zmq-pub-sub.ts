import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const ZMQ_PUB_SUB: CatalogueEntry = {
  group: "zeromq",
  level: "core",
  scenario: picture(
    "zmq-pub-sub",
    { en: "A late and a slow subscriber", zh: "迟到的订阅者与慢的订阅者" },
    {
      en: "A PUB socket sends 10 prices a second. One subscriber keeps up, one joins after 2 s, one works on only 2 a second. Each connection has room for 50 on either side.",
      zh: "PUB 套接字每秒发 10 条报价。一个订阅者跟得上，一个 2 秒后才加入，一个每秒只处理 2 条。每条连接两端各有 50 个位置。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "Does the late one get what was sent before it came? When does the slow one begin to lose prices, and does that hurt the fast one?\nWatch: “dropped” on prices, “processed” on the three.",
      zh: "迟到者能补上之前发的吗？慢的从什么时候开始丢报价？会不会连累快的？\n看点：prices 的“丢弃”，三个订阅者的“已处理”。",
    })
    .socket("prices", "PUB", [0, 16], { rate: 10, start: 50, sndHwm: 50 })
    .socket("fast", "SUB", [30, 9], { service: 10, rcvHwm: 50 })
    .socket("late", "SUB", [30, 16], { service: 10, rcvHwm: 50 })
    .socket("slow", "SUB", [30, 23], { service: 500, rcvHwm: 50 })
    .pipe("prices", "fast")
    .pipe("prices", "late")
    .pipe("prices", "slow")
    .at(0, "consumer.stop", "late", {}, 2)
    .scenario(),
  observe: {
    en: "What was published before a subscriber was there is gone for it: the late one misses about 20. For the slow one 50 wait on its own side and 50 on the publisher's; after some 10 s both are full and PUB drops what does not fit, for this one only. Room comes back in batches of half the mark, so the drops come in gaps. The fast one loses nothing.",
    zh: "订阅者到来之前发布的，对它来说就没有了：迟到者错过约 20 条。慢的那个，自己这边排 50 条，发布方那边再排 50 条；约 10 秒后两边都满，放不下的 PUB 就丢，只对它丢。空位按高水位的一半成批交还，所以是一阵一阵地丢。快的一条不丢。",
  },
  aha: {
    en: "Loss belongs to the subscriber: each has its own queue, and its own gaps.",
    zh: "丢不丢是各人的事：每个订阅者有自己的队列，也有自己的缺口。",
  },
  variants: [
    {
      id: "patient",
      name: {
        en: "No marks: nothing is dropped, the publisher's memory grows",
        zh: "不设高水位：一条不丢，发布方内存一直涨",
      },
      change: { "prices.sndHwm": 0, "slow.rcvHwm": 0 },
    },
  ],
  intended: ["pubsub-no-persistence", "subscriber-drops"],
};
