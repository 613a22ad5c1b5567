import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("The same mean", "平均都一样"),
      body: t(
        "Three workers, all **80 % busy**, all with **100 ms** of work a message on average. Only how much the work varies is different: not at all, as chance has it, or wildly.",
        "三个工作进程，都有 **80%** 的时间在忙，平均每条都是 **100 毫秒**。不同的只是波动：完全不变，随机，或者大起大落。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "In the first lane a message waits 0.2 s on average. And in the third?",
        "第一道平均等 0.2 秒。第三道呢？",
      ),
      options: [
        { text: t("0.2 s: the mean is the same", "0.2 秒：平均值一样嘛"), max: 300 },
        { text: t("About twice as long", "两倍左右"), min: 300, max: 600 },
        { text: t("About five times as long", "五倍左右"), min: 600 },
      ],
      answerFrom: { metric: "line-wild.wait.mean", agg: "mean", at: 1_800_000 },
    },
    {
      type: "run",
      until: { t: 1_800_000 },
      speed: 0,
      body: t("Half an hour, as fast as it goes.", "跑半小时，全速。"),
    },
    {
      type: "observe",
      title: t("Variance waits", "波动要用等待来还"),
      facts: {
        a: { metric: "line-constant.wait.mean", agg: "mean" },
        b: { metric: "line-exponential.wait.mean", agg: "mean" },
        c: { metric: "line-wild.wait.mean", agg: "mean" },
      },
      body: t(
        "**{{a}}**, **{{b}}** and **{{c}}**; theory says 0.2, 0.4 and 1.0 s. Behind each of the few long pieces of work everybody stands in line, and the short ones cannot make up for it.",
        "**{{a}}**、**{{b}}**、**{{c}}**；理论值是 0.2、0.4、1.0 秒。那少数几条长活后面，大家都在排队，短活再短也补不回来。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Bring the wait of the third lane below 0.3 s, without more workers and without sending anybody away.",
        "让第三道的等待降到 0.3 秒以下，不加工作进程，也不赶走任何消息。",
      ),
      check: [
        { metric: "line-wild.wait.mean", agg: "mean", op: "<", value: 300, at: 900_000 },
        { config: "worker-wild.instances", op: "=", value: 1 },
        { config: "arrivals-wild.rate", op: ">=", value: 8 },
        { metric: "system.discarded", op: "=", value: 0, at: 900_000 },
      ],
      speed: 0,
      hints: [
        t("The mean may stay. What else is there about the work?", "平均值可以不变。处理时间还有什么可改？"),
        t(
          "If the long jobs are split into pieces, all are of about the same length.",
          "把长活拆开，每件就差不多一样长了。",
        ),
        t(
          "Let the work of [worker 3](node:worker-wild) be constant, 100 ms.",
          "把 [worker 3](node:worker-wild) 的处理时间改成固定 100 毫秒。",
        ),
      ],
      solution: { set: { "worker-wild.service": 100 } },
      why: t(
        "Whoever splits the long jobs, or gives them a queue of their own, shortens the wait without a single new machine.",
        "把长活拆开，或者让它单独排队，不添一台机器，等待就短了。",
      ),
    },
    {
      type: "quiz",
      kind: "order",
      ask: t(
        "Four workers, equally busy. Put their lines in order, the shortest first.",
        "四个工作进程一样忙。按排队从短到长排序。",
      ),
      options: [
        { text: t("Each job 100 ms; they come at even intervals", "每件 100 毫秒，均匀到来") },
        { text: t("Each job 100 ms; they come at random", "每件 100 毫秒，随机到来") },
        { text: t("Jobs of 50 to 150 ms; they come at random", "每件 50 到 150 毫秒，随机到来") },
        { text: t("Most jobs 10 ms, a few of 2 s; they come at random", "多数 10 毫秒，少数 2 秒，随机到来") },
      ],
      why: t(
        "Both kinds of chance make people wait: in the arrivals and in the work. Without either nobody waits at all, up to the very last per cent.",
        "两种随机都会让人等：到来的随机，和处理的随机。两样都没有，忙到九成九也不用排队。",
      ),
    },
  ],
};
