import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["callers.rate", "desk.instances"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Where does the time go?", "时间花到哪儿去了？"),
      body: t(
        "**Nine calls a second** come in at random. One [desk](node:desk) needs **0.1 s** each on average, and the line takes **20 ms**. From the caller's view that is one [end-to-end delay](term:end-to-end); inside it has [three parts](term:times).",
        "每秒随机打进来**九个电话**。一个[处理台](node:desk)平均每个要 **0.1 秒**，线路要 **20 毫秒**。打电话的人只觉得是一段[端到端延迟](term:end-to-end)，拆开看却有[三部分](term:times)。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("Which part is the largest?", "哪一部分最大？"),
      options: [
        { text: t("The line", "线路") },
        { text: t("The work at the desk", "处理") },
        { text: t("The wait in the queue, about twice the work", "排队，大约是处理的两倍") },
        { text: t("The wait in the queue, many times the work", "排队，是处理的好几倍"), right: true },
      ],
    },
    {
      type: "run",
      until: { t: 300_000 },
      speed: 50,
      body: t("Chance needs time to even out: five minutes of calls.", "随机的事要多看一会儿才稳：跑五分钟。"),
    },
    {
      type: "observe",
      title: t("Waiting, not working", "在等，不在做"),
      facts: {
        busy: { metric: "desk.utilisation", agg: "mean" },
        depth: { metric: "waiting.ready", agg: "mean" },
        road: { metric: "callers-waiting.transfer.mean", agg: "mean" },
        wait: { metric: "waiting.wait.mean", agg: "mean" },
        work: { metric: "desk.service.mean", agg: "mean" },
        all: { metric: "desk.e2e.mean", agg: "mean" },
      },
      body: t(
        "On the line **{{road}}**, in the queue **{{wait}}**, at the desk **{{work}}**: together **{{all}}**. The desk is busy **{{busy}}** of the time, and on average **{{depth}}** calls wait before it. Each of them is another 0.1 s for whoever comes next: waiting, not working, makes up most of the delay.",
        "路上 **{{road}}**，排队 **{{wait}}**，处理 **{{work}}**：合起来 **{{all}}**。处理台有 **{{busy}}** 的时间在忙，前面平均有 **{{depth}}** 个电话在等。前面每多一个，后来的就多等 0.1 秒：延迟的大头是等，不是做。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let 95 of 100 calls be done within half a second. You may change one thing of your choice.",
        "让 95% 的电话在半秒内办完。改哪里由你，只改一处。",
      ),
      check: [
        { metric: "system.e2e.p95", agg: "mean", op: "<=", value: 500, at: 120_000 },
        { metric: "callers.publish.total", op: ">=", value: 900, at: 120_000 },
        { metric: "system.discarded", op: "=", value: 0, at: 120_000 },
      ],
      speed: 50,
      hints: [
        t("Try taking the 20 ms line away. How much does it change?", "先试试去掉 20 毫秒的线路，看看差多少。"),
        t(
          "The calls must keep coming. What can be done about the busy desk?",
          "电话不能少接。那么忙碌的处理台可以怎么办？",
        ),
        t("A second desk.", "加一个处理台。"),
      ],
      solution: { set: { "desk.instances": 2 } },
      why: t(
        "Two desks are busy 45 % of the time, and the wait all but disappears. Near full load a little slack is worth more than a faster line.",
        "两个处理台只有 45% 的时间在忙，排队几乎消失。接近满负荷时，一点余量比更快的线路值钱。",
      ),
    },
    {
      type: "quiz",
      kind: "order",
      ask: t(
        "Put these in order of what they save here, the most first.",
        "按在这里省下的时间排序，省得最多的放最前。",
      ),
      options: [
        { text: t("A second desk", "加一个处理台") },
        { text: t("Work that is 10 % quicker", "处理快 10%") },
        { text: t("No line at all", "完全没有线路延迟") },
      ],
      why: t("Slack first, then quicker work, then the line.", "先是余量，再是更快的处理，最后才是线路。"),
    },
  ],
};
