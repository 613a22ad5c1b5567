import { expandKey, type KeyChoice, keyCount, type Scenario, settingsAs } from "../../engine/index.ts";
import { matchesWords } from "../topic.ts";
import type { Consumer, Output, Producer, Queue } from "./engine.ts";

export interface Compiled {
  queues: Map<string, Queue>;
  producers: Map<string, Producer>;
  /** The instances of each consuming node. */
  consumers: Map<string, Consumer[]>;
}

interface Binding {
  words: string[];
  queue: Queue;
  latency: number;
}

/** Makes objects of a scenario document. @throws Error for what the plain engine does not know */
export function compile({ nodes, edges }: Scenario): Compiled {
  const queues = new Map<string, Queue>();
  const producers = new Map<string, Producer>();
  const consumers = new Map<string, Consumer[]>();
  const bindings = new Map<string, Binding[]>();
  for (const node of nodes) {
    const { id, kind } = node;
    if (kind === "queue") queues.set(id, { name: id, messages: [], head: 0, consumers: [], nextConsumer: 0 });
    else if (kind === "exchange") bindings.set(id, []);
    else if (kind === "producer") {
      const { rate, routingKey, key } = settingsAs("producer", node);
      const choice = key as KeyChoice;
      const keys = Array.from({ length: Math.max(1, keyCount(choice)) }, (_, i) => expandKey(routingKey, choice, i));
      producers.set(id, { interval: 1000 / rate, keys, outputs: [], isUp: true });
    } else if (kind !== "consumer" && kind !== "service") throw new Error(`The plain engine has no ${kind}.`);
  }
  for (const edge of edges) {
    if (edge.kind !== "binding") continue;
    const words = settingsAs("binding", edge).key.split(".");
    bindings.get(edge.from)?.push({ words, queue: queues.get(edge.to) as Queue, latency: latencyOf(edge) });
  }
  for (const edge of edges) {
    if (edge.kind !== "consume") continue;
    const consumer = nodes.find(({ id }) => id === edge.to);
    const queue = queues.get(edge.from);
    if (consumer === undefined || queue === undefined) throw new Error(`${edge.id} has a loose end.`);
    const instances = instancesOf(consumer, queue, latencyOf(edge));
    consumers.set(consumer.id, instances);
    queue.consumers.push(...instances);
  }
  for (const edge of edges) {
    if (edge.kind !== "publish") continue;
    const queue = queues.get(edge.to);
    const output =
      queue === undefined
        ? topicExchange(bindings.get(edge.to) ?? [], latencyOf(edge))
        : { isExchange: false, latency: latencyOf(edge), targets: () => [{ queue, latency: 0 }] };
    producers.get(edge.from)?.outputs.push(output);
    for (const consumer of consumers.get(edge.from) ?? []) consumer.outputs.push(output);
  }
  return { queues, producers, consumers };
}

function instancesOf(node: Scenario["nodes"][number], queue: Queue, latency: number): Consumer[] {
  const { prefetch, service, instances } = settingsAs("consumer", node);
  return Array.from({ length: instances }, () => ({
    queue,
    latency,
    prefetch,
    service: (service as { mean: number }).mean,
    isUp: true,
    unacked: 0,
    isBusy: false,
    buffer: [],
    outputs: [],
  }));
}

/** Each queue once, however many of its bindings fit; remembered by routing key. */
function topicExchange(bindings: readonly Binding[], latency: number): Output {
  const known = new Map<string, Binding[]>();
  return {
    isExchange: true,
    latency,
    targets(key) {
      let found = known.get(key);
      if (found === undefined) {
        const words = key.split(".");
        const fitting = bindings.filter((binding) => matchesWords(binding.words, words));
        found = fitting.filter(({ queue }, i) => fitting.findIndex((other) => other.queue === queue) === i);
        known.set(key, found);
      }
      return found;
    },
  };
}

function latencyOf(edge: Scenario["edges"][number]): number {
  return Number(edge.settings?.latency ?? 0);
}
