export { ZMQ_AREAS, ZMQ_FEATURES, ZMQ_SIMPLIFICATIONS, type ZmqFeature } from "./about.ts";
export { CODES, type ZmqError } from "./codes.ts";
export { legalPeers, SOCKET_TYPES, type SocketType } from "./options.ts";
export type { ZmqSink } from "./sink.ts";
export type { ZmqConfig } from "./state.ts";
export { ZmqModel } from "./zeromq.ts";
