import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const PREFETCH_DISTANCE: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "prefetch-distance",
    { en: "Prefetch and distance", zh: "预取与距离" },
    {
      en: "Ninety messages a second, and a worker who needs 10 ms for each: 100 a second, enough. But it works far away, 50 ms there and 50 ms back, and may hold only one message at a time (prefetch 1).",
      zh: "每秒 90 条消息，消费者每条 10 毫秒，每秒能做 100 条，够了。可是它离得远，去 50 毫秒、回 50 毫秒，而且手里一次只许拿一条（预取数 1）。",
    },
  )
    .note("question", [0, 0], [63, 6], {
      en: "The worker is fast enough and yet the queue grows by 80 a second. What is it doing all the time? How many messages must be on the way so that it never stands idle?\nWatch: the worker's utilisation. Then raise its prefetch to 5, 10, 20.",
      zh: "消费者明明够快，队列却每秒多出 80 条。它的时间都到哪儿去了？路上要有几条消息，它才不会闲着？\n看点：消费者的利用率。然后把预取调到 5、10、20。",
    })
    .producer("source", "source", [0, 8], { rate: 90 })
    .queue("line", "line", [22, 8])
    .consumer("far", "far away", [53, 8], { service: 10 })
    .publish("source", "line")
    .consume("line", "far", { latency: 50 })
    .scenario(),
  observe: {
    en: "With prefetch 1 the next message starts only when the ack has come home: 50 + 10 + 50 ms, about 9 a second, 9 % busy. With 10 or more the worker always has one in hand and keeps up.",
    zh: "预取数为 1 时，确认回到家，下一条才出发：50 + 10 + 50 毫秒，每秒约 9 条，只忙 9%。预取数 10 以上，它手里总有活，就跟上了。",
  },
  aha: {
    en: "Prefetch must cover the round trip: as many messages as fit into it, and not many more.",
    zh: "预取要盖过一个来回：来回的时间里做得完几条，就预取几条，多了也没用。",
  },
  variants: [
    {
      id: "prefetch-5",
      name: { en: "Prefetch 5: 45 a second, half of what comes", zh: "预取 5：每秒 45 条，只有来的一半" },
      change: { "far.prefetch": 5 },
    },
    {
      id: "prefetch-10",
      name: {
        en: "Prefetch 10: 10 in 110 ms are 91 a second, just enough",
        zh: "预取 10：110 毫秒 10 条，每秒 91 条，刚好够",
      },
      change: { "far.prefetch": 10 },
    },
    {
      id: "prefetch-20",
      name: { en: "Prefetch 20: with something to spare", zh: "预取 20：还有余裕" },
      change: { "far.prefetch": 20 },
    },
    {
      id: "prefetch-50",
      name: { en: "Prefetch 50: no better, only more in hand", zh: "预取 50：并不更快，只是手里攥得更多" },
      change: { "far.prefetch": 50 },
    },
  ],
  // A round trip for each message is too slow for what comes.
  intended: ["overload"],
};
