import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["events.retentionTime"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A log that forgets", "会遗忘的日志"),
      body: t(
        "A [sensor](node:sensor) writes **five records a second** into a [topic](node:events) that keeps them for **60 s**. Its only [reader](node:reader) is down from **30 s to 120 s**, a minute and a half.",
        "[传感器](node:sensor)**每秒写五条记录**，[主题](node:events)只保留 **60 秒**。唯一的[读者](node:reader)从**第 30 秒停到第 120 秒**，一分半钟。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("records", "条"),
      ask: t(
        "How many records are deleted before anybody has read them? (450 are written while the reader is away.)",
        "有多少条还没人读过就被删掉了？（读者不在时一共写入 450 条。）",
      ),
      answerFrom: { metric: "system.discarded", at: 150_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 150_000 }, speed: 20 },
    {
      type: "observe",
      title: t("30 seconds too late", "晚了 30 秒"),
      facts: {
        gone: { metric: "system.discarded" },
        first: { metric: "events.startOffset", at: 121_000 },
        lag: { metric: "storing.lag" },
      },
      body: t(
        "**{{gone}}**: 90 s away, 60 s kept, so 30 s of records are missing. The [offset](term:offset) at which the reader wanted to go on was no longer in the log; it had to begin with the oldest record that was left, number **{{first}}**. Nobody is told: the [lag](term:lag) is **{{lag}}**, as if nothing had happened.",
        "**{{gone}}** 条：停了 90 秒，只保留 60 秒，差的 30 秒就没了。读者想接着读的[偏移量](term:offset)已经不在日志里，只好从剩下最早的第 **{{first}}** 条读起。谁也没收到通知：[滞后](term:lag)是 **{{lag}}**，像什么都没发生过。",
      ),
      highlight: ["events"],
    },
    {
      type: "predict",
      kind: "choice",
      set: { "storing.offsetReset": "latest" },
      ask: t(
        "The reader went on with the **earliest** record that was left. Had it been told to go on at the **latest**, how many would it have missed?",
        "刚才读者是从剩下**最早**的一条接着读的。要是让它从**最新**处接着读，会错过多少条？",
      ),
      options: [
        { text: t("The same 150", "同样是 150 条"), max: 250 },
        { text: t("All 450 of the time it was away", "它不在时的 450 条全部错过"), min: 250, max: 600 },
        { text: t("None: latest means up to date", "一条不少：最新就是跟上了"), min: 600 },
      ],
      answerFrom: { metric: "system.discarded", at: 200_000 },
    },
    { type: "run", until: { t: 200_000 }, speed: 20 },
    {
      type: "observe",
      title: t("Latest skips what was still there", "“最新”连还在的也跳过"),
      facts: { gone: { metric: "system.discarded" } },
      body: t(
        "**{{gone}}**. The 300 records that were still in the log were skipped as well: they were never read, and a minute later they were deleted. `latest` fits those who only want to know how things stand now, a display for example.",
        "**{{gone}}** 条。还留在日志里的 300 条也被跳过：谁也没读，一分钟后照样删掉。只关心“现在怎样”的读者才适合 `latest`，比如一块显示屏。",
      ),
    },
    {
      type: "do",
      goal: t(
        "The same ninety seconds may happen again at any time. Let no record be deleted unread.",
        "同样的九十秒随时可能再来一次。请做到：没读过的一条都不删。",
      ),
      check: [
        { metric: "system.discarded", op: "=", value: 0, at: 200_000 },
        { metric: "storing.lag", op: "<", value: 10, at: 200_000 },
        { metric: "system.processed", op: ">=", value: 980, at: 200_000 },
      ],
      speed: 20,
      hints: [
        t("How long must a record be kept, at the least?", "一条记录至少要保留多久？"),
        t(
          "As long as the longest outage, and the time to catch up on top of it.",
          "至少是最长的一次停机，再加上追赶所需的时间。",
        ),
        t(
          "Keep the records of [events](node:events) for ten minutes, and let [storing](node:storing) start from the earliest.",
          "把 [events](node:events) 的保留时间设为十分钟，并让 [storing](node:storing) 从最早处读起。",
        ),
      ],
      solution: { set: { "events.retentionTime": 600_000, "storing.offsetReset": "earliest" } },
      why: t(
        "Retention is a promise to readers: be back within this time. Kafka’s own default is a week, for a weekend without anybody on duty. What it costs is disk: rate × size × time.",
        "保留时间是给读者的承诺：在这段时间内回来就行。Kafka 默认是一周，足够熬过没人值班的周末。它的代价是磁盘：速率 × 大小 × 时间。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "1 000 records a second of 1 kB each, kept for a week on three replicas. About how many TB of disk are that? (A week has 604 800 s.)",
        "每秒 1000 条，每条 1 kB，保留一周，三个副本。大约要多少 TB 磁盘？（一周有 604 800 秒。）",
      ),
      answer: 1.8,
      tolerance: 0.1,
      why: t(
        "1 000 × 1 kB × 604 800 s = 0.6 TB, three times: 1.8 TB. What you can afford to keep and how long an outage may last are one decision.",
        "1000 × 1 kB × 604 800 秒 = 0.6 TB，三份就是 1.8 TB。存得起多少，和停得起多久，是同一个决定。",
      ),
    },
  ],
};
