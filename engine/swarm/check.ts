import { seconds } from "../kernel/time.ts";
import { EVENTS_KEPT } from "../run/event-log.ts";
import { createRun, type Run } from "../run/run.ts";
import { settingsAs } from "../scenario/schema.ts";
import type { Scenario, ScenarioNode } from "../scenario/types.ts";
import { validate } from "../scenario/validate.ts";
import type { RunEvent } from "../worker/protocol.ts";
import { Chance } from "./chance.ts";

export type Checker = "valid" | "crash" | "ledger" | "confirmed" | "order" | "stuck" | "replay";

/** What a checker has to say against a scenario. */
export interface Finding {
  checker: Checker;
  /** Virtual s. */
  time: number;
  words: string;
}

const LOOKS = 12;
const END = 30;
/** Long enough for every retry, restart, claim and election that is still owed. */
const CALM = 60;
const AFTER = 15;

/** States that say why somebody makes no progress. */
const REASONS = new Set([
  "crashed",
  "not-assigned",
  "hanging",
  "away",
  "no-group",
  "refused",
  "down",
  "paused",
  "blocked",
  "denied",
  "no-partition",
  "no-queue",
  "no-leader",
]);

const fault = (checker: Checker, run: Run, words: string): Finding => ({ checker, time: run.now / seconds(1), words });

const ledgerText = (run: Run): string => JSON.stringify(run.report().ledger);

/**
 * Plays a scenario from beginning to end and some way beyond, and looks at what must always hold: the books balance; what was confirmed is not lost; order where it is promised;
 * nobody stands still without a reason that is shown; the same again, from a snapshot and from the start, is the same.
 * @returns the first thing that does not hold, or null
 */
export function checkScenario(scenario: Scenario): Finding | null {
  const errors = validate(scenario).issues.filter(({ severity }) => severity === "error");
  if (errors[0] !== undefined) return { checker: "valid", time: 0, words: `${errors[0].path}: ${errors[0].code}` };
  let run: Run | null = null;
  try {
    run = createRun(scenario);
    return play(run, scenario);
  } catch (error) {
    return { checker: "crash", time: (run?.now ?? 0) / seconds(1), words: String(error) };
  }
}

function play(run: Run, scenario: Scenario): Finding | null {
  const chance = new Chance(scenario.seed, "looks");
  const at = chance.below(LOOKS);
  let kept: { snapshot: ReturnType<Run["capture"]>; events: number } | null = null;
  for (let look = 1; look <= LOOKS; look++) {
    run.advance(seconds((END * look) / LOOKS));
    const wrong = books(run);
    if (wrong !== null) return wrong;
    if (look - 1 === at) kept = { snapshot: run.capture(), events: run.core.log.last };
  }
  run.advance(seconds(CALM));
  const wrong =
    books(run) ?? confirmed(run, scenario) ?? order(run, scenario) ?? nowhere(run, scenario) ?? stuck(run, scenario);
  if (wrong !== null) return wrong;
  run.advance(seconds(CALM + AFTER));
  return replay(run, scenario, kept?.snapshot);
}

function books(run: Run): Finding | null {
  const { ledger } = run.core;
  const off = ledger.imbalance();
  if (off !== 0) return fault("ledger", run, `off by ${off}: ${ledgerText(run)}`);
  const { copies } = run.ledgerReport();
  const sum = (of: Record<string, number>) => Object.values(of).reduce((total, n) => total + n, 0);
  const copiesOff = copies.made - copies.processed - copies.inSystem - sum(copies.discarded) - sum(copies.lost);
  if (copiesOff !== 0) return fault("ledger", run, `copies off by ${copiesOff}: ${ledgerText(run)}`);
  const values = run.read();
  for (const { id, offset, metrics } of run.layout().edges) {
    const travelling = values[offset + metrics.indexOf("inTransit")] as number;
    if (travelling < 0) return fault("ledger", run, `${travelling} on the way over ${id}`);
  }
  return ledger.open < 0 ? fault("ledger", run, `${ledger.open} in the system`) : null;
}

const eventsOf = (run: Run): RunEvent[] => {
  const ids = run.state.topology.nodes.map(({ id }) => id);
  return run.core.log.read(0, EVENTS_KEPT, (index) => ids[index] ?? "");
};

/**
 * Where the system promises it, what was confirmed is not lost. Of a queue of RabbitMQ that is careful to the end, and empty by now, each was worked on or discarded by a rule; of
 * a log or list nothing that was confirmed ends as lost.
 */
function confirmed(run: Run, scenario: Scenario): Finding | null {
  if (run.core.log.oldest > 1) return null;
  const { nodes } = run.report();
  // What is still there may be any of them.
  const isEmpty = (queue: string) => (nodes[queue]?.depth ?? 0) === 0;
  const emptied = new Set<string>();
  const kept = new Set<string>();
  for (const node of scenario.nodes) {
    const queues = promises(scenario, node);
    if (queues.length > 0 && queues.every(isEmpty)) emptied.add(node.id);
    if (keepsConfirmed(scenario, node)) kept.add(node.id);
  }
  if (emptied.size + kept.size === 0) return null;
  const ends = new Map<number, { by: string; ended: boolean; lost: boolean }>();
  for (const { kind, message, node, reason } of eventsOf(run)) {
    if (message < 0) continue;
    const end = ends.get(message) ?? { by: "", ended: false, lost: false };
    if (kind === "confirm") end.by = node;
    else if (ENDINGS.has(kind)) end.ended = true;
    else if (kind === "lost" && OF_STORED.has(reason ?? "")) end.lost = true;
    ends.set(message, end);
  }
  for (const [message, { by, ended, lost }] of ends) {
    if (ended) continue;
    if (emptied.has(by)) return fault("confirmed", run, `#${message} was confirmed and is nowhere`);
    if (lost && kept.has(by)) return fault("confirmed", run, `#${message} was confirmed and is lost`);
  }
  return null;
}

/** Worked on, well or not, or put away by a rule. */
const ENDINGS = new Set(["process", "discard", "expire", "unroutable", "refuse", "error"]);

/** Why something is lost that was stored. What was lost on its way there may have been sent again, and that confirmed. */
const OF_STORED = new Set(["restart", "failover"]);

/** Where the producer's messages are kept: the only store that it writes to, and its frame. */
function homeOf({ nodes, edges }: Scenario, producer: ScenarioNode) {
  const outputs = edges.filter((edge) => edge.from === producer.id && edge.kind === "publish");
  const store = outputs.length === 1 ? nodes.find(({ id }) => id === outputs[0]?.to) : undefined;
  return { store, frame: nodes.find(({ id }) => id === store?.parent) };
}

/** The queues of the broker that makes the promise to a producer; none where nothing is promised. */
function promises(scenario: Scenario, producer: ScenarioNode): string[] {
  if (producer.kind !== "producer") return [];
  const { nodes, edges } = scenario;
  const { waitFor, persistent } = settingsAs("producer", producer);
  const { store: queue } = homeOf(scenario, producer);
  if (waitFor !== "confirm" || !persistent || queue?.kind !== "queue") return [];
  const { durable, queueType } = settingsAs("queue", queue);
  if (!durable && queueType === "classic") return [];
  const queues = nodes.filter(({ kind, parent }) => kind === "queue" && parent === queue.parent).map(({ id }) => id);
  const readers = edges.filter((edge) => edge.kind === "consume" && queues.includes(edge.from)).map(({ to }) => to);
  const isCareful = (reader: ScenarioNode) =>
    ["consumer", "service"].includes(reader.kind) && settingsAs("consumer", reader).ack === "manual";
  return nodes.filter(({ id }) => readers.includes(id)).every(isCareful) ? queues : [];
}

/**
 * A topic of Kafka of which every record is on two brokers before it is confirmed, and which no broker leads that lacks it; one of RocketMQ, see `keepsOnDisk`; a stream of a
 * Redis that stands alone and writes each command to disk before it answers.
 */
function keepsConfirmed(scenario: Scenario, producer: ScenarioNode): boolean {
  if (producer.kind !== "producer") return false;
  const { acks, waitFor } = settingsAs("producer", producer);
  const { store, frame } = homeOf(scenario, producer);
  if (store?.kind === "topic") {
    const { minInsync, uncleanElection, replication } = settingsAs("topic", store);
    const outlives = !losesPower(scenario, frame) || Math.min(minInsync, replication) > 1;
    return acks === "all" && minInsync > 1 && !uncleanElection && outlives && !losesMachines(scenario, frame);
  }
  if (store?.kind === "rmqTopic") return keepsOnDisk(scenario, frame);
  if (store?.kind !== "stream" || frame?.kind !== "redis" || waitFor !== "confirm") return false;
  const { persist, replicas } = settingsAs("redis", frame);
  // Whoever reads without a group has read what came off the link, or not.
  const isShared = scenario.edges.every(({ from, settings }) => from !== store.id || (settings?.group ?? "") !== "");
  return persist === "always" && replicas === 0 && isShared;
}

/**
 * Brokers of RocketMQ whose disks have what they confirm, and which no slave takes over from that lacks it. A machine that keeps its power loses nothing of what was not written out.
 */
function keepsOnDisk(scenario: Scenario, frame: ScenarioNode | undefined): boolean {
  const { flush, failover, replicate, replicas } = settingsAs("brokerSet", frame ?? { kind: "brokerSet" });
  const isWritten = flush === "sync" || !losesPower(scenario, frame);
  return isWritten && (failover === "off" || replicas === 0 || replicate === "sync");
}

const troublesOf = ({ timeline }: Scenario, frame: ScenarioNode | undefined): string[] =>
  timeline.filter(({ target, disabled }) => target === frame?.id && !disabled).map((entry) => entry.do);

const losesPower = (scenario: Scenario, frame: ScenarioNode | undefined): boolean =>
  troublesOf(scenario, frame).some((name) => name.endsWith(".power"));

/** Kafka keeps what was acknowledged on other machines, and writes it to no disk at once: with all of them, or with one while another is away, it may go. */
const losesMachines = (scenario: Scenario, frame: ScenarioNode | undefined): boolean =>
  losesPower(scenario, frame) &&
  (troublesOf(scenario, frame).includes("broker.power") || troublesOf(scenario, frame).length > 1);

/** In a gentle drawing nothing overtakes anything. */
function order(run: Run, scenario: Scenario): Finding | null {
  if (!scenario.meta.tags?.includes("gentle")) return null;
  const wrong = run.report().system.outOfOrder ?? 0;
  return wrong > 0 ? fault("order", run, `${wrong} out of order`) : null;
}

/** What is in the system is somewhere: where every place is looked into, an open message must be in one. */
function nowhere(run: Run, scenario: Scenario): Finding | null {
  const seen = ["producer", "consumer", "service", "queue", "exchange", "broker", "list", "redis"];
  const { open } = run.core.ledger;
  if (open === 0 || scenario.nodes.some(({ kind }) => !seen.includes(kind))) return null;
  const { nodes } = run.report();
  const held = Object.values(nodes).reduce(
    (sum, node) => sum + (node.depth ?? 0) + (node.outbox ?? 0) + (node.inFlight ?? 0),
    0,
  );
  const values = run.read();
  const travelling = run
    .layout()
    .edges.reduce((sum, { offset, metrics }) => sum + (values[offset + metrics.indexOf("inTransit")] as number), 0);
  if (travelling > 0) return null;
  // A consumer that acknowledges at once holds what nobody counts.
  const buffers = Object.values(run.badges()).some((badges) => badges.includes("buffering"));
  return held === 0 && !buffers ? fault("ledger", run, `${open} in the system, and nowhere in it`) : null;
}

const STORES = new Set(["queue", "list", "stream", "topic"]);

/** What a store has for its consumers: a queue or list all that is in it, a log what its readers have before them or in hand. */
const waiting = (of: Readonly<Record<string, number>> | undefined): number =>
  of?.depth ?? (of?.lag ?? 0) + (of?.pending ?? 0);

/** Long after the last fault: who has work and gets none done must show why. */
function stuck(run: Run, scenario: Scenario): Finding | null {
  const before = run.report().nodes;
  const badges = run.badges();
  const says = (id: string) => badges[id]?.some((badge) => REASONS.has(badge)) ?? false;
  const progress = (nodes: ReturnType<Run["report"]>["nodes"], id: string) =>
    (nodes[id]?.processed ?? 0) + (nodes[id]?.errors ?? 0) + (nodes[id]?.received ?? 0);
  run.advance(run.now + seconds(AFTER));
  const after = run.report().nodes;
  for (const { id, kind } of scenario.nodes) {
    if (kind === "producer") {
      const waits = (after[id]?.outbox ?? 0) > 0 && (before[id]?.outbox ?? 0) > 0;
      const moves = ["confirm", "retry", "failed", "rejected"].some((name) => after[id]?.[name] !== before[id]?.[name]);
      if (waits && !moves && !says(id)) return fault("stuck", run, `${id} waits for ${after[id]?.outbox} answers`);
    }
    if (!STORES.has(kind)) continue;
    const readers = scenario.edges.filter((edge) => edge.kind === "consume" && edge.from === id).map(({ to }) => to);
    const has = Math.min(waiting(before[id]), waiting(after[id]));
    const isIdle = readers.every((reader) => progress(before, reader) === progress(after, reader));
    if (has > 0 && readers.length > 0 && isIdle && !says(id) && !readers.some(says))
      return fault("stuck", run, `${id} holds ${has}, and ${readers.join(", ")} does nothing`);
  }
  return null;
}

function replay(run: Run, scenario: Scenario, snapshot: ReturnType<Run["capture"]> | undefined): Finding | null {
  const until = run.now;
  const told = { hash: run.hash(), ledger: ledgerText(run) };
  const same = (other: Run, what: string): Finding | null => {
    other.advance(until);
    const now = { hash: other.hash(), ledger: ledgerText(other) };
    return now.hash === told.hash && now.ledger === told.ledger
      ? null
      : fault("replay", other, `${what}: ${now.hash} ${now.ledger} instead of ${told.hash} ${told.ledger}`);
  };
  const again = same(createRun(scenario), "from the start");
  if (again !== null || snapshot === undefined) return again;
  run.restore(snapshot);
  return same(run, "from a snapshot");
}
