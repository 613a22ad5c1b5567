import { describe, expect, it } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import {
  BIN_MS,
  binDocument,
  clearAll,
  type DeviceStorage,
  LEASE_MS,
  listBin,
  listDocuments,
  loadDocument,
  purgeBin,
  releaseLease,
  removeDocument,
  renewLease,
  saveDocument,
  takeOver,
  unbinDocument,
} from "./library.ts";
import { MemoryStorage } from "./memory-storage.ts";
import { listVersions, VERSION_EVERY_MS, VERSIONS_MAX } from "./versions.ts";
import { countAll, exportAll, importAll } from "./whole-library.ts";

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

  it("wait in the bin for thirty days, and can be had back whole", () => {
    const storage = new MemoryStorage();
    save(storage, "a", "kept", 1);
    save(storage, "b", "thrown away", 2);
    expect(binDocument(storage, "b", 1000)).toBe(true);
    expect(listDocuments(storage).map(({ id }) => id)).toEqual(["a"]);
    expect(listBin(storage)).toEqual([{ id: "b", title: "thrown away", modified: 2, binned: 1000 }]);
    purgeBin(storage, 1000 + BIN_MS);
    unbinDocument(storage, "b");
    expect(listDocuments(storage)).toHaveLength(2);
    expect(loadDocument(storage, "b")?.scenario).toEqual(titled("thrown away"));
    binDocument(storage, "b", 2000);
    purgeBin(storage, 2001 + BIN_MS);
    expect(listBin(storage)).toEqual([]);
    expect([...storage.items.keys()].filter((key) => key.includes(".b"))).toEqual([]);
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

describe("earlier versions", () => {
  it("are kept every two minutes of work, and at the end of a sitting", () => {
    const storage = new MemoryStorage();
    const titles = () => listVersions(storage, "d").map(({ text }) => JSON.parse(text).meta.title);
    save(storage, "d", "one", 0);
    save(storage, "d", "two", 1000);
    expect(titles()).toEqual(["one"]);
    save(storage, "d", "three", 2000);
    expect(titles()).toEqual(["one"]);
    save(storage, "d", "four", VERSION_EVERY_MS + 3000);
    save(storage, "d", "five", VERSION_EVERY_MS + 4000);
    expect(titles()).toEqual(["four", "three", "one"]);
    save(storage, "d", "next day", 24 * 3600_000);
    expect(titles()).toEqual(["five", "four", "three", "one"]);
    save(storage, "d", "next day", 48 * 3600_000);
    expect(titles()).toHaveLength(4);
    removeDocument(storage, "d");
    expect(titles()).toEqual([]);
  });

  it("are the last twenty", () => {
    const storage = new MemoryStorage();
    for (let i = 0; i < 40; i++) save(storage, "d", `state ${i}`, i * VERSION_EVERY_MS);
    const kept = listVersions(storage, "d");
    expect(kept).toHaveLength(VERSIONS_MAX);
    expect(JSON.parse(kept[0]?.text ?? "").meta.title).toBe("state 38");
  });

  it("give way to documents when the storage is full, the longest untouched first", () => {
    const storage = new MemoryStorage();
    for (const [id, at] of [
      ["old", 0],
      ["new", 10 * VERSION_EVERY_MS],
    ] as const) {
      save(storage, id, "first", at);
      save(storage, id, "second", at + VERSION_EVERY_MS);
    }
    storage.total = storage.used() + 200;
    expect(save(storage, "third", "more", 99 * VERSION_EVERY_MS)).toBe("stored");
    expect(listVersions(storage, "old")).toEqual([]);
    expect(listVersions(storage, "new")).toHaveLength(1);
    expect(listDocuments(storage)).toHaveLength(3);
  });

  it("do without what cannot be read", () => {
    const storage = new MemoryStorage();
    for (const broken of ["{", "7", "[1, null, {}]"]) {
      storage.setItem("weir.ver.d", broken);
      expect(listVersions(storage, "d")).toEqual([]);
      expect(save(storage, "d", broken, 1)).toBe("stored");
    }
  });
});

describe("the whole library as a file", () => {
  it("comes back in another browser, beside what is there", () => {
    const mine = new MemoryStorage();
    const theirs = new MemoryStorage();
    save(mine, "a", "first", 100);
    save(mine, "b", "second", 200);
    save(mine, "c", "thrown away", 300);
    binDocument(mine, "c", 400);
    save(theirs, "a", "second", 500);
    let n = 0;
    const newId = () => `n${++n}`;
    const file = exportAll(mine);
    expect(countAll(file)).toBe(2);
    expect(importAll(theirs, file, newId)).toEqual({ added: 1, known: 1, refused: [], answer: "stored" });
    expect(listDocuments(theirs).map(({ title, modified }) => [title, modified])).toEqual([
      ["second", 500],
      ["first", 100],
    ]);
    expect(importAll(theirs, file, newId)).toMatchObject({ added: 0, known: 2 });
  });

  it("says what it could not take", () => {
    const storage = new MemoryStorage();
    const good = { title: "good", modified: 1, scenario: titled("good") };
    const file = (documents: unknown) => JSON.stringify({ weir: "library", v: 1, documents });
    const add = (documents: unknown) => importAll(storage, file(documents), () => `d${storage.length}`);
    expect(add([{ title: "bad", scenario: 7 }, null, good])).toEqual({
      added: 1,
      known: 0,
      refused: ["bad", "2"],
      answer: "stored",
    });
    storage.room = 10;
    expect(add([{ ...good, scenario: titled("other") }])).toMatchObject({ added: 0, answer: "full" });
    expect(add("nothing")).toBeNull();
    expect(importAll(storage, "{", () => "x")).toBeNull();
    expect(countAll(JSON.stringify({ weir: "clip" }))).toBeNull();
  });
});
