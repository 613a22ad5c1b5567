import type { Counter, Durations } from "../instruments.ts";
import type { Meters } from "../meters.ts";
import type { Port, Session } from "../session.ts";
import type { RunNode } from "../topology.ts";
import { P } from "../vocabulary.ts";
import type { LogTopic } from "./log-topic.ts";

/** A client that writes to a log: one client instance over one edge, with a library's producer of its own. */
export class LogWriter {
  /** The model's number. */
  readonly producer: number;
  readonly port: Port;
  readonly session: Session;
  /** Node index, and what it is metered with; a service waits for nothing. */
  readonly node: number;
  readonly counters: number;
  /** Slot of its level, −1 = none. Others of its node write there too. */
  readonly outbox: number;
  readonly confirmed: Counter | null;
  readonly response: Durations | null;
  /** Given to the library, and not known to be stored or given up. */
  waiting = 0;
  isOpen = true;
  isCut = false;
  /** µs one way, and what the request that set out last takes on top. */
  latency = 0;
  toll = 0;
  /** Whose settings these are; how they were when they were last looked at, and the library's as a text. */
  readonly owner: { readonly config: object };
  config: object | null = null;
  settings = "";
  place: LogTopic | null = null;

  constructor(producer: number, port: Port, session: Session, run: RunNode, owner: LogWriter["owner"], meters: Meters) {
    this.owner = owner;
    this.producer = producer;
    this.port = port;
    this.session = session;
    this.node = run.index;
    this.counters = run.slots.counters;
    const isProducer = port.role === "producer";
    this.outbox = isProducer ? run.slots.levels : -1;
    this.confirmed = isProducer ? meters.counterHeld(run.slots.counters + P.confirm) : null;
    this.response = isProducer ? meters.durationsHeld(run.slots.histograms) : null;
  }
}
