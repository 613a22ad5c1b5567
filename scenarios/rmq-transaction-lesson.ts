import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["shop.unknownShare", "shop.onCheck"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Both or neither", "要么都成，要么都不成"),
      body: t(
        "The [shop](node:shop) writes an order into its database and tells [points](node:points) of it. If it wrote first and crashed, nobody would be told; if it told first and the database refused, points would be wrong. So it sends a [half message](term:transactional) first, then writes, then says **commit** or **roll back**. Of **10 %** it says nothing.",
        "[商店](node:shop)把订单写进自己的数据库，还要告诉[积分组](node:points)。先写再发，中间崩溃就没人知道；先发再写，数据库不收，积分就错了。于是它先发[半消息](term:transactional)，再写库，然后说**提交**或**回滚**。有 **10%** 它什么也没说。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "100 messages are sent in 20 s. How many are still half after a minute?",
        "20 秒内发出 100 条。一分钟后，还有多少条是半消息？",
      ),
      options: [
        { text: t("About ten: nobody spoke of them", "十条左右：没有下文的那些"), min: 2, max: 30 },
        { text: t("None: somebody asks", "一条也没有：会有人来问"), max: 1 },
        { text: t("All that were rolled back, too", "还包括回滚的那些"), min: 30 },
      ],
      answerFrom: { metric: "orders.half", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 5 },
    {
      type: "observe",
      title: t("The broker asks", "Broker 会来问"),
      facts: {
        commit: { metric: "orders.commit" },
        rollback: { metric: "orders.rollback" },
        check: { metric: "orders.check" },
        seen: { metric: "credit.processed" },
      },
      body: t(
        "**{{commit}}** committed and **{{rollback}}** rolled back make a hundred. **{{check}}** times the broker asked back, each time at least 6 s after the half message came, and the shop looked into its database and answered. Points saw **{{seen}}**: exactly what was committed.",
        "提交 **{{commit}}** 条、回滚 **{{rollback}}** 条，正好一百。Broker 回查了 **{{check}}** 次，每次都在半消息到达 6 秒之后；商店查了数据库再回答。积分组看到 **{{seen}}** 条：正是提交的那些。",
      ),
      highlight: ["orders"],
    },
    {
      type: "do",
      title: t("A shop that does not answer", "不答话的商店"),
      set: { "shop.onCheck": "unknown" },
      goal: t(
        "Now the shop answers “unknown” to every question, and its silent messages stay half. Make sure that none is half after a minute, and that what was silent counts as committed.",
        "现在商店对每次回查都答“未知”，没有下文的消息一直是半消息。请让一分钟后没有半消息，而且那些没有下文的都算提交。",
      ),
      check: [
        { metric: "orders.half", op: "=", value: 0, at: 60_000 },
        { metric: "orders.commit", op: ">", value: 80, at: 60_000 },
      ],
      until: { t: 60_000 },
      speed: 10,
      hints: [
        t("The broker asks; what matters is the answer.", "Broker 会来问，关键是怎么答。"),
        t("Look for “Answer when asked” at the shop.", "看看商店的“回查时的答复”。"),
        t("Set it to commit.", "设为提交。"),
      ],
      solution: { set: { "shop.onCheck": "commit" } },
      why: t(
        "The check is a question to your database: was this order written? Whoever cannot answer is asked fifteen times, then the message is set aside as if rolled back.",
        "回查其实是问你的数据库：这单写进去了吗？答不上来，会被问十五次，然后消息被搁置，等于回滚。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("What does such a transaction promise?", "这样的事务保证什么？"),
      options: [
        { text: t("That every consumer works on the message exactly once", "每个消费者恰好处理一次") },
        {
          text: t(
            "That the message is sent if and only if the local work is done",
            "本地事务成了，消息才发出；成了就一定发出",
          ),
          right: true,
        },
        { text: t("That the consumer's work is undone when it fails", "消费者失败时会撤销它做的事") },
      ],
      why: t(
        "It binds sender and message together. Behind the broker it is at least once, as always.",
        "它把发送方和消息绑在一起。过了 Broker，还是至少一次。",
      ),
    },
  ],
};
