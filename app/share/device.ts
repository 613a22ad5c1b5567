import type { DeviceStorage } from "./library.ts";

const PROBE = "weir.probe";

/** The browser's storage; null where it keeps nothing: switched off, or a private window that throws at the mere question. A full one is still a storage. */
export function deviceStorage(): DeviceStorage | null {
  try {
    const storage = window.localStorage;
    try {
      storage.setItem(PROBE, "1");
      storage.removeItem(PROBE);
    } catch (error) {
      // Nothing fits because there is much in it, or because nothing ever does: some private windows grant zero bytes.
      if (storage.length === 0 || !(error instanceof DOMException)) return null;
    }
    return storage;
  } catch {
    return null;
  }
}

/** Bytes that our entries take in it: UTF-16, names and values. */
export function storageUse(storage: DeviceStorage): number {
  let units = 0;
  try {
    for (let i = 0; i < storage.length; i++) {
      const key = storage.key(i);
      if (key?.startsWith("weir.")) units += key.length + (storage.getItem(key)?.length ?? 0);
    }
  } catch {
    return 0;
  }
  return units * 2;
}
