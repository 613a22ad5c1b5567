import { fieldOf, settingsAs, settingsOf } from "./schema.ts";
import { alternateOf, brokerOf, deadLetterOf } from "./topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "./types.ts";
import type { Table } from "./values.ts";

/** Settings of drawn RabbitMQ objects as the broker's own arguments (semantics/rabbitmq.md §3). Only what is set is given. */

export function queueArguments(scenario: Scenario, node: ScenarioNode): Table {
  const s = settingsAs("queue", node);
  const table: Table = { ...(s.arguments as Table) };
  if (s.queueType !== "classic") table["x-queue-type"] = s.queueType;
  const quorum = s.queueType === "quorum";
  if (s.maxBytes !== null) table["x-max-length-bytes"] = s.maxBytes;
  if (s.ackTimeout !== fieldOf("queue", "ackTimeout")?.default) table["x-consumer-timeout"] = s.ackTimeout;
  if (s.queueType === "stream") {
    // The broker counts ages in whole seconds.
    if (s.maxAge !== null) table["x-max-age"] = `${Math.ceil(s.maxAge / 1000)}s`;
    if (s.segmentBytes !== fieldOf("queue", "segmentBytes")?.default)
      table["x-stream-max-segment-size-bytes"] = s.segmentBytes;
    return table;
  }
  if (s.maxLength !== null) table["x-max-length"] = s.maxLength;
  if (s.overflow !== "drop-head") table["x-overflow"] = s.overflow;
  if (s.messageTtl !== null) table["x-message-ttl"] = s.messageTtl;
  if (s.expires !== null) table["x-expires"] = s.expires;
  if (s.maxPriority !== null && !quorum) table["x-max-priority"] = s.maxPriority;
  if (s.singleActiveConsumer) table["x-single-active-consumer"] = true;
  if (quorum && s.deliveryLimit !== 20) table["x-delivery-limit"] = s.deliveryLimit;
  if (quorum) {
    const frame = brokerOf(scenario, node);
    const { replicas } = settingsAs("broker", frame ?? { kind: "broker" });
    if (replicas !== 3 && table["x-quorum-initial-group-size"] === undefined)
      table["x-quorum-initial-group-size"] = replicas;
  }
  if (quorum && s.deadLetterStrategy !== "at-most-once") table["x-dead-letter-strategy"] = s.deadLetterStrategy;
  const target = deadLetterOf(scenario, node);
  if (target !== null) {
    table["x-dead-letter-exchange"] = target.exchange;
    if (target.key !== null) table["x-dead-letter-routing-key"] = target.key;
  }
  return table;
}

export function exchangeArguments(scenario: Scenario, node: ScenarioNode): Table {
  const s = settingsAs("exchange", node);
  const table: Table = { ...(s.arguments as Table) };
  const alternate = alternateOf(scenario, node);
  if (alternate !== null) table["alternate-exchange"] = alternate.exchange;
  if (s.hashHeader !== null) table["hash-header"] = s.hashHeader;
  if (s.type === "x-recent-history" && s.historyLength !== 20) table["x-recent-history-length"] = s.historyLength;
  return table;
}

/** Key and arguments of a binding, as the type of its source exchange reads them. */
export function bindingArguments(source: ScenarioNode, edge: ScenarioEdge): { key: string; arguments: Table } {
  const s = settingsAs("binding", edge);
  const type = settingsOf(source).type;
  const table: Table = { ...(s.arguments as Table) };
  if (type === "headers") {
    // A header may be called `__proto__`, which assigning would take for something else.
    return { key: s.key, arguments: { ...table, ...(s.headers as Table), "x-match": s.match } };
  }
  if (type === "x-consistent-hash") return { key: String(s.weight), arguments: table };
  return { key: s.key, arguments: table };
}
