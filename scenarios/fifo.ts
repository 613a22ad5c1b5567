import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const FIFO: CatalogueEntry = {
  group: "general",
  level: "intro",
  scenario: picture(
    "fifo",
    { en: "First in, first out", zh: "先进先出" },
    {
      en: "Five numbered tickets a second go into a queue; one clerk takes them out, 0.1 s each. A queue gives out messages in the order in which they came in, and a single clerk finishes them in that order.",
      zh: "每秒五张编了号的票进入队列，一个办事员依次取出，每张 0.1 秒。队列按消息进来的先后发出；只有一个办事员时，做完的先后也是一样的。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "Ticket 7 came before ticket 8. Is it finished before ticket 8? Always? What has to be true for that?\nWatch: the numbers of processed messages in the events, and “Out of order” in the document's panel.",
      zh: "7 号票比 8 号先来，也一定先办完吗？总是这样吗？需要什么前提？\n看点：事件列表里处理完的消息编号，以及文档面板里的“乱序”。",
    })
    .producer("gate", "gate", [0, 8], { rate: 5 })
    .queue("tickets", "tickets", [23, 8])
    .consumer("clerk", "clerk", [47, 8], { service: 100 })
    .publish("gate", "tickets")
    .consume("tickets", "clerk")
    .scenario(),
  observe: {
    en: "Numbers come out as they went in: 1, 2, 3 … Nothing overtakes, because there is one queue and one clerk with one pair of hands. Give the clerk two colleagues with work of uneven length and look again.",
    zh: "进去是 1、2、3……，出来还是 1、2、3……。没有谁能超车，因为队列只有一个，办事员也只有一双手。再给他添两个同事、让每张票的耗时有长有短，看看会怎样。",
  },
  aha: {
    en: "The queue keeps the order of delivery. The order of finishing is yours to keep: it holds for one consumer.",
    zh: "队列保证的是投递的先后；做完的先后要你自己保证：只有一个消费者时，它才成立。",
  },
  variants: [
    {
      id: "three-clerks",
      name: {
        en: "Three clerks, 0.05 to 0.5 s a ticket: a short one overtakes a long one",
        zh: "三个办事员，每张票 0.05 到 0.5 秒：短的超过了长的",
      },
      change: { "clerk.instances": 3, "clerk.service": { d: "uniform", min: 50, max: 500 } },
    },
  ],
};
