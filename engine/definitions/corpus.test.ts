import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRun, seconds } from "../index.ts";
import { EDGES_MAX, NODES_MAX, problemsOf, type Scenario, settingsAs, validate } from "../scenario/index.ts";
import { exportDefinitions, importDefinitions, readDefinitions, vhostsOf } from "./index.ts";

/** Our own fixtures always; other people's files where they lie beside the repository (they are not copied into it). */
const FIXTURES = new URL("./fixtures/", import.meta.url);
const CORPUS = new URL("../../../shared/corpus/rabbitmq-definitions/", import.meta.url);

function filesIn(folder: URL): [string, URL][] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => [name, new URL(name, folder)]);
}

const ODD = filesIn(new URL("odd/", CORPUS));
const FILES = [...filesIn(FIXTURES), ...filesIn(CORPUS), ...ODD];

/** What the odd files are answered with: a refusal with its place, or notices. */
const REFUSED: { readonly [name: string]: { code: string; facts: object } } = {
  "01-federation-broken.json": { code: "no-json", facts: { line: 2, column: 1, text: "{" } },
  "02-awesome-broken.json": { code: "trailing-comma", facts: { line: 87, column: 6 } },
  "03-bancario-broken.json": { code: "no-json", facts: { line: 5, column: 5, text: "{" } },
  "08-trailing-comma.json": { code: "trailing-comma", facts: { line: 64, column: 10 } },
  "20-empty-made.json": { code: "empty-file", facts: {} },
  "21-comments-made.json": { code: "comment", facts: { line: 1, column: 1 } },
  "23-wrong-types-made.json": { code: "not-a-list", facts: { path: "exchanges" } },
};

const readingOf = (url: URL) => readDefinitions(readFileSync(url, "utf8"));

describe.each(FILES)("%s", (name, url) => {
  const read = readingOf(url);
  const refusal = ODD.some(([odd]) => odd === name) ? REFUSED[name] : undefined;
  if (!read.ok || refusal !== undefined) {
    it("is refused with a reason and its place", () => {
      expect(read).toMatchObject({ ok: false, ...refusal });
    });
    return;
  }
  const all = vhostsOf(read.file).map((one) => one.name);

  it.each(all.length === 0 ? ["/"] : all)(
    "virtual host %s is drawn within the limits, and comes back from the export as it was",
    (vhost) => {
      for (const traffic of [true, false]) {
        const { scenario, notices } = importDefinitions(read.file, { vhost, traffic });
        expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(notices.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(scenario.nodes.length).toBeLessThanOrEqual(NODES_MAX);
        expect(scenario.edges.length).toBeLessThanOrEqual(EDGES_MAX);
        const again = readDefinitions(exportDefinitions(scenario).text);
        if (!again.ok) throw new Error(`${again.code} ${JSON.stringify(again.facts)}`);
        expect(importDefinitions(again.file, { vhost, traffic }).scenario).toEqual(scenario);
      }
    },
  );

  it("shows traffic at once: modest, every message accounted for, nobody overloaded", () => {
    const { scenario, counts } = importDefinitions(read.file);
    const rates = scenario.nodes
      .filter(({ kind }) => kind === "producer")
      .map((node) => settingsAs("producer", node).rate);
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    expect(total).toBeLessThanOrEqual(100);
    expect(problemsOf(scenario).map(({ code }) => code)).not.toContain("overload");
    if (counts.producers === 0) return;
    const run = createRun(scenario);
    run.advance(seconds(20));
    const { published, processed } = run.report().ledger;
    expect(published).toBeGreaterThan(0);
    expect(run.core.ledger.imbalance()).toBe(0);
    if (isReached(scenario)) expect(processed).toBeGreaterThan(0);
  });
});

/** Whether a consumer reads a queue that something feeds. */
const isReached = ({ nodes, edges }: Scenario): boolean => {
  const fed = new Set(edges.filter(({ kind }) => kind === "publish" || kind === "binding").map(({ to }) => to));
  const queues = nodes.filter((node) => fed.has(node.id));
  return queues.some(({ id }) => edges.some(({ kind, from }) => kind === "consume" && from === id));
};
