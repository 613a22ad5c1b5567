import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["workers.instances"],
  steps: [
    {
      type: "text",
      title: t("How many hands?", "要几个人手？"),
      body: t(
        "**12 pictures a second** are to be resized, **0.25 s** each. Look at the upper lane: two [workers](node:workers), drawn as a stack, take from one queue. That is a [work queue](term:work-queue).",
        "每秒有 **12 张图**要缩放，每张 **0.25 秒**。先看上面一道：两个[工作进程](node:workers)叠在一起，从同一个队列取活。这就是[工作队列](term:work-queue)。",
      ),
      highlight: ["camera-a", "pictures-a", "workers"],
      camera: ["camera-a", "pictures-a", "workers"],
    },
    {
      type: "predict",
      ask: t(
        "Two workers, half a minute. How many pictures are waiting then?",
        "两个工作进程，干半分钟。这时有多少张图在等？",
      ),
      kind: "choice",
      options: [
        { text: t("Hardly any", "几乎没有"), max: 10 },
        { text: t("About 30", "30 张左右"), min: 10, max: 75 },
        { text: t("About 120", "120 张左右"), min: 75 },
      ],
      answerFrom: { metric: "pictures-a.ready", at: 30_000 },
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Four too many, every second", "每秒多出四张"),
      body: t(
        "One worker finishes 1 ÷ 0.25 = 4 a second, two finish 8. Four stay behind every second: **{{waiting}}** by now, and no end. The workers are busy **{{busy}}** of the time.",
        "一个工作进程每秒做 1 ÷ 0.25 = 4 张，两个 8 张。每秒剩下 4 张：现在已经 **{{waiting}}** 张，而且没有尽头。工作进程有 **{{busy}}** 的时间在忙。",
      ),
      facts: { waiting: { metric: "pictures-a.ready" }, busy: { metric: "workers.utilisation" } },
      highlight: ["pictures-a"],
    },
    {
      type: "do",
      goal: t(
        "Find the smallest number of workers that keeps the queue short and leaves some slack: busy less than 90 % of the time.",
        "找出最少要几个工作进程，既让队列短，又留有余量：忙碌时间低于 90%。",
      ),
      check: [
        { metric: "pictures-a.ready", op: "<", value: 5, for: 10_000 },
        { metric: "workers.utilisation", op: "<", value: 0.9, at: 40_000 },
        { config: "workers.instances", op: "<=", value: 4 },
      ],
      until: { t: 40_000 },
      speed: 10,
      hints: [
        t("n workers finish n ÷ 0.25 pictures a second.", "n 个工作进程每秒做 n ÷ 0.25 张。"),
        t(
          "Three finish 12 a second: just as many as arrive. Try it, and look at how busy they are.",
          "三个每秒做 12 张，正好等于到达的数量。试一试，看看它们有多忙。",
        ),
        t("One more than exactly enough.", "比刚好够用再多一个。"),
      ],
      solution: { set: { "workers.instances": 4 } },
      why: t(
        "Three are exactly full: one short pause, and they never catch up. The fourth is the slack: 12 × 0.25 ÷ 4 = 75 % busy.",
        "三个刚好满负荷：只要卡一下，就再也追不回来。第四个是余量：12 × 0.25 ÷ 4 = 75% 的时间在忙。",
      ),
    },
    {
      type: "observe",
      title: t("Who gets what?", "谁拿到多少？"),
      body: t(
        "In the lower lane four workers stand side by side. Each message goes to one of them only: they are [competing consumers](term:work-queue). So far they have done **{{a}}**, **{{b}}**, **{{c}}** and **{{d}}**: the broker deals in turn.",
        "下面一道把四个工作进程摊开。每条消息只交给其中一个，它们是[竞争消费者](term:work-queue)。到现在各做了 **{{a}}**、**{{b}}**、**{{c}}**、**{{d}}** 张：消息代理轮流派活。",
      ),
      facts: {
        a: { metric: "worker-1.processed" },
        b: { metric: "worker-2.processed" },
        c: { metric: "worker-3.processed" },
        d: { metric: "worker-4.processed" },
      },
      highlight: ["worker-1", "worker-2", "worker-3", "worker-4"],
      camera: "fit",
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "Another case: 30 tasks a second, 0.2 s each. How many workers are exactly full?",
        "换一个例子：每秒 30 个任务，每个 0.2 秒。几个工作进程刚好满负荷？",
      ),
      answer: 6,
      why: t("30 × 0.2 = 6. To sleep well, plan for seven or eight.", "30 × 0.2 = 6。想睡得安稳，就按七个或八个准备。"),
    },
  ],
};
