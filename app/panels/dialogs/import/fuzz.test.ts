import { describe, expect, it } from "vitest";
import headers from "../../../../engine/definitions/fixtures/28-headers-made.json?raw";
import retryChain from "../../../../engine/definitions/fixtures/retry-chain-made.json?raw";
import twoVhosts from "../../../../engine/definitions/fixtures/two-vhosts-made.json?raw";
import {
  copyClip,
  EDGES_MAX,
  emptyScenario,
  NODES_MAX,
  pasteClip,
  problemsOf,
  type Scenario,
} from "../../../../engine/scenario/index.ts";
import { CATALOGUE } from "../../../../scenarios/index.ts";
import { encodeLink } from "../../../share/link.ts";
import { MemoryStorage } from "../../../share/memory-storage.ts";
import { importAll } from "../../../share/whole-library.ts";
import { useDocument } from "../../../store/document.ts";
import { loadReader } from "./definitions.ts";
import { readSource } from "./source.ts";

/** Together well over twenty thousand. */
const INPUTS = { scenario: 7000, link: 7000, clip: 3000, library: 2000, definitions: 3000, topics: 1000 };
/** Real ms that one input may take before the page would seem to hang; a busy machine is allowed for. */
const SLOW_MS = 2000;

let state = 20_261_121;
const random = (n: number): number => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % n;
};
const one = <T>(of: readonly T[]): T => of[random(of.length)] as T;

/** What breaks readers: too large, too deep, of another type, names that mean something to the language. */
const DEEP = `${"[".repeat(3000)}${"]".repeat(3000)}`;
const ODD = [
  "null",
  "-1",
  "1e308",
  "0.1",
  "true",
  '""',
  "[]",
  "{}",
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '"\\u0000\\ud800"',
  `"${"长".repeat(3000)}"`,
  '"<img src=x onerror=alert(1)>"',
  DEEP,
];
const BITS = ["{", "}", "[", "]", ",", ":", '"', "\\", "\n", "\u0000", "\ufeff", "-", "9", "e", "#", "=", "%", "名"];

/** Cut, changed, doubled, mixed with another, or with a value in it replaced. */
function mutate(text: string, other: string): string {
  const at = random(text.length + 1);
  switch (random(7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + one(BITS) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + one(BITS) + text.slice(at);
    case 3: {
      const to = Math.min(text.length, at + random(200));
      return text.slice(0, to) + text.slice(at);
    }
    case 4:
      return text.slice(0, at) + other.slice(random(other.length));
    case 5: {
      // The next value of a field.
      const from = text.indexOf(":", at);
      if (from < 0) return text.slice(at);
      const end = text.slice(from + 1).search(/[,}\]]/);
      return text.slice(0, from + 1) + one(ODD) + (end < 0 ? "" : text.slice(from + 1 + end));
    }
    default:
      return mutate(mutate(text, other), other);
  }
}

const scenarios: Scenario[] = CATALOGUE.map(({ scenario }) => scenario);
const definitions = [headers, retryChain, twoVhosts];
const good: { [kind in keyof typeof INPUTS]: string[] } = {
  scenario: scenarios.map((scenario) => JSON.stringify(scenario)),
  link: scenarios.slice(0, 12).map((scenario) => encodeLink(scenario)),
  clip: scenarios.slice(0, 12).map((scenario) =>
    JSON.stringify(
      copyClip(
        scenario,
        scenario.nodes.map(({ id }) => id),
      ),
    ),
  ),
  library: [
    JSON.stringify({
      weir: "library",
      v: 1,
      documents: scenarios.slice(0, 3).map((scenario, i) => ({ title: `${i}`, modified: i, scenario })),
    }),
  ],
  definitions,
  topics: [
    "Topic: orders\tTopicId: x\tPartitionCount: 2\tReplicationFactor: 3\tConfigs: min.insync.replicas=2\n" +
      "\tTopic: orders\tPartition: 0\tLeader: 1\tReplicas: 1,2,3\tIsr: 1,2,3\n" +
      "\tTopic: orders\tPartition: 1\tLeader: 2\tReplicas: 2,3,1\tIsr: 2,3\n",
  ],
};

describe("whatever comes in by link, file or clipboard", () => {
  const mine = useDocument.getState().scenario;

  for (const kind of Object.keys(INPUTS) as (keyof typeof INPUTS)[]) {
    it(`as a broken ${kind} is read or refused in words: ${INPUTS[kind]} times, without a fall, a wait or a loss`, async () => {
      const reader = await loadReader();
      const others = Object.values(good).flat();
      const read = new Map<string, number>();
      for (let i = 0; i < INPUTS[kind]; i++) {
        const text = mutate(one(good[kind]), one(others));
        const began = performance.now();
        const source = readSource(text, random(2) === 0);
        read.set(source.kind, (read.get(source.kind) ?? 0) + 1);
        switch (source.kind) {
          case "scenario":
          case "link":
            expect(source.scenario.nodes.length).toBeLessThanOrEqual(NODES_MAX);
            expect(source.scenario.edges.length).toBeLessThanOrEqual(EDGES_MAX);
            problemsOf(source.scenario);
            break;
          case "clip":
            pasteClip(emptyScenario(), source.clip, { dx: 1, dy: 1 });
            break;
          case "library": {
            const answer = importAll(new MemoryStorage(), text, () => `d${random(1e6)}`);
            expect(answer?.answer).toBe("stored");
            break;
          }
          case "definitions": {
            const file = reader.readDefinitions(text);
            if (file.ok) reader.importDefinitions(file.file, { traffic: true });
            else expect(file.code).toMatch(/^[a-z-]+$/);
            break;
          }
          case "refused":
            expect(source.issues.length).toBeGreaterThan(0);
            break;
        }
        const ms = performance.now() - began;
        if (ms > SLOW_MS) expect.fail(`${ms.toFixed(0)} ms for ${text.slice(0, 200)}`);
      }
      // Mutants of every kind are both understood and refused; otherwise the test would only knock at one door.
      expect(read.size).toBeGreaterThan(1);
      expect(useDocument.getState().scenario).toBe(mine);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    }, 120_000);
  }

  it("is that many inputs, and the good ones are all read", () => {
    expect(Object.values(INPUTS).reduce((a, b) => a + b)).toBeGreaterThanOrEqual(20_000);
    for (const [kind, texts] of Object.entries(good))
      for (const text of texts) expect(readSource(text).kind).toBe(kind);
  });
});
