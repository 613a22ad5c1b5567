import type { SocketType } from "../../models/zeromq/index.ts";
import type { Counter } from "../instruments.ts";
import type { ZmqPlace } from "./zmq-places.ts";

export type RelayType = "queue" | "forwarder" | "streamer" | "balancer";

/** The sockets of a proxy. `sockets.ts` says the same to those who draw. */
export const RELAY_ENDS: Readonly<Record<RelayType, readonly [front: SocketType, back: SocketType]>> = {
  queue: ["ROUTER", "DEALER"],
  forwarder: ["XSUB", "XPUB"],
  streamer: ["PULL", "PUSH"],
  balancer: ["ROUTER", "ROUTER"],
};

/** A proxy: a program with two sockets that hands on what comes. */
export interface Relay {
  readonly type: RelayType;
  readonly front: ZmqPlace;
  readonly back: ZmqPlace;
  readonly forwarded: Counter;
  /** Load balancer: identities of workers that are free, the one that has been so longest first. */
  readonly free: string[];
  /** Kinds of messages as they leave it, by the kind they came as. */
  readonly rows: Map<number, number>;
}

/** A message that goes round through proxies ends after so many of them. */
export const HOPS_MAX = 64;
