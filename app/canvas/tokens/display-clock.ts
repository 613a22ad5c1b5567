/** Most real ms that one drawn frame may make up for; after a longer gap the clock jumps. */
const GAP_MS = 500;
/** Real ms in which a difference to where the clock should be melts away. */
const MELT_MS = 150;
const FRAME_MS = 33;
/** The pace is measured over at least this long, and at most twice this: single frames come too unevenly. */
const MEASURE_MS = 200;

/**
 * The virtual time that is drawn. Frames come thirty times a second and unevenly; the screen draws sixty. The clock runs one frame behind the newest, so that it walks
 * between two known times and never shows what has not happened.
 */
export class DisplayClock {
  /** Virtual µs. */
  time = 0;
  #latest = 0;
  #latestAt = 0;
  #pace = 0;
  #interval = FRAME_MS;
  #isRunning = false;
  #drawnAt = 0;
  /** Where the measurement of the pace starts, and where the next one will. */
  #base = { time: 0, at: 0 };
  #nextBase = { time: 0, at: 0 };

  /** A frame has come. @param time virtual µs @param now real ms */
  hear(time: number, isRunning: boolean, now: number): void {
    const passed = now - this.#latestAt;
    const isSteady = isRunning && this.#isRunning && passed < GAP_MS && time >= this.#latest;
    if (isSteady) {
      if (now - this.#nextBase.at >= MEASURE_MS) {
        this.#base = this.#nextBase;
        this.#nextBase = { time, at: now };
      }
      if (now > this.#base.at) this.#pace = (time - this.#base.time) / (now - this.#base.at);
      this.#interval += (passed - this.#interval) * 0.1;
    } else {
      this.#pace = 0;
      this.#base = { time, at: now };
      this.#nextBase = this.#base;
    }
    const isBack = time < this.#latest;
    this.#latest = time;
    this.#latestAt = now;
    this.#isRunning = isRunning;
    if (isBack || !isRunning) this.time = time;
  }

  /** Moves on to what is to be drawn now. @returns virtual µs */
  draw(now: number): number {
    const passed = now - this.#drawnAt;
    this.#drawnAt = now;
    if (!this.#isRunning || passed > GAP_MS || now - this.#latestAt > GAP_MS) {
      this.time = this.#latest;
      return this.time;
    }
    const wanted = this.#latest + (now - this.#latestAt - this.#interval) * this.#pace;
    const next = this.time + passed * this.#pace;
    const melted = next + (wanted - next) * Math.min(1, passed / MELT_MS);
    const isFar = Math.abs(wanted - melted) > GAP_MS * this.#pace;
    this.time = Math.min(this.#latest, isFar ? wanted : Math.max(this.time, melted));
    return this.time;
  }

  /** Virtual µs per real ms right now; 0 while it stands or nothing is known yet. */
  get pace(): number {
    return this.#pace;
  }
}
