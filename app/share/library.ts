import { type Scenario, validate } from "../../engine/scenario/index.ts";
import { dropVersions, freeVersions, keepVersion } from "./versions.ts";

/**
 * Documents kept on this device. Each has two places that are written in turn, so that a power cut while writing leaves the other one; a checksum tells which are whole.
 * The storage is handed in: it may be full, missing or shared with other tabs, and every answer says so as a value.
 */
export interface DeviceStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface StoredDocument {
  id: string;
  title: string;
  /** Real ms since 1970. */
  modified: number;
  scenario: Scenario;
}

export type StoreAnswer = "stored" | "full" | "unavailable";

interface Copy {
  /** Grows with every save; the whole copy with the larger one is the document. */
  n: number;
  sum: number;
  title: string;
  modified: number;
  text: string;
}

const PREFIX = "weir.doc.";
const PLACES = ["a", "b"] as const;
/** Marks a document as thrown away, and says when. */
const BIN = "weir.bin.";
/** What was thrown away is gone for good after this long. */
export const BIN_MS = 30 * 24 * 3600_000;
export const LEASE = "weir.lease.";
/** A tab that has not renewed its lease for this long is gone. */
export const LEASE_MS = 10_000;

const keyOf = (id: string, place: string): string => `${PREFIX}${id}.${place}`;

/** Saves over the older of the two places. What stood in the newer one becomes a version when it is time for one; versions give way when there is no room. */
export function saveDocument(
  storage: DeviceStorage,
  document: Omit<StoredDocument, "modified">,
  now: number,
): StoreAnswer {
  const { id, title } = document;
  const text = JSON.stringify(document.scenario);
  try {
    const copies = PLACES.map((place) => readCopy(storage, id, place));
    const [first, second] = copies;
    const older = first === null ? "a" : second === null ? "b" : (first?.n ?? 0) <= (second?.n ?? 0) ? "a" : "b";
    const n = Math.max(first?.n ?? 0, second?.n ?? 0) + 1;
    const copy = JSON.stringify({ n, sum: checksum(text), title, modified: now, text } satisfies Copy);
    const before = older === "a" ? second : first;
    for (;;) {
      try {
        storage.setItem(keyOf(id, older), copy);
        break;
      } catch (error) {
        if (!isFull(error) || !freeVersions(storage)) throw error;
      }
    }
    if (before) keepVersion(storage, id, { at: before.modified, text: before.text }, text, now);
    return "stored";
  } catch (error) {
    return isFull(error) ? "full" : "unavailable";
  }
}

/** The newest whole copy; null when there is none. */
export function loadDocument(storage: DeviceStorage, id: string): StoredDocument | null {
  try {
    const copies = PLACES.map((place) => readCopy(storage, id, place)).filter((copy) => copy !== null);
    copies.sort((a, b) => b.n - a.n);
    for (const copy of copies) {
      const { scenario } = validate(JSON.parse(copy.text));
      if (scenario !== null) return { id, title: copy.title, modified: copy.modified, scenario };
    }
  } catch {
    // Not readable: as if it were not there.
  }
  return null;
}

/** Whether one of the two copies is not whole: the last save was cut off, and what is shown is the state before it. */
export const isTorn = (storage: DeviceStorage, id: string): boolean =>
  PLACES.some((place) => storage.getItem(keyOf(id, place)) !== null && readCopy(storage, id, place) === null);

export type Entry = Omit<StoredDocument, "scenario">;

/** All documents but those in the bin, newest first, without their contents. */
export function listDocuments(storage: DeviceStorage): Entry[] {
  return everything(storage).filter(({ id }) => binnedAt(storage, id) === null);
}

/** What was thrown away and can still be had back, with the time it was. */
export function listBin(storage: DeviceStorage): (Entry & { binned: number })[] {
  return everything(storage)
    .map((entry) => ({ ...entry, binned: binnedAt(storage, entry.id) ?? Number.NaN }))
    .filter(({ binned }) => !Number.isNaN(binned))
    .sort((a, b) => b.binned - a.binned);
}

function everything(storage: DeviceStorage): Entry[] {
  const newest = new Map<string, Copy>();
  try {
    for (let i = 0; i < storage.length; i++) {
      const key = storage.key(i);
      if (key === null || !key.startsWith(PREFIX)) continue;
      const id = key.slice(PREFIX.length, -2);
      const copy = readCopy(storage, id, key.slice(-1));
      if (copy !== null && copy.n > (newest.get(id)?.n ?? 0)) newest.set(id, copy);
    }
  } catch {
    return [];
  }
  return [...newest]
    .map(([id, { title, modified }]) => ({ id, title, modified }))
    .sort((a, b) => b.modified - a.modified || (a.id < b.id ? -1 : 1));
}

/** Throws a document away. It stays where it is, so that this needs next to no room. @returns false when there is not even that */
export function binDocument(storage: DeviceStorage, id: string, now: number): boolean {
  try {
    storage.setItem(BIN + id, String(now));
    return true;
  } catch {
    return false;
  }
}

export const unbinDocument = (storage: DeviceStorage, id: string): void => storage.removeItem(BIN + id);

/** When it was thrown away, real ms since 1970; null when it was not. */
export function binnedAt(storage: DeviceStorage, id: string): number | null {
  const at = storage.getItem(BIN + id);
  return at === null ? null : Number(at);
}

/** Removes for good what was thrown away longer than `BIN_MS` ago. */
export function purgeBin(storage: DeviceStorage, now: number): void {
  for (const { id, binned } of listBin(storage)) if (now - binned > BIN_MS) removeDocument(storage, id);
}

/** Removes a document for good, its versions too. */
export function removeDocument(storage: DeviceStorage, id: string): void {
  for (const place of PLACES) storage.removeItem(keyOf(id, place));
  storage.removeItem(LEASE + id);
  storage.removeItem(BIN + id);
  dropVersions(storage, id);
}

/** Everything of ours on this device. */
export function clearAll(storage: DeviceStorage): void {
  const ours: string[] = [];
  for (let i = 0; i < storage.length; i++) {
    const key = storage.key(i);
    if (key?.startsWith("weir.")) ours.push(key);
  }
  for (const key of ours) storage.removeItem(key);
}

/**
 * Takes or renews the right to write a document. Two tabs with one document would overwrite each other.
 * @returns whether this tab may write; false while another tab's lease is fresh
 */
export function renewLease(storage: DeviceStorage, id: string, tab: string, now: number): boolean {
  try {
    const held = storage.getItem(LEASE + id);
    if (held !== null) {
      const { tab: other, at } = JSON.parse(held) as { tab: string; at: number };
      if (other !== tab && now - at < LEASE_MS && at <= now) return false;
    }
    takeOver(storage, id, tab, now);
  } catch {
    // Without storage there is nothing to overwrite.
  }
  return true;
}

/** Takes the right to write from whoever has it. */
export function takeOver(storage: DeviceStorage, id: string, tab: string, now: number): void {
  storage.setItem(LEASE + id, JSON.stringify({ tab, at: now }));
}

export function releaseLease(storage: DeviceStorage, id: string, tab: string): void {
  try {
    const held = storage.getItem(LEASE + id);
    if (held !== null && (JSON.parse(held) as { tab: string }).tab === tab) storage.removeItem(LEASE + id);
  } catch {
    // Nothing held, nothing to give back.
  }
}

function readCopy(storage: DeviceStorage, id: string, place: string): Copy | null {
  const raw = storage.getItem(keyOf(id, place));
  if (raw === null) return null;
  try {
    const copy = JSON.parse(raw) as Copy;
    return checksum(copy.text) === copy.sum ? copy : null;
  } catch {
    return null;
  }
}

export function isFull(error: unknown): boolean {
  return error instanceof Error && /quota|full/i.test(`${error.name} ${error.message}`);
}

/** 32-bit FNV-1a over UTF-16 code units. */
function checksum(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
