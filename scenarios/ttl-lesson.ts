import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 5,
  expose: ["quotes.messageTtl"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Old news", "旧闻"),
      body: t(
        "**Four quotes a second**; a quote older than 5 s is worthless, so the [queue](node:quotes) gives each a [time to live](term:ttl) of **5 s**. From 5 s to 25 s the [reader](node:reader) is away.",
        "**每秒四条报价**，超过 5 秒就没用了，所以[队列](node:quotes)给每条 **5 秒**的[过期时间](term:ttl)。第 5 到 25 秒，[读者](node:reader)不在。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("quotes", "条"),
      ask: t("How many are waiting when the reader comes back?", "读者回来时，有多少条在等？"),
      answerFrom: { metric: "quotes.ready", agg: "max", at: 26_000 },
      tolerance: 0.15,
    },
    { type: "run", until: { t: 26_000 }, speed: 5 },
    {
      type: "observe",
      title: t("A queue with a lid", "有盖子的队列"),
      facts: { most: { metric: "quotes.ready", agg: "max" }, gone: { metric: "quotes.expired" } },
      body: t(
        "Never more than **{{most}}**: 4 a second × 5 s. **{{gone}}** have expired unread. The reader finds the freshest and is up to date within seconds.",
        "最多 **{{most}}** 条：每秒 4 条 × 5 秒。没人读就过期的有 **{{gone}}** 条。读者看到的都是最新的，几秒就跟上了。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Quotes are now worth something for only 2 s. Let nothing older be read.",
        "现在报价只有 2 秒内有用。不许读到更旧的。",
      ),
      check: [
        { metric: "quotes.oldestAge", agg: "max", op: "<=", value: 2500, at: 40_000 },
        { metric: "reader.processed", op: ">=", value: 60, at: 40_000 },
      ],
      speed: 10,
      hints: [
        t("What makes old quotes go away?", "是什么让旧报价消失的？"),
        t("The time to live of the queue.", "队列的过期时间。"),
        t("Set it to 2 s.", "设为 2 秒。"),
      ],
      solution: { set: { "quotes.messageTtl": 2000 } },
      why: t(
        "Where old news is no news, let it go. For orders you would not: there a dead-letter queue catches what expires.",
        "过时的等于没有，就让它走。换成订单就不行：要用死信队列接住过期的。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("For which of these would you set a time to live?", "下面哪些适合设过期时间？"),
      options: [
        { text: t("The position of a taxi", "出租车的位置"), right: true },
        { text: t("A code to log in, valid for a minute", "一分钟内有效的登录验证码"), right: true },
        { text: t("A payment", "一笔付款") },
        { text: t("A question that nobody waits for after 2 s", "2 秒没回答就放弃的提问"), right: true },
      ],
      why: t(
        "Where late is as good as never, let it expire, and no worker wastes time on it. A payment is still a payment tomorrow.",
        "晚了等于没用的，就让它过期，免得白费工夫。付款嘛，到了明天还是付款。",
      ),
    },
  ],
};
