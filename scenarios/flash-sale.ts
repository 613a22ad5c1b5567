import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const FLASH_SALE: CatalogueEntry = {
  group: "general",
  level: "deep",
  scenario: picture(
    "flash-sale",
    { en: "A flash sale, all of it", zh: "秒杀全景" },
    {
      en: "A shop sells 3 000 pieces: 20 orders a second, and 200 from 20 s to 30 s. Each order goes through one exchange to four queues: stock takes a piece, pay asks the bank (which refuses 2 % and recognises an order it has seen), mail and points follow when they can. At 24 s the line from the web servers to the broker breaks for a second.",
      zh: "商店有 3000 件商品：平时每秒 20 单，第 20 到 30 秒每秒 200 单。每个订单经一个交换机进入四个队列：stock 扣库存；pay 找银行扣款（银行会拒绝 2%，也认得出见过的订单）；mail 和 points 有空再做。第 24 秒，网站到消息代理的线路断了一秒。",
    },
  )
    .note("question", [0, 0], [72, 5], {
      en: "Ten times the usual load, a line that breaks, cards that are refused. Which of the four must keep up, which may come later? And what does the broken second cost: 200 orders, or 10 pieces too many?\nWatch: “Lost”, the processed of stock against 3 000, and the end-to-end delay of pay.",
      zh: "十倍于平时的流量，会断的线路，会被拒的银行卡。四个环节里，谁必须跟上，谁可以晚点？断线那一秒的代价是什么：丢掉 200 单，还是多卖出十来件？\n看点：“丢失”，stock 的已处理与 3000 的差，以及 pay 的端到端延迟。",
    })
    .producer("web", "web", [0, 22], {
      rate: 20,
      limit: 3000,
      routingKey: "order.new",
      pattern: {
        p: "steps",
        steps: [
          { t: 20_000, rate: 200 },
          { t: 30_000, rate: 20 },
        ],
      },
    })
    .exchange("orders", "orders", [18, 22], { type: "topic" })
    .queue("stock-q", "stock queue", [34, 8])
    .queue("pay-q", "pay queue", [34, 18])
    .queue("mail-q", "mail queue", [34, 28])
    .queue("points-q", "points queue", [34, 38])
    .consumer("stock", "stock", [54, 8], { service: 20, instances: 6 })
    .consumer("pay", "pay", [54, 18], {
      service: 200,
      instances: 20,
      failRate: 0.02,
      onFail: "reject",
      dedup: 10_000,
    })
    .consumer("mail", "mail", [54, 28], { service: 250, instances: 10 })
    .consumer("points", "points", [54, 38], { service: 50, instances: 2 })
    .queue("refused", "refused", [72, 18])
    .publish("web", "orders", { latency: 50 })
    .bind("orders", "stock-q", { key: "order.new" })
    .bind("orders", "pay-q", { key: "order.new" })
    .bind("orders", "mail-q", { key: "order.*" })
    .bind("orders", "points-q", { key: "order.#" })
    .consume("stock-q", "stock")
    .consume("pay-q", "pay")
    .consume("mail-q", "mail")
    .consume("points-q", "points")
    .deadLetter("pay-q", "refused")
    .at(24, "edge.cut", "web-orders", {}, 25)
    .scenario(),
  observe: {
    en: "As drawn, the second without a line costs 200 orders. With confirms none is lost, but 11 had arrived whose confirms had not: they come twice, and stock gives away 11 pieces too many, unless it remembers what it has seen. Twenty workers at pay do 100 a second: a thousand orders pile up and the last waits 10 s; thirty keep it under 5 s. Mail is 40 s behind at the worst, and nobody minds: its copy waits in a queue of its own.",
    zh: "照图上的样子，断线一秒丢掉 200 单。改成等确认，一单不丢，可其中 11 单其实已经到了，没到的是确认：它们会来两遍，stock 就多发出 11 件，除非它记得见过的订单。pay 用 20 个工作进程，每秒 100 单：积下一千单，最后一单要等 10 秒；用 30 个就能压在 5 秒以内。mail 最多落后 40 秒，谁也不在意：它那份在自己的队列里等着。",
  },
  aha: {
    en: "Every pattern has its place: copies for those who do not know each other, a queue for the peak, confirms for the line, memory against repeats, a dead-letter queue for what a person must see.",
    zh: "每种模式各有其位：互不相识的，各拿一份；高峰，交给队列；线路会断，就等确认；会有重复，就要记得；要人看的，放进死信队列。",
  },
  variants: [
    {
      id: "confirmed",
      name: {
        en: "Wait for confirms and send again: no order is lost, but some pieces are sold twice",
        zh: "等确认，没等到就重发：订单不丢了，却有商品卖重了",
      },
      change: { "web.waitFor": "confirm", "web.timeout": 1000, "web.retries": null },
    },
    {
      id: "ready",
      name: {
        en: "And stock remembers, and 30 pay: nothing lost, nothing oversold, paid within 5 s",
        zh: "再让 stock 记得见过的订单，pay 加到 30：不丢，不超卖，5 秒内付完",
      },
      change: {
        "web.waitFor": "confirm",
        "web.timeout": 1000,
        "web.retries": null,
        "stock.dedup": 10_000,
        "pay.instances": 30,
      },
    },
  ],
  // What is refused waits for a person.
  intended: ["no-consumer"],
};
