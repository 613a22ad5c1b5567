import type { Dist } from "../kernel/distributions.ts";
import { estimateFlow } from "../scenario/analysis/flow.ts";
import { Graph } from "../scenario/analysis/graph.ts";
import { settingsAs } from "../scenario/schema.ts";
import { policyOf } from "../scenario/topology.ts";
import type { Scenario, ScenarioNode } from "../scenario/types.ts";
import type { Priority } from "../scenario/values.ts";
import { type Arrivals, arrivalsAt } from "./fit-arrivals.ts";
import { type Condition, fails } from "./fit-conditions.ts";
import { type Servers, serversOf } from "./fit-servers.ts";
import { mg1, mm1, mmc, mmck, type PriorityClass, priorities, type Steady, type WithTails } from "./theory.ts";
import { md1, mek1, mh21 } from "./theory-mg1.ts";

export type { Condition, ConditionCode } from "./fit-conditions.ts";

export const THEORY_MODELS = ["mm1", "mmc", "mg1", "mmck", "priorities"] as const;
export type TheoryModel = (typeof THEORY_MODELS)[number];

/** The user's numbers, as the formula takes them. Times in s, rates per s. */
export interface TheoryInputs {
  lambda: number;
  servers: number;
  /** How long a message occupies a server, and its coefficient of variation. */
  meanService: number;
  cv: number;
  /** The part of `meanService` that is spent on the link: there and back. */
  trip: number;
  /** Most messages in the system, those in service included; Infinity without limit. */
  room: number;
}

/** What one class of messages gets, the most urgent first. */
export interface ClassFigures extends Steady {
  priority: number;
  lambda: number;
}

/** Long-run figures of a queue and its consumers; L and W count what is ready and what is unacked. */
export interface Predicted extends Steady {
  /** Share of the time that a server works: `rho` without the link. */
  busy: number;
  /** P(an arrival must wait). */
  mustWait: number;
  /** Share of messages that find no room. 0 without limit. */
  blocked: number;
  /** P(wait > t) and P(stay > t), t in s; where a closed form is known. */
  tails: Pick<WithTails, "waitTail" | "stayTail"> | null;
  classes: ClassFigures[];
}

/**
 * How far the queue's measured wait is what the formula speaks of. `measured`: it is. `prefetched`: messages also wait at the consumer, which the queue's wait leaves
 * out. `survivors`: the oldest are dropped, and only those that were served are measured.
 */
export type WaitMeaning = "measured" | "prefetched" | "survivors";

export interface Theory {
  queue: string;
  inputs: TheoryInputs;
  /** ms on the way to the queue, the same for all messages; NaN where it is not. */
  publishDelay: number;
  /** ms from the queue to a consumer. */
  deliveryDelay: number;
  wait: WaitMeaning;
  /** What applies, with its figures; null when `failed` is not empty. */
  fit: { model: TheoryModel; predicted: Predicted } | null;
  /** Why nothing applies; empty when something does. */
  failed: Condition[];
}

/** Above this many places a limit is only looked at where the queue would not reach it. */
const ROOM_MAX = 5000;
/** Services (or their phases) over which the tail of a wait is followed, in units of 1/(1 − ρ). */
const TAIL_MAX = 1000;
/** A limit reached less often than this does not show in any run. */
const NEVER = 1e-12;

/**
 * The closed form that describes a drawn queue with its consumers, or every condition that fails. It reads the document alone: what a run does differently from theory
 * is then the run's own doing.
 * @param queueId of a queue of the document @throws Error when there is no such queue
 */
export function theoryFor(scenario: Scenario, queueId: string): Theory {
  const graph = new Graph(scenario);
  const queue = graph.nodes.get(queueId);
  if (queue?.kind !== "queue") throw new Error(`There is no queue "${queueId}".`);
  return theoryOf(graph, estimateFlow(graph), queue, new Set());
}

function theoryOf(
  graph: Graph,
  flow: ReturnType<typeof estimateFlow>,
  queue: ScenarioNode,
  above: Set<string>,
): Theory {
  const behind = new Set(above).add(queue.id);
  // What leaves an M/M/c is a Poisson stream again (Burke 1956), as long as no message comes back to it.
  const isPoissonOut = (service: ScenarioNode): boolean => {
    const s = settingsAs("service", service);
    const [edge, ...more] = graph.in(service.id, "consume");
    if (edge === undefined || more.length > 0 || s.fanout !== 1 || behind.has(edge.from)) return false;
    const theory = theoryOf(graph, flow, graph.node(edge.from), behind);
    return theory.fit?.model === "mm1" || theory.fit?.model === "mmc";
  };
  const arrivals = arrivalsAt(graph, flow, queue, isPoissonOut);
  const servers = serversOf(graph, queue);
  const limits = limitsOf(graph.scenario, queue);
  const failed = [...arrivals.failed, ...limits.failed, ...servers.failed, ...ofTheWhole(graph, queue, arrivals)];
  const inputs: TheoryInputs = {
    lambda: arrivals.rate,
    servers: servers.count,
    meanService: servers.meanService,
    cv: servers.cv,
    trip: servers.trip,
    room: limits.length + servers.credits,
  };
  let wait: WaitMeaning = servers.isPrefetched ? "prefetched" : "measured";
  let found: Theory["fit"] = null;
  if (arrivals.rate > 0 && servers.count > 0) {
    const classes = classesOf(queue, arrivals);
    const choice = choose(inputs, servers, limits.length, classes);
    if ("code" in choice) failed.push(choice);
    else if (failed.length === 0) {
      found = choice;
      if (choice.model === "mmck" && limits.dropsHead) wait = "survivors";
    }
  }
  return {
    queue: queue.id,
    inputs,
    publishDelay: arrivals.delay,
    deliveryDelay: (servers.trip / 2) * 1000,
    wait,
    fit: found,
    failed,
  };
}

/** The model for these numbers, or the condition that keeps each of them away. */
function choose(
  inputs: TheoryInputs,
  servers: Servers,
  limit: number,
  classes: readonly Class[],
): { model: TheoryModel; predicted: Predicted } | Condition {
  const { lambda, meanService, cv, room, servers: c } = inputs;
  const rho = (lambda * meanService) / c;
  const busy = (lambda * servers.work) / c;
  if (limit < Number.POSITIVE_INFINITY && !(rho < 1 && isOutOfReach(rho, room, cv))) {
    if (!servers.isExponential || room > ROOM_MAX || classes.length > 1) return fails("queue-limit", { limit });
    const k = mmck(lambda, 1 / meanService, c, room);
    const waiting = k.probabilities.slice(c, -1).reduce((sum, p) => sum + p, 0) / (1 - k.blocked);
    return { model: "mmck", predicted: { ...k, busy: k.rho, mustWait: waiting, tails: k, classes: [] } };
  }
  if (!(rho < 1)) return fails("overload", { rho });
  const plain = { busy, blocked: 0, classes: [] };
  if (c > 1) {
    if (classes.length > 1) return fails("queue-priority", { servers: c });
    // A link that holds up several servers is a condition of its own.
    if (!servers.worksExponentially) return fails("servers-general", { servers: c });
    const found = mmc(lambda, 1 / meanService, c);
    return { model: "mmc", predicted: { ...plain, ...found, tails: found } };
  }
  if (classes.length > 1) return { model: "priorities", predicted: { ...plain, ...byClass(inputs, classes) } };
  if (!servers.isExponential) {
    const tails = tailsOf(servers.law, lambda, meanService, cv);
    return { model: "mg1", predicted: { ...plain, ...mg1(lambda, meanService, cv), mustWait: rho, tails } };
  }
  const found = mm1(lambda, 1 / meanService);
  return { model: "mm1", predicted: { ...plain, ...found, mustWait: rho, tails: found } };
}

/** The whole distribution of wait and stay, for the laws of service for which it is known. */
function tailsOf(law: Dist | null, lambda: number, meanService: number, cv: number): Predicted["tails"] {
  // Their sums are as long as the wait's tail: where a server hardly ever rests nobody waits for them.
  const rest = 1 - lambda * meanService;
  switch (law?.d) {
    case "constant":
      return rest * TAIL_MAX < 1 ? null : md1(lambda, meanService);
    case "erlang":
      return rest * TAIL_MAX < law.k ? null : mek1(lambda, meanService, law.k);
    case "hyperexponential":
      return mh21(lambda, meanService, cv);
    default:
      return null;
  }
}

/** The tail of the number in the system falls like ρⁿ, or for more variable service slower; well below either. */
function isOutOfReach(rho: number, room: number, cv: number): boolean {
  const decay = 1 - (1 - rho) / Math.max(1, (1 + cv * cv) / 2);
  let tail = 1;
  // Squares instead of a power: the exponent is a whole number and the kernel's own functions are for the run.
  for (let base = decay, n = Math.min(room, 2 ** 31); n >= 1; base *= base, n = Math.floor(n / 2))
    if (n % 2 === 1) tail *= base;
  return tail < NEVER;
}

interface Class {
  priority: number;
  lambda: number;
}

function byClass({ meanService, cv, lambda }: TheoryInputs, classes: readonly Class[]) {
  const each = priorities(classes.map((one): PriorityClass => ({ lambda: one.lambda, meanService, cv })));
  const rows = each.map((figures, i): ClassFigures => ({ ...figures, ...(classes[i] as Class) }));
  // One service time for all: who waits changes, how much is waited does not.
  return { ...mg1(lambda, meanService, cv), mustWait: lambda * meanService, tails: null, classes: rows };
}

/** Messages by priority, the highest first; one class where the queue does not know priorities. */
function classesOf(queue: ScenarioNode, { sources, rate }: Arrivals): Class[] {
  const { maxPriority, queueType } = settingsAs("queue", queue);
  if (maxPriority === null || queueType !== "classic") return [{ priority: 0, lambda: rate }];
  const found = new Map<number, number>();
  for (const source of sources) {
    const priority: Priority = source.client.kind === "producer" ? settingsAs("producer", source.client).priority : 0;
    const rows = typeof priority === "number" ? [{ value: priority, weight: 1 }] : priority.w;
    const all = rows.reduce((sum, { weight }) => sum + weight, 0);
    for (const { value, weight } of rows) {
      if (weight === 0) continue;
      const level = Math.min(value, maxPriority);
      found.set(level, (found.get(level) ?? 0) + (source.rate * weight) / all);
    }
  }
  return [...found].map(([priority, lambda]) => ({ priority, lambda })).sort((a, b) => b.priority - a.priority);
}

interface Limits {
  /** Most ready messages, Infinity without limit. */
  length: number;
  dropsHead: boolean;
  failed: Condition[];
}

/** What the queue itself takes away, by its settings or its policy; where both speak the lower number holds. */
function limitsOf(scenario: Scenario, queue: ScenarioNode): Limits {
  const s = settingsAs("queue", queue);
  const definition = policyOf(scenario, queue)?.definition ?? {};
  const lower = (own: number | null, name: string): number => {
    const other = definition[name];
    return Math.min(own ?? Number.POSITIVE_INFINITY, typeof other === "number" ? other : Number.POSITIVE_INFINITY);
  };
  const failed: Condition[] = [];
  if (s.queueType === "stream") failed.push(fails("queue-stream"));
  const ttl = lower(s.messageTtl, "message-ttl");
  if (ttl < Number.POSITIVE_INFINITY) failed.push(fails("queue-ttl", { ttl }));
  const bytes = lower(s.maxBytes, "max-length-bytes");
  if (bytes < Number.POSITIVE_INFINITY && s.queueType !== "stream") failed.push(fails("queue-bytes", { bytes }));
  const overflow = queue.settings?.overflow ?? definition.overflow ?? s.overflow;
  return { length: lower(s.maxLength, "max-length"), dropsHead: overflow === "drop-head", failed };
}

/** Operations that are planned, and limits of the broker that hold up its publishers. */
function ofTheWhole(graph: Graph, queue: ScenarioNode, { sources }: Arrivals): Condition[] {
  const failed: Condition[] = [];
  const broker = graph.nodes.get(graph.broker(queue));
  if (broker !== undefined && settingsAs("broker", broker).memoryLimit !== null)
    failed.push(fails("broker-memory", { broker: broker.name }));
  const near = new Set([queue.id, ...(broker === undefined ? [] : [broker.id])]);
  for (const { client, edge } of sources) near.add(client.id).add(edge.id);
  for (const { client, edge } of graph.consumersOf(queue)) near.add(client.id).add(edge.id);
  const planned = graph.scenario.timeline.filter(({ disabled, target }) => disabled !== true && near.has(target));
  if (planned.length > 0) failed.push(fails("timeline", { count: planned.length }));
  return failed;
}
