/** Parts of a run around the broker: what stands on both sides of a product's model. */
export const RUN_AREAS = ["general", "producer", "consumer", "link"] as const;
export type RunArea = (typeof RUN_AREAS)[number];

interface Said {
  readonly id: string;
  readonly area: RunArea;
}

/** What a run does besides the product's own rules. The words are the page's (`about.run.features.<id>`). */
export const RUN_FEATURES = [
  { id: "events", area: "general" },
  { id: "ledger", area: "general" },
  { id: "same-run", area: "general" },
  { id: "publishers", area: "producer" },
  { id: "traffic", area: "producer" },
  { id: "consumers", area: "consumer" },
  { id: "services", area: "consumer" },
  { id: "links", area: "link" },
] as const satisfies readonly Said[];

/** What a run leaves out or scales (`about.run.simplifications.<id>`). */
export const RUN_SIMPLIFICATIONS = [
  { id: "relations", area: "general" },
  { id: "equal-instances", area: "producer" },
  { id: "connecting", area: "producer" },
  { id: "body-sizes", area: "producer" },
  { id: "work-time", area: "consumer" },
  { id: "drawn-failures", area: "consumer" },
  { id: "recovery", area: "consumer" },
  { id: "own-lines", area: "link" },
  { id: "slow-links", area: "link" },
] as const satisfies readonly Said[];
