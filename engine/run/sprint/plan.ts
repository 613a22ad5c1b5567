import type { ChannelState, ConsumerState } from "../../models/rabbitmq/client-state.ts";
import type { ExchangeState } from "../../models/rabbitmq/exchange-state.ts";
import { CLASSIC, type QueueState } from "../../models/rabbitmq/queue-state.ts";
import type { ConsumerInstance, ConsumerNode, Consumers } from "../consumers.ts";
import type { Durations } from "../instruments.ts";
import type { Link } from "../link.ts";
import type { ProducerInstance, ProducerNode } from "../producer-node.ts";
import type { Producers } from "../producers.ts";
import { type Feed, findWays, makeFeed, type Way } from "../rabbit-express.ts";
import { RabbitHost } from "../rabbit-host.ts";
import type { ExchangePlace, QueuePlace } from "../rabbit-places.ts";
import type { Port } from "../session.ts";
import type { Topology } from "../topology.ts";
import * as R from "./rows.ts";
import { I } from "./rows.ts";

/** A thing of the run, and the address of its row. */
export interface At<T> {
  readonly at: number;
  readonly of: T;
}

export interface PlannedDurations extends At<Durations> {
  readonly second: Durations | null;
}

export interface PlannedQueue {
  readonly at: number;
  readonly q: QueueState;
  readonly place: QueuePlace;
  readonly broker: PlannedBroker;
}

export interface PlannedConsumer {
  readonly at: number;
  readonly c: ConsumerState;
  readonly feed: Feed;
}

export interface PlannedExchange {
  readonly at: number;
  readonly exchange: ExchangeState;
  readonly place: ExchangePlace | undefined;
  readonly host: RabbitHost;
}

export interface PlannedBroker {
  readonly at: number;
  readonly host: RabbitHost;
  readonly queueAt: number[];
  readonly consumerAt: number[];
  readonly exchangeAt: number[];
  /** Routes that have rows. */
  routes: { readonly at: number; readonly cell: number; readonly ways: readonly Way[]; readonly isWhole: boolean }[];
  known: number;
}

export interface PlannedPort {
  readonly at: number;
  readonly port: Port;
  readonly broker: PlannedBroker;
}

export interface PlannedProducer {
  readonly at: number;
  readonly instance: ProducerInstance;
  readonly port: PlannedPort;
}

export interface PlannedInstance {
  readonly at: number;
  readonly instance: ConsumerInstance;
  /** Servers that there is room for. */
  readonly servers: number;
  /** Of a service that publishes in one place. */
  readonly port: PlannedPort | null;
}

/** Copies that one publish may make. */
export const WAYS_MOST = 60;

/** End of the rows that any plan has used. */
let highest = R.FIRST;

/** Which row stands for what: made when the things of a run have changed, and good until they change again. */
export class Plan {
  /** Stands for the plan where it is asked whose rows these are. */
  readonly rows: object = {};
  readonly links: At<Link>[] = [];
  readonly durations: PlannedDurations[] = [];
  readonly brokers: PlannedBroker[] = [];
  readonly queues: PlannedQueue[] = [];
  readonly channels: At<ChannelState>[] = [];
  readonly consumers: PlannedConsumer[] = [];
  readonly exchanges: PlannedExchange[] = [];
  readonly nodes: At<ConsumerNode>[] = [];
  readonly instances: PlannedInstance[] = [];
  readonly producerNodes: At<ProducerNode>[] = [];
  readonly producers: PlannedProducer[] = [];
  readonly ports: PlannedPort[] = [];
  /** Lists that rows name by number. */
  lanes = 0;
  tags = 0;
  private top = R.FIRST;
  private readonly linkAt: Map<Link, number> = new Map();

  constructor(topology: Topology, producers: Producers, consumers: Consumers) {
    I.fill(0, R.PRODUCERS, highest);
    const nodeAt = new Map<object, number>();
    for (const host of topology.hosts)
      if (host instanceof RabbitHost && host.index < R.HOSTS_MOST) this.addBroker(host);
    for (const instance of consumers.instances) this.addInstance(instance, nodeAt);
    for (const broker of this.brokers) this.addConsumers(broker);
    for (const instance of producers.instances) this.addProducer(instance, nodeAt);
    this.learnRoutes();
  }

  /** There are more things than rows. */
  get isTooLarge(): boolean {
    return this.top > R.MASK;
  }

  row(width: number): number {
    const at = this.top;
    this.top += (width + 1) & ~1;
    highest = Math.max(highest, Math.min(this.top, R.MASK));
    // Beyond the end all rows share the last place: nothing will be done with them.
    return this.top > R.MASK ? R.FIRST : at;
  }

  private link(link: Link, isInner = false): number {
    const known = this.linkAt.get(link);
    if (known !== undefined) return known;
    const at = this.row(R.L_WIDTH);
    I[at + R.L_TRANSFER] = this.duration(link.transfer);
    I[at + R.L_IS_INNER] = isInner ? 1 : 0;
    this.linkAt.set(link, at);
    this.links.push({ at, of: link });
    return at;
  }

  /** A row for durations, and for those of a second instrument that are noted with them. */
  private duration(of: Durations, second: Durations | null = null): number {
    const at = this.row(second === null ? R.D_WIDTH : R.D_WIDTH_OF_TWO);
    I[at + R.D_OF] = this.durations.length;
    this.durations.push({ at, of, second });
    return at;
  }

  private addBroker(host: RabbitHost): void {
    const { model } = host;
    const at = this.row(R.O_WIDTH);
    const broker: PlannedBroker = { at, host, queueAt: [], consumerAt: [], exchangeAt: [], routes: [], known: 0 };
    this.brokers.push(broker);
    I[R.HOSTS + host.index] = at;
    I[at + R.O_ROUTES] = this.row(R.ROUTES_MOST + 1);
    const table = this.row(model.queues.length);
    I[at + R.O_QUEUES] = table;
    I[at + R.O_QUEUES_MOST] = model.queues.length;
    model.queues.forEach((q, id) => {
      const place = host.queues[id];
      if (q === null || place === undefined || q.type !== CLASSIC || q.lanes !== null) return;
      const row = this.row(R.Q_WIDTH);
      broker.queueAt[id] = row;
      I[table + id] = row;
      I[row + R.Q_ID] = id;
      I[row + R.Q_TARGET] = (host.index << 16) | id;
      I[row + R.Q_LANE] = this.lanes++;
      I[row + R.Q_WAIT] = this.duration(place.wait);
      let size = 4;
      while (size < q.consumers.length) size *= 2;
      I[row + R.Q_ROW] = this.row(size);
      I[row + R.Q_ROW_MASK] = size - 1;
      this.queues.push({ at: row, q, place, broker });
    });
    model.exchanges.forEach((exchange, id) => {
      if (exchange === null) return;
      const row = this.row(R.X_WIDTH);
      broker.exchangeAt[id] = row;
      I[row + R.X_ROUTES] = this.exchanges.length;
      I[row + R.X_HOST] = at;
      this.exchanges.push({ at: row, exchange, place: host.exchanges[id], host });
    });
  }

  private addInstance(instance: ConsumerInstance, nodeAt: Map<object, number>): void {
    const { node, index } = instance;
    if (index >= R.INSTANCES_MOST || !instance.alive) return;
    let m = nodeAt.get(node);
    if (m === undefined) {
      m = this.row(R.M_WIDTH);
      nodeAt.set(node, m);
      I[m + R.M_STREAM] = this.row(R.S_WIDTH);
      I[m + R.M_WORK] = this.duration(node.serviceTime, node.e2e);
      this.nodes.push({ at: m, of: node });
    }
    const v = this.row(R.V_WIDTH);
    const servers = instance.slotStart.length;
    I[R.INSTANCES + index] = v;
    I[v + R.V_NODE] = m;
    I[v + R.V_INDEX] = index;
    I[v + R.V_RING] = this.instances.length;
    I[v + R.V_SLOTS] = this.row(4 * servers);
    I[v + R.V_IDLE] = this.row(servers);
    I[v + R.V_STARTS] = this.row(2 * servers);
    const [only, another] = instance.ports;
    const port = only === undefined || another !== undefined ? null : this.addPort(only);
    if (port !== null) I[v + R.V_PORT] = port.at;
    this.instances.push({ at: v, instance, servers, port });
  }

  private addPort(port: Port): PlannedPort | null {
    const { output, index } = port;
    const broker = this.brokers.find(({ host }) => host === output.host);
    const exchange = broker?.exchangeAt[output.exchange];
    if (broker === undefined || exchange === undefined || index >= R.PORTS_MOST) return null;
    const at = this.row(R.T_WIDTH);
    I[R.PORTS + index] = at;
    I[at + R.T_LINK] = this.link(output.link);
    I[at + R.T_EXCHANGE] = exchange;
    I[at + R.T_INDEX] = index;
    I[at + R.T_CAUSES] = this.ports.length;
    const planned = { at, port, broker };
    this.ports.push(planned);
    return planned;
  }

  private addConsumers({ at, host, queueAt, consumerAt }: PlannedBroker): void {
    const { model } = host;
    const channelAt: number[] = [];
    const table = this.row(model.consumers.length);
    I[at + R.O_CONSUMERS] = table;
    I[at + R.O_CONSUMERS_MOST] = model.consumers.length;
    model.consumers.forEach((c, id) => {
      if (c === null) return;
      const q = model.queues[c.queue];
      const channel = model.channels[c.channel];
      const queue = queueAt[c.queue];
      if (q == null || channel == null || queue === undefined) return;
      const feed = host.feeds[id] ?? makeFeed(host, c, q);
      if (feed === undefined) return;
      const { subscription } = feed;
      const instance = I[R.INSTANCES + (subscription.instance & (R.INSTANCES_MOST - 1))] as number;
      if (
        subscription.instance >= R.INSTANCES_MOST ||
        instance === 0 ||
        subscription.index >= R.SUBSCRIPTIONS_MOST ||
        subscription.session.index >= R.SESSIONS_MOST
      )
        return;
      let h = channelAt[c.channel];
      if (h === undefined) {
        h = this.row(R.H_WIDTH);
        channelAt[c.channel] = h;
        I[h + R.H_ROWS] = this.channels.length;
        I[h + R.H_HOST] = at;
        I[h + R.H_SESSION] = subscription.session.index;
        I[R.SESSIONS + subscription.session.index] = h;
        this.channels.push({ at: h, of: channel });
      }
      const row = this.row(R.C_WIDTH);
      consumerAt[id] = row;
      I[table + id] = row;
      I[row + R.C_ID] = id;
      I[row + R.C_QUEUE] = queue;
      I[row + R.C_CHANNEL] = h;
      I[row + R.C_LINK] = this.link(feed.link);
      I[row + R.C_INSTANCE] = instance;
      I[row + R.C_SUBSCRIPTION] = subscription.index;
      I[row + R.C_NEWEST] = this.consumers.length;
      I[row + R.C_HOST] = at;
      I[row + R.C_SESSION] = subscription.session.index;
      I[R.SUBSCRIPTIONS + subscription.index] = row;
      this.consumers.push({ at: row, c, feed });
    });
  }

  private addProducer(instance: ProducerInstance, nodeAt: Map<object, number>): void {
    const { node, index } = instance;
    const [only, another] = instance.ports;
    if (only === undefined || another !== undefined || index >= R.PRODUCERS_MOST) return;
    const port = this.addPort(only);
    if (port === null) return;
    let pn = nodeAt.get(node);
    if (pn === undefined) {
      pn = this.row(R.PN_WIDTH + R.S_WIDTH);
      nodeAt.set(node, pn);
      this.producerNodes.push({ at: pn, of: node });
    }
    const p = this.row(R.P_WIDTH);
    I[R.PRODUCERS + index] = p;
    I[p + R.P_NODE] = pn;
    I[p + R.P_STREAM] = pn + R.PN_WIDTH;
    I[p + R.P_PORT] = port.at;
    I[p + R.P_INDEX] = index;
    this.producers.push({ at: p, instance, port });
  }

  /** Rows for routes that the brokers have found since. */
  learnRoutes(): void {
    for (const broker of this.brokers) {
      const { routes, routesVersion, topologyVersion } = broker.host.model;
      if (routesVersion !== topologyVersion) continue;
      for (let id = broker.known; id < routes.length && id < R.ROUTES_MOST; id++) {
        const route = routes[id];
        if (!route?.isPlain || !route.isStraight || route.queues.length > WAYS_MOST) continue;
        const ways = (route.carried as Way[] | null) ?? findWays(broker.host, route);
        const cell = (I[broker.at + R.O_ROUTES] as number) + id + 1;
        const at = this.row(R.R_FIRST + ways.length);
        I[at + R.R_WAYS] = ways.length;
        ways.forEach((way, i) => {
          const w = this.row(R.W_WIDTH);
          I[w + R.W_QUEUE] = broker.queueAt[way.queue] ?? 0;
          I[w + R.W_LINK] = way.link === undefined ? 0 : this.link(way.link, true);
          I[at + R.R_FIRST + i] = w;
        });
        const isWhole = ways.every((way) => broker.queueAt[way.queue] !== undefined);
        broker.routes.push({ at, cell, ways, isWhole });
      }
      broker.known = routes.length;
    }
  }
}
