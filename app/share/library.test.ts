import { describe, expect, it } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import {
  clearAll,
  type DeviceStorage,
  LEASE_MS,
  listDocuments,
  loadDocument,
  releaseLease,
  removeDocument,
  renewLease,
  saveDocument,
  takeOver,
} from "./library.ts";

class MemoryStorage implements DeviceStorage {
  items = new Map<string, string>();
  room = Number.POSITIVE_INFINITY;
  get length() {
    return this.items.size;
  }
  key(index: number) {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (value.length > this.room) throw new DOMException("no room", "QuotaExceededError");
    this.items.set(key, value);
  }
  removeItem(key: string) {
    this.items.delete(key);
  }
}

const titled = (title: string) => ({ ...helloQueue(), meta: { title } });
const save = (storage: DeviceStorage, id: string, title: string, now: number) =>
  saveDocument(storage, { id, title, scenario: titled(title) }, now);

describe("documents on the device", () => {
  it("are there again, newest first", () => {
    const storage = new MemoryStorage();
    save(storage, "one", "first", 100);
    save(storage, "two", "second", 200);
    save(storage, "one", "first again", 300);
    expect(listDocuments(storage).map((d) => [d.id, d.title])).toEqual([
      ["one", "first again"],
      ["two", "second"],
    ]);
    expect(loadDocument(storage, "one")?.scenario).toEqual(titled("first again"));
    removeDocument(storage, "one");
    expect(loadDocument(storage, "one")).toBeNull();
    expect(listDocuments(storage)).toHaveLength(1);
  });

  it("survive a save that was cut off: the other copy is whole", () => {
    const storage = new MemoryStorage();
    save(storage, "d", "good", 1);
    save(storage, "d", "better", 2);
    save(storage, "d", "best", 3);
    const newest = [...storage.items.entries()].find(([, value]) => value.includes("best")) as [string, string];
    storage.items.set(newest[0], newest[1].slice(0, 40));
    expect(loadDocument(storage, "d")?.title).toBe("better");
    storage.items.set(newest[0], newest[1].replaceAll("best", "bent"));
    expect(loadDocument(storage, "d")?.scenario).toEqual(titled("better"));
  });

  it("keep the old copy when there is no room, and say so", () => {
    const storage = new MemoryStorage();
    save(storage, "d", "kept", 1);
    storage.room = 10;
    expect(save(storage, "d", "lost", 2)).toBe("full");
    expect(loadDocument(storage, "d")?.title).toBe("kept");
  });

  it("are all gone after clearing, and nothing else is", () => {
    const storage = new MemoryStorage();
    storage.setItem("other", "theirs");
    save(storage, "d", "x", 1);
    clearAll(storage);
    expect([...storage.items.keys()]).toEqual(["other"]);
  });

  it("are written by one tab at a time", () => {
    const storage = new MemoryStorage();
    expect(renewLease(storage, "d", "tab-1", 0)).toBe(true);
    expect(renewLease(storage, "d", "tab-2", 1000)).toBe(false);
    takeOver(storage, "d", "tab-2", 2000);
    expect(renewLease(storage, "d", "tab-1", 3000)).toBe(false);
    expect(renewLease(storage, "d", "tab-1", 2000 + LEASE_MS)).toBe(true);
    releaseLease(storage, "d", "tab-1");
    expect(renewLease(storage, "d", "tab-2", 2001 + LEASE_MS)).toBe(true);
  });
});
