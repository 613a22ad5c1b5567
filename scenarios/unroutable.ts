import type { Settings } from "../engine/scenario/index.ts";
import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** Every second message has a slip of the pen in its key. */
const sender: Settings = { rate: 4, routingKey: "order.{new|nwe}", key: { k: "roundRobin", n: 2 } };

export const UNROUTABLE: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "unroutable",
    { en: "Published is not delivered", zh: "发布了，不等于送到了" },
    {
      en: "A program misspells a key: every second message says “order.nwe”, and no binding asks for that. Three lanes show what can become of it: nothing is said, the message is returned to its sender (mandatory), or an alternate exchange catches it.",
      zh: "程序把键写错了：每隔一条消息写成 order.nwe，没有任何绑定要它。三路演示三种结局：悄无声息、退回发送方（mandatory）、被备用交换机接住。",
    },
  )
    .note("question", [0, 0], [82, 4], {
      en: "Half of the messages fit no binding. In which lane does somebody notice, and where could the messages still be saved?\nWatch: the unroutable count of the exchanges, the returned count of sender B, and the queue “lost and found”.",
      zh: "一半的消息没有绑定要。哪一路会有人察觉？哪一路的消息还救得回来？\n看点：交换机的不可路由计数、发送方 B 的退回计数，以及 lost and found 队列。",
    })
    .frame("silence", "silence", [0, 5], [82, 10], {
      en: "A · Nothing asked: dropped in silence",
      zh: "A · 什么也没要求：默默丢弃",
    })
    .within("silence")
    .producer("sender-a", "sender A", [2, 3], sender)
    .exchange("orders-a", "orders A", [21, 2])
    .queue("new-a", "new A", [45, 3])
    .consumer("worker-a", "worker A", [69, 3], { service: 50 })
    .within()
    .frame("returned", "returned", [0, 16], [82, 10], {
      en: "B · mandatory: returned to the sender",
      zh: "B · mandatory：退回发送方",
    })
    .within("returned")
    .producer("sender-b", "sender B", [2, 3], { ...sender, mandatory: true })
    .exchange("orders-b", "orders B", [21, 2])
    .queue("new-b", "new B", [45, 3])
    .consumer("worker-b", "worker B", [69, 3], { service: 50 })
    .within()
    .frame("caught", "caught", [0, 27], [82, 19], { en: "C · alternate exchange: caught", zh: "C · 备用交换机：接住" })
    .within("caught")
    .producer("sender-c", "sender C", [2, 3], sender)
    .exchange("orders-c", "orders C", [21, 2])
    .queue("new-c", "new C", [45, 3])
    .consumer("worker-c", "worker C", [69, 3], { service: 50 })
    .exchange("rest", "the rest", [21, 11], { type: "fanout" })
    .queue("found", "lost and found", [45, 12])
    .consumer("clerk", "clerk", [69, 12], { service: 300 })
    .within()
    .publish("sender-a", "orders-a")
    .bind("orders-a", "new-a", { key: "order.new" })
    .consume("new-a", "worker-a")
    .publish("sender-b", "orders-b")
    .bind("orders-b", "new-b", { key: "order.new" })
    .consume("new-b", "worker-b")
    .publish("sender-c", "orders-c")
    .bind("orders-c", "new-c", { key: "order.new" })
    .consume("new-c", "worker-c")
    .alternate("orders-c", "rest")
    .bind("rest", "found")
    .consume("found", "clerk")
    .scenario(),
  observe: {
    en: "In each lane 2 of 4 messages a second go astray. A drops them and nobody is told; B's sender gets every one back; C's clerk finds every one in “lost and found”.",
    zh: "每一路每秒 4 条里有 2 条走失。A 路丢弃，没人知道；B 路的发送方一条不少地收到退件；C 路的办事员在 lost and found 里一条不少地找到。",
  },
  aha: {
    en: "The broker accepts what nobody wants, and is right to: whether that is a mistake only you know. So say what is to happen.",
    zh: "没人要的消息，代理也照收，而且它没有错：这是不是失误，只有你知道。所以，要由你说清楚怎么办。",
  },
  variants: [
    {
      id: "a-wider-binding",
      name: {
        en: "A topic exchange in lane A with the key order.*: the mistake does no harm",
        zh: "A 路改用主题交换机、键 order.*：写错也无妨",
      },
      change: { "orders-a.type": "topic", "orders-a-new-a.key": "order.*" },
    },
  ],
  // The misspelt key.
  intended: ["key-matches-nothing"],
};
