import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const PEAK_SHAVING: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "peak-shaving",
    { en: "Peak shaving", zh: "流量削峰" },
    {
      en: "A shop takes 20 orders a second; for ten seconds a sale brings 200. Ten workers, 0.2 s an order, finish 50 a second at most. The queue between them stores the peak and lets the workers go on at their own pace.",
      zh: "商店平时每秒 20 个订单，秒杀的 10 秒里每秒 200 个。10 个工作进程，每单 0.2 秒，最多每秒处理 50 单。中间的队列把高峰存起来，工作进程照自己的节奏来。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "From 20 s to 30 s, 200 orders a second arrive and 50 leave. How deep will the queue get, and when will it be empty again?\nWatch: the rate before the queue has a peak, the rate after it a plateau at 50.",
      zh: "20 秒到 30 秒之间，每秒来 200 单、走 50 单。队列会积到多长？什么时候才会再次清空？\n看点：队列之前的速率有尖峰，队列之后的速率是 50 的平台。",
    })
    .producer("shop", "shop", [0, 8], {
      rate: 20,
      pattern: {
        p: "steps",
        steps: [
          { t: 20_000, rate: 200 },
          { t: 30_000, rate: 20 },
        ],
      },
    })
    .queue("orders", "orders", [23, 8])
    .consumer("workers", "workers", [47, 8], { service: 200, instances: 10 })
    .publish("shop", "orders")
    .consume("orders", "workers")
    .scenario(),
  observe: {
    en: "The burst brings 150 a second more than the workers finish: 1 500 orders after ten seconds. Behind the queue nothing is faster than 50/s. With 30/s to spare afterwards it takes 50 s to empty, so until 80 s.",
    zh: "秒杀时每秒多来 150 单，十秒后积了 1500 单；而队列之后的速率始终不超过 50/s。之后每秒富余 30 单的能力，要 50 秒才能清空，也就是到第 80 秒。",
  },
  aha: {
    en: "A queue turns a peak into a delay. It buys time, not capacity: on average the workers must still be faster than the shop.",
    zh: "队列把高峰变成了等待。它买来的是时间，不是能力：平均下来，工作进程仍要比商店快。",
  },
  variants: [
    {
      id: "twice-the-workers",
      name: {
        en: "20 workers: two thirds of the backlog, gone in a quarter of the time",
        zh: "20 个工作进程：堆积少三分之一，清空只要四分之一的时间",
      },
      change: { "workers.instances": 20 },
    },
    {
      id: "built-for-the-peak",
      name: {
        en: "40 workers: hardly any queue, and nine of ten idle when no sale is on",
        zh: "40 个工作进程：几乎不排队，但平时十个里有九个闲着",
      },
      change: { "workers.instances": 40 },
    },
  ],
};
