import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const JOBS = { rate: 2, limit: 60 } as const;
/** The one crash, in the middle of a piece of work in every lane, and the return. */
const [CRASH, BACK] = [10.05, 13] as const;

export const ARTICLE_BUGS: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "article-bugs",
    { en: "Four bugs from articles", zh: "文章里的四个 bug" },
    {
      en: "Four pieces of code as they stand in well-known introductions to message queues, each drawn as a lane: automatic acknowledgement, two declarations that do not agree, pop and delete afterwards, a request socket that waits for its acknowledgement. Each lane sends 60 messages, 2 a second; at 10 s all receivers crash, three seconds later they are back.",
      zh: "四段代码，都出自消息队列的入门文章，每段画成一条道：自动确认，两处声明不一致，先弹出后删除，请求套接字等回执。每条道发 60 条，每秒两条。第 10 秒所有接收方崩溃，三秒后恢复。",
    },
  )
    .note("question", [0, 0], [59, 5], {
      en: "“Messages are never lost”, say the articles. All receivers crash once, for three seconds. How many of its 60 messages does each lane process?\nWatch: “Processed” of the four receivers after 45 s, and “Lost” in the bottom line. Then repair one lane after the other.",
      zh: "文章都说“消息绝不会丢”。所有接收方只崩溃一次，三秒而已。每条道的 60 条消息各处理了多少？\n看点：45 秒后四个接收方的“已处理”，以及底栏的“丢失”。然后一条一条地修好。",
    })
    .frame("a", "a", [0, 6], [59, 10], { en: "1 · autoAck = true", zh: "1 · 自动确认" })
    .within("a")
    .producer("billing", "billing", [2, 3], JOBS)
    .queue("invoices", "invoices", [23, 3])
    .consumer("printer", "printer", [46, 3], { service: 600, ack: "auto" })
    .within()
    .frame("b", "b", [0, 17], [59, 10], { en: "2 · queueDeclare, twice", zh: "2 · 两处声明" })
    .within("b")
    .producer("sender", "sender", [2, 3], JOBS)
    .queue("hello", "hello", [23, 3])
    .consumer("receiver", "receiver", [46, 3], { service: 200 })
    .within()
    .frame("c", "c", [0, 28], [59, 10], { en: "3 · BRPOP, then LREM", zh: "3 · 先 BRPOP，后 LREM" })
    .within("c")
    .producer("web", "web", [2, 3], JOBS)
    .node("list", "jobs", "jobs", [23, 3])
    .consumer("worker", "worker", [46, 3], { service: 900, instances: 2 })
    .within()
    .frame("d", "d", [0, 39], [59, 10], { en: "4 · send, then recv", zh: "4 · 先 send，后 recv" })
    .within("d")
    .socket("client", "REQ", [2, 3], JOBS)
    .socket("server", "REP", [46, 3], { service: 100 })
    .within()
    .publish("billing", "invoices")
    .consume("invoices", "printer")
    .publish("sender", "hello", { declare: "transient" })
    .consume("hello", "receiver", { declare: "durable" })
    .publish("web", "jobs")
    .consume("jobs", "worker")
    .pipe("client", "server", { latency: 10 })
    .at(CRASH, "consumer.kill", "printer", {}, BACK)
    .at(CRASH, "consumer.kill", "receiver", {}, BACK)
    .at(CRASH, "consumer.kill", "worker", {}, BACK)
    .at(CRASH, "consumer.kill", "server", {}, BACK)
    .scenario(),
  observe: {
    en: "55, 0, 58 and 20 of 60. The first lane loses what its printer had been sent: one in hand, four in its memory. The second never begins: the broker refuses the other declaration. The third loses the two jobs in its workers’ hands, for a popped element is in no list and LREM finds nothing. The fourth stops for ever: REQ may not send before it has received, and the acknowledgement it waits for died with the server. Repaired, each lane processes all 60, crash or no crash.",
    zh: "60 条里分别是 55、0、58、20。第一条道丢的是已经发给 printer 的：手上一条，内存里四条。第二条道从没开始：消息代理拒绝了另一种声明。第三条道丢了两个正在做的任务：弹出的元素已不在任何列表里，LREM 什么也找不到。第四条道永远停住：REQ 没收到回执就不能再发，而回执已随服务器没了。修好之后，崩溃照旧，四条道都是 60 条。",
  },
  aha: {
    en: "“Messages are never lost” is a setting, not a law.",
    zh: "“消息绝不会丢”，是一项设置，不是一条定律。",
  },
  variants: [
    {
      id: "repaired",
      name: {
        en: "All four repaired: ack after the work, one declaration, LMOVE, a time limit",
        zh: "四处全修好：做完再确认，声明一致，用 LMOVE，设时限",
      },
      change: {
        "printer.ack": "manual",
        "sender-hello.declare": "durable",
        "jobs.take": "move",
        "client.timeout": 1000,
      },
    },
  ],
  intended: ["auto-ack-can-lose", "declare-mismatch", "pop-can-lose", "req-without-timeout", "overload"],
};
