const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** RocketMQ's own eighteen levels. */
export const DEFAULT_DELAY_LEVELS = "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h";

/**
 * Reads a broker's setting messageDelayLevel.
 * @returns the delays in ms, that of level 1 first; null if a part is not a whole number with s, m, h or d
 */
export function parseDelayLevels(setting: string): readonly number[] | null {
  const delays = setting
    .trim()
    .split(/ +/)
    .map((part) => {
      const unit = UNIT_MS[part.slice(-1)];
      return unit !== undefined && /^\d+.$/.test(part) ? Number(part.slice(0, -1)) * unit : null;
    });
  return delays.every((delay) => delay !== null) ? delays : null;
}

/** The delay of a level, ms: none for level 0; the last one for a level above all (rocketmq/delay/clamp). */
export const delayOfLevel = (delays: readonly number[], level: number): number =>
  level <= 0 ? 0 : (delays[Math.min(level, delays.length) - 1] ?? 0);

/** Where a message goes that a listener could not process: to the dead letters, or into the retry topic after a delay level. */
export type FailureVerdict = { readonly isDead: true } | { readonly isDead: false; readonly level: number };

const FIRST_RETRY_LEVEL = 3;
const RETRIES_MAX_DEFAULT = 16;

/** How often a concurrent consumer lets a message be retried: 16 times if it says nothing (−1). It always tells the broker, so the group's own limit never counts (rocketmq/retry/group-max). */
export const retriesMax = (maxReconsumeTimes: number): number =>
  maxReconsumeTimes === -1 ? RETRIES_MAX_DEFAULT : maxReconsumeTimes;

/**
 * What becomes of a failed message in concurrent consumption.
 * @param times how often it has been retried already
 * @param retries the limit, see {@link retriesMax}
 * @param chosen the level that the listener asked for: 0 = one more with every retry, from level 3 on; below 0 = dead at once
 */
export function verdictOnFailure(times: number, retries: number, chosen: number): FailureVerdict {
  if (chosen < 0 || times >= retries) return { isDead: true };
  return { isDead: false, level: chosen === 0 ? FIRST_RETRY_LEVEL + times : chosen };
}
