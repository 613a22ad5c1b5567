import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const CAPACITY_PLAN: CatalogueEntry = {
  group: "theory",
  level: "core",
  scenario: picture(
    "capacity-plan",
    { en: "How many instances?", zh: "要部署几个实例？" },
    {
      en: "Fifty requests a second arrive at random; each takes 0.3 s on average, some much longer. The promise to the customers: 95 of 100 are answered within one second. How many instances does that take?",
      zh: "每秒随机来 50 个请求，每个平均处理 0.3 秒，有的长得多。对客户的承诺是：100 个里有 95 个在一秒内完成。需要几个实例？",
    },
  )
    .note("question", [0, 0], [57, 7], {
      en: "50 a second times 0.3 s is work for exactly 15 instances: with 15 they are always busy and the queue grows without end. You see 16. Is one spare instance enough? How many do you need for p95 ≤ 1 s?\nWatch: the end-to-end p95 of the instances, and their utilisation. Change the number of instances and let it run for some minutes each time.",
      zh: "每秒 50 个 × 0.3 秒，正好是 15 个实例的工作量：只给 15 个，它们永远在忙，队列没完没了地变长。现在是 16 个。多一个够吗？要让 p95 ≤ 1 秒，得几个？\n看点：实例的端到端 p95 和利用率。改变实例数，每次让它跑上几分钟。",
    })
    .producer("customers", "customers", [0, 9], { rate: 50, arrival: "exponential" })
    .queue("requests", "requests", [23, 9])
    .consumer("instances", "instances", [47, 9], { service: { d: "exponential", mean: 300 }, instances: 16 })
    .publish("customers", "requests")
    .consume("requests", "instances")
    .scenario(),
  observe: {
    en: "Later than one second: 12 % with 16 instances, 5.4 % with 17, 4.2 % with 18. From 18 on more instances hardly help: the work itself takes longer than a second for 3.6 %.",
    zh: "超过一秒的：16 个实例时 12%，17 个 5.4%，18 个 4.2%。再加就没什么用了：有 3.6% 的请求光处理就要一秒以上。",
  },
  aha: {
    en: "Plan for the tail, not for the mean. 15 instances suffice on average and fail always; 18 keep the promise, and faster work would keep it with fewer.",
    zh: "容量要按尾部来规划，不能按平均。15 个“平均够用”，实际永远不够；18 个才守得住承诺——把处理变快，还可以更少。",
  },
  variants: [
    {
      id: "15-instances",
      name: { en: "15 instances: exactly full, and the queue never ends", zh: "15 个实例：正好满负荷，队列没有尽头" },
      change: { "instances.instances": 15 },
    },
    {
      id: "17-instances",
      name: { en: "17 instances: 5.4 % late, just not enough", zh: "17 个实例：5.4% 超时，差一点点" },
      change: { "instances.instances": 17 },
    },
    {
      id: "18-instances",
      name: { en: "18 instances: 4.2 % late, the promise is kept", zh: "18 个实例：4.2% 超时，承诺守住了" },
      change: { "instances.instances": 18 },
    },
    {
      id: "faster-work",
      name: {
        en: "14 instances with work of 0.25 s: fewer, and the promise is kept",
        zh: "14 个实例、每个请求 0.25 秒：更少，承诺照样守住",
      },
      change: { "instances.instances": 14, "instances.service": { d: "exponential", mean: 250 } },
    },
  ],
  // What 15 instances show.
  intended: ["overload"],
};
