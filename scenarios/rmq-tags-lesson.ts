import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["billing.filter", "mailing.filter"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("One topic for everything", "一个主题装下所有事"),
      body: t(
        "The [shop](node:shop) sends **180 messages** to one [topic](node:orders), tagged **create**, **pay**, **cancel** in turn. [Billing](node:billing) has the [filter](term:tag-filter) **pay**, [mailing](node:mailing) has **create || cancel**.",
        "[商店](node:shop)向一个[主题](node:orders)发送 **180 条消息**，标签依次是 **create**、**pay**、**cancel**。[记账组](node:billing)的[过滤条件](term:tag-filter)是 **pay**，[邮件组](node:mailing)是 **create || cancel**。",
      ),
    },
    {
      type: "predict",
      kind: "number",
      unit: t("messages", "条"),
      ask: t("How many messages does mailing work on?", "邮件组会处理多少条消息？"),
      answerFrom: { metric: "mail.processed", at: 40_000 },
      tolerance: 0.1,
    },
    { type: "run", until: { t: 40_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Stored once, seen twice", "存一份，看两遍"),
      facts: {
        kept: { metric: "orders.endOffset" },
        mail: { metric: "mail.processed" },
        bill: { metric: "bill.processed" },
        lag: { metric: "orders.lag[billing]" },
      },
      body: t(
        "The topic holds **{{kept}}** messages, each once. Mailing worked on **{{mail}}**, billing on **{{bill}}**: the broker sent no others. And yet billing's [lag](term:lag) is **{{lag}}**: its [offset](term:offset) has moved past what it did not want.",
        "主题里有 **{{kept}}** 条，各存一份。邮件组处理了 **{{mail}}** 条，记账组 **{{bill}}** 条：Broker 没有发过别的。可记账组的[堆积](term:lag)是 **{{lag}}**：它的[位点](term:offset)已经越过了不要的那些。",
      ),
      highlight: ["orders"],
    },
    {
      type: "do",
      goal: t(
        "Cancelled orders must be booked back: let billing have them too, and mailing as before.",
        "取消的订单要冲账：让记账组也拿到它们，邮件组照旧。",
      ),
      check: [
        { metric: "bill.processed", op: "=", value: 120, at: 40_000 },
        { metric: "mail.processed", op: "=", value: 120, at: 40_000 },
      ],
      until: { t: 40_000 },
      speed: 10,
      hints: [
        t("A filter can name several tags.", "一个过滤条件可以写几个标签。"),
        t("Between them stands ||.", "中间用 || 隔开。"),
        t("Set billing's filter to pay || cancel.", "把记账组的过滤条件设为 pay || cancel。"),
      ],
      solution: { set: { "billing.filter": "pay || cancel" } },
      why: t(
        "Two groups may want the same message: each has its own offsets, nobody takes anything from the other.",
        "两个组可以要同一条消息：位点各记各的，谁也不会抢走谁的。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A group changes its filter from pay to * after an hour. Does it now get the create messages of that hour?",
        "一个组用了一小时 pay 过滤，然后改成 *。它会拿到这一小时里的 create 消息吗？",
      ),
      options: [
        { text: t("Yes, they are still in the topic", "会，它们还在主题里") },
        { text: t("No, its offset has moved past them", "不会，它的位点已经越过去了"), right: true },
        { text: t("Only those that nobody else has read", "只有别人没读过的那些") },
      ],
      why: t(
        "What a filter passes over is gone for that group, unless somebody sets its offset back.",
        "被过滤掉的，对这个组来说就没有了，除非有人把位点拨回去。",
      ),
    },
  ],
};
