import type { CatalogueEntry } from "./entry.ts";
import { picture } from "./picture.ts";

/** The links are long, so that some messages are under way when the link is cut, and their confirms are not yet. */
const FAR = { latency: 300 };
const LANE = { rate: 5, start: 150, limit: 100 };

export const CONFIRM_DUPLICATES: CatalogueEntry = {
  group: "rabbitmq",
  level: "core",
  scenario: picture(
    "confirm-duplicates",
    { en: "Lost, or twice", zh: "要么丢，要么重" },
    {
      en: "Two sites send five orders a second to a distant broker, 0.3 s away. From 10 s to 12 s the line is cut. The first site sends and forgets; the second waits for a confirm and sends again what was not confirmed within a second.",
      zh: "两个站点每秒各发 5 单，消息代理在 0.3 秒之外。第 10 到 12 秒线路中断。第一个站点发完就忘；第二个等发布确认，一秒内没等到就重发。",
    },
  )
    .note("question", [0, 0], [62, 4], {
      en: "How many orders of each lane are processed in the end, how many of them twice? Can there be a third lane with neither loss nor duplicate?\nWatch: lost on the links, retries, and duplicates at the workers.",
      zh: "最后两条道各处理了多少单，其中多少处理了两遍？会有第三条道，既不丢也不重吗？\n看点：链路上丢的、重发的，以及消费者那里的重复数。",
    })
    .frame("a", "a", [0, 7], [62, 10], { en: "A · send and forget", zh: "A · 发完就忘" })
    .producer("forgets", "forgets", [2, 3], LANE, { parent: "a" })
    .queue("orders-a", "orders A", [26, 3], {}, { parent: "a" })
    .consumer("worker-a", "worker A", [50, 3], { service: 50 }, { parent: "a" })
    .frame("b", "b", [0, 20], [62, 10], { en: "B · confirm, and send again", zh: "B · 等确认，没等到就重发" })
    .producer(
      "insists",
      "insists",
      [2, 3],
      { ...LANE, waitFor: "confirm", timeout: 1000, retries: null },
      { parent: "b" },
    )
    .queue("orders-b", "orders B", [26, 3], {}, { parent: "b" })
    .consumer("worker-b", "worker B", [50, 3], { service: 50 }, { parent: "b" })
    .publish("forgets", "orders-a", FAR)
    .consume("orders-a", "worker-a")
    .publish("insists", "orders-b", FAR)
    .consume("orders-b", "worker-b")
    .at(10, "edge.cut", "forgets-orders-a", {}, 12)
    .at(10, "edge.cut", "insists-orders-b", {}, 12)
    .scenario(),
  observe: {
    en: "Lane A loses the ten orders of the two seconds and never knows. Lane B sends them again until they are confirmed: all 100 are there. But the orders that were under way when the line broke did arrive; only their confirms did not. They come twice.",
    zh: "A 道丢了那两秒里的 10 单，自己还不知道。B 道重发到确认为止，100 单一单不少。但断线时已在路上的那几单其实到了，没到的是它们的确认，所以又来了一遍。",
  },
  aha: {
    en: "Whoever hears nothing cannot tell a lost order from a lost confirm. Sending again means at least once, and at least once means duplicates.",
    zh: "没听到回音的一方，分不清丢的是订单还是确认。重发就是“至少一次”，而“至少一次”就意味着会有重复。",
  },
  variants: [
    {
      id: "gives-up",
      name: {
        en: "B gives up after one try: no duplicates, but losses again",
        zh: "B 只发一次就放弃：不重了，却又丢了",
      },
      change: { "insists.retries": 0 },
    },
  ],
};
