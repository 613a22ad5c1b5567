import { PartitionHashSet } from "./java-order.ts";
import { type PartitionName, topicOf } from "./partition-name.ts";

interface Movement {
  readonly from: string;
  readonly to: string;
}

const pairOf = (from: string, to: string): string => `${from}\n${to}`;

/**
 * What moved from whom to whom while balancing, topic by topic: instead of a second partition of a topic going the other way, one that moved before goes back.
 */
export class StickyMovements {
  private readonly byPartition = new Map<PartitionName, Movement>();
  private readonly byTopic = new Map<string, Map<string, PartitionHashSet>>();

  /** Which partition of the topic to move instead, so that nothing moves in both directions. */
  instead(partition: PartitionName, from: string, to: string): PartitionName {
    const source = this.byPartition.get(partition)?.from ?? from;
    const opposite = this.byTopic.get(topicOf(partition))?.get(pairOf(to, source));
    return opposite?.first() ?? partition;
  }

  moved(partition: PartitionName, from: string, to: string): void {
    const before = this.byPartition.get(partition);
    if (before === undefined) {
      this.add(partition, { from, to });
      return;
    }
    this.remove(partition, before);
    if (before.from !== to) this.add(partition, { from: before.from, to });
  }

  private add(partition: PartitionName, movement: Movement): void {
    this.byPartition.set(partition, movement);
    const topic = topicOf(partition);
    let pairs = this.byTopic.get(topic);
    if (pairs === undefined) {
      pairs = new Map();
      this.byTopic.set(topic, pairs);
    }
    const pair = pairOf(movement.from, movement.to);
    let partitions = pairs.get(pair);
    if (partitions === undefined) {
      partitions = new PartitionHashSet();
      pairs.set(pair, partitions);
    }
    partitions.add(partition);
  }

  private remove(partition: PartitionName, movement: Movement): void {
    this.byPartition.delete(partition);
    const pairs = this.byTopic.get(topicOf(partition));
    const pair = pairOf(movement.from, movement.to);
    const partitions = pairs?.get(pair);
    partitions?.delete(partition);
    if (partitions?.size === 0) pairs?.delete(pair);
  }
}
