import type { Micros } from "../kernel/time.ts";
import type { QueueState } from "../models/rabbitmq/queue-state.ts";
import type { Slots } from "./core.ts";
import type { Counter, Durations, Level } from "./instruments.ts";
import type { Meters } from "./meters.ts";
import { Q, X } from "./vocabulary.ts";

/** A drawn queue as the run sees it. */
export class QueuePlace {
  /** Node index. */
  readonly node: number;
  /** A stream: what is in it stays when it is read. */
  readonly keeps: boolean;
  /** Its first counter. */
  readonly counters: number;
  readonly published: Counter;
  readonly delivered: Counter;
  readonly acknowledged: Counter;
  readonly wait: Durations;
  readonly depth: Level;
  readonly ready: Level;

  constructor(node: number, { counters, levels, histograms }: Slots, keeps: boolean, meters: Meters) {
    this.node = node;
    this.keeps = keeps;
    this.counters = counters;
    this.published = meters.counterHeld(counters + Q.publish);
    this.delivered = meters.counterHeld(counters + Q.deliver);
    this.acknowledged = meters.counterHeld(counters + Q.ack);
    this.wait = meters.durationsHeld(histograms);
    this.depth = meters.levelHeld(levels);
    this.ready = meters.levelHeld(levels + 1);
  }

  /** Takes down how deep the queue is. */
  gauge(q: QueueState, now: Micros): void {
    this.depth.set(q.ready + q.unacked, now);
    this.ready.set(q.ready, now);
  }

  /** The queue is gone. */
  empty(now: Micros): void {
    this.depth.set(0, now);
    this.ready.set(0, now);
  }
}

/** A drawn exchange as the run sees it. */
export class ExchangePlace {
  /** Node index. */
  readonly node: number;
  /** Its first counter. */
  readonly counters: number;
  readonly in: Counter;
  readonly out: Counter;

  constructor(node: number, { counters }: Slots, meters: Meters) {
    this.node = node;
    this.counters = counters;
    this.in = meters.counterHeld(counters + X.in);
    this.out = meters.counterHeld(counters + X.out);
  }
}
