import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const TTL: CatalogueEntry = {
  group: "rabbitmq",
  level: "intro",
  scenario: picture(
    "ttl",
    { en: "Fresh or nothing", zh: "要么新鲜，要么不要" },
    {
      en: "Four price quotes a second; a quote older than 5 s is worthless, so the queue gives it 5 s to live. From 5 s to 25 s the reader is away.",
      zh: "每秒四条报价。超过 5 秒的报价一文不值，所以队列只让它活 5 秒。第 5 到 25 秒，读者不在。",
    },
  )
    .note("question", [0, 0], [57, 6], {
      en: "For 20 s nobody reads, while 4 a second arrive. How deep does the queue get: 80, or less? And what does the reader find when it comes back?\nWatch: the depth stops growing 5 s after the reader has left; from then on as many expire as arrive.",
      zh: "20 秒没人读，每秒来 4 条。队列会积到多少：80，还是更少？读者回来时看到的是什么？\n看点：读者离开 5 秒后，队列就不再变长；从那时起，来多少就过期多少。",
    })
    .producer("market", "market", [0, 8], { rate: 4 })
    .queue("quotes", "quotes", [23, 8], { messageTtl: 5000 })
    .consumer("reader", "reader", [47, 8], { service: 100 })
    .publish("market", "quotes")
    .consume("quotes", "reader")
    .at(5, "consumer.stop", "reader", undefined, 25)
    .scenario(),
  observe: {
    en: "The depth is capped at 20 = 4/s · 5 s. Of the 80 quotes of those 20 s, 60 expire; the reader finds the 20 freshest and is up to date within seconds.",
    zh: "深度封顶在 20 = 4/s × 5 s。这 20 秒的 80 条报价里有 60 条过期；读者回来看到的是最新的 20 条，几秒就跟上了。",
  },
  aha: {
    en: "Where old news is no news, let it go: a time to live caps the queue without anybody counting.",
    zh: "过时的消息等于没有消息，就让它走：设个过期时间，不用谁去数，队列自然有顶。",
  },
  variants: [
    {
      id: "no-ttl",
      name: { en: "No time to live: 80 wait, the oldest 20 s old", zh: "不设过期时间：积到 80 条，最旧的已有 20 秒" },
      change: { "quotes.messageTtl": null },
    },
  ],
};
