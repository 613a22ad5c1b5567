import { REDELIVERED } from "../messages.ts";
import type { Meta } from "../model.ts";
import { IN_ROW } from "./client-state.ts";
import { putBack, putBehindReturned, putTail, readyCopies, takeAll } from "./contents.ts";
import { deleteExchangeState, deleteQueueState } from "./deleting.ts";
import { dispatch } from "./delivery.ts";
import { isSafe, onDisk, toDisk } from "./disk.ts";
import { CONNECTION_FORCED, errorName, SOCKET_CUT } from "./errors.ts";
import { loseHistory } from "./exchanges/recent-history.ts";
import { closeConnection } from "./lifecycle.ts";
import { enqueueUnwritten, settleDown } from "./queue.ts";
import { CLASSIC, QUORUM, type QueueState, STREAM } from "./queue-state.ts";
import { RESTART_LOSS } from "./reasons.ts";
import { joinRow } from "./row.ts";
import { refreshUnusual, staysLazy } from "./settings.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { resumeReaders } from "./stream.ts";
import { removeConsumer } from "./subscribing.ts";
import { TIMER_ELECTION } from "./timers.ts";
import { plainValue } from "./values.ts";

/** Members of a quorum queue unless it asks for another number. */
const GROUP_SIZE = 3;

/** Gives a new queue its place: on the node of the client that declares it, replicas on the next ones. semantics/rabbitmq §16. */
export function placeQueue(m: RabbitState, q: QueueState): void {
  if (q.type === CLASSIC) {
    q.members = [q.node];
    return;
  }
  const asked = plainValue(q.arguments["x-quorum-initial-group-size"] ?? q.arguments["x-initial-cluster-size"] ?? null);
  const size = typeof asked === "number" ? asked : q.type === QUORUM ? GROUP_SIZE : m.nodes;
  q.members = Array.from({ length: Math.min(size, m.nodes) }, (_, i) => (q.node + i) % m.nodes);
}

const isUp = (m: RabbitState, node: number): boolean => !m.downNodes.includes(node);

const hasMajority = (m: RabbitState, q: QueueState): boolean =>
  q.members.filter((node) => isUp(m, node)).length > q.members.length / 2;

function setDown(m: RabbitState, q: QueueState, isDown: boolean): void {
  if (q.isDown === isDown) return;
  q.isDown = isDown;
  refreshUnusual(q);
  m.topologyVersion++;
}

/** Connections end with code 320 when the broker stops in order, and without a word when it dies. */
function closeConnections(
  m: RabbitState,
  isConcerned: (node: number) => boolean,
  kill: boolean,
  meta: Meta,
  out: RabbitSink,
): void {
  const code = kill ? SOCKET_CUT : CONNECTION_FORCED;
  for (const connection of [...m.connections]) {
    if (!connection?.open || !isConcerned(connection.node)) continue;
    closeConnection(m, connection.id, meta, out);
    out.connectionClosed(connection.id, code, errorName(code));
  }
}

/** The whole broker stops and starts; no time passes. @param kill it dies instead of stopping. semantics/rabbitmq §14; conformance rabbitmq/restart/*. */
export function restart(m: RabbitState, kill: boolean, meta: Meta, out: RabbitSink): void {
  stopBroker(m, kill, meta, out);
  startBroker(m, meta, out);
}

/** Every node stops. What does not survive is gone at once; nobody can connect until `startBroker`. */
export function stopBroker(m: RabbitState, kill: boolean, meta: Meta, out: RabbitSink): void {
  m.isHalted = true;
  m.isDying = kill;
  m.isGoingDown = kill;
  closeConnections(m, () => true, kill, meta, out);
  m.isGoingDown = true;
  for (const q of [...m.queues]) if (q && m.queues[q.id] === q) surviveRestart(m, q, kill, meta, out);
  for (const exchange of [...m.exchanges]) {
    if (exchange && !exchange.durable && m.exchanges[exchange.id] === exchange) {
      deleteExchangeState(m, exchange, meta, out);
    }
  }
  // What an exchange keeps of its history is in memory only.
  for (const exchange of m.exchanges) if (exchange) loseHistory(exchange, out);
  m.isGoingDown = false;
  m.downNodes = Array.from({ length: m.nodes }, (_, node) => node);
  for (const q of m.queues) if (q) setDown(m, q, true);
  m.isDying = false;
}

export function startBroker(m: RabbitState, meta: Meta, out: RabbitSink): void {
  m.downNodes = [];
  m.isHalted = false;
  // All of them before one looks at its contents: what dies there may go to any other.
  for (const q of m.queues) if (q) setDown(m, q, false);
  for (const q of m.queues) if (q) bringUp(m, q, meta, out);
}

/** What is left of a queue when the node that holds it comes back. */
function surviveRestart(m: RabbitState, q: QueueState, kill: boolean, meta: Meta, out: RabbitSink): void {
  if (!q.durable) {
    loseQueue(m, q, meta, out);
    return;
  }
  q.usedAt = meta.now;
  // It may be used anew before it goes with its last consumer.
  q.hadConsumer = false;
  if (q.type === STREAM) return;
  q.isLazy = staysLazy(m, q);
  const inFront = q.type === QUORUM ? q.lane.backCount : 0;
  const turn = q.highTaken;
  const copies = takeAll(m, q);
  const lost: number[] = [];
  for (const [i, copy] of copies.entries()) {
    const isKept = (q.type === QUORUM || m.store.kindOf(copy).persistent) && (!kill || isSafe(m, q, copy, meta.now));
    if (!isKept) {
      lost.push(copy);
      continue;
    }
    if (kill && q.type === CLASSIC) m.store.flags[copy] = (m.store.flags[copy] as number) | REDELIVERED;
    if (q.type === CLASSIC) toDisk(m, copy);
    // What came back to a quorum queue stays in front.
    if (i < inFront) putBehindReturned(m, q, copy);
    else putTail(m, q, copy);
  }
  q.highTaken = turn;
  onDisk(m, q, meta.now);
  for (const copy of lost) out.lost(q.id, copy, RESTART_LOSS);
}

/** A queue that does not outlive its node: everything in it is lost by the fault, not discarded by a rule. */
function loseQueue(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  const copies = takeAll(m, q);
  for (const channel of m.channels) for (const held of channel?.unacked.forget(q.id) ?? []) copies.push(held.copy);
  for (const copy of copies) out.lost(q.id, copy, RESTART_LOSS);
  deleteQueueState(m, q, "restart", meta, out);
}

/** One node of a cluster stops or dies. conformance rabbitmq/cluster/*. */
export function stopNode(m: RabbitState, node: number, kill: boolean, meta: Meta, out: RabbitSink): void {
  if (m.downNodes.includes(node)) return;
  m.downNodes.push(node);
  // First the queues go down, so that what the node's clients held is handed to nobody in passing.
  const homed = m.queues.filter((q) => q != null && q.type === CLASSIC && q.node === node && !q.isDown) as QueueState[];
  for (const q of homed) setDown(m, q, true);
  for (const q of m.queues) if (q && q.type !== CLASSIC && !hasMajority(m, q)) setDown(m, q, true);
  m.isDying = kill;
  closeConnections(m, (at) => at === node, kill, meta, out);
  m.isDying = false;
  for (const q of homed) if (m.queues[q.id] === q) loseHome(m, q, kill, meta, out);
  for (const q of [...m.queues]) {
    if (q && q.type !== CLASSIC && q.node === node && m.queues[q.id] === q) elect(m, q, meta, out);
  }
}

function loseHome(m: RabbitState, q: QueueState, kill: boolean, meta: Meta, out: RabbitSink): void {
  const successor = q.members.find((member) => isUp(m, member));
  if (successor !== undefined) {
    promote(m, q, successor, meta, out);
    return;
  }
  cancelEverybody(m, q, out);
  takeFromClients(m, q, out);
  surviveRestart(m, q, kill, meta, out);
}

/** Consumers on other nodes are told. */
export function cancelEverybody(m: RabbitState, q: QueueState, out: RabbitSink): void {
  for (const id of [...q.consumers]) {
    const c = m.consumers[id];
    if (!c) continue;
    const channel = m.channels[c.channel];
    if (channel) channel.consumers = channel.consumers.filter((other) => other !== id);
    removeConsumer(m, q, c);
    m.consumers[id] = null;
    out.cancelled(id, q.id);
  }
}

/** What clients elsewhere hold unacknowledged is the queue's again; their acks will be no error and do nothing. */
export function takeFromClients(m: RabbitState, q: QueueState, out: RabbitSink): void {
  for (const channel of m.channels) {
    if (!channel) continue;
    for (const entry of channel.unacked.forget(q.id)) {
      putBack(m, q, entry.copy, entry.place);
      m.store.flags[entry.copy] = (m.store.flags[entry.copy] as number) | REDELIVERED;
      q.unacked--;
      out.requeued(q.id, entry.copy, false);
    }
  }
}

/** Mirrored classic queue (3.x): the oldest mirror takes over, everything it has is marked redelivered, consumers go on. */
function promote(m: RabbitState, q: QueueState, node: number, meta: Meta, out: RabbitSink): void {
  q.members = [node, ...q.members.filter((member) => member !== node && isUp(m, member))];
  q.node = node;
  takeFromClients(m, q, out);
  for (const copy of readyCopies(q)) m.store.flags[copy] = (m.store.flags[copy] as number) | REDELIVERED;
  for (const id of q.consumers) {
    const c = m.consumers[id];
    if (!c) continue;
    c.unacked = 0;
    c.credit = c.prefetch;
    if (c.place === IN_ROW) continue;
    joinRow(m, q, c);
  }
  setDown(m, q, false);
  dispatch(m, q, meta, out);
}

/** The members that are left choose a leader, which takes the set time. */
function elect(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (!hasMajority(m, q)) return;
  if (m.electionTime === 0) {
    lead(m, q, meta, out);
    return;
  }
  setDown(m, q, true);
  q.electionTimer = meta.now + m.electionTime;
  out.timer(q.electionTimer, TIMER_ELECTION, q.id);
}

export function electionTimer(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (meta.now < q.electionTimer) return;
  q.electionTimer = Number.POSITIVE_INFINITY;
  if (hasMajority(m, q)) lead(m, q, meta, out);
}

function lead(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  q.node = q.members.find((member) => isUp(m, member)) ?? q.node;
  bringUp(m, q, meta, out);
}

export function startNode(m: RabbitState, node: number, meta: Meta, out: RabbitSink): void {
  if (!m.downNodes.includes(node)) return;
  m.downNodes = m.downNodes.filter((other) => other !== node);
  for (const q of [...m.queues]) {
    if (!q || m.queues[q.id] !== q) continue;
    if (q.type === CLASSIC) {
      if (q.mirrorsWanted !== null && !q.members.includes(node) && q.members.length < q.mirrorsWanted)
        q.members.push(node);
      if (q.node === node) bringUp(m, q, meta, out);
    } else if (q.isDown && hasMajority(m, q) && q.electionTimer === Number.POSITIVE_INFINITY) {
      if (isUp(m, q.node)) bringUp(m, q, meta, out);
      else elect(m, q, meta, out);
    }
  }
}

/** Available again: what waited is written, what is ready is handed out. */
function bringUp(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  setDown(m, q, false);
  if (q.unwritten.length > 0) enqueueUnwritten(m, q, meta, out);
  if (q.type === STREAM) resumeReaders(m, q, meta, out);
  else settleDown(m, q, meta, out);
}
