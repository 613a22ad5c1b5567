import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["web-a.rate", "web-b.rate"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Three steps to an order", "一个订单三道工序"),
      body: t(
        "An order needs stock (**100 ms**), payment (**300 ms**) and a mail (**200 ms**).\nIn [lane A](node:web-a) the web page waits while one service calls the next. In [lane B](node:web-b) it hands the order over, gets a [confirm](term:confirm), and the three go on by themselves.",
        "一个订单要扣库存（**100 毫秒**）、支付（**300 毫秒**）、发邮件（**200 毫秒**）。\n[A 道](node:web-a)里，网页一直等着，三个服务一个接一个地调用。[B 道](node:web-b)里，网页交出订单、拿到[发布确认](term:confirm)就走，三件事各做各的。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How long does the user in lane A wait for an answer?", "A 道的用户要等多久才有回应？"),
      options: [
        { text: t("As long as the slowest step: 0.3 s", "等最慢的一步：0.3 秒"), max: 450 },
        { text: t("As long as all of them: 0.6 s", "三步加起来：0.6 秒"), min: 450, max: 1000 },
        { text: t("Longer than a second", "一秒以上"), min: 1000 },
      ],
      answerFrom: { metric: "web-a.response.p50" },
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("And in lane B?", "那 B 道呢？"),
      options: [
        { text: t("Under 50 ms", "不到 50 毫秒"), max: 50 },
        { text: t("0.3 s: the slowest step", "0.3 秒：最慢的一步"), min: 50, max: 450 },
        { text: t("0.6 s: the work is the same", "0.6 秒：活儿又没少"), min: 450 },
      ],
      answerFrom: { metric: "web-b.response.p50" },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("The same work, another wait", "活儿一样多，等法不一样"),
      facts: { a: { metric: "web-a.response.p50" }, b: { metric: "web-b.response.p50" } },
      body: t(
        "A answers after **{{a}}**: the three steps and the trips between them. B answers after **{{b}}**: one round trip and the broker's write to disk. The work is the same, only nobody stands by and waits.",
        "A 要 **{{a}}** 才有回应：三步加上中间的路程。B 只要 **{{b}}**：一个来回，加上消息代理写盘。活儿一点没少，只是没人在旁边干等。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Payment becomes slow: 800 ms. Keep lane A's users under 700 ms, without touching payment: take out of the chain what need not be done before the answer.",
        "支付变慢了，要 800 毫秒。不许动支付本身，让 A 道的用户在 700 毫秒内得到回应：哪些事不必在回应之前做完，就从链条里拿出来。",
      ),
      set: { "payment-a.service": 800, "payment-b.service": 800 },
      check: [
        { metric: "web-a.response.p95", op: "<=", value: 700, at: 20_000 },
        { metric: "web-a.failed", op: "=", value: 0, at: 20_000 },
        { metric: "system.lost", op: "=", value: 0, at: 20_000 },
        { config: "payment-a.service", op: "=", value: 800 },
      ],
      speed: 10,
      hints: [
        t("What must the user really know before the page answers?", "网页回应之前，用户到底需要知道什么？"),
        t("Look at what [web-a](node:web-a) waits for.", "看看 [web-a](node:web-a) 在等什么。"),
        t("Let it wait for the broker's confirm instead of the reply.", "让它等消息代理的确认，而不是等回复。"),
      ],
      solution: { set: { "web-a.waitFor": "confirm" } },
      why: t(
        "A confirm says: the order is safe. That is all the user has to wait for; stock, payment and mail can follow.",
        "确认的意思是：订单已经稳妥。用户只需等到这一步，库存、支付、邮件可以随后再做。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("When is waiting for the whole chain right after all?", "什么时候还是应该等整条链做完？"),
      options: [
        { text: t("When the answer itself contains the result", "回应里就要带上结果的时候"), right: true },
        { text: t("When the steps are slow", "步骤很慢的时候") },
        { text: t("When there are many users", "用户很多的时候") },
      ],
      why: t(
        "If the answer is a price, the price must be known first. Only what need not be done before the answer can be a message.",
        "要报价，就得先算出价格。回答之前不必做完的事，才可以变成一条消息。",
      ),
    },
  ],
};
