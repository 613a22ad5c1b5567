import "./all-systems.ts";
import { describe, expect, it } from "vitest";
import { CATALOGUE, idOf, withChange } from "../../scenarios/index.ts";
import { seconds } from "../kernel/time.ts";
import { ENDED } from "../models/messages.ts";
import type { Scenario } from "../scenario/types.ts";
import { KafkaHost } from "./kafka/kafka-host.ts";
import type { Ledger } from "./ledger.ts";
import { RocketHost } from "./rocketmq/rocket-host.ts";
import { createRun, type Run } from "./run.ts";

const CASES = CATALOGUE.flatMap((entry) => [
  { name: idOf(entry), scenario: entry.scenario },
  ...(entry.variants ?? []).map((variant) => ({
    name: `${idOf(entry)} / ${variant.id}`,
    scenario: withChange(entry.scenario, variant.change),
  })),
]);

/** Virtual s: a good while, and on beyond all that the drawing plans. */
const lengthOf = ({ timeline }: Scenario): number =>
  timeline.reduce((last, { t, undoAt = 0 }) => Math.max(last, t / 1000 + 60, undoAt / 1000 + 60), 150);

const sum = (counts: Float64Array): number => {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return total;
};

/** How the copies ended, together. */
const endedCopies = (ledger: Ledger) => ledger.copiesProcessed + sum(ledger.copiesDiscarded) + sum(ledger.copiesLost);

/** Every count that can only grow. */
const growing = (ledger: Ledger): number[] => [
  ledger.published,
  ledger.processed,
  ledger.discardedTotal,
  ledger.lostTotal,
  ledger.duplicates,
  ledger.copiesMade,
  endedCopies(ledger),
];

/** Copies that the broker is done with, but a consumer still works on. */
function heldAfterEnd({ core: { store } }: Run): number {
  const free = store.freeRows();
  let held = 0;
  for (let row = 0; row < store.top; row++) if (!free.has(row) && ((store.flags[row] as number) & ENDED) !== 0) held++;
  return held;
}

/** Copies that are nobody's yet: fetched from Kafka or RocketMQ and not handed over, or left on a broker of Kafka's that is behind. */
const aside = ({ state }: Run): number =>
  state.topology.hosts.reduce(
    (sum, host) => sum + (host instanceof KafkaHost || host instanceof RocketHost ? host.copiesAside : 0),
    0,
  );

/** Plays one event after the other. @returns the first thing that does not add up, with the number of events until then; their number when all is well */
function audit(run: Run, until: number): { events: number; wrong: string | null } {
  const { ledger, store } = run.core;
  const goal = seconds(until);
  let before = growing(ledger);
  let events = 0;
  while (run.now < goal) {
    // A scenario may stop itself: the audit goes on.
    run.state.alerts.wantsPause = false;
    events += run.advance(goal, 1);
    if (ledger.imbalance() !== 0) return { events, wrong: `messages: ${ledger.imbalance()} too many` };
    const alive = ledger.copiesMade - endedCopies(ledger) + aside(run);
    if (store.live !== alive && store.live !== alive + heldAfterEnd(run))
      return { events, wrong: `copies: ${store.live} live, ${alive} not ended` };
    if (ledger.open < 0) return { events, wrong: `${ledger.open} messages in the system` };
    const now = growing(ledger);
    if (now.some((count, i) => count < (before[i] as number))) return { events, wrong: `${before} became ${now}` };
    before = now;
  }
  return { events, wrong: null };
}

describe("the ledger balances at every event", () => {
  it.each(CASES)("$name", ({ scenario }) => {
    const run = createRun(scenario);
    run.core.log.detailed = false;
    const { events, wrong } = audit(run, lengthOf(scenario));
    expect(wrong, `after ${events} events, at ${run.now} µs`).toBeNull();
    expect(events).toBeGreaterThan(0);
    expect(run.core.ledger.published).toBeGreaterThan(0);
  });

  it("and an audit finds a single message that was forgotten or counted twice", () => {
    for (const spoil of [
      (ledger: Ledger) => ledger.processed++,
      (ledger: Ledger) => ledger.open--,
      (ledger: Ledger) => ledger.copiesMade++,
    ]) {
      const run = createRun((CASES[0] as (typeof CASES)[number]).scenario);
      expect(audit(run, 5).wrong).toBeNull();
      spoil(run.core.ledger);
      expect(audit(run, 6)).toEqual({ events: 1, wrong: expect.any(String) });
    }
  });
});
