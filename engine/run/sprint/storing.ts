import { UNLIMITED } from "../../models/rabbitmq/client-state.ts";
import { DiskState } from "../../models/rabbitmq/disk.ts";
import type { QueueState } from "../../models/rabbitmq/queue-state.ts";
import type { Core } from "../core.ts";
import { C, S } from "../vocabulary.ts";
import type { Plan, PlannedDurations, PlannedQueue } from "./plan.ts";
import * as R from "./rows.ts";
import { F, I } from "./rows.ts";

/** Brings what a sprint has done back into the state of the run. */
export function store(plan: Plan, core: Core): void {
  showLevels(plan, core);
  storeCalendar(core);
  storeSystem(core);
  for (const planned of plan.durations) if ((I[planned.at + R.D_COUNT] as number) > 0) countDurations(planned);
  const size = I[R.SIZE] as number;
  for (const { at, of } of plan.links) {
    const messages = I[at + R.L_MESSAGES] as number;
    of.messages.pending += messages;
    of.lastForward = F[(at + R.L_LAST) >> 1] as number;
    if (size === -1) of.bytes.pending += F[(at + R.L_BYTES) >> 1] as number;
    else if (I[at + R.L_IS_INNER] === 0) of.bytes.pending += size * messages;
    if (core.tokens.wanted) core.tokens.passOver(of.edge, messages + (I[at + R.L_ANSWERS] as number));
  }
  for (const { at, place, host } of plan.exchanges) {
    const published = I[at + R.X_IN] as number;
    host.model.command += published;
    if (place === undefined) continue;
    place.in.pending += published;
    place.out.pending += I[at + R.X_OUT] as number;
  }
  for (const { at, of } of plan.nodes) {
    of.processed.pending += I[at + R.M_PROCESSED] as number;
    const published = I[at + R.M_PUBLISHED] as number;
    if (published > 0) core.meters.add(of.slots.counters + C.publish, published);
    storeStream(core, of.stream, I[at + R.M_STREAM] as number);
  }
  for (const { at, instance, servers } of plan.instances) {
    if (I[at + R.V_IS_ON] === 0) continue;
    instance.head = I[at + R.V_HEAD] as number;
    instance.arrived = I[at + R.V_ARRIVED] as number;
    instance.count = I[at + R.V_COUNT] as number;
    instance.idleCount = I[at + R.V_IDLE_COUNT] as number;
    const [slots, idle, starts] = [I[at + R.V_SLOTS], I[at + R.V_IDLE], I[at + R.V_STARTS]] as [number, number, number];
    instance.slots.set(I.subarray(slots, slots + 4 * servers));
    instance.idle.set(I.subarray(idle, idle + servers));
    instance.slotStart.set(F.subarray(starts >> 1, (starts >> 1) + servers));
  }
  for (const { at, of } of plan.channels) {
    of.unacked.base = I[at + R.H_BASE] as number;
    of.unacked.next = I[at + R.H_NEXT] as number;
  }
  for (const planned of plan.queues) if (I[planned.at + R.Q_IS_ON] === 1) storeQueue(planned);
  for (const { at, c, feed } of plan.consumers) {
    if (I[at + R.C_IS_ON] === 0) continue;
    const more = c.credit - (I[at + R.C_CREDIT] as number);
    c.unacked += more;
    feed.channel.unacked.live += more;
    if (c.prefetch !== UNLIMITED) c.credit -= more;
    c.place = I[at + R.C_PLACE] as number;
    c.blockedSince = I[at + R.C_SINCE] as number;
  }
  for (const { at, of } of plan.producerNodes) {
    const made = F[(at + R.PN_MADE) >> 1] as number;
    of.published.pending += made - of.made;
    of.made = made;
    storeStream(core, of.stream, at + R.PN_WIDTH);
  }
  for (const { at, instance, port } of plan.producers) {
    if (I[at + R.P_IS_ON] === 1) instance.exact = F[(at + R.P_EXACT) >> 1] as number;
    if (instance.session !== null) instance.session.published += I[port.at + R.T_SENT] as number;
  }
}

/** Hands durations that have waited to their instruments. */
export function countDurations({ at, of, second }: PlannedDurations): void {
  const count = I[at + R.D_COUNT] as number;
  I[at + R.D_COUNT] = 0;
  of.recordAll(F, (at + R.D_FIRST) >> 1, ((at + R.D_FIRST) >> 1) + count);
  second?.recordAll(F, (at + R.D_SECOND) >> 1, ((at + R.D_SECOND) >> 1) + count);
}

function storeCalendar({ calendar }: Core): void {
  calendar.takeHeap(F, R.HEAP, I[R.COUNT] as number, F[R.NOW >> 1] as number, F[R.SEQUENCE >> 1] as number);
  for (let i = 0; i < (I[R.RING_COUNT] as number); i++) {
    const ring = R.FIRST_RING + i * R.RING_WIDTH;
    const first = R.RING_AREA + 4 * R.RING_ENTRIES * i;
    calendar.takeRing(i, F, first, R.RING_ENTRIES, I[ring + R.RING_HEAD] as number, I[ring + R.RING_EVENTS] as number);
  }
}

function storeSystem(core: Core): void {
  const { store, ledger } = core;
  const [ended, copies, late] = [R.ENDED, R.COPIES, R.LATE].map((cell) => I[cell] as number) as [
    number,
    number,
    number,
  ];
  const made = (I[R.LAST_MESSAGE] as number) - core.lastMessage;
  const live = I[R.LIVE] as number;
  const copiesEnded = made + copies - (live - store.live);
  core.now = F[R.NOW >> 1] as number;
  core.hash = I[R.HASH] as number;
  store.free_ = I[R.FREE] as number;
  store.top = I[R.TOP] as number;
  store.live = live;
  core.lastMessage = I[R.LAST_MESSAGE] as number;
  ledger.groupTop = I[R.GROUP_TOP] as number;
  ledger.published += made;
  ledger.open += made - ended;
  ledger.processed += ended;
  ledger.copiesMade += made + copies;
  ledger.copiesProcessed += copiesEnded;
  core.published.pending += made;
  core.processed.pending += ended;
  if (late > 0) core.meters.add(core.system.counters + S.outOfOrder, late);
}

function storeStream({ streams }: Core, stream: number, at: number): void {
  for (let i = 0; i < 4; i++) streams.words[4 * stream + i] = I[at + i] as number;
}

function storeQueue({ at, q, place, broker }: PlannedQueue): void {
  const { lane } = q;
  const size = I[R.SIZE] as number;
  const ready = I[at + R.Q_READY] as number;
  if (size === -1) q.readyBytes = F[(at + R.Q_BYTES) >> 1] as number;
  else q.readyBytes += size * (ready - q.ready);
  q.ready = ready;
  q.unacked = unackedOf(q, at);
  lane.head = I[at + R.Q_HEAD] as number;
  lane.tail = I[at + R.Q_TAIL] as number;
  const [row, start, mask] = [I[at + R.Q_ROW], I[at + R.Q_ROW_START], I[at + R.Q_ROW_MASK]] as [number, number, number];
  q.rowCount = I[at + R.Q_ROW_COUNT] as number;
  q.rowStart = 0;
  while (q.row.length < q.rowCount) q.row = new Int32Array(2 * q.row.length);
  for (let i = 0; i < q.rowCount; i++) q.row[i] = I[(I[row + ((start + i) & mask)] as number) + R.C_ID] as number;
  q.blockedCount = I[at + R.Q_BLOCKED] as number;
  place.published.pending += I[at + R.Q_PUBLISHED] as number;
  place.delivered.pending += I[at + R.Q_DELIVERED] as number;
  const acknowledged = I[at + R.Q_ACKNOWLEDGED] as number;
  place.acknowledged.pending += acknowledged;
  broker.host.model.command += acknowledged;
  if (I[at + R.Q_WRITES] === 1) storeDisk(q, at);
}

function storeDisk(q: QueueState, at: number): void {
  const endsAt = F[(at + R.Q_DISK_ENDS) >> 1] as number;
  // Nothing was written, and nothing had been before.
  if (q.disk === null && endsAt === 0) return;
  q.disk ??= new DiskState();
  const { disk } = q;
  // Another write has begun than the one that was under way.
  if (endsAt !== disk.endsAt) disk.isSilent = true;
  disk.isWriting = I[at + R.Q_IS_WRITING] === 1;
  disk.isDirty = I[at + R.Q_IS_DIRTY] === 1;
  disk.endsAt = endsAt;
  disk.writingFrom = F[(at + R.Q_DISK_FROM) >> 1] as number;
  disk.safeTo = F[(at + R.Q_DISK_SAFE) >> 1] as number;
}

/** Unacknowledged deliveries of the queue. @param q as it was when the sprint began */
const unackedOf = (q: QueueState, at: number): number =>
  q.unacked + (I[at + R.Q_DELIVERED] as number) - (I[at + R.Q_ACKNOWLEDGED] as number);

/** Brings the levels up to date, for somebody who looks at them and at nothing else. */
export function showLevels(plan: Plan, core: Core): void {
  const made = (I[R.LAST_MESSAGE] as number) - core.lastMessage;
  core.inSystem.height = (I[R.IN_HEIGHT] as number) + made - (I[R.ENDED] as number);
  core.inSystem.steps = F[R.IN_STEPS >> 1] as number;
  for (const { at, of } of plan.nodes) {
    of.busy.height = I[at + R.M_BUSY] as number;
    of.busy.steps = F[(at + R.M_BUSY_STEPS) >> 1] as number;
  }
  for (const { at, of } of plan.links) {
    of.onTheWay.height = I[at + R.L_HEIGHT] as number;
    of.onTheWay.steps = F[(at + R.L_STEPS) >> 1] as number;
  }
  for (const { at, q, place } of plan.queues) {
    if (I[at + R.Q_IS_ON] === 0) continue;
    const ready = I[at + R.Q_READY] as number;
    place.depth.height = ready + unackedOf(q, at);
    place.depth.steps = F[(at + R.Q_DEPTH_STEPS) >> 1] as number;
    place.ready.height = ready;
    place.ready.steps = F[(at + R.Q_READY_STEPS) >> 1] as number;
  }
}
