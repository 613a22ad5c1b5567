import type { Run, Scenario } from "../engine/index.ts";

type Layout = ReturnType<Run["layout"]>;

/** What a run has done, read from its own metrics: the same numbers that the screen shows. */
export interface Figures {
  /** Published by the producers. */
  messages: number;
  /** Passages along an edge (publish, binding, dead letter, delivery), and the consumers' answers: acknowledged or rejected. */
  hops: number;
}

/** @param values a frame's values, or `Run.read()` */
export function figuresOf(scenario: Scenario, layout: Layout, values: ArrayLike<number>): Figures {
  const kinds = new Map(scenario.nodes.map(({ id, kind }) => [id, kind]));
  const sum = (places: Layout["nodes"], metric: string): number =>
    places.reduce((total, { offset, metrics }) => {
      const at = metrics.indexOf(metric);
      return at < 0 ? total : total + (values[offset + at] as number);
    }, 0);
  const of = (kind: string) => layout.nodes.filter(({ id }) => kinds.get(id) === kind);
  const takers = [...of("consumer"), ...of("service")];
  return {
    messages: sum(of("producer"), "publish.total"),
    hops: sum(layout.edges, "messages.total") + sum(takers, "processed.total") + sum(takers, "errors.total"),
  };
}

/** Middle value; of an even number the lower of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}
