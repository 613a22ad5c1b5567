import { settingsAs, settingsOf } from "../schema.ts";
import {
  alternateOf,
  brokerNameOf,
  brokerOf,
  type DeadLetterTarget,
  deadLetterOf,
  groupOf,
  policyOf,
} from "../topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../types.ts";
import type { Policy } from "../values.ts";
import { isBroadcasting } from "./tags.ts";

/** A document prepared for questions about its flow: who is connected to whom, and what a name means on a broker. Built once per document. */
export class Graph {
  readonly scenario: Scenario;
  readonly nodes: Map<string, ScenarioNode> = new Map();
  private readonly outgoing: Map<string, ScenarioEdge[]> = new Map();
  private readonly incoming: Map<string, ScenarioEdge[]> = new Map();
  private readonly named: Map<string, ScenarioNode> = new Map();
  private readonly brokers: Map<string, string> = new Map();
  private readonly deadLetters: Map<string, DeadLetterTarget | null> = new Map();
  private readonly policies: Map<string, Policy | undefined> = new Map();

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    for (const node of scenario.nodes) this.nodes.set(node.id, node);
    for (const node of scenario.nodes) {
      this.brokers.set(node.id, brokerOf(scenario, node)?.id ?? "");
      if (node.kind === "queue" || node.kind === "exchange")
        this.named.set(this.place(node.kind, this.brokers.get(node.id) ?? "", brokerNameOf(node)), node);
    }
    for (const edge of scenario.edges) {
      if (!this.nodes.has(edge.from) || !this.nodes.has(edge.to)) continue;
      append(this.outgoing, edge.from, edge);
      append(this.incoming, edge.to, edge);
    }
  }

  out(id: string, kind: string): ScenarioEdge[] {
    return (this.outgoing.get(id) ?? []).filter((edge) => edge.kind === kind);
  }

  in(id: string, kind: string): ScenarioEdge[] {
    return (this.incoming.get(id) ?? []).filter((edge) => edge.kind === kind);
  }

  of(kind: string): ScenarioNode[] {
    return this.scenario.nodes.filter((node) => node.kind === kind);
  }

  /** What consumers read from. */
  stores(): ScenarioNode[] {
    return this.scenario.nodes.filter((node) => isStore(node.kind));
  }

  /**
   * The consume edges that share messages with this one, itself among them: all of a queue or list; of a stream or topic those of its group. Whoever reads one alone or is
   * subscribed to a channel gets everything.
   */
  sharing(edge: ScenarioEdge): ScenarioEdge[] {
    const { kind } = this.node(edge.from);
    if (kind === "channel") return [edge];
    const all = this.out(edge.from, "consume");
    if (kind !== "stream" && kind !== "topic" && kind !== "rmqTopic") return all;
    const group = groupOf(this.scenario, edge);
    if (kind === "rmqTopic" && isBroadcasting(this.scenario, edge)) return [edge];
    return group === "" ? [edge] : all.filter((other) => groupOf(this.scenario, other) === group);
  }

  node(id: string): ScenarioNode {
    return this.nodes.get(id) as ScenarioNode;
  }

  /** Id of the broker frame that a node stands in; "" = the implicit one. */
  broker(node: ScenarioNode): string {
    return this.brokers.get(node.id) ?? "";
  }

  /** What is called `name` on the broker that `beside` belongs to. */
  find(kind: "queue" | "exchange", name: string, beside: ScenarioNode): ScenarioNode | undefined {
    return this.named.get(this.place(kind, this.broker(beside), name));
  }

  /** Where a queue's dead letters go, by link, setting or policy. */
  deadLetter(queue: ScenarioNode): DeadLetterTarget | null {
    return once(this.deadLetters, queue, () => {
      const drawn = deadLetterOf(this.scenario, queue);
      const definition = this.policy(queue)?.definition;
      const exchange = drawn?.exchange ?? definition?.["dead-letter-exchange"];
      if (typeof exchange !== "string") return null;
      const key = drawn?.key ?? definition?.["dead-letter-routing-key"];
      return { exchange, key: typeof key === "string" ? key : null, ...(drawn?.edge && { edge: drawn.edge }) };
    });
  }

  /** Name of the exchange that takes what this one cannot route, by link, setting or policy. */
  alternate(exchange: ScenarioNode): string | null {
    const name =
      alternateOf(this.scenario, exchange)?.exchange ?? this.policy(exchange)?.definition["alternate-exchange"];
    return typeof name === "string" ? name : null;
  }

  /** Whether a queue has a time to live, from its setting or policy. */
  hasTtl(queue: ScenarioNode): boolean {
    const ttl = settingsOf(queue).messageTtl ?? this.policy(queue)?.definition["message-ttl"];
    return typeof ttl === "number";
  }

  private policy(node: ScenarioNode): Policy | undefined {
    return once(this.policies, node, () => policyOf(this.scenario, node));
  }

  /** The consumers and services of a queue with their subscriptions. */
  consumersOf(queue: ScenarioNode): { client: ScenarioNode; edge: ScenarioEdge }[] {
    return this.out(queue.id, "consume").map((edge) => ({ client: this.node(edge.to), edge }));
  }

  consuming(client: ScenarioNode) {
    return settingsAs("consumer", client);
  }

  private place(kind: string, broker: string, name: string): string {
    return `${kind}\n${broker}\n${name}`;
  }
}

/** Kinds that consumers read from. */
export const isStore = (kind: string): boolean =>
  ["queue", "list", "stream", "channel", "topic", "rmqTopic"].includes(kind);

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function once<T>(known: Map<string, T>, node: ScenarioNode, find: () => T): T {
  if (!known.has(node.id)) known.set(node.id, find());
  return known.get(node.id) as T;
}
