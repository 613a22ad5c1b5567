import words from "../app/text/en/about-kafka.ts";
import { KAFKA_AREAS, KAFKA_FEATURES, type KAFKA_SIMPLIFICATIONS, type KafkaFeature } from "../engine/index.ts";
import { casesOf, provenBy, type Recorded, recordedCases, row, table } from "./fidelity-page.ts";

const AREAS: Record<(typeof KAFKA_AREAS)[number], string> = words.areas;
const FEATURE_WORDS: Readonly<Record<string, string>> = words.features;
const SIMPLIFICATION_WORDS: Record<(typeof KAFKA_SIMPLIFICATIONS)[number], string> = words.simplifications;

const MODELLED = { whole: "yes", simplified: "simplified", not: "no" } as const;

/** Recorded cases of Kafka. */
export const kafkaCases = (): ReturnType<typeof recordedCases> => recordedCases("kafka");

const featureRow = (feature: KafkaFeature, cases: readonly Recorded[]): string =>
  row(
    FEATURE_WORDS[feature.id] ?? feature.id,
    MODELLED[feature.modelled],
    (feature.simplified ?? []).map((id) => SIMPLIFICATION_WORDS[id]).join(" ") || "–",
    provenBy(feature, cases),
  );

/** The page's part on Kafka. */
export function kafkaPart(): string[] {
  const { cases, brokers } = kafkaCases();
  const count = (modelled: KafkaFeature["modelled"]) =>
    KAFKA_FEATURES.filter((one) => one.modelled === modelled).length;
  const groups = [...new Set(cases.map(({ name }) => name.split("/")[0] as string))].sort();
  return [
    "# Kafka",
    "",
    `From \`engine/models/kafka/about.ts\`, \`tools/fidelity-kafka.ts\` and the case files in \`conformance/kafka/\`. ` +
      `${KAFKA_FEATURES.length} features: ${count("whole")} modelled as they are, ${count("simplified")} with simplifications, ` +
      `${count("not")} not modelled. ${cases.length} cases, recorded from ${brokers.join(", ")}, are replayed by \`npm test\` and pass.`,
    "",
    ...table(
      ["part", "feature", "modelled", "simplified how", "recorded cases that prove it"],
      KAFKA_AREAS.flatMap((area) =>
        KAFKA_FEATURES.filter((one) => one.area === area).map((one) => `| ${AREAS[area]} ${featureRow(one, cases)}`),
      ),
    ),
    "",
    ...table(
      ["group", "cases", "features they prove"],
      groups.map((group) => {
        const names = cases.map(({ name }) => name).filter((name) => name.startsWith(`${group}/`));
        const proven = KAFKA_FEATURES.filter(({ proof }) =>
          proof.some((one) => casesOf(one, cases).some((name) => names.includes(name))),
        );
        return row(`\`${group}\``, String(names.length), proven.map(({ id }) => id).join(", "));
      }),
    ),
    "",
  ];
}
