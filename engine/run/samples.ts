import type { Micros } from "../kernel/time.ts";
import type { FrameLayout } from "../worker/protocol.ts";
import type { Alerts } from "./alerts.ts";
import type { Core } from "./core.ts";
import type { Figures } from "./figures.ts";
import { History, type LevelSlot } from "./history.ts";
import { Sums } from "./sums.ts";
import type { Topology } from "./topology.ts";
import { LEVEL_METRICS, METRIC_NAMES, type MeteredKind } from "./vocabulary.ts";

/** Nodes and edges that are read at a stretch: some 15 µs of work, and while the code is not optimised yet up to a millisecond. */
const READ_AT_ONCE = 16;

/** Where a sample stands that is taken in stretches: figures are read, then the history thins out, then sums are drawn up. */
type Stage = "none" | "reading" | "thinning";

/**
 * What looks at a run while virtual time passes: meters, alerts, chart history and sums take their samples, each at its time, before anything happens then. In a large drawing a
 * sample takes milliseconds; whoever drives the run may have it taken in stretches. Nobody sees one half done: who asks for what a sample changes has the rest of it done first.
 */
export class Samples {
  /** Events before this time need no look at the samples. */
  next: Micros = 0;
  private readonly core: Core;
  private readonly topology: Topology;
  private readonly alerts: Alerts;
  private readonly figures: Figures;
  private readonly past: History = new History();
  private readonly summed: Sums = new Sums();
  private stage: Stage = "none";
  /** How far time is to pass, of the sample being taken. */
  private to: Micros = 0;

  constructor(state: { core: Core; topology: Topology; alerts: Alerts }, figures: Figures) {
    this.core = state.core;
    this.topology = state.topology;
    this.alerts = state.alerts;
    this.figures = figures;
  }

  get history(): History {
    this.finish();
    return this.past;
  }

  get sums(): Sums {
    this.finish();
    return this.summed;
  }

  /** A sample has been begun and not all of it is taken: virtual time stands at it meanwhile. */
  get isBetween(): boolean {
    return this.stage !== "none";
  }

  /** The run has been taken to another time. */
  moved(): void {
    this.past.moved();
    this.next = 0;
  }

  /**
   * Virtual time moves to `to` without an event: samples are taken on the way.
   * @param isDivided stops within a large sample; `goOn` until that is done, then the same once more
   * @returns whether time has passed
   */
  pass(to: Micros, isDivided: boolean): boolean {
    this.finish();
    const { past, core, alerts, figures } = this;
    const { meters } = core;
    meters.collectLevels();
    if (past.next !== Number.POSITIVE_INFINITY) {
      past.watch(figures.layout(), this.levelsOf);
      if (to >= past.nextGlance) past.glance(to, meters);
    }
    while (meters.nextSample <= to) {
      core.now = meters.nextSample;
      past.note(core.now, meters);
      meters.sample();
      if (core.now >= alerts.next) alerts.look(core, this.topology, figures.readings);
      this.to = to;
      if (core.now < past.next) this.end();
      else {
        figures.begin(false);
        this.stage = "reading";
        if (!this.goOn()) {
          if (isDivided) return false;
          this.finish();
        }
      }
    }
    this.next =
      past.next === Number.POSITIVE_INFINITY ? meters.nextSample : Math.min(meters.nextSample, past.nextGlance);
    return true;
  }

  /** Between here and `to` nothing is due but a look at the levels. */
  isGlance(to: Micros): boolean {
    const { meters } = this.core;
    return (
      to < meters.nextSample &&
      this.stage === "none" &&
      this.past.next !== Number.POSITIVE_INFINITY &&
      to >= this.past.nextGlance
    );
  }

  glance(to: Micros): void {
    const { past, core } = this;
    core.meters.collectLevels();
    past.watch(this.figures.layout(), this.levelsOf);
    past.glance(to, core.meters);
    this.next = Math.min(core.meters.nextSample, past.nextGlance);
  }

  /** The next stretch of a sample. @returns whether it is taken */
  goOn(): boolean {
    const { past, core } = this;
    if (this.stage === "reading") {
      const values = this.figures.readSome(READ_AT_ONCE, false);
      if (values === null) return false;
      past.add(core.now, values);
      this.stage = "thinning";
      if (past.isThinning) return false;
    }
    if (this.stage === "thinning") {
      if (!past.thinSome()) return false;
      this.stage = "none";
      this.end();
    }
    return true;
  }

  /** The rest of a sample, all at once. */
  finish(): void {
    while (!this.goOn());
  }

  private end(): void {
    const { core, summed } = this;
    if (core.now >= summed.next) summed.add(core.now, core.meters);
    // What an alert looks at can change by waiting alone, as the age of a message does.
    if (this.alerts.next === Number.POSITIVE_INFINITY) core.meters.skipIdle(this.to);
  }

  /** The levels among the figures of a layout. */
  private readonly levelsOf = ({ nodes, edges, system }: FrameLayout): LevelSlot[] => {
    const { topology, core } = this;
    const within = (kind: MeteredKind, offset: number, levels: number) =>
      LEVEL_METRICS[kind].map(
        ([metric, level, less]): LevelSlot => ({
          slot: offset + METRIC_NAMES[kind].indexOf(metric),
          level: levels + level,
          less: less < 0 ? -1 : levels + less,
        }),
      );
    const at = (place: { offset: number } | undefined) => (place as { offset: number }).offset;
    return [
      ...within("system", system.offset, core.system.levels),
      ...topology.nodes.flatMap(({ kind, slots }, i) => within(kind, at(nodes[i]), slots.levels)),
      ...topology.edges.flatMap(({ link }, i) => within("edge", at(edges[i]), link.levels)),
    ];
  };
}
