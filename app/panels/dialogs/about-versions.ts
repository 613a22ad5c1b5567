import { kindSpec, type Scenario, type ScenarioNode, type System, settingsOf } from "../../../engine/scenario/index.ts";
import { brokerOf, systemOf } from "../../../engine/scenario/topology.ts";

/** A product and which of its versions is followed; the words are `about.versions.<version>`. */
export interface Followed {
  system: System;
  version: string;
}

/** What everything outside of broker frames follows. */
const IMPLICIT = "4";
/** There is one version of the Redis model. */
const REDIS: Followed = { system: "redis", version: "redis" };
/** One of Kafka's. */
const KAFKA: Followed = { system: "kafka", version: "kafka" };
/** One of RocketMQ's. */
const ROCKETMQ: Followed = { system: "rocketmq", version: "rocketmq" };
/** And one of ZeroMQ's. */
const ZEROMQ: Followed = { system: "zeromq", version: "zeromq" };

const versionOf = (broker: ScenarioNode | undefined): Followed => {
  const version = broker === undefined ? IMPLICIT : settingsOf(broker).version;
  return { system: "rabbitmq", version: typeof version === "string" ? version : IMPLICIT };
};

/** The version that a node of a product follows; for anything else those of all products and brokers of the document, each once. */
export function versionsFollowed(scenario: Scenario, node: ScenarioNode | undefined): Followed[] {
  const system = node && systemOf(node);
  if (system === "kafka") return [KAFKA];
  if (system === "rocketmq") return [ROCKETMQ];
  if (system === "redis") return [REDIS];
  if (system === "zeromq") return [ZEROMQ];
  if (node !== undefined && system === "rabbitmq")
    return [versionOf(node.kind === "broker" ? node : brokerOf(scenario, node))];
  const has = (wanted: System) => scenario.nodes.some(({ kind }) => kindSpec(kind)?.system === wanted);
  const brokers = scenario.nodes.filter(({ kind }) => kind === "broker");
  const versions = brokers.length === 0 ? [IMPLICIT] : [...new Set(brokers.map((one) => versionOf(one).version))];
  const ofRabbit = versions.map((version): Followed => ({ system: "rabbitmq", version }));
  const others = [
    ...(has("kafka") ? [KAFKA] : []),
    ...(has("rocketmq") ? [ROCKETMQ] : []),
    ...(has("redis") ? [REDIS] : []),
    ...(has("zeromq") ? [ZEROMQ] : []),
  ];
  return others.length > 0 && !has("rabbitmq") ? others : [...ofRabbit, ...others];
}
