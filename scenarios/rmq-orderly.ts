import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const FAILS = { keys: ["B"], share: 0 };

export const RMQ_ORDERLY: CatalogueEntry = {
  group: "rocketmq",
  level: "core",
  scenario: picture(
    "rmq-orderly",
    { en: "Order costs a stop", zh: "要顺序，就得停一停" },
    {
      en: "Four orders, A to D, send their steps in turn: create, pay, ship … The key decides the queue. From 10 s to 14 s every step of B fails. Above, a group that consumes in order; below, one that does not.",
      zh: "四个订单 A 到 D 轮流发来各自的步骤：创建、支付、发货……由键决定队列。第 10 到 14 秒，B 的每一步都失败。上面的组按顺序消费，下面的不按。",
    },
  )
    .note("question", [0, 0], [66, 5], {
      en: "What happens to A, C and D while B fails? And in which order do B's steps come out in the end?\nWatch: the lanes at 12 s, and “out of order”.",
      zh: "B 失败时，A、C、D 会怎样？最后 B 的步骤按什么次序做完？\n看点：第 12 秒的泳道，以及“乱序”。",
    })
    .producer("shop", "shop", [0, 19], { rate: 4, key: { k: "roundRobin", n: 4 } })
    .node("rmqTopic", "steps", "steps", [18, 16], { messageType: "fifo" }, { w: 15, h: 11 })
    .node("rmqGroup", "ordered", "in order", [42, 7], { order: "orderly", startFrom: "first" }, { w: 22, h: 12 })
    .within("ordered")
    .consumer("careful", "careful", [6, 5], { service: 100, concurrency: 4 })
    .within()
    .node("rmqGroup", "quick", "as it comes", [42, 24], { startFrom: "first" }, { w: 22, h: 12 })
    .within("quick")
    .consumer("hasty", "hasty", [6, 5], { service: 100, concurrency: 4 })
    .within()
    .publish("shop", "steps")
    .consume("steps", "careful")
    .consume("steps", "hasty")
    .at(10, "consumer.fail", "careful", FAILS, 14)
    .at(10, "consumer.fail", "hasty", FAILS, 14)
    .scenario(),
  observe: {
    en: "In order: B's queue stops at the step that failed and tries it again every second; its later steps wait behind it. The other three queues flow on. When B works again, its steps come out in order. As it comes: the failed steps go aside to the retry topic, nothing stops, and they come back after 10 s, behind steps that were sent later.",
    zh: "按顺序：B 的队列停在失败的那一步，每秒重试一次，后面的步骤在它后头等着；另外三个队列照常。B 恢复后，步骤依次做完。不按顺序：失败的步骤挪到重试主题，谁也不停，10 秒后才回来，排在后发的步骤后面。",
  },
  aha: {
    en: "Keeping order means standing still at a failure, but only in that one queue.",
    zh: "要保住顺序，失败时就得停下来，不过只停那一个队列。",
  },
  variants: [
    {
      id: "limit",
      name: { en: "In order, at most two retries: then a dead letter", zh: "按顺序，最多重试两次：然后成为死信" },
      change: { "ordered.orderlyLimit": 2 },
    },
  ],
};
