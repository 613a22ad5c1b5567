import {
  groupsOf,
  isMaker,
  lanesOf,
  PINS_MAX,
  type Scenario,
  settingsOf,
  socketType,
} from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import type { Pin, Target } from "./chart-set.ts";
import type { SeriesKey } from "./feed.ts";

export { PINS_MAX };

const isSame = (a: SeriesKey, b: SeriesKey) => a.target === b.target && a.metric === b.metric;

export const isPinned = (scenario: Scenario, key: SeriesKey): boolean =>
  scenario.view?.pins?.some((pin) => isSame(pin, key)) ?? false;

/** The document with a figure kept in its charts, or no longer; the same when there are as many as can be told apart. */
export function withPin(scenario: Scenario, { target, metric }: SeriesKey): Scenario {
  const pins = scenario.view?.pins ?? [];
  const others = pins.filter((pin) => !isSame(pin, { target, metric }));
  if (others.length === pins.length && pins.length >= PINS_MAX) return scenario;
  const changed = others.length === pins.length ? [...pins, { target, metric }] : others;
  const { pins: _, ...rest } = scenario.view ?? {};
  if (changed.length > 0) return { ...scenario, view: { ...rest, pins: changed } };
  const { view, ...bare } = scenario;
  return Object.keys(rest).length > 0 ? { ...scenario, view: rest } : bare;
}

export const togglePin = (key: SeriesKey): boolean =>
  useDocument.getState().apply((scenario) => withPin(scenario, key));

/** A node or an edge, as far as charts care. @returns undefined when the document has none of that name */
export function targetOf(scenario: Scenario, id: string): Target | undefined {
  const { nodes, edges } = scenario;
  const node = nodes.find((one) => one.id === id);
  if (node !== undefined) {
    const { kind, name } = node;
    return {
      id,
      kind,
      name,
      ...((kind === "topic" || kind === "rmqTopic") && { partitions: lanesOf(scenario, node) }),
      ...(kind === "producer" && { waits: settingsOf(node).waitFor !== "nothing" }),
      ...(kind === "socket" && {
        makes: isMaker(node, scenario.edges),
        waits: ["REQ", "DEALER"].includes(socketType(node)),
      }),
      ...((kind === "stream" || kind === "topic" || kind === "rmqTopic") && { groups: groupsOf(scenario, id) }),
    };
  }
  const edge = edges.find((one) => one.id === id);
  if (edge === undefined) return undefined;
  const nameOf = (end: string) => nodes.find((one) => one.id === end)?.name ?? end;
  return { id, kind: "edge", name: `${nameOf(edge.from)} → ${nameOf(edge.to)}` };
}

/** What is pinned, each once, without what has been deleted since. @param system its name in the reader's language */
export const pinsOf = (scenario: Scenario, system: string): Pin[] =>
  (scenario.view?.pins ?? []).flatMap(({ target, metric }, index, all) => {
    if (all.findIndex((other) => isSame(other, { target, metric })) !== index) return [];
    const found = target === "system" ? { id: target, kind: "system", name: system } : targetOf(scenario, target);
    return found === undefined ? [] : [{ target: found, metric }];
  });
