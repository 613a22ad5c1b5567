import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 6,
  expose: ["plain-postcards.tls", "postcards-reader.tls"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Postcards and sealed letters", "明信片和封好的信"),
      body: t(
        "Two clerks, **ten letters a second** each, over lines of **5 ms**. The [careful clerk](node:careful) has both parts of the way encrypted, the [plain clerk](node:plain) none. Somebody listens on all four parts: the ear on each line.\nThe [visitor](node:visitor) uses an encrypted line as well, and has no right to write.",
        "两位职员，各自**每秒十封信**，线路延迟 **5 毫秒**。[谨慎的职员](node:careful)把两段路都加了密，[普通职员](node:plain)一段也没有。四段线路上都有人偷听：线上的耳朵标记就是。\n[访客](node:visitor)也走加密线路，但没有写的权限。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t(
        "A postcard takes 5 ms on the first part of its way. How long does a sealed letter take there, after half a minute?",
        "明信片走第一段路要 5 毫秒。半分钟后，封好的信走这一段要多久？",
      ),
      options: [
        { text: t("5.2 ms: hardly longer", "5.2 毫秒：几乎一样"), min: 5, max: 6 },
        { text: t("10 ms: twice as long", "10 毫秒：慢一倍"), min: 6, max: 15 },
        { text: t("25 ms", "25 毫秒"), min: 15 },
      ],
      answerFrom: { metric: "careful-letters.transfer.mean", at: 30_000 },
    },
    { type: "run", until: { t: 30_000 }, speed: 5 },
    {
      type: "observe",
      title: t("What the listener has", "窃听者得到了什么"),
      facts: {
        open: { metric: "plain-postcards.readable" },
        heard: { metric: "careful-letters.overheard" },
        sealed: { metric: "careful-letters.readable" },
        denied: { metric: "visitor.denied" },
      },
      body: t(
        "Postcards read: **{{open}}**. Sealed letters: **{{heard}}** seen, **{{sealed}}** read; how many there are, when and how long is no secret.\nThe first sealed letter took 20 ms more, for the two ends agree on keys first; every later one 0.2 ms. The visitor was [denied](term:denied) **{{denied}}** times all the same: TLS says nothing about rights.",
        "读到的明信片：**{{open}}** 张。封好的信：看见 **{{heard}}** 封，读到 **{{sealed}}** 封；有几封、什么时候、多长，藏不住。\n第一封加密信多花了 20 毫秒，因为两端要先商定密钥；之后每封只多 0.2 毫秒。访客照样被[拒绝](term:denied)了 **{{denied}}** 次：TLS 不管权限。",
      ),
    },
    {
      type: "do",
      goal: t("Let nobody read the plain clerk’s post, anywhere on its way.", "让普通职员的信一路上都没人读得到。"),
      check: [
        { metric: "plain-postcards.readable", op: "=", value: 0, at: 20_000 },
        { metric: "postcards-reader.readable", op: "=", value: 0, at: 20_000 },
        { metric: "postcards-reader.overheard", op: ">=", value: 150, at: 20_000 },
        { metric: "reader.processed", op: ">=", value: 150, at: 20_000 },
      ],
      speed: 5,
      hints: [
        t("The way has two parts, and the broker between them.", "路有两段，中间是消息代理。"),
        t("A line’s own settings say whether it is encrypted.", "线路加不加密，看它自己的设置。"),
        t("Select both parts and switch “Encrypted” on.", "选中两段线路，打开“加密”。"),
      ],
      solution: { set: { "plain-postcards.tls": true, "postcards-reader.tls": true } },
      why: t(
        "TLS protects one part of the way. The broker in the middle reads everything: whoever does not trust it encrypts the payload itself.",
        "TLS 只保护一段路，中间的消息代理什么都读得到：连它也不信任的话，就要给内容本身加密。",
      ),
    },
    {
      type: "quiz",
      kind: "single",
      ask: t(
        "A stolen password is used over an encrypted line. What does TLS do about it?",
        "有人用偷来的密码，走加密线路登录。TLS 能管住吗？",
      ),
      options: [
        { text: t("Nothing", "管不了"), right: true },
        { text: t("It refuses the connection", "会拒绝连接") },
        { text: t("It makes the payload noise", "会把内容变成噪声") },
      ],
      why: t(
        "Who you are and what you may do are questions of their own; encryption only keeps others from reading along.",
        "你是谁、能做什么，是另外两个问题；加密只是不让旁人偷看。",
      ),
    },
  ],
};
