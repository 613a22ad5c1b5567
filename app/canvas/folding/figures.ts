import { kindSpec, type Scenario, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { frames } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";
import type { Words } from "../../text/index.ts";
import { insideOf } from "./now.ts";
import { SUMS, type SumName, type Sums, sumsOf } from "./sums.ts";
import { worstOf } from "./worst.ts";

/** Figures of folded frames in words. */

/** What stands inside and does something: frames and notes do not. */
export const countOf = (nodes: readonly ScenarioNode[]): number =>
  nodes.filter(({ kind }) => kindSpec(kind)?.container !== true && kind !== "note").length;

/** The sums as they are now, without what a lesson hides. */
export const sumsNow = (scenario: Scenario, nodes: readonly ScenarioNode[]): Sums => sumsOf(scenario, nodes, frames);

const RATES: readonly SumName[] = ["published", "processed"];

/** A sum as it stands on the face and is spoken. */
export function wordOf(name: SumName, value: number, format: Words["format"]): string {
  if (Number.isNaN(value)) return "–";
  return RATES.includes(name) ? format.perSecond(value) : format.count(value);
}

/** What assistive technology hears of a folded frame after its name. */
export function foldedParts(frame: ScenarioNode, { t, find, format }: Words): string[] {
  const { scenario, nodes } = insideOf(frame.id);
  const sums = sumsNow(scenario, nodes);
  const parts = [t("fold.folded"), t("fold.nodes", { count: countOf(nodes) })];
  for (const name of SUMS) {
    const value = sums[name];
    if (value === undefined || Number.isNaN(value) || (name === "gone" && value === 0)) continue;
    parts.push(`${t(`fold.sums.${name}`)} ${wordOf(name, value, format)}`);
  }
  const worst = worstOf(nodes, scenario.edges, useRun.getState().badges);
  if (worst !== null) {
    const name = nodes.find((node) => node.id === worst.of)?.name ?? "";
    parts.push(t("fold.state", { name, state: find(`canvas.badges.${worst.badge}`) ?? worst.badge }));
  }
  return parts;
}
