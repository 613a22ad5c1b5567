import type { Calendar } from "../kernel/calendar.ts";
import { type Sampler, sampleMicros } from "../kernel/distributions.ts";
import { nextUnit, type RandomStreams } from "../kernel/random.ts";
import type { Micros } from "../kernel/time.ts";
import { Amount, Counter, Durations, Level } from "./instruments.ts";
import type { Wiretap } from "./wiretap.ts";

export interface LinkConfig {
  latency: Sampler;
  /** µs when the latency is constant, else −1. */
  constant: Micros;
  /** µs on top of what is drawn from `latency`. */
  extra: Micros;
  /** Bytes per µs, 0 = unlimited. */
  bandwidth: number;
  /** Share of messages that do not arrive, 0…1. */
  loss: number;
  /** Nothing passes. */
  cut: boolean;
  /** Encrypted: a handshake when a connection opens, `TLS_PER_MESSAGE` for each message each way, in `constant` or `extra` already. */
  tls: boolean;
}

/** Scaled to what it costs beside a link's delay (product.md §4.1): agreeing on keys, and encrypting and decrypting one message. */
export const TLS_HANDSHAKE: Micros = 20_000;
export const TLS_PER_MESSAGE: Micros = 200;

/** The message does not arrive. */
export const NEVER = -1;

/** Over TCP what is lost is sent again after the round trip and this long, then twice as long (Linux: at least 200 ms); when the last try is lost too, it is let through. */
const SENT_AGAIN_AFTER: Micros = 200_000;
const SENT_AGAIN_MOST = 7;

/**
 * One edge as a network path, each way on its own. Like the connection it stands for it keeps order: what is sent later arrives later, whatever the latency drawn.
 * Bandwidth delays a message by its size and makes the next one wait for it.
 */
export class Link {
  config: LinkConfig;
  /** Index of the edge in the run. */
  edge: number;
  stream: number;
  /** No delay, no loss, no bandwidth, nothing on the way: sender and receiver act in one event. */
  instant = false;
  /** A message of any size takes the same time, so that a lane may carry it. */
  steady = false;
  lane = 0;
  /** Where the edge is metered, and what it is metered with; see `Core.meterLink`. */
  counters = 0;
  levels = 0;
  histogram = 0;
  messages: Counter = new Counter(0);
  bytes: Amount = new Amount(0);
  onTheWay: Level = new Level(0);
  transfer: Durations = new Durations();
  busyUntil = 0;
  lastForward = 0;
  lastBack = 0;
  /** Until then the two ends agree on keys. */
  private readyAt = 0;
  /** Somebody listens. */
  tap: Wiretap | null = null;

  constructor(edge: number, stream: number, config: LinkConfig, calendar: Calendar) {
    this.edge = edge;
    this.stream = stream;
    this.config = config;
    this.configure(config, calendar);
  }

  configure(config: LinkConfig, calendar: Calendar): void {
    this.config = config;
    // What is still on its way from slower times must not be overtaken: then every message looks at the one before.
    const now = Math.max(0, calendar.time);
    // Nothing had to wait for bytes before.
    if (config.bandwidth > 0 && this.busyUntil < now) this.busyUntil = now;
    const isClear = this.lastForward <= now + Math.max(0, config.constant) && this.readyAt <= now;
    const isWell = config.bandwidth === 0 && config.loss === 0 && !config.cut && isClear;
    this.instant = config.constant === 0 && isWell;
    this.lane = config.constant > 0 ? calendar.lane(config.constant) : -1;
    this.steady = this.lane >= 0 && isWell;
  }

  /** A client's connection opens over this link. */
  opened(calendar: Calendar): void {
    if (!this.config.tls) return;
    this.readyAt = Math.max(0, calendar.time) + TLS_HANDSHAKE;
    this.configure(this.config, calendar);
  }

  /** Arrival of what is sent now in the direction of the edge, or NEVER. @param size bytes */
  forward(now: Micros, size: number, streams: RandomStreams): Micros {
    const { config } = this;
    if (config.cut) return NEVER;
    if (config.loss > 0 && nextUnit(streams, this.stream) < config.loss) return NEVER;
    let start = now > this.readyAt ? now : this.readyAt;
    if (config.bandwidth > 0) {
      if (this.busyUntil > start) start = this.busyUntil;
      start += Math.round(size / config.bandwidth);
      this.busyUntil = start;
    }
    let at = start + this.delay(streams);
    if (at < this.lastForward) at = this.lastForward;
    this.lastForward = at;
    return at;
  }

  /**
   * As `forward`, for clients whose library speaks of a stream of bytes and not of messages: over TCP nothing is lost, what gets lost on the way is sent again, and what was
   * sent after it waits. Only on a cut link nothing arrives.
   */
  forwardTcp(now: Micros, size: number, streams: RandomStreams): Micros {
    if (this.isDead) return NEVER;
    const start = now > this.readyAt ? now : this.readyAt;
    let at = start + this.toll(start, size, streams) + this.delay(streams);
    if (at < this.lastForward) at = this.lastForward;
    this.lastForward = at;
    return at;
  }

  /**
   * What something over TCP takes beside the link's delay: waiting for the bytes before it, its own at the link's bandwidth, and what is lost sent again.
   * @param size bytes; 0 = an answer, which goes the other way and waits for none of them @returns µs, 0 on a sound link
   */
  toll(now: Micros, size: number, streams: RandomStreams): Micros {
    const { bandwidth, loss } = this.config;
    let through = now;
    if (bandwidth > 0 && size > 0) {
      if (this.busyUntil > through) through = this.busyUntil;
      through += Math.round(size / bandwidth);
      this.busyUntil = through;
    }
    let pause = SENT_AGAIN_AFTER;
    if (loss > 0) {
      for (let i = 0; i < SENT_AGAIN_MOST && nextUnit(streams, this.stream) < loss; i++) {
        through += pause + 2 * Math.max(0, this.config.constant);
        pause *= 2;
      }
    }
    return through - now;
  }

  /** Nothing gets through, however often it is sent. */
  get isDead(): boolean {
    return this.config.cut || this.config.loss >= 1;
  }

  /** As `forward`, for acknowledgements and confirms, which travel back and have no size. */
  back(now: Micros, streams: RandomStreams): Micros {
    const { config } = this;
    if (config.cut) return NEVER;
    if (config.loss > 0 && nextUnit(streams, this.stream) < config.loss) return NEVER;
    let at = (now > this.readyAt ? now : this.readyAt) + this.delay(streams);
    if (at < this.lastBack) at = this.lastBack;
    this.lastBack = at;
    return at;
  }

  private delay(streams: RandomStreams): Micros {
    const { constant, latency, extra } = this.config;
    return constant >= 0 ? constant : sampleMicros(latency, streams, this.stream) + extra;
  }
}
