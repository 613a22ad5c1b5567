import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 5,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("A typing mistake", "一个笔误"),
      body: t(
        "A program misspells a key: every second message says `order.nwe`, and no [binding](term:binding) asks for that. Three lanes: **A** asks for nothing, **B** publishes as mandatory, **C** has an alternate exchange.",
        "程序把键写错了：每隔一条就是 `order.nwe`，没有[绑定](term:binding)要它。三道各有办法：**A** 什么也没要求，**B** 发布时带 mandatory，**C** 有备用交换机。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "In lane A half of the messages go astray. How many errors does the sender see?",
        "A 道有一半消息走失。发送方会看到多少个错误？",
      ),
      options: [
        { text: t("One for each", "走失一条报一个"), min: 1 },
        { text: t("None", "一个也没有"), max: 1 },
      ],
      answerFrom: { metric: "sender-a.returned", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Accepted, and gone", "收下了，然后没了"),
      facts: {
        a: { metric: "orders-a.unroutable" },
        b: { metric: "sender-b.returned" },
        c: { metric: "clerk.processed" },
      },
      body: t(
        "A dropped **{{a}}** in silence. B's sender got **{{b}}** back. C's clerk has looked at **{{c}}** in “lost and found”.",
        "A 默默丢了 **{{a}}** 条。B 的发送方收到 **{{b}}** 条退件。C 的办事员在 lost and found 里看过 **{{c}}** 条。",
      ),
    },
    {
      type: "do",
      goal: t(
        "Without touching the sender: let nothing go astray in lane A any more.",
        "不动发送方，让 A 道不再有消息走失。",
      ),
      check: [
        { metric: "orders-a.unroutable", op: "=", value: 0, at: 20_000 },
        { metric: "worker-a.processed", op: ">=", value: 75, at: 20_000 },
        { config: "sender-a.rate", op: "=", value: 4 },
      ],
      speed: 5,
      hints: [
        t(
          "Which binding would take both `order.new` and `order.nwe`?",
          "什么样的绑定能同时接住 `order.new` 和 `order.nwe`？",
        ),
        t(
          "A direct exchange compares letter by letter. Another type knows patterns.",
          "direct 交换机逐字比较，另一种类型认得模式。",
        ),
        t(
          "Make [orders A](node:orders-a) a topic exchange and the binding `order.*`.",
          "把 [orders A](node:orders-a) 改成 topic，绑定写 `order.*`。",
        ),
      ],
      solution: { set: { "orders-a.type": "topic", "orders-a-new-a.key": "order.*" } },
      why: t(
        "The broker accepts what nobody wants, and is right to: whether that is a mistake only you know. Say what is to happen.",
        "没人要的消息，代理也照收，它并没有错：是不是失误只有你知道。所以要由你说清楚怎么办。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "Lane B was told of every message that went astray. Why does that not save them?",
        "B 道的每条走失消息都退了回来。为什么这还不算救了它们？",
      ),
      options: [
        { text: t("The broker returns them without their contents", "退回来的消息没有内容") },
        {
          text: t("Its program has to do something with what comes back", "退回来之后，程序还得拿它做点什么"),
          right: true,
        },
        { text: t("They come back too late", "退得太晚了") },
      ],
      why: t(
        "A returned message is only as safe as the code that takes it. Many programs set mandatory and have nobody who listens; an alternate exchange keeps the message whoever sent it.",
        "退件有没有用，要看接退件的代码。很多程序设了 mandatory，却没人去听；备用交换机则不管谁发的，都先收好。",
      ),
    },
  ],
};
