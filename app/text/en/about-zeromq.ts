/** What the ZeroMQ model does and leaves out. The ids are those of `engine/models/zeromq/about.ts`; `docs/fidelity.md` is made of the English sentences. */
const zeromq = {
  areas: {
    connections: "Connections",
    limits: "Limits",
    pipeline: "PUSH–PULL",
    pubsub: "PUB–SUB",
    reqrep: "REQ–REP",
    router: "ROUTER–DEALER",
    pair: "PAIR",
    library: "Library",
  },
  features: {
    endpoints:
      "Bind, connect, unbind and disconnect, over inproc and TCP, in any order; several of each on one socket.",
    reconnect:
      "TCP connects that are tried again; what the connecting and the bound side keep when a connection breaks.",
    immediate: "IMMEDIATE: no pipe before the connection stands.",
    linger: "LINGER: what a closed socket still sends, and for how long.",
    losses: "Where messages are lost or dropped, each in the account with its reason.",
    "high-water-marks": "High-water marks for each pipe, on both sides; credit in batches.",
    conflate: "CONFLATE: one place, the newest message.",
    "round-robin": "Round-robin over peers that are not full; fair queueing.",
    subscriptions:
      "Filtering by prefix at the publisher and once more at the subscriber; late joiners; drops at the limit.",
    forwarder: "XPUB and XSUB: subscriptions as messages, VERBOSE and NODROP.",
    lockstep: "REQ and REP in turn, EFSM out of turn; several servers, several clients.",
    envelopes: "Envelopes: what each type puts before the body and takes off.",
    relaxed: "REQ_RELAXED and REQ_CORRELATE.",
    identities: "Identities, given and made up; mandatory, handover, probe.",
    "one-peer": "PAIR: one peer at a time.",
    options: "Options: which type takes which values, and when they begin to hold.",
    proxies:
      "Proxies: queue, forwarder, streamer, and a load balancer that hands the next request to the worker that has been free longest.",
    security: "NULL, PLAIN and CURVE, heartbeats, message size limits.",
    "other-sockets": "STREAM and the draft types; ipc, pgm, udp; polling, monitors, steerable proxies.",
  },
  simplifications: {
    "instant-connections":
      "A connection is made or lost in no time; only the attempts to connect again take time, by the run’s own chance.",
    "boundless-wire":
      "A TCP connection itself holds any number of messages (in a drawing, one); real kernels count bytes.",
    "quiet-steps": "What a call causes at other sockets has happened when it returns: no race between two of them.",
    "wrong-peers":
      "Two types that do not fit give up at once over TCP; in the library the connecting one may try again for a while.",
    "whole-messages": "Frames of a message are sent and received together, never one by one.",
    "prompt-proxies":
      "A proxy takes no time, and what a worker of a load balancer says when it connects, that it is free, is no message of the account.",
    "options-listed": "Only the options of the recordings’ OPS.md exist.",
  },
} as const;

export default zeromq;
