import type { Text } from "../engine/scenario/index.ts";
import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

interface Lane {
  format: "xml" | "json" | "protobuf";
  title: Text;
}

const LANES: readonly Lane[] = [
  { format: "xml", title: { en: "XML: 2 000 bytes a message", zh: "XML：每条 2000 字节" } },
  { format: "json", title: { en: "JSON: 1 000 bytes a message", zh: "JSON：每条 1000 字节" } },
  { format: "protobuf", title: { en: "protobuf: 400 bytes a message", zh: "protobuf：每条 400 字节" } },
];

const drawing = picture(
  "serialization",
  { en: "Bytes are throughput", zh: "字节就是吞吐量" },
  {
    en: "Fifty messages a second with the same contents, written in three formats, each over a line of 80 kB a second. The workers are fast enough for a hundred.",
    zh: "每秒 50 条内容相同的消息，用三种格式书写，各走一条每秒 80 kB 的线路。消费者每秒能处理一百条，绰绰有余。",
  },
).note("question", [0, 0], [59, 6], {
  en: "The line carries 80 000 bytes a second. How many messages a second are that in each format? In which lane does the line itself become a queue?\nWatch: the messages in transit on the first line, and the time that a transfer takes there.",
  zh: "线路每秒能走 80 000 字节。换算成每种格式，每秒是几条？哪一路的线路自己变成了队列？\n看点：第一条线路上在途的消息数，以及那里传一条要多久。",
});
LANES.forEach(({ format, title }, i) => {
  drawing
    .frame(`lane-${format}`, `lane ${format}`, [0, 7 + i * 9], [59, 8], title)
    .within(`lane-${format}`)
    .producer(`sender-${format}`, format, [2, 2], { rate: 50, format })
    .queue(`line-${format}`, `queue ${i + 1}`, [23, 2])
    .consumer(`worker-${format}`, `worker ${i + 1}`, [46, 2], { service: 10 })
    .within()
    // The line costs nothing but its bytes, so that a transfer is size ÷ bandwidth.
    .publish(`sender-${format}`, `line-${format}`, { latency: 0, bandwidth: 80_000 })
    .consume(`line-${format}`, `worker-${format}`);
});

export const SERIALIZATION: CatalogueEntry = {
  group: "general",
  level: "core",
  scenario: drawing.scenario(),
  observe: {
    en: "A transfer takes 25, 12.5 and 5 ms. XML is capped at 40 a second, so ten more every second stand before the line; the other two get through with 50.",
    zh: "传一条要 25、12.5、5 毫秒。XML 每秒最多 40 条，于是每秒又有 10 条堵在线路前；另外两种 50 条都过得去。",
  },
  aha: {
    en: "Bytes are throughput. Before you buy a faster line or more workers, look at what you write into a message.",
    zh: "字节就是吞吐量。在加大带宽、增加消费者之前，先看看消息里都写了什么。",
  },
  variants: [
    {
      id: "xml-becomes-json",
      name: { en: "The first lane writes JSON too: 50 a second", zh: "第一路也改写 JSON：每秒 50 条" },
      change: { "sender-xml.format": "json" },
    },
    {
      id: "a-thicker-line",
      name: {
        en: "XML over a line of 100 kB/s: exactly enough, at a price",
        zh: "XML 换每秒 100 kB 的线路：刚好够，代价是钱",
      },
      change: { "sender-xml-line-xml.bandwidth": 100_000 },
    },
  ],
};
