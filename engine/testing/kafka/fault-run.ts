import type { BrokerAction } from "../../models/kafka/cluster.ts";
import { producerConfig } from "../../models/kafka/producer-config.ts";
import type { OutgoingRecord } from "../../models/kafka/producer-state.ts";
import { Draw } from "../property/draw.ts";
import { ClusterRig } from "./cluster-rig.ts";

const MILLI = 1000;
const BROKERS = [1, 2, 3];
const STEPS = 60;

/** What a run may meet. `safe`: acks=all, min.insync.replicas 2 of 3, one broker at a time; `wild`: everything. */
export type FaultMode = "safe" | "wild";

interface Stored {
  readonly id: string;
  readonly partition: number;
  readonly offset: number;
}

/** Kafka whose producers, brokers and network do random things. What must hold in any case is looked at after every step. */
export class FaultRun extends ClusterRig {
  readonly mode: FaultMode;
  private readonly draw: Draw;
  private readonly acknowledged: Stored[] = [];
  private readonly given: string[] = [];
  /** Highest high watermark seen, by partition. */
  private readonly highest: number[] = [];
  /** Producer → what it sent, in order. */
  private readonly order: { id: string; partition: number }[][] = [];
  private down = 0;
  private downAction: BrokerAction = "kill";
  records = 0;
  private transactional = -1;

  constructor(seed: number, mode: FaultMode) {
    const draw = new Draw(seed, `kafka-${mode}`);
    super(seed, {
      sessionTimeoutMs: 3000,
      replicaLagMs: 3000,
      uncleanIntervalMs: 1000,
      transactionCheckMs: 500,
      replicationDelay: draw.pick([0, 0, 2, 50]) * MILLI,
    });
    this.mode = mode;
    this.draw = draw;
    for (const broker of BROKERS) this.view.addBroker(broker);
    const assignment = [
      [1, 2, 3],
      [2, 3, 1],
    ];
    const config: Record<string, string> = { "min.insync.replicas": "2" };
    if (mode === "wild") {
      if (draw.oneIn(2)) config["min.insync.replicas"] = "1";
      if (draw.oneIn(2)) config["unclean.leader.election.enable"] = "true";
      if (draw.oneIn(4)) Object.assign(config, { "retention.ms": "2000" });
      if (draw.oneIn(4)) Object.assign(config, { "cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.01" });
      if (draw.oneIn(3)) config["segment.ms"] = "100";
      if (draw.oneIn(4)) config["max.message.bytes"] = "500";
    }
    this.view.createTopic("t", { assignment, config }, this.meta, this);
    this.openProducer();
    this.openProducer();
    if (mode === "wild") this.openTransactional();
    // What a partition knows nothing of yet may come in any order.
    for (const partition of [0, 1]) for (const producer of [0, 1]) this.sendOne(producer, partition);
    this.passTime(500 * MILLI);
  }

  /** Producer 2, and whoever takes over from it. */
  private openTransactional(): void {
    const config = producerConfig({ "transactional.id": "x", "transaction.timeout.ms": "3000", "linger.ms": "0" });
    const id = this.view.openProducer(config as NonNullable<typeof config>, this.meta);
    this.view.setLatency(id, this.draw.pick([0, 20]) * MILLI);
    this.order[id] = [];
    this.view.initTransactions(id, this.meta, this);
    this.transactional = id;
  }

  private transactionStep(): void {
    const { draw, view, transactional } = this;
    draw.weighted<() => void>([
      [4, () => view.beginTransaction(transactional)],
      [8, () => this.sendOne(transactional, draw.below(2))],
      [2, () => view.commitTransaction(transactional, this.meta, this)],
      [2, () => view.abortTransaction(transactional, this.meta, this)],
      [1, () => this.openTransactional()],
      [1, () => view.crashProducer(transactional, this.meta, this)],
    ])();
  }

  private openProducer(): void {
    const { draw, mode } = this;
    const settings: Record<string, string> = { "linger.ms": draw.pick(["0", "5", "200"]) };
    if (mode === "wild") {
      settings.acks = draw.pick(["0", "1", "all", "all"]);
      if (draw.oneIn(4)) settings.retries = draw.pick(["0", "2"]);
      if (draw.oneIn(4)) Object.assign(settings, { "request.timeout.ms": "400", "delivery.timeout.ms": "1500" });
      if (draw.oneIn(4)) settings["max.in.flight.requests.per.connection"] = "1";
      if (draw.oneIn(4)) settings["batch.size"] = "200";
      if (draw.oneIn(4)) Object.assign(settings, { "enable.idempotence": "false" });
    }
    const config = producerConfig(settings);
    if (config === null) throw new Error(`settings do not go together: ${JSON.stringify(settings)}`);
    const id = this.view.openProducer(config, this.meta);
    this.view.setLatency(id, draw.pick([0, 1, 20]) * MILLI);
    this.order[id] = [];
  }

  override acked(producer: number, handle: number, partition: number, offset: number): void {
    super.acked(producer, handle, partition, offset);
    if (offset >= 0) this.acknowledged.push({ id: this.idOf(handle), partition, offset });
  }

  override failed(producer: number, handle: number, partition: number, error: string, isStored: boolean): void {
    if (this.mode === "safe") throw new Error(`${this.idOf(handle)} failed: ${error}`);
    super.failed(producer, handle, partition, error, isStored);
  }

  /** @throws Error when something does not hold */
  perform(): void {
    for (let step = 0; step < STEPS; step++) {
      this.step();
      this.examine();
    }
    this.mend();
    this.examine();
    if (this.mode === "safe") this.examineSafe();
  }

  private step(): void {
    const { draw } = this;
    const wild = this.mode === "wild" ? 1 : 0;
    draw.weighted<() => void>([
      [10, () => this.sendOne(draw.below(2), draw.below(2))],
      [4, () => this.passTime(draw.pick([1, 10, 100, 700, 4000]) * MILLI)],
      [3, () => this.breakOrMend()],
      [1, () => this.view.loseAnswers(draw.below(2), 1 + draw.below(2))],
      [1, () => this.view.refuseRequests(draw.below(2), "NOT_ENOUGH_REPLICAS", draw.pick([0, 50]), 1 + draw.below(2))],
      [1, () => this.view.cutProducer(draw.below(2), this.meta, this)],
      [2, () => this.view.healProducer(draw.below(2), this.meta, this)],
      [wild * 3, () => this.view.actOnBroker(draw.pick(BROKERS), draw.pick(ACTIONS), this.meta, this)],
      [wild, () => this.wildStep()],
      [wild * 5, () => this.transactionStep()],
    ])();
  }

  private wildStep(): void {
    const { draw } = this;
    const partition = draw.below(2);
    draw.weighted<() => void>([
      [2, () => this.view.electLeader(partition, draw.pick(["preferred", "unclean"]), this.meta, this)],
      [1, () => this.view.deleteRecords(partition, -1, this.meta, this)],
      [1, () => this.view.addPartitions("t", 3 + draw.below(2), this.meta, this)],
      [1, () => this.crashOne()],
    ])();
  }

  private crashOne(): void {
    const producer = this.draw.below(2);
    if (this.draw.oneIn(2)) this.view.crashProducer(producer, this.meta, this);
    else this.view.closeProducer(producer, this.meta, this);
  }

  private sendOne(producer: number, partition: number): void {
    const { draw } = this;
    const id = `m${this.given.length}`;
    this.given.push(id);
    const record: OutgoingRecord = {
      topic: "t",
      partition,
      key: this.view.key(`k${draw.below(4)}`),
      handle: this.make(id),
      valueBytes: draw.pick([0, 10, 100, 300]),
      headerBytes: 1,
      timestampMs: -1,
    };
    this.records++;
    this.order[producer]?.push({ id, partition });
    this.view.send(producer, record, this.meta, this);
  }

  /** One broker at a time, and the next only when all are in step again. */
  private breakOrMend(): void {
    const { draw, view } = this;
    if (this.down > 0) {
      view.actOnBroker(this.down, this.downAction === "pause" ? "resume" : "start", this.meta, this);
      this.down = 0;
      return;
    }
    if ([0, 1].some((partition) => view.replicas(partition).inSync.length < BROKERS.length)) return;
    this.down = draw.pick(BROKERS);
    this.downAction = draw.pick(["kill", "stop", "pause"]);
    view.actOnBroker(this.down, this.downAction, this.meta, this);
  }

  /** Everybody comes back, and there is time for all that waits. */
  private mend(): void {
    const { view } = this;
    for (const broker of BROKERS) {
      view.actOnBroker(broker, "resume", this.meta, this);
      view.actOnBroker(broker, "start", this.meta, this);
    }
    for (let producer = 0; producer < 2; producer++) view.healProducer(producer, this.meta, this);
    for (let round = 0; round < 4; round++) {
      for (let producer = 0; producer < 2; producer++) view.flush(producer, this.meta, this);
      this.passTime(40_000 * MILLI);
    }
  }

  private examine(): void {
    this.check();
    const { view } = this;
    for (let partition = 0; partition < 2; partition++) {
      const [start, stable, high, end] = [
        view.start(partition),
        view.lastStable(partition),
        view.highWatermark(partition),
        view.logEnd(partition),
      ];
      if (!(stable <= high && high <= end && start <= end)) {
        throw new Error(`partition ${partition}: start ${start}, stable ${stable}, high ${high}, end ${end}`);
      }
      if (this.mode !== "safe") continue;
      if (high < (this.highest[partition] ?? 0)) throw new Error(`the high watermark of ${partition} fell to ${high}`);
      this.highest[partition] = high;
      this.examineAcknowledged(partition);
    }
  }

  /** What was acknowledged is where its producer was told. */
  private examineAcknowledged(partition: number): void {
    const stored = this.contents(partition);
    for (const one of this.acknowledged) {
      if (one.partition !== partition || stored.get(one.offset) === one.id) continue;
      throw new Error(`${one.id} was acknowledged at ${partition}:${one.offset}, where ${stored.get(one.offset)} is`);
    }
  }

  private contents(partition: number): Map<number, string> {
    const { log } = this.view.state.partitions[partition] as { log: import("../../models/kafka/log.ts").PartitionLog };
    const stored = new Map<number, string>();
    for (let place = log.head; place < log.head + log.count; place++) {
      const handle = log.handles[place] as number;
      if (handle >= 0) stored.set(log.offsetAt(place), this.idOf(handle));
    }
    return stored;
  }

  /** All that was sent is stored once, in the order in which each producer sent it. */
  private examineSafe(): void {
    if (this.acknowledged.length !== this.given.length) {
      throw new Error(`${this.given.length} sent, ${this.acknowledged.length} acknowledged`);
    }
    for (let partition = 0; partition < 2; partition++) {
      const stored = [...this.contents(partition).values()];
      if (new Set(stored).size < stored.length)
        throw new Error(`partition ${partition} holds a record twice: ${stored}`);
      for (const sent of this.order) {
        const wanted = sent.filter((one) => one.partition === partition).map(({ id }) => id);
        const got = stored.filter((id) => wanted.includes(id));
        if (got.join() !== wanted.join()) throw new Error(`partition ${partition}: sent ${wanted}, stored ${got}`);
      }
    }
  }
}

const ACTIONS: readonly BrokerAction[] = ["kill", "stop", "pause", "resume", "start", "start"];
