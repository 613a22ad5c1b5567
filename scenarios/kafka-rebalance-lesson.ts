import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 7,
  expose: ["counting.sessionTimeout"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Bob does not answer", "Bob 没有回音"),
      body: t(
        "**Nine records a second**, three partitions, three members that need 0.1 s each. At **20 s** [Bob](node:bob) is killed without a word. The group waits **6 s** for his heartbeat.",
        "**每秒九条记录**，三个分区，三个成员，每条 0.1 秒。第 **20 秒**，[Bob](node:bob) 一声不响地死了。组要等他的心跳 **6 秒**。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "Into Bob's partition go 3 records a second, and nobody reads them. How far behind does the group fall?",
        "Bob 的分区每秒进来 3 条，却没有人读。这个组最多会落后多少条？",
      ),
      options: [
        { text: t("Hardly any: the others see at once that he is gone", "几乎不落后：别人马上看到他走了"), max: 6 },
        {
          text: t("About 25: it takes some 8 s until another reads it", "25 条左右：大约 8 秒后才换人来读"),
          min: 6,
          max: 45,
        },
        { text: t("60: nobody reads it until Bob is started again", "60 条：Bob 不重启就没人读"), min: 45 },
      ],
      answerFrom: { metric: "counting.lag", agg: "max", within: [20_000, 40_000] },
    },
    { type: "run", until: { t: 40_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Nobody knew", "谁也不知道"),
      facts: {
        most: { metric: "counting.lag", agg: "max", within: [20_000, 40_000] },
        now: { metric: "counting.lag" },
        members: { metric: "counting.members" },
      },
      body: t(
        "His lane grew by 3 a second until the group noticed: **{{most}}** behind at the worst. Then the partitions were shared out again: a [rebalance](term:rebalance). Now **{{members}}** members are left, and the lag is **{{now}}**.",
        "在组发现之前，他那条道每秒多积 3 条：最多落后 **{{most}}** 条。然后分区重新分配，这就是[再均衡](term:rebalance)。现在剩 **{{members}}** 个成员，滞后 **{{now}}** 条。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Notice it sooner: let the lag stay under 20 when Bob dies.",
        "早点发现：让 Bob 死的时候，滞后不超过 20 条。",
      ),
      check: [
        { metric: "counting.lag", agg: "max", op: "<", value: 20, within: [20_000, 40_000] },
        { metric: "counting.members", op: "=", value: 2, at: 40_000 },
      ],
      speed: 5,
      hints: [
        t("Outage = time to notice + time to share out again.", "中断时间 = 发现要多久 + 重新分配要多久。"),
        t("How long may a heartbeat be missing? That is the session timeout.", "心跳可以断多久？这就是会话超时。"),
        t(
          "Set the session timeout of [counting](node:counting) to 3 s.",
          "把 [counting](node:counting) 的会话超时设为 3 秒。",
        ),
      ],
      solution: { set: { "counting.sessionTimeout": 3000 } },
      why: t(
        "Noticed sooner, repaired sooner. But a timeout that is too short mistakes a pause for a death, and each false alarm stops the group as well.",
        "发现得早，补得就早。但超时太短，会把一时的停顿当成死亡，而每次误报也会让组停一下。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Ann and Cem are well. What happens to their lanes while the partitions are shared out again, by an **eager** assignor?",
        "Ann 和 Cem 都好好的。用**急切式**分配策略，组重新分配时，他们的泳道会怎样？",
      ),
      options: [
        { text: t("Nothing: only Bob’s lane moves", "没影响：只挪 Bob 的那条") },
        {
          text: t("They stop as well: everything is taken from everybody first", "也得停：先把所有人的分区都收回来"),
          right: true,
        },
        { text: t("Their records are read twice", "他们的记录会读两遍") },
      ],
      why: t(
        "Eager means: everybody gives everything back, and then it is shared out. A **cooperative** assignor moves only what has to move; try it in this drawing, and look at the Events tab.",
        "急切式是先把牌全收回来再发。**协作式**只挪必须挪的；可以在这张图里换上试试，再看“事件”面板。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "The session timeout is 3 s, and the program sometimes pauses for 5 s to tidy its memory. What follows?",
        "会话超时是 3 秒，而程序整理内存时偶尔会停 5 秒。结果呢？",
      ),
      options: [
        { text: t("Nothing: it was only a pause", "没事：只是停了一下") },
        {
          text: t("A rebalance, and another one when it is back", "一次再均衡，它回来时又是一次"),
          right: true,
        },
        { text: t("Its records are lost", "它的记录丢了") },
      ],
      why: t(
        "Nobody can tell a long pause from a death. The timeout must be longer than the longest pause that is still healthy, and shorter than the outage you can bear.",
        "长停顿和死亡，从外面看一模一样。超时要比正常的最长停顿更长，又要比你受得了的中断更短。",
      ),
    },
  ],
};
