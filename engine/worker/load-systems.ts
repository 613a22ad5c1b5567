import { addSprints } from "../run/sprints.ts";
import { addSystem } from "../run/systems.ts";
import type { System } from "../scenario/types.ts";

/** Brings the code of systems that a drawing needs. */
const LOADERS: Readonly<Record<Exclude<System, "rabbitmq">, () => Promise<void>>> = {
  kafka: async () => {
    const { KafkaDrawing } = await import("../run/kafka/kafka-drawing.ts");
    addSystem("kafka", (topology) => new KafkaDrawing(topology));
  },
  redis: async () => {
    const { RedisDrawing } = await import("../run/redis/redis-drawing.ts");
    addSystem("redis", (topology) => new RedisDrawing(topology));
  },
  rocketmq: async () => {
    const { RocketDrawing } = await import("../run/rocketmq/rocketmq-drawing.ts");
    addSystem("rocketmq", (topology) => new RocketDrawing(topology));
  },
  zeromq: async () => {
    const { ZmqDrawing } = await import("../run/zeromq/zmq-drawing.ts");
    addSystem("zeromq", (topology) => new ZmqDrawing(topology));
  },
};

/** Brings what makes runs fast. A run does not wait for it: with it, and without, the same happens. */
export async function loadSprints(): Promise<void> {
  const { Sprint } = await import("../run/sprint/sprint.ts");
  addSprints((state) => new Sprint(state));
}

export async function loadSystems(systems: readonly System[]): Promise<void> {
  await Promise.all(systems.map((system) => (system === "rabbitmq" ? undefined : LOADERS[system]())));
}
