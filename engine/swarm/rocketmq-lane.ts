import type { Settings } from "../scenario/types.ts";
import type { Chance } from "./chance.ts";

/** What a lane draws with. */
interface Sketching {
  node(kind: string, settings: Settings, parent?: string): string;
  edge(kind: string, from: string, to: string, settings: Settings): void;
}

/** A topic of RocketMQ at one or two masters, and one or two groups that read it, each in its own way. */
export function rocketmqLane(
  sketch: Sketching,
  chance: Chance,
  isGentle: boolean,
  makes: Settings,
  link: () => Settings,
): void {
  const brokers = sketch.node("brokerSet", {
    masters: chance.pick([1, 1, 2]),
    replicas: chance.pick([0, 1]),
    flush: chance.pick(["async", "sync"]),
    checkAfter: 1000,
    checkEvery: 1000,
    delayLevels: "1s 2s 3s 4s 1s 1s",
    restart: 2000,
  });
  const messageType = isGentle ? "fifo" : chance.pick(["normal", "fifo", "delay", "transaction"]);
  const topic = sketch.node("rmqTopic", { queues: chance.pick([1, 3, 4]), messageType }, brokers);
  const hidden: Record<string, Settings> = {
    delay: chance.yes(0.5) ? { delayLevel: chance.between(1, 6) } : { delay: chance.between(100, 4000) },
    transaction: { commitShare: 0.6, rollbackShare: 0.2, unknownShare: 0.2 },
  };
  const tags: Settings = chance.yes(0.5) ? { tag: "{a|b}" } : {};
  const keys: Settings = messageType === "fifo" ? { key: { k: "roundRobin", n: 4 } } : {};
  sketch.edge(
    "publish",
    sketch.node("producer", { ...makes, ...keys, ...tags, ...hidden[messageType] }),
    topic,
    link(),
  );
  for (let i = isGentle ? 1 : chance.between(1, 2); i > 0; i--) {
    const order = isGentle ? "orderly" : chance.pick(["concurrent", "concurrent", "orderly"]);
    const group = sketch.node("rmqGroup", {
      startFrom: "first",
      order,
      mode: isGentle ? "clustering" : chance.pick(["clustering", "clustering", "broadcasting"]),
      strategy: chance.pick(["AVG", "AVG_BY_CIRCLE", "CONSISTENT_HASH"]),
      filter: tags.tag === undefined || isGentle ? "*" : chance.pick(["*", "a", "a || b"]),
      batch: chance.pick([1, 1, 4]),
      maxReconsume: chance.pick([1, 3]),
      orderlyLimit: 3,
      suspend: 200,
    });
    const work: Settings = {
      service: chance.between(0, 30),
      instances: isGentle ? 1 : chance.pick([1, 3]),
      concurrency: isGentle ? 1 : chance.pick([1, 4]),
      ...(!isGentle && chance.yes(0.4) && { failRate: 0.1 }),
      ...(chance.yes(0.3) && { onFail: chance.pick(["reject", "retry"]) }),
    };
    sketch.edge("consume", topic, sketch.node("consumer", work, group), link());
  }
}
