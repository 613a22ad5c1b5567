import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Who is late, who is slow", "晚到的，和慢的"),
      body: t(
        "A [PUB](node:prices) socket sends **10 prices a second**. [One](node:fast) subscriber keeps up, [one](node:late) joins after **2 s**, [one](node:slow) works on only 2 a second. Each connection has room for 50 on either side: the [high-water marks](term:hwm).",
        "一个 [PUB](node:prices) 套接字**每秒发 10 个价格**。[一个](node:fast)订阅者跟得上，[一个](node:late) **2 秒**后才来，[一个](node:slow)每秒只处理 2 个。每条连接两头各能放 50 个：这就是[高水位](term:hwm)。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "In 10 s 100 prices are sent. How many of them does the late one get?",
        "10 秒里发出 100 个价格。晚到的能收到多少个？",
      ),
      options: [
        { text: t("All 100: it is sent the first ones when it comes", "100 个：来了再补发前面的"), min: 95 },
        { text: t("About 80", "80 个左右"), min: 65, max: 95 },
        { text: t("None: one has to be there from the beginning", "一个也没有：得从一开始就在"), max: 65 },
      ],
      answerFrom: { metric: "late.processed", at: 10_000 },
    },
    { type: "run", until: { t: 10_000 }, speed: 2 },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "The slow one falls behind by 8 a second. Once its 100 places are full, how many of the 300 prices of half a minute does the **fast** one still get?",
        "慢的每秒落下 8 个。等它的 100 个位置都满了，半分钟 300 个价格，**快的**还能收到多少？",
      ),
      options: [
        { text: t("Fewer: it is held up, too", "不到 280 个：也被拖住"), max: 280 },
        { text: t("All of them", "一个不少"), min: 280 },
      ],
      answerFrom: { metric: "fast.processed", at: 30_000 },
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Loss belongs to the subscriber", "丢不丢是各人的事"),
      facts: {
        fast: { metric: "fast.processed" },
        late: { metric: "late.processed" },
        dropped: { metric: "prices.dropped" },
      },
      body: t(
        "Fast: **{{fast}}**. Late: **{{late}}**, what came before it is gone: the [slow joiner](term:slow-joiner). Since the slow one's places are full PUB has dropped **{{dropped}}**, for this one only.",
        "快的：**{{fast}}** 个。晚到的：**{{late}}** 个，之前的没有了，这就是[慢连接](term:slow-joiner)。慢的那边满了以后，PUB 丢了 **{{dropped}}** 个，只对它丢。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let nothing be dropped in 40 s, without the publisher's memory growing: the marks stay.",
        "40 秒内一个不丢，发布方的内存也不许涨：高水位不变。",
      ),
      check: [
        { metric: "prices.dropped", op: "=", value: 0, at: 40_000 },
        { config: "prices.sndHwm", op: "=", value: 50 },
        { config: "slow.rcvHwm", op: "=", value: 50 },
        { metric: "slow.processed", op: ">=", value: 380, at: 40_000 },
      ],
      speed: 10,
      hints: [
        t("10 a second come to it. How long may it work on one?", "每秒来 10 个。处理一个最多能花多久？"),
        t("Less than 0.1 s.", "不到 0.1 秒。"),
        t("Set the work of [slow](node:slow) to 50 ms.", "把 [slow](node:slow) 的处理时间设为 50 毫秒。"),
      ],
      solution: { set: { "slow.service": 50 } },
      why: t(
        "Without a broker nobody stores for those who cannot follow. Faster, fewer prices, or a broker: there is no fourth way.",
        "没有代理，就没人替跟不上的存着。要么更快，要么少发，要么用代理，没有第四条路。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A subscriber must not miss the first prices. What helps?",
        "订阅者一条也不能错过，包括最开始的价格。怎么办？",
      ),
      options: [
        { text: t("A higher high-water mark", "调高高水位") },
        {
          text: t("Subscribe first, then ask for the state on a second socket", "先订阅，再用另一个套接字问一次现状"),
          right: true,
        },
        { text: t("Let the publisher wait a second", "让发布方等一秒再发") },
      ],
      why: t(
        "Marks count only from the moment one is connected, and a wait is a guess. A snapshot and the stream after it leave no gap.",
        "高水位只从连上那一刻起算，等一秒也只是碰运气。一份现状，加上之后的推送，中间就没有缺口。",
      ),
    },
  ],
};
