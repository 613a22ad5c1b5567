import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const ACK_OR_LOSE: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "ack-or-lose",
    { en: "Acknowledge or lose", zh: "确认早了，就会丢" },
    {
      en: "5 invoices a second, 0.5 s of work each: the worker falls behind by 3 a second. With automatic acknowledgement the broker forgets a message as soon as it is sent, so the backlog piles up inside the worker. At 15 s the worker crashes; 5 s later it is back.",
      zh: "每秒 5 张发票，每张要 0.5 秒，每秒落下 3 张。自动确认时，消息一发出，消息代理就忘了它，落下的全堆在工作进程的内存里。第 15 秒工作进程崩溃，5 秒后恢复。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "The queue is always empty: all is well, isn't it? Where are the 45 invoices that wait when the worker crashes at 15 s?\nWatch: the worker's “In the client’s buffer”, and “Lost” in the bottom line. Then set ack to manual.",
      zh: "队列一直是空的，一切正常？第 15 秒崩溃时，还在等的那 45 张发票在哪儿？\n看点：工作进程的“客户端缓冲”，以及底栏的“丢失”。然后把确认方式改成手动。",
    })
    .producer("billing", "billing", [0, 8], { rate: 5 })
    .queue("invoices", "invoices", [23, 8])
    .consumer("worker", "worker", [47, 8], { service: 500, prefetch: 10, ack: "auto" })
    .publish("billing", "invoices")
    .consume("invoices", "worker")
    .at(15, "consumer.kill", "worker", {}, 20)
    .scenario(),
  observe: {
    en: "15 × 5 = 75 sent, 29 done: one in hand and 45 in the worker's memory died with it. With manual acknowledgement and prefetch 10 the worker holds ten; the crash gives them back to the queue, and they are delivered again with the mark “redelivered”. Nothing is lost.",
    zh: "15 × 5 = 75 张已发出，做完 29 张；手上的 1 张和内存里的 45 张，随工作进程一起没了。改成手动确认、预取数 10，它手里最多十张；一崩溃，这十张就回到队列，带着“重新投递”的标记再发一次，一张也不丢。",
  },
  aha: {
    en: "Acknowledging on delivery is a promise nobody keeps: the broker believes it is done when it has only been sent.",
    zh: "一投递就确认，是个没人兑现的承诺：消息只是送到了，消息代理却当它已经做完了。",
  },
  variants: [
    {
      id: "manual",
      name: { en: "Acknowledge after the work: ten come back, none is lost", zh: "做完再确认：十条回到队列，一条不丢" },
      change: { "worker.ack": "manual" },
    },
    {
      id: "before",
      name: {
        en: "Acknowledge on receipt, before the work: lost all the same",
        zh: "一收到就手动确认，再处理：照样丢",
      },
      change: { "worker.ack": "before" },
    },
  ],
  intended: ["auto-ack-can-lose", "overload"],
};
