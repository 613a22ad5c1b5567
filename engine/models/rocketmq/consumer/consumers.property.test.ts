import { describe, expect, it, vi } from "vitest";
import { type Call, RocketRig } from "../../../testing/rocketmq/consumer-rig.ts";
import { ClientState } from "./client-state.ts";
import { Listening } from "./listening.ts";
import { ProcessQueue } from "./process-queue.ts";

const SEEDS = 1000;
const STEPS = 30;
const LIVES = 4;
const PATIENCE = 15_000_000;
const ALL = Number.POSITIVE_INFINITY;

interface Life {
  consumer: number;
  isFrozen: boolean;
  isCut: boolean;
}

/** One group whose members come, go, crash, hang and are cut off at random, while messages are sent and listeners succeed and fail. */
class Script {
  readonly rig: RocketRig;
  private readonly lives = new Map<string, Life>();
  private readonly open = new Map<number, Call>();
  private readonly since = new Map<number, number>();
  private readonly isOrderly: boolean;
  private readonly brokers: number;
  private readonly batch: number;
  private readonly limit: number;
  private readonly topic: number;
  private readonly deadLetters: Set<number> = new Set();
  private readonly sent: number[] = [];
  private readonly done: Set<number> = new Set();
  /** Queue → offsets that a listener has finished, or that went elsewhere. */
  private readonly finished = new Map<number, Set<number>>();
  /** Queues that a listener works on. */
  private readonly atWork = new Map<number, number>();

  constructor(seed: number, isOrderly: boolean) {
    const brokers = seed % 3 === 0 ? ["a", "b"] : ["a"];
    this.brokers = brokers.length;
    this.rig = new RocketRig(seed, brokers, { delayLevels: Array.from({ length: 18 }, () => 1000) });
    const { rig } = this;
    this.isOrderly = isOrderly;
    this.batch = 1 + rig.below(3);
    this.limit = rig.below(3) === 0 ? -1 : rig.below(4);
    rig.topic("t", 1 + rig.below(4));
    this.topic = rig.cluster.topicId("t");
    rig.onCall = (call) => this.called(call);
    rig.onStored = (_group, queue, offset) => this.stored(queue, offset);
    rig.onArrival = (queue, _offset, id) => {
      const name = rig.cluster.topicName(rig.cluster.topicOf(queue));
      if (name.startsWith("%DLQ%")) this.deadLetters.add(id);
      if (name === "t") this.sent.push(id);
    };
    rig.onKept = (queue, offset) => this.finished.get(queue)?.delete(offset);
  }

  private name(queue: number): string {
    return this.rig.cluster.queueName(queue);
  }

  private called(call: Call): void {
    this.open.set(call.task, call);
    this.since.set(call.task, this.rig.meta.now);
    if (!this.isOrderly) return;
    const before = this.atWork.get(call.queue);
    if (before !== undefined) throw new Error(`${this.name(call.queue)} is worked on twice at once`);
    this.atWork.set(call.queue, call.task);
    const first = call.offsets[0] as number;
    for (let offset = 0; offset < first; offset++)
      if (!this.finished.get(call.queue)?.has(offset))
        throw new Error(`${this.name(call.queue)}: ${first} before ${offset} is done`);
  }

  private stored(queue: number, offset: number): void {
    for (let before = 0; before < offset; before++)
      if (!this.finished.get(queue)?.has(before))
        throw new Error(`${this.name(queue)}: ${offset} stored, though ${before} is not done`);
  }

  private finish({ queue, offsets }: Call): void {
    let known = this.finished.get(queue);
    if (known === undefined) {
      known = new Set();
      this.finished.set(queue, known);
    }
    for (const offset of offsets) known.add(offset);
  }

  private answer(call: Call, isSuccess: boolean): void {
    const { consumers, meta } = this.rig;
    const { consumer, task } = call;
    this.forget(call);
    if (isSuccess) {
      for (const id of call.ids) this.done.add(id);
      this.finish(call);
      consumers.consumed(consumer, task, ALL, meta, this.rig);
    } else if (this.isOrderly) {
      if (this.limit >= 0 && call.times.some((times) => times >= this.limit)) this.finish(call);
      consumers.suspendQueue(consumer, task, 100, meta, this.rig);
    } else {
      // Sent back, unless the client says that it keeps it.
      this.finish(call);
      consumers.reconsumeLater(consumer, task, 0, meta, this.rig);
    }
    this.rig.serve();
  }

  private forget(call: Call): void {
    this.open.delete(call.task);
    if (this.atWork.get(call.queue) === call.task) this.atWork.delete(call.queue);
  }

  private begin(): void {
    const name = `c${this.rig.below(LIVES)}`;
    if (this.lives.has(name)) return;
    const consumer = this.rig.start({
      clientId: name,
      listener: this.isOrderly ? "orderly" : "concurrently",
      batch: this.batch,
      threads: 1 + this.rig.below(4),
      maxReconsumeTimes: this.limit,
      rebalanceIntervalMs: 3000,
      routeIntervalMs: 2000,
      lockIntervalMs: 2000,
      heartbeatIntervalMs: 5000,
    });
    this.lives.set(name, { consumer, isFrozen: false, isCut: false });
  }

  private end(name: string, { consumer }: Life, isCrash: boolean): void {
    const { consumers, meta } = this.rig;
    this.lives.delete(name);
    for (const call of [...this.open.values()]) if (call.consumer === consumer) this.forget(call);
    if (isCrash) consumers.crash(consumer, meta, this.rig);
    else consumers.shutdown(consumer, meta, this.rig);
  }

  step(): void {
    const { rig } = this;
    const names = [...this.lives.keys()];
    const name = names[rig.below(Math.max(1, names.length))] ?? "";
    const life = this.lives.get(name);
    const dice = rig.below(100);
    if (dice < 15 || life === undefined) this.begin();
    else if (dice < 50) for (let n = rig.below(6); n >= 0; n--) rig.send("t");
    else if (dice < 53) this.end(name, life, false);
    else if (dice < 56) this.end(name, life, true);
    else if (dice < 58) this.cut(life);
    else if (dice < 60) this.freeze(life);
    else if (dice < 63) this.mend();
    else if (dice < 65) this.kill();
    else if (dice < 80) this.answerSome();
    else rig.pass(100 + rig.below(2000));
    rig.serve();
    if (this.isOrderly) this.hurry();
  }

  /** A client gives the lock of a queue that it should no longer have back after twenty seconds, whatever its listener does: then two may work on the queue. */
  private hurry(): void {
    for (const call of [...this.open.values()])
      if (this.rig.meta.now - (this.since.get(call.task) ?? 0) > PATIENCE) this.answer(call, true);
  }

  private cut(life: Life): void {
    life.isCut = true;
    this.rig.consumers.cut(life.consumer, this.rig.meta, this.rig);
  }

  /** A thread that hangs with an orderly queue in its hands outlives its lock: then the real order is lost too. */
  private freeze(life: Life): void {
    if (this.isOrderly) return;
    life.isFrozen = true;
    this.rig.consumers.freeze(life.consumer, this.rig.meta, this.rig);
  }

  /** Offsets that the broker has not written down are lost with it. An orderly queue's lock is lost too, and with it the order. */
  private kill(): void {
    if (!this.isOrderly) this.rig.cluster.actOnMaster(this.rig.below(this.brokers), "kill", this.rig.meta, this.rig);
  }

  private mend(): void {
    const { cluster, consumers, meta } = this.rig;
    for (let broker = 0; broker < this.brokers; broker++) cluster.actOnMaster(broker, "start", meta, this.rig);
    for (const life of this.lives.values()) {
      if (life.isCut) consumers.heal(life.consumer, meta, this.rig);
      if (life.isFrozen) consumers.thaw(life.consumer, meta, this.rig);
      life.isCut = false;
      life.isFrozen = false;
    }
    this.rig.serve();
  }

  private answerSome(): void {
    for (const call of [...this.open.values()]) {
      const life = [...this.lives.values()].find(({ consumer }) => consumer === call.consumer);
      if (life?.isFrozen === true || this.rig.below(2) === 0) continue;
      this.answer(call, this.rig.below(4) > 0);
    }
  }

  /** Everything is mended, and there is time, also for brokers to forget clients that ended while they were cut off: listeners succeed. @returns what is wrong at the end */
  finishAll(): string {
    this.mend();
    while (this.lives.size === 0) this.begin();
    let fault = "";
    for (let round = 0; round < 50; round++) {
      for (let rounds = 0; this.open.size > 0 && rounds < 1000; rounds++)
        for (const call of [...this.open.values()]) this.answer(call, true);
      this.rig.pass(3000);
      if (this.open.size > 0) continue;
      fault = this.fault();
      if (fault === "") return "";
    }
    return fault;
  }

  private fault(): string {
    const { rig } = this;
    for (const id of this.sent) if (!this.done.has(id) && !this.deadLetters.has(id)) return `message ${id} was skipped`;
    for (const queue of rig.cluster.readQueues(this.topic)) {
      const stored = rig.cluster.committed(rig.cluster.groupId("g"), queue);
      if (Math.max(stored, 0) !== rig.cluster.max(queue))
        return `${this.name(queue)}: ${stored} stored of ${rig.cluster.max(queue)}`;
    }
    return rig.heldCount() === rig.store.live ? "" : `${rig.heldCount()} held, ${rig.store.live} alive`;
  }
}

/** @returns the first thing that is wrong, "" if nothing is */
function firstFault(seeds: number, isOrderly: boolean): string {
  for (let seed = 1; seed <= seeds; seed++) {
    try {
      const script = new Script(seed, isOrderly);
      for (let step = 0; step < STEPS; step++) script.step();
      const fault = script.finishAll();
      if (fault !== "") return `seed ${seed}: ${fault}`;
    } catch (error) {
      return `seed ${seed}: ${(error as Error).message}`;
    }
  }
  return "";
}

describe("random groups", () => {
  it("concurrent: nothing is skipped, and what is stored is done", () => {
    expect(firstFault(SEEDS, false)).toBe("");
  }, 60_000);

  it("orderly: besides, no queue is worked on twice at once, or out of order", () => {
    expect(firstFault(SEEDS, true)).toBe("");
  }, 60_000);
});

/** A group that is all there before the first message is sent, and to which nothing happens. */
function undisturbed(seed: number, model: "CLUSTERING" | "BROADCASTING"): void {
  const rig = new RocketRig(seed, seed % 2 === 0 ? ["a", "b"] : ["a"]);
  const given = new Map<string, number>();
  rig.onCall = ({ consumer, task, ids }) => {
    for (const id of ids) {
      const key = model === "CLUSTERING" ? `${id}` : `${id} ${consumer}`;
      given.set(key, (given.get(key) ?? 0) + 1);
    }
    rig.consumers.consumed(consumer, task, ALL, rig.meta, rig);
  };
  rig.topic("t", 1 + rig.below(6));
  const members = 1 + rig.below(5);
  for (let i = 0; i < members; i++) {
    rig.start({ clientId: `c${i}`, model, batch: 1 + rig.below(4), threads: 1 + rig.below(3) });
    rig.pass(rig.below(500));
  }
  rig.pass(30_000);
  const count = rig.below(40);
  for (let i = 0; i < count; i++) {
    rig.send("t");
    if (rig.below(5) === 0) rig.pass(rig.below(3000));
  }
  rig.pass(5000);
  expect(given.size).toBe(model === "CLUSTERING" ? count : count * members);
  for (const times of given.values()) expect(times).toBe(1);
}

describe("groups to which nothing happens", () => {
  it.each(["CLUSTERING", "BROADCASTING"] as const)(
    "%s: every message once",
    (model) => {
      for (let seed = 1; seed <= SEEDS / 2; seed++) undisturbed(seed, model);
    },
    60_000,
  );
});

describe("spoiled models are found out", () => {
  it("one that stores the last offset instead of the smallest unfinished", () => {
    const { add } = ProcessQueue.prototype;
    const last = new WeakMap<ProcessQueue, number>();
    const spoiledAdd = vi.spyOn(ProcessQueue.prototype, "add").mockImplementation(function (
      this: ProcessQueue,
      ...args: Parameters<ProcessQueue["add"]>
    ) {
      last.set(this, args[0]);
      add.apply(this, args);
    });
    const spoiled = vi.spyOn(ProcessQueue.prototype, "smallestUnfinished").mockImplementation(function (
      this: ProcessQueue,
    ) {
      return (last.get(this) ?? -1) + 1;
    });
    const fault = firstFault(100, false);
    spoiled.mockRestore();
    spoiledAdd.mockRestore();
    expect(fault).toMatch(/is not done/);
  });

  it("one whose orderly clients take no locks", () => {
    const spoiled = vi.spyOn(ClientState.prototype, "needsLocks").mockReturnValue(false);
    const fault = firstFault(100, true);
    spoiled.mockRestore();
    expect(fault).toMatch(/twice at once|before/);
  });

  it("one that lets go of failures", () => {
    const spoiled = vi.spyOn(Listening.prototype as unknown as { letGo(): boolean }, "letGo").mockReturnValue(true);
    const fault = firstFault(100, false);
    spoiled.mockRestore();
    expect(fault).toMatch(/skipped/);
  });
});
