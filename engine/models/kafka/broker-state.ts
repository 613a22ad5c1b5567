import type { Micros } from "../../kernel/time.ts";
import type { ProduceRequest, ProducerState } from "./producer-state.ts";

/** A broker as a process, and as the controller sees it. */
export class BrokerState {
  readonly id: number;
  isUp = true;
  isPaused = false;
  /** The controller counts it as gone. */
  isFenced = false;
  /** All that it had then is on its disk, µs: from its start, or from another interval, it counts when it writes everything out. */
  flushedFrom: Micros = 0;
  /** It did not end in order: what it had not written to its disk may be missing. */
  wasKilled = false;
  /** Since when nobody has heard of it; Infinity while it answers. */
  silentSince: Micros = Number.POSITIVE_INFINITY;
  /** Requests that reached it while it stood still. */
  inbox: { producer: ProducerState; request: ProduceRequest }[] = [];

  constructor(id: number) {
    this.id = id;
  }

  /** It runs and does not stand still. */
  get isAnswering(): boolean {
    return this.isUp && !this.isPaused;
  }

  /** When it last wrote out everything. @param interval µs between two such times */
  flushedAt(interval: Micros, now: Micros): Micros {
    return this.flushedFrom + Math.floor((now - this.flushedFrom) / interval) * interval;
  }
}
