/**
 * The parameters of each form a compound value can take, in a fixed order: the checkers, the link form and the clamp read them here. The discriminating name (`d`, `p`,
 * `k`, `b`) is not among them.
 */
export const DISTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["constant", ["value"]],
  ["exponential", ["mean"]],
  ["uniform", ["min", "max"]],
  ["normal", ["mean", "sd"]],
  ["lognormal", ["mean", "cv"]],
  ["erlang", ["mean", "k"]],
  ["hyperexponential", ["mean", "cv"]],
]);

export const PATTERNS: ReadonlyMap<string, readonly string[]> = new Map([
  ["steady", []],
  ["burst", ["rate", "on", "off"]],
  ["ramp", ["from", "to", "over"]],
  ["sine", ["mean", "amp", "period"]],
  ["steps", ["steps"]],
]);

export const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ["none", []],
  ["fixed", ["name"]],
  ["roundRobin", ["n"]],
  ["uniform", ["n"]],
  ["zipf", ["n", "s"]],
  ["hot", ["n", "share"]],
]);

export const BACKOFFS: ReadonlyMap<string, readonly string[]> = new Map([
  ["none", []],
  ["fixed", ["ms"]],
  ["exponential", ["base", "cap", "jitter"]],
]);

export function isPlainObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
