import { describe, expect, it } from "vitest";
import { EXCHANGE_TYPES } from "./exchange-types.ts";
import { play, playEntry } from "./play.ts";

const { scenario } = EXCHANGE_TYPES;
/** A moment before what is sent at 60 s arrives: the messages of exactly a minute. */
const END = 60.001;

describe("exchange-types", () => {
  it.each([
    ["cn-new", 2],
    ["cn", 4],
    ["paid", 3],
    ["audit", 6],
    ["statistics", 6],
    ["by-app", 4],
  ])("%s gets %i a second", (queue, rate) => {
    expect(playEntry(EXCHANGE_TYPES).until(END).now(queue, "publish.total")).toBe(60 * rate);
  });

  it("cn receives all and only order.cn.*", () => {
    // Whoever could not stand Europe has no trouble here; whoever cannot stand China has nothing but.
    const onlyCn = play(scenario, { "reader-cn.failKeys": ["eu"], "reader-audit.failKeys": ["eu"] }).until(END);
    expect(onlyCn.now("reader-cn", "errors.total")).toBe(0);
    // The same readers behind the fanout do meet Europe.
    expect(onlyCn.now("reader-audit", "errors.total")).toBeGreaterThan(0);
    const allCn = play(scenario, { "reader-cn.failKeys": ["cn"], "reader-cn.onFail": "reject" }).until(END);
    const sent = ["shop-cn-app", "shop-cn-web"].reduce((sum, id) => sum + allCn.now(id, "publish.total"), 0);
    // The last of each shop is on its way.
    expect(allCn.now("cn", "publish.total")).toBe(sent - 2);
    expect(allCn.now("reader-cn", "processed.total")).toBe(0);
  });

  it("loses nothing, and no message is unroutable: the fanout takes all", () => {
    const run = playEntry(EXCHANGE_TYPES).until(END);
    expect(run.report().ledger).toMatchObject({ lost: {}, discarded: {} });
  });

  it.each([
    ["everything-under-order", "cn", 6],
    ["either-header", "by-app", 4],
    ["both-headers", "by-app", 2],
  ])("%s: %s gets %i a second", (variant, queue, rate) => {
    expect(playEntry(EXCHANGE_TYPES, variant).until(END).now(queue, "publish.total")).toBe(60 * rate);
  });
});
