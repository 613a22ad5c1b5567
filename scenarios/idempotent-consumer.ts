import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const FAR = { latency: 300 };
const SENDER = { rate: 5, start: 150, limit: 100, waitFor: "confirm", timeout: 1000, retries: null };

export const IDEMPOTENT_CONSUMER: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "idempotent-consumer",
    { en: "Twice received, once done", zh: "收到两遍，只做一遍" },
    {
      en: "The line to the broker is cut twice, and both sites send again what was not confirmed, so some payments arrive twice. The first cashier books whatever comes. The second remembers the ids of the last thousand payments and skips those it knows.",
      zh: "通往消息代理的线路断了两次，两个站点都把没确认的重发一遍，于是有些付款会来两遍。第一个收银员来一笔记一笔；第二个记着最近一千笔的编号，见过的就跳过。",
    },
  )
    .note("question", [0, 0], [62, 4], {
      en: "100 payments were sent on each lane. How many does each cashier book? Where is the duplicate stopped: by the broker, or by the cashier?\nWatch: duplicates and processed at both cashiers.",
      zh: "每条道都发了 100 笔付款，两个收银员各记了多少笔？重复是谁拦下的，消息代理还是收银员？\n看点：两个收银员的“重复”和“已处理”。",
    })
    .frame("a", "a", [0, 7], [62, 10], { en: "A · books whatever comes", zh: "A · 来一笔记一笔" })
    .producer("shop-a", "shop A", [2, 3], SENDER, { parent: "a" })
    .queue("payments-a", "payments A", [26, 3], {}, { parent: "a" })
    .consumer("naive", "naive", [50, 3], { service: 50 }, { parent: "a" })
    .frame("b", "b", [0, 20], [62, 10], { en: "B · knows what it has booked", zh: "B · 记得记过什么" })
    .producer("shop-b", "shop B", [2, 3], SENDER, { parent: "b" })
    .queue("payments-b", "payments B", [26, 3], {}, { parent: "b" })
    .consumer("wary", "wary", [50, 3], { service: 50, dedup: 1000 }, { parent: "b" })
    .publish("shop-a", "payments-a", FAR)
    .consume("payments-a", "naive")
    .publish("shop-b", "payments-b", FAR)
    .consume("payments-b", "wary")
    .at(6, "edge.cut", "shop-a-payments-a", {}, 8)
    .at(6, "edge.cut", "shop-b-payments-b", {}, 8)
    .at(12, "edge.cut", "shop-a-payments-a", {}, 14)
    .at(12, "edge.cut", "shop-b-payments-b", {}, 14)
    .scenario(),
  observe: {
    en: "Both cashiers receive 104 deliveries. The first books 104 payments, four of them twice; the second receives the same duplicates and books 100.",
    zh: "两个收银员都收到 104 次投递。第一个记了 104 笔，其中 4 笔记了两遍；第二个同样收到这些重复，却只记了 100 笔。",
  },
  aha: {
    en: "No broker delivers exactly once over a line that can break. At least once, and a receiver that knows what it has done, is as good.",
    zh: "线路会断，就没有哪个消息代理能保证恰好投递一次。“至少一次”加上一个记得自己做过什么的接收方，效果就一样。",
  },
  variants: [
    {
      id: "short-memory",
      name: {
        en: "A memory of two ids: too short to recognise what comes back later",
        zh: "只记两个编号：后面再来就认不出来了",
      },
      change: { "wary.dedup": 2 },
    },
  ],
};
