import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const ZMQ_REQ_REP: CatalogueEntry = {
  group: "zeromq",
  level: "core",
  scenario: picture(
    "zmq-req-rep",
    { en: "A request socket waits for ever", zh: "REQ 套接字会永远等下去" },
    {
      en: "A client asks a server twice a second and waits for each answer. At 3.05 s the server dies with a request in its hands; at 6 s it is back.",
      zh: "客户端每秒问服务器两次，每次都等回答。第 3.05 秒服务器手里拿着一个请求崩溃，第 6 秒恢复。",
    },
  )
    .note("question", [0, 0], [58, 5], {
      en: "The connection comes back by itself within a moment. Do the requests go on, too? What would you change in the client, what in the server?\nWatch: what the server has processed, after 6 s. Then try the variants.",
      zh: "连接一会儿就自己恢复了。请求会接着发吗？你会改客户端的什么，改服务器的什么？\n看点：6 秒之后服务器的“已处理”。然后试试变体。",
    })
    .socket("client", "REQ", [0, 9], { rate: 2 })
    .socket("server", "REP", [30, 9], { service: 100 })
    .pipe("client", "server", { latency: 10 })
    .at(3.05, "consumer.kill", "server", {}, 6)
    .scenario(),
  observe: {
    en: "REQ sends, then receives, in turn: it may not ask again before it has the answer, and the answer died with the server. No reconnection can bring it back. With a time limit the client gives up, makes a new socket (or sets REQ_RELAXED) and asks again. DEALER and ROUTER have no lockstep: only the lost request stays unanswered.",
    zh: "REQ 一发一收，严格交替：没收到回答就不能再问，而那个回答已随服务器没了，重连也找不回来。设了时限，客户端就放弃，换个新套接字（或设 REQ_RELAXED）重新问。DEALER 和 ROUTER 不必一问一答：只有丢的那个请求没有回答。",
  },
  aha: {
    en: "Lockstep needs a way out.",
    zh: "一问一答，要留条退路。",
  },
  variants: [
    {
      id: "timeout",
      name: { en: "Give up after 1 s and ask on a new socket", zh: "等 1 秒就放弃，换新套接字再问" },
      change: { "client.timeout": 1000 },
    },
    {
      id: "relaxed",
      name: {
        en: "Give up after 1 s and ask again on the same one (relaxed)",
        zh: "等 1 秒就放弃，在同一套接字上再问（relaxed）",
      },
      change: { "client.timeout": 1000, "client.relaxed": true },
    },
    {
      id: "dealer",
      name: { en: "DEALER and ROUTER: nobody waits in turn", zh: "DEALER 与 ROUTER：不必轮流等" },
      change: { "client.type": "DEALER", "server.type": "ROUTER" },
    },
  ],
  intended: ["req-without-timeout"],
};
