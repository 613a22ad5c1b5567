import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["client.timeout"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Question and answer", "一问一答"),
      body: t(
        "A [client](node:client) asks **three questions a second** and goes on asking while it waits. A [quick](node:quick) server answers in 0.1 s, a [slow](node:slow) one needs 0.6 s. The answers come back through a queue of the client's own.",
        "[客户端](node:client)**每秒提三个问题**，边等边问。[快的](node:quick)服务器 0.1 秒作答，[慢的](node:slow)要 0.6 秒。回答经由客户端自己的队列回来。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "The answers overtake each other. How can the client tell them apart?",
        "回答会互相超车。客户端怎么分辨哪个是哪个的？",
      ),
      options: [
        { text: t("By their order", "看先后次序") },
        { text: t("By a number that stands on question and answer", "看问题和回答上写的同一个编号"), right: true },
        { text: t("By the server that sent them", "看是哪台服务器发的") },
      ],
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How long do the slowest 5 of 100 answers take?", "最慢的那 5% 回答要多久？"),
      options: [
        { text: t("About 0.1 s", "0.1 秒左右"), max: 300 },
        { text: t("About 0.6 s", "0.6 秒左右"), min: 300, max: 1200 },
        { text: t("Longer and longer", "越来越久"), min: 1200 },
      ],
      answerFrom: { metric: "client.response.p95", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Two messages and an id", "两条消息，一个编号"),
      facts: {
        half: { metric: "client.response.p50" },
        slow: { metric: "client.response.p95" },
        failed: { metric: "client.failed" },
      },
      body: t(
        "Half are answered within **{{half}}**, the slow ones after **{{slow}}**. **{{failed}}** are missing: the correlation id on each answer is that of its question.",
        "一半在 **{{half}}** 内得到回答，慢的要 **{{slow}}**。没有回答的：**{{failed}}** 个。每个回答上的关联标识（correlation id）就是它那个问题的。",
      ),
    },
    {
      type: "do",
      goal: t(
        "The client gives up after 0.5 s, and half of its questions fail. Let all be answered in time, without letting it wait longer.",
        "客户端只等 0.5 秒，有一半问题因此失败。不许让它多等，让所有问题都及时得到回答。",
      ),
      set: { "client.timeout": 500 },
      check: [
        { metric: "client.failed", op: "=", value: 0, at: 20_000 },
        { metric: "client.response.p95", op: "<=", value: 500, at: 20_000 },
        { config: "client.timeout", op: "<=", value: 500 },
      ],
      speed: 5,
      hints: [
        t("Which answers come too late?", "哪些回答来得太晚？"),
        t("Those of the slow server. Could the questions do without it?", "慢服务器的那些。能不能不靠它？"),
        t(
          "Make the slow server as quick as the other, or take it away: one quick server can do ten a second.",
          "让慢的和快的一样快，或者干脆去掉它：一台快的每秒就能答十个。",
        ),
      ],
      solution: { set: { "slow.service": 100 } },
      why: t(
        "A caller waits for the slowest server that may get the question. And work for somebody who has hung up is wasted: let questions [expire](term:ttl) when the client does.",
        "提问的人等的，是可能拿到这个问题的最慢的服务器。替已经挂断的人干活是白费：客户端放弃的时候，问题也该[过期](term:ttl)。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The client has given up after 0.5 s; the answer comes after 0.6 s. What should it do with it?",
        "客户端等了 0.5 秒就放弃，回答在 0.6 秒时才到。该怎么处理？",
      ),
      options: [
        { text: t("Take it for the answer to the next question", "当成下一个问题的回答") },
        { text: t("Throw it away: nobody waits for its id any more", "丢掉：这个编号已经没人等了"), right: true },
        { text: t("Send it back", "退回去") },
      ],
      why: t(
        "That is what the id is for: an answer without a question is recognised and let go. Whoever matches by order alone now gives every answer to the wrong question.",
        "编号的用处就在这里：没有对应问题的回答一眼认得出，扔掉就是。只按先后来配对的话，从此每个回答都对错了问题。",
      ),
    },
  ],
};
