import type { Counter, Durations, Level } from "../instruments.ts";
import type { Meters } from "../meters.ts";
import type { RunNode } from "../topology.ts";

/** Which of a topic's counters are these: their places behind its first. */
export interface TopicCounters {
  readonly produce: number;
  readonly fetch: number;
}

/** A topic of the drawing as the run sees it. */
export class LogTopic {
  readonly id: number;
  /** Node index. */
  readonly node: number;
  /** The brokers' number of the topic. */
  readonly topic: number;
  /** What the brokers call it: the node's name when it was made. A topic cannot be renamed. */
  readonly name: string;
  /** Where it is metered: its first counter. */
  readonly counters: number;
  readonly produced: Counter;
  readonly fetched: Counter;
  /** Messages that it keeps. */
  readonly kept: Level;
  /** From a message's storing to its fetch. */
  readonly waits: Durations;

  constructor(id: number, run: RunNode, topic: number, name: string, own: TopicCounters, meters: Meters) {
    const { slots } = run;
    this.id = id;
    this.node = run.index;
    this.topic = topic;
    this.name = name;
    this.counters = slots.counters;
    this.produced = meters.counterHeld(slots.counters + own.produce);
    this.fetched = meters.counterHeld(slots.counters + own.fetch);
    this.kept = meters.levelHeld(slots.levels);
    this.waits = meters.durationsHeld(slots.histograms);
  }
}
