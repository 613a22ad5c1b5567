import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["naive.dedup"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Paid twice", "付了两遍"),
      body: t(
        "The line is cut twice, and both shops send again what was not confirmed: some payments arrive twice. [A](node:naive) books whatever comes. [B](node:wary) remembers the ids of the last thousand payments and skips those it knows: it is [idempotent](term:idempotent).",
        "线路断了两次，两家店都会重发没确认的，于是有些付款到了两遍。[A](node:naive) 来一笔记一笔。[B](node:wary) 记得最近一千笔的编号，见过的就跳过：它是[幂等](term:idempotent)的。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("100 payments were made. How many does A book?", "一共付了 100 笔。A 会记多少笔？"),
      options: [
        { text: t("Fewer than 100", "不到 100 笔"), max: 100 },
        { text: t("100", "100 笔"), min: 100, max: 101 },
        { text: t("A few more", "多出几笔"), min: 101, max: 120 },
        { text: t("About 200", "200 笔左右"), min: 120 },
      ],
      answerFrom: { metric: "naive.processed", at: 40_000 },
    },
    { type: "run", until: { t: 40_000 }, speed: 5 },
    {
      type: "observe",
      title: t("The same deliveries, another effect", "收到的一样，结果不一样"),
      facts: { a: { metric: "naive.processed" }, b: { metric: "wary.processed" }, dup: { metric: "wary.duplicates" } },
      body: t(
        "A booked **{{a}}**. B was given the same, recognised **{{dup}}** as known, and booked **{{b}}**.",
        "A 记了 **{{a}}** 笔。B 收到的一样多，认出 **{{dup}}** 笔是见过的，记了 **{{b}}** 笔。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let A book each payment once, without changing how the shops send.",
        "让 A 每笔只记一次，不许改店铺的发送方式。",
      ),
      check: [
        { metric: "naive.processed", op: "=", value: 100, at: 40_000 },
        { metric: "naive.duplicates", op: ">=", value: 1, at: 40_000 },
        { config: "shop-a.waitFor", op: "=", value: "confirm" },
      ],
      speed: 10,
      hints: [
        t("How can a cashier know that a payment has come before?", "收银员怎么知道这笔付款来过？"),
        t("By its id, if it remembers enough of them.", "看编号，只要记得够多。"),
        t("Set `dedup` of [naive](node:naive) to 1 000.", "把 [naive](node:naive) 的 `dedup` 设为 1000。"),
      ],
      solution: { set: { "naive.dedup": 1000 } },
      why: t(
        "No broker delivers exactly once over a line that can break. At least once, and a receiver that knows what it has done, is as good.",
        "线路会断，就没有哪个消息代理能保证恰好一次。“至少一次”加上记得自己做过什么的接收方，效果就一样。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("Which of these may be done twice without harm?", "下面哪些做两遍也没有坏处？"),
      options: [
        {
          text: t("Set the address of customer 7 to “Main Street 1”", "把 7 号客户的地址改成“人民路 1 号”"),
          right: true,
        },
        { text: t("Add 10 to the account of customer 7", "给 7 号客户的账户加 10 元") },
        { text: t("Mark order 42 as paid", "把 42 号订单标记为已支付"), right: true },
        { text: t("Send a letter", "寄一封信") },
      ],
      why: t(
        "What says how things **should be** can be repeated; what says how they **change** cannot, unless you remember that you did it.",
        "说清楚**应该是什么样**的，可以重复；说**怎么变**的不行，除非记得自己做过。",
      ),
    },
  ],
};
