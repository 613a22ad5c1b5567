import words from "../app/text/en/about-redis.ts";
import { REDIS_AREAS, REDIS_FEATURES, type REDIS_SIMPLIFICATIONS, type RedisFeature } from "../engine/index.ts";
import { casesOf, provenBy, type Recorded, recordedCases, row, table } from "./fidelity-page.ts";

const AREAS: Record<(typeof REDIS_AREAS)[number], string> = words.areas;
const FEATURE_WORDS: Readonly<Record<string, string>> = words.features;
const SIMPLIFICATION_WORDS: Record<(typeof REDIS_SIMPLIFICATIONS)[number], string> = words.simplifications;

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
