import type { Settings } from "../engine/scenario/index.ts";
import type { CatalogueEntry } from "./entry.ts";
import { type Picture, picture } from "./picture.ts";

const LANE = { width: 92, height: 9 };

interface Lane {
  id: string;
  title: { en: string; zh: string };
  note: { en: string; zh: string };
  producer?: Settings;
  queue?: Settings;
}

const LANES: readonly Lane[] = [
  {
    id: "unbounded",
    title: { en: "A · Keep everything: no limit", zh: "A · 全部留下：不设上限" },
    note: {
      en: "Nothing is refused and nothing dropped. The price: the wait grows by half a second every second, and memory with it.",
      zh: "什么也不拒绝、不丢弃。代价：每过一秒，等待就长半秒，内存也跟着涨。",
    },
  },
  {
    id: "drop-head",
    title: { en: "B · Forget the oldest: at most 50, drop-head", zh: "B · 丢掉最旧的：最多 50 条，drop-head" },
    queue: { maxLength: 50 },
    note: {
      en: "Right where only the newest counts, such as positions or prices. Nobody is told: to the sender all is well.",
      zh: "适合只看最新值的数据，例如位置、报价。没有人会得到通知：发送方以为一切正常。",
    },
  },
  {
    id: "reject",
    title: {
      en: "C · Refuse the newest: at most 50, reject-publish",
      zh: "C · 拒收最新的：最多 50 条，reject-publish",
    },
    producer: { waitFor: "confirm", retries: 0 },
    queue: { maxLength: 50, overflow: "reject-publish" },
    note: {
      en: "The sender asked for confirms and hears of every refusal: it can apologise, try later, or go elsewhere.",
      zh: "发送方开启了确认，每次拒收都能得知：可以道歉、晚点再试，或另找出路。",
    },
  },
  {
    id: "block",
    title: { en: "D · Slow the sender down: memory alarm at 50 kB", zh: "D · 让发送方慢下来：内存告警线 50 kB" },
    note: {
      en: "At 50 messages of 1 kB the broker stops reading from publishers. The backlog now stands before the door.",
      zh: "积到 50 条 1 kB 的消息，代理就不再读取发布方的数据。积压转移到了门外。",
    },
  },
];

/** The last lane is a broker of its own, because its alarm would block the publishers of all. */
function lane(to: Picture, { id, title, note, producer, queue }: Lane, index: number): void {
  const letter = "ABCD"[index];
  const hasBroker = id === "block";
  const y = 6 + index * (LANE.height + 1);
  const row = y + (hasBroker ? 4 : 3);
  to.frame(id, id, [0, y], [LANE.width, LANE.height + (hasBroker ? 2 : 0)], title);
  if (hasBroker) to.broker("broker", "broker", [22, y + 2], [15, 8], { memoryLimit: 50_000 });
  to.producer(`sender-${id}`, `sender ${letter}`, [2, row], { rate: 20, ...producer });
  to.within(hasBroker ? "broker" : undefined);
  to.queue(`queue-${id}`, `queue ${letter}`, hasBroker ? [2, 2] : [24, row], queue);
  to.within();
  to.consumer(`worker-${id}`, `worker ${letter}`, [46, row], { service: 100 });
  to.note(`note-${id}`, [63, y + 2], [27, 6], note);
  to.publish(`sender-${id}`, `queue-${id}`).consume(`queue-${id}`, `worker-${id}`);
}

const drawing = picture(
  "overflow-policies",
  { en: "Where does the excess go?", zh: "多出来的去哪儿？" },
  {
    en: "Four times the same: 20 messages a second come, 10 can be done. Half is too much, and it must go somewhere. Each lane has another rule for that.",
    zh: "四路都一样：每秒来 20 条，只能做 10 条。有一半是多出来的，总得有个去处。每一路的规矩不同。",
  },
).note("question", [0, 0], [92, 5], {
  en: "After half a minute 600 messages were sent and 300 done. Where are the other 300: waiting, forgotten, refused, or not even sent? And how long does a message wait in each lane?\nWatch: the four queues, the wait of each, and the face of the fourth sender.",
  zh: "半分钟后发了 600 条、做完 300 条。另外 300 条在哪里：在等、被遗忘、被拒收，还是根本没发出来？每一路的消息各要等多久？\n看点：四个队列、各自的等待时间，还有第四个发送方的图标。",
});
LANES.forEach((one, index) => {
  lane(drawing, one, index);
});

export const OVERFLOW_POLICIES: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: drawing.scenario(),
  observe: {
    en: "At 30 s: 300 deep and growing; 50 deep, about 250 of the oldest dropped, 2.5 s of wait; 50 deep, about 250 refused, 5 s of wait; about 50 deep and the sender at half speed, blocked half of the time.",
    zh: "30 秒时：第一路积了 300 条，还在涨；第二路 50 条，丢了约 250 条最旧的，等 2.5 秒；第三路 50 条，拒收约 250 条，等 5 秒；第四路约 50 条，发送方有一半时间被挡住，速度减半。",
  },
  aha: {
    en: "Where the excess goes is your choice: let it wait, drop it, refuse it, or slow the sender down. Not choosing means waiting.",
    zh: "多出来的去哪儿，由你来选：让它等、丢掉、拒收，或者让发送方慢下来。不选，就等于选了等。",
  },
  variants: [
    {
      id: "two-workers",
      name: {
        en: "A second worker everywhere: no excess, and the four lanes are alike",
        zh: "每路加一个消费者：没有多余，四路就一样了",
      },
      change: Object.fromEntries(LANES.map(({ id }) => [`worker-${id}.instances`, 2])),
    },
    {
      id: "refused-and-stubborn",
      name: {
        en: "The refused sender tries again: refusals multiply, the excess stays",
        zh: "被拒的发送方反复重试：拒收成倍增加，多出来的依旧多",
      },
      change: { "sender-reject.retries": 3, "sender-reject.backoff": { b: "fixed", ms: 1000 } },
    },
  ],
  // Twice what can be done is the point.
  intended: ["overload"],
};
