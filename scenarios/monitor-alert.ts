import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const BACKLOG = { target: "orders", metric: "ready", op: ">", threshold: 50 } as const;

export const MONITOR_ALERT: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "monitor-alert",
    { en: "An alert worth getting up for", zh: "值得半夜起床的告警" },
    {
      en: "20 orders a second, and now and then a burst of 60 for five seconds; the worker does 40. That is ordinary traffic. At 60 s something goes wrong: the worker falls to 10 a second. Two alerts watch the backlog: one rings at once, the other only when it has lasted ten seconds.",
      zh: "平时每秒 20 单，偶尔来 5 秒每秒 60 单的小高峰；工作进程每秒能做 40 单，这都正常。第 60 秒真出事了：工作进程掉到每秒 10 单。两条告警都盯着积压：一条立刻就响，另一条持续 10 秒才响。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "Which of the two would you rather have on your phone? How often does each ring before 60 s, and how long after the fault?\nWatch: the Alerts tab and the events; both alerts stand there with their conditions.",
      zh: "你愿意让哪一条打到手机上？第 60 秒之前它们各响几次？出事之后多久才响？\n看点：“告警”页和事件列表，两条告警和条件都在那里。",
    })
    .producer("shop", "shop", [0, 8], { rate: 20, pattern: { p: "burst", rate: 60, on: 5000, off: 35_000 } })
    .queue("orders", "orders", [23, 8])
    .consumer("worker", "worker", [47, 8], { service: 25, prefetch: 10 })
    .publish("shop", "orders")
    .consume("orders", "worker")
    .at(60, "consumer.slow", "worker", { factor: 0.25 })
    .alert({ name: "> 50 at once", ...BACKLOG, for: 0, severity: "warning" })
    .alert({ name: "> 50 for 10 s", ...BACKLOG, for: 10_000, severity: "critical" })
    .scenario(),
  observe: {
    en: "The hasty alert rings at each burst, at 3 s and 43 s, although nothing is wrong: a burst leaves 100 orders that are done five seconds later. The patient one keeps silent then, and rings at 76 s: five seconds to grow past 50, ten to be sure.",
    zh: "性急的那条每逢小高峰就响，第 3 秒、第 43 秒各一次，其实一切正常：小高峰积下 100 单，五秒后就做完了。沉得住气的那条不出声，第 76 秒才响：五秒涨过 50，再等十秒确认。",
  },
  aha: {
    en: "A duration turns noise into news. The price is that it speaks ten seconds later; the gain is that somebody still listens.",
    zh: "加上“持续多久”，噪音才变成消息。代价是晚 10 秒，换来的是还有人愿意听。",
  },
  variants: [
    {
      id: "shop-grows",
      name: {
        en: "The shop grows to 35/s: bursts last longer, and the patient alert begins to ring as well",
        zh: "商店长到每秒 35 单：小高峰退得更慢，沉得住气的那条也开始响",
      },
      change: { "shop.rate": 35 },
    },
  ],
};
