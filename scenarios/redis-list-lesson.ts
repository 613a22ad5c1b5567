import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["jobs.take", "jobs.reclaimAfter"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Pop and work", "弹出再干活"),
      body: t(
        "**Two jobs a second** are pushed into a [list](node:jobs) (`LPUSH`). Four [workers](node:worker) pop them (`BRPOP`) and need **1.8 s** each. At **10.2 s** all four crash in the middle of their work; at 13 s they are back. A well-known article deletes a job with `LREM` when it is done.",
        "**每秒两个任务**推入[列表](node:jobs)（`LPUSH`）。四个[工作进程](node:worker)弹出任务（`BRPOP`），每个要 **1.8 秒**。第 **10.2 秒**四个都在干活时一起崩溃，第 13 秒恢复。有一篇流传很广的文章，是在做完以后用 `LREM` 删除任务。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How many jobs does the crash cost?", "这次崩溃会丢几个任务？"),
      options: [
        { text: t("None: they are deleted only when done", "一个不丢：做完才删除"), max: 1 },
        { text: t("Four: those in the workers' hands", "四个：工作进程手里的"), min: 1, max: 8 },
        { text: t("All that were waiting", "在等的全丢"), min: 8 },
      ],
      answerFrom: { metric: "system.lost", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Pop is goodbye", "弹出就是告别"),
      facts: { lost: { metric: "system.lost" } },
      body: t(
        "**{{lost}}** lost. `BRPOP` takes the element off the list as it hands it out; from then on only the worker has it. The `LREM` afterwards finds nothing to delete: it was never a safeguard.",
        "丢了 **{{lost}}** 个。`BRPOP` 一交出元素就从列表里去掉，此后只有工作进程手里有。事后的 `LREM` 什么也删不到：它从来就不是保险。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let the same crash cost nothing, and let no job be done twice.",
        "让同样的崩溃一个不丢，也没有任务做两遍。",
      ),
      check: [
        { metric: "system.lost", op: "=", value: 0, at: 45_000 },
        { metric: "worker.processed", op: "=", value: 60, at: 45_000 },
        { metric: "system.duplicates", op: "=", value: 0, at: 45_000 },
      ],
      speed: 10,
      hints: [
        t("The job has to stay somewhere until it is done.", "任务做完之前，得有个地方留底。"),
        t(
          "`LMOVE` takes an element and puts it into another list in one step.",
          "`LMOVE` 一步完成“取走并放进另一个列表”。",
        ),
        t(
          "Set `take` of [jobs](node:jobs) to move. What nobody finishes within `reclaimAfter` is put back.",
          "把 [jobs](node:jobs) 的取法改为 move。超过 `reclaimAfter` 没做完的会放回去。",
        ),
      ],
      solution: { set: { "jobs.take": "move" } },
      why: t(
        "Take and keep until it is done. A program of yours puts back what takes too long; its limit must be longer than the longest job, or that is done twice.",
        "要取，也要留底，直到做完。超时没做完的由你的看护程序放回，时限要比最长的任务还长，否则会做两遍。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("Jobs of 1.8 s are put back after 1 s. What happens?", "任务要 1.8 秒，却在 1 秒后放回。会怎样？"),
      options: [
        { text: t("Some are done twice", "有些会做两遍"), right: true },
        { text: t("Some are lost", "有些会丢") },
        { text: t("They are done faster", "会做得更快") },
      ],
      why: t(
        "Somebody else takes the job while the first is still at it. A time limit cannot tell slow from dead.",
        "第一个还在做，别人又取走了。时限分不清“慢”和“死”。",
      ),
    },
  ],
};
