import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addNode, emptyScenario, helloQueue, type Scenario } from "../../engine/scenario/index.ts";
import { undo, useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { LEASE_MS, listDocuments, loadDocument, renewLease, saveDocument } from "./library.ts";
import { encodeLink } from "./link.ts";
import { MemoryStorage } from "./memory-storage.ts";
import { openLink } from "./open-link.ts";
import { openFirst } from "./opening.ts";
import {
  beat,
  HEARTBEAT_MS,
  keepCopy,
  leave,
  openOwn,
  SAVE_AFTER_MS,
  saveNow,
  startSession,
  takeOverHere,
  useSession,
} from "./session.ts";

const doc = () => useDocument.getState();
const addQueue = (scenario: Scenario) => addNode(scenario, "queue", { x: 0, y: 0 }).scenario;
const edit = () => doc().apply(addQueue);
const kept = () => loadDocument(storage, doc().id)?.scenario;
const notices = () => useView.getState().notices.map((notice) => notice.key);

let storage: MemoryStorage;
let stop: (() => void) | null = null;

function begin(fragment = "", tab = "this"): void {
  stop = startSession({ storage, tab, now: Date.now });
  openFirst(fragment, storage, openLink);
}

/** Something of one's own from an earlier visit. */
function keep(id: string, title = id): Scenario {
  const scenario = { ...helloQueue(), meta: { title } };
  saveDocument(storage, { id, title, scenario }, Date.now());
  return scenario;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  storage = new MemoryStorage();
  useView.setState({ dialog: null, notices: [] });
  doc().open(emptyScenario(), { origin: "own" });
});

afterEach(() => {
  stop?.();
  stop = null;
  vi.useRealTimers();
});

describe("what a person finds", () => {
  it("is the first example on the first visit, and nothing is written for looking at it", () => {
    begin();
    expect(doc()).toMatchObject({ origin: "example", scenario: helloQueue() });
    vi.advanceTimersByTime(20_000);
    expect(storage.items.size).toBe(0);
  });

  it("is the document that was open last, not the newest", () => {
    keep("old");
    begin();
    openOwn("old");
    stop?.();
    vi.advanceTimersByTime(60_000);
    keep("new");
    begin();
    expect(doc()).toMatchObject({ id: "old", origin: "own", readOnly: false });
  });

  it("is a copy when the address holds a link; own work stays as it was", () => {
    const own = keep("mine");
    const before = new Map(storage.items);
    begin(encodeLink({ ...helloQueue(), seed: 77 }));
    expect(doc()).toMatchObject({ origin: "link", scenario: { seed: 77 } });
    vi.advanceTimersByTime(20_000);
    expect(storage.items).toEqual(before);
    expect(loadDocument(storage, "mine")?.scenario).toEqual(own);
  });

  it("is one's own work and a sentence when the link is broken", () => {
    keep("mine");
    begin(encodeLink(helloQueue()).slice(0, -9));
    expect(doc().id).toBe("mine");
    expect(useView.getState().dialog).toMatchObject({ name: "badLink", props: { code: "incomplete" } });
  });
});

describe("autosave", () => {
  it("has a change on the device within a second, and bursts in one write", () => {
    begin();
    const write = vi.spyOn(storage, "setItem");
    edit();
    vi.advanceTimersByTime(SAVE_AFTER_MS / 2);
    edit();
    expect(doc().saved).toBe("unsaved");
    vi.advanceTimersByTime(SAVE_AFTER_MS / 2);
    expect(SAVE_AFTER_MS).toBeLessThan(1000);
    expect(doc().saved).toBe("saved");
    expect(kept()).toEqual(doc().scenario);
    expect(write.mock.calls.filter(([key]) => key.startsWith("weir.doc."))).toHaveLength(1);
  });

  it("makes what came from a link one's own with the first edit, under an id of its own", () => {
    keep("mine");
    begin(encodeLink({ ...helloQueue(), seed: 77 }));
    edit();
    vi.advanceTimersByTime(1000);
    expect(doc().origin).toBe("own");
    expect(listDocuments(storage)).toHaveLength(2);
    expect(kept()?.seed).toBe(77);
  });

  it("keeps a copy without an edit when asked", () => {
    begin(encodeLink(helloQueue()));
    expect(keepCopy()).toBe(true);
    expect(kept()).toEqual(doc().scenario);
    expect(keepCopy()).toBe(false);
  });

  it("lets nothing of a view link be changed until a copy is taken", () => {
    begin(`${encodeLink({ ...helloQueue(), seed: 77 })}&v=1`);
    const shown = doc().scenario;
    expect(edit()).toBe(false);
    vi.advanceTimersByTime(20_000);
    expect(doc()).toMatchObject({ origin: "link", readOnly: true, scenario: shown });
    expect(listDocuments(storage)).toEqual([]);
    expect(keepCopy()).toBe(true);
    expect(edit()).toBe(true);
    expect(kept()?.seed).toBe(77);
  });

  it("leaves a lesson in a view link to the lesson's own lock", () => {
    begin(`${encodeLink({ ...helloQueue(), lesson: { v: 1 } } as unknown as Scenario)}&v=1`);
    expect(doc()).toMatchObject({ origin: "link", readOnly: false });
  });

  it("writes what waits when another document is opened, when a link replaces it, and when the page goes", () => {
    keep("mine");
    begin();
    edit();
    const first = doc().id;
    const edited = doc().scenario;
    openLink(encodeLink({ ...helloQueue(), seed: 5 }));
    expect(loadDocument(storage, first)?.scenario).toEqual(edited);
    edit();
    leave();
    expect(kept()?.seed).toBe(5);
  });

  it("writes an undo too", () => {
    begin();
    edit();
    saveNow();
    expect(undo()).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(kept()).toEqual(helloQueue());
  });

  it("says that the storage is full, tries again with the next change, and is content when it fits", () => {
    begin();
    storage.refuses = "QuotaExceededError";
    edit();
    vi.advanceTimersByTime(1000);
    expect(doc().saved).toBe("failed");
    expect(useSession.getState().full).toBe(true);
    storage.refuses = null;
    edit();
    vi.advanceTimersByTime(1000);
    expect(doc().saved).toBe("saved");
    expect(useSession.getState().full).toBe(false);
    expect(kept()).toEqual(doc().scenario);
  });

  it("says so when the last save was cut off, and shows the state before it", () => {
    begin();
    edit();
    saveNow();
    const whole = doc().scenario;
    edit();
    saveNow();
    stop?.();
    const id = doc().id;
    const newest = [...storage.items]
      .filter(([key]) => key.startsWith("weir.doc."))
      .sort(([, a], [, b]) => (a < b ? 1 : -1));
    const [key, text] = newest[0] as [string, string];
    storage.items.set(key, text.slice(0, text.length / 2));
    begin();
    expect(doc()).toMatchObject({ id, scenario: whole });
    expect(notices()).toEqual(["welcome.torn"]);
  });

  it("lives in memory where the browser keeps nothing, and says so once", () => {
    stop = startSession({ storage: null, tab: "this", now: Date.now });
    openFirst("", null, null);
    edit();
    vi.advanceTimersByTime(1000);
    doc().open(emptyScenario(), { origin: "own" });
    edit();
    expect(doc().saved).toBe("memory");
    expect(notices()).toEqual(["welcome.memory"]);
  });
});

describe("two tabs with one document", () => {
  const other = () => renewLease(storage, "mine", "other", Date.now());

  it("lets the second one only look, until it takes over", () => {
    keep("mine");
    other();
    begin();
    expect(doc()).toMatchObject({ id: "mine", readOnly: true });
    expect(useSession.getState().held).toBe(true);
    expect(edit()).toBe(false);
    // Meanwhile the other one has gone on.
    saveDocument(storage, { id: "mine", title: "m", scenario: { ...helloQueue(), seed: 9 } }, Date.now());
    takeOverHere();
    expect(doc()).toMatchObject({ id: "mine", readOnly: false, scenario: { seed: 9 } });
    expect(other()).toBe(false);
  });

  it("holds the document as long as the tab is open", () => {
    keep("mine");
    begin();
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(HEARTBEAT_MS);
      expect(other()).toBe(false);
    }
    leave();
    expect(other()).toBe(true);
  });

  it("may write again by itself when the other tab is gone", () => {
    keep("mine");
    other();
    begin();
    vi.advanceTimersByTime(LEASE_MS + HEARTBEAT_MS);
    expect(doc().readOnly).toBe(false);
    expect(useSession.getState().held).toBe(false);
  });

  it("turns read-only when another tab takes over", () => {
    keep("mine");
    begin();
    storage.items.set("weir.lease.mine", JSON.stringify({ tab: "other", at: Date.now() }));
    beat();
    expect(doc()).toMatchObject({ id: "mine", readOnly: true });
  });

  it("goes on as a copy when work was not yet written, and leaves the other tab's alone", () => {
    const theirs = keep("mine");
    begin();
    edit();
    const edited = doc().scenario;
    storage.items.set("weir.lease.mine", JSON.stringify({ tab: "other", at: Date.now() }));
    vi.advanceTimersByTime(1000);
    expect(doc().id).not.toBe("mine");
    expect(doc().readOnly).toBe(false);
    expect(kept()).toEqual(edited);
    expect(loadDocument(storage, "mine")?.scenario).toEqual(theirs);
    expect(notices()).toEqual(["welcome.split"]);
  });
});
