import type { BrokerSettings } from "./broker-settings.ts";
import { HeldMessages, RowHeap, type RowQueue } from "./held-messages.ts";
import type { SendRequest } from "./send-request.ts";

/** A slave of a master. */
export interface SlaveState {
  readonly name: string;
  isRunning: boolean;
  isPaused: boolean;
  /** When it came to a stand, µs: the master gives up a connection that is silent for 20 s. */
  pausedAt: number;
  /** Place in the master's commit log up to which it has everything. */
  position: number;
  /** When it last had everything, µs; `UP_TO_DATE` while it does, `OUT_OF_SYNC` from its end until it has everything again. */
  caughtUpAt: number;
}

/** A message that waits for its transaction. */
export interface HalfMessage {
  /** Never used twice, as handles and places are. */
  readonly serial: number;
  readonly handle: number;
  readonly queue: number;
  readonly tag: number;
  readonly producer: number;
  /** When it was sent, µs. */
  readonly bornAt: number;
  /** µs that it is not asked for, −1 = the broker's transactionTimeOut. */
  readonly immunity: number;
  /** When this copy of it was stored, µs. */
  storedAt: number;
  readonly position: number;
  /** Passes that counted. */
  checks: number;
  /** Times that a producer was asked. */
  asked: number;
}

/** A file of the commit log, which is deleted as a whole. */
export interface LogFile {
  /** Places from here on. */
  readonly first: number;
  bytes: number;
  /** When it was last written to, µs. */
  modifiedAt: number;
}

/** A broker group: a master with what it stores, and its slaves. */
export class BrokerState {
  readonly id: number;
  readonly name: string;
  settings: BrokerSettings;
  /** Of a master that ended under a controller: place in the commit log up to which it will have everything when it comes back itself. A slave that takes over may have more. */
  keeps: number = Number.POSITIVE_INFINITY;
  /** Name of the process that is master. */
  master: string;
  /** When the master's process ended, µs. */
  goneAt = 0;
  /** When the master ended that another one took over from, µs; −1 when it is still the first: clients that have not asked since then know the old address. */
  movedFrom = -1;
  isRunning = true;
  /** Above `diskSpaceWarningLevelRatio`: nothing is stored. */
  isDiskFull = false;
  isPaused = false;
  pausedAt = 0;
  /** The name server tells of the master. */
  isRegistered = true;
  startedAt: number;
  slaves: SlaveState[] = [];
  /** Numbers of the queues that stand here. */
  queues: number[] = [];
  /** Place that the next message will get in the commit log; up to where it is handed to the system, and on the disk. */
  position = 0;
  committed = 0;
  flushed = 0;
  files: LogFile[] = [];
  /** What waits for its time: by level from 1 on, and at any time. */
  held: HeldMessages = new HeldMessages();
  levels: RowQueue[] = [];
  wheel: RowHeap = new RowHeap();
  halves: Map<number, HalfMessage> = new Map();
  /** Messages that came into their queue from what waited here, and are not on the disk there: place of the record that they came from. */
  moves: Map<number, number> = new Map();
  /** Whose turn it is to be asked. */
  askTurn = 0;
  /** Requests in the socket of a broker that stands still. */
  waiting: SendRequest[] = [];
  /** Requests whose message is stored and waits for disk or slaves. */
  promised: SendRequest[] = [];
  /** When timers will come, µs; −1 when none was asked for. */
  delayTimer = -1;
  /** The scheduler's next look at its levels, µs. */
  lookAt: number = Number.POSITIVE_INFINITY;
  checkTimer = -1;
  flushTimer = -1;
  commitTimer = -1;
  replicateTimer = -1;
  retentionTimer = -1;
  reviveTimer = -1;
  offsetsTimer = -1;
  /** Groups have offsets here that are not written down. */
  hasNewOffsets = false;
  /** Place that the slaves have when the timer comes. */
  replicateTo = 0;

  constructor(id: number, name: string, settings: BrokerSettings, startedAt: number) {
    this.id = id;
    this.name = name;
    this.master = name;
    this.settings = settings;
    this.startedAt = startedAt;
  }

  get isAnswering(): boolean {
    return this.isRunning && !this.isPaused;
  }
}

/** Whether the master has a connection to the slave; one that stands still keeps it for a while. */
export const SLAVE_SILENCE = 20_000_000;
export const isConnected = (slave: SlaveState, now: number): boolean =>
  slave.isRunning && (!slave.isPaused || now - slave.pausedAt < SLAVE_SILENCE);

export const UP_TO_DATE: number = Number.POSITIVE_INFINITY;
export const OUT_OF_SYNC: number = Number.NEGATIVE_INFINITY;

/** Whether a running master counts the slave in its SyncStateSet: it is connected, and had everything within the last `haMaxTimeSlaveNotCatchup`. */
export const isInSync = ({ settings }: BrokerState, slave: SlaveState, now: number): boolean =>
  slave.isRunning && now - slave.caughtUpAt <= settings.haMaxTimeSlaveNotCatchup * 1000;
