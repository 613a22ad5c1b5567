import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

const ARRIVALS = { rate: 12, arrival: "exponential" } as const;
/** The large machine works three times as fast as a small one. */
const SMALL = { service: { d: "exponential", mean: 200 } };
const LARGE = { service: { d: "exponential", mean: 200 / 3 } };

export const SCALE_OUT_OR_UP: CatalogueEntry = {
  group: "theory",
  level: "core",
  scenario: picture(
    "scale-out-or-up",
    { en: "Many small or one large", zh: "三台小的，还是一台大的" },
    {
      en: "Twelve jobs a second arrive at random. Above, three small machines share them, 0.2 s a job on average; below, one large machine that is three times as fast. Both lanes can do 15 a second. From 60 s to 90 s one machine of each lane is dead.",
      zh: "每秒平均十二个任务随机到来。上面三台小机器分担，每个任务平均 0.2 秒；下面一台大机器，速度是小机器的三倍。两边每秒都做得了 15 个。第 60 到 90 秒，两边各死一台。",
    },
  )
    .note("question", [0, 0], [59, 5], {
      en: "The same capacity, bought in two ways. Which lane is done with a job sooner, and by how much? And what is left of each when one machine dies?\nWatch: the end-to-end delay of both lanes in the first minute; then what each lane still processes.",
      zh: "能力一样，买法不同。哪一路做完一个任务更快，快多少？死掉一台之后，两边各还剩多少？\n看点：第一分钟两路的端到端延迟；然后看每一路还在处理多少。",
    })
    .frame("out", "out", [0, 6], [59, 24], { en: "Scaled out: three small machines", zh: "水平扩展：三台小机器" })
    .within("out")
    .producer("jobs-out", "jobs 1", [2, 10], ARRIVALS)
    .queue("line-out", "line 1", [23, 10])
    .consumer("small-1", "small 1", [46, 3], SMALL)
    .consumer("small-2", "small 2", [46, 10], SMALL)
    .consumer("small-3", "small 3", [46, 17], SMALL)
    .within()
    .frame("up", "up", [0, 31], [59, 9], { en: "Scaled up: one large machine", zh: "垂直扩展：一台大机器" })
    .within("up")
    .producer("jobs-up", "jobs 2", [2, 3], ARRIVALS)
    .queue("line-up", "line 2", [23, 3])
    .consumer("large", "large", [46, 3], LARGE)
    .within()
    .publish("jobs-out", "line-out")
    .consume("line-out", "small-1")
    .consume("line-out", "small-2")
    .consume("line-out", "small-3")
    .publish("jobs-up", "line-up")
    .consume("line-up", "large")
    .at(60, "consumer.kill", "small-1", {}, 90)
    .at(60, "consumer.kill", "large", {}, 90)
    .scenario(),
  observe: {
    en: "Over a long time a job stays 0.42 s with the three small machines and 0.33 s with the large one: a job that comes alone is done there in a third of the time, while two of the small machines stand idle. Then one machine dies. Above, two thirds of the capacity are left and work goes on; below there is nothing left, and 360 jobs wait when the machine is back.",
    zh: "时间长了看，任务在三台小机器那边要待 0.42 秒，在大机器那边 0.33 秒：没有别人时，大机器三分之一的时间就做完，而小机器那边还有两台闲着。然后死掉一台：上面还剩三分之二的能力，照常干活；下面什么都不剩，等机器回来，已经积了 360 个任务。",
  },
  aha: {
    en: "One fast machine is quicker, many are safer.",
    zh: "一台快的更快，多台小的更稳。",
  },
  variants: [
    {
      id: "spare",
      name: {
        en: "A fourth small machine’s worth: the loss of one is hardly felt",
        zh: "多备一台小机器的能力：死一台几乎没感觉",
      },
      change: { "small-2.instances": 2 },
    },
    {
      id: "quiet",
      name: {
        en: "A quiet hour, 3 jobs a second: now the large machine is two and a half times as quick",
        zh: "清闲时段，每秒 3 个任务：这时大机器的速度是两倍半",
      },
      change: { "jobs-out.rate": 3, "jobs-up.rate": 3 },
    },
  ],
};
