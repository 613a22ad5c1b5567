import type { DeviceStorage } from "./library.ts";

/** An earlier state of a document. */
export interface Version {
  /** When it was written, real ms since 1970. */
  at: number;
  /** The scenario as JSON. */
  text: string;
}

const PREFIX = "weir.ver.";
export const VERSIONS_MAX = 20;
/** Two versions lie at least this far apart, unless a state stood unchanged that long. */
export const VERSION_EVERY_MS = 2 * 60_000;
/** UTF-16 units that the versions of one document take together: a large drawing has fewer of them. */
const UNITS_MAX = 400_000;

/** @returns newest first */
export function listVersions(storage: DeviceStorage, id: string): Version[] {
  try {
    const kept = JSON.parse(storage.getItem(PREFIX + id) ?? "[]") as unknown;
    return Array.isArray(kept) ? kept.filter(isVersion) : [];
  } catch {
    return [];
  }
}

const isVersion = (value: Version | null): boolean =>
  typeof value === "object" && typeof value?.at === "number" && typeof value.text === "string";

/**
 * A state is about to be history: it is kept when the last version is old enough, or when it stood for a while, as the end of a sitting does.
 * Without room it is not kept: the document itself comes first.
 * @param now real ms since 1970 @param next what takes its place
 */
export function keepVersion(storage: DeviceStorage, id: string, state: Version, next: string, now: number): void {
  const versions = listVersions(storage, id);
  const last = versions[0];
  if (state.text === next || state.text === last?.text) return;
  const isTime = last === undefined || state.at - last.at >= VERSION_EVERY_MS || now - state.at >= VERSION_EVERY_MS;
  if (isTime) putVersion(storage, id, state);
}

/** Keeps a state whatever the time, because something is about to replace it whole. */
export function putVersion(storage: DeviceStorage, id: string, state: Version): void {
  const versions = [state, ...listVersions(storage, id)].slice(0, VERSIONS_MAX);
  let units = 0;
  const fitting = versions.filter(({ text }) => {
    units += text.length;
    return units <= UNITS_MAX;
  });
  if (fitting.length === 0) return;
  try {
    storage.setItem(PREFIX + id, JSON.stringify(fitting));
  } catch {
    // Full: see above.
  }
}

export const dropVersions = (storage: DeviceStorage, id: string): void => storage.removeItem(PREFIX + id);

/** Makes room: the versions of the document that has not been written for the longest time go. @returns false when there are none left */
export function freeVersions(storage: DeviceStorage): boolean {
  let oldest: { key: string; at: number } | null = null;
  for (let i = 0; i < storage.length; i++) {
    const key = storage.key(i);
    if (key === null || !key.startsWith(PREFIX)) continue;
    const at = listVersions(storage, key.slice(PREFIX.length))[0]?.at ?? 0;
    if (oldest === null || at < oldest.at) oldest = { key, at };
  }
  if (oldest !== null) storage.removeItem(oldest.key);
  return oldest !== null;
}
