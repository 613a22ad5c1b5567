import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const SCHEDULED_JOBS: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "scheduled-jobs",
    { en: "A queue as a timer", zh: "用队列当定时器" },
    {
      en: "Three programs order jobs that are due in 5, 10 and 15 s. All go to one delay topic; two workers need a second for each.",
      zh: "三个程序安排任务，分别在 5、10、15 秒后到期。全部发往同一个延时主题；两个工作进程每个任务做 1 秒。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "A job ordered first may be due last. In which order do they start, and how long after they are due?\nWatch: “waiting for their time” on the topic, and the wait of what is due.",
      zh: "先安排的，可能最后才到期。它们按什么次序开始？到期之后多久开始？\n看点：主题上的“未到时间”，以及到期后的等待。",
    })
    .producer("soon", "in 5 s", [0, 7], { rate: 0.4, delayLevel: 2 })
    .producer("later", "in 10 s", [0, 15], { rate: 0.4, delayLevel: 3 })
    .producer("last", "in 15 s", [0, 23], { rate: 0.4, delay: 15_000 })
    .node("rmqTopic", "jobs", "jobs", [20, 13], { messageType: "delay" })
    .node("rmqGroup", "workers", "workers", [43, 9], { startFrom: "first" }, { w: 20, h: 18 })
    .within("workers")
    .consumer("w1", "worker-1", [5, 5], { service: 1000 })
    .consumer("w2", "worker-2", [5, 11], { service: 1000 })
    .within()
    .publish("soon", "jobs")
    .publish("later", "jobs")
    .publish("last", "jobs")
    .consume("jobs", "w1")
    .consume("jobs", "w2")
    .scenario(),
  observe: {
    en: "1.2 jobs a second fall due, two workers can do two. Each starts within a second of its due time, whenever it was ordered: the broker sorts by time, not by arrival. No program polls a table for what is due.",
    zh: "每秒有 1.2 个任务到期，两个工作进程每秒能做 2 个。每个任务都在到期后一秒之内开始，不管是什么时候安排的：Broker 按时间排，不按到达先后。没有哪个程序需要去轮询“到期了没有”的表。",
  },
  aha: {
    en: "A broker that can wait makes a scheduler out of plain workers.",
    zh: "Broker 会等，普通的工作进程就成了调度器。",
  },
  variants: [
    {
      id: "one-worker",
      name: { en: "Workers half as fast: due, and still waiting", zh: "工作进程慢一倍：到期了还得等" },
      change: { "w1.service": 2000, "w2.service": 2000 },
    },
  ],
  intended: ["readers-too-slow"],
};
