import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/**
 * Both kinds of customers are served by one agent, whose end-to-end figures mix them. So each customer waits for the answer, and its own `response` tells what it
 * waited: end-to-end delay plus 5 ms for the way back. The patience of ten minutes and the wide window only keep the growing queue of the others from being retried.
 */
const patient = { waitFor: "reply", window: 10_000, timeout: 600_000, retries: 0 } as const;

export const PRIORITY: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "priority",
    { en: "Priority", zh: "优先级" },
    {
      en: "Five ordinary questions a second and one from a VIP with priority 9, for an agent who needs 0.2 s each: one a second too many. The queue knows priorities. But the agent has fetched 50 messages in advance, and nobody sorts those.",
      zh: "每秒 5 个普通问题，外加 1 个优先级为 9 的 VIP 问题；客服每个要 0.2 秒，每秒正好多出一个做不完。队列是优先级队列，可客服一次预取了 50 条，而这 50 条没有人给它们排序。",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "The VIP goes to the head of the queue. So why does the VIP wait longer and longer?\nWatch: the response time of vip, and the agent's “In the client’s buffer”. Then set prefetch to 1.",
      zh: "VIP 一来就排到队头，那为什么还是越等越久？\n看点：vip 的响应时间，以及客服的“客户端缓冲”。然后把预取数改成 1。",
    })
    .producer("normal", "normal", [0, 8], { rate: 5, ...patient })
    .producer("vip", "vip", [0, 16], { rate: 1, priority: 9, ...patient })
    .queue("questions", "questions", [23, 12], { maxPriority: 10 })
    .service("agent", "agent", [47, 12], { service: 200, prefetch: 50, then: "reply" })
    .publish("normal", "questions")
    .publish("vip", "questions")
    .consume("questions", "agent")
    .scenario(),
  observe: {
    en: "One question a second too many: after 50 s the agent holds 50, and a VIP who is first in the queue still waits for those 50 × 0.2 s = 10 s. With prefetch 1 a VIP waits for the question in hand at most; the others carry the delay.",
    zh: "每秒多一个做不完，50 秒后客服手里攒满 50 条：VIP 在队列里排第一，却仍要等这 50 × 0.2 秒 = 10 秒。预取数设为 1，VIP 至多等完手头那一个，多出来的等待由普通客户承担。",
  },
  aha: {
    en: "Priority works in the queue, not in the client's buffer. What has been fetched can no longer be overtaken.",
    zh: "优先级只在队列里起作用，管不到客户端的缓冲区。已经取走的消息，谁也超不过去。",
  },
  variants: [
    {
      id: "prefetch-1",
      name: { en: "Prefetch 1: the VIP waits for one question at most", zh: "预取数 1：VIP 至多等一个问题" },
      change: { "agent.prefetch": 1 },
    },
    {
      id: "plain-queue",
      name: {
        en: "Prefetch 1, but a queue without priorities: the VIP stands in line like everybody",
        zh: "预取数 1，但队列没开优先级：VIP 和大家一样排队",
      },
      change: { "agent.prefetch": 1, "questions.maxPriority": null },
    },
  ],
  intended: ["overload", "priority-ignored"],
};
