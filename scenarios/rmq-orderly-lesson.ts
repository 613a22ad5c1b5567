import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["quick.order"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Steps of four orders", "四个订单的步骤"),
      body: t(
        "Orders **A, B, C, D** send their steps in turn; the key decides the queue, so each order has one. Two groups read them: one [in order](node:ordered), one [as it comes](node:quick). From **10 s to 14 s** every step of **B** fails, in both.",
        "订单 **A、B、C、D** 轮流发来步骤；键决定队列，所以一单一队列。两个组都在读：一个[按顺序](node:ordered)，一个[来了就做](node:quick)。**第 10 到 14 秒**，**B** 的每一步在两边都失败。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "How many steps of the whole picture are worked on out of order, up to 40 s?",
        "到第 40 秒为止，两边一共有多少步是乱了次序做的？",
      ),
      options: [
        { text: t("None", "没有"), max: 1 },
        {
          text: t("About four: those of B that one group put aside", "四步左右：一个组挪到一边的 B 的步骤"),
          min: 1,
          max: 12,
        },
        { text: t("Dozens: every step after the failure", "几十步：失败之后的全乱了"), min: 12 },
      ],
      answerFrom: { metric: "system.outOfOrder", at: 40_000 },
    },
    { type: "run", until: { t: 40_000 }, speed: 4 },
    {
      type: "observe",
      title: t("Stand still, or step aside", "停下来，还是挪开"),
      facts: {
        late: { metric: "system.outOfOrder" },
        back: { metric: "quick.retry" },
        both: { metric: "careful.processed" },
      },
      body: t(
        "**{{late}}** steps came late: the **{{back}}** that the second group sent to its [retry](term:consumer-retry) topic; they were back after 10 s, behind later ones. The first group kept the [order](term:ordered): B's queue stood still for four seconds and was tried every second, and the other three never noticed. In the end it had done all **{{both}}**.",
        "**{{late}}** 步来晚了：就是第二个组送去[重试](term:consumer-retry)的 **{{back}}** 步，10 秒后才回来，排在后发的后面。第一个组保住了[次序](term:ordered)：B 的队列停了四秒，每秒再试一次，另外三个毫无察觉。最后它也做完了全部 **{{both}}** 步。",
      ),
      highlight: ["steps"],
    },
    {
      type: "do",
      goal: t("Let nothing be out of order, in either group.", "让两个组都不乱次序。"),
      check: [
        { metric: "system.outOfOrder", op: "=", value: 0, at: 40_000 },
        { metric: "hasty.processed", op: ">=", value: 155, at: 40_000 },
      ],
      until: { t: 40_000 },
      speed: 10,
      hints: [
        t("What does the first group do that the second does not?", "第一个组做了什么，第二个没做？"),
        t("Look at “Consumption” of the second group.", "看看第二个组的“消费方式”。"),
        t("Set it to orderly.", "设为顺序消费。"),
      ],
      solution: { set: { "quick.order": "orderly" } },
      why: t(
        "Order needs both ends: a producer that puts what belongs together into one queue, and a group that does not go on past a failure.",
        "要顺序，两头都得配合：生产者把相关的放进同一个队列，消费者组遇到失败不越过去。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "In orderly consumption a message fails for ever. What happens by default?",
        "顺序消费中，一条消息永远失败。默认会怎样？",
      ),
      options: [
        { text: t("After 16 tries it becomes a dead letter", "试 16 次后成为死信") },
        { text: t("Its queue stands still for ever", "它的队列永远停在那里"), right: true },
        { text: t("The whole group stops", "整个组都停下来") },
      ],
      why: t(
        "Without a limit it is tried every second, for ever; set one, and it becomes a dead letter and the queue goes on.",
        "没有上限就每秒重试，没完没了；设了上限，它成为死信，队列继续。",
      ),
    },
  ],
};
