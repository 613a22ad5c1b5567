import { baseOf, partOf } from "../../engine/metrics/vocabulary.ts";

/** A language's texts, as far as metrics need them. */
export interface Look {
  find: (key: string) => string | undefined;
}

/** Kinds that are measured as another is, apart from what they have of their own. */
const AS: Readonly<Record<string, string>> = {
  service: "consumer",
  list: "queue",
  redis: "broker",
  cluster: "broker",
  brokerSet: "broker",
};

/** A metric's name without its part, in words. @param kind the node's: a producer's Publish is another thing than a queue's @returns undefined for what has no word */
export function labelOf(metric: string, kind: string, { find }: Look): string | undefined {
  const base = baseOf(metric);
  return find(`metrics.of.${kind}.${base}`) ?? find(`metrics.names.${base}`);
}

/** A metric in full: its name, the reason or the group it counts, its part. "End-to-end delay · p95" */
export function metricInFull(metric: string, kind: string, look: Look): string {
  const name = labelOf(metric, kind, look) ?? metric;
  const reason = /\[(.+)\]/.exec(metric)?.[1];
  const what = reason === undefined ? name : `${name}: ${look.find(`events.reasons.${reason}`) ?? reason}`;
  const part = partOf(metric);
  return part === "" ? what : `${what} · ${look.find(`metrics.parts.${part}`) ?? part}`;
}

/** The text that says what a metric counts or measures. @param kind the node's; `edge`, `system` @returns undefined for what is no metric of the kind */
export function meaningOf(metric: string, kind: string, { find }: Look): string | undefined {
  const base = baseOf(metric);
  return find(`measures.${kind}.${base}`) ?? find(`measures.${AS[kind]}.${base}`);
}
