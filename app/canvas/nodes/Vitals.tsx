import { lazy, Suspense } from "react";
import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { BrokerVitals } from "./BrokerVitals.tsx";

const RedisVitals = lazy(() => import("./RedisVitals.tsx"));
const RocketVitals = lazy(() => import("./RocketVitals.tsx"));
const KafkaVitals = lazy(() => import("./KafkaVitals.tsx"));

/** What a frame that is a server, or a group of consumers, tells of itself: on its heading, and below it while it is folded. */
export function Vitals({ node }: { node: ScenarioNode }) {
  const { kind } = node;
  return (
    <Suspense fallback={null}>
      {kind === "broker" && <BrokerVitals node={node} />}
      {kind === "redis" && <RedisVitals node={node} />}
      {(kind === "group" || kind === "cluster") && <KafkaVitals node={node} />}
      {(kind === "rmqGroup" || kind === "brokerSet") && <RocketVitals node={node} />}
    </Suspense>
  );
}
