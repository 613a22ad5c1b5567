import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["clerk.instances"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Take a number", "取号排队"),
      body: t(
        "Five numbered tickets a second go into a [queue](node:tickets), one [clerk](node:clerk) works them off, 0.1 s each. A queue gives out messages in the order in which they came: [first in, first out](term:fifo).",
        "每秒五张带号的票进入[队列](node:tickets)，一位[办事员](node:clerk)逐张处理，每张 0.1 秒。队列按进来的顺序给出消息：[先进先出](term:fifo)。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "One queue, one clerk, 75 tickets in 15 s. How many of them are finished out of order?",
        "一个队列，一位办事员，15 秒 75 张票。有多少张没按顺序做完？",
      ),
      options: [
        { text: t("None", "一张也没有"), max: 1 },
        { text: t("A few: the network mixes some up", "有几张：网络会打乱一些"), min: 1, max: 20 },
        { text: t("Many: nobody looks at the numbers", "很多：没人看号码"), min: 20 },
      ],
      answerFrom: { metric: "system.outOfOrder", at: 15_000 },
    },
    { type: "run", until: { t: 15_000 }, speed: 5 },
    {
      type: "observe",
      title: t("As they came", "来的顺序，走的顺序"),
      facts: { n: { metric: "system.processed" }, out: { metric: "system.outOfOrder" } },
      body: t(
        "**{{n}}** tickets are done, **{{out}}** out of order. One line, one pair of hands: nobody overtakes.",
        "做完 **{{n}}** 张，乱序 **{{out}}** 张。一条队，一双手，谁也超不过去。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      set: { "clerk.instances": 3, "clerk.service": { d: "uniform", min: 50, max: 500 } },
      ask: t(
        "Now three clerks share the queue, and a ticket takes anything from 0.05 to 0.5 s. Will tickets still be **finished** in order?",
        "现在三位办事员共用这个队列，每张票要 0.05 到 0.5 秒不等。票还会按顺序**做完**吗？",
      ),
      options: [
        { text: t("Yes: the queue is first in, first out", "会：队列是先进先出的"), max: 1 },
        { text: t("Now and then one overtakes", "偶尔有一张超车"), min: 1, max: 8 },
        { text: t("Overtaking all the time", "超车是家常便饭"), min: 8 },
      ],
      answerFrom: { metric: "system.outOfOrder", at: 30_000 },
    },
    { type: "run", until: { t: 30_000 }, speed: 10 },
    {
      type: "observe",
      title: t("Given out in order, finished out of order", "按顺序发出，不按顺序做完"),
      facts: { n: { metric: "system.processed" }, out: { metric: "system.outOfOrder" } },
      body: t(
        "Of **{{n}}** tickets **{{out}}** were overtaken. The queue has done nothing wrong: it gave them out one after the other. But a short ticket with one clerk is done before a long one with another.",
        "**{{n}}** 张里有 **{{out}}** 张乱了序。队列没有错，它确实一张接一张地发出；可这位手里的短票，会比那位手里的长票先做完。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Get the order back: not a single ticket out of order in 30 s. The tickets stay as uneven as they are.",
        "把顺序找回来：30 秒内一张都不许乱。票还是有长有短。",
      ),
      check: [
        { metric: "system.outOfOrder", op: "=", value: 0, at: 30_000 },
        { metric: "clerk.processed", op: ">=", value: 90, at: 30_000 },
        { config: "clerk.service", op: "!=", value: 100 },
      ],
      speed: 10,
      hints: [
        t("Who can overtake whom?", "谁能超过谁？"),
        t(
          "A ticket can be overtaken only while another is worked on beside it.",
          "只有在旁边有人同时处理另一张票时，才可能被超过。",
        ),
        t("One clerk, one ticket at a time.", "一位办事员，一次一张。"),
      ],
      solution: { set: { "clerk.instances": 1 } },
      why: t(
        "The queue keeps the order of **delivery**. The order of finishing holds for one consumer, and costs speed: look at how many wait now.",
        "队列保证的是**投递**的顺序。做完的顺序只有一个消费者时才成立，代价是速度：看看现在有多少张在等。",
      ),
    },
    {
      type: "quiz",
      kind: "multi",
      ask: t("What else lets messages be finished out of order?", "还有什么会让消息完成的顺序乱掉？"),
      options: [
        {
          text: t(
            "A message that failed and is put back while another is being worked on",
            "一条失败后放回队列，而另一条正在处理",
          ),
          right: true,
        },
        { text: t("One consumer with several threads", "一个消费者开了多个线程"), right: true },
        { text: t("A slow network before the queue", "队列之前的网络很慢") },
      ],
      why: t(
        "Everything that lets two messages be in work at once, and everything that puts one back. A slow line delays all of them alike.",
        "凡是让两条消息同时在处理的，凡是把消息放回去的，都会乱序。线路慢，只是大家一起慢。",
      ),
    },
  ],
};
