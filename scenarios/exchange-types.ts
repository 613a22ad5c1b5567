import type { Settings, Text } from "../engine/scenario/index.ts";
import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** Where orders come from: the key says the country and what happened, a header says by which way. */
const SHOPS = [
  { id: "cn-app", country: "cn", channel: "app" },
  { id: "cn-web", country: "cn", channel: "web" },
  { id: "eu-app", country: "eu", channel: "app" },
] as const;

interface Lane {
  type: "direct" | "topic" | "fanout" | "headers";
  title: Text;
  /** Queue → what its binding asks for. */
  queues: { [name: string]: Settings };
}

const LANES: readonly Lane[] = [
  {
    type: "direct",
    title: { en: "direct: the key must be equal", zh: "direct（直连）：键必须完全相同" },
    queues: { "cn-new": { key: "order.cn.new" } },
  },
  {
    type: "topic",
    title: { en: "topic: the key must fit a pattern", zh: "topic（主题）：键要符合模式" },
    queues: { cn: { key: "order.cn.*" }, paid: { key: "order.*.paid" } },
  },
  {
    type: "fanout",
    title: { en: "fanout: the key does not matter", zh: "fanout（扇出）：不看键" },
    queues: { audit: {}, statistics: {} },
  },
  {
    type: "headers",
    title: { en: "headers: what the key does not say", zh: "headers（头）：看键里没写的" },
    queues: { "by-app": { match: "all", headers: { channel: "app" } } },
  },
];

const FRAME = { x: 40, width: 60, one: 10, two: 17 };

const drawing = picture(
  "exchange-types",
  { en: "Four exchanges, one stream", zh: "一股消息流，四种交换机" },
  {
    en: "Three shops send the same kinds of message: order.cn.new, order.cn.paid, order.eu.new, order.eu.paid. One stream reaches four exchanges, each of another type. What a queue gets is decided by the type of its exchange and by its binding, never by the shop.",
    zh: "三家店发出同样几种消息：order.cn.new、order.cn.paid、order.eu.new、order.eu.paid。同一股流送到四个类型不同的交换机。队列收到什么，取决于交换机的类型和绑定，与店家无关。",
  },
).note("question", [0, 0], [100, 4], {
  en: "Each shop sends 2 a second, half of them “new”, half “paid”. How many a second reach each of the six queues? Read the binding on the line before the queue, and guess.\nWatch: the rates of the queues, and which colours of key pass which line.",
  zh: "每家店每秒发 2 条，一半 new、一半 paid。六个队列每秒各收到几条？先读队列前面那根线上的绑定，猜一猜。\n看点：各队列的速率，以及什么颜色的键走哪根线。",
});

SHOPS.forEach(({ id, country, channel }, i) => {
  drawing.producer(`shop-${id}`, `${country} ${channel}`, [0, 19 + i * 9], {
    routingKey: `order.${country}.{new|paid}`,
    key: { k: "roundRobin", n: 2 },
    headers: { country, channel },
  });
});
drawing.exchange("stream", "stream", [20, 27], { type: "fanout" });
for (const { id } of SHOPS) drawing.publish(`shop-${id}`, "stream");

let y = 5;
let readers = 0;
for (const { type, title, queues } of LANES) {
  const names = Object.keys(queues);
  const height = names.length === 1 ? FRAME.one : FRAME.two;
  drawing.frame(`lane-${type}`, `lane ${type}`, [FRAME.x, y], [FRAME.width, height], title).within(`lane-${type}`);
  drawing.exchange(type, type, [2, names.length === 1 ? 2 : 6], { type });
  names.forEach((name, i) => {
    readers++;
    drawing
      .queue(name, name, [25, 3 + i * 8])
      .consumer(`reader-${name}`, `reader ${readers}`, [47, 3 + i * 8], { service: 50 });
  });
  drawing.within().bind("stream", type);
  for (const name of names) drawing.bind(type, name, queues[name]).consume(name, `reader-${name}`);
  y += height + 1;
}

export const EXCHANGE_TYPES: CatalogueEntry = {
  group: "rabbitmq",
  level: "intro",
  scenario: drawing.scenario(),
  observe: {
    en: "6 a second come. cn-new gets 2, cn 4 (both shops there), paid 3 (every shop), audit and statistics all 6, by-app 4: the two apps, wherever they are.",
    zh: "总共每秒 6 条。cn-new 得 2 条；cn 得 4 条（那边的两家店）；paid 得 3 条（每家都有）；audit 和 statistics 各得全部 6 条；by-app 得 4 条：两个 app，不论在哪个国家。",
  },
  aha: {
    en: "A pattern is a subscription: the reader says what it wants, and the sender need not know who reads.",
    zh: "模式就是订阅：想读什么由读的人说，发的人不必知道谁在读。",
  },
  variants: [
    {
      id: "everything-under-order",
      name: {
        en: "The queue cn asks for order.# instead: now it gets all",
        zh: "队列 cn 改成 order.#：现在它收到全部",
      },
      change: { "topic-cn.key": "order.#" },
    },
    {
      id: "either-header",
      name: {
        en: "by-app asks for app or eu (any): 4 a second still, because the only European shop is an app",
        zh: "by-app 改成“app 或 eu”（any）：还是每秒 4 条，因为唯一的欧洲店就是 app",
      },
      change: { "headers-by-app.match": "any", "headers-by-app.headers": { channel: "app", country: "eu" } },
    },
    {
      id: "both-headers",
      name: {
        en: "by-app asks for app and eu (all): 2 a second are left",
        zh: "by-app 改成“app 且 eu”（all）：只剩每秒 2 条",
      },
      change: { "headers-by-app.headers": { channel: "app", country: "eu" } },
    },
  ],
};
