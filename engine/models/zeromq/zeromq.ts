import type { MessageStore } from "../messages.ts";
import type { Meta } from "../model.ts";
import { EINVAL, EPROTONOSUPPORT, OK } from "./codes.ts";
import { bindInproc, connectInproc, leaveInproc } from "./inproc.ts";
import { CANCEL, control, SUBSCRIBE } from "./items.ts";
import { isOption, optionsOf, type SocketType, withOption } from "./options.ts";
import { PATTERNS } from "./patterns.ts";
import { setLimits, terminate } from "./pipe.ts";
import { hasRoom } from "./pipe-list.ts";
import { ZmqReaders } from "./readers.ts";
import { GONE } from "./reasons.ts";
import { lingerOver, tryConnect } from "./sessions.ts";
import { settle } from "./settle.ts";
import type { ZmqSink } from "./sink.ts";
import { Site } from "./site.ts";
import { SocketState } from "./socket-state.ts";
import type { ZmqConfig } from "./state.ts";
import { bindTcp, connectTcp, endPlace, leaveTcp } from "./tcp.ts";
import { TIMER_CONNECT, TIMER_LINGER } from "./timers.ts";
import { changeSubscription } from "./xsub.ts";

const INPROC = "inproc";
const TCP = "tcp";

/** @returns the transport of an endpoint; "" when it is none, or has no address */
function transportOf(endpoint: string): string {
  const colon = endpoint.indexOf("://");
  return colon <= 0 || colon + 3 === endpoint.length ? "" : endpoint.slice(0, colon);
}

/**
 * ZeroMQ: the sockets of one context, without a broker. Plain data, and one method for each call of the library: (…, meta: time and chance, out: effects). Calls never
 * block: what would block gives EAGAIN. They return a code (codes.ts). Everything that a call causes at other sockets has happened when it returns, but for TCP
 * connections that are waited for. The sink must not call the model back from within an effect. Ids of sockets are never used twice.
 */
export class ZmqModel extends ZmqReaders {
  constructor(store: MessageStore, config: ZmqConfig = {}) {
    super(store, config);
  }

  /** @returns the id of a new socket */
  open(type: SocketType): number {
    const socket = new SocketState(this.sockets.length, type, optionsOf(type));
    this.sockets.push(socket);
    return socket.id;
  }

  /** Sets an option. The high-water marks hold for pipes that are there too; what connections are made with is taken at bind or connect. EINVAL when there is no such option. */
  setOption(socket: number, name: string, value: unknown): number {
    const state = this.socket(socket);
    if (!isOption(state.type, name, value)) return EINVAL;
    state.options = withOption(state.options, name, value as number | string);
    if (name === "SNDHWM" || name === "RCVHWM") {
      const { SNDHWM, RCVHWM } = state.options;
      for (const pipe of state.pipes) {
        setLimits(pipe, RCVHWM, SNDHWM);
        if (pipe.peer !== null) setLimits(pipe.peer, SNDHWM, RCVHWM);
      }
    }
    return OK;
  }

  /** EADDRINUSE when somebody is bound there, EINVAL and EPROTONOSUPPORT for no endpoint and no transport. */
  bind(socket: number, endpoint: string, meta: Meta, out: ZmqSink): number {
    const x = new Site(this, meta, out);
    const state = this.socket(socket);
    const transport = transportOf(endpoint);
    let code = transport === "" ? EINVAL : EPROTONOSUPPORT;
    if (transport === INPROC) code = bindInproc(x, state, endpoint);
    else if (transport === TCP) code = bindTcp(x, state, endpoint);
    settle(x);
    return code;
  }

  /** Always succeeds when the endpoint can be one: nobody need be there. */
  connect(socket: number, endpoint: string, meta: Meta, out: ZmqSink): number {
    const x = new Site(this, meta, out);
    const state = this.socket(socket);
    const transport = transportOf(endpoint);
    if (transport === INPROC) connectInproc(x, state, endpoint);
    else if (transport === TCP) connectTcp(x, state, endpoint);
    else return transport === "" ? EINVAL : EPROTONOSUPPORT;
    settle(x);
    return OK;
  }

  /** Nobody new can connect there; over TCP those who had are cut. The library does not tell the two apart: it is `disconnect` too. */
  unbind(socket: number, endpoint: string, meta: Meta, out: ZmqSink): number {
    return this.leave(socket, endpoint, meta, out);
  }

  /** All connects of the socket to the endpoint end; what was sent still arrives, by LINGER. ENOENT when there is none. */
  disconnect(socket: number, endpoint: string, meta: Meta, out: ZmqSink): number {
    return this.leave(socket, endpoint, meta, out);
  }

  private leave(socket: number, endpoint: string, meta: Meta, out: ZmqSink): number {
    const x = new Site(this, meta, out);
    const transport = transportOf(endpoint);
    let code = transport === "" ? EINVAL : EPROTONOSUPPORT;
    if (transport === INPROC) code = leaveInproc(x, this.socket(socket), endpoint);
    else if (transport === TCP) code = leaveTcp(x, this.socket(socket), endpoint);
    settle(x);
    return code;
  }

  /** SUB only: begins to take messages whose first frame begins with the prefix. */
  subscribe(socket: number, prefix: string, meta: Meta, out: ZmqSink): number {
    return this.change(socket, SUBSCRIBE, prefix, meta, out);
  }

  unsubscribe(socket: number, prefix: string, meta: Meta, out: ZmqSink): number {
    return this.change(socket, CANCEL, prefix, meta, out);
  }

  /** XSUB: sends a subscription (or its end) that is no message of the run: what a forwarder passes up. EINVAL for other types. */
  passOn(socket: number, prefix: string, isSubscribed: boolean, meta: Meta, out: ZmqSink): number {
    const state = this.socket(socket);
    if (state.type !== "XSUB") return EINVAL;
    const x = new Site(this, meta, out);
    changeSubscription(x, state, control(this, isSubscribed ? SUBSCRIBE : CANCEL, prefix));
    settle(x);
    return OK;
  }

  /** Whether a message could be sent, as zmq_poll tells (ZMQ_POLLOUT): types that drop always can. PUSH and DEALER only. */
  canSend(socket: number): boolean {
    return hasRoom(this.socket(socket).turns);
  }

  private change(socket: number, kind: number, prefix: string, meta: Meta, out: ZmqSink): number {
    const state = this.socket(socket);
    if (state.type !== "SUB") return EINVAL;
    const x = new Site(this, meta, out);
    changeSubscription(x, state, control(this, kind, prefix));
    settle(x);
    return OK;
  }

  /** Sends one message with the frames that `setFrames` gave it. On 0 the model has it, otherwise it stays the caller's. */
  send(socket: number, copy: number, meta: Meta, out: ZmqSink): number {
    const x = new Site(this, meta, out);
    const state = this.socket(socket);
    const code = PATTERNS[state.type].send(x, state, copy);
    settle(x);
    return code;
  }

  /** Receives one message: an effect. */
  recv(socket: number, meta: Meta, out: ZmqSink): number {
    const x = new Site(this, meta, out);
    const state = this.socket(socket);
    const code = PATTERNS[state.type].recv(x, state);
    settle(x);
    return code;
  }

  /** The socket is gone at once; what it has sent goes on by its LINGER, what it has not received is lost. */
  close(socket: number, meta: Meta, out: ZmqSink): void {
    const x = new Site(this, meta, out);
    const state = this.socket(socket);
    state.isOpen = false;
    for (const { upstream } = state; upstream.count > 0; ) {
      const item = upstream.take();
      if (item >= 0) x.lost(socket, item, GONE);
    }
    for (const [name, bound] of [...this.names]) if (bound.socket === socket) this.names.delete(name);
    for (const pipe of [...state.pipes]) terminate(x, pipe, false);
    for (const place of state.places) endPlace(x, place, state.options.LINGER);
    state.places = [];
    settle(x);
  }

  /** A timer that the model asked for. */
  timerFired(what: number, target: number, meta: Meta, out: ZmqSink): void {
    const session = this.sessions.get(target);
    if (session === undefined) return;
    const x = new Site(this, meta, out);
    if (what === TIMER_CONNECT && session.retryAt >= 0 && session.retryAt <= meta.now) tryConnect(x, session);
    else if (what === TIMER_LINGER && session.lingerUntil >= 0 && session.lingerUntil <= meta.now)
      lingerOver(x, session);
    settle(x);
  }
}
