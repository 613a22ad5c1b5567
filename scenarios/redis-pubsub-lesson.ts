import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A loudspeaker and a mailbox", "喇叭和信箱"),
      body: t(
        "**5 notices a second** go to a [channel](node:notices) and, beside it, into a [stream](node:notes). Their listeners are away **from 10 s to 20 s**. Below, a second channel has a fast subscriber and a [slow](node:slow) one.",
        "**每秒 5 条通知**发到[频道](node:notices)，同时也进入旁边的[流](node:notes)。两边的听众在**第 10 到 20 秒**都不在。下面另一个频道有一快一[慢](node:slow)两个订阅者。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("notices", "条"),
      ask: t("How many notices does the channel's listener miss?", "频道的听众错过了多少条？"),
      answerFrom: { metric: "notices.missed", at: 25_000 },
      tolerance: 0.1,
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Of the 125 notices of 25 s, how many does the reader of the stream get?",
        "25 秒里一共 125 条，流的读者能读到多少条？",
      ),
      options: [
        { text: t("About 75: it was away, too", "75 条左右：它也不在场"), max: 100 },
        { text: t("All: it reads them afterwards", "一条不少：回来接着读"), min: 100 },
      ],
      answerFrom: { metric: "reader.processed", at: 25_000 },
    },
    { type: "run", until: { t: 25_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Nothing is stored", "什么也没存"),
      facts: {
        missed: { metric: "notices.missed" },
        read: { metric: "reader.processed" },
        cut: { metric: "news.disconnected" },
      },
      body: t(
        "The listener missed **{{missed}}**. The stream's reader has **{{read}}**, all there were. And below Redis has cut the slow subscriber off (so far: **{{cut}}**), because what it did not read piled up on the server.",
        "听众错过了 **{{missed}}** 条。流的读者有 **{{read}}** 条，一条不少。下面那个慢订阅者没读的都堆在服务器上，Redis 断开了它 **{{cut}}** 次。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let the slow subscriber keep up: 60 s without being cut off. The press does not write less.",
        "让慢订阅者跟上：60 秒内不被断开。发布方不会少发。",
      ),
      check: [
        { metric: "news.disconnected", op: "=", value: 0, at: 60_000 },
        { metric: "press.publish", op: ">=", value: 295, at: 60_000 },
        { config: "news.outputBuffer", op: "=", value: 50 },
      ],
      speed: 10,
      hints: [
        t(
          "5 a second come; how many can one do that needs a second each?",
          "每秒来 5 条，一条要一秒，一个人做得了几条？",
        ),
        t("A bigger buffer is only full later.", "缓冲再大，也只是推迟。"),
        t("Make the slow one faster: 0.1 s a message.", "让慢的变快：每条 0.1 秒。"),
      ],
      solution: { set: { "slow.service": 100 } },
      why: t(
        "A channel waits for nobody. Whoever needs to be late needs a stream, a list or a queue.",
        "频道不等人。需要晚到的，就该用流、列表或队列。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("For which of these is a Redis channel the right thing?", "哪一个适合用 Redis 频道？"),
      options: [
        {
          text: t("“Reload your settings”, to all programs that run now", "通知此刻在运行的程序“重新读取配置”"),
          right: true,
        },
        { text: t("Orders for the warehouse", "发给仓库的订单") },
        { text: t("An audit trail", "审计记录") },
      ],
      why: t(
        "Whoever is not running reads the settings at its start anyway. What somebody must still find tomorrow needs a stream.",
        "没在运行的程序，启动时本来就会读配置。明天还要查得到的，就得用流。",
      ),
    },
  ],
};
