import type { Settings, Text } from "../engine/scenario/index.ts";
import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

interface Lane {
  id: string;
  service: Settings;
  title: Text;
}

/** All three need 100 ms on average. */
const LANES: readonly Lane[] = [
  {
    id: "constant",
    service: { d: "constant", value: 100 },
    title: { en: "Every message takes 100 ms", zh: "每条都是 100 毫秒" },
  },
  {
    id: "exponential",
    service: { d: "exponential", mean: 100 },
    title: {
      en: "100 ms on average, exponential: many short, some long",
      zh: "平均 100 毫秒，指数分布：短的多，长的少",
    },
  },
  {
    id: "wild",
    service: { d: "hyperexponential", mean: 100, cv: 2 },
    title: {
      en: "100 ms on average, mixed: most very short, a few very long",
      zh: "平均 100 毫秒，混杂：多数极短，少数极长",
    },
  },
];

const drawing = picture(
  "variability",
  { en: "Variance waits", zh: "波动要用等待来还" },
  {
    en: "Three workers, all 80 % busy, all with 100 ms of work a message on average. Only how much the work varies is different: not at all, as chance has it, or wildly.",
    zh: "三个消费者，都忙 80%，每条消息平均都是 100 毫秒的活。不同的只是活的长短差多少：完全一样、随机有长有短、相差悬殊。",
  },
).note("question", [0, 0], [59, 6], {
  en: "The averages are the same in all lanes: the same load, the same mean work. Put the three waits in order before you look, and guess how far they are apart.\nWatch: the wait of the three queues over some minutes.",
  zh: "三路的平均数一模一样：负载相同，平均处理时间也相同。先给三路的等待时间排个序，再猜猜差多少。\n看点：三个队列的等待时间，看上几分钟。",
});
LANES.forEach(({ id, service, title }, i) => {
  drawing
    .frame(`lane-${id}`, id, [0, 7 + i * 9], [59, 8], title)
    .within(`lane-${id}`)
    .producer(`arrivals-${id}`, `arrivals ${i + 1}`, [2, 2], { rate: 8, arrival: "exponential" })
    .queue(`line-${id}`, `line ${i + 1}`, [23, 2])
    .consumer(`worker-${id}`, `worker ${i + 1}`, [46, 2], { service })
    .within()
    .publish(`arrivals-${id}`, `line-${id}`)
    .consume(`line-${id}`, `worker-${id}`);
});

export const VARIABILITY: CatalogueEntry = {
  group: "theory",
  level: "core",
  scenario: drawing.scenario(),
  observe: {
    en: "The mean wait is 0.2 s, 0.4 s and 1.0 s. Behind each of the few long pieces of work everybody stands in line, and the short ones cannot make up for it.",
    zh: "平均等待 0.2、0.4、1.0 秒。那少数几条长活后面，大家都在排队；短活再短，也补不回来。",
  },
  aha: {
    en: "Variance waits. Whoever splits the long jobs, or gives them a queue of their own, shortens the wait without a single new machine.",
    zh: "波动要用等待来还。把长活拆开，或者让它单独排队，不添一台机器，等待就短了。",
  },
  variants: [
    {
      id: "even-arrivals",
      name: { en: "Arrivals come evenly as well: the first lane never waits", zh: "到达也均匀：第一路完全不用等" },
      change: Object.fromEntries(LANES.map(({ id }) => [`arrivals-${id}.arrival`, null])),
    },
  ],
};
