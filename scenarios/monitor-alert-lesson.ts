import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Two alerts", "两条告警"),
      body: t(
        "**20 orders a second**, now and then a burst of **60** for five seconds; the [worker](node:worker) does 40. That is ordinary. At **60 s** something goes wrong: the worker falls to 10 a second.\nTwo [alerts](term:alert) watch the backlog: one rings as soon as more than 50 wait, the other only when that has lasted 10 s.",
        "平时**每秒 20 单**，偶尔有五秒的小高峰 **60 单**；[工作进程](node:worker)每秒做 40 单。这都正常。第 **60 秒**出事了：工作进程降到每秒 10 单。\n两条[告警](term:alert)盯着堆积：一条超过 50 就响，另一条要持续 10 秒才响。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "How often does the hasty one ring **before** anything is wrong?",
        "在真正出事**之前**，性急的那条会响几次？",
      ),
      options: [
        { text: t("Never", "一次也不响") },
        { text: t("Twice", "两次"), right: true },
        { text: t("All the time", "一直在响") },
      ],
    },
    {
      type: "run",
      until: { t: 85_000 },
      speed: 10,
      body: t("Watch the marks that appear on the time line.", "留意时间轴上出现的标记。"),
    },
    {
      type: "observe",
      title: t("Noise and news", "噪音与消息"),
      facts: { burst: { metric: "orders.ready", agg: "max", within: [0, 55_000] }, now: { metric: "orders.ready" } },
      body: t(
        "Each burst leaves up to **{{burst}}** orders that are done five seconds later: the hasty alert rang for nothing. The patient one rang once, about 16 s after the fault: five to grow past 50, ten to be sure. By now **{{now}}** are waiting.",
        "每次小高峰最多积下 **{{burst}}** 单，五秒后就做完了：性急的那条白响了。沉得住气的只响一次，在出事后约 16 秒：五秒涨过 50，再等十秒确认。现在已有 **{{now}}** 单在等。",
      ),
    },
    {
      type: "do",
      goal: t(
        "The alarm has rung: act. Bring the backlog under 50 by 120 s although the worker stays slow.",
        "告警响了，动手吧。工作进程仍然很慢，请在第 120 秒前把堆积降到 50 以下。",
      ),
      check: [
        { metric: "orders.ready", op: "<", value: 50, at: 120_000 },
        { metric: "system.lost", op: "=", value: 0, at: 120_000 },
        { metric: "system.discarded", op: "=", value: 0, at: 120_000 },
      ],
      speed: 20,
      hints: [
        t(
          "20 a second arrive, sometimes 60; one slow worker does 10.",
          "每秒来 20 单，有时 60 单；一个慢的只做 10 单。",
        ),
        t("If one has become slow, how many of its kind would do?", "一个变慢了，那要几个这样的才够？"),
        t("Four instances do 40 a second again.", "四个实例又能每秒做 40 单。"),
      ],
      solution: { set: { "worker.instances": 4 } },
      why: t(
        "An alert is worth as much as what you can do when it rings. More hands first, then the search for the cause.",
        "告警的价值，在于响了之后你能做什么。先加人手，再找原因。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "An alert rings three times a week for nothing. What happens with the fourth?",
        "一条告警每周白响三次。第四次会怎样？",
      ),
      options: [
        { text: t("Nobody looks any more", "没人再看了"), right: true },
        { text: t("People are more attentive", "大家更警觉") },
        { text: t("It rings louder", "它会响得更大声") },
      ],
      why: t(
        "A duration turns noise into news. The price is that it speaks ten seconds later; the gain is that somebody still listens.",
        "加上“持续多久”，噪音才变成消息。代价是晚十秒，换来的是还有人愿意听。",
      ),
    },
  ],
};
