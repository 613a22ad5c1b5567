import type { Meta } from "../model.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import type { GroupState } from "./group-state.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_OFFSETS } from "./timers.ts";

const MILLI = 1000;

/** The group's offset at the broker; written down later (`flushConsumerOffsetInterval`). */
export function setOffset(
  state: ClusterState,
  group: GroupState,
  queue: number,
  offset: number,
  meta: Meta,
  out: ClusterSink,
): void {
  group.offsets.set(queue, offset);
  const broker = state.brokerOf(queue);
  broker.hasNewOffsets = true;
  wantOffsetsTimer(broker, meta, out);
}

export function wantOffsetsTimer(broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.hasNewOffsets || broker.offsetsTimer >= 0 || !broker.isAnswering) return;
  const step = broker.settings.flushConsumerOffsetInterval * MILLI;
  broker.offsetsTimer = broker.startedAt + (Math.floor((meta.now - broker.startedAt) / step) + 1) * step;
  out.timer(broker.offsetsTimer, TIMER_OFFSETS, broker.id);
}

export function offsetsTimer(state: ClusterState, broker: BrokerState, meta: Meta): void {
  if (broker.offsetsTimer !== meta.now) return;
  broker.offsetsTimer = -1;
  if (broker.isAnswering) writeOffsets(state, broker);
}

/** What is written down outlives the process. */
export function writeOffsets(state: ClusterState, broker: BrokerState): void {
  broker.hasNewOffsets = false;
  for (const group of state.groups) {
    for (const queue of broker.queues) {
      const offset = group.offsets.get(queue);
      if (offset !== group.written.get(queue)) group.written.set(queue, offset);
    }
  }
}
