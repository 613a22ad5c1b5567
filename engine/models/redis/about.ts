/** Parts of Redis, as what is said about the model is grouped. */
export const REDIS_AREAS = [
  "lists",
  "pubsub",
  "streams",
  "groups",
  "sorted-sets",
  "keys",
  "transactions",
  "server",
] as const;
export type RedisArea = (typeof REDIS_AREAS)[number];

/** Everything in which this model is less than Redis. What is not listed here is meant to be as the server does it: a difference is a bug. */
export const REDIS_SIMPLIFICATIONS = [
  "order-of-patterns",
  "memory-estimate",
  "no-eviction",
  "instant-snapshot",
  "fsync-window",
  "no-partial-resync",
  "no-sentinel",
  "big-ids",
  "commands-listed",
] as const;
export type RedisSimplification = (typeof REDIS_SIMPLIFICATIONS)[number];

/** Something that Redis does, and what became of it here. */
export interface RedisFeature {
  readonly id: string;
  readonly area: RedisArea;
  readonly modelled: "whole" | "simplified" | "not";
  readonly simplified?: readonly RedisSimplification[];
  /** Recorded cases: `group/name` with `*` for any text. */
  readonly proof: readonly (string | { readonly cases: string; readonly with: string })[];
  /** Tests of our own, for what no recording shows. */
  readonly tests?: readonly string[];
}

const MODEL = "engine/models/redis";
/** Generated sequences whose steps contain the command. */
const drawn = (command: string): { cases: string; with: string } => ({ cases: "generated/*", with: `"${command}"` });

/** What the Redis model does, in the order in which it is told. */
export const REDIS_FEATURES: readonly RedisFeature[] = [
  { id: "list-commands", area: "lists", modelled: "whole", proof: ["lists/*", "generated/lists-*"] },
  { id: "blocking", area: "lists", modelled: "whole", proof: ["blocking/*", "generated/blocking-*"] },
  { id: "reliable-queue", area: "lists", modelled: "whole", proof: ["reliable-queue/*", drawn("BLMOVE")] },
  { id: "channels", area: "pubsub", modelled: "simplified", simplified: ["order-of-patterns"], proof: ["pubsub/*"] },
  {
    id: "output-buffer",
    area: "pubsub",
    modelled: "whole",
    proof: [],
    tests: [`${MODEL}/output-buffer.test.ts`],
  },
  {
    id: "streams",
    area: "streams",
    modelled: "simplified",
    simplified: ["big-ids"],
    proof: ["streams/*", drawn("XADD")],
  },
  {
    id: "trimming",
    area: "streams",
    modelled: "whole",
    proof: ["streams/maxlen-approximate", "streams/xtrim", "streams/minid"],
  },
  { id: "groups", area: "groups", modelled: "whole", proof: ["groups/*", "generated/groups-*", "generated/mixed-*"] },
  {
    id: "claims",
    area: "groups",
    modelled: "whole",
    proof: ["groups/xclaim*", "groups/xautoclaim-*", drawn("XAUTOCLAIM")],
  },
  { id: "delayed-jobs", area: "sorted-sets", modelled: "whole", proof: ["delayed/*"] },
  { id: "expiry", area: "keys", modelled: "whole", proof: ["expire/*"] },
  { id: "transactions", area: "transactions", modelled: "whole", proof: ["tx/*", drawn("WATCH")] },
  { id: "access", area: "server", modelled: "whole", proof: ["access/*"], tests: [`${MODEL}/access.test.ts`] },
  {
    id: "memory-limit",
    area: "server",
    modelled: "simplified",
    simplified: ["memory-estimate", "no-eviction"],
    proof: ["access/oom-*"],
    tests: [`${MODEL}/durability.test.ts`],
  },
  {
    id: "persistence",
    area: "server",
    modelled: "simplified",
    simplified: ["instant-snapshot", "fsync-window"],
    proof: ["persistence/*"],
    tests: [`${MODEL}/durability.test.ts`],
  },
  {
    id: "replication",
    area: "server",
    modelled: "simplified",
    simplified: ["no-partial-resync", "no-sentinel"],
    proof: ["replication/*"],
    tests: [`${MODEL}/durability.test.ts`, `${MODEL}/fuzz.test.ts`, `${MODEL}/acknowledgement.test.ts`],
  },
  { id: "other-commands", area: "server", modelled: "not", simplified: ["commands-listed"], proof: [] },
  { id: "cluster", area: "server", modelled: "not", simplified: ["no-sentinel"], proof: [] },
];
