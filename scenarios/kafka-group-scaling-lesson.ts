import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["worker.instances", "clicks.partitions"],
  steps: [
    {
      type: "text",
      camera: "fit",
      set: { "worker.instances": 2 },
      title: t("Two members, three lanes", "两个成员，三条泳道"),
      body: t(
        "**Nine records a second** in **three partitions**. A member of the group works 0.25 s on each: four a second. There are **two** members.",
        "**每秒九条记录**，分在**三个分区**。组里的成员每条 0.25 秒，每秒四条。现在有**两个**成员。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How far behind is the group after 30 s?", "30 秒后，这个组落后多少条？"),
      options: [
        { text: t("Hardly at all", "几乎不落后"), max: 15 },
        {
          text: t(
            "About 60: one member has two lanes, 6 a second against 4",
            "60 条左右：一个成员要顾两条道，每秒来 6 条、做 4 条",
          ),
          min: 15,
          max: 150,
        },
        { text: t("More than 150", "150 条以上"), min: 150 },
      ],
      answerFrom: { metric: "counting.lag", at: 30_000 },
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Lag", "滞后"),
      facts: { lag: { metric: "counting.lag" }, busy: { metric: "worker.utilisation" } },
      body: t(
        "The [lag](term:lag) is **{{lag}}** and grows. Yet the members together are busy only **{{busy}}** of the time: the one with a single lane has time, but cannot help: a partition belongs to one member.",
        "[滞后](term:lag)是 **{{lag}}** 条，还在涨。可两个成员合起来只有 **{{busy}}** 的时间在忙：只顾一条道的那个有空，却帮不上。一个分区只归一个成员。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Keep the lag under 10 for ten seconds, with no member idle.",
        "让滞后在十秒里一直低于 10 条，而且没有成员闲着。",
      ),
      check: [
        { metric: "counting.lag", op: "<", value: 10, for: 10_000 },
        { metric: "counting.idleMembers", op: "=", value: 0, at: 60_000 },
      ],
      until: { t: 60_000 },
      speed: 10,
      hints: [
        t("A lane brings 3 a second, a member does 4.", "一条道每秒来 3 条，一个成员每秒做 4 条。"),
        t("So one member for each lane. And a fourth?", "所以一人一条道。第四个呢？"),
        t("Three instances; the fourth would get no partition.", "三个实例；第四个分不到分区。"),
      ],
      solution: { set: { "worker.instances": 3 } },
      why: t(
        "Partitions cap parallelism. Choose their number for the largest group you will ever want: to add some later moves the keys.",
        "分区数就是并行的上限。按将来最大的组来定：以后再加，键就会换道。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "A topic has 12 partitions. How many members of one group can work at once, at most?",
        "一个主题有 12 个分区。同一个组里最多有几个成员能同时干活？",
      ),
      answer: 12,
      why: t("One a partition; the thirteenth idles.", "一个分区一个，第十三个只能闲着。"),
    },
  ],
};
