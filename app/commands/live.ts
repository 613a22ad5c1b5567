import {
  OPERATIONS,
  type OperationRole,
  type OperationSpec,
  operationsFor,
  partOf,
  type Quick,
  rolesOf,
  settingsOf,
} from "../../engine/scenario/index.ts";
import { engine } from "../bridge/index.ts";
import { useDocument } from "../store/document.ts";
import { useLife } from "../store/life.ts";
import { useRecorder } from "../store/recorder.ts";
import { useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import type { TextKey } from "../text/index.ts";
import type { Command } from "./registry.ts";

/**
 * Live operations on the running parts that are selected (product.md §8): they act at the current virtual time and are kept in the run's log. What is offered for which part
 * stands in `engine/scenario/operations.ts`.
 */

const chosen = (roles: readonly OperationRole[]): string[] => {
  const { nodes, edges } = useView.getState().selection;
  const { scenario } = useDocument.getState();
  return [...nodes, ...edges].filter((id) => {
    const part = partOf(scenario, id);
    return part !== undefined && rolesOf(part, scenario).some((role) => roles.includes(role));
  });
};

/** Work that is handed out may leave running parts alone. */
const isRunnable = (): boolean =>
  useRun.getState().layout !== null && useDocument.getState().restrictions?.noLive !== true;

/** Whether a part is in the right state for it; of a cluster, whether it has that node. */
function fits({ only, unless, args }: Quick, id: string): boolean {
  const badges = useRun.getState().badges[id] ?? [];
  if (only?.every((badge) => !badges.includes(badge)) || unless?.some((badge) => badges.includes(badge))) return false;
  const part = partOf(useDocument.getState().scenario, id);
  // The last instance is stopped, not counted away.
  if (args?.by === -1)
    return badges.includes("scaled") || (part !== undefined && Number(settingsOf(part).instances) > 1);
  const node = args?.node;
  if (typeof node !== "number") return true;
  return (
    part !== undefined &&
    node <= Number(settingsOf(part).nodes ?? settingsOf(part).brokers ?? settingsOf(part).masters ?? 1) &&
    !badges.includes("down")
  );
}

/** Without arguments to settle it has the operation's own name. */
export const quickTitle = (spec: OperationSpec, quick: Quick): TextKey =>
  (quick.args === undefined ? `operations.do.${spec.id}` : `operations.quick.${quick.id}`) as TextKey;

function commandOf(spec: OperationSpec, quick: Quick): Command {
  const targets = () => chosen(spec.on).filter((id) => fits(quick, id));
  return {
    id: `live.${quick.id}`,
    title: quickTitle(spec, quick),
    group: "live",
    places: spec.on.includes("edge") ? ["edge"] : ["node"],
    when: () => isRunnable() && targets().length > 0,
    perform: () => {
      for (const id of targets()) engine.act(spec.id, id, quick.args);
    },
  };
}

/** What can be looked into. */
const KEEPERS: readonly OperationRole[] = ["store", "topic", "rocketTopic"];

/** Nodes that can be cut off from the rest: something connects them with it. */
function apart(): readonly string[] {
  const { nodes } = useView.getState().selection;
  const { scenario } = useDocument.getState();
  const { nodes: drawn, edges } = scenario;
  const parentOf = new Map(drawn.map(({ id, parent }) => [id, parent]));
  // What stands in a frame goes with it.
  const isApart = (id: string | undefined, depth = 0): boolean =>
    id !== undefined && depth < drawn.length && (nodes.includes(id) || isApart(parentOf.get(id), depth + 1));
  const isCrossing = edges.some(
    (edge) => rolesOf(edge, scenario).includes("edge") && isApart(edge.from) !== isApart(edge.to),
  );
  return isCrossing ? nodes : [];
}

const isCutSomewhere = (): boolean => {
  const { badges } = useRun.getState();
  return useDocument.getState().scenario.edges.some(({ id }) => badges[id] !== undefined);
};

/** What concerns more than one part, and the way to everything that needs to be told more. */
const others: readonly Command[] = [
  {
    id: "live.network.partition",
    title: "operations.partition",
    group: "live",
    places: ["node"],
    when: () => isRunnable() && apart().length > 0,
    perform: () => engine.act("network.partition", "system", { nodes: [...apart()] }),
  },
  {
    id: "live.network.heal",
    title: "operations.do.network.heal",
    group: "live",
    places: ["node", "edge", "canvas"],
    when: () => isRunnable() && isCutSomewhere(),
    perform: () => engine.act("network.heal", "system"),
  },
  {
    id: "live.peek",
    title: "operations.peek",
    group: "live",
    places: ["node"],
    // It changes nothing, so that it is no operation of a timeline.
    when: () => isRunnable() && chosen(KEEPERS).length === 1,
    perform: () => {
      useLife.setState({ peeks: chosen(KEEPERS)[0] ?? "" });
      useView.getState().panel("inspector", { open: true, tab: "live" });
    },
  },
  {
    id: "live.more",
    title: "operations.more",
    group: "live",
    places: ["node", "edge"],
    when: () => {
      const { nodes, edges } = useView.getState().selection;
      return (
        isRunnable() && [...nodes, ...edges].some((id) => operationsFor(useDocument.getState().scenario, id).length > 0)
      );
    },
    perform: () => {
      const { panel } = useView.getState();
      panel("dock", { open: true, tab: "timeline" });
      useRecorder.getState().askForm();
    },
  },
  {
    id: "live.record",
    title: () => (useRecorder.getState().on ? "operations.recordEnd" : "operations.record"),
    group: "live",
    when: () => !useDocument.getState().readOnly,
    perform: () => useRecorder.getState().setOn(!useRecorder.getState().on),
  },
];

export const liveCommands: readonly Command[] = [
  ...OPERATIONS.flatMap((spec) => spec.quick.map((quick) => commandOf(spec, quick))),
  ...others,
];
