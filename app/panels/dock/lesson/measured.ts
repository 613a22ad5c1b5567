import type { Scenario } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useText } from "../../../text/index.ts";
import { targetName } from "../timeline/words.ts";

/** What of the drawing is measured, for lists to choose from. */
export interface Measured {
  /** The whole system, then nodes, then connections: id and name. */
  targets: readonly (readonly [id: string, name: string])[];
  /** Names of the metrics of one of them; none when the run does not know it. */
  metricsOf(target: string): readonly string[];
  /** Its kind, for the words of its metrics. */
  kindOf(target: string): string;
}

/** The kind of a part, for the words of its metrics. */
export const kindIn = (scenario: Scenario, target: string): string =>
  [...scenario.nodes, ...scenario.edges].find(({ id }) => id === target)?.kind ?? "system";

/** As the present run measures it. */
export function useMeasured(): Measured {
  const words = useText();
  const scenario = useDocument((s) => s.scenario);
  const layout = useRun((s) => s.layout);
  const parts = [...(layout?.nodes ?? []), ...(layout?.edges ?? [])];
  const known = new Set(parts.map(({ id }) => id));
  return {
    targets: [
      ["system", words.t("lesson.check.system")],
      ...[...scenario.nodes, ...scenario.edges]
        .filter(({ id }) => known.has(id))
        .map(({ id }) => [id, targetName(scenario, id, words)] as const),
    ],
    metricsOf: (target) =>
      (target === "system" ? layout?.system : parts.find(({ id }) => id === target))?.metrics ?? [],
    kindOf: (target) => kindIn(scenario, target),
  };
}
