import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** The receiver is a service that could answer, so that the same picture can also show a sender who waits for the answer. */
export const DECOUPLE: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "decouple",
    { en: "Decoupling", zh: "解耦" },
    {
      en: "A shop announces 4 orders a second; a mailer needs 0.1 s for each letter. From 10 s to 30 s the mailer is dead. The shop was never told, and does not need to know: the queue keeps what arrives.",
      zh: "商店每秒发出 4 条下单消息，发信程序处理一条要 0.1 秒。第 10 到 30 秒，发信程序挂了。没有人通知商店，它也不必知道：消息都存在队列里。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "The mailer dies at 10 s and is back at 30 s. What will the shop notice? How many orders will wait, and how long until all are done?\nWatch: the shop's rate stays flat; ready climbs to 80, then falls.",
      zh: "发信程序第 10 秒挂掉，第 30 秒恢复。商店会察觉到什么？会积多少条消息？多久才能补完？\n看点：商店的发布速率一直平稳；待投递数涨到 80，然后回落。",
    })
    .producer("shop", "shop", [0, 8], { rate: 4 })
    .queue("letters", "letters", [23, 8])
    .service("mailer", "mailer", [47, 8], { service: 100, then: "reply" })
    .publish("shop", "letters")
    .consume("letters", "mailer")
    .at(10, "consumer.kill", "mailer", {}, 30)
    .scenario(),
  observe: {
    en: "20 s without a mailer leave 80 messages in the queue, and the publish rate does not move. The mailer comes back with 6/s to spare, so the backlog is gone 80 ÷ 6 ≈ 13 s later. Nothing is lost.",
    zh: "20 秒没人收，队列里积了 80 条，而发布速率纹丝不动。发信程序恢复后每秒富余 6 条的能力，80 ÷ 6 ≈ 13 秒就补完了。一条也没丢。",
  },
  aha: {
    en: "The sender does not notice the receiver's death. Only the queue does, and it keeps the messages until somebody is there again.",
    zh: "接收方挂了，发送方浑然不觉。知道的只有队列，它替双方把消息留着，等人回来。",
  },
  variants: [
    {
      id: "waits-for-the-answer",
      name: {
        en: "The shop waits for each answer: when the mailer dies, the shop stands still",
        zh: "商店每条都要等回复：发信程序一挂，商店也停了",
      },
      change: { "shop.waitFor": "reply", "shop.window": 1 },
    },
    {
      id: "slower-mailer",
      name: {
        en: "A mailer of 0.2 s: only 1/s to spare, so catching up takes 80 s",
        zh: "发信程序慢到 0.2 秒：每秒只富余 1 条，补完要 80 秒",
      },
      change: { "mailer.service": 200 },
    },
  ],
};
