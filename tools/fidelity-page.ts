import { readFileSync } from "node:fs";
import { RULES } from "../app/panels/inspector/rules.ts";
import about from "../app/text/en/about.ts";
import rules from "../app/text/en/rules.ts";
import { caseFiles, OWN_CASES, ownExceptions } from "../conformance/command.ts";
import { readCaseFile } from "../conformance/format.ts";
import { ABOUT_AREAS, FEATURES, type Feature, type Proof, SIMPLIFICATIONS } from "../engine/index.ts";
import { kafkaPart } from "./fidelity-kafka.ts";
import { redisPart } from "./fidelity-redis.ts";
import { rocketmqPart } from "./fidelity-rocketmq.ts";
import { zeromqPart } from "./fidelity-zeromq.ts";
import { root } from "./install.mjs";

/** A recorded case, as far as it proves something. */
export interface Recorded {
  /** `group/name` */
  readonly name: string;
  /** Its operations as JSON, in which a proof may look for a text. */
  readonly steps: string;
}

/** Every case of ours of a system that must pass, without the name of the system. */
export function recordedCases(system = "rabbitmq"): { cases: Recorded[]; brokers: string[] } {
  const excepted = new Set(ownExceptions().map(({ id }) => id));
  const cases: Recorded[] = [];
  const brokers = new Set<string>();
  for (const path of caseFiles(`${OWN_CASES}${system}`)) {
    const text = readFileSync(path, "utf8");
    brokers.add((JSON.parse(text) as { recorded: { broker: string } }).recorded.broker);
    for (const { id, steps } of readCaseFile(text).cases) {
      if (excepted.has(id)) continue;
      cases.push({ name: id.slice(system.length + 1), steps: JSON.stringify(steps) });
    }
  }
  return { cases, brokers: [...brokers].sort() };
}

/** The cases that a proof names. */
export function casesOf(proof: Proof, cases: readonly Recorded[]): string[] {
  const { cases: pattern, with: text } = typeof proof === "string" ? { cases: proof, with: "" } : proof;
  const parts = pattern.split("*").map((part) => part.replace(/[^\w/-]/g, "\\$&"));
  const matches = new RegExp(`^${parts.join(".*")}$`);
  return cases.filter(({ name, steps }) => matches.test(name) && steps.includes(text)).map(({ name }) => name);
}

const MODELLED = { whole: "yes", simplified: "simplified", not: "no" } as const;
const featureWords: Readonly<Record<string, string>> = about.rabbitmq.features;
const simplificationWords: Readonly<Record<string, string>> = about.rabbitmq.simplifications;

const ruleWords: Readonly<Record<string, string>> = rules.say;

/** A sentence of the page, with the signs that Markdown would read as its own made plain. */
const plain = (text: string): string => text.replace(/[*_|]/g, "\\$&");

export const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

export const table = (heads: readonly string[], rows: readonly string[]): string[] => [
  row(...heads),
  row(...heads.map(() => "---")),
  ...rows,
];

const proofName = (proof: Proof): string =>
  typeof proof === "string" ? `\`${proof}\`` : `\`${proof.cases}\` with \`${proof.with.replaceAll('"', "")}\``;

const testLink = (path: string): string => `[${path.replace(/^.*\//, "")}](../${path})`;

export function provenBy(
  { modelled, proof, tests = [] }: Pick<Feature, "modelled" | "proof" | "tests">,
  cases: readonly Recorded[],
): string {
  const names = new Set(proof.flatMap((one) => casesOf(one, cases)));
  const links = tests.map(testLink).join(", ");
  if (names.size === 0) return modelled === "not" ? "–" : `no recorded case; proven by ${links}`;
  const from = proof.map((one) => `${proofName(one)} (${casesOf(one, cases).length})`).join(", ");
  return `**${names.size}**: ${from}${links === "" ? "" : `; also ${links}`}`;
}

const featureRow = (feature: Feature, cases: readonly Recorded[]): string =>
  row(
    plain(featureWords[feature.id] ?? feature.id),
    MODELLED[feature.modelled],
    (feature.simplified ?? []).map((id) => plain(simplificationWords[id] ?? id)).join(" ") || "–",
    provenBy(feature, cases),
  );

function groupRow(group: string, cases: readonly Recorded[]): string {
  const names = cases.map(({ name }) => name).filter((name) => name.startsWith(`${group}/`));
  const proven = FEATURES.filter(({ proof }) =>
    proof.some((one) => casesOf(one, cases).some((name) => names.includes(name))),
  );
  return row(`\`${group}\``, String(names.length), proven.map(({ id }) => id).join(", "));
}

/** docs/fidelity.md, made from what the model declares and from the recorded cases. */
export function fidelityPage(): string {
  const { cases, brokers } = recordedCases();
  const count = (modelled: Feature["modelled"]) => FEATURES.filter((one) => one.modelled === modelled).length;
  const groups = [...new Set(cases.map(({ name }) => name.split("/")[0] as string))].sort();
  const lines = [
    "# Fidelity",
    "",
    "First RabbitMQ, then [Kafka](#kafka), [Redis](#redis) and [ZeroMQ](#zeromq).",
    "",
    "What the RabbitMQ model does, what it leaves out, and which recorded cases prove it. Written by",
    "`node tools/run-ts.mjs tools/fidelity.ts` from the model's own declarations (`engine/models/rabbitmq/about*.ts`), the words of",
    "“About this model” and the case files in `conformance/rabbitmq/`; a test fails when this page is out of date.",
    "",
    `${FEATURES.length} features: ${count("whole")} modelled as they are, ${count("simplified")} with simplifications, ${count("not")} not modelled. ` +
      `${cases.length} cases, recorded from ${brokers.join(", ")}, are replayed by \`npm test\` and pass.`,
    "A feature whose proof is `group/*` is shown by every case of that group; *with* names a text that the case's steps contain.",
    "What 4.x does otherwise than the recorded broker is shown by our own tests.",
    "",
    ...ABOUT_AREAS.flatMap((area) => [
      `## ${about.areas[area]}`,
      "",
      ...table(
        ["feature", "modelled", "simplified how", "recorded cases that prove it"],
        FEATURES.filter((one) => one.area === area).map((one) => featureRow(one, cases)),
      ),
      "",
    ]),
    "## Simplifications",
    "",
    ...table(
      ["part", "simplification", "features"],
      SIMPLIFICATIONS.map(({ id, area }) =>
        row(
          about.areas[area],
          plain(simplificationWords[id] ?? id),
          FEATURES.filter(({ simplified = [] }) => simplified.includes(id))
            .map((one) => one.id)
            .join(", "),
        ),
      ),
    ),
    "",
    "## Rules that the page quotes",
    "",
    "Beside what happened to a node (“Why?”), each with the page of the documentation that says so.",
    "",
    ...table(
      ["rule", "features"],
      Object.entries(RULES).map(([id, source]) =>
        row(
          `${plain(ruleWords[id] ?? id)} [${source.replace(/^.*\//, "")}](${source})`,
          FEATURES.filter((one) => one.rules?.includes(id))
            .map((one) => one.id)
            .join(", ") || "–",
        ),
      ),
    ),
    "",
    "## Cases by group",
    "",
    ...table(
      ["group", "cases", "features they prove"],
      groups.map((group) => groupRow(group, cases)),
    ),
    "",
    ...kafkaPart(),
    ...rocketmqPart(),
    ...redisPart(),
    ...zeromqPart(),
  ];
  return lines.join("\n");
}

/** Where the page stands. */
export const FIDELITY_FILE: string = `${root}docs/fidelity.md`;
