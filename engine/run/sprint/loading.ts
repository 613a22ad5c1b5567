import { isConstant } from "../../kernel/distributions.ts";
import { DiskState } from "../../models/rabbitmq/disk.ts";
import { CLASSIC } from "../../models/rabbitmq/queue-state.ts";
import type { Consumers } from "../consumers.ts";
import type { Core } from "../core.ts";
import type { Link } from "../link.ts";
import type { Port } from "../session.ts";
import { columns } from "./columns.ts";
import { routeOf } from "./events.ts";
import type { Plan, PlannedConsumer, PlannedInstance, PlannedPort, PlannedProducer, PlannedQueue } from "./plan.ts";
import * as R from "./rows.ts";
import { F, I } from "./rows.ts";

const EXPONENTIAL = 1;
const NEW_DISK = new DiskState();
const NOTHING = new Int32Array(0);

/** Brings the state of a run into the rows of a sprint. @returns false when that cannot be: something about the whole of it is not everyday */
export function load(plan: Plan, core: Core, consumers: Consumers): boolean {
  if (!loadCalendar(core)) return false;
  plan.learnRoutes();
  if (plan.isTooLarge) return false;
  loadSystem(core);
  for (const { at } of plan.durations) I[at + R.D_COUNT] = 0;
  let areAllOn = true;
  for (const { at, of } of plan.links) areAllOn = loadLink(at, of, core) && areAllOn;
  for (const { at, exchange, host } of plan.exchanges) {
    I[at + R.X_IN] = 0;
    I[at + R.X_OUT] = 0;
    const isKnown = exchange.routesVersion === host.model.topologyVersion;
    columns.routes[I[at + R.X_ROUTES] as number] = isKnown ? exchange.routes : NOTHING;
  }
  for (const { at, of } of plan.nodes) {
    const { config } = of;
    const isDrawn = config.constantService < 0;
    I[at + R.M_PROCESSED] = 0;
    I[at + R.M_PUBLISHED] = 0;
    I[at + R.M_BUSY] = of.busy.height;
    F[(at + R.M_BUSY_STEPS) >> 1] = of.busy.steps;
    I[at + R.M_IS_DRAWN] = isDrawn ? 1 : 0;
    F[(at + R.M_MEAN) >> 1] = isDrawn ? config.service.a : config.constantService;
    F[(at + R.M_SPEED) >> 1] = config.speed;
    loadStream(core, of.stream, I[at + R.M_STREAM] as number);
  }
  for (const planned of plan.instances) loadInstance(planned);
  for (const { at, of } of plan.channels) {
    const { base, next, mask, rows } = of.unacked;
    I[at + R.H_BASE] = base;
    I[at + R.H_NEXT] = next;
    I[at + R.H_MASK] = mask;
    columns.tags[I[at + R.H_ROWS] as number] = rows;
  }
  for (const planned of plan.consumers) loadConsumer(planned, consumers);
  for (const planned of plan.queues) areAllOn = loadQueue(planned) && areAllOn;
  for (const { routes } of plan.brokers) {
    for (const { at, cell, ways, isWhole } of routes)
      I[cell] = (isWhole && areAllOn) || isOpen(at, ways.length) ? at : 0;
  }
  for (const planned of plan.ports) loadPort(planned);
  for (const { at, of } of plan.producerNodes) {
    F[(at + R.PN_MADE) >> 1] = of.made;
    F[(at + R.PN_LIMIT) >> 1] = of.config.limit;
    loadStream(core, of.stream, at + R.PN_WIDTH);
  }
  for (const planned of plan.producers) loadProducer(planned);
  return true;
}

function loadCalendar(core: Core): boolean {
  const { calendar } = core;
  const room = R.HEAP_ENTRIES / 2;
  const before = I[R.COUNT] as number;
  const count = calendar.lendHeap(F, R.HEAP, room);
  if (count < 0 || count === 0) return false;
  // Entries past the end have a time of Infinity, always.
  if (count < before) F.fill(Number.POSITIVE_INFINITY, R.HEAP + 4 * count, R.HEAP + 4 * before);
  I[R.COUNT] = count;
  I[R.IS_HOLE] = 0;
  I[R.IS_FULL] = 0;
  I[R.RING_COUNT] = calendar.ringCount;
  for (let i = 0; i < calendar.ringCount; i++) {
    const ring = R.FIRST_RING + i * R.RING_WIDTH;
    const first = R.RING_AREA + 4 * R.RING_ENTRIES * i;
    const events = calendar.lendRing(i, F, first, R.RING_ENTRIES / 2);
    if (events < 0) return false;
    I[ring + R.RING_HEAD] = 0;
    I[ring + R.RING_EVENTS] = events;
    F[(ring + R.RING_TIME) >> 1] = events === 0 ? Number.POSITIVE_INFINITY : (F[first] as number);
    F[(ring + R.RING_KEY) >> 1] = F[first + 1] as number;
  }
  F[R.SEQUENCE >> 1] = calendar.nextNumber;
  return true;
}

function loadSystem(core: Core): void {
  const { store, ledger } = core;
  F[R.NOW >> 1] = core.now;
  I[R.HASH] = core.hash;
  I[R.FREE] = store.free_;
  I[R.TOP] = store.top;
  I[R.LIVE] = store.live;
  I[R.STOP] = store.stop;
  I[R.LAST_MESSAGE] = core.lastMessage;
  I[R.GROUP_TOP] = ledger.groupTop;
  I[R.IN_HEIGHT] = core.inSystem.height;
  I[R.SIZE] = store.commonSize;
  F[R.IN_STEPS >> 1] = core.inSystem.steps;
  for (const cell of [R.ENDED, R.COPIES, R.LATE]) I[cell] = 0;
  columns.birth = store.birth;
  columns.enqueued = store.enqueued;
  columns.expiry = store.expiry;
  columns.kinds = store.kind;
  columns.ids = store.id;
  columns.flags = store.flags;
  columns.groups = store.group;
  columns.hasEnqueued = store.hasEnqueued;
  columns.hasExpiry = store.hasExpiry;
  columns.hasGroups = store.hasGroups;
  columns.kindSizes = store.kindSizes;
  columns.kindKeys = store.kindKeys;
  columns.kindExpires = store.kindExpires;
  columns.kindPersists = store.kindPersists;
  columns.groupLive = ledger.groupLive;
  columns.groupOutcome = ledger.groupOutcome;
  columns.groupReason = ledger.groupReason;
  columns.groupKept = ledger.groupKept;
  columns.groupFree = ledger.groupFree;
}

function loadStream({ streams }: Core, stream: number, at: number): void {
  for (let i = 0; i < 4; i++) I[at + i] = streams.words[4 * stream + i] as number;
}

/** @returns whether it is steady */
function loadLink(at: number, link: Link, { calendar }: Core): boolean {
  const ring = calendar.ringOf(link.lane);
  I[at + R.L_MESSAGES] = 0;
  I[at + R.L_ANSWERS] = 0;
  F[(at + R.L_BYTES) >> 1] = 0;
  I[at + R.L_HEIGHT] = link.onTheWay.height;
  F[(at + R.L_STEPS) >> 1] = link.onTheWay.steps;
  F[(at + R.L_DELAY) >> 1] = link.config.constant;
  F[(at + R.L_LAST) >> 1] = link.lastForward;
  I[at + R.L_IS_INSTANT] = link.instant ? 1 : 0;
  I[at + R.L_RING] = link.steady && ring >= 0 ? R.FIRST_RING + ring * R.RING_WIDTH : 0;
  return isSteady(at);
}

/** A link that always takes as long, or no time. */
const isSteady = (at: number): boolean => I[at + R.L_IS_INSTANT] === 1 || I[at + R.L_RING] !== 0;

function loadInstance({ at, instance, servers, port }: PlannedInstance): void {
  const { node, ports, idleCount, count, arrived } = instance;
  const { config } = node;
  const isService = node.isService && config.then !== "nothing";
  const isOn =
    instance.alive &&
    config.isEveryday &&
    !node.hanging &&
    instance.concurrency === servers &&
    instance.slotStart.length === servers &&
    (config.constantService >= 0 || config.service.kind === EXPONENTIAL) &&
    !(idleCount > 0 && arrived > 0) &&
    (!isService || (config.then === "publish" && config.fanout === 1 && ports.length === 1 && port?.port === ports[0]));
  I[at + R.V_IS_ON] = isOn ? 1 : 0;
  if (!isOn) return;
  I[at + R.V_PORT] = isService && port !== null ? port.at : 0;
  I[at + R.V_EPOCH] = instance.epoch;
  I[at + R.V_HEAD] = instance.head;
  I[at + R.V_MASK] = instance.mask;
  I[at + R.V_ARRIVED] = arrived;
  I[at + R.V_COUNT] = count;
  I[at + R.V_IDLE_COUNT] = idleCount;
  columns.rings[I[at + R.V_RING] as number] = instance.ring;
  I.set(instance.slots, I[at + R.V_SLOTS]);
  I.set(instance.idle, I[at + R.V_IDLE]);
  F.set(instance.slotStart, (I[at + R.V_STARTS] as number) >> 1);
}

function loadConsumer({ at, c, feed }: PlannedConsumer, consumers: Consumers): void {
  const { subscription, channel, client, link } = feed;
  const { session } = subscription;
  const newest = consumers.newest[subscription.queueNode];
  const isAlone = channel.consumers.length === 1;
  const isOn =
    !c.isShared &&
    !c.cancelled &&
    !c.fading &&
    channel.open &&
    session.open &&
    channel.globalPrefetch === 0 &&
    channel.transaction === null &&
    (channel.ticking || channel.consumerTimeout === Number.POSITIVE_INFINITY) &&
    newest !== undefined &&
    I[(I[at + R.C_INSTANCE] as number) + R.V_IS_ON] === 1 &&
    isSteady(I[at + R.C_LINK] as number) &&
    (isAlone || client.subscriptions.every((other) => other.link.instant === link.instant));
  I[at + R.C_IS_ON] = isOn ? 1 : 0;
  if (!isOn) return;
  I[at + R.C_IS_ALONE] = isAlone ? 1 : 0;
  I[at + R.C_CREDIT] = c.credit;
  I[at + R.C_PLACE] = c.place;
  I[at + R.C_SINCE] = c.blockedSince;
  columns.newest[I[at + R.C_NEWEST] as number] = newest;
}

/** @returns whether it is everyday */
function loadQueue({ at, q, place, broker }: PlannedQueue): boolean {
  const isOn = isEveryday({ at, q, place, broker });
  I[at + R.Q_IS_ON] = isOn ? 1 : 0;
  if (!isOn) {
    for (const id of q.consumers) {
      const c = broker.consumerAt[id];
      if (c !== undefined) I[c + R.C_IS_ON] = 0;
    }
    return false;
  }
  const { lane, disk } = q;
  I[at + R.Q_READY] = q.ready;
  F[(at + R.Q_BYTES) >> 1] = q.readyBytes;
  I[at + R.Q_HEAD] = lane.head;
  I[at + R.Q_TAIL] = lane.tail;
  I[at + R.Q_LIMIT] = lane.limit;
  I[at + R.Q_MASK] = lane.ring.length - 1;
  columns.lanes[I[at + R.Q_LANE] as number] = lane.ring;
  const row = I[at + R.Q_ROW] as number;
  I[at + R.Q_ROW_START] = 0;
  I[at + R.Q_ROW_COUNT] = q.rowCount;
  for (let i = 0; i < q.rowCount; i++) {
    I[row + i] = broker.consumerAt[q.row[(q.rowStart + i) & (q.row.length - 1)] as number] as number;
  }
  I[at + R.Q_BLOCKED] = q.blockedCount;
  I[at + R.Q_PUBLISHED] = 0;
  I[at + R.Q_DELIVERED] = 0;
  I[at + R.Q_ACKNOWLEDGED] = 0;
  F[(at + R.Q_DEPTH_STEPS) >> 1] = place.depth.steps;
  F[(at + R.Q_READY_STEPS) >> 1] = place.ready.steps;
  const { fsync } = broker.host.model;
  I[at + R.Q_WRITES] = fsync !== null && q.durable ? 1 : 0;
  if (fsync === null) return true;
  const { isWriting, isDirty, endsAt, writingFrom, safeTo } = disk ?? NEW_DISK;
  I[at + R.Q_IS_WRITING] = isWriting ? 1 : 0;
  I[at + R.Q_IS_DIRTY] = isDirty ? 1 : 0;
  F[(at + R.Q_DISK_ENDS) >> 1] = endsAt;
  F[(at + R.Q_DISK_FROM) >> 1] = writingFrom;
  F[(at + R.Q_DISK_SAFE) >> 1] = safeTo;
  F[(at + R.Q_DISK_TAKES) >> 1] = Math.floor(fsync.a + 0.5);
  return true;
}

/** All messages of the queue go the short way now, and all its consumers do. */
function isEveryday({ q, place, broker }: PlannedQueue): boolean {
  const { model } = broker.host;
  const { fsync } = model;
  if (q.type !== CLASSIC || !q.isPlain || q.singleActive || !q.rowIsEven) return false;
  // What came back to the head is everyday as long as nobody takes it.
  if (q.lane.backCount > 0 && q.consumers.length > 0) return false;
  if (place.depth.height !== q.ready + q.unacked || place.ready.height !== q.ready) return false;
  if (model.isHalted || model.isAlarmed || model.pending.isUsed) return false;
  if (fsync !== null && q.durable && (!isConstant(fsync) || (q.disk?.isWriting && !q.disk.isSilent))) return false;
  if (q.consumers.length > Math.max(4, 2 * q.row.length)) return false;
  let priority = 0;
  const channels: number[] = [];
  for (let i = 0; i < q.consumers.length; i++) {
    const id = q.consumers[i] as number;
    const at = broker.consumerAt[id];
    const c = model.consumers[id];
    if (at === undefined || c == null || I[at + R.C_IS_ON] === 0) return false;
    if (i === 0) priority = c.priority;
    if (c.priority !== priority) return false;
    if (I[at + R.C_IS_ALONE] === 0) {
      if (channels.includes(c.channel)) return false;
      channels.push(c.channel);
    }
  }
  return true;
}

/** All ways of a route lead over steady links into everyday queues. */
function isOpen(route: number, ways: number): boolean {
  for (let i = 0; i < ways; i++) {
    const way = I[route + R.R_FIRST + i] as number;
    const queue = I[way + R.W_QUEUE] as number;
    const link = I[way + R.W_LINK] as number;
    if (queue === 0 || I[queue + R.Q_IS_ON] === 0 || (link !== 0 && !isSteady(link))) return false;
  }
  return true;
}

function loadPort({ at, port, broker }: PlannedPort): void {
  const { output, role } = port;
  const { host } = broker;
  const client =
    role === "producer" ? host.producers.instances[port.instance] : host.consumers.instances[port.instance];
  const session = client?.session ?? null;
  const channel = session === null ? null : host.model.channels[session.channel];
  I[at + R.T_SENT] = 0;
  I[at + R.T_IS_ON] =
    session?.open === true &&
    session.host === host &&
    broker.exchangeAt[output.exchange] === I[at + R.T_EXCHANGE] &&
    isSteady(I[at + R.T_LINK] as number) &&
    channel?.open === true &&
    !channel.isCareful &&
    channel.confirmSequence === 0 &&
    !host.model.isAlarmed
      ? 1
      : 0;
  if (role === "consumer" && I[at + R.T_IS_ON] === 1)
    columns.causes[I[at + R.T_CAUSES] as number] = causesOf(port, host.consumers);
}

/** Tables made of the maps that services keep, and how much they had in them then. */
const causesKnown: WeakMap<Map<number, number>, { size: number; causes: Int32Array }> = new WeakMap();

/** What a service publishes by the kind that caused it, −1 = not known yet. */
function causesOf({ rows, rowsFor, rowsKey, output, instance }: Port, consumers: Consumers): Int32Array {
  const routingKey = output.key ?? consumers.instances[instance]?.node.config.routingKey;
  if (rowsFor !== output.exchangeName || rowsKey !== routingKey) return NOTHING;
  const known = causesKnown.get(rows);
  if (known?.size === rows.size) return known.causes;
  const causes = new Int32Array(1 + Math.max(-1, ...[...rows.keys()].map((place) => place >> 1))).fill(-1);
  // Odd places are requests that are handed on.
  for (const [place, row] of rows) if ((place & 1) === 0) causes[place >> 1] = row;
  causesKnown.set(rows, { size: rows.size, causes });
  return causes;
}

function loadProducer({ at, instance, port }: PlannedProducer): void {
  const { node } = instance;
  const { config, rateFactor } = node;
  const { pattern, key } = config;
  const own = port.port;
  const isOn =
    I[port.at + R.T_IS_ON] === 1 &&
    instance.ports.length === 1 &&
    instance.ports[0] === own &&
    !instance.closed &&
    !instance.alarmed &&
    instance.sent.size === 0 &&
    config.isCareless &&
    config.transaction === 0 &&
    config.sizes === null &&
    config.priorities.length === 1 &&
    config.expirationMs < 0 &&
    pattern.p === "steady" &&
    pattern.base > 0 &&
    rateFactor === 1 &&
    own.kindOf === node.kindRows &&
    (config.isUniform ? own.kind >= 0 : key.k === "uniform");
  I[at + R.P_IS_ON] = isOn ? 1 : 0;
  if (!isOn) return;
  F[(at + R.P_EXACT) >> 1] = instance.exact;
  F[(at + R.P_START) >> 1] = config.start;
  F[(at + R.P_RATE) >> 1] = pattern.base;
  I[at + R.P_EPOCH] = instance.epoch;
  I[at + R.P_IS_POISSON] = config.poisson ? 1 : 0;
  I[at + R.P_KEYS] = config.isUniform || key.k !== "uniform" ? 0 : key.n;
  I[at + R.P_ROUTE] =
    config.isUniform && I[(I[port.at + R.T_LINK] as number) + R.L_IS_INSTANT] === 1
      ? routeOf(I[port.at + R.T_EXCHANGE] as number, own.kind)
      : 0;
  I[at + R.P_KIND] = config.isUniform ? own.kind : (I[port.at + R.T_CAUSES] as number);
  if (!config.isUniform) columns.kindTables[I[port.at + R.T_CAUSES] as number] = own.kindTable;
}
