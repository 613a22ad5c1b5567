import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const RETRY_STORM: CatalogueEntry = {
  group: "general",
  level: "deep",
  scenario: picture(
    "retry-storm",
    { en: "The storm after the failure", zh: "故障过后的风暴" },
    {
      en: "Twenty requests a second, at random, to a server that can answer thirty. A client waits a second for its answer, then asks again, three more times at the most. The queue holds 60. From 20 s to 30 s the server is down; then it is back, as quick as before.",
      zh: "每秒平均 20 个请求随机到来，服务器每秒能答 30 个。客户端等一秒，没等到就再问，最多再问三次。队列最多排 60 个。第 20 到 30 秒服务器宕机，之后恢复，和原来一样快。",
    },
  )
    .note("question", [0, 0], [68, 4], {
      en: "The server has a third of its capacity to spare. How long after 30 s until the clients get their answers again?\nWatch: what the server works on each second, what the clients publish, and how many answers still come in time (confirm).",
      zh: "服务器还有三分之一的余量。第 30 秒之后，要多久客户端才能重新得到回答？\n看点：服务器每秒处理多少，客户端每秒发出多少，其中还有多少回答来得及（确认数）。",
    })
    .producer("clients", "clients", [0, 9], {
      rate: 20,
      arrival: "exponential",
      waitFor: "reply",
      timeout: 1000,
      retries: 3,
      window: 100_000,
    })
    .queue("requests", "requests", [25, 9], { maxLength: 60, overflow: "reject-publish" })
    .service("server", "server", [52, 9], { service: 1000 / 30, then: "reply" })
    .publish("clients", "requests")
    .consume("requests", "server")
    .at(20, "consumer.kill", "server", {}, 30)
    .scenario(),
  observe: {
    en: "They never do. The queue is full of requests that are two seconds old: the server answers thirty a second, each a second too late, and each client has asked again meanwhile. Four tries for each request make eighty a second, so the queue stays full. Waiting longer between tries does not help: it takes less than the server needs off the load. What helps is to throw stale work away.",
    zh: "永远恢复不了。队列里全是两秒前的请求：服务器每秒答 30 个，个个都晚了一秒，而客户端早已重新问过。每个请求四次尝试，合计每秒 80 个，队列一直是满的。拉长重试间隔也没用，减下来的负载远远不够。真正有用的是扔掉过时的工作。",
  },
  aha: {
    en: "After a failure the old work is the load. Let it expire before its client gives up, keep the queue short, or limit retries to a share of the traffic.",
    zh: "故障过后，压垮系统的正是旧请求。要么让它在客户端放弃之前过期，要么把队列缩短，要么把重试限制在流量的一小部分。",
  },
  variants: [
    {
      id: "backoff",
      name: { en: "Wait longer after each try: the storm goes on", zh: "每次重试都等更久：风暴照旧" },
      change: { "clients.backoff": { b: "exponential", base: 500, cap: 4000, jitter: 0.5 } },
    },
    {
      id: "expire",
      name: { en: "Requests expire after half a second: over in ten seconds", zh: "请求半秒后过期：十秒内平息" },
      change: { "requests.messageTtl": 500 },
    },
    {
      id: "short",
      name: {
        en: "A queue of 20, less than a second of work: over as soon",
        zh: "队列只排 20 个，不到一秒的活：同样很快平息",
      },
      change: { "requests.maxLength": 20 },
    },
    {
      id: "budget",
      name: {
        en: "Retries for at most a tenth of the requests: no storm at all",
        zh: "重试不超过请求数的一成：根本没有风暴",
      },
      change: { "clients.retryBudget": 0.1 },
    },
  ],
};
