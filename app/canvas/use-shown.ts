import { useMemo } from "react";
import type { Scenario } from "../../engine/scenario/index.ts";
import { useDocument } from "../store/document.ts";

/** The same for whoever asks once. */
export function shownNow(): Scenario {
  const { scenario, restrictions } = useDocument.getState();
  return restrictions?.veil(scenario) ?? scenario;
}

/** The document as it may be seen: settings that a lesson hides stand at their defaults, so that no face, label or name tells them. */
export function useShown(): Scenario {
  const scenario = useDocument((s) => s.scenario);
  const veil = useDocument((s) => s.restrictions?.veil);
  return useMemo(() => veil?.(scenario) ?? scenario, [scenario, veil]);
}
