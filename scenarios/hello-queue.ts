import { helloQueue } from "../engine/scenario/index.ts";
import type { CatalogueEntry } from "./entry.ts";

const sample = helloQueue();

export const HELLO_QUEUE: CatalogueEntry = {
  group: "general",
  level: "intro",
  scenario: {
    ...sample,
    meta: {
      ...sample.meta,
      about: {
        en: "One producer, one queue, one consumer: the smallest system that passes messages. A message a second, and each takes 0.4 s of work.",
        zh: "一个生产者、一个队列、一个消费者：这是最小的消息系统。每秒一条消息，每条要处理 0.4 秒。",
      },
    },
  },
  observe: {
    en: "One message's way: 5 ms on the link, no wait in the queue, 400 ms of work. The producer names the queue; the default exchange delivers.",
    zh: "跟着一条消息走：链路上 5 毫秒，队列里不用等，处理 400 毫秒。生产者只写队列的名字，投递由默认交换机完成。",
  },
  aha: {
    en: "The producer never meets the consumer. It names a queue and goes on with its work.",
    zh: "生产者从不与消费者见面：它写下队列的名字，就去忙自己的事了。",
  },
};
