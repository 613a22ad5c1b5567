import type { Scenario, ScenarioEdge, ScenarioNode, Settings } from "../scenario/types.ts";

/** Short words for scenarios in tests: `draw().producer("p", {…}).queue("q").publish("p", "q").scenario()`. Links take no time unless a test says so. */
export class Drawing {
  private nodes: ScenarioNode[] = [];
  private edges: ScenarioEdge[] = [];
  private timeline: Scenario["timeline"] = [];

  node(kind: string, id: string, settings: Settings = {}, parent?: string): this {
    this.nodes.push({ id, kind, name: id, x: this.nodes.length, y: 0, settings, ...(parent && { parent }) });
    return this;
  }
  producer(id: string, settings: Settings = {}): this {
    return this.node("producer", id, settings);
  }
  consumer(id: string, settings: Settings = {}): this {
    return this.node("consumer", id, settings);
  }
  service(id: string, settings: Settings = {}): this {
    return this.node("service", id, settings);
  }
  queue(id: string, settings: Settings = {}): this {
    return this.node("queue", id, settings);
  }
  exchange(id: string, settings: Settings = {}): this {
    return this.node("exchange", id, settings);
  }
  edge(kind: string, from: string, to: string, settings: Settings = {}): this {
    const id = `${from}-${to}-${this.edges.length}`;
    this.edges.push({ id, kind, from, to, settings: { latency: 0, ...settings } });
    return this;
  }
  publish(from: string, to: string, settings: Settings = {}): this {
    return this.edge("publish", from, to, settings);
  }
  bind(from: string, to: string, settings: Settings = {}): this {
    return this.edge("binding", from, to, settings);
  }
  consume(from: string, to: string, settings: Settings = {}): this {
    return this.edge("consume", from, to, settings);
  }
  deadLetter(from: string, to: string, settings: Settings = {}): this {
    return this.edge("deadLetter", from, to, settings);
  }
  at(t: number, operation: string, target: string, undoAt?: number): this {
    this.timeline.push({ t, do: operation, target, ...(undoAt !== undefined && { undoAt }) });
    return this;
  }
  scenario(seed = 1): Scenario {
    return {
      v: 1,
      meta: { title: "test" },
      seed,
      nodes: structuredCopy(this.nodes),
      edges: structuredCopy(this.edges),
      timeline: structuredCopy(this.timeline),
      alerts: [],
    };
  }
}

export const draw = (): Drawing => new Drawing();

const structuredCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
