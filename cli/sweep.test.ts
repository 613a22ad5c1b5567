import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Scenario } from "../engine/index.ts";
import { CATALOGUE, idOf } from "../scenarios/index.ts";
import { program } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "weir-sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Eighty a second at random, served in 10 ms at random; a name holds a dot. */
const station: Scenario = {
  v: 1,
  meta: { title: "station" },
  seed: 7,
  nodes: [
    { id: "p", kind: "producer", name: "source", x: 0, y: 0, settings: { rate: 80, arrival: "exponential" } },
    { id: "q", kind: "queue", name: "line no. 1", x: 20, y: 0 },
    {
      id: "c",
      kind: "consumer",
      name: "worker",
      x: 40,
      y: 0,
      settings: { prefetch: 1, service: { d: "exponential", mean: 10 } },
    },
  ],
  edges: [
    { id: "in", kind: "publish", from: "p", to: "q", settings: { latency: 0 } },
    { id: "out", kind: "consume", from: "q", to: "c", settings: { latency: 0 } },
  ],
  timeline: [],
  alerts: [],
};
const file = join(folder, "station.json");
writeFileSync(file, JSON.stringify(station));

function weir(...argv: string[]): { code: number; out: string; complaint: string } {
  const said = { out: "", complaint: "" };
  const code = program(argv, {
    print: (text) => {
      said.out += `${text}\n`;
    },
    complain: (text) => {
      said.complaint += `${text}\n`;
    },
  });
  return { code, ...said };
}

const sweep = (set: string, metric: string, ...more: string[]) =>
  weir("sweep", file, "--set", set, "--metric", metric, "--until", "20s", "--seeds", "3", ...more);

describe("weir sweep", () => {
  it("prints a curve with intervals and theory as comma-separated values, its cost apart", () => {
    const { code, out, complaint } = sweep("worker.instances=1..3", "line no. 1.depth.mean", "--csv");
    expect(code).toBe(0);
    expect(complaint).toBe("9 runs of 20 s, about 14400 messages.\n");
    const [head, ...rows] = out.trim().split("\n");
    expect(head).toBe("worker.instances,line no. 1.depth.mean,low,high,runs,theory");
    const numbers = rows.map((row) => row.split(",").map(Number));
    expect(numbers.map(([value]) => value)).toEqual([1, 2, 3]);
    expect(numbers.map(([, , , , runs]) => runs)).toEqual([3, 3, 3]);
    expect(numbers[0]?.[5]).toBeCloseTo(4, 5);
    for (const [, mean = 0, low = 0, high = 0, , theory = 0] of numbers.slice(1)) {
      expect(low).toBeLessThan(mean);
      expect(high).toBeGreaterThan(mean);
      expect(Math.abs(mean - theory)).toBeLessThan(0.15 * theory);
    }
  });

  it("says the same as JSON and as a table", () => {
    const json = JSON.parse(sweep("worker.instances=2,4", "worker.e2e.p95", "--json").out);
    expect(json).toMatchObject({ setting: "worker.instances", metric: "worker.e2e.p95", confidence: 0.95 });
    expect(json.points).toHaveLength(2);
    expect(json.points[0].values).toHaveLength(3);
    const table = sweep("worker.instances=2,4", "worker.e2e.p95").out.split("\n");
    expect(table[0]).toMatch(/^worker\.instances +worker\.e2e\.p95 \(ms\) +95 % +theory$/);
    expect(table[1]).toMatch(/^2 +\d+\.\d+ +± [\d.]+ +\d+/);
  });

  it("turns parts of values, words, connections and ids, and leaves theory out where it says nothing", () => {
    const work = JSON.parse(sweep("worker.service.mean=5,8", "worker.utilisation", "--json").out);
    expect(work.points.map((point: { theory: number }) => point.theory)).toEqual([0.4, 0.64]);
    const words = sweep("p.arrival=constant,exponential", "q.wait.mean", "--csv").out.trim().split("\n");
    expect(words[1]).toMatch(/^constant,[\d.]+,[\d.-]+,[\d.]+,3,$/);
    expect(words[2]).toMatch(/^exponential,.*,3,40$/);
    const link = JSON.parse(sweep("in.latency=0,50", "worker.e2e.mean", "--json").out);
    expect(link.points[1].mean - link.points[0].mean).toBeCloseTo(50, 0);
    expect(sweep("worker.instances=1", "system.throughput").code).toBe(0);
  });

  it("is the same twice, and its first run is that of the scenario's seed", () => {
    const first = sweep("worker.instances=1", "q.wait.mean", "--json", "--warmup", "0s").out;
    expect(sweep("worker.instances=1", "q.wait.mean", "--json", "--warmup", "0s").out).toBe(first);
    const run = JSON.parse(weir("run", file, "--until", "20s", "--json").out);
    expect(JSON.parse(first).points[0].values[0]).toBe(run.nodes["line no. 1"]["wait.mean"]);
  });

  it.each([
    ["wörker.instances=1", "q.wait.mean", ["--set", 'no node "wörker"', "source, line no. 1, worker"]],
    ["instances=1", "q.wait.mean", ["--set takes NODE.SETTING"]],
    ["worker.instance=1", "q.wait.mean", ["--set", 'worker (consumer) has no setting "instance"', "instances"]],
    ["worker.service.average=1", "q.wait.mean", ["worker.service", 'no part "average"', "d, mean"]],
    ["worker.prefetch.deep=1", "q.wait.mean", ["worker.prefetch", 'no part "deep"']],
    ["worker.instances=0", "q.wait.mean", ["--set worker.instances=0", "nodes.worker.instances", "between 1 and 50"]],
    ["worker.instances=1..x", "q.wait.mean", ['"1..x" is no range', "1..8"]],
    ["worker.instances=1..9:0", "q.wait.mean", ["step above 0"]],
    ["worker.instances=1,,2", "q.wait.mean", ["a value is missing"]],
    ["source.rate=1..100", "q.wait.mean", ["100 values", "at most 20", "larger step"]],
    ["worker.instances=1", "q.waiting.mean", ["--metric", 'no metric "waiting.mean"', "wait.p95"]],
    ["worker.instances=1", "in.messages.rate", ["--metric", 'no node "in"']],
    ["worker.instances=1", "system.speed", ['system has no metric "speed"', "inSystem"]],
  ])("%s of %s: names the place and the remedy", (set, metric, words) => {
    const { code, out, complaint } = sweep(set, metric);
    expect(code).toBe(2);
    expect(out).toBe("");
    for (const word of words) expect(complaint.toLowerCase()).toContain(word.toLowerCase());
  });

  it("asks for what is missing and refuses what cannot be", () => {
    expect(weir("sweep", file).complaint).toContain("--set NODE.SETTING=VALUES is needed");
    expect(weir("sweep", file, "--set", "worker.instances=1").complaint).toContain("--metric NODE.METRIC is needed");
    expect(sweep("worker.instances=1", "q.depth.mean", "--warmup", "20s").complaint).toContain("shorter than --until");
    const many = weir("sweep", file, "--set", "worker.instances=1", "--metric", "q.depth.mean", "--seeds", "11");
    expect(many.complaint).toContain("--seeds takes a whole number from 1 to 10");
  });
});

describe("weir run --replications", () => {
  it("prints mean, interval and theory", () => {
    const { code, out, complaint } = weir("run", file, "--until", "20s", "--warmup", "2s", "--replications", "4");
    expect(code).toBe(0);
    expect(complaint).toContain("4 runs of 20 s");
    expect(out).toContain("4 runs with the seeds 7 to 10");
    expect(out).toMatch(/^ {2}depth\.mean +[\d.]+ +± [\d.]+ +theory 4$/m);
    expect(out).toMatch(/^ {2}utilisation +0\.\d+ +± [\d.]+ +theory 0\.8$/m);
  });

  it("prints them as JSON", () => {
    const { nodes, seeds } = JSON.parse(weir("run", file, "--until", "20s", "--replications", "3", "--json").out);
    expect(seeds).toEqual([7, 8, 9]);
    const { mean, half, low, high, runs, theory } = nodes.worker.utilisation;
    expect([low, high]).toEqual([mean - half, mean + half]);
    expect([runs, theory]).toEqual([3, 0.8]);
    expect(nodes.source["publish.rate"].theory).toBeUndefined();
  });

  it("takes a number it can do", () => {
    expect(weir("run", file, "--replications", "1").complaint).toContain(
      "--replications takes a whole number from 2 to 30",
    );
    expect(weir("run", file, "--replications", "1")).toMatchObject({ code: 2, out: "" });
  });
});

describe("examples", () => {
  it("are listed, and run by their id", () => {
    const { code, out } = weir("scenarios");
    expect(code).toBe(0);
    for (const entry of CATALOGUE) expect(out).toMatch(new RegExp(`^${idOf(entry)} +\\S`, "m"));
    expect(weir("scenarios", "all").code).toBe(2);
    const run = weir("run", "hello-queue", "--until", "5s", "--json");
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out).time).toBe(5000);
  });

  it("are no files: a wrong name says where to look", () => {
    const { code, complaint } = weir("run", "helo-queue");
    expect(code).toBe(2);
    expect(complaint).toContain('no file and no example "helo-queue"');
    expect(complaint).toContain("weir scenarios");
    expect(weir("run", join(folder, "none.json")).complaint).toContain("no such file");
  });
});
