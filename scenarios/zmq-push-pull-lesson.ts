import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["tasks.sndHwm"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Dealt out at once", "一下子发完"),
      body: t(
        "A program [pushes](node:tasks) **90 tasks** at once to three workers. Two need 0.1 s each, the [third](node:slow) 0.5 s. There is no broker: tasks wait in the workers' own memory.",
        "一个程序一下子把 **90 个任务**[推](node:tasks)给三个工作进程。两个每个任务 0.1 秒，[第三个](node:slow) 0.5 秒。没有消息代理，任务等在各自的内存里。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("When is the last task of the upper picture done?", "上面这张图里，最后一个任务什么时候做完？"),
      options: [
        { text: t("After about 4 s: as fast as the three can", "4 秒左右：三个合力的极限") },
        { text: t("After about 9 s", "9 秒左右") },
        { text: t("After about 15 s", "15 秒左右"), right: true },
      ],
    },
    { type: "run", until: { t: 16_000 }, speed: 2 },
    {
      type: "observe",
      title: t("By turn, not by load", "轮着发，不看谁忙"),
      facts: {
        q: { metric: "quick-1.processed" },
        s: { metric: "slow.processed" },
        busy: { metric: "quick-1.utilisation", agg: "mean", within: [9000, 14_000] },
      },
      body: t(
        "PUSH deals in turn: **{{q}}** for a quick one, **{{s}}** for the slow one, all within a moment. The quick ones were done after 3 s and then idle ({{busy}} busy) while the slow one worked on until 15 s.",
        "PUSH 轮着发：快的 **{{q}}** 个，慢的也是 **{{s}}** 个，一瞬间就发完了。快的 3 秒做完就闲着（忙 {{busy}}），慢的一直做到第 15 秒。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let all 90 be done within 6 s, with the same three workers and no broker.",
        "还是这三个工作进程，不用代理，让 90 个任务在 6 秒内做完。",
      ),
      check: [
        { metric: "quick-1.processed", agg: "last", op: ">=", value: 35, at: 6000 },
        { metric: "slow.processed", op: "<=", value: 15, at: 6000 },
        { config: "slow.service", op: "=", value: 500 },
        { metric: "system.inSystem", op: "<", value: 1, at: 6000 },
      ],
      speed: 1,
      hints: [
        t("What is dealt out early cannot be dealt better later.", "牌发得早，就没法再发得巧。"),
        t(
          "How many tasks may a worker hold? That is its [high-water mark](term:hwm).",
          "一个工作进程手边可以放几个任务？这就是[高水位](term:hwm)。",
        ),
        t("Marks of 1: the sender's, and each worker's.", "把高水位都设为 1：发送方的，和每个工作进程的。"),
      ],
      solution: { set: { "tasks.sndHwm": 1, "quick-1.rcvHwm": 1, "quick-2.rcvHwm": 1, "slow.rcvHwm": 1 } },
      why: t(
        "With small marks the tasks stay with the sender until somebody has room: who takes faster gets more. The load balancer below does it by asking who is free.",
        "高水位低，任务就留在发送方，谁有空位给谁：取得快的就得得多。下面的负载均衡则是先问谁有空。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("Marks of 1 are fair. What do they cost?", "高水位设为 1 很公平，代价是什么？"),
      options: [
        { text: t("Messages are dropped", "会丢消息") },
        {
          text: t("A quick worker waits for the next task to travel", "快的工作进程要等下一个任务在路上走完"),
          right: true,
        },
        { text: t("More memory", "更多内存") },
      ],
      why: t(
        "The same balance as prefetch: enough at hand to cover the trip, not so much that one hoards.",
        "和预取数是同一种平衡：手边要够盖住路程，又不至于囤积。",
      ),
    },
  ],
};
