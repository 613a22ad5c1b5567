import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const DELAY_PARTS: CatalogueEntry = {
  group: "theory",
  level: "core",
  scenario: picture(
    "delay-parts",
    { en: "The parts of a delay", zh: "延迟由什么组成" },
    {
      en: "Nine calls a second come in at random, one desk needs 0.1 s each on average, and the line takes 20 ms. Where does a call's time go: on the line, in the queue, or into the work?",
      zh: "每秒随机来 9 个请求，一个处理台平均每个 0.1 秒，链路要 20 毫秒。一个请求的时间都花到哪儿去了：路上、队列里，还是处理上？",
    },
  )
    .note("question", [0, 0], [57, 4], {
      en: "Work takes 0.1 s on average, the line 0.02 s. Guess the delay from end to end before you press Play.\nWatch: transfer time of the edge, wait in the queue, service time and end-to-end delay of the desk. The first three make the fourth.",
      zh: "处理平均 0.1 秒，路上 0.02 秒。先猜猜端到端延迟是多少，再按“播放”。\n看点：连线的传输时间、队列的排队时间、处理台的处理时间和端到端延迟。前三个加起来就是第四个。",
    })
    .producer("callers", "callers", [0, 8], { rate: 9, arrival: "exponential" })
    .queue("waiting", "waiting", [23, 8])
    .consumer("desk", "desk", [47, 8], { service: { d: "exponential", mean: 100 } })
    .publish("callers", "waiting", { latency: 20 })
    .consume("waiting", "desk")
    .scenario(),
  observe: {
    en: "Line 0.02 s, work 0.1 s, and about 0.9 s of waiting: a desk that is busy 90 % of the time makes callers wait nine times as long as it works for them. The three parts add up to the delay. It takes minutes until the mean settles: that is chance.",
    zh: "路上 0.02 秒，处理 0.1 秒，等待却约 0.9 秒：利用率 90% 的处理台，让人等的时间是干活时间的九倍。三部分相加正是总延迟。平均值要好几分钟才稳下来，这就是随机。",
  },
  aha: {
    en: "Near full load, waiting dominates, not working. A faster line helps little; a little slack helps much.",
    zh: "接近满负荷时，时间主要花在等待上，而不是干活上。与其换条更快的线路，不如留一点余量。",
  },
  variants: [
    {
      id: "half-load",
      name: {
        en: "5 calls a second: the desk is half busy and the wait shrinks to 0.1 s",
        zh: "每秒 5 个：处理台一半时间在忙，等待缩到 0.1 秒",
      },
      change: { "callers.rate": 5 },
    },
    {
      id: "no-line",
      name: { en: "No line at all: 2 % of the delay are gone", zh: "完全没有链路延迟：总共只省下 2%" },
      change: { "callers-waiting.latency": 0 },
    },
    {
      id: "second-desk",
      name: { en: "A second desk: the wait all but disappears", zh: "再加一个处理台：等待几乎消失" },
      change: { "desk.instances": 2 },
    },
  ],
};
