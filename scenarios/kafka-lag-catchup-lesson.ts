import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["reader.service"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Down for half a minute", "停了半分钟"),
      body: t(
        "**Ten records a second**; one [reader](node:reader) can do **15**. From **20 s to 50 s** it is down. The records wait in the log.",
        "**每秒十条记录**，一个[读者](node:reader)每秒能做 **15** 条。**第 20 到 50 秒**它停了，记录在日志里等着。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("records", "条"),
      ask: t("How large is the lag when it comes back?", "它回来时，滞后多少条？"),
      answerFrom: { metric: "storing.lag", agg: "max", at: 51_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 51_000 }, speed: 10 },
    {
      type: "predict",
      kind: "choice",
      ask: t("How long until it has caught up?", "要多久才能追上？"),
      options: [
        { text: t("20 s: 300 ÷ 15", "20 秒：300 ÷ 15") },
        { text: t("30 s: as long as it was down", "30 秒：停多久补多久") },
        { text: t("60 s: 300 ÷ 5", "60 秒：300 ÷ 5"), right: true },
      ],
    },
    { type: "run", until: { t: 80_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Half-way", "走了一半"),
      facts: { most: { metric: "storing.lag", agg: "max" }, now: { metric: "storing.lag" } },
      body: t(
        "From **{{most}}** the [lag](term:lag) has come down to **{{now}}**, 30 s after the return. Ten more arrive every second, so that only 5 of the 15 are left for the backlog.",
        "恢复 30 秒后，[滞后](term:lag)从 **{{most}}** 降到了 **{{now}}**。每秒又来十条新的，15 条里只剩 5 条用来还债。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Catch up within some 15 s of the return: a lag under 15 at 66 s.",
        "恢复后 15 秒左右追上：第 66 秒滞后低于 15 条。",
      ),
      check: [
        { metric: "storing.lag", op: "<", value: 15, at: 66_000 },
        { metric: "storing.lag", agg: "max", op: ">=", value: 250, within: [40_000, 52_000] },
      ],
      speed: 10,
      hints: [
        t("Recovery time = lag ÷ spare capacity.", "恢复时间 = 滞后 ÷ 余力。"),
        t("300 ÷ 15 s = 20 a second to spare: 30 in all.", "300 ÷ 15 秒 = 每秒要 20 条余力，总共 30 条。"),
        t("Work of 0.03 s a record, to be on the safe side.", "每条 0.03 秒，留点余地。"),
      ],
      solution: { set: { "reader.service": 28 } },
      why: t(
        "A second member would not help here: there is one partition. Spare capacity has to be planned before it is needed.",
        "这里加成员没用：只有一个分区。余力要在需要之前就准备好。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "2 000 a second arrive, the readers do 2 500. After an outage of ten minutes: how many minutes until they have caught up?",
        "每秒来 2000 条，读者每秒能做 2500 条。停了十分钟之后，要几分钟才能追上？",
      ),
      answer: 40,
      tolerance: 0.02,
      why: t(
        "1.2 million behind, 500 a second to spare: 2 400 s. A fifth of spare capacity makes four minutes of catching up out of each minute of outage.",
        "落后 120 万条，每秒富余 500 条：2400 秒，也就是 40 分钟。能力里只有五分之一是余力，停一分钟就要追四分钟。",
      ),
    },
  ],
};
