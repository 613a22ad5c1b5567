import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["far.prefetch"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Far away", "路很远"),
      body: t(
        "**90 messages a second**, and a [worker](node:far) who needs **10 ms** each: 100 a second, enough. But it works far away, **50 ms** there and **50 ms** back, with [prefetch](term:prefetch) 1.",
        "**每秒 90 条消息**，[工作进程](node:far)每条 **10 毫秒**，每秒能做 100 条，够了。可它在很远的地方：去 **50 毫秒**，回 **50 毫秒**，[预取数](term:prefetch)是 1。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How many a second does it do?", "它每秒做几条？"),
      options: [
        { text: t("90: it has time enough", "90 条：时间绰绰有余"), min: 60 },
        { text: t("About 45", "45 条左右"), min: 20, max: 60 },
        { text: t("About 9", "9 条左右"), max: 20 },
      ],
      answerFrom: { metric: "line.ack.rate", at: 10_000 },
    },
    { type: "run", until: { t: 10_000 }, speed: 2 },
    {
      type: "observe",
      title: t("Travel, not work", "时间都花在路上"),
      facts: { rate: { metric: "line.ack.rate" }, busy: { metric: "far.utilisation" } },
      body: t(
        "**{{rate}}**, and busy **{{busy}}** of the time. The next message sets out only when the acknowledgement has come home: 50 + 10 + 50 ms for each.",
        "做到 **{{rate}}**，只有 **{{busy}}** 的时间在忙。确认回到家，下一条才出发：每条 50 + 10 + 50 毫秒。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Keep the queue short with as small a prefetch as you can: 20 at the most.",
        "用尽量小的预取数让队列保持很短，最多 20。",
      ),
      check: [
        { metric: "line.ready", op: "<", value: 20, for: 10_000 },
        { config: "far.prefetch", op: "<=", value: 20 },
        { metric: "line.ack.rate", op: ">=", value: 85, at: 20_000 },
      ],
      until: { t: 20_000 },
      speed: 5,
      hints: [
        t("How many messages can be done in the 110 ms of one round?", "一个来回 110 毫秒，做得完几条？"),
        t("11 fit into it. 90 a second need 10.", "放得下 11 条；每秒 90 条，需要 10 条。"),
        t("12 leave something to spare.", "12 就留有余地。"),
      ],
      solution: { set: { "far.prefetch": 12 } },
      why: t(
        "Prefetch must cover the round trip: as many messages as fit into it, and not many more.",
        "预取要盖过一个来回：来回的时间里做得完几条，就预取几条，不必再多。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A worker in the same room: 0.2 ms there and back, 200 ms of work. Which prefetch suits it?",
        "工作进程就在隔壁：来回 0.2 毫秒，处理 200 毫秒。预取数设多少合适？",
      ),
      options: [
        { text: t("1 or 2: the trip is nothing beside the work", "1 或 2：和处理比，路程可以忽略"), right: true },
        { text: t("50, to be on the safe side", "50，保险一点") },
        { text: t("0: no limit", "0：不设上限") },
      ],
      why: t(
        "Prefetch ≈ 1 + round trip ÷ work. What is fetched beyond that only waits with one worker, while another may be idle.",
        "预取数 ≈ 1 + 来回 ÷ 处理时间。再多取的，只是在这个工作进程手里干等，而别的可能正闲着。",
      ),
    },
  ],
};
