import { type Scenario, settingsOf } from "../../engine/scenario/index.ts";

/** Why nothing happens. The sentence is `canvas.still.<reason>`. */
export type Stillness = "noNodes" | "noProducer" | "notConnected" | "rateZero" | "paused" | "finished";

/** The first reason that explains it; the run itself only knows that nothing is due. */
export function whyStill(scenario: Scenario, badges: Readonly<Record<string, readonly string[]>>): Stillness {
  const producers = scenario.nodes.filter((node) => node.kind === "producer");
  if (scenario.nodes.length === 0) return "noNodes";
  if (producers.length === 0) return "noProducer";
  const connected = producers.filter((node) => scenario.edges.some((edge) => edge.from === node.id));
  if (connected.length === 0) return "notConnected";
  const able = connected.filter((node) => {
    const { rate, pattern } = settingsOf(node);
    return rate !== 0 || (pattern as { p?: string } | null)?.p !== "steady";
  });
  if (able.length === 0) return "rateZero";
  if (able.every((node) => badges[node.id]?.includes("paused"))) return "paused";
  return "finished";
}
