import { DROPPED, ENDED, HELD, KEPT, PROCESSED, SETTLED } from "../../models/messages.ts";
import { BLOCKED } from "../../models/rabbitmq/client-state.ts";
import { UNKNOWN } from "../../models/rabbitmq/unacked.ts";
import { AT, EVENT_BITS } from "../core.ts";
import { CLOSED, END_PROCESSED } from "../ledger.ts";
import { bits, drawOne, giveBack, look, plan, planOn, settle, take } from "./agenda.ts";
import { columns } from "./columns.ts";
import * as R from "./rows.ts";
import { F, I, MASK } from "./rows.ts";
import {
  deepen,
  deliverAll,
  hasRoom,
  join,
  land,
  make,
  note,
  pass,
  publish,
  recordBoth,
  release,
  roomLeft,
  SLOT_BITS,
  sendOff,
  serve,
  startNext,
  takeHead,
  takeIn,
} from "./traffic.ts";

/** The events of a sprint. Each handler first makes sure that all about its event is everyday, and does nothing when it is not. */

const EVENT_MASK = (1 << EVENT_BITS) - 1;
/** A copy that is not on the everyday way from a consumer to its end. */
const UNUSUAL = PROCESSED | SETTLED | ENDED | DROPPED | KEPT;

/** Performs everyday events up to time `LIMIT`. @returns how many: fewer than `most` when the next one is later, or not everyday */
export function perform(most: number): number {
  const words = I;
  const numbers = F;
  for (let count = 0; count < most; count++) {
    const from = look();
    if ((numbers[R.DUE >> 1] as number) > (numbers[R.LIMIT >> 1] as number) || words[R.IS_FULL] === 1) return count;
    const before = numbers[R.NOW >> 1] as number;
    const hash = words[R.HASH] as number;
    const what = words[R.WHAT] as number;
    const kind = what & EVENT_MASK;
    const target = what >>> EVENT_BITS;
    const data = words[R.DATA] as number;
    take(from);
    let isDone = false;
    if (kind === AT.done) isDone = done(target, data);
    else if (kind === AT.produce) isDone = produce(target, data);
    else if (kind === AT.delivered) isDone = delivered(target, data);
    else if (kind === AT.ack) isDone = acknowledged(target, data);
    else if (kind === AT.enqueue) isDone = enqueued(target, data);
    else if (kind === AT.published) isDone = published(target, data);
    if (isDone === false) {
      giveBack(from);
      numbers[R.NOW >> 1] = before;
      words[R.HASH] = hash;
      return count;
    }
    if (words[R.IS_HOLE] === 1) settle();
  }
  return most;
}

/** The address of the route of a kind of message from an exchange; 0 = it is not known, or not everyday. */
export function routeOf(exchange: number, kind: number): number {
  const x = exchange & MASK;
  const routes = columns.routes[I[x + R.X_ROUTES] as number] as Int32Array;
  if (kind >= routes.length || columns.kindExpires[kind] !== 0) return 0;
  const host = (I[x + R.X_HOST] as number) & MASK;
  const route = routes[kind] as number;
  if (route > R.ROUTES_MOST) return 0;
  return (I[((I[host + R.O_ROUTES] as number) + route) & MASK] as number) & MASK;
}

/** The event `produce`. */
function produce(index: number, epoch: number): boolean {
  const p = (I[R.PRODUCERS + (index & (R.PRODUCERS_MOST - 1))] as number) & MASK;
  if (p === 0 || I[p + R.P_INDEX] !== index || I[p + R.P_IS_ON] === 0 || I[p + R.P_EPOCH] !== epoch) return false;
  const node = (I[p + R.P_NODE] as number) & MASK;
  const made = F[(node + R.PN_MADE) >> 1] as number;
  if (made >= (F[(node + R.PN_LIMIT) >> 1] as number)) return false;
  const port = (I[p + R.P_PORT] as number) & MASK;
  const link = (I[port + R.T_LINK] as number) & MASK;
  const exchange = (I[port + R.T_EXCHANGE] as number) & MASK;
  const stream = (I[p + R.P_STREAM] as number) & MASK;
  const keys = I[p + R.P_KEYS] as number;
  let kind = I[p + R.P_KIND] as number;
  if (keys > 0) {
    const at = Math.floor(((peek(stream) >>> 0) * keys) / 4294967296) + 1;
    kind = (columns.kindTables[kind] as Int32Array)[at] as number;
    if (kind < 0) return false;
  }
  const isInstant = I[link + R.L_IS_INSTANT] === 1;
  const known = I[p + R.P_ROUTE] as number;
  const route = known !== 0 ? known & MASK : isInstant ? routeOf(exchange, kind) : 0;
  if (isInstant ? route === 0 || !hasRoom(route) : roomLeft() < 1) return false;
  if (keys > 0) bits(stream);
  F[(node + R.PN_MADE) >> 1] = made + 1;
  const message = make(kind, -1);
  if (isInstant) {
    pass(link, message);
    (I[port + R.T_SENT] as number)++;
    publish(exchange, route, message);
  } else {
    I[R.WHAT] = AT.published | ((I[port + R.T_INDEX] as number) << EVENT_BITS);
    I[R.DATA] = message;
    sendOff(link, message);
  }
  // The next one.
  if (made + 1 >= (F[(node + R.PN_LIMIT) >> 1] as number)) return true;
  F[R.VALUE >> 1] = 1;
  if (I[p + R.P_IS_POISSON] === 1) drawOne(stream);
  const start = F[(p + R.P_START) >> 1] as number;
  const passed = (F[(p + R.P_EXACT) >> 1] as number) - start;
  const next = start + ((passed > 0 ? passed : 0) + (F[R.VALUE >> 1] as number) / (F[(p + R.P_RATE) >> 1] as number));
  F[(p + R.P_EXACT) >> 1] = next;
  const now = F[R.NOW >> 1] as number;
  F[R.DUE >> 1] = Math.floor((next > now ? next : now) + 0.5);
  I[R.WHAT] = AT.produce | (index << EVENT_BITS);
  I[R.DATA] = epoch;
  plan();
  return true;
}

/** What `bits` will return. */
function peek(stream: number): number {
  const five = Math.imul(I[(stream & MASK) + 1] as number, 5);
  return Math.imul((five << 7) | (five >>> 25), 9);
}

/** The event `published`: a message has come over a link. */
function published(index: number, message: number): boolean {
  const port = (I[R.PORTS + (index & (R.PORTS_MOST - 1))] as number) & MASK;
  if (port === 0 || I[port + R.T_INDEX] !== index || I[port + R.T_IS_ON] === 0 || columns.hasEnqueued === false)
    return false;
  const exchange = (I[port + R.T_EXCHANGE] as number) & MASK;
  const route = routeOf(exchange, columns.kinds[message] as number);
  if (route === 0 || !hasRoom(route)) return false;
  land(I[port + R.T_LINK] as number);
  (I[port + R.T_SENT] as number)++;
  publish(exchange, route, message);
  return true;
}

/** The event `enqueue`: a copy has come over a binding. */
function enqueued(target: number, copy: number): boolean {
  const host = (I[R.HOSTS + ((target >> 16) & (R.HOSTS_MOST - 1))] as number) & MASK;
  const queue = target & 0xffff;
  if (host === 0 || columns.hasEnqueued === false || queue >= (I[host + R.O_QUEUES_MOST] as number)) return false;
  const q = (I[((I[host + R.O_QUEUES] as number) + queue) & MASK] as number) & MASK;
  if (
    q === 0 ||
    I[q + R.Q_TARGET] !== target ||
    I[q + R.Q_IS_ON] === 0 ||
    columns.kindExpires[columns.kinds[copy] as number] !== 0
  )
    return false;
  takeIn(q, copy);
  return true;
}

/** The event `delivered`: a delivery has come over its link. */
function delivered(index: number, epoch: number): boolean {
  const v = (I[R.INSTANCES + (index & (R.INSTANCES_MOST - 1))] as number) & MASK;
  if (v === 0 || I[v + R.V_INDEX] !== index || I[v + R.V_IS_ON] === 0 || I[v + R.V_EPOCH] !== epoch) return false;
  const ring = columns.rings[I[v + R.V_RING] as number] as Int32Array;
  const at = (((I[v + R.V_HEAD] as number) + (I[v + R.V_ARRIVED] as number)) & (I[v + R.V_MASK] as number)) << 2;
  const c = consumerOf(ring[at + 2] as number);
  if (c === 0 || ((columns.flags[ring[at] as number] as number) & ~HELD) !== 0) return false;
  land(I[c + R.C_LINK] as number);
  (I[v + R.V_ARRIVED] as number)++;
  if ((I[v + R.V_IDLE_COUNT] as number) > 0) startNext(v);
  return true;
}

/** The address of a subscription's consumer, 0 = not everyday. */
function consumerOf(subscription: number): number {
  const c = (I[R.SUBSCRIPTIONS + (subscription & (R.SUBSCRIPTIONS_MOST - 1))] as number) & MASK;
  return c !== 0 && I[c + R.C_IS_ON] === 1 && I[c + R.C_SUBSCRIPTION] === subscription ? c : 0;
}

/** The event `done`. */
function done(target: number, epoch: number): boolean {
  const index = target >> SLOT_BITS;
  const v = (I[R.INSTANCES + (index & (R.INSTANCES_MOST - 1))] as number) & MASK;
  if (v === 0 || I[v + R.V_INDEX] !== index || I[v + R.V_IS_ON] === 0 || I[v + R.V_EPOCH] !== epoch) return false;
  const slot = target & ((1 << SLOT_BITS) - 1);
  const cell = ((I[v + R.V_SLOTS] as number) + (slot << 2)) & MASK;
  const copy = I[cell] as number;
  const tag = I[cell + 1] as number;
  const c = consumerOf(I[cell + 2] as number);
  if (c === 0) return false;
  const { flags, kinds, kindKeys, ids, birth } = columns;
  const known = flags[copy] as number;
  const kind = kinds[copy] as number;
  const key = (kindKeys[kind] as number) + 1;
  const newest = columns.newest[I[c + R.C_NEWEST] as number] as Float64Array;
  if ((known & UNUSUAL) !== 0 || key >= newest.length) return false;
  const link = (I[c + R.C_LINK] as number) & MASK;
  const isInstant = I[link + R.L_IS_INSTANT] === 1;
  const h = (I[c + R.C_CHANNEL] as number) & MASK;
  const tags = columns.tags[I[h + R.H_ROWS] as number] as Int32Array;
  const row = (tag & (I[h + R.H_MASK] as number)) << 2;
  const base = I[h + R.H_BASE] as number;
  if (isInstant) {
    const isThere = tag >= base && tag < (I[h + R.H_NEXT] as number);
    if (!isThere || tags[row] !== copy || tags[row + 2] !== I[c + R.C_ID]) return false;
  }
  const port = (I[v + R.V_PORT] as number) & MASK;
  let result = 0;
  let route = 0;
  if (port !== 0) {
    if (I[port + R.T_IS_ON] === 0 || columns.hasEnqueued === false) return false;
    const causes = columns.causes[I[port + R.T_CAUSES] as number] as Int32Array;
    if (kind >= causes.length) return false;
    result = causes[kind] as number;
    if (result < 0) return false;
    route =
      I[((I[port + R.T_LINK] as number) & MASK) + R.L_IS_INSTANT] === 1
        ? routeOf(I[port + R.T_EXCHANGE] as number, result)
        : -1;
    if (route === 0 || (route < 0 ? roomLeft() < 1 : !hasRoom(route))) return false;
  }
  const now = F[R.NOW >> 1] as number;
  const m = (I[v + R.V_NODE] as number) & MASK;
  (I[m + R.M_PROCESSED] as number)++;
  F[R.OTHER >> 1] = now - (birth[copy] as number);
  F[R.VALUE >> 1] = now - (F[(((I[v + R.V_STARTS] as number) & MASK) >> 1) + slot] as number);
  recordBoth(I[m + R.M_WORK] as number);
  const id = ids[copy] as number;
  if (id < (newest[key] as number)) (I[R.LATE] as number)++;
  else newest[key] = id;
  flags[copy] = (known | PROCESSED) & ~HELD;
  let isFree = false;
  if (port !== 0) {
    // What a service publishes may come back to this very server.
    release(v, slot);
    const idle = I[v + R.V_IDLE_COUNT] as number;
    publishResult(port, m, result, route, copy);
    if (I[v + R.V_IDLE_COUNT] === idle && isInstant) {
      I[v + R.V_IDLE_COUNT] = idle - 1;
      (I[m + R.M_BUSY] as number)++;
      F[(m + R.M_BUSY_STEPS) >> 1] = (F[(m + R.M_BUSY_STEPS) >> 1] as number) + now;
    } else isFree = true;
  }
  if (!isInstant) {
    if (!isFree) release(v, slot);
    I[R.WHAT] = AT.ack | ((I[c + R.C_SESSION] as number) << EVENT_BITS);
    I[R.DATA] = tag;
    F[R.VALUE >> 1] = F[(link + R.L_DELAY) >> 1] as number;
    planOn(I[link + R.L_RING] as number);
    (I[link + R.L_ANSWERS] as number)++;
    if ((I[v + R.V_ARRIVED] as number) > 0) startNext(v);
    return true;
  }
  const q = (I[c + R.C_QUEUE] as number) & MASK;
  tags[row] = UNKNOWN;
  if (tag === base) advance(h);
  (I[q + R.Q_ACKNOWLEDGED] as number)++;
  deepen(q, -1);
  end(copy);
  if (!isFree && (I[v + R.V_COUNT] as number) === 0 && takesAlone(q, c)) {
    // Nobody else can take the next message: nothing changes in what is unacknowledged, nor in credit.
    if (I[q + R.Q_READY] === 1) join(q, c);
    else {
      const blocked = (I[q + R.Q_BLOCKED] as number) + 1;
      I[q + R.Q_BLOCKED] = blocked;
      I[c + R.C_SINCE] = blocked;
    }
    const place = I[q + R.Q_HEAD] as number;
    const next = takeHead(q);
    const nextTag = note(q, c, next, place);
    pass(link, next);
    serve(v, slot, next, nextTag, I[cell + 2] as number);
    return true;
  }
  const isTurn = giveCredit(q, c);
  if (isFree) {
    if (isTurn) deliverAll(q);
    if ((I[v + R.V_ARRIVED] as number) > 0 && (I[v + R.V_IDLE_COUNT] as number) > 0) startNext(v);
  } else if (isTurn && (I[q + R.Q_READY] as number) > 0) {
    release(v, slot);
    deliverAll(q);
    if ((I[v + R.V_ARRIVED] as number) > 0 && (I[v + R.V_IDLE_COUNT] as number) > 0) startNext(v);
  } else if ((I[v + R.V_ARRIVED] as number) > 0) {
    const ring = columns.rings[I[v + R.V_RING] as number] as Int32Array;
    const head = I[v + R.V_HEAD] as number;
    I[v + R.V_HEAD] = (head + 1) & (I[v + R.V_MASK] as number);
    (I[v + R.V_COUNT] as number)--;
    (I[v + R.V_ARRIVED] as number)--;
    const at = head << 2;
    serve(v, slot, ring[at] as number, ring[at + 1] as number, ring[at + 2] as number);
  } else release(v, slot);
  return true;
}

/** A service publishes what comes of a message. @param route −1 = its link takes time */
function publishResult(port: number, node: number, kind: number, route: number, cause: number): void {
  const t = port & MASK;
  const message = make(kind, cause);
  (I[(node & MASK) + R.M_PUBLISHED] as number)++;
  const link = (I[t + R.T_LINK] as number) & MASK;
  if (route > 0) {
    pass(link, message);
    publish(I[t + R.T_EXCHANGE] as number, route, message);
    return;
  }
  I[R.WHAT] = AT.published | ((I[t + R.T_INDEX] as number) << EVENT_BITS);
  I[R.DATA] = message;
  sendOff(link, message);
}

/** The first of the channel's deliveries has been settled. */
function advance(channel: number): void {
  const words = I;
  const h = channel & MASK;
  const tags = columns.tags[words[h + R.H_ROWS] as number] as Int32Array;
  const mask = words[h + R.H_MASK] as number;
  const next = words[h + R.H_NEXT] as number;
  let base = (words[h + R.H_BASE] as number) + 1;
  while (base < next && tags[(base & mask) << 2] === UNKNOWN) base++;
  words[h + R.H_BASE] = base;
}

/** A copy was processed, and is gone. */
function end(copy: number): void {
  const { ids, groups, groupLive, groupOutcome, groupKept } = columns;
  const group = columns.hasGroups === true ? (groups[copy] as number) : 0;
  ids[copy] = I[R.FREE] as number;
  I[R.FREE] = copy;
  (I[R.LIVE] as number)--;
  if (group !== 0) {
    const left = (groupLive[group] as number) - 1;
    groupLive[group] = left;
    const outcome = groupOutcome[group] as number;
    if (outcome !== CLOSED) groupOutcome[group] = END_PROCESSED;
    if (left > 0) {
      // What is left may only lie in a log.
      if (outcome === CLOSED || left !== groupKept[group]) return;
      groupOutcome[group] = CLOSED;
    } else {
      columns.groupFree.push(group);
      if (outcome === CLOSED) return;
    }
  }
  (I[R.ENDED] as number)++;
  F[R.IN_STEPS >> 1] = (F[R.IN_STEPS >> 1] as number) - (F[R.NOW >> 1] as number);
}

/** Before a backlog, when nobody is in the row and this consumer has used its credit up. */
function takesAlone(queue: number, consumer: number): boolean {
  const q = queue & MASK;
  const c = consumer & MASK;
  return (
    (I[q + R.Q_READY] as number) > 0 &&
    I[q + R.Q_ROW_COUNT] === 0 &&
    I[c + R.C_PLACE] === BLOCKED &&
    I[c + R.C_CREDIT] === 0 &&
    I[c + R.C_IS_ALONE] === 1
  );
}

/** A delivery is settled. @returns whether its consumer is in the row again */
function giveCredit(queue: number, consumer: number): boolean {
  const q = queue & MASK;
  const c = consumer & MASK;
  const had = I[c + R.C_CREDIT] as number;
  I[c + R.C_CREDIT] = had + 1;
  if (had !== 0 || I[c + R.C_PLACE] !== BLOCKED) return false;
  join(q, c);
  return true;
}

/** The event `ack`: an acknowledgement has come over a link. */
function acknowledged(session: number, tag: number): boolean {
  const h = (I[R.SESSIONS + (session & (R.SESSIONS_MOST - 1))] as number) & MASK;
  if (
    h === 0 ||
    I[h + R.H_SESSION] !== session ||
    tag < (I[h + R.H_BASE] as number) ||
    tag >= (I[h + R.H_NEXT] as number)
  )
    return false;
  const tags = columns.tags[I[h + R.H_ROWS] as number] as Int32Array;
  const row = (tag & (I[h + R.H_MASK] as number)) << 2;
  const copy = tags[row] as number;
  const id = tags[row + 2] as number;
  const host = (I[h + R.H_HOST] as number) & MASK;
  if (copy < 0 || id < 0 || id >= (I[host + R.O_CONSUMERS_MOST] as number)) return false;
  const c = (I[((I[host + R.O_CONSUMERS] as number) + id) & MASK] as number) & MASK;
  if (c === 0 || I[c + R.C_IS_ON] === 0) return false;
  const known = columns.flags[copy] as number;
  if ((known & (PROCESSED | HELD | KEPT | ENDED)) !== PROCESSED) return false;
  const q = (I[c + R.C_QUEUE] as number) & MASK;
  tags[row] = UNKNOWN;
  if (tag === I[h + R.H_BASE]) advance(h);
  const isTurn = giveCredit(q, c);
  (I[q + R.Q_ACKNOWLEDGED] as number)++;
  deepen(q, -1);
  end(copy);
  if (isTurn) deliverAll(q);
  return true;
}
