import { brokerSettings } from "../../models/rocketmq/broker-settings.ts";
import type { BrokerAction } from "../../models/rocketmq/brokers.ts";
import { PRODUCER_DEFAULTS } from "../../models/rocketmq/producer-config.ts";
import { QueueBuffer } from "../../models/rocketmq/queue-buffer.ts";
import { EVERYTHING } from "../../models/rocketmq/seam.ts";
import { ASYNC, ONEWAY, SYNC } from "../../models/rocketmq/send-request.ts";
import { blankMessage, type OutgoingMessage } from "../../models/rocketmq/sends.ts";
import { SEND_OK } from "../../models/rocketmq/sink.ts";
import { Draw } from "../property/draw.ts";
import { BrokerRig } from "./broker-rig.ts";

const MILLI = 1000;
const STEPS = 50;

/**
 * What a run may meet. `safe`: processes are killed, stopped and held up, but no machine goes down and brokers have no memory of their own: nothing that was acknowledged may be
 * lost. `wild`: everything.
 */
export type FaultMode = "safe" | "wild";

/** A message that a producer was told of as stored. */
interface Told {
  readonly id: string;
  readonly queue: number;
}

/** Brokers and producers to which random things happen. What must hold in any case is looked at after every step. */
export class BrokerFaults extends BrokerRig {
  readonly mode: FaultMode;
  private readonly draw: Draw;
  private readonly told: Told[] = [];
  /** Half messages by their id that nobody has committed. */
  private readonly hidden = new Set<string>();
  /** When a message may be seen, µs, by its handle. */
  private readonly notBefore = new Map<number, number>();
  /** Half messages whose local transaction has to be told, and checks to be answered. */
  private readonly open: { readonly producer: number; readonly handle: number }[] = [];
  /** First and next offset that were seen, by queue. */
  private readonly seen: { min: number; max: number }[] = [];
  /** Brokers whose master may have lost its last messages: with a slave that may take over, that is known when one of them is back. */
  private readonly undecided = new Set<number>();
  private readonly into = new QueueBuffer();
  private readonly group: number;
  private readonly name: string;
  messages = 0;

  constructor(seed: number, mode: FaultMode) {
    super(seed);
    this.mode = mode;
    this.name = `${mode}-${seed}`;
    const draw = new Draw(seed, `rocketmq-${mode}`);
    this.draw = draw;
    for (const name of ["a", "b"].slice(0, 1 + draw.below(2))) this.addBroker(name);
    this.cluster.createTopic("t", { read: 2, write: 2, perm: 6 }, this.meta, this);
    this.cluster.createTopic("u", { read: 1, write: 1, perm: 6 }, this.meta, this);
    this.group = this.cluster.groupId("g");
    this.cluster.createGroup("g", { consumeEnable: true, retryQueues: 1, retryMaxTimes: 3 }, this.meta, this);
    for (let i = 0; i < 2; i++) this.openProducer();
  }

  private addBroker(name: string): void {
    const { draw, mode, cluster } = this;
    const words: Record<string, string> = {
      messageDelayLevel: "1s 2s 5s",
      transactionCheckInterval: "1000",
      transactionTimeOut: "2000",
      transactionCheckMax: "3",
      slaveTimeout: "700",
    };
    if (draw.oneIn(3)) words.brokerRole = "SYNC_MASTER";
    if (draw.oneIn(2)) words.inSyncReplicas = "2";
    if (draw.oneIn(3)) words.flushDiskType = "SYNC_FLUSH";
    if (mode === "wild" && draw.oneIn(3)) words.transientStorePoolEnable = "true";
    const settings = {
      ...brokerSettings(words),
      line: draw.oneIn(4) ? (4 as const) : (5 as const),
      replicationDelay: draw.pick([0, 0, 3, 400]) * MILLI,
      flushDelay: draw.pick([0, 0, 5, 6000]) * MILLI,
    };
    const retention = { fileReservedMs: 3000, mappedFileSizeCommitLog: 1000, cleanResourceInterval: 500 };
    const isShort = mode === "wild" && draw.oneIn(3);
    const hasController = mode === "wild" && draw.oneIn(3);
    const more = {
      ...(isShort && retention),
      ...(hasController && { electionTimeout: 500, allAckInSyncStateSet: true }),
    };
    const broker = cluster.addBroker(name, { ...settings, ...more }, this.meta.now);
    if (draw.oneIn(2)) cluster.addSlave(broker, `${name}-slave`);
  }

  private openProducer(): number {
    const { draw, cluster } = this;
    const config = {
      ...PRODUCER_DEFAULTS,
      producerGroup: "pg",
      sendLatencyFaultEnable: draw.oneIn(3),
      retryAnotherBrokerWhenNotStoreOK: draw.oneIn(3),
      pollNameServerInterval: 1000,
      sendMsgMaxTimeoutPerRequest: draw.pick([-1, 800]),
    };
    const id = cluster.openProducer(config, this.meta);
    cluster.setLatency(id, draw.pick([0, 0, 1, 30]) * MILLI);
    return id;
  }

  /** @param spoil breaks the model before each look at it @throws Error naming what does not hold */
  perform(spoil?: (run: BrokerFaults) => void): void {
    for (let step = 0; step < STEPS; step++) {
      this.step();
      this.answerOpen();
      spoil?.(this);
      this.look();
    }
    this.mend();
    this.passTime(40_000 * MILLI);
    this.look();
    if (this.mode === "safe") this.lookForTold();
  }

  /** Whose step a failure is of. */
  get label(): string {
    return this.name;
  }

  private step(): void {
    const { draw } = this;
    draw.weighted<() => void>([
      [20, () => this.sendOne()],
      [3, () => this.sendSeveral()],
      [8, () => this.passTime(draw.pick([1, 90, 400, 1500, 4000]) * MILLI)],
      [3, () => this.actOnBroker()],
      [1, () => this.actOnSlave()],
      [3, () => this.sendBackOne()],
      [2, () => this.popSome()],
      [2, () => this.cutOrHeal()],
      [1, () => this.replaceProducer()],
      [1, () => this.changeTopic()],
    ])();
  }

  private producer(): number {
    return this.draw.below(this.cluster.state.producers.length);
  }

  private message(): OutgoingMessage {
    const { draw } = this;
    const message = blankMessage();
    message.topic = draw.pick(["t", "t", "u"]);
    message.handle = this.make(`m${++this.messages}`);
    message.mode = draw.pick([SYNC, SYNC, ASYNC, ONEWAY]);
    message.waitStore = !draw.oneIn(6);
    if (draw.oneIn(4)) message.hash = `k${draw.below(5)}`;
    return message;
  }

  private sendOne(): void {
    const { draw, cluster } = this;
    const message = this.message();
    draw.weighted<() => void>([
      [6, () => {}],
      [2, () => Object.assign(message, { delayLevel: draw.pick([1, 2, 3, 9]) })],
      [2, () => Object.assign(message, { delayMs: draw.pick([300, 1000, 2500]) })],
      [3, () => Object.assign(message, { isHalf: true, mode: SYNC, hash: null })],
    ])();
    if (message.isHalf) this.hidden.add(this.idOf(message.handle));
    cluster.send(this.producer(), message, this.meta, this);
  }

  private sendSeveral(): void {
    const messages = Array.from({ length: 1 + this.draw.below(4) }, () => this.message());
    for (const one of messages) Object.assign(one, { topic: "t", waitStore: true, hash: null, mode: SYNC });
    const error = this.cluster.sendBatch(this.producer(), messages, this.meta, this);
    if (error !== "") for (const { handle } of messages) this.end(handle, error);
  }

  private actOnBroker(): void {
    const { draw, cluster } = this;
    const broker = draw.below(cluster.brokerCount());
    const actions: BrokerAction[] = ["kill", "stop", "pause", "resume", "start", "start"];
    if (this.mode === "wild") actions.push("power");
    const action = draw.pick(actions);
    if (action === "power" || this.cluster.brokerSettings(broker).transientStorePoolEnable) {
      this.forgetSeen(broker);
      this.undecided.add(broker);
    }
    cluster.actOnMaster(broker, action, this.meta, this);
  }

  private actOnSlave(): void {
    const { draw, cluster } = this;
    const broker = draw.below(cluster.brokerCount());
    const action = draw.pick<BrokerAction>(["kill", "pause", "resume", "start"]);
    cluster.actOnSlave(broker, `${cluster.brokerName(broker)}-slave`, action, this.meta, this);
  }

  /** A listener fails. */
  private sendBackOne(): void {
    const { draw, cluster } = this;
    const queue = draw.below(cluster.state.queues.length);
    const [min, max] = [cluster.min(queue), cluster.max(queue)];
    if (max === min) return;
    const offset = min + draw.below(max - min);
    if (draw.oneIn(4)) cluster.sendToDeadLetters(this.group, queue, offset, 4, this.meta, this);
    else cluster.sendBack(this.group, queue, offset, draw.pick([0, 0, 2, -1]), 3, this.meta, this);
  }

  private popSome(): void {
    const { draw, cluster } = this;
    const topic = cluster.topicId("t");
    const millis = draw.pick([300, 2000]);
    cluster.pop(this.group, topic, -1, 4, millis, true, EVERYTHING, this.into, this.meta, this);
    const { queues, offsets, count, popTime } = this.into;
    for (let i = 0; i < count; i++) {
      if (draw.oneIn(2)) cluster.popAck(this.group, queues[i] as number, offsets[i] as number, popTime);
    }
  }

  private cutOrHeal(): void {
    const producer = this.producer();
    if (this.cluster.state.producers[producer]?.isCut === true) this.cluster.healProducer(producer);
    else if (this.draw.oneIn(2)) this.cluster.cutProducer(producer, this);
  }

  private replaceProducer(): void {
    if (this.draw.oneIn(2)) this.cluster.closeProducer(this.producer(), this);
    this.openProducer();
  }

  private changeTopic(): void {
    const { draw, cluster } = this;
    if (this.mode === "wild" && draw.oneIn(3)) {
      for (let broker = 0; broker < cluster.brokerCount(); broker++) this.forgetSeen(broker);
      cluster.deleteTopic("u", this.meta, this);
    } else {
      const queues = 1 + draw.below(3);
      cluster.createTopic(draw.pick(["t", "u"]), { read: queues, write: queues, perm: 6 }, this.meta, this);
    }
  }

  /** Everything runs again. */
  private mend(): void {
    const { cluster } = this;
    for (let broker = 0; broker < cluster.brokerCount(); broker++) {
      cluster.actOnMaster(broker, "resume", this.meta, this);
      cluster.actOnMaster(broker, "start", this.meta, this);
    }
    for (let id = 0; id < cluster.state.producers.length; id++) cluster.healProducer(id);
  }

  // ---- programs

  private answerOpen(): void {
    for (const { producer, handle } of this.open.splice(0)) {
      const outcome = this.draw.below(3);
      // It may have ended meanwhile.
      if (outcome === 0 || !this.isHalf(handle)) continue;
      if (outcome === 1) this.hidden.delete(this.idOf(handle));
      this.cluster.endTransaction(producer, handle, outcome === 1, this.meta, this);
    }
  }

  private isHalf(handle: number): boolean {
    return this.cluster.state.brokers.some(({ halves }) => halves.has(handle));
  }

  override half(producer: number, handle: number, _queue: number, status: number): void {
    if (status === SEND_OK) this.open.push({ producer, handle });
  }

  override asked(producer: number, handle: number): void {
    this.open.push({ producer, handle });
  }

  protected override end(handle: number, how: string): void {
    this.notBefore.delete(handle);
    super.end(handle, how);
  }

  override acked(_producer: number, handle: number, queue: number): void {
    this.told.push({ id: this.idOf(handle), queue });
  }

  override delayed(_queue: number, handle: number, _level: number, dueAt: number): void {
    this.notBefore.set(handle, dueAt);
  }

  override stored(queue: number, offset: number, handle: number): void {
    super.stored(queue, offset, handle);
    if (this.hidden.has(this.idOf(handle))) throw new Error(`${this.idOf(handle)} is visible before its commit`);
    const notBefore = this.notBefore.get(handle) ?? 0;
    if (notBefore > this.meta.now) throw new Error(`${this.idOf(handle)} comes ${notBefore - this.meta.now} µs early`);
    this.notBefore.delete(handle);
  }

  // ---- what must hold

  /** What only the old master had is gone, or what it had not written out. */
  override brokerChanged(broker?: number, isUp?: boolean, promoted = ""): void {
    if (broker === undefined || !isUp) return;
    if (this.undecided.delete(broker) || promoted !== "") this.forgetSeen(broker);
  }

  private forgetSeen(broker: number): void {
    for (const queue of this.cluster.state.broker(broker).queues) delete this.seen[queue];
  }

  private look(): void {
    this.check();
    const { cluster } = this;
    for (let queue = 0; queue < cluster.state.queues.length; queue++) {
      const { log } = cluster.state.queue(queue);
      const before = this.seen[queue] ?? { min: 0, max: 0 };
      if (log.min < before.min || log.max < before.max) throw new Error(`offsets of queue ${queue} go back`);
      if (log.min > log.max || log.max > log.end || log.end - log.min !== log.count) {
        throw new Error(`offsets of queue ${queue} do not fit`);
      }
      this.seen[queue] = { min: log.min, max: log.max };
      this.lookInto(queue);
    }
  }

  /** No half message is in a queue. */
  private lookInto(queue: number): void {
    const { log } = this.cluster.state.queue(queue);
    for (let place = log.head; place < log.head + log.count; place++) {
      const id = this.idOf(log.handles[place] as number);
      if (this.hidden.has(id)) throw new Error(`${id} stands in queue ${queue}, though nobody has committed it`);
    }
  }

  /** What producers were told of stands in its queue, or waits for its time. */
  private lookForTold(): void {
    const { cluster } = this;
    const there = new Set<string>();
    cluster.forEachHeld((handle) => there.add(this.idOf(handle)));
    for (const { id, queue } of this.told) {
      if (!there.has(id)) throw new Error(`${id} was acknowledged for queue ${queue}, and is gone`);
    }
  }
}
