import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** Seconds in each waiting room, before the second, third and fourth try. */
const PAUSES = [1, 4, 16] as const;
/** Tries and waiting rooms stand in one column, in the order in which a failing message passes them. */
const ROW = 7;

const drawing = picture(
  "retry-backoff-dlq",
  { en: "Retry with patience", zh: "有耐心的重试" },
  {
    en: "Every fifth try fails, for a reason that passes: a payment service that is away for a moment. What failed waits 1 s, then 4 s, then 16 s in a queue without consumers, whose messages expire into the next try. After four tries it is parked for a person. (Programs often use one queue and count the tries in the x-death header.)",
    zh: "每五次有一次失败，原因是一时的：比如支付服务断线。失败的消息在没有消费者的队列里等 1 秒、4 秒、16 秒，过期后转进下一次尝试。第四次还不行，就搁下等人来看。（实际程序常只用一个队列，靠 x-death 头数次数。）",
  },
)
  .producer("shop", "shop", [0, 0], { rate: 5, arrival: "exponential" })
  .note("question", [0, 9], [21, 14], {
    en: "One try of five fails. Of 10 000 orders, how many end in “parked” after four tries? And how long does the ordinary order take?\nWatch: each try sees a fifth of the one above. The queues “wait” cannot be hurried: their messages leave only by expiring (TTL), into the next try.",
    zh: "五次尝试有一次失败。10 000 个订单里，有几个四次之后落到 parked？普通的订单又要多久？\n看点：每次尝试的流量都是上一次的五分之一。wait 队列谁也催不动：消息只有过期（TTL）才离开，流入下一次尝试。",
  });

for (const [i, pause] of [0, ...PAUSES].entries()) {
  const n = i + 1;
  const y = 2 * i * ROW;
  if (pause > 0) drawing.queue(`wait-${i}`, `wait ${pause} s`, [31, y - ROW], { messageTtl: pause * 1000 });
  drawing.queue(`try-${n}`, `try ${n}`, [31, y]).consumer(`worker-${n}`, `worker ${n}`, [54, y], {
    service: { d: "exponential", mean: 80 },
    failRate: 0.2,
    onFail: "reject",
  });
}
drawing.queue("parked", "parked", [31, 7 * ROW]).publish("shop", "try-1");
for (let n = 1; n <= 4; n++) {
  drawing.consume(`try-${n}`, `worker-${n}`).deadLetter(`try-${n}`, n < 4 ? `wait-${n}` : "parked");
  if (n < 4) drawing.deadLetter(`wait-${n}`, `try-${n + 1}`);
}

export const RETRY_BACKOFF_DLQ: CatalogueEntry = {
  group: "rabbitmq",
  level: "deep",
  scenario: drawing.scenario(),
  observe: {
    en: "5, 1, 0.2 and 0.04 tries a second, from the first try to the fourth. 0.2⁴ = 0.16 % end in “parked”: one order in two minutes. Half of all orders are done within a second, because four of five need no second try.",
    zh: "从第一次到第四次，每秒 5、1、0.2、0.04 次尝试。0.2⁴ = 0.16% 落到 parked：大约两分钟一个。一半的订单一秒内完成，因为五个里有四个不需要第二次。",
  },
  aha: {
    en: "Patience beats repetition: wait longer after each failure, stop at some time, and keep what is left for a person.",
    zh: "耐心胜过重复：每失败一次就多等一会儿，到一定次数就停，剩下的留给人看。",
  },
  variants: [
    {
      id: "no-patience",
      name: {
        en: "Put back at once: as fast, but nothing ever stops trying",
        zh: "立刻放回去：一样快，但永远不会停止尝试",
      },
      change: { "worker-1.onFail": "requeue" },
    },
    {
      id: "bad-day",
      name: {
        en: "A bad day, every second try fails: 6 % are parked",
        zh: "糟糕的一天，两次就有一次失败：6% 被搁起来",
      },
      change: {
        "worker-1.failRate": 0.5,
        "worker-2.failRate": 0.5,
        "worker-3.failRate": 0.5,
        "worker-4.failRate": 0.5,
      },
    },
  ],
  // “parked” waits for a person.
  intended: ["no-consumer"],
};
