import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["agent.prefetch"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A VIP on the line", "来了一位贵宾"),
      body: t(
        "Five ordinary questions a second and **one from a [VIP](node:vip)**, with [priority](term:priority) 9. The [agent](node:agent) needs 0.2 s each, so one a second is too many. The queue sorts by priority. The agent fetches **50** in advance.",
        "每秒五个普通问题，外加**一个来自[贵宾](node:vip)的**，[优先级](term:priority) 9。[客服](node:agent)每个要 0.2 秒，每秒多出一个。队列按优先级排，而客服会预先取 **50** 条。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("After a minute, how long does a VIP wait for an answer?", "一分钟后，贵宾要等多久？"),
      options: [
        { text: t("Hardly at all: priority 9", "几乎不等：优先级是 9"), max: 1000 },
        { text: t("Two or three seconds", "两三秒"), min: 1000, max: 5000 },
        { text: t("About ten seconds", "大约十秒"), min: 5000 },
      ],
      answerFrom: { metric: "vip.response.p50", at: 70_000 },
    },
    { type: "run", until: { t: 70_000 }, speed: 10 },
    {
      type: "observe",
      title: t("First in the queue, last in the buffer", "队里排第一，缓冲区里排最后"),
      facts: { wait: { metric: "vip.response.p50" }, held: { metric: "questions.unacked" } },
      body: t(
        "The agent holds **{{held}}** questions already. A VIP is first in the queue at once, and then waits behind those: **{{wait}}**.",
        "客服手里已经攒了 **{{held}}** 个问题。贵宾一来就排到队头，却要等这些先做完：**{{wait}}**。",
      ),
      highlight: ["agent"],
    },
    {
      type: "do",
      goal: t(
        "Let 95 of 100 VIPs be answered within a second. The agent does not become faster.",
        "让 95% 的贵宾在一秒内得到答复。客服不会变快。",
      ),
      check: [
        { metric: "vip.response.p95", op: "<=", value: 1000, at: 60_000 },
        { config: "agent.service", op: "=", value: 200 },
        { metric: "agent.processed", op: ">=", value: 280, at: 60_000 },
      ],
      speed: 10,
      hints: [
        t("Where can a VIP overtake, and where not any more?", "贵宾在哪里还能插队，在哪里就不行了？"),
        t("What the agent has fetched is no longer in the queue.", "客服已经取走的，就不在队列里了。"),
        t("Let the agent fetch one at a time.", "让客服一次只取一个。"),
      ],
      solution: { set: { "agent.prefetch": 1 } },
      why: t(
        "With prefetch 1 a VIP waits for the question in hand at most. The others carry all the delay: priority makes no capacity.",
        "预取数为 1，贵宾最多等完手头这一个。多出来的等待全由别人承担：优先级变不出处理能力。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("Everybody marks their messages as urgent. What happens?", "要是人人都把消息标成紧急，会怎样？"),
      options: [
        { text: t("It is as if nobody did", "等于谁都没标"), right: true },
        { text: t("All become faster", "大家都变快") },
        { text: t("The queue refuses them", "队列会拒收") },
      ],
      why: t(
        "Priority only says who waits. If all are first, nobody is.",
        "优先级只决定谁来等。人人都是第一，也就没有第一。",
      ),
    },
  ],
};
