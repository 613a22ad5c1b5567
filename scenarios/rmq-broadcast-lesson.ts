import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 5,
  expose: ["store.mode", "caches.mode"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Three and three", "三个和三个"),
      body: t(
        "**90 prices** go to one [topic](node:price) with three queues. [Store](node:store) has three workers in **clustering** mode, [caches](node:caches) has three members in **broadcasting** mode.",
        "**90 条价格**发往一个有三个队列的[主题](node:price)。[store](node:store) 组三个工作进程，**集群消费**；[caches](node:caches) 组三台缓存，**广播消费**。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("messages", "条"),
      ask: t("How many prices do all six have worked on together?", "六个消费者一共处理多少条价格？"),
      answerFrom: { metric: "price.fetch", at: 40_000 },
      tolerance: 0.05,
    },
    { type: "run", until: { t: 40_000 }, speed: 5 },
    {
      type: "observe",
      title: t("A third, or everything", "三分之一，还是全部"),
      facts: { worker: { metric: "w1.processed" }, cache: { metric: "k1.processed" }, all: { metric: "price.fetch" } },
      body: t(
        "A worker has done **{{worker}}**: one queue is its own. A cache has done **{{cache}}**: it reads all three queues. Together **{{all}}**: 90 shared, and three times 90. [Clustering or broadcasting](term:clustering) is a setting of the group; the topic does not know of it.",
        "一个工作进程做了 **{{worker}}** 条：只有一个队列归它。一台缓存做了 **{{cache}}** 条：三个队列它都读。合计 **{{all}}** 条：分摊的 90，加上三份 90。[集群还是广播](term:clustering)由组决定，主题并不知道。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Let each of the three workers store every price, as a backup of the others.",
        "让三个工作进程各自存下每一条价格，互为备份。",
      ),
      check: [
        { metric: "w1.processed", op: "=", value: 90, at: 40_000 },
        { metric: "w3.processed", op: "=", value: 90, at: 40_000 },
      ],
      until: { t: 40_000 },
      speed: 10,
      hints: [
        t("Which setting makes the caches get everything?", "哪项设置让每台缓存都拿到全部？"),
        t("The mode of the group.", "组的消费模式。"),
        t("Set store's mode to broadcasting.", "把 store 的消费模式设为广播。"),
      ],
      solution: { set: { "store.mode": "broadcasting" } },
      why: t(
        "It works, at a price: in broadcasting nothing is retried. A worker that fails once misses that message for good.",
        "行得通，但有代价：广播消费不重试。失败一次，那条消息就永远缺了。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t("Where does a broadcasting member keep its offsets?", "广播消费的成员把位点存在哪里？"),
      options: [
        { text: t("At the broker, for its group", "存在 Broker，按组记") },
        { text: t("With itself", "存在自己这里"), right: true },
        { text: t("Nowhere: it begins again each time", "哪里也不存，每次从头来") },
      ],
      why: t(
        "In a file of its own: the broker knows only groups, and here each member is somewhere else.",
        "存在自己的文件里：Broker 只认组，而这里每个成员读到的地方都不同。",
      ),
    },
  ],
};
