import { type MessageStore, REDELIVERED } from "../../models/messages.ts";
import type { Meta } from "../../models/model.ts";
import type { RabbitModel, RabbitSink } from "../../models/rabbitmq/index.ts";

interface Copy {
  readonly queue: number;
  /** Number of its arrival. */
  readonly number: number;
  /** A client has it and has not answered. */
  isOut: boolean;
}

/** A broker whose effects can be watched. */
export interface Watched extends RabbitSink {
  readonly store: MessageStore;
  readonly model: RabbitModel;
  readonly meta: Meta;
}

/**
 * Looks at every single effect of the model: no copy is with two clients at once, none is delivered after it was settled, lost, discarded or over its time, and each queue hands out in the
 * order it promises. The account of copies is kept by the broker's own ledger.
 */
export class EventChecks {
  private readonly copies = new Map<number, Copy>();
  private arrivals = 0;
  private readonly broker: Watched;

  constructor(broker: Watched) {
    this.broker = broker;
    this.watch("enqueued", (queue, copy) => this.enqueued(queue, copy));
    this.watch("deliver", (_consumer, queue, _tag, copy) => this.handedOut(queue, copy));
    this.watch("getOk", (_channel, queue, _tag, copy) => this.handedOut(queue, copy));
    this.watch("requeued", (_queue, copy) => this.requeued(copy));
    this.watch("settled", (_queue, copy) => this.settled(copy));
    this.watch("deadLettered", (_queue, copy) => this.leaves(copy));
    this.watch("discarded", (_queue, copy) => this.leaves(copy));
    this.watch("lost", (_queue, copy) => this.leaves(copy));
  }

  /** Looks at an effect before the broker's owner does. */
  private watch<K extends keyof RabbitSink>(name: K, look: (...effect: Parameters<RabbitSink[K]>) => void): void {
    const broker = this.broker as RabbitSink;
    const original = broker[name] as (...effect: Parameters<RabbitSink[K]>) => void;
    broker[name] = ((...effect: Parameters<RabbitSink[K]>) => {
      look(...effect);
      original.apply(broker, effect);
    }) as RabbitSink[K];
  }

  private enqueued(queue: number, copy: number): void {
    if (this.copies.has(copy)) throw new Error(`copy ${copy} enters a second queue`);
    this.copies.set(copy, { queue, number: this.arrivals++, isOut: false });
  }

  private handedOut(queue: number, copy: number): void {
    const known = this.copies.get(copy);
    if (known === undefined) throw new Error(`copy ${copy} is delivered though it is in no queue`);
    if (known.isOut) throw new Error(`copy ${copy} is delivered twice at once`);
    if (known.queue !== queue) throw new Error(`copy ${copy} is delivered from another queue than it is in`);
    const { store, meta } = this.broker;
    if (store.expiryOf(copy) < meta.now) throw new Error(`copy ${copy} is delivered after its time`);
    for (const [other, place] of this.copies) {
      const isPassed = place.queue === queue && !place.isOut && place.number < known.number;
      if (isPassed && this.mustComeFirst(queue, other, copy)) {
        throw new Error(`copy ${copy} is delivered before ${other}, which came earlier`);
      }
    }
    known.isOut = true;
  }

  /** Whether a ready copy that came earlier has to be handed out before the other one. */
  private mustComeFirst(queue: number, earlier: number, later: number): boolean {
    const { model, store } = this.broker;
    const priority = (copy: number) => Math.max(0, store.kindOf(copy).priority);
    if (model.isQuorum(queue)) {
      // Returned messages may stand anywhere; the others keep the order of their coming, in 4.x high and normal ones apart.
      const isReturned = [earlier, later].some((copy) => ((store.flags[copy] as number) & REDELIVERED) !== 0);
      return !isReturned && (!model.isVersion4 || priority(earlier) > 4 === priority(later) > 4);
    }
    const levels = model.queues[queue]?.maxPriority ?? 0;
    return Math.min(priority(earlier), levels) >= Math.min(priority(later), levels);
  }

  private requeued(copy: number): void {
    const known = this.copies.get(copy);
    if (known?.isOut !== true) throw new Error(`copy ${copy} is requeued though no client has it`);
    known.isOut = false;
  }

  private settled(copy: number): void {
    if (this.copies.get(copy)?.isOut !== true) throw new Error(`copy ${copy} is settled though no client has it`);
    this.copies.delete(copy);
  }

  private leaves(copy: number): void {
    this.copies.delete(copy);
  }
}
