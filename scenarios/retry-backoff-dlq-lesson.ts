import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("It may work next time", "也许下次就好了"),
      body: t(
        "Every fifth try fails, for a reason that passes. What failed waits **1 s**, then **4 s**, then **16 s** in a queue without consumers, whose messages [expire](term:ttl) into the next try. After the fourth it is [parked](node:parked) for a person.",
        "每五次有一次失败，原因是一时的。失败的先后等 **1 秒**、**4 秒**、**16 秒**：放在没有消费者的队列里，[过期](term:ttl)后转进下一次尝试。第四次还不行，就[搁下](node:parked)等人来看。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("Of 100 orders, how many will end up parked?", "100 单里，最后会有几单被搁下？"),
      options: [
        { text: t("20: every fifth", "20 单：五分之一") },
        { text: t("5", "5 单") },
        { text: t("Less than one", "不到一单"), right: true },
      ],
    },
    { type: "run", until: { t: 120_000 }, speed: 10 },
    {
      type: "observe",
      title: t("A fifth of a fifth of a fifth", "五分之一的五分之一的五分之一"),
      facts: {
        all: { metric: "shop.publish" },
        two: { metric: "try-2.publish" },
        three: { metric: "try-3.publish" },
        four: { metric: "try-4.publish" },
        parked: { metric: "parked.ready" },
      },
      body: t(
        "Of **{{all}}** orders **{{two}}** needed a second try, **{{three}}** a third, **{{four}}** a fourth. Parked: **{{parked}}**. 0.2 × 0.2 × 0.2 × 0.2 is 0.16 %.",
        "**{{all}}** 单里，要试第二次的 **{{two}}** 单，第三次 **{{three}}** 单，第四次 **{{four}}** 单，搁下的 **{{parked}}** 单。0.2 连乘四次，就是 0.16%。",
      ),
    },
    {
      type: "do",
      goal: t(
        "A bad day: of first and of second tries every other fails. Keep 95 of 100 orders under 8 s, and lose nothing. Only the waits are yours to change.",
        "糟糕的一天：第一、第二次尝试各有一半失败。让 95% 的订单在 8 秒内完成，一单不丢。只能改等多久。",
      ),
      set: { "worker-1.failRate": 0.5, "worker-2.failRate": 0.5 },
      check: [
        { metric: "system.e2e.p95", agg: "mean", op: "<=", value: 8000, within: [30_000, 120_000] },
        { metric: "system.lost", op: "=", value: 0, at: 120_000 },
        { config: "worker-1.failRate", op: "=", value: 0.5 },
        { config: "wait-1.messageTtl", op: ">=", value: 500 },
        { config: "wait-2.messageTtl", op: ">=", value: 1000 },
        { config: "wait-3.messageTtl", op: ">=", value: 1000 },
      ],
      speed: 20,
      hints: [
        t("Who is slow now: those that succeed at once, or those that wait?", "现在慢的是谁：一次成功的，还是在等的？"),
        t(
          "One in four reaches the third try, having waited 1 + 4 s; a fifth of those waits another 16.",
          "四分之一要试第三次，已经等了 1 + 4 秒；其中五分之一还要再等 16 秒。",
        ),
        t("Shorten the third wait to 2 s, and the second to 2 s.", "把第三段等待缩到 2 秒，第二段也缩到 2 秒。"),
      ],
      solution: { set: { "wait-3.messageTtl": 2000, "wait-2.messageTtl": 2000 } },
      why: t(
        "Shorter waits are quicker and hit a service that is still down more often. The growing wait is the compromise: quick at first, patient later.",
        "等得短，恢复得快，但也会更频繁地去敲还没好的服务。越等越久是个折中：先快，后耐心。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("Why not put a failed message straight back into the queue?", "失败的消息为什么不直接放回队列？"),
      options: [
        {
          text: t("It fails again at once, and keeps the worker from the others", "它会马上再失败，还占着别人的时间"),
          right: true,
        },
        { text: t("The broker does not allow it", "消息代理不允许") },
        { text: t("It would be lost", "它会丢") },
      ],
      why: t(
        "A fault that passes needs time to pass. Repetition without patience is only load.",
        "一时的故障需要时间过去。没有耐心的重复，只是添乱。",
      ),
    },
  ],
};
