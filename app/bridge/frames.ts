import type { Frame, FrameLayout } from "../../engine/worker/protocol.ts";

type Listener = (frame: Frame) => void;

/** Where a target's metrics stand, looked up once per layout. */
interface Place {
  offset: number;
  index: ReadonlyMap<string, number>;
}

/**
 * The newest frame, outside React: thirty a second come and nobody wants thirty renders. Readers ask for single figures, or subscribe and write to the DOM themselves.
 */
export class FrameStore {
  latest: Frame | null = null;
  /** Figures that nobody may see now (a lesson hides them): `target.metric`. */
  isMasked: (target: string, name: string) => boolean = () => false;
  layout: FrameLayout | null = null;
  readonly #listeners = new Set<Listener>();
  readonly #layoutListeners = new Set<() => void>();
  #places = new Map<string, Place>();
  #edges = new Map<string, number>();

  /** Called with each frame as it arrives. @returns the way out */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when the offsets have changed; frames of the old layout are gone by then. */
  onLayout(listener: () => void): () => void {
    this.#layoutListeners.add(listener);
    return () => this.#layoutListeners.delete(listener);
  }

  /**
   * One figure of the newest frame: product.md §5 names, times in µs, rates per virtual second.
   * @param target id of a node or edge, or `system` @returns NaN while it is not known
   */
  metric(target: string, name: string): number {
    return this.isMasked(target, name) ? Number.NaN : this.read(target, name);
  }

  /** The same, masked or not. */
  read(target: string, name: string): number {
    const place = this.#places.get(target);
    const index = place?.index.get(name);
    if (place === undefined || index === undefined || this.latest === null) return Number.NaN;
    return this.latest.values[place.offset + index] ?? Number.NaN;
  }

  /** Names of the figures that a target has; none while it is not part of the run. */
  metrics(target: string): readonly string[] {
    return [...(this.#places.get(target)?.index.keys() ?? [])];
  }

  /** Where an edge stands in the layout, as tokens name it; −1 for none. */
  edgeIndex(id: string): number {
    return this.#edges.get(id) ?? -1;
  }

  setLayout(layout: FrameLayout): void {
    this.layout = layout;
    this.latest = null;
    const indexes = new Map<string, ReadonlyMap<string, number>>();
    const place = ({ offset, metrics }: { offset: number; metrics: string[] }): Place => {
      const name = metrics.join(" ");
      let index = indexes.get(name);
      if (!index) {
        index = new Map(metrics.map((metric, i) => [metric, i]));
        indexes.set(name, index);
      }
      return { offset, index };
    };
    this.#places = new Map([...layout.nodes, ...layout.edges].map((target) => [target.id, place(target)]));
    this.#places.set("system", place(layout.system));
    this.#edges = new Map(layout.edges.map((edge, i) => [edge.id, i]));
    for (const listener of this.#layoutListeners) listener();
  }

  receive(frame: Frame): void {
    if (frame.revision !== this.layout?.revision) return;
    this.latest = frame;
    for (const listener of this.#listeners) listener(frame);
  }

  clear(): void {
    this.latest = null;
    this.layout = null;
    this.#places = new Map();
    this.#edges = new Map();
    for (const listener of this.#layoutListeners) listener();
  }
}
