import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("The key chooses the lane", "键决定泳道"),
      body: t(
        "**Six records a second**, for six customers A to F in turn, go into a [topic](term:topic) of **three partitions**. Three readers are one [group](term:consumer-group): each reads one partition.",
        "**每秒六条记录**，依次属于 A 到 F 六位客户，进入一个有**三个分区**的[主题](term:topic)。三个读者是一个[组](term:consumer-group)，各读一个分区。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "After a minute there are 360 records. How many of them are in partition 1?",
        "一分钟后共有 360 条记录。其中多少条在分区 1？",
      ),
      options: [
        { text: t("120: a third", "120 条：三分之一"), min: 100, max: 140 },
        { text: t("None", "没有"), max: 100 },
        { text: t("Twice as many: a hash does not deal evenly", "多一倍：哈希并不平均"), min: 140 },
      ],
      answerFrom: { metric: "orders.endOffset[1]", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Four in one lane", "四个挤一道"),
      facts: {
        a: { metric: "orders.endOffset[0]" },
        b: { metric: "orders.endOffset[1]" },
        c: { metric: "orders.endOffset[2]" },
        out: { metric: "system.outOfOrder" },
      },
      body: t(
        "**{{a}}**, **{{b}}** and **{{c}}**. The partition is the hash of the key: a customer always lands in the same lane, but four of these six share one. Out of order within a customer: **{{out}}**.",
        "**{{a}}**、**{{b}}**、**{{c}}** 条。分区由键的哈希决定：同一客户总在同一道，但六个里有四个挤在一起。同一客户乱序的：**{{out}}** 条。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Somebody has left the key out, to spread the load. Bring back each customer's order.",
        "有人为了分散负载，把键去掉了。请把每位客户的顺序找回来。",
      ),
      set: { "shop.key": { k: "none" }, "shop.batch": 4000 },
      check: [
        { metric: "system.processed", op: ">=", value: 300, at: 60_000 },
        { config: "shop.key", op: "!=", value: { k: "none" } },
        { metric: "system.outOfOrder", op: "=", value: 0, at: 60_000 },
      ],
      speed: 10,
      hints: [
        t("Order holds within one partition only.", "顺序只在同一个分区内成立。"),
        t("What keeps all records of a customer in one partition?", "是什么让同一客户的记录都在一个分区里？"),
        t("Give [shop](node:shop) a key again: round-robin of 6.", "给 [shop](node:shop) 重新设键：6 个轮流。"),
      ],
      solution: { set: { "shop.key": { k: "roundRobin", n: 6 } } },
      why: t(
        "Order is per partition, and the key chooses the partition. Even load and order by key are two wishes: choose a key with many values and you get most of both.",
        "顺序只在分区内，键决定进哪个分区。负载平均和按键有序是两个愿望：选一个取值很多的键，两样都能得到大半。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The topic grows from three partitions to six. What happens to customer A’s records?",
        "主题从三个分区扩到六个。A 客户的记录会怎样？",
      ),
      options: [
        { text: t("Nothing: a key stays in its lane", "没变化：键总在原来那条道") },
        {
          text: t("New ones may land in another lane than the old ones", "新的可能落到另一条道，和旧的分开"),
          right: true,
        },
        { text: t("The old ones are moved", "旧的会搬过去") },
      ],
      why: t(
        "The lane is hash modulo the number of partitions. When that changes, old and new records of a customer lie in two lanes, and their order is lost at the seam. Choose the number generously at the beginning.",
        "走哪条道，是哈希对分区数取余。分区数一变，同一客户的新旧记录就分在两条道里，接缝处的顺序就没了。所以一开始就要留足。",
      ),
    },
  ],
};
