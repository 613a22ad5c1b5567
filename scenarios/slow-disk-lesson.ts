import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 9,
  expose: ["five.window"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Written down before it is promised", "先落盘，再答应"),
      body: t(
        "Two senders publish **40 [persistent](term:durable) messages a second** and wait for [confirms](term:confirm). A confirm comes when the message is on disk. The sender [one at a time](node:one) waits for it before it sends the next; [five at a time](node:five) has up to **five** on the way. The line takes 5 ms each way, the disk **5 ms** a write. At **20 s** the disk becomes twenty times slower: **100 ms**.",
        "两个发送方**每秒各发 40 条[持久化消息](term:durable)**，都等[发布确认](term:confirm)，落盘之后才有确认。[one at a time](node:one) 等到确认才发下一条；[five at a time](node:five) 最多同时有**五条**在途。线路单程 5 毫秒，写一次盘 **5 毫秒**。第 **20 秒**磁盘慢了二十倍：**100 毫秒**。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("a second", "条/秒"),
      ask: t(
        "5 ms there, 100 ms on disk, 5 ms back, and only then the next. How many a second does the first sender manage then?",
        "去 5 毫秒，落盘 100 毫秒，回来 5 毫秒，然后才发下一条。第一个发送方每秒能发几条？",
      ),
      answerFrom: { metric: "patient.publish.rate", agg: "mean", within: [28_000, 48_000] },
      tolerance: 0.15,
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("And the one with five on the way?", "五条在途的那个呢？"),
      options: [
        { text: t("About 9 too: the disk is the bottleneck", "也是 9 条左右：瓶颈在磁盘"), max: 15 },
        { text: t("About 25", "25 条左右"), min: 15, max: 35 },
        { text: t("Five times as many: 45, so the full 40", "五倍，45 条，所以 40 条全发得出"), min: 35 },
      ],
      answerFrom: { metric: "busy.publish.rate", agg: "mean", within: [28_000, 48_000] },
    },
    { type: "run", until: { t: 50_000 }, speed: 5 },
    {
      type: "observe",
      title: t("One write, several messages", "一次写盘，好几条消息"),
      facts: {
        one: { metric: "patient.publish.rate", agg: "mean", within: [28_000, 48_000] },
        five: { metric: "busy.publish.rate", agg: "mean", within: [28_000, 48_000] },
        before: { metric: "patient.publish.rate", agg: "mean", within: [8000, 19_000] },
      },
      body: t(
        "**{{before}}** before; then **{{one}}** one by one, and **{{five}}** with five on the way. A write takes along everything that has arrived when it begins: the first of the five goes by itself, the other four share the next write. Five messages in two writes of 100 ms.",
        "原来 **{{before}}**；后来逐条发是 **{{one}}**，五条在途是 **{{five}}**。一次写盘会带走开始时已到的所有消息：五条里第一条独占一次，另外四条合用下一次。两次写盘共 200 毫秒，写下五条。",
      ),
      reveal: ["chart:patient.publish"],
    },
    {
      type: "do",
      goal: t(
        "Let [five at a time](node:five) publish its 40 a second on the slow disk. Every message stays persistent and confirmed.",
        "让 [five at a time](node:five) 在慢盘上也每秒发满 40 条。每条消息仍要持久化，仍要等确认。",
      ),
      check: [
        { metric: "five.confirm", agg: "increase", op: ">=", value: 780, within: [28_000, 48_000] },
        { config: "five.persistent", op: "=", value: true },
        { config: "five.waitFor", op: "=", value: "confirm" },
        { metric: "system.lost", op: "=", value: 0, at: 50_000 },
      ],
      until: { t: 50_000 },
      speed: 10,
      hints: [
        t("The disk does ten writes a second. How full is each?", "磁盘每秒能写十次。每次写得满吗？"),
        t(
          "40 a second with about 0.2 s from publish to confirm: how many are on the way at once? Little’s law says λ × W.",
          "每秒 40 条，从发出到确认约 0.2 秒：同时在途的有几条？利特尔法则：λ × W。",
        ),
        t("8 and some to spare: a window of ten.", "8 条再留点余地：窗口设为十。"),
      ],
      solution: { set: { "five.window": 10 } },
      why: t(
        "The disk is as slow as before, only each write is full. A message that is not persistent would not wait for the disk at all, and would be gone with the next restart of the broker.",
        "磁盘还是那么慢，只是每次都写满了。不持久化的消息根本不用等磁盘，可消息代理一重启就没了。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "A confirm takes 50 ms. How many messages must be on the way for 1 000 a second?",
        "确认要 50 毫秒。想每秒发 1000 条，要同时有几条在途？",
      ),
      answer: 50,
      tolerance: 0.05,
      why: t(
        "1 000 × 0.05 s = 50. The same rule as for prefetch: what is on the way must cover the round trip.",
        "1000 × 0.05 秒 = 50。和预取数是同一条规则：在途的量要盖住一来一回的时间。",
      ),
    },
  ],
};
