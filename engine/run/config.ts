import { compileDist, distMean, type Sampler } from "../kernel/distributions.ts";
import { fromMs, type Micros } from "../kernel/time.ts";
import type { Table } from "../models/messages.ts";
import { settingsAs, settingsOf } from "../scenario/schema.ts";
import type { ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import type { Backoff, Dist, KeyChoice, Pattern, Priority } from "../scenario/values.ts";
import type { RatePattern } from "./arrivals.ts";
import { type LinkConfig, TLS_PER_MESSAGE } from "./link.ts";

/** Settings of clients and links in the run's own units: µs, messages per µs, bytes per µs. Pure functions of the document. */

export interface ProducerConfig {
  pattern: RatePattern;
  poisson: boolean;
  limit: number;
  start: Micros;
  key: KeyChoice;
  routingKey: string;
  headers: Table | null;
  /** Values and cumulated weights; one value when all are alike. −1 = no priority property. */
  priorities: number[];
  priorityWeights: number[];
  expirationMs: number;
  persistent: boolean;
  mandatory: boolean;
  waitFor: "nothing" | "confirm" | "reply";
  /** Waits for nothing: what is sent is forgotten. */
  isCareless: boolean;
  /** All messages on one output are of one kind and size. */
  isUniform: boolean;
  replyTo: "queue" | "direct";
  /** Messages a transaction, 0 = none. */
  transaction: number;
  rollback: number;
  window: number;
  timeout: Micros;
  retries: number;
  backoff: Backoff;
  /** Retries allowed per message published, as a share; Infinity = as many as `retries` says. */
  retryBudget: number;
  user: string;
  /** null = the right one. */
  password: string | null;
  instances: number;
  /** Bytes on the wire: a constant, or drawn. */
  size: number;
  sizes: Sampler | null;
}

/** How much a body weighs in each format, relative to JSON (product.md §4.1). */
const FORMAT_FACTOR = { json: 1, xml: 2, protobuf: 0.4 } as const;

export function producerConfig(node: ScenarioNode): ProducerConfig {
  const s = settingsAs("producer", node);
  const factor = FORMAT_FACTOR[s.format];
  const priorities = priorityTable(s.priority);
  return {
    pattern: ratePattern(s.pattern, s.rate),
    poisson: s.arrival === "exponential",
    limit: s.limit ?? Number.POSITIVE_INFINITY,
    start: fromMs(s.start),
    key: s.key,
    routingKey: s.routingKey,
    headers: Object.keys(s.headers).length === 0 ? null : (s.headers as Table),
    priorities: priorities.values,
    priorityWeights: priorities.cumulated,
    expirationMs: s.ttl ?? -1,
    persistent: s.persistent,
    mandatory: s.mandatory,
    waitFor: s.waitFor,
    isCareless: s.waitFor === "nothing",
    isUniform: (s.key.k === "none" || s.key.k === "fixed") && priorities.values.length === 1 && s.size.d === "constant",
    replyTo: s.replyTo,
    transaction: s.waitFor === "nothing" ? (s.transaction ?? 0) : 0,
    rollback: s.rollback,
    window: s.window,
    timeout: fromMs(s.timeout),
    retries: s.retries ?? Number.POSITIVE_INFINITY,
    backoff: s.backoff,
    retryBudget: s.retryBudget ?? Number.POSITIVE_INFINITY,
    user: s.user,
    password: s.password,
    instances: s.instances,
    size: Math.round(distMean(s.size) * factor),
    sizes: s.size.d === "constant" ? null : compileDist(s.size, factor),
  };
}

function ratePattern(pattern: Pattern, rate: number): RatePattern {
  const perMicro = (perSecond: number) => perSecond / 1e6;
  switch (pattern.p) {
    case "steady":
      return { p: "steady", base: perMicro(rate) };
    case "burst":
      return {
        p: "burst",
        base: perMicro(rate),
        rate: perMicro(pattern.rate),
        on: fromMs(pattern.on),
        off: fromMs(pattern.off),
      };
    case "ramp":
      return { p: "ramp", from: perMicro(pattern.from), to: perMicro(pattern.to), over: fromMs(pattern.over) };
    case "sine":
      return { p: "sine", mean: perMicro(pattern.mean), amp: perMicro(pattern.amp), period: fromMs(pattern.period) };
    case "steps":
      return {
        p: "steps",
        base: perMicro(rate),
        at: pattern.steps.map((step) => fromMs(step.t)),
        rate: pattern.steps.map((step) => perMicro(step.rate)),
      };
  }
}

function priorityTable(priority: Priority): { values: number[]; cumulated: number[] } {
  if (typeof priority === "number") return { values: [priority > 0 ? priority : -1], cumulated: [1] };
  const total = priority.w.reduce((sum, row) => sum + row.weight, 0);
  let sum = 0;
  const cumulated = priority.w.map((row) => {
    sum += row.weight;
    return sum / total;
  });
  return { values: priority.w.map((row) => row.value), cumulated };
}

export interface ConsumerConfig {
  service: Sampler;
  /** µs when constant, else −1. */
  constantService: Micros;
  concurrency: number;
  instances: number;
  prefetch: number;
  prefetchGlobal: boolean;
  /** µs between two basic.get, 0 = pushed. */
  getEvery: Micros;
  ack: "manual" | "auto" | "before";
  /** Deliveries go straight to a free server: nothing is answered or skipped on arrival. */
  isStraight: boolean;
  /** … and all that comes is worked on once and acknowledged. */
  isEveryday: boolean;
  canFail: boolean;
  failRate: number;
  failKeys: string[];
  onFail: "requeue" | "reject" | "retry";
  onFailRetries: number;
  /** Ids remembered, 0 = none. */
  dedup: number;
  speed: number;
  /** −1 = never. */
  restartAfter: Micros;
  user: string;
  /** null = the right one. */
  password: string | null;
  /** What a service does when the work is done. */
  then: "nothing" | "publish" | "reply" | "both";
  fanout: number;
  /** null = the key the message came with. */
  routingKey: string | null;
}

export function consumerConfig(node: ScenarioNode): ConsumerConfig {
  const s = settingsAs("consumer", node);
  const service = node.kind === "service" ? settingsAs("service", node) : null;
  return {
    service: compileDist(s.service, 1000),
    constantService: s.service.d === "constant" ? fromMs(s.service.value) : -1,
    concurrency: s.concurrency,
    instances: s.instances,
    prefetch: s.prefetch,
    prefetchGlobal: s.prefetchGlobal,
    getEvery: s.getEvery === null ? 0 : fromMs(s.getEvery),
    ack: s.ack,
    isStraight: s.ack !== "before" && (s.dedup ?? 0) === 0,
    isEveryday: s.ack === "manual" && (s.dedup ?? 0) === 0 && s.failRate === 0 && s.failKeys.length === 0,
    canFail: s.failRate > 0 || s.failKeys.length > 0,
    failRate: s.failRate,
    failKeys: s.failKeys,
    onFail: s.onFail,
    onFailRetries: s.onFailRetries,
    dedup: s.dedup ?? 0,
    speed: s.speed,
    restartAfter: s.restartAfter === null ? -1 : fromMs(s.restartAfter),
    user: s.user,
    password: s.password,
    then: service === null ? "nothing" : service.then,
    fanout: service === null ? 0 : service.fanout,
    routingKey: service === null ? null : service.routingKey,
  };
}

export function linkConfig(edge: ScenarioEdge): LinkConfig {
  const s = settingsOf(edge);
  const latency = s.latency as Dist;
  const bandwidth = s.bandwidth as number | null;
  const more = s.tls === true ? TLS_PER_MESSAGE : 0;
  return {
    latency: compileDist(latency, 1000),
    constant: latency.d === "constant" ? fromMs(latency.value) + more : -1,
    extra: more,
    tls: s.tls === true,
    bandwidth: bandwidth === null ? 0 : bandwidth / 1e6,
    loss: s.loss as number,
    cut: s.partitioned === true,
  };
}
