import { type LessonParts, t } from "./lesson.ts";

export const LESSON: LessonParts = {
  minutes: 5,
  expose: ["sender-xml.format"],
  steps: [
    {
      type: "text",
      camera: "fit",
      title: t("Three ways to write the same", "同样的内容，三种写法"),
      body: t(
        "**Fifty messages a second** with the same contents, over a line of **80 kB a second** each. XML takes 2 000 bytes, JSON 1 000, protobuf 400.",
        "**每秒五十条**内容相同的消息，各走一条**每秒 80 kB** 的线路。XML 要 2000 字节，JSON 1000，protobuf 400。",
      ),
    },
    {
      type: "predict",
      kind: "choice",
      ask: t("How many XML messages a second get through?", "XML 每秒能过去几条？"),
      options: [
        { text: t("50", "50 条"), min: 46 },
        { text: t("40", "40 条"), min: 30, max: 46 },
        { text: t("20", "20 条"), max: 30 },
      ],
      answerFrom: { metric: "line-xml.publish.rate", at: 20_000 },
    },
    { type: "run", until: { t: 20_000 }, speed: 5 },
    {
      type: "observe",
      title: t("Bytes are throughput", "字节就是吞吐量"),
      facts: {
        x: { metric: "line-xml.publish.rate" },
        p: { metric: "line-protobuf.publish.rate" },
        road: { metric: "sender-xml-line-xml.inTransit" },
      },
      body: t(
        "XML: **{{x}}**, and **{{road}}** messages stand before the line by now, ten more every second. protobuf: **{{p}}**, with room for more.",
        "XML：**{{x}}**，线路前已经堵了 **{{road}}** 条，每秒再多十条。protobuf：**{{p}}**，还有富余。",
      ),
    },
    {
      type: "do",
      goal: t("Get lane 1 through with 50 a second over the same line.", "不换线路，让第一道每秒过 50 条。"),
      check: [
        { metric: "line-xml.publish.rate", op: ">=", value: 49, at: 20_000 },
        { config: "sender-xml-line-xml.bandwidth", op: "=", value: 80_000 },
        { config: "sender-xml.rate", op: "=", value: 50 },
      ],
      speed: 5,
      hints: [
        t("80 000 bytes a second ÷ 50 messages: how large may one be?", "每秒 80 000 字节 ÷ 50 条：一条最多多大？"),
        t("1 600 bytes.", "1600 字节。"),
        t("Write JSON, or anything shorter.", "改用 JSON，或者更短的写法。"),
      ],
      solution: { set: { "sender-xml.format": "json" } },
      why: t(
        "Before you buy a faster line or more workers, look at what you write into a message.",
        "在加大带宽、增加消费者之前，先看看消息里都写了什么。",
      ),
    },
    {
      type: "quiz",
      kind: "number",
      ask: t(
        "A line carries 1 MB a second. How many messages of 400 bytes fit through in a second?",
        "一条线路每秒能传 1 MB。400 字节的消息，每秒能过几条？",
      ),
      answer: 2500,
      tolerance: 0.05,
      why: t(
        "1 000 000 ÷ 400 = 2 500; of 2 000 bytes only 500. Write less, and the line need not be faster.",
        "1 000 000 ÷ 400 = 2500 条；要是 2000 字节，只有 500 条。写得短，就不必加大带宽。",
      ),
    },
  ],
};
