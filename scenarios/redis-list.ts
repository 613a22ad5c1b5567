import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const REDIS_LIST: CatalogueEntry = {
  group: "redis",
  level: "core",
  scenario: picture(
    "redis-list",
    { en: "A Redis list as a queue", zh: "用 Redis 列表当队列" },
    {
      en: "Two jobs a second are pushed into a list (LPUSH); four workers pop them (BRPOP) and need 1.8 s each. At 10.2 s all four crash in the middle of their work; at 13 s they are back.",
      zh: "每秒两个任务推入列表（LPUSH），四个工作进程弹出（BRPOP），每个要做 1.8 秒。第 10.2 秒四个进程都在干活时崩溃，第 13 秒恢复。",
    },
  )
    .note("question", [0, 0], [57, 5], {
      en: "A popped element is in no list any more. Where are the four jobs that were at work? Some programs pop first and LREM “to be safe” afterwards: what could that LREM still find?\nWatch: “Lost” in the bottom line. Then set the list's “take” to LMOVE.",
      zh: "弹出的元素已不在任何列表里。那四个正在做的任务去哪儿了？有的程序先弹出、再 LREM “保险”：这时 LREM 还能找到什么？\n看点：底栏的“丢失”。然后把列表的取法改成 LMOVE。",
    })
    .producer("web", "web", [0, 9], { rate: 2, limit: 60 })
    .node("list", "jobs", "jobs", [22, 9])
    .consumer("worker", "worker", [46, 9], { service: 1800, instances: 4 })
    .publish("web", "jobs")
    .consume("jobs", "worker")
    .at(10.2, "consumer.kill", "worker", {}, 13)
    .scenario(),
  observe: {
    en: "BRPOP: the server forgets an element as it hands it out. The four in the workers' hands die with them, and an LREM afterwards removes nothing. LMOVE takes and keeps in one step: the job goes into a processing list and leaves it when the work is done. What nobody finishes a program of yours puts back after 10 s: Redis does not.",
    zh: "BRPOP：元素一交出去，服务器就忘了它。四个任务随进程一起没了，事后的 LREM 什么也删不到。LMOVE 一步完成“取走并留底”：任务进入处理中列表，做完才移出；10 秒没人做完的，由你的看护程序放回去：Redis 不管这个。",
  },
  aha: {
    en: "Pop is goodbye. Take and keep until it is done.",
    zh: "弹出就是告别。要取，也要留底，直到做完。",
  },
  variants: [
    {
      id: "move",
      name: { en: "LMOVE into a processing list: nothing is lost", zh: "用 LMOVE 移入处理中列表：一个不丢" },
      change: { "jobs.take": "move" },
    },
    {
      id: "hasty",
      name: {
        en: "Put back after 1 s, sooner than a job takes: it is done twice",
        zh: "1 秒就放回，比任务本身还短：重复做",
      },
      change: { "jobs.take": "move", "jobs.reclaimAfter": 1000 },
    },
  ],
  intended: ["pop-can-lose", "claim-before-done"],
};
