import { describe, expect, it } from "vitest";
import { MessageStore, NONE, PLAIN_KIND } from "../models/messages.ts";
import { discardReason, lossReason } from "../models/model.ts";
import { END_DISCARDED, END_LOST, END_PROCESSED, Ledger } from "./ledger.ts";

function account() {
  const store = new MessageStore();
  const ledger = new Ledger();
  const kind = store.intern(PLAIN_KIND);
  let id = 0;
  return {
    store,
    ledger,
    publish(): number {
      ledger.begin();
      return store.alloc(0, kind, ++id);
    },
    copy(of: number): number {
      const copy = store.clone(of);
      ledger.copied(store, of, copy);
      return copy;
    },
    end(handle: number, outcome: number, reason = 0): void {
      ledger.end(store, handle, outcome, reason);
      store.free(handle);
    },
  };
}

const EXPIRED = discardReason("expired");

describe("the ledger", () => {
  it("keeps a fanned-out message in the system until its last copy has ended", () => {
    const a = account();
    const first = a.publish();
    const second = a.copy(first);
    const third = a.copy(first);
    a.end(first, END_PROCESSED);
    a.end(third, END_PROCESSED);
    expect(a.ledger.processed).toBe(0);
    expect(a.ledger.open).toBe(1);
    a.end(second, END_PROCESSED);
    expect(a.ledger.processed).toBe(1);
    expect(a.ledger.imbalance()).toBe(0);
    expect(a.ledger.copiesProcessed).toBe(3);
  });

  it("calls a message processed when one copy was, lost before discarded, and says each copy's fate beside it", () => {
    const a = account();
    const reached = a.publish();
    const expired = a.copy(reached);
    a.end(expired, END_DISCARDED, EXPIRED);
    a.end(reached, END_PROCESSED);
    const lost = a.publish();
    const dropped = a.copy(lost);
    a.end(lost, END_LOST, lossReason("restart"));
    a.end(dropped, END_DISCARDED, EXPIRED);
    expect(a.ledger.processed).toBe(1);
    expect(a.ledger.lost[lossReason("restart")]).toBe(1);
    expect(a.ledger.discardedTotal).toBe(0);
    expect(a.ledger.copiesDiscarded[EXPIRED]).toBe(2);
    expect(a.ledger.imbalance()).toBe(0);
  });

  it("keeps a message open while its producer waits, and one message when it is sent again", () => {
    const a = account();
    const first = a.publish();
    const group = a.ledger.hold(a.store, first);
    a.end(first, END_LOST, lossReason("link"));
    expect(a.ledger.open).toBe(1);
    const again = a.store.alloc(0, 0, 1);
    a.ledger.joined(a.store, again, group);
    a.end(again, END_PROCESSED);
    a.ledger.release(group);
    expect(a.ledger.processed).toBe(1);
    expect(a.ledger.lostTotal).toBe(0);
    expect(a.ledger.published).toBe(1);
  });

  it.each(["nothing", "another message"])("counts a copy for itself once the log has %s where it was made", (left) => {
    const a = account();
    const kept = a.publish();
    a.ledger.keep(a.store, kept);
    const made = a.store.clone(kept);
    a.end(kept, END_LOST, lossReason("restart"));
    const next = left === "nothing" ? NONE : a.publish();
    if (next !== NONE) a.ledger.keep(a.store, next);
    a.ledger.countCopy(a.store, next, made);
    a.end(made, END_PROCESSED);
    expect(a.ledger.lostTotal).toBe(1);
    expect(a.ledger.processed).toBe(0);
    expect(a.ledger.open).toBe(next === NONE ? 0 : 1);
    expect(a.ledger.imbalance()).toBe(0);
  });

  it("knows a second processing of a message that was sent twice", () => {
    const a = account();
    const first = a.publish();
    const group = a.ledger.hold(a.store, first);
    expect(a.ledger.processedBefore(a.store, first, 7)).toBe(false);
    a.end(first, END_PROCESSED);
    const again = a.store.alloc(0, 0, 1);
    a.ledger.joined(a.store, again, group);
    expect(a.ledger.processedBefore(a.store, again, 8)).toBe(false);
    expect(a.ledger.processedBefore(a.store, again, 7)).toBe(true);
  });

  it("uses groups again without mixing up their messages", () => {
    const a = account();
    for (let i = 0; i < 500; i++) {
      const first = a.publish();
      const second = a.copy(first);
      a.end(second, i % 2 === 0 ? END_PROCESSED : END_DISCARDED, i % 2 === 0 ? 0 : EXPIRED);
      a.end(first, END_DISCARDED, EXPIRED);
    }
    expect(a.ledger.processed).toBe(250);
    expect(a.ledger.discarded[EXPIRED]).toBe(250);
    expect(a.ledger.groupTop).toBe(2);
    expect(a.store.live).toBe(0);
  });
});
