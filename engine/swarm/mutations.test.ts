import { afterEach, describe, expect, it, vi } from "vitest";
import "../run/all-systems.ts";
import { RabbitModel } from "../models/rabbitmq/index.ts";
import { Consumers } from "../run/consumers.ts";
import { Core } from "../run/core.ts";
import { Ledger } from "../run/ledger.ts";
import { Link } from "../run/link.ts";
import { Producers } from "../run/producers.ts";
import { RabbitHost } from "../run/rabbit-host.ts";
import { Run } from "../run/run.ts";
import { type Checker, swarm } from "./index.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

type Patched = Record<string, (...args: never[]) => unknown>;
type Original = (...args: unknown[]) => unknown;

/** Puts another method in place of one; `original` is bound to whatever it is called on. */
function patch(
  prototype: object,
  name: string,
  other: (this: never, original: Original, ...args: never[]) => unknown,
): void {
  const original = (prototype as Patched)[name] as Original;
  vi.spyOn(prototype as Patched, name).mockImplementation(function (this: never, ...args: never[]) {
    return other.call(this, original.bind(this), ...args);
  } as never);
}

/** A broken engine and who must notice. Each is a mistake that somebody could make in that very method. */
const MUTATIONS: readonly [what: string, by: Checker, breakIt: () => void, first?: number][] = [
  [
    "a processed message is counted twice now and then",
    "ledger",
    () =>
      patch(Ledger.prototype, "endOnly", function (this: Ledger, original: Original) {
        original();
        if (this.processed % 7 === 0) this.processed++;
      } as never),
  ],
  [
    "a discarded message is forgotten",
    "ledger",
    () =>
      patch(Core.prototype, "end", function (
        this: Core,
        original: Original,
        handle: number,
        outcome: number,
        reason: number,
      ) {
        if (outcome === 2) this.ledger.open--;
        else original(handle, outcome, reason);
      } as never),
  ],
  [
    "a producer keeps its message open after the confirm",
    "ledger",
    () => patch(Core.prototype, "release", (() => undefined) as never),
  ],
  [
    "a crash takes durable queues with it",
    "confirmed",
    () =>
      patch(RabbitModel.prototype, "stop", function (this: RabbitModel, original: Original, ...args: unknown[]) {
        for (const queue of this.queues) if (queue) Object.assign(queue, { durable: false });
        original(...args);
      } as never),
  ],
  [
    "a crashed node takes its classic queues with it",
    "confirmed",
    () =>
      patch(RabbitModel.prototype, "stopNode", function (this: RabbitModel, original: Original, ...args: unknown[]) {
        for (const queue of this.queues) if (queue && queue.node === args[0]) Object.assign(queue, { durable: false });
        original(...args);
      } as never),
    190,
  ],
  [
    "a link that recovers lets messages overtake",
    "order",
    () =>
      patch(Link.prototype, "configure", function (this: Link, original: Original, ...args: unknown[]) {
        this.lastForward = 0;
        original(...args);
      } as never),
    110,
  ],
  [
    "a refused message never goes back",
    "stuck",
    () => patch(RabbitModel.prototype, "nack", (() => undefined) as never),
  ],
  [
    "what a dead client held is not given back",
    "stuck",
    () =>
      patch(RabbitModel.prototype, "closeConnection", function (
        this: RabbitModel,
        original: Original,
        ...args: unknown[]
      ) {
        for (const channel of this.channels) if (channel && channel.connection === args[0]) channel.unacked.forget(0);
        original(...args);
      } as never),
  ],
  [
    "a connection with a hole never breaks",
    "stuck",
    () => patch(RabbitHost.prototype, "linkLost", (() => undefined) as never),
  ],
  ["a consumer that hung is not woken", "stuck", () => patch(Consumers.prototype, "wake", (() => undefined) as never)],
  [
    "a producer waits for a confirm without a time-out",
    "stuck",
    () => patch(Producers.prototype, "timedOut", (() => undefined) as never),
  ],
  [
    "a snapshot does not hold everything",
    "replay",
    () =>
      patch(Run.prototype, "restore", function (this: Run, original: Original, ...args: unknown[]) {
        const { processed } = this.core.ledger;
        original(...args);
        this.core.ledger.duplicates += processed > 0 ? 1 : 0;
      } as never),
  ],
  [
    "something is drawn that no seed decides",
    "replay",
    () => {
      let turns = 0;
      patch(Producers.prototype, "publishNow", ((original: Original, ...args: unknown[]) => {
        if (turns++ % 2 === 0) original(...args);
      }) as never);
    },
  ],
];

/** Enough for most of them from the first seed on; a rare one says where to begin, so that nobody waits for it. */
const SEEDS = 60;

describe("the swarm notices when", () => {
  it.each(MUTATIONS)("%s (%s)", { timeout: 120_000 }, (_, by, breakIt, first = 1) => {
    breakIt();
    const found = swarm(SEEDS, first);
    expect(found?.finding.checker).toBe(by);
    // The smallest script still shows it, and is smaller than what was drawn.
    expect(found?.smallest.nodes.length).toBeLessThanOrEqual(4);
  });
});
