import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["orders.claimIdle"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Ann and Bob", "Ann 和 Bob"),
      body: t(
        "**40 orders** in four seconds go into a [stream](term:stream). [Ann](node:ann) and [Bob](node:bob) are one [group](term:consumer-group): each reads up to five entries at a time and acknowledges one by one, 0.4 s each. At **3 s** Bob crashes for good.",
        "四秒里有 **40 笔订单**进入一个[流](term:stream)。[Ann](node:ann) 和 [Bob](node:bob) 是一个[组](term:consumer-group)：每次最多读五条，每条 0.4 秒，逐条确认。第 **3 秒** Bob 崩溃，再也没回来。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("What becomes of the entries that Bob had read and not finished?", "Bob 读走却没做完的那些条目会怎样？"),
      options: [
        { text: t("They are lost", "丢了") },
        { text: t("They are delivered to Ann at once", "立刻交给 Ann") },
        { text: t("They stay on a list until somebody claims them", "留在一张表上，等人来认领"), right: true },
      ],
    },
    { type: "run", until: { t: 6000 }, speed: 1 },
    {
      type: "observe",
      title: t("Somebody is missing", "少了一个人"),
      facts: { pending: { metric: "orders.pending" }, ann: { metric: "ann.processed" } },
      body: t(
        "**{{pending}}** entries are pending: given out, not acknowledged. Ann's own are among them, and those that Bob left behind. The stream knows who had what. Ann has done **{{ann}}** so far.",
        "**{{pending}}** 条待确认：派发了，还没人确认。其中有 Ann 自己的，也有 Bob 留下的。流记得谁拿了什么。Ann 到现在做了 **{{ann}}** 条。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Claiming has been set to an hour. Let all 40 be done by 25 s, and nothing be pending.",
        "认领的时限被设成了一小时。请让 40 笔在第 25 秒前全部做完，一条也不剩。",
      ),
      set: { "orders.claimIdle": 3_600_000 },
      check: [
        { metric: "system.processed", op: "=", value: 40, at: 25_000 },
        { metric: "orders.pending", op: "=", value: 0, at: 25_000 },
      ],
      speed: 5,
      hints: [
        t("Who asks for what the dead have left behind?", "死掉的成员留下的，由谁来认领？"),
        t(
          "`XAUTOCLAIM` takes over entries that have been idle for long enough.",
          "`XAUTOCLAIM` 会接管闲置够久的条目。",
        ),
        t(
          "Set `claimIdle` of [orders](node:orders) to 5 s: longer than an entry takes.",
          "把 [orders](node:orders) 的 `claimIdle` 设为 5 秒：比处理一条的时间长。",
        ),
      ],
      solution: { set: { "orders.claimIdle": 5000 } },
      why: t(
        "A stream remembers who has what. Somebody must still ask for it.",
        "流记得谁手里有什么，但仍要有人来认领。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Bob was not dead but slow, and finishes after Ann has claimed. What follows?",
        "Bob 没死，只是慢，在 Ann 认领之后才做完。结果呢？",
      ),
      options: [
        { text: t("The order is done twice", "这笔订单做了两遍"), right: true },
        { text: t("Ann's work is undone", "Ann 的工作被撤销") },
        { text: t("Bob is refused", "Bob 会被拒绝") },
      ],
      why: t(
        "The same as with every redelivery: at least once. The consumer must recognise what it knows.",
        "和所有的重新投递一样，是至少一次。消费者得认得出做过的。",
      ),
    },
  ],
};
