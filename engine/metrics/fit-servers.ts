import { type Dist, distCv, distMean } from "../kernel/distributions.ts";
import type { Graph } from "../scenario/analysis/graph.ts";
import { settingsAs } from "../scenario/schema.ts";
import type { ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import { type Condition, fails } from "./fit-conditions.ts";

/** Who serves a queue, as a formula sees it. Times in s. */
export interface Servers {
  count: number;
  /** How long a message occupies a server: the work, and with it the way there and the acknowledgement's way back where that holds up the next delivery. */
  meanService: number;
  /** Coefficient of variation of that time. */
  cv: number;
  /** Mean of the work alone. */
  work: number;
  /** Both ways of the link: part of `meanService` where it is not 0. */
  trip: number;
  isExponential: boolean;
  /** Whether the work alone is. */
  worksExponentially: boolean;
  /** The law of the work, for a single server whose wait can be told whole; null where it takes a way on a link too. */
  law: Dist | null;
  /** Deliveries that all consumers together may hold; Infinity without limit. What they hold no longer counts against the queue's length limit. */
  credits: number;
  /** Messages wait at the consumer too, not only in the queue. */
  isPrefetched: boolean;
  failed: Condition[];
}

const NONE: Servers = {
  count: 0,
  meanService: Number.NaN,
  cv: Number.NaN,
  work: Number.NaN,
  trip: 0,
  isExponential: false,
  worksExponentially: false,
  law: null,
  credits: 0,
  isPrefetched: false,
  failed: [fails("no-consumers")],
};

/** Whether the consumers of a queue are equal servers that take a message each in turn, and how fast they are. */
export function serversOf(graph: Graph, queue: ScenarioNode): Servers {
  const subscribers = graph.consumersOf(queue);
  const [first] = subscribers;
  if (first === undefined) return NONE;
  const each = subscribers.map(({ client, edge }) => subscriber(graph, client, edge));
  const [one] = each as [Subscriber, ...Subscriber[]];
  const failed = each.flatMap((other) => other.failed);
  const names = subscribers.map(({ client }) => client.name).join(", ");
  if (each.some((other) => other.speed !== one.speed)) failed.push(fails("servers-differ", { consumers: names }));
  const instances = each.reduce((sum, other) => sum + other.instances, 0);
  const { prefetch, concurrency, client } = one;
  const isSingle =
    settingsAs("queue", queue).singleActiveConsumer || each.some((other) => other.isExclusive && instances > 1);
  if (isSingle && instances > 1) failed.push(fails("consumer-single-active", { consumers: names }));
  // A credit is a server of its own as long as there are no more of them than hands: then nothing waits at the consumer.
  const isPrefetched = prefetch > concurrency;
  const perInstance = isPrefetched ? concurrency : prefetch;
  const count = perInstance * instances;
  const shown = prefetch === Number.POSITIVE_INFINITY ? 0 : prefetch;
  if (isPrefetched && instances > 1)
    failed.push(fails("prefetch", { consumer: client.name, prefetch: shown, servers: count }));
  const trip = 2 * one.latency.mean;
  if (trip > 0) {
    const facts = { latency: one.latency.mean * 1000, prefetch: shown, servers: count };
    if (isPrefetched) failed.push(fails("latency-prefetch", facts));
    else if (count > 1) failed.push(fails("latency-servers", facts));
  }
  const meanService = one.work.mean + trip;
  const ofWork = one.work.mean * one.work.cv;
  const ofLink = one.latency.deviation;
  const deviation = Math.sqrt(ofWork * ofWork + 2 * ofLink * ofLink);
  return {
    count,
    meanService,
    cv: meanService > 0 ? deviation / meanService : 0,
    work: one.work.mean,
    trip,
    isExponential: trip === 0 && one.work.isExponential,
    worksExponentially: one.work.isExponential,
    law: trip === 0 ? one.law : null,
    credits: prefetch * instances,
    isPrefetched,
    failed,
  };
}

interface Subscriber {
  client: ScenarioNode;
  instances: number;
  concurrency: number;
  /** Infinity = without limit. */
  prefetch: number;
  /** s */
  work: { mean: number; cv: number; isExponential: boolean };
  law: Dist;
  latency: { mean: number; deviation: number };
  isExclusive: boolean;
  /** Equal for subscribers whose servers are equal. */
  speed: string;
  failed: Condition[];
}

function subscriber(graph: Graph, client: ScenarioNode, edge: ScenarioEdge): Subscriber {
  const s = settingsAs("consumer", client);
  const link = settingsAs("consume", edge);
  const failed: Condition[] = [];
  const facts = { consumer: client.name };
  const queues = graph.in(client.id, "consume").length;
  if (queues > 1) failed.push(fails("consumer-shared", { ...facts, queues }));
  if (s.getEvery !== null) failed.push(fails("consumer-polls", { ...facts, every: s.getEvery }));
  if (s.ack !== "manual") failed.push(fails("consumer-ack", facts));
  if (s.failRate > 0 || s.failKeys.length > 0) failed.push(fails("consumer-fails", { ...facts, share: s.failRate }));
  if (link.bandwidth !== null || link.loss > 0 || link.partitioned) failed.push(fails("consume-link", facts));
  const prefetch = s.prefetch === 0 ? Number.POSITIVE_INFINITY : s.prefetch;
  const service: Dist = s.service;
  const mean = distMean(service) / s.speed / 1000;
  const latency: Dist = link.latency;
  return {
    client,
    instances: s.instances,
    concurrency: s.concurrency,
    prefetch,
    work: { mean, cv: distCv(service), isExponential: isExponential(service) },
    law: service,
    latency: { mean: distMean(latency) / 1000, deviation: (distMean(latency) * distCv(latency)) / 1000 },
    isExclusive: link.exclusive,
    speed: JSON.stringify([service, s.speed, latency, s.concurrency, prefetch]),
    failed,
  };
}

/** Also where another law happens to be that one. */
function isExponential(dist: Dist): boolean {
  if (dist.d === "exponential") return dist.mean > 0;
  if (dist.d === "erlang") return dist.k === 1 && dist.mean > 0;
  return dist.d === "hyperexponential" && dist.cv === 1 && dist.mean > 0;
}
