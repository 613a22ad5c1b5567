import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 9,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Ten bad seconds", "糟糕的十秒"),
      body: t(
        "**Twenty requests a second** go to a [server](node:server) that can answer **thirty**. A [client](node:clients) waits **one second** for its answer, then asks again, **three more times** at the most. The [queue](node:requests) holds 60. From **20 s to 30 s** the server is down. Then it is back, as quick as before.",
        "**每秒二十个请求**发给[服务器](node:server)，它每秒能答**三十**个。[客户端](node:clients)等**一秒**，没等到就再问，**最多再问三次**。[队列](node:requests)最多排 60 个。**第 20 到 30 秒**服务器宕机，之后恢复，和原来一样快。",
      ),
    },
    {
      type: "predict",
      kind: "graph",
      ask: t(
        "Draw how many answers a second come **in time**, from 0 s to 75 s.",
        "画一画：从第 0 秒到第 75 秒，每秒有多少个回答**来得及**？",
      ),
      unit: t("a second", "个/秒"),
      answerFrom: { metric: "clients.confirm.rate", within: [0, 75_000] },
      top: 30,
      tolerance: 0.2,
    },
    { type: "run", until: { t: 75_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Working hard, too late", "拼命做着过期的活"),
      facts: {
        good: { metric: "clients.confirm", agg: "increase", within: [45_000, 75_000] },
        work: { metric: "server.processed", agg: "increase", within: [45_000, 75_000] },
        load: { metric: "clients.publish.rate", agg: "mean", within: [45_000, 75_000] },
        wait: { metric: "requests.wait.p50" },
      },
      body: t(
        "In time: **{{good}}**. And yet the server answered **{{work}}**: each after **{{wait}}** in the queue, when its client had long asked again. Four tries for a request make **{{load}}** instead of 20, so the queue stays full, so every answer is too late, so everybody asks again. The cause is gone; the storm feeds on itself.",
        "及时的：**{{good}}** 个。可服务器明明答了 **{{work}}** 个：每个都在队列里等了 **{{wait}}**，客户端早就重新问过了。每个请求试四次，负载从 20 变成 **{{load}}**；于是队列一直满，回答全都太晚，大家又都重问。起因早已消失，风暴自己养活自己。",
      ),
      reveal: ["chart:clients.confirm"],
    },
    {
      type: "predict",
      kind: "choice",
      set: { "clients.backoff": { b: "exponential", base: 500, cap: 4000, jitter: 0.5 } },
      ask: t(
        "Everybody’s first idea: wait longer before each new try, 0.5 s, 1 s, 2 s, with some chance in it. Answered in time from 45 s to 75 s?",
        "大家最先想到的办法：每次重试前多等一会儿，0.5 秒、1 秒、2 秒，再加点随机。第 45 到 75 秒，及时的回答有多少？",
      ),
      options: [
        { text: t("All of them, or nearly", "几乎全部"), min: 400 },
        { text: t("About half", "一半左右"), min: 100, max: 400 },
        { text: t("Still next to none", "还是几乎没有"), max: 100 },
      ],
      answerFrom: { metric: "clients.confirm", agg: "increase", within: [45_000, 75_000] },
    },
    { type: "run", until: { t: 75_000 }, speed: 20 },
    {
      type: "observe",
      title: t("Later, but as many", "晚一点，但一样多"),
      facts: {
        good: { metric: "clients.confirm", agg: "increase", within: [45_000, 75_000] },
        load: { metric: "clients.publish.rate", agg: "mean", within: [45_000, 75_000] },
      },
      body: t(
        "**{{good}}**. Pauses spread the same tries over a longer time: it is still **{{load}}** on a server that does 30. Backing off helps when the trouble is short. It does not make four tries fewer than four.",
        "**{{good}}** 个。停顿只是把同样多的尝试摊到更长的时间里：服务器每秒做 30 个，压过来的还是 **{{load}}**。退避对付得了短暂的毛病，但四次还是四次。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let the system recover by itself: at least 16 in time a second from 45 s to 75 s. The clients keep their second and their tries, the server its speed.",
        "让系统自己恢复：第 45 到 75 秒，每秒至少 16 个及时回答。客户端照样只等一秒、照样重试三次，服务器照样那么快。",
      ),
      set: { "clients.backoff": null },
      check: [
        { metric: "clients.confirm", agg: "increase", op: ">=", value: 480, within: [45_000, 75_000] },
        { config: "clients.timeout", op: "=", value: 1000 },
        { config: "clients.retries", op: "=", value: 3 },
        { config: "server.instances", op: "=", value: 1 },
      ],
      speed: 20,
      hints: [
        t(
          "What use is an answer to a request that is older than a second?",
          "一个请求已经等了一秒多，再回答它还有什么用？",
        ),
        t(
          "Let stale requests go before the server takes them up. Which setting of [requests](node:requests) does that?",
          "在服务器接手之前，就让过时的请求消失。[requests](node:requests) 的哪个设置能做到？",
        ),
        t(
          "A [time to live](term:ttl) of 500 ms. A queue of 20, or a retry budget of a tenth, would do as well.",
          "把[过期时间](term:ttl)设为 500 毫秒。队列只排 20 个，或把重试限制在一成，也行。",
        ),
      ],
      solution: { set: { "requests.messageTtl": 500 } },
      why: t(
        "Whatever the server takes up now is still wanted, so every answer counts and nobody has to ask again: the load falls back to 20 by itself. After a failure the old work is the load.",
        "现在服务器接手的都还有人等，每个回答都算数，没人需要重问：负载自己落回 20。故障过后，压垮系统的正是旧请求。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("What keeps a short failure from becoming a long one?", "怎样防止短故障拖成长故障？"),
      options: [
        { text: t("Requests that expire before their clients give up", "请求在客户端放弃之前就过期"), right: true },
        {
          text: t("Retries for at most a tenth of the requests", "重试最多占请求数的一成"),
          right: true,
        },
        { text: t("A longer queue, so that nothing is refused", "更长的队列，什么都不拒收") },
        { text: t("A short queue that refuses at once", "短队列，满了立刻拒绝"), right: true },
      ],
      why: t(
        "Three ways to the same end: no work on what nobody waits for. A longer queue makes it worse, because all that is in it is older still.",
        "三条路，同一个目的：不做没人等的活。队列越长越糟，因为里面的请求只会更旧。",
      ),
    },
  ],
};
