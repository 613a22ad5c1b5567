import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 5,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("It looks right", "看上去没问题"),
      body: t(
        "Sender and receiver both **declare** the queue `hello` before they use it, as most tutorials advise. The code is from an article. The receiver wrote `durable`, the sender did not.",
        "发送方和接收方都在使用前**声明**了队列 `hello`，很多教程都这么教。代码抄自一篇文章：接收方写了 `durable`，发送方没写。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How many messages are processed in ten seconds?", "十秒里能处理多少条消息？"),
      options: [
        { text: t("Ten: a declared queue is a declared queue", "十条：声明过就行"), min: 5 },
        { text: t("Ten, but they would not survive a restart", "十条，但重启就没了"), min: 2, max: 5 },
        { text: t("None", "一条也没有"), max: 2 },
      ],
      answerFrom: { metric: "receiver.processed", at: 10_000 },
    },
    { type: "run", until: { t: 10_000 }, speed: 2 },
    {
      type: "observe",
      title: t("406 PRECONDITION_FAILED", "406 PRECONDITION_FAILED"),
      facts: { done: { metric: "receiver.processed" } },
      body: t(
        "Processed: **{{done}}**. The queue exists, durable. The sender asks for one of the same name that is not, and the broker closes its channel. The receiver waits and never hears of it. The Problems tab has found it, too.",
        "处理了 **{{done}}** 条。队列已经存在，而且是持久化的。发送方却要一个同名但不持久化的，消息代理就关掉了它的信道。接收方一直等着，毫不知情。“问题”面板里也列出来了。",
      ),
      highlight: ["sender"],
    },
    {
      type: "do",
      goal: t("Let the messages through. The queue stays durable.", "让消息通过。队列仍要持久化。"),
      check: [
        { metric: "receiver.processed", op: ">=", value: 5, at: 15_000 },
        { config: "hello.durable", op: "=", value: true },
      ],
      speed: 5,
      hints: [
        t("Who has to change: the queue, the sender or the receiver?", "该改谁：队列、发送方，还是接收方？"),
        t(
          "The declaration stands on the connection from [sender](node:sender) to [hello](node:hello).",
          "声明写在从 [sender](node:sender) 到 [hello](node:hello) 的连线上。",
        ),
        t(
          "Let it declare the queue durable, or only ask whether it is there (passive).",
          "让它也声明为持久化，或者只问一声在不在（passive）。",
        ),
      ],
      solution: { set: { "sender-hello.declare": "durable" } },
      why: t(
        "Declaring again is harmless only if every word is the same. Whoever declares first decides.",
        "重复声明没有坏处，前提是每个字都相同。谁先声明谁说了算。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "You want to turn a queue in production from transient to durable. What do you do?",
        "生产环境里的一个队列，想从非持久化改成持久化。该怎么做？",
      ),
      options: [
        { text: t("Declare it again with durable", "用 durable 重新声明一次") },
        {
          text: t(
            "A new queue with another name; move over, then delete the old one",
            "另起一个名字建新队列，切换过去，再删旧的",
          ),
          right: true,
        },
        { text: t("Restart the broker", "重启消息代理") },
      ],
      why: t(
        "What a queue is, is decided when it is made; every other declaration is refused with 406. So one moves house instead.",
        "队列是什么样，创建时就定了，之后不同的声明一律以 406 拒绝。所以只能搬家。",
      ),
    },
  ],
};
