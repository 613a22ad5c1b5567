import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const ENCRYPTION_WIRETAP: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: picture(
    "encryption-wiretap",
    { en: "Who listens on the line?", zh: "谁在线路上偷听？" },
    {
      en: "Two clerks send ten letters a second, each over a line of 5 ms. The lower line is encrypted, with TLS, on both its parts. Somebody listens on all four parts. A visitor sends over an encrypted line too, but may not write.",
      zh: "两位职员各自每秒发十封信，线路延迟都是 5 毫秒。下面那路的两段都用 TLS 加密。四段线路上都有人窃听。还有一位访客也走加密线路，但他没有写的权限。",
    },
  )
    .note("question", [0, 0], [72, 5], {
      en: "What does the listener learn from each line? What does encryption cost, for the first letter and for each one after it? And does it keep the visitor out?\nWatch: the wiretaps on the lines, the transfer times, and the visitor’s denied count.",
      zh: "窃听者从每条线路上能得到什么？加密的代价有多大——第一封信和之后的每一封？它挡得住访客吗？\n看点：线路上的窃听器、传输时间，以及访客被拒绝的次数。",
    })
    .producer("plain", "plain clerk", [0, 9], { rate: 10, user: "clerk" })
    .producer("careful", "careful clerk", [0, 17], { rate: 10, user: "clerk" })
    .producer("visitor", "visitor", [0, 25], { rate: 1, user: "visitor" })
    .broker("broker", "broker", [20, 6], [30, 25], {
      users: [
        { name: "clerk", configure: "", write: ".*", read: ".*" },
        { name: "visitor", configure: "", write: "", read: "" },
      ],
    })
    .within("broker")
    .queue("postcards", "postcards", [9, 4])
    .queue("letters", "sealed letters", [9, 12])
    .within()
    .consumer("reader", "reader", [62, 9], { service: 10, user: "clerk" })
    .consumer("addressee", "addressee", [62, 17], { service: 10, user: "clerk" })
    .publish("plain", "postcards")
    .publish("careful", "letters", { tls: true })
    .publish("visitor", "letters", { tls: true })
    .consume("postcards", "reader", { latency: 5 })
    .consume("letters", "addressee", { latency: 5, tls: true })
    .at(0, "edge.tap", "plain-postcards")
    .at(0, "edge.tap", "postcards-reader")
    .at(0, "edge.tap", "careful-letters")
    .at(0, "edge.tap", "letters-addressee")
    .scenario(),
  observe: {
    en: "Of the postcards the listener reads every one; of the sealed letters only how many there are, when, and how long. The first sealed letter needs 20 ms more, because the two ends agree on keys first; every later one 0.2 ms more. The visitor is refused although its line is encrypted.",
    zh: "明信片，窃听者每一张都读得到；封好的信，只知道有几封、什么时候、多长。第一封加密信多花 20 毫秒，因为两端要先商定密钥；之后每封只多 0.2 毫秒。访客的线路也加密了，照样被拒绝。",
  },
  aha: {
    en: "Encrypt the path, authorise the act: TLS keeps others from reading along, it does not say who may do what. And it ends at each end of a line: the broker itself can read.",
    zh: "路上靠加密，做事靠授权：TLS 防止别人偷看，却不决定谁能做什么。而且它只管一段线路：到了消息代理那里，内容仍是明文。",
  },
  variants: [
    {
      id: "first-part-only",
      name: {
        en: "The plain clerk encrypts the first part only: the second is still read",
        zh: "普通职员只加密第一段：第二段照样被读",
      },
      change: { "plain-postcards.tls": true },
    },
    {
      id: "both-parts",
      name: { en: "Both parts: nothing is read any more", zh: "两段都加密：再也读不到什么" },
      change: { "plain-postcards.tls": true, "postcards-reader.tls": true },
    },
  ],
  // The visitor is there to be refused.
  intended: ["permission-missing"],
};
