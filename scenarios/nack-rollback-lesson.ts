import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["worker-a.onFail"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("It failed. And now?", "失败了，然后呢？"),
      body: t(
        "Three of ten pieces of work fail. The worker [rejects](term:acknowledge) the message. [Above](node:worker-a) it is put back; [below](node:worker-b) it goes to a [dead-letter queue](term:dead-letter).",
        "十件活儿里有三件会失败。工作进程[拒绝](term:acknowledge)这条消息：[上面](node:worker-a)放回队列，[下面](node:worker-b)转进[死信队列](term:dead-letter)。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "In 60 s each lane gets about 120 orders. How many redeliveries will the upper lane have?",
        "60 秒里每道大约来 120 单。上面一道会有多少次重新投递？",
      ),
      options: [
        { text: t("None", "没有"), max: 1 },
        { text: t("About 36: three of ten, once each", "36 次左右：十件里三件，各一次"), min: 20, max: 39 },
        { text: t("More than that: what comes back can fail again", "比这更多：放回来的还会再失败"), min: 39 },
      ],
      answerFrom: { metric: "work-a.redeliver", at: 60_000 },
    },
    { type: "run", until: { t: 60_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Two answers to a failure", "对失败的两种回答"),
      facts: {
        errors: { metric: "worker-a.errors" },
        again: { metric: "work-a.redeliver" },
        parked: { metric: "work-b.deadLettered" },
      },
      body: t(
        "Above: **{{errors}}** errors and **{{again}}** redeliveries, and each message went back to its old place, so the order is right. Below: **{{parked}}** dead letters, and nobody was held up.",
        "上面：出错 **{{errors}}** 次，重新投递 **{{again}}** 次，都回到原来的位置，次序没有乱。下面：**{{parked}}** 条死信，谁也没被耽误。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Now everything in the upper lane fails. Let the line move on all the same, and lose nothing.",
        "现在上面一道件件都失败。仍要让队伍往前走，什么都不丢。",
      ),
      set: { "worker-a.failRate": 1 },
      check: [
        { metric: "work-a.ready", op: "<", value: 5, at: 60_000 },
        { metric: "system.lost", op: "=", value: 0, at: 60_000 },
        { metric: "system.discarded", op: "=", value: 0, at: 60_000 },
        { config: "worker-a.failRate", op: "=", value: 1 },
      ],
      speed: 10,
      hints: [
        t("What is put back is delivered again at once. For how long?", "放回去就立刻再投递，要到什么时候？"),
        t("Rejected messages need somewhere to go, or they are thrown away.", "被拒绝的消息得有去处，否则就被丢弃了。"),
        t(
          "Let [worker above](node:worker-a) reject, and draw a dead-letter link from [work above](node:work-a) to [failures](node:failures).",
          "让 [worker above](node:worker-a) 改为拒绝，再从 [work above](node:work-a) 画死信连线到 [failures](node:failures)。",
        ),
      ],
      solution: {
        set: { "worker-a.onFail": "reject" },
        add: { edges: [{ id: "work-a-failures", kind: "deadLetter", from: "work-a", to: "failures" }] },
      },
      why: t(
        "Failure is a routing decision. Whoever says only “it failed” has not decided yet where the message goes.",
        "失败其实是一个路由决定。只说“失败了”，等于还没决定消息去哪儿。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The order names a customer who does not exist. Put back, or reject to the dead-letter queue?",
        "订单上的客户根本不存在。该放回队列，还是拒绝、转进死信队列？",
      ),
      options: [
        { text: t("Put back: it may work next time", "放回：下次也许就行") },
        { text: t("Reject: the next time will be no different", "拒绝：下次也是一样"), right: true },
        { text: t("Acknowledge and forget", "确认掉，当没看见") },
      ],
      why: t(
        "Ask what would be different the next time. A database that was away for a moment: try again later. A wrong order: a person has to look.",
        "先问一句：下次会有什么不同？数据库刚好断了一下，可以稍后再试；订单本身错了，就得让人来看。",
      ),
    },
  ],
};
