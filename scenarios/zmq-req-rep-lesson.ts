import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["client.timeout"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Lockstep", "一问一答"),
      body: t(
        "A [client](node:client) asks a [server](node:server) **twice a second** and waits for each answer. At **3.05 s** the server dies with a request in its hands; at **6 s** it is back.",
        "[客户端](node:client)**每秒问两次**[服务器](node:server)，每次都等回答。第 **3.05 秒**，服务器手里拿着一个请求死掉；第 **6 秒**恢复。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How many answers does the client get between 6 s and 16 s?", "第 6 到 16 秒，客户端会得到几个回答？"),
      options: [
        { text: t("About 20: the server is back", "20 个左右：服务器回来了嘛"), min: 15 },
        { text: t("About 10", "10 个左右"), min: 3, max: 15 },
        { text: t("None", "一个也没有"), max: 3 },
      ],
      answerFrom: { metric: "server.processed", agg: "increase", within: [6000, 16_000] },
    },
    { type: "run", until: { t: 16_000 }, speed: 2 },
    {
      type: "observe",
      title: t("Stuck for ever", "永远卡住"),
      facts: { done: { metric: "server.processed" } },
      body: t(
        "**{{done}}** in all, and none since the crash. REQ may not ask again before it has its answer, and that answer died with the server. The connection is there again; the lockstep waits on.",
        "总共 **{{done}}** 个，崩溃之后一个也没有。REQ 没收到回答就不能再问，而那个回答已随服务器没了。连接早就恢复了，一问一答却还在等。",
      ),
      highlight: ["client"],
    },
    {
      type: "do",
      goal: t(
        "Let the client ask again within 3 s of the server's return.",
        "让客户端在服务器恢复后 3 秒内重新开始提问。",
      ),
      check: [{ metric: "server.processed", agg: "increase", op: ">=", value: 12, within: [9000, 16_000] }],
      speed: 2,
      hints: [
        t("The client needs a way out of waiting.", "客户端得有条不再等的退路。"),
        t("A time limit after which it gives up and makes a new socket.", "设个时限，到点就放弃，换个新套接字。"),
        t(
          "Set the timeout of [client](node:client) to 1 s. Or let both be DEALER and ROUTER, which have no lockstep.",
          "把 [client](node:client) 的超时设为 1 秒。或者换成 DEALER 和 ROUTER，它们不必一问一答。",
        ),
      ],
      solution: { set: { "client.timeout": 1000 } },
      why: t(
        "Whoever waits for an answer needs a time after which no answer is one, too.",
        "等回答的人，总要有个时限：到那时，没有回答也是一种回答。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The client asks again after its timeout. What must hold for the server?",
        "客户端超时后会重新问一次。这对服务器有什么要求？",
      ),
      options: [
        { text: t("It must never crash", "绝不能崩溃") },
        {
          text: t("To do the same request twice must do no harm", "同一个请求做两遍也不能有坏处"),
          right: true,
        },
        { text: t("It must answer in order", "必须按顺序回答") },
      ],
      why: t(
        "Perhaps it had done the work and only the answer was lost. Ask again, and it is done again: the same [at least once](term:delivery) as with a broker.",
        "也许活已经做完，丢的只是回答。再问，就再做一遍：和有代理时一样，都是[至少一次](term:delivery)。",
      ),
    },
  ],
};
