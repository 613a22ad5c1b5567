import { SECOND } from "../../kernel/time.ts";
import type { RocketConsumerSink } from "../../models/rocketmq/index.ts";
import { EVENT, ownReason } from "../event-log.ts";
import { U } from "../vocabulary.ts";
import type { Readers } from "./places.ts";
import { RocketEffects } from "./rocket-effects.ts";

/** What consumers do to the run: events and figures. What becomes of messages is told by the brokers. */
export abstract class ConsumerEffects extends RocketEffects implements RocketConsumerSink {
  readersOfGroup(group: number): Readers | undefined {
    return this.groups.get(this.cluster.groupName(group));
  }

  joined(): void {}

  left(): void {}

  gained(): void {}

  gaveUp(): void {}

  rebalanced(consumer: number, group: number, queues: readonly number[]): void {
    const { core } = this;
    const readers = this.readersOfGroup(group);
    if (readers !== undefined && readers.counters >= 0) core.meters.count(readers.counters + U.rebalances);
    // Its retry topic's queue comes along and is not what anybody asks for.
    const count = queues.filter((queue) => this.placeAt(queue) !== undefined).length;
    const node = this.nodeOfConsumer[consumer] ?? -1;
    core.log.add(EVENT.rebalance, core.now, node, -1, -1, ownReason("queues"), count);
  }

  offsetStored(group: number, _queue: number, offset: number): void {
    const readers = this.readersOfGroup(group);
    if (readers === undefined || readers.counters < 0) return;
    const { core } = this;
    core.meters.count(readers.counters + U.commit);
    // Every pull carries an offset along: told one by one, nothing else could be read.
    if (core.now < readers.toldAt + SECOND) return;
    readers.toldAt = core.now;
    if (core.log.detailed === true) core.log.add(EVENT.commit, core.now, readers.node, -1, -1, undefined, offset);
  }

  dropped(consumer: number, queue: number, offset: number): void {
    const { core } = this;
    const id = this.messageAt(queue, offset);
    core.log.add(EVENT.discard, core.now, this.nodeOfConsumer[consumer] ?? -1, id, -1, ownReason("broadcasting"));
  }

  /** Publish number of the message at an offset, −1 when it is gone. */
  protected abstract messageAt(queue: number, offset: number): number;

  kept(): void {}

  suspended(consumer: number, _queue: number, _until: number, times: number): void {
    const { core } = this;
    core.log.add(EVENT.suspend, core.now, this.nodeOfConsumer[consumer] ?? -1, -1, -1, undefined, times);
  }

  locked(): void {}

  timedOut(): void {}
}
