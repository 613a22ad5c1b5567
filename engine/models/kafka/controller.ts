import type { Meta } from "../model.ts";
import type { ClusterState } from "./cluster-state.ts";
import { changeLeader } from "./leading.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ClusterSink } from "./sink.ts";

/** A change of who is in step, and of who leads if the leader is not among them. */
export interface Change {
  /** Brokers that did not end in order: they leave the eligible ones (KIP-966). */
  readonly unclean?: readonly number[];
  /** An administrator asked for it, or the topic allows it: any replica may lead. */
  readonly isUncleanAllowed?: boolean;
  /** The first replica of the list, if it is in step. */
  readonly isPreferred?: boolean;
}

/**
 * The controller's one decision: who is in sync, who is eligible (ELR), who leads (semantics/kafka.md §4, recorded in kafka/cluster and kafka/cluster-elr).
 * @param isr who is to be in sync
 */
export function changeInSync(
  c: ClusterState,
  partition: PartitionState,
  isr: readonly number[],
  meta: Meta,
  out: ClusterSink,
  change: Change = {},
): void {
  const order = partition.replicas.map(({ broker }) => broker);
  const target = order.filter((broker) => isr.includes(broker));
  const least = c.minInSync(partition);
  let eligible: number[] = [];
  if (target.length < least) {
    const before = [...partition.elr, ...partition.isr];
    const unclean = change.unclean ?? [];
    eligible = order.filter(
      (broker) => before.includes(broker) && !target.includes(broker) && !unclean.includes(broker),
    );
  }
  const isChanged = target.length !== partition.isr.length;
  partition.isr = target;
  partition.elr = eligible;
  elect(c, partition, meta, out, change);
  if (partition.isr.length >= least) partition.elr = [];
  if (isChanged || partition.isr.length !== target.length) out.inSync(partition.id, partition.isr.length);
}

function elect(c: ClusterState, partition: PartitionState, meta: Meta, out: ClusterSink, change: Change): void {
  const { isr, elr, leader, replicas } = partition;
  const isActive = (broker: number): boolean => c.broker(broker)?.isFenced === false;
  const isSafe = (broker: number): boolean => isActive(broker) && (isr.includes(broker) || elr.includes(broker));
  let chosen = -1;
  const preferred = replicas[0]?.broker ?? -1;
  if (change.isPreferred === true && isSafe(preferred)) chosen = preferred;
  else if (leader >= 0 && isSafe(leader)) chosen = leader;
  else chosen = replicas.find(({ broker }) => isSafe(broker))?.broker ?? -1;
  if (chosen < 0 && isr.length === 0 && elr.length === 0 && isActive(partition.lastLeader))
    chosen = partition.lastLeader;
  let isUnclean = false;
  if (chosen < 0 && (change.isUncleanAllowed === true || c.settingsOf(partition).isUncleanElection)) {
    chosen = replicas.find(({ broker }) => isActive(broker))?.broker ?? -1;
    isUnclean = chosen >= 0;
  }
  if (chosen >= 0 && !isr.includes(chosen)) partition.isr = [chosen];
  partition.elr = isUnclean ? [] : elr.filter((broker) => !partition.isr.includes(broker));
  if (chosen !== leader) changeLeader(c, partition, chosen, meta, out);
}

/** Gives a partition a leader if it has none and may have one. */
export function electIfNone(
  c: ClusterState,
  partition: PartitionState,
  meta: Meta,
  out: ClusterSink,
  change: Change = {},
): void {
  if (partition.leader < 0 && !partition.isDeleted) changeInSync(c, partition, partition.isr, meta, out, change);
}

/** The controller has not heard of a broker for its session's time, or it registers anew: it leaves all in-sync replicas. */
export function fence(c: ClusterState, id: number, meta: Meta, out: ClusterSink): void {
  const broker = c.broker(id);
  if (broker === undefined || broker.isFenced) return;
  broker.isFenced = true;
  dismiss(c, id, meta, out);
}

/** Takes a broker out of all in-sync replicas. */
export function dismiss(c: ClusterState, id: number, meta: Meta, out: ClusterSink): void {
  for (const partition of c.partitions) {
    if (partition.isDeleted || !(partition.isr.includes(id) || partition.leader === id)) continue;
    changeInSync(
      c,
      partition,
      partition.isr.filter((one) => one !== id),
      meta,
      out,
    );
  }
}
