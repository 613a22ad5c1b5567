/** The types of sockets. */
export const SOCKET_TYPES = [
  "PUSH",
  "PULL",
  "PUB",
  "SUB",
  "XPUB",
  "XSUB",
  "REQ",
  "REP",
  "DEALER",
  "ROUTER",
  "PAIR",
] as const;
export type SocketType = (typeof SOCKET_TYPES)[number];

/** Who may talk to whom: checked when a TCP connection is made (RFC 23), never over inproc. */
const PEERS: Record<SocketType, readonly SocketType[]> = {
  PUSH: ["PULL"],
  PULL: ["PUSH"],
  PUB: ["SUB", "XSUB"],
  SUB: ["PUB", "XPUB"],
  XPUB: ["SUB", "XSUB"],
  XSUB: ["PUB", "XPUB"],
  REQ: ["REP", "ROUTER"],
  REP: ["REQ", "DEALER"],
  DEALER: ["REP", "DEALER", "ROUTER"],
  ROUTER: ["REQ", "DEALER", "ROUTER"],
  PAIR: ["PAIR"],
};

/** The types that a socket of this type can talk to. */
export const legalPeers = (type: SocketType): readonly SocketType[] => PEERS[type];

/** A socket's options by the names of the product. What a connection is made with is copied when its socket binds or connects. */
export interface Options {
  /** Messages that a pipe to a peer holds, 0 = no limit. */
  SNDHWM: number;
  /** Messages that a pipe from a peer holds, 0 = no limit. */
  RCVHWM: number;
  /** ms for which a closed socket goes on sending what it has; −1 = for ever. */
  LINGER: number;
  /** 1 = no pipe before the connection stands. */
  IMMEDIATE: number;
  /** 1 = a pipe keeps the newest message only. */
  CONFLATE: number;
  /** The identity that a ROUTER knows this socket by; "" = the ROUTER makes one up. */
  ROUTING_ID: string;
  PROBE_ROUTER: number;
  ROUTER_MANDATORY: number;
  ROUTER_HANDOVER: number;
  REQ_RELAXED: number;
  REQ_CORRELATE: number;
  XPUB_VERBOSE: number;
  XPUB_NODROP: number;
  /** ms: a connect that failed is tried again after one to two times this; 0 or −1 = never. */
  RECONNECT_IVL: number;
}
export type OptionName = keyof Options;

const DEFAULT_OPTIONS: Readonly<Options> = {
  SNDHWM: 1000,
  RCVHWM: 1000,
  LINGER: -1,
  IMMEDIATE: 0,
  CONFLATE: 0,
  ROUTING_ID: "",
  PROBE_ROUTER: 0,
  ROUTER_MANDATORY: 0,
  ROUTER_HANDOVER: 0,
  REQ_RELAXED: 0,
  REQ_CORRELATE: 0,
  XPUB_VERBOSE: 0,
  XPUB_NODROP: 0,
  RECONNECT_IVL: 100,
};

/** A new socket's options. SUB and XSUB do not wait, when they close, to say what they wanted. */
export const optionsOf = (type: SocketType): Options =>
  type === "SUB" || type === "XSUB" ? { ...DEFAULT_OPTIONS, LINGER: 0 } : { ...DEFAULT_OPTIONS };

/** Types that know an option; all of them when it is not listed. */
const OPTION_TYPES: Partial<Record<OptionName, readonly SocketType[]>> = {
  PROBE_ROUTER: ["DEALER", "REQ", "ROUTER", "REP"],
  ROUTER_MANDATORY: ["ROUTER", "REP"],
  ROUTER_HANDOVER: ["ROUTER", "REP"],
  REQ_RELAXED: ["REQ"],
  REQ_CORRELATE: ["REQ"],
  XPUB_VERBOSE: ["XPUB", "PUB"],
  XPUB_NODROP: ["XPUB", "PUB"],
};

/** The least value of options that are no switches. */
const LEAST: Partial<Record<OptionName, number>> = { SNDHWM: 0, RCVHWM: 0, LINGER: -1, RECONNECT_IVL: -1 };
/** Switches that take nothing but 0 and 1; the others take any whole number from 0 on, which switches them on. */
const STRICT: readonly OptionName[] = ["IMMEDIATE", "CONFLATE"];
const IDENTITY_MAX = 255;

/** @returns whether a socket of this type can have the option with this value; if not, setting it gives EINVAL */
export function isOption(type: SocketType, name: string, value: unknown): name is OptionName {
  if (!Object.hasOwn(DEFAULT_OPTIONS, name)) return false;
  const option = name as OptionName;
  if (!(OPTION_TYPES[option]?.includes(type) ?? true)) return false;
  if (option === "ROUTING_ID") return typeof value === "string" && value.length > 0 && value.length <= IDENTITY_MAX;
  if (typeof value !== "number" || !Number.isInteger(value)) return false;
  return STRICT.includes(option) ? value === 0 || value === 1 : value >= (LEAST[option] ?? 0);
}

/** The options with one of them changed; `isOption` has let it pass. */
export function withOption(options: Options, name: OptionName, value: number | string): Options {
  const isSwitch = typeof value === "number" && LEAST[name] === undefined;
  return { ...options, [name]: isSwitch ? Math.min(value, 1) : value };
}

/** CONFLATE has an effect on these only (zmq_setsockopt). */
const CONFLATING: readonly SocketType[] = ["DEALER", "PULL", "PUSH", "PUB", "SUB"];
export const isConflating = (type: SocketType, options: Options): boolean =>
  options.CONFLATE === 1 && CONFLATING.includes(type);
