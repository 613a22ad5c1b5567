import type { ZmqStep } from "./generate.ts";
import { type Item, PlainEnd } from "./plain-ends.ts";
import { PlainSocket } from "./plain-socket.ts";

type Event = Record<string, unknown>;

const RECEIVERS = ["PULL", "SUB", "XSUB", "DEALER", "REQ", "ROUTER", "REP"];
const SENDERS = ["PUSH", "DEALER", "REQ"];
const PUBLISHERS = ["PUB", "XPUB"];
const ROUTERS = ["ROUTER", "REP"];
const CONFLATING = ["DEALER", "PULL", "PUSH", "PUB", "SUB"];

const without = <T>(list: readonly T[], one: T): T[] => {
  const last = list.at(-1);
  return list.map((each) => (each === one ? (last as T) : each)).slice(0, -1);
};

/** ZeroMQ written down as OPS.md says it, slow and plain: whole messages as lists of texts, every effect at the end of its step. Sockets that nobody takes from a break. */
export class PlainZeromq {
  private sockets = new Map<string, PlainSocket>();
  private bound = new Map<string, { socket: PlainSocket; options: Record<string, number | string> }>();
  private unmet: { end: PlainEnd; options: Record<string, number | string> }[] = [];
  private all: PlainEnd[] = [];
  private made = 0;
  private names = new Map<string, string>();
  private counts = { "@": 0, "#": 0 };

  perform(step: ZmqStep): Event[] {
    const events = this.act(step);
    this.settle();
    return events;
  }

  final(): Record<string, string[][]> {
    const final: Record<string, string[][]> = {};
    for (const socket of this.sockets.values()) {
      const left: string[][] = [];
      for (let events = this.recv(socket); events[0]?.event === "received"; events = this.recv(socket)) {
        left.push(events[0].frames as string[]);
        this.settle();
      }
      this.settle();
      if (left.length > 0) final[socket.name] = left;
    }
    return final;
  }

  private act(step: ZmqStep): Event[] {
    const name = String(step.socket);
    if (step.op === "socket") {
      this.sockets.set(name, new PlainSocket(name, String(step.type), { ...(step.options as object) }));
      return [];
    }
    if (step.op === "wait") return [];
    const socket = this.sockets.get(name) as PlainSocket;
    const endpoint = String(step.endpoint);
    const failed = (code: string): Event[] => (code === "" ? [] : [{ event: "error", socket: name, code }]);
    switch (step.op) {
      case "option":
        return failed(this.setOption(socket, String(step.name), Number(step.value)));
      case "bind":
        return failed(this.bind(socket, endpoint));
      case "connect":
        this.connect(socket, endpoint);
        return [];
      case "unbind":
      case "disconnect":
        return failed(this.leave(socket, endpoint));
      case "subscribe":
      case "unsubscribe":
        this.subscribe(socket, String(step.prefix), step.op === "subscribe");
        return [];
      case "send":
        return this.send(
          socket,
          (step.frames as string[]).map((frame) => this.actual(frame)),
        );
      case "recv":
        return this.recv(socket);
      case "forward": {
        const events = this.recv(socket);
        if (events[0]?.event !== "received") return events;
        const frames = (events[0].frames as string[]).map((frame) => this.actual(frame));
        return [...events, ...this.send(this.sockets.get(String(step.to)) as PlainSocket, frames)];
      }
      case "close":
        this.sockets.delete(name);
        socket.isOpen = false;
        for (const [at, { socket: binder }] of [...this.bound]) if (binder === socket) this.bound.delete(at);
        for (const end of socket.ends) end.shut();
        return [];
      default:
        throw new Error(`no operation ${step.op}`);
    }
  }

  // ---- connections

  private setOption(socket: PlainSocket, name: string, value: number): string {
    if (name === "ROUTER_MANDATORY" && !socket.is("ROUTER", "REP")) return "EINVAL";
    if (name === "XPUB_NODROP" && !socket.is("XPUB", "PUB")) return "EINVAL";
    socket.options[name] = value;
    const { SNDHWM = 1000, RCVHWM = 1000 } = socket.options;
    if (name.endsWith("HWM")) {
      for (const end of socket.ends) {
        end.setLimits(Number(RCVHWM), Number(SNDHWM));
        end.other.setLimits(Number(SNDHWM), Number(RCVHWM));
      }
    }
    return "";
  }

  private bind(socket: PlainSocket, endpoint: string): string {
    if (this.bound.has(endpoint)) return "EADDRINUSE";
    this.bound.set(endpoint, { socket, options: { ...socket.options } });
    const met = this.unmet.filter(({ end }) => end.endpoint === endpoint);
    this.unmet = this.unmet.filter(({ end }) => end.endpoint !== endpoint);
    for (const { end, options } of met) {
      const { other } = end;
      if (!socket.is(...ROUTERS)) other.read();
      if (!end.isConflating) join(end, options, other, socket.options);
      this.attach(socket, other);
      if (end.socket?.is(...ROUTERS) && end.socket.isOpen) {
        other.write({ kind: "identity", text: String(socket.options.ROUTING_ID ?? "") });
      }
      this.settle();
    }
    return "";
  }

  private connect(socket: PlainSocket, endpoint: string): void {
    const binder = this.bound.get(endpoint);
    const isTcp = endpoint.startsWith("tcp");
    const isConflating = socket.number("CONFLATE") === 1 && socket.is(...CONFLATING);
    const theirs = isTcp && Number(binder?.options.CONFLATE) === 1 && binder?.socket.is(...CONFLATING) === true;
    const once = isTcp && socket.is("DEALER", "SUB", "PUB", "REQ");
    if (once && socket.ends.some((end) => end.endpoint === endpoint)) return;
    const near = new PlainEnd(socket, endpoint, isConflating || theirs);
    const far = new PlainEnd(binder?.socket ?? null, "", isConflating || theirs);
    near.other = far;
    far.other = near;
    this.all.push(near, far);
    const own = { ...socket.options };
    if (binder === undefined) {
      if (!isConflating) {
        near.setLimits(Number(own.RCVHWM ?? 1000), Number(own.SNDHWM ?? 1000));
        far.setLimits(Number(own.SNDHWM ?? 1000), Number(own.RCVHWM ?? 1000));
      }
      near.write({ kind: "identity", text: String(own.ROUTING_ID ?? "") });
      this.unmet.push({ end: near, options: own });
    } else {
      if (!isConflating && !isTcp) join(near, own, far, binder.options);
      if (binder.socket.is(...ROUTERS)) near.write({ kind: "identity", text: String(own.ROUTING_ID ?? "") });
      if (socket.is(...ROUTERS)) far.write({ kind: "identity", text: String(binder.options.ROUTING_ID ?? "") });
    }
    this.attach(socket, near);
    if (binder !== undefined) this.attach(binder.socket, far);
  }

  private leave(socket: PlainSocket, endpoint: string): string {
    if (this.bound.get(endpoint)?.socket === socket) {
      this.bound.delete(endpoint);
      return "";
    }
    const ends = socket.ends.filter((end) => end.endpoint === endpoint);
    for (const end of ends) {
      end.endpoint = "";
      // What a peer that has gone left behind can still be received.
      if (!end.other.isShut) end.shut();
    }
    return ends.length > 0 ? "" : "ENOENT";
  }

  private attach(socket: PlainSocket, end: PlainEnd): void {
    end.socket = socket;
    socket.ends.push(end);
    if (socket.is("PAIR")) {
      if (socket.peer === null) socket.peer = end;
      else end.shut();
      return;
    }
    if (socket.number("PROBE_ROUTER") === 1) end.write({ kind: "message", frames: [""] });
    if (socket.is(...SENDERS)) socket.out.add(end);
    if (socket.is(...ROUTERS)) this.meet(socket, end);
    else if (socket.is(...RECEIVERS)) socket.fair.add(end);
    if (socket.is("SUB", "XSUB")) {
      for (const prefix of [...new Set(socket.prefixes)].sort()) end.write({ kind: "subscribe", text: prefix });
    }
    if (socket.is(...PUBLISHERS)) this.hear(socket, end);
  }

  /** A ROUTER learns who is there. */
  private meet(socket: PlainSocket, end: PlainEnd): void {
    const item = end.read();
    if (item === undefined) return;
    const own = item.kind === "message" ? (item.frames[0] as string) : item.kind === "end" ? "" : item.text;
    const before = socket.ends.find((one) => one.identity === own && own !== "");
    if (before !== undefined) {
      if (socket.number("ROUTER_HANDOVER") !== 1) return;
      before.identity = this.newIdentity();
      before.shut();
    }
    end.identity = own === "" ? this.newIdentity() : own;
    socket.fair.add(end);
  }

  private newIdentity(): string {
    return `\0made-up-${++this.made}`;
  }

  // ---- what happens at the end of a step

  private settle(): void {
    for (let before = ""; before !== this.picture(); ) {
      before = this.picture();
      for (const end of this.all) this.settleEnd(end);
    }
    this.all = this.all.filter((end) => !(end.isGone && end.other.isGone));
  }

  private picture(): string {
    return JSON.stringify(
      this.all.map((end) => [end.box.length, end.isDry, end.isGone, end.isShut, end.wasFull, end.identity]),
    );
  }

  private settleEnd(end: PlainEnd): void {
    const { socket } = end;
    if (socket === null) return;
    if (end.box.length > 0 && end.isDry && !end.isShut) {
      end.isDry = false;
      if (socket.is(...PUBLISHERS)) this.hear(socket, end);
      else if (socket.is(...ROUTERS) && end.identity === "") this.meet(socket, end);
      else if (socket.is(...RECEIVERS) && socket.fair.has(end)) socket.fair.wake(end);
    }
    // Room again at the other end.
    const { other } = end;
    if (other.hasNewCredit) {
      other.hasNewCredit = false;
      if (other.wasFull && !other.isShut && !end.isShut) this.reopen(socket, end);
    }
    if (end.isShut && !end.isGone && other.isGone) end.isGone = true;
    // Nothing is read any more by whoever only sends, and by whoever has closed too.
    if (other.isShut && (socket.is("PUSH", "PUB") || end.isShut)) end.isGone = true;
    if (end.isGone) this.forget(socket, end);
  }

  private reopen(socket: PlainSocket, end: PlainEnd): void {
    end.other.wasFull = false;
    if (socket.is(...SENDERS) && socket.out.has(end)) socket.out.wake(end);
  }

  private forget(socket: PlainSocket, end: PlainEnd): void {
    if (!socket.ends.includes(end)) return;
    end.isShut = true;
    end.box = [];
    socket.ends = without(socket.ends, end);
    socket.fair.drop(end);
    socket.out.drop(end);
    if (socket.peer === end) socket.peer = null;
    if (socket.replyEnd === end) socket.replyEnd = null;
    end.identity = "";
    for (const { prefix } of socket.wants
      .filter((want) => want.end === end)
      .sort((a, b) => (a.prefix < b.prefix ? -1 : 1))) {
      this.want(socket, end, prefix, false);
    }
  }

  // ---- subscriptions

  private subscribe(socket: PlainSocket, prefix: string, isBegin: boolean): void {
    if (!isBegin) {
      const place = socket.prefixes.indexOf(prefix);
      if (place < 0) return;
      socket.prefixes.splice(place, 1);
      if (socket.prefixes.includes(prefix)) return;
    } else socket.prefixes.push(prefix);
    for (const end of socket.ends) end.write({ kind: isBegin ? "subscribe" : "cancel", text: prefix });
  }

  private hear(socket: PlainSocket, end: PlainEnd): void {
    for (let item = end.read(); item !== undefined; item = end.read()) {
      if (item.kind === "message") {
        if (socket.is("XPUB")) socket.shown.push(item.frames);
      } else if (item.kind !== "end") this.want(socket, end, item.text, item.kind === "subscribe");
    }
  }

  private want(socket: PlainSocket, end: PlainEnd, prefix: string, isBegin: boolean): void {
    const others = socket.wants.filter((want) => want.prefix === prefix && want.end !== end);
    const had = socket.wants.some((want) => want.prefix === prefix && want.end === end);
    socket.wants = socket.wants.filter((want) => want.prefix !== prefix || want.end !== end);
    if (isBegin) socket.wants.push({ prefix, end });
    const isNew = isBegin && !had && others.length === 0;
    const isLast = !isBegin && others.length === 0;
    if (isNew || isLast || (isBegin && socket.number("XPUB_VERBOSE") === 1)) {
      socket.shown.push([`${isBegin ? "\u0001" : "\u0000"}${prefix}`]);
    }
  }

  // ---- sending

  private send(socket: PlainSocket, frames: string[]): Event[] {
    const code = this.sendFrames(socket, frames);
    const { name } = socket;
    return code === "" ? [{ event: "sent", socket: name }] : [{ event: "error", socket: name, code }];
  }

  private sendFrames(socket: PlainSocket, frames: string[]): string {
    switch (socket.type) {
      case "PULL":
      case "SUB":
        return "ENOTSUP";
      case "PUSH":
      case "DEALER":
        return this.inTurn(socket, frames) === null ? "EAGAIN" : "";
      case "PAIR":
        return socket.peer?.write({ kind: "message", frames }) === true ? "" : "EAGAIN";
      case "XSUB": {
        const [first = ""] = frames;
        if (first.startsWith("\u0001") || first.startsWith("\u0000"))
          this.subscribe(socket, first.slice(1), first[0] === "\u0001");
        else for (const end of socket.ends) end.write({ kind: "message", frames });
        return "";
      }
      case "PUB":
      case "XPUB":
        return this.publish(socket, frames);
      case "ROUTER":
        return this.route(socket, frames);
      case "REQ":
        return this.ask(socket, frames);
      default:
        return this.answer(socket, frames);
    }
  }

  private inTurn(socket: PlainSocket, frames: string[]): PlainEnd | null {
    for (let end = socket.out.next; end !== undefined; end = socket.out.next) {
      if (end.write({ kind: "message", frames })) {
        socket.out.moveOn();
        return end;
      }
      socket.out.sleep(end);
    }
    return null;
  }

  private publish(socket: PlainSocket, frames: string[]): string {
    const wanted = socket.wants.filter(({ prefix }) => (frames[0] as string).startsWith(prefix)).map(({ end }) => end);
    const ends = [...new Set(wanted)].filter(({ other }) => !other.wasFull);
    const isTight = ends.some(({ other }) => other.isFull);
    if (isTight && socket.number("XPUB_NODROP") === 1) return "EAGAIN";
    for (const end of ends) end.write({ kind: "message", frames });
    return "";
  }

  private route(socket: PlainSocket, [to = "", ...frames]: string[]): string {
    if (frames.length === 0) return "";
    const end = socket.ends.find(({ identity }) => identity === to && to !== "");
    const isMandatory = socket.number("ROUTER_MANDATORY") === 1;
    if (end === undefined) return isMandatory ? "EHOSTUNREACH" : "";
    if (end.write({ kind: "message", frames })) return "";
    return isMandatory ? (end.other.isFull ? "EAGAIN" : "EHOSTUNREACH") : "";
  }

  private ask(socket: PlainSocket, frames: string[]): string {
    if (socket.isBusy && socket.number("REQ_RELAXED") !== 1) return "EFSM";
    socket.isBusy = false;
    const id = socket.number("REQ_CORRELATE") === 1 ? [`\0request-${++this.made}`] : [];
    const end = this.inTurn(socket, [...id, "", ...frames]);
    socket.replyEnd = end;
    if (end === null) return "EAGAIN";
    socket.envelope = [...id, ""];
    while (this.take(socket) !== null);
    socket.isBusy = true;
    return "";
  }

  private answer(socket: PlainSocket, frames: string[]): string {
    if (!socket.isBusy) return "EFSM";
    socket.isBusy = false;
    socket.replyEnd?.write({ kind: "message", frames: [...socket.envelope, ...frames] });
    return "";
  }

  // ---- receiving

  private recv(socket: PlainSocket): Event[] {
    const { name } = socket;
    const got = this.receive(socket);
    if (typeof got === "string") return [{ event: "error", socket: name, code: got }];
    return [{ event: "received", socket: name, frames: got.map((frame) => this.named(frame)) }];
  }

  /** The next message in turn, and from whom. */
  private take(socket: PlainSocket): { end: PlainEnd; frames: string[] } | null {
    for (let end = socket.fair.next; end !== undefined; end = socket.fair.next) {
      const item: Item | undefined = end.read();
      if (item === undefined) socket.fair.sleep(end);
      else {
        socket.fair.moveOn();
        if (item.kind === "message") return { end, frames: item.frames };
      }
    }
    return null;
  }

  private receive(socket: PlainSocket): string[] | string {
    if (socket.is("PUSH", "PUB")) return "ENOTSUP";
    if (socket.is("XPUB")) return socket.shown.splice(0, 1)[0] ?? "EAGAIN";
    if (socket.is("PAIR")) {
      const item = socket.peer?.read();
      return item?.kind === "message" ? item.frames : "EAGAIN";
    }
    if (socket.is("REQ") ? !socket.isBusy : socket.is("REP") && socket.isBusy) return "EFSM";
    for (let next = this.take(socket); next !== null; next = this.take(socket)) {
      const frames = this.accept(socket, next.end, next.frames);
      if (frames !== null) return frames;
    }
    return "EAGAIN";
  }

  /** What the application gets of a message, null when it is passed over. */
  private accept(socket: PlainSocket, end: PlainEnd, frames: string[]): string[] | null {
    if (socket.is("SUB")) return socket.prefixes.some((prefix) => frames[0]?.startsWith(prefix)) ? frames : null;
    if (socket.is("ROUTER")) return [end.identity, ...frames];
    if (socket.is("REQ")) {
      const { envelope, replyEnd } = socket;
      const isReply = envelope.every((frame, i) => frames[i] === frame) && frames.length > envelope.length;
      if (!isReply || (replyEnd !== null && replyEnd !== end)) return null;
      socket.isBusy = false;
      return frames.slice(envelope.length);
    }
    if (socket.is("REP")) {
      const delimiter = frames.slice(0, -1).indexOf("");
      if (delimiter < 0) {
        if (!end.canWrite) socket.isAstray = true;
        return null;
      }
      socket.isBusy = true;
      socket.replyEnd = end.canWrite && !socket.isAstray ? end : null;
      socket.isAstray = false;
      socket.envelope = frames.slice(0, delimiter + 1);
      return frames.slice(delimiter + 1);
    }
    return frames;
  }

  // ---- names of what is made by chance

  private named(frame: string): string {
    const known = this.names.get(frame);
    if (known !== undefined) return known;
    const sign = frame.startsWith("\0made-up") ? "@" : frame.startsWith("\0request") ? "#" : "";
    if (sign === "") return frame;
    const name = `${sign}${++this.counts[sign]}`;
    this.names.set(frame, name);
    return name;
  }

  private actual(name: string): string {
    return [...this.names].find(([, known]) => known === name)?.[0] ?? name;
  }
}

/** Over inproc the limits add up, unless one of them is 0. */
function join(
  near: PlainEnd,
  own: Record<string, number | string>,
  far: PlainEnd,
  other: Record<string, number | string>,
): void {
  const of = (options: Record<string, number | string>, name: string): number => Number(options[name] ?? 1000);
  near.boostIn = of(other, "SNDHWM");
  near.boostOut = of(other, "RCVHWM");
  far.boostIn = of(own, "SNDHWM");
  far.boostOut = of(own, "RCVHWM");
  near.setLimits(of(own, "RCVHWM"), of(own, "SNDHWM"));
  far.setLimits(of(other, "RCVHWM"), of(other, "SNDHWM"));
}
