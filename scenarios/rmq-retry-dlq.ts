import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const RMQ_RETRY_DLQ: CatalogueEntry = {
  group: "rocketmq",
  level: "core",
  scenario: picture(
    "rmq-retry-dlq",
    { en: "The long ladder", zh: "漫长的重试阶梯" },
    {
      en: "One order cannot be processed, ever. RocketMQ gives it to the group again after 10 s, 30 s, a minute and so on, sixteen times in all. Play it at 100×.",
      zh: "有一张订单永远处理不了。RocketMQ 隔 10 秒、30 秒、1 分钟……一次次再交给这个组，一共十六次。请用 100 倍速播放。",
    },
  )
    .note("question", [0, 0], [56, 5], {
      en: "After how long is it a dead letter: a minute, ten, an hour, five?\nWatch: the ladder in the group's heading, one step a retry, and the dead letters at its end.",
      zh: "多久之后它成为死信：一分钟、十分钟、一小时，还是五小时？\n看点：组标题里的阶梯，一格是一次重试；最右边是死信。",
    })
    .producer("shop", "shop", [0, 14], { rate: 1, limit: 1, key: { k: "fixed", name: "bad" } })
    .node("rmqTopic", "orders", "orders", [18, 11])
    .node("rmqGroup", "invoices", "invoices", [41, 8], { startFrom: "first" }, { w: 25, h: 14 })
    .within("invoices")
    .consumer("write", "write", [7, 6], { service: 100, failKeys: ["bad"] })
    .within()
    .publish("shop", "orders")
    .consume("orders", "write")
    .scenario(),
  observe: {
    en: "Each failure stores a copy for the retry topic one level higher. The first steps pass quickly, the last two take an hour and two hours: only after 4 h 45 min 40 s of waiting, at the seventeenth try, it becomes a dead letter. Meanwhile nothing is blocked, and nobody is told.",
    zh: "每失败一次，就存一份副本到重试主题，等待时间升一级。前几格很快，最后两格要一小时和两小时：总共等了 4 小时 45 分 40 秒，第十七次处理失败之后才成为死信。这期间什么也不堵，也没有人知道。",
  },
  aha: {
    en: "A retry ladder is patient: set its length to how long you are ready not to know.",
    zh: "重试阶梯很有耐心：它该多长，取决于你能容忍多久不知情。",
  },
  variants: [
    {
      id: "three",
      name: { en: "Three retries: dead after 100 s", zh: "只重试三次：100 秒后成为死信" },
      change: { "invoices.maxReconsume": 3 },
    },
    {
      id: "at-once",
      name: { en: "The listener gives up at once", zh: "监听器当场放弃" },
      change: { "write.onFail": "reject" },
    },
  ],
};
