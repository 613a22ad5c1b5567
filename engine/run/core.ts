import { Calendar } from "../kernel/calendar.ts";
import { addStream, RandomStreams } from "../kernel/random.ts";
import type { Micros } from "../kernel/time.ts";
import { ENDED, HELD, MessageStore, REDELIVERED, REPLY } from "../models/messages.ts";
import { lossReason } from "../models/model.ts";
import { LOOK, packLook } from "../worker/protocol.ts";
import { EVENT, EventLog, faultReason } from "./event-log.ts";
import type { Counter, Level } from "./instruments.ts";
import { END_LOST, END_PROCESSED, Ledger } from "./ledger.ts";
import type { Link } from "./link.ts";
import { Meters } from "./meters.ts";
import { TokenRecorder } from "./tokens.ts";
import { COUNTERS, E, HISTOGRAMS, LEVELS, type MeteredKind, S } from "./vocabulary.ts";

/** What happens in virtual time. An event is its kind in the low bits of `what`, the thing it concerns above them, and a datum. */
export const EVENT_BITS = 4;
/** Timers carry their host's and their model's word in this many bits of the target, the host's number above them. */
export const TIMER_BITS = 8;

const UNHEARD = lossReason("channel-closed");
export const AT = {
  /** A producer instance makes its next message; data = epoch. */
  produce: 0,
  /** A message reaches the broker over an output; data = handle. */
  published: 1,
  /** A routed copy reaches a queue; target = queue entry, data = handle. */
  enqueue: 2,
  /** A delivery reaches a consumer instance; data = epoch. */
  delivered: 3,
  /** Work is done: target = instance and slot, data = epoch. */
  done: 4,
  /** An answer reaches the broker: target = session, data = delivery tag. */
  ack: 5,
  requeue: 6,
  reject: 7,
  /** A confirm or refusal reaches the producer: target = session, data = publish number. */
  confirmed: 8,
  refused: 9,
  /** A model asked to be called: target = host and the model's own word, data = the model's target. */
  timer: 10,
  /** A producer gives up waiting, or tries again: target = instance, data = key of the pending publish. */
  timeout: 11,
  retry: 12,
  /** A crashed client comes back: target = consumer instance, data = epoch. */
  restart: 13,
  /** A scripted operation: target = its index, data = 0 do, 1 undo. */
  script: 14,
  /** A consumer that polls asks for a message: target = subscription, data = epoch of its instance. */
  poll: 15,
} as const;

/** Slots of one metered thing. */
export interface Slots {
  counters: number;
  levels: number;
  histograms: number;
}

/** A clock and stream as the models are told them; `now` is kept up to date by the run. */
export class RunMeta {
  now: Micros = 0;
  readonly streams: RandomStreams;
  readonly stream: number;
  constructor(streams: RandomStreams, stream: number) {
    this.streams = streams;
    this.stream = stream;
  }
}

/** What every part of a run shares: time, chance, messages, the account and the instruments. */
export class Core {
  now: Micros = 0;
  seed: number;
  calendar: Calendar = new Calendar();
  streams: RandomStreams = new RandomStreams();
  store: MessageStore = new MessageStore();
  ledger: Ledger = new Ledger();
  meters: Meters = new Meters();
  /** For observers only; not part of the state. */
  log: EventLog = new EventLog();
  tokens: TokenRecorder = new TokenRecorder();
  private readonly tries: Map<number, [id: number, tries: number]> = new Map();
  /** Number of the last published message. */
  lastMessage = 0;
  system: Slots;
  readonly published: Counter;
  readonly processed: Counter;
  readonly inSystem: Level;
  /** Hash of every event so far: two runs are the same when these are. */
  hash = 0x2545f491 | 0;

  constructor(seed: number) {
    this.seed = seed;
    this.system = this.addSlots("system");
    const { meters, system } = this;
    this.published = meters.counterHeld(system.counters + S.published);
    this.processed = meters.counterHeld(system.counters + S.processed);
    this.inSystem = meters.levelHeld(system.levels);
  }

  addSlots(kind: MeteredKind): Slots {
    const slots = {
      counters: this.meters.addCounters(COUNTERS[kind].length),
      levels: this.meters.addLevels(LEVELS[kind]),
      histograms: this.meters.histograms.length,
    };
    for (const name of HISTOGRAMS[kind]) {
      const slot = this.meters.addHistogram();
      // Every message that is processed anywhere counts for the system.
      if (name === "e2e" && kind !== "system") this.meters.gather(slot, this.system.histograms);
    }
    return slots;
  }

  addStream(name: string): number {
    return addStream(this.streams, this.seed, name);
  }

  /** Gives a link its instruments. */
  meterLink(link: Link): void {
    const { counters, levels, histograms } = this.addSlots("edge");
    link.counters = counters;
    link.levels = levels;
    link.histogram = histograms;
    const { meters } = this;
    link.messages = meters.counterHeld(counters + E.messages);
    link.bytes = meters.amountHeld(counters + E.bytes);
    link.onTheWay = meters.levelHeld(levels);
    link.transfer = meters.durationsHeld(histograms);
    this.meters.complete(histograms, counters + E.messages);
  }

  /** Which try of a request a copy is, or answers: by its handle, with its publish number, because handles are used again. */
  noteTry(handle: number, tries: number): void {
    if (tries > 0) this.tries.set(handle, [this.store.id[handle] as number, tries]);
    else this.tries.delete(handle);
  }

  tryOf(handle: number): number {
    const known = this.tries.get(handle);
    return known !== undefined && known[0] === this.store.id[handle] ? known[1] : 0;
  }

  /** A new message of the ledger. @param kind row in the store @param id publish number, or 0 for the next one */
  publishNew(kind: number, birth: Micros, id = 0): number {
    const handle = this.store.alloc(birth, kind, id > 0 ? id : ++this.lastMessage);
    this.ledger.begin();
    this.published.pending++;
    this.inSystem.change(1, this.now);
    return handle;
  }

  /** A copy has ended: closes it in the ledger and frees the handle. */
  end(handle: number, outcome: number, reason: number): void {
    const { ledger } = this;
    if (outcome === END_PROCESSED && this.store.groupOf(handle) === 0) {
      ledger.endOnly();
      this.store.free(handle);
      this.inSystem.change(-1, this.now);
      this.processed.pending++;
      return;
    }
    const open = ledger.open;
    const processed = ledger.processed;
    ledger.end(this.store, handle, outcome, reason);
    this.store.free(handle);
    this.afterLedger(open, processed);
  }

  /** As `end`, of a copy that was processed. */
  endProcessed(handle: number): void {
    const { ledger, store } = this;
    if (store.groupOf(handle) !== 0) {
      this.end(handle, END_PROCESSED, 0);
      return;
    }
    ledger.endOnly();
    store.free(handle);
    this.inSystem.change(-1, this.now);
    this.processed.pending++;
  }

  /** Closes a copy whose handle somebody still holds. */
  closeOnly(handle: number, outcome: number, reason: number): void {
    const { open, processed } = this.ledger;
    this.ledger.end(this.store, handle, outcome, reason);
    this.afterLedger(open, processed);
  }

  /** A host, or its model, is to be called: `timerFired(what, target)` of host number `host`. @param at µs; not before now */
  timer(host: number, at: Micros, what: number, target: number): void {
    const event = AT.timer | (((host << TIMER_BITS) | what) << EVENT_BITS);
    this.calendar.push(Math.max(at, this.now), 1, event, target);
  }

  /** A publish came off a link whose sender has no connection any more: nobody says it to the broker. @param node where it was going to */
  unheard(handle: number, node: number): void {
    this.log.add(EVENT.lost, this.now, node, this.store.id[handle] as number, -1, faultReason(UNHEARD));
    this.end(handle, END_LOST, UNHEARD);
  }

  /** Shows an answer on its way back over a link. */
  showAnswer({ edge, config }: Link, isAck: boolean): void {
    const latency = config.constant > 0 ? config.constant : 0;
    this.tokens.hop(edge, this.now, this.now + latency, isAck ? LOOK.ack : LOOK.nack);
  }

  /** The broker is done with the copy; a consumer may still hold it, and then frees it. */
  endElsewhere(handle: number, outcome: number, reason: number): void {
    const flags = this.store.flags[handle] as number;
    if ((flags & HELD) === 0) {
      this.end(handle, outcome, reason);
      return;
    }
    this.closeOnly(handle, outcome, reason);
    this.store.flags[handle] = flags | ENDED;
  }

  release(group: number): void {
    const { open, processed } = this.ledger;
    this.ledger.release(group);
    this.afterLedger(open, processed);
  }

  private afterLedger(openBefore: number, processedBefore: number): void {
    if (this.ledger.open !== openBefore) this.inSystem.change(-1, this.now);
    if (this.ledger.processed !== processedBefore) this.processed.pending++;
  }

  /** How the copy looks on the screen; 0 while nobody looks. */
  look(handle: number, what: number): number {
    if (!this.tokens.wanted) return 0;
    const kind = this.store.kindOf(handle);
    const flags = this.store.flags[handle] as number;
    const shown = what === LOOK.message && (flags & REPLY) !== 0 ? LOOK.reply : what;
    return packLook(shown, kind.key, (flags & REDELIVERED) !== 0, kind.priority > 4 ? 2 : kind.priority > 0 ? 1 : 0);
  }

  /** Somebody listens on a link. */
  isTapped = false;

  private overheard({ tap, config }: Link, handle: number): void {
    const { store } = this;
    tap?.hear(this.now, store.id[handle] as number, store.kind[handle] as number, store.sizeOf(handle), !config.tls);
  }

  /** Notes a hop in the direction of the edge that takes no time: figures and token. */
  passNow(link: Link, handle: number): void {
    if (this.isTapped === true) this.overheard(link, handle);
    link.messages.pending++;
    link.bytes.pending += this.store.sizeOf(handle);
    if (this.tokens.wanted === true) this.showPass(link, handle);
  }

  /** The token of a hop that takes no time. */
  showPass(link: Link, handle: number): void {
    this.tokens.hop(link.edge, this.now, this.now, this.look(handle, LOOK.message));
  }

  /** Notes a hop that ends with an event of its own (`landed`), if only in this moment: a link that is no longer slow still takes messages in turn. */
  hop(link: Link, handle: number, arrival: Micros): void {
    if (this.isTapped === true) this.overheard(link, handle);
    link.messages.pending++;
    link.bytes.pending += this.store.sizeOf(handle);
    if (arrival > this.now) link.transfer.record(arrival - this.now);
    link.onTheWay.change(1, this.now);
    if (this.tokens.wanted === true) this.tokens.hop(link.edge, this.now, arrival, this.look(handle, LOOK.message));
  }

  /** A passage inside a broker that may begin later than now (the second binding of a path). */
  passed(link: Link, handle: number, from: number, to: number, what: number = LOOK.message): void {
    if (this.isTapped === true) this.overheard(link, handle);
    link.messages.pending++;
    if (to !== from) link.transfer.record(to - from);
    if (this.tokens.wanted === true) this.tokens.hop(link.edge, from, to, this.look(handle, what));
  }

  /** A hop has ended that `hop` noted. */
  landed(link: Link): void {
    link.onTheWay.change(-1, this.now);
  }

  lostOnLink(link: Link, look: number): void {
    this.meters.count(link.counters + E.lostOnLink);
    if (this.tokens.wanted) this.tokens.hop(link.edge, this.now, this.now + 200_000, look);
  }
}
