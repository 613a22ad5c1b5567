import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const COUNTERS = [1, 2, 3] as const;
const WORK = { d: "exponential", mean: 200 };

const drawing = picture(
  "pooling",
  { en: "Three lines or one", zh: "三条队，还是一条队" },
  {
    en: "Three counters, each serves 5 a second on average. Above, each has a line of its own with 4 arrivals a second. Below, the same twelve stand in one line and go to whichever counter is free. As many people, as many counters.",
    zh: "三个窗口，平均每秒各办 5 位。上面各排各的队，每队每秒来 4 位；下面同样的 12 位排成一条队，哪个窗口空了就去哪个。人一样多，窗口也一样多。",
  },
)
  .note("question", [0, 0], [59, 6], {
    en: "Both halves have the same work and the same hands. How much shorter is the stay with one line: a tenth, a half, or not at all?\nWatch: above, one line is often long while a neighbouring counter stands idle. Below that cannot happen.",
    zh: "上下两半，活一样多，人手也一样多。只排一条队，停留时间能短多少：一成、一半，还是一点不少？\n看点：上面常常一条队很长，隔壁窗口却闲着；下面不会有这种事。",
  })
  .frame("apart", "apart", [0, 7], [59, 24], { en: "A line for each counter", zh: "各排各的队" })
  .within("apart");
for (const n of COUNTERS) {
  const y = 3 + (n - 1) * 7;
  drawing
    .producer(`arrivals-${n}`, `arrivals ${n}`, [2, y], { rate: 4, arrival: "exponential" })
    .queue(`line-${n}`, `line ${n}`, [23, y])
    .consumer(`counter-${n}`, `counter ${n}`, [46, y], { service: WORK });
}
drawing
  .within()
  .frame("pooled", "pooled", [0, 32], [59, 24], { en: "One line for all counters", zh: "共排一条队" })
  .within("pooled")
  .producer("arrivals", "arrivals", [2, 10], { rate: 12, arrival: "exponential" })
  .queue("line", "one line", [23, 10]);
for (const n of COUNTERS) drawing.consumer(`pooled-${n}`, `pooled ${n}`, [46, 3 + (n - 1) * 7], { service: WORK });
drawing.within().publish("arrivals", "line");
for (const n of COUNTERS) {
  drawing.publish(`arrivals-${n}`, `line-${n}`).consume(`line-${n}`, `counter-${n}`).consume("line", `pooled-${n}`);
}

export const POOLING: CatalogueEntry = {
  group: "theory",
  level: "core",
  scenario: drawing.scenario(),
  observe: {
    en: "Over some minutes the stay is 1.0 s in the three lines and 0.42 s in the one. All six counters are busy 80 % of the time.",
    zh: "看上几分钟：三条队要待 1.0 秒，一条队只要 0.42 秒。六个窗口都是 80% 的时间在忙。",
  },
  aha: {
    en: "Share the line: nobody waits while a counter is idle. It costs nothing and halves the stay.",
    zh: "把队合起来：只要有窗口空着，就不会有人等。一分钱不花，停留时间减半。",
  },
  variants: [
    {
      id: "rush",
      name: { en: "95 % busy: 4 s apart, 1.4 s pooled", zh: "95% 忙碌：分开 4 秒，合并 1.4 秒" },
      change: {
        "arrivals-1.rate": 4.75,
        "arrivals-2.rate": 4.75,
        "arrivals-3.rate": 4.75,
        "arrivals.rate": 14.25,
      },
    },
  ],
};
