import { fromMs, type Micros, SECOND } from "../../kernel/time.ts";
import type { ScenarioNode, System } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Host } from "../host.ts";
import type { ProducerInstance } from "../producer-node.ts";
import { Session, type Subscription } from "../session.ts";
import type { Topology } from "../topology.ts";
import type { GroupFigures, TopicFigures } from "./log-figures.ts";
import type { LogGroup, LogMember } from "./log-group.ts";
import { LogReaders, START_READING } from "./log-readers.ts";
import type { LogTopic } from "./log-topic.ts";
import type { LogWriter } from "./log-writer.ts";

/** Links are looked at this often: a client notices that its connection is cut. */
const LOOK_EVERY: Micros = SECOND / 4;

/** Our own words among the model's timers, which are all below: from here on those for the start of each broker. */
export const OWN_WORDS = 240;
const START_NODE = OWN_WORDS;
const NODES_MAX = 5;

/** Our own words among the model's timers that each system has at another place. */
export interface OwnTimers {
  /** Links are looked at. */
  readonly look: number;
  /** All brokers are back. */
  readonly start: number;
}

/** How a broker's process ends; with the power its machine does. */
export type Ending = "kill" | "stop" | "power";

/** A set of brokers that keep logs: the connections of its clients, and the brokers as processes. */
export abstract class LogHost<
    Topic extends LogTopic,
    Writer extends LogWriter,
    Library extends object,
    Member extends LogMember,
    Group extends LogGroup<Settings, Member>,
    Settings,
    Figures extends TopicFigures<GroupFigures>,
  >
  extends LogReaders<Topic, Writer, Library, Member, Group, Settings, Figures>
  implements Host
{
  readonly id: string;
  readonly keepsSent = true;
  frame: ScenarioNode | undefined = undefined;
  isDiskFull = false;
  protected readonly openSessions: Set<Session> = new Set();
  private restartTime: Micros = 5 * SECOND;
  /** Grows with each stop and start of all, so that a start that was planned for another stop means nothing. */
  protected starts = 0;
  /** When each broker starts by itself, µs; −1 = not by itself. */
  private readonly backAt: number[] = [];
  private isLooking = false;

  constructor(topology: Topology, system: System, id: string) {
    super(topology, system, id);
    this.id = id;
  }

  abstract readonly system: System;
  protected abstract readonly timers: OwnTimers;

  /** @param ms from a broker's end to its return by itself */
  protected setRestart(ms: number): void {
    this.restartTime = fromMs(ms);
  }

  // ---- connections

  abstract connectProducer(instance: ProducerInstance): Session | null;
  abstract connectConsumer(instance: ConsumerInstance): Session | null;

  protected openSession(role: Session["role"], instance: number): Session {
    const { sessions } = this.topology;
    const session = new Session(sessions.length, this, sessions.length, 0, role, instance);
    sessions.push(session);
    this.openSessions.add(session);
    this.lookSoon();
    return session;
  }

  close(session: Session, abort: boolean): void {
    if (!session.open) return;
    session.open = false;
    this.openSessions.delete(session);
    for (const writer of this.writerOf) if (writer?.session === session) this.endWriter(writer, abort);
    if (session.role !== "consumer") return;
    const instance = this.consumers.instances[session.instance] as ConsumerInstance;
    for (const member of this.allReaders(instance)) this.end(member, abort);
  }

  get connectionCount(): number {
    return this.openSessions.size;
  }

  private lookSoon(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    this.timer(this.core.now + LOOK_EVERY, this.timers.look, 0);
  }

  /** Clients notice what has become of their connections. */
  private lookAround(): void {
    this.isLooking = false;
    for (const writer of this.writerOf) if (writer !== undefined) this.lookAtLink(writer);
    for (const member of this.readers) if (member !== undefined) this.lookAtReader(member);
    this.goOn();
    if (this.openSessions.size > 0) this.lookSoon();
  }

  // ---- what clients of other systems ask: a log's readers answer nothing

  answered(): void {}

  showAnswer(): void {}

  /** Request and reply are not modelled. */
  sendReply(): void {}

  polled(): void {}

  arriveAtQueue(): void {}

  abstract finished(subscription: Subscription): void;

  // ---- timers

  abstract timerFired(what: number, target: number): void;

  /** @returns false when it is a timer of somebody else's */
  protected ownTimer(what: number, target: number): boolean {
    if (what === this.timers.look) this.lookAround();
    else if (what === this.timers.start) {
      if (target === this.starts) this.start();
    } else if (what === START_READING) this.begin(target);
    else if (what >= START_NODE && what < START_NODE + NODES_MAX) {
      const node = what - START_NODE;
      if (this.backAt[node] === this.core.now) this.startNode(node);
    } else return false;
    return true;
  }

  // ---- brokers as processes

  abstract readonly isDown: boolean;
  protected abstract readonly brokerCount: number;
  protected abstract isUp(node: number): boolean;
  protected abstract endBroker(node: number, how: Ending): void;
  /** @returns whether anything of it was down and may start */
  protected abstract startBroker(node: number): boolean;

  /** There is no such alarm. */
  get isAlarmed(): boolean {
    return false;
  }

  forceAlarm(): boolean {
    return false;
  }

  get downNodes(): readonly number[] {
    return Array.from({ length: this.brokerCount }, (_, node) => node).filter((node) => !this.isUp(node));
  }

  get nodesUp(): number {
    return this.brokerCount - this.downNodes.length;
  }

  stop(kill: boolean): void {
    this.halt(kill ? "kill" : "stop");
  }

  /** A kill leaves what the system has in its page cache: only with the power does that go. */
  cutPower(): boolean {
    return this.halt("power");
  }

  private halt(how: Ending): boolean {
    if (this.isDown) return false;
    this.endAll(how);
    this.timer(this.core.now + this.restartTime, this.timers.start, this.starts);
    return true;
  }

  protected endAll(how: Ending): void {
    this.starts++;
    for (let node = 0; node < this.brokerCount; node++) {
      this.backAt[node] = -1;
      if (this.isUp(node)) this.endBroker(node, how);
    }
    this.goOn();
  }

  abstract fillDisk(on: boolean): boolean;

  start(): void {
    this.starts++;
    for (let node = 0; node < this.brokerCount; node++) this.startBroker(node);
    this.goOn();
  }

  stopNode(node: number, kill: boolean, stays: boolean): boolean {
    return this.haltNode(node, kill ? "kill" : "stop", stays);
  }

  cutNodePower(node: number): boolean {
    return this.haltNode(node, "power", false);
  }

  private haltNode(node: number, how: Ending, stays: boolean): boolean {
    if (!(node >= 0 && node < this.brokerCount) || !this.isUp(node)) return false;
    this.endBroker(node, how);
    this.goOn();
    this.backAt[node] = stays ? -1 : this.core.now + this.restartTime;
    if (!stays) this.timer(this.core.now + this.restartTime, START_NODE + node, 0);
    return true;
  }

  startNode(node: number): boolean {
    if (!(node >= 0 && node < this.brokerCount) || !this.startBroker(node)) return false;
    this.goOn();
    return true;
  }

  abstract resources(): { memory: number; disk: number };
}
