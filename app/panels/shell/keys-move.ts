import { type Scenario, settingsAs } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";

/** Topics that have more partitions than before. */
export function grownTopics(before: Scenario, now: Scenario): { name: string; from: number; to: number }[] {
  return now.nodes.flatMap((node) => {
    const old = before.nodes.find(({ id }) => id === node.id);
    if (node.kind !== "topic" || old === undefined || old === node || old.kind !== "topic") return [];
    const [from, to] = [settingsAs("topic", old).partitions, settingsAs("topic", node).partitions];
    return to > from ? [{ name: node.name, from, to }] : [];
  });
}

/** Who adds partitions to a running topic is told what that does to keys: nobody sees it happen. */
export const warnOfMovingKeys = (): (() => void) =>
  useDocument.subscribe(({ scenario, id }, before) => {
    if (scenario === before.scenario || id !== before.id || useRun.getState().time === 0) return;
    for (const facts of grownTopics(before.scenario, scenario))
      useView.getState().notify({ tone: "warning", key: "kafka.keysMove", facts, stays: 12_000 });
  });
