/** Virtual time: an integer number of microseconds since the start of the run, held in a double (exact for 285 years). */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
/** Later than every event. */
export const FOREVER: Micros = Number.POSITIVE_INFINITY;

/** @param ms milliseconds, fractions allowed @returns whole µs, halves rounded up */
export const fromMs = (ms: number): Micros => Math.round(ms * 1000);

export const toMs = (time: Micros): number => time / 1000;

export const seconds = (n: number): Micros => Math.round(n * SECOND);
