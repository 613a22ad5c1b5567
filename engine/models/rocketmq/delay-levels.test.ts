import { describe, expect, it } from "vitest";
import { DEFAULT_DELAY_LEVELS, delayOfLevel, parseDelayLevels, retriesMax, verdictOnFailure } from "./delay-levels.ts";

const delays = parseDelayLevels(DEFAULT_DELAY_LEVELS) as readonly number[];

describe("delay levels", () => {
  it("are read in seconds, minutes, hours and days", () => {
    expect(parseDelayLevels(" 1s 2m  3h 4d ")).toEqual([1_000, 120_000, 10_800_000, 345_600_000]);
    expect(delays).toHaveLength(18);
  });

  it.each(["", "1", "s", "1s 2x", "1.5s"])("are not read from %j", (setting) => {
    expect(parseDelayLevels(setting)).toBeNull();
  });

  it("end with the last one for all above", () => {
    expect([0, 1, 18, 99].map((level) => delayOfLevel(delays, level))).toEqual([0, 1_000, 7_200_000, 7_200_000]);
  });
});

describe("a failed message", () => {
  it("comes back sixteen times within 4 h 45 min 40 s by default, then it is dead", () => {
    let total = 0;
    let times = 0;
    for (; ; times++) {
      const verdict = verdictOnFailure(times, retriesMax(-1), 0);
      if (verdict.isDead) break;
      total += delayOfLevel(delays, verdict.level);
    }
    expect(times).toBe(16);
    expect(total).toBe(((4 * 60 + 45) * 60 + 40) * 1_000);
  });

  it("takes the level that the listener asks for, or dies at once below 0", () => {
    expect(verdictOnFailure(5, 16, 2)).toEqual({ isDead: false, level: 2 });
    expect(verdictOnFailure(0, 16, -1)).toEqual({ isDead: true });
    expect(verdictOnFailure(0, 0, 0)).toEqual({ isDead: true });
  });
});
