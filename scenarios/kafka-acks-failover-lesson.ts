import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["bank.acks", "transfers.minInsync"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Stored, says the leader", "领导者说存好了"),
      body: t(
        "Three brokers, three [replicas](term:replica), followers **2 s** behind. **Five records a second** with `acks=1`: the [leader](term:leader) alone answers. At **20 s** it crashes.",
        "三个代理，三个[副本](term:replica)，追随者落后 **2 秒**。**每秒五条**，`acks=1`：只要[领导者](term:leader)答复就算。第 **20 秒**，领导者崩溃。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "How many records are lost that the producer believes are stored?",
        "生产者以为存好了、其实丢了的，有多少条？",
      ),
      options: [
        { text: t("None: there are two more copies", "一条没有：还有两份副本"), max: 1 },
        { text: t("About ten: two seconds of them", "十条左右：两秒的量"), min: 1, max: 30 },
        { text: t("All of them", "全丢"), min: 30 },
      ],
      answerFrom: { metric: "system.lost", at: 45_000 },
    },
    { type: "run", until: { t: 45_000 }, speed: 5 },
    {
      type: "observe",
      title: t("The copies were late", "副本还没跟上"),
      facts: {
        lost: { metric: "system.lost" },
        wait: { metric: "bank.response.p50", agg: "min", within: [5000, 18_000] },
      },
      body: t(
        "**{{lost}}** lost, though each was answered within **{{wait}}**. What the followers had not fetched yet died with the leader.",
        "丢了 **{{lost}}** 条，虽然每条都在 **{{wait}}** 内得到答复。追随者还没拉到的，随领导者一起没了。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let no confirmed record be lost, in this crash and in the next, at 60 s, when two brokers go.",
        "让确认过的一条都不丢：这次不丢，第 60 秒两个代理一起倒下时也不丢。",
      ),
      check: [
        { metric: "system.lost", op: "=", value: 0, at: 90_000 },
        { metric: "bank.confirm", op: ">=", value: 100, at: 90_000 },
      ],
      speed: 10,
      hints: [
        t("Whose word does the producer wait for?", "生产者在等谁的话？"),
        t("`acks=all` waits for every replica that is in sync.", "`acks=all` 会等所有同步的副本。"),
        t(
          "And ask for at least two in sync: `minInsync` 2 on [transfers](node:transfers).",
          "并且要求至少两个同步：把 [transfers](node:transfers) 的 `minInsync` 设为 2。",
        ),
      ],
      solution: { set: { "bank.acks": "all", "transfers.minInsync": 2 } },
      why: t(
        "Each answer now takes 2 s longer, and with `minInsync` 2 and one broker left writes are refused. Durability is bought with latency, and sometimes with availability.",
        "现在每次答复要多等 2 秒；`minInsync` 为 2 时，只剩一个代理写入就会被拒绝。持久性要用延迟来买，有时还要用可用性来买。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "`acks=all`, but `minInsync` is 1. Two of three brokers are down. What does `all` mean now?",
        "`acks=all`，但 `minInsync` 是 1，三个代理倒了两个。这时的 `all` 是什么意思？",
      ),
      options: [
        { text: t("All three: nothing can be written", "三个都要：什么也写不进去") },
        { text: t("All that are in sync, and that is one", "所有同步的，也就是剩下的那一个"), right: true },
        { text: t("A majority", "多数派") },
      ],
      why: t(
        "`all` counts those that keep up, even if it is only one. Only `minInsync` says how few are too few.",
        "`all` 数的是跟得上的，哪怕只剩一个。少到几个就不许写，由 `minInsync` 说了算。",
      ),
    },
  ],
};
