import type {
  AlertRule,
  Scenario,
  ScenarioEdge,
  ScenarioNode,
  Settings,
  Text,
  TimelineEntry,
} from "../engine/scenario/index.ts";

type Place = readonly [x: number, y: number];

/**
 * Short words for a drawn scenario. What the catalogue takes for granted unless a row says otherwise: 5 ms on links that publish, none on others (so that the
 * arithmetic is exact), prefetch 1, seed 1.
 */
export class Picture {
  private readonly nodes: ScenarioNode[] = [];
  private readonly edges: ScenarioEdge[] = [];
  private readonly timeline: TimelineEntry[] = [];
  private readonly alerts: AlertRule[] = [];
  private readonly meta: Scenario["meta"];
  private parent: string | undefined;

  constructor(id: string, title: Text, about: Text) {
    this.meta = { id, title, about };
  }

  /** @param at top left corner in grid steps of 16 px, relative to the parent frame when there is one @param rest size, parent … */
  node(
    kind: string,
    id: string,
    name: string,
    at: Place,
    settings: Settings = {},
    rest: Partial<ScenarioNode> = {},
  ): this {
    const given = Object.keys(settings).length > 0 && { settings };
    const inside = this.parent !== undefined && { parent: this.parent };
    this.nodes.push({ id, kind, name, x: at[0], y: at[1], ...given, ...inside, ...rest });
    return this;
  }
  /** What follows stands in this frame, its place counted from the frame's corner (the heading takes the first two steps); without a frame, on the canvas again. */
  within(frame?: string): this {
    this.parent = frame;
    return this;
  }
  producer(id: string, name: string, at: Place, settings: Settings = {}, rest?: Partial<ScenarioNode>): this {
    return this.node("producer", id, name, at, settings, rest);
  }
  consumer(id: string, name: string, at: Place, settings: Settings = {}, rest?: Partial<ScenarioNode>): this {
    return this.node("consumer", id, name, at, { prefetch: 1, ...settings }, rest);
  }
  service(id: string, name: string, at: Place, settings: Settings = {}, rest?: Partial<ScenarioNode>): this {
    return this.node("service", id, name, at, { prefetch: 1, ...settings }, rest);
  }
  queue(id: string, name: string, at: Place, settings: Settings = {}, rest?: Partial<ScenarioNode>): this {
    return this.node("queue", id, name, at, settings, rest);
  }
  exchange(id: string, name: string, at: Place, settings: Settings = {}, rest?: Partial<ScenarioNode>): this {
    return this.node("exchange", id, name, at, settings, rest);
  }
  broker(id: string, name: string, at: Place, size: readonly [w: number, h: number], settings: Settings = {}): this {
    return this.node("broker", id, name, at, settings, { w: size[0], h: size[1] });
  }
  /** A ZeroMQ socket with its program; it is called after its id. */
  socket(id: string, type: string, at: Place, settings: Settings = {}): this {
    return this.node("socket", id, id, at, { type, ...settings });
  }
  /** A plain frame around a lane, with its heading. */
  frame(id: string, name: string, at: Place, size: readonly [w: number, h: number], title: Text): this {
    return this.node("frame", id, name, at, { title: { ...title } }, { w: size[0], h: size[1] });
  }
  note(id: string, at: Place, size: readonly [w: number, h: number], text: Text): this {
    return this.node("note", id, id, at, { text: { ...text } }, { w: size[0], h: size[1] });
  }

  edge(kind: string, from: string, to: string, settings: Settings): this {
    const same = this.edges.filter((edge) => edge.from === from && edge.to === to).length;
    this.edges.push({ id: `${from}-${to}${same > 0 ? `-${same + 1}` : ""}`, kind, from, to, settings });
    return this;
  }
  publish(from: string, to: string, settings: Settings = {}): this {
    return this.edge("publish", from, to, { latency: 5, ...settings });
  }
  bind(from: string, to: string, settings: Settings = {}): this {
    return this.edge("binding", from, to, { latency: 0, ...settings });
  }
  consume(from: string, to: string, settings: Settings = {}): this {
    return this.edge("consume", from, to, { latency: 0, ...settings });
  }
  deadLetter(from: string, to: string, settings: Settings = {}): this {
    return this.edge("deadLetter", from, to, { latency: 0, ...settings });
  }
  alternate(from: string, to: string, settings: Settings = {}): this {
    return this.edge("alternate", from, to, { latency: 0, ...settings });
  }

  /** Two sockets that talk to each other; the first makes the messages. */
  pipe(from: string, to: string, settings: Settings = {}): this {
    return this.edge("pipe", from, to, { latency: 0, ...settings });
  }

  /** A scripted operation. @param seconds virtual time @param undo virtual time at which it is taken back, s */
  at(seconds: number, operation: string, target: string, args?: Settings, undo?: number): this {
    this.timeline.push({
      t: seconds * 1000,
      do: operation,
      target,
      ...(args && { args }),
      ...(undo !== undefined && { undoAt: undo * 1000 }),
    });
    return this;
  }

  alert(rule: AlertRule): this {
    this.alerts.push(rule);
    return this;
  }

  scenario(seed = 1): Scenario {
    const { meta, nodes, edges, timeline, alerts } = this;
    return { v: 1, meta, seed, nodes, edges, timeline, alerts };
  }
}

/** @param id the row of the catalogue */
export const picture = (id: string, title: Text, about: Text): Picture => new Picture(id, title, about);
