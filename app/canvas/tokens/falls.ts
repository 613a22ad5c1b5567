import { absolutePosition, type Scenario } from "../../../engine/scenario/index.ts";
import { engine, frames } from "../../bridge/index.ts";
import { useRun } from "../../store/run.ts";
import { drawnOf, standIn } from "../drawing.ts";
import { sizeOf } from "../flow-model.ts";
import { GRID } from "../geometry.ts";
import type { Fall } from "./draw.ts";

/** Figures that grow when a node lets messages go for good. */
const GONE: Record<string, readonly string[]> = {
  queue: ["expired.total", "discarded.total"],
  exchange: ["unroutable.total"],
  producer: ["failed.total", "denied.total"],
};
/** At most one a node a second, then "×n" (product.md §4.7). */
const EVERY_MS = 1000;
const EVENTS_LOOKED_AT = 40;

/** Messages that fall off their node with the reason beside them. */
export class Falls {
  list: Fall[] = [];
  readonly #words: (reason: string, count: number) => string;
  readonly #seen = new Map<string, number>();
  readonly #lastAt = new Map<string, number>();

  constructor(words: (reason: string, count: number) => string) {
    this.#words = words;
  }

  clear(): void {
    this.list = [];
    this.#seen.clear();
    this.#lastAt.clear();
  }

  retire(now: number, stay: number): void {
    if (this.list.length > 0) this.list = this.list.filter((fall) => now - fall.since < stay);
  }

  look(scenario: Scenario, now: number): void {
    for (const node of scenario.nodes) {
      const metrics = Object.hasOwn(GONE, node.kind) ? GONE[node.kind] : undefined;
      if (!metrics) continue;
      const total = metrics.reduce((sum, name) => sum + (frames.metric(node.id, name) || 0), 0);
      const before = this.#seen.get(node.id);
      if (before === undefined || total <= before) {
        this.#seen.set(node.id, total);
        continue;
      }
      if (now - (this.#lastAt.get(node.id) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) continue;
      this.#seen.set(node.id, total);
      this.#lastAt.set(node.id, now);
      // What is out of sight lets them fall off the frame that it is folded into.
      const drawn = drawnOf(scenario);
      const from = drawn.nodes.find(({ id }) => id === standIn(node.id)) ?? node;
      const { x, y } = absolutePosition(drawn, from);
      const { w, h } = sizeOf(from);
      void this.#fall(node.id, total - before, { x: (x + w / 2) * GRID, y: (y + h) * GRID + 6 }, now);
    }
  }

  /** Counters say how many; the newest event of the node says why. */
  async #fall(id: string, count: number, at: { x: number; y: number }, now: number): Promise<void> {
    const { lastEvent } = useRun.getState();
    const after = Math.max(0, lastEvent - EVENTS_LOOKED_AT * 4);
    const events = await engine.events({ after, limit: EVENTS_LOOKED_AT * 4, node: id }).catch(() => []);
    const reason = events.findLast((event) => event.reason !== undefined)?.reason ?? "gone";
    this.list.push({ ...at, since: Math.max(now, performance.now()), words: this.#words(reason, count) });
  }
}
