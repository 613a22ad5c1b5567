/** Parts of ZeroMQ, as what is said about the model is grouped. */
export const ZMQ_AREAS = [
  "connections",
  "limits",
  "pipeline",
  "pubsub",
  "reqrep",
  "router",
  "pair",
  "library",
] as const;
export type ZmqArea = (typeof ZMQ_AREAS)[number];

/** Everything in which this model is less than libzmq. What is not listed here is meant to be as the library does it: a difference is a bug. */
export const ZMQ_SIMPLIFICATIONS = [
  "instant-connections",
  "boundless-wire",
  "quiet-steps",
  "wrong-peers",
  "whole-messages",
  "options-listed",
  "prompt-proxies",
] as const;
export type ZmqSimplification = (typeof ZMQ_SIMPLIFICATIONS)[number];

/** Something that ZeroMQ does, and what became of it here. */
export interface ZmqFeature {
  readonly id: string;
  readonly area: ZmqArea;
  readonly modelled: "whole" | "simplified" | "not";
  readonly simplified?: readonly ZmqSimplification[];
  /** Recorded cases: `group/name` with `*` for any text. */
  readonly proof: readonly (string | { readonly cases: string; readonly with: string })[];
  /** Tests of our own, for what no recording shows. */
  readonly tests?: readonly string[];
}

const test = (name: string): string => `engine/models/zeromq/${name}.test.ts`;

/** What the ZeroMQ model does, in the order in which it is told. */
export const ZMQ_FEATURES: readonly ZmqFeature[] = [
  {
    id: "endpoints",
    area: "connections",
    modelled: "simplified",
    simplified: ["instant-connections", "wrong-peers"],
    proof: ["lifecycle/errors", "lifecycle/bind-many", "lifecycle/unbind", "lifecycle/close-bound-inproc"],
    tests: [test("connections")],
  },
  {
    id: "reconnect",
    area: "connections",
    modelled: "simplified",
    simplified: ["instant-connections"],
    proof: [
      "lifecycle/reconnect",
      "lifecycle/receiver-closed-tcp",
      "lifecycle/bound-push-loses-queue",
      "pubsub/publisher-returns",
      "pipeline/connect-makes-queue",
    ],
    tests: [test("connections"), test("breaks")],
  },
  {
    id: "immediate",
    area: "connections",
    modelled: "whole",
    proof: ["pipeline/immediate"],
    tests: [test("connections")],
  },
  {
    id: "linger",
    area: "connections",
    modelled: "whole",
    proof: ["lifecycle/linger-zero", "lifecycle/sender-closed"],
    tests: [test("connections"), test("losses")],
  },
  {
    id: "losses",
    area: "connections",
    modelled: "whole",
    proof: ["pipeline/worker-gone", "lifecycle/receiver-closed-tcp", "hwm/pub-drops", "hwm/router-drops"],
    tests: [test("losses"), test("fuzz")],
  },
  {
    id: "high-water-marks",
    area: "limits",
    modelled: "simplified",
    simplified: ["boundless-wire", "quiet-steps"],
    proof: ["hwm/*", "generated/pipeline-*"],
    tests: [test("limits"), test("wire")],
  },
  {
    id: "conflate",
    area: "limits",
    modelled: "whole",
    proof: ["lifecycle/conflate", "lifecycle/conflate-inproc"],
    tests: [test("conflate")],
  },
  {
    id: "round-robin",
    area: "pipeline",
    modelled: "whole",
    proof: ["pipeline/*", "generated/pipeline-*", "generated/tcp-*"],
    tests: [test("property")],
  },
  {
    id: "subscriptions",
    area: "pubsub",
    modelled: "whole",
    proof: ["pubsub/*", "generated/pubsub-*"],
    tests: [test("pubsub-rules"), test("property")],
  },
  {
    id: "forwarder",
    area: "pubsub",
    modelled: "simplified",
    simplified: ["whole-messages"],
    proof: ["pubsub/xpub-*", "pubsub/forwarder"],
    tests: [test("pubsub-rules")],
  },
  {
    id: "lockstep",
    area: "reqrep",
    modelled: "whole",
    proof: ["reqrep/*", "generated/reqrep-*"],
    tests: [test("router-rules"), test("property")],
  },
  {
    id: "envelopes",
    area: "reqrep",
    modelled: "whole",
    proof: ["reqrep/envelope-missing", "reqrep/dealer-to-rep-no-delimiter", "router/proxy", "generated/reqrep-*"],
    tests: [test("router-rules")],
  },
  {
    id: "relaxed",
    area: "reqrep",
    modelled: "whole",
    proof: ["reqrep/relaxed", "reqrep/relaxed-new-peer"],
    tests: [test("router-rules")],
  },
  {
    id: "identities",
    area: "router",
    modelled: "whole",
    proof: ["router/*", "generated/router-*", "lifecycle/router-mandatory-late"],
    tests: [test("router-rules"), test("property")],
  },
  { id: "one-peer", area: "pair", modelled: "whole", proof: ["pair/*"], tests: [test("pair-rules")] },
  {
    id: "options",
    area: "library",
    modelled: "simplified",
    simplified: ["options-listed"],
    proof: ["lifecycle/router-mandatory-late"],
    tests: [test("options")],
  },
  {
    id: "proxies",
    area: "library",
    modelled: "simplified",
    simplified: ["prompt-proxies"],
    proof: ["pubsub/forwarder", "router/proxy"],
    tests: [test("proxy-rules"), "engine/run/zeromq/zmq-run.test.ts"],
  },
  { id: "security", area: "library", modelled: "not", proof: [] },
  { id: "other-sockets", area: "library", modelled: "not", proof: [] },
];
