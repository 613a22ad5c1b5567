import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 9,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Three copies, or one", "三份副本，还是一份"),
      body: t(
        "A cluster of **three nodes** holds two queues. [replicated](node:replicated) is a quorum queue: a [replica](term:replica) on every node, one of them the [leader](term:leader). [alone](node:alone) is a classic queue and lives on node 1. Into each go **10 messages a second**, and both senders wait for every [confirm](term:confirm). At **20 s node 1 crashes**; ten seconds later it is back.",
        "集群有**三个节点**，上面有两个队列。[replicated](node:replicated) 是仲裁队列：每个节点一份[副本](term:replica)，其中一份是[领导者](term:leader)。[alone](node:alone) 是经典队列，只在节点 1 上。两边每秒各进 **10 条**，发送方每条都等[发布确认](term:confirm)。第 **20 秒，节点 1 崩溃**；十秒后恢复。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Node 1 leads the quorum queue. How many messages does that queue take up between 20 s and 30 s?",
        "节点 1 正是仲裁队列的领导者。第 20 到 30 秒，这个队列能收下多少条？",
      ),
      options: [
        { text: t("None: its leader is gone", "一条也没有：领导者没了"), max: 20 },
        { text: t("About half", "一半左右"), min: 20, max: 80 },
        { text: t("About 100, as always", "100 条左右，和平时一样"), min: 80 },
      ],
      answerFrom: { metric: "replicated.publish", agg: "increase", within: [20_000, 30_000] },
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "And the 100 messages that are sent to the classic queue meanwhile, all of them confirmed?",
        "同一段时间里，发往经典队列的 100 条也都得到了确认。它们呢？",
      ),
      options: [
        { text: t("Confirmed is confirmed: all are there afterwards", "确认了就是确认了：事后全都在"), max: 10 },
        { text: t("Some get through", "有一些送到了"), min: 10, max: 90 },
        { text: t("None is ever seen again", "一条也找不回来"), min: 90 },
      ],
      answerFrom: { metric: "system.discarded", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 5 },
    {
      type: "observe",
      title: t("A pause, and a hole", "一个停顿，一个窟窿"),
      facts: {
        kept: { metric: "replicated.publish", agg: "increase", within: [20_000, 30_000] },
        promised: { metric: "same.confirm" },
        stored: { metric: "alone.publish" },
        gone: { metric: "system.discarded" },
        lost: { metric: "system.lost" },
      },
      body: t(
        "The quorum queue took up **{{kept}}** in those ten seconds. Two of three nodes are a majority: within about a second they chose a new leader, and what had come meanwhile was confirmed then. Lost: **{{lost}}**.\nThe other sender heard **{{promised}}** confirms, but only **{{stored}}** messages ever entered its queue. While node 1 was away no queue matched, and the broker dropped **{{gone}}** messages and confirmed them: a confirm says that the broker has dealt with a message, not that a queue has it.",
        "这十秒里，仲裁队列收下了 **{{kept}}** 条。三个节点里的两个就是多数派：约一秒就选出新的领导者，期间到的消息随后得到确认。丢失：**{{lost}}** 条。\n另一个发送方收到 **{{promised}}** 个确认，可真正进入队列的只有 **{{stored}}** 条。节点 1 不在时没有匹配的队列，消息代理丢弃了 **{{gone}}** 条，还照样确认：确认只表示“代理处理过了”，不表示“有队列收下了”。",
      ),
      reveal: ["chart:replicated.publish"],
    },
    {
      type: "do",
      goal: t(
        "Let the crash cost nobody more than a pause: no message dropped, in either queue, and none given up. The crash stays.",
        "让这次崩溃只带来片刻停顿：两个队列都不许丢弃消息，发送方也不许放弃任何一条。崩溃照旧发生。",
      ),
      check: [
        { metric: "system.discarded", op: "=", value: 0, at: 60_000 },
        { metric: "system.lost", op: "=", value: 0, at: 60_000 },
        { metric: "alone.publish", agg: "increase", op: ">=", value: 80, within: [20_000, 30_000] },
        { metric: "same.failed", op: "=", value: 0, at: 60_000 },
        { metric: "rabbit.up", agg: "min", op: "<=", value: 2, within: [20_000, 30_000] },
      ],
      speed: 10,
      hints: [
        t("What does the upper queue have that the lower one has not?", "上面的队列有什么，是下面的没有的？"),
        t(
          "With `mandatory` the sender would at least be told of each message that no queue takes; but that keeps none of them.",
          "加上 `mandatory`，没有队列收下的消息至少会退回来；可那也存不住它们。",
        ),
        t("Make [alone](node:alone) a quorum queue.", "把 [alone](node:alone) 改成仲裁队列。"),
      ],
      solution: { set: { "alone.queueType": "quorum" } },
      why: t(
        "Now every message is on two nodes at least before it is confirmed, so that the two that are left have all of it. Every confirm costs a round trip to another node, and every message two more places on disk.",
        "现在每条消息至少在两个节点上存好才确认，所以剩下的两个节点什么都不缺。代价是：每个确认多一趟节点间的往返，每条消息多占两份磁盘。",
      ),
    },
    {
      type: "do",
      goal: t(
        "To save money the cluster has only two nodes now, and the quorum queue stands still for the whole ten seconds. Use as few nodes as will do.",
        "为了省钱，集群只剩两个节点，仲裁队列整整停了十秒。请用尽量少的节点解决。",
      ),
      set: { "rabbit.nodes": 2 },
      check: [
        { metric: "replicated.publish", agg: "increase", op: ">=", value: 80, within: [20_000, 30_000] },
        { metric: "system.discarded", op: "=", value: 0, at: 60_000 },
        { config: "rabbit.nodes", op: "<=", value: 3 },
      ],
      speed: 10,
      hints: [
        t("How many of two are more than half?", "两个里的多数是几个？"),
        t("Both. So a cluster of two may lose none.", "两个都要。所以两个节点的集群一个也不能少。"),
        t("Three nodes: two of them are a majority.", "三个节点：其中两个就是多数。"),
      ],
      solution: { set: { "rabbit.nodes": 3 } },
      why: t(
        "2 nodes bear the loss of 0, 3 of 1, 4 of 1, 5 of 2: an even number buys nothing but work.",
        "2 个节点能少 0 个，3 个能少 1 个，4 个还是 1 个，5 个能少 2 个：偶数多出来的那台，只添活不添保险。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("What does a publisher confirm promise?", "发布确认承诺的是什么？"),
      options: [
        {
          text: t(
            "That the broker has done what the routing said, even if that was nothing",
            "代理已按路由处理完，哪怕结果是没有队列可进",
          ),
          right: true,
        },
        { text: t("That a consumer has worked on the message", "消费者已经处理了这条消息") },
        { text: t("That the message is in a queue", "消息一定在某个队列里") },
      ],
      why: t(
        "Where a queue has taken it, the confirm also says that it is stored there as its settings ask. For “no queue took it” there is `mandatory`: such a message comes back before its confirm.",
        "有队列收下时，确认还表示已按设置存好。没有队列收下时，要靠 `mandatory`：消息会先被退回，然后才是确认。",
      ),
    },
  ],
};
