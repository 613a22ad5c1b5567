import { describe, expect, it } from "vitest";
import { METERED_KINDS, type MeteredKind, metricOf } from "../../engine/metrics/vocabulary.ts";
import { CATALOGUE } from "../../scenarios/index.ts";
import { PRESETS } from "./dock/alerts/presets.ts";
import { chartsFor } from "./dock/charts/chart-set.ts";

describe("nothing else is used as a metric", () => {
  const isMetric = (kind: string, name: string) => metricOf(kind as MeteredKind, name) !== undefined;

  it("in charts", () => {
    const kinds = METERED_KINDS.filter((kind) => kind !== "system");
    const one = kinds.map((kind) => ({ kind, charts: chartsFor([{ id: "t", kind, name: "t" }]) }));
    const two = kinds.map((kind) => ({
      kind,
      charts: chartsFor(["t", "u"].map((id) => ({ id, kind, name: id }))),
    }));
    for (const { kind, charts } of [...one, ...two])
      for (const { series } of charts)
        for (const { target, metric } of series)
          expect(isMetric(target === "system" ? "system" : kind, metric), `${kind} ${metric}`).toBe(true);
  });

  it("in alerts that are offered or drawn in the catalogue", () => {
    for (const { kinds, rule } of PRESETS)
      for (const kind of kinds) expect(isMetric(kind, rule.metric), `${kind} ${rule.metric}`).toBe(true);
    for (const { scenario } of CATALOGUE)
      for (const { target, metric } of scenario.alerts) {
        const kind = target === "system" ? "system" : scenario.nodes.find(({ id }) => id === target)?.kind;
        expect(isMetric(kind ?? "", metric), `${scenario.meta.id} ${metric}`).toBe(true);
      }
  });
});
