import words from "../app/text/en/about-zeromq.ts";
import { ZMQ_AREAS, ZMQ_FEATURES, type ZmqFeature } from "../engine/index.ts";
import { casesOf, provenBy, type Recorded, recordedCases, row, table } from "./fidelity-page.ts";

const AREAS: Readonly<Record<string, string>> = words.areas;
const FEATURE_WORDS: Readonly<Record<string, string>> = words.features;
const SIMPLIFICATION_WORDS: Readonly<Record<string, string>> = words.simplifications;

const MODELLED = { whole: "yes", simplified: "simplified", not: "no" } as const;

/** Recorded cases of ZeroMQ. */
export const zeromqCases = (): ReturnType<typeof recordedCases> => recordedCases("zeromq");

const featureRow = (feature: ZmqFeature, cases: readonly Recorded[]): string =>
  row(
    FEATURE_WORDS[feature.id] ?? feature.id,
    MODELLED[feature.modelled],
    (feature.simplified ?? []).map((id) => SIMPLIFICATION_WORDS[id]).join(" ") || "–",
    provenBy(feature, cases),
  );

/** The page's part on ZeroMQ. */
export function zeromqPart(): string[] {
  const { cases, brokers } = zeromqCases();
  const count = (modelled: ZmqFeature["modelled"]) => ZMQ_FEATURES.filter((one) => one.modelled === modelled).length;
  const groups = [...new Set(cases.map(({ name }) => name.split("/")[0] as string))].sort();
  return [
    "# ZeroMQ",
    "",
    `From \`engine/models/zeromq/about.ts\`, \`tools/fidelity-zeromq.ts\` and the case files in \`conformance/zeromq/\`. ` +
      `${ZMQ_FEATURES.length} features: ${count("whole")} modelled as they are, ${count("simplified")} with simplifications, ` +
      `${count("not")} not modelled. ${cases.length} cases, recorded from ${brokers.join(", ")}, are replayed by \`npm test\` and pass.`,
    "",
    ...table(
      ["part", "feature", "modelled", "simplified how", "recorded cases that prove it"],
      ZMQ_AREAS.flatMap((area) =>
        ZMQ_FEATURES.filter((one) => one.area === area).map((one) => `| ${AREAS[area]} ${featureRow(one, cases)}`),
      ),
    ),
    "",
    ...table(
      ["group", "cases", "features they prove"],
      groups.map((group) => {
        const names = cases.map(({ name }) => name).filter((name) => name.startsWith(`${group}/`));
        const proven = ZMQ_FEATURES.filter(({ proof }) =>
          proof.some((one) => casesOf(one, cases).some((name) => names.includes(name))),
        );
        return row(`\`${group}\``, String(names.length), proven.map(({ id }) => id).join(", "));
      }),
    ),
    "",
  ];
}
