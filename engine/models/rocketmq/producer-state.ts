import type { ProducerConfig } from "./producer-config.ts";
import { RequestRing } from "./request-ring.ts";
import { SendRequest } from "./send-request.ts";

/** What a producer knows of a topic: the route it has, and its turn over the queues. */
export interface TurnState {
  /** The topic's count of changes when it heard of this route. */
  version: number;
  /** Numbers of the queues, in order. */
  queues: readonly number[];
  /** The queue that comes next. */
  place: number;
}

export const NEVER: number = Number.POSITIVE_INFINITY;

export class ProducerState {
  readonly id: number;
  readonly config: ProducerConfig;
  readonly openedAt: number;
  isOpen = true;
  /** µs from the producer to a broker, and as long back. */
  latency = 0;
  isCut = false;
  /** By topic. */
  turns: Map<number, TurnState> = new Map();
  /** Where turns begin instead of at a place that is drawn: by topic's name; "" for all. */
  firsts: Map<string, number> = new Map();
  /** Brokers that are avoided for a while: until when, µs. */
  avoided: Map<number, number> = new Map();
  /** Brokers it has talked to, and since when, µs: they can ask it. */
  contacts: Map<number, number> = new Map();
  /** Requests that are not done with, in the order of their sending. */
  live: SendRequest[] = [];
  spare: SendRequest[] = [];
  outward: RequestRing = new RequestRing();
  homeward: RequestRing = new RequestRing();
  lastOutward = 0;
  lastHomeward = 0;
  /** Not later than the first time at which waiting for an answer ends, µs. */
  deadlineAt: number = NEVER;
  /** When it looks for what has arrived or waited too long, µs. */
  timerAt: number = NEVER;

  constructor(id: number, config: ProducerConfig, now: number) {
    this.id = id;
    this.config = config;
    this.openedAt = now;
  }

  /** A request to fill in. */
  request(): SendRequest {
    const request = this.spare.pop() ?? new SendRequest();
    request.producer = this.id;
    this.live.push(request);
    return request;
  }

  /** The request is done with. */
  release(request: SendRequest): void {
    request.clear();
    const at = this.live.indexOf(request);
    if (at >= 0) this.live.splice(at, 1);
    this.spare.push(request);
  }
}
