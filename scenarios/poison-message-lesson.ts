import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("One that nobody can digest", "一条谁也消化不了的消息"),
      body: t(
        "Two orders a second, each done in 0.2 s: the [worker](node:worker) has plenty of time. At **5 s** a [broken client](node:broken) sends **one** order that no worker can ever read. Each time it fails it is put back at the head of the queue.",
        "每秒两单，每单 0.2 秒：[工作进程](node:worker)很清闲。第 **5 秒**，一个[坏掉的客户端](node:broken)发来**一条**谁也读不懂的订单。每次失败，它都被放回队头。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("From 5 s to 30 s, how many good orders are done?", "从第 5 秒到第 30 秒，能做完多少条正常订单？"),
      options: [
        { text: t("All 50: one bad message is nothing", "50 条全做完：一条坏消息算什么"), min: 35 },
        { text: t("About half", "一半左右"), min: 5, max: 35 },
        { text: t("None", "一条也没有"), max: 5 },
      ],
      answerFrom: { metric: "worker.processed", agg: "increase", within: [6000, 30_000] },
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Five times a second, for ever", "每秒五次，没完没了"),
      facts: { again: { metric: "work.redeliver.rate" }, waiting: { metric: "work.ready" } },
      body: t(
        "The same message comes back **{{again}}**. It keeps the worker busy, every time. Behind it **{{waiting}}** good orders wait, two more every second.",
        "同一条消息以 **{{again}}** 的频率回来，每次都占着工作进程。它后面等着 **{{waiting}}** 条正常订单，每秒再多两条。",
      ),
      highlight: ["work", "worker"],
    },
    {
      type: "do",
      goal: t(
        "Park the poison where a person can look at it, and let all good orders be done by 40 s.",
        "把毒消息搁到有人会看的地方，并在第 40 秒前做完所有正常订单。",
      ),
      check: [
        { metric: "parked.ready", op: "=", value: 1, at: 40_000 },
        { metric: "work.redeliver", agg: "increase", op: "=", value: 0, within: [30_000, 40_000] },
        { metric: "work.ready", op: "<", value: 3, at: 40_000 },
      ],
      speed: 10,
      hints: [
        t(
          "[parked](node:parked) is already joined as the dead-letter queue. Why does nothing get there?",
          "[parked](node:parked) 已经接成死信队列。为什么什么也没到那儿？",
        ),
        t(
          "A message that is put back is not dead. Something has to say “enough”.",
          "放回去的消息还没死。得有谁来说一声“够了”。",
        ),
        t(
          "Make [work](node:work) a quorum queue with a delivery limit of 5. Or let the worker reject instead of putting back.",
          "把 [work](node:work) 改成仲裁队列，投递上限设为 5；或者让工作进程直接拒绝，不再放回。",
        ),
      ],
      solution: { set: { "work.queueType": "quorum", "work.deliveryLimit": 5 } },
      why: t(
        "After six tries the broker gives up and moves the message to the dead-letter queue. Rejecting at once is quicker, but gives a passing fault no second chance.",
        "试过六次，消息代理就不再投递，把它移进死信队列。一次就拒绝更快，但碰上一时的故障，就没有第二次机会了。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("What should be done with the parked message?", "搁下的消息应该怎么办？"),
      options: [
        {
          text: t(
            "Look at it, repair the cause, and send it again if it is worth it",
            "看一看，修好原因，值得的话再发一次",
          ),
          right: true,
        },
        { text: t("Move it back every night by a script", "每晚用脚本把它移回去") },
        { text: t("Nothing, it does no harm there", "不用管，放着无害") },
      ],
      why: t(
        "A dead-letter queue that nobody looks at is a slow way of losing messages. Put an alert on it.",
        "没人看的死信队列，只是慢一点的丢消息。给它加个告警吧。",
      ),
    },
  ],
};
