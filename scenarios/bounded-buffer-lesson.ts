import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["buffer.maxLength", "reader.service"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Room for ten", "只放得下十条"),
      body: t(
        "A [writer](node:writer) would like to write **10** blocks a second, a [reader](node:reader) reads **4**. The [buffer](node:buffer) between them holds ten and refuses more; what is refused the writer tries again. After 40 s the writer has only 2 a second left to write.",
        "[写入方](node:writer)想每秒写 **10** 块，[读取方](node:reader)每秒读 **4** 块。中间的[缓冲区](node:buffer)放十块，再多就拒收；被拒的，写入方会再试。40 秒以后，写入方每秒只剩 2 块要写。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("At 30 s, how fast does the writer really get its blocks in?", "到第 30 秒，写入方实际每秒能写进去几块？"),
      options: [
        { text: t("10 a second, as it likes", "10 块，想写多少写多少"), min: 8 },
        { text: t("4 a second, as the reader reads", "4 块，和读的一样快"), min: 3, max: 5 },
        { text: t("None: it is stuck", "一块也写不进，卡住了"), max: 3 },
      ],
      answerFrom: { metric: "writer.confirm.rate", at: 30_000 },
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Full: the writer waits", "满了，写的等"),
      facts: { in: { metric: "writer.confirm.rate" }, most: { metric: "buffer.ready", agg: "max" } },
      body: t(
        "The buffer was full after two seconds and never held more than **{{most}}** waiting. From then on a block goes in when one has come out: **{{in}}**. The slow side has told the fast one: that is [backpressure](term:backpressure).",
        "缓冲区两秒就满了，等着的最多 **{{most}}** 块。此后读走一块才写得进一块：**{{in}}**。慢的一方告诉了快的一方：这就是[背压](term:backpressure)。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "At 60 s the writer sends only 2 a second. How busy is the reader then?",
        "到第 60 秒，写入方每秒只写 2 块。这时读取方有多忙？",
      ),
      options: [
        { text: t("All the time", "一刻不停"), min: 0.8 },
        { text: t("Half of the time", "一半时间"), min: 0.3, max: 0.8 },
        { text: t("Not at all", "完全闲着"), max: 0.3 },
      ],
      answerFrom: { metric: "reader.utilisation", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Empty: the reader waits", "空了，读的等"),
      facts: { busy: { metric: "reader.utilisation" }, waiting: { metric: "buffer.ready" } },
      body: t(
        "The reader is busy **{{busy}}** of the time and **{{waiting}}** blocks wait. Now it is the reader who stands idle until something comes. A full buffer makes writers wait, an empty one makes readers wait; nobody has to ask whose turn it is.",
        "读取方只有 **{{busy}}** 的时间在忙，等着的有 **{{waiting}}** 块。这回轮到读的一方闲着等。缓冲区满了写的等，空了读的等，谁也不用问该谁了。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let the writer write its 10 a second during the first 40 s and lose none, while the buffer still holds no more than ten.",
        "让写入方在前 40 秒真能每秒写 10 块，一块不丢，而缓冲区仍然最多放十块。",
      ),
      check: [
        { metric: "writer.confirm.total", op: ">=", value: 380, at: 40_000 },
        { metric: "buffer.ready", agg: "max", op: "<=", value: 11, at: 40_000 },
        { config: "buffer.maxLength", op: "<=", value: 10 },
        { metric: "system.discarded", op: "=", value: 0, at: 40_000 },
      ],
      until: { t: 40_000 },
      speed: 10,
      hints: [
        t(
          "A bigger buffer is full later, not never. And here it may not grow.",
          "缓冲区再大也只是晚一点满。何况这里不许加大。",
        ),
        t("Who is the slow one?", "慢的是谁？"),
        t("A reader of less than 0.1 s a block, or three of them.", "让读取方每块不到 0.1 秒，或者用三个读取方。"),
      ],
      solution: { set: { "reader.instances": 3 } },
      why: t(
        "A buffer evens out. When the mean is too slow, only a faster reader helps.",
        "缓冲区只能削平起伏。平均速度不够，就只能让读的一方更快。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Writer 10 a second, reader 12, both uneven: sometimes one pauses for two seconds. What is a buffer of 100 good for here?",
        "写入方每秒 10 块，读取方每秒 12 块，但都不均匀：有时会停上两秒。这里放一个 100 块的缓冲区，有什么用？",
      ),
      options: [
        { text: t("Nothing: the reader is faster anyway", "没用：读的本来就快") },
        {
          text: t("Neither has to stand still while the other pauses", "一方停顿时，另一方不必跟着停"),
          right: true,
        },
        { text: t("It makes the reader faster", "让读取方变快") },
      ],
      why: t(
        "Two seconds of writing are 20 blocks: they fit in. A buffer is sized by the longest pause, not by the mean.",
        "写两秒是 20 块，放得下。缓冲区多大，要看最长的停顿，而不是平均速度。",
      ),
    },
  ],
};
