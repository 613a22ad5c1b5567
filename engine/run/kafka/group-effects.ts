import { type ConsumerSink, type KafkaConsumers, REBALANCE_REASONS } from "../../models/kafka/index.ts";
import type { Core } from "../core.ts";
import { EVENT, ownReason } from "../event-log.ts";
import { G } from "../vocabulary.ts";
import type { Reader, Readers } from "./places.ts";

/** Whose groups and consumers these are. */
interface Owner {
  readonly core: Core;
  readonly consuming: KafkaConsumers;
  readers: (Reader | undefined)[];
  nodeOfConsumer: number[];
  groups: Map<string, Readers>;
  timer(at: number, what: number, target: number): void;
}

/** What groups and consumers do to the run: events and figures; records come with polls. */
export class GroupEffects implements ConsumerSink {
  private readonly owner: Owner;

  constructor(owner: Owner) {
    this.owner = owner;
  }

  timer(at: number, what: number, target: number): void {
    this.owner.timer(at, what, target);
  }

  assigned(consumer: number, partitions: readonly number[]): void {
    const reader = this.owner.readers[consumer];
    if (reader === undefined || reader.readers.name === "" || partitions.length === 0) return;
    const { core } = this.owner;
    const length = this.owner.consuming.assignedCount(consumer);
    core.log.add(EVENT.rebalance, core.now, reader.instance.node.index, -1, -1, undefined, length);
  }

  revoked(): void {}

  joined(): void {}

  left(consumer: number, _group: number, reason: number): void {
    const word = REBALANCE_REASONS[reason];
    const node = this.owner.nodeOfConsumer[consumer];
    if (node === undefined || (word !== "session" && word !== "poll-interval")) return;
    this.owner.core.log.add(EVENT.close, this.owner.core.now, node, -1, -1, ownReason(word));
  }

  rebalancing(group: number, generation: number): void {
    const readers = this.owner.groups.get(this.owner.consuming.groupName(group));
    if (readers === undefined || readers.node < 0) return;
    this.owner.core.log.add(EVENT.rebalance, this.owner.core.now, readers.node, -1, -1, ownReason("begin"), generation);
  }

  stable(group: number, generation: number, members: number): void {
    const readers = this.owner.groups.get(this.owner.consuming.groupName(group));
    if (readers === undefined || readers.node < 0 || members === 0) return;
    this.owner.core.meters.count(readers.counters + G.rebalances);
    this.owner.core.log.add(EVENT.rebalance, this.owner.core.now, readers.node, -1, -1, undefined, generation);
  }

  committed(group: number, _partition: number, offset: number): void {
    const readers = this.owner.groups.get(this.owner.consuming.groupName(group));
    if (readers === undefined || readers.node < 0) return;
    const { core } = this.owner;
    core.meters.count(readers.counters + G.commit);
    if (core.log.detailed === true) core.log.add(EVENT.commit, core.now, readers.node, -1, -1, undefined, offset);
  }

  positioned(): void {}

  lost(): void {}
}
