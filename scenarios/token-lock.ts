import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const WORKER = { service: 500, then: "publish" } as const;

export const TOKEN_LOCK: CatalogueEntry = {
  group: "rabbitmq",
  level: "deep",
  scenario: picture(
    "token-lock",
    { en: "A message as a lock", zh: "一条消息当锁用" },
    {
      en: "The queue “lock” holds one message, the key. Whoever has it may work; when the work is done it publishes the key again and acknowledges the old one. Three workers take turns, half a second each. At 10.2 s worker C is killed with the key in hand, and started again at 14 s. From 20 s on worker A hangs: it takes the key and does nothing. The queue takes back what is not acknowledged within 20 s.",
      zh: "队列 lock 里只有一条消息：钥匙。谁拿到谁才能干活，干完先把钥匙发回去，再确认旧的那条。三个工作进程轮流，每次半秒。第 10.2 秒，正拿着钥匙的 C 被强制终止，第 14 秒重新启动。从第 20 秒起 A 卡住：拿了钥匙却什么也不做。队列会收回 20 秒内没有确认的消息。",
    },
  )
    .note("question", [0, 0], [68, 4], {
      en: "Can two ever work at once? How long does everybody wait when the holder dies, and how long when it only hangs?\nWatch: “in flight” of the three workers, never more than one together; and the lock’s unacked message.",
      zh: "会不会有两个同时在干活？拿钥匙的死掉时大家等多久？只是卡住时又等多久？\n看点：三个工作进程的“处理中”加起来不超过一，以及 lock 里那条未确认的消息。",
    })
    .producer("smith", "key maker", [0, 15], { rate: 1, limit: 1 })
    .queue("lock", "lock", [22, 15], { queueType: "quorum", ackTimeout: 20_000 })
    .service("a", "worker A", [52, 6], WORKER)
    .service("b", "worker B", [52, 15], WORKER)
    .service("c", "worker C", [52, 24], WORKER)
    .publish("smith", "lock")
    .consume("lock", "a")
    .consume("lock", "b")
    .consume("lock", "c")
    .publish("a", "lock")
    .publish("b", "lock")
    .publish("c", "lock")
    .at(10.2, "consumer.kill", "c", {}, 14)
    .at(20, "consumer.hang", "a")
    .scenario(),
  observe: {
    en: "One works at a time: there is one message, and the queue gives it to one. When C is killed its connection drops, the unacknowledged key is back at once, and the next worker goes on: nobody waits. When A hangs its connection is alive, so the broker believes that it works: all wait until the 20 s are over. Then A’s channel is closed, and B and C go on without it.",
    zh: "同一时间只有一个在干活：消息只有一条，队列只给一个。C 被终止时连接断开，未确认的钥匙立刻回到队列，下一个接着干，谁也不用等。A 卡住时连接还在，消息代理以为它在干活，大家只能等满 20 秒；然后 A 的信道被关闭，B 和 C 继续，不再带它。",
  },
  aha: {
    en: "A lock is a message that somebody holds. A crash gives it back; a hang keeps it until a timeout decides that the holder is dead.",
    zh: "锁就是一条有人拿着的消息。崩溃会把它还回来；卡住则一直占着，直到超时认定拿着的人已经死了。",
  },
  // The key goes round for ever, which is what it is for; the auto variant shows the loss.
  intended: ["overload", "service-loop", "auto-ack-can-lose"],
  variants: [
    {
      id: "no-timeout",
      name: {
        en: "The product’s own half hour: everybody waits for the one that hangs",
        zh: "用产品默认的半小时：所有人都在等那个卡住的",
      },
      change: { "lock.ackTimeout": null },
    },
    {
      id: "auto",
      name: {
        en: "Acknowledge on delivery: the killed worker takes the key with it, and nobody ever works again",
        zh: "一投递就确认：被终止的进程把钥匙带走了，谁也干不了活",
      },
      change: { "a.ack": "auto", "b.ack": "auto", "c.ack": "auto" },
    },
  ],
};
