import type { Meta } from "../model.ts";
import type { BrokerState, LogFile } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { RETAINED } from "./reasons.ts";
import { rescue } from "./rescue.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_RETENTION } from "./timers.ts";

const MILLI = 1000;
/** Bytes of a message beside its body: the fixed fields, and topic and properties as they usually are. */
const OVERHEAD = 200;
/** Files that one look deletes for want of room (`deleteFileBatchMax`). */
const FORCED_MOST = 10;

/**
 * The broker's disk is fuller than `diskSpaceWarningLevelRatio` by what others have put there, or has room again: nothing is stored meanwhile (SERVICE_NOT_AVAILABLE,
 * semantics/rocketmq.md §10.4), reads go on, and old files go before their time.
 */
export function fillDisk(broker: BrokerState, on: boolean, meta: Meta, out: ClusterSink): void {
  broker.isDiskFull = on;
  broker.retentionTimer = -1;
  wantRetention(broker, meta, out);
}

/** A message of this body goes to the end of the commit log: to a new file when the last one is full. */
export function countBytes(broker: BrokerState, position: number, body: number, meta: Meta, out: ClusterSink): void {
  const bytes = body + OVERHEAD;
  let file = broker.files[broker.files.length - 1];
  if (file === undefined || file.bytes + bytes > broker.settings.mappedFileSizeCommitLog) {
    file = { first: position, bytes: 0, modifiedAt: meta.now };
    broker.files.push(file);
    if (broker.files.length > 1) wantRetention(broker, meta, out);
  }
  file.bytes += bytes;
  file.modifiedAt = meta.now;
}

/** Asks for the look at which the oldest file may go. The last file always stays. */
export function wantRetention(broker: BrokerState, meta: Meta, out: ClusterSink): void {
  const [oldest] = broker.files;
  if (oldest === undefined || broker.files.length < 2 || broker.retentionTimer >= 0) return;
  const step = broker.settings.cleanResourceInterval * MILLI;
  const reserved = broker.isDiskFull ? 0 : broker.settings.fileReservedMs * MILLI;
  const due = Math.max(meta.now, oldest.modifiedAt + reserved);
  broker.retentionTimer = broker.startedAt + (Math.floor((due - broker.startedAt) / step) + 1) * step;
  out.timer(broker.retentionTimer, TIMER_RETENTION, broker.id);
}

/**
 * Files that were last written to longer ago than `fileReservedTime` go, whole and oldest first, read or not: all queues of the broker lose what stood in them
 * (DefaultMessageStore, CleanCommitLogService). RocketMQ waits for the hour `deleteWhen`; here every hour is as good.
 */
export function retentionTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.retentionTimer !== meta.now) return;
  broker.retentionTimer = -1;
  if (!broker.isAnswering) return;
  const limit = meta.now - broker.settings.fileReservedMs * MILLI;
  let old = 0;
  while (old < broker.files.length - 1 && (broker.files[old] as LogFile).modifiedAt < limit) old++;
  // Without room, some go whatever their age (`cleanFileForciblyEnable`).
  if (broker.isDiskFull) old = Math.max(old, Math.min(broker.files.length - 1, FORCED_MOST));
  if (old > 0) {
    broker.files.splice(0, old);
    dropBefore(state, broker, (broker.files[0] as LogFile).first, meta, out);
  }
  wantRetention(broker, meta, out);
}

function dropBefore(state: ClusterState, broker: BrokerState, position: number, meta: Meta, out: ClusterSink): void {
  for (const queue of broker.queues) {
    const { log } = state.queue(queue);
    while (log.count > 0 && (log.positions[log.head] as number) < position) {
      const handle = log.handles[log.head] as number;
      rescue(state, handle, log.storedMs[log.head] as number, meta.now / MILLI, out);
      log.dropFirst();
      broker.moves.delete(handle);
      out.discarded(queue, handle, RETAINED);
    }
  }
}
