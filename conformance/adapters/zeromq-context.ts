import {
  addStream,
  DISCARD_REASONS,
  HandleLedger,
  LOSS_REASONS,
  MessageStore,
  type Meta,
  PLAIN_KIND,
  RandomStreams,
  type ZmqConfig,
  ZmqModel,
  type ZmqSink,
} from "../../engine/index.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** What the model makes up: identities of five bytes of which the first is 0, request ids of four that are no text. */
const IDENTITY = /^\0[\s\S]{4}$/;
const REQUEST_ID = /^\u00ff\u00fe[\s\S]{2}$/;

/** Sockets of one context with a clock of their own, whose effects become the events of a case; the ledger is kept. */
export class RecordedContext implements ZmqSink {
  readonly store = new MessageStore();
  readonly model: ZmqModel;
  readonly clock = new VirtualClock();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  /** What the last `recv` gave. */
  frames: string[] = [];
  /** Names (`@1`, `#1`) by what the library made, and the other way round. */
  readonly aliases = new Map<string, string>();
  readonly originals = new Map<string, string>();
  private readonly kind = this.store.intern(PLAIN_KIND);
  private identities = 0;
  private requests = 0;

  constructor(config: ZmqConfig = {}) {
    this.model = new ZmqModel(this.store, { ...config, isNamed: true });
    const streams = new RandomStreams();
    this.meta = { now: 0, streams, stream: addStream(streams, 1, "zeromq") };
  }

  private readonly fire = (what: number, target: number): void => {
    this.meta.now = this.clock.now;
    this.model.timerFired(what, target, this.meta, this);
  };

  passTime(micros: number): void {
    this.clock.advance(this.clock.now + micros, this.fire);
    this.meta.now = this.clock.now;
  }

  /** Every message is in exactly one place. */
  check(): void {
    const held: number[] = [];
    this.model.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
  }

  /** @param frames as in a case @returns the code */
  send(socket: number, frames: readonly string[]): number {
    const actual = frames.map((frame) => this.originals.get(frame) ?? frame);
    const { model, store } = this;
    const copy = store.alloc(this.meta.now, this.kind, model.number(actual[actual.length - 1] as string));
    model.setFrames(copy, actual.slice(0, -1));
    this.ledger.published(copy);
    const code = model.send(socket, copy, this.meta, this);
    if (code !== 0) this.end(copy, "refused");
    return code;
  }

  /** @returns the code; the frames stand in `frames` then */
  recv(socket: number): number {
    return this.model.recv(socket, this.meta, this);
  }

  /** Frames with names for what the library makes by chance. */
  private named(frames: readonly string[]): string[] {
    return frames.map((frame) => {
      const known = this.aliases.get(frame);
      if (known !== undefined) return known;
      if (IDENTITY.test(frame)) return this.name(frame, `@${++this.identities}`);
      return REQUEST_ID.test(frame) ? this.name(frame, `#${++this.requests}`) : frame;
    });
  }

  private name(frame: string, name: string): string {
    this.aliases.set(frame, name);
    this.originals.set(name, frame);
    return name;
  }

  // ---- effects

  private end(copy: number, how: string): void {
    this.ledger.ends(copy, how);
    this.store.free(copy);
  }

  received(socket: number, copy: number): void {
    this.frames = this.named(this.model.framesOf(copy));
    this.end(copy, `received by ${socket}`);
  }

  subscription(_socket: number, prefix: string, isSubscribed: boolean): void {
    this.frames = [`${isSubscribed ? "\u0001" : "\u0000"}${prefix}`];
  }

  queued(socket: number, copy: number): void {
    this.ledger.moved(copy, `queued by ${socket}`);
  }

  arrived(socket: number, copy: number): void {
    this.ledger.moved(copy, `arrived at ${socket}`);
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
  }

  made(_socket: number, copy: number): void {
    this.ledger.published(copy);
  }

  taken(socket: number, copy: number): void {
    this.end(copy, `taken by ${socket}`);
  }

  discarded(socket: number, copy: number, reason: number): void {
    this.end(copy, `discarded at ${socket} (${DISCARD_REASONS[reason]})`);
  }

  lost(socket: number, copy: number, reason: number): void {
    this.end(copy, `lost at ${socket} (${LOSS_REASONS[reason]})`);
  }

  readable(): void {}

  writable(): void {}

  timer(at: number, what: number, target: number): void {
    this.clock.set(at, what, target);
  }
}
