import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

export const LITTLES_LAW: CatalogueEntry = {
  group: "theory",
  level: "intro",
  scenario: picture(
    "littles-law",
    { en: "Little's law", zh: "利特尔法则" },
    {
      en: "Eight messages a second arrive at random at one worker who needs 0.1 s each, also at random. Three figures describe what you see: how many are in the system (L), how fast they come (λ), how long they stay (W). Only two of them are free.",
      zh: "消息随机到达，平均每秒 8 条；唯一的处理者每条平均用 0.1 秒，长短也随机。画面上的一切可以用三个数来描述：系统里有多少条（L）、来得有多快（λ）、每条待多久（W）。其中只有两个是自由的。",
    },
  )
    .note("question", [0, 0], [57, 6], {
      en: "The queue's total (ready and unacked) is L; it comes to 4 on average. The publish rate is λ, 8 a second. How long does a message stay, from entering the queue to its ack?\nWatch: the queue jumps about, and yet L = λ · W holds for any load, any order, any number of workers.",
      zh: "队列里的总数（待投递加未确认）就是 L，平均约 4 条；发布速率就是 λ，每秒 8 条。那么一条消息从进队列到被确认，要待多久？\n看点：队列忽长忽短，L = λ · W 却始终成立——不管负载多高、按什么次序、有几个消费者。",
    })
    .producer("arrivals", "arrivals", [0, 8], { rate: 8, arrival: "exponential" })
    .queue("line", "line", [23, 8])
    .consumer("worker", "worker", [47, 8], { service: { d: "exponential", mean: 100 } })
    .publish("arrivals", "line")
    .consume("line", "worker")
    .scenario(),
  observe: {
    en: "Over a few minutes: about 4 messages in the system, 8 a second coming in, half a second each. 8 · 0.5 = 4. Read any two and you know the third.",
    zh: "看上几分钟：系统里平均约 4 条，每秒来 8 条，每条待半秒。8 × 0.5 = 4。读出任意两个数，第三个就知道了。",
  },
  aha: {
    en: "Number in the system = arrival rate × time in the system. Three numbers, two of them free: whoever counts a queue already knows how long it takes.",
    zh: "系统中的数量 = 到达速率 × 停留时间。三个数，只有两个自由：数一数队有多长，就知道要等多久。",
  },
  variants: [
    {
      id: "calm-arrivals",
      name: {
        en: "Messages come evenly and all take 0.1 s: L falls to 0.8, and so does λ · W",
        zh: "消息均匀到达，每条都用 0.1 秒：L 降到 0.8，λ · W 也一样",
      },
      change: { "arrivals.arrival": null, "worker.service": 100 },
    },
    {
      id: "two-workers",
      name: {
        en: "Two workers: a shorter stay, and fewer inside to match",
        zh: "两个处理者：停留变短，里面的消息也相应变少",
      },
      change: { "worker.instances": 2 },
    },
  ],
};
