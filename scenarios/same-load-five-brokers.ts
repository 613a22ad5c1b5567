import type { CatalogueEntry } from "./entry.ts";
import { type Picture, picture } from "./picture.ts";

/** What every lane has: ten messages a second with twelve keys, thirty more at 9.5 s, and two workers that need 0.15 s; the second is killed at 10 s and is back at 20 s. */
const LOAD = { rate: 10, limit: 300, key: { k: "roundRobin", n: 12 } } as const;
const WORK = { service: 150 } as const;

const LANES = [
  ["p1", "r2"],
  ["p2", "k2"],
  ["p3", "m2"],
  ["p4", "d2"],
  ["p5", "z2"],
] as const;

/** A peak in every lane, then the crash of its second worker. */
function script(drawing: Picture): Picture {
  for (const [producer] of LANES) drawing.at(9.5, "producer.burst", producer, { count: 30 });
  for (const [, worker] of LANES) drawing.at(10, "consumer.kill", worker, {}, 20);
  return drawing;
}

const TITLES = {
  rabbit: { en: "RabbitMQ: a queue that waits for acknowledgements", zh: "RabbitMQ：等确认的队列" },
  kafka: { en: "Kafka: a log, and a group that notices late", zh: "Kafka：日志，以及发现得晚的消费者组" },
  rocket: { en: "RocketMQ: queues, and a broker that tells at once", zh: "RocketMQ：多个队列，Broker 立刻通知" },
  redis: { en: "Redis: a list, popped", zh: "Redis：弹出即删的列表" },
  zero: { en: "ZeroMQ: no broker", zh: "ZeroMQ：没有消息代理" },
} as const;

const W = 68;
const H = 18;
/** Where the lanes begin, below the question. */
const TOP = 7;
/** Where the right column begins. */
const RIGHT = W + 2;

function drawing(): Picture {
  const made = picture(
    "same-load-five-brokers",
    { en: "The same load, five systems", zh: "同样的负载，五种系统" },
    {
      en: "Five times the same: ten messages a second, two workers that need 0.15 s each, 300 messages and thirty more at once at 9.5 s. At 10 s the second worker crashes, at 20 s it is back.",
      zh: "五份一模一样的东西：每秒十条，共 300 条，第 9.5 秒再一下来三十条；两个工作进程，每条 0.15 秒。第 10 秒第二个崩溃，第 20 秒回来。",
    },
  )
    .note("question", [0, 0], [RIGHT + W, 5], {
      en: "One worker is gone for ten seconds: where do messages wait, where are some lost, where are some done twice, and who notices the crash first?\nWatch: the five lanes at 12 s, and the ledger at the end.",
      zh: "一个工作进程消失十秒：哪里的消息在等？哪里会丢？哪里会重复处理？谁最先发现崩溃？\n看点：第 12 秒的五条泳道，以及最后的账本。",
    })
    // RabbitMQ
    .frame("f1", "f1", [0, TOP], [W, H], TITLES.rabbit)
    .within("f1")
    .producer("p1", "rabbit-web", [2, 6], LOAD)
    .queue("rabbit", "rabbit-work", [20, 6])
    .consumer("r1", "rabbit-1", [48, 3], { ...WORK, prefetch: 10 })
    .consumer("r2", "rabbit-2", [48, 10], { ...WORK, prefetch: 10 })
    .within()
    .publish("p1", "rabbit")
    .consume("rabbit", "r1")
    .consume("rabbit", "r2")
    // Kafka
    .frame("f2", "f2", [0, TOP + H + 1], [W, H], TITLES.kafka)
    .within("f2")
    .producer("p2", "kafka-web", [2, 6], LOAD)
    .node("topic", "kafka", "kafka-work", [20, 5], { partitions: 4 })
    .node("group", "kg", "kafka-group", [44, 2], { offsetReset: "earliest", maxPollRecords: 20 }, { w: 19, h: 15 })
    .within("kg")
    .consumer("k1", "kafka-1", [5, 3], WORK)
    .consumer("k2", "kafka-2", [5, 10], WORK)
    .within()
    .publish("p2", "kafka")
    .consume("kafka", "k1")
    .consume("kafka", "k2")
    // RocketMQ
    .frame("f3", "f3", [0, TOP + 2 * (H + 1)], [W, H], TITLES.rocket)
    .within("f3")
    .producer("p3", "rocket-web", [2, 7], LOAD)
    .node("rmqTopic", "rocket", "rocket-work", [20, 4], { messageType: "fifo" })
    .node("rmqGroup", "rg", "rocket-group", [44, 1], { startFrom: "first" }, { w: 19, h: 17 })
    .within("rg")
    .consumer("m1", "rocket-1", [5, 4], WORK)
    .consumer("m2", "rocket-2", [5, 11], WORK)
    .within()
    .publish("p3", "rocket")
    .consume("rocket", "m1")
    .consume("rocket", "m2")
    // Redis
    .frame("f4", "f4", [RIGHT, TOP], [W, H], TITLES.redis)
    .within("f4")
    .producer("p4", "redis-web", [2, 6], LOAD)
    .node("list", "redis", "redis-work", [20, 6], { take: "pop" })
    .consumer("d1", "redis-1", [48, 3], WORK)
    .consumer("d2", "redis-2", [48, 10], WORK)
    .within()
    .publish("p4", "redis")
    .consume("redis", "d1")
    .consume("redis", "d2")
    // ZeroMQ
    .frame("f5", "f5", [RIGHT, TOP + H + 1], [W, H], TITLES.zero)
    .within("f5")
    .socket("p5", "PUSH", [2, 6], LOAD)
    .socket("z1", "PULL", [48, 3], WORK)
    .socket("z2", "PULL", [48, 10], WORK)
    .within()
    .pipe("p5", "z1", { latency: 5 })
    .pipe("p5", "z2", { latency: 5 });
  return script(made);
}

export const SAME_LOAD_FIVE_BROKERS: CatalogueEntry = {
  group: "general",
  level: "deep",
  scenario: drawing().scenario(),
  observe: {
    en: "RabbitMQ hands what was not acknowledged to the other worker at once: nothing is lost. Kafka waits six seconds for a heartbeat; then the partitions go over, and what was read since the last commit is done again. RocketMQ's broker sees the connection close: the queues go over at the next moment, and offsets not yet saved are done again. Redis has forgotten what was popped: the one in hand is lost. ZeroMQ keeps nothing: what the dead worker held is lost, the rest goes to the other.",
    zh: "RabbitMQ 把没确认的立刻交给另一个，一条不丢。Kafka 要等六秒没有心跳，分区才换手，上次提交以后读过的重做。RocketMQ 的 Broker 看到连接断开，队列马上换手，没来得及保存位点的重做。Redis 弹出就忘：手上那一条丢了。ZeroMQ 什么也不存：死去的进程手里的全丢，其余的去了另一边。",
  },
  aha: {
    en: "The same crash: one system repeats, one waits, one forgets. None does all well; choose which you can live with.",
    zh: "同样的崩溃：有的重复，有的等待，有的遗忘。没有谁样样都好，看你能接受哪一样。",
  },
  variants: [
    {
      id: "safe",
      name: {
        en: "Each as safe as it can be: Redis moves, Kafka commits each record",
        zh: "都调到最稳妥：Redis 移走而非弹出，Kafka 逐条提交",
      },
      change: { "redis.take": "move", "kg.commit": "manual" },
    },
  ],
  intended: ["pop-can-lose"],
};
