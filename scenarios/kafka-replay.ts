import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_REPLAY: CatalogueEntry = {
  group: "kafka",
  level: "core",
  scenario: picture(
    "kafka-replay",
    { en: "Read it all again", zh: "从头再读一遍" },
    {
      en: "Five payments a second. “Billing” reads them from the start. “Audit” is a second group whose reader begins at 20 s, when 100 records are there already. At 40 s billing is set back to offset 0.",
      zh: "每秒五笔支付。“billing” 从一开始就在读。“audit” 是第二个消费者组，它的读者第 20 秒才开始，那时已有 100 条。第 40 秒 billing 被重置回偏移量 0。",
    },
  )
    .note("question", [0, 0], [62, 5], {
      en: "Billing has read the first hundred long ago. Are they still there for audit? And what happens when billing goes back?\nWatch: the flags in the lanes, and “Read again” of the topic after 40 s.",
      zh: "前一百条 billing 早就读过了。audit 还读得到吗？billing 倒回去之后会怎样？\n看点：泳道里的小旗，以及第 40 秒之后主题的“重复读取”。",
    })
    .producer("till", "till", [0, 16], { rate: 5, batch: 1000 })
    .node("topic", "payments", "payments", [20, 14])
    .node("group", "billing", "billing", [44, 8], { commit: "batch", offsetReset: "earliest" }, { w: 16, h: 11 })
    .within("billing")
    .consumer("biller", "biller", [3, 4], { service: 50 })
    .within()
    .node("group", "audit", "audit", [44, 22], { commit: "batch", offsetReset: "earliest" }, { w: 16, h: 11 })
    .within("audit")
    .consumer("auditor", "auditor", [3, 4], { service: 50 })
    .within()
    .publish("till", "payments")
    .consume("payments", "biller")
    .consume("payments", "auditor")
    .at(0, "consumer.stop", "auditor", {}, 20)
    .at(40, "group.reset", "billing", { offset: 0 })
    .scenario(),
  observe: {
    en: "Reading does not delete. Audit begins at offset 0 and reads everything that billing has read; the two do not notice each other. Set back, billing reads its records a second time: whoever is behind it gets every payment twice, unless it remembers what it has done.",
    zh: "读了不会删。audit 从偏移量 0 开始，billing 读过的它照样读到；两个组互不相干。倒回去之后，billing 把记录又读一遍：它的下游每笔支付都收到两次，除非记得自己做过什么。",
  },
  aha: {
    en: "A group is a bookmark; the book stays on the shelf.",
    zh: "消费者组只是书签；书一直在架上。",
  },
  variants: [
    {
      id: "latest",
      name: {
        en: "Audit begins at the latest: the first hundred pass it by",
        zh: "audit 从 latest 开始：前一百条错过了",
      },
      change: { "audit.offsetReset": "latest" },
    },
  ],
};
