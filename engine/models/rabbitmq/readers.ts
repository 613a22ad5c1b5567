import { headOf, readyCopies } from "./contents.ts";
import { consumersCounted } from "./declaring.ts";
import { forEachHeld } from "./holdings.ts";
import { NOBODY, QUORUM, STREAM } from "./queue-state.ts";
import { REPLY_QUEUE } from "./reply-to.ts";
import { RabbitState } from "./state.ts";
import { consumerByTag } from "./subscribing.ts";

/** What may be asked of a broker without changing it. */
export class RabbitReaders extends RabbitState {
  /** −1 when there is none. The default exchange is 0. */
  exchangeId(name: string): number {
    return this.exchangeIds.get(name) ?? NOBODY;
  }

  exchangeName(id: number): string {
    return this.exchanges[id]?.name ?? "";
  }

  /** −1 when there is none. */
  queueId(name: string): number {
    return this.queueIds.get(name) ?? NOBODY;
  }

  /** −1 is the pseudo-queue of direct replies. */
  queueName(id: number): string {
    return id === NOBODY ? REPLY_QUEUE : (this.queues[id]?.name ?? "");
  }

  /** Names of all queues, in the order of declaration. */
  queueNames(): string[] {
    return this.queues.flatMap((q) => (q ? [q.name] : []));
  }

  /** Queue declared last on the channel: what its empty queue name means. */
  lastQueue(channel: number): string {
    return this.channels[channel]?.lastQueue ?? "";
  }

  ready(queue: number): number {
    return this.queues[queue]?.ready ?? 0;
  }

  unacked(queue: number): number {
    return this.queues[queue]?.unacked ?? 0;
  }

  /** Ready and unacknowledged messages. */
  depth(queue: number): number {
    const q = this.queues[queue];
    return q == null ? 0 : q.ready + q.unacked;
  }

  readyBytes(queue: number): number {
    return this.queues[queue]?.readyBytes ?? 0;
  }

  /** When the ready message at the head came, Infinity for an empty queue. */
  headEnqueuedAt(queue: number): number {
    const q = this.queues[queue];
    return !q || q.ready === 0 ? Number.POSITIVE_INFINITY : this.store.enqueuedAt(headOf(q));
  }

  consumerCount(queue: number): number {
    const q = this.queues[queue];
    return q ? consumersCounted(q) : 0;
  }

  /** Visits ready copies from head to tail. */
  forEachReady(queue: number, visit: (copy: number) => void): void {
    const q = this.queues[queue];
    if (q) for (const copy of readyCopies(q)) visit(copy);
  }

  /** Everything the broker holds of a queue that is neither ready nor unacknowledged: dead letters without a place, copies that no majority has written. */
  heldBack(queue: number): number {
    const q = this.queues[queue];
    return q ? q.stuck.length + q.unwritten.length : 0;
  }

  /** Visits every copy that the broker holds, each once. For checks. */
  forEachHeld(visit: (copy: number) => void): void {
    forEachHeld(this, visit);
  }

  /** What the consumer may still get now. */
  consumerCredit(consumer: number): number {
    return this.consumers[consumer]?.credit ?? 0;
  }

  consumerByTag(channel: number, tag: string): number {
    return consumerByTag(this, channel, tag);
  }

  /** Exchange at which a binding begins. An entry −1 − x of a path, the way over x's alternate, begins at x. */
  bindingSource(binding: number): number {
    return binding < 0 ? -1 - binding : (this.bindings[binding]?.source ?? NOBODY);
  }

  /** Node that leads or is home to the queue. */
  queueNode(queue: number): number {
    return this.queues[queue]?.node ?? 0;
  }

  isQuorum(queue: number): boolean {
    return this.queues[queue]?.type === QUORUM;
  }

  isStream(queue: number): boolean {
    return this.queues[queue]?.type === STREAM;
  }

  isQueueDown(queue: number): boolean {
    return this.queues[queue]?.isDown ?? true;
  }

  queueExists(queue: number): boolean {
    return this.queues[queue] != null;
  }

  isOpen(channel: number): boolean {
    return this.channels[channel]?.open ?? false;
  }

  isBlocked(connection: number): boolean {
    return this.connections[connection]?.blocked ?? false;
  }
}
