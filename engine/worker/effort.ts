import type { Micros } from "../kernel/time.ts";
import type { Recording } from "../run/recording.ts";
import type { GoesOn } from "../run/sprints.ts";

/** Events between two looks at the clock, at least and at most: as many as take about half a millisecond. No more, for when work of another kind begins, an event takes many times as long until the code for it is optimised. */
const CHUNK_MIN = 1;
const CHUNK_FIRST = 1;
const CHUNK_MAX = 256;
const CHUNK_MS = 0.5;

/** Advances a run by so little at once that somebody with a clock can stop in time, and knows what it costs. */
export class Effort {
  private readonly now: () => number;
  private chunk = CHUNK_FIRST;
  /** Of all work so far. */
  private ms = 0;
  private micros = 0;

  /** @param now real ms */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Real ms that a virtual µs has taken on average, to tell how long a way would take; 0 = not known. */
  get costPerMicro(): number {
    return this.micros > 0 ? this.ms / this.micros : 0;
  }

  /** A chunk of events, and everyday ones beyond it while `goesOn`, or a stretch of a sample. @returns whether `until` is reached, or an alert asks for a pause */
  advance(recording: Recording, until: Micros, goesOn: GoesOn = null): boolean {
    const before = this.now();
    const from = recording.now;
    const performed = recording.advance(until, this.chunk, goesOn);
    const isReached = performed < this.chunk && !recording.owesSnapshot && !recording.run.isSampling;
    const passed = this.now() - before;
    this.ms += passed;
    this.micros += recording.now - from;
    // An event can stand for a microsecond of work, or for seconds of samples: the chunk follows. What stopped before its end says nothing of how long a larger one would take.
    if (performed > this.chunk) return isReached;
    if (passed > CHUNK_MS) this.chunk = Math.max(CHUNK_MIN, this.chunk >> 1);
    else if (performed === this.chunk) this.chunk = Math.min(CHUNK_MAX, this.chunk * 2);
    return isReached;
  }
}
