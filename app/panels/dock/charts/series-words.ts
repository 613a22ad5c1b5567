import type { Words } from "../../../text/index.ts";
import { metricWords } from "../alerts/metric-words.ts";
import type { SeriesSpec } from "./chart-set.ts";
import { metricName, partOf } from "./metric-format.ts";

/** What a line is called in its legend. */
export function seriesName({ label }: SeriesSpec, words: Words): string {
  if ("part" in label) return words.t(`metrics.parts.${label.part}`);
  if (!("metric" in label)) return label.name;
  const { metric, kind } = label;
  if (!("name" in label)) return metricName(metric, kind, words);
  // On a chart of rates every line is one: only what else it is has to be said.
  const what = partOf(metric) === "rate" ? metricName(metric, kind, words) : metricWords(metric, kind, words);
  return words.t("metrics.panel.named", { name: label.name, what });
}
