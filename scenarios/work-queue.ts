import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const WORK_QUEUE: CatalogueEntry = {
  group: "general",
  level: "intro",
  scenario: picture(
    "work-queue",
    { en: "Work queue", zh: "工作队列" },
    {
      en: "12 pictures a second are to be resized, 0.25 s each. One worker finishes 4 a second. How many workers does it take? Above, try one to four as a stack; below, four of them stand side by side and share one queue.",
      zh: "每秒 12 张图要缩放，每张 0.25 秒，一个工作进程每秒做 4 张。需要几个？上面的一道可以试一到四个（叠在一起画）；下面把四个摊开，看它们怎样分一个队列。",
    },
  )
    .note("question", [0, 0], [61, 4], {
      en: "Two workers are too few. Are three enough? What does the fourth one buy?\nWatch: ready of pictures-a and the workers' utilisation as you add workers; below, how evenly the four share the work.",
      zh: "两个显然不够。三个够吗？第四个又换来了什么？\n看点：加工作进程时 pictures-a 的待投递数和它们的利用率；下面一道看四个人分得有多均匀。",
    })
    .frame("stack", "lane-a", [0, 5], [61, 9], { en: "n workers, two to begin with", zh: "n 个工作进程，先来两个" })
    .frame("apart", "lane-b", [0, 15], [61, 27], {
      en: "The same, four workers side by side",
      zh: "同样的活，四个并排",
    })
    .within("stack")
    .producer("camera-a", "camera-a", [2, 3], { rate: 12 })
    .queue("pictures-a", "pictures-a", [25, 3])
    .consumer("workers", "workers", [49, 3], { service: 250, instances: 2 })
    .within("apart")
    .producer("camera-b", "camera-b", [2, 12], { rate: 12 })
    .queue("pictures-b", "pictures-b", [25, 12])
    .consumer("worker-1", "worker-1", [49, 3], { service: 250 })
    .consumer("worker-2", "worker-2", [49, 9], { service: 250 })
    .consumer("worker-3", "worker-3", [49, 15], { service: 250 })
    .consumer("worker-4", "worker-4", [49, 21], { service: 250 })
    .within()
    .publish("camera-a", "pictures-a")
    .consume("pictures-a", "workers")
    .publish("camera-b", "pictures-b")
    .consume("pictures-b", "worker-1")
    .consume("pictures-b", "worker-2")
    .consume("pictures-b", "worker-3")
    .consume("pictures-b", "worker-4")
    .scenario(),
  observe: {
    en: "Two workers finish 8/s: the queue grows by 4 every second. Three finish 12/s, exactly full, without a moment's rest. Four are busy 75 % of the time and the queue stays empty. The broker deals by turns: each of the four gets a quarter.",
    zh: "两个每秒做 8 张，队列每秒长 4。三个正好 12 张，一刻不得闲。四个的利用率是 75%，队列始终是空的。消息代理轮流派活，四个各得四分之一。",
  },
  aha: {
    en: "Capacity is n ÷ 0.25 s. Three workers are exactly full, the fourth is the slack that lets you sleep.",
    zh: "处理能力就是 n ÷ 0.25 秒。三个刚好满负荷，第四个才是让你睡得着觉的余量。",
  },
  variants: [
    {
      id: "one",
      name: { en: "1 worker: 8 more in the queue every second", zh: "1 个：队列每秒多 8 条" },
      change: { "workers.instances": 1 },
    },
    {
      id: "three",
      name: { en: "3 workers: exactly full", zh: "3 个：正好满负荷" },
      change: { "workers.instances": 3 },
    },
    {
      id: "four",
      name: { en: "4 workers: some slack", zh: "4 个：留有余量" },
      change: { "workers.instances": 4 },
    },
  ],
  intended: ["overload"],
};
