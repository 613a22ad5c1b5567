import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 9,
  expose: ["workers.instances"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Deposit, then withdraw", "先存后取"),
      body: t(
        "Bookings of four customers, **5 a second**, each 0.05 to 0.5 s of work. The [bank](node:bank) sends them all into [one queue](node:any) that three [workers](node:workers) share. The lower lane, one queue per customer, has nothing to do yet.",
        "四位客户的记账，**每秒 5 笔**，每笔 0.05 到 0.5 秒。[银行](node:bank)把它们都送进[同一个队列](node:any)，由三个[工作进程](node:workers)分担。下面那一道每位客户一个队列，暂时还没派上用场。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "In a minute, how often is a customer's later booking finished before an earlier one?",
        "一分钟里，同一客户后来的一笔先于前一笔做完，会有多少次？",
      ),
      options: [
        { text: t("Never", "一次也没有"), max: 1 },
        { text: t("A few times", "有那么几次"), min: 1, max: 60 },
        { text: t("With every second booking", "一半都乱了"), min: 60 },
      ],
      answerFrom: { metric: "system.outOfOrder", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Fast, but not in order", "快，但是乱"),
      facts: { out: { metric: "system.outOfOrder" }, rate: { metric: "system.throughput" } },
      body: t(
        "The three keep up with **{{rate}}**, but **{{out}}** times a short booking has overtaken a longer one of the same customer. A withdrawal before its deposit: the account is overdrawn, on paper.",
        "三个人跟得上（**{{rate}}**），但有 **{{out}}** 次，短的一笔超过了同一客户更长的一笔。取款记在存款前面：账面上就透支了。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Order **and** speed: nothing out of order in 60 s, and at least 4.5 bookings a second.",
        "又要顺序**又要**速度：60 秒内一次不乱，而且每秒至少 4.5 笔。",
      ),
      check: [
        { metric: "system.outOfOrder", op: "=", value: 0, at: 60_000 },
        { metric: "system.processed", op: ">=", value: 270, at: 60_000 },
      ],
      speed: 10,
      hints: [
        t(
          "One worker alone would keep the order, but does only 3.6 a second. Try it.",
          "只留一个工作进程，顺序就对了，但每秒只有 3.6 笔。可以试试。",
        ),
        t("Order matters within one customer only.", "其实只有同一客户的先后才要紧。"),
        t(
          "The exchange sends each key to a queue of its own, if the [bank](node:bank) writes the customer into the routing key: `{key}`.",
          "只要[银行](node:bank)把客户写进路由键 `{key}`，交换机就会把每位客户送进各自的队列。",
        ),
      ],
      solution: { set: { "bank.routingKey": "{key}" } },
      why: t(
        "Each customer's messages pass through one pair of hands only. That is what partitions do in Kafka, and message groups elsewhere.",
        "同一客户的消息只经过一双手。Kafka 的分区、别处的消息组，做的都是这件事。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("What is the price of splitting by key?", "按键拆分的代价是什么？"),
      options: [
        {
          text: t(
            "When one customer is very busy, the other workers cannot help",
            "某个客户特别忙时，别的工作进程帮不上",
          ),
          right: true,
        },
        { text: t("Messages may be lost", "消息可能会丢") },
        { text: t("All workers become slower", "所有工作进程都变慢") },
      ],
      why: t(
        "The load is only as even as the keys are. A hot key makes one long line beside idle workers.",
        "键有多均匀，负载就有多均匀。一个热键会让一条队排得很长，而旁边的人闲着。",
      ),
    },
  ],
};
