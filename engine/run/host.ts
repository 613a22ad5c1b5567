import type { ScenarioNode, System } from "../scenario/types.ts";
import type { ConsumerInstance } from "./consumers.ts";
import type { ProducerInstance } from "./producer-node.ts";
import type { Port, Session, Subscription } from "./session.ts";

/**
 * One broker in the run, of whatever system: what its clients ask of it, what the calendar brings it, and what a person can do to it as a process. Clients know no more of
 * a broker than this; what stands in it is drawn by its system's `SystemDrawing`.
 */
export interface Host {
  /** Place in the run's list of brokers; never used again. */
  readonly index: number;
  /** The frame's id in the document; "" (or the system's name) for the broker that nobody drew. */
  readonly id: string;
  readonly system: System;
  /** The broker frame as it was last applied. */
  frame: ScenarioNode | undefined;

  // ---- clients' connections

  /** @returns an open session with all that the producer needs on it, or null: refused or away, and the producer's node says so */
  connectProducer(instance: ProducerInstance): Session | null;
  /** @returns an open session, or null: refused or away, and the consumer's node says so */
  connectConsumer(instance: ConsumerInstance): Session | null;
  /** @param abort the client vanishes; else it says goodbye */
  close(session: Session, abort: boolean): void;

  // ---- clients' commands

  /** A client that is connected publishes. */
  publish(session: Session, port: Port, handle: number): void;
  /** A publish comes off the link. A client that has reconnected meanwhile speaks on its new connection; one that is gone does not speak. */
  publishArrived(session: Session | null, port: Port, handle: number): void;
  /** An answer to a delivery. @param what `AT.ack`, `AT.requeue` or `AT.reject` */
  answered(session: Session, what: number, tag: number): void;
  /** Something that belongs to this connection was lost on the link: the two ends no longer agree, and it will break. */
  linkLost?(session: Session): void;
  /** Draws the token of an answer on its way. */
  showAnswer(subscription: Subscription, what: number): void;
  /** A service answers its caller. @param request handle of the request @param size bytes */
  sendReply(session: Session, request: number, size: number): void;
  /** A request for messages reaches the broker. @param data what the asker gave the calendar */
  polled(subscription: Subscription, data: number): void;
  /** A consumer that asks for its messages itself has finished with one. */
  finished(subscription: Subscription): void;
  /** A client asks for everything again that it has and has not answered. Without a meaning in some systems. */
  redeliver(session: Session): void;

  // ---- the calendar's events

  /** A routed copy has passed its bindings. */
  arriveAtQueue(queue: number, handle: number): void;
  timerFired(what: number, target: number): void;

  // ---- the broker as a process

  readonly isDown: boolean;
  readonly isAlarmed: boolean;
  /** It stops, and comes back after its restart time (or another takes over). @param kill it dies instead of stopping in order */
  stop(kill: boolean): void;
  start(): void;
  /** Its disk was filled by hand: an alarm of its own. */
  readonly isDiskFull?: boolean;
  /** Fills the disk, or makes room again. @returns false where nobody is blocked by that */
  fillDisk?(on: boolean): boolean;
  /** Stops as `stop` does, and the machine with it: what was not on its disk is lost. @returns false where that is no other end than a kill */
  cutPower?(): boolean;
  /** Raises the alarm by hand, or takes that back. @returns false where there is none to raise */
  forceAlarm(on: boolean): boolean;
  readonly nodesUp: number;
  /**
   * The client's library keeps what it is given until it is stored: links, waiting and trying again are the host's. Producers wait for nothing of their own.
   */
  readonly keepsSent?: boolean;

  // ---- what only some systems have; where a method is not there, the operation has no meaning

  /** Nodes of the cluster that are down, from 0; empty where it is one process. */
  readonly downNodes?: readonly number[];
  /** One node stops. @param stays until it is started; else it is back after the restart time @returns false when it is not there or down already */
  stopNode?(node: number, kill: boolean, stays: boolean): boolean;
  /** One node stops, and its machine with it; see `cutPower`. */
  cutNodePower?(node: number): boolean;
  /** @returns false when it runs */
  startNode?(node: number): boolean;
  /** The node that leads (or is the home of) what stands at a place, −1 = none. */
  leaderOf?(place: number): number;
  /** How many times as long as drawn a disk write takes. */
  readonly diskFactor?: number;
  slowDisk?(factor: number): boolean;
  /** Takes a user's permissions away, or gives them back as they are drawn. @returns false when there is no such user */
  permit?(user: string, on: boolean): boolean;
  /** A user's credential is over: connections end, and nobody comes in by that name until it is renewed. @returns false when there is no such user */
  expire?(user: string, on: boolean): boolean;
  /** Who was not let in. */
  readonly door?: { refuses(instance: ConsumerInstance): boolean };

  /** Connections of clients that are open. */
  readonly connectionCount: number;
  /** Bytes of all bodies in the broker, and of those that it keeps on disk. */
  resources(): { readonly memory: number; readonly disk: number };
}
