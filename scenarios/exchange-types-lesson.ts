import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("One stream, four routings", "一股流，四种路由"),
      body: t(
        "Three shops send `order.cn.new`, `order.cn.paid`, `order.eu.new`, `order.eu.paid`, **6 a second** together. One stream reaches four [exchanges](term:exchange), each of another type. What a queue gets is decided by the type and by its [binding](term:binding).",
        "三家店发 `order.cn.new`、`order.cn.paid`、`order.eu.new`、`order.eu.paid`，合起来**每秒 6 条**。同一股流到达四个[交换机](term:exchange)，类型各不相同。一个队列能得到什么，由类型和它的[绑定](term:binding)决定。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "The queue [cn](node:cn) is bound with `order.cn.*`. How many a second does it get of the 6?",
        "队列 [cn](node:cn) 的绑定是 `order.cn.*`。6 条里它每秒得几条？",
      ),
      options: [
        { text: t("2", "2 条"), max: 3 },
        { text: t("4", "4 条"), min: 3, max: 5 },
        { text: t("6", "6 条"), min: 5 },
      ],
      answerFrom: { metric: "cn.publish.rate", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Who got what", "谁得了多少"),
      facts: {
        one: { metric: "cn-new.publish.rate" },
        cn: { metric: "cn.publish.rate" },
        paid: { metric: "paid.publish.rate" },
        audit: { metric: "audit.publish.rate" },
        app: { metric: "by-app.publish.rate" },
      },
      body: t(
        "**direct**: the key must be equal, {{one}}. **topic**: a pattern, `order.cn.*` {{cn}} and `order.*.paid` {{paid}}. **fanout**: everything, {{audit}}. **headers**: what the key does not say, here the two apps, {{app}}.",
        "**direct**：键要完全相同，{{one}}。**topic**：按模式，`order.cn.*` 是 {{cn}}，`order.*.paid` 是 {{paid}}。**fanout**：照单全收，{{audit}}。**headers**：看键里没写的，这里是两个 app，{{app}}。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let the queue cn get **every** order, from whatever country, by changing its binding alone.",
        "只改绑定，让队列 cn 得到**所有**国家的订单。",
      ),
      check: [
        { metric: "cn.publish.rate", op: ">=", value: 5.5, at: 20_000 },
        { metric: "paid.publish.rate", op: "<=", value: 3.5, at: 20_000 },
      ],
      speed: 5,
      hints: [
        t("In a topic binding `*` stands for exactly one word.", "在 topic 绑定里，`*` 恰好代表一个词。"),
        t("`#` stands for any number of words, even for none.", "`#` 代表任意多个词，零个也行。"),
        t(
          "Choose the connection from [topic](node:topic) to [cn](node:cn) and write `order.#`.",
          "选中从 [topic](node:topic) 到 [cn](node:cn) 的连线，写 `order.#`。",
        ),
      ],
      solution: { set: { "topic-cn.key": "order.#" } },
      why: t(
        "`order.*.*` would do as well, as long as keys have three words. `order.#` still fits when somebody adds a fourth.",
        "只要键都是三个词，`order.*.*` 也行。将来有人加第四个词，`order.#` 仍然匹配。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("Which keys does `order.*.paid` match?", "`order.*.paid` 匹配哪些键？"),
      options: [
        { text: t("`order.cn.paid`", "`order.cn.paid`"), right: true },
        { text: t("`order.paid`", "`order.paid`") },
        { text: t("`order.cn.app.paid`", "`order.cn.app.paid`") },
        { text: t("`order.eu.paid`", "`order.eu.paid`"), right: true },
      ],
      why: t("One star, one word: no fewer and no more.", "一个星号就是一个词，不多也不少。"),
    },
  ],
};
