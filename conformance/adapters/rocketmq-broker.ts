import {
  addStream,
  DISCARD_REASONS,
  HandleLedger,
  LOSS_REASONS,
  MessageStore,
  type Meta,
  PLAIN_KIND,
  RandomStreams,
  RocketCluster,
  type RocketConsumerSink,
  RocketConsumers,
  type Table,
  TIMERS_OF_ROCKET_CONSUMERS,
} from "../../engine/index.ts";
import { CaseError, type CaseEvent, type StepReader } from "../format.ts";
import { RocketConsumerSteps, type RocketConsumersHost } from "./rocketmq-consumers.ts";
import type { Seen } from "./seen.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The brokers' clock at the start of a case, µs. */
export const EPOCH = 1_795_000_000_000_000;
/** The longest that anything takes while the recorder waits for it, µs. */
const MILLI = 1000;

/** What producers are told, beside what happens to messages. */
export interface ProducerNews {
  acked(producer: number, handle: number, queue: number, offset: number, status: number): void;
  failed(producer: number, handle: number, error: string): void;
  half(producer: number, handle: number, status: number): void;
  asked(producer: number, handle: number): void;
}

/** RocketMQ with a clock of its own, whose effects become the events of a case; the account of all copies is kept. */
export class RecordedRocket implements RocketConsumerSink, RocketConsumersHost {
  readonly store = new MessageStore();
  readonly clock = new VirtualClock();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  readonly cluster: RocketCluster;
  readonly consumers: RocketConsumers;
  readonly steps: RocketConsumerSteps;
  readonly groups = new Set<string>();
  readonly marks = new Map<string, number>();
  news: ProducerNews | null = null;
  /** Texts of message ids, by the store's numbers. */
  private readonly ids: string[] = [];
  private seen: Seen[] = [];

  constructor() {
    const streams = new RandomStreams();
    this.clock.now = EPOCH;
    this.meta = { now: EPOCH, streams, stream: addStream(streams, 1, "rocketmq") };
    this.cluster = new RocketCluster(this.store);
    this.consumers = new RocketConsumers(this.cluster, { rebalanceMinMs: 200 });
    this.cluster.watch(this.consumers, this);
    this.steps = new RocketConsumerSteps(this);
  }

  get out(): RocketConsumerSink {
    return this;
  }

  // ---- time

  private readonly fire = (what: number, target: number): void => {
    this.meta.now = this.clock.now;
    if (what < TIMERS_OF_ROCKET_CONSUMERS) this.cluster.timerFired(what, target, this.meta, this);
    else this.consumers.timerFired(what, target, this.meta, this);
    this.followUp();
  };

  /** What effects have asked for: programs do not call back from within one. */
  private readonly todo: (() => void)[] = [];

  later(what: () => void): void {
    this.todo.push(what);
  }

  /** Answers of programs, then whatever consumers can take. */
  followUp(): void {
    do {
      for (let next = this.todo.shift(); next !== undefined; next = this.todo.shift()) next();
      this.steps.serve();
    } while (this.todo.length > 0);
  }

  passTime(micros: number): void {
    this.clock.advance(this.clock.now + micros, this.fire);
    this.meta.now = this.clock.now;
    this.settleClock();
  }

  settleClock(): void {
    this.clock.settle(this.fire);
    this.meta.now = this.clock.now;
    this.followUp();
  }

  /** Lets as much time pass as it takes until the condition holds. @param limit µs at most @returns whether it holds */
  passUntil(isMet: () => boolean, limit: number): boolean {
    const end = this.clock.now + limit;
    this.settleClock();
    while (!isMet()) {
      const next = Math.min(this.clock.nextAt(), end);
      this.passTime(next - this.clock.now);
      if (next === end) return isMet();
    }
    return true;
  }

  // ---- events

  tell(receiver: string, event: CaseEvent): void {
    this.seen.push({ receiver, event });
    this.steps.noticed();
  }

  /** The events since the last call, as OPS.md sorts them. The account must balance. */
  takeEvents(): CaseEvent[] {
    this.check();
    const { seen } = this;
    this.seen = [];
    return seen
      .map((one, order) => ({ ...one, order, rank: rankOf(one.event), offset: offsetOf(one.event) }))
      .sort(
        (a, b) =>
          compare(a.receiver, b.receiver) || compare(a.rank, b.rank) || a.offset - b.offset || a.order - b.order,
      )
      .map(({ event }) => {
        const { isOrderly: _, ...shown } = event;
        return shown as CaseEvent;
      });
  }

  /** Every copy that counts is in exactly one place. */
  check(): void {
    const held: number[] = [];
    this.cluster.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
  }

  // ---- messages

  /** A message for a send. @param properties for conditions */
  make(id: string, properties: Table): number {
    this.ids.push(id);
    const kind = this.store.intern({ ...PLAIN_KIND, headers: { ...properties, KEYS: id } });
    const handle = this.store.alloc(this.meta.now, kind, this.ids.length - 1);
    this.ledger.published(handle);
    return handle;
  }

  messageId(handle: number): string {
    return this.ids[this.store.id[handle] as number] as string;
  }

  /** Of a copy that a client had. */
  free(handle: number): void {
    this.store.free(handle);
  }

  /** A copy ends before any broker or producer of the model had it. */
  discard(handle: number): void {
    this.end(handle, "refused");
  }

  queuesOf(topic: string): readonly number[] {
    const id = this.cluster.topicId(topic);
    return id < 0 ? [] : this.cluster.allQueues(id);
  }

  moment(step: StepReader): number {
    const to = step.text("to");
    if (to === "earliest") return 0;
    if (to === "latest") return -1;
    const mark = this.marks.get(to);
    if (mark === undefined) throw new CaseError(`${step.step.op}: there is no mark ${to}`);
    return mark / MILLI;
  }

  private end(handle: number, how: string): void {
    this.ledger.ends(handle, how);
    this.store.free(handle);
  }

  // ---- effects

  timer(at: number, what: number, target: number): void {
    this.clock.set(at, what, target);
  }

  stored(queue: number, offset: number, handle: number): void {
    this.ledger.moved(handle, `stored in ${queue} at ${offset}`);
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
  }

  acked(producer: number, handle: number, queue: number, offset: number, status: number): void {
    this.news?.acked(producer, handle, queue, offset, status);
  }

  failed(producer: number, handle: number, error: string, isStored: boolean): void {
    this.news?.failed(producer, handle, error);
    if (!isStored) this.end(handle, `failed (${error})`);
  }

  half(producer: number, handle: number, _queue: number, status: number): void {
    this.news?.half(producer, handle, status);
  }

  asked(producer: number, handle: number): void {
    this.news?.asked(producer, handle);
  }

  discarded(queue: number, handle: number, reason: number): void {
    this.end(handle, `discarded from ${queue} (${DISCARD_REASONS[reason]})`);
  }

  lost(queue: number, handle: number, reason: number): void {
    this.end(handle, `lost from ${queue} (${LOSS_REASONS[reason]})`);
  }

  delayed(queue: number, handle: number): void {
    this.ledger.moved(handle, `delayed for ${queue}`);
  }

  sent(): void {}
  released(): void {}
  due(): void {}
  committed(): void {}
  rolledBack(): void {}
  setAside(): void {}
  retried(): void {}
  deadLettered(): void {}
  replicated(): void {}
  brokerChanged(): void {}
  joined(): void {}
  left(): void {}
  gained(): void {}
  gaveUp(): void {}
  rebalanced(): void {}
  offsetStored(): void {}
  dropped(): void {}
  kept(): void {}
  suspended(): void {}
  locked(): void {}
  timedOut(): void {}
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is neither a message nor a check comes first, then checks by message, then messages by queue. */
function rankOf(event: CaseEvent): string {
  if (event.event === "message") return `2 ${String(event.queue)}`;
  return event.event === "checked" ? `1 ${String(event.id)}` : "";
}

/** Messages of a listener that works on several at once stand by offset. */
const offsetOf = (event: CaseEvent): number =>
  event.event === "message" && event.isOrderly !== true ? Number(event.offset) : 0;
