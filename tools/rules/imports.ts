import { posix } from "node:path";
import { type Finding, importedModules, isTest, type Rule, type SyntaxNode, walk } from "./source.ts";

interface Zone {
  /** Which files belong to the zone; the first zone that matches decides. */
  readonly files: RegExp;
  /** Files of the repository that they may import. */
  readonly mayKnow: readonly RegExp[];
  /** Packages that they may import; `node:` counts as one. */
  readonly packages: RegExp;
}

const none = /^$/;
const modelContract = /^engine\/models\/(?!index\.)[^/]+\.ts$/;
const engineButTesting = /^engine\/(?!testing\/)/;

/** Who may know whom; docs/architecture.md says why. */
const zones: readonly Zone[] = [
  { files: /^engine\/kernel\//, mayKnow: [/^engine\/kernel\//], packages: none },
  { files: /^engine\/models\/index\.ts$/, mayKnow: [/^engine\/(kernel|models)\//], packages: none },
  { files: modelContract, mayKnow: [/^engine\/kernel\//, modelContract], packages: none },
  // A model: its own folder is added below, because it differs from model to model.
  { files: /^engine\/models\//, mayKnow: [/^engine\/kernel\//, modelContract], packages: none },
  { files: /^engine\/scenario\//, mayKnow: [/^engine\/(kernel|scenario)\//], packages: none },
  { files: /^engine\/definitions\//, mayKnow: [/^engine\/(kernel|scenario|definitions)\//], packages: none },
  {
    files: /^engine\/metrics\//,
    mayKnow: [/^engine\/(kernel|scenario|metrics)\//, modelContract],
    packages: none,
  },
  { files: /^engine\/lesson\//, mayKnow: [/^engine\/(kernel|scenario|metrics|lesson)\//], packages: none },
  {
    files: /^engine\/run\//,
    mayKnow: [/^engine\/(kernel|scenario|metrics|models|lesson|run)\//, /^engine\/worker\/protocol/],
    packages: none,
  },
  { files: /^engine\/testing\//, mayKnow: [/^engine\//], packages: /^(vitest|fast-check)$/ },
  { files: /^engine\//, mayKnow: [engineButTesting], packages: none },
  {
    files: /^app\/store\//,
    mayKnow: [/^app\//, /^scenarios\//, /^engine\/(scenario|definitions|lesson)\//, /^engine\/worker\/protocol/],
    packages: /^(?!node:|react|@xyflow)/,
  },
  {
    files: /^app\//,
    // Theory is worked out on the document alone, intervals on what the run has summed up: neither takes the worker's time.
    mayKnow: [
      /^app\//,
      /^scenarios\//,
      /^engine\/(scenario|definitions|lesson)\//,
      /^engine\/metrics\/(theory-fit|predictions|steady-state|plan|batch-means|vocabulary)/,
      /^engine\/worker\/protocol/,
    ],
    packages: /^(?!node:)/,
  },
  {
    files: /^scenarios\//,
    mayKnow: [/^scenarios\//, /^engine\/index\.ts$/, /^engine\/(scenario|lesson)\//],
    packages: none,
  },
  {
    // It measures the page's worker too, so it speaks the worker's protocol, to a browser that it starts and to the driver itself.
    files: /^bench\//,
    mayKnow: [/^bench\//, /^engine\/index\.ts$/, /^engine\/worker\/(protocol|session)/, /^tools\/browser\.ts$/],
    packages: /./,
  },
  {
    files: /^(cli|conformance)\//,
    // The link codec, the layout and the sentences serve page and command line alike; none of them needs a page.
    mayKnow: [/^(cli|conformance|scenarios)\//, /^engine\/index\.ts$/, /^app\/(share|text)\//],
    packages: /./,
  },
  { files: /^e2e\//, mayKnow: [/^(e2e|scenarios)\//, /^app\/text\//, /^tools\/browser\.ts$/], packages: /./ },
];

/** Tests look behind the curtain of their own part, but not across the one border that the worker draws. */
const testZones: readonly Zone[] = [
  { files: /^engine\//, mayKnow: [/^(engine|scenarios|conformance)\//], packages: /./ },
  { files: /^app\//, mayKnow: [/^(app|engine|scenarios)\//], packages: /./ },
  { files: /./, mayKnow: [/./], packages: /./ },
];

/** The folder of one model, for a file in it. */
const ownModel = (path: string): string | undefined => /^engine\/models\/[^/]+\//.exec(path)?.[0];

/** The file of the repository that a relative import names; undefined for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ""));
}

const directions: Rule = {
  name: "who-knows-whom",
  reason: "Each part can be read, tested and replaced alone only while its knowledge points one way.",
  remedy:
    "pass the value in, move the shared type to the side that both may know, or export it from engine/index.ts; the table is in docs/architecture.md.",
  check({ path, program }) {
    const zone = (isTest(path) && !path.startsWith("e2e/") ? testZones : zones).find(({ files }) => files.test(path));
    if (!zone) return [];
    const own = ownModel(path);
    const findings: Finding[] = [];
    for (const { specifier, offset } of importedModules(program)) {
      const target = targetOf(path, specifier);
      if (target === undefined) {
        if (!zone.packages.test(specifier)) findings.push({ offset, found: `imports the package ${specifier}` });
      } else if (!zone.mayKnow.some((known) => known.test(target)) && !(own && target.startsWith(own))) {
        findings.push({ offset, found: `imports ${target}` });
      }
    }
    return findings;
  },
};

const oneDoor: Rule = {
  name: "one-door-to-the-worker",
  reason: "What speaks to the worker must all stop, restart and drop late messages together.",
  remedy: "send a request through app/bridge.",
  check({ path, program }) {
    if (!path.startsWith("app/") || path.startsWith("app/bridge/") || isTest(path)) return [];
    const findings: Finding[] = [];
    walk(program, (node) => {
      const callee = node.callee as SyntaxNode | undefined;
      if (node.type === "NewExpression" && /^(Shared)?Worker$/.test(String(callee?.name))) {
        findings.push({ offset: node.start, found: `new ${callee?.name}` });
      }
    });
    return findings;
  },
};

const noWaitForRest: Rule = {
  name: "nothing-waits-for-rest",
  reason:
    "React draws what `lazy` brings when nothing else changes: on a slow machine, while a run plays, that is never.",
  remedy: "use `fetched` of app/fetched.tsx.",
  check({ path, program }) {
    if (!path.startsWith("app/") || isTest(path)) return [];
    const findings: Finding[] = [];
    walk(program, (node) => {
      const { imported } = node as { imported?: SyntaxNode };
      if (node.type === "ImportSpecifier" && /^(lazy|Suspense)$/.test(String(imported?.name)))
        findings.push({ offset: node.start, found: `imports ${imported?.name}` });
    });
    return findings;
  },
};

export const importRules: readonly Rule[] = [directions, oneDoor, noWaitForRest];
