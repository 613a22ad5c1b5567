import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const FAIR_DISPATCH: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "fair-dispatch",
    { en: "Fair dispatch", zh: "公平派发" },
    {
      en: "8 tasks a second, one fast worker (0.1 s) and one slow (1 s). Together they could do 11 a second. But without a prefetch limit the broker hands out every task at once, one to each in turn, however busy they are.",
      zh: "每秒 8 个任务，一快（0.1 秒）一慢（1 秒）两个工作进程，合起来每秒能做 11 个。可是不限预取数时，消息代理把任务一到就轮流发出去，根本不管谁忙谁闲。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "Both get every second task. What happens to the tasks of the slow one?\nWatch: unacked at the queue, and “In the client’s buffer” of each worker. Then set prefetch to 1.",
      zh: "两个各拿一半任务。落到慢的那个手里的任务会怎样？\n看点：队列的未确认数，以及两个工作进程各自的“客户端缓冲”。然后把预取数都改成 1。",
    })
    .producer("boss", "boss", [0, 12], { rate: 8 })
    .queue("tasks", "tasks", [23, 12])
    .consumer("fast", "fast", [47, 8], { service: 100, prefetch: 0 })
    .consumer("slow", "slow", [47, 16], { service: 1000, prefetch: 0 })
    .publish("boss", "tasks")
    .consume("tasks", "fast")
    .consume("tasks", "slow")
    .scenario(),
  observe: {
    en: "Each gets 4 a second. The fast one is idle more than half of the time; the slow one finishes 1 and hoards 3 more every second: 90 unacked after 30 s, and the queue itself looks empty. With prefetch 1 the next task goes to whoever is free.",
    zh: "两个每秒各拿 4 个。快的有一半多时间闲着，慢的每秒只做完 1 个、又多攥 3 个：30 秒后手里有 90 条未确认，而队列看上去却是空的。预取数设为 1，谁空了才给谁。",
  },
  aha: {
    en: "Equal turns are not equal work. Prefetch tells the broker how much a worker may hold, and so who is busy.",
    zh: "轮流不等于公平。预取数告诉消息代理每个人手里最多拿几个，它才知道谁正忙着。",
  },
  variants: [
    {
      id: "prefetch-1",
      name: { en: "Prefetch 1: the next task goes to whoever is free", zh: "预取数 1：谁空了才给谁" },
      change: { "fast.prefetch": 1, "slow.prefetch": 1 },
    },
    {
      id: "prefetch-10",
      name: {
        en: "Prefetch 10: the slow one hoards ten, so some tasks still wait ten seconds",
        zh: "预取数 10：慢的攥住十个，有些任务仍要等十秒",
      },
      change: { "fast.prefetch": 10, "slow.prefetch": 10 },
    },
  ],
  intended: ["prefetch-unlimited-slow"],
};
