import { describe, expect, it } from "vitest";
import { DisplayClock } from "./display-clock.ts";

/** Frames every 33 ms and drawings every 16 ms at a speed of 1, from `start` real ms on. */
function run(clock: DisplayClock, { start = 1000, ms, speed = 1 }: { start?: number; ms: number; speed?: number }) {
  const drawn: number[] = [];
  for (let at = start; at <= start + ms; at++) {
    if ((at - start) % 33 === 0) clock.hear((at - start) * 1000 * speed, true, at);
    if ((at - start) % 16 === 0) drawn.push(clock.draw(at));
  }
  return drawn;
}

describe("the clock that is drawn", () => {
  it("runs evenly at the pace of the run, about a frame behind", () => {
    const drawn = run(new DisplayClock(), { ms: 2000 });
    const steps = drawn.slice(60).map((time, i, all) => (i === 0 ? 16_000 : time - (all[i - 1] as number)));
    for (const step of steps) expect(step).toBeGreaterThan(12_000);
    for (const step of steps) expect(step).toBeLessThan(20_000);
    expect(drawn.at(-1)).toBeGreaterThan(1_900_000);
    expect(drawn.at(-1)).toBeLessThan(2_000_000);
  });

  it("never shows a time that no frame has reported, and never goes back by itself", () => {
    const clock = new DisplayClock();
    let latest = 0;
    let before = 0;
    // Uneven: frames come in pairs.
    for (let at = 1000; at < 3000; at += 8) {
      if ((at / 8) % 8 < 2) {
        latest = (at - 1000) * 1000;
        clock.hear(latest, true, at);
      }
      const time = clock.draw(at);
      expect(time).toBeLessThanOrEqual(latest);
      expect(time).toBeGreaterThanOrEqual(before);
      before = time;
    }
  });

  it("takes two frames in one moment for what they are, not for a burst of speed", () => {
    const clock = new DisplayClock();
    run(clock, { ms: 1000 });
    clock.hear(1_010_000, true, 2010);
    clock.hear(1_043_000, true, 2010.05);
    expect(clock.pace).toBeGreaterThan(800);
    expect(clock.pace).toBeLessThan(1300);
  });

  it("stands at the run's own time when paused, and goes back with a restart", () => {
    const clock = new DisplayClock();
    run(clock, { ms: 500 });
    clock.hear(512_000, false, 1520);
    expect(clock.draw(1530)).toBe(512_000);
    expect(clock.pace).toBe(0);
    clock.hear(0, false, 1600);
    expect(clock.draw(1616)).toBe(0);
  });

  it("jumps to the newest time after the tab was away", () => {
    const clock = new DisplayClock();
    run(clock, { ms: 500 });
    clock.hear(60_000_000, true, 61_000);
    expect(clock.draw(61_010)).toBe(60_000_000);
  });
});
