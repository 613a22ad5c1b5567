import type { ConsumerInstance } from "../consumers.ts";
import type { Session, Subscription } from "../session.ts";
import type { RunNode } from "../topology.ts";
import type { GroupFigures, TopicFigures } from "./log-figures.ts";
import type { LogGroup, LogMember, MemberHost } from "./log-group.ts";
import type { LogTopic } from "./log-topic.ts";
import type { LogWriter } from "./log-writer.ts";
import { LogWriters } from "./log-writers.ts";

/** Our own word among the model's timers: a program begins to read. */
export const START_READING = 251;

/** The programs that read logs, by their groups. How they take what is there, each system says itself. */
export abstract class LogReaders<
    Topic extends LogTopic,
    Writer extends LogWriter,
    Library extends object,
    Member extends LogMember,
    Group extends LogGroup<Settings, Member>,
    Settings,
    Figures extends TopicFigures<GroupFigures>,
  >
  extends LogWriters<Topic, Writer, Library>
  implements MemberHost
{
  /** By the model's numbers of consumers. */
  readers: (Member | undefined)[] = [];
  /** Node index of every consumer there was: groups speak of those that are gone. */
  nodeOfConsumer: number[] = [];
  /** By name; those without one are not here. */
  groups: Map<string, Group> = new Map();
  private figures: Map<number, Figures> = new Map();
  private figuresAt = -1;
  private figuresHash = 0;

  // ---- groups

  protected abstract newGroup(name: string, settings: Settings): Group;

  /** @param run of the frame that is drawn around its members, null when only its name is known */
  groupFor(name: string, settings: Settings, run: RunNode | null): Group {
    let group = this.groups.get(name);
    if (group === undefined) {
      group = this.newGroup(name, settings);
      this.groups.set(name, group);
    }
    if (run !== null) {
      group.node = run.index;
      group.counters = run.slots.counters;
      group.settings = settings;
    }
    return group;
  }

  /** … and whoever reads for itself. */
  protected everyGroup(): Group[] {
    return [...this.groups.values()];
  }

  /** Clients that read a topic. */
  readerCount(topic: number): number {
    let count = 0;
    for (const { readers } of this.everyGroup())
      for (const { subscriptions } of readers) if (subscriptions.has(topic)) count++;
    return count;
  }

  protected abstract reckon(topic: number): Figures;

  /** A topic as it is now: whoever asks for several of its figures at one moment finds them reckoned. */
  figuresOf(topic: number): Figures {
    const { now, hash } = this.core;
    if (this.figuresAt !== now || this.figuresHash !== hash) {
      this.figuresAt = now;
      this.figuresHash = hash;
      this.figures = new Map();
    }
    let known = this.figures.get(topic);
    if (known === undefined) {
      known = this.reckon(topic);
      this.figures.set(topic, known);
    }
    return known;
  }

  // ---- members

  protected abstract startReading(member: Member): void;
  /** Settings that a running client cannot change: it ends in order, and begins again. */
  protected abstract reopen(member: Member): void;
  /** @param abort gone without a word */
  abstract end(member: Member, abort: boolean): void;
  abstract hasNothing(member: LogMember): boolean;
  abstract done(member: LogMember, tag: number): boolean;

  /** The edges of a drawing come one after the other: the program begins when all are there. */
  protected startSoon(member: Member): void {
    if (member.isStarting) return;
    member.isStarting = true;
    const [first] = member.subscriptions.values();
    if (first !== undefined) this.timer(this.core.now, START_READING, first.index);
  }

  /** @param subscription number of one of its edges */
  protected begin(subscription: number): void {
    const known = this.consumers.subscriptions[subscription] as Subscription | undefined;
    const member = known?.reader as Member | null | undefined;
    if (member?.isOpen) this.startReading(member);
  }

  /** Members that an instance is, in this moment connected or not. */
  protected allReaders(instance: ConsumerInstance): Member[] {
    const found: Member[] = [];
    for (const { readers } of this.everyGroup())
      for (const member of readers) if (member.instance === instance) found.push(member);
    return found;
  }

  /** The instance's clients that are known to the brokers. */
  protected readersOf(instance: ConsumerInstance): Member[] {
    return this.readers.filter((one): one is Member => one !== undefined && one.instance === instance);
  }

  /** A program is to read again what it has in hand. */
  redeliver(session: Session): void {
    const instance = this.consumers.instances[session.instance] as ConsumerInstance;
    for (const member of this.allReaders(instance)) this.reopen(member);
  }

  /** The brokers' number of the topic that a message came by. */
  protected abstract topicAt(member: Member, tag: number, handle: number): number;

  isLate(member: Member, tag: number, handle: number): boolean {
    return member.readers.isLate(this.core.store, this.topicAt(member, tag, handle), handle);
  }

  protected abstract cutReader(member: Member): void;
  protected abstract healReader(member: Member): void;

  /** Connections that were cut, and are well again; programs that hang do not stop their clients. */
  protected lookAtReader(member: Member): void {
    if (member.consumer < 0) return;
    const isCut = [...member.subscriptions.values()].some(({ link }) => link.isDead);
    if (isCut === member.isCut) return;
    member.isCut = isCut;
    if (isCut) this.cutReader(member);
    else this.healReader(member);
  }
}
