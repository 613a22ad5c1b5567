import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const DECLARE_MISMATCH: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  intended: ["declare-mismatch"],
  scenario: picture(
    "declare-mismatch",
    { en: "Two declarations, one queue", zh: "一个队列，两种声明" },
    {
      en: "Sender and receiver both declare the queue hello before they use it, as most tutorials advise. But the sender was written without durable, the receiver with it. The code is taken from an article; it looks right.",
      zh: "发送方和接收方在使用 hello 队列之前都先声明它，教程大多这么建议。可是发送方的代码没写 durable，接收方写了。这段代码出自一篇文章，看上去没毛病。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "The queue exists already, and it is durable. What does the broker say to a sender that declares it as not durable?\nWatch: what becomes of the sender's messages, and the reply code in its Why? tab.",
      zh: "队列已经在那里，而且是持久化的。发送方却声明它是非持久化的，消息代理会怎么回答？\n看点：发送方的消息去了哪里；在它的“为什么？”里看返回码。",
    })
    .producer("sender", "sender", [0, 8], { rate: 1 })
    .queue("hello", "hello", [23, 8])
    .consumer("receiver", "receiver", [47, 8], { service: 200 })
    .publish("sender", "hello", { declare: "transient" })
    .consume("hello", "receiver", { declare: "durable" })
    .scenario(),
  observe: {
    en: "Each time the sender connects it is refused: 406 PRECONDITION_FAILED, and its channel is closed. Not one message gets into the queue. The receiver, whose declaration agrees, waits and never hears of the trouble.",
    zh: "发送方每次连上来都被拒绝：406 PRECONDITION_FAILED，信道被关闭，一条消息也进不了队列。接收方的声明与实际一致，它一直等着，对此毫不知情。",
  },
  aha: {
    en: "Declaring a queue again is harmless only if every word is the same. Whoever declares it first decides; all others must agree.",
    zh: "重复声明同一个队列并无妨碍，前提是每个字都相同。谁先声明谁说了算，后来的都得一致。",
  },
  variants: [
    {
      id: "agree",
      name: { en: "The sender declares it durable too", zh: "发送方也声明为持久化" },
      change: { "sender-hello.declare": "durable" },
    },
    {
      id: "ask-only",
      name: { en: "The sender only asks whether it is there (passive)", zh: "发送方只问一声在不在（被动声明）" },
      change: { "sender-hello.declare": "passive" },
    },
    {
      id: "the-other-way-round",
      name: {
        en: "The queue is not durable: now it is the receiver who is refused, and messages pile up",
        zh: "队列改成非持久化：这回被拒的是接收方，消息越积越多",
      },
      change: { "hello.durable": false },
    },
  ],
};
