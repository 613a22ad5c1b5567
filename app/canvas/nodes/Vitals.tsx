import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { fetched } from "../../fetched.tsx";
import { BrokerVitals } from "./BrokerVitals.tsx";

const RedisVitals = fetched(() => import("./RedisVitals.tsx"));
const RocketVitals = fetched(() => import("./RocketVitals.tsx"));
const KafkaVitals = fetched(() => import("./KafkaVitals.tsx"));

/** What a frame that is a server, or a group of consumers, tells of itself: on its heading, and below it while it is folded. */
export function Vitals({ node }: { node: ScenarioNode }) {
  const { kind } = node;
  return (
    <>
      {kind === "broker" && <BrokerVitals node={node} />}
      {kind === "redis" && <RedisVitals node={node} />}
      {(kind === "group" || kind === "cluster") && <KafkaVitals node={node} />}
      {(kind === "rmqGroup" || kind === "brokerSet") && <RocketVitals node={node} />}
    </>
  );
}
