import type { RunEvent, TraceLeg, TraceStage } from "../worker/protocol.ts";

/** An event of the message with what only the tracer reads. */
export interface LifeEvent extends RunEvent {
  /** Of `process` and `error`: when the work began, µs; NaN when it was not noted. */
  began: number;
  /** Of `publish`: number of the message whose processing caused it, and when that one's delay began (NaN = no longer known). */
  cause: { message: number; born: number } | null;
}

type State = "sent" | "waiting" | "held" | "done" | "ended";

/** A leg while the events are read. */
export interface Leg extends TraceLeg {
  message: number;
  state: State;
  /** Time up to which the stages reach, µs; NaN while no event has told. */
  mark: number;
  holder: string;
  /** When it was given to its holder, µs. */
  heldSince: number;
  isReply: boolean;
  hasArrived: boolean;
  isSettled: boolean;
  isRouted: boolean;
  children: number;
}

const isOpen = (leg: Leg) => leg.state !== "ended";

/**
 * Reads the events of one message in order and sorts them into its legs: a publish (each try is one), and a copy in a queue. An event does not say which copy it is of; the
 * place says it, and where two copies could be meant, the one that has waited longer: links and queues keep order. Whichever is meant, the stages of a leg follow each other
 * without a gap, so that they add up.
 */
export class LegBuilder {
  readonly legs: Leg[] = [];
  /** What belongs to no leg: refusals and confirms of the message as a whole. */
  readonly others: LifeEvent[] = [];
  private readonly message: number;
  private born = Number.NaN;
  private before: LifeEvent | null = null;

  constructor(message: number) {
    this.message = message;
  }

  read(event: LifeEvent): void {
    this.sort(event);
    this.before = event;
  }

  private sort(event: LifeEvent): void {
    switch (event.kind) {
      case "publish":
        this.publish(event);
        break;
      case "route": {
        const leg = this.find((l) => l.kind === "publish" && l.state === "sent" && !l.isRouted) ?? this.unknown(event);
        this.pass(leg, "transfer", event);
        leg.isRouted = true;
        break;
      }
      case "enqueue":
        this.enqueue(event);
        break;
      case "redeliver":
        this.note(
          this.find((l) => l.node === event.node && l.state === "waiting"),
          event,
        );
        break;
      case "deliver":
        this.deliver(event);
        break;
      case "arrive": {
        const leg = this.heldBy(event.node, (l) => !l.hasArrived) ?? this.unknown(event, "held");
        leg.holder = event.node;
        this.pass(leg, "delivery", event);
        leg.hasArrived = true;
        break;
      }
      case "process":
      case "error":
        this.worked(event);
        break;
      case "duplicate":
        this.note(this.before === null ? undefined : this.legOf(this.before), event);
        break;
      case "ack":
        this.acknowledged(event);
        break;
      case "requeue": {
        const leg = this.givenBack(event.node) ?? this.unknown(event, "held");
        this.pass(leg, leg.state === "done" || this.hasWorked(leg) ? "return" : "held", event);
        leg.state = "waiting";
        break;
      }
      case "dead-letter":
      case "expire":
      case "discard":
      case "unroutable":
      case "lost":
      case "refuse":
        this.ended(event);
        break;
      default:
        this.note(
          this.legs.findLast((l) => l.kind === "publish"),
          event,
        );
    }
  }

  private publish(event: LifeEvent): void {
    const { cause } = event;
    const parent =
      cause !== null && cause.message === event.message
        ? this.legs.findLast((l) => l.holder === event.node)
        : undefined;
    const leg = this.add("publish", event, parent);
    if (parent === undefined) {
      const isFirst = Number.isNaN(this.born);
      if (isFirst) this.born = cause === null ? event.t : cause.born;
      leg.mark = this.born;
      if (this.born !== event.t) this.pass(leg, isFirst ? "cause" : "tries", event);
    }
    leg.mark = event.t;
    this.note(leg, event);
  }

  private enqueue(event: LifeEvent): void {
    const { before } = this;
    const isReply = before !== null && before.t === event.t && /^(process|duplicate)$/.test(before.kind);
    if (before?.kind === "requeue" && before.t === event.t && before.node === event.node) {
      this.putBack(event, this.legOf(before));
      return;
    }
    const parent = isReply ? undefined : this.parentFor(event.node);
    if (parent?.kind === "publish" && !parent.isRouted && parent.children === 0)
      this.pass(parent, "transfer", event, false);
    const leg = this.add("copy", event, parent);
    // An answer is a message of its own, under the number of its request.
    if (isReply) leg.mark = event.t;
    leg.isReply = isReply;
    if (leg.mark !== event.t || parent?.isRouted) {
      this.pass(leg, parent?.outcome === "dead-letter" ? "deadLetter" : "routing", event);
    }
    leg.mark = event.t;
    this.note(leg, event);
    leg.state = "waiting";
  }

  /** A Redis list gives the message to be put back a copy of its own: who holds the old one may still work on it, as no connection binds him to it. */
  private putBack(event: LifeEvent, old: Leg | undefined): void {
    const leg = this.add("copy", event, old);
    this.note(leg, event);
    leg.state = "waiting";
    if (old === undefined) return;
    old.state = "ended";
    if (old.outcome === "open") old.outcome = "discarded";
    old.reason = "superseded";
  }

  /** What a copy that joins a queue comes from. */
  private parentFor(queue: string): Leg | undefined {
    const isNew = (l: Leg) => !this.legs.some((child) => child.parent === l.id && child.node === queue);
    const isPublish = (l: Leg) => l.kind === "publish" && isOpen(l);
    return (
      this.find((l) => isPublish(l) && l.children === 0) ??
      this.find((l) => l.outcome === "dead-letter" && l.children === 0) ??
      this.find((l) => isPublish(l) && isNew(l)) ??
      this.find((l) => l.outcome === "dead-letter" && isNew(l)) ??
      // A socket that publishes has a queue towards each peer.
      this.legs.findLast((l) => isPublish(l) && l.node === queue)
    );
  }

  private deliver(event: LifeEvent): void {
    // A socket takes what waits at another's end of their connection.
    const isSocket = event.other === event.node;
    const isAsker = isSocket && this.isPublisher(event.node);
    const at = (l: Leg) => (isSocket ? l.node !== event.node && l.isReply === isAsker : l.node === event.node);
    const leg =
      this.find((l) => l.kind === "copy" && at(l) && l.state === "waiting") ??
      (isSocket ? undefined : this.anotherReader(event)) ??
      (isAsker ? undefined : this.straight(event)) ??
      this.unknown(event);
    if (leg.mark === event.t) this.note(leg, event);
    else this.pass(leg, "wait", event);
    leg.state = "held";
    leg.holder = event.other ?? "";
    leg.heldSince = event.t;
    leg.hasArrived = false;
    leg.isSettled = false;
  }

  /** A channel keeps nothing: what is published there is handed to each subscriber at once, and joins no queue. */
  private straight(event: LifeEvent): Leg | undefined {
    const parent = this.legs.findLast((l) => l.kind === "publish" && isOpen(l) && !l.isRouted);
    if (parent === undefined) return undefined;
    if (parent.children === 0) this.pass(parent, "transfer", event, false);
    return this.add("copy", event, parent);
  }

  /** A log is read by many, each at its own pace: a leg of its own that begins where the copy joined the log. */
  private anotherReader(event: LifeEvent): Leg | undefined {
    const first = this.find((l) => l.kind === "copy" && l.node === event.node);
    const joined = first?.events.find(({ kind }) => kind === "enqueue");
    if (first === undefined || joined === undefined) return undefined;
    const leg = this.add("copy", event, this.legs[first.parent]);
    leg.stages.push(...first.stages.filter((stage) => stage.event <= joined.n));
    leg.begin = first.begin;
    leg.mark = joined.t;
    return leg;
  }

  private worked(event: LifeEvent): void {
    // Nobody works on what he was given later.
    const inTime = (l: Leg) => !(l.heldSince > event.began);
    const leg =
      this.heldBy(event.node, (l) => l.state === "held" && inTime(l)) ??
      this.heldBy(event.node, inTime) ??
      this.unknown(event, "held");
    leg.holder = event.node;
    // What looked like mere holding when it was taken back was work already.
    for (const stage of leg.stages) if (stage.name === "held" && stage.from >= event.began) stage.name = "work";
    if (event.began > leg.mark) this.stage(leg, "buffer", event.began, event.n);
    this.pass(leg, "work", event);
    if (event.kind !== "process") return;
    if (leg.state !== "ended") leg.state = "done";
    leg.outcome = "processed";
    leg.processed = event.n;
  }

  private acknowledged(event: LifeEvent): void {
    const at = (l: Leg) => l.node === event.node && !l.isSettled;
    const leg =
      this.find((l) => at(l) && l.state === "done") ??
      this.find((l) => at(l) && l.state === "held") ??
      this.unknown(event, "held");
    if (leg.state === "done") this.pass(leg, "ack", event);
    else this.note(leg, event);
    leg.isSettled = true;
    if (leg.state === "done") leg.state = "ended";
  }

  private ended(event: LifeEvent): void {
    const { kind, node, reason } = event;
    const isFault = kind === "lost";
    const leg = this.legThatEnds(event);
    if (kind === "refuse" && reason === undefined) {
      // The broker's answer to its producer; why is told where it happened.
      this.note(
        this.legs.findLast((l) => l.kind === "publish"),
        event,
      );
      return;
    }
    if (kind === "refuse" && leg?.kind !== "copy") {
      const parent = this.parentFor(node);
      if (parent !== undefined && !parent.isRouted) this.pass(parent, "transfer", event, false);
      const refused = this.add("copy", event, parent);
      this.close(refused, "routing", "refused", event);
      return;
    }
    const found = leg ?? this.unknown(event);
    const stage =
      found.kind === "publish"
        ? "transfer"
        : found.state === "waiting"
          ? "wait"
          : this.hasWorked(found)
            ? "return"
            : "held";
    const outcome =
      kind === "dead-letter" ? "dead-letter" : kind === "refuse" ? "refused" : isFault ? "lost" : "discarded";
    this.close(found, stage, outcome, event);
  }

  private isPublisher(node: string): boolean {
    return this.legs.some((l) => l.kind === "publish" && l.node === node);
  }

  private legThatEnds({ kind, node, reason }: LifeEvent): Leg | undefined {
    // An answer that its asker no longer waits for.
    const late = this.find((l) => l.isReply && l.state === "waiting" && l.node !== node);
    if (kind === "discard" && late !== undefined && this.isPublisher(node)) return late;
    const rejected = reason === "rejected" || reason === "delivery-limit" || reason === "failed";
    const here = this.legs.filter((l) => l.kind === "copy" && isOpen(l) && (l.node === node || l.holder === node));
    const first = here.find((l) => l.state === (rejected ? "held" : "waiting"));
    return (
      first ??
      here[0] ??
      this.find((l) => l.outcome === "dead-letter" && l.node === node && l.children === 0) ??
      this.find(
        (l) => l.kind === "publish" && l.children === 0 && isOpen(l) && (kind !== "unroutable" || l.isRouted),
      ) ??
      this.find((l) => l.kind === "publish" && isOpen(l))
    );
  }

  private close(leg: Leg, stage: string, outcome: TraceLeg["outcome"], event: LifeEvent): void {
    if (leg.outcome === "dead-letter" && outcome === "discarded") stage = "deadLetter";
    this.pass(leg, leg.isRouted && leg.kind === "publish" ? "routing" : stage, event);
    leg.outcome = outcome;
    leg.reason = event.reason;
    leg.state = "ended";
  }

  private givenBack(queue: string): Leg | undefined {
    const at = (l: Leg) => l.kind === "copy" && l.node === queue && !l.isSettled;
    return this.find((l) => at(l) && l.state === "held") ?? this.find((l) => at(l) && l.state === "done");
  }

  /** Whether the last thing that the leg tells of is work, finished or failed. */
  private hasWorked(leg: Leg): boolean {
    return leg.stages.at(-1)?.name === "work";
  }

  private heldBy(consumer: string, wanted: (leg: Leg) => boolean = () => true): Leg | undefined {
    return this.find(
      (l) => l.holder === consumer && (l.state === "held" || (l.state === "ended" && l.processed === 0)) && wanted(l),
    );
  }

  private legOf(event: LifeEvent): Leg | undefined {
    return this.legs.findLast((l) => l.events.includes(event));
  }

  private find(wanted: (leg: Leg) => boolean): Leg | undefined {
    return this.legs.find(wanted);
  }

  /** A leg whose beginning is no longer among the events. */
  private unknown(event: LifeEvent, state: State = "waiting"): Leg {
    const isClient = event.kind === "route" || event.kind === "unroutable";
    const leg = this.add(isClient ? "publish" : "copy", event, undefined);
    leg.isCut = true;
    leg.state = isClient ? "sent" : state;
    if (/^(arrive|process|error)$/.test(event.kind)) leg.node = "";
    return leg;
  }

  private add(kind: Leg["kind"], event: LifeEvent, parent: Leg | undefined): Leg {
    if (parent !== undefined) parent.children++;
    const leg: Leg = {
      id: this.legs.length,
      parent: parent?.id ?? -1,
      kind,
      node: event.node,
      begin: event.n,
      stages: [],
      events: [],
      outcome: "open",
      reason: undefined,
      processed: 0,
      message: this.message,
      isCut: false,
      state: "sent",
      mark: parent?.mark ?? Number.NaN,
      holder: "",
      heldSince: Number.NaN,
      isReply: false,
      hasArrived: false,
      isSettled: false,
      isRouted: false,
      children: 0,
    };
    this.legs.push(leg);
    return leg;
  }

  private note(leg: Leg | undefined, event: LifeEvent): void {
    (leg?.events ?? this.others).push(event);
  }

  /** The leg's next stage ends with this event. @param isOwn false when the event belongs to the leg that follows */
  private pass(leg: Leg, name: string, event: LifeEvent, isOwn = true): void {
    this.stage(leg, name, event.t, event.n);
    if (isOwn) leg.events.push(event);
  }

  private stage(leg: Leg, name: string, until: number, event: number): void {
    const where = /^(delivery|buffer|work|held|return|ack)$/.test(name) ? leg.holder : leg.node;
    const stage: TraceStage = { name: name as TraceStage["name"], node: where, from: leg.mark, until, event };
    leg.stages.push(stage);
    leg.mark = until;
  }
}
