import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const SYNC_VS_ASYNC: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "sync-vs-async",
    { en: "Synchronous or asynchronous", zh: "同步与异步" },
    {
      en: "An order needs three steps: stock 100 ms, payment 300 ms, mail 200 ms. In lane A the web page waits while one calls the next; in lane B it hands the order over, gets a confirm, and the three steps go on by themselves.",
      zh: "一个订单要三步：扣库存 100 毫秒、支付 300 毫秒、发邮件 200 毫秒。A 道里，网页等着它们一个接一个做完；B 道里，网页把订单交出去、拿到确认就走，三步各自进行。",
    },
  )
    .note("question", [0, 0], [90, 4], {
      en: "Both pages take one order a second, and both have the same work behind them. How long does each user look at a spinning wheel?\nWatch: the response time of web-a and of web-b. Select one to see its charts.",
      zh: "两个网页都是每秒一单，背后的工作也完全一样。用户各要对着转圈等多久？\n看点：web-a 和 web-b 的响应时间。选中节点，就能看到它的图表。",
    })
    .frame("sync", "lane-a", [0, 5], [90, 19], { en: "A: wait for the whole chain", zh: "A：等整条链做完" })
    .frame("async", "lane-b", [0, 25], [90, 21], { en: "B: confirm, then go on", zh: "B：确认后各做各的" })
    .within("sync")
    .producer("web-a", "web-a", [2, 3], { rate: 1, waitFor: "reply" })
    .queue("to-stock", "to-stock", [20, 3])
    .service("stock-a", "stock-a", [39, 3], { service: 100 })
    .queue("to-payment", "to-payment", [57, 3])
    .service("payment-a", "payment-a", [76, 3], { service: 300 })
    .queue("to-mail", "to-mail", [57, 10])
    .service("mail-a", "mail-a", [76, 10], { service: 200, then: "reply" })
    .within("async")
    .producer("web-b", "web-b", [2, 9], { rate: 1, waitFor: "confirm" })
    .exchange("orders", "orders", [21, 8], { type: "fanout" })
    .queue("stock", "stock", [42, 3])
    .queue("payment", "payment", [42, 9])
    .queue("mail", "mail", [42, 15])
    .consumer("stock-b", "stock-b", [64, 3], { service: 100 })
    .consumer("payment-b", "payment-b", [64, 9], { service: 300 })
    .consumer("mail-b", "mail-b", [64, 15], { service: 200 })
    .within()
    .publish("web-a", "to-stock")
    .consume("to-stock", "stock-a")
    .publish("stock-a", "to-payment")
    .consume("to-payment", "payment-a")
    .publish("payment-a", "to-mail")
    .consume("to-mail", "mail-a")
    .publish("web-b", "orders")
    .bind("orders", "stock")
    .bind("orders", "payment")
    .bind("orders", "mail")
    .consume("stock", "stock-b")
    .consume("payment", "payment-b")
    .consume("mail", "mail-b")
    .scenario(),
  observe: {
    en: "A answers after 100 + 300 + 200 ms and four trips of 5 ms: about 620 ms. B answers after one round trip and the broker's write to disk: about 15 ms. The work takes as long as before; nobody watches it.",
    zh: "A 要 100 + 300 + 200 毫秒，再加四趟 5 毫秒的路程，约 620 毫秒才回应。B 只要一个来回加上消息代理写盘，约 15 毫秒。活儿一点没少，只是没人在旁边干等。",
  },
  aha: {
    en: "The user waits for the slowest chain only if you make them. What need not be done before the answer can be a message.",
    zh: "用户要不要陪着最慢的那条链等，由你决定。回答之前不必做完的事，就可以是一条消息。",
  },
  variants: [
    {
      id: "slow-payment",
      name: {
        en: "Payment takes 800 ms: A's users wait half a second longer, B's do not notice",
        zh: "支付慢到 800 毫秒：A 的用户多等半秒，B 的用户毫无感觉",
      },
      change: { "payment-a.service": 800, "payment-b.service": 800 },
    },
    {
      id: "rush",
      name: {
        en: "4 orders a second: payment cannot follow. A's users wait longer and longer, in B only the queue grows",
        zh: "每秒 4 单，支付跟不上：A 的用户越等越久，B 里变长的只是队列",
      },
      change: { "web-a.rate": 4, "web-b.rate": 4 },
    },
  ],
  intended: ["overload"],
};
