import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** Window 1: the writer has one publish open at a time, so that a full queue holds it back, as a blocked write does. It tries again until the broker takes it. */
export const BOUNDED_BUFFER: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "bounded-buffer",
    { en: "Bounded buffer", zh: "有界缓冲区" },
    {
      en: "A writer would like to write 10 blocks a second, a reader needs 0.25 s each, and the queue between them holds ten and refuses more. After 40 s the writer has only 2 a second left to write.",
      zh: "写入方想每秒写 10 块，读取方每块要 0.25 秒；中间的队列只放得下十块，满了就拒收。40 秒以后，写入方每秒只剩 2 块可写。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "Who waits in the first 40 s, and who after that? At what speed does the whole line run?\nWatch: the writer's “Refused by the broker” and “Time blocked” while the queue is full; the reader's utilisation once it is empty.",
      zh: "前 40 秒是谁在等？之后又是谁在等？整条线的速度由谁决定？\n看点：队列满时，写入方的“被消息代理拒收”和“被阻塞的时间”；队列空了以后，读取方的利用率。",
    })
    .producer("writer", "writer", [0, 8], {
      rate: 10,
      pattern: { p: "steps", steps: [{ t: 40_000, rate: 2 }] },
      waitFor: "confirm",
      window: 1,
      retries: null,
      backoff: { b: "fixed", ms: 100 },
    })
    .queue("buffer", "buffer", [23, 8], { maxLength: 10, overflow: "reject-publish" })
    .consumer("reader", "reader", [47, 8], { service: 250 })
    .publish("writer", "buffer")
    .consume("buffer", "reader")
    .scenario(),
  observe: {
    en: "The buffer fills in two seconds. From then on a block is taken only when one has been read: the writer is held to the reader's 4/s. After 40 s the buffer runs empty within five seconds, and the reader idles half of the time.",
    zh: "缓冲区两秒就满了。此后读走一块才收下一块，写入方被压到读取方的 4/s。40 秒以后，缓冲区不到五秒就读空了，读取方有一半时间闲着。",
  },
  aha: {
    en: "Full makes writers wait, empty makes readers wait. A limit is how the slower side tells the faster one: backpressure.",
    zh: "满了，写的等；空了，读的等。给队列一个上限，慢的一方就能把快的一方拉住：这就是背压。",
  },
  variants: [
    {
      id: "no-limit",
      name: {
        en: "No limit: nobody holds the writer back, and the queue grows by 6 every second",
        zh: "不设上限：没人拉住写入方，队列每秒多 6 块",
      },
      change: { "buffer.maxLength": null },
    },
    {
      id: "bigger-buffer",
      name: {
        en: "Room for 100: full after 17 s instead of 2, then again 4/s",
        zh: "放得下 100 块：17 秒才满，满了照样是 4/s",
      },
      change: { "buffer.maxLength": 100 },
    },
    {
      id: "faster-reader",
      name: {
        en: "A reader of 0.08 s: never full, the writer writes its 10/s",
        zh: "读取方快到 0.08 秒：永远不满，写入方照写 10/s",
      },
      change: { "reader.service": 80 },
    },
  ],
};
