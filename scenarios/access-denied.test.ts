import { describe, expect, it } from "vitest";
import { ACCESS_DENIED } from "./access-denied.ts";
import { type Play, playEntry } from "./play.ts";

/** Sent in half a minute, and done. */
function played(variant?: string): Play {
  const run = playEntry(ACCESS_DENIED, variant).until(29.9);
  for (const id of ["shop", "page", "stranger"]) run.run.act("producer.pause", id);
  return run.until(32);
}

describe("access-denied", () => {
  const run = played();

  it("refuses the page at the exchange and the stranger at the door, each time they try", () => {
    for (const id of ["page", "stranger"]) {
      expect(run.now(id, "publish.total"), id).toBe(30);
      expect(run.now(id, "denied.total"), id).toBe(30);
    }
    expect(run.report().ledger.discarded).toEqual({ denied: 60 });
    expect(run.now("tasks", "publish.total")).toBe(0);
  });

  it("lets the page in, but never the stranger", () => {
    // A page that is refused has reached the exchange's line; what the stranger wanted to send has not left it.
    expect(run.now("page-admin", "messages.total")).toBe(30);
    expect(run.now("stranger-orders", "messages.total")).toBe(0);
    expect(run.run.badges().stranger).toContain("denied");
    const refusals = run.run.core.log.read(0, 50_000, String).filter(({ kind }) => kind === "deny");
    expect(refusals.filter(({ reason, value }) => reason === "login" && value === 403)).toHaveLength(30);
  });

  it("leaves the orders alone", () => {
    expect(run.now("shop", "denied.total")).toBe(0);
    expect(run.now("shop", "publish.total")).toBe(60);
    expect(run.now("packing", "processed.total")).toBe(60);
    expect(run.now("incoming", "publish.total")).toBe(60);
    expect(run.report().ledger.lost).toEqual({});
  });

  it("lets through what a permission covers", () => {
    const granted = played("permission-granted");
    expect(granted.now("page", "denied.total")).toBe(0);
    expect(granted.now("office", "processed.total")).toBe(30);
    expect(granted.now("stranger", "denied.total")).toBe(30);
  });

  it("welcomes the stranger with the right password", () => {
    const known = played("right-password");
    expect(known.now("stranger", "denied.total")).toBe(0);
    expect(known.now("packing", "processed.total")).toBe(90);
  });
});
