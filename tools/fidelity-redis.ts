import { REDIS_AREAS, REDIS_FEATURES, type REDIS_SIMPLIFICATIONS, type RedisFeature } from "../engine/index.ts";
import { casesOf, provenBy, type Recorded, recordedCases, row, table } from "./fidelity-page.ts";

const AREAS: Record<(typeof REDIS_AREAS)[number], string> = {
  lists: "Lists",
  pubsub: "Channels",
  streams: "Streams",
  groups: "Consumer groups",
  "sorted-sets": "Sorted sets",
  keys: "Keys",
  transactions: "Transactions",
  server: "Servers",
};

const FEATURE_WORDS: Record<string, string> = {
  "list-commands": "Lists: pushes and pops at both ends, ranges, removal by value, moves; empty lists are no keys.",
  blocking:
    "Blocking pops and moves: after the whole command, keys in the order of becoming ready, clients longest-waiting first.",
  "reliable-queue": "The reliable queue: take by LMOVE, finish by LREM, put back by whoever looks after it.",
  channels: "Channels and patterns: fire and forget, counted by subscription.",
  "output-buffer": "Output buffers of slow subscribers, with hard and soft limits.",
  streams: "Streams: ids, ranges, reading without removing, fan-out to blocked readers.",
  trimming: "Trimming by length and id, exactly or by whole nodes of 100 entries or 4096 bytes.",
  groups: "Consumer groups: pending lists, history, acknowledgement, lag, NOACK, blocked members.",
  claims: "Claims: idle times, delivery counts, deleted entries, cursors.",
  "delayed-jobs": "Sorted sets as delayed queues: scores, bounds, pops and blocking pops.",
  expiry: "Times to live of keys, over restarts too.",
  transactions: "MULTI, EXEC, DISCARD, WATCH: no rollback, nothing in between.",
  access: "Users with rights for commands, categories, keys and channels; passwords.",
  "memory-limit": "maxmemory: commands that may need memory are refused.",
  persistence: "Snapshots and the append-only file: what a kill, a power cut and a polite stop leave.",
  replication: "Asynchronous replicas, chains, cut links, takeover by hand, WAIT, min-replicas-to-write.",
  "other-commands": "Hashes, sets, scripts, bitmaps, geo, keyspace events, RESP3.",
  cluster: "Cluster slots, sharded channels and Sentinel’s election.",
};

const SIMPLIFICATION_WORDS: Record<(typeof REDIS_SIMPLIFICATIONS)[number], string> = {
  "order-of-patterns":
    "Several patterns of one client are matched in the order of subscribing; the server’s order is by chance.",
  "memory-estimate": "Memory is an empty server’s megabyte and the messages’ own bytes.",
  "no-eviction": "noeviction is the only policy.",
  "instant-snapshot": "A snapshot takes no time and no second process.",
  "fsync-window":
    "everysec forces the file to disk one second after the first change, no after thirty; a slow disk delays neither.",
  "no-partial-resync": "A replica that lost its primary begins anew with all data, at once.",
  "no-sentinel": "Takeovers are told, not elected; there is no Cluster.",
  "big-ids": "Parts of ids are exact up to 2⁵³.",
  "commands-listed": "Only the commands of the recordings’ OPS.md exist, with all their options but XINFO STREAM FULL.",
};

const MODELLED = { whole: "yes", simplified: "simplified", not: "no" } as const;

/** Recorded cases of Redis. */
export const redisCases = (): ReturnType<typeof recordedCases> => recordedCases("redis");

const featureRow = (feature: RedisFeature, cases: readonly Recorded[]): string =>
  row(
    FEATURE_WORDS[feature.id] ?? feature.id,
    MODELLED[feature.modelled],
    (feature.simplified ?? []).map((id) => SIMPLIFICATION_WORDS[id]).join(" ") || "–",
    provenBy(feature, cases),
  );

/** The page's part on Redis. */
export function redisPart(): string[] {
  const { cases, brokers } = redisCases();
  const count = (modelled: RedisFeature["modelled"]) =>
    REDIS_FEATURES.filter((one) => one.modelled === modelled).length;
  const groups = [...new Set(cases.map(({ name }) => name.split("/")[0] as string))].sort();
  return [
    "# Redis",
    "",
    `From \`engine/models/redis/about.ts\`, \`tools/fidelity-redis.ts\` and the case files in \`conformance/redis/\`. ` +
      `${REDIS_FEATURES.length} features: ${count("whole")} modelled as they are, ${count("simplified")} with simplifications, ` +
      `${count("not")} not modelled. ${cases.length} cases, recorded from ${brokers.join(", ")}, are replayed by \`npm test\` and pass.`,
    "",
    ...table(
      ["part", "feature", "modelled", "simplified how", "recorded cases that prove it"],
      REDIS_AREAS.flatMap((area) =>
        REDIS_FEATURES.filter((one) => one.area === area).map((one) => `| ${AREAS[area]} ${featureRow(one, cases)}`),
      ),
    ),
    "",
    ...table(
      ["group", "cases", "features they prove"],
      groups.map((group) => {
        const names = cases.map(({ name }) => name).filter((name) => name.startsWith(`${group}/`));
        const proven = REDIS_FEATURES.filter(({ proof }) =>
          proof.some((one) => casesOf(one, cases).some((name) => names.includes(name))),
        );
        return row(`\`${group}\``, String(names.length), proven.map(({ id }) => id).join(", "));
      }),
    ),
    "",
  ];
}
