import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const RPC_OVER_QUEUE: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "rpc-over-queue",
    { en: "A call over queues", zh: "用队列做远程调用" },
    {
      en: "A client asks three questions a second and goes on asking while it waits. Two servers take them from one queue: one answers in 0.1 s, the other needs 0.6 s. The answers come back through a queue that belongs to the client's connection alone (exclusive, so it is not drawn).",
      zh: "客户端每秒问三个问题，不等回答就接着问。两台服务器从同一个队列取问题：一台 0.1 秒答完，另一台要 0.6 秒。回答经由一个只属于客户端连接的队列送回（独占队列，图上不画）。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "The quick server overtakes the slow one, so the answers do not come in the order of the questions. How does the client know which answer belongs to which question?\nWatch: square tokens are replies, and carry the number of their request. The client's face counts what it still waits for.",
      zh: "快的服务器会超过慢的，回答的次序和提问的次序就对不上了。客户端怎么知道哪个回答对应哪个问题？\n看点：方形令牌是回复，带着所答请求的编号。客户端的图标上数着还在等几个回答。",
    })
    .producer("client", "client", [0, 11], { rate: 3, waitFor: "reply", timeout: 5000, retries: 0 })
    .queue("requests", "requests", [23, 11])
    .service("quick", "quick server", [48, 7], { service: 100, then: "reply" })
    .service("slow", "slow server", [48, 15], { service: 600, then: "reply" })
    .publish("client", "requests")
    .consume("requests", "quick")
    .consume("requests", "slow")
    .scenario(),
  observe: {
    en: "Half of the answers take 0.11 s, half 0.61 s, and they arrive out of order. None is left over and none is missing: the correlation id of each reply is that of its request.",
    zh: "一半的回答用 0.11 秒，一半 0.61 秒，到得也不按次序。但一个不多、一个不少：每个回复的关联标识（correlation id）就是它那个请求的。",
  },
  aha: {
    en: "A call is two messages and an id. Order is not needed; a number on the question and the same on the answer is enough.",
    zh: "一次调用就是两条消息加一个编号。不需要次序：问题上写个号，回答上写同一个号，就够了。",
  },
  variants: [
    {
      id: "impatient",
      name: {
        en: "A client that gives up after 0.5 s: the slow answers arrive, and nobody knows them any more",
        zh: "客户端 0.5 秒就放弃：慢的回答还是会到，却没有人认得了",
      },
      change: { "client.timeout": 500 },
    },
    {
      id: "direct-reply-to",
      name: {
        en: "Direct reply-to: no reply queue at all, the same answers",
        zh: "直接回复（direct reply-to）：连回复队列都不要，回答照样到",
      },
      change: { "client.replyTo": "direct" },
    },
    {
      id: "one-at-a-time",
      name: {
        en: "A client that waits for each answer: in order, and at most as fast as the answers come",
        zh: "等到回答再问下一个：次序对了，快慢却由回答决定",
      },
      change: { "client.window": 1 },
    },
  ],
};
