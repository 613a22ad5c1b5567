import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["w1.instances", "w2.instances"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Jobs with a due time", "到点才做的任务"),
      body: t(
        "Three programs each order **0.4 jobs a second**, due in **5, 10 and 15 s**. All go as [delayed messages](term:delayed) to one [topic](node:jobs); two workers need **1 s** for each.",
        "三个程序各自**每秒安排 0.4 个任务**，分别在 **5、10、15 秒**后到期。全部作为[延时消息](term:delayed)发往一个[主题](node:jobs)；两个工作进程各做 **1 秒**。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("jobs", "个"),
      ask: t(
        "How many jobs are waiting for their time after a minute? (0.4 a second, three programs)",
        "一分钟时，有多少任务还没到时间？（每秒 0.4 个，三个程序）",
      ),
      answerFrom: { metric: "jobs.delayed", at: 60_000 },
      tolerance: 0.2,
    },
    { type: "run", until: { t: 60_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Little's law, once more", "又见利特尔法则"),
      facts: {
        hidden: { metric: "jobs.delayed" },
        wait: { metric: "jobs.wait.p95" },
        busy: { metric: "w1.utilisation" },
      },
      body: t(
        "**{{hidden}}**: 0.4 × (5 + 10 + 15). What is due waits at most about **{{wait}}** for a worker; the workers are busy **{{busy}}** of the time. The broker sorted by due time: no program had to poll.",
        "**{{hidden}}** 个：0.4 ×（5 + 10 + 15）。到期后等工作进程至多约 **{{wait}}**；工作进程有 **{{busy}}** 的时间在忙。Broker 按到期时间排好了：没有程序需要轮询。",
      ),
    },
    {
      type: "do",
      set: { "w1.service": 2000, "w2.service": 2000 },
      title: t("Slower workers", "慢下来的工作进程"),
      goal: t(
        "A job now takes 2 s. Make sure that 95 % start within a second of their due time.",
        "现在每个任务要 2 秒。让 95% 的任务在到期后一秒内开始。",
      ),
      check: [{ metric: "jobs.wait.p95", op: "<=", value: 1000, at: 120_000 }],
      until: { t: 120_000 },
      speed: 10,
      hints: [
        t("1.2 jobs a second fall due; how many can two workers do?", "每秒到期 1.2 个；两个工作进程每秒能做几个？"),
        t("One. Four could do two.", "一个。四个就能做两个。"),
        t("Two instances of each worker.", "每个工作进程开两个实例。"),
      ],
      solution: { set: { "w1.instances": 2, "w2.instances": 2 } },
      why: t(
        "The broker brings a job out on time; whether it starts on time is a question of free workers.",
        "Broker 负责准时把任务拿出来；能不能准时开始，要看有没有空闲的工作进程。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The broker is down while jobs fall due. What happens to them?",
        "任务到期时 Broker 正好宕机。它们会怎样？",
      ),
      options: [
        { text: t("They are lost", "丢了") },
        { text: t("They come out when the broker is back, late", "等 Broker 回来再出来，只是晚了"), right: true },
        { text: t("The producer sends them again", "生产者会重发") },
      ],
      why: t(
        "They are stored like any message; the timer looks at once when it is back.",
        "它们和其他消息一样已经存下；Broker 一回来，定时器就会看到它们。",
      ),
    },
  ],
};
