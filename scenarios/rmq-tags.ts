import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const RMQ_TAGS: CatalogueEntry = {
  group: "rocketmq",
  level: "intro",
  scenario: picture(
    "rmq-tags",
    { en: "One topic, many views: tags", zh: "一个主题，多种视角：标签" },
    {
      en: "A shop sends 180 messages to one topic, each with the tag create, pay or cancel in turn. Billing wants pay, mailing wants create and cancel.",
      zh: "商店向同一个主题发送 180 条消息，标签依次是 create、pay、cancel。记账组要 pay，邮件组要 create 和 cancel。",
    },
  )
    .note("question", [0, 0], [60, 5], {
      en: "How many messages does each group work on, and who throws the others away: the broker or the client?\nWatch: the filter in each group's heading, and the numbers of the two consumers.",
      zh: "两个组各处理多少条？其余的是谁筛掉的：Broker 还是客户端？\n看点：组标题里的过滤条件，以及两个消费者的数字。",
    })
    .producer("shop", "shop", [0, 15], {
      rate: 6,
      limit: 180,
      tag: "{create|pay|cancel}",
      key: { k: "roundRobin", n: 3 },
    })
    .node("rmqTopic", "orders", "orders", [19, 12])
    .node("rmqGroup", "billing", "billing", [43, 7], { filter: "pay", startFrom: "first" }, { w: 22, h: 11 })
    .within("billing")
    .consumer("bill", "bill", [6, 4], { service: 50 })
    .within()
    .node(
      "rmqGroup",
      "mailing",
      "mailing",
      [43, 20],
      { filter: "create || cancel", startFrom: "first" },
      { w: 22, h: 11 },
    )
    .within("mailing")
    .consumer("mail", "mail", [6, 4], { service: 50 })
    .within()
    .publish("shop", "orders")
    .consume("orders", "bill")
    .consume("orders", "mail")
    .scenario(),
  observe: {
    en: "180 messages lie in the topic, once. Billing works on 60, mailing on 120, and nobody fails. The broker compares the hash of each tag with those a group wants and passes over the rest: they never travel, but the group's offset moves past them, so that they never come back either.",
    zh: "主题里存着 180 条，各一份。记账组处理 60 条，邮件组 120 条，没有失败。Broker 用标签的哈希与组想要的比较，其余的跳过：它们根本不上路；但组的位点已经越过它们，所以以后也不会再来。",
  },
  aha: {
    en: "One topic can look different to every group; what a filter passes over does not come to that group by itself any more.",
    zh: "同一个主题，每个组看到的都不一样；被过滤掉的，不会再自己来到这个组。",
  },
  variants: [
    { id: "all", name: { en: "Billing wants everything", zh: "记账组全都要" }, change: { "billing.filter": "*" } },
    {
      id: "typo",
      name: { en: "A filter that fits no tag", zh: "写错的标签：谁也不匹配" },
      change: { "billing.filter": "paid" },
    },
  ],
  intended: ["tags-match-nothing"],
};
