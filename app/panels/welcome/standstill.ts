import { kindSpec, type Scenario, type ScenarioNode, settingsOf } from "../../../engine/scenario/index.ts";

/** Why nothing flows although the run plays: text key `welcome.standstill.<code>`. */
export interface Standstill {
  code:
    | "empty"
    | "noProducer"
    | "unconnected"
    | "rateZero"
    | "notStarted"
    | "limitReached"
    | "paused"
    | "cut"
    | "unknown";
  /** Node or edge to go to. */
  target?: string;
  facts: Readonly<Record<string, string | number>>;
}

const rateIsZero = (node: ScenarioNode): boolean => {
  const { rate, pattern } = settingsOf(node);
  const form = typeof pattern === "object" && pattern !== null && "p" in pattern ? pattern.p : "steady";
  return form === "steady" && rate === 0;
};

/**
 * The likeliest reason, told from the document and the states of its nodes. Called only when the run has played for some seconds without an event.
 * @param time virtual ms @param badges states of nodes, as in a frame
 */
export function standstillOf(
  scenario: Scenario,
  time: number,
  badges: Readonly<Record<string, readonly string[]>>,
): Standstill {
  const running = scenario.nodes.filter((node) => kindSpec(node.kind)?.modelled === true && node.kind !== "broker");
  if (running.length === 0) return { code: "empty", facts: {} };
  const producers = scenario.nodes.filter((node) => node.kind === "producer");
  const [only] = producers;
  if (only === undefined) return { code: "noProducer", facts: {} };
  const outOf = (node: ScenarioNode) => scenario.edges.filter((edge) => edge.from === node.id);
  const connected = producers.filter((node) => outOf(node).length > 0);
  const at = (code: Standstill["code"], node: ScenarioNode, facts: Standstill["facts"] = {}): Standstill => ({
    code,
    target: node.id,
    facts: { name: node.name, ...facts },
  });
  const [first] = connected;
  if (first === undefined) return at("unconnected", only);
  const paused = connected.find((node) => badges[node.id]?.includes("paused"));
  if (paused && connected.every((node) => badges[node.id]?.includes("paused") || rateIsZero(node)))
    return at("paused", paused);
  if (connected.every(rateIsZero)) return at("rateZero", first);
  const going = connected.filter((node) => !rateIsZero(node));
  const late = going.find((node) => Number(settingsOf(node).start) > time);
  if (late && going.every((node) => Number(settingsOf(node).start) > time))
    return at("notStarted", late, { seconds: Math.round(Number(settingsOf(late).start) / 100) / 10 });
  const cut = going.find((node) => outOf(node).every((edge) => settingsOf(edge).partitioned === true));
  if (cut) return { code: "cut", target: outOf(cut)[0]?.id ?? cut.id, facts: { name: cut.name } };
  const limited = going.find((node) => settingsOf(node).limit !== null);
  if (limited && going.every((node) => settingsOf(node).limit !== null)) return at("limitReached", limited);
  return { code: "unknown", facts: {} };
}
