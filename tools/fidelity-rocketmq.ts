import words from "../app/text/en/about-rocketmq.ts";
import { ROCKET_AREAS, ROCKET_FEATURES, type ROCKET_SIMPLIFICATIONS, type RocketFeature } from "../engine/index.ts";
import { casesOf, provenBy, type Recorded, recordedCases, row, table } from "./fidelity-page.ts";

const AREAS: Record<(typeof ROCKET_AREAS)[number], string> = words.areas;
const FEATURE_WORDS: Readonly<Record<string, string>> = words.features;
const SIMPLIFICATION_WORDS: Record<(typeof ROCKET_SIMPLIFICATIONS)[number], string> = words.simplifications;

const MODELLED = { whole: "yes", simplified: "simplified", not: "no" } as const;

/** Recorded cases of RocketMQ. */
export const rocketmqCases = (): ReturnType<typeof recordedCases> => recordedCases("rocketmq");

const featureRow = (feature: RocketFeature, cases: readonly Recorded[]): string =>
  row(
    FEATURE_WORDS[feature.id] ?? feature.id,
    MODELLED[feature.modelled],
    (feature.simplified ?? []).map((id) => SIMPLIFICATION_WORDS[id]).join(" ") || "–",
    provenBy(feature, cases),
  );

/** The page's part on RocketMQ. */
export function rocketmqPart(): string[] {
  const { cases, brokers } = rocketmqCases();
  const count = (modelled: RocketFeature["modelled"]) =>
    ROCKET_FEATURES.filter((one) => one.modelled === modelled).length;
  const groups = [...new Set(cases.map(({ name }) => name.split("/")[0] as string))].sort();
  return [
    "# RocketMQ",
    "",
    `From \`engine/models/rocketmq/about.ts\`, \`tools/fidelity-rocketmq.ts\` and the case files in \`conformance/rocketmq/\`. ` +
      `${ROCKET_FEATURES.length} features: ${count("whole")} modelled as they are, ${count("simplified")} with simplifications, ` +
      `${count("not")} not modelled. ${cases.length} cases, recorded from ${brokers.join(", ")}, are replayed by \`npm test\` and pass.`,
    "",
    ...table(
      ["part", "feature", "modelled", "simplified how", "recorded cases that prove it"],
      ROCKET_AREAS.flatMap((area) =>
        ROCKET_FEATURES.filter((one) => one.area === area).map((one) => `| ${AREAS[area]} ${featureRow(one, cases)}`),
      ),
    ),
    "",
    ...table(
      ["group", "cases", "features they prove"],
      groups.map((group) => {
        const names = cases.map(({ name }) => name).filter((name) => name.startsWith(`${group}/`));
        const proven = ROCKET_FEATURES.filter(({ proof }) =>
          proof.some((one) => casesOf(one, cases).some((name) => names.includes(name))),
        );
        return row(`\`${group}\``, String(names.length), proven.map(({ id }) => id).join(", "));
      }),
    ),
    "",
  ];
}
