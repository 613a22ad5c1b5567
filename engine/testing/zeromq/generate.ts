import { Draw } from "../property/draw.ts";

/** A step of a recorded case (conformance/zeromq/OPS.md). */
export type ZmqStep = { readonly op: string } & { readonly [field: string]: unknown };

type Options = Record<string, number | string>;

interface Socket {
  readonly name: string;
  readonly type: string;
  readonly options: Options;
}

export const FAMILIES = ["pipeline", "pubsub", "router", "reqrep", "proxy", "forwarder", "streamer", "pair"] as const;
export type Family = (typeof FAMILIES)[number];

/** Which types meet: the first bind, the second connect, or the other way round. */
const SIDES: Record<Family, readonly [readonly string[], readonly string[]]> = {
  pipeline: [["PUSH"], ["PULL"]],
  pubsub: [
    ["PUB", "XPUB"],
    ["SUB", "XSUB"],
  ],
  router: [["ROUTER"], ["DEALER", "DEALER", "ROUTER"]],
  reqrep: [
    ["REP", "ROUTER"],
    ["REQ", "REQ", "DEALER"],
  ],
  proxy: [["ROUTER"], ["REQ"]],
  forwarder: [["XSUB"], ["PUB", "XPUB"]],
  streamer: [["PULL"], ["PUSH"]],
  pair: [["PAIR"], ["PAIR"]],
};
/** A device: what its other end is, and who connects there. It forwards both ways, as far as its types can. */
const DEVICES: Partial<Record<Family, { readonly back: string; readonly users: readonly string[] }>> = {
  proxy: { back: "DEALER", users: ["REP"] },
  forwarder: { back: "XPUB", users: ["SUB", "SUB", "XSUB"] },
  streamer: { back: "PUSH", users: ["PULL"] },
};
const TOPICS = ["", "A", "AB", "ABC", "B", "BA", "C"];
const LIMITS = [0, 1, 2, 3, 4];
const LENGTH = 34;
/** Over TCP a connect is tried again so seldom that it happens during a wait only. */
const RECONNECT_MS = 2000;
const RETRY_MS = 2 * RECONNECT_MS + 200;

export interface Plan {
  readonly family: Family;
  readonly transport: "inproc" | "tcp";
  /** Sockets close, connections end, options change on the way. */
  readonly isRough: boolean;
}

/** The plan of a seed: every family, over both transports, calm and rough. */
export const planOf = (seed: number): Plan => ({
  family: FAMILIES[seed % FAMILIES.length] as Family,
  transport: seed % 5 === 0 ? "tcp" : "inproc",
  isRough: seed % 3 !== 0,
});

/** Random sockets and a random sequence of calls. The same seed gives the same script. */
export function generate(seed: number, plan: Plan = planOf(seed)): ZmqStep[] {
  return new Generator(seed, plan).script();
}

class Generator {
  private readonly draw: Draw;
  private readonly plan: Plan;
  private readonly steps: ZmqStep[] = [];
  private sockets: Socket[] = [];
  /** Who is bound where. */
  private readonly bound = new Map<string, string>();
  /** Who has connected where. */
  private connects: [socket: string, endpoint: string][] = [];
  /** Of a device. */
  private ends: Socket[] = [];
  private made = 0;
  private messages = 0;

  constructor(seed: number, plan: Plan) {
    this.plan = plan;
    this.draw = new Draw(seed, `zeromq-${plan.family}-${plan.transport}`);
  }

  script(): ZmqStep[] {
    const { draw } = this;
    const binders = Array.from({ length: 1 + draw.below(2) }, () => this.open(0));
    const connectors = Array.from({ length: 1 + draw.below(3) }, () => this.open(1));
    const [first, second] = draw.oneIn(4) ? [connectors, binders] : [binders, connectors];
    const isEarly = draw.oneIn(5) && this.plan.transport === "inproc";
    if (!isEarly) for (const socket of first) this.bind(socket, socket.name);
    for (const socket of second) {
      for (const target of first) if (!draw.oneIn(4)) this.connect(socket, target.name);
    }
    if (isEarly) for (const socket of first) this.bind(socket, socket.name);
    this.device();
    for (let i = 0; i < LENGTH; i++) this.step();
    return this.steps;
  }

  private add(op: string, fields: Record<string, unknown>): void {
    this.steps.push({ op, ...fields });
  }

  private open(side: 0 | 1, type = this.draw.pick(SIDES[this.plan.family][side])): Socket {
    const name = `${type.toLowerCase()}${++this.made}`;
    const socket = { name, type, options: this.options(type) };
    this.sockets.push(socket);
    const has = Object.keys(socket.options).length > 0;
    this.add("socket", { socket: name, type, ...(has ? { options: socket.options } : {}) });
    if (type === "SUB") this.subscribe(name);
    return socket;
  }

  private options(type: string): Options {
    const { draw } = this;
    const some = (name: string, one: number): Options => (draw.oneIn(one) ? { [name]: 1 } : {});
    const options: Options = this.plan.transport === "tcp" ? { RECONNECT_IVL: RECONNECT_MS } : {};
    if (draw.oneIn(2)) options.SNDHWM = draw.pick(LIMITS);
    if (draw.oneIn(2)) options.RCVHWM = draw.pick(LIMITS);
    // Over TCP identities of a second peer depend on who comes first after a break.
    if (["DEALER", "REQ", "ROUTER"].includes(type) && !draw.oneIn(3)) options.ROUTING_ID = draw.pick(["A", "B", "C"]);
    if (type === "ROUTER") Object.assign(options, some("ROUTER_MANDATORY", 3), some("ROUTER_HANDOVER", 3));
    if (type === "DEALER" || type === "REQ" || type === "ROUTER") Object.assign(options, some("PROBE_ROUTER", 8));
    if (type === "REQ") Object.assign(options, some("REQ_RELAXED", 3), some("REQ_CORRELATE", 3));
    if (type === "XPUB" || type === "PUB") Object.assign(options, some("XPUB_VERBOSE", 3), some("XPUB_NODROP", 4));
    if (["PUSH", "PULL", "DEALER", "PUB", "SUB"].includes(type)) Object.assign(options, some("CONFLATE", 16));
    if (this.plan.isRough && draw.oneIn(6)) options.IMMEDIATE = 1;
    if (this.plan.isRough && draw.oneIn(4)) options.LINGER = 0;
    return options;
  }

  private bind(socket: Socket, name: string): void {
    const endpoint = `${this.plan.transport}://${name}`;
    const waiting = this.connects.filter(([, at]) => at === endpoint);
    // Several that try again come in an order of chance.
    if (this.plan.transport === "tcp" && waiting.length > 1) return;
    if (!this.bound.has(endpoint)) this.bound.set(endpoint, socket.name);
    this.add("bind", { socket: socket.name, endpoint });
    if (this.plan.transport === "tcp" && waiting.length > 0) this.add("wait", { ms: RETRY_MS });
  }

  private connect(socket: Socket, name: string): void {
    const endpoint = `${this.plan.transport}://${name}`;
    this.connects.push([socket.name, endpoint]);
    this.add("connect", { socket: socket.name, endpoint });
  }

  /** The other end of a device, and its users. */
  private device(): void {
    const device = DEVICES[this.plan.family];
    if (device === undefined) return;
    const back = this.open(0, device.back);
    this.ends = [...this.sockets.filter(({ type }) => SIDES[this.plan.family][0].includes(type)), back];
    this.bind(back, back.name);
    for (let i = 0; i <= this.draw.below(2); i++) this.connect(this.open(1, this.draw.pick(device.users)), back.name);
  }

  /** A device takes from one of its ends and sends at the other. */
  private forward(): void {
    const ends = this.ends.filter((end) => this.sockets.includes(end));
    const from = this.draw.pick(ends);
    const to = ends.find(({ type }) => type !== from?.type);
    if (from !== undefined && to !== undefined) this.add("forward", { socket: from.name, to: to.name });
  }

  private step(): void {
    const { draw } = this;
    const socket = draw.pick(this.sockets);
    if (socket === undefined) return;
    if (this.plan.isRough && draw.oneIn(9)) {
      this.disturb(socket);
      return;
    }
    if ((socket.type === "SUB" || socket.type === "XSUB") && draw.oneIn(4)) {
      this.subscribe(socket.name);
      return;
    }
    if (this.ends.length > 0 && draw.oneIn(2)) {
      this.forward();
      return;
    }
    if (draw.below(2) === 0) this.add("recv", { socket: socket.name });
    else this.add("send", { socket: socket.name, frames: this.frames(socket) });
  }

  private subscribe(name: string): void {
    const { draw } = this;
    const prefix = draw.pick(TOPICS);
    const isEnd = draw.oneIn(3);
    if (name.startsWith("xsub"))
      this.add("send", { socket: name, frames: [`${isEnd ? "\u0000" : "\u0001"}${prefix}`] });
    else this.add(isEnd ? "unsubscribe" : "subscribe", { socket: name, prefix });
  }

  private frames({ type, options }: Socket): string[] {
    const { draw } = this;
    const id = `m${++this.messages}`;
    if (type === "PUB" || type === "XPUB") return [draw.pick(TOPICS), id];
    if (type === "ROUTER") {
      const to = draw.pick(["A", "B", "C", "@1", "@2", "NOBODY"]);
      if (this.plan.family === "router") return [to, id];
      return draw.oneIn(6) ? [to, id] : draw.oneIn(4) ? [to, "#1", "", id] : [to, "", id];
    }
    if (type === "DEALER") return this.plan.family === "reqrep" && !draw.oneIn(5) ? ["", id] : [id];
    return options.CONFLATE !== 1 && draw.oneIn(12) ? ["more", id] : [id];
  }

  private disturb(socket: Socket): void {
    const { draw } = this;
    const { transport, family } = this.plan;
    const own = this.connects.filter(([name]) => name === socket.name);
    switch (draw.below(7)) {
      case 0: {
        if (this.sockets.length < 3) return;
        this.sockets = this.sockets.filter((one) => one !== socket);
        for (const [endpoint, name] of this.bound) if (name === socket.name) this.bound.delete(endpoint);
        this.connects = this.connects.filter(([name]) => name !== socket.name);
        this.add("close", { socket: socket.name });
        return;
      }
      case 1: {
        const target = own.length > 0 ? draw.pick(own) : undefined;
        if (target === undefined) return;
        this.connects = this.connects.filter(([name, at]) => name !== socket.name || at !== target[1]);
        this.add("disconnect", { socket: socket.name, endpoint: target[1] });
        return;
      }
      case 2: {
        const at = [...this.bound].find(([, name]) => name === socket.name)?.[0];
        if (at === undefined) return;
        this.bound.delete(at);
        this.add("unbind", { socket: socket.name, endpoint: at });
        return;
      }
      case 3: {
        const side = SIDES[family][1].includes(socket.type) ? 1 : 0;
        const names = [...this.bound].filter(([, name]) => this.canMeet(name, side)).map(([at]) => at);
        if (names.length > 0) this.connect(socket, draw.pick(names).replace(`${transport}://`, ""));
        return;
      }
      case 4: {
        const side = draw.below(2) as 0 | 1;
        const fresh = this.open(side);
        const names = [...this.bound].filter(([, name]) => this.canMeet(name, side)).map(([at]) => at);
        if (names.length > 0) this.connect(fresh, draw.pick(names).replace(`${transport}://`, ""));
        return;
      }
      case 5: {
        const free = this.connects.map(([, at]) => at).filter((at) => !this.bound.has(at));
        const at = free.length > 0 ? draw.pick(free) : `${transport}://new${++this.made}`;
        const other = this.connects.find(([, where]) => where === at)?.[0];
        if (other === undefined || this.canMeet(other, this.sideOf(socket)))
          this.bind(socket, at.replace(/^\w+:\/\//, ""));
        return;
      }
      default:
        this.add("option", {
          socket: socket.name,
          ...draw.pick([
            { name: "SNDHWM", value: draw.pick(LIMITS) },
            { name: "RCVHWM", value: draw.pick(LIMITS) },
            // On a REP the library takes this one and then stops the process.
            ...(socket.type === "REP" ? [] : [{ name: "ROUTER_MANDATORY", value: draw.below(2) }]),
            { name: "XPUB_NODROP", value: draw.below(2) },
            { name: "LINGER", value: draw.pick([-1, 0]) },
          ]),
        });
    }
  }

  private sideOf({ type }: Socket): 0 | 1 {
    return SIDES[this.plan.family][0].includes(type) ? 0 : 1;
  }

  /** Whether a socket is of the other side, so that the two can talk. */
  private canMeet(name: string, side: 0 | 1): boolean {
    const type = name.replace(/\d+$/, "").toUpperCase();
    return SIDES[this.plan.family][side === 0 ? 1 : 0].includes(type);
  }
}
