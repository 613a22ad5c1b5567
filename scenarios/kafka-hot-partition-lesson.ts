import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["reader.instances"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("One large customer", "一个大客户"),
      body: t(
        "**Twelve records a second.** 8.4 of them belong to one customer, [user-1](node:large), the rest to [four small ones](node:others). The key is the customer, so each customer stays in one [partition](term:topic). Three readers need **0.15 s** a record: 6.7 a second each, **20** together.",
        "**每秒十二条记录**，其中 8.4 条属于同一个客户 [user-1](node:large)，其余属于[四个小客户](node:others)。键就是客户，所以每个客户始终待在一个[分区](term:topic)里。三个读者每条要 **0.15 秒**：一个每秒 6.7 条，合起来 **20** 条。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "12 a second come in, 20 a second can be read. How far is the group behind after a minute?",
        "每秒进来 12 条，每秒读得完 20 条。一分钟后，这个组落后多少？",
      ),
      options: [
        { text: t("A few records: there is plenty to spare", "几条而已：余力很足"), max: 20 },
        { text: t("About 100", "100 条左右"), min: 20, max: 200 },
        {
          text: t("About 500: the large customer’s records stand still", "500 条左右：大客户的记录全堵住了"),
          min: 200,
        },
      ],
      answerFrom: { metric: "billing.lag", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 10 },
    {
      type: "observe",
      title: t("20 a second, but not where they are needed", "每秒 20 条，可惜不在要紧的地方"),
      facts: {
        a: { metric: "orders.lag[billing/0]" },
        b: { metric: "orders.lag[billing/1]" },
        c: { metric: "orders.lag[billing/2]" },
      },
      body: t(
        "The three lanes are behind by **{{a}}**, **{{b}}** and **{{c}}**. Into the last one come 8.4 a second, and its one reader does 6.7: 1.7 a second stay behind, for ever. The other two readers have time, but cannot help: a partition has one reader of a group.",
        "三条道分别落后 **{{a}}**、**{{b}}**、**{{c}}** 条。最后一条每秒进来 8.4 条，唯一的读者每秒做 6.7 条：每秒多积 1.7 条，没有尽头。另外两个读者闲得很，却帮不上忙：一个分区在一个组里只有一个读者。",
      ),
      reveal: ["chart:orders.lag"],
    },
    {
      type: "predict",
      kind: "choice",
      set: { "reader.instances": 6 },
      ask: t(
        "The boss doubles the readers, from three to six. And after a minute?",
        "老板把读者加倍，从三个加到六个。一分钟后呢？",
      ),
      options: [
        { text: t("No lag: 40 a second", "没有滞后：每秒 40 条了"), max: 20 },
        { text: t("Half of it", "少一半"), min: 20, max: 70 },
        { text: t("As far behind as before", "和原来一样落后"), min: 70 },
      ],
      answerFrom: { metric: "billing.lag", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 20 },
    {
      type: "observe",
      title: t("Three more who look on", "多了三个看客"),
      facts: { lag: { metric: "billing.lag" }, idle: { metric: "billing.idleMembers" } },
      body: t(
        "Still **{{lag}}** behind, and **{{idle}}** members have no partition at all. More partitions would not help either: all records of user-1 have the same key, and one key goes into one partition.",
        "还是落后 **{{lag}}** 条，而且有 **{{idle}}** 个成员连分区都没分到。加分区也一样没用：user-1 的记录都是同一个键，一个键只进一个分区。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let every lane keep up, with three readers and 0.15 s of work as before: no lane more than 20 behind in the second minute.",
        "让每条道都跟得上：还是三个读者、每条 0.15 秒，第二分钟里哪条道都不得落后超过 20 条。",
      ),
      set: { "reader.instances": 3 },
      check: [
        { metric: "orders.lag[billing/0]", agg: "max", op: "<=", value: 20, within: [60_000, 120_000] },
        { metric: "orders.lag[billing/1]", agg: "max", op: "<=", value: 20, within: [60_000, 120_000] },
        { metric: "orders.lag[billing/2]", agg: "max", op: "<=", value: 20, within: [60_000, 120_000] },
        { metric: "system.processed", op: ">=", value: 1380, at: 120_000 },
        { config: "reader.service", op: ">=", value: 150 },
        { config: "reader.instances", op: "<=", value: 3 },
      ],
      speed: 20,
      hints: [
        t("Why are all records of user-1 in one lane?", "user-1 的记录为什么都在一条道里？"),
        t(
          "The hash of the key chooses the lane. What if a customer had many keys, one for each of its branches?",
          "键的哈希决定走哪条道。要是一个客户有很多个键，比如每家分店一个呢？",
        ),
        t(
          "Give [user-1](node:large) keys in turn, 24 of them: they spread over all lanes.",
          "让 [user-1](node:large) 轮流用 24 个键：它们会散到各条道上。",
        ),
      ],
      solution: { set: { "large.key": { k: "roundRobin", n: 24 } } },
      why: t(
        "Now each lane gets less than the 6.7 a second of its reader. The price: order now holds for each branch, no longer for the customer as a whole.",
        "现在每条道进来的都少于读者的每秒 6.7 条。代价是：现在只有同一家分店的记录有序，整个客户的记录不再有序。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Which key would you choose for the readings of 10 000 thermometers?",
        "一万支温度计上报读数，你选什么做键？",
      ),
      options: [
        { text: t("The thermometer", "温度计编号"), right: true },
        { text: t("The city: half of them are in one", "城市：有一半在同一座城") },
        { text: t("The day", "日期") },
      ],
      why: t(
        "Many values, none of them large: the hash spreads them evenly, and the readings of each thermometer stay in order. By city one lane gets half of everything; by day one lane gets all of it.",
        "取值多，而且没有哪个特别大：哈希能散得均匀，每支温度计的读数又保持有序。按城市，一条道要担一半；按日期，当天的全挤在一条道里。",
      ),
    },
  ],
};
