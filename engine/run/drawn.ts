import type { QueueOptions } from "../models/rabbitmq/index.ts";
import type { ConsumerInstance } from "./consumers.ts";
import type { Subscription } from "./session.ts";

/** What a user may do, as patterns, and its password: null = any. */
export interface Rights {
  configure: string;
  write: string;
  read: string;
  password: string | null;
}

/** What a RabbitMQ broker asks of whoever brought the drawing into it. */
export interface Drawn {
  /** The broker no longer has the queue that this node stands for. */
  queueGone(node: number): void;
  /** A consumer connects again, to every queue it is drawn to. @returns whether the broker let it in */
  reconnect(instance: ConsumerInstance): boolean;
  /** The broker is back. */
  brokerStarted(host: number): void;
  /** A client's declaration made the queue of this node again, with this id. */
  queueMade(node: number, queue: number): void;
  /** A consumer that polls asks for a message. @param epoch of the consumer, when it planned to ask */
  polled(subscription: Subscription, epoch: number): void;
  /** Patterns of a drawn user of a broker; undefined when none is drawn by that name. */
  userOf(host: number, name: string): Rights | undefined;
  /** Name and options with which a client declares the queue of this node. */
  declarationOf(node: number): { name: string; options: QueueOptions };
}
