import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const BROKER_OR_NOT: CatalogueEntry = {
  group: "zeromq",
  level: "deep",
  scenario: picture(
    "broker-or-not",
    { en: "With a broker, or without", zh: "要不要消息代理" },
    {
      en: "Above, a PUSH socket sends 5 messages a second straight to a PULL socket. Below, a producer does the same through a RabbitMQ queue. Both receivers are away from 10 s to 30 s; both senders crash at 20 s and are back 2 s later.",
      zh: "上面，PUSH 套接字每秒直接发 5 条给 PULL 套接字；下面，生产者经 RabbitMQ 队列做同样的事。两边的接收方都在第 10 到 30 秒离开；两边的发送方都在第 20 秒崩溃，2 秒后恢复。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "While the receivers are away both lanes go on sending, and nothing is lost yet. Where do the messages wait, above and below? What does the crash at 20 s take along?\nWatch: “queued” on the sender, ready in the queue, then “Lost” in the bottom line.",
      zh: "接收方离开时，两条线都照发不误，暂时一条没丢。上面的消息在哪里等？下面的呢？第 20 秒的崩溃会带走什么？\n看点：发送方上的“排队”、队列的待投递数，然后是底栏的“丢失”。",
    })
    .frame("without", "without", [0, 7], [58, 11], { en: "Without a broker", zh: "没有消息代理" })
    .within("without")
    .socket("sender", "PUSH", [2, 4], { rate: 5, attach: "connect" })
    .socket("receiver", "PULL", [46, 4], { service: 100, attach: "bind" })
    .within()
    .frame("with", "with", [0, 20], [58, 11], { en: "With a broker", zh: "有消息代理" })
    .within("with")
    .producer("shop", "shop", [2, 4], { rate: 5 })
    .queue("mail", "mail", [22, 4])
    .consumer("mailer", "mailer", [44, 4], { service: 100 })
    .within()
    .pipe("sender", "receiver", { latency: 5 })
    .publish("shop", "mail")
    .consume("mail", "mailer")
    .at(10.15, "consumer.kill", "receiver", {}, 30.15)
    .at(10.15, "consumer.kill", "mailer", {}, 30.15)
    .at(20.1, "producer.crash", "sender", {}, 22.1)
    .at(20.1, "producer.crash", "shop", {}, 22.1)
    .scenario(),
  observe: {
    en: "A sender that connects keeps what its peer cannot take: after 10 s, 50 messages stand in its own memory. Nobody has noticed anything, and then it dies: all 50 are gone. What it makes after that waits for the receiver again. Below, the same 50 stand in the broker, and the death of their producer does not touch them.",
    zh: "主动连接的发送方会把对端收不了的消息自己留着：10 秒后，它的内存里排着 50 条。谁也没察觉什么，直到它崩溃：50 条全没了。恢复之后新产生的，又接着等接收方。下面，同样的 50 条存在消息代理里，生产者死活与它们无关。",
  },
  aha: {
    en: "Without a broker, messages live in their sender until it dies. A broker is memory that you can trust.",
    zh: "没有代理，消息就活在发送方里，发送方一死就没了。消息代理，是信得过的记忆。",
  },
  variants: [
    {
      id: "small-mark",
      name: {
        en: "A mark of 10: the sender stands still instead of piling up, and loses less",
        zh: "高水位设为 10：发送方停下来等，不再堆积，丢得也少",
      },
      change: { "sender.sndHwm": 10, "receiver.rcvHwm": 10 },
    },
    {
      id: "auto-ack",
      name: {
        en: "A consumer that acknowledges on delivery: even with a broker, not everything is safe",
        zh: "消费者一收到就确认：有代理也不是全都保得住",
      },
      change: { "mailer.ack": "auto", "mailer.service": 180 },
    },
  ],
  intended: ["auto-ack-can-lose"],
};
