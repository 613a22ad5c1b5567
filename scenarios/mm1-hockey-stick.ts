import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** Arrivals a second at five counters of the same speed, 10 a second. */
export const LANES = [5, 7, 8, 9, 9.5] as const;

const LANE_HEIGHT = 8;

const drawing = picture(
  "mm1-hockey-stick",
  { en: "The hockey stick", zh: "曲棍球杆曲线" },
  {
    en: "Five counters, all equally fast: 10 messages a second on average. They differ only in how many arrive: 5, 7, 8, 9 and 9.5 a second, at random. None of them is overloaded; how long one waits differs tenfold.",
    zh: "五个柜台一样快，平均每秒都能处理 10 条。唯一的区别是来得多少：每秒 5、7、8、9、9.5 条，随机到达。没有一个超载，等待时间却相差十倍。",
  },
).note("question", [0, 0], [59, 6], {
  en: "From the first counter to the second the load rises by 20 points and the stay grows from 0.2 s to 0.33 s. Guess before you look: how long is the stay at 90 %? And five points further, at 95 %?\nWatch: the length of the five queues, and the stay (end-to-end) at each worker. The busier, the longer the run needs to settle: give the last counter some minutes.",
  zh: "从第一个柜台到第二个，负载升了 20 个百分点，停留时间从 0.2 秒变成 0.33 秒。先猜一猜：90% 时要待多久？再加 5 个百分点，到 95% 呢？\n看点：五条队伍的长度，以及每个处理者的端到端时间。越忙，数字稳定得越慢：最后一个柜台请多等几分钟。",
});

LANES.forEach((rate, i) => {
  const percent = rate * 10;
  drawing
    .frame(`lane-${percent}`, `${percent} %`, [0, 7 + i * (LANE_HEIGHT + 1)], [59, LANE_HEIGHT], {
      en: `${percent} % busy: ${rate} a second come, 10 could be served`,
      zh: `忙碌 ${percent}%：每秒来 ${rate} 条，每秒能处理 10 条`,
    })
    .within(`lane-${percent}`)
    .producer(`arrivals-${percent}`, `${rate} per s`, [2, 2], { rate, arrival: "exponential" })
    .queue(`line-${percent}`, `line ${percent}`, [23, 2])
    .consumer(`worker-${percent}`, `worker ${percent}`, [46, 2], { service: { d: "exponential", mean: 100 } })
    .within()
    .publish(`arrivals-${percent}`, `line-${percent}`)
    .consume(`line-${percent}`, `worker-${percent}`);
});

export const MM1_HOCKEY_STICK: CatalogueEntry = {
  group: "theory",
  level: "core",
  scenario: drawing.scenario(),
  observe: {
    en: "The stay on average: 0.2 s, 0.33 s, 0.5 s, 1 s, 2 s. It is 1 ÷ (10 − arrivals): what counts is the little that is left over, and halving that doubles the stay.",
    zh: "平均停留时间：0.2、0.33、0.5、1、2 秒，即 1 ÷（10 − 到达速率）。起决定作用的是剩下的那点余量：余量减半，停留时间就翻倍。",
  },
  aha: {
    en: "The last 10 % costs everything. A server that is busy 95 % of the time saves nothing: everybody who comes stays twenty times as long as the work takes.",
    zh: "最后的 10% 代价最高。一台 95% 时间都在忙的服务器并不划算：来的每一条，停留时间都是处理时间的二十倍。",
  },
  variants: [
    {
      id: "one-more-worker",
      name: {
        en: "A second worker at the busiest counter: 2 s become 0.13 s",
        zh: "给最忙的柜台加一个处理者：2 秒变成 0.13 秒",
      },
      change: { "worker-95.instances": 2 },
    },
    {
      id: "even-arrivals",
      name: {
        en: "The busiest counter without chance: evenly spaced, always 0.1 s, and nobody waits",
        zh: "最忙的柜台去掉随机：均匀到达、每条正好 0.1 秒，谁也不用等",
      },
      change: { "arrivals-95.arrival": null, "worker-95.service": 100 },
    },
  ],
};
