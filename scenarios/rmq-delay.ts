import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const RMQ_DELAY: CatalogueEntry = {
  group: "rocketmq",
  level: "intro",
  scenario: picture(
    "rmq-delay",
    { en: "Close the unpaid order", zh: "超时未支付，关闭订单" },
    {
      en: "With each order the shop sends a message with delay level 3, ten seconds. When it comes out, a service closes the order if nobody has paid.",
      zh: "每下一单，商店就发一条延时级别 3（10 秒）的消息。它到时出来，如果还没付款，服务就关闭订单。",
    },
  )
    .note("question", [0, 0], [56, 5], {
      en: "Where is a message while it waits, and can a consumer see it? How late does it come?\nWatch: “waiting for their time” on the topic, and the end-to-end delay of closing.",
      zh: "消息等待的时候在哪里？消费者看得到吗？会晚到多少？\n看点：主题上的“未到时间”，以及 closing 的端到端延迟。",
    })
    .producer("shop", "shop", [0, 14], { rate: 1, delayLevel: 3 })
    .node("rmqTopic", "unpaid", "unpaid", [19, 11], { messageType: "delay" })
    .node("rmqGroup", "closing", "closing", [42, 8], { startFrom: "first" }, { w: 20, h: 14 })
    .within("closing")
    .consumer("close", "close", [5, 6], { service: 50 })
    .within()
    .publish("shop", "unpaid")
    .consume("unpaid", "close")
    .scenario(),
  observe: {
    en: "Ten messages wait, in no queue: the broker keeps them in a topic of its own, one queue a level. Each comes out between 10 and 10.1 s after it was stored, because a timer looks every tenth of a second, and only then it gets its offset. No consumer has to wait, no program has to keep a clock.",
    zh: "总有十条在等，不在任何队列里：Broker 把它们放在自己的主题中，每个级别一个队列。每条在存入后 10 到 10.1 秒之间出来（定时器每 0.1 秒看一次），那时才得到位点。消费者不用等，程序也不用自己守着钟。",
  },
  aha: {
    en: "Time can be a queue: the broker holds the message until it is due.",
    zh: "时间也可以排队：到点之前，消息由 Broker 拿着。",
  },
  variants: [
    {
      id: "half-minute",
      name: { en: "Level 4: half a minute", zh: "级别 4：半分钟" },
      change: { "shop.delayLevel": 4 },
    },
    {
      id: "any-time",
      name: { en: "Any time: 7.4 s on the wheel", zh: "任意时间：时间轮上的 7.4 秒" },
      change: { "shop.delayLevel": null, "shop.delay": 7400 },
    },
  ],
};
