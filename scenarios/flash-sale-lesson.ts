import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 12,
  expose: ["web.waitFor", "stock.dedup", "pay.instances"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("3 000 pieces, one evening", "三千件，一个晚上"),
      body: t(
        "[web](node:web) takes **20 orders a second**, and **200** from 20 s to 30 s; **3 000** in all, as many as there are pieces. Each order goes to four queues: [stock](node:stock) takes a piece from the shelf, [pay](node:pay) charges the card, [mail](node:mail) and [points](node:points) follow. Refused cards are parked in [refused](node:refused). At **24 s** the line to the broker breaks for **one second**.",
        "[web](node:web) 平时**每秒 20 单**，第 20 到 30 秒**每秒 200 单**；一共 **3000** 单，正好 3000 件。每单进四个队列：[stock](node:stock) 扣库存，[pay](node:pay) 扣款，[mail](node:mail) 发邮件，[points](node:points) 记积分。被拒的银行卡搁在 [refused](node:refused)。第 **24 秒**，到消息代理的线路断了**一秒**。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("orders", "单"),
      ask: t(
        "The web servers send and forget. How many orders does the broken second cost?",
        "网站是发完就忘的。断线这一秒，会丢多少单？",
      ),
      answerFrom: { metric: "system.lost", at: 90_000 },
      tolerance: 0.15,
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Ten times the load for ten seconds. Which of the four is furthest behind at its worst?",
        "十倍流量持续十秒。四个环节里，最落后的是谁？",
      ),
      options: [
        { text: t("stock: everybody wants it first", "stock：人人都先找它") },
        { text: t("pay: the bank takes 0.2 s", "pay：银行每次要 0.2 秒") },
        { text: t("mail and points: 40 a second each", "mail 和 points：各每秒 40 单"), right: true },
      ],
    },
    { type: "run", until: { t: 90_000 }, speed: 10 },
    {
      type: "observe",
      title: t("The peak is stored, the gap is not", "高峰存住了，缺口没有"),
      facts: {
        lost: { metric: "system.lost" },
        stock: { metric: "stock-q.ready", agg: "max" },
        pay: { metric: "pay-q.ready", agg: "max" },
        mail: { metric: "mail-q.ready", agg: "max" },
        parked: { metric: "refused.ready" },
      },
      body: t(
        "**{{lost}}** orders never reached the broker, and nobody knows whose. Behind it the queues held the peak, each for itself: at most **{{stock}}** waited for stock, **{{pay}}** for pay, **{{mail}}** for mail. **{{parked}}** refused cards wait for a person. A slow mail server delays no payment: every reader has its own copy, its own queue, its own pace.",
        "**{{lost}}** 单没到消息代理，也没人知道是谁的。到了代理之后，各个队列各自存住高峰：stock 最多排 **{{stock}}** 单，pay **{{pay}}** 单，mail **{{mail}}** 单。**{{parked}}** 张被拒的卡等人处理。邮件再慢也不耽误付款：每个读者有自己的一份、自己的队列、自己的节奏。",
      ),
      reveal: ["chart:pay-q.ready"],
    },
    {
      type: "do",
      title: t("No order lost", "一单不丢"),
      goal: t(
        "Let no order be lost, though the line breaks: all 3 000 reach stock.",
        "线路照样断，但一单也不许丢：3000 单都要到 stock。",
      ),
      check: [
        { metric: "system.lost", op: "=", value: 0, at: 90_000 },
        { metric: "stock.processed", op: ">=", value: 3000, at: 90_000 },
      ],
      speed: 20,
      hints: [
        t("How can web know that an order has arrived?", "web 怎么知道一单到了没有？"),
        t(
          "By the broker’s [confirm](term:confirm). What is not confirmed in time is sent again.",
          "靠消息代理的[发布确认](term:confirm)。到时没等到，就重发。",
        ),
        t(
          "Let [web](node:web) wait for the confirm, one second, and try again without end.",
          "让 [web](node:web) 等确认，超时一秒，不限次数重试。",
        ),
      ],
      solution: { set: { "web.waitFor": "confirm", "web.timeout": 1000, "web.retries": null } },
      why: t(
        "All are there. But look at what stock has done: more than 3 000. Orders that had arrived, whose confirms had not, came twice.",
        "全到了。不过看看 stock 做了多少：超过 3000。有些订单已经到了，没到的是确认，于是来了两遍。",
      ),
    },
    {
      type: "do",
      title: t("Nothing oversold", "一件不超卖"),
      goal: t(
        "Stock has given away more pieces than there are. Let it be exactly 3 000, and lose none again.",
        "stock 发出的比库存还多。请让它正好是 3000，而且仍然一单不丢。",
      ),
      check: [
        { metric: "stock.processed", op: "=", value: 3000, at: 90_000 },
        { metric: "system.lost", op: "=", value: 0, at: 90_000 },
      ],
      speed: 20,
      hints: [
        t(
          "pay has had the same repeats and has charged nobody twice. Why?",
          "pay 也收到了同样的重复，却没有重复扣款。为什么？",
        ),
        t(
          "Because the bank remembers the numbers of the orders it has seen: it is [idempotent](term:idempotent).",
          "因为银行记得见过的订单号：它是[幂等](term:idempotent)的。",
        ),
        t(
          "Let [stock](node:stock) remember ids too: more of them than can come between an order and its repeat, say 10 000.",
          "让 [stock](node:stock) 也记住编号：要多于一单和它的重复之间能来的订单，比如 10 000 个。",
        ),
      ],
      solution: { set: { "stock.dedup": 10_000 } },
      why: t(
        "At least once on the line, and a receiver that recognises repeats: together as good as exactly once. Mail does not bother; a second mail is a nuisance, no loss.",
        "线路上至少一次，接收方认得出重复：合起来和恰好一次一样好。mail 不必费这个事：多收一封邮件只是烦人，不算损失。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Now to the customers: how long did the slowest five per cent wait for their payment at the peak?",
        "再看顾客：高峰时，最慢的 5% 付款等了多久？",
      ),
      options: [
        { text: t("About a second", "一秒左右"), max: 3000 },
        { text: t("About five seconds", "五秒左右"), min: 3000, max: 7500 },
        { text: t("About ten seconds", "十秒左右"), min: 7500 },
      ],
      answerFrom: { metric: "pay.e2e.p95", agg: "max", at: 80_000 },
    },
    { type: "run", until: { t: 80_000 }, speed: 10 },
    {
      type: "do",
      title: t("Paid within 5 s", "5 秒内付完"),
      goal: t(
        "Let 95 % pay within **5 s**, also at the peak, with 32 workers at pay at the most. Still none lost and none oversold.",
        "高峰时也要让 95% 的付款在 **5 秒**内完成，pay 最多 32 个工作进程。仍然不丢、不超卖。",
      ),
      check: [
        { metric: "pay.e2e.p95", agg: "max", op: "<=", value: 5000, at: 90_000 },
        { config: "pay.instances", op: "<=", value: 32 },
        { metric: "stock.processed", op: "=", value: 3000, at: 90_000 },
        { metric: "system.lost", op: "=", value: 0, at: 90_000 },
      ],
      speed: 20,
      hints: [
        t(
          "How long does the last order of the peak wait? Orders before it ÷ orders done a second.",
          "高峰的最后一单要等多久？它前面的单数 ÷ 每秒做完的单数。",
        ),
        t(
          "With c a second it is (200 − c) × 10 ÷ c. For 5 s that is c = 133.",
          "每秒做 c 单，就是 (200 − c) × 10 ÷ c。要 5 秒，c = 133。",
        ),
        t(
          "One worker does 5 a second: 27 at least, and some to spare: 30.",
          "一个工作进程每秒 5 单：至少 27 个，留点余地，30 个。",
        ),
      ],
      solution: { set: { "pay.instances": 30 } },
      why: t(
        "30 do 150 a second: 500 orders wait, the last a little over 3 s. Mail is still 40 s behind, on purpose: money is spent where somebody waits.",
        "30 个每秒做 150 单：积 500 单，最后一单等三秒多。mail 仍落后 40 秒，这是故意的：钱要花在有人等的地方。",
      ),
    },
    {
      type: "quiz",
      kind: "order",
      ask: t("What came into play, from the order to its end? Put in order.", "一张订单一路上用到了什么？请排序。"),
      options: [
        { text: t("Confirm and retry: the line may break", "确认与重发：线路会断") },
        { text: t("Publish/subscribe: a copy for each of the four", "发布/订阅：四家各一份") },
        { text: t("Peak shaving: the queue stores what is too much", "削峰：多出来的存进队列") },
        { text: t("Competing consumers: thirty share the work", "竞争消费者：三十个分担") },
        { text: t("Idempotence: a repeat changes nothing", "幂等：重复的不再生效") },
        { text: t("Dead-letter queue: what is left for a person", "死信队列：剩下的留给人看") },
      ],
      why: t(
        "Sender, exchange, queue, workers, the work itself, and what cannot be done: each pattern answers the question that arises at its place.",
        "发送方、交换机、队列、工作进程、处理本身、做不成的：在哪儿出的问题，就用哪儿的模式来答。",
      ),
    },
  ],
};
