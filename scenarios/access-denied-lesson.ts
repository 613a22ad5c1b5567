import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Who are you, and what may you do?", "你是谁，能做什么？"),
      body: t(
        "The broker knows two users. `staff` may do everything; `web` may only write to exchanges whose name begins with `orders.`.\nThe [shop](node:shop) is web and keeps to it. A [curious page](node:page), web as well, tries the exchange [admin](node:admin). A [stranger](node:stranger) has overheard the name web, and guesses its password.",
        "消息代理认识两个用户：`staff` 什么都能做；`web` 只能写名字以 `orders.` 开头的交换机。\n[商店](node:shop)用 web，守规矩。[好奇的页面](node:page)也用 web，却去试交换机 [admin](node:admin)。[陌生人](node:stranger)偷听到了 web 这个名字，密码靠猜。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "The page is refused again and again. What does that do to the shop's orders?",
        "页面一次次被拒绝。商店的订单会受影响吗？",
      ),
      options: [
        { text: t("Some are lost: they use the same user", "会丢一些：用的是同一个用户"), min: 1 },
        { text: t("Nothing", "不受影响"), max: 1 },
      ],
      answerFrom: { metric: "shop.failed", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Refused, each in its own way", "各有各的拒法"),
      facts: {
        denied: { metric: "page.denied" },
        stranger: { metric: "stranger.denied" },
        tasks: { metric: "office.processed" },
        done: { metric: "packing.processed" },
      },
      body: t(
        "The page got in and was [denied](term:denied) **{{denied}}** times; each time its channel was closed. The stranger was refused at the door **{{stranger}}** times. Tasks for the office: **{{tasks}}**. Orders packed meanwhile: **{{done}}**.",
        "页面进得来，但被[拒绝](term:denied)了 **{{denied}}** 次，每次都丢一个信道。陌生人在门口就被拒绝了 **{{stranger}}** 次。办公室收到的任务：**{{tasks}}** 个。与此同时打包的订单：**{{done}}** 个。",
      ),
    },
    {
      type: "do",
      goal: t(
        "The stranger turns out to be a new partner who may place orders. Let its orders in, and keep the page away from admin.",
        "原来陌生人是新合作方，可以下单。放它的订单进来，但仍不许页面碰 admin。",
      ),
      check: [
        { metric: "stranger.denied", op: "=", value: 0, at: 20_000 },
        { metric: "stranger.publish", op: ">=", value: 15, at: 20_000 },
        { metric: "page.denied", op: ">=", value: 2, at: 20_000 },
        { metric: "packing.processed", op: ">=", value: 45, at: 20_000 },
      ],
      speed: 5,
      hints: [
        t("First question: who are you? A name alone does not prove it.", "第一个问题：你是谁？光报名字不算数。"),
        t(
          "Second question: what may you do? Writing to `orders.*` is enough.",
          "第二个问题：能做什么？能写 `orders.*` 就够了。",
        ),
        t(
          "Add a user with the rights of `web` and let the stranger log in as that one. Or tell it the password: it stands at the broker.",
          "加一个和 `web` 同样权限的用户，让陌生人用它登录；或者把密码告诉它：密码写在代理的用户列表里。",
        ),
      ],
      solution: { set: { "stranger.password": "tulip" } },
      why: t(
        "Better still, a user of its own: then its rights can be taken back without locking the shop out.",
        "更好的办法是给它单独的用户：将来收回权限，不会把商店也关在门外。",
      ),
    },
  ],
};
