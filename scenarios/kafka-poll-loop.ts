import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const KAFKA_POLL_LOOP: CatalogueEntry = {
  group: "kafka",
  level: "deep",
  scenario: picture(
    "kafka-poll-loop",
    { en: "A slow batch looks dead", zh: "慢批次看上去像死了" },
    {
      en: "Three thousand records are there within 5 s, then two a second. A reader gets up to 500 in one poll and works 0.1 s on each; the group waits 30 s for the next poll.",
      zh: "5 秒之内写入三千条，之后每秒两条。读者一次 poll 最多拿 500 条，每条处理 0.1 秒；组最多等 30 秒就要它再次 poll。",
    },
  )
    .note("question", [0, 0], [60, 5], {
      en: "The reader never stops working. Why does the lag never fall?\nWatch: the group's rebalances and the topic's “Read again”. Then poll 100 at a time.",
      zh: "读者一直在干活。为什么滞后从来不降？\n看点：组的“再均衡”次数和主题的“重复读取”。然后改成每次 poll 100 条。",
    })
    .producer("import", "import", [0, 13], {
      rate: 2,
      pattern: {
        p: "steps",
        steps: [
          { t: 0, rate: 600 },
          { t: 5000, rate: 2 },
        ],
      },
    })
    .node("topic", "rows", "rows", [20, 11], { partitions: 2 })
    .node("group", "loading", "loading", [44, 8], { commit: "batch", offsetReset: "earliest" }, { w: 16, h: 15 })
    .within("loading")
    .consumer("loader", "loader", [3, 6], { service: 100, instances: 2 })
    .within()
    .publish("import", "rows")
    .consume("rows", "loader")
    .scenario(),
  observe: {
    en: "500 × 0.1 s are 50 s in one poll, and after 30 s without a poll a member is taken for stuck: its partitions go to others, its commit is refused, and the same batch begins again. The work is done over and over. With 100 a poll every batch is done in 10 s and committed: the lag falls.",
    zh: "一次 poll 拿 500 条，500 × 0.1 秒就是 50 秒；30 秒没有 poll，成员就被当成卡住：分区转给别人，提交被拒绝，同一批又从头来过，反复做无用功。每次 100 条，10 秒做完一批并提交：滞后就降下来了。",
  },
  aha: {
    en: "Poll little and often: a slow batch looks like a dead program.",
    zh: "少量多次地 poll：处理慢的批次，看上去就像程序死了。",
  },
  variants: [
    {
      id: "small",
      name: { en: "100 records a poll: the lag falls", zh: "每次 100 条：滞后下降" },
      change: { "loading.maxPollRecords": 100 },
    },
    {
      id: "patient",
      name: { en: "Wait five minutes for a poll, as Kafka does", zh: "像 Kafka 默认那样等五分钟" },
      change: { "loading.maxPollInterval": 300_000 },
    },
  ],
  intended: ["batch-outlasts-interval"],
};
