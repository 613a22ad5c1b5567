import { type Scenario, type ScenarioNode, settingsOf } from "../scenario/index.ts";
import { EXCHANGE_TYPES } from "./binding-settings.ts";
import { components } from "./components.ts";

export interface Entries {
  /** Exchanges that applications must be publishing to: nothing in the file brings them messages. */
  exchanges: ScenarioNode[];
  /** Queues that only the default exchange can be filling. */
  queues: ScenarioNode[];
}

const FLOW = ["binding", "alternate", "deadLetter"];

/**
 * Where messages must enter, told from the graph alone: every group of exchanges and queues that reach one another (mostly a group of one), and that nothing else leads to,
 * has one entry. In a group that goes round, as retry loops do, it is the exchange that looks most like the front door.
 */
export function findEntries(scenario: Scenario): Entries {
  const entries: Entries = { exchanges: [], queues: [] };
  let nodes = scenario.nodes.filter((node) => node.kind === "queue" || (node.kind === "exchange" && isRun(node)));
  const incoming = (kind: string) =>
    new Set(scenario.edges.filter((edge) => edge.kind === kind).map((edge) => edge.to));
  const bound = incoming("binding");
  const dead = incoming("deadLetter");
  const doors = new Set(
    scenario.edges.filter((edge) => edge.kind === "binding" || edge.kind === "alternate").map((edge) => edge.from),
  );
  for (let round = 0; nodes.length > 0; round++) {
    const sources = sourceGroups(scenario, nodes);
    const closed = new Set<string>();
    for (const group of sources) {
      const open = group.filter((node) => node.kind === "exchange" && doors.has(node.id) && !settingsOf(node).internal);
      const score = (node: ScenarioNode) =>
        (bound.has(node.id) ? 2 : 0) + (dead.has(node.id) ? 1 : 0) + (looksAside(node.name) ? 4 : 0);
      const door = open.reduce<ScenarioNode | undefined>(
        (best, node) => (best && score(best) <= score(node) ? best : node),
        undefined,
      );
      const queue = group.find((node) => node.kind === "queue");
      if (door !== undefined) {
        if (round === 0 || !entries.exchanges.includes(door)) entries.exchanges.push(door);
      } else if (queue !== undefined) entries.queues.push(queue);
      else for (const node of group) closed.add(node.id);
    }
    // Nobody can publish to an internal exchange that nothing leads to: without it, what hangs on it may be an entry.
    if (closed.size === 0) break;
    entries.exchanges.length = 0;
    entries.queues.length = 0;
    nodes = nodes.filter((node) => !closed.has(node.id));
  }
  return entries;
}

export const isRun = (exchange: ScenarioNode): boolean => EXCHANGE_TYPES.includes(settingsOf(exchange).type as string);

function sourceGroups(scenario: Scenario, nodes: readonly ScenarioNode[]): ScenarioNode[][] {
  const index = new Map(nodes.map((node, at) => [node.id, at]));
  const next: number[][] = nodes.map(() => []);
  for (const edge of scenario.edges) {
    const from = index.get(edge.from);
    const to = index.get(edge.to);
    if (from !== undefined && to !== undefined && FLOW.includes(edge.kind)) next[from]?.push(to);
  }
  const group = components(next);
  const fed = new Set<number>();
  next.forEach((targets, from) => {
    for (const to of targets) if (group[from] !== group[to]) fed.add(group[to] as number);
  });
  const sources = new Map<number, ScenarioNode[]>();
  nodes.forEach((node, at) => {
    const own = group[at] as number;
    if (fed.has(own)) return;
    const members = sources.get(own);
    if (members === undefined) sources.set(own, [node]);
    else members.push(node);
  });
  return [...sources.values()];
}

const ASIDE = new Set(
  "dead dlx dlq dl retry retries requeue delay delayed wait fail failed failure error errors unrouted alternate parking".split(
    " ",
  ),
);
const WAITING = new Set(
  "delay delays delayed retry retries wait waiting backoff defer deferred later scheduled ttl hold parked".split(" "),
);

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);

/** Whether a name says that messages come here when something else has happened to them. */
export const looksAside = (name: string): boolean =>
  wordsOf(name).some((word) => ASIDE.has(word)) || /死信|重试|延迟|失败/.test(name);

/** Whether a name says that messages only wait here for their time. */
export const looksWaiting = (name: string): boolean =>
  wordsOf(name).some((word) => WAITING.has(word)) || /延迟|延时|重试|等待/.test(name);
