import { setSetting } from "../scenario/edit-settings.ts";
import type { Issue } from "../scenario/issue.ts";
import { fieldOf } from "../scenario/schema.ts";
import type { Scenario, SettingValue } from "../scenario/types.ts";
import type { Change } from "./types.ts";

/** `node.field` in two. Ids have no dots; fields may not either. @returns null when there is no dot */
export function splitPath(path: string): { id: string; name: string } | null {
  const dot = path.indexOf(".");
  return dot <= 0 ? null : { id: path.slice(0, dot), name: path.slice(dot + 1) };
}

const itemOf = (scenario: Scenario, id: string) =>
  scenario.nodes.find((node) => node.id === id) ?? scenario.edges.find((edge) => edge.id === id);

/** The drawing with some settings changed; null = the default. What is refused stays as it was, and `issues` says why. */
export function withSettings(
  scenario: Scenario,
  set: { readonly [path: string]: SettingValue },
): { scenario: Scenario; issues: Issue[]; missing: string[] } {
  const issues: Issue[] = [];
  const missing: string[] = [];
  let now = scenario;
  for (const [path, value] of Object.entries(set)) {
    const place = splitPath(path);
    const item = place === null ? undefined : itemOf(now, place.id);
    const field = place === null || item === undefined ? undefined : fieldOf(item.kind, place.name);
    if (place === null || field === undefined) {
      missing.push(path);
      continue;
    }
    const edited = setSetting(now, place.id, place.name, value === null ? field.default : value);
    issues.push(...edited.issues.filter((issue) => issue.severity === "error"));
    now = edited.scenario;
  }
  return { scenario: now, issues, missing };
}

/** The drawing after a change: first what goes, then what comes, then settings. Connections of what goes, go too. */
export function withChange(scenario: Scenario, change: Change): Scenario {
  const gone = new Set(change.remove ?? []);
  const nodes = scenario.nodes.filter(({ id }) => !gone.has(id));
  const edges = scenario.edges.filter(({ id, from, to }) => !gone.has(id) && !gone.has(from) && !gone.has(to));
  const added = change.add ?? {};
  const next: Scenario =
    gone.size === 0 && change.add === undefined && change.timeline === undefined
      ? scenario
      : {
          ...scenario,
          nodes: [...nodes, ...(added.nodes ?? [])],
          edges: [...edges, ...(added.edges ?? [])],
          ...(change.timeline !== undefined && { timeline: change.timeline }),
        };
  return change.set === undefined ? next : withSettings(next, change.set).scenario;
}
