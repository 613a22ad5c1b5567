import type { Micros } from "../../kernel/time.ts";
import { type ConsumerInstance, type Consumers, growRing } from "../consumers.ts";
import type { Core } from "../core.ts";
import { EVENT } from "../event-log.ts";
import type { Producers } from "../producers.ts";
import { RabbitHost } from "../rabbit-host.ts";
import type { Samples } from "../samples.ts";
import type { GoesOn, Sprinting, SprintState } from "../sprints.ts";
import type { Topology } from "../topology.ts";
import { C, Q } from "../vocabulary.ts";
import { columns, letGo, type Rare, whose } from "./columns.ts";
import { perform } from "./events.ts";
import { load } from "./loading.ts";
import { Plan, type PlannedDurations, type PlannedQueue } from "./plan.ts";
import * as R from "./rows.ts";
import { F, I } from "./rows.ts";
import { countDurations, showLevels, store } from "./storing.ts";

/** A sprint that came less far than this was not worth its beginning and its end, for each row that it began with. */
const WORTH = 4;
/** So many events for each row pass by before the next try, after the first one in vain and at most: then trying costs less than a twentieth of what the ordinary way does. */
const PAUSE_FIRST = 1;
const PAUSE_MOST = 32;
/** Events until the next look where there is nothing for sprints. */
const FAR = 4096;
/** What beginning costs beside its rows, as rows. */
const FEWEST = 16;
/** Events between two questions whether to go on. */
const AT_ONCE = 64;

/** Everyday events of RabbitMQ in large numbers: state goes into rows of numbers, events are performed there, and what they have done is brought back. */
export class Sprint implements Sprinting, Rare {
  private readonly core: Core;
  private readonly producers: Producers;
  private readonly consumers: Consumers;
  private readonly topology: Topology;
  private plan: Plan | null = null;
  private signature: number[] = [];
  /** Events to pass by until the next try, and how many it will be after one in vain. */
  private rest = 0;
  private pause = PAUSE_FIRST;
  wasCut = false;

  constructor({ core, producers, consumers, topology }: SprintState) {
    this.core = core;
    this.producers = producers;
    this.consumers = consumers;
    this.topology = topology;
  }

  /** Performs everyday events up to `until`, and the looks at levels between them. @returns how many events */
  run(until: Micros, most: number, samples: Samples, goesOn: GoesOn = null): number {
    if (this.rest > 0) {
      this.rest--;
      return 0;
    }
    const { core } = this;
    if (core.calendar.peekTime() > core.calendar.limit || !this.isEveryday()) return 0;
    const before = this.plan;
    const plan = this.planned();
    if (plan !== before && goesOn?.() === false) {
      // Planning can take most of a slice: the rows are filled in the next one.
      this.rest = Math.min(most, FAR);
      return 0;
    }
    if (plan.isTooLarge || plan.queues.length === 0) {
      this.rest = FAR;
      return 0;
    }
    if (!load(plan, core, this.consumers)) {
      this.wait(plan, 0);
      return 0;
    }
    whose.rare = this;
    F[R.LIMIT >> 1] = core.calendar.limit;
    let count = 0;
    this.wasCut = false;
    for (;;) {
      const asked = count < most ? Math.min(AT_ONCE, most - count) : AT_ONCE;
      const done = perform(asked);
      count += done;
      if (done === asked) {
        if (count < most || goesOn?.()) continue;
        this.wasCut = true;
        break;
      }
      const next = this.nextTime();
      if (next <= (F[R.LIMIT >> 1] as number) || next > until || !samples.isGlance(next)) break;
      showLevels(plan, core);
      samples.glance(next);
      F[R.LIMIT >> 1] = Math.min(until, samples.next - 1);
    }
    store(plan, core);
    letGo();
    this.wait(plan, count);
    return count;
  }

  /** What was planned may not stand where it was: the run has been taken to another time. */
  forget(): void {
    this.plan = null;
    this.rest = 0;
    this.pause = PAUSE_FIRST;
  }

  private wait(plan: Plan, count: number): void {
    const { queues, consumers, instances, links } = plan;
    const rows = FEWEST + queues.length + consumers.length + instances.length + links.length;
    if (count >= WORTH * rows) this.pause = PAUSE_FIRST;
    else {
      this.rest = this.pause * rows;
      this.pause = Math.min(PAUSE_MOST, 2 * this.pause);
    }
  }

  private nextTime(): Micros {
    let at = F[R.HEAP] as number;
    for (let i = 0; i < (I[R.RING_COUNT] as number); i++) {
      at = Math.min(at, F[(R.FIRST_RING + i * R.RING_WIDTH + R.RING_TIME) >> 1] as number);
    }
    return at;
  }

  /** Nobody looks at single messages, and none is out of the ordinary for all. */
  private isEveryday(): boolean {
    const { log, tokens, isTapped, store, ledger } = this.core;
    return (
      !log.detailed &&
      (!tokens.wanted || tokens.isSatedAt(this.core.now)) &&
      !isTapped &&
      !store.hasSizes &&
      store.extras.size === 0 &&
      store.moved === 0 &&
      ledger.groupDone.size === 0
    );
  }

  private planned(): Plan {
    const { producers, consumers, topology } = this;
    const now = [
      producers.instances.length,
      consumers.instances.length,
      consumers.subscriptions.length,
      topology.sessions.length,
      topology.hosts.length,
      topology.ports.length,
      topology.revision,
    ];
    for (const host of topology.hosts) {
      if (!(host instanceof RabbitHost)) continue;
      const { topologyVersion, queues, consumers, channels } = host.model;
      now.push(topologyVersion, queues.length, consumers.length, channels.length);
    }
    const { signature } = this;
    const isSame = now.length === signature.length && now.every((value, i) => value === signature[i]);
    if (this.plan === null || !isSame || whose.rows !== this.plan.rows) {
      this.signature = now;
      this.plan = new Plan(topology, producers, consumers);
      whose.rows = this.plan.rows;
    }
    return this.plan;
  }

  count(durations: number): void {
    countDurations((this.plan as Plan).durations[I[durations + R.D_OF] as number] as PlannedDurations);
  }

  widenLane(queue: number): void {
    const { lane } = this.queueAt(queue).q;
    lane.head = I[queue + R.Q_HEAD] as number;
    lane.tail = I[queue + R.Q_TAIL] as number;
    lane.growRing();
    I[queue + R.Q_LIMIT] = lane.limit;
    I[queue + R.Q_MASK] = lane.ring.length - 1;
    columns.lanes[I[queue + R.Q_LANE] as number] = lane.ring;
  }

  widenTags(channel: number): void {
    const { unacked } = ((this.plan as Plan).channels[I[channel + R.H_ROWS] as number] as Plan["channels"][number]).of;
    unacked.base = I[channel + R.H_BASE] as number;
    unacked.next = I[channel + R.H_NEXT] as number;
    // What has become of the number since the sprint began is brought back when it ends.
    const { live } = unacked;
    unacked.live = unacked.handles().length;
    unacked.makeRoom();
    unacked.live = live;
    I[channel + R.H_BASE] = unacked.base;
    I[channel + R.H_MASK] = unacked.mask;
    columns.tags[I[channel + R.H_ROWS] as number] = unacked.rows;
  }

  widenRing(row: number): void {
    const instance = this.instanceAt(row);
    instance.head = I[row + R.V_HEAD] as number;
    growRing(instance);
    I[row + R.V_HEAD] = instance.head;
    I[row + R.V_MASK] = instance.mask;
    columns.rings[I[row + R.V_RING] as number] = instance.ring;
  }

  redelivered(queue: number, row: number, copy: number): void {
    const { core } = this;
    const { place } = this.queueAt(queue);
    core.meters.count(place.counters + Q.redeliver);
    core.log.add(EVENT.redeliver, F[R.NOW >> 1] as number, place.node, core.store.id[copy] as number);
    core.meters.count(this.instanceAt(row).node.slots.counters + C.redelivered);
  }

  private queueAt(queue: number): PlannedQueue {
    return (this.plan as Plan).queues[I[queue + R.Q_LANE] as number] as PlannedQueue;
  }

  private instanceAt(row: number): ConsumerInstance {
    return this.consumers.instances[I[row + R.V_INDEX] as number] as ConsumerInstance;
  }
}
