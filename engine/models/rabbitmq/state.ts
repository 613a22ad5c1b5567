import type { Sampler } from "../../kernel/distributions.ts";
import type { MessageStore } from "../messages.ts";
import type { ChannelState, ConnectionState, ConsumerState } from "./client-state.ts";
import { PendingPublishes } from "./confirms.ts";
import type { BindingState, ExchangeState } from "./exchange-state.ts";
import type { UserState } from "./permissions.ts";
import type { QueueState } from "./queue-state.ts";
import type { Route } from "./routing.ts";
import type { Policy } from "./settings.ts";

export interface RabbitConfig {
  /** "3.10" behaves as the recordings show; "4" with the differences of semantics/rabbitmq §18. */
  readonly version: "3.10" | "4";
  /** Nodes of the cluster; 1 when left out. They are numbered from 0. */
  readonly nodes?: number;
  /** µs after which an unacknowledged delivery closes its channel; 30 minutes when left out. */
  readonly consumerTimeout?: number;
  /** µs an election takes; 0 when left out. */
  readonly electionTime?: number;
}

const MIB = 2 ** 20;
const CONSUMER_TIMEOUT = 1_800_000_000;

/** Everything a broker knows: plain data, that can be cloned and put back. */
export class RabbitState {
  readonly store: MessageStore;
  readonly isVersion4: boolean;
  readonly nodes: number;
  /** 3.10 turns the older entries of x-death round each time. */
  readonly turnsDeaths: boolean;
  readonly defaultDeliveryLimit: number;
  readonly messageSizeMax: number;
  readonly consumerTimeout: number;
  /** Of quorum queues, µs. */
  electionTime: number;

  connections: ConnectionState[] = [];
  channels: (ChannelState | null)[] = [];
  consumers: (ConsumerState | null)[] = [];
  exchanges: (ExchangeState | null)[] = [];
  exchangeIds: Map<string, number> = new Map();
  queues: (QueueState | null)[] = [];
  queueIds: Map<string, number> = new Map();
  bindings: (BindingState | null)[] = [];
  bindingIds: Map<string, number> = new Map();
  policies: Policy[] = [];
  users: Map<string, UserState> = new Map();
  downNodes: number[] = [];

  /** Changes with the graph; routes found for another version are forgotten. */
  topologyVersion = 0;
  routes: Route[] = [];
  routesVersion = -1;
  pending: PendingPublishes = new PendingPublishes();
  /** How long a write to disk takes; null = no time. */
  fsync: Sampler | null = null;
  isAlarmed = false;
  /** The broker is going down: nothing is delivered. */
  isHalted = false;
  /** … its connections are closed, and what does not last goes. */
  isGoingDown = false;
  /** … and does not get around to anything. */
  isDying = false;
  serverNames = 0;
  /** Number of the command: what a stream gets from one command is one chunk. */
  command = 0;
  /** Offset of the stream delivery that is being announced. */
  streamOffset = 0;

  constructor(store: MessageStore, config: RabbitConfig) {
    this.store = store;
    this.isVersion4 = config.version === "4";
    this.nodes = config.nodes ?? 1;
    this.turnsDeaths = !this.isVersion4;
    this.defaultDeliveryLimit = this.isVersion4 ? 20 : -1;
    this.messageSizeMax = (this.isVersion4 ? 16 : 128) * MIB;
    this.consumerTimeout = config.consumerTimeout ?? CONSUMER_TIMEOUT;
    this.electionTime = config.electionTime ?? 0;
  }
}
