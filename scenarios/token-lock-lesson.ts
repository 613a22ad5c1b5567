import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 8,
  expose: ["lock.ackTimeout"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("One key for three", "三个人，一把钥匙"),
      body: t(
        "Three workers share a machine that only one may use at a time. The queue [lock](node:lock) holds **one message**, the key. Whoever takes it works **half a second**, publishes the key again and [acknowledges](term:acknowledge) the old one. At **10.2 s** [C](node:c) is killed with the key in its hands; at 14 s it is back.",
        "三个工作进程共用一台机器，同一时间只能一个用。队列 [lock](node:lock) 里只有**一条消息**：钥匙。谁拿到谁干**半秒**的活，再把钥匙发回去，然后[确认](term:acknowledge)旧的那条。第 **10.2 秒**，[C](node:c) 手里拿着钥匙被强制终止，第 14 秒恢复。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "C is away for almost four seconds. How many turns do the others get in that time?",
        "C 有将近四秒不在。这期间，别人能轮到几次？",
      ),
      options: [
        { text: t("About seven: the key is back at once", "七次左右：钥匙立刻就回来了"), min: 6 },
        { text: t("Two or three: it takes a while to notice", "两三次：要过一会儿才发现"), min: 1, max: 6 },
        { text: t("None: the key died with C", "一次也没有：钥匙随 C 一起没了"), max: 1 },
      ],
      answerFrom: { metric: "lock.ack", agg: "increase", within: [10_300, 13_900] },
    },
    { type: "run", until: { t: 14_000 }, speed: 2 },
    {
      type: "observe",
      title: t("The key comes back by itself", "钥匙自己回来了"),
      facts: {
        turns: { metric: "lock.ack", agg: "increase", within: [10_300, 13_900] },
        back: { metric: "lock.redeliver" },
        most: { metric: "lock.unacked", agg: "max" },
      },
      body: t(
        "**{{turns}}** turns while C was away: nobody waited. A dead process has a dead connection, and what it had not acknowledged goes back at once ([redelivered](term:requeue): **{{back}}**). And never more than **{{most}}** key was out.",
        "C 不在的时候，别人轮了 **{{turns}}** 次：谁也没等。进程一死，连接就断，没确认的消息立刻回到队列（[重新投递](term:requeue)：**{{back}}** 次）。而同时在外面的钥匙从没超过 **{{most}}** 把。",
      ),
      highlight: ["lock"],
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "At 20 s A **hangs**: it is alive, takes the key, and does nothing. How many turns are there from 21 s to 40 s?",
        "第 20 秒，A **卡住**了：进程还活着，拿了钥匙，却什么也不做。第 21 到 40 秒，会轮多少次？",
      ),
      options: [
        { text: t("About 38, as before", "和之前一样，38 次左右"), min: 30 },
        { text: t("About 25: two of three are left", "25 次左右：还剩三分之二的人"), min: 5, max: 30 },
        { text: t("None", "一次也没有"), max: 5 },
      ],
      answerFrom: { metric: "lock.ack", agg: "increase", within: [21_000, 40_000] },
    },
    { type: "run", until: { t: 60_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Alive is not at work", "活着，不等于在干活"),
      facts: {
        none: { metric: "lock.ack", agg: "increase", within: [21_000, 40_000] },
        after: { metric: "lock.ack", agg: "increase", within: [42_000, 60_000] },
      },
      body: t(
        "**{{none}}**. The connection of a hanging program lives, so the broker has to believe that it works. Only after the **acknowledgement timeout** of 20 s does it close A’s channel and give the key to the next one: **{{after}}** turns from 42 s on.",
        "**{{none}}** 次。卡住的程序连接还在，消息代理只能当它在干活。等满 20 秒的**确认超时**，代理才关掉 A 的信道，把钥匙给下一个：第 42 秒以后轮了 **{{after}}** 次。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Nobody may stand still for more than about 6 s when a holder hangs, and never two keys out at once. Normal work takes half a second and must not be cut short.",
        "拿钥匙的卡住时，大家最多停 6 秒左右；而且不能同时有两把钥匙在外面。正常的活要半秒，不能被打断。",
      ),
      check: [
        { metric: "lock.ack", agg: "increase", op: ">=", value: 20, within: [27_000, 40_000] },
        { metric: "lock.unacked", agg: "max", op: "<=", value: 1, at: 40_000 },
        { config: "lock.ackTimeout", op: ">=", value: 1000 },
        { metric: "system.lost", op: "=", value: 0, at: 40_000 },
      ],
      speed: 10,
      hints: [
        t("What decides how long a hanging holder is believed?", "卡住的一方能被相信多久，由什么决定？"),
        t(
          "The queue’s acknowledgement timeout. It must be longer than the longest normal work, which here is half a second.",
          "队列的确认超时。它必须比最长的正常工作更久，这里是半秒。",
        ),
        t("Set the timeout of [lock](node:lock) to 5 s.", "把 [lock](node:lock) 的确认超时设为 5 秒。"),
      ],
      solution: { set: { "lock.ackTimeout": 5000 } },
      why: t(
        "Ten times the normal work, and a quarter of the wait. Without a setting RabbitMQ waits half an hour, which suits long jobs and no lock.",
        "是正常工作的十倍，等待却只有原来的四分之一。不设的话 RabbitMQ 要等半小时，这适合长任务，不适合锁。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A holder is only slow: after 5 s it goes on writing, though its key was given to another. What protects the file they both write?",
        "拿钥匙的其实只是慢：5 秒后它接着写文件，可钥匙已给了别人。靠什么保护它们都在写的文件？",
      ),
      options: [
        { text: t("The lock: it has only one key", "这把锁：钥匙只有一把") },
        {
          text: t("A number that grows with each turn, which the file checks", "每轮加一的编号，由文件那边来检查"),
          right: true,
        },
        { text: t("A shorter timeout", "更短的超时") },
      ],
      why: t(
        "A timeout takes the key away, not the pen. What must never be written twice has to refuse an older number itself; a lock made of messages is good for sharing work, not for guarding data.",
        "超时拿走的是钥匙，不是笔。绝不能写乱的东西，得自己拒绝旧编号；用消息做的锁适合轮流干活，不足以守护数据。",
      ),
    },
  ],
};
