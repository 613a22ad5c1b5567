import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("With and without", "有和没有"),
      body: t(
        "Above, a ZeroMQ [sender](node:sender) pushes **five messages a second** straight to its [receiver](node:receiver). Below, a [shop](node:shop) does the same through a [queue](node:mail) of RabbitMQ. From **10 s to 30 s** both receivers are away. At **20 s** both senders crash, and are back two seconds later.",
        "上面，ZeroMQ 的[发送方](node:sender)**每秒五条**，直接推给[接收方](node:receiver)；下面，[商店](node:shop)经 RabbitMQ 的[队列](node:mail)做同样的事。**第 10 到 30 秒**两边的接收方都不在。**第 20 秒**两边的发送方都崩溃，两秒后恢复。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "At 20 s, just before the crash, the receivers have been away for ten seconds. How many messages are lost so far?",
        "第 20 秒，崩溃之前，接收方已经离开十秒。到这时丢了多少条？",
      ),
      options: [
        { text: t("None, above or below", "上下都没丢"), max: 1 },
        { text: t("50 above, none below", "上面 50 条，下面没有"), min: 1, max: 70 },
        { text: t("50 above and 50 below", "上下各 50 条"), min: 70 },
      ],
      answerFrom: { metric: "system.lost", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Where they wait", "它们在哪里等"),
      facts: {
        above: { metric: "sender.queued" },
        below: { metric: "mail.ready" },
        lost: { metric: "system.lost" },
      },
      body: t(
        "Lost: **{{lost}}**. Both ways carry a receiver that is away for a while. But **{{above}}** messages wait in the memory of the sender itself, and **{{below}}** in the queue of a server of its own. That makes no difference, until something dies.",
        "丢失：**{{lost}}** 条。接收方离开一会儿，两种办法都撑得住。不过上面的 **{{above}}** 条等在发送方自己的内存里，下面的 **{{below}}** 条等在另一台服务器的队列里。平时看不出差别，直到有谁死掉。",
      ),
      highlight: ["sender", "mail"],
    },
    {
      type: "predict",
      kind: "number",
      unit: t("messages", "条"),
      ask: t("Now both senders crash. How many messages are lost in all?", "现在两个发送方都崩溃。一共会丢多少条？"),
      answerFrom: { metric: "system.lost", at: 60_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 60_000 }, speed: 5 },
    {
      type: "observe",
      title: t("A broker is memory that you can trust", "消息代理，是信得过的记忆"),
      facts: {
        lost: { metric: "system.lost" },
        above: { metric: "receiver.processed" },
        below: { metric: "mailer.processed" },
      },
      body: t(
        "**{{lost}}**, all of them above: what waited in the sender died with it. Received: **{{above}}** without a broker, **{{below}}** with one. Below, the producer’s death does not touch the messages: they are no longer its own.",
        "**{{lost}}** 条，全在上面：等在发送方里的，随它一起没了。收到的：没有代理 **{{above}}** 条，有代理 **{{below}}** 条。下面生产者死了也不碍事，因为消息早已不归它管。",
      ),
    },
    {
      type: "do",
      goal: t(
        "There is to be no broker. Lose at most 15 messages all the same: better a source that waits than a pile that can be lost.",
        "不许用消息代理，也只许丢最多 15 条：宁可让源头等一等，也别堆得太多。",
      ),
      check: [
        { metric: "system.lost", op: "<=", value: 15, at: 60_000 },
        { metric: "receiver.processed", op: ">=", value: 180, at: 60_000 },
        { config: "sender.rate", op: ">=", value: 5 },
      ],
      speed: 10,
      hints: [
        t(
          "How many may wait in the sender at once? See its high-water mark.",
          "发送方里最多能排多少条？看它的高水位。",
        ),
        t(
          "A PUSH socket whose mark is reached stands still: its program waits instead of making more.",
          "PUSH 套接字到了高水位就停住：程序等着，不再产生新消息。",
        ),
        t(
          "Set the marks to 10: `sndHwm` of [sender](node:sender), `rcvHwm` of [receiver](node:receiver).",
          "把高水位设为 10：[sender](node:sender) 的 `sndHwm`，[receiver](node:receiver) 的 `rcvHwm`。",
        ),
      ],
      solution: { set: { "sender.sndHwm": 10, "receiver.rcvHwm": 10 } },
      why: t(
        "A low [high-water mark](term:hwm) passes the jam on to the source: [backpressure](term:backpressure). It loses little and makes less; a shop cannot tell its customers to wait, and so it needs a broker.",
        "低[高水位](term:hwm)把拥堵传回源头，这就是[背压](term:backpressure)。丢得少，产得也少。商店没法叫顾客等着，所以它需要消息代理。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("For which of these would you do without a broker?", "下面哪些情况，你会选择不用消息代理？"),
      options: [
        { text: t("Prices that are out of date in a second", "一秒就过时的行情"), right: true },
        { text: t("Orders that somebody has paid for", "已经付了钱的订单") },
        {
          text: t("Pieces of a calculation that can be done again", "可以重算的计算任务"),
          right: true,
        },
        { text: t("Mail to a program that is off at night", "发给一个晚上关机的程序") },
      ],
      why: t(
        "Without a broker there is one machine less, and one trip less for each message. What must not be lost, or has to wait for somebody who is away, needs a memory that outlives both ends.",
        "不用代理，少一台机器，也少一段路。不能丢的，或要等别人上线的，需要一份比两端都活得久的记忆。",
      ),
    },
  ],
};
