import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["forgets.waitFor", "forgets.timeout"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("The line breaks for two seconds", "线路断了两秒"),
      body: t(
        "Two sites send **5 orders a second**, 100 each, to a broker 0.3 s away. From **10 s to 12 s** the line is cut.\n[A](node:forgets) sends and forgets. [B](node:insists) waits for a [confirm](term:confirm) and sends again what was not confirmed within a second.",
        "两处各以**每秒 5 单**发 100 单，到消息代理要走 0.3 秒。第 **10 到 12 秒**，线路断了。\n[A](node:forgets) 发完就忘。[B](node:insists) 等[发布确认](term:confirm)，一秒内没等到就重发。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("orders", "单"),
      ask: t("How many of A's 100 orders are lost?", "A 的 100 单会丢几单？"),
      answerFrom: { metric: "system.lost", at: 40_000 },
      tolerance: 0.25,
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("And B? Its 100 orders arrive as …", "那 B 呢？它的 100 单到达时是……"),
      options: [
        { text: t("fewer than 100", "不到 100 单"), max: 100 },
        { text: t("exactly 100", "正好 100 单"), min: 100, max: 101 },
        { text: t("more than 100", "超过 100 单"), min: 101 },
      ],
      answerFrom: { metric: "worker-b.processed", at: 40_000 },
    },
    { type: "run", until: { t: 40_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Lost, or twice", "要么丢，要么重"),
      facts: { lost: { metric: "system.lost" }, got: { metric: "worker-b.processed" } },
      body: t(
        "A lost **{{lost}}** and does not know it. B's orders are all there, and a few came twice: **{{got}}** were worked on. They had arrived; only their confirms were lost on the broken line.",
        "A 丢了 **{{lost}}** 单，自己还不知道。B 一单不少，还有几单来了两遍：共处理 **{{got}}** 单。它们其实到了，断线时丢的只是它们的确认。",
      ),
    },
    {
      type: "do",
      goal: t("Let A lose nothing either.", "让 A 也一单不丢。"),
      check: [
        { metric: "system.lost", op: "=", value: 0, at: 40_000 },
        { metric: "worker-a.processed", op: ">=", value: 100, at: 40_000 },
      ],
      speed: 10,
      hints: [
        t("A must notice that something is missing.", "A 得先发现少了什么。"),
        t("Only the broker can say that an order has arrived.", "订单到没到，只有消息代理能说。"),
        t(
          "Let A wait for confirms too, with a timeout of 1 s: the usual 30 s are too long here.",
          "让 A 也等发布确认，超时设为 1 秒：默认的 30 秒在这里太久。",
        ),
      ],
      solution: { set: { "forgets.waitFor": "confirm", "forgets.timeout": 1000, "forgets.retries": null } },
      why: t(
        "Now both send again until they are sure. That is [at least once](term:delivery), and at least once means duplicates.",
        "现在两边都会重发到有把握为止。这就是[至少一次](term:delivery)，而“至少一次”意味着会有重复。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("B hears nothing for a second. What does it know?", "B 等了一秒没有回音。它知道什么？"),
      options: [
        { text: t("The order is lost", "订单丢了") },
        { text: t("The confirm is lost", "确认丢了") },
        { text: t("One of the two, but not which", "两者之一，但不知道是哪个"), right: true },
      ],
      why: t(
        "Silence has two causes that look alike. Whoever wants to lose nothing must send again, and whoever receives must cope with it.",
        "没有回音有两种原因，看上去一模一样。不想丢，就得重发；接收的一方就得经得起重复。",
      ),
    },
  ],
};
