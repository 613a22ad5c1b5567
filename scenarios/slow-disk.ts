import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const SENDER = { rate: 40, waitFor: "confirm", timeout: 30_000 } as const;

/**
 * What arrives while a write is under way waits for the next one. So with a window of five the first message that comes back gets a write for itself, the other four share
 * the next: five in two writes.
 */
export const SLOW_DISK: CatalogueEntry = {
  group: "rabbitmq",
  level: "deep",
  scenario: picture(
    "slow-disk",
    { en: "A slow disk", zh: "磁盘变慢了" },
    {
      en: "Two senders want to publish 40 persistent messages a second and wait for confirms: the first for each message before it sends the next, the second with up to five on the way. A confirm comes when the message is on disk, which takes 5 ms. At 20 s the disk becomes twenty times slower, at 50 s it is well again.",
      zh: "两个发送方都想每秒发 40 条持久化消息，并且等待发布确认：第一个发一条、等一条，第二个最多同时有五条在途。消息落盘之后才有确认，落盘要 5 毫秒。第 20 秒磁盘慢了二十倍，第 50 秒恢复。",
    },
  )
    .note("question", [0, 0], [70, 4], {
      en: "5 ms there, 5 ms on disk, 5 ms back: at most 66 a second one by one. And with a disk of 100 ms? What does the second sender get for five on the way?\nWatch: the publish rates after 20 s, and the time to a confirm. Then give the second sender a window of ten.",
      zh: "去 5 毫秒、落盘 5 毫秒、回来 5 毫秒：逐条发最多每秒 66 条。落盘要 100 毫秒时呢？第二个发送方五条在途，能换来多少？\n看点：20 秒之后的发布速率和确认所花的时间。然后把第二个发送方的窗口调到十。",
    })
    .broker("rabbit", "rabbit", [19, 6], [26, 23], { fsync: 5 })
    .producer("one", "one at a time", [0, 11], { ...SENDER, window: 1 })
    .producer("five", "five at a time", [0, 21], { ...SENDER, window: 5 })
    .queue("patient", "patient", [7, 4], {}, { parent: "rabbit" })
    .queue("busy", "busy", [7, 14], {}, { parent: "rabbit" })
    .consumer("reader", "reader", [56, 11], { service: 10 })
    .consumer("other", "other reader", [56, 21], { service: 10 })
    .publish("one", "patient")
    .publish("five", "busy")
    .consume("patient", "reader")
    .consume("busy", "other")
    .at(20, "broker.disk", "rabbit", { factor: 20 }, 50)
    .scenario(),
  observe: {
    en: "Both publish 40 a second until 20 s. Then one by one makes 9 a second: 1 / 0.11 s. Five on the way make 25: one write takes whatever has arrived when it begins, the first of the five by itself and the other four with the next. Ten on the way fill each write, and make the full 40, with every message just as safe.",
    zh: "20 秒之前两者都是每秒 40 条。之后逐条发只剩每秒 9 条：1 ÷ 0.11 秒。五条在途是 25 条：一次写盘带走开始时已到的消息，五条里第一条独占一次，另外四条合用下一次。十条在途就能把每次写盘装满，回到 40 条，而每条消息同样安全。",
  },
  aha: {
    en: "When the disk is slow, keep more on the way. Do not drop the safety.",
    zh: "磁盘慢了，就让更多消息同时在途，而不是放弃持久化。",
  },
  variants: [
    {
      id: "ten",
      name: { en: "Ten on the way: 40 a second, disk or no disk", zh: "十条在途：磁盘再慢也有每秒 40 条" },
      change: { "five.window": 10 },
    },
    {
      id: "transient",
      name: {
        en: "Transient messages instead: 40 a second too, until the broker restarts",
        zh: "改发不持久化的消息：也有每秒 40 条，直到消息代理重启",
      },
      change: { "one.persistent": false, "five.persistent": false },
    },
  ],
};
