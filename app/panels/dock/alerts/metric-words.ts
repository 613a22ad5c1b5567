import type { Words } from "../../../text/index.ts";
import { metricName, partOf } from "../charts/metric-format.ts";

/** A metric in full: its name, the reason it counts, its part. "End-to-end delay · p95" */
export function metricWords(metric: string, kind: string, words: Words): string {
  const name = metricName(metric, kind, words);
  const reason = /\[(.+)\]/.exec(metric)?.[1];
  const what = reason === undefined ? name : `${name}: ${words.find(`events.reasons.${reason}`) ?? reason}`;
  const part = partOf(metric);
  return part === "" ? what : `${what} · ${words.find(`metrics.parts.${part}`) ?? part}`;
}
