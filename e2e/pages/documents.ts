/** Settings of the parts of a line; what is not said is the schema's default. */
export interface LineSettings {
  shop: Record<string, unknown>;
  orders?: Record<string, unknown>;
  worker: Record<string, unknown>;
  /** Of the two edges, ms. */
  latency?: { in: number; out: number };
}

/** The smallest document that does something: a producer "shop", a queue "orders", a consumer "worker", joined by the edges "in" and "out". */
export const line = (title: string, { shop, orders = {}, worker, latency }: LineSettings) => ({
  v: 1,
  meta: { title: { en: title, zh: title } },
  seed: 1,
  nodes: [
    { id: "shop", kind: "producer", name: "shop", x: 0, y: 0, settings: shop },
    { id: "orders", kind: "queue", name: "orders", x: 25, y: 0, settings: orders },
    { id: "worker", kind: "consumer", name: "worker", x: 50, y: 0, settings: worker },
  ],
  edges: [
    { id: "in", kind: "publish", from: "shop", to: "orders", settings: latency ? { latency: latency.in } : {} },
    { id: "out", kind: "consume", from: "orders", to: "worker", settings: latency ? { latency: latency.out } : {} },
  ],
  timeline: [],
  alerts: [],
});

/** One server at random, fifty a second at most. @param rate arrivals a second, at random as well */
export const station = (rate: number) =>
  line("One station", {
    shop: { rate, arrival: "exponential" },
    worker: { prefetch: 1, service: { d: "exponential", mean: 20 } },
    latency: { in: 0, out: 0 },
  });
