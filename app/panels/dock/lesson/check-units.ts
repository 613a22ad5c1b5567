import { unitOf } from "../charts/metric-format.ts";

/** Checks count times in ms and shares from 0 to 1; a person writes seconds and per cent. */
const FACTORS: Readonly<Record<string, number>> = { time: 1000, share: 0.01 };

const factorOf = (metric: string): number => FACTORS[unitOf(metric)] ?? 1;

/** Without what binary fractions add in the last places. */
const exact = (value: number): number => Number(value.toPrecision(12));

/** A figure that a person wrote, as checks count it. */
export const asCounted = (written: number, metric: string): number => exact(written * factorOf(metric));

/** A figure of a check as a person writes it. */
export const asWritten = (counted: number, metric: string): number => exact(counted / factorOf(metric));
