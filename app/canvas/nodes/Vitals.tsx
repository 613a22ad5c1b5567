import type { ComponentType } from "react";
import type { NodeKind, ScenarioNode } from "../../../engine/scenario/index.ts";
import { fetched } from "../../fetched.tsx";
import { BrokerVitals } from "./BrokerVitals.tsx";

const RedisVitals = fetched(() => import("./RedisVitals.tsx"));
const RocketVitals = fetched(() => import("./RocketVitals.tsx"));
const KafkaVitals = fetched(() => import("./KafkaVitals.tsx"));

const VITALS: Partial<Record<NodeKind, ComponentType<{ node: ScenarioNode }>>> = {
  broker: BrokerVitals,
  redis: RedisVitals,
  group: KafkaVitals,
  cluster: KafkaVitals,
  rmqGroup: RocketVitals,
  brokerSet: RocketVitals,
};

/** What a frame that is a server, or a group of consumers, tells of itself: on its heading, and below it while it is folded. */
export function Vitals({ node }: { node: ScenarioNode }) {
  const Own = VITALS[node.kind as NodeKind];
  return Own ? <Own node={node} /> : null;
}
