import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** Both roads are drawn; the producer's routing key is the switch: `any` for the shared queue, `{key}` for a queue per customer. */
export const ORDER_LOST: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "order-lost",
    { en: "Order lost", zh: "顺序丢了" },
    {
      en: "Bookings of four customers, A to D, 5 a second, each 0.05 to 0.5 s of work. One worker cannot keep up, so three share the queue, and now a customer's withdrawal may be booked before the deposit that came first.",
      zh: "A 到 D 四位客户的记账请求，每秒 5 条，每条 0.05 到 0.5 秒。一个人做不过来，于是三个人分一个队列；可这样一来，同一位客户后到的取款可能先于先到的存款入账。",
    },
  )
    .note("question", [0, 0], [65, 4], {
      en: "How can the bookings of each customer stay in order, without going back to a single worker?\nWatch: “Out of order” in the document's panel. Then let the bank publish with the routing key {key}: the messages take the lower road.",
      zh: "怎样让每位客户的记账不乱序，又不必退回到一个人做？\n看点：文档面板里的“乱序”。然后把 bank 的路由键改成 {key}：消息就改走下面的路。",
    })
    .producer("bank", "bank", [0, 21], { rate: 5, key: { k: "uniform", n: 4 }, routingKey: "any" })
    .exchange("bookings", "bookings", [18, 20])
    .frame("shared", "lane-a", [32, 5], [33, 9], { en: "One queue, three workers", zh: "一个队列，三个工作进程" })
    .frame("split", "lane-b", [32, 15], [33, 27], {
      en: "A queue and a worker per customer",
      zh: "每位客户一个队列、一个工作进程",
    })
    .within("shared")
    .queue("any", "any-customer", [2, 3])
    .consumer("workers", "workers", [21, 3], { service: { d: "uniform", min: 50, max: 500 }, instances: 3 })
    .within("split")
    .queue("queue-a", "customer-a", [2, 3])
    .queue("queue-b", "customer-b", [2, 9])
    .queue("queue-c", "customer-c", [2, 15])
    .queue("queue-d", "customer-d", [2, 21])
    .consumer("worker-a", "worker-a", [21, 3], { service: { d: "uniform", min: 50, max: 500 } })
    .consumer("worker-b", "worker-b", [21, 9], { service: { d: "uniform", min: 50, max: 500 } })
    .consumer("worker-c", "worker-c", [21, 15], { service: { d: "uniform", min: 50, max: 500 } })
    .consumer("worker-d", "worker-d", [21, 21], { service: { d: "uniform", min: 50, max: 500 } })
    .within()
    .publish("bank", "bookings")
    .bind("bookings", "any", { key: "any" })
    .bind("bookings", "queue-a", { key: "A" })
    .bind("bookings", "queue-b", { key: "B" })
    .bind("bookings", "queue-c", { key: "C" })
    .bind("bookings", "queue-d", { key: "D" })
    .consume("any", "workers")
    .consume("queue-a", "worker-a")
    .consume("queue-b", "worker-b")
    .consume("queue-c", "worker-c")
    .consume("queue-d", "worker-d")
    .scenario(),
  observe: {
    en: "Three workers keep up, but every few seconds a short booking overtakes a longer one of the same customer. One worker keeps the order and falls behind: 3.6/s of 5. A queue per customer does both, because only one worker ever sees a customer.",
    zh: "三个人跟得上，但每隔几秒，就有一笔短的记账超过同一客户更早的一笔。一个人做不会乱，却只能做 3.6/s，跟不上 5/s。每位客户一个队列则两全其美：同一客户的消息永远只经过一个人的手。",
  },
  aha: {
    en: "Competing consumers trade order for speed. Order is needed per customer, not for all: split by key and have both.",
    zh: "竞争消费者是拿顺序换速度。其实顺序只在同一客户内才要紧：按键拆分，顺序与速度兼得。",
  },
  variants: [
    {
      id: "split-by-key",
      name: { en: "Split by key: in order, and fast enough", zh: "按键拆分：不乱序，也够快" },
      change: { "bank.routingKey": "{key}" },
    },
    {
      id: "one-worker",
      name: { en: "One worker: in order, but only 3.6/s", zh: "只留一个：不乱序，但每秒只能做 3.6 条" },
      change: { "workers.instances": 1 },
    },
  ],
  intended: ["overload"],
};
