import type { Meta } from "../model.ts";
import { type BrokerState, isInSync, OUT_OF_SYNC, type SlaveState, UP_TO_DATE } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { loseFrom } from "./flushing.ts";
import { FAILED_OVER } from "./reasons.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_ELECT } from "./timers.ts";

/**
 * Controller mode: another master out of the SyncStateSet (semantics/rocketmq.md §1, and §2 "controller mode"; DefaultElectPolicy). No recording shows it: the controller is
 * read from its source. Without it (`electionTimeout` −1, the default) nobody is ever promoted.
 */
const MILLI = 1000;

/** Whether a controller watches over the broker group. */
export const hasController = ({ settings }: BrokerState): boolean => settings.electionTimeout >= 0;

/** The master's process has ended: the SyncStateSet stays as it was, and the controller waits for the master's heartbeat as long as it does. */
export function watchOver(broker: BrokerState, meta: Meta, out: ClusterSink): void {
  broker.goneAt = meta.now;
  if (!hasController(broker)) return;
  for (const slave of broker.slaves) slave.caughtUpAt = isInSync(broker, slave, meta.now) ? UP_TO_DATE : OUT_OF_SYNC;
  out.timer(meta.now + broker.settings.electionTimeout * MILLI, TIMER_ELECT, broker.id);
}

/**
 * Who becomes master: of the slaves that run and were in sync with the master when it ended, the one that has most; of equal ones the first. Nobody else, however long it
 * takes: there are no unclean elections (`enableElectUncleanMaster` is off by default).
 * @returns null while the master runs, may still come back in time, or nobody may take over
 */
export function successorOf(broker: BrokerState, now: number): SlaveState | null {
  if (!hasController(broker) || broker.isRunning) return null;
  if (now - broker.goneAt < broker.settings.electionTimeout * MILLI) return null;
  let best: SlaveState | null = null;
  for (const slave of broker.slaves) {
    if (!slave.isRunning || slave.isPaused || slave.caughtUpAt !== UP_TO_DATE) continue;
    if (best === null || slave.position > best.position) best = slave;
  }
  return best;
}

/**
 * The slave's log is the broker group's from now on. What only the old master had is lost: it cuts that off when it comes back, as a slave; so does every other slave that
 * has more than the new master.
 */
export function takeOver(
  state: ClusterState,
  broker: BrokerState,
  slave: SlaveState,
  meta: Meta,
  out: ClusterSink,
): void {
  const { position } = slave;
  loseFrom(state, broker, position, meta, out, FAILED_OVER);
  const old = {
    name: broker.master,
    isRunning: false,
    isPaused: false,
    pausedAt: 0,
    position,
    caughtUpAt: OUT_OF_SYNC,
  };
  broker.slaves = broker.slaves.map((one) => (one === slave ? old : one));
  for (const other of broker.slaves) {
    other.position = Math.min(other.position, position);
    other.caughtUpAt = OUT_OF_SYNC;
  }
  broker.master = slave.name;
  broker.movedFrom = broker.goneAt;
}
